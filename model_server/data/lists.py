"""The two public lists: TMDB's keywords by film, and MovieLens's YouTube trailers."""

import ast
from pathlib import Path

from model_server.data.errors import DataError
from model_server.data.metadata import YOUTUBE_ID
from model_server.data.records import Named
from model_server.data.tables import positive, read_csv

# A spreadsheet took ids that begin with "-" for formulas; what it left is no id.
_LOST = "#NAME?"


def read_keywords(path: Path) -> dict[int, frozenset[str]]:
    """The keywords of each TMDB id; a film that stands there twice has those of both rows."""
    keywords: dict[int, frozenset[str]] = {}
    for line, (film, text) in read_csv(path, ("id", "keywords")):
        tmdb_id = positive(path, line, "id", film)
        keywords[tmdb_id] = keywords.get(tmdb_id, frozenset()) | _names(path, line, text)
    return keywords


def _names(path: Path, line: int, text: str) -> frozenset[str]:
    try:
        items = ast.literal_eval(text)
        return frozenset(str(item["name"]) for item in items)
    except (ValueError, SyntaxError, TypeError, KeyError, MemoryError, RecursionError) as error:
        problem = f"keywords must be a list like [{{'id': 1, 'name': 'toy'}}], got {text[:60]!r}"
        raise DataError(path, line, problem) from error


def read_trailers(path: Path) -> tuple[dict[int, str], dict[int, Named]]:
    """YouTube ids by movie id, and the films' names as that file has them."""
    trailers: dict[int, str] = {}
    named: dict[int, Named] = {}
    for line, (youtube, movie, title) in read_csv(path, ("youtubeId", "movieId", "title")):
        movie_id = positive(path, line, "movieId", movie)
        if movie_id in named:
            raise DataError(path, line, f"repeats movieId {movie_id}")
        named[movie_id] = Named(title)
        if youtube == _LOST:
            continue
        trailers[movie_id] = youtube.removesuffix("/")  # one was cut out of an address
        if not YOUTUBE_ID.fullmatch(trailers[movie_id]):
            problem = f"youtubeId must be 11 letters, digits, - or _, got {youtube!r}"
            raise DataError(path, line, problem)
    return trailers, named
