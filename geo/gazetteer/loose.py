"""Names that follow a distance or a stretch: the place itself when they fit it, else context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.gazetteer.folding import fold
from geo.gazetteer.land import Land
from geo.gazetteer.reading import Between, Closeness, Distance, Reading, Subject
from geo.gazetteer.resolving import Resolution
from geo.gazetteer.spreads import subject_m
from geo.geodesy import distance_m
from geo.records import Place

DETOUR_AT_MOST = 1.15
"""A place lies between two others when the way over it is longer by no more than this."""


def settle(reading: Reading, resolution: Resolution, land: Land, *, coarse: bool) -> Reading:
    """Return a reading whose loose names are subjects where they fit, and nothing else.

    “20 km from Djibo, Touronata” is at Touronata, which lies there; “20 km from Douentza, the bus
    for Sévaré” is not at Sévaré.  What lies 12 km from Ménaka is not at Ménaka, unless a
    ``coarse`` reading of columns says so.
    """
    named = [place for s in reading.subjects if (place := resolution.place(s.name)) is not None]
    # “Near Fatoma, 20 km from Sévaré, Mopti”: the last name is the region of the first.
    units = {fold(unit) for place in named for unit in (place.adm1, place.adm2)}
    taken = [
        subject
        for subject in reading.loose
        if (place := resolution.place(subject.name)) is not None
        and subject.name.key not in units
        and (
            any(_at_distance(place, stated, resolution) for stated in reading.distances)
            or any(_on_the_way(place, between, resolution, land) for between in reading.betweens)
        )
    ]
    kept = [
        subject
        for subject in reading.subjects
        if not _counted_from(subject, reading.distances, resolution)
        or (coarse and subject.closeness is Closeness.AT)
    ]
    return replace(reading, subjects=(*kept, *taken), loose=())


def _counted_from(subject: Subject, distances: Sequence[Distance], resolution: Resolution) -> bool:
    """Return whether a distance beyond the reach of a place itself is counted from it."""
    place = resolution.place(subject.name)
    reach_m = subject_m(place, subject.closeness, confirmed=False) if place else 0.0
    return place is not None and any(
        resolution.place(stated.name) == place and stated.km * 1000 > reach_m
        for stated in distances
    )


def _at_distance(place: Place, stated: Distance, resolution: Resolution) -> bool:
    origin = resolution.place(stated.name)
    if origin is None or origin == place:
        return False
    found_m = distance_m(place.lon, place.lat, origin.lon, origin.lat)
    return stated.off_m(found_m) <= stated.tolerance_km * 1000 + place.accuracy_m


def _on_the_way(place: Place, between: Between, resolution: Resolution, land: Land) -> bool:
    ends = [end for name in between.names if (end := resolution.place(name)) is not None]
    if len(ends) <= 1 or place in ends:
        return False
    spots = land.roads.spots(place)
    stretches = land.roads.between(ends[0], ends[-1])
    for stretch in stretches:
        spot = spots.get(stretch.axis.axis_id)
        if spot is not None and stretch.low_m < spot.measure_m < stretch.high_m:
            return True
    if stretches:
        return False
    direct_m = distance_m(ends[0].lon, ends[0].lat, ends[-1].lon, ends[-1].lat)
    over_m = sum(distance_m(place.lon, place.lat, end.lon, end.lat) for end in (ends[0], ends[-1]))
    return over_m <= DETOUR_AT_MOST * direct_m
