"""What web calls to be answered by the model server."""

import itertools
import os
import threading
import time
import weakref
from typing import Final, TypeVar

import zmq
from zmq.utils import z85

from model_server.protocol import (
    MAX_BUDGET_MS,
    MAX_FRAME_BYTES,
    VERSION,
    Alive,
    Answer,
    Engines,
    Envelope,
    Failure,
    Keys,
    ListEngines,
    Probe,
    ProtocolError,
    Reasons,
    Recommend,
    Recommended,
    Request,
    Similar,
    SimilarMovies,
    Why,
    check_url,
    check_version,
    decode_answer,
    decode_envelope,
    encode_envelope,
    encode_request,
)

DEFAULT_TIMEOUT_MS: Final = 300
RECONNECT_MS: Final = 50

Socket = zmq.Socket[bytes]
A = TypeVar("A", bound=Answer)


class ModelUnavailable(Exception):
    """No answer now: the server is dead, late, busy or broken. The text says what to check."""


class ModelRejected(Exception):
    """The request can never be answered; the text says what is wrong with it."""


class ModelClient:
    """Asks the model server at `url`; safe in any thread and after a fork.

    Every call ends within `timeout_ms`, by an answer or by ModelUnavailable. A tcp:// address
    needs `keys`. Nothing is opened before the first call.
    """

    def __init__(
        self, url: str, timeout_ms: int = DEFAULT_TIMEOUT_MS, keys: Keys | None = None
    ) -> None:
        if not 1 <= timeout_ms <= MAX_BUDGET_MS:
            raise ValueError(f"timeout_ms must be in 1..{MAX_BUDGET_MS}, got {timeout_ms}")
        check_url(url, keys)
        self.url = url
        self.timeout_ms = timeout_ms
        self._keys = keys
        self._local = threading.local()

    def recommend(self, request: Recommend) -> Recommended:
        """Movies and tags after the request's picks."""
        return self._ask(request, Recommended)

    def similar(self, request: Similar) -> SimilarMovies:
        """The movies nearest to the request's movie."""
        return self._ask(request, SimilarMovies)

    def why(self, request: Why) -> Reasons:
        """What the request's picks do for its movie."""
        return self._ask(request, Reasons)

    def engines(self) -> Engines:
        """The engines that a Recommend can name."""
        return self._ask(ListEngines(), Engines)

    def probe(self) -> Alive:
        """The server's metrics, after a real inference."""
        return self._ask(Probe(), Alive)

    def _ask(self, request: Request, kind: type[A]) -> A:
        try:
            answer = self._connection().ask(request, self.timeout_ms)
        except zmq.ZMQError as error:
            raise ModelUnavailable(f"no way to the model server at {self.url}: {error}") from error
        if isinstance(answer, kind):
            return answer
        if isinstance(answer, Failure) and answer.code == "invalid":
            raise ModelRejected(answer.detail)
        said = f"{answer.code}: {answer.detail}" if isinstance(answer, Failure) else repr(answer)
        raise ModelUnavailable(f"the model server at {self.url} said {said}")

    def _connection(self) -> "_Connection":
        # A socket made before a fork hangs in the child for ever, so the process counts too.
        mine: _Connection | None = getattr(self._local, "connection", None)
        if mine is None or mine.process_id != os.getpid():
            mine = self._local.connection = _Connection(self.url, self._keys)
        return mine


class _Connection:
    """The socket of one thread of one process; closed when the thread ends."""

    def __init__(self, url: str, keys: Keys | None) -> None:
        self.process_id = os.getpid()
        self._url = url
        self._tickets = itertools.count(1)
        self._socket = _connect(url, keys)
        self._sender = zmq.Poller()
        self._receiver = zmq.Poller()
        self._sender.register(self._socket, zmq.POLLOUT)
        self._receiver.register(self._socket, zmq.POLLIN)
        weakref.finalize(self, _close, self._socket, self.process_id)

    def ask(self, request: Request, timeout_ms: int) -> Answer:
        """Send a request and wait for the answer that carries its ticket."""
        deadline = time.monotonic() + timeout_ms / 1000
        try:
            body = encode_request(request)
        except ProtocolError as error:
            raise ModelRejected(str(error)) from error
        if not self._sender.poll(timeout_ms):
            raise ModelUnavailable(f"no model server at {self._url}: is it running?")
        ticket = next(self._tickets)
        envelope = encode_envelope(Envelope(VERSION, ticket, _left_ms(deadline)))
        self._socket.send_multipart([envelope, body], flags=zmq.NOBLOCK)
        return self._receive(ticket, deadline, timeout_ms)

    def _receive(self, ticket: int, deadline: float, timeout_ms: int) -> Answer:
        while self._receiver.poll(_left_ms(deadline)):
            frames = self._socket.recv_multipart(flags=zmq.NOBLOCK)
            answer = self._open(frames, ticket)
            if answer is not None:
                return answer
        raise ModelUnavailable(
            f"the model server at {self._url} did not answer in {timeout_ms} ms: is it overloaded?"
        )

    def _open(self, frames: list[bytes], ticket: int) -> Answer | None:
        """The answer in the frames, or None if it answers an earlier request, too late."""
        try:
            envelope = decode_envelope(frames[0])
            if envelope.ticket != ticket:
                return None
            check_version(envelope)
            return decode_answer(frames[-1])
        except ProtocolError as error:
            raise ModelUnavailable(f"{self._url} is no model server of ours: {error}") from error


def _connect(url: str, keys: Keys | None) -> Socket:
    socket: Socket = zmq.Context.instance().socket(zmq.DEALER)
    socket.set(zmq.LINGER, 0)
    socket.set(zmq.IMMEDIATE, 1)
    socket.set(zmq.SNDTIMEO, 0)
    socket.set(zmq.MAXMSGSIZE, MAX_FRAME_BYTES)
    socket.set(zmq.RECONNECT_IVL, RECONNECT_MS)
    if keys is not None:
        socket.set(zmq.CURVE_SERVERKEY, bytes.fromhex(keys.peer_public))
        socket.set(zmq.CURVE_SECRETKEY, bytes.fromhex(keys.secret))
        socket.set(zmq.CURVE_PUBLICKEY, zmq.curve_public(z85.encode(bytes.fromhex(keys.secret))))
    socket.connect(url)
    return socket


def _close(socket: Socket, process_id: int) -> None:
    if os.getpid() == process_id:  # a forked child must not touch its parent's socket
        socket.close()


def _left_ms(deadline: float) -> int:
    return max(0, int((deadline - time.monotonic()) * 1000))
