"""The part `dislikes`: whether the network knows what people dislike, and what a dislike does."""

import argparse
import sys
from collections.abc import Mapping, Sequence

from model_server.engines import lstm
from model_server.engines.baseline import Baseline
from model_server.evaluation.dislikes.findings import (
    Findings,
    Questions,
    answer,
    ask,
    count_steps,
)
from model_server.evaluation.dislikes.page import describe_findings, draw_changes, render_findings
from model_server.evaluation.dislikes.rated import read_ratings
from model_server.evaluation.dislikes.readers import readers_of
from model_server.evaluation.inputs import Inputs, read_films, read_inputs
from model_server.evaluation.parts import (
    PACKAGE,
    Arguments,
    add_arguments,
    page_path,
    part_origin,
    progress_bar,
    read_arguments,
    run_part,
)
from model_server.evaluation.report import describe_corpus, render_page, write_page
from model_server.evaluation.rivals import fit_rivals

NAME = "dislikes"


def run(environ: Mapping[str, str], arguments: Arguments) -> None:
    """Measure the network and the baselines, print the page, write it and its figure."""
    inputs = read_inputs(environ)
    questions = _ask(inputs, environ, arguments)
    baselines = fit_rivals(inputs.people, inputs.split, inputs.artifact.catalogue)
    findings = _answer(inputs, questions, baselines, arguments.seed)
    path = page_path(NAME, arguments, inputs.foreign)
    figure, seed = path.with_suffix(".png"), arguments.seed
    notes = [describe_corpus(inputs.folder, inputs.is_own), *describe_findings(findings, seed)]
    title = f"Dislikes of {arguments.split} people, {inputs.artifact.version}"
    tables, origin = render_findings(findings, figure.name), part_origin(NAME, environ, arguments)
    page = render_page(title, tables, notes, origin)
    write_page(path, page)
    draw_changes(findings, figure)
    print(page)


def run_network(environ: Mapping[str, str], arguments: Arguments) -> None:
    """Measure the network alone, print its tables and write nothing."""
    inputs = read_inputs(environ)
    findings = _answer(inputs, _ask(inputs, environ, arguments), [], arguments.seed)
    parts = [f"# {inputs.artifact.version}", render_findings(findings)]
    print(*parts, describe_corpus(inputs.folder, inputs.is_own), sep="\n\n")


def _ask(inputs: Inputs, environ: Mapping[str, str], arguments: Arguments) -> Questions:
    movies = inputs.artifact.catalogue.movies
    ratings = read_ratings(inputs.folder, movies, read_films(environ))
    chosen, seed = inputs.group(arguments.split), arguments.seed
    return ask(ratings, inputs.people, chosen, len(movies), seed, arguments.people)


def _answer(
    inputs: Inputs, questions: Questions, baselines: Sequence[Baseline], seed: int
) -> Findings:
    network, catalogue = lstm.load(inputs.artifact), inputs.artifact.catalogue
    readers = readers_of(network, baselines)
    with progress_bar(count_steps(questions, len(readers)), "sessions") as watch:
        return answer(questions, readers, network, catalogue, seed, watch)


def main() -> int:
    """Run the part, or only what says whether one network is better than another."""
    parser = argparse.ArgumentParser(prog=f"python -m {PACKAGE}.{NAME}", description=__doc__)
    add_arguments(parser)
    parser.add_argument(
        "--network",
        action="store_true",
        help="measure the network alone and write nothing, to choose between networks",
    )
    parsed = parser.parse_args()
    return run_part(NAME, run_network if parsed.network else run, read_arguments(parsed))


if __name__ == "__main__":
    sys.exit(main())
