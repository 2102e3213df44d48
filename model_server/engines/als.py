"""Implicit ALS: a visitor's factors are solved for from the factors of the films they liked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from model_server.engines.base import Event

FloatArray = npt.NDArray[np.float32]

NAME, TITLE = "als", "Implicit ALS"
FACTORS, REGULARISATION, ALPHA, WINDOW, DECAY = 64, 1.0, 10.0, 10, 0.5


@dataclass(frozen=True, slots=True)
class FoldedLikes:
    """Rates every movie by the factors of a visitor who liked some; the newest like counts most.

    factors: (1 + movies, factors) float, zeros for a movie that nobody liked. gram: (factors,
    factors) float, of all movies, regularised. The newest like has a confidence of `alpha`, each
    like before it `decay` times that of the next one.
    """

    factors: FloatArray
    alpha: float
    decay: float
    gram: FloatArray = field(repr=False)

    def __call__(self, events: Sequence[Event]) -> FloatArray:
        likes = np.array([event.movie for event in events if event.is_liked], dtype=np.int64)
        ages = np.arange(len(likes), dtype=np.float32)[::-1]
        rating: FloatArray = self.factors @ self._visitor(likes, self.alpha * self.decay**ages)
        return rating

    def _visitor(self, likes: npt.NDArray[np.int64], confidence: FloatArray) -> FloatArray:
        """The user step for one visitor: (factors,) float. Hu, Koren and Volinsky 2008, eq. 4."""
        liked = self.factors[likes]  # (likes, factors)
        system = self.gram + (liked.T * (confidence - 1)) @ liked
        visitor: FloatArray = np.linalg.solve(system, confidence @ liked)
        return visitor


def fold_in(
    factors: FloatArray,
    regularisation: float = REGULARISATION,
    alpha: float = ALPHA,
    decay: float = DECAY,
) -> FoldedLikes:
    """The rating that the factors of all movies, (1 + movies, factors) float, give a visitor."""
    gram = factors.T @ factors
    gram[np.diag_indices_from(gram)] += regularisation
    return FoldedLikes(factors, alpha, decay, gram)
