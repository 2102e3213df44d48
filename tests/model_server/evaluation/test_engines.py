"""What `make evaluate ARGS=engines` writes in a fresh clone."""

import re

import numpy as np
import pytest

from model_server.evaluation import __main__ as command
from model_server.evaluation.cases import Case
from model_server.evaluation.compare import VARIANTS, Comparison
from model_server.evaluation.engines import describe_comparison
from model_server.evaluation.table import Measured


def test_people_who_liked_too_little_and_films_without_a_row_are_counted():
    cases = [Case(0, (), 3, ()), Case(0, (), 0, ()), Case(1, (), 4, ()), Case(1, (), 5, ())]
    rows = [Measured("LSTM", VARIANTS[0].title, np.array([1, 2, 3, 4]))]
    notes = " ".join(describe_comparison(Comparison(rows, cases, 8, "LSTM"), "test", asked=5))
    assert notes.startswith("2 test people; 3 with fewer than two likes are left out")
    assert "4 films, the last 10 likes" in notes
    assert "all 8 films" in notes
    assert "1 targets of the first block and 1 of the second" in notes


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    out = tmp_path_factory.mktemp("results")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MARQUEE_DATA", raising=False)
        patch.delenv("ARTIFACT", raising=False)
        patch.setattr("sys.argv", ["evaluate", "engines", "--out", str(out), "--people", "12"])
        assert command.main() == 0
    return out


@pytest.fixture
def page(out):
    return (out / "engines-validation-ml-latest-small.md").read_text()


@pytest.mark.slow
def test_a_page_is_named_after_its_part_people_and_ratings_and_so_are_its_curves(out):
    assert sorted(path.name for path in out.iterdir()) == [
        "engines-validation-ml-latest-small-hr.png",
        "engines-validation-ml-latest-small-tags.png",
        "engines-validation-ml-latest-small.md",
    ]


@pytest.mark.slow
def test_both_blocks_hold_eight_engines_six_times(page):
    rows = re.findall(r"^\| (?:whole history|1 like|2 likes)", page, re.MULTILINE)
    assert len(rows) == 2 * 6 * (8 + 1)  # eight rows of engines, and one lead


@pytest.mark.slow
def test_the_curves_are_shown(page, out):
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", page)
    assert len(shown) == 2
    assert all((out / name).is_file() for name in shown)


@pytest.mark.slow
def test_a_page_says_that_the_artifact_may_know_the_people(page):
    assert "may flatter it" in page


@pytest.mark.slow
def test_a_page_says_how_to_make_it_again(page):
    command_line = "python -m model_server.evaluation engines --split validation --people 12"
    assert f"- command: `{command_line}`" in page
