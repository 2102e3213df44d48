"""What people said before a movie they liked: the questions that every engine gets."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.data.corpus import Corpus
from model_server.engines.base import Event, Query
from model_server.protocol import MAX_PICKS
from model_server.training.sequences import Picks, Sequences, canonical_ids, read_sequences
from model_server.vocab import PADDING, Vocab

IntArray = npt.NDArray[np.int64]

TAG_SEED = 2026


@dataclass(frozen=True, slots=True)
class LastLike:
    """What one person said, oldest first, and the movie that they liked next, as indexes."""

    history: Picks
    target: int


@dataclass(frozen=True, slots=True)
class Case:
    """One person's picks before a movie they liked, oldest first, and that movie.

    `target` is its index, PADDING if the model has no row for it; `target_tags` are its tags in
    a random order, of which a variant of the case knows the first few.
    """

    person: int
    events: tuple[Event, ...]
    target: int
    target_tags: tuple[int, ...]

    def query(self, known_tags: int = 0, likes_only: int | None = None) -> Query:
        """The session of this case with so many of the target's tags liked, or all it has.

        likes_only: the session is nothing but so many of the newest likes, or all there are.
        """
        return Query(self._said(likes_only), self.target_tags[:known_tags])

    def _said(self, likes_only: int | None) -> tuple[Event, ...]:
        if likes_only is None:
            return self.events
        newest = (event for event in reversed(self.events) if event.is_liked)
        return tuple(islice(newest, likes_only))[::-1]


@dataclass(frozen=True, slots=True)
class People:
    """A corpus as picks of all its movies, and the index that a catalogue has for each movie.

    rows: (1 + corpus movies,) int, PADDING for a movie without a row.
    """

    sequences: Sequences
    rows: IntArray

    def likes(self, people: Iterable[int]) -> list[IntArray]:
        """Per person the indexes of the movies they liked, oldest first; those without a row left
        out."""
        liked = (self.rows[picks.movies[picks.is_liked]] for picks in self.sequences.each(people))
        return [rows[rows != PADDING] for rows in liked]


def read_people(corpus: Corpus, movies: Vocab, films: Iterable[Mapping[str, Any]]) -> People:
    """Everyone's picks: 3.5 and more is a like, 2.5 and less a dislike, between is left out.

    films: the catalogue's, which say under which of two ids a film that is listed twice counts.
    """
    movie_id = canonical_ids(corpus.movie_id, films)
    everything = Vocab(np.unique(movie_id))
    sequences = read_sequences(corpus.person, movie_id, corpus.rating, everything)
    rows = [PADDING, *(movies.index(int(movie_id)) for movie_id in everything.ids)]
    return People(sequences, np.array(rows, dtype=np.int64))


def last_like(picks: Picks) -> LastLike | None:
    """The last like of a person and the newest MAX_PICKS picks before it; None below two likes.

    Should the movie have been picked before, under a second id, that pick is left out.
    """
    found = last_likes(picks, 1)
    return found[0] if found else None


def last_likes(picks: Picks, count: int) -> list[LastLike]:
    """The last `count` likes of a person, oldest first, each with the newest MAX_PICKS picks
    before it; the first like of all is none of them.

    Should a movie have been picked before, under a second id, that pick is left out.
    """
    likes = np.flatnonzero(picks.is_liked)[1:][-count:]
    return [_before(picks, int(place)) for place in likes]


def build_cases(
    people: People, chosen: Iterable[int], catalogue: Catalogue, targets: int = 1
) -> list[Case]:
    """The cases of the chosen people, in their order; people with fewer than two likes have none.

    A person's cases are their last `targets` likes, oldest first. A case keeps the newest MAX_PICKS
    picks, as the API does, and of these what has a row.
    """
    return [case for person in chosen for case in _cases(int(person), people, catalogue, targets)]


def _before(picks: Picks, place: int) -> LastLike:
    movies, target = picks.movies[:place], int(picks.movies[place])
    kept = np.flatnonzero(movies != target)[-MAX_PICKS:]
    return LastLike(Picks(movies[kept], picks.is_liked[kept]), target)


def _cases(person: int, people: People, catalogue: Catalogue, targets: int) -> Iterator[Case]:
    for found in last_likes(people.sequences.of(person), targets):
        target = int(people.rows[found.target])
        tags = _tags(person, target, catalogue)
        yield Case(person, _events(found.history, people.rows), target, tags)


def _events(history: Picks, rows: IntArray) -> tuple[Event, ...]:
    """The picks of movies that have a row."""
    pairs = zip(rows[history.movies].tolist(), history.is_liked.tolist(), strict=True)
    return tuple(Event(row, is_liked) for row, is_liked in pairs if row != PADDING)


def _tags(person: int, target: int, catalogue: Catalogue) -> tuple[int, ...]:
    if target == PADDING:
        return ()
    tags = np.array(catalogue.tags_of(target), dtype=np.int64)
    return tuple(np.random.default_rng([TAG_SEED, person]).permutation(tags).tolist())
