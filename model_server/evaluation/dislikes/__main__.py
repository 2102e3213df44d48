"""The part `dislikes`: whether the network knows what people dislike, and what a dislike does."""

import argparse
import sys
from collections.abc import Mapping, Sequence

from model_server.engines import lstm
from model_server.engines.baseline import Baseline
from model_server.evaluation.dislikes.findings import Findings, answer, ask, count_steps
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
    baselines = fit_rivals(inputs.people, inputs.split, inputs.artifact.catalogue)
    findings = _measure(inputs, baselines, environ, arguments)
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
    findings = _measure(inputs, [], environ, arguments)
    title = f"# {inputs.artifact.version}"
    print(
        title, render_findings(findings), describe_corpus(inputs.folder, inputs.is_own), sep="\n\n"
    )


def _measure(
    inputs: Inputs,
    baselines: Sequence[Baseline],
    environ: Mapping[str, str],
    arguments: Arguments,
) -> Findings:
    network, catalogue = lstm.load(inputs.artifact), inputs.artifact.catalogue
    ratings = read_ratings(inputs.folder, catalogue.movies, read_films(environ))
    chosen = inputs.group(arguments.split, arguments.people)
    questions = ask(ratings, inputs.people, chosen, len(catalogue.movies), arguments.seed)
    readers = readers_of(network, baselines)
    with progress_bar(count_steps(questions, len(readers)), "sessions") as watch:
        return answer(questions, readers, network, catalogue, arguments.seed, watch)


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
