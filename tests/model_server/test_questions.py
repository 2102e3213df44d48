"""Which tags are proposed, worked by hand."""

import numpy as np
import pytest

from model_server.questions import DOZEN, MOVIES_AHEAD, by_information, look_ahead


def even(movies: int) -> np.ndarray:
    return np.full(movies, 1 / movies, dtype=np.float32)


def rows(*texts: str) -> np.ndarray:
    """A row a tag, a column a movie, x where it carries the tag."""
    return np.array([[sign == "x" for sign in text] for text in texts])


def test_the_tag_whose_like_says_most_comes_first():
    # p ln 1/p: 7/8 -> .12, 1/8 -> .26, 3/8 -> .37
    found = by_information(even(8), rows("xxxxxxx.", "x.......", "xxx....."), 3)
    assert found[0] == 2


def test_a_tag_that_all_movies_carry_says_nothing_and_comes_last():
    assert by_information(even(4), rows("xxxx", "xx..", "x..."), 3).tolist() == [1, 2, 0]


def test_a_tag_beside_its_double_waits_for_one_that_says_something_new():
    # xx.... and its double say ln 3 of two movies each; ...xxx says ln 2 of three others.
    found = by_information(even(6), rows("xx....", "xx....", "...xxx"), 3)
    assert found.tolist() == [0, 2, 1]


def test_likely_movies_count_more():
    shares = np.array([0.4, 0.4, 0.1, 0.1], dtype=np.float32)
    # .4 ln 2.5 = .37 against .2 ln 5 = .32
    assert by_information(shares, rows("..xx", "x..."), 2).tolist() == [1, 0]


def test_tags_that_say_equally_much_keep_their_order():
    assert by_information(even(4), rows("..x.", "x...", "...x"), 3).tolist() == [0, 1, 2]


def test_where_nothing_is_ahead_the_likeliest_come_first():
    assert by_information(even(1)[:0], np.zeros((3, 0), dtype=np.bool_), 3).tolist() == [0, 1, 2]


@pytest.mark.parametrize("k", [0, 1, DOZEN, 2 * DOZEN, 60, 100])
def test_every_tag_is_there_once(k):
    carried = np.random.default_rng(2026).random((60, 40)) < 0.1
    assert sorted(by_information(even(40), carried, k)) == list(range(60))


def test_more_tags_begin_with_the_same_ones():
    carried = np.random.default_rng(2026).random((60, 40)) < 0.1
    longest = by_information(even(40), carried, 60).tolist()
    for k in (1, DOZEN, 30):
        assert by_information(even(40), carried, k).tolist()[:k] == longest[:k]


def test_after_a_dozen_the_likeliest_of_the_others_follow():
    carried = np.zeros((40, 40), dtype=np.bool_)
    carried[range(40), range(40)] = True
    carried[:20] = True  # all movies carry the 20 likeliest, which say nothing
    found = by_information(even(40), carried, 40).tolist()
    assert found[:DOZEN] == list(range(20, 32))
    assert found[DOZEN : 2 * DOZEN] == list(range(12))
    assert found[2 * DOZEN : 32] == list(range(32, 40))


def test_one_looks_ahead_past_what_is_shown():
    scores = np.array([99, 0, np.log(3), 7], dtype=np.float32)
    ahead = look_ahead(np.array([3, 2, 1]), scores, 1)
    assert ahead.movies.tolist() == [2, 1]
    np.testing.assert_allclose(ahead.shares, [0.75, 0.25], rtol=1e-6)


def test_one_does_not_look_ahead_for_ever():
    ranking = np.arange(1, 2 * MOVIES_AHEAD)
    scores = np.ones(2 * MOVIES_AHEAD, dtype=np.float32)
    assert len(look_ahead(ranking, scores, 24).movies) == MOVIES_AHEAD
    assert len(look_ahead(ranking[:24], scores, 24).movies) == 0
