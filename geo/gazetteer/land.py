"""The atlas made ready for geocoding: lexicon, roads and region outlines, remembered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.atlas import Atlas
from geo.gazetteer.folding import fold
from geo.gazetteer.index import Gazetteer
from geo.gazetteer.lexicon import Lexicon
from geo.gazetteer.spreads import AREA_M, MARGIN_M
from geo.geodesy import circle, enclosing_radius_m
from geo.records import Place
from geo.roads.stretches import Roads

Key = tuple[str, str]
LEAST_COMMON = 0.01
"""Outlines are generalised: neighbours overlap by a little."""


@dataclass(frozen=True, eq=False)
class Outline:
    """A region as an area.

    Parameters
    ----------
    geometry
        Polygon or multipolygon, WGS 84.
    lon, lat
        A point inside.
    radius_m
        Distance from that point to the furthest corner.
    own
        False when the area is a circle or a cut because no border is known.
    """

    geometry: BaseGeometry
    lon: float
    lat: float
    radius_m: float
    own: bool


@dataclass(frozen=True, eq=False)
class Land:
    """An atlas with what geocoding derives from it; ``areas`` remembers outlines made on demand."""

    atlas: Atlas
    _regions: dict[object, Outline | None] = field(default_factory=dict)
    areas: dict[object, Outline] = field(default_factory=dict)

    @property
    def gazetteer(self) -> Gazetteer:
        """The places."""
        return self.atlas.gazetteer

    @cached_property
    def roads(self) -> Roads:
        """The roads."""
        return Roads(self.atlas.axes)

    @cached_property
    def rivers(self) -> Roads:
        """The rivers, asked as roads are."""
        return Roads(self.atlas.rivers)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The names that texts may use."""
        spellings = self.gazetteer.spellings
        places = self.gazetteer.places
        units = {fold(unit) for place in places.values() for unit in (place.adm1, place.adm2)}
        regions = {
            key
            for key, names in spellings.items()
            if all(places[place_id].kind == "region" for _, place_id in names)
        }
        return Lexicon(
            frozenset(spellings),
            frozenset(units - spellings.keys() - {""}),
            frozenset(regions),
            frozenset(units & spellings.keys() - regions),
        )

    @cached_property
    def region_places(self) -> dict[Key, Place]:
        """The gazetteer's entry of each first-level region, by country and folded name.

        A region that is called like its town may also be called by the town's other names:
        “the region of Timbuktu”.
        """
        places = self.gazetteer.places.values()
        own = {
            (place.country, fold(place.adm1)): place for place in places if is_first_level(place)
        }
        towns = {
            (place.country, fold(spelling)): own[place.country, fold(place.name)]
            for place in places
            if fold(place.name) == fold(place.adm1) and (place.country, fold(place.name)) in own
            for spelling in place.variants
        }
        return towns | own

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Countries that the gazetteer knows places of, the best known first."""
        counts = Counter(place.country for place in self.gazetteer.places.values())
        return tuple(code for code, _ in counts.most_common())

    @cached_property
    def districts(self) -> dict[Key, list[Place]]:
        """Places of each second-level unit, by country and folded name."""
        found: dict[Key, list[Place]] = {}
        for place in self.gazetteer.places.values():
            if place.adm2:
                found.setdefault((place.country, fold(place.adm2)), []).append(place)
        return found

    def is_unit(self, key: str) -> bool:
        """Return whether a folded name is that of an administrative unit."""
        units = self.districts.keys() | self.region_places.keys()
        return any((country, key) in units for country in self.countries)

    def named_in(self, country: str, key: str) -> bool:
        """Return whether a folded name is that of an administrative unit of a country."""
        if (country, key) in self.districts or (country, key) in self.region_places:
            return True
        places = (self.gazetteer.places[at] for _, at in self.gazetteer.spellings.get(key, ()))
        return any(place.kind == "region" and place.country == country for place in places)

    def region(self, country: str, adm1: str) -> Outline | None:
        """Return the outline of a first-level region, ``None`` when there is no such region."""
        key = (country, fold(adm1))
        if key not in self._regions:
            self._regions[key] = self._region(key)
        return self._regions[key]

    def _region(self, key: Key) -> Outline | None:
        frame = self.atlas.regions
        for geometry, country, covers in zip(
            frame.geometry, frame["country"], frame["covers"], strict=True
        ):
            if country == key[0] and key[1] in {fold(name) for name in covers}:
                own = len(covers) == 1
                part = geometry if own else self._nearest(geometry, country, covers, key[1])
                return outline(part, own=own)
        return None

    def _nearest(
        self, geometry: BaseGeometry, country: str, covers: Sequence[str], key: str
    ) -> BaseGeometry:
        """Return the part of an outline of several regions that is nearest to places of one."""
        keys = {fold(name) for name in covers}
        places = [
            place
            for place in self.gazetteer.places.values()
            if place.country == country and place.kind != "region" and fold(place.adm1) in keys
        ]
        mine = {(place.lon, place.lat): fold(place.adm1) == key for place in places}
        if all(mine.values()) or not any(mine.values()):
            return geometry
        cells = shapely.voronoi_polygons(
            shapely.MultiPoint(list(mine)), extend_to=geometry, ordered=True
        )
        own = shapely.union_all(np.asarray(cells.geoms)[list(mine.values())])
        return shapely.intersection(geometry, own)

    def country(self, code: str) -> Outline | None:
        """Return the outline of a country whose regions the atlas holds."""
        key = ("country", code)
        if key not in self._regions:
            frame = self.atlas.regions
            inside = frame.loc[frame["country"] == code, "geometry"]
            self._regions[key] = outline(inside.union_all(), own=True) if len(inside) else None
        return self._regions[key]

    def around(self, place: Place, radius_m: float) -> Outline:
        """Return the circle around a place, cut at the border of its country."""
        key = ("around", place.place_id, radius_m)
        if key not in self.areas:
            area: BaseGeometry = circle(place.lon, place.lat, radius_m)
            country = self.country(place.country)
            if country is not None and country.geometry.intersects(area):
                area = area.intersection(country.geometry)
            self.areas[key] = outline(area, own=False)
        return self.areas[key]

    def enclosing(self, places: Iterable[Place]) -> Outline:
        """Return the circle that holds several places, with a margin."""
        members = sorted({place.place_id: place for place in places}.items())
        key = ("enclosing", *(place_id for place_id, _ in members))
        if key not in self.areas:
            points = shapely.MultiPoint([(place.lon, place.lat) for _, place in members])
            middle = shapely.minimum_bounding_circle(points).centroid
            radius_m = enclosing_radius_m(points, middle.x, middle.y)
            wide_m = AREA_M if len(members) == 1 else radius_m + MARGIN_M
            self.areas[key] = outline(circle(middle.x, middle.y, wide_m), own=False)
        return self.areas[key]

    def union(self, outlines: Iterable[Outline]) -> Outline:
        """Return several outlines as one."""
        parts = list(outlines)
        if len(parts) == 1:
            return parts[0]
        key = frozenset(parts)
        if key not in self.areas:
            merged = shapely.union_all([part.geometry for part in parts])
            self.areas[key] = outline(merged, own=all(part.own for part in parts))
        return self.areas[key]

    def common(self, one: Outline, other: Outline) -> Outline | None:
        """Return what two outlines have in common, ``None`` when it is next to nothing."""
        key = ("common", one, other)
        if key not in self.areas:
            both = one.geometry.intersection(other.geometry)
            if both.area < LEAST_COMMON * min(one.geometry.area, other.geometry.area):
                return None
            self.areas[key] = outline(both, own=False)
        return self.areas[key]


def is_first_level(place: Place) -> bool:
    """Return whether a region of the gazetteer is a first-level one, not a part or a whole of some.

    “Gao region” is; “Tilemsi”, which lies in it, and “northern Mali” are not.
    """
    return place.kind == "region" and bool(place.adm1) and fold(place.adm1) in fold(place.name)


def outline(geometry: BaseGeometry, *, own: bool) -> Outline:
    """Return an area with a point inside and its radius."""
    point = geometry.centroid
    if not geometry.contains(point):
        point = geometry.representative_point()
    return Outline(geometry, point.x, point.y, enclosing_radius_m(geometry, point.x, point.y), own)


@lru_cache(maxsize=4)
def land_of(atlas: Atlas) -> Land:
    """Return the land of an atlas, the same object each time."""
    return Land(atlas)
