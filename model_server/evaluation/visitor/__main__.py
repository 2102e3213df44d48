"""The part `visitor`: in how few clicks somebody finds one film that they will like."""

import sys
from collections.abc import Mapping

from model_server.evaluation.inputs import read_inputs
from model_server.evaluation.parts import (
    Arguments,
    page_path,
    part_origin,
    progress_bar,
    run_alone,
)
from model_server.evaluation.report import describe_corpus, render_page, write_page
from model_server.evaluation.visitor.engines import makers_of
from model_server.evaluation.visitor.habits import Knowledge
from model_server.evaluation.visitor.page import describe_visitors, draw_curves, render_rows
from model_server.evaluation.visitor.rows import kinds_of_wishes, measure_rows, plan_rows
from model_server.evaluation.visitor.wishes import draw_wishes

NAME = "visitor"


def run(environ: Mapping[str, str], arguments: Arguments) -> None:
    """Let everybody walk, print the page, write it and its figure."""
    inputs = read_inputs(environ)
    catalogue, seed = inputs.artifact.catalogue, arguments.seed
    chosen = inputs.group(arguments.split, arguments.people)
    wishes = draw_wishes(inputs.people, chosen, catalogue, seed)
    if not wishes:
        raise ValueError(f"none of the {len(chosen)} {arguments.split} people liked two films")
    makers = makers_of(inputs.artifact)
    with progress_bar(len(plan_rows(makers)) * len(wishes), "visitors") as watch:
        rows = measure_rows(makers, wishes, Knowledge(catalogue), seed, watch)
    path = page_path(NAME, arguments, inputs.foreign)
    figure, left_out = path.with_suffix(".png"), len(chosen) - len(wishes)
    tables = render_rows(rows, kinds_of_wishes(wishes, catalogue))
    counts = len(wishes), left_out, len(catalogue.movies)
    page = render_page(
        f"Clicks to a film, {arguments.split} people, {inputs.artifact.version}",
        f"{tables}\n\n![The share who found their film]({figure.name})",
        [
            describe_corpus(inputs.folder, inputs.is_own),
            *describe_visitors(*counts, arguments.split, seed),
        ],
        part_origin(NAME, environ, arguments),
    )
    write_page(path, page)
    draw_curves(rows, figure)
    print(page)


if __name__ == "__main__":
    sys.exit(run_alone(NAME, run))
