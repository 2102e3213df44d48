"""Keeps the films asked for lately in memory, and all tags and people."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from typing import Final

from web.domain import Movie, Person
from web.namebook import NameBook
from web.searching import Hits, Query
from web.stores.base import CatalogueStore, Popular, Wanted
from web.tagbook import TagBook

MAX_MOVIES: Final = 20_000
KEPT_SECONDS: Final = 300.0  # a catalogue loaded anew is seen after this time at the latest


class CachedCatalogue:
    """A catalogue as the views use it; what it holds in memory is at most `KEPT_SECONDS` old."""

    def __init__(self, store: CatalogueStore, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._movies: OrderedDict[int, Movie] = OrderedDict()
        self._tags: TagBook | None = None
        self._people: NameBook[Person] | None = None
        self._repeats: dict[int, int] | None = None
        self._fresh_until = clock() + KEPT_SECONDS

    def movies(self, movie_ids: Collection[int]) -> dict[int, Movie]:
        """The films that exist among these, by id."""
        self._drop_if_old()
        held = self._movies
        found = {one: movie for one in movie_ids if (movie := held.get(one)) is not None}
        missing = [one for one in movie_ids if one not in found]
        if missing:
            loaded = self._store.movies(missing)
            self._keep(loaded)
            found |= loaded
        return found

    def movie(self, movie_id: int) -> Movie | None:
        """One film, or None if it does not exist."""
        return self.movies((movie_id,)).get(movie_id)

    def tags(self) -> TagBook:
        """All tags."""
        self._drop_if_old()
        tags = self._tags  # another thread may drop it at any time
        if tags is None:
            tags = self._tags = TagBook(self._store.tags())
        return tags

    def people(self) -> NameBook[Person]:
        """Everyone whom a film names."""
        self._drop_if_old()
        people = self._people
        if people is None:
            people = self._people = NameBook(self._store.people())
        return people

    def repeats(self) -> dict[int, int]:
        """The films that repeat another under a second id, and that film's own id."""
        self._drop_if_old()
        repeats = self._repeats
        if repeats is None:
            repeats = self._repeats = self._store.repeats()
        return repeats

    def search_movies(self, query: Query) -> Hits[Movie]:
        """As the store does."""
        return self._store.search_movies(query)

    def linked_movies(self, imdb_ids: Collection[str], tmdb_ids: Collection[int]) -> list[Movie]:
        """As the store does."""
        return self._store.linked_movies(imdb_ids, tmdb_ids)

    def named_movies(self, names: Collection[str]) -> list[Movie]:
        """As the store does."""
        return self._store.named_movies(names)

    def popular_movies(self, wanted: Wanted) -> Popular:
        """As the store does."""
        return self._store.popular_movies(wanted)

    def _keep(self, movies: dict[int, Movie]) -> None:
        with self._lock:
            self._movies.update(movies)
            while len(self._movies) > MAX_MOVIES:
                self._movies.popitem(last=False)

    def _drop_if_old(self) -> None:
        if self._clock() < self._fresh_until:
            return
        with self._lock:
            self._fresh_until = self._clock() + KEPT_SECONDS
            self._movies = OrderedDict()
            self._tags = None
            self._people = None
            self._repeats = None
