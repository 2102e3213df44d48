"""Puts cases to an engine and says where each target came in."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
import numpy.typing as npt

from model_server.engines.base import Engine, Query
from model_server.engines.baseline import Baseline
from model_server.evaluation.cases import Case
from model_server.evaluation.metrics import NO_RANK, target_ranks
from model_server.vocab import PADDING

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

BATCH = 64


@dataclass(frozen=True, slots=True)
class Variant:
    """What of a case the engine is told; `title` is what a table says of it.

    likes_only: nothing but so many of the newest likes; None: all that was said before the target.
    known_tags: and so many of the target's tags, liked.
    """

    title: str
    likes_only: int | None = None
    known_tags: int = 0

    def query(self, case: Case) -> Query:
        """The session that the engine answers."""
        return case.query(self.known_tags, self.likes_only)


WHOLE = Variant("whole history")


def rank_targets(
    engine: Engine,
    cases: Sequence[Case],
    variants: Sequence[Variant] = (WHOLE,),
    progress: Callable[[int], object] = lambda _done: None,
) -> IntArray:
    """Where each case's target comes in among all movies that are not in its session; 1 is best.

    Returns (variants, cases). A target without a row gets NO_RANK. `progress` hears how many cases
    were done since last time.
    """
    ranks = np.empty((len(variants), len(cases)), dtype=np.int64)
    for places in batches(cases):
        batch = [cases[place] for place in places]
        for row, variant in enumerate(variants):  # here, for engines keep states of sessions
            queries = [variant.query(case) for case in batch]
            scores = score_movies(engine, queries)
            ranks[row, places] = ranks_in(scores, queries, [case.target for case in batch])
        progress(len(batch))
    return ranks


def batches(cases: Sequence[Case]) -> Iterator[list[int]]:
    """The places of all cases, at most BATCH at a time.

    Sessions of like length stand together, and a person's cases in batches that follow each other,
    for engines that keep states from click to click.
    """
    of_person: dict[int, list[int]] = defaultdict(list)
    for place, case in enumerate(cases):
        of_person[case.person].append(place)
    people = sorted(of_person.values(), key=lambda places: len(cases[places[0]].events))
    for start in range(0, len(people), BATCH):
        for column in zip_longest(*people[start : start + BATCH]):
            yield [place for place in column if place is not None]


def score_movies(engine: Engine, queries: Sequence[Query]) -> FloatArray:
    """An engine's scores of movies alone: (queries, 1 + movies); padding stands first."""
    if isinstance(engine, Baseline):
        return engine.score_movies(queries)  # its tags would cost more than its movies
    return engine.score(queries).movies


def ranks_in(scores: FloatArray, queries: Sequence[Query], targets: Sequence[int]) -> IntArray:
    """The rank of each target. scores: (queries, 1 + movies) float, padding first."""
    rows = np.array(targets, dtype=np.int64)
    return np.where(
        rows == PADDING, NO_RANK, target_ranks(scores, rows, said(queries, scores.shape))
    )


def said(queries: Sequence[Query], shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """(queries, 1 + movies) bool: the movies that a session holds, and padding."""
    held = np.zeros(shape, dtype=np.bool_)
    for row, query in enumerate(queries):
        held[row, [PADDING, *(event.movie for event in query.events)]] = True
    return held
