"""All tags at once: they are few enough to be held, and every answer names some."""

from collections.abc import Collection, Iterable
from functools import cached_property

from web.domain import InvalidRequest, Tag
from web.namebook import NameBook
from web.searching import Hits, Query, in_order, parse
from web.text import fold


class TagBook:
    """The tags of a catalogue, the most used first."""

    def __init__(self, tags: Iterable[Tag]) -> None:
        self.tags = tuple(tags)
        self.by_id = {tag.id: tag for tag in self.tags}

    @cached_property
    def genres(self) -> tuple[Tag, ...]:
        """Every genre, by name."""
        genres = (tag for tag in self.tags if tag.kind == "genre")
        return tuple(sorted(genres, key=lambda tag: tag.name))

    @cached_property
    def choices(self) -> tuple[Tag, ...]:
        """Genres, then keywords, each the most used first."""
        return tuple(sorted(self.tags, key=lambda tag: tag.kind != "genre"))

    def popular(self, k: int, without: Collection[int] = ()) -> list[Tag]:
        """The k most used tags that are not left out."""
        return [tag for tag in self.tags if tag.id not in without][:k]

    def search(self, text: str, limit: int) -> list[Tag]:
        """Tags by name in the order of `CatalogueStore.search_movies`; the most used first."""
        query = parse(text)
        return [] if query is None else in_order(query, self.find(query))[:limit]

    def find(self, query: Query) -> Hits[Tag]:
        """What fits and what nearly fits of the tags, by name."""
        return self._names.find(query)

    def genre_ids(self, names: Iterable[str]) -> tuple[int, ...]:
        """The ids of genres by name, in any case; InvalidRequest for a name that is none."""
        return tuple(self._genre_id(name) for name in names)

    def _genre_id(self, name: str) -> int:
        folded = fold(name)
        for genre in self.genres:
            if fold(genre.name) == folded:
                return genre.id
        allowed = ", ".join(genre.name for genre in self.genres)
        raise InvalidRequest(f"a genre must be one of {allowed}, got {name!r}")

    @cached_property
    def _names(self) -> NameBook[Tag]:
        return NameBook(self.tags)
