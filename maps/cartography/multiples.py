"""Small maps, one per year, all with one scale: where events concentrated, year by year."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Final

import numpy as np
import shapely

from geo.geodesy import GEOD
from geo.hotspots.analysis.years import Year
from geo.hotspots.raster import classes_at
from geo.i18n import gettext as _
from geo.roads.referencing import slice_between
from maps import legend as legends
from maps import palette, years
from maps.cartography import base, fields, key
from maps.cartography.ground import Ground
from maps.cartography.page import INK
from maps.cartography.paper import Rect
from maps.cartography.pen import Pen
from maps.cartography.plate import Heat, YearMaps

_TITLE: Final = 11.0
_GAP: Final = 12.0
_SIDE: Final = 250.0
#: Width of a map to its height, at least.
_TALLEST: Final = 1.1
_DENSE_PX, _BARE_PX = 3.2, 0.6


def draw(pen: Pen, subject: YearMaps, body: Rect) -> None:
    """Draw the years into a box, as large as they go, with one legend for all."""
    theme = palette.theme("light")
    rows = [*years.legend_rows(subject.years, subject.answer), *_ground_rows(theme, subject)]
    layer = {"id": "years", "label": years.unit(subject.answer).capitalize(), "legend": rows}
    if pen.size.wide:
        side = Rect(body.right - min(_SIDE * pen.u, body.width * 0.3), body.bottom, body.right,
                    body.top)  # fmt: skip
        room = Rect(body.left, body.bottom, side.left - 2 * _GAP * pen.u, body.top)
    else:
        foot = key.height(pen, [layer], body.width, 3) + _GAP * pen.u
        room = Rect(body.left, body.bottom + foot, body.right, body.top)
        side = Rect(body.left, body.bottom, body.right, room.bottom)
    shown = {"border:country"}
    boxes = _boxes(room, len(subject.years.years), pen.u)
    if not pen.size.wide:
        side = replace(side, top=boxes[-1].bottom - _GAP * pen.u)
    for year, box in zip(subject.years.years, boxes, strict=True):
        shown |= _panel(pen, subject, year, box, theme)
    key.draw(pen, legends.only([layer], shown), side, theme, (1,) if pen.size.wide else (3,))


def _ground_rows(theme: dict[str, Any], subject: YearMaps) -> list[dict[str, Any]]:
    least = _("Road, less than the least class")
    text = _("More reports in a year may mean more reporting.")
    rows = [legends.line("border:country", theme["line"], 1.1, _("Border of a country"))]
    if subject.answer.roads is not None:
        rows.insert(0, legends.line("bare", theme["soft"], _BARE_PX, least))
    return [*rows, legends.note("border", text)]


def _aspect() -> float:
    """Return the width of the window of the maps, of its height of 1."""
    west, south, east, north = years.WINDOW
    middle = (south + north) / 2
    wide = GEOD.inv(west, middle, east, middle)[2]
    return float(wide / GEOD.inv(west, south, west, north)[2])


def _boxes(room: Rect, count: int, u: float) -> list[Rect]:
    """Return the boxes of so many maps: the number of columns that makes them largest.

    Where there is room they are taller than the window and show more of the north and south.
    """
    gap, title, aspect = _GAP * u, (_TITLE + 6) * u, _aspect()

    def size(columns: int) -> tuple[float, float]:
        rows = math.ceil(count / columns)
        high = (room.height - gap * (rows - 1)) / rows - title
        wide = min((room.width - gap * (columns - 1)) / columns, high * aspect)
        return wide, min(high, wide / _TALLEST)

    columns = max(range(1, count + 1), key=lambda n: math.prod(size(n)))
    wide, high = size(columns)
    found = []
    for number in range(count):
        row, column = divmod(number, columns)
        x = room.left + column * (wide + gap)
        top = room.top - title - row * (high + title + gap)
        found.append(Rect(x, top - high, x + wide, top))
    return found


def _panel(
    pen: Pen, subject: YearMaps, year: Year, box: Rect, theme: dict[str, Any]
) -> set[str]:  # fmt: skip
    ground = Ground.fitted(years.WINDOW, box, margin=0.0)
    base.land(pen, ground, theme, None)
    limits, surface = subject.years.limits, subject.answer.surface
    shown: set[str] = set()
    if surface is not None and limits:
        mine = replace(surface, density_per_km2=year.rate)
        shown |= fields.density(pen, Heat(mine, classes_at(mine, limits)), ground, theme)
    borders = base.lines(ground.drawn(base.borders()))
    pen.paths(borders, stroke=theme["line"], width=1.1, clip=box)
    shown |= _roads(pen, subject, year, ground, theme)
    pen.rect(box, stroke=theme["ink"], width=0.7)
    pen.text(box.left, box.top + 4 * pen.u, years.title(year), size=_TITLE, colour=INK, bold=True,
             name="year")  # fmt: skip
    return shown


def _roads(
    pen: Pen, subject: YearMaps, year: Year, ground: Ground, theme: dict[str, Any]
) -> set[str]:
    axes = subject.answer.events.ground.snapshot.atlas.axes
    shown: set[str] = set()
    for row in years.stretches(year, subject.answer, subject.years.limits):
        line = slice_between(axes[row.axis_id], row.measure_from_m, row.measure_to_m)
        path = ground.to_paper(np.asarray(shapely.get_coordinates(line)))
        colour = years.colour(row, subject.years.limits)
        pen.paths([path], stroke=colour or theme["soft"],
                  width=_DENSE_PX if colour else _BARE_PX, clip=ground.box)  # fmt: skip
        shown.add(f"density:{row.class_}" if row.class_ else "bare")
    return shown
