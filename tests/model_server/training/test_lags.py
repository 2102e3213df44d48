import numpy as np

from model_server.engines.base import DISLIKE, LIKE, START
from model_server.training.lags import Lags, newest_first

LAGS = Lags(likes=2, dislikes=1, movies=9, folds=3)
MOVIE = np.array([[0, 3, 4, 5, 6]], dtype=np.int32)
KIND = np.array([[START, LIKE, DISLIKE, LIKE, LIKE]], dtype=np.int32)


def test_the_newest_chosen_movies_come_first_and_a_step_sees_its_own() -> None:
    found = newest_first(MOVIE, np.array([[False, True, False, True, True]]), 2)
    assert found[0].tolist() == [[0, 0], [3, 0], [3, 0], [5, 3], [6, 5]]


def test_likes_stand_before_dislikes_and_point_into_the_table_of_the_fold() -> None:
    found = LAGS.recent(MOVIE, KIND, np.array([2]))
    # fold 2 of tables with 10 rows each: movie 6 is row 26; padding stays 0
    assert found[0].tolist() == [[0, 0, 0], [23, 0, 0], [23, 0, 24], [25, 23, 24], [26, 25, 24]]


def test_people_are_dealt_into_folds_in_turn() -> None:
    assert [LAGS.fold_of(place) for place in range(4)] == [1, 2, 3, 1]


def test_without_folds_all_read_the_table_of_everyone() -> None:
    assert Lags(2, 1, 9).fold_of(5) == 0


def test_a_new_dislike_pushes_the_oldest_out_and_leaves_likes_alone() -> None:
    lags = Lags(likes=1, dislikes=2, movies=9)
    after = lags.with_dislike(np.array([[4, 5, 6]], dtype=np.int32), np.array([7]))
    assert after.tolist() == [[4, 7, 5]]


def test_a_network_that_reads_no_dislikes_is_told_of_none() -> None:
    lags = Lags(likes=2, dislikes=0, movies=9)
    recent = np.array([[4, 5]], dtype=np.int32)
    assert lags.with_dislike(recent, np.array([7])).tolist() == [[4, 5]]
