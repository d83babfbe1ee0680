"""Positions along an axis: linear referencing, calibrated at the places of the chain.

The line of an axis is the chain of its places, joined by geodesic legs on WGS 84, or its course
over an imported network (`Axis.line`).  Measures are the kilometres of ``axes.csv`` at the places;
between two places they grow with the distance along the line.  A real road winds between the
places, so a point of a chain lies up to a few kilometres beside the road where places are far
apart; the measures do not suffer from that.
"""

from __future__ import annotations

import re
from typing import overload

import numpy as np
import numpy.typing as npt
from shapely.geometry import LineString

from geo.geodesy import GEOD
from geo.i18n import message
from geo.roads.axes import Axis
from geo.roads.course import Drawn, Floats

EARTH_RADIUS_M = 6_371_008.8
METRES_PER_DEGREE = np.pi * EARTH_RADIUS_M / 180
SLACK_M = 0.01
"""A measure may lie this far beyond an end of its axis: rounding of floats, not an error."""
REFINED_LEGS = 3
_FLAT_SLACK_M = 5_000.0
"""Nearest legs by a flat-earth estimate that are compared exactly."""

BLOCK = 1_000_000
"""Distances from points to legs computed at once; bounds the memory."""

_CHAINAGE = re.compile(r"(?:PK|KP|km)?\s*(\d+)(?:\s*\+\s*(\d{3}))?\s*", re.IGNORECASE)


@overload
def point_at(axis: Axis, measure_m: float) -> tuple[float, float]: ...
@overload
def point_at(axis: Axis, measure_m: npt.NDArray[np.float64]) -> tuple[Floats, Floats]: ...
def point_at(axis: Axis, measure_m: float | Floats) -> tuple[float | Floats, float | Floats]:
    """Return the point at a measure.

    Parameters
    ----------
    axis
        The road.
    measure_m
        A measure, or an array of them of any shape.

    Returns
    -------
    lon, lat
        Degrees; arrays shaped like ``measure_m`` when it is one.

    Raises
    ------
    ValueError
        When a measure is not on the axis.

    Notes
    -----
    ``O(m log n)`` for ``m`` measures on ``n`` vertices.
    """
    wanted = np.asarray(measure_m, dtype=np.float64)
    inside = (wanted >= axis.start_m - SLACK_M) & (wanted <= axis.end_m + SLACK_M)
    if not np.all(inside):
        raise ValueError(
            message(
                "measure {measure} m is not on axis {axis} ({start} to {end} m)",
                measure=float(wanted[~inside].flat[0]), axis=axis.axis_id,
                start=axis.start_m, end=axis.end_m,
            )
        )  # fmt: skip
    line_lons, line_lats, measures = axis.line
    leg = np.clip(np.searchsorted(measures, wanted, side="right") - 1, 0, len(measures) - 2)
    fraction = np.clip((wanted - measures[leg]) / (measures[leg + 1] - measures[leg]), 0, 1)
    azimuths, lengths = axis.legs
    lons, lats, _ = GEOD.fwd(line_lons[leg], line_lats[leg], azimuths[leg], lengths[leg] * fraction)
    if wanted.ndim == 0:
        return float(lons), float(lats)
    return np.asarray(lons), np.asarray(lats)


@overload
def measure_of(axis: Axis, lon: float, lat: float) -> tuple[float, float]: ...
@overload
def measure_of(axis: Axis, lon: Floats, lat: Floats) -> tuple[Floats, Floats]: ...
def measure_of(
    axis: Axis, lon: float | Floats, lat: float | Floats
) -> tuple[float | Floats, float | Floats]:
    """Return the measure of the point of the chain that is nearest to a point.

    Parameters
    ----------
    axis
        The road.
    lon, lat
        Degrees; scalars or arrays of the same one-dimensional shape.

    Returns
    -------
    measure_m, offset_m
        Measure of the nearest point, and its geodesic distance.

    Notes
    -----
    The foot of the perpendicular is found with a spherical triangle on the ellipsoid's azimuths
    and distances: it is within 1 m for points up to 10 km beside legs of up to 200 km, and within
    20 m for points up to 100 km beside.  ``O(m n)`` for ``m`` points on ``n`` vertices, in
    blocks of bounded memory.
    """
    lons, lats = np.atleast_1d(np.asarray(lon, float)), np.atleast_1d(np.asarray(lat, float))
    rows = max(BLOCK // len(axis.line[0]), 1)
    parts = [
        _nearest(axis, lons[start : start + rows], lats[start : start + rows])
        for start in range(0, max(len(lons), 1), rows)
    ]
    measure, offset = (np.concatenate(column) for column in zip(*parts, strict=True))
    if np.ndim(lon) == 0:
        return float(measure[0]), float(offset[0])
    return measure, offset


def _nearest(axis: Axis, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
    """Return measure and offset of the nearest point of the line, by point."""
    line_lons, line_lats, measures = axis.line
    azimuths, lengths = axis.legs
    rough = _flat_distances(axis, lons, lats)
    tried = min(REFINED_LEGS, rough.shape[1])
    legs = np.argpartition(rough, tried - 1, axis=1)[:, :tried]
    shape = legs.shape
    # Copies: a broadcast view of a few numbers costs more than the distances themselves.
    wide_lons, wide_lats = (np.repeat(each[:, None], tried, axis=1) for each in (lons, lats))
    to_point, _, distance = GEOD.inv(line_lons[legs], line_lats[legs], wide_lons, wide_lats)
    turn = np.radians(np.asarray(to_point) - azimuths[legs])
    along = EARTH_RADIUS_M * np.arctan2(
        np.sin(distance / EARTH_RADIUS_M) * np.cos(turn), np.cos(distance / EARTH_RADIUS_M)
    )
    along = np.clip(along, 0, lengths[legs])
    foot_lons, foot_lats, _ = GEOD.fwd(line_lons[legs], line_lats[legs], azimuths[legs], along)
    _, _, offsets = GEOD.inv(wide_lons, wide_lats, foot_lons, foot_lats)
    offsets = np.asarray(offsets)
    best = np.argmin(offsets, axis=1)
    row = np.arange(shape[0])
    leg = legs[row, best]
    span = measures[leg + 1] - measures[leg]
    fraction = np.divide(
        along[row, best], lengths[leg], out=np.zeros(len(leg)), where=lengths[leg] > 0
    )
    return np.asarray(measures[leg] + span * fraction), np.asarray(offsets[row, best])


def far_from(axis: Axis, lon: float, lat: float, reach_m: float) -> bool:
    """Return whether a point surely lies farther from a road than a reach; cheaper than a measure.

    Notes
    -----
    On a flat earth, with twice the reach and 5 km as slack: the sag of a leg of 200 km is 0.3 km.
    """
    flat = _flat_distances(axis, np.array([lon]), np.array([lat]))
    return float(flat.min()) > 2 * reach_m + _FLAT_SLACK_M


def _flat_distances(axis: Axis, lons: Floats, lats: Floats) -> Floats:
    """Return distances (m) of ``m`` points to the ``n - 1`` legs, on a flat earth at each point."""
    shrink = np.cos(np.radians(lats))[:, None]
    line_lons, line_lats, _ = axis.line
    x = (line_lons[None, :] - lons[:, None]) * shrink * METRES_PER_DEGREE
    y = (line_lats[None, :] - lats[:, None]) * METRES_PER_DEGREE
    ax, ay = x[:, :-1], y[:, :-1]
    dx, dy = np.diff(x, axis=1), np.diff(y, axis=1)
    square = np.maximum(dx**2 + dy**2, 1e-9)
    fraction = np.clip(-(ax * dx + ay * dy) / square, 0, 1)
    return np.asarray(np.hypot(ax + fraction * dx, ay + fraction * dy))


def slice_between(axis: Axis, from_m: float, to_m: float) -> LineString:
    """Return the stretch between two measures, running from the first to the second.

    Raises
    ------
    ValueError
        When a measure is not on the axis or both are the same.
    """
    low, high = min(from_m, to_m), max(from_m, to_m)
    if low == high:
        raise ValueError(message("a stretch needs two different measures"))
    line_lons, line_lats, measures = axis.line
    inner = (measures > low) & (measures < high)
    ends_lon, ends_lat = point_at(axis, np.array([low, high]))
    lons = np.concatenate([ends_lon[:1], line_lons[inner], ends_lon[1:]])
    lats = np.concatenate([ends_lat[:1], line_lats[inner], ends_lat[1:]])
    points = np.column_stack([lons, lats])
    return LineString(points if from_m <= to_m else points[::-1])


def drawn_between(axis: Axis, from_m: float, to_m: float) -> list[tuple[float, float, Drawn]]:
    """Return what the line between two measures rests on: from, to (ascending), and which.

    Neighbouring legs that rest on the same are one.
    """
    low, high = min(from_m, to_m), max(from_m, to_m)
    found: list[tuple[float, float, Drawn]] = []
    for start_m, end_m, drawn in zip(
        axis.measures_m[:-1], axis.measures_m[1:], axis.drawn, strict=True
    ):
        begin, end = max(float(start_m), low), min(float(end_m), high)
        if begin >= end:
            continue
        if found and found[-1][2] == drawn:
            begin = found.pop()[0]
        found.append((begin, end, drawn))
    return found


def towards(axis: Axis, place_id: str, distance_m: float, towards_place_id: str) -> float:
    """Return the measure reached after ``distance_m`` from one place in the direction of another.

    Both places are places of the chain; the result may lie beyond the second place.

    Raises
    ------
    KeyError
        When a place is not on the axis.
    ValueError
        When the places are the same or the road ends before.
    """
    start, aim = axis.measure_at(place_id), axis.measure_at(towards_place_id)
    if start == aim:
        raise ValueError(message("a direction needs two different places"))
    reached = start + distance_m if aim > start else start - distance_m
    if not axis.start_m - SLACK_M <= reached <= axis.end_m + SLACK_M:
        raise ValueError(
            message(
                "axis {axis} ends before {km} km from {place}",
                axis=axis.axis_id, km=round(distance_m / 1000, 1), place=place_id,
            )
        )  # fmt: skip
    return reached


def chainage(measure_m: float) -> str:
    """Return a measure as it stands on kilometre stones: ``PK 33+100``."""
    km, rest_m = divmod(round(measure_m), 1000)
    return f"PK {km}+{rest_m:03d}"


def parse_chainage(text: str) -> float:
    """Return the measure in metres of a chainage such as ``PK 33+100`` or ``PK 33``.

    Raises
    ------
    ValueError
        When the text is not a chainage.
    """
    match = _CHAINAGE.fullmatch(text.strip())
    if match is None:
        raise ValueError(message("“{text}” is not a chainage; expected PK 33+100", text=text))
    return float(int(match[1]) * 1000 + int(match[2] or 0))
