"""Picks and filters in, ranked ids out: what must never be in a list, and what must."""

from collections import Counter

import numpy as np
import pytest

from model_server.engines.base import Event, Query
from model_server.engines.registry import Offer, Registry
from model_server.protocol import (
    Alive,
    Failure,
    Filters,
    ListEngines,
    Pick,
    Probe,
    Recommend,
    Similar,
)
from model_server.ranking import BLOCK
from model_server.recommender import Recommender

ACTION, COMEDY, SPACE, HEIST, LOVE = 1, 2, 1001, 1002, 1003


def like(movie_id: int, tags=()) -> Pick:
    return Pick("movie", movie_id, True, tags)


def dislike(movie_id: int) -> Pick:
    return Pick("movie", movie_id, False)


def like_tag(tag_id: int) -> Pick:
    return Pick("tag", tag_id, True)


def dislike_tag(tag_id: int) -> Pick:
    return Pick("tag", tag_id, False)


@pytest.fixture
def ask(recommender):
    """The answer to one Recommend with these fields."""

    def ask(**fields):
        (answer,) = recommender.answer([Recommend(**fields)])
        return answer

    return ask


def ids(scored) -> list[int]:
    return [one.id for one in scored]


PICKS = {
    "none": (),
    "a like": (like(10),),
    "a dislike": (dislike(10),),
    "only tags": (like_tag(SPACE),),
    "a disliked tag": (dislike_tag(SPACE),),
    "everything": (like(10), dislike(40), like_tag(HEIST), dislike_tag(LOVE), like(30)),
    "movies without a row": (like(999_999), like(999_998, (SPACE,)), dislike(999_997)),
    "tags without a row": (like_tag(999_999), dislike_tag(999_998)),
    "every movie": tuple(like(movie) for movie in range(10, 90, 10)),
}


@pytest.mark.parametrize("name", ["lstm", "reverse"])
@pytest.mark.parametrize("picks", PICKS.values(), ids=PICKS)
class TestPromises:
    """What holds for every engine and whatever was picked."""

    def test_a_list_holds_no_padding_and_nothing_twice(self, ask, picks, name):
        answer = ask(picks=picks, engine=name, limit=100)
        assert set(ids(answer.movies)) <= set(range(10, 90, 10))
        assert len(set(ids(answer.movies))) == len(answer.movies)
        assert set(ids(answer.tags)) <= {ACTION, COMEDY, SPACE, HEIST, LOVE}
        assert len(set(ids(answer.tags))) == len(answer.tags)

    def test_a_list_holds_no_movie_that_was_picked_or_seen(self, ask, picks, name):
        answer = ask(picks=picks, seen=(20, 70, 999_999), engine=name, limit=100)
        said = {pick.id for pick in picks if pick.kind == "movie"} | {20, 70}
        assert said.isdisjoint(ids(answer.movies))

    def test_a_list_holds_no_movie_outside_the_filter(self, ask, picks, name):
        filters = Filters(decades=(1980, 1990), rating_min=7)
        answer = ask(picks=picks, filters=filters, engine=name, limit=100)
        assert set(ids(answer.movies)) <= {20, 30, 40, 70}

    def test_a_list_is_full_while_movies_match(self, ask, picks, name):
        everything = ask(picks=picks, engine=name, limit=100)
        assert len(everything.movies) == everything.matching
        for limit in range(1, 10):
            answer = ask(picks=picks, engine=name, limit=limit)
            assert len(answer.movies) == min(limit, everything.matching)
            assert answer.matching == everything.matching

    def test_pages_are_pieces_of_one_list(self, ask, picks, name):
        whole = ids(ask(picks=picks, engine=name, limit=100).movies)
        pages = [ask(picks=picks, engine=name, limit=3, offset=at) for at in range(0, 12, 3)]
        assert [movie for page in pages for movie in ids(page.movies)] == whole

    def test_equal_requests_get_equal_answers(self, ask, picks, name):
        assert ask(picks=picks, engine=name) == ask(picks=picks, engine=name)

    def test_a_tag_that_was_picked_is_not_proposed(self, ask, picks, name):
        said = {pick.id for pick in picks if pick.kind == "tag"}
        assert said.isdisjoint(ids(ask(picks=picks, engine=name).tags))

    def test_probabilities_are_shares_of_all_movies(self, ask, picks, name):
        answer = ask(picks=picks, engine=name, limit=100)
        shares = [movie.probability for movie in answer.movies]
        assert all(0 <= share <= 1 for share in shares)
        assert sum(shares) <= 1 + 1e-5


def test_the_best_movies_come_first_after_a_pick(ask):
    # Scores 8, 7, 6, 5, 4, 3, 2, 1; the like of 40 adds 10 to 50, so 50 leads with 14.
    assert ids(ask(picks=(like(40),)).movies) == [50, 10, 20, 30, 60, 70, 80]


def test_a_dislike_enters_the_engine_and_leaves_its_movie_out(ask):
    # The dislike of 10 takes 10 from 20, so 20 comes last with -3.
    assert ids(ask(picks=(dislike(10),)).movies) == [30, 40, 50, 60, 70, 80, 20]


def test_a_disliked_tag_leaves_out_the_movies_that_carry_it(ask, engine):
    answer = ask(picks=(dislike_tag(ACTION), like(40)))
    assert ids(answer.movies) == [50, 60, 80]
    assert answer.matching == 3
    assert engine.batches[-1] == [Query((Event(4, True),), (), (1,))]


def test_matching_counts_what_filters_picks_and_seen_leave(ask):
    filters = Filters(genres=(ACTION,))  # 10, 20, 30, 70
    assert ask(filters=filters, picks=(like(10),), seen=(20,), limit=1).matching == 2


def test_no_movie_matches_and_the_tags_come_all_the_same(ask):
    answer = ask(filters=Filters(decades=(1900,)))
    assert (answer.movies, answer.matching) == ((), 0)
    assert len(answer.tags) == 5


def test_an_offset_beyond_the_end_gives_an_empty_page(ask):
    answer = ask(picks=(like(10),), offset=1000)
    assert (answer.movies, answer.matching) == ((), 7)


def test_the_tags_are_as_many_as_asked_whatever_the_limit_of_movies(ask):
    assert ids(ask(limit=1, tag_limit=4).tags) == [ACTION, COMEDY, SPACE, HEIST]


def test_the_engine_reads_picks_oldest_first_and_tags_apart(ask, engine):
    ask(picks=(like(30), like_tag(LOVE), dislike(10), like(20), dislike_tag(ACTION)))
    events = (Event(3, True), Event(1, False), Event(2, True))
    assert engine.batches[-1] == [Query(events, liked_tags=(5,), disliked_tags=(1,))]


def test_a_movie_without_a_row_is_read_by_its_tags(ask, engine):
    ask(picks=(like(999_999, (SPACE, 77, HEIST)),))
    assert engine.batches[-1] == [Query((Event(0, True, (3, 4)),))]


def test_a_movie_with_a_row_is_read_without_its_tags(ask, engine):
    ask(picks=(like(10, (SPACE,)),))
    assert engine.batches[-1] == [Query((Event(1, True),))]


def test_a_movie_of_which_nothing_is_known_says_nothing(ask, engine):
    ask(picks=(like(999_999), like(999_998, (77,)), like(10)))
    assert engine.batches[-1] == [Query((Event(1, True),))]


def test_what_was_seen_weighs_nothing(ask, engine):
    ask(picks=(like(10),), seen=(20, 30))
    assert engine.batches[-1] == [Query((Event(1, True),))]


def test_without_picks_decades_and_genres_are_mixed(ask):
    # 10 is first (70s Action). 20 would cost 1 place and 3 for Action, 40 (80s Comedy) only 3.
    assert ids(ask(limit=2).movies) == [10, 40]
    assert ids(ask(seen=(999_999,), limit=2).movies) == [10, 40]
    assert ids(ask(picks=(like(80),), limit=2).movies) == [10, 20]  # 80 leads to 10


def test_a_batch_is_scored_at_once_by_each_engine_and_answered_in_order(recommender, engine):
    requests = [
        Recommend(picks=(like(10),), limit=1),
        ListEngines(),
        Recommend(limit=1, engine="reverse"),
        Recommend(engine="none"),
        Recommend(picks=(like(40),), limit=2),
    ]
    answers = recommender.answer(requests)
    assert [len(batch) for batch in engine.batches] == [2]
    assert ids(answers[0].movies) == [20]
    assert [one.name for one in answers[1].engines] == ["lstm", "reverse"]
    assert (answers[2].engine, ids(answers[2].movies)) == ("reverse", [80])
    assert answers[3] == Failure("invalid", "engine must be one of lstm, reverse, got 'none'")
    assert ids(answers[4].movies) == [50, 10]


def test_an_answer_names_its_engine_and_model(ask):
    answer = ask(engine="reverse")
    assert (answer.engine, answer.model) == ("reverse", "toy-1")


class TestSimilar:
    """Movies near one in the engine's space."""

    def near(self, recommender, **fields):
        (answer,) = recommender.answer([Similar(**fields)])
        return list(answer.movies)

    def test_the_nearest_come_first_and_the_movie_itself_is_left_out(self, recommender):
        # On a circle, each movie a tenth of a radian from the next: 30 and 10 are equally near 20.
        assert self.near(recommender, movie_id=10, limit=3) == [20, 30, 40]
        assert set(self.near(recommender, movie_id=20, limit=2)) == {10, 30}

    def test_all_movies_but_one_are_given_when_more_are_asked(self, recommender):
        found = self.near(recommender, movie_id=10, limit=100)
        assert found == [20, 30, 40, 50, 60, 70, 80]

    def test_a_movie_without_a_row_is_found_by_its_tags(self, recommender):
        # The toy places a movie by its first tag: SPACE has index 3, where movie 30 lies.
        assert self.near(recommender, movie_id=999, tags=(SPACE,), limit=1) == [30]

    @pytest.mark.parametrize("tags", [(), (77,)])
    def test_a_movie_of_which_nothing_is_known_is_near_nothing(self, recommender, tags):
        assert self.near(recommender, movie_id=999, tags=tags) == []


def test_a_probe_is_a_real_inference(recommender, engine):
    assert recommender.answer([Probe()]) == [
        Alive("toy-1", {"clicks_one_step": 3.0, "clicks_recomputed": 1.0})
    ]
    assert engine.batches == [[Query()]]


def test_a_failing_engine_fails_the_probe(catalogue, engine, monkeypatch):
    monkeypatch.setattr(engine, "score", lambda queries: 1 / 0)
    recommender = Recommender(catalogue, Registry([Offer("lstm", "", lambda: engine)]), "toy-1")
    with pytest.raises(ZeroDivisionError):
        recommender.answer([Probe()])


@pytest.fixture
def many(make_catalogue, make_engine):
    """A recommender of 400 movies, of which the first 300 are Action of the 1990s."""
    movies = [
        (n, 1990 if n <= 300 else 1900 + n % 100, 5.0, (1 + n // 301,)) for n in range(1, 401)
    ]
    engine = make_engine(np.arange(400, 0, -1), [1, 1, 1, 1, 1])
    registry = Registry([Offer("lstm", "Toy", lambda: engine)])
    return Recommender(make_catalogue(movies), registry, "toy-1")


def test_half_of_the_tags_are_new_to_each_page_and_the_last_page_is_full(ask):
    def page(offset: int) -> list[int]:
        return ids(ask(picks=(like(10),), limit=1, offset=offset, tag_limit=2).tags)

    assert [page(offset) for offset in range(5)] == [
        [ACTION, COMEDY], [COMEDY, SPACE], [SPACE, HEIST], [HEIST, LOVE], [HEIST, LOVE]
    ]  # fmt: skip


@pytest.fixture
def shelf(make_catalogue, make_engine):
    """A recommender of 24 comedies, and after them 40 action movies of which 20 are heists."""
    comedies = [(n, 1990, 5.0, (COMEDY,)) for n in range(1, 25)]
    ahead = [(n, 1990, 5.0, (ACTION, HEIST) if n % 2 else (ACTION,)) for n in range(25, 65)]
    engine = make_engine([5.0] * 24 + [1.0] * 40, [5, 4, 3, 2, 1])
    registry = Registry([Offer("lstm", "Toy", lambda: engine)])
    return Recommender(make_catalogue([*comedies, *ahead]), registry, "toy-1")


def test_the_tag_that_divides_the_movies_not_shown_first_is_proposed_first(shelf):
    # Half of those ahead are heists, all are Action, none is a comedy: only heist says something.
    (answer,) = shelf.answer([Recommend(picks=(dislike(999_999),))])
    assert ids(answer.tags) == [HEIST, ACTION, COMEDY, SPACE, LOVE]


def test_a_proposed_tag_keeps_its_own_probability(shelf):
    (answer,) = shelf.answer([Recommend()])
    shares = {tag.id: tag.probability for tag in answer.tags}
    total = sum(np.exp([5, 4, 3, 2, 1]))  # the toy's scores
    assert shares[HEIST] == pytest.approx(np.exp(2) / total)
    assert shares[ACTION] == pytest.approx(np.exp(5) / total)


def test_the_tags_do_not_depend_on_how_many_movies_are_asked_for(shelf):
    answers = shelf.answer([Recommend(limit=limit) for limit in (1, 24, 100)])
    assert len({answer.tags for answer in answers}) == 1


def test_the_mix_without_picks_is_one_list_whatever_the_pages(many):
    def page(offset: int, limit: int) -> list[int]:
        return ids(many.answer([Recommend(offset=offset, limit=limit)])[0].movies)

    whole = [movie for offset in range(0, 400, 100) for movie in page(offset, 100)]
    assert sorted(whole) == list(range(1, 401))
    for limit in (7, 24, 60):
        pieces = [movie for offset in range(0, 400, limit) for movie in page(offset, limit)]
        assert pieces == whole


def test_the_mix_without_picks_stays_within_blocks_of_the_ranking(many):
    answer = many.answer([Recommend(limit=100)])[0]
    assert max(ids(answer.movies)) <= BLOCK
    assert Counter(ids(answer.movies)).most_common(1)[0][1] == 1
