"""The Makefile: the commands that people are told, the order of the checks, the variables."""

import re
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
ORDER = (  # a red step stops the rest
    "ruff check",
    "ruff format --check",
    "-m mypy",
    "make --no-print-directory frontend/dist/index.html",
    "pytest -rs --ignore tests/end_to_end",
    "npm run lint",
    "npm run typecheck",
    "npm test",
    "pytest -rs tests/end_to_end",
)


def make(*arguments: str) -> str:
    """What make prints; MAKEFLAGS of a make that runs the tests are not passed on."""
    result = subprocess.run(
        ["make", *arguments],
        cwd=REPOSITORY,
        env={"PATH": "/usr/bin:/bin", "MAKEFLAGS": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return result.stdout


def planned(target: str) -> str:
    """The commands that make would run for a target, told but not run."""
    return re.sub(r"make\[\d+\]", "make", make("--dry-run", target))


@pytest.mark.parametrize("target", ["run", "test", "lint", "train", "evaluate", "bench", "starter"])
def test_a_target_exists_and_is_explained(target):
    assert planned(target) != ""
    assert f"make {target} " in make("help")


def test_run_ends_in_the_supervisor():
    assert planned("run").rstrip().endswith("exec .venv/bin/python -m deploy.run")


def test_the_checks_run_in_their_order():
    plan = planned("test")
    places = [plan.find(step) for step in ORDER]
    assert -1 not in places, dict(zip(ORDER, places, strict=True))
    assert places == sorted(places)


def test_a_variable_given_to_make_reaches_what_it_starts():
    assert make("--eval", "show: ; @echo $$PORT", "show", "PORT=8123") == "8123\n"


def test_ci_leaves_nothing_out():
    assert "MARQUEE_REQUIRE_ALL=1 make test" in (REPOSITORY / ".ci" / "run").read_text()
