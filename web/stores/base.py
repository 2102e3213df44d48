"""What every store promises.

Each wait for a server ends within STORE_TIMEOUT_MS, by StoreUnavailable. The writers of an
embedded store also stand in line for each other, for two seconds at most.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Protocol

from model_server.protocol import Filters
from web.domain import Movie, Person, Tag
from web.picks import Session, Step
from web.searching import Hits, Query

ANY_FILM: Final = Filters()


class SessionStore(Protocol):
    """One session a visitor, by the id in the visitor's cookie."""

    def session(self, session_id: str) -> Session | None:
        """The session, or None for a stranger and for one long unchanged."""
        ...

    def change(self, session_id: str, step: Step) -> Session:
        """Take one step and give the session after it; a stranger's session begins with it.

        Changes of one session happen one after another: none is lost, however many come at once.
        A step that cannot be is InvalidRequest and changes nothing. "forget" deletes the session.
        """
        ...

    def check(self) -> str:
        """Return if it can answer now: "", or why a stand-in answers in its place."""
        ...

    def close(self) -> None:
        """Let go of all connections."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which films to list: those that pass the filters, but none of `without` (ids) and none that
    carries one of `without_tags`; `limit` of them after the first `offset`.
    """

    filters: Filters = ANY_FILM
    limit: int = 24
    offset: int = 0
    without: Collection[int] = ()
    without_tags: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Popular:
    """Films, the most rated first, of `matching` films with `ratings` in all."""

    movies: list[Movie]
    matching: int
    ratings: int


class CatalogueStore(Protocol):
    """The facts of films and tags. Ids that do not exist are absent from every answer."""

    def movies(self, movie_ids: Collection[int]) -> dict[int, Movie]:
        """The films that exist among these, by id."""
        ...

    def tags(self) -> list[Tag]:
        """Every tag, the most used first; ties by id."""
        ...

    def people(self) -> list[Person]:
        """Everyone whom a listed film names, the best known first; ties by name."""
        ...

    def repeats(self) -> dict[int, int]:
        """Each film that repeats another under a second id, with the id it should have."""
        ...

    def search_movies(self, query: Query) -> Hits[Movie]:
        """Films by name, best first: names that begin with the query before names that hold its
        words, then the best known; ties by id. Names with one typo are looked for only when few
        fit without.

        Case, accents, punctuation and leading articles do not count, numbers may be written in
        words. A year after a name finds that year's film.
        """
        ...

    def linked_movies(self, imdb_ids: Collection[str], tmdb_ids: Collection[int]) -> list[Movie]:
        """The films that one of these ids of IMDb ("tt0133093") or TMDB is known of, most rated
        first; ties by id. A film that repeats another is among them.
        """
        ...

    def named_movies(self, names: Collection[str]) -> list[Movie]:
        """The films of which one of these is a whole name, folded as `names_of` folds it, the most
        rated first; ties by id.
        """
        ...

    def popular_movies(self, wanted: Wanted) -> Popular:
        """The films that are wanted, the most rated first, ties by id."""
        ...

    def check(self) -> str:
        """Return if it can answer now: "", or why a stand-in answers in its place."""
        ...

    def close(self) -> None:
        """Let go of all connections."""
        ...
