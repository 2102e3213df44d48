from dataclasses import replace

import numpy as np
import pytest

from model_server.training.build import Settings, build_network, lags_of
from model_server.training.mixing import DECAY, GAINS, choose_gain
from model_server.training.network import Network, NetworkConfig
from model_server.training.validation import Validation

from .conftest import Ring, ring_dataset

SETTINGS = Settings(
    network=NetworkConfig(units=8, movie_dim=8, tag_dim=4, matmul_dtype="float32"),
    folds=0,
)


def untrained(order: float, likes: int = 2) -> tuple[Network, Validation]:
    """A network that knows nothing but transitions, and people who follow them or do not."""
    network = replace(SETTINGS.network, like_lags=likes, dislike_lags=likes // 2)
    settings = replace(SETTINGS, network=network)
    dataset = ring_dataset(Ring(order))
    people = list(dataset.sequences.each(dataset.split.validation))
    return build_network(dataset, settings, seed=1), Validation(people, lags_of(dataset, settings))


def test_where_films_follow_one_another_transitions_gain_weight() -> None:
    network, validation = untrained(order=1.0)
    figures = choose_gain(network, validation)
    assert figures["gain"] > 0
    assert figures["ndcg@10"] > 0.9
    weights = np.asarray(network.core.lag_out_bias)
    assert weights == pytest.approx([figures["gain"], DECAY * figures["gain"], 0.0])


def test_the_network_is_left_with_the_figures_that_are_told() -> None:
    network, validation = untrained(order=0.5)
    figures = choose_gain(network, validation)
    assert figures["gain"] in GAINS
    assert validation.measure(network)["ndcg@10"] == pytest.approx(figures["ndcg@10"])


def test_a_network_without_transitions_stays_as_it_is() -> None:
    network, validation = untrained(order=1.0, likes=0)
    assert choose_gain(network, validation)["gain"] == 0.0
