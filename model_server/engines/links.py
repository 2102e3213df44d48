"""Weighted links from movie to movie: what item-kNN, sequential rules and EASE all boil down to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float32]


class Links(Protocol):
    """A matrix of weights; entry (i, j) is how strongly movie i speaks for movie j."""

    def spread(self, movies: IntArray, shares: FloatArray) -> FloatArray:
        """The sum of the rows of `movies`, each times its share: (1 + movies,) float.

        movies: (k,) int, 1..n, repeats allowed. shares: (k,) float.
        """
        ...


@dataclass(frozen=True, slots=True)
class SparseLinks:
    """Links row by row: those of movie i are `starts[i]` to `starts[i + 1]`; row 0 is empty.

    starts: (2 + movies,) int. targets: (links,) int, 1..n. weights: (links,) float.
    """

    starts: IntArray
    targets: npt.NDArray[np.integer]
    weights: npt.NDArray[np.floating]

    def spread(self, movies: IntArray, shares: FloatArray) -> FloatArray:
        first = self.starts[movies]
        counts = self.starts[movies + 1] - first  # (k,)
        jumps = np.repeat(first - np.cumsum(counts) + counts, counts)
        places = jumps + np.arange(len(jumps))  # (links of all k,)
        weights = self.weights[places] * np.repeat(shares, counts)
        total = np.bincount(self.targets[places], weights, minlength=len(self.starts) - 1)
        return total.astype(np.float32)


@dataclass(frozen=True, slots=True)
class DenseLinks:
    """Every link among the covered movies, as the closed form of EASE gives them.

    places: (1 + movies,) int, a movie's row of `weights`, -1 for one that is not covered.
    weights: (covered, covered) float.
    """

    places: IntArray
    weights: FloatArray

    def spread(self, movies: IntArray, shares: FloatArray) -> FloatArray:
        places = self.places[movies]
        total = np.zeros(len(self.places), dtype=np.float32)
        is_covered = places >= 0
        sums = shares[is_covered] @ self.weights[places[is_covered]]  # (covered,)
        total[self.places >= 0] = sums[self.places[self.places >= 0]]
        return total


def dense_links(covered: IntArray, weights: FloatArray, movies: int) -> DenseLinks:
    """Links among the movies `covered`, (covered,) int, of `movies` in all."""
    places = np.full(1 + movies, -1, dtype=np.int64)
    places[covered] = np.arange(len(covered))
    return DenseLinks(places, weights)


def link_up(sources: IntArray, targets: IntArray, weights: FloatArray, movies: int) -> SparseLinks:
    """Links from (links,) triples in any order; the weights of repeated pairs are added."""
    keys, inverse = np.unique(sources * (1 + movies) + targets, return_inverse=True)
    sums = np.bincount(inverse, weights, minlength=len(keys)).astype(np.float32)
    rows, columns = np.divmod(keys, 1 + movies)
    return SparseLinks(_starts(rows, movies), columns, sums)


def strongest(links: SparseLinks, k: int) -> SparseLinks:
    """The k links of each movie that weigh most, whatever their sign; a tie to the lower index."""
    rows = np.repeat(np.arange(len(links.starts) - 1), np.diff(links.starts))
    order = np.lexsort((links.targets, -np.abs(links.weights), rows))
    place_in_row = np.arange(len(rows)) - links.starts[rows]  # rows keep their extent when sorted
    kept = np.sort(order[place_in_row < k])
    return SparseLinks(
        _starts(rows[kept], len(links.starts) - 2), links.targets[kept], links.weights[kept]
    )


def strongest_dense(links: DenseLinks, k: int) -> SparseLinks:
    """`strongest` of dense links, zeros left out, without a sparse copy of all of them."""
    covered = np.flatnonzero(links.places >= 0)
    triples = [_strongest_of_row(row, k) for row in links.weights]
    sources = np.repeat(covered, [len(places) for places in triples])
    places = np.concatenate([np.zeros(0, dtype=np.int64), *triples])
    weights = links.weights[links.places[sources], places]
    return link_up(sources, covered[places], weights, len(links.places) - 1)


def transposed(links: SparseLinks) -> SparseLinks:
    """The same links in the other direction."""
    movies = len(links.starts) - 2
    rows = np.repeat(np.arange(1 + movies), np.diff(links.starts))
    order = np.lexsort((rows, links.targets))
    return SparseLinks(_starts(links.targets, movies), rows[order], links.weights[order])


def co_likes(people: Iterable[IntArray], covered: IntArray, movies: int) -> FloatArray:
    """How many people liked both of two covered movies: (covered, covered) float.

    people: each (likes,) int, 1..n. covered: (covered,) int, ascending. The diagonal counts likes.
    """
    column = np.full(1 + movies, -1, dtype=np.int64)
    column[covered] = np.arange(len(covered))
    counts = np.zeros((len(covered), len(covered)), dtype=np.float32)
    block = np.zeros((1024, len(covered)), dtype=np.float32)
    filled = 0
    for likes in people:
        columns = column[likes]
        block[filled, columns[columns >= 0]] = 1
        filled += 1
        if filled == len(block):
            counts += block.T @ block
            block[:], filled = 0, 0
    counts += block.T @ block
    return counts


def count_likes(people: Iterable[IntArray], movies: int) -> IntArray:
    """How many people liked each movie: (1 + movies,) int."""
    likes = np.concatenate([np.zeros(0, dtype=np.int64), *people])
    return np.bincount(likes, minlength=1 + movies)


def _strongest_of_row(row: FloatArray, k: int) -> IntArray:
    order = np.argsort(-np.abs(row), kind="stable")[:k]
    return np.sort(order[row[order] != 0])


def _starts(rows: npt.NDArray[np.integer], movies: int) -> IntArray:
    counts = np.bincount(rows, minlength=1 + movies)
    return np.concatenate([[0], np.cumsum(counts)])
