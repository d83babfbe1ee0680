"""The gold set of phrases: what each one must give, and whether it did.

The tables lie in ``tests/gazetteer/gold``; their README says how the truths were verified.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import shapely

from geo.atlas import Atlas
from geo.gazetteer.phrases import Result, geocode
from geo.geodesy import distance_m
from geo.records import Placement, PlacementKind

GOLD_DIR = Path(__file__).resolve().parent.parent / "tests" / "gazetteer" / "gold"
TABLES = (
    "first",
    "held_out",
    "later",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
"""In the order in which they were written."""
BEYOND_SPREAD_M = 5_000.0
"""How far from the truth a placement may lie beyond the spread that it states itself."""
END_TOLERANCE_KM = 3.0
BORDER_DEG = 0.1
"""Borders are generalised: a point this far outside still counts as inside, about 11 km."""


def gold(name: str) -> pd.DataFrame:
    """Return one table of the gold set, empty cells as empty texts."""
    return pd.read_csv(GOLD_DIR / f"{name}.csv", dtype=str, keep_default_na=False)


def answer(row: pd.Series[str], atlas: Atlas) -> Result:
    """Geocode the phrase of a row with the context that the row gives."""
    others = [name for name in row["others"].split(";") if name]
    return geocode(row["text"], atlas, row["country"] or None, others=others)


def faults(row: pd.Series[str], result: Result, atlas: Atlas) -> list[str]:
    """Return what is wrong with an answer; nothing when it is right."""
    placement = result.placement
    said = str(result.unresolved_reason if placement is None else placement.explanation)
    found = [] if row["says"] in said else [f"does not say “{row['says']}”: {said}"]
    named = {candidate.place.place_id for candidate in result.candidates}
    if row["expect"] in {"undecided", "doubtful"}:
        missing = set(filter(None, row["place"].split(";"))) - named
        found += [f"lacks the candidate {place_id}" for place_id in sorted(missing)]
    if row["expect"] in {"undecided", "unresolved"}:
        return found if placement is None else [*found, f"placed: {said}"]
    if placement is None:
        return [*found, f"not placed: {said}"]
    if row["expect"] == "doubtful" and not result.review:
        found.append(f"not for review: {said}")
    return [*found, *_misplaced(row, placement), *_wrong_country(row, placement, atlas)]


def in_wrong_country(row: pd.Series[str], result: Result, atlas: Atlas) -> bool:
    """Return whether an answer lies in another country than the truth."""
    placement = result.placement
    return placement is not None and any(_wrong_country(row, placement, atlas))


def within_spread(row: pd.Series[str], result: Result) -> bool | None:
    """Return whether the truth lies within the stated spread and 5 km, ``None`` without either."""
    placement = result.placement
    if placement is None or not row["lat"]:
        return None
    return _beyond_m(row, placement) <= BEYOND_SPREAD_M


def _misplaced(row: pd.Series[str], placement: Placement) -> Iterator[str]:
    off_m = _beyond_m(row, placement)
    said = placement.explanation
    if off_m > BEYOND_SPREAD_M:
        yield f"{off_m / 1000:.0f} km beyond its spread: {said}"
    if row["most_km"] and placement.spread_m > float(row["most_km"]) * 1000:
        yield f"a spread of {placement.spread_m / 1000:.0f} km: {said}"
    if row["axis"] and placement.axis_id != row["axis"]:
        yield f"on {placement.axis_id}: {said}"
    if row["expect"] == "point" and row["place"] and row["place"] not in placement.place_ids:
        yield f"rests on {placement.place_ids}: {said}"
    if row["expect"] == "stretch":
        ends = (placement.measure_from_m or 0.0, placement.measure_to_m or 0.0)
        wanted = (float(row["from_km"]), float(row["to_km"]))
        if any(abs(m / 1000 - km) > END_TOLERANCE_KM for m, km in zip(ends, wanted, strict=True)):
            yield f"from {ends[0] / 1000:.0f} to {ends[1] / 1000:.0f} km: {said}"
    if row["expect"] in {"region", "inside"} and placement.kind is not PlacementKind.REGION:
        yield f"is {placement.kind}, not a region: {said}"
    if row["expect"] == "region" and row["place"] not in str(said):
        yield f"not the region {row['place']}: {said}"


def _beyond_m(row: pd.Series[str], placement: Placement) -> float:
    lon, lat = float(row["lon"]), float(row["lat"])
    return distance_m(lon, lat, placement.lon, placement.lat) - placement.spread_m


def _wrong_country(row: pd.Series[str], placement: Placement, atlas: Atlas) -> Iterator[str]:
    regions = atlas.regions
    inside = regions.loc[regions["country"] == row["inside"], "geometry"]
    if row["inside"] and not shapely.intersects(
        inside.union_all().buffer(BORDER_DEG), placement.geometry
    ):
        yield f"not in {row['inside']}: {placement.explanation}"
