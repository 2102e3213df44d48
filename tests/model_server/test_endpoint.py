"""Who may reach the model server: one user on this machine, or one key over the network."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import zmq
from zmq.utils import z85

from model_server.client import ModelClient, ModelUnavailable
from model_server.endpoint import EndpointError, listening
from model_server.protocol import Keys

REPOSITORY = Path(__file__).parents[2]
PATIENCE_MS = 10_000
SHORT_MS = 300


def key_pair() -> tuple[str, str]:
    """A new public and secret key."""
    public, secret = (z85.decode(key).hex() for key in zmq.curve_keypair())
    return public, secret


@pytest.fixture
def path(url) -> Path:
    return Path(url.removeprefix("ipc://"))


def test_the_socket_file_is_its_owners_alone(url, path):
    before = os.umask(0)
    try:
        with listening(url):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_the_umask_is_as_before(url):
    before = os.umask(0o027)
    try:
        with listening(url):
            assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)


def test_the_folder_of_the_socket_is_made(tmp_path):
    with listening(f"ipc://{tmp_path}/state/here/model.sock"):
        assert (tmp_path / "state/here/model.sock").is_socket()


def test_a_server_that_ends_takes_its_socket_with_it(url, path):
    with listening(url):
        assert path.is_socket()
    assert not path.exists()


def test_a_socket_that_a_killed_server_left_is_replaced(url, path, recommender, run_server):
    crash = f"import os\nfrom model_server.endpoint import listening\n" \
            f"with listening({url!r}): os._exit(9)"  # fmt: skip
    assert subprocess.run([sys.executable, "-c", crash], cwd=REPOSITORY).returncode == 9
    assert path.is_socket()
    with run_server(url, recommender.answer):
        assert ModelClient(url, PATIENCE_MS).probe().model == "toy-1"


def test_the_socket_of_a_living_server_is_not_taken(url, server):
    with pytest.raises(EndpointError, match="another model server answers"), listening(url):
        pass
    assert ModelClient(url, PATIENCE_MS).probe().model == "toy-1"


def test_a_file_that_is_no_socket_is_not_replaced(url, path):
    path.write_text("mine")
    with pytest.raises(EndpointError, match="no socket"), listening(url):
        pass
    assert path.read_text() == "mine"


def test_an_address_of_another_machine_cannot_be_bound():
    keys = Keys(key_pair()[1], key_pair()[0])
    with (
        pytest.raises(EndpointError, match="cannot be bound"),
        listening("tcp://192.0.2.1:1", keys),
    ):
        pass


def test_tcp_without_keys_is_refused():
    with pytest.raises(ValueError, match="needs CURVE keys"), listening("tcp://127.0.0.1:0"):
        pass


class TestCurve:
    """tcp:// answers the holder of the right key and nobody else."""

    @pytest.fixture
    def pairs(self):
        return {"server": key_pair(), "client": key_pair(), "stranger": key_pair()}

    @pytest.fixture
    def guarded(self, pairs, recommender, run_server):
        keys = Keys(secret=pairs["server"][1], peer_public=pairs["client"][0])
        with run_server("tcp://127.0.0.1:0", recommender.answer, keys) as server:
            yield server

    def test_the_right_keys_are_answered(self, guarded, pairs):
        keys = Keys(secret=pairs["client"][1], peer_public=pairs["server"][0])
        assert ModelClient(guarded.address, PATIENCE_MS, keys).probe().model == "toy-1"

    def test_another_clients_key_is_refused_and_counted(self, guarded, pairs):
        keys = Keys(secret=pairs["stranger"][1], peer_public=pairs["server"][0])
        with pytest.raises(ModelUnavailable):
            ModelClient(guarded.address, SHORT_MS, keys).probe()
        assert guarded.metrics.refused >= 1
        assert guarded.metrics.requests == 0

    def test_a_server_with_another_key_is_not_trusted(self, guarded, pairs):
        keys = Keys(secret=pairs["client"][1], peer_public=pairs["stranger"][0])
        with pytest.raises(ModelUnavailable):
            ModelClient(guarded.address, SHORT_MS, keys).probe()
        assert guarded.metrics.requests == 0

    def test_a_client_without_keys_is_refused(self, guarded):
        socket = zmq.Context.instance().socket(zmq.DEALER)
        socket.set(zmq.LINGER, 0)
        socket.set(zmq.IMMEDIATE, 1)
        socket.connect(guarded.address)
        assert not socket.poll(SHORT_MS, zmq.POLLOUT)
        socket.close()
        assert guarded.metrics.requests == 0

    def test_the_right_client_is_answered_after_the_wrong_one(self, guarded, pairs):
        self.test_another_clients_key_is_refused_and_counted(guarded, pairs)
        self.test_the_right_keys_are_answered(guarded, pairs)
