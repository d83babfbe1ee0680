"""The ground under a map: land, rivers, borders, the area of interest."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.atlas import DATA_DIR
from geo.hotspots.grid import STUDY_AREA
from maps.cartography.ground import Ground, edge
from maps.cartography.paper import Rect
from maps.cartography.pen import Pen

#: Land beyond the area that a map is about, and what lies beyond the base layers.
BEYOND: Final = "#E9E6DF"
NO_DATA: Final = "#D5D3CE"
#: Rivers of higher rank are left out where a point of paper is more metres than this.
_SMALL_STREAMS_M: Final = 450.0
_STREAMS_M: Final = 1_300.0


@lru_cache(maxsize=4)
def layer(name: str) -> gpd.GeoDataFrame:
    """Return a base layer that Piste ships: ``countries``, ``regions`` or ``rivers``."""
    return gpd.read_file(DATA_DIR / "layers" / f"{name}.geojson")


@lru_cache(maxsize=1)
def borders() -> NDArray[np.object_]:
    """Return the borders between countries, WGS 84; where the window cuts one is no border."""
    window = shapely.box(*STUDY_AREA).boundary.buffer(1e-4)
    lines = shapely.boundary(layer("countries").geometry.to_numpy())
    return np.asarray(shapely.difference(lines, window))


def rings(geometries: NDArray[np.object_]) -> list[NDArray[np.float64]]:
    """Return the rings of areas, outer ones one way round and holes the other."""
    areas = shapely.get_parts(geometries)
    areas = shapely.orient_polygons(areas[shapely.get_type_id(areas) == 3])  # noqa: PLR2004
    outlines = shapely.get_rings(areas) if len(areas) else []
    return [shapely.get_coordinates(ring)[:-1] for ring in outlines]


def lines(geometries: NDArray[np.object_]) -> list[NDArray[np.float64]]:
    """Return the lines of geometries, the outlines of areas among them."""
    parts = shapely.get_parts(geometries)
    kinds = shapely.get_type_id(parts)
    outlines = shapely.get_rings(parts[kinds == 3]) if (kinds == 3).any() else []  # noqa: PLR2004
    straight = parts[np.isin(kinds, (1, 2))]
    pieces = [*straight, *outlines]
    # A collection or a multi-line that cutting left is one level deeper.
    deeper = parts[kinds >= 4]  # noqa: PLR2004
    found = [shapely.get_coordinates(piece) for piece in pieces]
    return found + (lines(shapely.get_parts(deeper)) if len(deeper) else [])


def land(pen: Pen, ground: Ground, theme: dict[str, Any], focus: BaseGeometry | None) -> None:
    """Draw the land, darker beyond the area that the map is about."""
    box = ground.box
    pen.rect(box, fill=NO_DATA, clip=box)
    window = [ground.to_paper(edge(STUDY_AREA, 99))]
    pen.paths(window, fill=theme["land"] if focus is None else BEYOND, closed=True, clip=box)
    if focus is not None:
        inside = rings(ground.drawn(np.array([focus], dtype=object)))
        pen.paths(inside, fill=theme["land"], closed=True, clip=box)


def rivers(pen: Pen, ground: Ground, theme: dict[str, Any]) -> set[str]:
    """Draw rivers and shores, small ones where the scale has room for them."""
    frame = layer("rivers")
    rank = frame["rank"].to_numpy()
    scale = ground.m_per_pt / pen.u
    most = 9 if scale < _SMALL_STREAMS_M else 4 if scale < _STREAMS_M else 2
    shapes = frame.geometry.to_numpy()
    drew = False
    for chosen, width in ((rank <= 1, 1.5), ((rank > 1) & (rank <= most), 0.8)):
        parts = lines(ground.drawn(shapes[chosen]))
        pen.paths(parts, stroke=theme["water"], width=width, cap="round", clip=ground.box)
        drew = drew or bool(parts)
    return {"rivers"} if drew else set()


def regions(pen: Pen, ground: Ground, theme: dict[str, Any], frame: gpd.GeoDataFrame) -> set[str]:
    """Draw the borders of regions and of countries."""
    shown = set()
    parts = lines(ground.drawn(frame.geometry.to_numpy()))
    if parts:
        pen.paths(parts, stroke=theme["soft"], width=0.8, dash=(4, 3), clip=ground.box)
        shown.add("border:region")
    parts = lines(ground.drawn(borders()))
    if parts:
        pen.paths(parts, stroke=theme["line"], width=1.8, clip=ground.box)
        shown.add("border:country")
    return shown


def outline(pen: Pen, ground: Ground, focus: BaseGeometry) -> None:
    """Draw the edge of the area that the map is about."""
    parts = lines(ground.drawn(np.array([focus], dtype=object)))
    pen.paths(parts, stroke="#FFFFFF", width=5.0, alpha=0.6, clip=ground.box)
    pen.paths(parts, stroke="#5B4A3A", width=1.6, clip=ground.box)


def inside(box: Rect, parts: list[NDArray[np.float64]]) -> bool:
    """Return whether any vertex or stretch of some lines is seen in a rectangle."""
    frame = shapely.box(box.left, box.bottom, box.right, box.top)
    return any(
        len(part) > 1 and shapely.intersects(shapely.linestrings(part), frame) for part in parts
    )
