import numpy as np
import pytest

from model_server.engines import rules
from model_server.engines.base import Event, Query
from tests.model_server.engines.conftest import fit_all, weights_of
from tests.model_server.engines.contract import BaselineContract


def fit(people, window=2, shrinkage=0.0):
    return weights_of(rules.fit(people, 8, window, shrinkage), 8)


class TestRules(BaselineContract):
    @pytest.fixture
    def engine(self, people, catalogue):
        return fit_all(people, catalogue)["rules"]

    def test_a_weight_is_the_share_of_what_came_soon_after(self, people):
        weights = fit(people)
        # after 1: 2 twice at once, 3 once two steps later: 2 and 1/2 of 2.5
        assert weights[1, 2] == pytest.approx(2 / 2.5)
        assert weights[1, 3] == pytest.approx(0.5 / 2.5)

    def test_rules_have_a_direction(self, people):
        weights = fit(people)
        # 5, 6, 7 were liked once, in this order
        assert weights[5, 6] > 0
        assert weights[6, 5] == 0

    def test_nothing_beyond_the_window_counts(self, people):
        assert fit(people, window=1)[1, 3] == 0

    def test_shrinkage_lowers_what_follows_a_rare_movie(self, people):
        # after 5: 6 at once and 7 two steps later; 1 of 1.5 + 4.5
        assert fit(people, shrinkage=4.5)[5, 6] == pytest.approx(1 / (1.5 + 4.5))

    def test_the_newest_like_speaks_loudest(self, engine):
        # 2 leads to 3 and 6 leads to 7, each as its strongest rule
        late_2 = engine.score([Query(events=(Event(6, True), Event(2, True)))]).movies[0]
        late_6 = engine.score([Query(events=(Event(2, True), Event(6, True)))]).movies[0]
        assert late_2[3] / late_2[7] > late_6[3] / late_6[7]

    def test_people_with_one_like_make_no_rule(self):
        assert not fit([np.array([1]), np.array([2])]).any()

    def test_nobody_makes_no_rule(self):
        assert not fit([]).any()

    def test_serving_keeps_the_strongest_rules_of_each_movie(self, people):
        links = rules.fit(people, 8, 2, 0.0)
        # after 1: 2 at .8, 3 at .2
        assert np.flatnonzero(weights_of(rules.serve(links, 1), 8)[1]).tolist() == [2]
