"""The part `tags`: whether tags lead to the film, are proposed, and move the page."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model_server.artifact import Catalogue
from model_server.engines import lstm, popular
from model_server.engines.base import Engine
from model_server.engines.baselines import assemble
from model_server.evaluation.bootstrap import BOOTSTRAP_SEED, RESAMPLES
from model_server.evaluation.cases import TAG_SEED, Case
from model_server.evaluation.compare import ask
from model_server.evaluation.inputs import read_inputs
from model_server.evaluation.measure import Variant, rank_targets
from model_server.evaluation.metrics import hit_rate
from model_server.evaluation.parts import (
    Arguments,
    Watch,
    page_path,
    part_origin,
    progress_bar,
    run_alone,
)
from model_server.evaluation.plots import Labels, write_lines
from model_server.evaluation.report import (
    describe_corpus,
    render_page,
    write_page,
)
from model_server.evaluation.table import Measured, render
from model_server.evaluation.tag_effects import SHOWN, Effects, click_tags, render_effects
from model_server.evaluation.tag_proposals import (
    PROPOSED,
    Proposals,
    most_recalled,
    propose,
    propose_popular,
    render_proposals,
)

NAME = "tags"
MOST_KNOWN = 3
SESSIONS = (
    Variant("nothing said", likes_only=0),
    Variant("1 like alone", likes_only=1),
    Variant("whole history"),
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the part measured: `ranked` by session, tags known and engine; the others by session."""

    ranked: list[Measured]
    proposals: list[Proposals]
    effects: list[Effects]


def run(environ: Mapping[str, str], arguments: Arguments) -> None:
    """Measure what tags do, print the page, write it and its figure."""
    inputs = read_inputs(environ)
    catalogue, chosen = inputs.artifact.catalogue, inputs.group(arguments.split, arguments.people)
    cases = ask(inputs.people, chosen, catalogue, targets=1)
    network = lstm.load(inputs.artifact)
    with progress_bar(count_steps(cases), "sessions") as watch:
        findings = measure(network, cases, catalogue, arguments.seed, watch)
    path = page_path(NAME, arguments, inputs.foreign)
    figure = path.with_suffix(".png")
    notes = [
        describe_corpus(inputs.folder, inputs.is_own),
        *_notes(cases, arguments, most_recalled(cases)),
    ]
    title = f"Tags, {arguments.split} people, {inputs.artifact.version}"
    body = _body(findings, catalogue, network.title, figure.name)
    page = render_page(title, body, notes, part_origin(NAME, environ, arguments))
    write_page(path, page)
    labels = Labels("Films found, by how many of their tags are liked", "tags known", "HR@10")
    write_lines(figure, labels, _curves(findings.ranked))
    print(page)


def measure(
    network: Engine, cases: Sequence[Case], catalogue: Catalogue, seed: int, watch: Watch
) -> Findings:
    """Everything about the tags of a network, and of popularity where that says how hard it is."""
    popularity = assemble({}, catalogue.likes.astype(np.int64), catalogue)[popular.NAME]
    ranked = [
        row for session in SESSIONS for row in _ranked((network, popularity), cases, session, watch)
    ]
    proposals, effects = [], []
    for session in SESSIONS:
        proposals += [
            propose(network, cases, session, catalogue, lambda done: watch("proposing", done)),
            propose_popular(cases, session, catalogue),
        ]
        clicks = click_tags(
            network, cases, session, catalogue, seed, lambda done: watch("clicking", done)
        )
        effects.append(clicks)
    return Findings(ranked, proposals, effects)


def count_steps(cases: Sequence[Case]) -> int:
    """How many sessions `measure` tells its watcher of."""
    return len(SESSIONS) * (2 + 1 + 1) * len(cases)


def _ranked(
    engines: Sequence[Engine], cases: Sequence[Case], session: Variant, watch: Watch
) -> list[Measured]:
    variants = [
        Variant(f"{session.title}, {_tags(count)}", session.likes_only, count)
        for count in range(1 + MOST_KNOWN)
    ]
    ranks = [
        rank_targets(engine, cases, variants, lambda done: watch("ranking", done))
        for engine in engines
    ]
    return [
        Measured(engine.title, variant.title, of_engine[row])
        for row, variant in enumerate(variants)
        for engine, of_engine in zip(engines, ranks, strict=True)
    ]


def _tags(count: int) -> str:
    return "1 tag" if count == 1 else f"{count} tags"


def _curves(ranked: Sequence[Measured]) -> dict[str, tuple[list[float], list[float]]]:
    """HR@10 by how many tags are known, for each engine after each kind of session."""
    curves: dict[str, tuple[list[float], list[float]]] = {}
    for row in ranked:
        session, _, count = row.variant.rpartition(", ")
        counts, found = curves.setdefault(f"{row.title}, {session}", ([], []))
        counts.append(int(count.split()[0]))
        found.append(hit_rate(row.ranks, 10))
    return curves


def _body(findings: Findings, catalogue: Catalogue, reference: str, figure: str) -> str:
    return "\n\n".join(
        [
            "## How tags of the film lead to it",
            render(findings.ranked, reference),
            f"![HR@10 by tags known]({figure})",
            "## Whether the tags proposed are those of the film liked next",
            render_proposals(findings.proposals, reference),
            f"## What a click on a tag does to the first {SHOWN} films",
            render_effects(findings.effects, catalogue),
        ]
    )


def _notes(cases: Sequence[Case], arguments: Arguments, at_most: float) -> list[str]:
    return [
        f"{len(cases)} {arguments.split} people, each asked for the last film they liked; nothing "
        "said: before any pick; 1 like alone: after the film liked right before it and no other; "
        "whole history: after all they liked and disliked before it",
        f"tags known are drawn from the film's own (seed {TAG_SEED}), the same for every engine; "
        "popularity puts the films that carry more of them first, which is what a filter does",
        f"proposed: the share of the film's tags among the {PROPOSED} that the tag head finds most "
        "likely, and whether any is there; a film without tags is not counted; films carry more "
        f"than {PROPOSED} tags, so that no proposer could recall more than {at_most:.4f}; popular "
        "tags: those of the films that train people liked most often, the same for everyone",
        f"a click: one of the {SHOWN} most likely tags, each alike likely (seed {arguments.seed} "
        f"and the person); the shares are of the network's first {SHOWN} films without those in "
        "the session; the mask that hides films with a disliked tag from a visitor is off, so what "
        "moves was moved by the network; rose and fell: of the clicks after which the share could",
        "in brackets: the 95 % interval of the difference to the LSTM, or to before the click, "
        f"from a paired bootstrap over people ({RESAMPLES} resamples, seed {BOOTSTRAP_SEED})",
    ]


if __name__ == "__main__":
    sys.exit(run_alone(NAME, run))
