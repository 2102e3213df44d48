"""Sequential rules: which movies people liked soon after which."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from model_server.engines.links import SparseLinks, link_up, strongest

IntArray = npt.NDArray[np.int64]

NAME, TITLE = "rules", "Sequential rules"
WINDOW, SHRINKAGE, DECAY = 10, 20.0, 0.6


def fit(
    people: Sequence[IntArray],
    movies: int,
    window: int = WINDOW,
    shrinkage: float = SHRINKAGE,
) -> SparseLinks:
    """Rules "after i comes j", each occurrence counted 1 / the steps between them.

    people: each (likes,) int, 1..n, oldest first; rules reach over at most `window` steps. Ludewig
    and Jannach 2018 (SR). Ours divides a rule's weight by the sum over its antecedent
    plus `shrinkage`, which on validation beat the plain count.
    """
    distances = range(1, window + 1)
    pairs = [_pairs(people, distance) for distance in distances]
    sources, targets = (np.concatenate(side) for side in zip(*pairs, strict=True))
    counts = [len(pair[0]) for pair in pairs]
    weights = np.repeat([1 / distance for distance in distances], counts).astype(np.float32)
    links = link_up(sources, targets, weights, movies)
    totals = np.bincount(sources, weights, minlength=1 + movies) + shrinkage  # (1 + movies,)
    rows = np.repeat(np.arange(1 + movies), np.diff(links.starts))
    shares = (links.weights / totals[rows]).astype(np.float32)
    return SparseLinks(links.starts, links.targets, shares)


def serve(links: SparseLinks, k: int) -> SparseLinks:
    """The k strongest rules of each movie."""
    return strongest(links, k)


def _pairs(people: Sequence[IntArray], distance: int) -> tuple[IntArray, IntArray]:
    """All pairs of likes `distance` steps apart, the earlier first."""
    nobody = np.zeros(0, dtype=np.int64)
    earlier = np.concatenate([nobody, *(likes[:-distance] for likes in people)])
    return earlier, np.concatenate([nobody, *(likes[distance:] for likes in people)])
