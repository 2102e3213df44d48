"""The rows of the visitor's tables: who walks through whose pages, and how they fared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.evaluation.visitor.engines import TAGS_ALONE, UNARRANGED, Maker
from model_server.evaluation.visitor.habits import FILMS_ALONE, OTHERS, TELLING, Habit, Knowledge
from model_server.evaluation.visitor.walk import LIMIT, Walked, walk
from model_server.evaluation.visitor.wishes import Wish

BoolArray = npt.NDArray[np.bool_]
Figures = npt.NDArray[np.float64]

Watch = Callable[[str, int], object]

WITHIN = (0, 1, 2, 3, 5, 10, LIMIT)
FEW_TAGS, MANY_TAGS = 4, 10
KNOWN_BY_FEW, KNOWN_BY_MANY = 50, 500  # likes of train people


@dataclass(frozen=True, slots=True)
class Row:
    """How all visitors of one habit fared on the pages of one maker."""

    habit: str
    maker: str
    walked: Walked

    @property
    def figures(self) -> Figures:
        """Whether each visitor found the film within each of WITHIN clicks, and then the clicks:
        (wishes, 1 + len(WITHIN)) float."""
        clicks = self.walked.clicks
        found = [clicks <= most for most in WITHIN]
        return np.stack([*found, clicks], axis=1).astype(np.float64)


def plan_rows(makers: Sequence[Maker]) -> list[tuple[Habit, Maker]]:
    """What is measured: the first two habits on all pages, the others on the first maker's.

    Who looks at no tag is spared pages that differ in their tags alone.
    """
    about_tags = (TAGS_ALONE, UNARRANGED)
    return [
        *((TELLING, maker) for maker in makers),
        *((FILMS_ALONE, maker) for maker in makers if maker.title not in about_tags),
        *((habit, makers[0]) for habit in OTHERS),
    ]


def measure_rows(
    makers: Sequence[Maker], wishes: Sequence[Wish], known: Knowledge, seed: int, watch: Watch
) -> list[Row]:
    """The rows of `plan_rows`. `watch` hears of every visitor of every row."""
    rows = []
    for habit, maker in plan_rows(makers):

        def progress(done: int, doing: str = maker.title) -> None:
            watch(doing, done)

        walked = walk(maker.recommender, maker.engine, habit, wishes, known, seed, progress)
        rows.append(Row(habit.title, maker.title, walked))
    return rows


def kinds_of_wishes(wishes: Sequence[Wish], catalogue: Catalogue) -> dict[str, BoolArray]:
    """Which wishes are hard for what reason: a mask, (wishes,) bool, for each kind."""
    tags = np.array([len(wish.tags) for wish in wishes])
    films = [catalogue.movies.index(wish.film) for wish in wishes]
    likes = catalogue.likes[films]
    return {
        "all": np.ones(len(wishes), dtype=np.bool_),
        f"the film has up to {FEW_TAGS} tags": tags <= FEW_TAGS,
        f"{FEW_TAGS + 1} to {MANY_TAGS - 1} tags": (tags > FEW_TAGS) & (tags < MANY_TAGS),
        f"{MANY_TAGS} tags and more": tags >= MANY_TAGS,
        f"fewer than {KNOWN_BY_FEW} train people liked it": likes < KNOWN_BY_FEW,
        f"{KNOWN_BY_FEW} to {KNOWN_BY_MANY - 1} liked it": (likes >= KNOWN_BY_FEW)
        & (likes < KNOWN_BY_MANY),
        f"{KNOWN_BY_MANY} and more liked it": likes >= KNOWN_BY_MANY,
    }
