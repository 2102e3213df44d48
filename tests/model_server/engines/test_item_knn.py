import numpy as np
import pytest

from model_server.engines import item_knn
from model_server.engines.baseline import Baseline, LinkedLikes, stack_shelf
from model_server.engines.links import count_likes
from tests.model_server.engines.conftest import weights_of
from tests.model_server.engines.contract import BaselineContract


def fit(people, **settings):
    defaults = {"neighbours": 8, "shrinkage": 0.0, "least_likes": 1}
    return weights_of(item_knn.fit(people, 8, **(defaults | settings)), 8)


class TestItemKnn(BaselineContract):
    @pytest.fixture
    def engine(self, people, catalogue):
        rate = LinkedLikes(item_knn.fit(people, 8, least_likes=1), item_knn.DECAY, 8)
        return Baseline(
            "item_knn", "Item-kNN", rate, stack_shelf(catalogue, count_likes(people, 8))
        )

    def test_a_weight_is_the_cosine_of_two_movies_likes(self, people):
        weights = fit(people)
        # 1 and 2 have 3 and 4 likes, 3 of them from the same people
        assert weights[1, 2] == pytest.approx(3 / np.sqrt(3 * 4))
        assert weights[3, 4] == pytest.approx(1 / np.sqrt(2 * 1))
        assert weights[1, 5] == 0

    def test_shrinkage_lowers_what_few_likes_say(self, people):
        assert fit(people, shrinkage=2.0)[1, 2] == pytest.approx(3 / (np.sqrt(3 * 4) + 2))

    def test_a_movie_does_not_speak_for_itself(self, people):
        assert not np.diag(fit(people)).any()

    def test_only_the_nearest_neighbours_speak_for_a_movie(self, people):
        weights = fit(people, neighbours=1)
        # for 3: 1 at 1/sqrt(6) = .41, 2 at 2/sqrt(8) = .71, 4 at 1/sqrt(2) = .71; a tie keeps 2
        assert np.flatnonzero(weights[:, 3]).tolist() == [2]

    def test_a_movie_with_too_few_likes_has_no_links(self, people):
        weights = fit(people, least_likes=2)
        assert weights[1, 2] > 0
        assert not weights[4:].any()
        assert not weights[:, 4:].any()

    def test_serving_keeps_those_that_speak_most_for_each_movie(self, people):
        links = item_knn.fit(people, 8, neighbours=8, shrinkage=0.0, least_likes=1)
        served = weights_of(item_knn.serve(links, 1), 8)
        np.testing.assert_array_equal(served, fit(people, neighbours=1))
