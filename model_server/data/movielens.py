"""MovieLens releases as GroupLens publishes them: names, genres, links and ratings."""

from pathlib import Path

from model_server.data.errors import DataError
from model_server.data.records import NO_GENRES, Link, Named
from model_server.data.tables import optional_positive, positive, read_csv, read_separated

_ML_1M = "latin-1"


def read_names(folder: Path) -> dict[int, Named]:
    """Names and genres by movie id, from movies.csv or, of ml-1m, movies.dat."""
    if (folder / "movies.csv").exists():
        path = folder / "movies.csv"
        rows = read_csv(path, ("movieId", "title", "genres"))
    elif (folder / "movies.dat").exists():
        path = folder / "movies.dat"
        rows = read_separated(path, "::", 3, _ML_1M)
    else:
        raise DataError(folder, None, "has neither movies.csv nor movies.dat")
    named: dict[int, Named] = {}
    for line, (movie, title, genres) in rows:
        movie_id = positive(path, line, "movieId", movie)
        if movie_id in named:
            raise DataError(path, line, f"repeats movieId {movie_id}")
        named[movie_id] = Named(title, _genres(genres))
    return named


def _genres(text: str) -> tuple[str, ...]:
    return () if text in ("", NO_GENRES) else tuple(text.split("|"))


def read_links(folder: Path) -> dict[int, Link]:
    """IMDb's and TMDB's ids by movie id; empty for a release without links.csv (ml-1m)."""
    path = folder / "links.csv"
    if not path.exists():
        return {}
    links: dict[int, Link] = {}
    for line, (movie, imdb, tmdb) in read_csv(path, ("movieId", "imdbId", "tmdbId")):
        movie_id = positive(path, line, "movieId", movie)
        if movie_id in links:
            raise DataError(path, line, f"repeats movieId {movie_id}")
        imdb_number = optional_positive(path, line, "imdbId", imdb)
        imdb_id = None if imdb_number is None else f"tt{imdb_number:07d}"
        links[movie_id] = Link(imdb_id, optional_positive(path, line, "tmdbId", tmdb))
    return links
