"""`python -m model_server.evaluation.tune [ENGINE ...]`: the baselines' settings, on validation.

The best by NDCG@10, to four places, are the defaults of the engines' files; nothing is chosen
anywhere else.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from pathlib import Path
from types import ModuleType

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from model_server.engines import als, ease, item_knn, rules
from model_server.engines.als import FoldedLikes
from model_server.engines.baseline import LinkedLikes, Rate, Shelf, settled, stack_shelf
from model_server.engines.fitting import fit_als, fit_linked
from model_server.engines.links import count_likes
from model_server.evaluation.cases import Case, build_cases
from model_server.evaluation.inputs import UNUSABLE, Inputs, describe_command, read_inputs
from model_server.evaluation.measure import ranks_in
from model_server.evaluation.report import (
    describe_origin,
    markdown_table,
    render_page,
    write_page,
)
from model_server.evaluation.table import METRICS, figures

Figures = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Values = tuple[float, ...]

PAGE = Path("docs/results/baselines.md")
NOTE = "decay: what a like keeps of its weight with each like after it; the best NDCG@10 is bold"


@dataclass(frozen=True, slots=True)
class Grid:
    """The settings of one engine that are tried: all combinations of arguments and decays.

    fit: called with likes, the number of movies, and the arguments.
    """

    engine: ModuleType
    fit: Callable[..., LinkedLikes | FoldedLikes]
    arguments: dict[str, Values]
    decays: Values


def linked_grid(engine: ModuleType, arguments: dict[str, Values], decays: Values) -> Grid:
    """The grid of a linked engine."""
    return Grid(engine, partial(fit_linked, engine), arguments, decays)


GRIDS = (
    linked_grid(
        item_knn, {"neighbours": (100, 200, 400), "shrinkage": (0, 10)}, (1.0, 0.8, 0.7, 0.6)
    ),
    linked_grid(rules, {"window": (5, 10, 20), "shrinkage": (0, 20)}, (0.8, 0.7, 0.6, 0.5)),
    linked_grid(ease, {"penalty": (100, 300, 1000, 3000)}, (1.0, 0.8, 0.7, 0.6)),
    Grid(
        als,
        fit_als,
        {
            "factors": (32, 64),
            "regularisation": (1, 10),
            "alpha": (10, 20),
            "window": (10, 50, 500),
        },
        (1.0, 0.7, 0.6, 0.5),
    ),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One setting and its mean of METRICS, (metrics,) float."""

    title: str
    settings: str
    means: Figures


def try_grid(grid: Grid, inputs: Inputs, cases: Sequence[Case]) -> Iterator[Trial]:
    """The trials of one engine, fitted on the train people and measured on `cases`."""
    catalogue, likes = inputs.artifact.catalogue, inputs.people.likes(inputs.split.train)
    movies = len(catalogue.movies)
    shelf = stack_shelf(catalogue, count_likes(likes, movies))
    for values in product(*grid.arguments.values()):
        arguments = dict(zip(grid.arguments, values, strict=True))
        rate = grid.fit(likes, movies, **arguments)
        for decay in grid.decays:
            said = [f"{name} {value:g}" for name, value in {**arguments, "decay": decay}.items()]
            ranks = _ranks(replace(rate, decay=decay), shelf, cases)
            yield Trial(grid.engine.TITLE, ", ".join(said), figures(ranks).mean(axis=0))


def _ranks(rate: Rate, shelf: Shelf, cases: Sequence[Case]) -> IntArray:
    """The rank of each case's target, as a Baseline ranks it that knows no tags."""
    scores = (settled(rate(case.events), shelf)[None] for case in cases)
    pairs = zip(scores, cases, strict=True)
    return np.concatenate([ranks_in(row, [case.query()], [case.target]) for row, case in pairs])


def count_trials(grid: Grid) -> int:
    """How many trials a grid makes."""
    return len(grid.decays) * int(np.prod([len(values) for values in grid.arguments.values()]))


def render_trials(trials: Sequence[Trial]) -> str:
    """A Markdown table of trials, each engine's best NDCG@10 in bold."""
    place = METRICS.index("NDCG@10")
    best: dict[str, float] = {}
    for trial in trials:
        best[trial.title] = max(best.get(trial.title, 0.0), float(trial.means[place]))
    rows = [["engine", "settings", *METRICS]]
    for trial in trials:
        cells = [f"{mean:.4f}" for mean in trial.means]
        if trial.means[place] == best[trial.title]:
            cells[place] = f"**{cells[place]}**"
        rows.append([trial.title, trial.settings, *cells])
    return markdown_table(rows, words=2)


def main() -> int:
    """Try, print and write all settings; 1 with a message when something needed is missing."""
    names = _asked()
    grids = [grid for grid in GRIDS if not names or grid.engine.NAME in names]
    try:
        inputs = read_inputs(os.environ)
    except UNUSABLE as error:
        print(error, file=sys.stderr)
        return 1
    cases = build_cases(inputs.people, inputs.split.validation, inputs.artifact.catalogue)
    trials = (trial for grid in grids for trial in try_grid(grid, inputs, cases))
    done = list(tqdm(trials, total=sum(map(count_trials, grids)), unit=" settings"))
    command = describe_command("model_server.evaluation.tune", os.environ, names)
    notes = [f"{len(cases)} validation people of {inputs.folder}, no tags known", NOTE]
    title = "Settings of the baselines"
    page = render_page(title, render_trials(done), notes, describe_origin(command))
    write_page(PAGE.with_stem("-".join([PAGE.stem, *names])), page)
    print(page)
    return 0


def _asked() -> list[str]:
    """The engines named on the command line, in the order of GRIDS; none means all."""
    names = [grid.engine.NAME for grid in GRIDS]
    parser = argparse.ArgumentParser(prog="python -m model_server.evaluation.tune")
    parser.add_argument("engine", nargs="*", help=f"of {', '.join(names)}; none: all")
    asked = parser.parse_args().engine
    for name in asked:
        if name not in names:
            parser.error(f"engine must be one of {', '.join(names)}, got {name!r}")
    return [name for name in names if name in asked]


if __name__ == "__main__":
    sys.exit(main())
