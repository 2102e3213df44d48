"""A server store while it answers, and its embedded stand-in while it does not."""

import logging
import threading
from collections.abc import Callable, Collection
from typing import Final, TypeVar

from web.breaker import Breaker
from web.domain import InvalidRequest, Movie, Person, StoreUnavailable, Tag
from web.picks import Session, Step
from web.searching import Hits, Query
from web.stores.base import CatalogueStore, Popular, SessionStore, Wanted
from web.stores.sqlite_sessions import SqliteSessions

STRIPES: Final = 256

logger = logging.getLogger(__name__)

T = TypeVar("T")


class FailoverSessions:
    """A SessionStore: the server's, of which the stand-in keeps a copy.

    While the server is away the stand-in takes the steps and writes them down; the server is told
    of them, in their order, before it answers for that session again.
    """

    def __init__(self, server: SessionStore, stand_in: SqliteSessions, breaker: Breaker) -> None:
        self._server = server
        self._stand_in = stand_in
        self._breaker = breaker
        self._telling = [threading.Lock() for _ in range(STRIPES)]  # sessions share them by hash

    def session(self, session_id: str) -> Session | None:
        try:
            return self._breaker.call(lambda: self._read(session_id))
        except StoreUnavailable as error:
            logger.warning("stand-in: %s", error)
            return self._stand_in.session(session_id)

    def change(self, session_id: str, step: Step) -> Session:
        try:
            session = self._breaker.call(lambda: self._change(session_id, step))
        except StoreUnavailable as error:
            logger.warning("stand-in: %s", error)
            return self._stand_in.owe(session_id, step)
        # From here on the server has the step, so nothing that fails may owe it again.
        self._copy(session_id, session)
        self._tell_another()
        return session

    def check(self) -> str:
        try:
            return self._server.check()
        except StoreUnavailable as error:
            self._stand_in.check()
            return str(error)

    def close(self) -> None:
        self._server.close()
        self._stand_in.close()

    def _read(self, session_id: str) -> Session | None:
        self._tell(session_id)
        return self._server.session(session_id)

    def _change(self, session_id: str, step: Step) -> Session:
        self._tell(session_id)
        return self._server.change(session_id, step)

    def _tell_another(self) -> None:
        """Tell the server of one session whose visitor may never come again."""
        try:
            for other in self._stand_in.behind(1):
                self._tell(other)
        except StoreUnavailable as error:
            logger.warning("another session is told later: %s", error)

    def _tell(self, session_id: str) -> None:
        """Tell the server what it has missed of a session."""
        if not self._stand_in.owed(session_id):
            return
        with self._telling[hash(session_id) % STRIPES]:
            for number, step in self._stand_in.owed(session_id):
                try:
                    self._server.change(session_id, step)
                except InvalidRequest as error:  # what came between has made it impossible
                    logger.warning("a step could not be told to the server: %s", error)
                self._stand_in.settle(number)

    def _copy(self, session_id: str, session: Session) -> None:
        try:
            self._stand_in.keep(session_id, session)
        except StoreUnavailable as error:
            logger.warning("the stand-in has no copy: %s", error)


class FailoverCatalogue:
    """A CatalogueStore: the server's, and a stand-in made from the same files."""

    def __init__(self, server: CatalogueStore, stand_in: CatalogueStore, breaker: Breaker) -> None:
        self._server = server
        self._stand_in = stand_in
        self._breaker = breaker

    def movies(self, movie_ids: Collection[int]) -> dict[int, Movie]:
        return self._either(lambda store: store.movies(movie_ids))

    def tags(self) -> list[Tag]:
        return self._either(lambda store: store.tags())

    def people(self) -> list[Person]:
        return self._either(lambda store: store.people())

    def repeats(self) -> dict[int, int]:
        return self._either(lambda store: store.repeats())

    def search_movies(self, query: Query) -> Hits[Movie]:
        return self._either(lambda store: store.search_movies(query))

    def linked_movies(self, imdb_ids: Collection[str], tmdb_ids: Collection[int]) -> list[Movie]:
        return self._either(lambda store: store.linked_movies(imdb_ids, tmdb_ids))

    def named_movies(self, names: Collection[str]) -> list[Movie]:
        return self._either(lambda store: store.named_movies(names))

    def popular_movies(self, wanted: Wanted) -> Popular:
        return self._either(lambda store: store.popular_movies(wanted))

    def check(self) -> str:
        try:
            return self._server.check()
        except StoreUnavailable as error:
            self._stand_in.check()
            return str(error)

    def close(self) -> None:
        self._server.close()
        self._stand_in.close()

    def _either(self, ask: Callable[[CatalogueStore], T]) -> T:
        try:
            return self._breaker.call(lambda: ask(self._server))
        except StoreUnavailable as error:
            logger.warning("stand-in: %s", error)
            return ask(self._stand_in)
