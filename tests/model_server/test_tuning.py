"""The sliders' formulas, worked by hand."""

from dataclasses import replace
from math import log

import numpy as np
import pytest

from model_server.engines.base import Event, Query, Scores
from model_server.protocol import Tuning
from model_server.tuning import HIDDEN_GEMS_STEP, LOUDER, NEWER_STEP, Sliders, heard

LIKE, DISLIKE = Event(1, True), Event(2, False)
MIXED = Query((LIKE, DISLIKE), liked_tags=(1,), disliked_tags=(2,))
LIKES_ALONE = Query((LIKE,), liked_tags=(1,))


class Asked:
    """An engine's `score`: a movie scores 10, less 1 for each dislike and 2 for a disliked tag."""

    def __init__(self, nat: float = 1.0) -> None:
        self.batches: list[list[Query]] = []
        self.nat = nat

    def __call__(self, queries):
        self.batches.append(list(queries))
        said = [
            10 - sum(not event.is_liked for event in query.events) - 2 * len(query.disliked_tags)
            for query in queries
        ]
        column = np.array(said, dtype=np.float32)[:, None]
        return Scores(np.repeat(column, 4, axis=1), column, self.nat)


@pytest.fixture
def sliders(make_catalogue):
    # 16 likes in all: a quarter of them is reached with the movie of 3, so there "known" begins.
    movies = [(1, 1989, 5.0, ()), (2, 0, 5.0, ()), (3, 1990, 5.0, ())]
    catalogue = make_catalogue(movies)
    return Sliders(replace(catalogue, likes=np.array([0, 1, 3, 12], dtype=np.int32)))


def moved(sliders, **tuning) -> list[float]:
    """What the sliders add to the three movies."""
    found = sliders.score(Asked(), [Query()], [Tuning(**tuning)])
    return (found.movies[0, 1:] - 10).tolist()


@pytest.mark.parametrize("step", [-2, -1, 1, 2])
def test_hidden_gems_lose_by_the_log_of_their_popularity(sliders, step):
    popularity = [1 + 1 / 3, 1 + 3 / 3, 1 + 12 / 3]
    expected = [-step * HIDDEN_GEMS_STEP * log(one) for one in popularity]
    assert moved(sliders, hidden_gems=step) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("step", [-2, -1, 1, 2])
def test_newer_movies_gain_by_the_decade_and_an_unknown_year_is_the_mean(sliders, step):
    # the 1980s and the 1990s: half a decade from the mean each
    expected = [-0.5 * step * NEWER_STEP, 0, 0.5 * step * NEWER_STEP]
    assert moved(sliders, newer=step) == pytest.approx(expected, rel=1e-5)


def test_two_sliders_add_up(sliders):
    both = moved(sliders, hidden_gems=1, newer=2)
    apart = zip(moved(sliders, hidden_gems=1), moved(sliders, newer=2), strict=True)
    assert both == pytest.approx([sum(pair) for pair in apart], abs=1e-5)


def test_sliders_speak_in_the_nats_of_the_engine(sliders):
    tunings = [Tuning(hidden_gems=2, newer=1)]
    half = sliders.score(Asked(nat=0.5), [Query()], tunings).movies - 10
    whole = sliders.score(Asked(nat=1.0), [Query()], tunings).movies - 10
    np.testing.assert_allclose(half, whole / 2, rtol=1e-5)


def test_each_query_of_a_batch_has_its_own_sliders(sliders):
    tunings = [Tuning(), Tuning(newer=2), Tuning()]
    found = sliders.score(Asked(), [Query()] * 3, tunings).movies
    assert found[0].tolist() == found[2].tolist() == [10] * 4
    assert found[1].tolist() != found[0].tolist()


def test_without_likes_and_years_no_slider_moves_anything(make_catalogue):
    sliders = Sliders(make_catalogue([(n, 0, None, ()) for n in (1, 2, 3)]))
    assert moved(sliders, hidden_gems=2, newer=2) == [0, 0, 0]


def test_ignored_dislikes_are_not_heard():
    assert heard(MIXED, Tuning(dislikes="ignore")) == LIKES_ALONE
    assert heard(MIXED, Tuning()) == heard(MIXED, Tuning(dislikes="strong")) == MIXED


@pytest.mark.parametrize(
    ("dislikes", "score"),
    [("ignore", 10), ("normal", 7), ("strong", 7 + LOUDER * (7 - 10))],
)
def test_strong_dislikes_change_twice_as_much(sliders, dislikes, score):
    found = sliders.score(Asked(), [MIXED], [Tuning(dislikes=dislikes)])
    assert found.movies[0].tolist() == [score] * 4
    assert found.tags[0].tolist() == [score]


def test_an_engine_is_asked_once_and_of_what_nobody_said_as_supposed(sliders):
    asked, strong = Asked(), Tuning(dislikes="strong")
    found = sliders.score(asked, [MIXED, LIKES_ALONE, MIXED], [Tuning(), strong, strong])
    supposed = replace(LIKES_ALONE, is_supposed=True)
    assert asked.batches == [[MIXED, LIKES_ALONE, MIXED, supposed]]  # no dislike, no second query
    assert found.movies[:, 0].tolist() == [7, 10, 4]
