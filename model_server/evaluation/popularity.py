"""The part `popularity`: whether pages are blockbusters, how much of the catalogue they reach."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.engines import lstm, popular
from model_server.engines.base import Engine
from model_server.evaluation.bootstrap import BOOTSTRAP_SEED, RESAMPLES, ratio_interval
from model_server.evaluation.cases import Case
from model_server.evaluation.compare import ask
from model_server.evaluation.inputs import Inputs, read_inputs
from model_server.evaluation.measure import WHOLE, Variant
from model_server.evaluation.metrics import hit_rate
from model_server.evaluation.parts import (
    Arguments,
    page_path,
    part_origin,
    progress_bar,
    run_alone,
)
from model_server.evaluation.plots import Labels, write_lines
from model_server.evaluation.reach import (
    SHOWN,
    Pages,
    coverage,
    diversity,
    effective_movies,
    make_pages,
    mean_likes,
    mean_popularity_rank,
    tag_vectors,
)
from model_server.evaluation.report import (
    describe_corpus,
    markdown_table,
    render_page,
    write_page,
)
from model_server.evaluation.rivals import BLENDED, RIVALS, fit_rivals

FloatArray = npt.NDArray[np.float32]

NAME = "popularity"
SESSIONS = (Variant("1 like alone", likes_only=1), Variant("2 likes alone", likes_only=2), WHOLE)
HEADS = (
    *("session", "engine", "likes", "of popularity's", "rank", "coverage", "effective films"),
    *("diversity", "HR@10"),
)


def run(environ: Mapping[str, str], arguments: Arguments) -> None:
    """Measure the pages of all engines, print the page, write it and its figure."""
    inputs = read_inputs(environ)
    catalogue, chosen = inputs.artifact.catalogue, inputs.group(arguments.split, arguments.people)
    cases = ask(inputs.people, chosen, catalogue, targets=1)
    pages = _measure(inputs, cases)
    path = page_path(NAME, arguments, inputs.foreign)
    notes = [describe_corpus(inputs.folder, inputs.is_own), *_notes(cases, arguments, catalogue)]
    title = f"Popularity and variety, {arguments.split} people, {inputs.artifact.version}"
    figure = path.with_suffix(".png")
    body = f"{render_pages(pages, catalogue)}\n\n![HR@10 by popularity]({figure.name})"
    page = render_page(title, body, notes, part_origin(NAME, environ, arguments))
    write_page(path, page)
    draw(pages, catalogue, figure)
    print(page)


def render_pages(pages: Sequence[Pages], catalogue: Catalogue) -> str:
    """A Markdown table, the pages of one kind of session together, popularity's among them."""
    vectors = tag_vectors(catalogue)
    rows = [
        cells
        for of_session, popularity in _by_session(pages)
        for cells in (_cells(one, popularity, catalogue, vectors) for one in of_session)
    ]
    return markdown_table([HEADS, *rows], words=2)


def draw(pages: Sequence[Pages], catalogue: Catalogue, path: Path) -> None:
    """Write a figure of one mark for each engine: how popular its films are after one like, and
    how often the one sought is among its best ten."""
    of_session, popularity = next(_by_session(pages))
    most = mean_likes(popularity.shown, catalogue.likes).mean()
    marks = {
        one.title: (
            [float(mean_likes(one.shown, catalogue.likes).mean() / most)],
            [hit_rate(one.ranks, 10)],
        )
        for one in of_session
    }
    x = "mean likes of the films shown, 1: those of the most popular"
    write_lines(path, Labels(f"{of_session[0].variant}: found against popular", x, "HR@10"), marks)


def _by_session(pages: Sequence[Pages]) -> Iterator[tuple[list[Pages], Pages]]:
    """The pages after each kind of session, and those of them that popularity made."""
    for _, group in groupby(pages, key=lambda one: one.variant):
        of_session = list(group)
        yield of_session, next(one for one in of_session if one.title == popular.TITLE)


def _cells(pages: Pages, popularity: Pages, catalogue: Catalogue, vectors: FloatArray) -> list[str]:
    likes = mean_likes(pages.shown, catalogue.likes)
    most = mean_likes(popularity.shown, catalogue.likes)
    ratio = f"{likes.mean() / most.mean():.3f}" if most.any() else "-"
    if pages is not popularity and most.any():
        interval = ratio_interval(np.stack([likes, most], axis=1))
        ratio += f" ({interval.low:.3f} … {interval.high:.3f})"
    return [
        pages.variant,
        pages.title,
        f"{likes.mean():.0f}",
        ratio,
        f"{mean_popularity_rank(pages.shown, catalogue.likes).mean():.0f}",
        f"{coverage(pages.shown, len(catalogue.movies)):.3f}",
        f"{effective_movies(pages.shown):.0f}",
        f"{diversity(pages.shown, vectors).mean():.3f}",
        f"{hit_rate(pages.ranks, 10):.4f}",
    ]


def _measure(inputs: Inputs, cases: Sequence[Case]) -> list[Pages]:
    artifact, split = inputs.artifact, inputs.split
    steps = (1 + RIVALS) * len(SESSIONS) * len(cases) + BLENDED * len(split.validation)
    with progress_bar(steps, "pages") as watch:
        rivals = fit_rivals(inputs.people, split, artifact.catalogue, watch)
        engines: list[Engine] = [lstm.load(artifact), *rivals]
        return [
            make_pages(engine, cases, session, lambda done: watch("making pages", done))
            for session in SESSIONS
            for engine in engines
        ]


def _notes(cases: Sequence[Case], arguments: Arguments, catalogue: Catalogue) -> list[str]:
    return [
        f"{len(cases)} {arguments.split} people before the last film they liked; 1 or 2 likes "
        "alone: after nothing but the one or two films liked right before it; whole history: after "
        "all they liked and disliked before it",
        f"each figure is of the first {SHOWN} films of everyone's page, of {len(catalogue.movies)} "
        "that the model can recommend, those in the session left out",
        "likes: how many train people liked a film, on average; of popularity's: divided by the "
        "same of the most popular films, with the 95 % interval of a paired bootstrap over people "
        f"({RESAMPLES} resamples, seed {BOOTSTRAP_SEED}); rank: the mean place of the films in "
        "the order of likes, 1 is the most liked",
        "coverage: the share of all films that stand on any of the pages; effective films: how "
        "many films, each shown equally often, are as mixed, the exponential of the entropy of how "
        "often each is shown (Jost 2006)",
        "diversity: 1 less the mean cosine of the tags of any two films of a page (the intra-list "
        "similarity of Ziegler, McNee, Konstan and Lausen 2005, as a mean)",
        "HR@10: whether the film liked next is among the best ten; ties count against the engine",
    ]


if __name__ == "__main__":
    sys.exit(run_alone(NAME, run))
