"""Ranks, and the figures made of them. Ties and NaN count against the model."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.integer]
BoolArray = npt.NDArray[np.bool_]
Figures = npt.NDArray[np.float64]

NO_RANK = 2**31 - 1  # of a target that the model cannot recommend: a miss at every k


def target_ranks(scores: FloatArray, targets: IntArray, seen: BoolArray) -> npt.NDArray[np.int64]:
    """Rank of each target among the movies its user has not seen; 1 is best.

    scores: (users, movies) float. targets: (users,) int. seen: (users, movies) bool.
    Ties and NaN count against the model, so a collapsed network scores 0, not 1.
    """
    users = np.arange(len(targets))
    rivals = ~seen
    rivals[users, targets] = False
    beaten = scores < scores[users, targets][:, None]  # (users, movies); False where either is NaN
    ranks: npt.NDArray[np.int64] = 1 + np.count_nonzero(rivals & ~beaten, axis=1)  # (users,)
    return ranks


def hits(ranks: IntArray, k: int) -> Figures:
    """1 for each target among the best k, else 0. ranks: (users,) int."""
    return (ranks <= k).astype(np.float64)


def gains(ranks: IntArray, k: int) -> Figures:
    """Discounted gain of each target among the best k, 1 at rank 1, else 0. ranks: (users,) int.

    Järvelin and Kekäläinen 2002 with one relevant movie, so that the ideal gain is 1.
    """
    found: Figures = hits(ranks, k) / np.log2(1.0 + ranks)
    return found


def hit_rate(ranks: IntArray, k: int) -> float:
    """HR@k: the share of targets among the best k. ranks: (users,) int, not empty."""
    return float(hits(ranks, k).mean())


def ndcg(ranks: IntArray, k: int) -> float:
    """NDCG@k: the mean of `gains`. ranks: (users,) int, not empty."""
    return float(gains(ranks, k).mean())
