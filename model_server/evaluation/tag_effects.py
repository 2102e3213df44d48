"""What a tag does to the page when it is clicked: the films that carry it among the first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.attributes import Attributes
from model_server.engines.base import Engine, Query
from model_server.evaluation.bootstrap import paired_intervals
from model_server.evaluation.cases import Case
from model_server.evaluation.measure import Variant, batches, said, score_movies
from model_server.evaluation.report import markdown_table
from model_server.ranking import best
from model_server.vocab import PADDING

BoolArray = npt.NDArray[np.bool_]
Figures = npt.NDArray[np.float64]
FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

SHOWN = 24  # films and tags of a page
HEADS = ("clicks", "before", "liked", "disliked", "rose when liked", "fell when disliked")
KINDS = ("genre", "keyword")


@dataclass(frozen=True, slots=True)
class Effects:
    """What clicks on proposed tags did after one kind of session.

    tags: (cases,) int, which tag was clicked. shares: (cases, 3) float, of the first SHOWN films
    the share that carries it before the click, after it is liked and after it is disliked.
    """

    variant: str
    tags: IntArray
    shares: Figures


def click_tags(
    engine: Engine,
    cases: Sequence[Case],
    variant: Variant,
    catalogue: Catalogue,
    seed: int,
    progress: Callable[[int], object] = lambda _done: None,
) -> Effects:
    """Click one of the SHOWN tags that the engine proposes after each session, each alike likely.

    A session's own films are never shown. Nothing is left out for carrying a disliked tag: it is
    the engine alone that moves films.
    """
    attributes = Attributes(catalogue)
    tags, shares = np.empty(len(cases), dtype=np.int64), np.empty((len(cases), 3))
    for places in batches(cases):
        queries = [variant.query(cases[place]) for place in places]
        proposed = engine.score(queries).tags
        people = [cases[place].person for place in places]
        drawn = [_draw(row, [seed, person]) for row, person in zip(proposed, people, strict=True)]
        tags[places] = drawn
        for column, asked in enumerate(_clicked(queries, drawn)):
            shares[places, column] = _shares(engine, asked, drawn, attributes)
        progress(len(places))
    return Effects(variant.title, tags, shares)


def render_effects(effects: Sequence[Effects], catalogue: Catalogue) -> str:
    """A Markdown table: mean shares by session and kind of tag, and how often they rose or fell."""
    rows = [
        [one.variant, kind, *_cells(one.shares[of_kind])]
        for one in effects
        for kind, of_kind in _by_kind(one, catalogue)
        if of_kind.any()
    ]
    return markdown_table([["session", "tag", *HEADS], *rows], words=2)


def _by_kind(effects: Effects, catalogue: Catalogue) -> Iterator[tuple[str, BoolArray]]:
    is_genre = catalogue.is_genre[effects.tags]
    yield "any", np.ones(len(is_genre), dtype=np.bool_)
    yield from zip(KINDS, (is_genre, ~is_genre), strict=True)


def _cells(shares: Figures) -> list[str]:
    before, liked, disliked = shares.T
    changes = paired_intervals(np.stack([liked - before, disliked - before], axis=1))
    after = [
        f"{one.mean():.3f} ({interval.low:+.3f} … {interval.high:+.3f})"
        for one, interval in zip((liked, disliked), changes, strict=True)
    ]
    could_rise, could_fall = before < 1, before > 0
    moved = [_share_of(liked > before, could_rise), _share_of(disliked < before, could_fall)]
    return [str(len(shares)), f"{before.mean():.3f}", *after, *moved]


def _share_of(is_moved: BoolArray, could_move: BoolArray) -> str:
    return f"{is_moved[could_move].mean():.3f}" if could_move.any() else "-"


def _draw(scores: FloatArray, seed: list[int]) -> int:
    proposed = best(scores, np.arange(len(scores)) != PADDING, SHOWN)
    return int(np.random.default_rng(seed).choice(proposed))


def _clicked(queries: Sequence[Query], tags: Sequence[int]) -> Iterator[list[Query]]:
    pairs = list(zip(queries, tags, strict=True))
    yield list(queries)
    yield [Query(query.events, liked_tags=(tag,)) for query, tag in pairs]
    yield [Query(query.events, disliked_tags=(tag,)) for query, tag in pairs]


def _shares(
    engine: Engine, queries: Sequence[Query], tags: Sequence[int], attributes: Attributes
) -> list[float]:
    scores = score_movies(engine, queries)
    allowed = ~said(queries, scores.shape)
    return [
        float(attributes.carrying(tag)[best(row, open_to, SHOWN)].mean())
        for row, open_to, tag in zip(scores, allowed, tags, strict=True)
    ]
