"""Place what a reading says along a river: on the water, never on a road."""

from __future__ import annotations

import numpy as np

from geo.gazetteer import wording
from geo.gazetteer.case import Case
from geo.gazetteer.reading import Distance
from geo.gazetteer.spreads import place_m
from geo.records import Place, Placement, PlacementKind
from geo.roads.axes import Axis
from geo.roads.referencing import point_at, slice_between

BEND_SHARE = 0.2
"""A river strays from the straight leg between two places of its chain by up to this share of it:
measured against the lines of ``layers/rivers.geojson``."""


def place_on_river(case: Case) -> Placement | None:
    """Return the placement on the river that a reading is about, ``None`` when it is not on one.

    Between two places of the river, or so far up or down the river from one.  A place beside
    the river is placed as any other (:func:`geo.gazetteer.offroad.place_off_road`).
    """
    for between in case.reading.betweens:
        places = [place for name in between.names if (place := case.resolution.place(name))]
        river = _river(case, places) if len(places) > 1 else None
        if river is not None and case.subject is None:
            return _between(case, river, places[0], places[-1])
    for distance in case.reading.distances:
        place = case.resolution.place(distance.name)
        river = _river(case, [place]) if place is not None else None
        if (
            river is not None
            and place is not None
            and case.subject is None
            and _way(case, distance)
        ):
            return _from(case, river, place, distance)
    return None


def _river(case: Case, places: list[Place]) -> Axis | None:
    """Return the river on which all places stand: one of those named, or “the river”."""
    said = {river.key for river in case.reading.rivers if river.key}
    spots = [case.land.rivers.spots(place) for place in places]
    for axis_id, axis in case.land.rivers.axes.items():
        if (not said or axis.name.casefold() in said) and all(axis_id in found for found in spots):
            return axis
    return None


def _way(case: Case, distance: Distance) -> int | None:
    """Return whether a distance leads down the river (1) or up (-1); ``None`` when untold."""
    if distance.stream or distance.towards is None:
        return distance.stream or None
    aim, start = case.resolution.place(distance.towards), case.resolution.place(distance.name)
    river = _river(case, [start, aim]) if start is not None and aim is not None else None
    if river is None or start is None or aim is None:
        return None
    spots = case.land.rivers.spots
    ahead_m = spots(aim)[river.axis_id].measure_m - spots(start)[river.axis_id].measure_m
    return int(np.sign(ahead_m)) or None


def _between(case: Case, river: Axis, first: Place, last: Place) -> Placement:
    ends_m = sorted(case.land.rivers.spots(p)[river.axis_id].measure_m for p in (first, last))
    low_m, high_m = max(ends_m[0], river.start_m), min(ends_m[1], river.end_m)
    middle_m = (low_m + high_m) / 2
    spread_m = middle_m - low_m + _stray_m(river, middle_m)
    return case.finish(
        PlacementKind.ALONG, slice_between(river, low_m, high_m), point_at(river, middle_m),
        spread_m, head=wording.along_river(river, first, last), places=[first, last],
    )  # fmt: skip


def _from(case: Case, river: Axis, place: Place, distance: Distance) -> Placement:
    start_m = case.land.rivers.spots(place)[river.axis_id].measure_m
    aimed_m = start_m + (_way(case, distance) or 0) * distance.km * 1000
    measure_m = float(np.clip(aimed_m, river.start_m, river.end_m))
    lon, lat = point_at(river, measure_m)
    # Beyond the ends of the chain nobody here knows where the river goes on.
    beyond_m = abs(aimed_m - measure_m)
    spread_m = distance.tolerance_km * 1000 + place_m(place) + _stray_m(river, measure_m) + beyond_m
    head = wording.on_river(river, distance.said)
    return case.point(PlacementKind.NEAR, lon, lat, spread_m, head=head, places=[place])


def _stray_m(river: Axis, measure_m: float) -> float:
    """Return how far the river may be from its chain at a measure."""
    after = int(np.clip(np.searchsorted(river.measures_m, measure_m), 1, len(river.place_ids) - 1))
    return BEND_SHARE * float(river.measures_m[after] - river.measures_m[after - 1])
