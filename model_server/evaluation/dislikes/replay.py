"""The same session with and without a dislike as its newest pick."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.engines.base import Engine, Event, Query
from model_server.evaluation.cases import People
from model_server.ranking import best
from model_server.vocab import PADDING

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

SHOWN = 24  # films of a page
REAL, CUT, DRAWN = range(3)  # what a seed is used for


@dataclass(frozen=True, slots=True)
class Replay:
    """A session before a film, an index, is disliked."""

    before: Query
    film: int

    def after(self, is_liked: bool = False) -> Query:
        """The session with the film as its newest pick."""
        return replace(self.before, events=(*self.before.events, Event(self.film, is_liked)))


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's events of films with a row, oldest first, each film once."""

    person: int
    events: tuple[Event, ...]

    @property
    def dislikes(self) -> list[int]:
        """The places of the dislikes that have a like before them."""
        likes = [place for place, event in enumerate(self.events) if event.is_liked]
        first = likes[0] if likes else len(self.events)
        places = range(first, len(self.events))
        return [place for place in places if not self.events[place].is_liked]

    @property
    def likes(self) -> tuple[Event, ...]:
        """The liked films, oldest first."""
        return tuple(event for event in self.events if event.is_liked)


def choose_visits(people: People, chosen: IntArray, count: int, seed: int) -> list[Visit]:
    """So many of the chosen people at random: who liked two films and disliked one after a like."""
    found: list[Visit] = []
    for person in np.random.default_rng(seed).permutation(chosen).tolist():
        visit = Visit(person, tuple(_events(people, person)))
        if visit.dislikes and len(visit.likes) > 1:
            found.append(visit)
        if len(found) == count:
            break
    return found


def _events(people: People, person: int) -> Iterator[Event]:
    picks, seen = people.sequences.of(person), {PADDING}
    rows = people.rows[picks.movies].tolist()
    for row, is_liked in zip(rows, picks.is_liked.tolist(), strict=True):
        if row not in seen:
            yield Event(row, is_liked)
        seen.add(row)


def real_dislike(visit: Visit, seed: int) -> Replay:
    """One of the person's own dislikes at random, after all they had said before it."""
    rng = np.random.default_rng([seed, REAL, visit.person])
    place = int(rng.choice(visit.dislikes))
    return Replay(Query(visit.events[:place]), visit.events[place].movie)


def liking_session(
    visit: Visit, catalogue: Catalogue, seed: int, newest: int | None = None, tags: int = 0
) -> Query:
    """What a visitor may have said who has not disliked yet: the person's likes up to some point.

    newest: only so many of them. tags: so many tags of the film that they liked next.
    """
    rng = np.random.default_rng([seed, CUT, visit.person])
    likes = visit.likes
    cut = int(rng.integers(1, len(likes)))
    first = 0 if newest is None else max(0, cut - newest)
    wanted = np.array(catalogue.tags_of(likes[cut].movie), dtype=np.int64)
    return Query(likes[first:cut], tuple(rng.permutation(wanted)[:tags].tolist()))


def shown_dislikes(engine: Engine, sessions: Sequence[Query], seed: int) -> list[Replay]:
    """Each session and one of the SHOWN films that its page shows, at random."""
    scores = engine.score(sessions).movies
    rng = np.random.default_rng([seed, DRAWN])
    pairs = zip(sessions, scores, strict=True)
    return [Replay(session, int(rng.choice(page(row, session)))) for session, row in pairs]


def page(scores: FloatArray, session: Query, *left_out: int) -> IntArray:
    """The SHOWN best films that are not in the session, nor among those left out.

    scores: (1 + movies,) float. Nothing else is masked, whatever tags the session has.
    """
    allowed = np.ones(len(scores), dtype=np.bool_)
    allowed[[PADDING, *left_out, *(event.movie for event in session.events)]] = False
    return best(scores, allowed, SHOWN)
