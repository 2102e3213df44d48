"""One table for all engines: figures over cases, and how sure their differences are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from model_server.evaluation.bootstrap import Interval, paired_intervals, ratio_interval
from model_server.evaluation.metrics import gains, hits
from model_server.evaluation.report import markdown_table

IntArray = npt.NDArray[np.int64]
Figures = npt.NDArray[np.float64]

METRICS = ("HR@10", "NDCG@10", "HR@50")
COLUMNS = ("session", "engine", *METRICS)
LEADS = ("session", "engine", "HR@10", "best other engine", "HR@10", "ratio")


@dataclass(frozen=True, slots=True)
class Measured:
    """How one engine did. ranks: (cases,) int, of the same cases for every engine of a table."""

    title: str
    variant: str
    ranks: IntArray


def figures(ranks: IntArray) -> Figures:
    """What each case adds to the means of METRICS: (cases, metrics) float. ranks: (cases,) int."""
    return np.stack([hits(ranks, 10), gains(ranks, 10), hits(ranks, 50)], axis=1)


def render(rows: Sequence[Measured], reference: str, people: IntArray | None = None) -> str:
    """The rows as a Markdown table; each figure of an engine other than the one titled
    `reference` is followed by the interval of its difference to that one.

    Rows of one variant stand together. people: (cases,) int, whose case each is; None: a person a
    case.
    """
    lines = [
        line for of_variant in _by_variant(rows) for line in _lines(of_variant, reference, people)
    ]
    return markdown_table([COLUMNS, *lines], words=2)


def render_leads(rows: Sequence[Measured], reference: str, people: IntArray | None = None) -> str:
    """For each variant the HR@10 of the reference over that of the best other engine, with the
    interval of the ratio, as a Markdown table. Of equal others the first is taken."""
    lines = [_lead(of_variant, reference, people) for of_variant in _by_variant(rows)]
    return markdown_table([LEADS, *filter(None, lines)], words=2)


def _by_variant(rows: Sequence[Measured]) -> Iterator[list[Measured]]:
    return (list(group) for _, group in groupby(rows, key=lambda row: row.variant))


def _lines(rows: Sequence[Measured], reference: str, people: IntArray | None) -> list[list[str]]:
    own = [figures(row.ranks) for row in rows]
    titles = [row.title for row in rows]
    intervals: list[list[Interval]] = [[] for _ in rows]
    if reference in titles:
        compared = own[titles.index(reference)]
        columns = np.concatenate([one - compared for one in own], axis=1)
        found = paired_intervals(columns, people)
        intervals = [_of_row(found, place, titles[place] == reference) for place in range(len(own))]
    return [
        [row.variant, row.title, *_cells(one.mean(axis=0), of_row)]
        for row, one, of_row in zip(rows, own, intervals, strict=True)
    ]


def _of_row(found: list[Interval], place: int, is_reference: bool) -> list[Interval]:
    return [] if is_reference else found[place * len(METRICS) : (place + 1) * len(METRICS)]


def _cells(means: Figures, intervals: Sequence[Interval]) -> list[str]:
    if not intervals:
        return [f"{mean:.4f}" for mean in means]
    pairs = zip(means, intervals, strict=True)
    return [f"{mean:.4f} ({one.low:+.3f} … {one.high:+.3f})" for mean, one in pairs]


def _lead(rows: Sequence[Measured], reference: str, people: IntArray | None) -> list[str]:
    own = next((row for row in rows if row.title == reference), None)
    others = [row for row in rows if row.title != reference]
    if own is None or not others:
        return []
    best = max(others, key=lambda row: hits(row.ranks, 10).mean())
    both = np.stack([hits(own.ranks, 10), hits(best.ranks, 10)], axis=1)
    first, second = both.mean(axis=0)
    interval = ratio_interval(both, people)
    ratio = f"{first / second:.3f} ({interval.low:.3f} … {interval.high:.3f})" if second else "-"
    return [own.variant, own.title, f"{first:.4f}", best.title, f"{second:.4f}", ratio]
