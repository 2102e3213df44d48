"""Sessions in which something is disliked: as people did, and as a visitor would on a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from model_server.artifact import Catalogue
from model_server.engines.registry import Network
from model_server.evaluation.bootstrap import paired_intervals, ratio_interval
from model_server.evaluation.dislikes.effects import Effects, measure
from model_server.evaluation.dislikes.replay import (
    Replay,
    Visit,
    liking_session,
    real_dislike,
    shown_dislikes,
)
from model_server.evaluation.report import markdown_table
from model_server.space import Space

COLUMNS = (
    "session", "then disliked", "picks (median)", "Δ log p", "neighbours that fall",
    "sessions that fall", "in the top 24 before", "after", "change", "Δ log p, had it been liked",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """One kind of session: `newest` likes of a person (None: all), so many liked tags.

    is_real: the person's own picks and one of their own dislikes, instead of one of a page.
    """

    title: str
    disliked: str
    is_real: bool = False
    newest: int | None = None
    tags: int = 0


SCENES = (
    Scene("all that the person said", "what they disliked next", is_real=True),
    Scene("all their likes", "a film of the page"),
    Scene("all their likes, two tags", "a film of the page", tags=2),
    Scene("three likes", "a film of the page", newest=3),
    Scene("three likes, two tags", "a film of the page", newest=3, tags=2),
    Scene("two tags alone", "a film of the page", newest=0, tags=2),
    Scene("nothing yet", "a film of the page", newest=0),
)


@dataclass(frozen=True, slots=True)
class Played:
    """A scene's replays and what their dislikes did."""

    scene: Scene
    replays: Sequence[Replay]
    effects: Effects


def play(
    scene: Scene,
    network: Network,
    catalogue: Catalogue,
    visits: Sequence[Visit],
    seed: int,
    progress: Callable[[int], object] = lambda _done: None,
) -> Played:
    """One replay of a scene for each visit."""
    replays = _replays(scene, network, catalogue, visits, seed)
    space = Space(network.vectors(), catalogue.likes)
    return Played(scene, replays, measure(network, space, replays, progress))


def _replays(
    scene: Scene, network: Network, catalogue: Catalogue, visits: Sequence[Visit], seed: int
) -> list[Replay]:
    if scene.is_real:
        return [real_dislike(visit, seed) for visit in visits]
    sessions = [
        liking_session(visit, catalogue, seed, scene.newest, scene.tags) for visit in visits
    ]
    return shown_dislikes(network, sessions, seed)


def render_scenes(played: Sequence[Played]) -> str:
    """A Markdown table, one row a scene."""
    return markdown_table([COLUMNS, *map(_cells, played)], words=2)


def _cells(one: Played) -> list[str]:
    effects, scene = one.effects, one.scene
    means = effects.changes.mean(axis=1)
    (mean,) = paired_intervals(means[:, None])
    change = ratio_interval(np.stack([effects.after, effects.before], axis=1).astype(np.float64))
    picks = np.median([len(replay.before.events) for replay in one.replays])
    return [
        scene.title,
        scene.disliked,
        f"{picks:.0f}",
        f"{means.mean():+.3f} ({mean.low:+.2f} … {mean.high:+.2f})",
        f"{np.mean(effects.changes < 0):.1%}",
        f"{np.mean(means < 0):.1%}",
        f"{effects.before.sum()} of {effects.changes.size}",
        str(effects.after.sum()),
        f"{effects.change:+.0%} ({change.low - 1:+.0%} … {change.high - 1:+.0%})",
        f"{effects.if_liked.mean():+.3f}",
    ]
