"""Every film that a person rated, to be ranked from what they had said before it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model_server.engines.base import Event
from model_server.evaluation.dislikes.rated import Rated
from model_server.training.sequences import LIKED_FROM, is_like, is_pick
from model_server.vocab import PADDING

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

ABREAST = 64  # people who are read side by side


@dataclass(frozen=True, slots=True)
class Target:
    """A film's index, PADDING without a row, the stars it got, and what was said before it.

    picks: all that the person ever liked or disliked, oldest first; the first `known` are before.
    """

    person: int
    movie: int
    stars: float
    picks: tuple[Event, ...]
    known: int

    @property
    def history(self) -> tuple[Event, ...]:
        """What the person had liked and disliked before, oldest first."""
        return self.picks[: self.known]


def later_films(rated: Rated) -> list[Target]:
    """Every film rated after the first one liked, oldest first; none where nothing was liked."""
    is_liked = is_like(rated.stars)
    is_said = is_pick(rated.stars) & (rated.movies != PADDING)
    likes = np.flatnonzero(is_said & is_liked)
    if not len(likes):
        return []
    said = zip(rated.movies[is_said].tolist(), is_liked[is_said].tolist(), strict=True)
    picks = tuple(Event(movie, liked) for movie, liked in said)
    known = (np.cumsum(is_said) - is_said).tolist()
    movies, stars = rated.movies.tolist(), rated.stars.tolist()
    return [
        Target(rated.person, movies[place], stars[place], picks, known[place])
        for place in range(int(likes[0]) + 1, len(movies))
    ]


def in_step(people: Sequence[Sequence[Target]]) -> list[Target]:
    """The targets of all people, each person's oldest first, ABREAST people keeping step.

    An engine that carries states from pick to pick then has few to make in each batch.
    """
    found: list[Target] = []
    for start in range(0, len(people), ABREAST):
        together = (target for one in people[start : start + ABREAST] for target in one)
        found += sorted(together, key=lambda target: target.known)
    return found


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at the ranks: which targets count, and as what.

    disliked_up_to: the most stars of a disliked film. is_last: only the last liked and the last
    disliked film of each person. shelf: the row of the ranks, that is, among which films.
    """

    title: str
    disliked_up_to: float
    is_last: bool = False
    shelf: int = 0

    def sides(self, targets: Sequence[Target]) -> tuple[BoolArray, BoolArray]:
        """Which targets count as liked and which as disliked, each (targets,) bool."""
        stars = np.array([target.stars for target in targets])
        sides = stars >= LIKED_FROM, stars <= self.disliked_up_to
        if not self.is_last:
            return sides
        people = [target.person for target in targets]
        return _last_of(sides[0], people), _last_of(sides[1], people)


def _last_of(is_side: BoolArray, people: Iterable[int]) -> BoolArray:
    """The last target of each person on a side."""
    last = {person: place for place, person in enumerate(people) if is_side[place]}
    kept = np.zeros(len(is_side), dtype=np.bool_)
    kept[list(last.values())] = True
    return kept
