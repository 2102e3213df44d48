"""Item-based nearest neighbours: movies liked by the people who liked the same movies."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from model_server.engines.links import (
    SparseLinks,
    co_likes,
    count_likes,
    dense_links,
    strongest,
    strongest_dense,
    transposed,
)

IntArray = npt.NDArray[np.int64]

NAME, TITLE = "item_knn", "Item-kNN"
NEIGHBOURS, SHRINKAGE, DECAY, LEAST_LIKES = 200, 10.0, 0.7, 5


def fit(
    people: Sequence[IntArray],
    movies: int,
    neighbours: int = NEIGHBOURS,
    shrinkage: float = SHRINKAGE,
    least_likes: int = LEAST_LIKES,
) -> SparseLinks:
    """The cosine of two movies' likes, shrunk where few people liked both.

    people: each (likes,) int, 1..n, oldest first. Its nearest `neighbours` speak for a movie; one
    with fewer than `least_likes` likes has none. The cosine of Sarwar et al. 2001, sec. 3.1.1, with
    the shrinkage term of Ferrari Dacrema et al. 2019 in its denominator.
    """
    covered = np.flatnonzero(count_likes(people, movies) >= least_likes)
    both = co_likes(people, covered, movies)
    lengths = np.sqrt(np.diag(both))
    cosine = (both / (np.outer(lengths, lengths) + shrinkage)).astype(np.float32, copy=False)
    np.fill_diagonal(cosine, 0)
    return transposed(strongest_dense(dense_links(covered, cosine, movies), neighbours))


def serve(links: SparseLinks, k: int) -> SparseLinks:
    """The k links that speak most strongly for each movie."""
    return transposed(strongest(transposed(links), k))
