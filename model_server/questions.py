"""Which tags to propose: those whose likes say most about the movies that are not shown yet."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from model_server.ranking import probabilities

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

Arrange = Callable[[FloatArray, BoolArray, int], IntArray]

CANDIDATES: Final = 100  # the likeliest tags, among which questions are chosen
MOVIES_AHEAD: Final = 1000  # the best movies after the first page, which questions are about
DOZEN: Final = 12
EVEN: Final = 6  # decimals in which two gains must differ


class Ahead(NamedTuple):
    """Movies that are not shown yet, and how likely each is the one sought, if any of them is.

    movies: (k,) indexes, the best first. shares: (k,) float, adding up to 1.
    """

    movies: IntArray
    shares: FloatArray


def look_ahead(ranking: IntArray, scores: FloatArray, shown: int) -> Ahead:
    """What comes after the `shown` best movies of a ranking. scores: (1 + movies,) float."""
    movies = ranking[shown : shown + MOVIES_AHEAD]
    alone = np.append(scores[:1], scores[movies])  # (1 + k,), padding first
    return Ahead(movies, probabilities(alone, 1 + np.arange(len(movies))))


def by_information(shares: FloatArray, carried: BoolArray, k: int) -> IntArray:
    """The rows of `carried` in another order, of which k are needed: a dozen tags that together say
    most, then the dozen likeliest of the others, and so on in turn.

    shares: (movies,) float, how likely each movie is the one sought; they add up to 1.
    carried: (tags, movies) bool, the likeliest tag first.
    A like of a tag says -log of the share that carries it, in nats, and of several tags that a
    movie carries the one that says most counts: each next tag is the one that adds most to the
    mean over movies. So a tag that all movies carry, or one beside a tag like it, comes late; the
    greedy first dozen is within 1 - 1/e of the best (Nemhauser, Wolsey and Fisher 1978). A tie goes
    to the likelier tag.
    """
    worth = _worth(shares, carried)  # (tags, movies)
    said, is_left = np.zeros_like(shares), np.ones(len(carried), dtype=np.bool_)
    order: list[int] = []
    while len(order) < min(k, len(carried)):
        order += _ask(worth, shares, said, is_left)
        likeliest = np.flatnonzero(is_left)[:DOZEN]
        np.maximum(said, worth[likeliest].max(axis=0, initial=0), out=said)
        is_left[likeliest] = False
        order += likeliest.tolist()
    return np.array([*order, *np.flatnonzero(is_left)], dtype=np.int64)


def _ask(
    worth: FloatArray, shares: FloatArray, said: FloatArray, is_left: BoolArray
) -> Iterator[int]:
    """A dozen of the tags that are left, of which each adds most to what was said before it.

    said: (movies,) float, what the tags so far say of each movie; it and `is_left` are kept.
    """
    gains = np.where(is_left, np.maximum(worth - said, 0) @ shares, -np.inf)  # (tags,)
    for _ in range(min(DOZEN, int(np.count_nonzero(is_left)))):
        row = int(np.round(gains, EVEN).argmax())
        raised = np.flatnonzero(worth[row] > said)
        now, then = worth[:, raised], worth[row, raised]
        lost = np.maximum(now - said[raised], 0) - np.maximum(now - then, 0)  # (tags, raised)
        gains -= lost @ shares[raised]
        said[raised], gains[row], is_left[row] = then, -np.inf, False
        yield row


def _worth(shares: FloatArray, carried: BoolArray) -> FloatArray:
    """What a like of each tag says of each movie that carries it; 0 of one that does not."""
    carrying = carried @ shares  # (tags,)
    nats: FloatArray = -np.log(np.where(carrying > 0, np.minimum(carrying, 1), 1))
    worth: FloatArray = np.where(carried, nats[:, None], np.float32(0))
    return worth
