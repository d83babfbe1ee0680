"""Small maps, one per year, all with one scale, as SVG."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, Final
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.atlas import DATA_DIR
from geo.hotspots.analysis.answer import AREA_KM2, ROAD_KM, Answer
from geo.hotspots.analysis.classes import runs
from geo.hotspots.analysis.years import Year, Years
from geo.hotspots.raster import Frame, class_image, classes_at, frame_for
from geo.i18n import gettext as _
from geo.roads.referencing import slice_between
from maps.density_image import data_url
from maps.hotspots import ramp
from maps.legend import DENSITY_OPACITY
from maps.svg import WIDTH_PX, Drawing

_PER_ROW: Final = 5
_GAP: Final = 14
_TITLE_PX: Final = 20
#: West, south, east, north: where there is anything to see.
_WINDOW: Final = (-12.4, 9.3, 5.6, 21.0)
_TOLERANCE_DEG: Final = 0.03


def _points(lonlat: NDArray[np.float64], frame: Frame, x: float, y: float) -> str:
    """Return coordinates as the points of a polyline of a panel."""

    def mercator(lat: Any) -> Any:
        return np.arcsinh(np.tan(np.radians(lat)))

    top, bottom = mercator(frame.north), mercator(frame.south)
    px = x + (lonlat[:, 0] - frame.west) / (frame.east - frame.west) * frame.width
    py = y + (top - mercator(lonlat[:, 1])) / (top - bottom) * frame.height
    return " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(px, py, strict=True))


@lru_cache(maxsize=1)
def _borders() -> tuple[NDArray[np.float64], ...]:
    countries = gpd.read_file(DATA_DIR / "layers/countries.geojson").geometry.array
    lines = shapely.intersection(shapely.boundary(countries), shapely.box(*_WINDOW))
    parts = shapely.get_parts(shapely.simplify(lines, _TOLERANCE_DEG))
    merged = shapely.get_parts(shapely.line_merge(shapely.union_all(parts)))
    return tuple(shapely.get_coordinates(part) for part in merged)


class _Panel:
    """One year's place in the drawing."""

    def __init__(self, drawing: Drawing, frame: Frame, x: float, y: float) -> None:
        self.drawing, self.frame, self.x, self.y = drawing, frame, x, y
        self.group = drawing.add("g")

    def line(self, lonlat: NDArray[np.float64], **style: object) -> ET.Element:
        points = _points(lonlat, self.frame, self.x, self.y)
        return self.drawing.add("polyline", None, self.group, points=points, fill="none", **style)

    def plane(self, year: Year, answer: Answer, limits: tuple[float, ...]) -> None:
        surface = answer.surface
        if surface is None or not limits:
            return
        mine = replace(surface, density_per_km2=year.rate)
        image = class_image(mine, self.frame, classes_at(mine, limits))
        self.drawing.add(
            "image", None, self.group, href=data_url(image), x=self.x, y=self.y,
            width=self.frame.width, height=self.frame.height, opacity=str(DENSITY_OPACITY),
        )  # fmt: skip

    def roads(self, year: Year, answer: Answer, limits: tuple[float, ...]) -> None:
        if answer.roads is None:
            return
        axes = answer.events.ground.snapshot.atlas.axes
        colours = ramp(len(limits))
        rows: Any = runs(year.rate, answer.roads.lixels, limits).sort_values("class_").itertuples()
        for row in rows:
            line = slice_between(axes[row.axis_id], row.measure_from_m, row.measure_to_m)
            at = shapely.get_coordinates(shapely.simplify(line, _TOLERANCE_DEG / 3))
            if row.class_:
                self.line(at, stroke=colours[row.class_ - 1], stroke_width=3.2)
            else:
                self.line(at, stroke="currentColor", stroke_width=0.5, opacity=0.35)


def svg(years: Years, answer: Answer) -> str:
    """Draw the years of an answer.

    Parameters
    ----------
    years
        Of `geo.hotspots.analysis.years.by_year` for the answer.
    answer
        What they are the years of.

    Returns
    -------
    str
        A standalone SVG document with one legend for all years.
    """
    drawing = Drawing()
    wide = int((WIDTH_PX - _GAP * (_PER_ROW - 1)) / _PER_ROW)
    frame = frame_for(_WINDOW, wide)
    top = drawing.y
    for number, year in enumerate(years.years):
        row, column = divmod(number, _PER_ROW)
        x = column * (wide + _GAP)
        y = top + row * (frame.height + _TITLE_PX + _GAP)
        name = str(year.period.first.year)
        if not year.complete:
            name = _("to {day}", day=year.period.last)
        said = _("{name} · {events:.3g} events", name=name, events=year.events)
        drawing.label(x, y + 13, said, font_size=12.5, font_weight=600)
        panel = _Panel(drawing, frame, x, y + _TITLE_PX)
        drawing.tip(panel.group, said)
        panel.plane(year, answer, years.limits)
        for border in _borders():
            panel.line(border, stroke="currentColor", stroke_width=0.7, opacity=0.55)
        panel.roads(year, answer, years.limits)
        drawing.y = max(drawing.y, y + _TITLE_PX + frame.height + _GAP)
    _legend(drawing, years, answer)
    title = _("Where reported events concentrate, year by year")
    return drawing.finish(title)


def _legend(drawing: Drawing, years: Years, answer: Answer) -> None:
    roads = answer.roads is not None
    unit = (
        _("events per {length} km and month", length=ROAD_KM)
        if roads
        else _("events per {area:,} km² and month", area=AREA_KM2)
    )
    scale = ROAD_KM if roads else AREA_KM2
    x, y = 0.0, drawing.y + 6
    for colour, limit in zip(ramp(len(years.limits)), years.limits, strict=True):
        drawing.add("rect", x=x, y=y, width=26, height=13, fill=colour,
                    opacity=str(1 if roads else DENSITY_OPACITY))  # fmt: skip
        drawing.label(x + 32, y + 11, f"≥ {limit * scale:.2g}", font_size=11.5)
        x += 104
    drawing.label(x + 6, y + 11, unit, font_size=11.5, opacity=0.8)
    drawing.y = y + 24
