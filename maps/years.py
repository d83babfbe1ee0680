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
from geo.i18n import fill, like, ngettext
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
WINDOW: Final = (-12.4, 9.3, 5.6, 21.0)
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
    lines = shapely.intersection(shapely.boundary(countries), shapely.box(*WINDOW))
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
        axes = answer.events.ground.snapshot.atlas.axes
        for row in stretches(year, answer, limits):
            line = slice_between(axes[row.axis_id], row.measure_from_m, row.measure_to_m)
            at = shapely.get_coordinates(shapely.simplify(line, _TOLERANCE_DEG / 3))
            ink = colour(row, limits)
            if ink:
                self.line(at, stroke=ink, stroke_width=3.2)
            else:
                self.line(at, stroke="currentColor", stroke_width=0.5, opacity=0.35)


def title(year: Year) -> str:
    """Return a year's name and how many events it had."""
    name = str(year.period.first.year)
    if not year.complete:
        name = _("to {day}", day=year.period.last)
    return ngettext(
        "{name} · {events:.3g} event", "{name} · {events:.3g} events", like(year.events),
        name=name, events=year.events,
    )  # fmt: skip


def unit(answer: Answer) -> str:
    """Return what the limits of the classes count."""
    if answer.roads is not None:
        return _("events per {length} km and month", length=ROAD_KM)
    return _("events per {area:,} km² and month", area=AREA_KM2)


def stretches(year: Year, answer: Answer, limits: tuple[float, ...]) -> list[Any]:
    """Return a year's roads by class, the densest last; none for an answer on the plane."""
    if answer.roads is None:
        return []
    found = runs(year.rate, answer.roads.lixels, limits).sort_values("class_", kind="stable")
    return list(found.itertuples())


def colour(row: Any, limits: tuple[float, ...]) -> str | None:
    """Return the colour of one of the `stretches`, ``None`` below the least class."""
    return ramp(len(limits))[row.class_ - 1] if row.class_ else None


def legend_rows(years: Years, answer: Answer) -> list[dict[str, Any]]:
    """Return the classes as rows of a legend, the lowest first."""
    on_roads = answer.roads is not None
    scale = ROAD_KM if on_roads else AREA_KM2
    return [
        {
            "key": f"density:{number}",
            "type": "line" if on_roads else "fill",
            "colour": ink,
            "opacity": 1.0 if on_roads else DENSITY_OPACITY,
            "weight": 5.5,
            "label": fill("≥ {limit:.2g}", {"limit": limit * scale}),
        }
        for number, (ink, limit) in enumerate(
            zip(ramp(len(years.limits)), years.limits, strict=True), 1
        )
    ]


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
    frame = frame_for(WINDOW, wide)
    top = drawing.y
    for number, year in enumerate(years.years):
        row, column = divmod(number, _PER_ROW)
        x = column * (wide + _GAP)
        y = top + row * (frame.height + _TITLE_PX + _GAP)
        said = title(year)
        drawing.label(x, y + 13, said, font_size=12.5, font_weight=600)
        panel = _Panel(drawing, frame, x, y + _TITLE_PX)
        drawing.tip(panel.group, said)
        panel.plane(year, answer, years.limits)
        for border in _borders():
            panel.line(border, stroke="currentColor", stroke_width=0.7, opacity=0.55)
        panel.roads(year, answer, years.limits)
        drawing.y = max(drawing.y, y + _TITLE_PX + frame.height + _GAP)
    _legend(drawing, years, answer)
    return drawing.finish(_("Where reported events concentrate, year by year"))


def _legend(drawing: Drawing, years: Years, answer: Answer) -> None:
    x, y = 0.0, drawing.y + 6
    for row in legend_rows(years, answer):
        drawing.add("rect", x=x, y=y, width=26, height=13, fill=row["colour"],
                    opacity=str(row["opacity"]))  # fmt: skip
        drawing.label(x + 32, y + 11, row["label"], font_size=11.5)
        x += 104
    drawing.label(x + 6, y + 11, unit(answer), font_size=11.5, opacity=0.8)
    drawing.y = y + 24
