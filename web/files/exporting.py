"""A session as a file: a table for spreadsheets, one for Letterboxd, or JSON."""

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from web.domain import Movie, Tag
from web.files.cells import Cell, table
from web.files.shapes import ExportQuery, FileFormat, FileMovie, FileTag, Opinion, Part, SessionFile
from web.picks import Opinions
from web.stores.cached_catalogue import CachedCatalogue

CSV: Final = "text/csv"
COLUMNS: Final = (
    "title",
    "year",
    "movielens_id",
    "imdb_id",
    "tmdb_id",
    "imdb_rating",
    "what",
    "position",
    "kind",
)
# What Letterboxd imports: https://letterboxd.com/about/importing-data/
LETTERBOXD_COLUMNS: Final = ("tmdbID", "imdbID", "Title", "Year", "Directors", "Rating10")
# The middle of the ratings that are read back as a like, 7 to 10, and as a dislike, 1 to 5.
RATING10: Final[dict[Opinion, int]] = {"liked": 8, "disliked": 3}
LETTERBOXD_NAMES: Final[dict[Part, str]] = {
    "saved": "watchlist",
    "picks": "ratings",
    "all": "films",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file to save under a name."""

    name: str
    mimetype: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """A film or tag, what was said of it, and its place from 0 in the list where it stands."""

    about: Movie | Tag
    opinion: Opinion
    position: int


def export(now: Opinions, query: ExportQuery, catalogue: CachedCatalogue) -> File:
    """A part of a session as a file; films and tags that the catalogue has no more are left out.

    The table begins with a byte order mark, without which Excel takes UTF-8 for an older encoding.
    Letterboxd's does not: it is read by a program that asks for plain UTF-8.
    """
    lines = list(_lines(now, query.what, catalogue))
    match query.format:
        case "csv":
            content = codecs.BOM_UTF8 + table(COLUMNS, map(_row, lines)).encode()
        case "letterboxd":
            content = _letterboxd(lines, query.what).encode()
        case "json":
            content = msgspec.json.format(msgspec.json.encode(_session_file(lines)))
    mimetype = "application/json" if query.format == "json" else CSV
    return File(_name(query.what, query.format), mimetype, content)


def _lines(now: Opinions, part: Part, catalogue: CachedCatalogue) -> Iterator[Line]:
    movie_ids = {pick.id for pick in now.picks if pick.kind == "movie"}
    movies = catalogue.movies(movie_ids.union(now.seen, now.saved))
    known: dict[str, dict[int, Movie] | dict[int, Tag]] = {
        "movie": movies,
        "tag": catalogue.tags().by_id,
    }
    if part != "saved":
        for position, pick in enumerate(now.picks):
            if about := known[pick.kind].get(pick.id):
                yield Line(about, "liked" if pick.liked else "disliked", position)
    if part == "all":
        yield from _films(now.seen, "seen", movies)
    if part != "picks":
        yield from _films(now.saved, "saved", movies)


def _films(movie_ids: Sequence[int], opinion: Opinion, movies: dict[int, Movie]) -> Iterator[Line]:
    for position, movie_id in enumerate(movie_ids):
        if movie := movies.get(movie_id):
            yield Line(movie, opinion, position)


def _row(line: Line) -> tuple[Cell, ...]:
    about = line.about
    if isinstance(about, Tag):
        facts: tuple[Cell, ...] = (about.name, None, None, None, None, None)
        return (*facts, line.opinion, line.position, "tag")
    links = (about.id, about.imdb_id, about.tmdb_id)
    return (about.title, about.year, *links, about.rating, line.opinion, line.position, "movie")


def _letterboxd(lines: Sequence[Line], part: Part) -> str:
    """Films alone, for Letterboxd knows no tags; saved ones only in a file of their own.

    It takes the films of any file but a watchlist for watched.
    """
    films = [
        (line.about, line.opinion)
        for line in lines
        if isinstance(line.about, Movie) and (line.opinion == "saved") == (part == "saved")
    ]
    return table(
        LETTERBOXD_COLUMNS,
        (
            (
                movie.tmdb_id,
                movie.imdb_id,
                movie.title,
                movie.year,
                ", ".join(movie.directors),
                RATING10.get(opinion),
            )
            for movie, opinion in films
        ),
    )


def _session_file(lines: Sequence[Line]) -> SessionFile:
    picks = [line for line in lines if line.opinion in ("liked", "disliked")]
    return SessionFile(
        picks=tuple(_item(line) for line in picks),
        seen=tuple(_movies(lines, "seen")),
        saved=tuple(_movies(lines, "saved")),
    )


def _movies(lines: Sequence[Line], opinion: Opinion) -> Iterator[FileMovie]:
    for line in lines:
        if line.opinion == opinion and isinstance(line.about, Movie):
            yield _file_movie(line.about, None)


def _item(line: Line) -> FileMovie | FileTag:
    about, liked = line.about, line.opinion == "liked"
    if isinstance(about, Tag):
        return FileTag(name=about.name, tag_kind=about.kind, liked=liked)
    return _file_movie(about, liked)


def _file_movie(movie: Movie, liked: bool | None) -> FileMovie:
    return FileMovie(
        id=movie.id,
        title=movie.title,
        year=movie.year,
        imdb_id=movie.imdb_id,
        tmdb_id=movie.tmdb_id,
        rating=movie.rating,
        liked=liked,
    )


def _name(part: Part, file_format: FileFormat) -> str:
    match file_format:
        case "letterboxd":
            return f"marquee-letterboxd-{LETTERBOXD_NAMES[part]}.csv"
        case _:
            return f"marquee-{part}.{file_format}"
