"""Placements in regions: never on a road."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Point

from geo.gazetteer import remarks, wording
from geo.gazetteer.borders import KM_PER_DEG, border_area, part_area
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

BORDER_RANK, COMMUNE_RANK, DISTRICT_RANK, REGION_RANK, PART_RANK = 4, 3, 2, 1, 0
"""From the narrowest kind of area to the widest."""

Named = tuple[Outline, "str | Message"]


@dataclass(frozen=True, slots=True)
class Ground:
    """An area that a report names; a higher rank is a smaller kind of unit."""

    outline: Outline
    name: str | Message
    rank: int


def area_placement(case: Case, *, coarse: bool = False) -> Placement | None:
    """Return the placement in the areas that a reading names, or in the record's own region.

    Areas of one kind are taken together, those of different kinds narrow each other: “Mopti and
    Gao regions” is both, “Bankass cercle, Mopti region” what they have in common.

    Parameters
    ----------
    case
        What was read.
    coarse
        Whether an unknown area may be passed over for the country alone.
    """
    grounds = named_grounds(case)
    if grounds:
        return _combined(case, grounds)
    if case.reading.areas and not coarse:
        return _whole_sahel(case)
    if case.country is not None and case.adm1:
        own = case.land.region(case.country, case.adm1)
        if own is not None:
            return _placement(case, [(own, _region_name(case.country, case.adm1))])
    countries = case.reading.countries
    # A country column alone does not make “somewhere in Mali” of a text without any place, a
    # border of it that is not known does.
    enough = coarse or bool(case.reading.borders or case.reading.parts)
    if not countries and case.country and enough and not case.resolution.unknown:
        countries = (case.country,)
    whole: list[Named] = [
        (found, wording.whole_country(code))
        for code in countries
        if (found := case.land.country(code))
    ]
    return _placement(case, whole) if whole else None


def _whole_sahel(case: Case) -> Placement | None:
    """Return the whole area where “the Sahel” is all that is said, or the country it is said of."""
    names = [area.name for area in case.reading.areas]
    if {name.key for name in names} != {"sahel"}:
        return None
    codes = [case.country] if case.country else case.land.countries
    grounds = [found for code in codes if (found := case.land.country(code))]
    if not grounds:
        return None
    case.doubt(remarks.whole_or_part(names[0].text))
    name = wording.whole_country(case.country) if case.country else wording.whole_sahel()
    return _placement(case, [(case.land.union(grounds), name)])


def named_grounds(case: Case) -> list[Ground]:
    """Return the areas that a reading names, of those that are known; remark on the others."""
    found: list[Ground] = []
    for area in case.reading.areas:
        named = _area(case, area)
        if named is None and not area.level and area.name.key in EVERYDAY_AREAS:
            continue
        if named is None:
            case.doubt(remarks.not_known(area.name.text))
        else:
            found.append(Ground(*named, _rank(case, area)))
    for triangle in case.reading.triangles:
        corners = [place for name in triangle if (place := case.resolution.place(name))]
        if len(corners) == len(triangle):
            among = wording.listed([place.name for place in corners])
            found.append(Ground(case.land.enclosing(corners), among, DISTRICT_RANK))
    country = case.country or _own_country(case)
    for border in case.reading.borders:
        strip = border_area(case.land, border, country)
        found += [Ground(strip, wording.along_border(border.said), BORDER_RANK)] if strip else []
    for part in case.reading.parts:
        side = part_area(case.land, part, country)
        found += [Ground(side, part.said, PART_RANK)] if side else []
    return found


def remark_outside(case: Case, place: Place, slack_m: float) -> None:
    """Remark that a place lies outside an area that the report names with it."""
    for ground in named_grounds(case):
        point = Point(place.lon, place.lat)
        off_m = shapely.distance(ground.outline.geometry, point) * KM_PER_DEG * 1000
        if off_m > slack_m:
            case.doubt(remarks.not_inside(place.name, ground.name))


def _own_country(case: Case) -> str | None:
    """Return the country of the places or units that a reading names, when it is one."""
    names = [*case.reading.said(), *(area.name for area in case.reading.areas)]
    chosen = {place.country for name in names if (place := case.resolution.place(name))}
    units = {
        code
        for area in case.reading.areas
        for code in case.land.countries
        if case.land.named_in(code, area.name.key)
    }
    found = chosen or units
    return found.pop() if len(found) == 1 else None


def _rank(case: Case, area: Area) -> int:
    land, key = case.land, area.name.key
    if not area.level and any((code, key) in land.districts for code in land.countries):
        known = any((code, key) in land.region_places for code in land.countries)
        return REGION_RANK if known else DISTRICT_RANK
    if area.level in {"region", ""}:
        return REGION_RANK
    return COMMUNE_RANK if area.level == "commune" else DISTRICT_RANK


def _combined(case: Case, grounds: Sequence[Ground]) -> Placement:
    """Return the placement in what grounds of different kinds have in common."""
    ranks = sorted({ground.rank for ground in grounds}, reverse=True)
    groups = [[ground for ground in grounds if ground.rank == rank] for rank in ranks]
    names = [ground.name for ground in groups[0]]
    area = case.land.union([ground.outline for ground in groups[0]])
    head = wording.in_region(names, own=area.own and len(groups) == 1)
    for group in groups[1:]:
        wider = case.land.union([ground.outline for ground in group])
        listed = wording.listed([ground.name for ground in group])
        common = case.land.common(area, wider)
        if common is None:
            case.doubt(remarks.not_inside(wording.listed(names), listed))
        else:
            area = common
            case.notes.append(remarks.inside(listed))
    return _finish(case, area, head, [])


def region_only(case: Case) -> Placement | None:
    """Return the placement of a record that its source places in a region only.

    Named areas come first, then the places named, if they lie close together, then the regions
    that the stated road crosses, then the record's own region.
    """
    reading = case.reading
    if reading.borders or reading.parts or any(_area(case, area) for area in reading.areas):
        return area_placement(case, coarse=True)
    places = _subjects(case)
    if places:
        around = case.land.enclosing(places)
        if around.radius_m <= WIDEST_ENCLOSING_M:
            head = wording.around_places(places, around.radius_m)
            return _finish(case, around, head, places)
    crossed = _crossed(case)
    if crossed:
        return _placement(case, crossed)
    return area_placement(case, coarse=True)


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
    own = area.name.country or case.country
    if not area.level and area.name.key in EVERYDAY_AREAS and not own:
        return None
    countries = [own] if own else list(case.land.countries)
    return (
        _named_region(case, area, countries)
        or (_first_level(case, area, countries) if area.level in {"region", ""} else None)
        or (_second_level(case, area, countries) if area.level != "commune" else None)
        or _surroundings(case, area, countries)
    )


def _named_region(case: Case, area: Area, countries: Sequence[str]) -> Named | None:
    land = case.land
    wanted = area.name.country or case.country
    for candidate in land.gazetteer.candidates(area.name.text, wanted, case.adm1):
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
            around = case.land.enclosing(members)
            region = case.land.region(country, members[0].adm1)
            outline = (region and case.land.common(around, region)) or around
            return outline, wording.district_name(members[0].adm2, country)
    return None


def _surroundings(case: Case, area: Area, countries: Sequence[str]) -> Named | None:
    chosen = case.resolution.place(area.name)
    if chosen is not None and chosen.country in countries:
        return case.land.around(chosen, AREA_M), wording.around(area.name.text)
    gazetteer = case.land.gazetteer
    wanted = area.name.country or case.country
    for candidate in gazetteer.candidates(area.name.text, wanted, case.adm1, limit=1):
        if not candidate.fuzzy and candidate.place.country in countries:
            return case.land.around(candidate.place, AREA_M), wording.around(area.name.text)
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
