"""`python -m model_server.evaluation`: one table of all engines, printed and kept as Markdown."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from model_server.engines import lstm
from model_server.evaluation.compare import Comparison, Watch, compare, count_steps
from model_server.evaluation.inputs import UNUSABLE, Inputs, describe_command, read_inputs
from model_server.evaluation.report import (
    describe_comparison,
    describe_corpus,
    describe_origin,
    render_page,
    write_page,
)
from model_server.evaluation.table import render

RESULTS = Path("docs/results")


def main() -> int:
    """Measure, print and write the table; 1 with a message when something needed is missing."""
    arguments = _arguments()
    try:
        inputs = read_inputs(os.environ)
        comparison = _compare(inputs, arguments.split)
    except UNUSABLE as error:
        print(error, file=sys.stderr)
        return 1
    page = _page(inputs, comparison, arguments.split)
    prefix = "" if inputs.is_own else f"{inputs.folder.resolve().name}-"
    write_page(arguments.out / f"evaluation-{prefix}{arguments.split}.md", page)
    print(page)
    return 0


def _compare(inputs: Inputs, group: str) -> Comparison:
    network, catalogue = lstm.load(inputs.artifact), inputs.artifact.catalogue
    with _progress(count_steps(inputs.split, group)) as watch:
        return compare(network, catalogue, inputs.people, inputs.split, group, watch)


@contextmanager
def _progress(steps: int) -> Iterator[Watch]:
    with tqdm(total=steps, unit=" cases") as bar:

        def watch(doing: str, done: int) -> None:
            bar.set_description(doing)
            bar.update(done)

        yield watch


def _page(inputs: Inputs, comparison: Comparison, group: str) -> str:
    corpus = describe_corpus(inputs.folder, inputs.is_own)
    notes = [corpus, *describe_comparison(comparison, group)]
    command = describe_command("model_server.evaluation", os.environ, sys.argv[1:])
    table = render(comparison.rows, comparison.reference)
    title = f"All engines on {group} people, {inputs.artifact.version}"
    return render_page(title, table, notes, describe_origin(command))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m model_server.evaluation", description=__doc__)
    parser.add_argument(
        "--split",
        choices=("validation", "test"),
        default="test",
        help="test is for a finished model; choose between models on validation",
    )
    parser.add_argument("--out", type=Path, default=RESULTS, help="the folder of the Markdown file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
