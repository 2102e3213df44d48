"""Small things that stand in a scene."""

from random import Random

from web.drawing.shapes import bar, curve, disc, oval, path, placed, polygon


def person(x: float, foot: float, height: float, colour: str) -> str:
    """Someone in a coat and a hat, seen from behind."""
    hat = path("M-11 -88C-9 -99 9 -99 11 -88L17 -86C17 -83 -17 -83 -17 -86Z", colour)
    head = disc(0, -81, 8.5, colour)
    coat = path(
        "M-7 -72C-17 -70 -20 -62 -21 -50L-24 -22L-17 -22L-15 0H-3L0 -24L3 0H15L17 -22L24 -22"
        "L21 -50C20 -62 17 -70 7 -72Z",
        colour,
    )
    return placed(hat + head + coat, x, foot, height / 100)


def pair(x: float, foot: float, height: float, colour: str) -> str:
    """Two people, one leaning on the other."""
    near = disc(-8, -86, 8, colour) + path("M-19 0L-21 -60C-20 -78 4 -78 3 -58L1 0Z", colour)
    far = disc(9, -79, 7.5, colour) + path("M-1 0L-2 -56C-1 -72 21 -72 21 -52L26 0Z", colour)
    return placed(near + far, x, foot, height / 100)


def boat(x: float, y: float, size: float, colour: str) -> str:
    """A sailing boat."""
    return placed(
        path("M-10 0H10L6 5H-6Z M-1 -2V-22L-11 -2Z M1 -2V-18L9 -2Z", colour), x, y, size / 10
    )


def birds(rng: Random, x: float, y: float, w: float, colour: str) -> str:
    """A few birds, far off."""
    wings = "M-6 -2Q-3 -5 0 0Q3 -5 6 -2"
    return "".join(
        placed(curve(wings, colour, 1.3), x + rng.gauss(0, w * 0.13), y + rng.gauss(0, w * 0.06),
               rng.uniform(0.6, 1.5))
        for _ in range(rng.randrange(4, 9))
    )  # fmt: skip


def trunk(rng: Random, x: float, thick: float, top: float, foot: float, colour: str) -> str:
    """A bare tree."""
    lean = rng.uniform(-1, 1) * thick * 3
    tree = [
        polygon(
            [
                (x - thick, foot),
                (x + lean - thick * 0.3, top),
                (x + lean + thick * 0.3, top),
                (x + thick, foot),
            ],
            colour,
        )
    ]
    for _ in range(5):
        height = rng.uniform(0.1, 0.62)
        y, side = top + (foot - top) * height, rng.choice((-1, 1))
        start, reach = x + lean * (1 - height), thick * rng.uniform(4, 9) * side
        bend = f"q{reach * 0.3:.0f} {-thick:.0f} {reach * 0.6:.0f} {-thick * rng.uniform(2, 6):.0f}"
        twig = f"t{reach * 0.4:.0f} {-thick * rng.uniform(1, 5):.0f}"
        tree.append(curve(f"M{start:.0f} {y:.0f}{bend}{twig}", colour, thick * 0.5))
    return "".join(tree)


def balloon(x: float, y: float, r: float, colour: str, string: str) -> str:
    """A balloon that someone has let go."""
    line = curve(
        f"M{x:.0f} {y + r * 1.2:.0f}q{r * 0.5:.0f} {r} 0 {r * 2:.0f}t0 {r * 1.6:.0f}", string, 1
    )
    knot = polygon(
        [(x, y + r * 1.1), (x - r * 0.18, y + r * 1.38), (x + r * 0.18, y + r * 1.38)], colour
    )
    body = oval(x, y, r, r * 1.2, colour)
    return line + knot + body + disc(x - r * 0.35, y - r * 0.45, r * 0.16, "#fff", 0.6)


def windows(rng: Random, x: float, top: float, wide: float, foot: float, colour: str) -> str:
    """The lit windows of a tower."""
    side, step = wide / 9, wide / 4.5
    lit = []
    for row in range(int((foot - top) / step * 0.75)):
        for column in range(4):
            if rng.random() < 0.22:
                at = x + step * (column + 0.35)
                lit.append(bar(at, top + step * (row + 0.6), side, side * 1.25, colour, 0.9))
    return "".join(lit)


def table(x: float, top: float, wide: float, foot: float, colour: str) -> str:
    """A table mountain, steep above and scree below."""
    drop = (foot - top) * 0.22
    left = [(x - wide * 0.9, foot), (x - wide * 0.48, top + drop), (x - wide * 0.4, top)]
    right = [(x + wide * 0.36, top + 3), (x + wide * 0.46, top + drop), (x + wide, foot)]
    return polygon([*left, *right], colour)


def cactus(x: float, foot: float, height: float, colour: str) -> str:
    """A saguaro."""
    return placed(
        curve("M0 0V-90", colour, 16)
        + curve("M0 -38H-24Q-30 -38 -30 -46V-62", colour, 12)
        + curve("M0 -30H22Q28 -30 28 -38V-70", colour, 12),
        x,
        foot,
        height / 100,
    )


def plane(x: float, y: float, size: float, colour: str) -> str:
    """An aeroplane from below."""
    return placed(
        path("M0 -12L2 -3L14 2V5L2 3L1 9L5 12V13H-5V12L-1 9L-2 3L-14 5V2L-2 -3Z", colour),
        x,
        y,
        size / 14,
        62,
    )
