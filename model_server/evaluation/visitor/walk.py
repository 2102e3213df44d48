"""Visitors walk through the product's own pages, click by click, until they see what they want."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from model_server.evaluation.visitor.habits import Habit, Knowledge, Scene
from model_server.evaluation.visitor.wishes import Wish
from model_server.protocol import Pick, Recommend, Recommended
from model_server.recommender import Recommender

IntArray = npt.NDArray[np.int64]

FILMS, TAGS = 24, 12  # that a visitor looks at
TAGS_SENT = 24  # that the page asks for
LIMIT = 50  # clicks after which a visitor gives up
TOGETHER = 64  # visitors who are answered at once


@dataclass(frozen=True, slots=True)
class Walked:
    """How visitors fared: each (wishes,) int.

    clicks: until the film they want is before them; 0: it was on the first page, LIMIT + 1: it was
    not within LIMIT clicks. tags, films: how many of the clicks were on tags and on films, the
    others being for the next page.
    """

    clicks: IntArray
    tags: IntArray
    films: IntArray

    @property
    def pages(self) -> IntArray:
        """How many of the clicks were for the next page."""
        return self.clicks - self.tags - self.films


@dataclass(slots=True)
class Visit:
    """One visitor on their way: what they picked, oldest first, and where on the list they are."""

    wish: Wish
    dice: np.random.Generator
    picks: list[Pick] = field(default_factory=list)
    offset: int = 0
    clicks: int = 0

    def request(self, engine: str) -> Recommend:
        """What the page asks for."""
        return Recommend(
            picks=tuple(self.picks),
            limit=FILMS,
            offset=self.offset,
            tag_limit=TAGS_SENT,
            engine=engine,
        )

    def step(self, pick: Pick | None) -> None:
        """Click on a film or tag, which shows the list from its start, or go to the next page."""
        self.clicks += 1
        self.offset = 0 if pick else self.offset + FILMS
        self.picks += [pick] if pick else []

    def count(self) -> tuple[int, int, int]:
        """The clicks so far, those on tags and those on films."""
        tags = sum(pick.kind == "tag" for pick in self.picks)
        return self.clicks, tags, len(self.picks) - tags


def walk(
    recommender: Recommender,
    engine: str,
    habit: Habit,
    wishes: Sequence[Wish],
    known: Knowledge,
    seed: int,
    progress: Callable[[int], object] = lambda _done: None,
) -> Walked:
    """How every visitor fares; everybody starts without a pick.

    `progress` hears how many visitors have ended since last time.
    """
    rows: list[tuple[int, int, int]] = []
    for start in range(0, len(wishes), TOGETHER):
        some = wishes[start : start + TOGETHER]
        visits = [Visit(wish, np.random.default_rng([seed, wish.person])) for wish in some]
        _walk_together(recommender, engine, habit, visits, known)
        rows += [visit.count() for visit in visits]
        progress(len(visits))
    return Walked(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)


def _walk_together(
    recommender: Recommender, engine: str, habit: Habit, visits: Sequence[Visit], known: Knowledge
) -> None:
    while visits:
        seeking = []
        for visit, scene in _look(recommender, engine, visits, known):
            if visit.wish.film in scene.films:
                continue
            visit.step(habit.click(scene))
            seeking.append(visit)
        visits = [visit for visit in seeking if visit.clicks <= LIMIT]


def _look(
    recommender: Recommender, engine: str, visits: Sequence[Visit], known: Knowledge
) -> Iterator[tuple[Visit, Scene]]:
    answers = recommender.answer([visit.request(engine) for visit in visits])
    for visit, answer in zip(visits, answers, strict=True):
        if not isinstance(answer, Recommended):
            raise ValueError(f"{engine} gave no list: {answer}")
        films = [film.id for film in answer.movies]
        tags = [tag.id for tag in answer.tags[:TAGS]]
        yield visit, Scene(visit.wish, films, tags, known, visit.dice)
