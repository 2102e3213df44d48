"""Scenes that are one great sign; each paints the size it is given, by a seeded hand."""

import math
from random import Random

from web.drawing.figures import pair, person
from web.drawing.palette import Colours, mix
from web.drawing.shapes import bar, curve, disc, oval, path, placed, polar, polygon, ring, stars


def orbits(rng: Random, c: Colours, w: float, h: float) -> str:
    """Sci-Fi: a planet lit from one side, its rings and moons, and the stars."""
    x, y = w * rng.uniform(0.34, 0.66), h * rng.uniform(0.32, 0.4)
    r = min(w, h) * rng.uniform(0.21, 0.27)
    rings = "".join(
        f'<ellipse rx="{r * wide:.1f}" ry="{r * wide * 0.22:.1f}" fill="none" stroke="{c.spark}"'
        f' stroke-width="{r * thick:.1f}" opacity="{opacity}"/>'
        for wide, thick, opacity in ((1.5, 0.03, 0.95), (1.72, 0.09, 0.55), (1.95, 0.02, 0.9))
    )
    shade = "".join(disc(r * 0.2 * step, r * 0.14 * step, r, c.near, 0.28) for step in (2, 3, 4, 5))
    planet = (
        f'<clipPath id="planet"><circle r="{r:.1f}"/></clipPath>{disc(0, 0, r, c.glow)}'
        f'<g clip-path="url(#planet)">{shade}</g>'
    )
    front = (
        f'<clipPath id="front"><rect x="{-3 * r:.0f}" width="{6 * r:.0f}" height="{3 * r:.0f}"/>'
    )
    before = f'{front}</clipPath><g clip-path="url(#front)">{rings}</g>'
    moons = disc(-r * 1.9, -r * 0.5, r * 0.12, c.ink) + disc(r * 1.35, -r * 0.95, r * 0.06, c.spark)
    system = placed(rings + planet + before + moons, x, y, 1, rng.uniform(-34, 34))
    return stars(rng, c.ink, w, h, 110) + disc(x, y, r * 1.5, c.glow, 0.08) + system


def burst(rng: Random, c: Colours, w: float, h: float) -> str:
    """Action: rays from one point, and something fast across them."""
    x, y, n = w * rng.uniform(0.3, 0.7), h * rng.uniform(0.36, 0.46), rng.choice((14, 18, 22))
    reach, turn, step = math.hypot(w, h), rng.uniform(0, 0.3), math.tau / n
    rays = []
    for number in range(n):
        edges = [polar(x, y, reach, turn + (number + side) * step) for side in (0, 0.5)]
        rays.append(polygon([(x, y), *edges], c.spark if number % 3 == 0 else c.glow, 0.9))
    slope = rng.choice((-1, 1)) * rng.uniform(0.25, 0.55)
    streaks = []
    for drop, thick in ((-0.03, 0.055), (0.05, 0.02), (0.09, 0.008)):
        top = y + h * drop - slope * x
        end = top + slope * w
        edge = [(0.0, top), (w, end), (w, end + h * thick), (0.0, top + h * thick * 0.35)]
        streaks.append(polygon(edge, c.near))
    core = disc(x, y, min(w, h) * 0.16, c.ink) + disc(x, y, min(w, h) * 0.125, c.near)
    return "".join(rays) + core + disc(x, y, min(w, h) * 0.05, c.spark) + "".join(streaks)


def cutouts(rng: Random, c: Colours, w: float, h: float) -> str:
    """Comedy: discs of cut paper, halved and quartered, in a grid."""
    side = w / 4 if w < h else h / 3
    papers = [c.glow, c.spark, c.far, mix(c.glow, c.ink, 0.55), c.near]
    cells = []
    for row in range(math.ceil((h * 0.66 if w < h else h) / side)):
        for column in range(math.ceil(w / side)):
            ground, shape = rng.sample(papers, 2)
            x, y = column * side, row * side
            cells.append(bar(x, y, side + 0.5, side + 0.5, ground))
            cells.append(
                placed(_cut(rng, shape), x + side / 2, y + side / 2, side / 2, _quarter(rng))
            )
    return "".join(cells)


def blinds(rng: Random, c: Colours, w: float, h: float) -> str:
    """Film-Noir: a window's light through blinds on a wall, and who stands in it."""
    left, right, skew = w * 0.1, w * 0.92, h * rng.choice((-0.1, 0.1))
    slats = []
    for row in range(12):
        top = h * (0.14 + 0.045 * row)
        edge = [
            (left, top),
            (right, top + skew),
            (right, top + skew + h * 0.027),
            (left, top + h * 0.027),
        ]
        slats.append(polygon(edge, c.glow, 0.95 - 0.045 * row))
    return "".join(slats) + person(w * rng.uniform(0.36, 0.66), h * 0.84, h * 0.56, c.near)


def spiral(rng: Random, c: Colours, w: float, h: float) -> str:
    """Mystery, Thriller: what one falls into."""
    x, y, turns, way = w * 0.5, h * 0.36, rng.choice((4, 5, 6)), rng.choice((-1, 1))
    arms = []
    for arm, colour in enumerate((c.glow, c.spark)):
        points = []
        for step in range(turns * 30):
            share = step / (turns * 30)
            angle = way * step * math.tau / 30 + arm * math.pi
            points.append(polar(x, y, math.hypot(w, h) * 0.5 * share**1.3, angle))
        line = "L".join(f"{px:.0f} {py:.0f}" for px, py in points)
        arms.append(curve(f"M{line}", colour, min(w, h) * 0.022))
    hole = disc(x, y, min(w, h) * 0.075, c.near)
    return "".join(arms) + hole + person(x, y + h * 0.21, h * 0.2, c.ink)


def discs(rng: Random, c: Colours, w: float, h: float) -> str:
    """Romance: two discs that meet, what they share, and two people before them."""
    r, y = min(w, h) * 0.28, h * rng.uniform(0.33, 0.39)
    gap, lean = r * rng.uniform(0.45, 0.7), h * rng.uniform(-0.05, 0.05)
    petal = path("M0 0C6 -9 17 -7 18 0C17 7 6 9 0 0Z", c.ink, 0.5)
    petals = [
        placed(
            petal,
            rng.uniform(0, w),
            rng.uniform(0, h * 0.75),
            rng.uniform(0.4, 1.1),
            rng.uniform(0, 360),
        )
        for _ in range(24)
    ]
    one = f'<circle cx="{w / 2 - gap:.1f}" cy="{y + lean:.1f}" r="{r:.1f}"/>'
    shared = disc(w / 2 + gap, y - lean, r, mix(c.ink, c.glow, 0.25))
    return (
        f'<clipPath id="one">{one}</clipPath>'
        + disc(w / 2 - gap, y + lean, r, c.glow)
        + disc(w / 2 + gap, y - lean, r, c.spark)
        + f'<g clip-path="url(#one)">{shared}</g>'
        + "".join(petals)
        + pair(w / 2, y + r * 1.25, h * 0.2, c.near)
    )


def curtain(rng: Random, c: Colours, w: float, h: float) -> str:
    """Comedy, Musical: a stage, its curtain parted, and one person in the light."""
    x, floor = w * rng.uniform(0.42, 0.58), h * 0.66
    top, foot = w * 0.03, w * 0.24
    edge = [(x - top, -5.0), (x + top, -5.0), (x + foot, floor), (x - foot, floor)]
    light = polygon(edge, c.ink, 0.35) + oval(x, floor, foot, h * 0.028, c.glow)
    folds = []
    for side in (-1, 1):
        wall = -5 if side < 0 else w + 5
        for fold in range(7, 0, -1):
            reach = w * 0.055 * fold
            full, waist, hem = (wall - side * reach * part for part in (1, 0.5 + 0.04 * fold, 0.9))
            colour = (c.spark, mix(c.spark, c.near, 0.35))[fold % 2]
            bend = f"Q{full:.0f} {h * 0.4:.0f} {waist:.0f} {h * 0.5:.0f}"
            folds.append(path(f"M{wall} -5H{full:.0f}{bend}L{hem:.0f} {h}H{wall}Z", colour))
    swags = [
        path(f"M{w * (step - 0.05) / 4:.0f} -5Q{w * (step + 0.5) / 4:.0f} {h * 0.2:.0f}"
             f" {w * (step + 1.05) / 4:.0f} -5Z", mix(c.spark, c.near, 0.2 + 0.12 * (step % 2)))
        for step in range(4)
    ]  # fmt: skip
    back = bar(0, 0, w, h, mix(c.far, c.near, 0.55)) + bar(0, floor, w, h, mix(c.far, c.near, 0.2))
    star = person(x, floor + h * 0.012, h * 0.24, c.near)
    return back + light + star + "".join(folds) + "".join(swags)


def record(rng: Random, c: Colours, w: float, h: float) -> str:
    """Musical: a record that catches the light."""
    x, y, r = w * 0.5, h * 0.37, min(w, h) * 0.4
    grooves = []
    for step in range(10):
        dashes = f"{rng.randrange(60, 420)} {rng.randrange(10, 90)}"
        colour = (c.glow, c.spark, c.ink)[step % 3]
        grooves.append(
            ring(x, y, r * (0.44 + step * 0.055), colour, rng.choice((1, 2, 3.5)), dashes)
        )
    shine = [
        polygon([(x, y), polar(x, y, r, angle), polar(x, y, r, angle + 0.24)], c.ink, 0.16)
        for angle in (rng.uniform(3.5, 4.3), rng.uniform(0.3, 1.0))
    ]
    label = (
        disc(x, y, r * 0.35, c.glow) + disc(x, y, r * 0.3, c.spark) + disc(x, y, r * 0.045, c.near)
    )
    lights = disc(x, y, r * 1.18, c.glow, 0.12) + disc(x, y, r * 1.08, c.glow, 0.16)
    return lights + disc(x, y, r, c.near) + "".join(grooves) + "".join(shine) + label


def iris(rng: Random, c: Colours, w: float, h: float) -> str:
    """Documentary: the blades of a lens, half open, and what it looks at."""
    x, y, r, n = w * 0.5, h * 0.37, min(w, h) * 0.4, rng.choice((7, 8, 9))
    turn, hole, step = rng.uniform(0, math.tau), r * rng.uniform(0.36, 0.5), math.tau / n
    blades = []
    for number in range(n):
        angle = turn + number * step
        outer = [polar(x, y, r, angle - 0.5), polar(x, y, r, angle + step - 0.42)]
        inner = [polar(x, y, hole, angle + step), polar(x, y, hole, angle)]
        blades.append(polygon([*outer, *inner], mix(c.far, c.near, 0.2 + 0.55 * (number / n))))
    seen = disc(x, y, r, c.glow) + disc(x + hole * 0.15, y - hole * 0.1, hole * 0.5, c.spark)
    marks = [ring(x, y, r * 1.06, c.near, r * 0.13), ring(x, y, r * 1.2, c.ink, 1.5, "2 9")]
    return seen + "".join(blades) + "".join(marks)


def _cut(rng: Random, colour: str) -> str:
    """A piece of paper in the square from -1 to 1."""
    return rng.choice(
        (
            disc(0, 0, 0.86, colour),
            path("M-1 -1A2 2 0 0 1 1 1H-1Z", colour),
            path("M-1 0A1 1 0 0 1 1 0Z", colour) + path("M-1 1A1 1 0 0 1 1 1Z", colour),
            path("M-1 -1H1L-1 1Z", colour),
            path("M-1 -1A1 1 0 0 0 1 -1ZM-1 1A1 1 0 0 1 1 1Z", colour),
            path("M-1 -1A2 2 0 0 1 1 1A2 2 0 0 1 -1 -1Z", colour),
        )
    )


def _quarter(rng: Random) -> int:
    return 90 * rng.randrange(4)
