"""The shapes of the HTTP contract. The OpenAPI document is made from these classes."""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from model_server.protocol import MAX_LIMIT, MAX_OFFSET, MAX_PICKS
from web.domain import MAX_ID, Kind, TagKind
from web.picks import Action

MAX_QUERY: Final = 200

Id = Annotated[int, Meta(ge=1, le=MAX_ID)]
Limit = Annotated[int, Meta(ge=1, le=MAX_LIMIT)]
Offset = Annotated[int, Meta(ge=0, le=MAX_OFFSET)]
Name = Annotated[str, Meta(max_length=100)]
Text = Annotated[str, Meta(max_length=MAX_QUERY)]
Rating = Annotated[
    float | None, Meta(description="IMDb's rating, 0 to 10; null when there is none.")
]
Source = Annotated[
    Literal["model", "fallback"],
    Meta(description="fallback: the model did not answer in time, so these are popular films."),
]


class Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a program sends."""


class EventBody(Asked, frozen=True, kw_only=True):
    """One click. `position` counts from 0 at the left: `move` needs it, like and dislike may."""

    action: Action
    kind: Kind
    id: Id
    position: Annotated[int, Meta(ge=0, le=MAX_PICKS - 1)] | None = None


class SimilarQuery(Asked, frozen=True, kw_only=True):
    """How many films."""

    limit: Limit = 24


class TagItem(Struct, frozen=True, kw_only=True):
    """A genre or a keyword."""

    id: int
    name: str
    kind: TagKind


class MovieItem(Struct, frozen=True, kw_only=True):
    """A film as it stands in a list. `poster` is an address here that always has a picture."""

    id: int
    title: str
    year: int | None
    runtime: Annotated[int | None, Meta(description="Minutes.")]
    rating: Rating
    votes: Annotated[int | None, Meta(description="How many people rated it on IMDb.")]
    genres: tuple[str, ...]
    poster: str


class Trailer(Struct, frozen=True, kw_only=True):
    """A trailer on YouTube."""

    youtube_id: str


class MovieDetails(MovieItem, frozen=True, kw_only=True):
    """Everything known of a film. `tags`: its genres, then its keywords, the best first."""

    titles: tuple[str, ...]
    tags: tuple[TagItem, ...]
    directors: tuple[str, ...]
    cast: tuple[str, ...]
    language: str | None
    imdb_id: str | None
    tmdb_id: int | None
    stills: tuple[str, ...]
    trailer: Trailer | None


class Movies(Struct, frozen=True, kw_only=True):
    """Films, the best first."""

    movies: tuple[MovieItem, ...]
    source: Source


class SessionMovie(MovieItem, frozen=True, kw_only=True, tag_field="kind", tag="movie"):
    """A film in a session; `liked` is null for one that is only seen or saved."""

    liked: bool | None


class SessionTag(Struct, frozen=True, kw_only=True, tag_field="kind", tag="tag"):
    """A tag in a session."""

    id: int
    name: str
    tag_kind: TagKind
    liked: bool | None


class SessionAnswer(Struct, frozen=True, kw_only=True):
    """What this visitor has said, least important first. `picks` are `liked` and `disliked`.

    A film or tag is liked, disliked or seen, never two of them; `saved` is apart from that.
    """

    picks: tuple[SessionMovie | SessionTag, ...]
    liked: tuple[SessionMovie | SessionTag, ...]
    disliked: tuple[SessionMovie | SessionTag, ...]
    seen: tuple[SessionMovie, ...]
    saved: tuple[SessionMovie, ...]
    can_undo: bool
    can_redo: bool


class EngineItem(Struct, frozen=True, kw_only=True):
    """An engine that `engine` can name."""

    name: str
    title: str
    is_default: bool


class Health(Struct, frozen=True, kw_only=True):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Dependency(Struct, frozen=True, kw_only=True):
    """`stand_in`: the embedded store answers in the server's place."""

    state: Literal["ok", "stand_in", "unavailable"]
    detail: str = ""


class Readiness(Struct, frozen=True, kw_only=True):
    """Whether visitors can be served in full."""

    ready: bool
    dependencies: dict[str, Dependency]


class Problem(Struct, frozen=True, kw_only=True):
    """Why a request was not answered (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str | UnsetType = UNSET
