"""Puts cases to an engine and says where each target came in."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from model_server.engines.base import Engine
from model_server.evaluation.cases import Case
from model_server.evaluation.metrics import NO_RANK, target_ranks
from model_server.vocab import PADDING

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

BATCH = 64


def rank_targets(
    engine: Engine,
    cases: Sequence[Case],
    known_tags: Sequence[int] = (0,),
    progress: Callable[[int], object] = lambda _done: None,
) -> IntArray:
    """Where each case's target comes in among all movies that are not in its session; 1 is best.

    Returns (variants, cases), one variant for each count of the target's tags that sessions know. A
    target without a row gets NO_RANK. `progress` hears how many cases were done since last time.
    """
    ranks = np.empty((len(known_tags), len(cases)), dtype=np.int64)
    for start in range(0, len(cases), BATCH):
        batch = cases[start : start + BATCH]
        for variant, count in enumerate(known_tags):  # here, for engines keep states of sessions
            scores = engine.score([case.query(count) for case in batch]).movies
            ranks[variant, start : start + BATCH] = ranks_in(scores, batch)
        progress(len(batch))
    return ranks


def ranks_in(scores: FloatArray, cases: Sequence[Case]) -> IntArray:
    """The rank of each case's target. scores: (cases, 1 + movies) float, padding first."""
    seen = np.zeros(scores.shape, dtype=np.bool_)
    for row, case in enumerate(cases):
        seen[row, [PADDING, *(event.movie for event in case.events)]] = True
    targets = np.array([case.target for case in cases], dtype=np.int64)
    return np.where(targets == PADDING, NO_RANK, target_ranks(scores, targets, seen))
