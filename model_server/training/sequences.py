"""A corpus read as picks: per person the liked and disliked movies, oldest first, as indexes."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from model_server.data.corpus import Corpus
from model_server.vocab import Vocab

IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]

LIKED_FROM, DISLIKED_UP_TO = 3.5, 2.5


@dataclass(frozen=True, slots=True)
class Picks:
    """What one person said: movie indexes and whether each was liked, oldest first."""

    movies: IntArray
    is_liked: BoolArray


@dataclass(frozen=True, slots=True)
class Sequences:
    """The picks of all people; those of person p are rows starts[p] to starts[p + 1].

    starts: (people + 1,) int. movies: (picks,) int, 1..n. is_liked: (picks,) bool.
    """

    starts: npt.NDArray[np.int64]
    movies: IntArray
    is_liked: BoolArray

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, person: int) -> Picks:
        """One person's picks, oldest first."""
        rows = slice(self.starts[person], self.starts[person + 1])
        return Picks(self.movies[rows], self.is_liked[rows])

    def each(self, people: Iterable[int]) -> Iterator[Picks]:
        """The picks of some people, in the order given."""
        return (self.of(int(person)) for person in people)


def is_pick(rating: npt.NDArray[np.float32]) -> BoolArray:
    """Which ratings say like or dislike; those between say neither and are left out."""
    picked: BoolArray = is_like(rating) | (rating <= DISLIKED_UP_TO)
    return picked


def is_like(rating: npt.NDArray[np.float32]) -> BoolArray:
    """Which ratings are likes. An unknown one (NaN) is at least 3 by its source, and a like."""
    liked: BoolArray = np.isnan(rating) | (rating >= LIKED_FROM)
    return liked


def read_sequences(
    person: IntArray, movie_id: IntArray, rating: npt.NDArray[np.float32], movies: Vocab
) -> Sequences:
    """Fold ratings into picks, dropping movies without a row.

    All three arrays: (ratings,), a person's rows contiguous and oldest first, people 0..n-1
    ascending. rating: 0.5 to 5, NaN where unknown.
    """
    rows_of = np.zeros(int(max(movies.ids.max(), movie_id.max())) + 1, dtype=np.int32)
    rows_of[movies.ids] = np.arange(1, len(movies) + 1)
    index = rows_of[movie_id]
    kept = is_pick(rating) & (index > 0)
    counts = np.bincount(person[kept], minlength=int(person.max()) + 1)
    starts = np.concatenate([[0], np.cumsum(counts)])
    return Sequences(starts, index[kept], is_like(rating)[kept])


def canonical_ids(movie_id: IntArray, films: Iterable[Mapping[str, Any]]) -> IntArray:
    """The ids with every film that is listed twice under one of them, which its `same_as` names."""
    known = np.arange(int(movie_id.max(initial=0)) + 1, dtype=np.int32)
    for film in films:
        if film.get("same_as") and film["id"] < len(known):
            known[film["id"]] = film["same_as"]
    return known[movie_id]


def corpus_fingerprint(corpus: Corpus) -> str:
    """A short digest of who rated what, how, in which order; times do not count."""
    digest = hashlib.sha256()
    for column in (corpus.person, corpus.movie_id, np.nan_to_num(corpus.rating)):
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()[:16]
