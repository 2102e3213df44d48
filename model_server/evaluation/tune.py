"""`python -m model_server.evaluation.tune`: every setting of the baselines, on validation people.

The best by NDCG@10 are the defaults of the engines' files; nothing is chosen anywhere else.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from types import ModuleType

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from model_server.engines import ease, item_knn, rules
from model_server.engines.baseline import LinkedLikes, Shelf, settled, stack_shelf
from model_server.engines.links import count_likes
from model_server.evaluation.cases import Case, build_cases
from model_server.evaluation.inputs import UNUSABLE, Inputs, describe_command, read_inputs
from model_server.evaluation.measure import ranks_in
from model_server.evaluation.report import describe_origin, render_page, write_page
from model_server.evaluation.table import METRICS, figures

Figures = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Values = tuple[float, ...]

PAGE = Path("docs/results/baselines.md")
NOTE = "decay: what a like keeps of its weight with each like after it; the best NDCG@10 is bold"


@dataclass(frozen=True, slots=True)
class Grid:
    """The settings of one engine that are tried: all combinations of arguments and decays."""

    engine: ModuleType
    arguments: dict[str, Values]
    decays: Values


GRIDS = (
    Grid(item_knn, {"neighbours": (100, 200, 400), "shrinkage": (0, 10)}, (1.0, 0.8, 0.7, 0.6)),
    Grid(rules, {"window": (5, 10, 20), "shrinkage": (0, 20)}, (0.8, 0.7, 0.6, 0.5)),
    Grid(ease, {"penalty": (100, 300, 1000, 3000)}, (1.0, 0.8, 0.7, 0.6)),
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
        links = grid.engine.fit(likes, movies, **arguments)
        for decay in grid.decays:
            said = [f"{name} {value:g}" for name, value in {**arguments, "decay": decay}.items()]
            ranks = _ranks(LinkedLikes(links, decay, movies), shelf, cases)
            yield Trial(grid.engine.TITLE, ", ".join(said), figures(ranks).mean(axis=0))


def _ranks(rate: LinkedLikes, shelf: Shelf, cases: Sequence[Case]) -> IntArray:
    """The rank of each case's target, as a Baseline ranks it that knows no tags."""
    scores = (settled(rate(case.events), shelf)[None] for case in cases)
    pairs = zip(scores, cases, strict=True)
    return np.concatenate([ranks_in(row, [case]) for row, case in pairs])


def count_trials(grid: Grid) -> int:
    """How many trials a grid makes."""
    return len(grid.decays) * int(np.prod([len(values) for values in grid.arguments.values()]))


def render_trials(trials: Sequence[Trial]) -> str:
    """A Markdown table of trials, each engine's best NDCG@10 in bold."""
    place = METRICS.index("NDCG@10")
    best: dict[str, float] = {}
    for trial in trials:
        best[trial.title] = max(best.get(trial.title, 0.0), float(trial.means[place]))
    lines = ["| engine | settings | " + " | ".join(METRICS) + " |"]
    lines += ["| --- | --- " + "| ---: " * len(METRICS) + "|"]
    for trial in trials:
        cells = [f"{mean:.4f}" for mean in trial.means]
        if trial.means[place] == best[trial.title]:
            cells[place] = f"**{cells[place]}**"
        lines.append("| " + " | ".join([trial.title, trial.settings, *cells]) + " |")
    return "\n".join(lines)


def main() -> int:
    """Try, print and write all settings; 1 with a message when something needed is missing."""
    try:
        inputs = read_inputs(os.environ)
    except UNUSABLE as error:
        print(error, file=sys.stderr)
        return 1
    cases = build_cases(inputs.people, inputs.split.validation, inputs.artifact.catalogue)
    trials = (trial for grid in GRIDS for trial in try_grid(grid, inputs, cases))
    done = list(tqdm(trials, total=sum(map(count_trials, GRIDS)), unit=" settings"))
    command = describe_command("model_server.evaluation.tune", os.environ, [])
    notes = [f"{len(cases)} validation people of {inputs.folder}, no tags known", NOTE]
    title = "Settings of the baselines"
    page = render_page(title, render_trials(done), notes, describe_origin(command))
    write_page(PAGE, page)
    print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
