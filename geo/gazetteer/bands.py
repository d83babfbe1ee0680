"""Stated distances as intervals along a road."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.gazetteer.reading import Chainage, Distance
from geo.geodesy import GEOD, azimuth_deg
from geo.records import Place
from geo.roads.axes import Axis
from geo.roads.referencing import point_at
from geo.roads.stretches import Roads

SAMPLE_M = 1_000.0
DETOUR = 1.12
"""A road between two places is about this much longer than the straight line (axes.csv)."""
STONE_TOLERANCE_M = 2_000.0
"""Kilometre stones and the kilometres of axes.csv differ by about this much."""
MAX_TURN_DEG = 95.0
"""“North of” rules out what lies behind; a road may still bend to the side."""


@dataclass(frozen=True, slots=True)
class Band:
    """An interval of measures with its likeliest point."""

    low_m: float
    nominal_m: float
    high_m: float

    def cut(self, low_m: float, high_m: float) -> Band | None:
        """Return the part inside an interval, ``None`` when they do not meet."""
        low, high = max(self.low_m, low_m), min(self.high_m, high_m)
        if low > high:
            return None
        return Band(low, min(max(self.nominal_m, low), high), high)

    def meets(self, other: Band) -> bool:
        """Return whether two intervals have a measure in common."""
        return self.cut(other.low_m, other.high_m) is not None


def bands(
    axis: Axis, distance: Distance, origin: Place, roads: Roads, aims: Sequence[Place]
) -> list[Band]:
    """Return where along a road a stated distance from a place may end.

    Measured along the road when the place stands on it, else as the crow flies with the usual
    detour.  ``aims`` are places in whose direction the distance was said to lead.
    """
    spot = roads.spots(origin).get(axis.axis_id)
    if spot is None:
        found = _from_aside(axis, distance, origin)
    else:
        length_m, tolerance_m = distance.km * 1000, distance.tolerance_km * 1000
        found = []
        for sign in (1, -1):
            nominal = spot.measure_m + sign * length_m
            band = Band(nominal - tolerance_m, nominal, nominal + tolerance_m).cut(
                axis.start_m, axis.end_m
            )
            if band is not None and axis.start_m <= nominal <= axis.end_m:
                found.append(band)
        for aim in aims:
            aimed = roads.spots(aim).get(axis.axis_id)
            if aimed is not None and aimed.measure_m != spot.measure_m:
                ahead = aimed.measure_m > spot.measure_m
                found = [b for b in found if (b.nominal_m > spot.measure_m) == ahead]
                break
    if distance.bearing_deg is not None:
        return [b for b in found if leads(axis, origin, b.nominal_m, distance.bearing_deg)]
    return found


def stone_band(chainage: Chainage) -> Band:
    """Return where a stated kilometre of the road may be."""
    low_m, high_m = chainage.low_m - STONE_TOLERANCE_M, chainage.high_m + STONE_TOLERANCE_M
    return Band(low_m, (chainage.low_m + chainage.high_m) / 2, high_m)


def lies(place: Place, origin: Place, bearing_deg: float) -> bool:
    """Return whether a place lies in a compass direction from another."""
    azimuth = azimuth_deg(origin.lon, origin.lat, place.lon, place.lat)
    return abs((azimuth - bearing_deg + 180) % 360 - 180) <= MAX_TURN_DEG


def leads(axis: Axis, origin: Place, measure_m: float, bearing_deg: float) -> bool:
    """Return whether a point of a road lies in a compass direction from a place."""
    lon, lat = point_at(axis, measure_m)
    turn = (azimuth_deg(origin.lon, origin.lat, lon, lat) - bearing_deg + 180) % 360 - 180
    return abs(turn) <= MAX_TURN_DEG


def as_the_crow_flies(axis: Axis, distance: Distance, origin: Place) -> list[Band]:
    """Return where a road is so far from a place in a straight line."""
    found = _from_aside(axis, distance, origin, 1.0)
    if distance.bearing_deg is None:
        return found
    return [b for b in found if leads(axis, origin, b.nominal_m, distance.bearing_deg)]


def _from_aside(
    axis: Axis, distance: Distance, origin: Place, detour: float = DETOUR
) -> list[Band]:
    measures = np.arange(axis.start_m, axis.end_m, SAMPLE_M)
    lons, lats = point_at(axis, measures)
    ones = np.ones_like(measures)
    _, _, straight = GEOD.inv(origin.lon * ones, origin.lat * ones, lons, lats)
    off = np.abs(np.asarray(straight) * detour - distance.km * 1000)
    fits = np.flatnonzero(off <= distance.tolerance_km * 1000)
    groups = np.split(fits, np.flatnonzero(np.diff(fits) > 1) + 1) if len(fits) else []
    return [
        Band(
            float(measures[group[0]]),
            float(measures[group[np.argmin(off[group])]]),
            float(measures[group[-1]]),
        )
        for group in groups
    ]
