"""Tuned lists: what the sliders change, and what they must not."""

from dataclasses import replace

import numpy as np
import pytest

from model_server.engines.base import Event, Query
from model_server.engines.registry import Offer, Registry
from model_server.protocol import Filters, Pick, Recommend, Tuning
from model_server.ranking import BLOCK
from model_server.recommender import Recommender

ACTION, COMEDY, SPACE, HEIST = 1, 2, 1001, 1002
LIKES_40, DISLIKES_10 = Pick("movie", 40, True), Pick("movie", 10, False)
AVOIDS_ACTION = Pick("tag", ACTION, False)
IGNORE, STRONG = Tuning(dislikes="ignore"), Tuning(dislikes="strong")

TUNINGS = [
    Tuning(hidden_gems, newer, dislikes)
    for hidden_gems, newer in ((0, 0), (2, 0), (-2, 1), (0, -2), (1, 2))
    for dislikes in ("ignore", "normal", "strong")
]


@pytest.fixture
def recommender(catalogue, engine):
    """The toy's movies, of which 10, 20, 30... have 70, 60, 50... likes."""
    likes = np.array([0, *range(70, -10, -10)], dtype=np.int32)
    registry = Registry([Offer("lstm", "Toy", lambda: engine)])
    return Recommender(replace(catalogue, likes=likes), registry, "toy-1")


@pytest.fixture
def ask(recommender):
    """The answer to one Recommend with these fields."""
    return lambda **fields: recommender.answer([Recommend(**fields)])[0]


def ids(scored) -> list[int]:
    return [one.id for one in scored]


@pytest.mark.parametrize("tuning", TUNINGS, ids=repr)
def test_a_tuned_list_is_full_and_exact(ask, tuning):
    fields = {
        "picks": (LIKES_40, DISLIKES_10, AVOIDS_ACTION),
        "seen": (50,),
        "filters": Filters(year_from=1980),
        "tuning": tuning,
    }
    passing = {80} if tuning.dislikes != "ignore" else {20, 30, 70, 80}
    whole = ask(**fields)
    assert (set(ids(whole.movies)), whole.matching) == (passing, len(passing))
    pages = [ids(ask(**fields, limit=1, offset=at).movies) for at in range(len(passing))]
    assert [movie for page in pages for movie in page] == ids(whole.movies)
    assert {40, 10, 50}.isdisjoint(ids(whole.movies))
    assert ACTION not in ids(whole.tags)
    assert all(0 <= movie.probability <= 1 for movie in whole.movies)


@pytest.fixture
def order(catalogue, make_engine):
    """The movies by a tuning, where an engine scores all of them alike after a like of 80."""
    likes = np.array([0, *range(70, -10, -10)], dtype=np.int32)
    engine = make_engine([0] * 8, [1, 1, 1, 1, 1])
    registry = Registry([Offer("lstm", "Toy", lambda: engine)])
    alike = Recommender(replace(catalogue, likes=likes), registry, "toy-1")

    def order(**tuning) -> list[int]:
        (answer,) = alike.answer([Recommend((Pick("movie", 80, True),), tuning=Tuning(**tuning))])
        return ids(answer.movies)[1:]  # after 10, to which 80 leads

    return order


def test_hidden_gems_come_the_less_liked_first_and_well_known_the_more_liked(order):
    assert order(hidden_gems=1) == [70, 60, 50, 40, 30, 20]
    assert order(hidden_gems=-1) == [20, 30, 40, 50, 60, 70]


def test_newer_decades_come_first_or_last(order):
    # 2000s, 1990s, the mean (unknown: 1987), 1980s; a tie to the lower index
    assert order(newer=1) == [50, 30, 70, 60, 20, 40]
    assert order(newer=-1) == [20, 40, 60, 30, 70, 50]


def test_ignored_dislikes_are_not_read_and_shut_out_no_movie_but_their_own(ask, engine):
    answer = ask(picks=(DISLIKES_10, AVOIDS_ACTION, LIKES_40), tuning=IGNORE)
    assert engine.batches == [[Query((Event(4, True),))]]
    assert ids(answer.movies) == [50, 20, 30, 60, 70, 80]


def test_a_tag_whose_dislike_is_ignored_is_not_proposed_anew(ask):
    assert ACTION not in ids(ask(picks=(AVOIDS_ACTION,), tuning=IGNORE).tags)


def test_strong_dislikes_lower_what_normal_ones_lower_and_more(ask):
    def share(tuning):
        movies = ask(picks=(DISLIKES_10,), tuning=tuning).movies
        return next(one.probability for one in movies if one.id == 20)

    assert share(IGNORE) > share(Tuning()) > share(STRONG)


def test_where_nobody_is_heard_the_ranking_is_mixed(ask):
    # The dislike is ignored, so 20 leads; 30 would cost 3 for Action, 40 (80s Comedy) as much.
    ignored = ids(ask(picks=(DISLIKES_10,), tuning=IGNORE).movies)
    assert ignored == ids(ask(seen=(10,)).movies)


def test_the_mix_without_picks_is_of_the_tuned_ranking(make_catalogue, make_engine):
    movies = [(n, 1990, 5.0, (ACTION if n % 2 else COMEDY,)) for n in range(1, 401)]
    likes = np.array([0, *range(400, 0, -1)], dtype=np.int32)
    engine = make_engine(np.zeros(400), [1, 1, 1, 1, 1])
    registry = Registry([Offer("lstm", "Toy", lambda: engine)])
    many = Recommender(replace(make_catalogue(movies), likes=likes), registry, "toy-1")
    gems, known = many.answer(
        [Recommend(limit=100, tuning=Tuning(hidden_gems=step)) for step in (2, -2)]
    )
    assert min(ids(gems.movies)) > 400 - BLOCK
    assert max(ids(known.movies)) <= BLOCK
    assert {n % 2 for n in ids(gems.movies)[:4]} == {0, 1}  # and still a mix
