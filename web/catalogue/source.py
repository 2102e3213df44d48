"""Reads `movies.jsonl.gz` and `tags.jsonl.gz`, one film or tag a line."""

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from web.domain import Movie, Tag

MOVIES: Final = "movies.jsonl.gz"
TAGS: Final = "tags.jsonl.gz"

T = TypeVar("T")


class SourceError(Exception):
    """The catalogue's files are missing or malformed; the text names file and line."""


@dataclass(frozen=True, slots=True)
class Source:
    """A folder with the catalogue's files."""

    folder: Path

    @property
    def fingerprint(self) -> str:
        """A short digest that changes with any byte of the files."""
        digest = hashlib.sha256()
        for name in (MOVIES, TAGS):
            digest.update(_bytes(self.folder / name))
        return digest.hexdigest()[:16]

    def tags(self) -> list[Tag]:
        """All tags, the most used first; ties by id."""
        tags = _lines(self.folder / TAGS, Tag)
        return sorted(tags, key=lambda tag: (-tag.movies, tag.id))

    def movies(self) -> Iterator[Movie]:
        """All films, the most rated first, ties by id; their genres stand first among the tags."""
        genres = {tag.name: tag.id for tag in self.tags() if tag.kind == "genre"}
        movies = sorted(
            _lines(self.folder / MOVIES, Movie), key=lambda movie: (-movie.ratings, movie.id)
        )
        for movie in movies:
            own = tuple(genres[name] for name in movie.genres if name in genres)
            yield msgspec.structs.replace(movie, tags=(*own, *movie.tags))


def by_fame(movies: Iterable[Movie]) -> list[Movie]:
    """The films that repeat no other, the best known first; ties by id."""
    listed = (movie for movie in movies if movie.same_as is None)
    return sorted(listed, key=lambda movie: (-movie.fame, movie.id))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"the catalogue needs {path}: {error.strerror}") from error


def _lines(path: Path, kind: type[T]) -> Iterator[T]:
    decoder = msgspec.json.Decoder(kind)
    try:
        text = gzip.decompress(_bytes(path))
    except (OSError, EOFError) as error:
        raise SourceError(f"{path} must be a whole gzip file: {error}") from error
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            yield decoder.decode(line)
        except msgspec.MsgspecError as error:
            raise SourceError(f"{path} line {number}: {error}") from error
