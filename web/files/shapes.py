"""The shapes of files taken out and brought in, and of what is asked and answered about them."""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from web.domain import TagKind
from web.recommendation_schemas import Year
from web.schemas import Asked, Id, Rating, SessionAnswer, Text

VERSION: Final = 1
MAX_TITLE: Final = 500

Opinion = Literal["liked", "disliked", "seen", "saved"]
Part = Literal["saved", "picks", "all"]
FileFormat = Literal["csv", "letterboxd", "json"]
Site = Literal["letterboxd", "imdb", "movielens", "marquee"]
Unrated = Literal["liked", "seen", "saved"]
Title = Annotated[str, Meta(max_length=MAX_TITLE)]


class ExportQuery(Asked, frozen=True, kw_only=True):
    """Which part of the session, and in which form."""

    what: Part = "all"
    format: Annotated[
        FileFormat, Meta(description="letterboxd: the columns that Letterboxd imports.")
    ] = "csv"


class ImportQuery(Asked, frozen=True, kw_only=True):
    """What to do with a file."""

    apply: Annotated[bool, Meta(description="Take the file, not just tell what it would do.")] = (
        False
    )
    name: Annotated[
        Text, Meta(description="The file's name; a form brings it along. Some files differ by it.")
    ] = ""
    unrated: Annotated[
        Unrated | None,
        Meta(description="What films without a rating become; if absent, by the kind of file."),
    ] = None


class FileMovie(Struct, frozen=True, kw_only=True, tag_field="kind", tag="movie"):
    """A film in a file; `id` is MovieLens's. `liked` is null for one that is only seen or saved."""

    id: Id | None = None
    title: Title = ""
    year: Year | None = None
    imdb_id: Annotated[str, Meta(pattern="^tt[0-9]{7,9}$")] | None = None
    tmdb_id: Id | None = None
    rating: Rating = None
    liked: bool | None = None


class FileTag(Struct, frozen=True, kw_only=True, tag_field="kind", tag="tag"):
    """A tag in a file."""

    name: Title
    tag_kind: TagKind
    liked: bool


class SessionFile(Struct, frozen=True, kw_only=True):
    """A session as a file: what was asked for, each list least important first."""

    format: Literal["marquee"] = "marquee"
    version: int = VERSION
    picks: tuple[FileMovie | FileTag, ...] = ()
    seen: tuple[FileMovie, ...] = ()
    saved: tuple[FileMovie, ...] = ()


class NotFoundRow(Struct, frozen=True, kw_only=True):
    """A film of a file that is not in the catalogue, or that several films could be."""

    row: Annotated[int, Meta(description="In a table the header is row 1.")]
    title: str
    year: int | None
    reason: Literal["unknown", "ambiguous"]


class LeftOver(Struct, frozen=True, kw_only=True):
    """How many of a file's there is no room for; a film that cannot be a pick becomes seen."""

    picks: int
    seen: int
    saved: int


class ImportAnswer(Struct, frozen=True, kw_only=True):
    """What a file does to the session, or would do; `session` is null until it is applied.

    Films and tags are counted once, however many rows name them. `liked`, `disliked`, `seen` and
    `saved` count what becomes so; `unchanged` what was as the file says, or keeps its verdict.
    """

    applied: bool
    format: Site
    unrated: Unrated
    rows: int
    matched: int
    not_found: int
    first_not_found: Annotated[
        tuple[NotFoundRow, ...], Meta(description="The first fifty of them.")
    ]
    liked: int
    disliked: int
    seen: int
    saved: int
    unchanged: int
    left_over: LeftOver
    session: SessionAnswer | None
