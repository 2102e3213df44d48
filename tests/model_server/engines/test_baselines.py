import numpy as np
import pytest

from model_server.artifact import load_artifact, save_catalogue, seal
from model_server.engines.base import Event, Query
from model_server.engines.baselines import TITLES, held_baselines, load_baseline
from model_server.engines.fitting import save_baselines
from tests.model_server.engines.conftest import fit_all

SESSION = Query(events=(Event(1, True), Event(2, True)), liked_tags=(4,))


@pytest.fixture
def busy_people(people):
    return people * 5  # so that even the rarest movie has the five likes that links need


@pytest.fixture
def artifact(tmp_path, busy_people, catalogue):
    save_catalogue(tmp_path, catalogue)
    save_baselines(tmp_path, busy_people, catalogue)
    seal(tmp_path, "toy-1", {})
    return load_artifact(tmp_path)


@pytest.mark.parametrize("name", TITLES)
def test_a_loaded_baseline_scores_as_the_fitted_one(name, artifact, busy_people, catalogue):
    fitted = fit_all(busy_people, catalogue)[name].score([SESSION])
    loaded = load_baseline(artifact, name).score([SESSION])
    # weights are kept in half precision
    np.testing.assert_allclose(loaded.movies, fitted.movies, atol=2e-3)


@pytest.mark.parametrize("name", TITLES)
def test_a_loaded_baseline_has_its_name_and_title(name, artifact):
    engine = load_baseline(artifact, name)
    assert (engine.name, engine.title) == (name, TITLES[name])


def test_a_title_is_offered_for_each_of_the_five_baselines(artifact):
    assert list(TITLES) == ["popular", "item_knn", "rules", "ease", "als"]
    assert held_baselines(artifact) == list(TITLES)


def test_a_baseline_of_another_name_is_refused(artifact):
    with pytest.raises(KeyError, match="bpr"):
        load_baseline(artifact, "bpr")
