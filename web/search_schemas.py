"""The shapes of searches in the HTTP contract."""

from typing import Annotated

from msgspec import Meta, Struct

from web.domain import Role
from web.schemas import Asked, Limit, MovieItem, Offset, TagItem, Text


class SearchQuery(Asked, frozen=True, kw_only=True):
    """A name, or the beginning of one."""

    q: Text = ""
    limit: Limit = 24


class TagsQuery(Asked, frozen=True, kw_only=True):
    """Without `q` all tags in turn: genres, then keywords, each the most used first."""

    q: Text = ""
    limit: Limit = 24
    offset: Offset = 0


class FoundMovie(MovieItem, frozen=True, kw_only=True):
    """A film that a search found."""

    matched_person: Annotated[
        str | None, Meta(description="Who made it or plays in it, if it was found by that name.")
    ]


class FoundPerson(Struct, frozen=True, kw_only=True):
    """A person; two of one name count as one."""

    name: str
    roles: tuple[Role, ...]
    films: Annotated[int, Meta(description="How many there are; `movies` are the first few.")]
    movies: tuple[MovieItem, ...]


class Found(Struct, frozen=True, kw_only=True):
    """What a search found, the best first."""

    movies: tuple[FoundMovie, ...]
    tags: tuple[TagItem, ...]
    people: tuple[FoundPerson, ...]
    did_you_mean: Annotated[
        str | None,
        Meta(description="The nearest name, when the text is none and begins none; else null."),
    ]


class Tags(Struct, frozen=True, kw_only=True):
    """Tags that can be picked."""

    tags: tuple[TagItem, ...]
