"""From scores to a list, worked by hand."""

import numpy as np
import pytest

from model_server.ranking import ALIKE_COST, BLOCK, best, log_share, probabilities, varied

NAN, INF = float("nan"), float("inf")


def mask(*allowed) -> np.ndarray:
    return np.array(allowed, dtype=np.bool_)


def scores(*values) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_the_best_come_first():
    assert best(scores(9, 1, 3, 2), mask(0, 1, 1, 1), 2).tolist() == [2, 3]


def test_all_that_is_allowed_is_given_when_less_is_allowed_than_asked():
    assert best(scores(9, 1, 3, 2), mask(0, 1, 0, 1), 10).tolist() == [3, 1]
    assert best(scores(9, 1), mask(0, 0), 10).tolist() == []


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_a_tie_goes_to_the_lower_index_wherever_the_list_ends(k):
    tied = scores(9, 5, 5, 7, 5)
    assert best(tied, mask(0, 1, 1, 1, 1), k).tolist() == [3, 1, 2, 4][:k]


def test_nan_and_minus_infinity_come_last_and_are_not_lost():
    values = scores(9, NAN, 1, -INF, 2)
    assert best(values, mask(0, 1, 1, 1, 1), 4).tolist() == [4, 2, 1, 3]
    assert best(scores(NAN, NAN, NAN), mask(0, 1, 1), 2).tolist() == [1, 2]


def test_probabilities_are_the_softmax_without_padding():
    # e^0 : e^ln3 = 1 : 3
    found = probabilities(scores(50, 0, np.log(3)), np.array([2, 1]))
    np.testing.assert_allclose(found, [0.75, 0.25], rtol=1e-6)


def test_large_scores_do_not_overflow():
    found = probabilities(scores(0, 3e38, 1000, -3e38), np.array([1, 2, 3]))
    assert found.tolist() == [1, 0, 0]


def test_scores_without_a_finite_one_are_equally_probable():
    assert probabilities(scores(0, -INF, NAN), np.array([1, 2])).tolist() == [0.5, 0.5]


def test_a_log_share_is_the_log_of_the_softmax_without_padding():
    # e^0 : e^ln3 = 1 : 3
    assert log_share(scores(50, 0, np.log(3)), 1) == pytest.approx(np.log(0.25))
    assert log_share(scores(0, 3e38, 1000), 2) == pytest.approx(1000 - 3e38)
    assert log_share(scores(9, NAN, 5), 2) == 0


def test_of_scores_without_a_finite_one_each_has_an_equal_log_share():
    assert log_share(scores(0, -INF, NAN), 1) == pytest.approx(np.log(0.5))


def test_nothing_is_asked_of_an_empty_vocabulary():
    assert probabilities(scores(0), np.array([], dtype=np.int64)).tolist() == []


def test_movies_alike_are_set_apart():
    kinds = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=np.float32)
    assert ALIKE_COST == 3
    # 0 is first. Then 1 costs 1+3, 2 costs 2: it is next, and 3 costs 3+3: 1 is third.
    assert varied(np.array([40, 41, 42, 43]), kinds).tolist() == [40, 42, 41, 43]


def test_movies_that_share_nothing_keep_their_order():
    ranking = np.arange(5)
    assert varied(ranking, np.eye(5, dtype=np.float32)).tolist() == ranking.tolist()


def test_each_block_is_mixed_by_itself_and_nothing_is_lost():
    dice = np.random.default_rng(2026)
    ranking = dice.permutation(BLOCK * 2 + 7)
    kinds = dice.random((len(ranking), 4)).astype(np.float32)
    mixed = varied(ranking, kinds)
    for start in range(0, len(ranking), BLOCK):
        block = slice(start, start + BLOCK)
        assert sorted(mixed[block]) == sorted(ranking[block])
        assert mixed[block].tolist() == varied(ranking[block], kinds[block]).tolist()


def test_an_empty_ranking_stays_empty():
    assert varied(np.array([], dtype=np.int64), np.empty((0, 3), np.float32)).tolist() == []
