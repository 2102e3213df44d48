from importlib import import_module
from types import SimpleNamespace

import pytest

from model_server.evaluation import __main__ as command
from model_server.evaluation.parts import RESULTS, Arguments, LeftOutError


@pytest.fixture
def evaluate(monkeypatch, tmp_path):
    def run(*arguments, **environ):
        for name, value in environ.items():
            monkeypatch.setenv(name, str(value))
        monkeypatch.setattr("sys.argv", ["evaluate", "--out", str(tmp_path / "out"), *arguments])
        return command.main()

    return run


def test_a_missing_artifact_is_named(evaluate, tmp_path, capsys):
    assert evaluate("engines", ARTIFACT=tmp_path / "nothing") == 1
    assert f"{tmp_path / 'nothing'} is no artifact" in capsys.readouterr().err


def test_a_group_that_is_neither_is_refused(evaluate, capsys):
    with pytest.raises(SystemExit):
        evaluate("--split", "train")
    assert "'validation', 'test'" in capsys.readouterr().err


def test_nothing_is_written_when_something_is_missing(evaluate, tmp_path):
    evaluate("engines", ARTIFACT=tmp_path / "nothing")
    assert not (tmp_path / "out").exists()


@pytest.fixture
def parts(monkeypatch):
    """Three parts that are not measured: what each was run with, in the order of their runs."""
    runs = []

    def run_as(name, error):
        def run(environ, arguments):
            runs.append((name, arguments))
            if error is not None:
                raise error

        return SimpleNamespace(run=run)

    modules = {"good": run_as("good", None)}
    modules["absent"] = run_as("absent", LeftOutError("there is no ml-1m"))
    modules["broken"] = run_as("broken", ValueError("k must be 1, got 0"))
    monkeypatch.setattr(command, "PARTS", {name: name for name in modules})
    monkeypatch.setattr(command, "import_module", modules.__getitem__)
    return runs


def test_parts_are_run_in_the_order_they_are_named(evaluate, parts, tmp_path):
    assert evaluate("good", "good", "--split", "test", "--people", "3") == 0
    assert parts == [("good", Arguments("test", tmp_path / "out", 3))] * 2


def test_a_seed_is_passed_on(evaluate, parts):
    evaluate("good", "--seed", "7")
    assert parts[0][1].seed == 7


def test_no_name_means_all_parts(evaluate, parts):
    evaluate()
    assert [name for name, _ in parts] == ["good", "absent", "broken"]


def test_validation_is_asked_where_nothing_is_said(evaluate, parts):
    evaluate("good")
    assert parts[0][1].split == "validation"


def test_a_part_that_lacks_its_data_is_left_out_with_the_reason(evaluate, parts, capsys):
    command.PARTS.pop("broken")
    assert evaluate() == 0
    assert "absent is left out: there is no ml-1m" in capsys.readouterr().err


def test_a_part_that_was_asked_for_may_not_be_left_out(evaluate, parts):
    assert evaluate("good", "absent") == 1


def test_the_parts_after_a_broken_one_are_run(evaluate, parts, capsys):
    assert evaluate("broken", "good") == 1
    assert [name for name, _ in parts] == ["broken", "good"]
    assert "k must be 1, got 0" in capsys.readouterr().err


def test_a_part_of_another_name_is_refused_with_those_there_are(evaluate, parts, capsys):
    with pytest.raises(SystemExit):
        evaluate("god")
    assert "part must be one of good, absent, broken, got 'god'" in capsys.readouterr().err


@pytest.mark.parametrize("module", command.PARTS.values())
def test_every_part_is_a_module_that_can_be_run(module):
    assert callable(import_module(module).run)


@pytest.mark.parametrize("part", command.PARTS)
def test_every_part_stands_in_the_list_of_results(part):
    assert f"`{part}`" in (RESULTS / "README.md").read_text()
