"""Place what a reading says along a road."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from geo.gazetteer import wording
from geo.gazetteer.bands import Band, bands, leads
from geo.gazetteer.case import Case
from geo.gazetteer.reading import Closeness, Distance, Subject
from geo.gazetteer.spreads import (
    CONFIRMING_TOLERANCE_M,
    ROUGH_PLACE_M,
    place_m,
    subject_m,
)
from geo.geodesy import distance_m
from geo.records import Place, Placement, PlacementKind
from geo.roads.axes import Axis
from geo.roads.referencing import measure_of, point_at, slice_between

ON_CHAIN_POINTS, BESIDE_POINTS, REF_POINTS, PAIR_POINTS, HAS_REF_POINTS = 2, 1, 3, 6, 0.5
_REF = re.compile(r"([A-Z]+)(\d+)")


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


def place_on_road(case: Case) -> Placement | None:
    """Return the placement on the road that a reading is about, ``None`` when there is none."""
    points = _points(case)
    for find in (_between, _by_ref, _by_names):
        window = find(case, points)
        placement = place_in_window(case, window) if window is not None else None
        if placement is not None:
            return placement
        if window is not None and case.subject is None:
            return None
    return None


def place_in_window(case: Case, window: Window) -> Placement | None:
    """Return the placement inside a part of a road."""
    found = _pieces(case, window)
    if case.subject is not None:
        return _place_subject(case, window, case.subject, found)
    if not window.stated and not found:
        return None
    if len(found) == 1:
        return _at_distance(case, window, found[0])
    if len(found) > 1:
        return _either_side(case, window)
    for distance in case.reading.distances:
        _check(case, window.axis, distance, None)
    return _along(case, window)


def _place_subject(
    case: Case, window: Window, subject: Subject, found: list[Band]
) -> Placement | None:
    place = case.place(subject)
    if subject.closeness is not Closeness.AT and not window.stated and not found:
        # “In the area of Hombori” does not say that it was on the road.
        return None
    if place.accuracy_m >= ROUGH_PLACE_M and (found or window.stated):
        return _rough_subject(case, window, subject, found)
    if window.axis.axis_id in case.land.roads.spots(place):
        return _subject(case, window, subject, place)
    return None


def _points(case: Case) -> dict[str, float]:
    """Return by road how many of the names speak for it."""
    named = [choice.place for choice in case.resolution.choices.values()]
    points: dict[str, float] = {}
    for place in named:
        for axis_id, spot in case.land.roads.spots(place).items():
            worth = BESIDE_POINTS if spot.offset_m else ON_CHAIN_POINTS
            points[axis_id] = points.get(axis_id, 0) + worth
    for axis in case.land.atlas.axes.values():
        if any(same_ref(ref, said) for ref in axis.refs for said in case.reading.roads):
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


def same_ref(one: str, other: str) -> bool:
    """Return whether two road numbers are the same road: ``RN4`` is ``N4``."""
    first, second = _REF.fullmatch(one), _REF.fullmatch(other)
    if first is None or second is None:
        return False
    return first[2] == second[2] and first[1].replace("RN", "N") == second[1].replace("RN", "N")


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

    def worth(axis_id: str) -> tuple[float, float]:
        parts = stretches[axis_id]
        shortest_m = min(high - low for low, high, _ in parts)
        return len(parts) * PAIR_POINTS + points.get(axis_id, 0), -shortest_m

    axis_id = max(stretches, key=worth)
    _say_other_roads(case, axis_id, stretches)
    parts = sorted(stretches[axis_id], key=lambda part: part[1] - part[0])
    low_m, high_m, ends = parts[0]
    for low, high, pair in parts[1:]:
        if max(low, low_m) < min(high, high_m):
            low_m, high_m = max(low, low_m), min(high, high_m)
        else:
            case.notes.append(wording.apart(ends, pair))
    return _nearer_half(case, Window(roads.axes[axis_id], low_m, high_m, ends, stated=True))


def _say_other_roads(case: Case, chosen: str, axis_ids: Iterable[str]) -> None:
    """Remark on a road of the same number that joins the same places as well."""
    axes = case.land.atlas.axes
    for axis_id in axis_ids:
        if axis_id != chosen and axes[axis_id].ref == axes[chosen].ref != "":
            case.notes.append(wording.also_joined(axes[axis_id]))


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
        for axis in case.land.atlas.axes.values()
        if any(same_ref(ref, said) for ref in axis.refs for said in case.reading.roads)
        and (case.country is None or case.country in axis.country_set)
    ]
    if not axes:
        return None
    best = max(axes, key=lambda axis: (points[axis.axis_id], axis.length_m))
    if len(axes) > 1 and points[best.axis_id] <= REF_POINTS and not case.reading.names():
        case.notes.append(wording.several_roads(best, axes))
    if next(iter(case.reading.names()), None) and points[best.axis_id] <= REF_POINTS:
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


def _aims(case: Case, distance: Distance) -> list[Place]:
    names = [distance.towards] if distance.towards else []
    names += case.reading.roads_to
    return [place for name in names if (place := case.resolution.place(name))]


def _pieces(case: Case, window: Window) -> list[Band]:
    """Return what is left of a window by the stated distances; remark on those that do not fit."""
    found: list[Band] | None = None
    for distance in case.reading.distances:
        place = case.resolution.place(distance.name)
        if place is None:
            continue
        parts = bands(window.axis, distance, place, case.land.roads, _aims(case, distance))
        cut = [b for part in parts if (b := part.cut(window.low_m, window.high_m))]
        if found is not None:
            cut = [b for one in found for part in cut if (b := one.cut(part.low_m, part.high_m))]
        if cut:
            found = cut
    return found or []


def _check(case: Case, axis: Axis, distance: Distance, place: Place | None) -> float | None:
    """Remark whether a stated distance fits a place; return its tolerance when it does."""
    origin = case.resolution.place(distance.name)
    if origin is None:
        return None
    if place is None:
        case.notes.append(wording.no_fit(distance.said))
        return None
    if origin == place:
        return None
    found = [distance_m(place.lon, place.lat, origin.lon, origin.lat)]
    here, there = (case.land.roads.spots(p).get(axis.axis_id) for p in (place, origin))
    if here is not None and there is not None:
        found.insert(0, abs(here.measure_m - there.measure_m))
    # Reports count along the road or as the crow flies; the road is asked first.
    for value in found:
        off_m = distance.off_m(value)
        if off_m <= (distance.tolerance_km - distance.range_km) * 1000 + place.accuracy_m:
            case.notes.append(wording.agrees(distance.said, off_m))
            return distance.tolerance_km * 1000
    case.notes.append(wording.differs(distance.said, found[0]))
    return None


def _subject(case: Case, window: Window, subject: Subject, place: Place) -> Placement:
    """Place an event at or near a place of the road."""
    axis = window.axis
    spot = case.land.roads.spots(place)[axis.axis_id]
    tolerances = [_check(case, axis, distance, place) for distance in case.reading.distances]
    fitting = [tolerance for tolerance in tolerances if tolerance is not None]
    confirmed = bool(fitting) and min(fitting) <= CONFIRMING_TOLERANCE_M
    radius_m = subject_m(place, subject.closeness, confirmed=confirmed)
    low, high = (
        max(axis.start_m, spot.measure_m - radius_m),
        min(axis.end_m, spot.measure_m + radius_m),
    )
    measure_m, spread_m = spot.measure_m, radius_m
    ends = window.ends
    if ends is not None and not (
        window.low_m - radius_m <= spot.measure_m <= window.high_m + radius_m
    ):
        case.notes.append(wording.outside(place, ends))
        ends = None
    elif window.stated:
        low, high = max(low, window.low_m), min(high, window.high_m)
    if subject.closeness is not Closeness.AT and window.stated:
        low, high = _one_side(case, window, place, Band(low, spot.measure_m, high))
        if not low < spot.measure_m < high and not confirmed:
            measure_m = (low + high) / 2
    if high <= low:
        low, high = max(axis.start_m, measure_m - radius_m), min(axis.end_m, measure_m + radius_m)
    kind = PlacementKind.PLACE if subject.closeness is Closeness.AT else PlacementKind.NEAR
    on_spot = measure_m == spot.measure_m and (kind is PlacementKind.PLACE or not spot.offset_m)
    lon, lat = (place.lon, place.lat) if on_spot else point_at(axis, measure_m)
    words = wording.on_road if kind is PlacementKind.PLACE else wording.on_road_near
    head = words(axis, measure_m, place)
    if ends is not None and place not in ends:
        head = wording.comma(head, wording.between(ends))
    elif ends is not None:
        other = ends[1] if place == ends[0] else ends[0]
        head = wording.comma(head, wording.on_the_way(other))
    spread_m, others = case.with_companions(place, spread_m)
    used = [place, *others, *(ends or ()), *_origins(case)]
    return case.point(
        kind, lon, lat, spread_m, head=head, places=used, stretch=(axis.axis_id, low, high)
    )


def _one_side(case: Case, window: Window, place: Place, band: Band) -> tuple[float, float]:
    """Keep the side of a place that the report tells: “north of X”."""
    low, at_m, high = band.low_m, band.nominal_m, band.high_m
    for bearing in case.reading.bearings:
        if case.resolution.place(bearing.name) != place:
            continue
        ahead = high > at_m and leads(window.axis, place, high, bearing.bearing_deg)
        behind = low < at_m and leads(window.axis, place, low, bearing.bearing_deg)
        if ahead and not behind:
            return at_m, high
        if behind and not ahead:
            return low, at_m
    return low, high


def _origins(case: Case) -> Iterable[Place]:
    for distance in case.reading.distances:
        place = case.resolution.place(distance.name)
        if place is not None:
            yield place


def _rough_subject(
    case: Case, window: Window, subject: Subject, found: list[Band]
) -> Placement | None:
    """Place an event at a place whose position is rough: the road and the distances decide."""
    axis, place = window.axis, case.place(subject)
    measure_m, offset_m = measure_of(axis, place.lon, place.lat)
    radius_m = subject_m(place, subject.closeness, confirmed=False)
    prior = Band(measure_m - radius_m, measure_m, measure_m + radius_m)
    pieces = found or [Band(window.low_m, measure_m, window.high_m)]
    meeting = [band for piece in pieces if (band := prior.cut(piece.low_m, piece.high_m))]
    agreeing = offset_m <= radius_m and bool(meeting)
    if not agreeing:
        if not found and window.ends is None:
            return None
        case.notes.append(wording.elsewhere(place))
        meeting = pieces if found else [Band(window.low_m, measure_m, window.high_m)]
        if not found:
            return _along(case, window, [place])
    else:
        case.notes.append(wording.rough(place))
    band = meeting[0]
    if found:
        prior_m = band.nominal_m
        nominal = min(found, key=lambda piece: abs(piece.nominal_m - prior_m)).nominal_m
        band = Band(band.low_m, min(max(nominal, band.low_m), band.high_m), band.high_m)
    for distance in case.reading.distances if found and agreeing else ():
        case.notes.append(wording.used(distance.said))
    lon, lat = point_at(axis, band.nominal_m)
    kind = PlacementKind.PLACE if subject.closeness is Closeness.AT else PlacementKind.NEAR
    if agreeing:
        head = wording.on_road(axis, band.nominal_m, place)
    else:
        said = [distance.said for distance in case.reading.distances]
        head = wording.by_distance(axis, band.nominal_m, wording.listed(said))
    if window.ends is not None and place not in window.ends:
        head = wording.comma(head, wording.between(window.ends))
    spread_m = max(band.high_m - band.nominal_m, band.nominal_m - band.low_m, place_m_floor(place))
    spread_m, others = case.with_companions(place, spread_m)
    used = [place, *others, *(window.ends or ()), *_origins(case)]
    stretch = (axis.axis_id, band.low_m, band.high_m)
    return case.point(kind, lon, lat, spread_m, head=head, places=used, stretch=stretch)


def place_m_floor(place: Place) -> float:
    """Return the smallest spread of a placement at a place: its extent, not its uncertainty."""
    return min(place_m(place), 2_000.0)


def _at_distance(case: Case, window: Window, band: Band) -> Placement:
    """Place an event where a stated distance leads."""
    axis = window.axis
    said = [d.said for d in case.reading.distances if case.resolution.place(d.name)]
    origins = list(_origins(case))
    lon, lat = point_at(axis, band.nominal_m)
    head = wording.by_distance(axis, band.nominal_m, wording.listed(said))
    if window.ends is not None:
        head = wording.comma(head, wording.between(window.ends))
    spread_m = max(band.high_m - band.nominal_m, band.nominal_m - band.low_m)
    spread_m += min(place.accuracy_m for place in origins)
    places = [*origins, *(window.ends or ())]
    stretch = (axis.axis_id, band.low_m, band.high_m)
    return case.point(
        PlacementKind.NEAR, lon, lat, spread_m, head=head, places=places, stretch=stretch
    )


def _either_side(case: Case, window: Window) -> Placement | None:
    """Place an event at a distance that leads to both sides: around the place it starts from."""
    axis = window.axis
    for distance in case.reading.distances:
        place = case.resolution.place(distance.name)
        spot = case.land.roads.spots(place).get(axis.axis_id) if place else None
        if place is None or spot is None:
            continue
        reach_m = (distance.km + distance.tolerance_km) * 1000
        low = max(window.low_m, spot.measure_m - reach_m)
        high = min(window.high_m, spot.measure_m + reach_m)
        head = wording.either_side(axis, distance.said, place)
        lon, lat = point_at(axis, spot.measure_m)
        stretch = (axis.axis_id, low, high)
        return case.point(
            PlacementKind.NEAR, lon, lat, reach_m, head=head, places=[place], stretch=stretch
        )
    return None


def _along(case: Case, window: Window, places: Iterable[Place] = ()) -> Placement:
    """Place an event somewhere along a stretch."""
    axis, low, high = window.axis, window.low_m, window.high_m
    middle = point_at(axis, (low + high) / 2)
    ends = window.ends
    if ends is not None:
        first, last = (case.land.roads.spots(end)[axis.axis_id].measure_m for end in ends)
        head = (
            wording.along(axis, first, last, ends)
            if {first, last} == {low, high}
            else wording.along(axis, low, high, None)
        )
    else:
        head = wording.along(axis, low, high, None)
    line = slice_between(axis, low, high)
    used = [*places, *(ends or ())]
    stretch = (axis.axis_id, low, high)
    return case.finish(
        PlacementKind.ALONG, line, middle, (high - low) / 2, head=head, places=used, stretch=stretch
    )
