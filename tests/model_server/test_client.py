"""The client: an answer or ModelUnavailable within the deadline, whatever the server does."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import zmq

from model_server import protocol
from model_server.client import ModelClient, ModelRejected, ModelUnavailable
from model_server.protocol import (
    VERSION,
    Envelope,
    Failure,
    Filters,
    Pick,
    Recommend,
    Similar,
    Why,
)

REPOSITORY = Path(__file__).parents[2]
SHORT_MS = 100
# A server in a process of its own, so that it can be killed: it answers and then never again.
SERVER = """
import sys, time
from model_server.protocol import SimilarMovies
from model_server.server import ModelServer

def answer(requests):
    if requests[0].movie_id == 13:
        print("computing", flush=True)
        time.sleep(60)
    return [SimilarMovies((request.movie_id,)) for request in requests]

ModelServer(sys.argv[1], answer).serve(lambda address: print("ready", flush=True))
"""


def start_server(url: str) -> subprocess.Popen:
    """A server process that is ready."""
    command = [sys.executable, "-c", SERVER, url]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=REPOSITORY, text=True)
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture
def process(url):
    process = start_server(url)
    yield process
    kill(process)


class FakeServer:
    """A ROUTER socket by which a test answers just what it wants."""

    def __init__(self, url: str) -> None:
        self.socket = zmq.Context.instance().socket(zmq.ROUTER)
        self.socket.bind(url)

    def hear(self):
        """The next request: who sent it, its ticket, its message."""
        assert self.socket.poll(10_000)
        peer, envelope, body = self.socket.recv_multipart()
        return peer, protocol.decode_envelope(envelope), protocol.decode_request(body)

    def say(self, peer, ticket, answer, version=VERSION) -> None:
        body = answer if isinstance(answer, bytes) else protocol.encode_answer(answer)
        envelope = protocol.encode_envelope(Envelope(version, ticket))
        self.socket.send_multipart([peer, envelope, body])


@pytest.fixture
def fake(url):
    fake = FakeServer(url)
    yield fake
    fake.socket.close(linger=0)


def in_background(call):
    """Start a call; the function that is returned waits for its result or raises its error."""
    outcome: list = []

    def run() -> None:
        try:
            outcome.append((call(), None))
        except (ModelUnavailable, ModelRejected) as error:
            outcome.append((None, error))

    thread = threading.Thread(target=run)
    thread.start()

    def result():
        thread.join(10)
        value, error = outcome[0]
        if error is not None:
            raise error
        return value

    return result


def movies_like(number: int) -> protocol.SimilarMovies:
    return protocol.SimilarMovies((number,))


def test_each_call_gives_its_kind_of_answer(server, client):
    assert [movie.id for movie in client.recommend(Recommend(seen=(20,), limit=1)).movies] == [10]
    assert client.similar(Similar(10, limit=2)).movies == (20, 30)
    assert [one.id for one in client.why(Why(20, (Pick("movie", 10, True),))).reasons] == [10]
    assert [engine.name for engine in client.engines().engines] == ["lstm", "reverse"]
    assert client.probe().model == "toy-1"


def test_nothing_is_opened_before_the_first_call(url):
    before = threading.active_count()  # other tests' libraries may keep a thread
    ModelClient(url)
    assert threading.active_count() == before


def test_an_unknown_engine_is_rejected_with_the_names_that_are_allowed(server, client):
    expected = "engine must be one of lstm, reverse, got 'none'"
    with pytest.raises(ModelRejected, match=expected):
        client.recommend(Recommend(engine="none"))


@pytest.mark.parametrize(
    "request_", [Recommend(limit=101), Recommend(filters=Filters(decades=(1995,)))]
)
def test_a_request_beyond_a_limit_is_rejected_without_a_server(client, request_):
    with pytest.raises(ModelRejected):
        client.recommend(request_)


def test_no_server_is_told_within_the_deadline(url):
    client = ModelClient(url, SHORT_MS)
    start = time.monotonic()
    with pytest.raises(ModelUnavailable, match="is it running"):
        client.probe()
    assert SHORT_MS / 1000 <= time.monotonic() - start < 1


def test_a_server_that_stays_silent_is_told_within_the_deadline(url, fake):
    client = ModelClient(url, SHORT_MS)
    with pytest.raises(ModelUnavailable, match="did not answer in 100 ms"):
        client.probe()


def test_the_request_says_how_long_the_client_waits(fake, client):
    result = in_background(lambda: client.similar(Similar(7)))
    peer, envelope, request = fake.hear()
    assert request == Similar(7)
    assert envelope.version == VERSION
    assert 9_000 < envelope.budget_ms <= 10_000
    fake.say(peer, envelope.ticket, movies_like(7))
    assert result() == movies_like(7)


def test_an_answer_that_comes_too_late_is_not_taken_for_the_next(url, fake):
    client = ModelClient(url, SHORT_MS)
    with pytest.raises(ModelUnavailable):
        client.similar(Similar(1))
    peer, first, _ = fake.hear()
    client.timeout_ms = 10_000
    threading.Thread(target=answer_both, args=(fake, peer, first.ticket)).start()
    assert client.similar(Similar(2)) == movies_like(2)


def answer_both(fake, peer, ticket) -> None:
    """Answer an old request once the next one is here, and then that one."""
    _, second, _ = fake.hear()
    fake.say(peer, ticket, movies_like(1))
    fake.say(peer, second.ticket, movies_like(2))


@pytest.mark.parametrize("code", ["busy", "late", "internal", "version"])
def test_a_failure_that_is_not_the_callers_is_unavailability(fake, client, code):
    result = in_background(lambda: client.similar(Similar(7)))
    peer, envelope, _ = fake.hear()
    fake.say(peer, envelope.ticket, Failure(code, "so it is"))
    with pytest.raises(ModelUnavailable, match=f"{code}: so it is"):
        result()


@pytest.mark.parametrize(
    ("answer", "version"),
    [
        (b"garbage", VERSION),
        (protocol.Engines(()), VERSION),
        (movies_like(7), VERSION + 1),
    ],
    ids=["garbage", "another kind", "another version"],
)
def test_an_answer_that_is_none_is_unavailability(fake, client, answer, version):
    result = in_background(lambda: client.similar(Similar(7)))
    peer, envelope, _ = fake.hear()
    fake.say(peer, envelope.ticket, answer, version)
    with pytest.raises(ModelUnavailable):
        result()


def test_a_server_that_was_killed_is_told_within_the_deadline(process, url):
    client = ModelClient(url, 300)
    assert client.similar(Similar(1)) == movies_like(1)
    kill(process)
    start = time.monotonic()
    with pytest.raises(ModelUnavailable):
        client.similar(Similar(1))
    assert time.monotonic() - start < 1


def test_a_server_killed_while_it_computes_is_told_within_the_deadline(process, url):
    client = ModelClient(url, 1000)
    result = in_background(lambda: client.similar(Similar(13)))
    assert process.stdout.readline() == "computing\n"
    kill(process)
    start = time.monotonic()
    with pytest.raises(ModelUnavailable):
        result()
    assert time.monotonic() - start < 2


def test_a_server_that_was_started_anew_answers_the_same_client(process, client, url):
    assert client.similar(Similar(1)) == movies_like(1)
    kill(process)
    again = start_server(url)
    try:
        assert client.similar(Similar(2)) == movies_like(2)
    finally:
        kill(again)


def ask_in_child(client, results) -> None:
    results.put(client.similar(Similar(5)).movies)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_client_that_was_used_before_a_fork_is_answered_in_the_child(process, client):
    assert client.similar(Similar(1)) == movies_like(1)
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    child = context.Process(target=ask_in_child, args=(client, results))
    child.start()
    try:
        assert results.get(timeout=10) == (5,)
        assert client.similar(Similar(2)) == movies_like(2)
    finally:
        child.join(10)
        child.kill()
        results.close()


def test_threads_that_share_a_client_each_get_their_own_answer(process, client):
    results = [in_background(lambda n=n: client.similar(Similar(n))) for n in range(20, 40)]
    assert [result().movies for result in results] == [(n,) for n in range(20, 40)]


def test_the_socket_of_a_thread_that_has_ended_is_closed(process, client, wait_until):
    def descriptors() -> int:
        return len(os.listdir("/proc/self/fd"))

    in_background(lambda: client.similar(Similar(1)))()
    before = descriptors()
    for _ in range(20):
        in_background(lambda: client.similar(Similar(1)))()
    wait_until(lambda: descriptors() <= before + 1)  # ZeroMQ closes them in a thread of its own


def test_a_signal_does_not_cut_a_wait_short(fake, client, monkeypatch):
    heard = []
    before = signal.signal(signal.SIGUSR1, lambda *_: heard.append(1))
    monkeypatch.setattr(client, "timeout_ms", SHORT_MS)
    timer = threading.Timer(SHORT_MS / 2000, os.kill, (os.getpid(), signal.SIGUSR1))
    try:
        timer.start()
        with pytest.raises(ModelUnavailable):
            client.probe()
        assert heard == [1]
    finally:
        timer.join()
        signal.signal(signal.SIGUSR1, before)


@pytest.mark.parametrize("timeout_ms", [0, -1, 60_001])
def test_a_deadline_is_neither_nothing_nor_for_ever(url, timeout_ms):
    with pytest.raises(ValueError, match=r"timeout_ms must be in 1\.\.60000"):
        ModelClient(url, timeout_ms)


def test_tcp_without_keys_is_refused_at_once():
    with pytest.raises(ValueError, match="needs CURVE keys"):
        ModelClient("tcp://127.0.0.1:5555")
