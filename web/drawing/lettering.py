"""Lettering without knowing the fonts of whoever looks: every line is given its length."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

MAX_LETTERS: Final = 90

_NARROW: Final = frozenset("ijlI.,:;'’!|·-()[] ")  # noqa: RUF001
_WIDE: Final = frozenset("mwMW@%—&")


@dataclass(frozen=True, slots=True)
class Face:
    """A style of lettering: how wide its letters are of their height, and how far apart."""

    family: str
    weight: int
    width: float
    spacing: float = 0.0
    is_capital: bool = False
    is_italic: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A title broken into lines, and the size at which it fills its space."""

    lines: tuple[str, ...]
    size: float


_SANS: Final = "Futura,'Avenir Next','Century Gothic','URW Gothic','Segoe UI',sans-serif"
_GROTESQUE: Final = "'Helvetica Neue',Inter,Roboto,'Liberation Sans',Arial,sans-serif"
_NARROW_SANS: Final = (
    "'Avenir Next Condensed','Roboto Condensed','Liberation Sans Narrow','Arial Narrow',sans-serif"
)
_DIDONE: Final = "Didot,'Bodoni 72','Bodoni MT','Playfair Display',Georgia,serif"
_ROMAN: Final = "'Trajan Pro','Cinzel','Hoefler Text','Palatino Linotype',Palatino,Georgia,serif"
_SOFT: Final = "'Cooper Black','Souvenir','Rockwell','Bookman Old Style',Georgia,serif"

_FACES: Final = (
    (0, Face(_DIDONE, 700, 0.57, 0.05, is_capital=True)),
    (1930, Face(_SANS, 700, 0.57, 0.07, is_capital=True)),
    (1940, Face(_DIDONE, 700, 0.50, is_italic=True)),
    (1950, Face(_SOFT, 700, 0.53)),
    (1960, Face(_SANS, 700, 0.56)),
    (1970, Face(_SOFT, 800, 0.54)),
    (1980, Face(_GROTESQUE, 900, 0.58, is_capital=True, is_italic=True)),
    (1990, Face(_ROMAN, 500, 0.58, 0.05, is_capital=True)),
    (2000, Face(_SANS, 400, 0.56, 0.08, is_capital=True)),
    (2010, Face(_NARROW_SANS, 800, 0.50, 0.02, is_capital=True)),
    (2020, Face(_GROTESQUE, 800, 0.56)),
)
SMALL: Final = Face(_GROTESQUE, 600, 0.56, 0.16, is_capital=True)


def face_of(year: int | None) -> Face:
    """The lettering of a film's decade."""
    return max((era for era in _FACES if era[0] <= (year or 2015)), key=lambda era: era[0])[1]


def fit(title: str, face: Face, width: float, height: float, largest: float) -> Block:
    """The title in as few and as even lines as let it stand largest."""
    words = _words(title, face)
    blocks = (_sized(lines, face, width, height, largest) for lines in _breaks(words))
    return max(blocks, key=lambda block: (round(block.size), -len(block.lines)))


def line(text: str, face: Face, x: float, y: float, size: float, colour: str, anchor: str) -> str:
    """One line of text as SVG, as long in every font as it was measured."""
    style = ' font-style="italic"' if face.is_italic else ""
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-family="{face.family}" font-weight="{face.weight}"'
        f'{style} font-size="{size:.1f}" fill="{colour}" text-anchor="{anchor}"'
        f' textLength="{measure(text, face) * size:.0f}" lengthAdjust="spacing">'
        f"{escape(text)}</text>"
    )


def measure(text: str, face: Face) -> float:
    """The length of a line at size 1."""
    return sum(_letter(letter, face) + face.spacing for letter in text) - face.spacing


def shown(text: str, face: Face) -> str:
    """The text as the face writes it, without what XML cannot hold."""
    clean = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join((clean.upper() if face.is_capital else clean).split())


def _words(title: str, face: Face) -> list[str]:
    text = shown(title, face)
    if len(text) > MAX_LETTERS:
        text = text[:MAX_LETTERS].rsplit(" ", 1)[0] + "…"
    return text.split() or [""]


def _breaks(words: list[str]) -> Iterator[tuple[str, ...]]:
    """The words in one to six lines, each number of lines as evenly as it goes."""
    for n_lines in range(1, min(6, len(words)) + 1):
        yield _evenly(words, n_lines)


def _evenly(words: list[str], n_lines: int) -> tuple[str, ...]:
    lines: list[str] = []
    left = list(words)
    for open_lines in range(n_lines, 0, -1):
        goal = len(" ".join(left)) / open_lines
        taken = 1
        while len(left) - taken >= open_lines and _is_nearer(left, taken, goal):
            taken += 1
        taken = len(left) if open_lines == 1 else taken
        lines.append(" ".join(left[:taken]))
        left = left[taken:]
    return tuple(lines)


def _is_nearer(words: list[str], taken: int, goal: float) -> bool:
    now, then = len(" ".join(words[:taken])), len(" ".join(words[: taken + 1]))
    return abs(then - goal) <= abs(now - goal)


def _sized(
    lines: tuple[str, ...], face: Face, width: float, height: float, largest: float
) -> Block:
    longest = max(measure(one, face) for one in lines)
    return Block(lines, min(largest, width / max(longest, 0.1), height / (len(lines) * 1.06)))


def _letter(letter: str, face: Face) -> float:
    if ord(letter) > 0x2E7F:  # Chinese, Japanese, Korean: as wide as high
        return 1.0
    if letter in _NARROW:
        return face.width * 0.55
    if letter in _WIDE:
        return face.width * 1.45
    return face.width * (1.18 if letter.isupper() else 1.0)
