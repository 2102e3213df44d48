"""A protocol from its file to its page: every engine on the same cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol as Interface

import numpy as np
import numpy.typing as npt

from model_server.config import ConfigError
from model_server.evaluation.bootstrap import BOOTSTRAP_SEED, RESAMPLES
from model_server.evaluation.metrics import hit_rate
from model_server.evaluation.movielens_1m.baselines import ENGINES, fit_baselines, learn
from model_server.evaluation.movielens_1m.measure import rank_cases
from model_server.evaluation.movielens_1m.network import describe_absence, find_networks
from model_server.evaluation.movielens_1m.protocol import (
    MAX_HISTORY,
    Case,
    Protocol,
    data_folder,
)
from model_server.evaluation.movielens_1m.published import render_published
from model_server.evaluation.movielens_1m.scorers import Scorer
from model_server.evaluation.movielens_1m.settings import SETTINGS
from model_server.evaluation.parts import (
    Arguments,
    LeftOutError,
    Watch,
    page_path,
    part_origin,
    progress_bar,
)
from model_server.evaluation.plots import Labels, write_lines
from model_server.evaluation.report import render_page, write_page
from model_server.evaluation.table import Measured, render, render_leads

DEEPEST = 50  # the last k of the curves
BASELINES = len(ENGINES) + 2  # with popularity and the blend
VARIANT = "all before"


class Reader(Interface):
    """A module that reads a protocol, such as `leave_one_out`."""

    NAME: str
    FILE: str

    def read_file(self, path: Path) -> Protocol: ...


@dataclass(frozen=True, slots=True)
class Compared:
    """How every engine did on the cases of one split, the networks first and the blend last.

    networks: how many rows are networks. learnt: how many ratings the baselines were fitted on.
    unlearnt: how many cases ask for a movie that is not among them.
    """

    rows: list[Measured]
    cases: Sequence[Case]
    networks: int
    learnt: int
    unlearnt: int

    @property
    def people(self) -> npt.NDArray[np.int64]:
        """Whose case each is: (cases,) int."""
        return np.array([case.person for case in self.cases])

    @property
    def reference(self) -> str:
        """The engine that the others are compared with: the first network, else the blend."""
        return self.rows[0 if self.networks else -1].title


def run_protocol(reader: Reader, environ: Mapping[str, str], arguments: Arguments) -> None:
    """Measure a protocol, print the page, write it and its curves.

    Raises LeftOutError where its file is not there.
    """
    protocol = read_protocol(reader, environ)
    networks = find_networks(environ, protocol)
    cases = of_people(protocol.cases(arguments.split), arguments.people)
    with progress_bar(len(cases) * (BASELINES + len(networks)), "cases") as watch:
        compared = compare(protocol, arguments.split, cases, networks, watch)
    path = page_path(reader.NAME, arguments)
    curves = path.with_name(f"{path.stem}-hr.png")
    notes = describe(protocol, compared, arguments.split)
    if not networks:
        notes.append(describe_absence(environ, reader.NAME))
    title = f"MovieLens 1M, {reader.NAME}, {arguments.split}"
    origin = part_origin(reader.NAME, environ, arguments)
    page = render_page(title, _body(protocol, compared, curves), notes, origin)
    write_page(path, page)
    draw(compared, curves)
    print(page)


def read_protocol(reader: Reader, environ: Mapping[str, str]) -> Protocol:
    """The protocol of a reader's file under MARQUEE_DATA."""
    try:
        path = data_folder(environ) / reader.FILE
    except ConfigError as error:
        raise LeftOutError(str(error)) from error
    if not path.is_file():
        raise LeftOutError(f"{path}: no such file")
    return reader.read_file(path)


def of_people(cases: Sequence[Case], people: int | None) -> Sequence[Case]:
    """The cases of the first so many people who have any; None: all."""
    first = set(list(dict.fromkeys(case.person for case in cases))[:people])
    return [case for case in cases if case.person in first]


def compare(
    protocol: Protocol,
    split: str,
    cases: Sequence[Case],
    networks: Mapping[str, Scorer],
    watch: Watch,
) -> Compared:
    """Fit the baselines and rank every case with them and with the networks, which have titles.

    On validation the baselines learn from `train`, on test from `final`. `watch` hears what is
    being done and how many cases of it are new.
    """
    sequences = {"validation": protocol.train, "test": protocol.final}[split]
    learnt = learn(sequences, len(protocol.movies))
    baselines = fit_baselines(
        learnt, SETTINGS[protocol.name], lambda title: watch(f"fitting {title}", 0)
    )
    scorers = {**networks, **{one.title: one for one in baselines}}
    rows = [
        Measured(title, VARIANT, rank_cases(scorer, cases, partial(watch, title)))
        for title, scorer in scorers.items()
    ]
    unlearnt = sum(learnt.popularity[case.target] == 0 for case in cases)
    return Compared(rows, cases, len(networks), sum(map(len, sequences)), int(unlearnt))


def describe(protocol: Protocol, compared: Compared, split: str) -> list[str]:
    """How the figures came about and what they do not say."""
    cases, people = compared.cases, len(np.unique(compared.people))
    empty = sum(len(case.earlier) == 0 for case in cases)
    return [
        f"{len(cases)} {split} targets of {people} people, {empty} of them with an empty history; "
        f"an engine reads the newest {MAX_HISTORY} ratings before a target, all of them positive, "
        "and not when the target was rated",
        f"all {len(protocol.movies)} movies are ranked but those that the person had rated before; "
        "ties and NaN count against the engine",
        f"the baselines are fitted on {compared.learnt} ratings; {compared.unlearnt} targets are "
        "movies that never stand there and count like all others",
        "the baselines' settings were chosen on validation cases by `python -m "
        f"model_server.evaluation.movielens_1m.tune {protocol.name}`",
        f"in brackets: the 95 % interval of the difference to {compared.reference}, or of the "
        "ratio, from a paired bootstrap over people, each with all their targets "
        f"({RESAMPLES} resamples, seed {BOOTSTRAP_SEED})",
        "the published rows are as others report them; they were not measured here",
        *protocol.remarks,
        "limits: the order is that in which movies were rated, not watched",
    ]


def draw(compared: Compared, path: Path) -> None:
    """Write the figure of a page: HR@k by engine, the reference first."""
    depths = range(1, DEEPEST + 1)
    ordered = sorted(compared.rows, key=lambda row: row.title != compared.reference)
    curves = {row.title: (depths, [hit_rate(row.ranks, k) for k in depths]) for row in ordered}
    write_lines(path, Labels("Targets found among the best k", "k", "HR@k"), curves)


def _body(protocol: Protocol, compared: Compared, curves: Path) -> str:
    people, others = compared.people, compared.rows[compared.networks :]
    parts = [render(compared.rows, compared.reference, people)]
    if compared.networks:
        leads = render_leads([compared.rows[0], *others], compared.reference, people)
        parts += ["Against the best other engine:", leads]
    parts += ["Published by others:", render_published(protocol.name)]
    return "\n\n".join([*parts, f"![HR@k of every engine]({curves.name})"])
