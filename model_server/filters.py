"""Conditions on the movies of a list, and what it is to drop one of them."""

from typing import Annotated, Final, Literal, get_args

from msgspec import Meta, Struct
from msgspec.structs import replace

MAX_ID: Final = 2**31 - 1
MAX_DECADES: Final = 50
MAX_FILTER_GENRES: Final = 100
FEW_MOVIES: Final = 12  # with fewer in a list it is told which condition shuts out how many

Id = Annotated[int, Meta(ge=1, le=MAX_ID)]
Year = Annotated[int, Meta(ge=0, le=9999)]
Decade = Annotated[int, Meta(ge=0, le=9990, multiple_of=10)]
Rating = Annotated[float, Meta(ge=0, le=10)]
Genres = Annotated[tuple[Id, ...], Meta(max_length=MAX_FILTER_GENRES)]

FilterName = Literal["decades", "years", "rating", "genres", "exclude_genres"]
Condition = FilterName | Literal["avoided_tags"]

FILTER_NAMES: Final[tuple[FilterName, ...]] = get_args(FilterName)


class Filters(Struct, frozen=True, forbid_unknown_fields=True):
    """Which movies may be recommended: all conditions that are given must hold.

    A movie passes `decades` by being of any of them, and `genres` (tag ids) by having any of
    them; one of `exclude_genres` shuts it out. An unknown year or rating fails every condition
    on it. Bounds are inclusive.
    """

    decades: Annotated[tuple[Decade, ...], Meta(max_length=MAX_DECADES)] = ()
    year_from: Year | None = None
    year_to: Year | None = None
    rating_min: Rating | None = None
    rating_max: Rating | None = None
    genres: Genres = ()
    exclude_genres: Genres = ()

    @property
    def given(self) -> tuple[FilterName, ...]:
        """The filters that may shut movies out."""
        return tuple(name for name in FILTER_NAMES if self.without(name) != self)

    def without(self, name: FilterName) -> "Filters":
        """The other filters; both bounds of a year or a rating go together."""
        match name:
            case "decades":
                return replace(self, decades=())
            case "years":
                return replace(self, year_from=None, year_to=None)
            case "rating":
                return replace(self, rating_min=None, rating_max=None)
            case "genres":
                return replace(self, genres=())
            case "exclude_genres":
                return replace(self, exclude_genres=())
