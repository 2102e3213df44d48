"""The page of the part `dislikes`."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from model_server.evaluation.bootstrap import BOOTSTRAP_SEED, RESAMPLES
from model_server.evaluation.dislikes.differences import render_differences
from model_server.evaluation.dislikes.effects import NEIGHBOURS
from model_server.evaluation.dislikes.findings import VIEWS, Findings
from model_server.evaluation.dislikes.replay import SHOWN
from model_server.evaluation.dislikes.scenes import Played, render_scenes
from model_server.evaluation.dislikes.targets import View
from model_server.evaluation.plots import Labels, write_lines
from model_server.training.sequences import LIKED_FROM

Figures = npt.NDArray[np.float64]

REPLAYED = (
    f"The same session with and without a dislike as its newest pick: what becomes of the "
    f"{NEIGHBOURS} films that the product calls most similar to the disliked one. `Δ log p` is "
    "the mean change of their log-probability in nats, the last column what the same film does "
    f"when it is liked. The top {SHOWN} are the films of the page: neither those in the session "
    "nor the disliked one stand in either list, and nothing is subtracted, so whatever moves was "
    "moved by the network."
)


def render_findings(findings: Findings, figure: str | None = None) -> str:
    """All tables under their headings. figure: the name of the picture beside the page."""
    parts = ["## The next film liked and the next disliked"]
    for view, rows in zip(VIEWS, findings.differences, strict=True):
        parts += [f"### {view.title}", _describe(view, findings), render_differences(rows)]
    parts += ["## What one dislike does", REPLAYED, render_scenes(findings.played)]
    parts += [f"![How far the neighbours of a disliked film fall]({figure})"] if figure else []
    return "\n\n".join(parts)


def _describe(view: View, findings: Findings) -> str:
    questions = findings.questions
    liked, disliked = (int(side.sum()) for side in view.sides(questions.targets))
    shelf = questions.shelves[view.shelf]
    return (
        f"{liked} films liked (from {LIKED_FROM:g} stars) and {disliked} disliked (up to "
        f"{view.disliked_up_to:g}), ranked among {int(shelf.sum())} films."
    )


def describe_findings(findings: Findings, seed: int) -> list[str]:
    """How the figures came about and what they do not say."""
    questions = findings.questions
    whose = "people" if questions.is_any else "people of MovieLens 1M"
    return [
        f"{questions.people} {whose} all of whose ratings are known; a film is "
        "ranked from all they had liked and disliked before it, once they had liked one; films "
        "in that history do not compete; ties and NaN count against the engine; a film that the "
        "model has no row for is a miss on either side",
        "Δ: the share of liked films among the best ten less that of disliked ones, every film of "
        "a side alike, as PNFRec (Ivanova, Frolov and Vasilev, RecSys 2025) does; in brackets the "
        f"95 % interval, people drawn with replacement ({RESAMPLES} resamples, seed "
        f"{BOOTSTRAP_SEED}), in the last column that of the difference to the first row's",
        "PNFRec's authors report of theirs on MovieLens 1M HR@10 .1716, ΔHR@10 .0724 and "
        "ΔNDCG@10 .0484, and of SASRec trained on likes alone .1587, .0726 and .0449: for the last "
        "film liked and the last disliked of the last tenth of time, up to 3 stars disliked, "
        "among 3,416 films, of people whose earlier ratings were trained on; the people here were "
        "not",
        "the baselines read likes alone, and so does the row with the dislikes left out: Δ above 0 "
        "takes no dislikes, for what is liked is also better known; what they add is the "
        "difference between the network's rows",
        f"{len(questions.visits)} sessions, one a person at random among those of the split who "
        f"liked two films and disliked one (seed {seed}); a film of the page is drawn from the "
        f"{SHOWN} that the network shows before it; tags are those of the film liked next",
        "limits: the order is that in which films were rated, not watched; a neighbour that is in "
        "the session can fall but stands on no page",
    ]


def draw_changes(findings: Findings, path: Path) -> None:
    """Write how the mean change of a session is distributed, a curve a scene, as PNG."""
    labels = Labels(
        f"One dislike: what becomes of the {NEIGHBOURS} nearest films",
        "mean change of their log-probability (nats)",
        "share of sessions at or below",
    )
    write_lines(path, labels, {one.scene.title: _cumulated(one) for one in findings.played})


def _cumulated(played: Played) -> tuple[Figures, Figures]:
    means = np.sort(played.effects.changes.mean(axis=1))
    return means, np.arange(1, len(means) + 1) / len(means)
