import sys
from types import SimpleNamespace

import numpy as np
import pytest

from model_server.evaluation.movielens_1m import network
from model_server.evaluation.movielens_1m.network import LOADER, find_networks, network_folder
from model_server.evaluation.movielens_1m.protocol import Person, build_protocol
from model_server.vocab import Vocab


@pytest.fixture
def protocol():
    return build_protocol("toy", [Person(np.array([30, 10, 20], dtype=np.int32), 1, 2, 1)])


@pytest.fixture
def loader(monkeypatch, protocol):
    """Stands in for the module that loads networks; `movies` is what they were trained on."""
    stub = SimpleNamespace(movies=protocol.movies, loaded=[])

    def load_scorer(folder):
        if not list(folder.iterdir()):
            raise FileNotFoundError("no weights")
        stub.loaded.append(f"{folder.parent.name}/{folder.name}")
        return SimpleNamespace(title="LSTM", movies=stub.movies)

    monkeypatch.setitem(sys.modules, LOADER, SimpleNamespace(load_scorer=load_scorer))
    return stub


@pytest.fixture
def trained(tmp_path):
    def leave(name, root="training"):
        (tmp_path / root / name).mkdir(parents=True)
        (tmp_path / root / name / "weights").touch()

    return leave


def test_the_folder_is_under_the_state(tmp_path):
    environ = {"STATE_DIR": str(tmp_path), "MARQUEE_DATA": ""}
    assert network_folder(environ, "toy") == tmp_path / "training" / "toy"


def test_a_network_is_loaded_by_its_title(tmp_path, protocol, loader, trained):
    trained("toy")
    assert list(find_networks({"STATE_DIR": str(tmp_path)}, protocol)) == ["LSTM"]


def test_other_seeds_come_after_it_with_their_names(tmp_path, protocol, loader, trained):
    for name in ("toy-seed-3", "toy-seed-2", "toy", "another"):
        trained(name)
    found = find_networks({"STATE_DIR": str(tmp_path)}, protocol)
    assert list(found) == ["LSTM", "LSTM, seed-2", "LSTM, seed-3"]
    assert loader.loaded == ["training/toy", "training/toy-seed-2", "training/toy-seed-3"]


def test_a_kept_network_is_read_where_none_of_its_name_was_trained(
    tmp_path, protocol, loader, trained, monkeypatch
):
    monkeypatch.setattr(network, "KEPT", tmp_path / "kept")
    for name in ("toy", "toy-seed-2"):
        trained(name, "kept")
    trained("toy")
    assert list(find_networks({"STATE_DIR": str(tmp_path)}, protocol)) == ["LSTM", "LSTM, seed-2"]
    assert loader.loaded == ["training/toy", "kept/toy-seed-2"]


def test_without_a_network_it_is_said_how_to_train_one(tmp_path, protocol, capsys):
    assert find_networks({"STATE_DIR": str(tmp_path)}, protocol) == {}
    said = capsys.readouterr().err
    assert f"no trained network under {tmp_path / 'training' / 'toy'}" in said
    assert "`python -m model_server.training --protocol toy` trains one" in said


def test_a_folder_without_a_whole_network_is_left_out(tmp_path, protocol, loader, capsys):
    (tmp_path / "training" / "toy").mkdir(parents=True)
    assert find_networks({"STATE_DIR": str(tmp_path)}, protocol) == {}
    assert "holds no whole network: no weights" in capsys.readouterr().err


def test_a_network_of_other_movies_is_refused(tmp_path, protocol, loader, trained):
    trained("toy")
    loader.movies = Vocab(np.array([10, 20, 30], dtype=np.int32))
    with pytest.raises(ValueError, match="was trained on other movies than those of toy"):
        find_networks({"STATE_DIR": str(tmp_path)}, protocol)
