import numpy as np

from model_server.training.match import match_tags, matches, matches_of, mean_match

CARRIERS = np.array([[0, 0, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], dtype=np.float32)

LIKED = np.array([0.0, 2.0, 3.0], dtype=np.float32)
DISLIKED = np.array([0.0, -1.0, -4.0], dtype=np.float32)


def tags(rows: list[list[int]]) -> np.ndarray:
    return np.array(rows, dtype=np.int32)


def test_a_movie_gains_by_each_picked_tag_it_carries() -> None:
    match = match_tags(LIKED, DISLIKED, tags([[1, 0], [1, 2]]), tags([[2], [0]]))
    # session 1 likes tag 1 and dislikes tag 2; session 2 likes both
    assert np.asarray(matches(match, CARRIERS)).tolist() == [[0, 2, -2, -4], [0, 2, 5, 3]]


def test_some_movies_gain_what_they_gain_among_all() -> None:
    match = match_tags(LIKED, DISLIKED, tags([[1, 2]]), tags([[0]]))
    assert np.asarray(matches_of(match, CARRIERS, tags([[3, 2, 0]]))).tolist() == [[3, 5, 0]]


def test_the_mean_is_that_of_all_movies() -> None:
    match = match_tags(LIKED, DISLIKED, tags([[1]]), tags([[2]]))
    shares = CARRIERS[:, 1:].mean(axis=1)
    every = np.asarray(matches(match, CARRIERS))[:, 1:]
    assert np.allclose(mean_match(match, shares), every.mean())


def test_nothing_picked_adds_nothing() -> None:
    nothing = np.zeros((2, 0), dtype=np.int32)
    match = match_tags(LIKED, DISLIKED, nothing, nothing)
    assert np.asarray(matches_of(match, CARRIERS, tags([[1], [2]]))).tolist() == [[0], [0]]
