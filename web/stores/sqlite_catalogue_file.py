"""Makes the SQLite file of the catalogue, whole or not at all."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import msgspec

from web.catalogue.people import people_of
from web.catalogue.source import Source, by_fame
from web.domain import Movie
from web.searching import names_of, words_of

LAYOUT: Final = 5

# `place` counts from 1, the most rated film first: what is found by place comes by popularity.
# `standing` counts from 1, the best known film first; null for one that repeats another.
_SCHEMA: Final = """
CREATE TABLE movies (
    place INTEGER PRIMARY KEY, standing INTEGER UNIQUE, id INTEGER NOT NULL UNIQUE,
    year INTEGER, rating REAL, ratings INTEGER NOT NULL, is_listed INTEGER NOT NULL,
    imdb_id TEXT, tmdb_id INTEGER, body BLOB NOT NULL
);
CREATE INDEX movies_by_imdb_id ON movies (imdb_id);
CREATE INDEX movies_by_tmdb_id ON movies (tmdb_id);
CREATE TABLE carried (
    tag_id INTEGER, place INTEGER, PRIMARY KEY (tag_id, place)
) WITHOUT ROWID;
CREATE TABLE names (name TEXT, standing INTEGER, PRIMARY KEY (name, standing)) WITHOUT ROWID;
CREATE TABLE vocabulary (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    held, content = '', columnsize = 0, detail = none, prefix = '2 3',
    tokenize = "unicode61 remove_diacritics 0"
);
CREATE TABLE tags (body BLOB NOT NULL);
CREATE TABLE people (body BLOB NOT NULL);
CREATE TABLE source (stamp TEXT NOT NULL);
"""


def make_current(path: Path, source: Source) -> None:
    """Make the file if it is missing or made from other data; other workers wait meanwhile.

    A process that has the old file open goes on reading it undisturbed.
    """
    stamp = f"{LAYOUT}-{source.fingerprint}"
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path.with_suffix(".lock")):
        if _stamp(path) != stamp:
            _make(path, source, stamp)


def _make(path: Path, source: Source, stamp: str) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        _fill(connection, source)
        connection.execute("INSERT INTO source VALUES (?)", (stamp,))
        connection.execute("COMMIT")
    for leftover in ("-wal", "-shm"):
        path.with_name(path.name + leftover).unlink(missing_ok=True)
    os.replace(unfinished, path)


def _fill(connection: sqlite3.Connection, source: Source) -> None:
    movies = list(source.movies())
    known = by_fame(movies)
    standings = {movie.id: standing for standing, movie in enumerate(known, start=1)}
    for place, movie in enumerate(movies, start=1):
        _add_facts(connection, place, standings.get(movie.id), movie)
    _add_names(connection, known)
    connection.executemany(
        "INSERT INTO tags VALUES (?)", ((msgspec.json.encode(tag),) for tag in source.tags())
    )
    connection.executemany(
        "INSERT INTO people VALUES (?)", ((msgspec.json.encode(one),) for one in people_of(known))
    )


def _add_facts(
    connection: sqlite3.Connection, place: int, standing: int | None, movie: Movie
) -> None:
    facts = (movie.year, movie.rating, movie.ratings, movie.same_as is None)
    links = (movie.imdb_id, movie.tmdb_id)
    connection.execute(
        "INSERT INTO movies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (place, standing, movie.id, *facts, *links, msgspec.json.encode(movie)),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO carried VALUES (?, ?)", ((tag, place) for tag in movie.tags)
    )


def _add_names(connection: sqlite3.Connection, known: list[Movie]) -> None:
    vocabulary: set[str] = set()
    for standing, movie in enumerate(known, start=1):
        names = names_of(movie)
        connection.executemany(
            "INSERT INTO names VALUES (?, ?)", ((name, standing) for name in names)
        )
        connection.execute(
            "INSERT INTO words (rowid, held) VALUES (?, ?)", (standing, " ".join(words_of(names)))
        )
        vocabulary.update(word for name in names for word in name.split())
    connection.executemany(
        "INSERT INTO vocabulary VALUES (?)", ((word,) for word in sorted(vocabulary))
    )


def _stamp(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as connection:
            stamp: str = connection.execute("SELECT stamp FROM source").fetchone()[0]
    except (sqlite3.Error, TypeError):  # not a catalogue, or one that was never finished
        return None
    return stamp


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
