"""Which engines there are, without loading any before it is asked."""

import numpy as np
import pytest

from model_server.artifact import BASELINES, Artifact
from model_server.engines.registry import Offer, Registry, UnknownEngine, offers_of
from model_server.protocol import EngineInfo


def refuse():
    raise AssertionError("loaded, though nobody asked")


def test_engines_are_listed_without_being_loaded_the_default_first():
    registry = Registry([Offer("lstm", "LSTM", refuse), Offer("ease", "EASE", refuse)])
    assert registry.default == "lstm"
    assert registry.infos == (EngineInfo("lstm", "LSTM", True), EngineInfo("ease", "EASE", False))


def test_an_engine_is_loaded_once(engine):
    loads = []
    registry = Registry([Offer("lstm", "LSTM", lambda: loads.append(1) or engine)])
    assert registry.engine("lstm") is registry.engine("lstm") is engine
    assert loads == [1]


def test_an_unknown_engine_is_told_with_the_names_that_are_allowed():
    registry = Registry([Offer("lstm", "", refuse), Offer("ease", "", refuse)])
    with pytest.raises(UnknownEngine, match="engine must be one of lstm, ease, got 'LSTM'"):
        registry.engine("LSTM")


def test_the_default_engine_must_be_a_network():
    registry = Registry([Offer("popular", "", lambda: object())])
    with pytest.raises(TypeError, match="must be a network, got popular"):
        _ = registry.network


def test_an_artifact_without_baselines_offers_its_network_alone(tmp_path, catalogue):
    artifact = Artifact(tmp_path, {}, catalogue)
    assert [offer.name for offer in offers_of(artifact)] == ["lstm"]


def test_an_artifact_with_baselines_offers_them_too(tmp_path, catalogue):
    some = {f"{name}_weights": [0.0] for name in ("item_knn", "rules", "ease")}
    np.savez(tmp_path / BASELINES, likes=[0], als_factors=[0.0], **some)
    offers = offers_of(Artifact(tmp_path, {}, catalogue))
    assert offers[0].name == "lstm"
    assert {offer.name for offer in offers[1:]} == {"popular", "item_knn", "rules", "ease", "als"}
    assert all(offer.title for offer in offers)


def test_a_baseline_that_an_artifact_does_not_hold_is_not_offered(tmp_path, catalogue):
    np.savez(tmp_path / BASELINES, likes=[0], rules_weights=[0.0])
    offers = offers_of(Artifact(tmp_path, {}, catalogue))
    assert [offer.name for offer in offers] == ["lstm", "popular", "rules"]
