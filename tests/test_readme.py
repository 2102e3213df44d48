"""What the README says of variables and commands is so."""

import dataclasses
import re
from pathlib import Path

import pytest

import model_server.config
import web.config

REPOSITORY = Path(__file__).parents[1]
README = (REPOSITORY / "README.md").read_text()
CONFIGS = (web.config.Config, model_server.config.Config)
READ_ELSEWHERE = {"MARQUEE_DATA"}  # by training and evaluation
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
A_PLACE_OF_OURS = re.compile(r"(^|[ =`(])/(work|root|home|tmp)/", re.MULTILINE)
ROW = re.compile(r"^\| *`([A-Z][A-Z0-9_]+)` *\|([^|]*)\|([^|]*)\|", re.MULTILINE)


def rows() -> dict[str, str]:
    """The configuration table: each variable and its default, as written."""
    return {
        name: default.strip().strip("`").rstrip("/") for name, default, _ in ROW.findall(README)
    }


def defaults() -> dict[str, set[str]]:
    """Each variable of the two processes, and its default as a reader would write it."""
    found: dict[str, set[str]] = {}
    for config in CONFIGS:
        for field in dataclasses.fields(config):
            found.setdefault(field.name.upper(), set()).add(written(field.default))
    return found


def written(value: object) -> str:
    """A default in the README's words: a path is relative to the clone, "" is an empty cell."""
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, Path) and value.is_relative_to(REPOSITORY):
        return str(value.relative_to(REPOSITORY))
    return str(value)


def test_the_table_names_every_variable_and_no_other():
    assert set(rows()) - READ_ELSEWHERE == set(defaults())


@pytest.mark.parametrize("name", defaults())
def test_a_default_is_the_one_in_the_code(name):
    assert {rows()[name]} == defaults()[name]


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)\b", README))))
def test_every_make_target_that_is_named_exists(target):
    assert re.search(rf"^{target}:", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)


def test_every_picture_and_page_that_is_linked_is_there():
    linked = [link for link in LINK.findall(README) if "://" not in link]
    assert linked != []
    assert [link for link in linked if not (REPOSITORY / link).exists()] == []


def test_no_line_waits_to_be_written():
    assert re.findall(r"^(?:[A-Z]{4,}|.*\b(?:TODO|TBD|FIXME)\b.*)$", README, re.MULTILINE) == []


@pytest.mark.parametrize("page", ["README.md", "starter/README.md", "docs"])
def test_no_page_names_a_folder_of_the_machine_it_was_written_on(page):
    root = REPOSITORY / page
    pages = sorted(root.rglob("*.md")) if root.is_dir() else [root]
    found = {str(one): A_PLACE_OF_OURS.findall(one.read_text()) for one in pages}
    assert {name: places for name, places in found.items() if places} == {}


def test_it_is_shorter_than_200_lines():
    assert len(README.splitlines()) < 200
