"""The movies that a batch's softmax is summed over: all that count, and a sample of the others.

The sum is estimated without bias by importance sampling (Bengio and Senecal 2003): exactly over the
movies liked most and over the batch's own, and over a uniform sample of the rest, each of which
stands for as many as were left out. The rarest movies hold little of the sum but most of the work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class CandidateConfig:
    """How many movies are always in the sum, those liked most, and how many of the rest are."""

    head: int = 4000
    sampled: int = 1000


class Candidates(NamedTuple):
    """What a softmax is summed over.

    movies: (candidates,) int32, padding first. log_weights: (candidates,) float32, the log of how
    many movies each stands for. columns: (1 + movies,) int32, where each movie stands among the
    candidates; 0 if it is none.
    """

    movies: IntArray
    log_weights: FloatArray
    columns: IntArray


def draw_candidates(
    movies: int, exact: Sequence[IntArray], config: CandidateConfig, rng: np.random.Generator
) -> Candidates:
    """The candidates of one batch; movies 1..movies stand in order of their likes.

    exact: movies whose own score must be in the sum, such as targets; 0 among them is left out.
    """
    is_exact = np.zeros(1 + movies, dtype=np.bool_)
    is_exact[: 1 + config.head] = True
    for group in exact:
        is_exact[group] = True
    rest = np.flatnonzero(~is_exact)
    sampled = rng.choice(rest, size=min(len(rest), config.sampled), replace=False)
    found = np.concatenate([np.flatnonzero(is_exact), np.sort(sampled)]).astype(np.int32)
    log_weights = np.zeros(len(found), dtype=np.float32)
    if len(sampled):
        log_weights[-len(sampled) :] = np.log(len(rest) / len(sampled))
    columns = np.zeros(1 + movies, dtype=np.int32)
    columns[found] = np.arange(len(found))
    return Candidates(found, log_weights, columns)
