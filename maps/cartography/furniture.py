"""What lets a reader measure a map: graticule, scale bar, north arrow, locator."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely

from geo.i18n import gettext as _
from maps.cartography import base
from maps.cartography.ground import Ground, edge
from maps.cartography.ink import Ink
from maps.cartography.paper import Rect
from maps.cartography.pen import Pen
from maps.cartography.plate import Bounds

_STEPS_DEG: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
_LINES: Final = 4.5
#: Where the locator looks: the three countries and their neighbours.
_LOCATOR: Final[Bounds] = (-12.6, 9.2, 9.8, 25.6)
_MOST_OF_IT: Final = 0.5
#: Width to height of the locator, so that the countries fill it.
LOCATOR_ASPECT: Final = 1.28
_FOCUS_COUNTRIES: Final = ("ML", "BF", "NE")


def _degrees(value: float, letters: str) -> str:
    letter = letters[0] if value > 0 else letters[1] if value < 0 else ""
    minutes = round(abs(value) * 60)
    whole, rest = divmod(minutes, 60)
    return f"{whole}°" + (f"{rest:02d}′" if rest else "") + letter


def graticule(pen: Pen, ground: Ground, theme: dict[str, Any], *, lines: bool = True) -> None:
    """Draw meridians and parallels, or their figures along the frame only.

    Parameters
    ----------
    lines
        True draws the lines (under everything else), False the figures (outside of the frame).
    """
    west, south, east, north = ground.seen
    box = ground.box
    wanted = (north - south) / min(_LINES, box.height / (70 * pen.u))
    step = next((s for s in _STEPS_DEG if s >= wanted), 10.0)
    drawn = []
    for along_lon, low, high in ((False, west, east), (True, south, north)):
        for value in np.arange(math.ceil(low / step), math.floor(high / step) + 1) * step:
            across = np.linspace(west, east, 65) if along_lon else np.linspace(south, north, 65)
            fixed = np.full(65, value)
            lonlat = np.column_stack([across, fixed] if along_lon else [fixed, across])
            path = ground.to_paper(lonlat)
            drawn.append(path)
            if not lines:
                _figure(pen, box, path, float(value), theme, along_lon=along_lon)
    if lines:
        pen.paths(drawn, stroke=theme["soft"], width=0.5, alpha=0.38, clip=box)


def _figure(
    pen: Pen, box: Rect, path: np.ndarray, value: float, theme: dict[str, Any], *, along_lon: bool
) -> None:
    """Write a line's degrees where it leaves the frame: below a meridian, left of a parallel."""
    size, ink = pen.letters(8.5), theme["line"]
    if along_lon:
        y = float(np.interp(box.left, path[:, 0], path[:, 1]))
        reach = pen.width(_degrees(value, "NS"), size) / 2
        if box.bottom + reach < y < box.top - reach:
            pen.text(box.left - 3 * pen.u, y, _degrees(value, "NS"), size=size, colour=ink,
                     align="center", rotation=90, name="degrees")  # fmt: skip
        return
    x = float(np.interp(box.bottom, path[:, 1], path[:, 0]))
    letters = "E" + _("W")
    if box.left + 14 * pen.u < x < box.right - 14 * pen.u:
        pen.text(x, box.bottom - 9.5 * pen.u, _degrees(value, letters), size=size, colour=ink,
                 align="center", name="degrees")  # fmt: skip


def measure(
    pen: Pen, ground: Ground, ink: Ink, covered: Sequence[Rect], theme: dict[str, Any]
) -> Rect:
    """Draw scale bar and north arrow into the emptiest corner of the map; return their box."""
    u, box = pen.u, ground.box.inset(8 * pen.u)
    wide, high = min(190 * u, box.width * 0.4), 30 * u
    corners = [
        Rect(left, low, left + wide, low + high)
        for low in (box.bottom, box.top - high)
        for left in (box.left, box.right - wide)
    ]
    taken = [sum(corner.overlaps(other) for other in covered) for corner in corners]
    best = min(range(4), key=lambda i: (taken[i], round(ink.under(corners[i]), 2), i))
    at = corners[best]
    bar = Rect(at.left + 30 * u, at.bottom + 3 * u, at.right, at.top)
    scale_bar(pen, ground, bar, theme)
    north_arrow(pen, ground, Rect(at.left, at.bottom, at.left + 24 * u, at.top), theme)
    return at


def projection(pen: Pen, ground: Ground, inset: Rect) -> None:
    """Write projection and, for a sheet of paper, the scale as a fraction beside the locator."""
    u = pen.u
    texts = [_("Albers equal-area")]
    if pen.size.paper:
        # Metres on the ground to metres on the paper, to two figures.
        share = ground.m_per_pt * 72 / 0.0254
        digits = 1 - math.floor(math.log10(share))
        texts.append(_("1 : {scale:,.0f}", scale=round(share, digits)))
    beside = inset.right + 9 * u + 96 * u <= pen.size.width_pt - 20 * u
    x, y = (inset.right + (9 if beside else 0) * u, inset.bottom - (0 if beside else 12) * u)
    for text in reversed(texts) if beside else [" · ".join(texts)]:
        pen.text(
            x,
            y + 2 * u,
            text,
            size=pen.letters(8.5),
            colour="#565D69",
            align="left" if beside else "right",
            name="projection",
        )
        y += 12 * u


def scale_bar(pen: Pen, ground: Ground, box: Rect, theme: dict[str, Any]) -> None:
    """Draw a scale bar, true along the ellipsoid through the middle of the map.

    Parameters
    ----------
    box
        Where: its width bounds the bar's; the figures stand above the bar.
    """
    x, y = ground.box.centre
    half = box.width / 2
    per_pt = ground.metres((x - half, y), (x + half, y)) / box.width
    room = (box.width - 30 * pen.u) * per_pt
    power = 10.0 ** math.floor(math.log10(room))
    metres = next(f * power for f in (5, 2, 1) if f * power <= room)
    parts = 4 if metres / power in {1, 2} else 5
    width, high = metres / per_pt, 4.2 * pen.u
    left, bottom = box.left + 4 * pen.u, box.bottom + 1 * pen.u
    for part in range(parts):
        cell = Rect(left + width * part / parts, bottom, left + width * (part + 1) / parts,
                    bottom + high)  # fmt: skip
        pen.rect(cell, fill=theme["ink"] if part % 2 == 0 else "#FFFFFF", stroke=theme["ink"],
                 width=0.7)  # fmt: skip
    unit, value = (1_000.0, "km") if metres >= 1_000 else (1.0, "m")  # noqa: PLR2004
    for share in (0.0, 0.5, 1.0):
        figure = f"{metres * share / unit:g}" + (f" {value}" if share == 1 else "")
        at = left + width * share
        pen.text(at, bottom + high + 3 * pen.u, figure, size=pen.letters(9.0), colour=theme["ink"],
                 align="center" if share else "left", halo=theme["halo"],
                 name="scale")  # fmt: skip


def north_arrow(pen: Pen, ground: Ground, box: Rect, theme: dict[str, Any]) -> None:
    """Draw an arrow to true north in the middle of the map."""
    x, y = ground.box.centre
    ((lon, lat),) = ground.to_lonlat(np.array([(x, y)]))
    (above,) = ground.to_paper(np.array([(lon, lat + 0.1)]))
    turn = math.atan2(above[0] - x, above[1] - y)
    middle, reach = np.array([box.centre[0], box.bottom + box.height * 0.32]), box.height * 0.32
    ahead = np.array([math.sin(turn), math.cos(turn)])
    aside = np.array([ahead[1], -ahead[0]])
    tip, tail = middle + ahead * reach, middle - ahead * reach
    notch = middle - ahead * reach * 0.45
    for side, fill in ((-1, theme["ink"]), (1, "#FFFFFF")):
        half = np.array([tip, tail + side * aside * reach * 0.62, notch])
        pen.paths([half], fill=fill, stroke=theme["ink"], width=0.8, closed=True)
    at = tip + ahead * 2.5 * pen.u
    pen.text(float(at[0]), float(at[1]), _("N"), size=pen.letters(10.0), colour=theme["ink"],
             bold=True, align="center", halo=theme["halo"], name="north")  # fmt: skip


def locates(bounds: Bounds) -> bool:
    """Return whether a map of some bounds is a part of what the locator shows, not most of it."""
    west, south, east, north = bounds
    left, low, right, high = _LOCATOR
    return (east - west) * (north - south) < _MOST_OF_IT * (right - left) * (high - low)


def locator(pen: Pen, ground: Ground, box: Rect, theme: dict[str, Any]) -> None:
    """Draw where the map lies among the countries."""
    small = Ground.fitted(_LOCATOR, box, margin=0.0)
    pen.rect(box, fill="#EEF1F3")
    countries = base.layer("countries")
    shapes = countries.geometry.to_numpy()
    ours = countries["country"].isin(_FOCUS_COUNTRIES).to_numpy()
    pen.paths(base.rings(small.drawn(shapes[~ours])), fill="#E4E1D9", closed=True, clip=box)
    pen.paths(base.rings(small.drawn(shapes[ours])), fill=theme["land"], closed=True, clip=box)
    pen.paths(base.lines(small.drawn(base.borders())), stroke=theme["soft"], width=0.7, clip=box)
    frame = ground.box
    corners = edge((frame.left, frame.bottom, frame.right, frame.top))
    seen = small.to_paper(ground.to_lonlat(corners))
    for row, shape in zip(countries.itertuples(), shapes, strict=True):
        if row.country in _FOCUS_COUNTRIES:
            whole = small.drawn(np.array([shape], dtype=object))[0]
            at = shapely.clip_by_rect(whole, box.left, box.bottom, box.right, box.top)
            x, y = at.representative_point().coords[0]
            pen.text(x, y - 3 * pen.u, row.country, size=pen.letters(8.5), colour=theme["line"],
                     align="center", bold=True, name="locator")  # fmt: skip
    pen.paths([seen], fill="#9A3412", alpha=0.22, closed=True, clip=box)
    pen.paths([seen], stroke="#9A3412", width=1.6, closed=True, clip=box)
    pen.rect(box, stroke=theme["soft"], width=0.8)
