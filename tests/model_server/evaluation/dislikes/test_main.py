import pytest

from model_server.evaluation.dislikes import __main__ as command
from model_server.evaluation.parts import Arguments

HEADINGS = ["## The next film liked and the next disliked", "## What one dislike does"]


@pytest.fixture
def starter(monkeypatch):
    """The artifact and the ratings of a fresh clone, and no baselines."""
    monkeypatch.delenv("MARQUEE_DATA", raising=False)
    monkeypatch.delenv("ARTIFACT", raising=False)
    monkeypatch.setattr(command, "fit_rivals", lambda *_: [])


def test_something_missing_is_named(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("ARTIFACT", str(tmp_path / "nothing"))
    monkeypatch.setattr("sys.argv", ["dislikes", "--network"])
    assert command.main() == 1
    assert f"{tmp_path / 'nothing'} is no artifact" in capsys.readouterr().err


@pytest.mark.slow
def test_a_page_and_its_figure_are_written(starter, tmp_path, capsys):
    command.run({}, Arguments("validation", tmp_path, people=8, seed=3))
    page = (tmp_path / "dislikes-validation-ml-latest-small.md").read_text(encoding="utf-8")
    assert [line for line in page.splitlines() if line.startswith("## ")] == HEADINGS
    assert "(dislikes-validation-ml-latest-small.png)" in page
    assert (tmp_path / "dislikes-validation-ml-latest-small.png").is_file()
    words = "dislikes --split validation --people 8 --seed 3"
    assert f"- command: `python -m model_server.evaluation {words}`" in page
    assert page in capsys.readouterr().out


@pytest.mark.slow
def test_the_network_alone_is_printed_and_not_written(starter, tmp_path, capsys, monkeypatch):
    words = ["--network", "--people", "8", "--out", str(tmp_path / "out")]
    monkeypatch.setattr("sys.argv", ["dislikes", *words])
    assert command.main() == 0
    out = capsys.readouterr().out
    assert all(heading in out for heading in HEADINGS)
    assert not (tmp_path / "out").exists()
