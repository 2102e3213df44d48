import math
from dataclasses import replace

import numpy as np
import pytest

from model_server.training import losses
from model_server.training.build import build_network
from model_server.training.losses import Belief, LossWeights, batch_losses
from model_server.training.network import DISLIKE, LIKE, START, NetworkConfig, Tables
from model_server.training.windows import Batch

from .conftest import MOVIES, Ring, ring_dataset

CONFIG = NetworkConfig(
    units=8,
    movie_dim=6,
    tag_dim=4,
    input_dropout=0.0,
    layer_dropout=0.0,
    recurrent_dropout=0.0,
    matmul_dtype="float32",
)
NO_TAGS = np.zeros((1, 3, 1), dtype=np.int32)


def tables(vectors: list[list[float]]) -> Tables:
    size = len(vectors)
    array = np.array(vectors, dtype=np.float32)
    return Tables(array, array, np.zeros(size, dtype=np.float32), array)


def row(*values: float) -> np.ndarray:
    return np.array([values], dtype=np.float32)


def test_a_preferred_like_costs_less_than_a_preferred_dislike() -> None:
    scores = tables([[0, 0], [1, 0], [0, 1]])
    cost = losses._rejected(scores, row(3.0, 1.0), row(3.0)[0], np.array([2]))
    # the like scores 3, the dislike 1 -> softplus(1 - 3)
    assert float(cost) == pytest.approx(math.log1p(math.exp(-2.0)), rel=1e-5)


def test_a_step_that_no_dislike_follows_costs_nothing() -> None:
    cost = losses._rejected(tables([[0.0], [1.0]]), row(3.0), row(3.0)[0], np.array([0]))
    assert float(cost) == 0.0


@pytest.fixture
def neighbour_batch() -> Batch:
    nothing = np.zeros(0, dtype=np.int32)
    return Batch(*[nothing] * 7, dislikes=nothing, neighbours=np.array([[1, 0]]))


def test_a_neighbour_that_fell_costs_less_than_one_that_rose(neighbour_batch: Batch) -> None:
    world = tables([[0.0], [1.0]])
    before = Belief(row(2.0), np.array([0.0], dtype=np.float32))
    fell, rose = (
        Belief(row(1.0), np.array([0.0], dtype=np.float32)),
        Belief(row(3.0), np.array([0.0], dtype=np.float32)),
    )
    cost = losses._neighbours(world, before, fell, neighbour_batch, margin=0.5)
    # its score went from 2 to 1 and the other place is padding -> softplus(-1 + 0.5)
    assert float(cost) == pytest.approx(math.log1p(math.exp(-0.5)), rel=1e-5)
    assert float(losses._neighbours(world, before, rose, neighbour_batch, 0.5)) > float(cost)


def test_a_rise_of_all_movies_alike_is_no_rise(neighbour_batch: Batch) -> None:
    world = tables([[0.0], [1.0]])
    before, after = (
        Belief(row(2.0), np.array([0.0], dtype=np.float32)),
        Belief(row(5.0), np.array([3.0], dtype=np.float32)),
    )
    cost = losses._neighbours(world, before, after, neighbour_batch, margin=0.0)
    assert float(cost) == pytest.approx(math.log(2.0), rel=1e-5)


@pytest.fixture
def batch() -> Batch:
    """Two rows, each a start, a like of movie 3 and a dislike of movie 9, then movie 5 is liked."""
    movie = np.array([[0, 3, 9]] * 2, dtype=np.int32)
    kind = np.array([[START, LIKE, DISLIKE]] * 2, dtype=np.int32)
    steps = np.arange(6, dtype=np.int32)
    return Batch(
        movie=movie,
        kind=kind,
        steps=steps,
        target=np.array([3, 5, 5] * 2, dtype=np.int32),
        rejected=np.array([9, 9, 0] * 2, dtype=np.int32),
        wanted_tags=NO_TAGS,
        unwanted_tags=NO_TAGS,
        dislikes=np.array([[2, 1]], dtype=np.int32),
        neighbours=np.array([[9, 10]], dtype=np.int32),
    )


def test_the_next_movie_costs_the_full_softmax_at_every_step(batch: Batch) -> None:
    network = build_network(ring_dataset(Ring(1.0)), CONFIG, seed=2)
    weights = LossWeights(label_smoothing=0.0)
    parts = batch_losses(network, batch, MOVIES, weights, training=False)
    held = network.tables()
    run = losses._outputs(network, held, batch, training=False)
    readout = np.asarray(losses._read_out(network, run.said, batch.steps).movies)
    logits = readout @ np.asarray(held.vectors)[1:].T + np.asarray(held.movie_bias)[1:]
    log_softmax = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    expected = -log_softmax[np.arange(6), batch.target - 1].mean()
    assert float(parts["movie"]) == pytest.approx(expected, rel=1e-4)


def test_smoothing_spreads_its_share_over_all_movies(batch: Batch) -> None:
    network = build_network(ring_dataset(Ring(1.0)), CONFIG, seed=2)
    costs = [
        float(batch_losses(network, batch, MOVIES, LossWeights(label_smoothing=s), False)["movie"])
        for s in (0.0, 0.5, 1.0)
    ]
    # smoothing mixes two costs linearly
    assert costs[1] == pytest.approx((costs[0] + costs[2]) / 2, rel=1e-4)


def test_picked_tags_touch_the_lower_half_alone(batch: Batch) -> None:
    network = build_network(ring_dataset(Ring(1.0)), CONFIG, seed=2)
    tagged = batch._replace(wanted_tags=np.ones_like(NO_TAGS))
    plain, told = (
        np.asarray(losses._outputs(network, network.tables(), b, False).said)
        for b in (batch, tagged)
    )
    assert np.array_equal(plain[0], told[0])
    assert not np.allclose(plain[1], told[1])


def test_dropout_acts_in_training_only(batch: Batch) -> None:
    config = replace(CONFIG, layer_dropout=0.5)
    network = build_network(ring_dataset(Ring(1.0)), config, seed=2)
    held = network.tables()
    calm, again, shaken = (
        np.asarray(losses._outputs(network, held, batch, training).said)
        for training in (False, False, True)
    )
    assert np.array_equal(calm, again)
    assert not np.allclose(calm, shaken)
