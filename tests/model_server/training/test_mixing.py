from dataclasses import replace

import numpy as np
import pytest

from model_server.training.build import Settings, build_network, lags_of
from model_server.training.mixing import (
    DECAY,
    LIFT_GAINS,
    MATCH_FACTORS,
    choose_lift_gain,
    choose_match_factor,
    settle,
)
from model_server.training.network import Network, NetworkConfig
from model_server.training.tag_drawer import TagDrawer
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
    tags = TagDrawer(dataset.catalogue)
    validation = Validation(people, lags_of(dataset, settings), tags)
    return build_network(dataset, settings, seed=1), validation


def test_where_films_follow_one_another_transitions_gain_weight() -> None:
    network, validation = untrained(order=1.0)
    figures, gain = choose_lift_gain(network, validation)
    assert gain > 0
    assert figures["ndcg@10"] > 0.9
    assert np.asarray(network.core.lag_out_bias) == pytest.approx([gain, DECAY * gain, 0.0])


def test_the_network_is_left_with_the_figures_that_are_told() -> None:
    network, validation = untrained(order=0.5)
    figures = settle(network, validation)
    assert figures["lift_gain"] in LIFT_GAINS
    assert validation.measure(network)["ndcg@10"] == pytest.approx(figures["ndcg@10"])


def test_a_network_without_transitions_stays_as_it_is() -> None:
    network, validation = untrained(order=1.0, likes=0)
    assert choose_lift_gain(network, validation)[1] == 0.0


def test_what_tags_add_grows_where_they_lead_to_the_film() -> None:
    network, validation = untrained(order=0.0)
    network.liked_match.assign(np.full(network.liked_match.shape, 0.01, dtype=np.float32))
    before = validation.measure(network, known_tags=2)
    figures, factor = choose_match_factor(network, validation)
    assert factor in MATCH_FACTORS[1:]
    assert figures["ndcg@10"] > before["ndcg@10"]
    assert np.asarray(network.liked_match) == pytest.approx(0.01 * factor)


def test_known_tags_count_only_where_they_are_known() -> None:
    network, validation = untrained(order=0.5)
    before = validation.measure(network)
    choose_match_factor(network, validation)
    assert validation.measure(network) == before
