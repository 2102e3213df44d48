"""The model server's loop: frames in and out; the worker computes meanwhile."""

import logging
import socket
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import zmq
from zmq.utils.monitor import recv_monitor_message

from model_server.endpoint import Socket, listening
from model_server.metrics import Metrics
from model_server.protocol import (
    VERSION,
    Envelope,
    Failure,
    Keys,
    ProtocolError,
    VersionMismatch,
    check_version,
    decode_envelope,
    decode_request,
    encode_answer,
    encode_envelope,
)
from model_server.worker import QUEUE_LIMIT, Answerer, Job, Worker

READ_AT_ONCE: Final = 256
POLL_MS: Final = 500
STOP_SECONDS: Final = 5.0
REFUSALS: Final = (
    zmq.EVENT_HANDSHAKE_FAILED_AUTH
    | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
    | zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL
)

log = logging.getLogger(__name__)


class ModelServer:
    """Answers what comes to `url` until it is stopped.

    Frames are read while a batch is computed, so that a full queue is told at once and a deadline
    counts from when its request came.
    """

    def __init__(self, url: str, answer: Answerer, keys: Keys | None = None) -> None:
        self.metrics = Metrics()
        self._url = url
        self._keys = keys
        self._worker = Worker(answer, self._hand_over, self.metrics)
        self._finished: deque[tuple[Job, bytes]] = deque()
        self._is_stopping = False
        self._woken, self._wake = socket.socketpair()
        self._woken.setblocking(False)
        self._wake.setblocking(False)

    def stop(self) -> None:
        """End `serve` soon; may be called by any thread and by a signal's handler."""
        self._is_stopping = True
        self._wake_up()

    def serve(self, on_ready: Callable[[str], None]) -> None:
        """Bind, call `on_ready` with the address that was bound, answer until `stop`; once only."""
        with self._woken, self._wake, listening(self._url, self._keys) as front:
            address = front.get_string(zmq.LAST_ENDPOINT)
            monitor = front.get_monitor_socket(REFUSALS | zmq.EVENT_DISCONNECTED)
            self._worker.start()
            try:
                log.info("ready at %s", address)
                on_ready(address)
                self._loop(front, monitor)
            finally:
                self._worker.stop(STOP_SECONDS)
                front.disable_monitor()

    def _loop(self, front: Socket, monitor: Socket) -> None:
        poller = zmq.Poller()
        for source in (front, monitor, self._woken):
            poller.register(source, zmq.POLLIN)
        while not self._is_stopping:
            ready = dict(poller.poll(POLL_MS))
            if self._woken.fileno() in ready:
                self._send_finished(front)
            if monitor in ready:
                self._count_event(monitor)
            if front in ready:
                self._receive(front)
            self._worker.check()

    def _receive(self, front: Socket) -> None:
        """Read what has arrived and let it wait together."""
        jobs = []
        for _ in range(READ_AT_ONCE):
            try:
                frames = front.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                break
            self.metrics.requests += 1
            job = self._read(front, frames)
            if job is not None:
                jobs.append(job)
        for job in self._worker.offer(jobs):
            self.metrics.busy += 1
            detail = f"{QUEUE_LIMIT} requests are waiting"
            _send(front, job.peer, job.ticket, encode_answer(Failure("busy", detail)))

    def _read(self, front: Socket, frames: list[bytes]) -> Job | None:
        """The job in some frames; what is none is counted, and answered if it has a ticket."""
        now = time.monotonic()
        try:
            peer, first, body = frames
            envelope = decode_envelope(first)
        except ValueError:  # ProtocolError, or not three frames
            self.metrics.malformed += 1
            return None
        failure: Failure
        try:
            check_version(envelope)
            request = decode_request(body)
        except VersionMismatch as error:
            self.metrics.outdated += 1
            failure = Failure("version", str(error))
        except ProtocolError as error:
            self.metrics.malformed += 1
            failure = Failure("invalid", str(error))
        else:
            deadline = now + envelope.budget_ms / 1000
            return Job(peer, envelope.ticket, request, now, deadline)
        _send(front, peer, envelope.ticket, encode_answer(failure))
        return None

    def _count_event(self, monitor: Socket) -> None:
        event = recv_monitor_message(monitor)["event"]
        if event == zmq.EVENT_DISCONNECTED:
            self.metrics.disconnected += 1
        else:
            self.metrics.refused += 1

    def _hand_over(self, job: Job, body: bytes) -> None:
        """Called by the worker: let the loop send an answer, for a socket belongs to one thread."""
        self._finished.append((job, body))
        self._wake_up()

    def _wake_up(self) -> None:
        with suppress(OSError):  # full: the loop wakes up anyway; or closed: it has ended
            self._wake.send(b"!")

    def _send_finished(self, front: Socket) -> None:
        self._woken.recv(4096)
        while self._finished:
            job, body = self._finished.popleft()
            _send(front, job.peer, job.ticket, body)


def _send(front: Socket, peer: bytes, ticket: int, body: bytes) -> None:
    envelope = encode_envelope(Envelope(VERSION, ticket))
    front.send_multipart([peer, envelope, body], zmq.NOBLOCK)
