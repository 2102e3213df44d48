import numpy as np
import pytest

from model_server.engines.baseline import TIE_BREAK
from model_server.engines.links import link_up
from model_server.evaluation.movielens_1m.scorers import (
    Blend,
    Linked,
    Popular,
    matrix_of,
    settle,
    standardise,
)

POPULARITY = np.array([0, 1, 0.5, 0.25], dtype=np.float32)
NOTHING = np.zeros(0, dtype=np.int32)


def history(*movies):
    return np.array(movies, dtype=np.int32)


def linked(*triples, decay=0.5):
    sources, targets, weights = (np.array(side) for side in zip(*triples, strict=True))
    return Linked("toy", matrix_of(link_up(sources, targets, weights, 3), 3), decay, POPULARITY)


def test_everyone_gets_what_was_rated_most():
    scores = Popular("popular", POPULARITY).score([history(3), NOTHING])
    assert scores.tolist() == [[0, 1, 0.5, 0.25]] * 2


def test_a_matrix_holds_every_link():
    links = link_up(np.array([1, 3]), np.array([2, 1]), np.array([0.5, -2]), 3)
    assert matrix_of(links, 3).tolist() == [
        [0, 0, 0, 0],
        [0, 0, 0.5, 0],
        [0, 0, 0, 0],
        [0, -2, 0, 0],
    ]


def test_the_newest_counts_whole_and_an_older_one_by_its_age():
    # 1 -> 3 by 4 and 2 -> 3 by 1; 1 is two steps older than the newest, 2 one step
    rating = linked((1, 3, 4.0), (2, 3, 1.0), (3, 1, 8.0)).rate([history(1, 2, 3)])
    assert rating.tolist() == [[0, 8, 0, 4 / 4 + 1 / 2]]


def test_histories_do_not_mix():
    rating = linked((1, 2, 1.0), (2, 3, 1.0)).rate([history(1), NOTHING, history(2)])
    assert rating.tolist() == [[0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 1]]


def test_what_weighs_next_to_nothing_is_not_read():
    # .001 ** 2 is less than the least share, .001 is not
    rating = linked((1, 3, 1.0), (2, 3, 1.0), decay=0.001).rate([history(1, 2, 3)])
    assert rating[0, 3] == pytest.approx(0.001)


def test_without_a_history_popularity_decides():
    scores = linked((1, 2, 1.0)).score([NOTHING])
    assert np.argsort(-scores[0, 1:]).tolist() == [0, 1, 2]


def test_popularity_decides_ties_alone():
    scores = settle(np.array([[0, 2, 2, 4]], dtype=np.float32), POPULARITY)
    half = 0.5 + TIE_BREAK * POPULARITY[1:3]
    np.testing.assert_allclose(scores[0, 1:], [*half, 1 + TIE_BREAK / 4], rtol=1e-6)


def test_a_standardised_row_has_a_deviation_of_one_and_one_of_equals_stays():
    rating = standardise(np.array([[0, 9, 0, 9], [2, 2, 2, 2]], dtype=np.float32))
    assert rating.tolist() == [[0, 2, 0, 2], [2, 2, 2, 2]]


def test_a_blend_adds_standardised_ratings_by_weight():
    # both ratings have one entry of 4, so each is standardised to the same height
    first, second = linked((1, 2, 4.0)), linked((1, 3, 40.0))
    scores = Blend("toy", first, second, 0.75).score([history(1)])
    assert scores[0, 2] == pytest.approx(1 + TIE_BREAK * 0.5)
    assert scores[0, 3] == pytest.approx(0.25 / 0.75 + TIE_BREAK * 0.25)
