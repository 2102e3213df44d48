import numpy as np
import pytest

from model_server.engines.base import Event
from model_server.engines.baseline import LinkedLikes
from model_server.engines.links import (
    co_likes,
    count_likes,
    dense_links,
    link_up,
    strongest,
    strongest_dense,
    transposed,
)
from tests.model_server.engines.conftest import weights_of


@pytest.fixture
def links():
    # 1 -> 2 at 5 in two parts, 1 -> 3 at -7, 2 -> 3 at 1
    sources, targets = np.array([1, 2, 1, 1]), np.array([2, 3, 3, 2])
    return link_up(sources, targets, np.array([2, 1, -7, 3], dtype=np.float32), movies=3)


def test_repeated_links_are_added(links):
    assert weights_of(links, 3)[1].tolist() == [0, 0, 5, -7]


def test_spread_adds_the_rows_times_their_shares(links):
    spread = links.spread(np.array([1, 2, 2]), np.array([1.0, 2.0, 3.0], dtype=np.float32))
    assert spread.tolist() == [0, 0, 5, -7 + 2 + 3]


def test_a_movie_without_links_spreads_nothing(links):
    assert not links.spread(np.array([3]), np.ones(1, dtype=np.float32)).any()


def test_the_strongest_links_are_those_farthest_from_zero(links):
    assert weights_of(strongest(links, 1), 3)[1:3].tolist() == [[0, 0, 0, -7], [0, 0, 0, 1]]


def test_transposed_links_lead_the_other_way(links):
    np.testing.assert_array_equal(weights_of(transposed(links), 3), weights_of(links, 3).T)


def test_dense_links_spread_as_sparse_ones_do():
    weights = np.array([[0, 2, -3], [1, 0, 0], [4, 5, 0]], dtype=np.float32)
    dense = dense_links(np.array([1, 2, 4]), weights, movies=4)
    sparse = strongest_dense(dense, 3)
    movies, shares = np.array([4, 3, 1]), np.array([1.0, 9.0, 2.0], dtype=np.float32)
    # movie 3 is not covered: 4's row plus twice 1's
    assert dense.spread(movies, shares).tolist() == [0, 4, 5 + 4, 0, -6]
    assert sparse.spread(movies, shares).tolist() == [0, 4, 5 + 4, 0, -6]


def test_co_likes_count_people_who_liked_both():
    people = [np.array(likes) for likes in ((1, 2), (2, 1, 3), (3,))]
    counts = co_likes(people, np.array([1, 3]), movies=3)
    assert counts.tolist() == [[2, 1], [1, 2]]


def test_co_likes_are_the_same_for_more_people_than_a_block_holds():
    people = [np.array([1, 2])] * 1500
    assert co_likes(people, np.array([1, 2]), movies=2).tolist() == [[1500, 1500]] * 2


def test_likes_of_nobody_count_zero():
    assert count_likes([], movies=2).tolist() == [0, 0, 0]


def test_a_like_loses_weight_with_each_like_after_it(links):
    rate = LinkedLikes(links, decay=0.5, movies=3)
    rating = rate([Event(1, True), Event(3, False), Event(0, True), Event(2, True)])
    # 2 is the newest like; the film without a row is one step, the dislike is none: 1 has .5 ** 2
    assert rating.tolist() == [0, 0, 5 * 0.25, -7 * 0.25 + 1]


def test_without_a_like_nothing_is_rated(links):
    assert not LinkedLikes(links, decay=0.5, movies=3)([Event(1, False)]).any()
