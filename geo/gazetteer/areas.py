"""Placements in regions: never on a road."""

from __future__ import annotations

from collections.abc import Sequence

from geo.gazetteer import wording
from geo.gazetteer.case import Case
from geo.gazetteer.land import Outline, is_first_level
from geo.gazetteer.reading import Area
from geo.gazetteer.spreads import AREA_M
from geo.i18n import Message
from geo.records import Place, Placement, PlacementKind

WIDEST_ENCLOSING_M = 60_000.0
"""Places further apart than this are not one area; the region is used instead."""

EVERYDAY_AREAS = frozenset(
    {"sahel", "est", "nord", "centre", "centreest", "centrenord", "centreouest", "centresud"}
)
"""Regions that are called like a side of any country: alone they say too little."""

Named = tuple[Outline, "str | Message"]


def area_placement(case: Case) -> Placement | None:
    """Return the placement in the areas that a reading names, or in the record's own region."""
    areas = [_area(case, area) for area in case.reading.areas]
    named = [found for found in areas if found is not None]
    if named:
        return _placement(case, named)
    if case.country is not None and case.adm1:
        own = case.land.region(case.country, case.adm1)
        if own is not None:
            return _placement(case, [(own, _region_name(case.country, case.adm1))])
    countries = case.reading.countries
    # A name nobody knows and a country column do not make “somewhere in Mali” of a village.
    if not countries and case.country and not case.resolution.unknown:
        countries = (case.country,)
    whole: list[Named] = [
        (found, wording.country_name(code))
        for code in countries
        if (found := case.land.country(code))
    ]
    return _placement(case, whole) if whole else None


def region_only(case: Case) -> Placement | None:
    """Return the placement of a record that its source places in a region only.

    Named areas come first, then the places named, if they lie close together, then the regions
    that the stated road crosses, then the record's own region.
    """
    if any(_area(case, area) for area in case.reading.areas):
        return area_placement(case)
    places = _subjects(case)
    if places:
        around = case.land.enclosing(places)
        if around.radius_m <= WIDEST_ENCLOSING_M:
            head = wording.around_places(places, around.radius_m)
            return _finish(case, around, head, places)
    crossed = _crossed(case)
    return _placement(case, crossed) if crossed else area_placement(case)


def _subjects(case: Case) -> list[Place]:
    found = [case.resolution.place(subject.name) for subject in case.reading.subjects]
    return [place for place in found if place is not None]


def _crossed(case: Case) -> list[Named]:
    """Return the regions that the roads of a reading pass through."""
    regions: dict[tuple[str, str], None] = {}
    for between in case.reading.betweens:
        places = [place for name in between.names if (place := case.resolution.place(name))]
        stretches = case.land.roads.between(places[0], places[-1]) if len(places) > 1 else []
        for stretch in stretches[:1]:
            axis = stretch.axis
            places += [
                case.land.gazetteer.places[place_id]
                for place_id, measure_m in zip(axis.place_ids, axis.measures_m, strict=True)
                if stretch.low_m <= measure_m <= stretch.high_m
            ]
        regions.update(dict.fromkeys((place.country, place.adm1) for place in places))
    return [
        (found, _region_name(country, adm1))
        for country, adm1 in sorted(regions)
        if (found := case.land.region(country, adm1))
    ]


def _area(case: Case, area: Area) -> Named | None:
    """Return the outline of an administrative unit or a named region."""
    if not area.level and area.name.key in EVERYDAY_AREAS and not case.country:
        return None
    countries = [case.country] if case.country else list(case.land.countries)
    return (
        _named_region(case, area, countries)
        or (_first_level(case, area, countries) if area.level in {"region", ""} else None)
        or (_second_level(case, area, countries) if area.level != "commune" else None)
        or _surroundings(case, area, countries)
    )


def _named_region(case: Case, area: Area, countries: Sequence[str]) -> Named | None:
    land = case.land
    for candidate in land.gazetteer.candidates(area.name.text, case.country, case.adm1):
        place = candidate.place
        if candidate.fuzzy or place.kind != "region" or place.country not in countries:
            continue
        whole = land.region(place.country, place.adm1) if is_first_level(place) else None
        if whole is None:
            return land.around(place, place.accuracy_m), place.name
        return whole, _region_name(place.country, place.adm1)
    return None


def _first_level(case: Case, area: Area, countries: Sequence[str]) -> Named | None:
    for country in countries:
        place = case.land.region_places.get((country, area.name.key))
        found = case.land.region(country, place.adm1) if place else None
        if place is not None and found is not None:
            return found, _region_name(country, place.adm1)
    return None


def _second_level(case: Case, area: Area, countries: Sequence[str]) -> Named | None:
    for country in countries:
        members = case.land.districts.get((country, area.name.key))
        if members:
            return case.land.enclosing(members), area.name.text
    return None


def _surroundings(case: Case, area: Area, countries: Sequence[str]) -> Named | None:
    gazetteer = case.land.gazetteer
    for candidate in gazetteer.candidates(area.name.text, case.country, case.adm1, limit=1):
        if not candidate.fuzzy and candidate.place.country in countries:
            return case.land.around(candidate.place, AREA_M), area.name.text
    return None


def _region_name(country: str, adm1: str) -> Message:
    return wording.region_name(adm1, country)


def _placement(case: Case, named: Sequence[Named]) -> Placement:
    area = case.land.union([found for found, _ in named])
    head = wording.in_region([name for _, name in named], own=area.own)
    return _finish(case, area, head, [])


def _finish(case: Case, area: Outline, head: Message, places: Sequence[Place]) -> Placement:
    middle = (area.lon, area.lat)
    return case.finish(
        PlacementKind.REGION, area.geometry, middle, area.radius_m, head=head, places=places
    )
