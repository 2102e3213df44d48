"""The network's memory of short steps: which movies people liked soon after which.

The counts are fixed; how far each of the newest picks may lift what followed it elsewhere is what
the network learns, at every step anew. It is a log-linear mix within one softmax.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from keras import ops

from model_server.engines import rules
from model_server.engines.links import SparseLinks, strongest
from model_server.training.lags import Lags

Tensor = Any
IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TransitionConfig:
    """How transitions are fitted: links kept a movie, and the share that counts as little.

    A link's strength is log(1 + share / floor), so it grows by 1 whenever a strong share is e times
    as large.
    """

    kept: int = 48
    floor: float = 3e-3


class Transitions(NamedTuple):
    """What follows each movie; row 0 of each table is padding, as is every target 0.

    Both (1 + folds, 1 + movies, kept): targets int, strengths float. Table 0 knows everyone. Table
    f leaves out the people of fold f, so that nobody in training meets their own steps in it.
    """

    targets: IntArray
    strengths: FloatArray


def fit_transitions(
    people: Sequence[IntArray], movies: int, lags: Lags, config: TransitionConfig
) -> Transitions:
    """Sequential rules of everyone, and of everyone outside each fold.

    people: each (likes,) int, 1..movies, oldest first. Cross-fitting as in Chernozhukov et al.
    2018, sec. 3.
    """
    folds = [lags.fold_of(place) for place in range(len(people))]
    groups: list[list[IntArray]] = [list(people)]
    for left_out in range(1, lags.folds + 1):
        pairs = zip(people, folds, strict=True)
        groups.append([likes for likes, fold in pairs if fold != left_out])
    shape = (len(groups), 1 + movies, config.kept)
    found = Transitions(np.zeros(shape, np.int32), np.zeros(shape, np.float32))
    for table, group in enumerate(groups):
        links = strongest(
            rules.fit([likes.astype(np.int64) for likes in group], movies), config.kept
        )
        _fill(found, table, links, config.floor)
    return found


class Lifts(NamedTuple):
    """What transitions add to the scores of some movies; both (rows, k), a movie may recur."""

    movies: Tensor
    amounts: Tensor


def lift(targets: Tensor, strengths: Tensor, recent: Tensor, weights: Tensor) -> Lifts:
    """The lifts from the newest picks.

    targets, strengths: (tables * (1 + movies), kept). recent: (rows, lags) int, rows of these.
    weights: (rows, lags) float, how much each pick counts.
    """
    amounts = ops.take(strengths, recent, axis=0) * ops.expand_dims(weights, -1)
    shape = (ops.shape(recent)[0], recent.shape[-1] * targets.shape[-1])
    movies = ops.reshape(ops.take(targets, recent, axis=0), shape)
    return Lifts(movies, ops.reshape(amounts, shape))


def spread(lifts: Lifts, width: int) -> Tensor:
    """The lifts of all movies, padding too: (rows, width) float."""
    rows = ops.shape(lifts.movies)[0]
    first = ops.expand_dims(ops.arange(rows, dtype="int32") * width, -1)
    places = ops.reshape(lifts.movies + first, (-1, 1))
    flat = ops.scatter(places, ops.reshape(lifts.amounts, (-1,)), (rows * width,))
    return ops.reshape(flat, (rows, width))


def lifts_of(lifts: Lifts, index: Tensor) -> Tensor:
    """The lifts of some movies of each row; index: (rows, n) int; (rows, n) float."""
    is_meant = ops.equal(ops.expand_dims(index, -1), ops.expand_dims(lifts.movies, 1))
    return ops.sum(ops.cast(is_meant, "float32") * ops.expand_dims(lifts.amounts, 1), axis=-1)


def _fill(found: Transitions, table: int, links: SparseLinks, floor: float) -> None:
    counts = np.diff(links.starts)
    rows = np.repeat(np.arange(len(counts)), counts)
    columns = np.arange(len(links.targets)) - np.repeat(links.starts[:-1], counts)
    found.targets[table, rows, columns] = links.targets
    found.strengths[table, rows, columns] = np.log1p(links.weights / floor)
