"""Whose ratings say what they disliked: people of MovieLens 1M all of whose ratings are known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from model_server.data.corpus import Corpus, load_corpus
from model_server.data.errors import DataError
from model_server.training.sequences import canonical_ids
from model_server.vocab import PADDING, Vocab

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

SOURCE = "1m"
EVENTS = ("", "events.parquet", "movielens/events.parquet")


@dataclass(frozen=True, slots=True)
class Rated:
    """What one person rated, oldest first, each film once.

    movies: (ratings,) int, indexes, PADDING for a film without a row. stars: (ratings,) float.
    """

    person: int
    movies: IntArray
    stars: FloatArray


@dataclass(frozen=True, slots=True)
class Ratings:
    """A corpus with the model's rows, and which of its ratings are MovieLens 1M's.

    rows: (ratings,) int, PADDING for a film without one. is_source: (ratings,) bool.
    is_any: whether the corpus does not say where its ratings come from, so that all count.
    """

    corpus: Corpus
    rows: IntArray
    is_source: BoolArray
    is_any: bool

    def films(self, movies: int) -> BoolArray:
        """Which of so many films MovieLens 1M rates: (1 + movies,) bool, never padding."""
        rated = np.zeros(1 + movies, dtype=np.bool_)
        rated[self.rows[self.is_source]] = True
        rated[PADDING] = False
        return rated

    def known(self, people: Iterable[int]) -> Iterator[Rated]:
        """Those of some people whose ratings are all MovieLens 1M's and all known."""
        for person in people:
            rows = slice(*np.searchsorted(self.corpus.person, [person, person + 1]))
            stars = self.corpus.rating[rows]
            if self.is_source[rows].all() and not np.isnan(stars).any():
                yield _once(int(person), self.rows[rows], stars)


def read_ratings(path: Path, movies: Vocab, films: Iterable[Mapping[str, Any]]) -> Ratings:
    """The ratings of a corpus by a model's rows.

    Where a corpus does not say where its ratings come from, all count as MovieLens 1M's. films: the
    catalogue's, which say under which of two ids a film that is listed twice counts.
    """
    corpus = load_corpus(path)
    ids, places = np.unique(canonical_ids(corpus.movie_id, films), return_inverse=True)
    rows = np.array([movies.index(int(movie_id)) for movie_id in ids], dtype=np.int64)[places]
    is_source = _read_is_source(path, corpus)
    everything = np.ones(len(rows), dtype=np.bool_)
    return Ratings(corpus, rows, everything if is_source is None else is_source, is_source is None)


def _read_is_source(path: Path, corpus: Corpus) -> BoolArray | None:
    """Which ratings are MovieLens 1M's, (ratings,) bool; None where the corpus does not say it."""
    tables = [path / name for name in EVENTS if (path / name).suffix == ".parquet"]
    found = [table for table in tables if table.is_file()]
    if not found or "source" not in pl.read_parquet_schema(found[0]):
        return None
    columns = ["person", "position", "source"]
    table = pl.read_parquet(found[0], columns=columns).sort("person", "position")
    if len(table) != len(corpus.person):
        problem = f"has {len(table)} ratings, the corpus beside it {len(corpus.person)}"
        raise DataError(found[0], None, problem)
    is_source: BoolArray = (table["source"].cast(pl.String) == SOURCE).to_numpy()
    return is_source


def _once(person: int, movies: IntArray, stars: FloatArray) -> Rated:
    """A film that stands there twice, under two ids, keeps its first rating."""
    is_first = movies == PADDING
    is_first[np.unique(movies, return_index=True)[1]] = True
    return Rated(person, movies[is_first], stars[is_first])
