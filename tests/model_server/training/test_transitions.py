import numpy as np
import pytest

from model_server.training.lags import Lags
from model_server.training.transitions import (
    Lifts,
    TransitionConfig,
    fit_transitions,
    lift,
    lifts_of,
    spread,
)

CONFIG = TransitionConfig(kept=2, floor=0.01)


def likes(*movies: int) -> np.ndarray:
    return np.array(movies, dtype=np.int32)


@pytest.fixture
def people() -> list[np.ndarray]:
    """Folds 1, 2, 1, 2: 1 leads to 2 for the people of fold 1, and to 3 for those of fold 2."""
    return [likes(1, 2), likes(1, 3), likes(1, 2), likes(1, 3)]


def test_everyone_teaches_table_0_and_nobody_the_table_of_their_own_fold(
    people: list[np.ndarray],
) -> None:
    found = fit_transitions(people, 3, Lags(1, 0, movies=3, folds=2), CONFIG)
    assert [sorted(set(found.targets[table, 1]) - {0}) for table in range(3)] == [[2, 3], [3], [2]]


def test_a_strength_is_the_log_of_a_share(people: list[np.ndarray]) -> None:
    found = fit_transitions(people, 3, Lags(1, 0, movies=3), CONFIG)
    # 2 of 4 steps from movie 1, shrunk by 20 more, over the floor of 0.01
    assert found.strengths[0, 1] == pytest.approx(np.log1p(2 / 24 / 0.01), rel=1e-5)


def test_a_movie_nothing_follows_lifts_nothing(people: list[np.ndarray]) -> None:
    found = fit_transitions(people, 3, Lags(1, 0, movies=3), CONFIG)
    assert not found.targets[0, [0, 2, 3]].any()
    assert not found.strengths[0, [0, 2, 3]].any()


def test_lifts_are_strengths_times_the_weights_of_picks() -> None:
    followers = np.array([[0, 0], [2, 3], [3, 0]], dtype=np.int32)
    strengths = np.array([[0, 0], [1.0, 0.5], [2.0, 0]], dtype=np.float32)
    weights = np.array([[3.0, -1.0]], dtype=np.float32)
    found = lift(followers, strengths, np.array([[1, 2]]), weights)
    # pick 1 counts 3: movie 2 gets 3, movie 3 gets 1.5; pick 2 counts -1: movie 3 loses 2
    assert np.asarray(spread(found, 4)).tolist() == [[0.0, 0.0, 3.0, -0.5]]
    assert np.asarray(lifts_of(found, np.array([[3, 1, 2]]))).tolist() == [[-0.5, 0.0, 3.0]]


def test_lifts_of_one_row_stay_in_that_row() -> None:
    lifts = Lifts(np.array([[1], [2]]), np.array([[5.0], [7.0]], dtype=np.float32))
    assert np.asarray(spread(lifts, 3)).tolist() == [[0.0, 5.0, 0.0], [0.0, 0.0, 7.0]]
