"""Names on a map: of places, roads, those who hold them, regions and countries."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maps.cartography import lettering
from maps.cartography.ink import Ink
from maps.cartography.paper import Rect
from maps.cartography.pen import Pen
from maps.cartography.placing import Spot, place

#: Directions of the eight places around a point (Yoeli 1972), with the cost of each.
_AROUND: Final = (
    (1, 1, 0.0), (1, 0, 0.1), (1, -1, 0.2), (-1, 1, 0.3), (-1, 0, 0.4), (-1, -1, 0.5),
    (0, 1, 0.25), (0, -1, 0.35),
)  # fmt: skip
#: The corners of a symbol are far from it.
_CORNER_COST: Final = 0.5
_INK_COST: Final = 3.0
_MOST: Final = 260
#: The dots of places of this weight are kept free of other names.
_DOT_KEPT: Final = 5.0


@dataclass(frozen=True, slots=True)
class Label:
    """A text that wants to stand on the map.

    Parameters
    ----------
    text
        Clean.
    size
        Of its letters, units.
    colour
        Of its letters.
    weight
        What leaving it out costs.
    spots
        Where it may stand, before ink is counted.
    bold, italic
        Its cut.
    dot
        A point of the sheet to mark with it, and the radius in units.
    shield
        Whether it stands in a small white box, as road numbers do.
    name
        What it is, for those who inspect the figure.
    """

    text: str
    size: float
    colour: str
    weight: float
    spots: tuple[Spot, ...]
    bold: bool = False
    italic: bool = False
    dot: tuple[float, float, float] | None = None
    shield: bool = False
    name: str = ""


def extent(pen: Pen, text: str, size: float, **cut: bool) -> tuple[float, float]:
    """Return width and height of a text in points, ``size`` in units."""
    return pen.width(text, size, **cut), (lettering.ASCENT + lettering.DESCENT) * size * pen.u


def around(
    pen: Pen,
    at: tuple[float, float],
    reach: float,
    text: str,
    size: float,
    *,
    wide: bool = False,
    **cut: bool,
) -> tuple[Spot, ...]:
    """Return the eight places around a point, ``reach`` points away from it.

    Those at the corners come closer, unless ``wide``: then none enters the square around it.
    """
    long, high = extent(pen, text, size, **cut)
    x, y = at
    spots = []
    for right, up, cost in _AROUND:
        corner = bool(right and up)
        dx = reach * (0.72 if corner and not wide else 1.0)
        dy = reach * (0.29 if corner and not wide else 1.0)
        left = x + dx if right > 0 else x - dx - long if right < 0 else x - long / 2
        low = y + dy if up > 0 else y - dy - high if up < 0 else y - high / 2
        more = _CORNER_COST if corner and wide else 0.0
        spots.append(Spot(Rect(left, low, left + long, low + high), cost + more))
    return tuple(spots)


def centred(
    pen: Pen, at: Iterable[tuple[float, float, float]], text: str, size: float, pad: float = 0.0,
    **cut: bool,
) -> tuple[Spot, ...]:  # fmt: skip
    """Return places centred on points (x, y, cost), with ``pad`` points around the text."""
    wide, high = extent(pen, text, size, **cut)
    return tuple(
        Spot(
            Rect(x - wide / 2 - pad, y - high / 2 - pad, x + wide / 2 + pad, y + high / 2 + pad),
            cost,
        )
        for x, y, cost in at
    )


def points_along(
    paths: Sequence[NDArray[np.float64]], box: Rect, step: float
) -> Iterator[tuple[float, float, float]]:
    """Yield points on lines inside a box: x, y and the direction of the line in radians."""
    for path in paths:
        legs = np.diff(path, axis=0)
        length = np.concatenate([[0.0], np.cumsum(np.hypot(*legs.T))])
        if not length[-1] > 0:
            continue
        for along in np.arange(min(step, length[-1]) / 2, length[-1], step):
            leg = min(int(np.searchsorted(length, along, side="right")) - 1, len(legs) - 1)
            x = float(np.interp(along, length, path[:, 0]))
            y = float(np.interp(along, length, path[:, 1]))
            if box.left < x < box.right and box.bottom < y < box.top:
                yield x, y, math.atan2(legs[leg][1], legs[leg][0])


def draw(
    pen: Pen,
    labels: Sequence[Label],
    obstacles: Sequence[Rect],
    ink: Ink,
    theme: dict[str, Any],
) -> list[Label]:
    """Place labels and draw them; return those that found room.

    Parameters
    ----------
    pen
        The sheet.
    labels
        What wants to be named; beyond the most important ones, they are left out unseen.
    obstacles
        What no label may cover.
    ink
        What a label should rather not cover; no label crosses the edge of its box.
    theme
        Colours of the map.
    """
    frame = ink.box.inset(2.5 * pen.u)
    most = sorted(labels, key=lambda label: -label.weight)[:_MOST]
    dots = [
        Rect(label.dot[0] - r, label.dot[1] - r, label.dot[0] + r, label.dot[1] + r)
        for label in most
        if label.dot is not None and label.weight >= _DOT_KEPT and (r := label.dot[2] * pen.u)
    ]
    taken = [*obstacles, *dots]
    sides = np.array([(o.left, o.bottom, o.right, o.top) for o in taken]).reshape(-1, 4)
    wanted, candidates = [], []
    for label in most:
        room = tuple(
            Spot(spot.box, spot.cost + _INK_COST * ink.under(spot.box))
            for spot in label.spots
            if frame.holds(spot.box) and not _covers(sides, spot.box)
        )
        if room:
            wanted.append(label)
            candidates.append(room)
    chosen = place(candidates, [label.weight for label in wanted], gap=2.0 * pen.u)
    drawn = [
        (label, room[at])
        for label, room, at in zip(wanted, candidates, chosen, strict=True)
        if at is not None
    ]
    for label, _spot in drawn:
        if label.dot is not None:
            _dot(pen, label.dot, theme)
    for label, spot in drawn:
        _write(pen, label, spot, theme)
    return [label for label, _spot in drawn]


def _covers(sides: NDArray[np.float64], box: Rect) -> bool:
    return bool(
        (
            (sides[:, 0] < box.right) & (box.left < sides[:, 2])
            & (sides[:, 1] < box.top) & (box.bottom < sides[:, 3])
        ).any()
    )  # fmt: skip


def _dot(pen: Pen, dot: tuple[float, float, float], theme: dict[str, Any]) -> None:
    from maps.cartography.symbols import circle  # noqa: PLC0415

    x, y, radius = dot
    ring = [circle(x, y, radius * pen.u)]
    pen.paths(ring, stroke=theme["halo"], width=2.4, closed=True)
    pen.paths(ring, fill=theme["ink"], closed=True)


def _write(pen: Pen, label: Label, spot: Spot, theme: dict[str, Any]) -> None:
    box = spot.box
    x, middle = box.centre
    if label.shield:
        pen.rect(box, fill="#FFFFFF", stroke=theme["line"], width=0.8)
    baseline = middle - (lettering.ASCENT - lettering.DESCENT) / 2 * label.size * pen.u
    pen.text(x, baseline, label.text, size=label.size, colour=label.colour, bold=label.bold,
             italic=label.italic, align="center", halo=None if label.shield else theme["halo"],
             name=f"label:{label.name}")  # fmt: skip
