"""What a report states besides a place, and whether it fits."""

from __future__ import annotations

from collections.abc import Iterable

from geo.gazetteer import remarks
from geo.gazetteer.bands import Band, leads, lies, stone_band
from geo.gazetteer.case import Case
from geo.gazetteer.reading import Chainage, Distance
from geo.gazetteer.windows import Window
from geo.geodesy import distance_m
from geo.i18n import Message
from geo.records import Place
from geo.roads.axes import Axis
from geo.roads.stretches import Spot


def check(case: Case, axis: Axis, distance: Distance, place: Place | None) -> float | None:
    """Remark whether a stated distance fits a place; return how exact it is when it does."""
    origin = case.resolution.place(distance.name)
    if origin is None:
        return None
    if place is None:
        case.doubt(remarks.no_fit(distance.said))
        return None
    if origin == place:
        return None
    if distance.bearing_deg is not None and not lies(place, origin, distance.bearing_deg):
        case.doubt(remarks.other_side(distance.said))
        return None
    found = [distance_m(place.lon, place.lat, origin.lon, origin.lat)]
    here, there = (case.land.roads.spots(p).get(axis.axis_id) for p in (place, origin))
    if here is not None and there is not None:
        found.insert(0, abs(here.measure_m - there.measure_m))
    # Reports count along the road or as the crow flies; the road is asked first.
    for value in found:
        off_m = distance.off_m(value)
        if off_m <= (distance.tolerance_km - distance.range_km) * 1000 + place.accuracy_m:
            case.notes.append(remarks.agrees(distance.said, off_m))
            return distance.exactness_m
    case.doubt(remarks.differs(distance.said, found[0]))
    return None


def check_stone(case: Case, chainage: Chainage, spot: Spot) -> float | None:
    """Remark whether a stated kilometre fits a place; return how exact it is when it does.

    A named place is surer: reports often count from the nearest town.
    """
    band = stone_band(chainage)
    off_m = max(band.low_m - spot.measure_m, spot.measure_m - band.high_m, 0.0)
    if off_m > 0:
        case.doubt(remarks.counted_elsewhere(chainage.said))
        return None
    case.notes.append(remarks.agrees(chainage.said, abs(band.nominal_m - spot.measure_m)))
    return band.high_m - band.nominal_m


def words_of(case: Case) -> list[str | Message]:
    """Return the words for the distances and kilometres that were stated, of known names."""
    distances = [d.said for d in case.reading.distances if case.resolution.place(d.name)]
    return [*distances, *(chainage.said for chainage in case.reading.chainages)]


def one_side(case: Case, window: Window, place: Place, band: Band) -> tuple[float, float]:
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


def origins(case: Case) -> Iterable[Place]:
    """Yield the places that distances are counted from."""
    for distance in case.reading.distances:
        place = case.resolution.place(distance.name)
        if place is not None:
            yield place
