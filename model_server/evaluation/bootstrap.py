"""How sure a difference is: figures resampled over people, each drawn with all their cases."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
Figures = npt.NDArray[np.float64]

RESAMPLES, BOOTSTRAP_SEED = 10_000, 2026
_AT_ONCE = 1000  # resamples; 10,000 draws of many people would not fit


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of a resampled figure."""

    low: float
    high: float


def paired_intervals(
    differences: Figures,
    people: IntArray | None = None,
    resamples: int = RESAMPLES,
    seed: int = BOOTSTRAP_SEED,
) -> list[Interval]:
    """The 95 % percentile interval of each column's mean, people drawn with replacement.

    differences: (cases, columns) float, one engine's figures less another's on the same cases.
    people: (cases,) int, whose case each is; None: a person a case. Efron and Tibshirani 1993,
    sec. 13.3; for people with several cases the cluster bootstrap of Davison and Hinkley 1997,
    sec. 3.8, with whole people as clusters.
    """
    means = resampled_means(differences, people, resamples, seed)
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    return [Interval(*map(float, pair)) for pair in zip(low, high, strict=True)]


def ratio_interval(
    figures: Figures,
    people: IntArray | None = None,
    resamples: int = RESAMPLES,
    seed: int = BOOTSTRAP_SEED,
) -> Interval:
    """The 95 % percentile interval of the ratio of two means, the first column's by the second's.

    figures: (cases, 2) float. Where a resampled second mean is 0 the ratio is infinite.
    """
    means = resampled_means(figures, people, resamples, seed)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.nan_to_num(means[:, 0] / means[:, 1], nan=1.0, posinf=np.inf)
    low, high = np.percentile(ratios, [2.5, 97.5], method="nearest")
    return Interval(float(low), float(high))


def resampled_means(
    figures: Figures,
    people: IntArray | None = None,
    resamples: int = RESAMPLES,
    seed: int = BOOTSTRAP_SEED,
) -> Figures:
    """Each column's mean over the cases of people drawn with replacement: (resamples, columns).

    figures: (cases, columns) float. people: (cases,) int; None: a person a case.
    """
    sums, counts = _by_person(figures, people)
    draws = _draw(len(counts), resamples, seed)
    return np.concatenate([(drawn @ sums) / (drawn @ counts)[:, None] for drawn in draws])


def _by_person(figures: Figures, people: IntArray | None) -> tuple[Figures, Figures]:
    """The sum of each person's cases, (people, columns), and how many they are, (people,)."""
    if people is None:
        return figures.astype(np.float64), np.ones(len(figures))
    _, place = np.unique(people, return_inverse=True)
    columns = [np.bincount(place, column) for column in figures.T]
    return np.stack(columns, axis=1), np.bincount(place).astype(np.float64)


def _draw(people: int, resamples: int, seed: int) -> Iterator[Figures]:
    """How often each person is drawn, (some resamples, people) at a time."""
    rng = np.random.default_rng(seed)
    chances = np.full(people, 1 / people)
    for start in range(0, resamples, _AT_ONCE):
        some = min(_AT_ONCE, resamples - start)
        yield rng.multinomial(people, chances, size=some).astype(np.float64)
