"""Densities as a few classes: what a picture colours, what a legend says, what a file outlines."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.hotspots.grid import PLANE_CRS, STUDY_AREA, Grid, to_lonlat
from geo.hotspots.network.lixels import Lixels
from geo.hotspots.raster import DEFAULT_SHARES, Classes

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RoadClasses:
    """Class limits of a density along roads.

    Parameters
    ----------
    breaks_per_km
        Lower limits, ascending; class 1 reaches from the first to the second, and so on.
    shares
        For each limit, the share of the events on road where density reaches it.
    length_km
        For each limit, the length of road where density reaches it.
    """

    breaks_per_km: tuple[float, ...]
    shares: tuple[float, ...]
    length_km: tuple[float, ...]


def road_classes(
    per_km: Floats, length_m: Floats, shares: tuple[float, ...] = DEFAULT_SHARES
) -> RoadClasses:
    """Return limits such that the shortest road that holds each share of the events stands out.

    Parameters
    ----------
    per_km
        Density of each lixel; below 0 counts as 0.
    length_m
        Length of each lixel.
    shares
        Ascending, above 0 and at most 1.

    Returns
    -------
    RoadClasses
        Fewer than ``len(shares)`` when limits coincide; none without events.
    """
    order = np.argsort(-per_km, kind="stable")
    order = order[per_km[order] > 0]
    if not order.size:
        return RoadClasses((), (), ())
    held = np.cumsum(per_km[order] * length_m[order])
    at = np.searchsorted(held, np.asarray(shares) * held[-1] * (1 - 1e-12))
    limits = np.unique(per_km[order][np.minimum(at, order.size - 1)])
    reached = [per_km >= limit for limit in limits]
    mass = np.maximum(per_km, 0.0) * length_m
    return RoadClasses(
        tuple(limits.tolist()),
        tuple(float(mass[where].sum() / held[-1]) for where in reached),
        tuple(float(length_m[where].sum()) / 1_000 for where in reached),
    )


def runs(per_km: Floats, lixels: Lixels, breaks_per_km: tuple[float, ...]) -> pd.DataFrame:
    """Return neighbouring lixels of one class as one stretch of their axis.

    Parameters
    ----------
    per_km
        Density of each lixel.
    lixels
        Of a graph of axes.
    breaks_per_km
        Lower limits of the classes, ascending.

    Returns
    -------
    pandas.DataFrame
        ``axis_id``, ``measure_from_m``, ``measure_to_m``, ``class_`` (0 is below the first limit),
        ``low`` and ``high`` (densities of the run's lixels), ordered along each axis.  O(lixels).
    """
    along = lixels.along_axes()
    value = per_km[along["lixel"].to_numpy()]
    class_ = np.searchsorted(breaks_per_km, value, side="right")
    axis = pd.factorize(along["axis_id"])[0]
    begin = np.ones(len(along), dtype=bool)
    begin[1:] = (class_[1:] != class_[:-1]) | (axis[1:] != axis[:-1])
    first = np.flatnonzero(begin)
    last = np.append(first[1:], len(along)) - 1
    some = len(along) > 0
    return pd.DataFrame(
        {
            "axis_id": along["axis_id"].to_numpy()[first],
            "measure_from_m": along["measure_from_m"].to_numpy()[first],
            "measure_to_m": along["measure_to_m"].to_numpy()[last],
            "class_": class_[first],
            "low": np.minimum.reduceat(value, first) if some else value,
            "high": np.maximum.reduceat(value, first) if some else value,
        }
    )


def outline(cells: NDArray[np.bool_], grid: Grid) -> shapely.MultiPolygon:
    """Return the area of some cells on the equal-area plane, along the cells' edges."""
    rows, columns = np.nonzero(cells)
    west, south = grid.x0_m + columns * grid.cell_m, grid.y0_m + rows * grid.cell_m
    boxes = shapely.box(west, south, west + grid.cell_m, south + grid.cell_m)
    area = shapely.coverage_union_all(boxes)
    # Corners of neighbouring cells stay on straight edges: they are no shape of their own.
    parts = shapely.get_parts(shapely.simplify(area, 0))
    return shapely.MultiPolygon(parts[shapely.get_type_id(parts) == _POLYGON].tolist())


_POLYGON = 3


def class_areas(density_per_km2: Floats, grid: Grid, classes: Classes) -> gpd.GeoDataFrame:
    """Return the area of each class, along the cells' edges, in WGS 84.

    Returns
    -------
    geopandas.GeoDataFrame
        A row per class, lowest first: ``class`` (from 1), ``at_least_per_km2``, ``below_per_km2``
        (nan for the highest), ``holds_share`` and ``area_km2`` of all that reaches the limit.
    """
    limits = classes.breaks_per_km2
    number = np.searchsorted(limits, density_per_km2, side="right")
    shapes = [outline(number == n + 1, grid) for n in range(len(limits))]
    return gpd.GeoDataFrame(
        {
            "class": range(1, len(limits) + 1),
            "at_least_per_km2": limits,
            "below_per_km2": [*limits[1:], np.nan][: len(limits)],
            "holds_share": classes.shares,
            "area_km2": classes.area_km2,
        },
        geometry=shapes,
        crs=PLANE_CRS,
    ).to_crs("EPSG:4326")


def in_study_area(grid: Grid) -> NDArray[np.bool_]:
    """Return which cells' centres lie in the study area and not in the margin around it."""
    west, south, east, north = STUDY_AREA
    lon, lat = to_lonlat(*np.meshgrid(grid.x_m, grid.y_m))
    return np.asarray((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
