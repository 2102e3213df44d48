import re
import subprocess

import pytest

from model_server.evaluation import report
from model_server.evaluation.report import (
    Origin,
    describe_corpus,
    describe_machine,
    read_commit,
    render_page,
    write_page,
)


def test_a_page_holds_title_table_notes_and_origin():
    origin = Origin("make evaluate", "one core", "2026-11-22", "abc1234")
    assert render_page("Engines", "| table |", ["a note"], origin) == (
        "# Engines\n\n| table |\n\n- a note\n- command: `make evaluate`\n"
        "- machine: one core\n- date: 2026-11-22, commit: abc1234\n"
    )


def test_a_page_is_written_with_its_folder_and_nothing_beside_it(tmp_path):
    path = tmp_path / "docs" / "results" / "page.md"
    write_page(path, "text")
    assert path.read_text() == "text"
    assert list(path.parent.iterdir()) == [path]


def test_ratings_that_the_artifact_may_have_learnt_from_are_named_so(tmp_path):
    assert "may flatter it" in describe_corpus(tmp_path, is_own=False)
    assert "from nobody else" in describe_corpus(tmp_path, is_own=True)


def test_the_machine_is_named_with_its_cores():
    assert re.search(r"\S+, \d+ cores, Linux, Python 3\.11", describe_machine())


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b"]
    (tmp_path / "file").write_text("one")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "One"]):
        subprocess.run([*git, *command], check=True)
    return tmp_path


def test_the_commit_is_the_one_checked_out(checkout):
    assert re.fullmatch(r"[0-9a-f]{7,}", read_commit())


def test_a_checkout_with_changes_is_dirty(checkout):
    (checkout / "file").write_text("two")
    assert read_commit().endswith("-dirty")


def test_outside_git_the_commit_is_unknown(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert report.read_commit() == "unknown"
