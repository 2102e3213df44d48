"""Plain shapes as SVG."""

import math
from collections.abc import Sequence
from random import Random

Point = tuple[float, float]


def disc(x: float, y: float, r: float, colour: str, opacity: float = 1) -> str:
    """A filled circle."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{colour}"{_faint(opacity)}/>'


def oval(x: float, y: float, rx: float, ry: float, colour: str) -> str:
    """A filled ellipse."""
    radii = f'rx="{rx:.1f}" ry="{ry:.1f}"'
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" {radii} fill="{colour}"/>'


def ring(x: float, y: float, r: float, colour: str, thick: float, dashes: str = "") -> str:
    """The line of a circle, perhaps broken into dashes."""
    broken = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="none" stroke="{colour}"'
        f' stroke-width="{thick:.1f}"{broken}/>'
    )


def bar(x: float, y: float, w: float, h: float, colour: str, opacity: float = 1) -> str:
    """A filled rectangle."""
    size = f'width="{w:.1f}" height="{h:.1f}"'
    return f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="{colour}"{_faint(opacity)}/>'


def polygon(points: Sequence[Point], colour: str, opacity: float = 1) -> str:
    """A filled polygon."""
    corners = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
    return f'<polygon points="{corners}" fill="{colour}"{_faint(opacity)}/>'


def path(d: str, colour: str, opacity: float = 1) -> str:
    """A filled path."""
    return f'<path d="{d}" fill="{colour}"{_faint(opacity)}/>'


def curve(d: str, colour: str, thick: float, opacity: float = 1) -> str:
    """The line of a path, with round ends."""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{thick:.1f}"'
        f' stroke-linecap="round"{_faint(opacity)}/>'
    )


def placed(inner: str, x: float, y: float, size: float, turn: float = 0) -> str:
    """A shape drawn around 0 0 in units, put at a place in a size."""
    there = f"translate({x:.1f} {y:.1f}) rotate({turn:.0f}) scale({size:.3f})"
    return f'<g transform="{there}">{inner}</g>'


def polar(x: float, y: float, r: float, angle: float) -> Point:
    """The point at a distance and an angle from another."""
    return x + math.cos(angle) * r, y + math.sin(angle) * r


def ridge(rng: Random, w: float, h: float, y: float, rise: float, steps: int, colour: str) -> str:
    """Land up to a broken line around `y`, peaks and dips by turns."""
    points = [(-w * 0.02, y)]
    for step in range(1, steps):
        way = -1 if step % 2 else 0.45
        points.append(
            (w * (step + rng.uniform(-0.3, 0.3)) / steps, y + way * rise * rng.uniform(0.4, 1))
        )
    return polygon([*points, (w * 1.02, y), (w * 1.02, h), (-w * 0.02, h)], colour)


def stars(rng: Random, colour: str, w: float, h: float, n: int) -> str:
    """Small lights, most of them faint."""
    return "".join(
        disc(rng.uniform(0, w), rng.uniform(0, h), rng.choice((0.6, 0.6, 0.9, 1.4)), colour,
             rng.uniform(0.3, 1))
        for _ in range(n)
    )  # fmt: skip


def _faint(opacity: float) -> str:
    return "" if opacity >= 1 else f' opacity="{opacity:.2f}"'
