from types import SimpleNamespace

import numpy as np
import pytest

from model_server.engines import rules
from model_server.evaluation import tune
from model_server.evaluation.cases import build_cases, read_people
from model_server.evaluation.splits import split_people
from model_server.evaluation.tune import (
    GRIDS,
    Trial,
    count_trials,
    linked_grid,
    main,
    render_trials,
    try_grid,
)
from tests.model_server.evaluation.conftest import FILMS


@pytest.fixture
def inputs(catalogue, crowd):
    people, split = read_people(crowd, catalogue.movies, FILMS), split_people(crowd.people)
    return SimpleNamespace(
        artifact=SimpleNamespace(catalogue=catalogue), people=people, split=split
    )


def test_every_combination_of_settings_is_tried(inputs, catalogue):
    cases = build_cases(inputs.people, inputs.split.validation, catalogue)
    grid = linked_grid(rules, {"window": (1, 2), "shrinkage": (0, 5)}, (0.9, 0.5))
    trials = list(try_grid(grid, inputs, cases))
    assert [trial.settings for trial in trials] == [
        "window 1, shrinkage 0, decay 0.9",
        "window 1, shrinkage 0, decay 0.5",
        "window 1, shrinkage 5, decay 0.9",
        "window 1, shrinkage 5, decay 0.5",
        "window 2, shrinkage 0, decay 0.9",
        "window 2, shrinkage 0, decay 0.5",
        "window 2, shrinkage 5, decay 0.9",
        "window 2, shrinkage 5, decay 0.5",
    ]
    assert count_trials(grid) == 8


def test_a_trial_measures_what_was_fitted_on_train_people(inputs, catalogue):
    cases = build_cases(inputs.people, inputs.split.validation, catalogue)
    trial = next(try_grid(linked_grid(rules, {"window": (1,)}, (0.5,)), inputs, cases))
    # everyone liked 30 right after 20, or 60 right after 50
    assert trial.means.tolist() == [1, 1, 1]


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.engine.NAME)
def test_the_settings_in_use_are_among_those_tried(grid):
    in_use = {name.lower(): value for name, value in vars(grid.engine).items() if name.isupper()}
    assert in_use["decay"] in grid.decays
    for argument, values in grid.arguments.items():
        assert in_use[argument] in values


def test_the_best_ndcg_of_each_engine_is_bold():
    trials = [
        Trial("A", "k 1", np.array([0.5, 0.25, 0.75])),
        Trial("A", "k 2", np.array([0.5, 0.5, 0.75])),
        Trial("B", "k 1", np.array([0.125, 0.125, 0.125])),
    ]
    assert render_trials(trials).splitlines()[2:] == [
        "| A | k 1 | 0.5000 | 0.2500 | 0.7500 |",
        "| A | k 2 | 0.5000 | **0.5000** | 0.7500 |",
        "| B | k 1 | 0.1250 | **0.1250** | 0.1250 |",
    ]


def test_an_engine_of_another_name_is_refused_with_those_there_are(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["tune", "bpr"])
    with pytest.raises(SystemExit):
        main()
    message = "engine must be one of item_knn, rules, ease, als, got 'bpr'"
    assert message in capsys.readouterr().err


def test_settings_of_named_engines_have_a_page_of_their_own(inputs, monkeypatch, tmp_path, capsys):
    inputs.folder = tmp_path
    monkeypatch.setattr(tune, "read_inputs", lambda _environ: inputs)
    monkeypatch.setattr(tune, "PAGE", tmp_path / "baselines.md")
    monkeypatch.setattr("sys.argv", ["tune", "rules"])
    assert main() == 0
    page = (tmp_path / "baselines-rules.md").read_text()
    assert page.count("| Sequential rules |") == 24
    assert "python -m model_server.evaluation.tune rules`" in page
