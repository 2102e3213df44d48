"""`python -m model_server.data <command>`: import films and ratings from files users can get."""

import argparse
import logging
import os
import sys
from collections import Counter
from pathlib import Path

from model_server.data.build import Sources, build_catalogue
from model_server.data.catalogue import Catalogue, write_catalogue
from model_server.data.corpus import corpus_path, load_corpus
from model_server.data.errors import DataError
from model_server.data.lists import read_keywords, read_trailers
from model_server.data.metadata import read_metadata
from model_server.data.movielens import read_links, read_names

STARTER = Path("starter")


def starter(arguments: argparse.Namespace) -> None:
    """Build starter/catalogue from a folder with everything in it."""
    data: Path = arguments.data
    movielens = data / "movielens"
    named, facts = read_metadata(data / "movies.parquet")
    trailers, spare_names = read_trailers(data / "ml-youtube.csv")
    releases = [movielens, movielens / "ml-latest-small", movielens / "ml-1m"]
    sources = Sources(
        named=(named, *(read_names(release) for release in releases)),
        spare_names=spare_names,
        facts=facts,
        links=read_links(releases[1]) | read_links(releases[0]),
        keywords=read_keywords(data / "tmdb-keywords.csv"),
        trailers=trailers,
        ratings=Counter(load_corpus(data).movie_id.tolist()),
    )
    catalogue = build_catalogue(sources)
    write_catalogue(catalogue, arguments.out / "catalogue")
    _report(catalogue)


def _report(catalogue: Catalogue) -> None:
    rated = sum(film.rating is not None for film in catalogue.films)
    tagged = sum(bool(film.tags) for film in catalogue.films)
    print(
        f"{len(catalogue.films)} films ({rated} with a rating, {tagged} with keywords), "
        f"{len(catalogue.tags)} tags"
    )


def main(argv: list[str]) -> int:
    """Run one command; 0 when it is done, 1 with one line on stderr when the data is bad."""
    parser = argparse.ArgumentParser(prog="python -m model_server.data", description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("starter", help=starter.__doc__)
    command.add_argument("--data", type=Path, default=corpus_path(os.environ))
    command.add_argument("--out", type=Path, default=STARTER)
    command.set_defaults(run=starter)
    arguments = parser.parse_args(argv)
    try:
        arguments.run(arguments)
    except DataError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    sys.exit(main(sys.argv[1:]))
