"""The catalogue: every film and tag, and the two files they are kept in."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from model_server.data.errors import DataError
from model_server.data.files import read_gzip_lines, write_gzip_lines
from model_server.data.records import Film, Tag

MOVIES, TAGS = "movies.jsonl.gz", "tags.jsonl.gz"
# In this order, with ids from 1: a genre's id never changes.
GENRES = (
    "Action", "Adventure", "Animation", "Children", "Comedy", "Crime", "Documentary", "Drama",
    "Fantasy", "Film-Noir", "Horror", "IMAX", "Musical", "Mystery", "Romance", "Sci-Fi",
    "Thriller", "War", "Western",
)  # fmt: skip

Record = TypeVar("Record", Film, Tag)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Films and tags, each sorted by id."""

    films: tuple[Film, ...] = ()
    tags: tuple[Tag, ...] = ()


def genre_tags(films: Iterable[Film]) -> list[Tag]:
    """The genres as tags, with the films of each counted; those without a film too."""
    counts = Counter(genre for film in films for genre in film.genres)
    return [Tag(id_, name, "genre", counts[name]) for id_, name in enumerate(GENRES, start=1)]


def write_catalogue(catalogue: Catalogue, folder: Path) -> None:
    """Write both files, each whole; equal catalogues give equal bytes."""
    write_gzip_lines(folder / TAGS, (_line(tag) for tag in catalogue.tags))
    write_gzip_lines(folder / MOVIES, (_line(film) for film in catalogue.films))


def _line(record: Film | Tag) -> str:
    values = asdict(record)
    if values.get("same_as", 0) is None:
        del values["same_as"]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def read_catalogue(folder: Path) -> Catalogue:
    """The catalogue that `write_catalogue` wrote. Raises DataError for any other file."""
    return Catalogue(
        films=tuple(_records(folder / MOVIES, Film)), tags=tuple(_records(folder / TAGS, Tag))
    )


def _records(path: Path, kind: type[Record]) -> Iterator[Record]:
    decoder = msgspec.json.Decoder(kind)
    last_id = 0
    for number, line in read_gzip_lines(path):
        try:
            record = decoder.decode(line)
        except msgspec.DecodeError as error:
            raise DataError(path, number, f"is no {kind.__name__.lower()}: {error}") from error
        if record.id <= last_id:
            raise DataError(path, number, f"id {record.id} must be above {last_id}, the one before")
        last_id = record.id
        yield record
    if last_id == 0:
        raise DataError(path, None, "is empty")
