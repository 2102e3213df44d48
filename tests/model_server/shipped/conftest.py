"""The artifact that a fresh clone serves, opened once for all tests of this folder."""

import os

import numpy as np
import pytest

from model_server.artifact import load_artifact
from model_server.config import from_env
from model_server.engines.registry import Registry, offers_of
from model_server.recommender import Recommender


@pytest.fixture(scope="session")
def artifact():
    return load_artifact(from_env(os.environ).artifact)


@pytest.fixture(scope="session")
def catalogue(artifact):
    return artifact.catalogue


@pytest.fixture(scope="session")
def network(artifact):
    return Registry(offers_of(artifact)).network


@pytest.fixture(scope="session")
def recommender(artifact):
    return Recommender(artifact.catalogue, Registry(offers_of(artifact)), artifact.version)


@pytest.fixture(scope="session")
def popular(catalogue) -> list[int]:
    """Indexes of movies, the most liked first."""
    return (1 + np.argsort(-catalogue.likes[1:], kind="stable")).tolist()


@pytest.fixture(scope="session")
def popular_ids(catalogue, popular) -> list[int]:
    """Ids of movies, the most liked first."""
    return catalogue.movies.public(popular).tolist()
