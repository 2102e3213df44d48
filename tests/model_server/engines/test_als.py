import numpy as np
import pytest

from model_server.engines import als
from model_server.engines.als import fold_in
from model_server.engines.base import Event
from model_server.engines.baseline import Baseline, stack_shelf
from model_server.engines.fitting import fit_als
from model_server.engines.links import count_likes
from tests.model_server.engines.contract import BaselineContract

TWO_CIRCLES = [np.array(likes) for likes in [(1, 2, 3), (2, 3, 1), (4, 5, 6), (5, 6, 4)] * 10]


def likes(*movies):
    return tuple(Event(movie, True) for movie in movies)


class TestAls(BaselineContract):
    @pytest.fixture
    def engine(self, people, catalogue):
        rate = fit_als(people, 8, factors=4)
        return Baseline("als", "ALS", rate, stack_shelf(catalogue, count_likes(people, 8)))

    def test_a_visitor_is_solved_for_as_in_the_paper(self):
        # one factor: movies of 2 and 1; gram 2² + 1² + .5 = 5.5; the like of movie 1 has confidence
        # 10: (5.5 + 9 * 2²) x = 10 * 2, so that x = 20 / 41.5; movie 2 rates 1 x
        rate = fold_in(np.array([[0], [2], [1]], dtype=np.float32), 0.5, alpha=10, decay=0.5)
        np.testing.assert_allclose(rate(likes(1)), [0, 2 * 20 / 41.5, 20 / 41.5], rtol=1e-6)

    def test_an_older_like_has_less_confidence(self):
        # gram 5 + .5; movie 1 has confidence 5, movie 2, the newest, 10:
        # (5.5 + 4 * 4 + 9 * 1) x = 5 * 2 + 10 * 1
        rate = fold_in(np.array([[0], [2], [1]], dtype=np.float32), 0.5, alpha=10, decay=0.5)
        np.testing.assert_allclose(rate(likes(1, 2))[2], 20 / 30.5, rtol=1e-6)

    def test_nothing_liked_rates_nothing(self):
        rate = fold_in(np.array([[0], [2], [1]], dtype=np.float32))
        assert not rate(()).any()
        assert not rate((Event(1, False), Event(0, True, (3,)))).any()

    def test_it_finds_the_circle_of_films_that_a_visitor_is_in(self):
        rating = fit_als(TWO_CIRCLES, 8, factors=4)(likes(1))
        assert rating[[2, 3]].min() > rating[[4, 5, 6]].max()

    def test_films_that_were_liked_at_different_times_are_no_neighbours(self):
        # everyone went from one circle to the other, and runs of three likes keep them apart
        movers = [np.array([1, 2, 3, 4, 5, 6]), np.array([5, 6, 4, 2, 3, 1])] * 10
        rating = fit_als(movers, 8, factors=4, window=3)(likes(1))
        assert rating[[2, 3]].min() > rating[[4, 5, 6]].max() + 0.3

    def test_a_film_that_nobody_liked_has_no_factors(self):
        assert not fit_als(TWO_CIRCLES, 8, factors=4).factors[[0, 7, 8]].any()

    def test_equal_likes_give_equal_factors(self):
        one, other = (fit_als(TWO_CIRCLES, 8, factors=4).factors for _ in range(2))
        np.testing.assert_array_equal(one, other)

    def test_the_settings_in_use_are_the_modules(self, people):
        rate = fit_als(people, 8)
        assert rate.factors.shape == (9, als.FACTORS)
        assert (rate.alpha, rate.decay) == (als.ALPHA, als.DECAY)
