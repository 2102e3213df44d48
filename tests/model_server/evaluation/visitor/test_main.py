import pytest

from model_server.evaluation import __main__ as command


@pytest.fixture
def evaluate(monkeypatch, tmp_path):
    def run(*arguments, **environ):
        for name in ("MARQUEE_DATA", "ARTIFACT"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environ.items():
            monkeypatch.setenv(name, str(value))
        monkeypatch.setattr(
            "sys.argv", ["evaluate", "visitor", "--out", str(tmp_path / "out"), *arguments]
        )
        return command.main()

    return run


def test_a_missing_artifact_is_named(evaluate, tmp_path, capsys):
    assert evaluate(ARTIFACT=tmp_path / "nothing") == 1
    assert f"{tmp_path / 'nothing'} is no artifact" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_person_with_one_event_wants_nothing(evaluate, tmp_path, capsys):
    lines = [f"{person},{movie},5.0,{movie}" for person in range(1, 21) for movie in (318,)]
    (tmp_path / "ratings.csv").write_text("\n".join(["userId,movieId,rating,timestamp", *lines]))
    assert evaluate(MARQUEE_DATA=tmp_path) == 1
    assert "none of the 2 validation people liked two films" in capsys.readouterr().err


@pytest.mark.slow
def test_the_part_writes_its_page_and_figure(evaluate, tmp_path):
    assert evaluate("--people", "4") == 0
    page = (tmp_path / "out" / "visitor-validation-ml-latest-small.md").read_text()
    assert (tmp_path / "out" / "visitor-validation-ml-latest-small.png").is_file()
    assert page.count("\n| LSTM |") == 2
    assert "- command: `python -m model_server.evaluation visitor" in page
    assert "4 validation people, each wanting one film" in page
