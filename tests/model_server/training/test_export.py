from pathlib import Path

import numpy as np
import pytest

from model_server.artifact import Artifact, load_artifact
from model_server.engines import lstm, lstm_tensorflow
from model_server.engines.base import DISLIKE, LIKE, START, Event, Query
from model_server.training import losses
from model_server.training.belief import Belief, keys_of
from model_server.training.build import Settings, build_network
from model_server.training.checkpoint import Progress
from model_server.training.export import CURVES, export
from model_server.training.lags import EVERYONE, Lags
from model_server.training.network import Network, NetworkConfig
from model_server.training.windows import Batch

from .conftest import MOVIES, Ring, all_candidates, ring_dataset

CONFIG = NetworkConfig(units=16, movie_dim=16, tag_dim=8, matmul_dtype="float32")
REACHED = {"hr@10": 0.4, "hr@50": 0.6, "ndcg@10": 0.2, "lift_gain": 0.3}
FIGURES = {"movie": 3.0, "tag": 1.0, **REACHED}
QUERIES = [
    Query(),
    Query((Event(3, True), Event(9, False)), liked_tags=(1,)),
    Query((Event(0, True, (2, 5)), Event(7, True)), disliked_tags=(3, 4)),
]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def network() -> Network:
    """An untrained network whose lags and tag matches count all the same."""
    dataset = ring_dataset(Ring(1.0))
    network = build_network(dataset, Settings(network=CONFIG), seed=4)
    rng = np.random.default_rng(4)
    for weight in (network.core.lag_out_bias, network.liked_match, network.disliked_match):
        weight.assign(rng.normal(size=weight.shape).astype(np.float32))
    return network


@pytest.fixture(scope="module")
def artifact(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Artifact:
    progress = Progress(epoch=1, best=0.2, best_epoch=1, history=[{"epoch": 1, **FIGURES}])
    folder: Path = tmp_path_factory.mktemp("export") / "artifact"
    version = export(network, ring_dataset(Ring(1.0)), progress, REACHED, folder)
    loaded = load_artifact(folder)
    assert loaded.version == version
    return loaded


def test_the_manifest_says_what_was_trained_on_whom(artifact: Artifact) -> None:
    assert artifact.manifest["people"] == {"train": 160, "validation": 20, "test": 20}
    assert artifact.manifest["validation"] == REACHED
    assert artifact.manifest["corpus"]["fingerprint"] == "ring"


def test_the_curves_are_a_picture(artifact: Artifact) -> None:
    assert artifact.path(CURVES).read_bytes().startswith(b"\x89PNG")


def test_the_light_runtime_agrees_with_tensorflow(artifact: Artifact) -> None:
    light, full = lstm.load(artifact).score(QUERIES), lstm_tensorflow.load(artifact).score(QUERIES)
    assert light.movies.shape == full.movies.shape == (3, 1 + MOVIES)
    spread = float(full.movies[:, 1:].std())
    # 8-bit weights and activations: each is off by up to 1 part in 254 of the largest
    assert np.abs(light.movies - full.movies).max() < 0.1 * spread
    assert np.abs(light.tags - full.tags).max() < 0.1 * float(full.tags[:, 1:].std())


def test_serving_scores_as_training_did(network: Network, artifact: Artifact) -> None:
    """Movie 3 liked, then 9 disliked; tag 1 liked and tag 3 disliked."""
    step = np.array([2], dtype=np.int32)
    nothing = np.zeros(0, dtype=np.int32)
    lags = Lags(CONFIG.like_lags, CONFIG.dislike_lags, MOVIES)
    movie = np.array([[0, 3, 9]], dtype=np.int32)
    kind = np.array([[START, LIKE, DISLIKE]], dtype=np.int32)
    batch = Batch(
        movie=movie,
        kind=kind,
        plain=nothing,
        tagged=step,
        lifted=nothing,
        wanted_tags=np.array([[1]], dtype=np.int32),
        unwanted_tags=np.array([[3]], dtype=np.int32),
        target=nothing,
        rejected=nothing,
        recent=lags.recent(movie, kind, np.array([EVERYONE]))[:, 2],
        dislikes=nothing,
        session_tags=nothing,
        recent_before=nothing,
        recent_after=nothing,
        neighbours=nothing,
        candidates=all_candidates(MOVIES),
    )
    tables = network.tables()
    outputs = losses._outputs(network, tables, batch, losses._run(network, tables, batch, False))
    picked = batch.wanted_tags, batch.unwanted_tags
    keys = keys_of(network, tables, batch.candidates)
    belief = Belief.of(network, tables, keys, outputs, batch.recent, picked)
    expected = np.asarray(belief.scores(np.arange(1, 1 + MOVIES, dtype=np.int32)[None]))
    query = Query((Event(3, True), Event(9, False)), liked_tags=(1,), disliked_tags=(3,))
    served = lstm_tensorflow.load(artifact).score([query]).movies[:, 1:]
    # weights are stored in half precision
    assert served == pytest.approx(expected, abs=0.02)
    assert expected.std() > 0.5


def test_a_movie_without_a_row_has_the_vector_of_its_tags(artifact: Artifact) -> None:
    engine = lstm.load(artifact)
    own, tagged, nothing = engine.embedding([Event(3, True), Event(0, True, (1,)), Event(0, True)])
    assert own.tolist() == engine.vectors()[3].tolist()
    assert tagged.any()
    assert not nothing.any()
