from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model_server.data.errors import DataError
from model_server.evaluation.movielens_1m.protocol import Person, Protocol, build_protocol
from model_server.training import benchmark
from model_server.training.benchmark import TrainedScorer, claim, load_scorer, read_benchmark
from model_server.training.build import Settings, build_network, lags_of
from model_server.training.dataset import Dataset
from model_server.training.network import NetworkConfig

TAGS = [
    {"id": 1, "name": "Drama", "kind": "genre"},
    {"id": 2, "name": "space", "kind": "keyword"},
]
FILMS = [
    {"id": 10, "year": 1994, "genres": ["Drama"], "tags": [2], "rating": 8.0, "votes": 99},
    {"id": 20, "year": 1960, "genres": [], "tags": [], "rating": None, "votes": None},
]
SMALL = Settings(
    network=NetworkConfig(
        units=4, movie_dim=4, tag_dim=4, like_lags=2, dislike_lags=0, matmul_dtype="float32"
    )
)


@pytest.fixture
def protocol() -> Protocol:
    """Three people; movie 20 stands in two trainings, movie 10 in one, movie 30 in none."""
    histories = [[20, 10, 30], [10, 20, 30], [20, 30, 10]]
    people = [Person(np.array(ids, dtype=np.int32), 1, 2, 1) for ids in histories]
    return build_protocol("leave-one-out", people)


@pytest.fixture
def dataset(protocol: Protocol) -> Dataset:
    return read_benchmark(protocol, FILMS, TAGS)


def test_people_to_learn_from_come_first_and_then_the_cases(dataset: Dataset) -> None:
    picks = [dataset.sequences.of(person).movies.tolist() for person in range(6)]
    # index 1 is movie 20, 2 is movie 10, 3 is movie 30
    assert picks == [[1], [2], [1], [1, 2], [2, 1], [1, 3]]
    assert dataset.split.train.tolist() == [0, 1, 2]
    assert dataset.split.validation.tolist() == [3, 4, 5]
    assert dataset.split.test.tolist() == []


def test_every_rating_counts_as_a_like(dataset: Dataset) -> None:
    assert dataset.sequences.is_liked.all()
    assert dataset.catalogue.likes.tolist() == [0, 2, 1, 0]


def test_tags_and_decades_are_read_but_no_votes(dataset: Dataset) -> None:
    catalogue = dataset.catalogue
    assert [catalogue.tags_of(index) for index in (1, 2, 3)] == [(), (1, 2), ()]
    assert dataset.facts.attributes.sum(axis=1).tolist() == [0, 1, 1, 0]  # the decade, where known


def test_a_folder_holds_the_training_of_one_set_of_settings(tmp_path: Path) -> None:
    claim(tmp_path, SMALL)
    claim(tmp_path, SMALL)
    other = replace(SMALL, network=replace(SMALL.network, units=5))
    with pytest.raises(DataError, match="holds other settings"):
        claim(tmp_path, other)


def test_a_folder_without_an_epoch_has_no_scorer(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="final"):
        load_scorer(tmp_path)


def test_a_variant_has_a_folder_of_its_own(tmp_path: Path) -> None:
    environ = {"STATE_DIR": str(tmp_path)}
    names = [
        benchmark.benchmark_folder(environ, "global-time", variant).name
        for variant in ("", "seed-7")
    ]
    assert names == ["global-time", "global-time-seed-7"]


def test_a_scorer_reads_histories_of_any_length(dataset: Dataset) -> None:
    network = build_network(dataset, SMALL, seed=1)
    lags = lags_of(dataset, SMALL)
    scorer = TrainedScorer(dataset.catalogue.movies, network, network.tables(), lags)
    long, short = np.array([1, 2], dtype=np.int32), np.zeros(0, dtype=np.int32)
    both = scorer.score([long, short])
    assert both.shape == (2, 4)
    assert both[0, 1:] == pytest.approx(scorer.score([long])[0, 1:], abs=1e-5)
    assert both[1, 1:] == pytest.approx(scorer.score([short])[0, 1:], abs=1e-5)
