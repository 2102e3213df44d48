import numpy as np
import pytest

from model_server.engines.base import Event, Query
from tests.model_server.engines.conftest import fit_all
from tests.model_server.engines.contract import BaselineContract


@pytest.fixture
def engine(people, catalogue):
    return fit_all(people, catalogue)["popular"]


class TestPopular(BaselineContract):
    def test_the_order_is_that_of_likes_whatever_was_said(self, engine):
        silent, speaking = engine.score([Query(), Query(events=(Event(7, True),))]).movies
        np.testing.assert_array_equal(silent, speaking)
        assert silent[2] > silent[1] > silent[3] > silent[4] > silent[8]  # 4, 3, 2, 1, 0 likes
