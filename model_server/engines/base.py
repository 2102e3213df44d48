"""What every engine promises: sessions in, scores over all movies and tags out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]

DISLIKE, LIKE, START = 0, 1, 2  # kinds of an event, as the network reads them


class Event(NamedTuple):
    """One liked or disliked movie.

    `movie` is its index, 0 when the network has no row for it; `tags` are then the indexes of
    its tags, so that it still says something.
    """

    movie: int
    is_liked: bool
    tags: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """One session as an engine reads it: `events` oldest first, and the tags (indexes) picked.

    is_supposed: nobody has had this session; it is asked about to compare another one with.
    """

    events: tuple[Event, ...] = ()
    liked_tags: tuple[int, ...] = ()
    disliked_tags: tuple[int, ...] = ()
    is_supposed: bool = False


@dataclass(frozen=True, slots=True)
class Scores:
    """Raw scores, higher is better; column 0 is padding and must be ignored.

    movies: (batch, 1 + movies) float. tags: (batch, 1 + tags) float. nat: the difference of two
    scores that stands for a movie e times as likely, 1 in scores made for a softmax.
    """

    movies: FloatArray
    tags: FloatArray
    nat: float = 1.0


class Engine(Protocol):
    """One way to score every movie and tag; equal queries give equal scores.

    `name` is the word of the API, `title` what a person reads.
    """

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    def score(self, queries: Sequence[Query]) -> Scores:
        """Score each query against all movies and tags; nothing is masked here."""
        ...
