"""How much oftener the next liked film is among the best ten than the next disliked one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model_server.evaluation.bootstrap import RESAMPLES, Interval, resampled_means
from model_server.evaluation.dislikes.targets import Target, View
from model_server.evaluation.metrics import gains, hits
from model_server.evaluation.report import markdown_table

Figures = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

METRICS = ("HR@10", "NDCG@10")


@dataclass(frozen=True, slots=True)
class Difference:
    """The means of METRICS over liked and over disliked targets, each (metrics,) float.

    resampled: (resamples, metrics) float, their difference with people drawn with replacement, NaN
    where nobody drawn has targets on a side. Within a view all engines get the same draws, so that
    two of them can be compared draw by draw.
    """

    title: str
    liked: Figures
    disliked: Figures
    resampled: Figures

    def intervals(self, other: "Difference | None" = None) -> list[Interval]:
        """The 95 % interval of each difference, or of how much more it is than another's."""
        drawn = self.resampled if other is None else self.resampled - other.resampled
        low, high = np.nanpercentile(drawn, [2.5, 97.5], axis=0)
        return [Interval(*map(float, pair)) for pair in zip(low, high, strict=True)]


def compare_sides(
    title: str, ranks: IntArray, targets: Sequence[Target], view: View, resamples: int = RESAMPLES
) -> Difference:
    """One engine's figures on both sides of a view. ranks: (targets,) int.

    HR_p - HR_n and NDCG_p - NDCG_n of PNFRec, Ivanova, Frolov and Vasilev 2025: all targets of a
    side weigh alike. The bootstrap draws people, each with all their targets.
    """
    figures = np.stack([hits(ranks, 10), gains(ranks, 10)], axis=1)  # (targets, metrics)
    liked, disliked = (side[:, None] for side in view.sides(targets))  # (targets, 1)
    columns = np.concatenate([figures * liked, liked, figures * disliked, disliked], axis=1)
    own = _means(columns.mean(axis=0, keepdims=True))
    people = np.array([target.person for target in targets], dtype=np.int64)
    drawn = _means(resampled_means(columns, people, resamples))
    return Difference(title, own[0, 0], own[1, 0], drawn[0] - drawn[1])


def _means(columns: Figures) -> Figures:
    """The means of both sides: (2, draws, metrics). columns: (draws, 2 * (metrics + 1)), each
    side's sum of every metric and then how many targets it has, both over something alike."""
    sides = np.stack(np.split(columns, 2, axis=1))
    sums, targets = sides[..., :-1], sides[..., -1:]
    return np.divide(sums, targets, out=np.full_like(sums, np.nan), where=targets > 0)


def render_differences(rows: Sequence[Difference]) -> str:
    """A Markdown table, the first row being what the others are compared with."""
    heads = [f"{name} {column}" for name in METRICS for column in ("liked", "disliked", "Δ")]
    heads = ["engine", *heads, "ΔHR@10 less the first row's"]
    return markdown_table([heads, *(_cells(row, rows[0]) for row in rows)])


def _cells(row: Difference, first: Difference) -> list[str]:
    cells = [row.title]
    for liked, disliked, own in zip(row.liked, row.disliked, row.intervals(), strict=True):
        change = f"{liked - disliked:+.4f} ({own.low:+.3f} … {own.high:+.3f})"
        cells += [f"{liked:.4f}", f"{disliked:.4f}", change]
    less = row.intervals(first)[0]
    return [*cells, "" if row is first else f"{less.low:+.3f} … {less.high:+.3f}"]
