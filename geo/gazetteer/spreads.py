"""How far an event may lie from the point it is drawn at: one table of radii, in metres."""

from __future__ import annotations

from geo.gazetteer.reading import Closeness
from geo.records import Place

MIN_SPREAD_M = 1_000.0
EXTENT_M = {"city": 3_000.0, "town": 2_000.0}
"""A town is not a point; other kinds are taken as ``MIN_SPREAD_M`` across."""
CLOSENESS_M = {Closeness.AT: 0.0, Closeness.NEAR: 5_000.0, Closeness.AREA: 10_000.0}
"""What “near” and “in the area of” add to the place's own uncertainty."""
CONFIRMED_M = 1_000.0
"""What “near” adds when a stated distance agrees with the place."""
CONFIRMING_TOLERANCE_M = 6_000.0
"""A distance confirms only when it is at least this exact."""
ROUGH_PLACE_M = 9_000.0
"""A place known no better than this yields to a road and a distance that the report states."""
AREA_M = 30_000.0
"""Radius around a place when a report says no more than its area (district, commune)."""
MARGIN_M = 15_000.0
"""Added around several places that bound an area together."""
COORDINATE_M = {"1": 2_000.0, "2": 10_000.0, "3": 50_000.0}
"""Spread of coordinates that a table brings along, by the table's own precision code."""


def place_m(place: Place) -> float:
    """Return the radius of an event at a place: its extent or its uncertainty."""
    return max(place.accuracy_m, EXTENT_M.get(place.kind, MIN_SPREAD_M))


def subject_m(place: Place, closeness: Closeness, *, confirmed: bool) -> float:
    """Return the radius of an event at, near or in the area of a place."""
    if closeness is Closeness.AT:
        return place_m(place)
    if confirmed:
        return max(place.accuracy_m, MIN_SPREAD_M) + CONFIRMED_M
    return place_m(place) + CLOSENESS_M[closeness]
