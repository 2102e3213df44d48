"""A catalogue and an engine small enough to know by heart, and a server that runs beside a test."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace

import numpy as np
import pytest
import zmq

from model_server import protocol
from model_server.artifact import Catalogue
from model_server.client import ModelClient
from model_server.engines.base import Event, Query, Scores
from model_server.engines.registry import Offer, Registry
from model_server.protocol import VERSION, Envelope, Keys
from model_server.recommender import Recommender
from model_server.server import ModelServer
from model_server.vocab import Vocab

ACTION, COMEDY, SPACE, HEIST, LOVE = 1, 2, 1001, 1002, 1003
PATIENCE = 10  # seconds: a test that waits so long has failed

# id, year, rating, tags
MOVIES = (
    (10, 1979, 8.5, (ACTION, SPACE)),
    (20, 1986, 8.4, (ACTION, SPACE)),
    (30, 1999, 8.7, (ACTION,)),
    (40, 1989, 7.7, (COMEDY, LOVE)),
    (50, 2001, 7.7, (COMEDY, HEIST)),
    (60, 0, None, (COMEDY,)),
    (70, 1995, 8.3, (ACTION, HEIST)),
    (80, 1990, 5.0, ()),
)
TAGS = ((ACTION, "Action"), (COMEDY, "Comedy"), (SPACE, "space"), (HEIST, "heist"), (LOVE, "love"))


class ToyEngine:
    """Scores every movie by `movies` and every tag by `tags`, plus 10 to where a query leads.

    A liked movie leads to the movie of the next index, a disliked one away from it, an event
    without a row to the movies of its tags, a liked tag to index 1 of both.
    """

    name = "lstm"
    title = "Toy"

    def __init__(self, movies: Sequence[float], tags: Sequence[float]) -> None:
        self.movies = np.array([100.0, *movies], dtype=np.float32)  # padding scores best of all
        self.tags = np.array([100.0, *tags], dtype=np.float32)
        self.batches: list[list[Query]] = []

    def score(self, queries: Sequence[Query]) -> Scores:
        self.batches.append(list(queries))
        movies = np.tile(self.movies, (len(queries), 1))
        tags = np.tile(self.tags, (len(queries), 1))
        for row, query in enumerate(queries):
            for event in query.events:
                target = 1 + event.movie % (len(self.movies) - 1)
                movies[row, target] += 10 if event.is_liked else -10
            tags[row, list(query.liked_tags)] += 10
        return Scores(movies, tags)

    def vectors(self):
        angles = np.arange(len(self.movies)) * 0.1  # each movie is nearest to the next index
        rows = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
        rows[0] = 0
        return rows

    def embedding(self, events: Sequence[Event]):
        rows = self.vectors()
        return np.stack([rows[event.movie or event.tags[0]] for event in events])

    def counters(self) -> dict[str, int]:
        return {"clicks_one_step": 3, "clicks_recomputed": 1}


def build_catalogue(movies=MOVIES, tags=TAGS) -> Catalogue:
    tag_ids = Vocab(np.array([tag for tag, _ in tags], dtype=np.int32))
    carried = [tag_ids.known(movie[3]) for movie in movies]
    sizes = [0, 0, *(len(one) for one in carried)]
    ratings = [np.nan, *(np.nan if movie[2] is None else movie[2] for movie in movies)]
    return Catalogue(
        movies=Vocab(np.array([movie[0] for movie in movies], dtype=np.int32)),
        tags=tag_ids,
        tag_names=np.array(["", *(name for _, name in tags)]),
        is_genre=np.array([False, *(tag < 1000 for tag, _ in tags)]),
        tag_starts=np.cumsum(sizes, dtype=np.int32),
        movie_tags=np.array([tag for one in carried for tag in one], dtype=np.int32),
        years=np.array([0, *(movie[1] for movie in movies)], dtype=np.int32),
        ratings=np.array(ratings, dtype=np.float32),
        likes=np.zeros(1 + len(movies), dtype=np.int32),
    )


class Peer:
    """A client that says just what it is told, byte by byte."""

    def __init__(self, url: str) -> None:
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.set(zmq.LINGER, 0)
        self.socket.connect(url)

    def say(self, *frames: bytes) -> None:
        self.socket.send_multipart(frames)

    def ask(self, request, ticket=1, version=VERSION, budget_ms=PATIENCE * 1000) -> None:
        envelope = protocol.encode_envelope(Envelope(version, ticket, budget_ms))
        self.say(envelope, protocol.encode_request(request))

    def hear(self):
        """The next answer and its ticket."""
        assert self.socket.poll(PATIENCE * 1000), "no answer"
        envelope, body = self.socket.recv_multipart()
        return protocol.decode_envelope(envelope).ticket, protocol.decode_answer(body)


@pytest.fixture
def catalogue() -> Catalogue:
    return build_catalogue()


@pytest.fixture
def engine() -> ToyEngine:
    """Movies 10, 20, 30... score 8, 7, 6...; tags 5, 4, 3..."""
    return ToyEngine(movies=[8, 7, 6, 5, 4, 3, 2, 1], tags=[5, 4, 3, 2, 1])


@pytest.fixture
def recommender(catalogue, engine) -> Recommender:
    other = ToyEngine(movies=[1, 2, 3, 4, 5, 6, 7, 8], tags=[1, 2, 3, 4, 5])
    registry = Registry(
        [Offer("lstm", "Toy", lambda: engine), Offer("reverse", "Reversed", lambda: other)]
    )
    return Recommender(catalogue, registry, "toy-1")


@contextmanager
def running(url: str, answer: Callable, keys: Keys | None = None) -> Iterator[SimpleNamespace]:
    """A server in a thread: its `metrics`, and the `address` where it is bound."""
    server = ModelServer(url, answer, keys)
    bound: queue.Queue[str] = queue.Queue()
    thread = threading.Thread(target=server.serve, args=(bound.put,))
    thread.start()
    try:
        yield SimpleNamespace(metrics=server.metrics, address=bound.get(timeout=PATIENCE))
    finally:
        server.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive(), "the server did not stop"


@pytest.fixture
def run_server():
    return running


@pytest.fixture
def url(tmp_path) -> str:
    return f"ipc://{tmp_path}/model.sock"


@pytest.fixture
def server(url, recommender) -> Iterator[SimpleNamespace]:
    with running(url, recommender.answer) as server:
        yield server


@pytest.fixture
def client(url) -> ModelClient:
    return ModelClient(url, timeout_ms=PATIENCE * 1000)


@pytest.fixture
def make_catalogue():
    return build_catalogue


@pytest.fixture
def make_engine():
    return ToyEngine


@pytest.fixture
def wait_until():
    """Return as soon as something that another thread does has come true."""

    def wait(is_true: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_true():
            assert time.monotonic() < deadline, "it did not come true"
            threading.Event().wait(0.002)

    return wait


@pytest.fixture
def peer(url):
    peer = Peer(url)
    yield peer
    peer.socket.close()
