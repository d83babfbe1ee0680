"""Regions matched to the names that the gazetteer and the incidents use for them."""

from __future__ import annotations

import re
from collections import Counter

import geopandas as gpd
import shapely

from geo.gazetteer.folding import plain, sound
from geo.records import Place

MAJORITY = 0.6
"""An adm1 name without a polygon belongs to the one that holds this share of its places."""
SURE_M = 5_000.0
"""Places known better than this decide where an adm1 name belongs."""

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def covers_of(
    regions: gpd.GeoDataFrame, places: list[Place]
) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """Return the gazetteer's names for each region, and those that none has.

    A name belongs to the region of the same name; one without such a region to that in which most
    of its places lie.
    """
    used = dict.fromkeys((place.country, place.adm1) for place in places if place.adm1)
    row_of = {
        (country, sound(name)): row
        for row, (country, name) in enumerate(zip(regions["country"], regions["name"], strict=True))
    }
    covers: list[list[str]] = [[] for _ in range(len(regions))]
    rest = []
    for country, name in used:
        row = row_of.get((country, sound(name)))
        if row is None:
            rest.append((country, name))
        else:
            covers[row].append(name)
    uncovered = []
    for country, name in rest:
        row = _holding(regions, [p for p in places if (p.country, p.adm1) == (country, name)])
        if row is None:
            uncovered.append(name)
        else:
            # A region of no known name is this one in another spelling.
            spelling = [] if covers[row] else [str(regions["name"].iloc[row])]
            covers[row] += [name, *spelling]
    names = [
        tuple(own) if own else (str(name),)
        for own, name in zip(covers, regions["name"], strict=True)
    ]
    return names, tuple(uncovered)


def _holding(regions: gpd.GeoDataFrame, places: list[Place]) -> int | None:
    """Return the region that holds most of some places, ``None`` when none does."""
    sure = [p for p in places if p.kind != "region" and p.accuracy_m <= SURE_M]
    points = shapely.points([(place.lon, place.lat) for place in sure]) if sure else []
    if not len(points):
        return None
    _, rows = regions.sindex.query(points, predicate="intersects")
    ranked = Counter(rows.tolist()).most_common(1)
    return ranked[0][0] if ranked and ranked[0][1] >= MAJORITY * len(sure) else None


def slug(country: str, name: str) -> str:
    """Return the id of a region: ``ml-gao``."""
    return f"{country.lower()}-{_NOT_SLUG.sub('-', plain(name)).strip('-')}"
