"""What `make evaluate ARGS=engines` writes in a fresh clone."""

import re

import pytest

from model_server.evaluation import __main__ as command

pytestmark = pytest.mark.slow


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


def test_a_page_is_named_after_its_part_people_and_ratings_and_so_are_its_curves(out):
    assert sorted(path.name for path in out.iterdir()) == [
        "engines-validation-ml-latest-small-hr.png",
        "engines-validation-ml-latest-small-tags.png",
        "engines-validation-ml-latest-small.md",
    ]


def test_both_blocks_hold_eight_engines_six_times(page):
    rows = re.findall(r"^\| (?:whole history|1 like|2 likes)", page, re.MULTILINE)
    assert len(rows) == 2 * 6 * (8 + 1)  # eight rows of engines, and one lead


def test_the_curves_are_shown(page, out):
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", page)
    assert len(shown) == 2
    assert all((out / name).is_file() for name in shown)


def test_a_page_says_that_the_artifact_may_know_the_people(page):
    assert "may flatter it" in page


def test_a_page_says_how_to_make_it_again(page):
    command_line = "python -m model_server.evaluation engines --split validation --people 12"
    assert f"- command: `{command_line}`" in page
