"""What is wished for, and what is answered: films and tags of the catalogue."""

from dataclasses import dataclass
from typing import Final

from model_server.protocol import Filters, Relaxation, Tuning
from web.domain import Movie, Tag
from web.picks import Picked
from web.stores.base import ANY_FILM

TAGS: Final = 24  # beside every list, whatever its limit
UNTUNED: Final = Tuning()


@dataclass(frozen=True, slots=True)
class Wish:
    """What to recommend for: picks, least important first, and which part of the list to give.

    An empty `engine` is the default one.
    """

    picks: tuple[Picked, ...] = ()
    seen: tuple[int, ...] = ()
    filters: Filters = ANY_FILM
    tuning: Tuning = UNTUNED
    limit: int = 24
    offset: int = 0
    engine: str = ""

    @property
    def avoided_tags(self) -> tuple[int, ...]:
        """The tags whose films are left out: the disliked ones, unless dislikes are ignored."""
        if self.tuning.dislikes == "ignore":
            return ()
        return tuple(pick.id for pick in self.picks if pick.kind == "tag" and not pick.liked)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Films and tags with their probabilities, best first; `model` is None in a fallback.

    Of fewer than FEW_MOVIES that match, `relaxations` tell what each condition shuts out.
    """

    movies: list[tuple[Movie, float]]
    tags: list[tuple[Tag, float]]
    matching: int
    model: str | None
    relaxations: tuple[Relaxation, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """Films like another, nearest first."""

    movies: list[Movie]
    is_fallback: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """What picks do for a film: each as it was picked, whether it was liked, and its effect.

    `unweighed` older picks were not weighed.
    """

    reasons: list[tuple[Movie | Tag, bool, float]]
    unweighed: int
    model: str
