"""What the parts of the evaluation share: their arguments, how they are run, where pages go."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from model_server.evaluation.inputs import UNUSABLE, describe_command
from model_server.evaluation.report import Origin, describe_origin

RESULTS = Path("docs/results")
PACKAGE = "model_server.evaluation"
SEED = 2026

Watch = Callable[[str, int], object]


class LeftOutError(Exception):
    """A part cannot be measured with what is here; the text says what it lacks."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """Which people are asked, `validation` or `test`, how many of them, and where pages go.

    people: only the first so many of the group, for a quick look; None: all. seed: of what a part
    draws at random.
    """

    split: str = "validation"
    out: Path = RESULTS
    people: int | None = None
    seed: int = SEED


Run = Callable[[Mapping[str, str], Arguments], None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that every part has."""
    parser.add_argument(
        "--split",
        choices=("validation", "test"),
        default=Arguments().split,
        help="test is for a finished model; choose between models on validation (default)",
    )
    parser.add_argument("--out", type=Path, default=RESULTS, help="the folder of the pages")
    parser.add_argument("--people", type=_count, help="ask only so many of them, for a quick look")
    parser.add_argument("--seed", type=int, default=SEED, help="of what is drawn at random")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a number from 1, got {text!r}")
    return int(text)


def read_arguments(parsed: argparse.Namespace) -> Arguments:
    """The options that `add_arguments` added."""
    return Arguments(parsed.split, parsed.out, parsed.people, parsed.seed)


def run_alone(name: str, run: Run) -> int:
    """What `python -m` of a part's own module does; its exit status."""
    parser = argparse.ArgumentParser(prog=f"python -m {PACKAGE} {name}")
    add_arguments(parser)
    return run_part(name, run, read_arguments(parser.parse_args()))


def run_part(name: str, run: Run, arguments: Arguments, is_asked: bool = True) -> int:
    """Run one part; 1 with a message where something needed is missing.

    A part that nobody asked for by name may be left out: that is 0, with the reason.
    """
    try:
        run(os.environ, arguments)
    except LeftOutError as error:
        print(f"{name} is left out: {error}", file=sys.stderr)
        return int(is_asked)
    except UNUSABLE as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def page_path(name: str, arguments: Arguments, corpus: str = "") -> Path:
    """Where a part's page goes; `corpus` names ratings that are not the artifact's own."""
    words = [name, arguments.split, *([corpus] if corpus else [])]
    return arguments.out / f"{'-'.join(words)}.md"


def part_origin(name: str, environ: Mapping[str, str], arguments: Arguments) -> Origin:
    """Where the figures of a part come from, with the command that makes them again."""
    people = [] if arguments.people is None else ["--people", str(arguments.people)]
    seed = [] if arguments.seed == SEED else ["--seed", str(arguments.seed)]
    words = [name, "--split", arguments.split, *people, *seed]
    return describe_origin(describe_command(PACKAGE, environ, words))


@contextmanager
def progress_bar(steps: int, unit: str) -> Iterator[Watch]:
    """A bar of so many steps that is told what is being done and how many steps of it are new."""
    with tqdm(total=steps, unit=f" {unit}") as bar:

        def watch(doing: str, done: int) -> None:
            bar.set_description(doing)
            bar.update(done)

        yield watch
