"""Whether the tags that an engine proposes are those of the film that is liked next."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.engines.base import Engine
from model_server.evaluation.bootstrap import paired_intervals
from model_server.evaluation.cases import Case
from model_server.evaluation.measure import Variant, batches
from model_server.evaluation.report import markdown_table
from model_server.ranking import best
from model_server.vocab import PADDING

BoolArray = npt.NDArray[np.bool_]
Figures = npt.NDArray[np.float64]
FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

PROPOSED = 10
HEADS = (f"recall@{PROPOSED}", "any", f"keywords: recall@{PROPOSED}", "any")
POPULAR = "Popular tags"


@dataclass(frozen=True, slots=True)
class Proposals:
    """How one proposer did after one kind of session.

    found: (cases, 4) float. Of the target's tags the share that is among the best PROPOSED tags,
    and whether any is; then both of its keywords among the best PROPOSED keywords. NaN where the
    target has none.
    """

    variant: str
    title: str
    found: Figures


def propose(
    engine: Engine,
    cases: Sequence[Case],
    variant: Variant,
    catalogue: Catalogue,
    progress: Callable[[int], object] = lambda _done: None,
) -> Proposals:
    """The proposals of an engine's tag scores after each case's session."""
    found = np.empty((len(cases), len(HEADS)))
    for places in batches(cases):
        scores = engine.score([variant.query(cases[place]) for place in places]).tags
        for place, row in zip(places, scores, strict=True):
            found[place] = _found(row, cases[place].target_tags, catalogue)
        progress(len(places))
    return Proposals(variant.title, engine.title, found)


def propose_popular(cases: Sequence[Case], variant: Variant, catalogue: Catalogue) -> Proposals:
    """The same tags for everyone: those that films carry which train people liked most often."""
    owners = np.repeat(np.arange(1 + len(catalogue.movies)), np.diff(catalogue.tag_starts))
    likes = np.bincount(
        catalogue.movie_tags, catalogue.likes[owners], minlength=1 + len(catalogue.tags)
    ).astype(np.float32)
    found = [_found(likes, case.target_tags, catalogue) for case in cases]
    return Proposals(variant.title, POPULAR, np.array(found))


def most_recalled(cases: Sequence[Case]) -> float:
    """The recall of a proposer that knows every target: films may carry more than PROPOSED tags."""
    sizes = np.array([len(case.target_tags) for case in cases if case.target_tags])
    return float((np.minimum(sizes, PROPOSED) / sizes).mean()) if len(sizes) else float("nan")


def render_proposals(rows: Sequence[Proposals], reference: str) -> str:
    """A Markdown table of means, each with the interval of its difference to the reference's."""
    own = {row.variant: row.found for row in rows if row.title == reference}
    cells = [[row.variant, row.title, *_cells(row, own[row.variant])] for row in rows]
    return markdown_table([["session", "proposed by", *HEADS], *cells], words=2)


def _cells(row: Proposals, reference: Figures) -> Iterator[str]:
    for own, other in zip(row.found.T, reference.T, strict=True):
        has_any = ~np.isnan(own)
        mean = own[has_any].mean() if has_any.any() else np.nan
        if row.found is reference or not has_any.any():
            yield f"{mean:.4f}"
            continue
        interval = paired_intervals((own - other)[has_any, None])[0]
        yield f"{mean:.4f} ({interval.low:+.3f} … {interval.high:+.3f})"


def _found(scores: FloatArray, target_tags: Sequence[int], catalogue: Catalogue) -> list[float]:
    is_tag = np.arange(len(scores)) != PADDING
    kinds = (is_tag, is_tag & ~catalogue.is_genre)
    return [figure for kind in kinds for figure in _found_of(scores, target_tags, kind)]


def _found_of(
    scores: FloatArray, target_tags: Sequence[int], allowed: BoolArray
) -> tuple[float, float]:
    wanted = np.array([tag for tag in target_tags if allowed[tag]], dtype=np.int64)
    if not len(wanted):
        return np.nan, np.nan
    is_found = np.isin(wanted, best(scores, allowed, PROPOSED))
    return float(is_found.mean()), float(is_found.any())
