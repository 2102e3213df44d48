"""What is measured: histories in, a score of every movie out. The baselines as such."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from model_server.engines.base import Event
from model_server.engines.baseline import LEAST_SHARE, TIE_BREAK, Rate
from model_server.engines.links import Links
from model_server.evaluation.movielens_1m.protocol import IntArray

FloatArray = npt.NDArray[np.float32]


class Scorer(Protocol):
    """One way to score every movie; equal histories give equal scores."""

    @property
    def title(self) -> str:
        """What a person reads."""
        ...

    def score(self, histories: Sequence[IntArray]) -> FloatArray:
        """Scores, higher is better: (histories, 1 + movies) float; column 0 says nothing.

        histories: each (k,) int, 1..n, oldest first, at most `protocol.MAX_HISTORY`, maybe none.
        """
        ...


@dataclass(frozen=True, slots=True)
class Popular:
    """Everyone gets what was rated most. popularity: (1 + movies,) float, 1 for the first."""

    title: str
    popularity: FloatArray

    def score(self, histories: Sequence[IntArray]) -> FloatArray:
        return np.tile(self.popularity, (len(histories), 1))


@dataclass(frozen=True, slots=True)
class Linked:
    """Rates by links from what was rated; the newest counts `decay` ** 0, popularity decides ties.

    matrix: (1 + movies, 1 + movies) float; entry (i, j) is how strongly movie i speaks for j.
    """

    title: str
    matrix: FloatArray = field(repr=False)
    decay: float
    popularity: FloatArray = field(repr=False)

    def rate(self, histories: Sequence[IntArray]) -> FloatArray:
        """The sum of links before it is scaled: (histories, 1 + movies) float."""
        return np.stack([self._rate(history) for history in histories])

    def _rate(self, history: IntArray) -> FloatArray:
        shares = np.power(np.float32(self.decay), np.arange(len(history))[::-1], dtype=np.float32)
        is_read = shares >= LEAST_SHARE
        rating: FloatArray = shares[is_read] @ self.matrix[history[is_read]]
        return rating

    def score(self, histories: Sequence[IntArray]) -> FloatArray:
        return settle(self.rate(histories), self.popularity)


@dataclass(frozen=True, slots=True)
class Rated:
    """Rates by an engine's own `rate`, every movie of a history a like; popularity decides ties."""

    title: str
    rate: Rate
    popularity: FloatArray = field(repr=False)

    def score(self, histories: Sequence[IntArray]) -> FloatArray:
        likes = ([Event(movie, True) for movie in history.tolist()] for history in histories)
        return settle(np.stack([self.rate(events) for events in likes]), self.popularity)


@dataclass(frozen=True, slots=True)
class Blend:
    """`weight` times the first rating and the rest of the second's, each in standard deviations."""

    title: str
    first: Linked
    second: Linked
    weight: float

    def score(self, histories: Sequence[IntArray]) -> FloatArray:
        first, second = (standardise(one.rate(histories)) for one in (self.first, self.second))
        return mix(first, second, self.weight, self.first.popularity)


def mix(first: FloatArray, second: FloatArray, weight: float, popularity: FloatArray) -> FloatArray:
    """The scores of a blend of two standardised ratings, each (histories, 1 + movies) float."""
    return settle(np.float32(weight) * first + np.float32(1 - weight) * second, popularity)


def settle(rating: FloatArray, popularity: FloatArray) -> FloatArray:
    """Each row of a rating between -1 and 1, in which popularity decides ties."""
    return _divided(rating, np.abs(rating).max(axis=1)) + np.float32(TIE_BREAK) * popularity


def standardise(rating: FloatArray) -> FloatArray:
    """Each row of a rating divided by its standard deviation; one of equal values as it is."""
    return _divided(rating, rating.std(axis=1))


def matrix_of(links: Links, movies: int) -> FloatArray:
    """All links as a matrix for `Linked`; row 0 is empty."""
    share = np.ones(1, dtype=np.float32)
    rows = [links.spread(np.array([movie]), share) for movie in range(1, 1 + movies)]
    return np.stack([np.zeros(1 + movies, dtype=np.float32), *rows])


def _divided(rating: FloatArray, by: FloatArray) -> FloatArray:
    divisor = np.where(by > 0, by, 1).astype(np.float32)
    scaled: FloatArray = rating / divisor[:, None]
    return scaled
