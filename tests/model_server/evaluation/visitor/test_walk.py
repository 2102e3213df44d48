import numpy as np
import pytest

from model_server.engines.registry import Offer, Registry
from model_server.evaluation.visitor.habits import FILMS_ALONE, TELLING, Knowledge
from model_server.evaluation.visitor.walk import FILMS, LIMIT, TAGS, TOGETHER, walk
from model_server.evaluation.visitor.wishes import Wish
from model_server.protocol import Failure, Pick, Recommended, Scored
from model_server.recommender import Recommender

ACTION, COMEDY, SPACE = 1, 2, 1001
OTHERS = tuple(range(500, 500 + FILMS))  # films that nobody wants


class Scripted:
    """A product that answers what `answer_to` says to a request: film ids and tag ids."""

    def __init__(self, answer_to):
        self.answer_to = answer_to
        self.batches = []

    def answer(self, requests):
        self.batches.append(list(requests))
        return [self._one(*self.answer_to(request)) for request in requests]

    def _one(self, films, tags):
        scored = [tuple(Scored(one, 0.1) for one in ids) for ids in (films, tags)]
        return Recommended(*scored, matching=100, engine="lstm", model="toy")


@pytest.fixture
def walked(known, make_wish):
    """How one visitor who wants film 10 fares, and the product that they walked through."""

    def walked(answer_to, habit=TELLING, **wish):
        product = Scripted(answer_to)
        wishes = [make_wish(10, (ACTION, SPACE), **wish)]
        return walk(product, "lstm", habit, wishes, known, seed=1), product

    return walked


def counts(walked):
    return [int(one[0]) for one in (walked.clicks, walked.tags, walked.films, walked.pages)]


def test_a_film_on_the_first_page_takes_no_click(walked):
    found, product = walked(lambda _request: ((10,), (ACTION,)))
    assert counts(found) == [0, 0, 0, 0]
    assert len(product.batches) == 1


def test_everybody_starts_without_a_pick_at_the_start_of_the_list(walked):
    _, product = walked(lambda _request: ((10,), ()))
    (request,) = product.batches[0]
    assert (request.picks, request.seen, request.offset, request.limit) == ((), (), 0, FILMS)


def test_every_click_is_counted_by_what_it_is_on(walked):
    def answer(request):
        """A tag that fits; then a film like it, on the second page; then the film itself."""
        if not request.picks:
            return OTHERS, (ACTION,)
        if len(request.picks) == 1:
            return (OTHERS, ()) if request.offset == 0 else ((20,), ())
        return (10,), ()

    found, product = walked(answer, liked=(20,))
    assert counts(found) == [3, 1, 1, 1]
    picks = (Pick("tag", ACTION, True), Pick("movie", 20, True))
    assert [(r.picks, r.offset) for (r,) in product.batches] == [
        ((), 0), (picks[:1], 0), (picks[:1], FILMS), (picks, 0)
    ]  # fmt: skip


def test_a_tag_that_is_not_among_the_first_is_not_seen(walked):
    hidden = (*range(2000, 2000 + TAGS), ACTION)
    found, _ = walked(lambda request: ((10,) if request.picks else OTHERS, hidden))
    assert counts(found) == [LIMIT + 1, 0, 0, LIMIT + 1]


def test_who_does_not_find_it_gives_up(walked):
    found, product = walked(lambda _request: (OTHERS, (COMEDY,)))
    assert counts(found)[0] == LIMIT + 1
    assert len(product.batches) == LIMIT + 1  # the first page and one for each click


def test_a_film_found_by_the_last_click_is_found(walked):
    found, _ = walked(lambda r: ((10,) if r.offset == LIMIT * FILMS else OTHERS, ()))
    assert counts(found)[0] == LIMIT


def test_who_clicks_films_alone_never_clicks_a_tag(walked):
    found, product = walked(lambda _request: ((20, *OTHERS), (ACTION, SPACE)), FILMS_ALONE)
    assert found.tags.tolist() == [0]
    assert all(not request.picks for (request,) in product.batches)


def test_many_are_answered_together_and_each_is_as_if_alone(known, make_wish):
    def answer(request):
        """Films of the 24 after `offset` to Action fans, else the next tag."""
        start = 1000 + request.offset
        return tuple(range(start, start + FILMS)), (SPACE,) if request.picks else (ACTION,)

    wishes = [make_wish(1000 + n, (ACTION, SPACE), person=n) for n in range(TOGETHER + 9)]
    together = walk(Scripted(answer), "lstm", TELLING, wishes, known, seed=1)
    alone = [walk(Scripted(answer), "lstm", TELLING, [one], known, seed=1) for one in wishes]
    assert together.clicks.tolist() == [int(one.clicks[0]) for one in alone]
    product = Scripted(answer)
    heard = []
    walk(product, "lstm", TELLING, wishes, known, 1, heard.append)
    assert heard == [TOGETHER, 9]
    assert len(product.batches[0]) == TOGETHER


def test_nobody_walks_where_nobody_wants_anything(known):
    assert walk(Scripted(None), "lstm", TELLING, [], known, seed=1).clicks.shape == (0,)


def test_an_engine_that_fails_is_an_error_and_not_a_miss(known, make_wish):
    class Failing:
        def answer(self, requests):
            return [Failure("invalid", "engine must be one of lstm")] * len(requests)

    with pytest.raises(ValueError, match="engine must be one of lstm"):
        walk(Failing(), "none", TELLING, [make_wish(10)], known, seed=1)


def test_through_the_product_a_liked_film_leads_to_the_next(make_catalogue, make_engine):
    # Film 10 scores 0 and is last of 41; the toy adds 10 to it when 20, the best, is liked.
    movies = [(n, 1990, 5.0, (COMEDY,)) for n in (20, 10, *range(30, 69))]
    engine = make_engine([5, 0, *np.linspace(4, 1, 39)], [1, 1, 1, 1, 1])
    registry = Registry([Offer("lstm", "Toy", lambda: engine)])
    catalogue = make_catalogue(movies)
    product, known = Recommender(catalogue, registry, "toy-1"), Knowledge(catalogue)

    def clicks(*liked):
        wish = Wish(0, 10, frozenset([SPACE]), frozenset(liked), frozenset())
        return counts(walk(product, "lstm", FILMS_ALONE, [wish], known, seed=1))

    assert clicks(20) == [1, 0, 1, 0]
    assert clicks() == [1, 0, 0, 1]  # it is on the second page
