import numpy as np
import pytest

from model_server.engines import ease
from model_server.engines.baseline import Baseline, LinkedLikes, stack_shelf
from model_server.engines.links import count_likes
from tests.model_server.engines.conftest import weights_of
from tests.model_server.engines.contract import BaselineContract


def fit(people, movies=8, penalty=2.0, least_likes=1):
    return ease.fit(people, movies, penalty, least_likes)


class TestEase(BaselineContract):
    @pytest.fixture
    def engine(self, people, catalogue):
        shelf = stack_shelf(catalogue, count_likes(people, 8))
        return Baseline("ease", "EASE", LinkedLikes(fit(people), ease.DECAY, 8), shelf)

    def test_two_movies_have_the_weights_of_the_closed_form(self):
        weights = weights_of(fit([np.array([1, 2]), np.array([1])], movies=2), 2)
        # Gram [[2, 1], [1, 1]] + 2 I = [[4, 1], [1, 3]], its inverse [[3, -1], [-1, 4]] / 11;
        # B = -P / its diagonal, column by column: B12 = 1/4, B21 = 1/3
        np.testing.assert_allclose(weights[1:, 1:], [[0, 1 / 4], [1 / 3, 0]], rtol=1e-5)

    def test_a_movie_with_too_few_likes_has_no_links(self, people):
        weights = weights_of(fit(people, least_likes=2), 8)
        assert weights[1, 2] > 0
        assert not weights[4:].any()
        assert not weights[:, 4:].any()

    def test_where_all_movies_are_rare_there_are_no_links(self, people):
        assert not weights_of(fit(people, least_likes=99), 8).any()

    def test_serving_keeps_the_links_that_weigh_most(self, people):
        links = fit(people)
        full, served = weights_of(links, 8), weights_of(ease.serve(links, 2), 8)
        for movie in (1, 2, 3):
            kept = np.flatnonzero(served[movie])
            assert sorted(np.abs(full[movie]))[-2:] == sorted(np.abs(full[movie, kept]))
            np.testing.assert_array_equal(served[movie, kept], full[movie, kept])
