"""The strongest rival: a weighted sum of two baselines, its weight chosen on validation people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model_server.engines.base import Event
from model_server.engines.baseline import Baseline, settled
from model_server.evaluation.cases import Case
from model_server.evaluation.measure import ranks_in
from model_server.evaluation.metrics import ndcg

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

WEIGHTS = tuple(round(0.1 * tenth, 1) for tenth in range(1, 10))


@dataclass(frozen=True, slots=True)
class BlendedRate:
    """`weight` times the first baseline's rating and the rest of the second's, each divided by its
    standard deviation; of the scalings tried, the one with the best blends."""

    first: Baseline
    second: Baseline
    weight: float

    def __call__(self, events: Sequence[Event]) -> FloatArray:
        first, second = (standardised(one.rate(events)) for one in (self.first, self.second))
        return self.weight * first + (1 - self.weight) * second


def standardised(rating: FloatArray) -> FloatArray:
    """A rating divided by its standard deviation over movies; one of equal values as it is."""
    deviation = rating.std()
    return rating / deviation if deviation > 0 else rating


def blend(first: Baseline, second: Baseline, weight: float) -> Baseline:
    """An engine that rates by both baselines at once."""
    title = f"Blend: {weight:.1f} {first.title} + {1 - weight:.1f} {second.title}"
    return Baseline("blend", title, BlendedRate(first, second, weight), first.shelf)


def best_blend(
    first: Baseline,
    seconds: Sequence[Baseline],
    cases: Sequence[Case],
    progress: Callable[[int], object] = lambda _done: None,
) -> Baseline:
    """The blend of `first` and one of `seconds` with the highest NDCG@10 over the cases.

    `progress` hears how many cases were done, once for each of `seconds`.
    """
    found: list[tuple[float, Baseline]] = []
    for second in seconds:
        ranks = np.empty((len(cases), len(WEIGHTS)), dtype=np.int64)
        for row, case in enumerate(cases):
            ranks[row] = _ranks_by_weight(first, second, case)
            progress(1)
        for column, weight in enumerate(WEIGHTS):
            found.append((ndcg(ranks[:, column], 10), blend(first, second, weight)))
    return max(found, key=lambda pair: pair[0])[1]


def _ranks_by_weight(first: Baseline, second: Baseline, case: Case) -> IntArray:
    """The rank of a case's target under each of WEIGHTS, as the blend's engine ranks it."""
    ratings = [standardised(one.rate(case.events)) for one in (first, second)]
    shares = np.array([WEIGHTS, [1 - weight for weight in WEIGHTS]], dtype=np.float32)
    blended = shares.T @ np.stack(ratings)  # (weights, 1 + movies)
    scores = np.stack([settled(rating, first.shelf) for rating in blended])
    targets = [case.target] * len(WEIGHTS)
    return ranks_in(scores, [case.query()] * len(WEIGHTS), targets)
