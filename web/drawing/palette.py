"""Colours of a film: its genre names them, its decade tints them as film stock and print did."""

from dataclasses import dataclass
from random import Random
from typing import Final

# The first of these that a film has decides what its picture shows; the rarer says more.
TELLING: Final = (
    "Western",
    "War",
    "Film-Noir",
    "Musical",
    "Horror",
    "Animation",
    "Documentary",
    "Sci-Fi",
    "Fantasy",
    "Mystery",
    "Crime",
    "Romance",
    "Children",
    "Comedy",
    "Adventure",
    "Thriller",
    "Action",
    "Drama",
)

# deep, middle, glow, spark, paper
_GENRES: Final = {
    "Action": ("#1a0f14", "#8f1d2c", "#ff6b35", "#ffd166", "#fff1e0"),
    "Adventure": ("#10262e", "#1f6f78", "#f6a33c", "#f05d5e", "#fff3d6"),
    "Animation": ("#22215b", "#3f6bd8", "#ffc93c", "#ff5d8f", "#fff8e7"),
    "Children": ("#1e3a5f", "#2fa4a0", "#ffd23f", "#ee6c4d", "#fffbe8"),
    "Comedy": ("#2b2350", "#e4572e", "#ffc914", "#17bebb", "#fff7e0"),
    "Crime": ("#0e1621", "#27384f", "#e3b23c", "#c8102e", "#f3ead7"),
    "Documentary": ("#17211f", "#3e6259", "#d9c28b", "#e07a5f", "#f5f1e3"),
    "Drama": ("#1c2033", "#4c5b8a", "#eeb868", "#d1603d", "#f7efe2"),
    "Fantasy": ("#17123a", "#51358f", "#f3c969", "#3ddbb5", "#f8f0ff"),
    "Film-Noir": ("#0b0c0e", "#3b3f46", "#e9dfc7", "#b9262c", "#f4ecd8"),
    "Horror": ("#0a0a0d", "#3d0c16", "#c1121f", "#b8c480", "#efe6d8"),
    "Musical": ("#1f1147", "#8a1c7c", "#ffb627", "#ff5fa2", "#fff2ea"),
    "Mystery": ("#0d1b2a", "#27496d", "#e0a458", "#6fd0c5", "#eef0e6"),
    "Romance": ("#3a1230", "#a63a50", "#ff8fa3", "#ffd6a5", "#fff0ee"),
    "Sci-Fi": ("#080b26", "#243b8a", "#4cc9f0", "#ff7b54", "#eaf4ff"),
    "Thriller": ("#121315", "#39424e", "#f5cb33", "#e63946", "#f2f0e9"),
    "War": ("#1b1e14", "#58613a", "#d9a441", "#b4432e", "#efe9d5"),
    "Western": ("#3b1a12", "#b5502b", "#f2b04a", "#3f8f94", "#fbead0"),
}
_PLAIN: Final = ("#1b1f2a", "#475569", "#e8b86d", "#d9695f", "#f5f0e6")

# From this year on: the tint, how much of it, and how often the picture is a bright one.
_ERAS: Final = (
    (0, "#8a6f4d", 0.38, 0.35),  # silver and sepia
    (1930, "#6f6248", 0.28, 0.30),
    (1940, "#5b6257", 0.20, 0.30),
    (1950, "#c98a55", 0.14, 0.55),  # dye transfer on cream
    (1960, "#ffd9a0", 0.08, 0.75),  # flat and bright
    (1970, "#a5622a", 0.22, 0.50),  # brown
    (1980, "#7a2bd6", 0.16, 0.10),  # neon at night
    (1990, "#3a4657", 0.16, 0.20),
    (2000, "#2f6f78", 0.14, 0.20),  # teal
    (2010, "#1f3b57", 0.06, 0.25),
    (2020, "#5a3d8a", 0.05, 0.35),
)


@dataclass(frozen=True, slots=True)
class Colours:
    """What a scene is painted with.

    sky, low: the background from its top to its bottom. far, near: silhouettes; lettering stands
    on near. glow, spark: what shines. ink: lettering.
    """

    sky: str
    low: str
    far: str
    near: str
    glow: str
    spark: str
    ink: str


def telling_genre(genres: tuple[str, ...]) -> str:
    """The genre that says most of a film; "" if none says anything."""
    return next((genre for genre in TELLING if genre in genres), "")


def colours(genres: tuple[str, ...], year: int | None, rng: Random) -> Colours:
    """The colours of a film; its second genre lends a spark."""
    main = telling_genre(genres)
    second = telling_genre(tuple(genre for genre in genres if genre != main))
    _, tint, amount, brightness = max(era for era in _ERAS if era[0] <= (year or 2015))
    deep, middle, glow, spark, paper = (
        mix(colour, tint, amount) for colour in _GENRES.get(main, _PLAIN)
    )
    if second:
        spark = mix(_GENRES[second][2], tint, amount)
    if rng.random() < 0.4:
        glow, spark = spark, glow
    is_bright = rng.random() < brightness and main not in ("Horror", "Film-Noir", "Sci-Fi")
    if is_bright:
        return Colours(paper, mix(paper, glow, 0.55), middle, deep, glow, spark, paper)
    return Colours(
        mix(deep, middle, 0.25), middle, mix(middle, deep, 0.6), deep, glow, spark, paper
    )


def mix(colour: str, other: str, amount: float) -> str:
    """A colour with some of another in it: 0 is the colour itself, 1 the other."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * amount):02x}" for one, two in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
