"""`python -m model_server.evaluation [PART ...]`: measure parts by name, or all of them.

Each part prints a page and keeps it as Markdown.
"""

import argparse
import sys
from collections.abc import Iterable
from importlib import import_module

from model_server.evaluation.parts import (
    PACKAGE,
    Arguments,
    Run,
    add_arguments,
    read_arguments,
    run_part,
)

# Each module has `run(environ, arguments)`; it is imported when its part is run.
PARTS = {
    "engines": f"{PACKAGE}.engines",
    "tags": f"{PACKAGE}.tags",
    "popularity": f"{PACKAGE}.popularity",
    "dislikes": f"{PACKAGE}.dislikes.__main__",
    "visitor": f"{PACKAGE}.visitor.__main__",
    "leave-one-out": f"{PACKAGE}.movielens_1m.evaluate_leave_one_out",
    "global-time": f"{PACKAGE}.movielens_1m.evaluate_global_time",
}


def main() -> int:
    """Run the parts that were asked for; 1 when any of them could not be measured."""
    asked, arguments = _read()
    return max(_run(name, arguments, name in asked) for name in asked or PARTS)


def _run(name: str, arguments: Arguments, is_asked: bool) -> int:
    run: Run = import_module(PARTS[name]).run
    return run_part(name, run, arguments, is_asked)


def _read() -> tuple[list[str], Arguments]:
    parser = argparse.ArgumentParser(prog=f"python -m {PACKAGE}", description=__doc__)
    names = ", ".join(PARTS)
    parser.add_argument("part", nargs="*", metavar="PART", help=f"of {names}; none: all")
    add_arguments(parser)
    parsed = parser.parse_args()
    _refuse_unknown(parser, parsed.part)
    return parsed.part, read_arguments(parsed)


def _refuse_unknown(parser: argparse.ArgumentParser, asked: Iterable[str]) -> None:
    for name in asked:
        if name not in PARTS:
            parser.error(f"part must be one of {', '.join(PARTS)}, got {name!r}")


if __name__ == "__main__":
    sys.exit(main())
