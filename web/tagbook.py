"""All tags at once: they are few enough to be held, and every answer names some."""

from collections.abc import Collection, Iterable
from functools import cached_property

from web.domain import InvalidRequest, Tag
from web.searching import Query, in_order, parse, search
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
        return [] if query is None else in_order(query, search(query, self._recall))[:limit]

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

    def _recall(self, query: Query, is_tolerant: bool) -> Iterable[Tag]:
        """Tags that hold the longest word of the query, or a third of it: one typo spares one."""
        longest = max(query.words, key=len)
        parts = _thirds(longest) if is_tolerant else (longest, query.joined)
        for tag, name in self._names:
            if any(part in name or part in name.replace(" ", "") for part in parts):
                yield tag

    @cached_property
    def _names(self) -> list[tuple[Tag, str]]:
        return [(tag, fold(tag.name)) for tag in self.tags]


def _thirds(word: str) -> tuple[str, ...]:
    third = max(1, len(word) // 3)
    return word[:third], word[third : 2 * third], word[2 * third :]
