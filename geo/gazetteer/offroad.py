"""Place what a reading says away from the known roads, or over two of them."""

from __future__ import annotations

from shapely.geometry import LineString

from geo.gazetteer import remarks, wording
from geo.gazetteer.bands import DETOUR, lies
from geo.gazetteer.case import Case
from geo.gazetteer.reading import Closeness, Distance, Subject
from geo.gazetteer.spreads import CONFIRMING_TOLERANCE_M, place_m, subject_m
from geo.gazetteer.windows import HALFWAY_SHARE
from geo.geodesy import azimuth_deg, destination, distance_m
from geo.records import Place, Placement, PlacementKind
from geo.roads.referencing import point_at, slice_between
from geo.roads.stretches import Stretch

BEARING_SPREAD = 0.4
"""A compass word is good to 22.5° either way: sin 22.5° of the distance."""
BESIDE_REACH_M = 25_000.0
"""How far “north of X” reaches when nobody says how far."""
LONGEST_STRAIGHT_M = 200_000.0
"""Two places further apart than this, with no known road between, do not bound a place."""


def place_off_road(case: Case) -> Placement | None:
    """Return the placement by the places alone, ``None`` when only areas are named."""
    if case.subject is not None:
        return _subject(case, case.subject)
    ends = _ends(case)
    joined = case.land.roads.joined(*ends) if ends is not None else None
    if ends is not None and joined is not None:
        return _over_two_roads(case, ends, joined)
    for distance in case.reading.distances:
        if distance.name.key in case.resolution.choices:
            return _distance(case, distance, ends)
    return _loosely(case, ends)


def _loosely(case: Case, ends: tuple[Place, Place] | None) -> Placement | None:
    """Place an event between two places that no road joins, or on a road that leads somewhere."""
    if ends is not None and distance_m(*_xy(ends[0]), *_xy(ends[1])) <= LONGEST_STRAIGHT_M:
        return _straight(case, ends)
    for name in (*case.reading.roads_to, *case.reading.closer):
        if name.key in case.resolution.choices:
            return _subject(case, Subject(name, Closeness.AREA))
    return None


def _xy(place: Place) -> tuple[float, float]:
    return place.lon, place.lat


def _ends(case: Case) -> tuple[Place, Place] | None:
    for between in case.reading.betweens:
        places = [place for name in between.names if (place := case.resolution.place(name))]
        if len(places) > 1 and places[0] != places[-1]:
            return places[0], places[-1]
    return None


def _subject(case: Case, subject: Subject) -> Placement:
    place = case.place(subject)
    confirmed = False
    for distance in case.reading.distances:
        origin = case.resolution.place(distance.name)
        if origin is None or origin == place:
            continue
        if distance.bearing_deg is not None and not lies(place, origin, distance.bearing_deg):
            case.doubt(remarks.other_side(distance.said))
            continue
        straight_m = distance_m(*_xy(place), *_xy(origin))
        tolerance_m = (distance.tolerance_km - distance.range_km) * 1000
        off_m = min(distance.off_m(straight_m), distance.off_m(straight_m * DETOUR))
        if off_m <= tolerance_m + place.accuracy_m:
            case.notes.append(remarks.agrees(distance.said, off_m))
            confirmed = confirmed or distance.exactness_m <= CONFIRMING_TOLERANCE_M
        else:
            case.doubt(remarks.differs(distance.said, straight_m))
    if subject.closeness is Closeness.AREA and not case.reading.distances:
        for bearing in case.reading.bearings:
            if case.resolution.place(bearing.name) == place:
                return _beside(case, place, bearing.bearing_deg)
    radius_m = subject_m(place, subject.closeness, confirmed=confirmed)
    if subject.closeness is Closeness.AT:
        kind, head = PlacementKind.PLACE, wording.at_place(place)
    elif subject.closeness is Closeness.NEAR:
        kind, head = PlacementKind.NEAR, wording.near_place(place, radius_m)
    else:
        kind, head = PlacementKind.NEAR, wording.area_place(place, radius_m)
    spread_m, others = case.with_companions(place, radius_m)
    return case.point(kind, *_xy(place), spread_m, head=head, places=[place, *others])


def _beside(case: Case, place: Place, bearing_deg: float) -> Placement:
    """Place an event to one side of a place: in the circle from its middle to the reach."""
    lon, lat = destination(*_xy(place), bearing_deg, BESIDE_REACH_M / 2)
    head = wording.beside_place(place, bearing_deg, BESIDE_REACH_M)
    spread_m, others = case.with_companions(place, BESIDE_REACH_M / 2 + place_m(place))
    return case.point(PlacementKind.NEAR, lon, lat, spread_m, head=head, places=[place, *others])


def _distance(case: Case, distance: Distance, ends: tuple[Place, Place] | None) -> Placement:
    place = case.place(distance)
    reach_m, tolerance_m = distance.km * 1000, distance.tolerance_km * 1000
    bearing, spread_m = distance.bearing_deg, tolerance_m + BEARING_SPREAD * reach_m
    aims = [distance.towards] if distance.towards else []
    aims += case.reading.roads_to
    for name in aims if bearing is None else ():
        aim = case.resolution.place(name)
        if aim is not None and aim != place:
            bearing = azimuth_deg(*_xy(place), *_xy(aim))
            reach_m /= DETOUR
            break
    if bearing is None and ends is not None and place in ends:
        bearing = azimuth_deg(*_xy(place), *_xy(ends[1] if place == ends[0] else ends[0]))
        reach_m /= DETOUR
    if bearing is None:
        head = wording.ring(distance.said, place)
        spread_m = reach_m + tolerance_m + place.accuracy_m
        return case.point(PlacementKind.NEAR, *_xy(place), spread_m, head=head, places=[place])
    lon, lat = destination(*_xy(place), bearing, reach_m)
    head = wording.from_place(distance.said, place)
    return case.point(
        PlacementKind.NEAR, lon, lat, spread_m + place.accuracy_m, head=head, places=[place]
    )


def _over_two_roads(
    case: Case, ends: tuple[Place, Place], way: tuple[Stretch, Stretch]
) -> Placement:
    """Place an event on a way over two roads: on one of them if a distance tells which."""
    total_m = way[0].length_m + way[1].length_m
    for distance in case.reading.distances:
        place = case.resolution.place(distance.name)
        if place not in ends:
            continue
        walked_m = distance.km * 1000 if place == ends[0] else total_m - distance.km * 1000
        part = way[0] if walked_m <= way[0].length_m else way[1]
        if 0 <= walked_m <= total_m:
            on_part_m = walked_m if part is way[0] else walked_m - way[0].length_m
            return _walked(case, distance, part, on_part_m)
    return _whole(case, ends, way)


def _walked(case: Case, distance: Distance, part: Stretch, on_part_m: float) -> Placement:
    sign = 1 if part.to_m >= part.from_m else -1
    measure_m = part.from_m + sign * on_part_m
    tolerance_m = distance.tolerance_km * 1000
    low, high = (
        max(part.low_m, measure_m - tolerance_m),
        min(part.high_m, measure_m + tolerance_m),
    )
    lon, lat = point_at(part.axis, measure_m)
    head = wording.by_distance(part.axis, measure_m, distance.said)
    place = case.place(distance)
    spread_m = tolerance_m + place.accuracy_m
    stretch = (part.axis.axis_id, low, high)
    return case.point(
        PlacementKind.NEAR, lon, lat, spread_m, head=head, places=[place], stretch=stretch
    )


def _whole(case: Case, ends: tuple[Place, Place], way: tuple[Stretch, Stretch]) -> Placement:
    lines = [slice_between(part.axis, part.from_m, part.to_m) for part in way]
    coordinates = [*lines[0].coords, *list(lines[1].coords)[1:]]
    half_m = (way[0].length_m + way[1].length_m) / 2
    part = way[0] if half_m <= way[0].length_m else way[1]
    on_part_m = half_m if part is way[0] else half_m - way[0].length_m
    sign = 1 if part.to_m >= part.from_m else -1
    middle = point_at(part.axis, part.from_m + sign * on_part_m)
    head = wording.over_roads([part.axis for part in way], ends)
    return case.finish(
        PlacementKind.ALONG, LineString(coordinates), middle, half_m, head=head, places=list(ends)
    )


def _straight(case: Case, ends: tuple[Place, Place]) -> Placement:
    length_m = distance_m(*_xy(ends[0]), *_xy(ends[1]))
    bearing = azimuth_deg(*_xy(ends[0]), *_xy(ends[1]))
    middle = destination(*_xy(ends[0]), bearing, length_m / 2)
    halfway = any(between.halfway for between in case.reading.betweens)
    spread_m = length_m * (HALFWAY_SHARE if halfway else 0.5) + max(place_m(end) for end in ends)
    line = LineString([_xy(ends[0]), _xy(ends[1])])
    return case.finish(
        PlacementKind.ALONG, line, middle, spread_m, head=wording.straight(ends), places=list(ends)
    )
