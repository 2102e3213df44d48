"""A small world whose right answers are known: films on a ring, each with two tags."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from model_server.artifact import Catalogue
from model_server.evaluation.splits import split_people
from model_server.training.candidates import CandidateConfig, Candidates, draw_candidates
from model_server.training.dataset import Dataset
from model_server.training.lags import Lags
from model_server.training.network import MovieFacts
from model_server.training.sequences import Sequences
from model_server.vocab import Vocab

MOVIES, GROUPS = 96, 4


@dataclass(frozen=True, slots=True)
class Ring:
    """Film i is followed by film i + 1, and the last by the first, `order` of the time.

    Films 1 to 24 carry tag 1, films 25 to 48 tag 2 and so on; every film carries tag 5 besides.
    """

    order: float
    people: int = 200
    length: int = 18
    seed: int = 3


def ring_catalogue() -> Catalogue:
    per_group = MOVIES // GROUPS
    tags = [[], *[[1 + index // per_group, 5] for index in range(MOVIES)]]
    return Catalogue(
        movies=Vocab(np.arange(101, 101 + MOVIES, dtype=np.int32)),
        tags=Vocab(np.arange(1, GROUPS + 2, dtype=np.int32)),
        tag_names=np.array(["", "one", "two", "three", "four", "all"]),
        is_genre=np.array([False, True, True, True, True, False]),
        tag_starts=np.cumsum([0, *map(len, tags)]).astype(np.int32),
        movie_tags=np.concatenate([np.array(own, dtype=np.int32) for own in tags]),
        years=np.array([0, *[1930 + index for index in range(MOVIES)]], dtype=np.int32),
        ratings=np.full(1 + MOVIES, 7.0, dtype=np.float32),
        likes=np.array([0, *[30] * MOVIES], dtype=np.int32),
    )


def all_candidates(movies: int) -> Candidates:
    """A softmax over every movie."""
    return draw_candidates(movies, (), CandidateConfig(head=movies), np.random.default_rng(0))


def ring_lags() -> Lags:
    return Lags(likes=3, dislikes=2, movies=MOVIES, folds=2)


def ring_dataset(ring: Ring) -> Dataset:
    rng = np.random.default_rng(ring.seed)
    rows = []
    for _ in range(ring.people):
        movie = int(rng.integers(MOVIES))
        for _ in range(ring.length):
            rows.append(1 + movie)
            follows = rng.random() < ring.order
            movie = (movie + 1) % MOVIES if follows else int(rng.integers(MOVIES))
    catalogue = ring_catalogue()
    counts = np.diff(catalogue.tag_starts)
    shares = np.zeros((1 + MOVIES, GROUPS + 2), dtype=np.float32)
    shares[np.repeat(np.arange(1 + MOVIES), counts), catalogue.movie_tags] = 0.5
    has_row = np.ones((1 + MOVIES, 1), dtype=np.float32)
    sequences = Sequences(
        np.arange(ring.people + 1) * ring.length,
        np.array(rows, dtype=np.int32),
        np.ones(len(rows), dtype=bool),
    )
    facts = MovieFacts(shares, np.zeros((1 + MOVIES, 2), dtype=np.float32), has_row)
    return Dataset(catalogue, sequences, split_people(ring.people), facts, "ring")


@pytest.fixture
def make_ring() -> Callable[[float], Dataset]:
    return lambda order: ring_dataset(Ring(order))
