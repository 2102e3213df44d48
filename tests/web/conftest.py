"""A model whose answers are known, and an app over it and a small catalogue."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from model_server.client import ModelRejected, ModelUnavailable
from model_server.protocol import (
    Alive,
    EngineInfo,
    Engines,
    Reason,
    Reasons,
    Recommend,
    Recommended,
    Scored,
    Similar,
    SimilarMovies,
    Why,
)
from tests.web.films import FILMS, GENRES, KEYWORDS, movie_line, tag_lines, write_lines
from web import create_app
from web.catalogue.source import Source
from web.config import Config
from web.stores.sqlite_catalogue_file import make_current


class StubModel:
    """Answers at once: films of the catalogue by id, tags by id, 1/id as the probability.

    `asked` keeps the requests; a `failure` that is set is raised instead. `relaxations` go with
    every list.
    """

    def __init__(self) -> None:
        self.asked = []
        self.failure = None
        self.relaxations = ()
        self.metrics = {"clicks": 3.0}

    def recommend(self, request: Recommend) -> Recommended:
        self._take(request)
        if request.engine not in ("lstm", "popular"):
            raise ModelRejected(f"engine must be one of lstm, popular, got {request.engine!r}")
        gone = {pick.id for pick in request.picks if pick.kind == "movie"}.union(request.seen)
        films = sorted(film[0] for film in FILMS if film[0] not in gone)
        page = films[request.offset : request.offset + request.limit]
        tags = [*range(1, len(GENRES) + 1), *KEYWORDS][: request.tag_limit]
        return Recommended(
            tuple(Scored(one, 1 / one) for one in page),
            tuple(Scored(one, 1 / one) for one in tags),
            len(films),
            request.engine,
            "stub-1",
            self.relaxations,
        )

    def similar(self, request: Similar) -> SimilarMovies:
        self._take(request)
        films = [film[0] for film in FILMS if film[0] != request.movie_id]
        return SimilarMovies(tuple(films[: request.limit]))

    def why(self, request: Why) -> Reasons:
        """The newest pick speaks most for the film, the oldest as much against it."""
        self._take(request)
        size = len(request.picks)
        effects = [(size - 1) / 2 - place for place in range(size)]
        said = zip(reversed(request.picks), effects, strict=True)
        return Reasons(tuple(Reason(p.kind, p.id, effect) for p, effect in said), 0, "stub-1")

    def engines(self) -> Engines:
        self._take("engines")
        return Engines(
            (EngineInfo("lstm", "LSTM", True), EngineInfo("popular", "Popular films", False))
        )

    def probe(self) -> Alive:
        self._take("probe")
        return Alive("stub-1", self.metrics)

    def fail(self, text: str = "no model server: is it running?") -> None:
        self.failure = ModelUnavailable(text)

    def _take(self, request) -> None:
        self.asked.append(request)
        if self.failure is not None:
            raise self.failure


class Clock:
    """A time that passes only when a test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="session")
def catalogue_dir(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("catalogue")
    write_lines(folder / "movies.jsonl.gz", [movie_line(film) for film in FILMS])
    write_lines(folder / "tags.jsonl.gz", tag_lines())
    return folder


@pytest.fixture(scope="session")
def source(catalogue_dir) -> Source:
    return Source(catalogue_dir)


@pytest.fixture(scope="session")
def catalogue_file(tmp_path_factory, source) -> Path:
    """The catalogue in SQLite, made once, for it is only read."""
    path = tmp_path_factory.mktemp("sqlite") / "catalogue.db"
    make_current(path, source)
    return path


@pytest.fixture
def config(tmp_path, catalogue_dir, catalogue_file) -> Config:
    return Config(
        state_dir=tmp_path,
        catalogue_url=f"sqlite:///{catalogue_file}",
        catalogue_dir=catalogue_dir,
        frontend_dir=tmp_path / "dist",
        poster_host="none",
        frame_host="none",
    )


@pytest.fixture
def configured(config):
    """The configuration with some fields changed."""
    return lambda **changes: replace(config, **changes)


@pytest.fixture
def model() -> StubModel:
    return StubModel()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_app(model, clock):
    """Makes an app; its stores are closed after the test."""
    made = []

    def make(config: Config):
        app = create_app(config, model, clock)
        made.append(app)
        return app

    yield make
    for app in made:
        app.extensions["marquee"].sessions.close()
        app.extensions["marquee"].catalogue_store.close()


@pytest.fixture
def app(make_app, config):
    return make_app(config)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def click(client):
    """One event of this client's visitor; gives the session after it."""

    def click(action: str, movie_id: int | None = None, tag_id: int | None = None, **more) -> dict:
        kind = "movie" if tag_id is None else "tag"
        body = {"action": action, "kind": kind, "id": movie_id or tag_id, **more}
        answer = client.post("/api/v1/session/events", json=body)
        assert answer.status_code == 200, answer.json
        return answer.json

    return click


@pytest.fixture
def free_port_without_server() -> int:
    """A port that refuses connections."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def silent_server():
    """The port of a server that accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]
