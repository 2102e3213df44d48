"""Scenes with a ground and a sky; each paints the size it is given, by a seeded hand."""

import math
from random import Random

from web.drawing.figures import (
    balloon,
    birds,
    boat,
    cactus,
    person,
    plane,
    table,
    trunk,
    windows,
)
from web.drawing.palette import Colours, mix
from web.drawing.shapes import bar, curve, disc, oval, polar, polygon, ridge


def horizon(rng: Random, c: Colours, w: float, h: float) -> str:
    """Drama: a low sun over water, and its broken reflection."""
    x, y, r = w * rng.uniform(0.3, 0.7), h * rng.uniform(0.44, 0.52), min(w, h) * 0.25
    sea = mix(c.far, c.near, 0.35)
    gleams = []
    for row in range(16):
        depth = (row + 1) / 16
        half = r * (0.25 + depth * rng.uniform(0.3, 1.0))
        top = y + (h - y) * depth**1.5
        gleams.append(bar(x - half, top, half * 2, 1.2 + depth * 4, c.glow, 0.8 - depth * 0.55))
    sun = disc(x, y - r * rng.uniform(0.05, 0.75), r, c.glow)
    sail = boat(w * rng.uniform(0.15, 0.85), y + h * 0.02, w * 0.045, c.near)
    return sun + bar(0, y, w, h - y, sea) + "".join(gleams) + sail


def peaks(rng: Random, c: Colours, w: float, h: float) -> str:
    """Adventure, Fantasy: ranges of mountains, each nearer one darker, under a great disc."""
    x, y, r = w * rng.uniform(0.25, 0.75), h * rng.uniform(0.22, 0.34), min(w, h) * 0.19
    halo = disc(x, y, r * 1.65, c.glow, 0.14) + disc(x, y, r * 1.3, c.glow, 0.2)
    ranges = []
    for layer in range(4):
        colour = mix(mix(c.far, c.low, 0.5), c.near, layer / 3)
        y_layer, rise = h * (0.42 + 0.1 * layer), h * (0.17 - 0.03 * layer)
        ranges.append(ridge(rng, w, h, y_layer, rise, 6 + layer * 3, colour))
    return halo + disc(x, y, r, c.glow) + birds(rng, x, y, w, c.near) + "".join(ranges)


def woods(rng: Random, c: Colours, w: float, h: float) -> str:
    """Horror: bare trunks before a moon, and two eyes among them."""
    x, y, r = w * rng.uniform(0.35, 0.65), h * rng.uniform(0.26, 0.36), min(w, h) * 0.27
    trunks = []
    for layer in range(3):
        colour = mix(c.far, c.near, 0.25 + 0.375 * layer)
        for _ in range(4 + layer):
            at, thick = rng.uniform(-0.02, 1.02) * w, w * (0.008 + 0.009 * layer)
            trunks.append(trunk(rng, at, thick, -h * rng.uniform(0, 0.1), h, colour))
    eye_x, eye_y, size = x + rng.uniform(-0.2, 0.2) * w, h * 0.57, min(w, h) * 0.011
    eyes = disc(eye_x, eye_y, size, c.spark) + disc(eye_x + size * 4, eye_y, size, c.spark)
    return disc(x, y, r * 1.3, c.glow, 0.18) + disc(x, y, r, c.glow) + "".join(trunks) + eyes


def hills(rng: Random, c: Colours, w: float, h: float) -> str:
    """Animation, Children: round hills, a beaming sun, balloons let go."""
    x, y, r = w * rng.uniform(0.28, 0.72), h * 0.32, min(w, h) * 0.2
    beams = []
    for step in range(16):
        angle = step * math.tau / 16
        (x1, y1), (x2, y2) = polar(x, y, r * 1.22, angle), polar(x, y, r * 1.5, angle)
        beams.append(curve(f"M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}", c.glow, r * 0.1))
    balloons = [
        balloon(
            rng.uniform(0.08, 0.92) * w,
            rng.uniform(0.08, 0.5) * h,
            r * rng.uniform(0.18, 0.36),
            rng.choice((c.spark, c.ink, c.far)),
            c.near,
        )
        for _ in range(6)
    ]
    ground = []
    for layer in range(3):
        colour = mix(c.far, c.near, layer / 2)
        ground.append(oval(rng.uniform(0, w), h * (0.7 + 0.1 * layer), w * 0.8, h * 0.2, colour))
    return "".join(beams) + disc(x, y, r, c.glow) + "".join(balloons) + "".join(ground)


def skyline(rng: Random, c: Colours, w: float, h: float) -> str:
    """Crime: a city at night, some windows lit."""
    x, y, r = w * rng.uniform(0.2, 0.8), h * rng.uniform(0.16, 0.28), min(w, h) * 0.14
    towers = [disc(x, y, r, c.glow)]
    for layer in range(3):
        colour = mix(mix(c.far, c.low, 0.35), c.near, layer / 2)
        at = -w * rng.uniform(0, 0.1)
        while at < w:
            wide, top = w * rng.uniform(0.1, 0.18), h * (0.26 + 0.12 * layer + rng.uniform(0, 0.2))
            towers.append(bar(at, top, wide, h - top, colour))
            towers.append(windows(rng, at, top, wide, h, c.spark if layer == 1 else c.glow))
            at += wide + w * rng.uniform(0, 0.04)
    return "".join(towers)


def mesas(rng: Random, c: Colours, w: float, h: float) -> str:
    """Western: table mountains before a sun that haze has cut, and a cactus."""
    x, y, r = w * rng.uniform(0.3, 0.7), h * 0.38, min(w, h) * 0.28
    haze = [
        bar(x - r, y + step * r * 0.22, r * 2, r * 0.035 * (step + 1), mix(c.sky, c.low, 0.6))
        for step in range(5)
    ]
    tables = []
    for layer in range(4):
        colour = mix(mix(c.far, c.low, 0.35), c.near, layer / 4)
        at = w * (0.1 + 0.8 * ((layer * 0.62 + rng.uniform(0, 0.3)) % 1))
        tables.append(table(at, h * (0.42 + 0.06 * layer), w * rng.uniform(0.16, 0.28), h, colour))
    ground = ridge(rng, w, h, h * 0.7, h * 0.02, 9, c.near)
    plant = cactus(w * rng.choice((0.14, 0.82)), h * 0.71, h * 0.15, c.near)
    return disc(x, y, r, c.glow) + "".join(haze) + "".join(tables) + ground + plant


def searchlights(rng: Random, c: Colours, w: float, h: float) -> str:
    """War: beams that cross over a low, broken land."""
    beams = []
    for foot, lean in ((0.08, 0.5), (0.5, rng.uniform(-0.25, 0.25)), (0.92, -0.5)):
        start, end = w * (foot + rng.uniform(-0.08, 0.08)), w * lean
        tips = [(start + end - w * 0.12, -5.0), (start + end + w * 0.12, -5.0)]
        beams.append(polygon([(start, h * 0.72), *tips], c.glow, 0.34))
    planes = [
        plane(w * rng.uniform(0.15, 0.85), h * rng.uniform(0.1, 0.42), w * 0.045, c.near)
        for _ in range(rng.choice((3, 5)))
    ]
    stone = mix(c.far, c.near, 0.7)
    ruins = []
    for _ in range(11):
        at, top, wide = rng.uniform(-0.05, 1), rng.uniform(0.58, 0.69), rng.uniform(0.03, 0.08)
        ruins.append(bar(w * at, h * top, w * wide, h * 0.2, stone))
    sun = disc(w * rng.uniform(0.3, 0.7), h * 0.66, min(w, h) * 0.22, c.spark)
    ground = ridge(rng, w, h, h * 0.71, h * 0.03, 15, c.near)
    return sun + "".join(beams) + "".join(planes) + "".join(ruins) + ground


def road(rng: Random, c: Colours, w: float, h: float) -> str:
    """Drama, Adventure: a straight road to where the sun stands, and the poles along it."""
    x, y, r = w * rng.uniform(0.38, 0.62), h * 0.46, min(w, h) * rng.uniform(0.2, 0.28)
    land = bar(0, y, w, h - y, mix(c.far, c.near, 0.3))
    way = polygon([(x - 2, y), (x + 2, y), (x + w * 0.42, h), (x - w * 0.42, h)], c.near)
    dashes = []
    for step in range(9):
        near, far = 0.06 * 1.42**step, 0.06 * 1.42 ** (step + 0.55)
        edge = [(x - side * 0.022 * w * depth, y + (h - y) * depth)
                for side, depth in ((-1, near), (1, near), (1, far), (-1, far))]  # fmt: skip
        dashes.append(polygon(edge, c.glow))
    side, poles = rng.choice((-1, 1)), []
    for step in range(6):
        depth = 0.05 * 1.75**step
        at, foot, tall = x + side * w * 0.62 * depth, y + (h - y) * depth, h * 0.62 * depth
        poles.append(bar(at, foot - tall, max(1, tall * 0.035), tall, c.near))
        poles.append(
            bar(at - tall * 0.13, foot - tall * 0.92, tall * 0.3, max(1, tall * 0.03), c.near)
        )
    return disc(x, y, r, c.glow) + land + way + "".join(dashes) + "".join(poles)


def tree(rng: Random, c: Colours, w: float, h: float) -> str:
    """Drama, Romance: one tree on a hill, its leaves going, and someone under it."""
    side = rng.choice((-1, 1))
    x, foot, tall = w * (0.5 + 0.14 * side), h * 0.6, h * 0.3
    sun = disc(w * (0.5 - 0.2 * side), h * rng.uniform(0.2, 0.34), min(w, h) * 0.15, c.glow)
    hill = oval(x, h * 0.92, w, h * 0.33, c.near)
    stem = "".join(
        curve(f"M{x:.0f} {foot:.0f}Q{x:.0f} {foot - tall * 0.5:.0f} {x + lean * w:.0f}"
              f" {foot - tall * high:.0f}", c.near, w * thick)
        for lean, high, thick in ((0, 0.9, 0.03), (-0.12, 0.85, 0.015), (0.13, 0.8, 0.015))
    )  # fmt: skip
    crown = []
    for _ in range(150):
        px = x + rng.gauss(0, 0.105) * w
        py = foot - tall + rng.gauss(0, 0.055) * h
        colour = rng.choice((c.spark, c.spark, c.far, c.glow))
        crown.append(disc(px, py, min(w, h) * rng.uniform(0.012, 0.038), colour, 0.9))
    falling = [
        disc(
            x - side * rng.uniform(0, 0.6) * w,
            foot - rng.uniform(0, tall),
            min(w, h) * 0.008,
            c.spark,
        )
        for _ in range(16)
    ]
    someone = person(x - side * w * 0.2, foot + h * 0.045, h * 0.12, c.near)
    return sun + hill + stem + "".join(crown) + "".join(falling) + someone
