"""Likes of five people, few enough to fit every baseline by hand."""

import numpy as np
import pytest

from model_server.engines.baselines import assemble
from model_server.engines.fitting import fit_rates
from model_server.engines.links import count_likes

# Likes a movie: 1 has 3, 2 has 4, 3 has 2, 4 to 7 one each, 8 none.
LIKES = ((1, 2, 3), (2, 1), (1, 2), (2, 3, 4), (5, 6, 7))


@pytest.fixture
def people() -> list[np.ndarray]:
    return [np.array(likes, dtype=np.int64) for likes in LIKES]


def weights_of(links, movies: int) -> np.ndarray:
    """All links as a matrix, (1 + movies, 1 + movies): row i is what movie i speaks for."""
    one = np.ones(1, dtype=np.float32)
    rows = [links.spread(np.array([movie]), one) for movie in range(1, 1 + movies)]
    return np.stack([np.zeros(1 + movies, dtype=np.float32), *rows])


def fit_all(people, catalogue):
    """Every baseline by name, with all that was fitted."""
    movies = len(catalogue.movies)
    return assemble(fit_rates(people, movies), count_likes(people, movies), catalogue)
