"""What a visitor clicks: the habits that are simulated, each a list of what they look for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model_server.artifact import Catalogue
from model_server.evaluation.visitor.wishes import Ids, Wish
from model_server.protocol import Pick

Kind = Literal["movie", "tag"]

LEAST_SHARED = 2  # tags: with one in common, a genre say, films are hardly alike


class Knowledge:
    """What anybody may know of films and tags: which tags a film carries, how common a tag is."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        uses = np.bincount(catalogue.movie_tags, minlength=1 + len(catalogue.tags))
        self._uses: dict[int, int] = dict(
            zip(catalogue.tags.ids.tolist(), uses[1:].tolist(), strict=True)
        )

    def tags_of(self, film: int) -> Ids:
        """The tags of a film of the catalogue; both are public ids."""
        tags = self._catalogue.tags_of(self._catalogue.movies.index(film))
        return frozenset(self._catalogue.tags.public(tags).tolist())

    def uses(self, tag: int) -> int:
        """How many films carry a tag."""
        return self._uses[tag]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a visitor has before them, the film they want not being among it.

    films, tags: as the page shows them, the best first; nothing that was clicked is among them.
    """

    wish: Wish
    films: Sequence[int]
    tags: Sequence[int]
    known: Knowledge
    dice: np.random.Generator


Look = Callable[[Scene], Pick | None]


@dataclass(frozen=True, slots=True)
class Habit:
    """What a visitor looks for, the first that is there being clicked; else the next page."""

    title: str
    looks: tuple[Look, ...]

    def click(self, scene: Scene) -> Pick | None:
        """What is clicked, or None for the next page."""
        found = (look(scene) for look in self.looks)
        return next((pick for pick in found if pick is not None), None)


def telling_tag(scene: Scene) -> Pick | None:
    """The rarest shown tag of the wanted film, for it says most; a tie goes to the first shown."""
    fitting = _fitting(scene)
    return _like("tag", min(fitting, key=scene.known.uses)) if fitting else None


def any_tag(scene: Scene) -> Pick | None:
    """Any shown tag of the wanted film, each equally likely."""
    return _any("tag", _fitting(scene), True, scene.dice)


def similar_film(scene: Scene) -> Pick | None:
    """The shown film they liked that shares most tags with the wanted one, at least LEAST_SHARED.

    A tie goes to the first shown.
    """
    liked = _shown(scene, scene.wish.liked)
    shared = [len(scene.known.tags_of(film) & scene.wish.tags) for film in liked]
    if max(shared, default=0) < LEAST_SHARED:
        return None
    return _like("movie", liked[int(np.argmax(shared))])


def any_film(scene: Scene) -> Pick | None:
    """Any shown film they liked, each equally likely: it takes no look at the wanted one."""
    return _any("movie", _shown(scene, scene.wish.liked), True, scene.dice)


def anything(scene: Scene) -> Pick | None:
    """Any shown tag of the wanted film or shown film they liked, each equally likely."""
    tags, films = _fitting(scene), _shown(scene, scene.wish.liked)
    chosen = int(scene.dice.integers(max(1, len(tags) + len(films))))
    clicks = [_like("tag", tag) for tag in tags] + [_like("movie", film) for film in films]
    return clicks[chosen] if clicks else None


def any_bad_film(scene: Scene) -> Pick | None:
    """Not for me: any shown film that they rated low, each equally likely."""
    return _any("movie", _shown(scene, scene.wish.disliked), False, scene.dice)


TELLING = Habit(
    "tags that fit, the rarest first, else liked films like it", (telling_tag, similar_film)
)
FILMS_ALONE = Habit("liked films alone", (any_film,))
OTHERS = (
    Habit("any tag that fits, else any liked film", (any_tag, any_film)),
    Habit("any tag that fits or liked film", (anything,)),
    Habit("any liked film, else any tag that fits", (any_film, any_tag)),
    Habit("tags that fit alone, the rarest first", (telling_tag,)),
    Habit(
        "as in the first row, else 'not for me' to a film rated low",
        (telling_tag, similar_film, any_bad_film),
    ),
    Habit("any liked film, else 'not for me' to a film rated low", (any_film, any_bad_film)),
)


def _fitting(scene: Scene) -> list[int]:
    return [tag for tag in scene.tags if tag in scene.wish.tags]


def _shown(scene: Scene, films: Ids) -> list[int]:
    return [film for film in scene.films if film in films]


def _any(kind: Kind, ids: Sequence[int], liked: bool, dice: np.random.Generator) -> Pick | None:
    return Pick(kind, ids[int(dice.integers(len(ids)))], liked) if ids else None


def _like(kind: Kind, public_id: int) -> Pick:
    return Pick(kind, public_id, True)
