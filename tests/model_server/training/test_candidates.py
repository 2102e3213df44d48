import numpy as np
import pytest

from model_server.training.candidates import CandidateConfig, draw_candidates

CONFIG = CandidateConfig(head=10, sampled=20)
MOVIES = 100


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def test_each_movie_stands_where_its_column_says(rng: np.random.Generator) -> None:
    found = draw_candidates(MOVIES, (), CONFIG, rng)
    assert found.movies[0] == 0
    assert len(found.movies) == 1 + 10 + 20
    assert np.array_equal(found.columns[found.movies], np.arange(31))
    assert np.count_nonzero(found.columns) == 30


def test_the_sample_stands_for_all_that_were_left_out(rng: np.random.Generator) -> None:
    exact = np.array([70, 0, 70, 99], dtype=np.int32)
    found = draw_candidates(MOVIES, (exact,), CONFIG, rng)
    weights = np.exp(found.log_weights[found.columns])
    assert weights[[1, 10, 70, 99]].tolist() == [1, 1, 1, 1]
    # movies 11 to 100 but 70 and 99 are 88, of which 20 are drawn
    assert found.log_weights[-20:] == pytest.approx(np.log(88 / 20))
    assert np.exp(found.log_weights).sum() == pytest.approx(1 + MOVIES)


def test_a_small_catalogue_is_summed_whole(rng: np.random.Generator) -> None:
    found = draw_candidates(25, (), CONFIG, rng)
    assert found.movies.tolist() == list(range(26))
    assert not found.log_weights.any()
