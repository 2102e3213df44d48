"""What a dislike does to the disliked film's nearest neighbours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model_server.engines.base import Event
from model_server.engines.registry import Network
from model_server.evaluation.dislikes.replay import Replay, page
from model_server.ranking import best
from model_server.space import Space
from model_server.vocab import PADDING

Figures = npt.NDArray[np.float64]
FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

NEIGHBOURS = 10
BATCH = 50


@dataclass(frozen=True, slots=True)
class Effects:
    """What the dislikes of some replays did.

    changes: (replays, NEIGHBOURS) float, of each neighbour's log-probability in nats. if_liked:
    (replays, NEIGHBOURS) float, had the film been liked instead. before, after: (replays,) int,
    how many of the neighbours the page shows; the film itself stands on neither page.
    """

    changes: Figures
    if_liked: Figures
    before: IntArray
    after: IntArray

    @property
    def change(self) -> float:
        """By which share of themselves the neighbours' places grew; NaN where they had none."""
        before = int(self.before.sum())
        return float(self.after.sum() / before - 1) if before else np.nan


def measure(
    network: Network,
    space: Space,
    replays: Sequence[Replay],
    progress: Callable[[int], object] = lambda _done: None,
) -> Effects:
    """The effects of the replays' dislikes on the films that `space` holds nearest."""
    found: list[Effects] = []
    for start in range(0, len(replays), BATCH):
        batch = replays[start : start + BATCH]
        found.append(_measure(network, space, batch))
        progress(len(batch))
    parts = ("changes", "if_liked", "before", "after")
    return Effects(*(np.concatenate([getattr(one, part) for one in found]) for part in parts))


def _measure(network: Network, space: Space, replays: Sequence[Replay]) -> Effects:
    near = np.stack([neighbours(network, space, replay.film) for replay in replays])
    before = network.score([replay.before for replay in replays]).movies
    after = network.score([replay.after() for replay in replays]).movies
    liked = network.score([replay.after(is_liked=True) for replay in replays]).movies
    start = _logs(before, near)
    return Effects(
        _logs(after, near) - start,
        _logs(liked, near) - start,
        _places(before, near, replays),
        _places(after, near, replays),
    )


def neighbours(network: Network, space: Space, film: int) -> IntArray:
    """The NEIGHBOURS films that the product calls similar to a film, the nearest first."""
    closeness = space.cosines(network.embedding([Event(film, False)])[0])
    allowed = closeness > -np.inf
    allowed[[PADDING, film]] = False
    return best(closeness, allowed, NEIGHBOURS)


def _logs(scores: FloatArray, films: IntArray) -> Figures:
    """Log of the softmax over all movies at each row's films: (queries, films) float."""
    values = scores[:, PADDING + 1 :].astype(np.float64)
    totals = np.logaddexp.reduce(values, axis=1, keepdims=True)
    return np.take_along_axis(scores, films, axis=1).astype(np.float64) - totals


def _places(scores: FloatArray, near: IntArray, replays: Sequence[Replay]) -> IntArray:
    rows = zip(scores, near, replays, strict=True)
    shown = [np.isin(films, page(row, one.before, one.film)).sum() for row, films, one in rows]
    return np.array(shown, dtype=np.int64)
