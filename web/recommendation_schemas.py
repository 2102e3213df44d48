"""The shapes of recommendations in the HTTP contract: what is asked, and what is answered."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from model_server.protocol import (
    FEW_MOVIES,
    MAX_DECADES,
    MAX_FILTER_GENRES,
    MAX_PICKS,
    MAX_REASONS,
    MAX_SEEN,
    Condition,
)
from web.domain import Kind, TagKind
from web.schemas import Asked, Id, Limit, MovieItem, Name, Offset, Source, TagItem

Decade = Annotated[int, Meta(ge=1870, le=2100, multiple_of=10)]
Decades = Annotated[tuple[Decade, ...], Meta(max_length=MAX_DECADES)]
Year = Annotated[int, Meta(ge=1800, le=2200)]
Bound = Annotated[float, Meta(ge=0, le=10)]
Genres = Annotated[tuple[Name, ...], Meta(max_length=MAX_FILTER_GENRES)]
Engine = Annotated[
    Name, Meta(description="An engine of GET /api/v1/engines; the default one if absent.")
]
HiddenGems = Annotated[
    int, Meta(ge=-2, le=2, description="-2: well-known films first; 2: little-known ones.")
]
Newer = Annotated[int, Meta(ge=-2, le=2, description="-2: older films first; 2: newer ones.")]
Dislikes = Annotated[
    Literal["ignore", "normal", "strong"],
    Meta(
        description="ignore: only the disliked films themselves are left out, and not those with a"
        " disliked tag; strong: what dislikes change counts double."
    ),
]
Probability = Annotated[
    float,
    Meta(
        description="The share of the softmax, once tuned; in a fallback the share of all ratings."
    ),
]
Effect = Annotated[
    float,
    Meta(
        description="By how much the log of the film's probability falls when the pick is left out;"
        " below 0 the pick speaks against the film."
    ),
]


class RecommendationsQuery(Asked, frozen=True, kw_only=True):
    """Filters of one field are alternatives, filters of several fields hold together."""

    limit: Limit = 24
    offset: Offset = 0
    decade: Decades = ()
    year_from: Year | None = None
    year_to: Year | None = None
    rating_min: Bound | None = None
    rating_max: Bound | None = None
    genre: Genres = ()
    exclude_genre: Genres = ()
    hidden_gems: HiddenGems = 0
    newer: Newer = 0
    dislikes: Dislikes = "normal"
    engine: Engine = ""


class AskedPick(Asked, frozen=True, kw_only=True):
    """A film or tag that was liked or disliked."""

    kind: Kind
    id: Id
    liked: bool


class AskedFilters(Asked, frozen=True, kw_only=True):
    """The films that may be recommended; a film without a year or rating fails a filter on it."""

    decades: Decades = ()
    year_from: Year | None = None
    year_to: Year | None = None
    rating_min: Bound | None = None
    rating_max: Bound | None = None
    genres: Genres = ()
    exclude_genres: Genres = ()


class AskedTuning(Asked, frozen=True, kw_only=True):
    """How to bend the ranking; it is done before a list is cut, so lists stay full and exact."""

    hidden_gems: HiddenGems = 0
    newer: Newer = 0
    dislikes: Dislikes = "normal"


class RecommendationsBody(Asked, frozen=True, kw_only=True):
    """Picks, the last the most important; films in `seen` are left out and weigh nothing."""

    picks: Annotated[tuple[AskedPick, ...], Meta(max_length=MAX_PICKS)] = ()
    seen: Annotated[tuple[int, ...], Meta(max_length=MAX_SEEN)] = ()
    filters: AskedFilters | None = None
    tuning: AskedTuning | None = None
    limit: Limit = 24
    offset: Offset = 0
    engine: Engine | None = None


class WhyQuery(Asked, frozen=True, kw_only=True):
    """The sliders as they stand."""

    hidden_gems: HiddenGems = 0
    newer: Newer = 0
    dislikes: Dislikes = "normal"


class WhyBody(Asked, frozen=True, kw_only=True):
    """Picks, the last the most important, and the sliders."""

    picks: Annotated[tuple[AskedPick, ...], Meta(max_length=MAX_PICKS)] = ()
    tuning: AskedTuning | None = None


class RankedTag(TagItem, frozen=True, kw_only=True):
    """A tag in an answer of the model."""

    probability: Probability


class RankedMovie(MovieItem, frozen=True, kw_only=True):
    """A film in an answer of the model."""

    probability: Probability


class RelaxedCondition(Struct, frozen=True, kw_only=True):
    """A condition that was given, and how many films match when it alone is dropped.

    years and rating stand for both of their bounds, avoided_tags for all disliked tags.
    """

    condition: Condition
    matching: int


class Recommendations(Struct, frozen=True, kw_only=True):
    """`matching` films can be recommended and pass the filters; picks and seen are left out."""

    movies: tuple[RankedMovie, ...]
    tags: tuple[RankedTag, ...]
    matching: int
    source: Source
    model: Annotated[str | None, Meta(description="The model's version; null in a fallback.")]
    relaxations: Annotated[
        tuple[RelaxedCondition, ...],
        Meta(description=f"The widest way out first; empty from {FEW_MOVIES} matching films on."),
    ]


class MovieReason(MovieItem, frozen=True, kw_only=True, tag_field="kind", tag="movie"):
    """A film that was picked, and what that does for another film."""

    liked: bool
    effect: Effect


class TagReason(Struct, frozen=True, kw_only=True, tag_field="kind", tag="tag"):
    """A tag that was picked, and what that does for a film."""

    id: int
    name: str
    tag_kind: TagKind
    liked: bool
    effect: Effect


class Reasons(Struct, frozen=True, kw_only=True):
    """What each pick does for a film, what speaks most for it first.

    There are none for a film that the model cannot recommend, and a film is no reason for itself.
    """

    reasons: tuple[MovieReason | TagReason, ...]
    unweighed: Annotated[
        int,
        Meta(
            description=f"The newest {MAX_REASONS} picks are weighed; so many older ones are always"
            " left in."
        ),
    ]
    model: Annotated[str, Meta(description="The model's version.")]
