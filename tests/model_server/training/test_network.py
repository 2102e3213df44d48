import numpy as np
import pytest
from keras import ops

from model_server.engines.base import DISLIKE, LIKE, START
from model_server.training import sequence
from model_server.training.build import Settings, build_network
from model_server.training.layers import layer_norm, lstm_cell, mean_rows
from model_server.training.network import Network, NetworkConfig, States

from .conftest import Ring, ring_dataset

UNITS = 8
CONFIG = NetworkConfig(units=UNITS, movie_dim=6, tag_dim=4, matmul_dtype="float32")
MOVIES = np.array([[0, 3, 50, 7]], dtype=np.int32)
KINDS = np.array([[START, LIKE, DISLIKE, LIKE]], dtype=np.int32)


@pytest.fixture(scope="module")
def network() -> Network:
    return build_network(ring_dataset(Ring(1.0)), Settings(network=CONFIG), seed=5)


def outputs(network: Network, movie: np.ndarray, kind: np.ndarray) -> sequence.Sequence:
    masks = sequence.draw_masks(network.core, len(movie), seeds=None)
    return sequence.run_events(network.core, events(network, movie, kind), masks)


def events(network: Network, movie: np.ndarray, kind: np.ndarray):
    tables = network.tables()
    vectors = ops.take(tables.vectors, movie, axis=0)
    return network.core.read_events(vectors, ops.take(tables.content, movie, axis=0), kind)


def test_an_lstm_cell_keeps_what_it_is_told_to_keep() -> None:
    # enter and leave: sigmoid(0) = 0.5; forget: sigmoid(-1 + 1) = 0.5; candidate: tanh(0) = 0
    gates = np.array([[0.0, -1.0, 0.0, 0.0]], dtype=np.float32)
    hidden, cell = lstm_cell(gates, np.array([[2.0]], dtype=np.float32))
    assert float(cell[0, 0]) == pytest.approx(0.5 * 2.0)
    assert float(hidden[0, 0]) == pytest.approx(0.5 * np.tanh(1.0))


def test_layer_norm_centres_and_scales() -> None:
    # mean 2, variance 1 -> -1 and 1, then scale 3 and shift 1
    normed = layer_norm(np.array([[1.0, 3.0]], dtype=np.float32), 3.0, 1.0)
    assert np.asarray(normed) == pytest.approx(np.array([[-2.0, 4.0]]), abs=1e-3)


def test_padding_does_not_count_in_a_mean_and_nothing_is_zero() -> None:
    rows = np.array([[9.0], [2.0], [4.0]], dtype=np.float32)
    means = mean_rows(rows, np.array([[1, 2, 0], [0, 0, 0]]))
    assert np.asarray(means).tolist() == [[3.0], [0.0]]


def test_a_padded_row_reads_as_the_unpadded_row_does(network: Network) -> None:
    padded = np.pad(MOVIES, ((0, 0), (0, 5))), np.pad(KINDS, ((0, 0), (0, 5)))
    plain = np.asarray(outputs(network, MOVIES, KINDS).output)
    assert np.asarray(outputs(network, *padded).output)[:, :4] == pytest.approx(plain, abs=1e-6)


def test_steps_one_by_one_give_what_the_whole_sequence_gives(network: Network) -> None:
    whole = network.core.read_out(outputs(network, MOVIES, KINDS).output[:, -1]).movies
    each = events(network, MOVIES, KINDS)
    states = States(*[ops.zeros((1, UNITS)) for _ in range(4)])
    for step in range(MOVIES.shape[1]):
        states, readout = network.core.step(states, each[:, step], ops.zeros((1, UNITS)))
    assert np.asarray(readout.movies) == pytest.approx(np.asarray(whole), abs=1e-5)


def test_rerunning_the_same_events_changes_nothing(network: Network) -> None:
    run = outputs(network, MOVIES, KINDS)
    again = sequence.rerun(network.core, run, events(network, MOVIES, KINDS))
    assert np.asarray(again) == pytest.approx(np.asarray(run.output), abs=1e-5)


def test_some_steps_of_a_run_rerun_as_the_whole_run_does(network: Network) -> None:
    run, read = outputs(network, MOVIES, KINDS), events(network, MOVIES, KINDS)
    steps = np.array([3, 1])
    chosen = sequence.at(run, steps)
    again = sequence.rerun(network.core, chosen, ops.take(read[0], steps, axis=0))
    assert np.asarray(again) == pytest.approx(np.asarray(run.output)[0, [3, 1]], abs=1e-5)


def test_picked_tags_change_the_readout_and_not_the_state(network: Network) -> None:
    event = events(network, MOVIES, KINDS)[:, 1]
    before = States(*[ops.zeros((1, UNITS)) for _ in range(4)])
    tags = network.core.read_tags(network.tables().tags, np.array([[1, 0]]), np.array([[2, 0]]))
    plain, untagged = network.core.step(before, event, ops.zeros_like(tags))
    after, tagged = network.core.step(before, event, tags)
    assert all(np.array_equal(a, b) for a, b in zip(plain, after, strict=True))
    assert not np.allclose(untagged.movies, tagged.movies)


def test_a_like_and_a_dislike_of_one_movie_read_differently(network: Network) -> None:
    liked = outputs(network, MOVIES[:, :2], KINDS[:, :2]).output[:, -1]
    disliked = outputs(network, MOVIES[:, :2], np.array([[START, DISLIKE]])).output[:, -1]
    assert not np.allclose(liked, disliked)


def test_a_movie_too_few_liked_has_only_what_its_tags_say() -> None:
    dataset = ring_dataset(Ring(1.0))
    dataset.facts.has_row[1:3] = 0.0
    vectors = np.asarray(build_network(dataset, Settings(network=CONFIG), seed=5).tables().vectors)
    # movies 1 and 2 carry equal tags; movie 3 carries them too, but has a row of its own
    assert vectors[1] == pytest.approx(vectors[2])
    assert not np.allclose(vectors[1], vectors[3])
