"""Finds by name among things that are few enough to be held in memory."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, Generic

from web.searching import RECALL, Hits, Query, T, folded_names, search, words_of
from web.text import one_typo_away

AFTER: Final = "\U0010ffff"  # comes after every letter
EXACT: Final = 3  # letters of a word that must be right; a typo makes too much of so short a word


class NameBook(Generic[T]):
    """Things by name; they are given the best known first."""

    def __init__(self, things: Iterable[T]) -> None:
        self._things = tuple(things)
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, thing in enumerate(self._things):
            for word in words_of(folded_names(thing)):
                self._holders[word].append(number)
        self._words = sorted(self._holders)
        self._alphabet = "".join(sorted({letter for word in self._words for letter in word}))

    def find(self, query: Query) -> Hits[T]:
        """What the query means, in the order of `CatalogueStore.search_movies`."""
        return search(query, self._recall)

    def _recall(self, query: Query, is_tolerant: bool) -> list[T]:
        """What holds all words of the query, too many rather than too few."""
        ways = [query.words, (query.joined,)]
        if query.name is not None:
            ways.append(query.name.words)
        found = {number for words in ways for number in self._holding(words, is_tolerant)}
        return [self._things[number] for number in sorted(found)]

    def _holding(self, words: tuple[str, ...], is_tolerant: bool) -> list[int]:
        *whole, last = words
        held = set(self._beginning(last, is_tolerant))
        for word in dict.fromkeys(whole):
            held &= set(self._being(word, is_tolerant))
        return sorted(held)[:RECALL]

    def _being(self, word: str, is_tolerant: bool) -> Iterator[int]:
        """The things of which a word is this one."""
        yield from self._holders.get(word, ())
        if is_tolerant and len(word) >= EXACT:
            for near in self._near(word):
                if near in self._holders:
                    yield from self._holders[near]

    def _beginning(self, prefix: str, is_tolerant: bool) -> Iterator[int]:
        """The things of which a word begins so."""
        yield from self._with_prefix(prefix)
        if is_tolerant and len(prefix) > EXACT:
            for near in self._near(prefix):
                yield from self._with_prefix(near)

    def _near(self, word: str) -> set[str]:
        right = 0
        while right < len(word) and next(self._with_prefix(word[: right + 1]), None) is not None:
            right += 1
        return set(one_typo_away(word, self._alphabet, right))

    def _with_prefix(self, prefix: str) -> Iterator[int]:
        for index in range(bisect_left(self._words, prefix), len(self._words)):
            if not self._words[index].startswith(prefix):
                return
            yield from self._holders[self._words[index]]
