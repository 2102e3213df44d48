"""Which of some names a query means, and in what order. Both catalogues end here.

A catalogue recalls candidates in its own way; the order is decided here alone, so that the
choice of catalogue changes nothing a visitor can see.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Generic, TypeVar

from msgspec import structs

from web.domain import Movie, Person, Tag
from web.text import (
    fold,
    in_digits,
    in_words,
    is_filed,
    is_prefix_within_one_typo,
    is_within_one_typo,
    without_article,
)

WHOLE_BONUS: Final = 3.5  # in units of log(fame): a whole name outweighs 33 times the fame
FEW: Final = 24
MEAN_FAME: Final = 66  # of a film of the starter's catalogue
FAME: Final = 50  # times as well known: enough to suppose a typo
MIN_TOLERANT: Final = 4  # letters; shorter texts are near to too much
RECALL: Final = 120  # candidates a way of recalling; more than the longest list shows

_YEAR: Final = re.compile(r"(18[7-9]|19\d|20\d)\d")
_BEGINS, _JOINED, _HOLDS, _NEARLY_BEGINS, _NEARLY_HOLDS = range(5)
_WRONG_YEAR: Final = 10  # added to the rank of a name that fits but for the year

Named = Movie | Tag | Person
T = TypeVar("T", bound=Named)


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


@dataclass(frozen=True, slots=True)
class Hits(Generic[T]):
    """What a query finds, best first: what fits as it was typed, and what fits but for a typo."""

    fits: tuple[T, ...] = ()
    nearly: tuple[T, ...] = ()


def names_of(movie: Movie) -> tuple[str, ...]:
    """Every folded name a film is found by, each also without its article; no repeats.

    Last come these names with their numbers in digits, and with them in words.
    """
    return _names((movie.title, *movie.titles))


def folded_names(one: Named) -> tuple[str, ...]:
    """Every folded name a thing is found by: a person by each part of the name that ends it."""
    if isinstance(one, Movie):
        return names_of(one)
    name = fold(one.name)
    if isinstance(one, Tag):
        return (name,)
    words = name.split()
    return tuple(" ".join(words[first:]) for first in range(len(words)))


@lru_cache(maxsize=16_384)
def _names(titles: tuple[str, ...]) -> tuple[str, ...]:
    folded = [fold(title) for title in titles]
    names = [*folded, *map(without_article, folded)]
    return tuple(dict.fromkeys([*names, *map(in_digits, names), *map(in_words, names)]))


def words_of(names: tuple[str, ...]) -> list[str]:
    """The words of some names, and each name as one word, for those who type it so; no repeats."""
    words = (word for name in names for word in (*name.split(), name.replace(" ", "")))
    return list(dict.fromkeys(words))


def search(query: Query, recall: Callable[[Query, bool], Iterable[T]]) -> Hits[T]:
    """What fits of what `recall` finds.

    `recall(query, is_tolerant)` gives candidates, too many rather than too few; it is asked to
    tolerate typos only when few names fit without.
    """
    fits = rank(query, recall(query, False), is_tolerant=False)
    if len(fits) >= FEW or len(query.text) < MIN_TOLERANT:
        return Hits(tuple(fits))
    known = {one.id for one in fits}
    candidates = [one for one in recall(query, True) if one.id not in known]
    return Hits(tuple(fits), tuple(rank(query, candidates, is_tolerant=True)))


def in_order(query: Query, hits: Hits[T]) -> list[T]:
    """What fits before what nearly fits: "psyco" is Psycho, though a film nobody has rated begins
    with it. So what is all but unknown beside the best of the latter, and not named in full, comes
    last.
    """
    known, unknown = by_renown(query, hits.fits, fame_of(hits.nearly))
    return [*known, *hits.nearly, *unknown]


def by_renown(query: Query, fits: Iterable[T], fame: int) -> tuple[list[T], list[T]]:
    """What is known beside that fame, and then what is not."""
    known: list[T] = []
    unknown: list[T] = []
    for one in fits:
        (known if is_known(query, one, fame) else unknown).append(one)
    return known, unknown


def fame_of(things: Sequence[Named]) -> int:
    """How well known the first one is; 0 if there is none."""
    return weight(things[0]) if things else 0


def begins(query: Query, one: Named) -> bool:
    """Whether the query is a name of a thing or the beginning of one, as it was typed."""
    key = closeness(query, one, is_tolerant=False)
    return key is not None and key[0] % _WRONG_YEAR <= _JOINED


def spelled(query: Query, one: Named) -> str:
    """The name, as people write it, that is nearest to the query; of equals a film's title."""
    if not isinstance(one, Movie):
        return one.name
    spellings = []
    for place, title in enumerate((one.title, *one.titles)):
        key = closeness(query, structs.replace(one, title=title, titles=()), is_tolerant=True)
        if key is not None:
            spellings.append((key, is_filed(title), place, title))
    return min(spellings)[-1] if spellings else one.title


def is_known(query: Query, one: Named, fame: int) -> bool:
    """Whether a thing is named in full, or is not all but unknown beside one of that fame."""
    return is_named(query, one) or (weight(one) + 1) * FAME > fame


def is_named(query: Query, one: Named) -> bool:
    """Whether the query is a whole name of a thing; of a person the last of the names will do."""
    return query.text in folded_names(one)


def weight(one: Named) -> int:
    """How well known it is; a tag as well as the films that carry it, were they all alike."""
    return one.movies * MEAN_FAME if isinstance(one, Tag) else one.fame


def rank(query: Query, candidates: Iterable[T], *, is_tolerant: bool) -> list[T]:
    """The candidates that fit the query, best first; each once."""
    keys = {}
    for one in candidates:
        key = closeness(query, one, is_tolerant=is_tolerant)
        if key is not None:
            keys[type(one), one.id] = (key, one)
    return [one for _, one in sorted(keys.values(), key=lambda pair: pair[0])]


def closeness(query: Query, one: Named, *, is_tolerant: bool) -> tuple[int, float, int] | None:
    """How well a thing fits the query, the least is best; None if it does not."""
    fits = [_fit(query, one, is_tolerant)]
    if query.name is not None:
        fit = _fit(query.name, one, is_tolerant)
        wrong = 0 if isinstance(one, Movie) and one.year == query.year else _WRONG_YEAR
        fits.append(None if fit is None else (fit[0] + wrong, fit[1]))
    fame = math.log1p(weight(one))
    keys = ((fit, -fame - WHOLE_BONUS * is_whole, one.id) for fit, is_whole in filter(None, fits))
    return min(keys, default=None)


def _fit(query: Query, one: Named, is_tolerant: bool) -> tuple[int, bool] | None:
    """The rank of the best of the names, and whether one of them is meant as a whole."""
    fit = _rank(query, folded_names(one), is_tolerant)
    if fit is None:
        return None
    if fit < _NEARLY_BEGINS:
        return fit, is_named(query, one)
    # One typo makes a last name of too many a word: "allien" is Alien, and not Woody Allen.
    whole = folded_names(one)[: 1 if isinstance(one, Person) else None]
    return fit, any(is_within_one_typo(query.text, name) for name in whole)


def _rank(query: Query, names: tuple[str, ...], is_tolerant: bool) -> int | None:
    """How well the best of the names fits, 0 is best; None if none does."""
    if any(name.startswith(query.text) for name in names):
        return _BEGINS
    if any(name.replace(" ", "").startswith(query.joined) for name in names):
        return _JOINED
    if any(_holds(query.words, name) for name in names):
        return _HOLDS
    if not is_tolerant or len(query.text) < MIN_TOLERANT:
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
