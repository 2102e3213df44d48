"""The catalogue in an SQLite file with FTS5: the default, and the stand-in for Elasticsearch."""

import json
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec

from model_server.protocol import Filters
from web.domain import Movie, Person, Tag
from web.searching import Hits, Query, search
from web.stores.base import Popular, Wanted
from web.stores.sqlite import Connections
from web.stores.sqlite_recall import Recall

MAX_TOTALS: Final = 1_000

_LISTED: Final = "(SELECT value FROM json_each(?))"
_TOTALS: Final = "SELECT count(*), coalesce(sum(ratings), 0) FROM movies WHERE"

_movie: Final = msgspec.json.Decoder(Movie)
_tag: Final = msgspec.json.Decoder(Tag)
_person: Final = msgspec.json.Decoder(Person)


class SqliteCatalogue:
    """A CatalogueStore over a file of `sqlite_catalogue_file`."""

    def __init__(self, path: Path, timeout_ms: int) -> None:
        self._connections = Connections(path, timeout_ms)
        self._recalled = Recall(self._rows)
        self._totals = lru_cache(MAX_TOTALS)(self._count)  # the file never changes

    def movies(self, movie_ids: Collection[int]) -> dict[int, Movie]:
        rows = self._rows(
            "SELECT body FROM movies WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(list(movie_ids)),
        )
        return {movie.id: movie for movie in map(_decoded, rows)}

    def tags(self) -> list[Tag]:
        return [_tag.decode(row[0]) for row in self._rows("SELECT body FROM tags ORDER BY rowid")]

    def people(self) -> list[Person]:
        rows = self._rows("SELECT body FROM people ORDER BY rowid")
        return [_person.decode(row[0]) for row in rows]

    def repeats(self) -> dict[int, int]:
        repeats = map(_decoded, self._rows("SELECT body FROM movies WHERE NOT is_listed"))
        return {movie.id: movie.same_as for movie in repeats if movie.same_as is not None}

    def search_movies(self, query: Query) -> Hits[Movie]:
        return search(query, self._recall)

    def linked_movies(self, imdb_ids: Collection[str], tmdb_ids: Collection[int]) -> list[Movie]:
        rows = self._rows(
            "SELECT body FROM movies WHERE place IN ("
            f"SELECT place FROM movies WHERE imdb_id IN {_LISTED}"
            f" UNION SELECT place FROM movies WHERE tmdb_id IN {_LISTED}) ORDER BY place",
            json.dumps(list(imdb_ids)),
            json.dumps(list(tmdb_ids)),
        )
        return [_decoded(row) for row in rows]

    def named_movies(self, names: Collection[str]) -> list[Movie]:
        rows = self._rows(
            "SELECT body FROM movies WHERE standing IN"
            f" (SELECT standing FROM names WHERE name IN {_LISTED}) ORDER BY place",
            json.dumps(list(names)),
        )
        return [_decoded(row) for row in rows]

    def popular_movies(self, wanted: Wanted) -> Popular:
        where, values = _conditions(wanted.filters, wanted.without_tags)
        films, ratings = self._totals(where, values)
        left_out = json.dumps(list(wanted.without))
        less_films, less_ratings = self._rows(
            f"{_TOTALS} {where} AND id IN {_LISTED}", *values, left_out
        )[0]
        rows = self._rows(
            f"SELECT body FROM movies WHERE {where} AND id NOT IN {_LISTED}"
            " ORDER BY place LIMIT ? OFFSET ?",
            *values,
            left_out,
            wanted.limit,
            wanted.offset,
        )
        movies = [_decoded(row) for row in rows]
        return Popular(movies, films - less_films, ratings - less_ratings)

    def check(self) -> str:
        self._rows("SELECT stamp FROM source")
        return ""

    def close(self) -> None:
        self._connections.close()

    def _count(self, where: str, values: tuple[object, ...]) -> tuple[int, int]:
        """How many films pass, and their ratings in all: the slow part, and ever the same."""
        films, ratings = self._rows(f"{_TOTALS} {where}", *values)[0]
        return films, ratings

    def _recall(self, query: Query, is_tolerant: bool) -> list[Movie]:
        rows = self._rows(
            f"SELECT body FROM movies WHERE standing IN {_LISTED}",
            json.dumps(self._recalled.standings(query, is_tolerant)),
        )
        return [_decoded(row) for row in rows]

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._connections.reading() as connection:
            return connection.execute(statement, values).fetchall()


def _decoded(row: tuple[Any, ...]) -> Movie:
    return _movie.decode(row[0])


def _conditions(filters: Filters, without_tags: tuple[int, ...]) -> tuple[str, tuple[object, ...]]:
    """The WHERE clause and its values; null fails every comparison, as it must."""
    carried = f"(SELECT place FROM carried WHERE tag_id IN {_LISTED})"
    excluded = (*filters.exclude_genres, *without_tags)
    given: list[tuple[str, object]] = [
        (f"year - year % 10 IN {_LISTED}", filters.decades),
        ("year >= ?", filters.year_from),
        ("year <= ?", filters.year_to),
        ("rating >= ?", filters.rating_min),
        ("rating <= ?", filters.rating_max),
        (f"place IN {carried}", filters.genres),
        (f"place NOT IN {carried}", excluded),
    ]
    held = [(clause, value) for clause, value in given if value is not None and value != ()]
    where = " AND ".join(["is_listed", *(clause for clause, _ in held)])
    values = (
        json.dumps(list(value)) if isinstance(value, Collection) else value for _, value in held
    )
    return where, tuple(values)
