"""The visitor's sliders: what they add to scores, and how loudly an engine hears dislikes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.engines.base import Query, Scores
from model_server.protocol import Tuning

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.integer]

Ask = Callable[[Sequence[Query]], Scores]

HIDDEN_GEMS_STEP: Final = 0.8  # nats, for a movie e times as popular
NEWER_STEP: Final = 0.3  # nats, for a movie a decade younger
LOUDER: Final = 1.0  # how often more what strong dislikes change is added
LITTLE_KNOWN: Final = 0.25  # the share of all likes that goes to little-known movies


class Sliders:
    """Asks engines as visitors want them asked, about the movies of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        popularity = np.log1p(catalogue.likes / _known(catalogue.likes))
        self._popularity = popularity.astype(np.float32)
        self._decades = _decades(catalogue.years)

    def score(self, ask: Ask, queries: Sequence[Query], tunings: Sequence[Tuning]) -> Scores:
        """What an engine says of each query, asked in one batch, as its tuning has it.

        hidden_gems: -HIDDEN_GEMS_STEP * log popularity, each step, as logits are adjusted for how
        frequent a label is (Menon et al. 2021, sec. 4). Popularity is 1 + likes / known, where
        `known` is where little-known movies end; were it 1 + likes, the thousands that nobody
        liked would all rise at once. newer: NEWER_STEP each step and decade; an unknown year
        counts as the mean one.
        """
        found = _ask_aloud(ask, queries, tunings)
        gems, newer = (
            np.array(steps, dtype=np.float32)
            for steps in zip(*((one.hidden_gems, one.newer) for one in tunings), strict=True)
        )
        if not (gems.any() or newer.any()):
            return found
        moved = NEWER_STEP * np.outer(newer, self._decades)  # (queries, 1 + movies), nats
        moved -= HIDDEN_GEMS_STEP * np.outer(gems, self._popularity)
        return replace(found, movies=found.movies + found.nat * moved)


def heard(query: Query, tuning: Tuning) -> Query:
    """What an engine is to read of a session: all of it, or no dislike when they are ignored."""
    return _without_dislikes(query) if tuning.dislikes == "ignore" else query


def _ask_aloud(ask: Ask, queries: Sequence[Query], tunings: Sequence[Tuning]) -> Scores:
    """The scores of each query, what strong dislikes change counted double.

    score + LOUDER * (score - score of the session without its dislikes): classifier-free guidance
    (Ho and Salimans 2022, eq. 6). To tell the network of each dislike twice was tried: it heard
    less and not more.
    """
    without = [_without_dislikes(query) for query in queries]
    loud = [
        row
        for row, tuning in enumerate(tunings)
        if tuning.dislikes == "strong" and without[row] != queries[row]
    ]
    read = [heard(query, tuning) for query, tuning in zip(queries, tunings, strict=True)]
    found = ask([*read, *(replace(without[row], is_supposed=True) for row in loud)])
    if not loud:
        return found
    movies, tags = (_louder(scores, loud) for scores in (found.movies, found.tags))
    return replace(found, movies=movies, tags=tags)


def _louder(scores: FloatArray, loud: Sequence[int]) -> FloatArray:
    """Scores of which the last rows are those of the `loud` ones without dislikes."""
    kept = np.array(scores[: len(scores) - len(loud)])
    kept[loud] += LOUDER * (kept[loud] - scores[len(kept) :])
    return kept


def _without_dislikes(query: Query) -> Query:
    likes = tuple(event for event in query.events if event.is_liked)
    return replace(query, events=likes, disliked_tags=())


def _known(likes: IntArray) -> int:
    """How many people like a movie where little-known ones end; 1 when nobody likes anything."""
    ordered = np.sort(likes)
    reached = np.cumsum(ordered)  # (1 + movies,), the likes of movies up to each
    return max(1, int(ordered[np.searchsorted(reached, LITTLE_KNOWN * reached[-1])]))


def _decades(years: IntArray) -> FloatArray:
    """How many decades each movie is younger than the mean one; 0 for an unknown year."""
    decades, is_known = years // 10, years > 0
    mean = decades[is_known].mean() if is_known.any() else 0.0
    return np.where(is_known, decades - mean, 0.0).astype(np.float32)
