"""The server's loop: batches, deadlines, a bounded queue, and bugs that end no server."""

import re
import threading
import time
from contextlib import contextmanager

import pytest

from model_server import protocol
from model_server.client import ModelClient
from model_server.protocol import (
    Failure,
    Probe,
    Recommend,
    Recommended,
    Similar,
)
from model_server.server import ModelServer
from model_server.worker import MAX_BATCH, QUEUE_LIMIT

PATIENCE_MS = 10_000


class Gate:
    """An answerer that holds its first batch until it is opened, and notes the batches."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.opened = threading.Event()
        self.batches: list[list] = []

    def __call__(self, requests):
        self.batches.append(list(requests))
        self.entered.set()
        assert self.opened.wait(PATIENCE_MS / 1000)
        return [protocol.SimilarMovies((request.movie_id,)) for request in requests]

    @contextmanager
    def held(self, peer):
        """While the server computes one request, ticket 0; afterwards the gate is open."""
        peer.ask(Similar(1), ticket=0)
        assert self.entered.wait(PATIENCE_MS / 1000)
        yield
        self.opened.set()
        assert peer.hear() == (0, protocol.SimilarMovies((1,)))


@pytest.fixture
def gate():
    gate = Gate()
    yield gate
    gate.opened.set()


def test_an_answer_carries_the_ticket_of_its_request(server, peer):
    for ticket in (3, 2**63 - 1):
        peer.ask(Recommend(limit=1), ticket)
        heard, answer = peer.hear()
        assert heard == ticket
        assert isinstance(answer, Recommended)


def test_what_arrives_while_the_server_computes_is_computed_together(
    url, run_server, gate, peer, wait_until
):
    with run_server(url, gate) as server:
        with gate.held(peer):
            for ticket in (1, 2, 3):
                peer.ask(Similar(ticket), ticket)
            wait_until(lambda: server.metrics.requests == 4)
        assert [peer.hear()[0] for _ in range(3)] == [1, 2, 3]
        assert gate.batches == [[Similar(1)], [Similar(1), Similar(2), Similar(3)]]
        assert (server.metrics.batches, server.metrics.batch_size_max) == (2, 3)


def test_a_batch_has_a_largest_size(url, run_server, gate, peer, wait_until):
    with run_server(url, gate) as server:
        with gate.held(peer):
            for ticket in range(1, MAX_BATCH + 2):
                peer.ask(Similar(ticket), ticket)
            wait_until(lambda: server.metrics.requests == MAX_BATCH + 2)
        assert len([peer.hear() for _ in range(MAX_BATCH + 1)]) == MAX_BATCH + 1
        assert [len(batch) for batch in gate.batches] == [1, MAX_BATCH, 1]


def test_a_full_queue_is_told_at_once(url, run_server, gate, peer):
    with run_server(url, gate) as server, gate.held(peer):
        for ticket in range(1, QUEUE_LIMIT + 2):
            peer.ask(Similar(1), ticket)
        # The gate is still shut, so this is answered while the server computes.
        busy = Failure("busy", f"{QUEUE_LIMIT} requests are waiting")
        assert peer.hear() == (QUEUE_LIMIT + 1, busy)
        assert server.metrics.busy == 1
        gate.opened.set()
        assert peer.hear()[0] == 0
        assert [peer.hear()[0] for _ in range(QUEUE_LIMIT)] == list(range(1, QUEUE_LIMIT + 1))
        peer.ask(Similar(1), ticket=0)  # what `held` expects to hear


def test_late_work_is_dropped_before_it_is_computed(url, run_server, gate, peer, wait_until):
    with run_server(url, gate) as server:
        with gate.held(peer):
            peer.ask(Similar(2), ticket=2, budget_ms=0)
            peer.ask(Similar(3), ticket=3)
            wait_until(lambda: server.metrics.requests == 3)
        assert peer.hear()[1].code == "late"
        assert peer.hear() == (3, protocol.SimilarMovies((3,)))
        assert gate.batches == [[Similar(1)], [Similar(3)]]
        assert server.metrics.late == 1


def test_a_deadline_counts_from_the_arrival_and_not_from_the_end_of_the_batch(
    url, run_server, gate, peer, wait_until
):
    with run_server(url, gate) as server:
        with gate.held(peer):
            peer.ask(Similar(2), ticket=2, budget_ms=20)
            wait_until(lambda: server.metrics.requests == 2)
            arrived = time.monotonic()
            wait_until(lambda: time.monotonic() > arrived + 0.02)
        assert peer.hear()[1].code == "late"


def test_a_bug_fails_its_own_request_and_nobody_elses(
    url, run_server, gate, peer, caplog, wait_until
):
    def answer(requests):
        if any(request.movie_id == 13 for request in requests):
            raise ZeroDivisionError("a bug")
        return gate(requests)

    with run_server(url, answer) as server:
        with gate.held(peer):
            for ticket in (12, 13, 14):
                peer.ask(Similar(ticket), ticket)
            wait_until(lambda: server.metrics.requests == 4)
        answers = dict(peer.hear() for _ in range(3))
        assert answers[12] == protocol.SimilarMovies((12,))
        assert answers[14] == protocol.SimilarMovies((14,))
        assert answers[13] == Failure("internal", "the model server failed; its log says why")
        assert server.metrics.failed == 1
    assert "ZeroDivisionError: a bug" in caplog.text


def test_an_answer_that_cannot_be_sent_is_a_bug_too(url, run_server, peer):
    def answer(requests):
        return [protocol.SimilarMovies((0,)) for _ in requests]  # 0 is no id

    with run_server(url, answer) as server:
        peer.ask(Similar(1), ticket=4)
        assert peer.hear()[1].code == "internal"
        peer.ask(Similar(1), ticket=5)
        assert peer.hear()[0] == 5
        assert server.metrics.failed == 2


def test_the_log_has_one_line_a_request_and_no_picks(server, client, caplog, wait_until):
    caplog.set_level("INFO", logger="model_server.worker")
    client.recommend(Recommend(picks=(protocol.Pick("movie", 31337, True),), seen=(31337,)))
    wait_until(lambda: caplog.records)  # it is written after the answer is sent
    (line,) = (record.getMessage() for record in caplog.records)
    assert re.fullmatch(r"Recommend in \d+\.\d ms, in a batch of 1", line)


def test_a_probe_tells_the_metrics_of_engine_and_server(server, client):
    client.recommend(Recommend())
    metrics = client.probe().metrics
    assert metrics["requests"] == 2
    assert metrics["answered"] == 1
    assert metrics["clicks_one_step"] == 3
    assert metrics["latency_p99_ms"] > 0


def test_64_clients_at_once_are_all_served(server, url):
    def ask(place: int) -> None:
        client = ModelClient(url, timeout_ms=PATIENCE_MS)
        start.wait()
        answers[place] = client.recommend(Recommend(limit=1 + place % 3))

    answers: dict[int, Recommended] = {}
    start = threading.Barrier(64)
    threads = [threading.Thread(target=ask, args=(place,)) for place in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {place: len(answer.movies) for place, answer in answers.items()} == {
        place: 1 + place % 3 for place in range(64)
    }
    assert server.metrics.busy == server.metrics.late == 0


# The thread is meant to die; pytest would report that.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_dead_worker_ends_the_server_so_that_it_is_started_anew(url, peer):
    def answer(requests):
        raise SystemExit  # past every handler

    server = ModelServer(url, answer)
    with pytest.raises(RuntimeError, match="the worker thread has ended"):
        server.serve(on_ready=lambda address: peer.ask(Probe()))
