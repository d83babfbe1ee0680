"""Borders and sides of countries as areas."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import shapely
from shapely.geometry import box

from geo.gazetteer.land import Land, Outline, outline
from geo.gazetteer.reading import Border, Part
from geo.geodesy import circle

BORDER_KM = 30.0
"""How far “near the border” reaches when the report says no more."""
THREE_BORDERS_M = 150_000.0
"""How far the land around the point where three countries meet reaches, its name says roughly."""
KM_PER_DEG = 108.0
"""A degree of the region, east or north, within 4 %: reaches are never more exact."""
TOUCHING_DEG = 0.05
"""Outlines of neighbours may leave a gap of this width, or overlap by it."""
MIDDLE_SHARE = 0.25
"""The middle of a country leaves this share of its extent to each side."""
OBLIQUE_DEG = 22.5


def border_area(land: Land, border: Border, country: str | None) -> Outline | None:
    """Return the land along a border, on the side of ``country`` when that is known.

    Parameters
    ----------
    land
        What is known.
    border
        Which border; of one country alone, the one with ``country``, or when it is that country
        itself, those with its neighbours whose places are known.
    country
        Country of the event (ISO 3166-1 alpha-2), when known.

    Returns
    -------
    Outline or None
        ``None`` when the outlines of the countries are not known or do not meet, or when only one
        country is known.
    """
    key = ("border", border.countries, border.reach_km, country)
    if key not in land.areas:
        made = _three_borders(land) if not border.countries else _strip(land, border, country)
        if made is None:
            return None
        land.areas[key] = made
    return land.areas[key]


def _strip(land: Land, border: Border, country: str | None) -> Outline | None:
    sides = border.countries[:2]
    if len(sides) == 1:
        # “The Nigerien border”, and nothing says on which side: nobody could place that.
        if country is None:
            return None
        others = (code for code in land.countries if code != country)
        pairs = [(country, other) for other in (others if sides[0] == country else sides)]
    elif country is None or country in sides:
        pairs = [(sides[0], sides[1])]
    else:
        # “Near the Ivorian and Burkinabe borders”, in Mali: its own borders with both.
        pairs = [(country, side) for side in sides]
    reach_deg = (border.reach_km or BORDER_KM) / KM_PER_DEG
    strips = []
    for one, other in pairs:
        here, there = land.country(one), land.country(other)
        if here is None or there is None:
            continue
        near = [shapely.buffer(side.geometry, reach_deg, quad_segs=2) for side in (here, there)]
        own = {one: here, other: there}.get(country or "")
        ground = own.geometry if own else shapely.union(here.geometry, there.geometry)
        strips.append(shapely.intersection_all([*near, ground]))
    whole = shapely.union_all(strips)
    return None if whole.is_empty else outline(whole, own=False)


def _three_borders(land: Land) -> Outline | None:
    for codes in combinations(land.countries, 3):
        grounds = [found.geometry for code in codes if (found := land.country(code))]
        near = [shapely.buffer(ground, TOUCHING_DEG, quad_segs=2) for ground in grounds]
        meeting = shapely.intersection_all(near) if len(near) == len(codes) else None
        if meeting is not None and not meeting.is_empty:
            middle = meeting.centroid
            whole = circle(middle.x, middle.y, THREE_BORDERS_M)
            return outline(whole.intersection(shapely.union_all(grounds)), own=False)
    return None


def part_area(land: Land, part: Part, country: str | None) -> Outline | None:
    """Return a side of a country, or its middle: half of its extent."""
    code = part.country or country
    whole = land.country(code) if code else None
    if whole is None:
        return None
    key = ("part", code, part.bearing_deg)
    if key not in land.areas:
        cut = box(*_half(whole.geometry.bounds, part.bearing_deg))
        land.areas[key] = outline(whole.geometry.intersection(cut), own=False)
    return land.areas[key]


def _half(bounds: Sequence[float], bearing_deg: float | None) -> tuple[float, float, float, float]:
    west, south, east, north = bounds
    wide, high = (east - west) * MIDDLE_SHARE, (north - south) * MIDDLE_SHARE
    if bearing_deg is None:
        return west + wide, south + high, east - wide, north - high
    lon, lat = (west + east) / 2, (south + north) / 2
    if _faces(bearing_deg, 0):
        south = lat
    if _faces(bearing_deg, 180):
        north = lat
    if _faces(bearing_deg, 90):
        west = lon
    if _faces(bearing_deg, 270):
        east = lon
    return west, south, east, north


def _faces(bearing_deg: float, side_deg: float) -> bool:
    return abs((bearing_deg - side_deg + 180) % 360 - 180) < 90 - OBLIQUE_DEG
