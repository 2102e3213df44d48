"""A small catalogue of known films, a model whose answers are known, and an app over both."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from model_server.client import ModelRejected, ModelUnavailable
from model_server.protocol import (
    Alive,
    EngineInfo,
    Engines,
    Recommend,
    Recommended,
    Scored,
    Similar,
    SimilarMovies,
)
from web import create_app
from web.catalogue.source import Source
from web.config import Config
from web.stores.sqlite_catalogue_file import make_current

GENRES = ["Action", "Animation", "Comedy", "Crime", "Drama", "Horror", "Romance", "Sci-Fi"]
KEYWORDS = {1001: "dream", 1002: "space", 1003: "mafia", 1004: "time travel", 1005: "robot"}

# id, title, other names, year, genres, keywords, IMDb rating, how many people rated it
FILMS = [
    (1, "Toy Story", [], 1995, "Animation Comedy", [], 8.3, 4487),
    (47, "Seven", ["Se7en"], 1995, "Crime Drama", [], 8.6, 3252),
    (260, "Star Wars: A New Hope", ["Star Wars"], 1977, "Action Sci-Fi", [1002], 8.6, 5900),
    (858, "The Godfather", ["Godfather, The"], 1972, "Crime Drama", [1003], 9.2, 4367),
    (924, "2001: A Space Odyssey", [], 1968, "Drama Sci-Fi", [1002, 1005], 8.3, 2897),
    (1214, "Alien", [], 1979, "Horror Sci-Fi", [1002], 8.5, 3493),
    (1200, "Aliens", [], 1986, "Action Horror Sci-Fi", [1002], 8.4, 3120),
    (1219, "Psycho", [], 1960, "Horror Crime", [], 8.5, 2162),
    (2389, "Psycho", [], 1998, "Horror Crime", [], 4.6, 368),
    (2021, "Dune", [], 1984, "Sci-Fi", [1002, 1001], 6.3, 1149),
    (2571, "The Matrix", ["Matrix, The"], 1999, "Action Sci-Fi", [1001, 1005], 8.7, 5463),
    (4973, "Amelie", ["Le fabuleux destin d'Amélie"], 2001, "Comedy Romance", [], 8.3, 1295),
    (4896, "Harry Potter and the Sorcerer's Stone", [], 2001, "Drama", [], 7.6, 1008),
    (5349, "Spider-Man", [], 2002, "Action", [], 7.4, 1212),
    (60069, "WALL·E", [], 2008, "Animation Sci-Fi", [1002, 1005], 8.4, 918),
    (70000, "Pottersville", [], 2017, "Comedy", [], 5.2, 1),
    (79132, "Inception", [], 2010, "Action Sci-Fi", [1001], 8.8, 800),
    (195159, "Dune", ["Dune: Part One"], 2021, "Drama Sci-Fi", [1002], 8.0, 31),
    (300, "Unrated Film", [], None, "Drama", [], None, 0),
]  # fmt: skip


def movie_line(film) -> dict:
    """A film as a line of the catalogue's file."""
    movie_id, title, titles, year, genres, keywords, rating, ratings = film
    return {
        "id": movie_id,
        "title": title,
        "titles": titles,
        "year": year,
        "runtime": 120,
        "genres": genres.split(),
        "tags": keywords,
        "rating": rating,
        "votes": None if rating is None else 1000,
        "ratings": ratings,
        "imdb_id": "tt0000001",
        "tmdb_id": 1,
        "directors": ["A Director"],
        "cast": ["An Actor", "Another"],
        "language": "en",
        "poster": "/poster.jpg",
        "backdrop": "/backdrop.jpg",
        "trailer": "abcdefghijk" if movie_id == 2571 else None,
    }


def tag_lines() -> list[dict]:
    """The tags as lines of the catalogue's file, with how many films carry each."""
    lines = [
        {
            "id": number,
            "name": name,
            "kind": "genre",
            "movies": sum(name in film[4].split() for film in FILMS),
        }
        for number, name in enumerate(GENRES, start=1)
    ]
    return lines + [
        {
            "id": number,
            "name": name,
            "kind": "keyword",
            "movies": sum(number in film[5] for film in FILMS),
        }
        for number, name in KEYWORDS.items()
    ]


def write_lines(path: Path, lines: list[dict]) -> None:
    """A file of the catalogue."""
    text = "".join(json.dumps(line) + "\n" for line in lines)
    path.write_bytes(gzip.compress(text.encode()))


class StubModel:
    """Answers at once: films of the catalogue by id, tags by id, 1/id as the probability.

    `asked` keeps the requests; a `failure` that is set is raised instead.
    """

    def __init__(self) -> None:
        self.asked = []
        self.failure = None
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
        )

    def similar(self, request: Similar) -> SimilarMovies:
        self._take(request)
        films = [film[0] for film in FILMS if film[0] != request.movie_id]
        return SimilarMovies(tuple(films[: request.limit]))

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
def movies_of(source):
    """The films of the catalogue by id."""
    return {movie.id: msgspec.to_builtins(movie) for movie in source.movies()}
