"""Import films and ratings from files that users can get, into a catalogue and a corpus."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from model_server.data import commands
from model_server.data.corpus import STARTER, corpus_path
from model_server.data.errors import DataError
from model_server.data.tmdb import API_URL, KEY_VARIABLE

Command = Callable[[argparse.Namespace], str]


def parser(environ: Mapping[str, str]) -> argparse.ArgumentParser:
    """All commands and their options, with the defaults that the environment gives."""
    root = argparse.ArgumentParser(prog="python -m model_server.data", description=__doc__)
    state = Path(environ.get("STATE_DIR") or "var")
    root.set_defaults(state=state, key=environ.get(KEY_VARIABLE, ""))
    adding = argparse.ArgumentParser(add_help=False)
    adding.add_argument("--catalogue", type=Path, help="the catalogue to add to")
    adding.add_argument("--out", type=Path, default=state / "catalogue", help="where to write")
    subparsers = root.add_subparsers(required=True, metavar="command")

    def add(command: Command, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        text = command.__doc__
        sub = subparsers.add_parser(command.__name__, help=text, description=text, parents=parents)
        sub.set_defaults(run=command)
        return sub

    releases = add(commands.movielens, adding)
    releases.add_argument("folders", type=Path, nargs="+", metavar="folder")
    releases.add_argument("--corpus", type=Path, default=state / "corpus", help="its folder")
    for from_file in (commands.metadata, commands.keywords, commands.trailers):
        add(from_file, adding).add_argument("file", type=Path)
    from_api = add(commands.tmdb, adding)
    from_api.add_argument("--limit", type=_count, help="how many films, the most rated first")
    from_api.add_argument("--url", default=API_URL, help=argparse.SUPPRESS)
    of_ratings = add(commands.corpus)
    of_ratings.add_argument("--movielens", type=Path, nargs="+", required=True, metavar="folder")
    of_ratings.add_argument("--catalogue", type=Path, help="where ml-100k's films are looked up")
    of_ratings.add_argument("--out", type=Path, default=state / "corpus", help="its folder")
    whole = add(commands.starter)
    whole.add_argument("--data", type=Path, default=corpus_path(environ))
    whole.add_argument("--out", type=Path, default=STARTER)
    return root


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1, got {text!r}")
    return int(text)


def main(argv: list[str], environ: Mapping[str, str]) -> int:
    """Run one command; 0 when it is done, 1 and one line on stderr when the data is bad."""
    arguments = parser(environ).parse_args(argv)
    try:
        print(arguments.run(arguments))
    except DataError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    sys.exit(main(sys.argv[1:], os.environ))
