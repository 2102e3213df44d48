"""Engines that read a history as it was said, or with its dislikes changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model_server.engines.base import Engine, Event, Query
from model_server.evaluation.dislikes.targets import Target
from model_server.evaluation.measure import BATCH, said, score_movies
from model_server.evaluation.metrics import NO_RANK, target_ranks
from model_server.vocab import PADDING

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

Events = tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """An engine, and what it is given of a history."""

    title: str
    engine: Engine
    read: Callable[[Events], Events]


def as_said(events: Events) -> Events:
    """The history as it is."""
    return events


def likes_alone(events: Events) -> Events:
    """The history without its dislikes."""
    return tuple(event for event in events if event.is_liked)


def all_liked(events: Events) -> Events:
    """The history as if every dislike had been a like."""
    return tuple(event._replace(is_liked=True) for event in events)


def readers_of(network: Engine, baselines: Iterable[Engine]) -> list[Reader]:
    """The network in its three readings, then the baselines, which read likes alone anyway."""
    return [
        Reader(network.title, network, as_said),
        Reader(f"{network.title}, dislikes left out", network, likes_alone),
        Reader(f"{network.title}, dislikes read as likes", network, all_liked),
        *(Reader(engine.title, engine, as_said) for engine in baselines),
    ]


def rank(
    reader: Reader,
    targets: Sequence[Target],
    shelves: Sequence[BoolArray],
    progress: Callable[[int], object] = lambda _done: None,
) -> IntArray:
    """Where each target comes in on each shelf; 1 is best: (shelves, targets) int.

    shelves: each (1 + movies,) bool, the films that compete. None of them in the history does,
    whatever of it is read, so that readings of one network differ by their scores alone. A target
    without a row gets NO_RANK. `progress` hears how many targets were done since last time.
    """
    ranks = np.empty((len(shelves), len(targets)), dtype=np.int64)
    for start in range(0, len(targets), BATCH):
        batch = targets[start : start + BATCH]
        scores = score_movies(reader.engine, [Query(reader.read(one.history)) for one in batch])
        held = said([Query(one.history) for one in batch], scores.shape)
        movies = np.array([one.movie for one in batch], dtype=np.int64)
        for row, shelf in enumerate(shelves):
            found = target_ranks(scores, movies, held | ~shelf)
            ranks[row, start : start + BATCH] = np.where(movies == PADDING, NO_RANK, found)
        progress(len(batch))
    return ranks
