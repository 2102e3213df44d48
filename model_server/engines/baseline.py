"""What the baselines share: a rating of all movies by the liked ones, then tags, then popularity.

Each reads likes alone: subtracting dislikes was tried on validation people and made all worse.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.engines.base import Event, Query, Scores
from model_server.engines.links import Links
from model_server.ranking import best
from model_server.vocab import PADDING

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float32]

Rate = Callable[[Sequence[Event]], FloatArray]

TOP_MOVIES = 100  # the movies whose tags an engine proposes
TAG_WEIGHT = 3.0  # more than what lies between the best rating, 1, and the worst, -1
TIE_BREAK = 1e-4  # what popularity may add to a rating between -1 and 1
NAT = 0.1  # a rating's range is about a tenth of that of the network's scores
LEAST_SHARE = 1e-4  # a like that weighs less than this is not read


@dataclass(frozen=True, slots=True)
class Shelf:
    """The catalogue as baselines read it.

    popularity: (1 + movies,) float, 1 for the most liked movie. tags: (pairs,) int and owners:
    (pairs,) int, every pair of a movie and a tag it carries. carriers: (pairs,) int, the owners in
    the order of their tags; those of tag t are carriers[starts[t]:starts[t + 1]]. tag_sizes: (1 +
    tags,) float, the share of all movies that carry a tag.
    """

    popularity: FloatArray
    tags: IntArray
    owners: IntArray
    carriers: IntArray
    starts: IntArray
    tag_sizes: FloatArray = field(repr=False)


def stack_shelf(catalogue: Catalogue, likes: IntArray) -> Shelf:
    """The shelf of a catalogue. likes: (1 + movies,) int, how many people liked each movie."""
    popularity = (likes / max(int(likes.max()), 1)).astype(np.float32)
    tags = catalogue.movie_tags.astype(np.int64)
    owners = np.repeat(np.arange(len(likes)), np.diff(catalogue.tag_starts))
    carried = np.bincount(tags, minlength=1 + len(catalogue.tags))  # (1 + tags,)
    carriers, starts = owners[np.argsort(tags, kind="stable")], np.append(0, np.cumsum(carried))
    sizes = (carried / max(len(likes) - 1, 1)).astype(np.float32)
    return Shelf(popularity, tags, owners, carriers, starts, sizes)


@dataclass(frozen=True, slots=True)
class Baseline:
    """An engine that orders movies by the picked tags they carry, then by `rate`, then by likes.

    A liked tag counts TAG_WEIGHT, a disliked one as much less. Of the ways tried, tags first
    serves every baseline best.
    """

    name: str
    title: str
    rate: Rate
    shelf: Shelf

    def score(self, queries: Sequence[Query]) -> Scores:
        movies = self.score_movies(queries)
        tags = np.empty((len(queries), len(self.shelf.tag_sizes)), dtype=np.float32)
        for row, of_movies in enumerate(movies):
            tags[row] = self._tags(of_movies)
        return Scores(movies, tags, NAT)

    def score_movies(self, queries: Sequence[Query]) -> FloatArray:
        """What `score` says of movies, without its tags: (queries, 1 + movies) float."""
        movies = np.empty((len(queries), len(self.shelf.popularity)), dtype=np.float32)
        for row, query in enumerate(queries):
            movies[row] = self._movies(query)
        return movies

    def _movies(self, query: Query) -> FloatArray:
        rating = settled(self.rate(query.events), self.shelf)
        matches = self._carried(query.liked_tags) - self._carried(query.disliked_tags)
        scores: FloatArray = rating + TAG_WEIGHT * matches
        return scores

    def _carried(self, picked: tuple[int, ...]) -> FloatArray:
        """How many of the picked tags each movie carries: (1 + movies,) float."""
        counts = np.zeros_like(self.shelf.popularity)
        for tag in set(picked):
            start, end = self.shelf.starts[tag : tag + 2]
            counts[self.shelf.carriers[start:end]] += 1
        return counts

    def _tags(self, movies: FloatArray) -> FloatArray:
        """The discounted count of each tag among the best movies; a tie to the larger tag."""
        is_movie = np.arange(len(movies)) != PADDING
        top = best(movies, is_movie, TOP_MOVIES)
        gains = np.zeros(len(movies))
        gains[top] = 1 / np.log2(2 + np.arange(len(top)))
        sizes = self.shelf.tag_sizes
        found = np.bincount(self.shelf.tags, gains[self.shelf.owners], minlength=len(sizes))
        return found.astype(np.float32) + TIE_BREAK * sizes


@dataclass(frozen=True, slots=True)
class LinkedLikes:
    """Rates every movie by its links from the liked ones; the newest like counts `decay` ** 0."""

    links: Links
    decay: float
    movies: int

    def __call__(self, events: Sequence[Event]) -> FloatArray:
        likes = np.array([event.movie for event in events if event.is_liked], dtype=np.int64)
        shares = self.decay ** np.arange(len(likes), dtype=np.float32)[::-1]
        is_read = (likes > 0) & (shares >= LEAST_SHARE)
        if not is_read.any():
            return np.zeros(1 + self.movies, dtype=np.float32)
        return self.links.spread(likes[is_read], shares[is_read].astype(np.float32))


def settled(rating: FloatArray, shelf: Shelf) -> FloatArray:
    """A rating of all movies between about -1 and 1, in which popularity decides ties."""
    found: FloatArray = scaled(rating) + TIE_BREAK * shelf.popularity
    return found


def scaled(rating: FloatArray) -> FloatArray:
    """A rating divided by its largest magnitude; one of zeros stays as it is."""
    largest = np.abs(rating).max()
    return rating / largest if largest > 0 else rating
