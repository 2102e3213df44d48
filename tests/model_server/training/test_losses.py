import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow as tf

from model_server.engines.base import DISLIKE, LIKE, START
from model_server.training import losses
from model_server.training.belief import Belief, Keys, keys_of
from model_server.training.build import Settings, build_network
from model_server.training.candidates import CandidateConfig, Candidates, draw_candidates
from model_server.training.losses import LossWeights, batch_losses
from model_server.training.match import Match
from model_server.training.network import Network, NetworkConfig, Tables
from model_server.training.transitions import Lifts
from model_server.training.windows import Batch

from .conftest import GROUPS, MOVIES, Ring, all_candidates, ring_dataset

CONFIG = NetworkConfig(
    units=8,
    movie_dim=6,
    tag_dim=4,
    like_lags=1,
    dislike_lags=1,
    input_dropout=0.0,
    layer_dropout=0.0,
    recurrent_dropout=0.0,
    matmul_dtype="float32",
)
NO_LIFTS = Lifts(np.zeros((1, 1), dtype=np.int32), np.zeros((1, 1), dtype=np.float32))
NO_MATCH = Match(np.zeros((1, 0), dtype=np.int32), np.zeros((1, 0), dtype=np.float32))
TAGS = GROUPS + 1
LIKED_MATCH, DISLIKED_MATCH = 0.75, -0.5


def make_network(config: NetworkConfig = CONFIG) -> Network:
    """Untrained, but for the lags, the newest like counting 2 and the newest dislike -1, and the
    matches of tags."""
    network = build_network(ring_dataset(Ring(1.0)), Settings(network=config), seed=2)
    network.core.lag_out_bias.assign(np.array([2.0, -1.0], dtype=np.float32))
    network.liked_match.assign(np.full(1 + TAGS, LIKED_MATCH, dtype=np.float32))
    network.disliked_match.assign(np.full(1 + TAGS, DISLIKED_MATCH, dtype=np.float32))
    return network


def world(vectors: list[list[float]]) -> tuple[SimpleNamespace, Tables, Keys]:
    """A network, and tables and keys of movies without biases; movie 1 carries tag 1."""
    array, zeros = np.array(vectors, dtype=np.float32), np.zeros(len(vectors), dtype=np.float32)
    carriers = np.zeros((2, len(vectors)), dtype=np.float32)
    carriers[1, 1] = 1.0
    dot = SimpleNamespace(dot=lambda left, right: left @ right)
    network = SimpleNamespace(core=dot, carriers=carriers, carrier_shares=carriers[:, 1:].mean(1))
    tables = Tables(array, array, zeros, array, zeros, zeros)
    return network, tables, keys_of(network, tables, all_candidates(len(vectors) - 1))


def row(*values: float) -> np.ndarray:
    return np.array([values], dtype=np.float32)


def belief(
    readout: float, vectors: list[list[float]], lifts: Lifts = NO_LIFTS, match: Match = NO_MATCH
) -> Belief:
    return Belief(*world(vectors), row(readout), lifts, match)


def test_a_preferred_like_costs_less_than_a_preferred_dislike() -> None:
    cost = losses._rejected(row(3.0, 1.0), np.array([2]))
    # the like scores 3, the dislike 1 -> softplus(1 - 3)
    assert float(cost) == pytest.approx(math.log1p(math.exp(-2.0)), rel=1e-5)


def test_a_step_that_no_dislike_follows_costs_nothing() -> None:
    assert float(losses._rejected(row(3.0, 1.0), np.array([0]))) == 0.0


def test_a_neighbour_that_fell_costs_less_than_one_that_rose() -> None:
    vectors, neighbours = [[0.0], [1.0]], np.array([[1, 0]], dtype=np.int32)
    before, fell, rose = (belief(readout, vectors) for readout in (2.0, 1.0, 3.0))
    cost = losses._neighbours(before, fell, neighbours, margin=0.5)
    # its log-probability beside a movie of score 0 went from log s(2) to log s(1), s the sigmoid,
    # and the other place is padding
    change = -math.log1p(math.exp(-1.0)) + math.log1p(math.exp(-2.0))
    assert float(cost) == pytest.approx(math.log1p(math.exp(change + 0.5)), rel=1e-5)
    assert float(losses._neighbours(before, rose, neighbours, 0.5)) > float(cost)


def test_a_rise_of_all_movies_alike_is_no_rise() -> None:
    vectors, neighbours = [[1.0], [1.0], [1.0]], np.array([[1, 0]], dtype=np.int32)
    cost = losses._neighbours(belief(2.0, vectors), belief(5.0, vectors), neighbours, margin=0.0)
    assert float(cost) == pytest.approx(math.log(2.0), rel=1e-5)


def test_lifts_and_matches_count_as_scores_do() -> None:
    lifts = Lifts(np.array([[2, 1]], dtype=np.int32), row(4.0, 0.5))
    match = Match(np.array([[1]], dtype=np.int32), row(7.0))
    found = belief(3.0, [[0.0], [1.0], [2.0]], lifts, match)
    # movie 1: 3 * 1 + 0.5 + 7 for its tag; movie 2: 3 * 2 + 4
    assert np.asarray(found.scores(np.array([[1, 2]], dtype=np.int32))).tolist() == [[10.5, 10.0]]
    assert float(found.mean_score()[0]) == pytest.approx(10.25)
    total = math.log(1 + math.exp(10.5) + math.exp(10.0))  # padding scores 0 in this world
    assert float(found.log_total()[0]) == pytest.approx(total, rel=1e-5)


@pytest.fixture
def batch() -> Batch:
    """Two rows, each a start, a like of movie 3, a dislike of movie 9; then movie 5 is liked.

    The last step teaches lifts.
    """
    movie = np.array([[0, 3, 9]] * 2, dtype=np.int32)
    kind = np.array([[START, LIKE, DISLIKE]] * 2, dtype=np.int32)
    return Batch(
        movie=movie,
        kind=kind,
        plain=np.arange(4, dtype=np.int32),
        tagged=np.array([4], dtype=np.int32),
        lifted=np.array([5], dtype=np.int32),
        wanted_tags=np.array([[1], [0]], dtype=np.int32),
        unwanted_tags=np.array([[0], [4]], dtype=np.int32),
        target=np.array([3, 5, 5] * 2, dtype=np.int32),
        rejected=np.array([9, 9, 0] * 2, dtype=np.int32),
        recent=np.array([[3, 9]], dtype=np.int32),
        dislikes=np.array([2, 4], dtype=np.int32),
        session_tags=np.array([[0], [2]], dtype=np.int32),
        recent_before=np.array([[3, 0], [0, 0]], dtype=np.int32),
        recent_after=np.array([[3, 9], [0, 3]], dtype=np.int32),
        neighbours=np.array([[9, 10], [3, 0]], dtype=np.int32),
        candidates=all_candidates(MOVIES),
    )


def outputs(network: Network, batch: Batch, training: bool = False) -> np.ndarray:
    held = network.tables()
    run = losses._run(network, held, batch, training)
    return np.asarray(losses._outputs(network, held, batch, run))


def test_the_next_movie_costs_the_full_softmax_at_every_step(batch: Batch) -> None:
    network = make_network()
    parts = batch_losses(network, batch, LossWeights(label_smoothing=0.0), training=False)
    held = network.tables()
    readout = np.asarray(network.core.read_out(outputs(network, batch)).movies)
    has = np.asarray(network.carriers)
    logits = readout @ np.asarray(held.vectors).T + np.asarray(held.movie_bias)
    found = network.transitions
    for movie, weight in zip(batch.recent[0], (2.0, -1.0), strict=True):
        logits[5, found.targets[0, movie]] += weight * found.strengths[0, movie]
    logits[4] += LIKED_MATCH * has[1]  # the tag wanted at the tagged step
    logits[5] += DISLIKED_MATCH * has[4]  # the tag unwanted at the lifted one
    log_softmax = logits - np.log(np.exp(logits[:, 1:]).sum(axis=1, keepdims=True))
    expected = -log_softmax[np.arange(6), batch.target].mean()
    assert float(parts["movie"]) == pytest.approx(expected, rel=1e-4)


def test_smoothing_spreads_its_share_over_all_movies(batch: Batch) -> None:
    network = make_network()
    costs = [
        float(batch_losses(network, batch, LossWeights(label_smoothing=s), False)["movie"])
        for s in (0.0, 0.5, 1.0)
    ]
    # smoothing mixes two costs linearly; whole, it is the mean cost of every movie
    assert costs[1] == pytest.approx((costs[0] + costs[2]) / 2, rel=1e-4)
    each = [
        float(
            batch_losses(
                network,
                batch._replace(target=np.full(6, movie, dtype=np.int32)),
                LossWeights(label_smoothing=0.0),
                False,
            )["movie"]
        )
        for movie in range(1, 1 + MOVIES)
    ]
    assert costs[2] == pytest.approx(np.mean(each), rel=1e-4)


def test_lifted_steps_teach_the_weights_of_lifts_alone(batch: Batch) -> None:
    network = make_network()
    lifted = batch._replace(
        plain=batch.plain[:0],
        tagged=batch.tagged[:0],
        wanted_tags=batch.wanted_tags[1:],
        unwanted_tags=batch.unwanted_tags[1:],
        target=batch.target[5:],
        rejected=batch.rejected[5:],
    )
    weights = LossWeights(tags=0.0, neighbours=0.0)
    with tf.GradientTape() as tape:
        parts = batch_losses(network, lifted, weights, training=False)
        cost = parts["movie"] + parts["rejected"]
    variables = {weight.name: weight.value for weight in network.trainable_variables}
    found = tape.gradient(cost, variables, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    size = {name: float(tf.norm(tf.convert_to_tensor(slope))) for name, slope in found.items()}
    assert {name for name, length in size.items() if length > 0} == {"lag_out", "lag_out_bias"}


def test_the_sum_over_a_sample_is_right_in_the_mean(batch: Batch) -> None:
    network, rng = make_network(), np.random.default_rng(5)
    held = network.tables()
    readout = outputs(network, batch)
    picked = batch.wanted_tags[:1], batch.unwanted_tags[:1]

    def total(candidates: Candidates) -> float:
        keys = keys_of(network, held, candidates)
        found = Belief.of(network, held, keys, readout[5:], batch.recent, picked)
        return float(np.exp(found.log_total()[0]))

    few = CandidateConfig(head=MOVIES // 4, sampled=MOVIES // 4)
    sampled = [total(draw_candidates(MOVIES, (), few, rng)) for _ in range(300)]
    error = np.std(sampled) / math.sqrt(len(sampled))
    assert error > 0
    assert np.mean(sampled) == pytest.approx(total(all_candidates(MOVIES)), abs=4 * error)


def test_picked_tags_touch_the_told_steps_alone(batch: Batch) -> None:
    network = make_network()
    untold = batch._replace(
        wanted_tags=np.zeros_like(batch.wanted_tags),
        unwanted_tags=np.zeros_like(batch.unwanted_tags),
    )
    plain, told = outputs(network, untold), outputs(network, batch)
    assert np.array_equal(plain[:4], told[:4])
    assert not np.allclose(plain[4], told[4])
    assert not np.allclose(plain[5], told[5])


def test_a_step_told_no_tags_is_read_as_a_plain_one(batch: Batch) -> None:
    network = make_network()
    untold = batch._replace(
        wanted_tags=np.zeros_like(batch.wanted_tags),
        unwanted_tags=np.zeros_like(batch.unwanted_tags),
    )
    found = outputs(network, untold)  # steps 1 and 4 are the same step of two equal rows
    assert found[4] == pytest.approx(found[1], abs=1e-5)


def test_a_like_turned_into_a_dislike_is_read_as_one(batch: Batch) -> None:
    network = make_network()
    held = network.tables()
    keys = keys_of(network, held, batch.candidates)
    alike = batch._replace(session_tags=np.zeros_like(batch.session_tags))
    turned = alike._replace(kind=np.array([[START, DISLIKE, DISLIKE]] * 2, dtype=np.int32))
    argued, real = (
        losses._disliked(network, held, keys, read, losses._run(network, held, read, False))[1]
        for read in (alike, turned)
    )
    # the second dislike of the fixture is of movie 3, which these people liked
    assert np.asarray(argued.movies)[1] == pytest.approx(np.asarray(real.movies)[1], abs=1e-5)


def test_dropout_acts_in_training_only(batch: Batch) -> None:
    network = make_network(replace(CONFIG, layer_dropout=0.5))
    calm, again = outputs(network, batch), outputs(network, batch)
    assert np.array_equal(calm, again)
    assert not np.allclose(calm, outputs(network, batch, training=True))
