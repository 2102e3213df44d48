"""`python -m model_server.evaluation.movielens_1m.tune PROTOCOL`: the baselines' settings.

All are tried on validation cases, and the best by NDCG@10 are what `settings` holds: of each engine
first, then of the blend, which keeps all of the best rules but their decay and tries every EASE.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import numpy as np
from tqdm import tqdm

from model_server.engines import als, ease, item_knn, rules
from model_server.evaluation.inputs import UNUSABLE, describe_command
from model_server.evaluation.movielens_1m import global_time, leave_one_out
from model_server.evaluation.movielens_1m.baselines import (
    BLEND,
    Learnt,
    fit_engine,
    fit_linked,
    learn,
)
from model_server.evaluation.movielens_1m.measure import Ranks, batches, rank_cases, ranks_in
from model_server.evaluation.movielens_1m.protocol import Case
from model_server.evaluation.movielens_1m.scorers import Linked, mix, standardise
from model_server.evaluation.movielens_1m.settings import Setting
from model_server.evaluation.parts import RESULTS
from model_server.evaluation.report import describe_origin, render_page, write_page
from model_server.evaluation.table import METRICS, figures
from model_server.evaluation.tune import Trial, render_trials

T = TypeVar("T")

MODULE = "model_server.evaluation.movielens_1m.tune"
PROTOCOLS = {module.NAME: module for module in (leave_one_out, global_time)}
WEIGHTS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)  # of the rules
MOST_CASES, SAMPLE_SEED = 10_000, 2026


@dataclass(frozen=True, slots=True)
class Grid:
    """The settings of one engine that are tried: all combinations of arguments and decays."""

    arguments: Mapping[str, Sequence[int]]
    decays: Sequence[float]

    def combinations(self) -> list[dict[str, int]]:
        """Every choice of arguments."""
        chosen = product(*self.arguments.values())
        return [dict(zip(self.arguments, values, strict=True)) for values in chosen]


GRIDS: Mapping[ModuleType, Grid] = {
    item_knn: Grid(
        {"neighbours": (100, 200, 400, 800), "shrinkage": (0, 10, 50)}, (0.8, 0.7, 0.6, 0.5, 0.4)
    ),
    rules: Grid({"window": (10, 20, 40), "shrinkage": (0, 20)}, (0.9, 0.8, 0.7, 0.6, 0.5)),
    ease: Grid({"penalty": (100, 300, 1000, 3000)}, (1.0, 0.9, 0.8, 0.7, 0.6)),
    als: Grid(
        {"factors": (64, 128), "alpha": (10, 40), "window": (10, 20)}, (0.7, 0.6, 0.5, 0.4, 0.3)
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What settings are tried on: what is learnt from, and the cases that choose."""

    learnt: Learnt
    cases: Sequence[Case]


def try_engine(engine: ModuleType, asked: Asked) -> Iterator[tuple[Setting, Trial]]:
    """Each setting of an engine's grid, and how it did."""
    for arguments in GRIDS[engine].combinations():
        fitted = fit_engine(engine, arguments, asked.learnt)
        for decay in GRIDS[engine].decays:
            setting = Setting(arguments, decay)
            ranks = rank_cases(fitted(decay), asked.cases)
            yield setting, _trial(engine.TITLE, str(setting), ranks)


def try_blends(best_rules: Setting, asked: Asked) -> Iterator[Trial]:
    """The best rules and every EASE, each at all its decays, at the weight that suits them best."""
    fitted_rules = fit_linked(rules, best_rules.arguments, asked.learnt)
    for arguments in GRIDS[ease].combinations():
        fitted = fit_linked(ease, arguments, asked.learnt)
        for decays in product(GRIDS[rules].decays, GRIDS[ease].decays):
            ranks = blend_ranks(fitted_rules(decays[0]), fitted(decays[1]), asked.cases)
            pair = Setting(best_rules.arguments, decays[0]), Setting(arguments, decays[1])
            said = "rules {}; EASE {}; rules times".format(*pair)
            trials = [
                _trial(BLEND, f"{said} {weight:.1f}", of_weight)
                for weight, of_weight in zip(WEIGHTS, ranks, strict=True)
            ]
            yield max(trials, key=_ndcg)


def blend_ranks(first: Linked, second: Linked, cases: Sequence[Case]) -> Ranks:
    """Where each target comes in under each of WEIGHTS: (weights, cases)."""
    ranks = np.empty((len(WEIGHTS), len(cases)), dtype=np.int64)
    for places in batches(cases):
        batch = [cases[place] for place in places]
        histories = [case.history for case in batch]
        one, other = (standardise(linked.rate(histories)) for linked in (first, second))
        for row, weight in enumerate(WEIGHTS):
            scores = mix(one, other, weight, first.popularity)
            ranks[row, places] = ranks_in(scores, batch)
    return ranks


def draw(cases: Sequence[Case], most: int = MOST_CASES) -> list[Case]:
    """All cases in their order, or `most` of them at random; equal cases give equal draws."""
    if len(cases) <= most:
        return list(cases)
    rng = np.random.default_rng(SAMPLE_SEED)
    places = np.sort(rng.choice(len(cases), most, replace=False))
    return [cases[place] for place in places]


def try_all(asked: Asked, watch: Callable[[], object]) -> list[Trial]:
    """Every trial, engine after engine, then the blends; `watch` hears of each."""
    tried = {engine: list(_heard(try_engine(engine, asked), watch)) for engine in GRIDS}
    best_rules, _ = max(tried[rules], key=lambda pair: _ndcg(pair[1]))
    blends = _heard(try_blends(best_rules, asked), watch)
    return [*(trial for pairs in tried.values() for _, trial in pairs), *blends]


def count_trials() -> int:
    """How many trials `try_all` makes."""
    alone = sum(len(grid.combinations()) * len(grid.decays) for grid in GRIDS.values())
    of_ease, of_rules = GRIDS[ease], GRIDS[rules]
    blends = len(of_ease.combinations()) * len(of_ease.decays) * len(of_rules.decays)
    return alone + blends


def main() -> int:
    """Try, print and write all settings; 1 with a message when something needed is missing."""
    parser = argparse.ArgumentParser(prog=f"python -m {MODULE}", description=__doc__)
    parser.add_argument("protocol", choices=PROTOCOLS)
    parser.add_argument("--cases", type=int, default=MOST_CASES, help="how many choose, at most")
    parser.add_argument("--out", type=Path, default=RESULTS, help="the folder of the page")
    arguments = parser.parse_args()
    name = arguments.protocol
    try:
        protocol = PROTOCOLS[name].read(os.environ)
    except UNUSABLE as error:
        print(error, file=sys.stderr)
        return 1
    cases = draw(protocol.validation, arguments.cases)
    asked = Asked(learn(protocol.train, len(protocol.movies)), cases)
    with tqdm(total=count_trials(), unit=" settings") as bar:
        trials = try_all(asked, bar.update)
    notes = [
        f"{len(cases)} of {len(protocol.validation)} validation cases, seed {SAMPLE_SEED}",
        "decay: what a movie keeps of its weight with each one after it; the best NDCG@10 is bold; "
        "of a blend, the weight that suits it best is shown",
    ]
    fewer = [] if arguments.cases == MOST_CASES else ["--cases", str(arguments.cases)]
    command = describe_command(MODULE, os.environ, [name, *fewer])
    page = render_page(
        f"Settings of the baselines, {name} on MovieLens 1M",
        render_trials(trials),
        notes,
        describe_origin(command),
    )
    write_page(arguments.out / f"{name}-settings.md", page)
    print(page)
    return 0


def _trial(title: str, settings: str, ranks: Ranks) -> Trial:
    return Trial(title, settings, figures(ranks).mean(axis=0))


def _ndcg(trial: Trial) -> float:
    return float(trial.means[METRICS.index("NDCG@10")])


def _heard(found: Iterable[T], watch: Callable[[], object]) -> Iterator[T]:
    for one in found:
        watch()
        yield one


if __name__ == "__main__":
    sys.exit(main())
