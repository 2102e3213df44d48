"""MovieLens's titles taken apart: the name people say, the year, and the other names.

MovieLens writes "Matrix, The (1999)" and "Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)":
the article moved behind, other names in parentheses, the year last.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# "(1999)", "(1999))", "(2006-2007)", "(1975-)": all are written, with or without a space after.
_YEAR = re.compile(r"\s*\(((?:18|19|20)\d\d)(?:\s*[-\u2013]\s*(?:\d{4})?)?\)+\s*$")
_AKA = re.compile(r"^(?:a\.?\s?k\.?\s?a\.?|aka)[\s:]+", re.IGNORECASE)
# Parentheses that tell two films apart and so belong to the name.
_PART_OF_NAME = re.compile(
    r"^(?:(?:parts?|vol\.?|volume|chapter|season|episode|tv) .*|[ivx]*|movie|film)$",
    re.IGNORECASE,
)
_ARTICLES = (
    "The|A|An|La|Le|Les|L'|L\u2019|El|Los|Las|Lo|Il|I|Gli|Der|Die|Das|Den|Det|De|Een|Het|Ein|Eine|"
    "En|Ett|Et|Un|Une|Una|O|Os|As|Um|Uma|To"
)
_ARTICLE_BEHIND = re.compile(rf"^(.+?),\s+({_ARTICLES})$", re.IGNORECASE)
_NAMELESS = "Untitled"


@dataclass(frozen=True, slots=True)
class Title:
    """`name` as people say it; `names` the others, without `name` and without repeats."""

    name: str
    year: int | None
    names: tuple[str, ...]


def parse_title(raw: str) -> Title:
    """Take one MovieLens title apart.

    >>> parse_title("Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)").names
    ("Fabuleux destin d'Amélie Poulain, Le", "Le Fabuleux destin d'Amélie Poulain")
    """
    text = " ".join(unicodedata.normalize("NFC", raw).split())
    year = None
    while found := _YEAR.search(text):  # "Don Quixote (1973) (1973)" is written too
        year, text = year or int(found[1]), text[: found.start()]
    name, others = _split_parentheses(text)
    forms = [form for written in (name, *others) for form in (written, say(written))]
    said = say(name) or _NAMELESS
    return Title(said, year, distinct(forms, without=said))


def _split_parentheses(text: str) -> tuple[str, list[str]]:
    others: list[str] = []
    while (start := _last_parentheses(text)) > 0:
        inside = text[start + 1 : -1].strip()
        if _PART_OF_NAME.match(inside):
            break
        others.insert(0, _AKA.sub("", inside))
        text = text[:start].rstrip()
    return text.strip(), others


def _last_parentheses(text: str) -> int:
    """Where the parentheses that end `text` open, those within them skipped; 0 for none."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += (text[place] == ")") - (text[place] == "(")
        if depth == 0:
            return place if place < len(text) - 1 else 0
    return 0


def say(written: str) -> str:
    """The article back in front: "Matrix, The" is said "The Matrix"."""
    found = _ARTICLE_BEHIND.match(written.strip())
    if not found:
        return written.strip()
    rest, article = found[1], found[2]
    return f"{article}{rest}" if article[-1] in "'\u2019" else f"{article} {rest}"


def distinct(names: Iterable[str], without: str) -> tuple[str, ...]:
    """The names once each, in order; letter case alone makes no new name."""
    seen = {without.casefold()}
    kept = []
    for name in names:
        if name and name.casefold() not in seen:
            seen.add(name.casefold())
            kept.append(name)
    return tuple(kept)


def fold(name: str) -> str:
    """Letters and digits alone, without case and accents, of every script."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())
