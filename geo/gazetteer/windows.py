"""Which part of which road a reading is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geo.gazetteer import remarks
from geo.gazetteer.case import Case
from geo.gazetteer.reading import Distance, Subject
from geo.gazetteer.spreads import ROUGH_PLACE_M
from geo.records import Place
from geo.roads.axes import Axis
from geo.roads.referencing import measure_of

ON_CHAIN_POINTS, BESIDE_POINTS, REF_POINTS, PAIR_POINTS, HAS_REF_POINTS = 2, 1, 3, 6, 0.5
"""What speaks for a road: names on it, names beside it, its number, both ends, being numbered."""
WHOLE_POINTS = 1.0
"""Joining the two places and nothing else: the branch over Parou is what “the Bandiagara–Bankass
road” means, though the RN15 through both, to Sévaré and Koro, has a shorter way between them."""

HALFWAY_SHARE = 0.1
"""“Halfway” is a round figure: off by this share of the way to either side."""


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a road that a reading speaks of.

    Parameters
    ----------
    axis
        The road.
    low_m, high_m
        Its part, ascending.
    ends
        Places that bound it, in the order of the text; ``None`` for a whole road.
    stated
        Whether the reading says that it was on this road.
    """

    axis: Axis
    low_m: float
    high_m: float
    ends: tuple[Place, Place] | None
    stated: bool


def windows(case: Case) -> Iterator[Window]:
    """Yield the parts of roads that a reading may be about, the best stated first.

    First the road between two places that are named as its ends, then the road that a number
    names, last a road that the named places share.
    """
    points = _points(case)
    for find in (_between, _by_ref, _by_names):
        window = find(case, points)
        if window is not None:
            yield window


def _points(case: Case) -> dict[str, float]:
    """Return by road how many of the names speak for it."""
    named = [choice.place for choice in case.resolution.choices.values()]
    points: dict[str, float] = {}
    for place in named:
        for axis_id, spot in case.land.roads.spots(place).items():
            worth = BESIDE_POINTS if spot.offset_m else ON_CHAIN_POINTS
            points[axis_id] = points.get(axis_id, 0) + worth
    for axis in case.land.roads.numbered(case.reading.roads):
        inside = case.country is None or case.country in axis.country_set
        points[axis.axis_id] = points.get(axis.axis_id, 0) + (REF_POINTS if inside else 0)
    for axis_id in points:
        # Of two names for one road, the one that drivers know.
        points[axis_id] += HAS_REF_POINTS if case.land.atlas.axes[axis_id].ref else 0
    subject = case.subject
    if subject is not None and case.place(subject).accuracy_m >= ROUGH_PLACE_M:
        place = case.place(subject)
        for axis_id in points:
            offset_m = measure_of(case.land.atlas.axes[axis_id], place.lon, place.lat)[1]
            points[axis_id] += ON_CHAIN_POINTS if offset_m <= place.accuracy_m else 0
    return points


def _pairs(case: Case) -> list[tuple[Place, Place]]:
    found = []
    for between in case.reading.betweens:
        places = [place for name in between.names if (place := case.resolution.place(name))]
        if len(places) > 1 and places[0] != places[-1]:
            found.append((places[0], places[-1]))
    return found


def _between(case: Case, points: dict[str, float]) -> Window | None:
    """Return the stretch between the places that a reading names as its ends."""
    roads = case.land.roads
    stretches: dict[str, list[tuple[float, float, tuple[Place, Place]]]] = {}
    for pair in _pairs(case):
        for stretch in roads.between(*pair):
            stretches.setdefault(stretch.axis.axis_id, []).append(
                (stretch.low_m, stretch.high_m, pair)
            )
    if not stretches:
        return None
    # What is named first is what the report is about: its roads, if it has any, are the choice.
    first = {axis_id for axis_id, parts in stretches.items() if parts[0][2] == _pairs(case)[0]}
    for axis_id in stretches.keys() - first if first else ():
        del stretches[axis_id]

    def worth(axis_id: str) -> tuple[float, float]:
        parts = stretches[axis_id]
        shortest_m = min(high - low for low, high, _ in parts)
        axis = roads.axes[axis_id]
        whole = any((low, high) == (axis.start_m, axis.end_m) for low, high, _ in parts)
        spoken = len(parts) * PAIR_POINTS + points.get(axis_id, 0) + whole * WHOLE_POINTS
        return spoken, -shortest_m

    axis_id = max(stretches, key=worth)
    parts = sorted(stretches[axis_id], key=lambda part: part[1] - part[0])
    low_m, high_m, ends = parts[0]
    joining = [other for other, found in stretches.items() if ends in {pair for *_, pair in found}]
    _say_other_roads(case, axis_id, joining)
    for low, high, pair in parts[1:]:
        if max(low, low_m) < min(high, high_m):
            low_m, high_m = max(low, low_m), min(high, high_m)
        else:
            case.doubt(remarks.apart(ends, pair))
    if any(between.halfway for between in case.reading.betweens):
        low_m, high_m = middle_of(low_m, high_m)
    return _nearer_half(case, Window(roads.axes[axis_id], low_m, high_m, ends, stated=True))


def middle_of(low_m: float, high_m: float) -> tuple[float, float]:
    """Return the part around the middle of a stretch that “halfway” means."""
    middle_m, reach_m = (low_m + high_m) / 2, HALFWAY_SHARE * (high_m - low_m)
    return middle_m - reach_m, middle_m + reach_m


def _say_other_roads(case: Case, chosen: str, axis_ids: Iterable[str]) -> None:
    """Remark on a road of the same number that joins the same places as well."""
    axes = case.land.atlas.axes
    for axis_id in axis_ids:
        if axis_id != chosen and axes[axis_id].ref == axes[chosen].ref != "":
            case.notes.append(remarks.also_joined(axes[axis_id]))


def _nearer_half(case: Case, window: Window) -> Window:
    """Keep the half next to the end that the report says was closer."""
    middle = (window.low_m + window.high_m) / 2
    for name in case.reading.closer:
        place = case.resolution.place(name)
        spot = case.land.roads.spots(place).get(window.axis.axis_id) if place else None
        if spot is not None:
            low, high = (
                (window.low_m, middle) if spot.measure_m < middle else (middle, window.high_m)
            )
            return Window(window.axis, low, high, window.ends, window.stated)
    return window


def _by_ref(case: Case, points: dict[str, float]) -> Window | None:
    """Return the road that a number names, if the other names lie on it or it is the only one."""
    axes = [
        axis
        for axis in case.land.roads.numbered(case.reading.roads)
        if case.country is None or case.country in axis.country_set
    ]
    if not axes:
        return None
    best = max(axes, key=lambda axis: (points[axis.axis_id], axis.length_m))
    if any(True for _ in case.reading.names()):
        # Other places were named: the road must be theirs.
        if points[best.axis_id] <= REF_POINTS + HAS_REF_POINTS:
            return None
    elif len(axes) > 1:
        return None
    return Window(best, best.start_m, best.end_m, None, stated=True)


def _by_names(case: Case, points: dict[str, float]) -> Window | None:
    """Return a road that the named places share, or the only one of the place itself."""
    reading, roads = case.reading, case.land.roads
    origins: list[Subject | Distance] = [*reading.distances]
    if case.subject is not None:
        origins.insert(0, case.subject)
    aims = [place for name in reading.roads_to if (place := case.resolution.place(name))]
    aims += [p for d in reading.distances if d.towards and (p := case.resolution.place(d.towards))]
    for aim in aims:
        for origin in origins:
            here = case.place(origin)
            found = roads.between(here, aim)
            if found:
                best = max(found, key=lambda s: (points.get(s.axis.axis_id, 0), -s.length_m))
                return Window(best.axis, best.low_m, best.high_m, (here, aim), stated=True)
    places = list(dict.fromkeys(case.place(origin) for origin in origins))
    if len(places) > 1:
        shared = set(roads.spots(places[0]))
        for place in places[1:]:
            shared &= roads.spots(place).keys()
        if shared:
            axis = roads.axes[max(sorted(shared), key=lambda axis_id: points[axis_id])]
            return Window(axis, axis.start_m, axis.end_m, None, stated=False)
    if case.subject is not None:
        chains = case.land.atlas.axes_of.get(case.place(case.subject).place_id, ())
        if len(chains) == 1:
            axis = roads.axes[chains[0]]
            return Window(axis, axis.start_m, axis.end_m, None, stated=False)
    return None
