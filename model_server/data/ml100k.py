"""MovieLens 100K, whose movie ids are its own: they are found again by title and year."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from model_server.data.records import Film
from model_server.data.tables import positive, read_separated
from model_server.data.titles import Title, fold, parse_title

RATINGS, TITLES = "u.data", "u.item"
_COLUMNS = 24
_log = logging.getLogger(__name__)


def with_movielens_ids(ratings: pl.DataFrame, folder: Path, films: Iterable[Film]) -> pl.DataFrame:
    """The ratings under MovieLens's common ids; those of films that are not found are left out.

    films: the catalogue. What was left out is logged with its titles.
    """
    titles = _read_titles(folder / TITLES)
    found = _find(titles, films)
    lost = [titles[own].name for own in sorted(titles.keys() - found.keys())]
    if lost:
        _log.warning("%s: %s films are not found: %s", folder, len(lost), "; ".join(lost))
    known = ratings.filter(pl.col("movie_id").is_in(list(found)))
    mapped = known.with_columns(pl.col("movie_id").replace_strict(found, return_dtype=pl.Int32))
    # It lists 18 films under two ids, and some people rated both.
    mapped = mapped.unique(["person", "movie_id"], keep="last", maintain_order=True)
    return mapped.sort("person", "timestamp", "movie_id")


def _read_titles(path: Path) -> dict[int, Title]:
    rows = read_separated(path, "|", _COLUMNS, "latin-1")
    return {
        positive(path, line, "movie id", values[0]): parse_title(values[1]) for line, values in rows
    }


def _find(titles: dict[int, Title], films: Iterable[Film]) -> dict[int, int]:
    """Own id to common id: a name and the year agree, else a name and a year beside it.

    Of several films the one that most people rated: whoever says "Emma" of 1996 means that one.
    """
    by_name: dict[str, list[Film]] = defaultdict(list)
    for film in films:
        for name in {fold(name) for name in (film.title, *film.titles)}:
            by_name[name].append(film)
    found = {}
    for own, title in titles.items():
        alike = [
            (abs(film.year - title.year), film.same_as is not None, -film.ratings, film.id)
            for name in {fold(name) for name in (title.name, *title.names)}
            for film in by_name[name]
            if film.year and title.year and abs(film.year - title.year) <= 1
        ]
        if alike:
            found[own] = min(alike)[-1]
    return found
