"""The part `engines`: one table of all engines, and the curves drawn of it."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from model_server.engines import lstm
from model_server.engines.fitting import SERVED_LINKS
from model_server.evaluation.bootstrap import BOOTSTRAP_SEED, RESAMPLES
from model_server.evaluation.cases import TAG_SEED, Case
from model_server.evaluation.compare import (
    TARGETS,
    VARIANTS,
    Comparison,
    ask,
    compare,
    count_steps,
)
from model_server.evaluation.inputs import Inputs, read_inputs
from model_server.evaluation.metrics import hit_rate
from model_server.evaluation.parts import (
    Arguments,
    page_path,
    part_origin,
    progress_bar,
    run_alone,
)
from model_server.evaluation.plots import Labels, write_lines
from model_server.evaluation.report import describe_corpus, render_page, write_page
from model_server.evaluation.table import render, render_leads
from model_server.protocol import MAX_PICKS

NAME = "engines"
DEEPEST = 50  # the last k of the curves


def run(environ: Mapping[str, str], arguments: Arguments) -> None:
    """Measure all engines, print the page, write it and its curves."""
    inputs = read_inputs(environ)
    chosen = inputs.group(arguments.split, arguments.people)
    comparison = _compare(inputs, ask(inputs.people, chosen, inputs.artifact.catalogue))
    path = page_path(NAME, arguments, inputs.foreign)
    notes = [
        describe_corpus(inputs.folder, inputs.is_own),
        *describe_comparison(comparison, arguments.split, len(chosen)),
    ]
    title = f"All engines on {arguments.split} people, {inputs.artifact.version}"
    body, origin = _body(comparison, path), part_origin(NAME, environ, arguments)
    page = render_page(title, body, notes, origin)
    write_page(path, page)
    draw(comparison, path)
    print(page)


def describe_comparison(comparison: Comparison, group: str, asked: int) -> list[str]:
    """How the figures came about and what they do not say. asked: how many people there are."""
    last = comparison.of_last_likes()
    return [
        f"{len(last.cases)} {group} people; {asked - len(last.cases)} with fewer than two likes "
        f"are left out; in the second block {len(comparison.cases)} films, the last {TARGETS} "
        "likes of each person but never their first, each asked for from what came before it",
        f"whole history: all that was liked and disliked before the film, the newest {MAX_PICKS}; "
        "1 or 2 likes alone: a visitor who clicked on nothing but the one or two films liked right "
        "before it, without dislikes",
        f"ranked against all {comparison.movies} films that the model can recommend, but those in "
        "the session as the engine is told it; ties and NaN count against the engine; "
        f"{last.without_row} targets of the first block and {comparison.without_row} of the second "
        "that the model has no row for are a miss for every engine",
        f"tags are drawn from the film's own (seed {TAG_SEED}), the same for every engine; "
        "baselines put films that carry more of them first",
        "in brackets: the 95 % interval of the difference to the LSTM, or of the ratio, from a "
        "paired bootstrap over people, in the second block with all their films "
        f"({RESAMPLES} resamples, seed {BOOTSTRAP_SEED})",
        "the best other engine is the one that came out best on these people, which favours it",
        "the baselines' settings and the blend's weight were chosen on validation people; a newer "
        "like counts more in all of them but where a row says otherwise; EASE is measured with all "
        f"its weights, of which an artifact serves the strongest {SERVED_LINKS} a film",
        "limits: the order is that in which films were rated, not watched, and among ratings of "
        "one second that of the data; other people's later ratings are in the training",
    ]


def draw(comparison: Comparison, page: Path) -> None:
    """Write the two figures of a page beside it: HR@k by engine, and HR@10 by tags known."""
    depths = range(1, DEEPEST + 1)
    whole = [row for row in comparison.rows if row.variant == VARIANTS[0].title]
    curves = {row.title: (depths, [hit_rate(row.ranks, k) for k in depths]) for row in whole}
    labels = Labels(f"Films found among the best k, after the {VARIANTS[0].title}", "k", "HR@k")
    write_lines(_curves_path(page), labels, curves)
    counts = {one.title: one.known_tags for one in VARIANTS if one.likes_only is None}
    by_tags: dict[str, tuple[list[float], list[float]]] = {row.title: ([], []) for row in whole}
    for row in (row for row in comparison.rows if row.variant in counts):
        by_tags[row.title][0].append(counts[row.variant])
        by_tags[row.title][1].append(hit_rate(row.ranks, 10))
    labels = Labels("Films found, by how many of their tags are liked", "tags known", "HR@10")
    write_lines(_tags_path(page), labels, by_tags)


def _body(comparison: Comparison, page: Path) -> str:
    last, people = comparison.of_last_likes(), comparison.people
    reference = comparison.reference
    return "\n\n".join(
        [
            "## The last film that each person liked",
            render(last.rows, reference),
            "Against the best other engine:",
            render_leads(last.rows, reference),
            f"## Each of the last {TARGETS} films that a person liked, in its turn",
            render(comparison.rows, reference, people),
            "Against the best other engine:",
            render_leads(comparison.rows, reference, people),
            f"![HR@k of every engine]({_curves_path(page).name})",
            f"![HR@10 by the number of tags known]({_tags_path(page).name})",
        ]
    )


def _curves_path(page: Path) -> Path:
    return page.with_name(f"{page.stem}-hr.png")


def _tags_path(page: Path) -> Path:
    return page.with_name(f"{page.stem}-tags.png")


def _compare(inputs: Inputs, cases: Sequence[Case]) -> Comparison:
    network, catalogue = lstm.load(inputs.artifact), inputs.artifact.catalogue
    with progress_bar(count_steps(inputs.split, cases), "cases") as watch:
        return compare(network, catalogue, inputs.people, inputs.split, cases, watch)


if __name__ == "__main__":
    sys.exit(run_alone(NAME, run))
