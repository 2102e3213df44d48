"""One table for all engines: figures over cases, and how sure their differences are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model_server.evaluation.metrics import gains, hits

IntArray = npt.NDArray[np.int64]
Figures = npt.NDArray[np.float64]

RESAMPLES, BOOTSTRAP_SEED = 10_000, 2026
METRICS = ("HR@10", "NDCG@10", "HR@50")
COLUMNS = ("tags known", "engine", *METRICS)


@dataclass(frozen=True, slots=True)
class Measured:
    """How one engine did. ranks: (cases,) int, of the same cases for every engine of a table."""

    title: str
    known_tags: int
    ranks: IntArray


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of a resampled difference of means."""

    low: float
    high: float


def figures(ranks: IntArray) -> Figures:
    """What each case adds to the means of METRICS: (cases, metrics) float. ranks: (cases,) int."""
    return np.stack([hits(ranks, 10), gains(ranks, 10), hits(ranks, 50)], axis=1)


def paired_intervals(
    differences: Figures, resamples: int = RESAMPLES, seed: int = BOOTSTRAP_SEED
) -> list[Interval]:
    """The 95 % percentile interval of each column's mean, cases drawn with replacement.

    differences: (cases, columns) float, one engine's figures less another's on the same cases.
    Efron and Tibshirani 1993, sec. 13.3.
    """
    cases = len(differences)
    rng = np.random.default_rng(seed)
    draws = rng.multinomial(cases, np.full(cases, 1 / cases), size=resamples)
    means = draws.astype(np.float32) @ differences.astype(np.float32) / cases
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    return [Interval(*map(float, pair)) for pair in zip(low, high, strict=True)]


def render(rows: Sequence[Measured], reference: str) -> str:
    """The rows as a Markdown table; each figure of an engine other than the one titled
    `reference` is followed by the interval of its difference to that one."""
    references = {row.known_tags: row for row in rows if row.title == reference}
    lines = ["| " + " | ".join(COLUMNS) + " |", "| ---: | --- " + "| ---: " * len(METRICS) + "|"]
    lines += [_line(row, references) for row in rows]
    return "\n".join(lines)


def _line(row: Measured, references: Mapping[int, Measured]) -> str:
    own = figures(row.ranks)
    cells = [f"{mean:.4f}" for mean in own.mean(axis=0)]
    reference = references.get(row.known_tags)
    if reference is not None and reference is not row:
        intervals = paired_intervals(own - figures(reference.ranks))
        cells = [
            f"{cell} ({interval.low:+.3f} … {interval.high:+.3f})"
            for cell, interval in zip(cells, intervals, strict=True)
        ]
    return "| " + " | ".join([str(row.known_tags), row.title, *cells]) + " |"
