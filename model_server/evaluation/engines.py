"""The part `engines`: one table of all engines, printed and kept as Markdown."""

import sys
from collections.abc import Mapping

from model_server.engines import lstm
from model_server.evaluation.compare import Comparison, compare, count_steps
from model_server.evaluation.inputs import Inputs, read_inputs
from model_server.evaluation.parts import (
    Arguments,
    page_path,
    part_origin,
    progress_bar,
    run_alone,
)
from model_server.evaluation.report import (
    describe_comparison,
    describe_corpus,
    render_page,
    write_page,
)
from model_server.evaluation.table import render

NAME = "engines"


def run(environ: Mapping[str, str], arguments: Arguments) -> None:
    """Measure all engines, print the page and write it."""
    inputs = read_inputs(environ)
    comparison = _compare(inputs, arguments)
    notes = [
        describe_corpus(inputs.folder, inputs.is_own),
        *describe_comparison(comparison, arguments.split),
    ]
    table = render(comparison.rows, comparison.reference)
    title = f"All engines on {arguments.split} people, {inputs.artifact.version}"
    page = render_page(title, table, notes, part_origin(NAME, environ, arguments))
    write_page(page_path(NAME, arguments, inputs.foreign), page)
    print(page)


def _compare(inputs: Inputs, arguments: Arguments) -> Comparison:
    network, catalogue = lstm.load(inputs.artifact), inputs.artifact.catalogue
    chosen = inputs.group(arguments.split, arguments.people)
    with progress_bar(count_steps(inputs.split, chosen), "cases") as watch:
        return compare(network, catalogue, inputs.people, inputs.split, chosen, watch)


if __name__ == "__main__":
    sys.exit(run_alone(NAME, run))
