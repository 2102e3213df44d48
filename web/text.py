"""How names are compared: one folding that both catalogues and the ranking share."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",  # noqa: RUF001 - Turkish
        "&": " and ",
        "'": None,
        "’": None,  # noqa: RUF001 - the apostrophe that typesetters use
        "ʻ": None,  # noqa: RUF001 - the okina of Hawaiian names
    }
)
_ROMAN: Final = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_ARTICLES: Final = frozenset(
    ("the", "a", "an", "la", "le", "les", "el", "los", "las", "il", "lo", "der", "die", "das")
)
_WORD: Final = re.compile(r"[^\W_]+")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Words in small letters without accents and punctuation, one space apart.

    Roman numerals from II to IX become digits, V excepted: it is a title of its own.
    """
    plain = text.casefold().translate(_LETTERS)
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(_ROMAN.get(word, word) for word in _WORD.findall(plain))


def without_article(name: str) -> str:
    """A folded name without the article it begins with, if more words follow."""
    first, _, rest = name.partition(" ")
    return rest if rest and first in _ARTICLES else name


def is_within_one_typo(word: str, other: str) -> bool:
    """Whether one letter added, left out or changed, or two neighbours swapped, tell them apart.

    Equal words are within one typo.
    """
    if abs(len(word) - len(other)) > 1:
        return False
    start = _common_prefix(word, other)
    word, other = word[start:], other[start:]
    if len(word) == len(other):
        return word[1:] == other[1:] or (word[2:] == other[2:] and word[:2] == other[1::-1])
    longer, shorter = (word, other) if len(word) > len(other) else (other, word)
    return longer[1:] == shorter


def is_prefix_within_one_typo(prefix: str, word: str) -> bool:
    """Whether the prefix begins the word, or begins it but for one typo."""
    return any(
        is_within_one_typo(prefix, word[:length])
        for length in (len(prefix) - 1, len(prefix), len(prefix) + 1)
        if 0 < length <= len(word)
    )


def one_typo_away(word: str, alphabet: str) -> Iterator[str]:
    """Every other word that one typo makes of a word; repeats are possible."""
    for cut in range(len(word) + 1):
        head, tail = word[:cut], word[cut:]
        yield from (head + letter + tail for letter in alphabet)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in alphabet)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _common_prefix(word: str, other: str) -> int:
    for index, (left, right) in enumerate(zip(word, other, strict=False)):
        if left != right:
            return index
    return min(len(word), len(other))
