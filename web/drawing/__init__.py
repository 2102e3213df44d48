"""Posters and stills drawn from a film's own facts: equal facts, equal picture.

The genre chooses the scene, genre and decade the colours, the decade the lettering, and the
film's id the hand that paints.
"""

from collections.abc import Callable
from functools import lru_cache
from random import Random
from typing import Final

from web.domain import Movie
from web.drawing import emblems, landscapes
from web.drawing.lettering import SMALL, face_of, fit, line, measure, shown
from web.drawing.palette import Colours, colours, mix, telling_genre
from web.drawing.shapes import bar

POSTER: Final = (400.0, 600.0)
STILL: Final = (800.0, 450.0)
MARGIN: Final = 28.0
SMALL_SIZE: Final = 13.0

Scene = Callable[[Random, Colours, float, float], str]

_SCENES: Final[dict[str, tuple[Scene, ...]]] = {
    "Action": (emblems.burst,),
    "Adventure": (landscapes.peaks, landscapes.road),
    "Animation": (landscapes.hills, emblems.cutouts),
    "Children": (landscapes.hills,),
    "Comedy": (emblems.cutouts, emblems.curtain),
    "Crime": (landscapes.skyline,),
    "Documentary": (emblems.iris,),
    "Drama": (landscapes.horizon, landscapes.road, landscapes.tree),
    "Fantasy": (landscapes.peaks,),
    "Film-Noir": (emblems.blinds, landscapes.skyline),
    "Horror": (landscapes.woods,),
    "Musical": (emblems.record, emblems.curtain),
    "Mystery": (emblems.spiral,),
    "Romance": (emblems.discs, landscapes.tree),
    "Sci-Fi": (emblems.orbits,),
    "Thriller": (emblems.spiral, landscapes.skyline),
    "War": (landscapes.searchlights,),
    "Western": (landscapes.mesas,),
}
_ELSE: Final = (landscapes.horizon, emblems.iris)


@lru_cache(maxsize=256)
def draw_poster(movie: Movie) -> str:
    """The film's poster as SVG."""
    w, h = POSTER
    rng = Random(movie.id)
    c = colours(movie.genres, movie.year, rng)
    scene = _scene(movie, rng)(rng, c, w, h)
    foot = _gradient("foot", c.near, h * 0.42, h * 0.72) + bar(0, h * 0.42, w, h, "url(#foot)")
    return _svg(POSTER, _sky(c, h) + scene + foot + _lettering(movie, c) + _frame(c))


def draw_still(movie: Movie, number: int) -> str:
    """A wide picture of the film's world, without lettering."""
    rng = Random(movie.id * 31 + number)
    c = colours(movie.genres, movie.year, rng)
    return _svg(STILL, _sky(c, STILL[1]) + _scene(movie, rng)(rng, c, *STILL))


def _scene(movie: Movie, rng: Random) -> Scene:
    return rng.choice(_SCENES.get(telling_genre(movie.genres), _ELSE))


def _svg(size: tuple[float, float], inner: str) -> str:
    w, h = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:.0f} {h:.0f}" width="{w:.0f}"'
        f' height="{h:.0f}">{inner}</svg>'
    )


def _sky(c: Colours, h: float) -> str:
    stops = f'<stop stop-color="{c.sky}"/><stop offset="1" stop-color="{c.low}"/>'
    gradient = f'<linearGradient id="sky" x2="0" y2="1">{stops}</linearGradient>'
    return f'{gradient}<rect width="100%" height="100%" fill="url(#sky)"/>'


def _gradient(name: str, colour: str, top: float, foot: float) -> str:
    """From nothing at `top` to the whole colour at `foot`."""
    return (
        f'<linearGradient id="{name}" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="{top:.0f}"'
        f' y2="{foot:.0f}"><stop stop-color="{colour}" stop-opacity="0"/>'
        f'<stop offset="1" stop-color="{colour}"/></linearGradient>'
    )


def _lettering(movie: Movie, c: Colours) -> str:
    """The title, as large as it fits; above it the director, below it the facts."""
    w, h = POSTER
    face = face_of(movie.year)
    block = fit(movie.title, face, w - 2 * MARGIN, h * 0.24, 76)
    lead = block.size * 1.06
    bottom = h - MARGIN - 30
    top = bottom - lead * (len(block.lines) - 1)
    lines = [
        line(text, face, w / 2, top + lead * row, block.size, c.ink, "middle")
        for row, text in enumerate(block.lines)
    ]
    director = _small(" & ".join(movie.directors[:2]), top - block.size - 8, c)
    facts = [str(movie.year)] if movie.year else []
    facts += [f"{movie.runtime} min"] if movie.runtime else []
    facts += [telling_genre(movie.genres)] if telling_genre(movie.genres) else []
    return director + "".join(lines) + _small("  ·  ".join(facts), h - MARGIN, c)


def _small(text: str, y: float, c: Colours) -> str:
    if not text:
        return ""
    words = shown(text, SMALL)
    size = min(SMALL_SIZE, (POSTER[0] - 2 * MARGIN) / measure(words, SMALL))
    return line(words, SMALL, POSTER[0] / 2, y, size, mix(c.ink, c.near, 0.2), "middle")


def _frame(c: Colours) -> str:
    w, h = POSTER
    return (
        f'<rect x="11.5" y="11.5" width="{w - 23:.0f}" height="{h - 23:.0f}" fill="none"'
        f' stroke="{c.ink}" stroke-opacity="0.35"/>'
    )
