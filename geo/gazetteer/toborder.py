"""Place what lies between a place and a border: on the road that leads there, or straight."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.ops import nearest_points

from geo.gazetteer import wording
from geo.gazetteer.borders import border_area
from geo.gazetteer.case import Case
from geo.gazetteer.land import Outline
from geo.gazetteer.reading import Border
from geo.gazetteer.spreads import place_m
from geo.geodesy import azimuth_deg, destination, distance_m
from geo.records import Place, Placement, PlacementKind
from geo.roads.axes import Axis
from geo.roads.referencing import point_at, slice_between

BORDER_REACH_KM = 5.0
"""Outlines are generalised: a road has reached the border this close to it."""
STEP_M = 1_000.0
LONGEST_M = 600_000.0
"""A border further away than this bounds nothing."""


def place_to_border(case: Case) -> Placement | None:
    """Return the placement between a place and a border, ``None`` when that is not what is said."""
    stated = next((found for found in case.reading.betweens if found.border), None)
    place = case.resolution.place(stated.names[0]) if stated is not None else None
    if stated is None or place is None or case.subject is not None:
        return None
    border = Border(stated.border, BORDER_REACH_KM, "")
    strip = border_area(case.land, border, place.country)
    if strip is None:
        return None
    road = min(
        (
            (abs(reached_m - spot.measure_m), spot.axis.axis_id, spot.measure_m, reached_m)
            for spot in case.land.roads.spots(place).values()
            if (reached_m := _reached_m(spot.axis, spot.measure_m, strip)) is not None
        ),
        default=None,
    )
    if road is None:
        return _straight(case, place, strip)
    _, axis_id, from_m, to_m = road
    axis, (low_m, high_m) = case.land.roads.axes[axis_id], sorted((from_m, to_m))
    return case.finish(
        PlacementKind.ALONG, slice_between(axis, low_m, high_m),
        point_at(axis, (low_m + high_m) / 2), (high_m - low_m) / 2 + place_m(place),
        head=wording.road_to_border(axis, place), places=[place], stretch=(axis_id, low_m, high_m),
    )  # fmt: skip


def _reached_m(axis: Axis, from_m: float, strip: Outline) -> float | None:
    """Return where a road first comes to a border from a measure, to either side."""
    measures_m = np.arange(axis.start_m, axis.end_m + STEP_M, STEP_M).clip(max=axis.end_m)
    at_border = measures_m[shapely.contains_xy(strip.geometry, *point_at(axis, measures_m))]
    away_m = np.abs(at_border - from_m)
    away_m[away_m < STEP_M] = np.inf
    if not len(away_m) or away_m.min() > LONGEST_M:
        return None
    return float(at_border[away_m.argmin()])


def _straight(case: Case, place: Place, strip: Outline) -> Placement | None:
    point = Point(place.lon, place.lat)
    there = nearest_points(strip.geometry, point)[0]
    length_m = distance_m(place.lon, place.lat, there.x, there.y)
    if not 0 < length_m <= LONGEST_M:
        return None
    bearing_deg = azimuth_deg(place.lon, place.lat, there.x, there.y)
    middle = destination(place.lon, place.lat, bearing_deg, length_m / 2)
    return case.finish(
        PlacementKind.ALONG, LineString([point, there]), middle, length_m, places=[place],
        head=wording.straight_to_border(place),
    )  # fmt: skip
