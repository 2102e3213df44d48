"""From scores to a list: the best first, with probabilities, and varied where nobody has spoken."""

from math import log
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from model_server.vocab import PADDING

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

Float = TypeVar("Float", np.float32, np.float64)

MOST: Final = float(np.finfo(np.float32).max)
BLOCK: Final = 120
ALIKE_COST: Final = 3.0


def best(scores: FloatArray, allowed: BoolArray, k: int) -> IntArray:
    """The k best allowed indexes, the best first; all of them when fewer are allowed.

    scores: (n,) float. allowed: (n,) bool. A tie goes to the lower index, and NaN comes last.
    """
    found = np.flatnonzero(allowed)
    values = _comparable(scores[found])
    if k < len(found):
        least = np.partition(values, -k)[-k]
        found, values = found[values >= least], values[values >= least]
    return found[np.argsort(-values, kind="stable")[:k]]


def probabilities(scores: FloatArray, indexes: IntArray) -> FloatArray:
    """The softmax over all scores but padding's, at `indexes`.

    scores: (1 + n,) float. NaN counts as minus infinity; where all are that, all are equal.
    """
    if not len(indexes):
        return np.empty(0, dtype=np.float32)
    values = _comparable(scores.astype(np.float64))  # no difference of two float32 overflows it
    values[PADDING] = -np.inf
    highest = values.max()
    if highest == -np.inf:
        return np.full(len(indexes), 1 / (len(scores) - 1), dtype=np.float32)
    shares = np.exp(values - highest)  # (1 + n,), the highest is 1
    return np.asarray(shares[indexes] / shares.sum(), dtype=np.float32)


def log_share(scores: FloatArray, index: int) -> float:
    """The log of one index's share of the softmax over all scores but padding's.

    scores: (1 + n,) float. NaN counts as minus infinity; where all are that, all are equal.
    """
    values = _comparable(scores.astype(np.float64))
    values[PADDING] = -np.inf
    if values.max() == -np.inf:
        return -log(len(values) - 1)
    return float(values[index] - np.logaddexp.reduce(values))


def varied(ranking: IntArray, kinds: FloatArray) -> IntArray:
    """A ranking in an order that mixes kinds of movies: each costs the later ones like it places.

    ranking: (k,) indexes, best first. kinds: (k, ...) float, rows whose products say how alike two
    are. Greedy, and by blocks of BLOCK, so that a page costs no more than its blocks; a ranking's
    blocks, and so its pages, do not depend on how far one reads.
    """
    starts = range(0, len(ranking), BLOCK)
    blocks = [start + _mixed(kinds[start : start + BLOCK]) for start in starts]
    return ranking[np.concatenate(blocks)] if blocks else ranking


def _mixed(kinds: FloatArray) -> IntArray:
    """An order of the rows, in the spirit of maximal marginal relevance (Carbonell 1998)."""
    # Not `@`: on so little the threads of BLAS cost 40 times what they compute.
    alike = np.einsum("ik,jk->ij", kinds, kinds) * ALIKE_COST  # (k, k), places
    costs = np.arange(len(kinds), dtype=np.float32)
    order = np.empty(len(kinds), dtype=np.int64)
    for place in range(len(kinds)):
        chosen = int(costs.argmin())
        order[place] = chosen
        costs += alike[chosen]
        costs[chosen] = np.inf
    return order


def _comparable(scores: npt.NDArray[Float]) -> npt.NDArray[Float]:
    return np.nan_to_num(scores, nan=-np.inf, posinf=MOST, neginf=-np.inf)
