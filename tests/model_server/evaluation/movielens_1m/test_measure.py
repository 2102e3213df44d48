import numpy as np
import pytest

from model_server.evaluation.movielens_1m import measure
from model_server.evaluation.movielens_1m.measure import batches, rank_cases
from model_server.evaluation.movielens_1m.protocol import MAX_HISTORY, Case


class Fixed:
    """Scores movies as given, whatever was rated, and keeps what it was asked."""

    title = "fixed"

    def __init__(self, *scores):
        self.scores = np.array([99, *scores], dtype=np.float32)
        self.asked = []

    def score(self, histories):
        self.asked += histories
        return np.tile(self.scores, (len(histories), 1))


def case(*earlier, target):
    return Case(0, np.array(earlier, dtype=np.int32), target)


def test_a_rank_counts_the_movies_that_score_higher():
    assert rank_cases(Fixed(5, 3, 4), [case(target=2), case(target=1)]).tolist() == [3, 1]


def test_movies_rated_earlier_are_no_candidates():
    assert rank_cases(Fixed(5, 3, 4), [case(1, target=2)]).tolist() == [2]


def test_movies_rated_before_the_newest_are_no_candidates_either():
    earlier = range(1, MAX_HISTORY + 2)
    scores = [*(1000 - movie for movie in earlier), 0]
    found = rank_cases(Fixed(*scores), [case(*earlier, target=MAX_HISTORY + 2)])
    assert found.tolist() == [1]


def test_a_scorer_reads_the_newest_alone():
    scorer = Fixed(*range(MAX_HISTORY + 2))
    rank_cases(scorer, [case(*range(1, MAX_HISTORY + 2), target=MAX_HISTORY + 2)])
    assert scorer.asked[0].tolist() == [*range(2, MAX_HISTORY + 2)]


@pytest.mark.parametrize("scores", [(1, 1, 1), (np.nan, np.nan, np.nan)])
def test_ties_and_nan_count_against_the_scorer(scores):
    assert rank_cases(Fixed(*scores), [case(target=1)]).tolist() == [3]


def test_ranks_come_in_the_order_of_the_cases(monkeypatch):
    monkeypatch.setattr(measure, "BATCH", 2)
    cases = [case(1, 2, target=3), case(target=1), case(2, target=3), case(target=3)]
    assert rank_cases(Fixed(5, 3, 4), cases).tolist() == [1, 1, 2, 2]


def test_cases_of_like_length_are_scored_together(monkeypatch):
    monkeypatch.setattr(measure, "BATCH", 2)
    cases = [case(1, 2, target=3), case(target=1), case(2, target=3), case(target=3)]
    assert [places.tolist() for places in batches(cases)] == [[1, 3], [2, 0]]


def test_every_case_is_heard_of(monkeypatch):
    monkeypatch.setattr(measure, "BATCH", 2)
    done = []
    rank_cases(Fixed(1, 2), [case(target=1)] * 5, done.append)
    assert done == [2, 2, 1]
