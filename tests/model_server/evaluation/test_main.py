import pytest

from model_server.evaluation import __main__ as command


@pytest.fixture
def evaluate(monkeypatch, tmp_path):
    def run(*arguments, **environ):
        for name, value in environ.items():
            monkeypatch.setenv(name, str(value))
        monkeypatch.setattr("sys.argv", ["evaluate", "--out", str(tmp_path / "out"), *arguments])
        return command.main()

    return run


def test_a_missing_artifact_is_named(evaluate, tmp_path, capsys):
    assert evaluate(ARTIFACT=tmp_path / "nothing") == 1
    assert f"{tmp_path / 'nothing'} is no artifact" in capsys.readouterr().err


def test_a_group_that_is_neither_is_refused(evaluate, capsys):
    with pytest.raises(SystemExit):
        evaluate("--split", "train")
    assert "'validation', 'test'" in capsys.readouterr().err


def test_nothing_is_written_when_something_is_missing(evaluate, tmp_path):
    evaluate(ARTIFACT=tmp_path / "nothing")
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def starter_page(tmp_path_factory):
    """What `make evaluate` writes in a fresh clone."""
    out = tmp_path_factory.mktemp("results")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MARQUEE_DATA", raising=False)
        patch.delenv("ARTIFACT", raising=False)
        patch.setattr("sys.argv", ["evaluate", "--out", str(out)])
        assert command.main() == 0
    (path,) = out.iterdir()
    return path


@pytest.mark.slow
def test_a_page_is_named_after_its_ratings_and_people(starter_page):
    assert starter_page.name == "evaluation-ml-latest-small-test.md"


@pytest.mark.slow
def test_the_table_holds_seven_engines_three_times(starter_page):
    lines = starter_page.read_text().splitlines()
    assert sum(line.startswith(("| 0 ", "| 1 ", "| 2 ")) for line in lines) == 3 * 7


@pytest.mark.slow
def test_a_page_says_that_the_artifact_may_know_the_people(starter_page):
    assert "may flatter it" in starter_page.read_text()


@pytest.mark.slow
def test_a_page_says_how_to_make_it_again(starter_page):
    assert "- command: `python -m model_server.evaluation --out" in starter_page.read_text()
