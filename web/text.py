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
# fmt: off
_IN_DIGITS: Final = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13",
    "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18",
    "nineteen": "19", "twenty": "20",
}
# fmt: on
_IN_WORDS: Final = {digits: word for word, digits in _IN_DIGITS.items()}
_LETTERS_IN_DIGITS: Final = {"i": "1", "v": "5", "x": "10"}  # names of their own when they begin


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


def is_filed(title: str) -> bool:
    """Whether a title stands as lists file it, with its article last: "Matrix, The"."""
    name, _, last = title.rpartition(", ")
    return bool(name) and last.casefold() in _ARTICLES


def in_digits(name: str) -> str:
    """A folded name with its numbers up to twenty in digits, I, V and X after a word too."""
    first, *rest = (_IN_DIGITS.get(word, word) for word in name.split(" "))
    return " ".join((first, *(_LETTERS_IN_DIGITS.get(word, word) for word in rest)))


def in_words(name: str) -> str:
    """A folded name with its numbers up to twenty in words."""
    return " ".join(_IN_WORDS.get(word, word) for word in name.split(" "))


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
    start = _common_prefix(prefix, word)
    left, held = prefix[start:], word[start:]
    if len(left) < 2:
        return True  # of what is typed its last letter alone can be wrong
    return (
        held.startswith((left[1:], left[1] + left[0] + left[2:]))  # added, swapped
        or held[1:].startswith((left[1:], left))  # changed, left out
    )


def one_typo_away(word: str, alphabet: str, right: int) -> Iterator[str]:
    """Every other word that one typo makes of a word; repeats are possible.

    The typo comes after `right` letters at the latest.
    """
    for cut in range(min(right, len(word)) + 1):
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
