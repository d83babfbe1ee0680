"""Symbols of incidents: the outlines and manners of the screen map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from maps.cartography.paper import Rect
from maps.cartography.pen import Pen, compound
from maps.shapes import SHAPES

RADIUS = 6.0
"""Of one incident's symbol, in units."""


def cluster_radius(count: int) -> float:
    """Return the radius of a disc that stands for several incidents, in units."""
    return min(22.0, 9 + 1.6 * math.log2(count))


def _outline(x: float, y: float, radius: float, shape: str) -> list[np.ndarray]:
    # Shapes are written with y downwards.
    return [np.array([(x, y)]) + np.asarray(ring) * (radius, -radius) for ring in SHAPES[shape]]


def glyph(  # noqa: PLR0917
    pen: Pen,
    x: float,
    y: float,
    shape: str,
    colour: str,
    kind: str,
    theme: dict[str, Any],
    clip: Rect | None = None,
) -> None:
    """Draw one incident's symbol: filled at a place, hollow on a stretch, dashed in a region."""
    rings = _outline(x, y, RADIUS * pen.u, shape)
    filled = kind in {"place", "near"}
    pen.paths(rings, stroke=theme["halo"], width=3.2, closed=True, clip=clip)
    if len(rings) > 1:
        # A ring of two outlines: the inner one is a hole.
        rings[1] = rings[1][::-1]
    path = compound(rings, closed=True)
    if filled:
        pen.paths(path, fill=colour, stroke=theme["edge"], width=0.8, clip=clip)
    else:
        dash = (2.0, 2.0) if kind == "region" else ()
        width = 1.5 if kind == "region" else 1.8
        pen.paths(path, fill=theme["halo"], clip=clip)
        pen.paths(path, stroke=colour, width=width, dash=dash, clip=clip)


def cluster(  # noqa: PLR0917
    pen: Pen, x: float, y: float, count: int, parts: Sequence[tuple[str, float]],
    theme: dict[str, Any],
) -> None:  # fmt: skip
    """Draw a disc with a number, its rim shared out among the families by colour."""
    radius = cluster_radius(count)
    disc(pen, x, y, radius, parts, theme)
    text = str(count) if count < 1_000 else f"{round(count / 100) / 10:g}k"  # noqa: PLR2004
    size = 12.0 if radius > 15 else 10.5  # noqa: PLR2004
    pen.text(x, y - size * 0.36 * pen.u, text, size=size, colour=theme["ink"], bold=True,
             align="center", name="count")  # fmt: skip


def disc(  # noqa: PLR0917
    pen: Pen, x: float, y: float, radius: float, parts: Sequence[tuple[str, float]],
    theme: dict[str, Any],
) -> None:  # fmt: skip
    """Draw the disc of a cluster without its number; ``radius`` in units."""
    pen.paths([_arc(x, y, (radius + 1.2) * pen.u, 0, 1)], fill=theme["halo"], closed=True)
    start = 0.0
    for colour, share in parts:
        rim = _arc(x, y, (radius - 1.6) * pen.u, start, start + share)
        pen.paths([rim], stroke=colour, width=3.6)
        start += share


def ring(pen: Pen, x: float, y: float, radius: float, theme: dict[str, Any]) -> None:
    """Draw a ring around a symbol, dark between two light ones, so that it shows on any ground."""
    around = [circle(x, y, radius)]
    pen.paths(around, stroke=theme["halo"], width=6.0, closed=True)
    pen.paths(around, stroke=theme["ink"], width=2.8, closed=True)


def _arc(x: float, y: float, radius: float, start: float, end: float) -> np.ndarray:
    """Return part of a circle, in turns clockwise from the top."""
    turns = np.linspace(start, end, max(int(48 * (end - start)), 4) + 1)
    angles = math.pi / 2 - 2 * math.pi * turns
    return np.column_stack([x + radius * np.cos(angles), y + radius * np.sin(angles)])


def circle(x: float, y: float, radius: float) -> np.ndarray:
    """Return a circle as a ring of points."""
    return _arc(x, y, radius, 0, 1)[:-1]
