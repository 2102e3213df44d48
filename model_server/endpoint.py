"""The socket that the model server answers on: who may reach it, and how much they may send."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import zmq
from zmq.auth.thread import ThreadAuthenticator
from zmq.utils import z85

from model_server.protocol import MAX_FRAME_BYTES, Keys, check_url

# A frame over MAX_FRAME_BYTES is answered with an error; over this one libzmq drops its sender.
HARD_FRAME_BYTES: Final = 4 * MAX_FRAME_BYTES
PRIVATE: Final = 0o177  # the umask of a file of mode 0600

Socket = zmq.Socket[bytes]


class EndpointError(Exception):
    """The address cannot be served; the text says why."""


@contextmanager
def listening(url: str, keys: Keys | None = None) -> Iterator[Socket]:
    """A ROUTER socket bound to `url`.

    ipc:// is a file that its owner alone may open; one left behind is replaced, one in use is
    not. tcp:// answers nobody but the holder of the secret key to `keys.peer_public`.
    """
    check_url(url, keys)
    context: zmq.Context[Socket] = zmq.Context()
    try:
        with _alone(url), _admitting(context, keys):
            socket = context.socket(zmq.ROUTER)
            socket.set(zmq.LINGER, 0)
            socket.set(zmq.MAXMSGSIZE, HARD_FRAME_BYTES)
            _bind(socket, url, keys)
            yield socket
            socket.close()
    finally:
        context.destroy(linger=0)


def _bind(socket: Socket, url: str, keys: Keys | None) -> None:
    if keys is not None:
        socket.set(zmq.CURVE_SERVER, 1)
        socket.set(zmq.CURVE_SECRETKEY, bytes.fromhex(keys.secret))
    before = os.umask(PRIVATE)
    try:
        socket.bind(url)
    except zmq.ZMQError as error:
        raise EndpointError(f"{url} cannot be bound: {error}") from error
    finally:
        os.umask(before)


@contextmanager
def _alone(url: str) -> Iterator[None]:
    """Hold the lock beside a socket's file: libzmq would take the file from a living server."""
    if not url.startswith("ipc://"):
        yield
        return
    path = Path(url.removeprefix("ipc://"))
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not stat.S_ISSOCK(path.stat().st_mode):
        raise EndpointError(f"{path} is a file and no socket: it is not replaced")
    with path.with_name(path.name + ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise EndpointError(f"another model server answers at {url}") from error
        try:
            yield
        finally:
            path.unlink(missing_ok=True)  # libzmq leaves it


@contextmanager
def _admitting(context: "zmq.Context[Socket]", keys: Keys | None) -> Iterator[None]:
    """Let in whoever proves to hold the secret key to `keys.peer_public`, and nobody else."""
    if keys is None:
        yield
        return
    admitted = _Admitted(z85.encode(bytes.fromhex(keys.peer_public)))
    authenticator = ThreadAuthenticator(context)
    authenticator.start()
    authenticator.configure_curve_callback(credentials_provider=admitted)
    try:
        yield
    finally:
        authenticator.stop()


class _Admitted:
    """Says yes to one public key, in the form in which ThreadAuthenticator asks."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def callback(self, domain: str, key: bytes) -> bool:
        return key == self._key
