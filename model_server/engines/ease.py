"""EASE: the linear item-item model with a closed form."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from model_server.engines.links import (
    DenseLinks,
    SparseLinks,
    co_likes,
    count_likes,
    dense_links,
    strongest_dense,
)

IntArray = npt.NDArray[np.int64]

NAME, TITLE = "ease", "EASE"
PENALTY, DECAY, LEAST_LIKES = 1000.0, 0.7, 5


def fit(
    people: Sequence[IntArray],
    movies: int,
    penalty: float = PENALTY,
    least_likes: int = LEAST_LIKES,
) -> DenseLinks:
    """The weights that best rebuild each person's likes from the others of them.

    people: each (likes,) int, 1..n. Steck 2019, eq. 8, in float32, over the movies with at least
    `least_likes` likes; memory is four squares of their number.
    """
    covered = np.flatnonzero(count_likes(people, movies) >= least_likes)
    gram = co_likes(people, covered, movies)
    gram[np.diag_indices_from(gram)] += penalty
    precision = np.linalg.inv(gram)
    weights = (precision / -np.diag(precision)).astype(np.float32, copy=False)
    np.fill_diagonal(weights, 0)
    return dense_links(covered, weights, movies)


def serve(links: DenseLinks, k: int) -> SparseLinks:
    """The k links of each movie that weigh most, whatever their sign."""
    return strongest_dense(links, k)
