"""A small map of where a draft would lie, and of the incident that it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.atlas import DATA_DIR, Atlas
from geo.geodesy import circle
from geo.i18n import gettext as _
from geo.records import PlacementKind
from geo.roads.referencing import slice_between
from maps.svg import PAPER, Drawing

_WIDTH: Final = 620.0
_HEIGHT: Final = 300.0
_LEAST_DEG: Final = 0.75
_KM_PER_DEG: Final = 111.2
_NAMES: Final = 9
_MOST_TIMES: Final = 6.0
#: Both stand out on light and on dark paper, and differ in brightness and in shape.
_MARK: Final = "#DC2626"
_OTHER: Final = "#3B82F6"
_RANKS: Final = {"city": 0, "town": 1, "border_post": 2, "village": 3}
_SCALES_KM: Final = (5, 10, 25, 50, 100, 250, 500)


@lru_cache(maxsize=1)
def _countries() -> BaseGeometry:
    return gpd.read_file(DATA_DIR / "layers/countries.geojson").geometry.boundary.union_all()


class _Frame:
    """The window of the map: degrees to pixels, true to scale in its middle."""

    def __init__(
        self, bounds: tuple[float, float, float, float], width_px: float, height_px: float
    ) -> None:
        self.width_px, self.height_px = width_px, height_px
        west, south, east, north = bounds
        self.lon, self.lat = (west + east) / 2, (south + north) / 2
        shrink = float(np.cos(np.radians(self.lat)))
        wide = max((east - west) * shrink * 1.25, _LEAST_DEG * 2)
        high = max((north - south) * 1.35, _LEAST_DEG)
        self.scale = min(width_px / wide, height_px / high)
        self.shrink = shrink

    def box(self) -> BaseGeometry:
        half_lon = self.width_px / 2 / self.scale / self.shrink
        half_lat = self.height_px / 2 / self.scale
        return shapely.box(
            self.lon - half_lon, self.lat - half_lat, self.lon + half_lon, self.lat + half_lat
        )

    def at(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        x = self.width_px / 2 + (lonlat[:, 0] - self.lon) * self.shrink * self.scale
        y = self.height_px / 2 - (lonlat[:, 1] - self.lat) * self.scale
        return np.column_stack([x, y])

    def points(self, lonlat: NDArray[np.float64]) -> str:
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.at(lonlat))


@dataclass(frozen=True, eq=False)
class Spot:
    """Something that has a place.

    Parameters
    ----------
    ground
        What it covers: a stretch, an area, the circle of its spread; WGS 84.
    lon, lat
        Its mark; ``None`` for a stretch without one.
    place_ids
        Places that it rests on: their names come first.
    """

    ground: BaseGeometry
    lon: float | None = None
    lat: float | None = None
    place_ids: tuple[str, ...] = ()


def of_placement(row: Any, atlas: Atlas) -> Spot | None:
    """Return where an incident lies, ``None`` for one without a place.

    Parameters
    ----------
    row
        Of `geo.records.PLACEMENT_COLUMNS`.
    atlas
        Roads.
    """
    if row["geometry"] is None or np.isnan(row["lon"]):
        return None
    lon, lat = float(row["lon"]), float(row["lat"])
    if row["kind"] == PlacementKind.ALONG and row["axis_id"]:
        axis = atlas.axes[row["axis_id"]]
        ground = slice_between(axis, float(row["measure_from_m"]), float(row["measure_to_m"]))
    elif row["kind"] == PlacementKind.REGION:
        ground = row["geometry"]
    else:
        ground = circle(lon, lat, max(float(row["spread_m"]), 500.0))
    return Spot(ground, lon, lat, tuple(row["place_ids"] or ()))


def of_stretches(stretches: pd.DataFrame, atlas: Atlas) -> Spot | None:
    """Return where a road assertion lies (`geo.roads.laying`), ``None`` for one off the roads."""
    parts = [
        slice_between(atlas.axes[row.axis_id], row.measure_from_m, row.measure_to_m)
        for row in stretches.itertuples()
    ]
    return Spot(shapely.union_all(parts)) if parts else None


def drawing(
    spot: Spot,
    atlas: Atlas,
    other: Spot | None = None,
    width_px: float = _WIDTH,
    height_px: float = _HEIGHT,
) -> Drawing:
    """Draw where a draft lies, for the screen or for paper.

    Parameters
    ----------
    spot
        The draft, in red.
    atlas
        Roads and places.
    other
        The incident that it may be, in blue.
    width_px, height_px
        Of the drawing.

    Returns
    -------
    Drawing
        Not yet a document.
    """
    made = Drawing(width_px)
    ground = spot.ground
    # A whole country beside a stretch would make the stretch a dot.
    alone = other is None or _size(other.ground) > _MOST_TIMES * max(_size(ground), 1.0)
    bounds = ground.bounds if alone or other is None else (ground | other.ground).bounds
    frame = _Frame(bounds, width_px, height_px)
    made.add("rect", x=0.0, y=0.0, width=width_px, height=height_px, rx=6, fill="currentColor",
             opacity="0.04")  # fmt: skip
    box = frame.box()
    regions = shapely.boundary(atlas.regions.geometry.to_numpy())
    _lines(made, frame, shapely.intersection(regions, box), stroke="currentColor",
           stroke_width=0.6, opacity="0.28", stroke_dasharray="3 3")  # fmt: skip
    _lines(made, frame, [shapely.intersection(_countries(), box)], stroke="currentColor",
           stroke_width=1.4, opacity="0.5")  # fmt: skip
    for axis in atlas.axes.values():
        road = shapely.intersection(slice_between(axis, 0.0, axis.length_m), box)
        _lines(made, frame, [road], stroke="currentColor", stroke_width=1.3, opacity="0.45")
    for one, ink in ((other, _OTHER), (spot, _MARK)):
        if one is not None:
            _shape(made, frame, one.ground, ink)
            _point(made, frame, one, ink)
    _names(made, frame, atlas, spot.place_ids)
    _scale(made, frame)
    made.y = height_px
    return made


def svg(spot: Spot, atlas: Atlas, other: Spot | None = None) -> str:
    """Return `drawing` as a standalone SVG document, for a column of the screen."""
    made = drawing(spot, atlas, other)
    # Smaller than the usual drawings: it stands in a column.
    made.root.set("class", "small")
    return made.finish(_("Where the draft would lie"))


def _lines(drawing: Drawing, frame: _Frame, shapes: Any, **style: object) -> None:
    for shape in shapely.get_parts(shapely.get_parts(shapes)):
        if shape.geom_type in ("LineString", "LinearRing") and not shape.is_empty:
            points = frame.points(shapely.get_coordinates(shape))
            drawing.add("polyline", points=points, fill="none", **style)


def _shape(drawing: Drawing, frame: _Frame, ground: BaseGeometry, ink: str) -> None:
    """Draw what lies in the window: nothing else keeps it in there, on the screen or on paper."""
    dash = "" if ink == _MARK else "6 4"
    box = frame.box()
    for part in shapely.get_parts(shapely.intersection(ground, box)):
        if part.geom_type == "LineString":
            points = frame.points(shapely.get_coordinates(part))
            drawing.add("polyline", points=points, fill="none", stroke=ink, stroke_width=7,
                        opacity="0.45", stroke_linecap="round", stroke_dasharray=dash)  # fmt: skip
        elif part.geom_type == "Polygon":
            points = frame.points(shapely.get_coordinates(part.exterior))
            drawing.add("polygon", points=points, fill=ink, fill_opacity="0.12")
    outlines = shapely.boundary([one for one in shapely.get_parts(ground) if one.area])
    _lines(drawing, frame, shapely.intersection(outlines, box), stroke=ink, stroke_width=1.6,
           stroke_dasharray=dash or "none")  # fmt: skip


def _size(ground: BaseGeometry) -> float:
    """Return how wide something is, in degrees."""
    west, south, east, north = ground.bounds
    return float(max(east - west, north - south))


def _point(drawing: Drawing, frame: _Frame, spot: Spot, ink: str) -> None:
    if spot.lon is None or spot.lat is None:
        return
    ((x, y),) = frame.at(np.array([[spot.lon, spot.lat]]))
    if ink == _MARK:
        drawing.add("circle", cx=float(x), cy=float(y), r=5, fill=ink,
                    stroke=PAPER, stroke_width=1.5)  # fmt: skip
    else:
        points = f"{x:.1f},{y - 7:.1f} {x + 7:.1f},{y:.1f} {x:.1f},{y + 7:.1f} {x - 7:.1f},{y:.1f}"
        drawing.add("polygon", points=points, fill="none", stroke=ink,
                    stroke_width=2.2)  # fmt: skip


def _names(drawing: Drawing, frame: _Frame, atlas: Atlas, own: Sequence[str]) -> None:
    """Write names where they leave each other room: the draft's own places, then greater ones."""
    west, south, east, north = frame.box().bounds
    seen = [
        place
        for place in atlas.gazetteer.places.values()
        if place.kind in _RANKS and west < place.lon < east and south < place.lat < north
    ]
    seen.sort(
        key=lambda place: (
            place.place_id not in own,
            _RANKS[place.kind],
            place.place_id not in atlas.axes_of,
        )
    )
    taken: list[tuple[float, float]] = []
    for place in seen:
        ((x, y),) = frame.at(np.array([[place.lon, place.lat]]))
        if any(abs(x - a) < 90 and abs(y - b) < 16 for a, b in taken):  # noqa: PLR2004 - a name's room
            continue
        taken.append((float(x), float(y)))
        drawing.add("circle", cx=float(x), cy=float(y), r=2.2, fill="currentColor")
        right = x > frame.width_px - 80
        drawing.label(float(x) + (-5 if right else 5), float(y) - 4, place.name,
                      font_size=11.5, text_anchor="end" if right else "start",
                      paint_order="stroke", stroke=PAPER, stroke_width=3)  # fmt: skip
        if len(taken) == _NAMES:
            break


def _scale(drawing: Drawing, frame: _Frame) -> None:
    km = max((k for k in _SCALES_KM if k / _KM_PER_DEG * frame.scale < frame.width_px / 4),
             default=_SCALES_KM[0])  # fmt: skip
    wide = km / _KM_PER_DEG * frame.scale
    y = frame.height_px - 12
    drawing.add("line", x1=12.0, y1=y, x2=12.0 + wide, y2=y, stroke="currentColor", stroke_width=2)
    drawing.label(12.0, y - 6, _("{km} km", km=km), font_size=11, paint_order="stroke",
                  stroke=PAPER, stroke_width=3)  # fmt: skip
