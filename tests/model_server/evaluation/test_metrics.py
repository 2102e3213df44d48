import numpy as np
import pytest

from model_server.evaluation.metrics import NO_RANK, gains, hit_rate, hits, ndcg, target_ranks


def rank(scores, target, seen=()):
    row = np.zeros((1, len(scores)), dtype=bool)
    row[0, list(seen)] = True
    return int(target_ranks(np.array([scores], dtype=np.float32), np.array([target]), row)[0])


def test_the_best_score_has_rank_1():
    assert rank([1, 9, 3], target=1) == 1


def test_each_better_movie_costs_a_rank():
    assert rank([8, 9, 3], target=2) == 3


def test_a_tie_counts_against_the_model():
    assert rank([5, 5, 5, 1], target=1) == 3


def test_a_nan_target_comes_last():
    assert rank([5, np.nan, 1], target=1) == 3


def test_a_nan_rival_comes_before_the_target():
    assert rank([np.nan, 9, 1], target=1) == 2


def test_an_infinite_tie_counts_against_the_model():
    assert rank([-np.inf, -np.inf, -np.inf], target=0) == 3


def test_seen_movies_are_no_rivals():
    assert rank([9, 8, 7, 1], target=2, seen=[0]) == 2


def test_a_target_that_was_seen_is_still_ranked():
    assert rank([9, 8, 7], target=1, seen=[0, 1]) == 1


def test_ranks_of_rows_do_not_mix():
    scores = np.array([[3, 2, 1], [1, 2, 3]], dtype=np.float32)
    ranks = target_ranks(scores, np.array([0, 0]), np.zeros((2, 3), dtype=bool))
    assert ranks.tolist() == [1, 3]


def test_a_hit_is_a_rank_within_k():
    assert hits(np.array([1, 10, 11, NO_RANK]), 10).tolist() == [1, 1, 0, 0]
    assert hit_rate(np.array([1, 10, 11, NO_RANK]), 10) == 2 / 4


def test_a_gain_is_discounted_by_the_logarithm_of_the_rank():
    # 1 / log2(1 + rank): 1, 1 / log2(4) = 1/2; rank 11 is beyond 10
    np.testing.assert_allclose(gains(np.array([1, 3, 11]), 10), [1, 1 / 2, 0])
    assert ndcg(np.array([1, 3, 11]), 10) == pytest.approx((1 + 1 / 2 + 0) / 3)
