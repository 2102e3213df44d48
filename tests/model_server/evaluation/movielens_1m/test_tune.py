from itertools import product

import numpy as np
import pytest

from model_server.engines import ease, item_knn, rules
from model_server.evaluation.movielens_1m import tune
from model_server.evaluation.movielens_1m.baselines import BLEND, fit_linked, learn
from model_server.evaluation.movielens_1m.measure import rank_cases
from model_server.evaluation.movielens_1m.protocol import Case
from model_server.evaluation.movielens_1m.scorers import Blend
from model_server.evaluation.movielens_1m.settings import SETTINGS
from model_server.evaluation.movielens_1m.tune import (
    GRIDS,
    PROTOCOLS,
    WEIGHTS,
    Asked,
    Grid,
    blend_ranks,
    count_trials,
    draw,
    try_all,
    try_engine,
)


def case(*earlier, target):
    return Case(0, np.array(earlier, dtype=np.int32), target)


@pytest.fixture
def asked():
    """What comes after 1 is 2, and after 4 is 5; ten people rated 3 with all of them."""
    sequences = [[3, 1, 2], [3, 4, 5]] * 5
    learnt = learn([np.array(sequence, dtype=np.int32) for sequence in sequences], movies=6)
    return Asked(learnt, [case(1, target=2), case(2, 4, target=5)])


@pytest.fixture
def small(monkeypatch):
    """A grid of two rules and two EASE at two decays."""
    grids = {
        rules: Grid({"window": (1, 2)}, (0.9, 0.5)),
        ease: Grid({"penalty": (1, 10)}, (1.0, 0.9)),
    }
    monkeypatch.setattr(tune, "GRIDS", grids)


@pytest.mark.usefixtures("small")
def test_every_combination_of_settings_is_tried(asked):
    tried = [str(setting) for setting, _ in try_engine(rules, asked)]
    assert tried == [
        "window 1, decay 0.9",
        "window 1, decay 0.5",
        "window 2, decay 0.9",
        "window 2, decay 0.5",
    ]


@pytest.mark.usefixtures("small")
def test_a_trial_measures_what_it_says(asked):
    _, trial = next(try_engine(rules, asked))
    assert (trial.title, trial.means.tolist()) == (rules.TITLE, [1, 1, 1])


@pytest.mark.usefixtures("small")
def test_engines_are_tried_first_and_then_every_ease_in_a_blend(asked):
    heard = []
    trials = try_all(asked, lambda: heard.append(1))
    assert [trial.title for trial in trials] == [*[rules.TITLE] * 4, *["EASE"] * 4, *[BLEND] * 8]
    assert len(heard) == len(trials) == count_trials()
    said = "rules window 1, decay 0.9; EASE penalty 1, decay 1; rules times 0."
    assert trials[-8].settings.startswith(said)


def test_a_blend_ranks_at_every_weight_as_it_would_alone(asked):
    first = fit_linked(rules, {"window": 2}, asked.learnt)(0.5)
    second = fit_linked(item_knn, {"neighbours": 2}, asked.learnt)(0.9)
    ranks = blend_ranks(first, second, asked.cases)
    for weight, found in zip(WEIGHTS, ranks, strict=True):
        alone = rank_cases(Blend("toy", first, second, weight), asked.cases)
        assert found.tolist() == alone.tolist()


def test_few_cases_are_all_asked_and_of_many_an_equal_draw():
    cases = [case(target=1) for _ in range(50)]
    assert draw(cases, most=50) == cases
    assert len(draw(cases, most=20)) == 20
    assert draw(cases, most=20) == draw(cases, most=20)


@pytest.mark.parametrize(("name", "engine"), list(product(PROTOCOLS, GRIDS)))
def test_the_settings_in_use_are_among_those_tried(name, engine):
    setting = SETTINGS[name].engines[engine.NAME]
    assert setting.decay in GRIDS[engine].decays
    assert setting.arguments in GRIDS[engine].combinations()


@pytest.mark.parametrize("name", PROTOCOLS)
def test_the_blend_in_use_is_among_those_tried(name):
    settings = SETTINGS[name]
    of_rules, of_ease = settings.blended
    assert of_rules.arguments == settings.engines[rules.NAME].arguments
    assert of_rules.decay in GRIDS[rules].decays
    assert of_ease.arguments in GRIDS[ease].combinations()
    assert of_ease.decay in GRIDS[ease].decays
    assert settings.weight in WEIGHTS
