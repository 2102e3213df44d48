"""Figures of the pages: one style, legible at the width of a README, equal for equal numbers."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

import numpy as np
import numpy.typing as npt
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

Numbers = Sequence[float] | npt.NDArray[np.floating] | npt.NDArray[np.integer]
Lines = Mapping[str, tuple[Numbers, Numbers]]

SIZE, DOTS = (8.0, 4.5), 120  # inches, and dots an inch: 960 x 540
# The first colour is the network's; the others are told apart by the colour-blind too (Wong 2011).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f", "#000000")
MARKED = 12  # points of a line up to which each has its own mark
DASHES = ("-", "--", "-.", ":")
LAYOUT: dict[str, Any] = {"layout": "constrained"}
STYLE: dict[Any, Any] = {
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "figure.facecolor": "white",
    "font.size": 12,
    "grid.alpha": 0.3,
    "legend.frameon": False,
    "legend.fontsize": 10,
    "savefig.facecolor": "white",
}


@dataclass(frozen=True, slots=True)
class Labels:
    """What a figure says beside its numbers."""

    title: str
    x: str
    y: str


def write_lines(path: Path, labels: Labels, lines: Lines) -> None:
    """Write a PNG with one line for each name, of which the first is bold: (xs, ys).

    The y axis starts at 0 where no y is less.
    """
    with _drawn(path, labels) as axes:
        _plot(axes, lines)
        _legend(axes, len(lines))


def write_panels(path: Path, panels: Mapping[Labels, Lines]) -> None:
    """Write a PNG of several `write_lines` side by side, as for the curves of a training."""
    size = SIZE[0] * 0.6 * len(panels), SIZE[1]
    with pyplot.rc_context(STYLE):
        figure, row = pyplot.subplots(1, len(panels), figsize=size, squeeze=False, **LAYOUT)
        for axes, (labels, lines) in zip(row[0], panels.items(), strict=True):
            _label(axes, labels)
            _plot(axes, lines)
            axes.legend()
        _save(figure, path)


@contextmanager
def _drawn(path: Path, labels: Labels) -> Iterator[Axes]:
    with pyplot.rc_context(STYLE):
        figure, axes = pyplot.subplots(figsize=SIZE, **LAYOUT)
        _label(axes, labels)
        yield axes
        _save(figure, path)


def _label(axes: Axes, labels: Labels) -> None:
    axes.set(title=labels.title, xlabel=labels.x, ylabel=labels.y)


def _plot(axes: Axes, lines: Lines) -> None:
    for place, (name, (xs, ys)) in enumerate(lines.items()):
        axes.plot(xs, ys, label=name, marker="o" if len(xs) <= MARKED else "", **_look(place))
    if all(np.equal(np.mod(xs, 1), 0).all() for xs, _ in lines.values()):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    if all(np.min(ys, initial=0) >= 0 for _, ys in lines.values()):
        axes.set_ylim(0)


def _look(place: int) -> dict[str, Any]:
    return {
        "color": COLOURS[place % len(COLOURS)],
        "linestyle": DASHES[place // len(COLOURS) % len(DASHES)],
        "linewidth": 2.5 if place == 0 else 1.5,
        "zorder": 3 if place == 0 else 2,
    }


def _legend(axes: Axes, entries: int) -> None:
    if entries > 4:
        axes.figure.legend(loc="outside lower center", ncols=3)
    elif entries > 1:
        axes.legend()


def _save(figure: Figure, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=DOTS, metadata={"Software": None})
    pyplot.close(figure)
