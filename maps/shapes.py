"""The outlines of incident symbols, one definition for the browser's canvas, SVG and paper."""

from __future__ import annotations

import math
from typing import Final

Ring = tuple[tuple[float, float], ...]


def _polygon(corners: int, radius: float, turn_deg: float, dy: float = 0.0) -> Ring:
    turn = math.radians(turn_deg)
    step = 2 * math.pi / corners
    return tuple(
        (radius * math.cos(turn + i * step), dy + radius * math.sin(turn + i * step))
        for i in range(corners)
    )


def _star() -> Ring:
    outer, inner = _polygon(5, 1.25, -90), _polygon(5, 0.56, -54)
    return tuple(point for pair in zip(outer, inner, strict=True) for point in pair)


def _cross(turn_deg: float) -> Ring:
    arm, half = 1.0, 0.36
    quarter = [(half, -arm), (half, -half), (arm, -half)]
    points = []
    for turn in range(4):
        angle = math.radians(90 * turn + turn_deg)
        cos, sin = math.cos(angle), math.sin(angle)
        points += [(x * cos - y * sin, x * sin + y * cos) for x, y in quarter]
    return tuple(points)


#: Rings in units of the symbol's radius, y downwards as screens have it; a second ring is a hole.
SHAPES: Final[dict[str, tuple[Ring, ...]]] = {
    "triangle": (_polygon(3, 1.15, -90, 0.15),),
    "triangle_down": (_polygon(3, 1.15, 90, -0.15),),
    "star": (_star(),),
    "square": (_polygon(4, 1.2, 45),),
    "diamond": (_polygon(4, 1.15, -90),),
    "pentagon": (_polygon(5, 1.08, -90),),
    "hexagon": (_polygon(6, 1.05, 0),),
    "plus": (_cross(0),),
    "cross": (_cross(45),),
    "circle": (_polygon(32, 1.0, 0),),
    "ring": (_polygon(32, 1.0, 0), _polygon(32, 0.45, 0)),
}


def rounded() -> dict[str, list[list[list[float]]]]:
    """Return the outlines as the browser takes them: plain lists, three decimals."""
    return {
        name: [[[round(x, 3), round(y, 3)] for x, y in ring] for ring in rings]
        for name, rings in SHAPES.items()
    }


def svg_path(shape: str, x: float, y: float, radius: float) -> str:
    """Return the outline as the ``d`` of an SVG path centred on ``x, y`` (pixels)."""
    return "".join(
        "M" + "L".join(f"{x + radius * px:.1f},{y + radius * py:.1f}" for px, py in ring) + "Z"
        for ring in SHAPES[shape]
    )
