"""Place what a reading says along a road."""

from __future__ import annotations

from collections.abc import Iterable

from geo.gazetteer import remarks, wording
from geo.gazetteer.bands import Band, as_the_crow_flies, bands, stone_band
from geo.gazetteer.case import Case
from geo.gazetteer.checks import check, check_stone, one_side, origins, words_of
from geo.gazetteer.reading import Chainage, Closeness, Distance, Subject
from geo.gazetteer.spreads import (
    CONFIRMING_TOLERANCE_M,
    ROUGH_PLACE_M,
    place_m,
    subject_m,
)
from geo.gazetteer.windows import Window, windows
from geo.records import Place, Placement, PlacementKind
from geo.roads.referencing import measure_of, point_at, slice_between

FAR_FROM_ROAD_M = 20_000.0
"""A place so far from a road does not lie between two places of it."""


def place_on_road(case: Case) -> Placement | None:
    """Return the placement on the road that a reading is about, ``None`` when there is none."""
    for window in windows(case):
        placement = place_in_window(case, window)
        if placement is not None or case.subject is None:
            return placement
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
        check(case, window.axis, distance, None)
    for chainage in case.reading.chainages:
        case.doubt(remarks.no_fit(chainage.said))
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
    if window.ends is not None and place not in window.ends:
        _, offset_m = measure_of(window.axis, place.lon, place.lat)
        if offset_m > FAR_FROM_ROAD_M + place.accuracy_m:
            case.doubt(remarks.outside(place, window.ends))
            # “Between Douentza and Sévaré, Bandiagara area”: the two ends say more, and so they
            # do against a place in another country.
            abroad = place.country not in {end.country for end in window.ends}
            if subject.closeness is Closeness.AREA or abroad:
                return _along(case, window)
    return None


def _aims(case: Case, distance: Distance) -> list[Place]:
    names = [distance.towards] if distance.towards else []
    names += case.reading.roads_to
    return [place for name in names if (place := case.resolution.place(name))]


def _pieces(case: Case, window: Window) -> list[Band]:
    """Return what is left of a window by the stated distances and kilometres, if they meet it."""
    found: list[Band] | None = None
    stated = [
        (distance.said, _bands(case, window, distance, place))
        for distance in case.reading.distances
        if (place := case.resolution.place(distance.name)) is not None
    ]
    stated += [(stone.said, _stones(case, window, stone)) for stone in case.reading.chainages]
    for said, parts in stated:
        cut = [b for part in parts if (b := part.cut(window.low_m, window.high_m))]
        if found is not None:
            cut = [b for one in found for part in cut if (b := one.cut(part.low_m, part.high_m))]
        if cut:
            found = _inside(cut, window)
        elif found is not None and case.subject is None:
            case.doubt(remarks.no_fit(said))
    return found or []


def _stones(case: Case, window: Window, stone: Chainage) -> list[Band]:
    """Return where a stated kilometre is, counted from the first end where the road's do not fit.

    “PK 45 between Douentza and Boni” is 45 km from Douentza, though both lie beyond PK 172.
    """
    band = stone_band(stone)
    if window.ends is None or band.cut(window.low_m, window.high_m):
        return [band]
    case.notes.append(remarks.stone_from(stone.said, window.ends[0]))
    first, last = (case.land.roads.spots(end)[window.axis.axis_id].measure_m for end in window.ends)
    sign = 1 if last > first else -1
    nominal_m = first + sign * band.nominal_m
    half_m = (band.high_m - band.low_m) / 2
    return [Band(nominal_m - half_m, nominal_m, nominal_m + half_m)]


def _bands(case: Case, window: Window, distance: Distance, origin: Place) -> list[Band]:
    """Return where a distance leads: counted along the road, or else as the crow flies."""
    axis = window.axis
    along = bands(axis, distance, origin, case.land.roads, _aims(case, distance))
    if not window.stated or any(band.cut(window.low_m, window.high_m) for band in along):
        return along
    return as_the_crow_flies(axis, distance, origin)


def _inside(cut: list[Band], window: Window) -> list[Band]:
    """Drop pieces that only reach into a window by their tolerance, where others lie inside."""
    inside = [band for band in cut if window.low_m < band.nominal_m < window.high_m]
    return inside or cut


def _subject(case: Case, window: Window, subject: Subject, place: Place) -> Placement:
    """Place an event at or near a place of the road."""
    axis = window.axis
    spot = case.land.roads.spots(place)[axis.axis_id]
    exactness = [check(case, axis, distance, place) for distance in case.reading.distances]
    exactness += [check_stone(case, chainage, spot) for chainage in case.reading.chainages]
    fitting = [value for value in exactness if value is not None]
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
        case.doubt(remarks.outside(place, ends))
        if subject.closeness is Closeness.AREA:
            return _along(case, window)
        ends = None
    elif window.stated:
        low, high = max(low, window.low_m), min(high, window.high_m)
    if subject.closeness is not Closeness.AT and window.stated:
        low, high = one_side(case, window, place, Band(low, spot.measure_m, high))
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
    used = [place, *others, *(ends or ()), *origins(case)]
    return case.point(
        kind, lon, lat, spread_m, head=head, places=used, stretch=(axis.axis_id, low, high)
    )


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
        case.doubt(remarks.elsewhere(place))
        meeting = pieces if found else [Band(window.low_m, measure_m, window.high_m)]
        if not found:
            return _along(case, window, [place])
    else:
        case.notes.append(remarks.rough(place))
    band = meeting[0]
    if found:
        prior_m = band.nominal_m
        nominal = min(found, key=lambda piece: abs(piece.nominal_m - prior_m)).nominal_m
        band = Band(band.low_m, min(max(nominal, band.low_m), band.high_m), band.high_m)
    if found and agreeing:
        case.notes += map(remarks.used, words_of(case))
    lon, lat = point_at(axis, band.nominal_m)
    kind = PlacementKind.PLACE if subject.closeness is Closeness.AT else PlacementKind.NEAR
    if agreeing:
        head = wording.on_road(axis, band.nominal_m, place)
    else:
        head = wording.by_distance(axis, band.nominal_m, wording.listed(words_of(case)))
    if window.ends is not None and place not in window.ends:
        head = wording.comma(head, wording.between(window.ends))
    spread_m = max(band.high_m - band.nominal_m, band.nominal_m - band.low_m, place_m_floor(place))
    spread_m, others = case.with_companions(place, spread_m)
    used = [place, *others, *(window.ends or ()), *origins(case)]
    stretch = (axis.axis_id, band.low_m, band.high_m)
    return case.point(kind, lon, lat, spread_m, head=head, places=used, stretch=stretch)


def place_m_floor(place: Place) -> float:
    """Return the smallest spread of a placement at a place: its extent, not its uncertainty."""
    return min(place_m(place), 2_000.0)


def _at_distance(case: Case, window: Window, band: Band) -> Placement:
    """Place an event where a stated distance leads."""
    axis = window.axis
    starts = list(origins(case))
    if any(band.meets(stone_band(stone)) for stone in case.reading.chainages):
        first = case.land.gazetteer.places[axis.place_ids[0]]
        case.notes.append(remarks.counted_from(axis, first))
    lon, lat = point_at(axis, band.nominal_m)
    head = wording.by_distance(axis, band.nominal_m, wording.listed(words_of(case)))
    if window.ends is not None:
        head = wording.comma(head, wording.between(window.ends))
    spread_m = max(band.high_m - band.nominal_m, band.nominal_m - band.low_m)
    spread_m += min((place.accuracy_m for place in starts), default=0.0)
    places = [*starts, *(window.ends or ())]
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
