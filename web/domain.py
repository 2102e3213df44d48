"""The values web speaks in, and what can go wrong with them."""

from typing import Final, Literal

from msgspec import Struct

MAX_ID: Final = 2**31 - 1
VOTES_A_RATING: Final = 300  # five in six of the films that the corpus knows best have fewer

Kind = Literal["movie", "tag"]
TagKind = Literal["genre", "keyword"]
Role = Literal["director", "cast"]


class Tag(Struct, frozen=True, gc=False):
    """A genre or a keyword, and how many films of the catalogue carry it."""

    id: int
    name: str
    kind: TagKind
    movies: int = 0


class Person(Struct, frozen=True, gc=False):
    """Someone whom films of the catalogue name; two of one name count as one, for there is no more.

    id: counts from 1, the best known first. movies: ids, the best known film first. fame: that of
    these films in all.
    """

    id: int
    name: str
    roles: tuple[Role, ...]
    movies: tuple[int, ...]
    fame: int


class Movie(Struct, frozen=True, omit_defaults=True):
    """The facts of one film.

    titles: its other names, as people type them. tags: ids of its genres, then of its keywords,
    best first. rating: IMDb's, 0 to 10. votes: how many people gave it. ratings: how many people
    of the corpus rated the film, by which popularity is ordered. poster, backdrop: paths on
    TMDB's image host. trailer: a YouTube id. same_as: the film that this one repeats under a
    second id; lists show that one alone.
    """

    id: int
    title: str
    titles: tuple[str, ...] = ()
    year: int | None = None
    runtime: int | None = None
    genres: tuple[str, ...] = ()
    tags: tuple[int, ...] = ()
    rating: float | None = None
    votes: int | None = None
    ratings: int = 0
    imdb_id: str | None = None
    tmdb_id: int | None = None
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    language: str | None = None
    poster: str | None = None
    backdrop: str | None = None
    trailer: str | None = None
    same_as: int | None = None

    @property
    def fame(self) -> int:
        """How well it is known, in ratings: the corpus knows few new films, so IMDb's voters count
        too.
        """
        return self.ratings + (self.votes or 0) // VOTES_A_RATING


class InvalidRequest(ValueError):
    """The caller's fault; the text says what was wrong, what came and what is allowed."""


class TooLarge(Exception):
    """More than we read; the text says what came and what is allowed."""


class NotFound(LookupError):
    """No such film, tag or page."""


class Forbidden(PermissionError):
    """A request from a page that is not ours."""


class TooManyRequests(Exception):
    """This visitor or address has asked too often; it may ask again in `retry_after` seconds."""

    def __init__(self, detail: str, retry_after: float) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class StoreUnavailable(Exception):
    """A store does not answer now; the text names it."""
