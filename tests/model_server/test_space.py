"""Nearness in the embedding, worked by hand."""

import numpy as np

from model_server.space import Space


def rows(*values) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_without_likes_cosines_are_around_the_origin_and_do_not_count_length():
    space = Space(rows([0, 0], [3, 0], [0, 2], [5, 5], [-1, 0]), np.zeros(5, dtype=np.int32))
    found = space.cosines(np.array([10, 0], dtype=np.float32))
    np.testing.assert_allclose(found, [-np.inf, 1, 0, np.sqrt(0.5), -1], rtol=1e-6)


def test_what_all_liked_movies_share_brings_none_of_them_near():
    # The centre is ((2, 10) + (0, 10)) / 2 = (1, 10); less it, the rows are (1, 0), (-1, 0),
    # (0, -5) and (0, 90). Around the origin, all but the third would be near each other.
    vectors = rows([2, 10], [0, 10], [1, 5], [1, 100])
    space = Space(vectors, np.array([7, 7, 0, 0]))
    np.testing.assert_allclose(space.cosines(vectors[0]), [1, -1, 0, 0], atol=1e-5)


def test_the_centre_weighs_movies_by_their_likes():
    # (3 * (4, 0) + 1 * (0, 0)) / 4 = (3, 0): the first is to its right, the second to its left.
    vectors = rows([4, 0], [0, 0], [9, 0])
    space = Space(vectors, np.array([3, 1, 0]))
    np.testing.assert_allclose(space.cosines(vectors[2]), [1, -1, 1], atol=1e-6)


def test_a_movie_at_the_centre_is_near_nothing():
    vectors = rows([1, 1], [3, 1])
    space = Space(vectors, np.array([5, 0]))
    assert space.cosines(vectors[1])[0] == -np.inf
    assert np.isneginf(space.cosines(vectors[0])).all()
