"""Distances, bearings and circles on the WGS 84 ellipsoid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod
from shapely import get_coordinates
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="WGS84")
CIRCLE_POINTS = 48
"""Corners of a circle; a regular polygon of 48 corners covers 99.7 % of its circle."""


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the geodesic distance of two points in metres."""
    return float(GEOD.inv(lon, lat, other_lon, other_lat)[2])


def distances_m(
    lon: float, lat: float, lons: NDArray[np.float64], lats: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the geodesic distances of a point to many, in metres; shaped as ``lons``."""
    ones = np.ones_like(lons)
    return np.asarray(GEOD.inv(lon * ones, lat * ones, lons, lats)[2])


def azimuth_deg(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the bearing from the first point to the second, degrees from north, clockwise."""
    return float(GEOD.inv(lon, lat, other_lon, other_lat)[0]) % 360


def destination(
    lon: float, lat: float, bearing_deg: float, distance_m: float
) -> tuple[float, float]:
    """Return the ``(lon, lat)`` reached after ``distance_m`` on a bearing."""
    end_lon, end_lat, _ = GEOD.fwd(lon, lat, bearing_deg, distance_m)
    return float(end_lon), float(end_lat)


def circle(lon: float, lat: float, radius_m: float) -> Polygon:
    """Return the geodesic circle around a point as a polygon, WGS 84."""
    bearings = np.linspace(0, 360, CIRCLE_POINTS, endpoint=False)
    ones = np.ones_like(bearings)
    lons, lats, _ = GEOD.fwd(lon * ones, lat * ones, bearings, radius_m * ones)
    return Polygon(np.column_stack([lons, lats]))


def enclosing_radius_m(geometry: BaseGeometry, lon: float, lat: float) -> float:
    """Return the distance from a point to the furthest vertex of a geometry, in metres."""
    vertices = get_coordinates(geometry)
    ones = np.ones(len(vertices))
    _, _, distances = GEOD.inv(lon * ones, lat * ones, vertices[:, 0], vertices[:, 1])
    return float(np.max(distances))
