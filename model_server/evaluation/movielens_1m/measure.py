"""Puts the cases of a protocol to a scorer and says where each target came in."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from model_server.evaluation.metrics import target_ranks
from model_server.evaluation.movielens_1m.protocol import Case
from model_server.evaluation.movielens_1m.scorers import FloatArray, Scorer
from model_server.vocab import PADDING

Ranks = npt.NDArray[np.int64]

BATCH = 256


def rank_cases(
    scorer: Scorer,
    cases: Sequence[Case],
    progress: Callable[[int], object] = lambda _done: None,
) -> Ranks:
    """Where each case's target comes in among all movies but those rated earlier; 1 is best.

    Returns (cases,), in their order; ties and NaN count against the scorer. Cases of like length
    are scored together. `progress` hears how many cases were done since last time.
    """
    ranks = np.empty(len(cases), dtype=np.int64)
    for places in batches(cases):
        batch = [cases[place] for place in places]
        ranks[places] = ranks_in(scorer.score([case.history for case in batch]), batch)
        progress(len(batch))
    return ranks


def batches(cases: Sequence[Case]) -> list[Ranks]:
    """The places of all cases, at most BATCH at a time, those with short histories first."""
    lengths = [len(case.history) for case in cases]
    order = np.argsort(lengths, kind="stable")
    return np.split(order, range(BATCH, len(order), BATCH))


def ranks_in(scores: FloatArray, cases: Sequence[Case]) -> Ranks:
    """The rank of each case's target. scores: (cases, 1 + movies) float, padding first."""
    seen = np.zeros(scores.shape, dtype=np.bool_)
    seen[:, PADDING] = True
    for row, case in enumerate(cases):
        seen[row, case.earlier] = True
    targets = np.array([case.target for case in cases], dtype=np.int64)
    return target_ranks(scores, targets, seen)
