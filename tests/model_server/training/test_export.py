from pathlib import Path

import numpy as np
import pytest

from model_server.artifact import Artifact, load_artifact
from model_server.engines import lstm, lstm_tensorflow
from model_server.engines.base import Event, Query
from model_server.training.build import build_network
from model_server.training.checkpoint import Progress
from model_server.training.export import CURVES, export
from model_server.training.network import NetworkConfig

from .conftest import MOVIES, Ring, ring_dataset

CONFIG = NetworkConfig(units=16, movie_dim=16, tag_dim=8, matmul_dtype="float32")
FIGURES = {"movie": 3.0, "tag": 1.0, "hr@10": 0.4, "hr@50": 0.6, "ndcg@10": 0.2}
QUERIES = [
    Query(),
    Query((Event(3, True), Event(9, False)), liked_tags=(1,)),
    Query((Event(0, True, (2, 5)), Event(7, True)), disliked_tags=(3, 4)),
]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def artifact(tmp_path_factory: pytest.TempPathFactory) -> Artifact:
    dataset = ring_dataset(Ring(1.0))
    network = build_network(dataset, CONFIG, seed=4)
    progress = Progress(epoch=1, best=0.2, best_epoch=1, history=[{"epoch": 1, **FIGURES}])
    folder: Path = tmp_path_factory.mktemp("export") / "artifact"
    version = export(network, dataset, progress, folder)
    loaded = load_artifact(folder)
    assert loaded.version == version
    return loaded


def test_the_manifest_says_what_was_trained_on_whom(artifact: Artifact) -> None:
    assert artifact.manifest["people"] == {"train": 160, "validation": 20, "test": 20}
    assert artifact.manifest["validation"] == {"hr@10": 0.4, "hr@50": 0.6, "ndcg@10": 0.2}
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


def test_a_movie_without_a_row_has_the_vector_of_its_tags(artifact: Artifact) -> None:
    engine = lstm.load(artifact)
    own, tagged, nothing = engine.embedding([Event(3, True), Event(0, True, (1,)), Event(0, True)])
    assert own.tolist() == engine.vectors()[3].tolist()
    assert tagged.any()
    assert not nothing.any()
