"""Ratings of films that a toy catalogue knows: movie 10 n has index n."""

import numpy as np
import pytest

from model_server.evaluation.cases import read_people
from model_server.evaluation.dislikes.rated import Rated
from tests.model_server.evaluation.conftest import FILMS, corpus_of


def rated_by(person: int, *pairs) -> Rated:
    """What a person rated: (index, stars) pairs, oldest first."""
    movies, stars = zip(*pairs, strict=True)
    return Rated(person, np.array(movies), np.array(stars, dtype=np.float32))


@pytest.fixture
def people_of(catalogue):
    """People by their (movie id, rating) pairs, oldest first."""
    return lambda *people: read_people(corpus_of(*people), catalogue.movies, FILMS)
