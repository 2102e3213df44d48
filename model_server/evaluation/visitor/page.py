"""The page of the part `visitor`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from model_server.evaluation.bootstrap import BOOTSTRAP_SEED, RESAMPLES, paired_intervals
from model_server.evaluation.plots import Labels, Lines, write_lines
from model_server.evaluation.report import markdown_table
from model_server.evaluation.visitor.engines import DEAF_TITLE, TAGS_ALONE, UNARRANGED
from model_server.evaluation.visitor.habits import FILMS_ALONE, LEAST_SHARED, OTHERS, TELLING
from model_server.evaluation.visitor.rows import WITHIN, Row
from model_server.evaluation.visitor.walk import FILMS, LIMIT, TAGS, TAGS_SENT, Walked

BoolArray = npt.NDArray[np.bool_]

SURE = (WITHIN.index(5), len(WITHIN))  # columns of a row's figures that have their interval
DRAWN = 20  # clicks up to which the curves go
MEASURES = (*(f"≤ {most}" for most in WITHIN), "mean clicks", "median", "more than the first")


def render_rows(rows: Sequence[Row], kinds: Mapping[str, BoolArray]) -> str:
    """All tables under their headings; rows[0] is the network's under the first habit."""
    network = rows[0]
    others = [row for row in rows if row.habit in {habit.title for habit in OTHERS}]
    tables = {
        f"Who clicks {TELLING.title}": _by_maker(rows, TELLING.title),
        f"Who clicks {FILMS_ALONE.title}": _by_maker(rows, FILMS_ALONE.title),
        f"Who clicks otherwise, {network.maker}": _table(
            "clicks", [network, *others], [row.habit for row in (network, *others)]
        ),
        f"What makes it hard, {network.maker}": _render_kinds(network.walked, kinds),
    }
    return "\n\n".join(f"## {heading}\n\n{table}" for heading, table in tables.items())


def _by_maker(rows: Sequence[Row], habit: str) -> str:
    some = [row for row in rows if row.habit == habit]
    return _table("pages by", some, [row.maker for row in some])


def _table(head: str, rows: Sequence[Row], names: Sequence[str]) -> str:
    """A row for each of `rows`, which are compared with the first."""
    lines = [
        [name, *_cells(row), _less(row, rows[0])] for name, row in zip(names, rows, strict=True)
    ]
    return markdown_table([(head, *MEASURES), *lines])


def _cells(row: Row) -> list[str]:
    figures = row.figures
    intervals = paired_intervals(figures)
    cells = [f"{mean:.3f}" for mean in figures.mean(axis=0)]
    for column in SURE:
        cells[column] += f" ({intervals[column].low:.3f} … {intervals[column].high:.3f})"
    return [*cells, f"{np.median(row.walked.clicks):g}"]


def _less(row: Row, first: Row) -> str:
    if row is first:
        return "-"
    more = (row.walked.clicks - first.walked.clicks).astype(np.float64)[:, None]
    (interval,) = paired_intervals(more)
    return f"{more.mean():+.2f} ({interval.low:+.2f} … {interval.high:+.2f})"


def _render_kinds(walked: Walked, kinds: Mapping[str, BoolArray]) -> str:
    heads = ("wish", "people", "≤ 5", "mean clicks", "on tags", "on films", "for the next page")
    lines = [
        [kind, str(np.count_nonzero(mask)), *_kind_cells(walked, mask)]
        for kind, mask in kinds.items()
    ]
    return markdown_table([heads, *lines])


def _kind_cells(walked: Walked, mask: BoolArray) -> list[str]:
    if not mask.any():
        return ["-"] * 5
    clicks = walked.clicks[mask]
    parts = (clicks, walked.tags[mask], walked.films[mask], walked.pages[mask])
    return [f"{np.mean(clicks <= 5):.3f}", *(f"{part.mean():.2f}" for part in parts)]


def describe_visitors(wishes: int, left_out: int, movies: int, split: str, seed: int) -> list[str]:
    """How the visitors behave, how they are counted, and what the figures do not say."""
    return [
        f"{wishes} {split} people, each wanting one film of the newer half of those they liked, "
        f"drawn at random (seed {seed}) among the {movies} that can be recommended, hard ones too; "
        f"{left_out} people who liked fewer than two are left out; films they liked or rated low "
        "are those before it",
        "everybody begins with no pick, and the product knows nothing of them but their clicks; "
        "pages are what the product answers to the same request as the page's: without picks the "
        "varied list, and never a film or tag that was clicked",
        f"a visitor looks at {FILMS} films and {TAGS} tags (of the {TAGS_SENT} that the page has); "
        "they stop when the film is there; else they like a tag or film, and the list starts "
        f"anew, or go to the next {FILMS} films and the tags beside them; every click counts, "
        "those for the next page too",
        f"≤ n: the share who have the film before them after n clicks; who has not found it after "
        f"{LIMIT} gives up and counts as {LIMIT + 1} in the mean and the median",
        "tags that fit are those of the film wanted: who knows what they want knows what kind it "
        "is; of several the rarest in the catalogue is clicked, for it says most; a film like it "
        "is, of the shown films they liked, the one that shares most tags with it, at least "
        f"{LEAST_SHARED}",
        "liked films alone: any shown film they liked, whatever is wanted; no tag of the wanted "
        "film is ever looked at",
        "in brackets the 95 % interval, people drawn with replacement "
        f"({RESAMPLES} resamples, seed {BOOTSTRAP_SEED}); the last column is the difference of the "
        "mean clicks to the first row of its table, for the same people",
        f"{UNARRANGED}: tags are proposed in the order of their probability; in all other rows as "
        "the product does, so that their likes say most of the films that are not shown yet",
        f"{DEAF_TITLE}: the films that most train people liked, whatever is clicked; {TAGS_ALONE}: "
        "the same, but those that carry more of the picked tags come first; the other baselines "
        "are those of the artifact, as the product serves them, with the same filter of tags",
        "limits: the wanted film is one they rated, so it is no film that nobody knows; its tags "
        "are those of the catalogue, which a person need not agree with; nobody uses the filters, "
        "the search or films like one, with which a title known by name is found at once",
    ]


def draw_curves(rows: Sequence[Row], path: Path) -> None:
    """Write a PNG: the share who have found their film after so many clicks, a line a row."""
    telling = {row.maker: row for row in rows if row.habit == TELLING.title}
    alone = {f"{rows[0].maker}, films alone": row for row in rows if _is_alone(row, rows)}
    lines: Lines = {name: _curve(row.walked) for name, row in {**telling, **alone}.items()}
    write_lines(path, Labels("The film wanted is on the page", "clicks", "share of people"), lines)


def _is_alone(row: Row, rows: Sequence[Row]) -> bool:
    return row.habit == FILMS_ALONE.title and row.maker == rows[0].maker


def _curve(walked: Walked) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    clicks = np.arange(DRAWN + 1)
    return clicks, (walked.clicks[:, None] <= clicks).mean(axis=0)
