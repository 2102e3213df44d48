import numpy as np
import pytest

from model_server.engines import als, ease, item_knn, rules
from model_server.evaluation.movielens_1m.baselines import (
    BLEND,
    ENGINES,
    fit_baselines,
    fit_engine,
    fit_linked,
    learn,
)
from model_server.evaluation.movielens_1m.settings import SETTINGS, Setting, Settings

NAMES = {engine.NAME for engine in ENGINES}


@pytest.fixture
def learnt():
    """Twenty people: half rated 1, 2, 3 in this order, half 4, 5, 6; all of them had rated 7."""
    sequences = [[7, 1, 2, 3], [7, 4, 5, 6]] * 10
    return learn([np.array(sequence, dtype=np.int32) for sequence in sequences], movies=8)


SMALL = Settings(
    engines={
        item_knn.NAME: Setting({"neighbours": 3, "shrinkage": 0}, 0.7),
        rules.NAME: Setting({"window": 1, "shrinkage": 0}, 0.5),
        ease.NAME: Setting({"penalty": 1}, 0.7),
        als.NAME: Setting({"factors": 4, "alpha": 10, "window": 4}, 0.5),
    },
    blended=(Setting({"window": 2, "shrinkage": 0}, 0.8), Setting({"penalty": 10}, 0.9)),
    weight=0.7,
)


def best(scorer, *history):
    scores = scorer.score([np.array(history, dtype=np.int32)])[0]
    scores[[0, *history]] = -np.inf
    return int(scores.argmax())


def test_popularity_counts_ratings(learnt):
    assert learnt.popularity.tolist() == [0, *[0.5] * 6, 1, 0]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.NAME)
def test_an_engine_finds_what_was_rated_by_the_same_people(learnt, engine):
    setting = SMALL.engines[engine.NAME]
    scorer = fit_engine(engine, setting.arguments, learnt)(setting.decay)
    assert best(scorer, 1, 2) == 3
    assert best(scorer, 4, 5) == 6


def test_an_engine_is_fitted_once_at_any_decay(learnt):
    fitted = fit_linked(rules, {"window": 1, "shrinkage": 0}, learnt)
    # 1 -> 2 is as strong as 4 -> 5: the newest decides, and without decay both are tied
    assert best(fitted(0.5), 1, 4) == 5
    rating = fitted(1.0).rate([np.array([1, 4])])[0]
    assert rating[2] == rating[5]


def test_every_baseline_is_there_with_the_blend_last(learnt):
    heard = []
    titles = [scorer.title for scorer in fit_baselines(learnt, SMALL, heard.append)]
    named = [engine.TITLE for engine in ENGINES]
    assert titles == ["Popularity", *named, f"{BLEND}, 0.7 rules"]
    assert heard == [*named, BLEND]


def test_the_blend_has_rules_and_an_ease_of_its_own(learnt):
    blend = fit_baselines(learnt, SMALL)[-1]
    assert (blend.first.decay, blend.second.decay, blend.weight) == (0.8, 0.9, 0.7)
    expected = fit_linked(rules, {"window": 2, "shrinkage": 0}, learnt)(0.8)
    np.testing.assert_array_equal(blend.first.matrix, expected.matrix)
    expected = fit_linked(ease, {"penalty": 10}, learnt)(0.9)
    np.testing.assert_array_equal(blend.second.matrix, expected.matrix)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_protocol_sets_every_engine(name):
    assert set(SETTINGS[name].engines) == NAMES
