"""Which of some names a query means, and in what order. Both catalogues end here.

A catalogue recalls candidates in its own way; the order is decided here alone, so that the
choice of catalogue changes nothing a visitor can see.
"""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from web.domain import Movie, Tag
from web.text import fold, is_prefix_within_one_typo, is_within_one_typo, without_article

EXACT_BONUS: Final = 3.5  # in units of log(ratings): a whole name outweighs 33 times the fame
FEW: Final = 24
FAME: Final = 200  # times as often rated: enough to suppose a typo
RECALL: Final = 120  # candidates a way of recalling; more than the longest list shows

_YEAR: Final = re.compile(r"(18[7-9]|19\d|20\d)\d")
_BEGINS, _JOINED, _HOLDS, _NEARLY_BEGINS, _NEARLY_HOLDS = range(5)
_WRONG_YEAR: Final = 10  # added to the rank of a name that fits but for the year

T = TypeVar("T", bound=Movie | Tag)


@dataclass(frozen=True, slots=True)
class Query:
    """A query folded. `year` and `name` are set when it may be a name with a year after it."""

    text: str
    words: tuple[str, ...]
    year: int | None = None
    name: "Query | None" = None

    @property
    def joined(self) -> str:
        """The query without its spaces."""
        return "".join(self.words)


def parse(text: str) -> Query | None:
    """The query in a text, or None when it holds no letter and no digit."""
    folded = fold(text)
    if not folded:
        return None
    words = tuple(folded.split())
    if len(words) > 1 and _YEAR.fullmatch(words[-1]):
        name = Query(" ".join(words[:-1]), words[:-1])
        return Query(folded, words, int(words[-1]), name)
    return Query(folded, words)


def names_of(movie: Movie) -> tuple[str, ...]:
    """Every folded name a film is found by, each also without its article; no repeats."""
    folded = [fold(name) for name in (movie.title, *movie.titles)]
    return tuple(dict.fromkeys([*folded, *map(without_article, folded)]))


def words_of(names: tuple[str, ...]) -> list[str]:
    """The words of some names, and each name as one word, for those who type it so; no repeats."""
    words = (word for name in names for word in (*name.split(), name.replace(" ", "")))
    return list(dict.fromkeys(words))


def search(query: Query, limit: int, recall: Callable[[Query, bool], Iterable[T]]) -> list[T]:
    """The best of what `recall` finds, best first.

    `recall(query, is_tolerant)` gives candidates, too many rather than too few; it is asked to
    tolerate typos only when few names fit without.
    """
    found = rank(query, recall(query, False), is_tolerant=False)
    if len(found) < FEW:
        known = {one.id for one in found}
        candidates = [one for one in recall(query, True) if one.id not in known]
        found = _merged(query, found, rank(query, candidates, is_tolerant=True))
    return found[:limit]


def _merged(query: Query, found: list[T], nearly: list[T]) -> list[T]:
    """What fits before what nearly fits: "psyco" is Psycho, though a film nobody has rated begins
    with it. So what is all but unknown beside the best of the latter, and not named in full, comes
    last.
    """
    fame = _facts(nearly[0])[2] if nearly else 0
    known = [one for one in found if _is_known(query, one, fame)]
    unknown = [one for one in found if not _is_known(query, one, fame)]
    return [*known, *nearly, *unknown]


def _is_known(query: Query, one: Movie | Tag, fame: int) -> bool:
    names, _, weight = _facts(one)
    return query.text in names or (weight + 1) * FAME > fame


def rank(query: Query, candidates: Iterable[T], *, is_tolerant: bool) -> list[T]:
    """The candidates that fit the query, best first; each once."""
    keys = {}
    for one in candidates:
        key = _key(query, one, is_tolerant)
        if key is not None:
            keys[one.id] = (key, one)
    return [one for _, one in sorted(keys.values(), key=lambda pair: pair[0])]


def _key(query: Query, one: Movie | Tag, is_tolerant: bool) -> tuple[int, float, int] | None:
    names, year, weight = _facts(one)
    fits = [(_rank(query, names, is_tolerant), query.text in names)]
    if query.name is not None:
        wrong = 0 if year == query.year else _WRONG_YEAR
        fit = _rank(query.name, names, is_tolerant)
        fits.append((None if fit is None else fit + wrong, query.name.text in names))
    ranks = [
        (fit, -math.log1p(weight) - EXACT_BONUS * is_exact, one.id)
        for fit, is_exact in fits
        if fit is not None
    ]
    return min(ranks, default=None)


def _facts(one: Movie | Tag) -> tuple[tuple[str, ...], int | None, int]:
    if isinstance(one, Movie):
        return names_of(one), one.year, one.ratings
    return (fold(one.name),), None, one.movies


def _rank(query: Query, names: tuple[str, ...], is_tolerant: bool) -> int | None:
    """How well the best of the names fits, 0 is best; None if none does."""
    if any(name.startswith(query.text) for name in names):
        return _BEGINS
    if any(name.replace(" ", "").startswith(query.joined) for name in names):
        return _JOINED
    if any(_holds(query.words, name) for name in names):
        return _HOLDS
    if not is_tolerant or len(query.text) < 4:
        return None
    if any(is_prefix_within_one_typo(query.text, name) for name in names):
        return _NEARLY_BEGINS
    if any(_nearly_holds(query.words, name) for name in names):
        return _NEARLY_HOLDS
    return None


def _holds(words: tuple[str, ...], name: str) -> bool:
    """Whether the words are words of the name, the last one perhaps not yet typed to its end."""
    if words[-1] not in name:
        return False
    held = name.split()
    return all(word in held for word in words[:-1]) and any(
        word.startswith(words[-1]) for word in held
    )


def _nearly_holds(words: tuple[str, ...], name: str) -> bool:
    held = name.split()
    return all(any(_is_nearly(word, other) for other in held) for word in words[:-1]) and any(
        _is_nearly(words[-1], other) or _nearly_begins(words[-1], other) for other in held
    )


def _is_nearly(word: str, other: str) -> bool:
    return word == other or (len(word) > 2 and is_within_one_typo(word, other))


def _nearly_begins(prefix: str, word: str) -> bool:
    """Short beginnings are near to too much, so they must be right."""
    return word.startswith(prefix) or (len(prefix) > 4 and is_prefix_within_one_typo(prefix, word))
