"""`python -m model_server.evaluation`: one table of all engines, printed and kept as Markdown."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from model_server.artifact import Artifact, ArtifactError, load_artifact
from model_server.config import ConfigError, from_env
from model_server.data.corpus import Corpus, corpus_path, load_corpus
from model_server.data.errors import DataError
from model_server.data.files import read_gzip_lines
from model_server.engines import lstm
from model_server.evaluation.cases import read_people
from model_server.evaluation.compare import Comparison, Watch, compare, count_steps
from model_server.evaluation.report import (
    describe_comparison,
    describe_corpus,
    describe_origin,
    render_page,
    write_page,
)
from model_server.evaluation.splits import split_people
from model_server.evaluation.table import render
from model_server.training.sequences import corpus_fingerprint

FILMS, RESULTS = Path("starter/catalogue/movies.jsonl.gz"), Path("docs/results")


def main() -> int:
    """Measure, print and write the table; 1 with a message when something needed is missing."""
    arguments = _arguments()
    folder = corpus_path(os.environ)
    try:
        artifact = load_artifact(from_env(os.environ).artifact)
        corpus = load_corpus(folder)
        comparison = _compare(artifact, corpus, arguments.split)
    except (ArtifactError, ConfigError, DataError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    is_own = artifact.manifest["corpus"]["fingerprint"] == corpus_fingerprint(corpus)
    notes = [describe_corpus(folder, is_own), *describe_comparison(comparison, arguments.split)]
    title = f"All engines on {arguments.split} people, {artifact.version}"
    table = render(comparison.rows, comparison.reference)
    page = render_page(title, table, notes, describe_origin(_command(os.environ)))
    name = arguments.split if is_own else f"{folder.resolve().name}-{arguments.split}"
    write_page(arguments.out / f"evaluation-{name}.md", page)
    print(page)
    return 0


def _compare(artifact: Artifact, corpus: Corpus, group: str) -> Comparison:
    split = split_people(corpus.people)
    films = [json.loads(line) for _, line in read_gzip_lines(FILMS)]
    people = read_people(corpus, artifact.catalogue.movies, films)
    with _progress(count_steps(split, group)) as watch:
        network = lstm.load(artifact)
        return compare(network, artifact.catalogue, people, split, group, watch)


@contextmanager
def _progress(steps: int) -> Iterator[Watch]:
    with tqdm(total=steps, unit=" cases") as bar:

        def watch(doing: str, done: int) -> None:
            bar.set_description(doing)
            bar.update(done)

        yield watch


def _command(environ: Mapping[str, str]) -> str:
    names = [name for name in ("ARTIFACT", "MARQUEE_DATA") if environ.get(name)]
    variables = [f"{name}={environ[name]}" for name in names]
    return " ".join([*variables, "python -m model_server.evaluation", *sys.argv[1:]])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m model_server.evaluation", description=__doc__)
    help_text = "test is for a finished model; choices are made on validation"
    parser.add_argument(
        "--split", choices=("validation", "test"), default="validation", help=help_text
    )
    parser.add_argument("--out", type=Path, default=RESULTS, help="the folder of the Markdown file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
