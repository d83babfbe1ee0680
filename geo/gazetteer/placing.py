"""Placements of whole tables of incidents: the structured columns first, the text as help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.atlas import Atlas
from geo.exchange.cells import shown
from geo.gazetteer import remarks
from geo.gazetteer.areas import region_only
from geo.gazetteer.case import Case
from geo.gazetteer.drafting import LONGEST_KM, MIN_TOLERANCE_KM, TOLERANCE_SHARE
from geo.gazetteer.given import given, texts
from geo.gazetteer.grammar import read
from geo.gazetteer.land import Land, land_of
from geo.gazetteer.phrases import whole_name
from geo.gazetteer.reading import Between, Closeness, Distance, Name, Reading, Subject
from geo.gazetteer.resolving import resolve
from geo.gazetteer.solving import Result, solve
from geo.i18n import Message, message
from geo.records import PLACEMENT_COLUMNS, GeoPrecision

KEY_COLUMNS = (
    "country", "admin1", "place", "location_text", "route_from", "route_to", "km_from",
    "km_from_place", "geo_precision",
)  # fmt: skip
PROGRESS_STEP = 200


@dataclass(frozen=True, slots=True)
class Key:
    """What a row says about its place; rows that say the same are placed once."""

    country: str
    admin1: str
    place: str
    location_text: str
    route_from: str
    route_to: str
    km_from: str
    km_from_place: str
    geo_precision: str


def place_incidents(
    incidents: pd.DataFrame, atlas: Atlas, progress: Callable[[int, int], None] | None = None
) -> gpd.GeoDataFrame:
    """Place incidents.

    Parameters
    ----------
    incidents
        Columns ``geo.records.INCIDENT_COLUMNS`` (those about the place suffice; missing ones count
        as empty); index ``incident_id``.  Columns ``latitude`` and ``longitude``, when there and
        not empty, decide alone.
    atlas
        What is known of the land.
    progress
        Called now and then with how many distinct records are placed, and of how many.

    Returns
    -------
    geopandas.GeoDataFrame
        Indexed like ``incidents``; columns ``PLACEMENT_COLUMNS``; WGS 84.  Each row has either a
        geometry and an ``explanation`` or an ``unresolved_reason`` (:class:`geo.i18n.Message`).

    Notes
    -----
    Distinct combinations of the key columns are placed once; the rest is a lookup.
    """
    land = land_of(atlas)
    codes, keys = _keys(incidents)
    records = []
    for done, key in enumerate(keys):
        records.append(_record(place(key, land)))
        if progress is not None and done % PROGRESS_STEP == 0:
            progress(done, len(keys))
    rows = [records[code] for code in codes]
    for at, result in given(incidents, land).items():
        rows[at] = _record(result)
    frame = pd.DataFrame(rows, index=incidents.index, columns=list(PLACEMENT_COLUMNS))
    return _typed(frame)


def _keys(incidents: pd.DataFrame) -> tuple[Sequence[int], list[Key]]:
    """Return the distinct keys, and for each row the position of its key."""
    columns = [
        texts(incidents[name]) if name in incidents else np.full(len(incidents), "", object)
        for name in KEY_COLUMNS
    ]
    positions: dict[tuple[str, ...], int] = {}
    codes = [positions.setdefault(row, len(positions)) for row in zip(*columns, strict=True)]
    return codes, [Key(*row) for row in positions]


def place(key: Key, land: Land) -> Result:
    """Place what one row says."""
    reading = row_reading(key, land)
    country, adm1 = key.country or None, key.admin1 or None
    if key.geo_precision == GeoPrecision.REGION:
        resolution = resolve(reading, land, country, adm1)
        notes = [remarks.not_known(name.text) for name in resolution.unknown]
        placement = region_only(Case(reading, land, resolution, country, adm1, notes))
        if placement is not None:
            return Result(placement)
        return Result(None, [], _nothing(key))
    if not key.admin1 and replace(reading, countries=(), unread=()) == Reading():
        # A country alone is no place, unless the record says that it is all that is known.
        return Result(None, [], _nothing(key))
    result = solve(reading, land, country, adm1, coarse=True)
    if result.placement is None:
        return replace(result, unresolved_reason=_nothing(key))
    return result


def _nothing(key: Key) -> Message:
    if key.place:
        return message(
            "“{name}” is not in the gazetteer, and neither road nor region is known",
            name=shown(key.place),
        )
    return message("neither a place nor a road nor a region is given")


def row_reading(key: Key, land: Land) -> Reading:
    """Return what a row says: its structured columns, completed by its text."""
    words = read(key.location_text, land.lexicon, unknown_names=False)
    own = _place_reading(key, land)
    subjects, betweens, distances = own.subjects, own.betweens, own.distances
    near = Closeness.NEAR if key.geo_precision == GeoPrecision.NEAR else Closeness.AT
    told = {area.name.key: Closeness.AREA for area in words.areas}
    told |= {s.name.key: s.closeness for s in (*words.subjects, *words.loose)}
    subjects = tuple(Subject(s.name, _closer_look(near, told.get(s.name.key))) for s in subjects)
    route = [Name(name) for name in (key.route_from, key.route_to) if name]
    text_pairs = _confirmed_pairs(words, own, route, land)
    if key.route_from and key.route_to and route[0].key != route[1].key:
        betweens = (*betweens, Between(tuple(route)))
    elif route and not subjects and not betweens:
        subjects = (Subject(route[0], Closeness.AREA),)
    distance = _distance(key, words, land)
    if distance is not None:
        subjects = tuple(s for s in subjects if not _same(s.name, distance.name, land))
        others = (d for d in words.distances if not _same(d.name, distance.name, land))
        distances = (distance, *others)
    elif not key.km_from:
        distances = words.distances
    subjects = _without_ends(subjects, (*betweens, *text_pairs), told, key)
    if not (subjects or betweens or distances or own.areas or text_pairs):
        subjects = words.subjects
    areas = own.areas or words.areas
    return Reading(
        subjects=subjects,
        distances=distances,
        chainages=(*own.chainages, *words.chainages),
        betweens=(*betweens, *text_pairs),
        bearings=words.bearings,
        areas=areas,
        roads=(*own.roads, *words.roads),
        roads_to=words.roads_to,
        closer=words.closer,
        beside=tuple(
            s.name
            for s in words.subjects
            if s.closeness is Closeness.NEAR and s.name not in {own.name for own in subjects}
        ),
        context=tuple(s.name for s in (*words.subjects, *words.loose)),
        # Who filled in a distance has read the text already.
        unread=(*own.unread, *(words.unread if distance is None else ())),
    )


def _place_reading(key: Key, land: Land) -> Reading:
    """Return what the ``place`` column says: a name, or several in one of many ways."""
    if not key.place:
        return Reading()
    reading = whole_name(key.place, land) or read(key.place, land.lexicon)
    if reading == Reading() or (key.place.istitle() and not _any_known(reading, land)):
        # “In Ichagara” is a name, not “in Ichagara”.
        return Reading(subjects=(Subject(Name(key.place), Closeness.AT),))
    return reading


def _any_known(reading: Reading, land: Land) -> bool:
    known = any(land.gazetteer.knows(name.text) for name in reading.names())
    return known or bool(reading.areas or reading.roads or reading.countries)


def _closer_look(coded: Closeness, told: Closeness | None) -> Closeness:
    """Return the closeness that the code and the text agree on, the wider one if they differ."""
    if coded is Closeness.AT:
        return coded
    return Closeness.AREA if told is Closeness.AREA else Closeness.NEAR


def _confirmed_pairs(
    words: Reading, own: Reading, route: Sequence[Name], land: Land
) -> tuple[Between, ...]:
    """Return the stretches of the text that are not those of the columns already."""
    stated = {frozenset(name.key for name in between.names) for between in own.betweens}
    stated.add(frozenset(name.key for name in route))
    return tuple(
        between
        for between in words.betweens
        if frozenset(name.key for name in between.names) not in stated
        and all(land.gazetteer.knows(name.text) for name in between.names)
    )


def _distance(key: Key, words: Reading, land: Land) -> Distance | None:
    """Return the distance of the columns, with the direction that the text adds."""
    km = _number(key.km_from)
    if km is None or not key.km_from_place:
        return None
    name = Name(key.km_from_place)
    for told in words.distances:
        if _same(told.name, name, land) and abs(told.km - km) <= told.tolerance_km:
            return replace(told, name=name)
    return Distance(
        km,
        max(MIN_TOLERANCE_KM, TOLERANCE_SHARE * km),
        name,
        message("{km} km from {place}", km=key.km_from, place=key.km_from_place),
    )


def _number(text: str) -> float | None:
    """Return a distance in km, ``None`` when a cell holds none."""
    try:
        km = float(text.replace(",", "."))
    except ValueError:
        return None
    return km if 0 <= km <= LONGEST_KM else None


def _same(one: Name, other: Name, land: Land) -> bool:
    """Return whether two names may be the same place: “Fada” is “Fada N'Gourma”."""
    if one.key == other.key:
        return True
    spellings = land.gazetteer.spellings
    here = {place_id for _, place_id in spellings.get(one.key, ())}
    return any(place_id in here for _, place_id in spellings.get(other.key, ()))


def _without_ends(
    subjects: tuple[Subject, ...],
    betweens: Sequence[Between],
    told: dict[str, Closeness],
    key: Key,
) -> tuple[Subject, ...]:
    """Drop places that only label a stretch: “between Ber and Timbuktu”, filed under Ber."""
    if key.geo_precision == GeoPrecision.PLACE:
        return subjects
    ends = {name.key for between in betweens for name in (between.names[0], between.names[-1])}
    return tuple(s for s in subjects if s.name.key not in ends or s.name.key in told)


def _record(result: Result) -> dict[str, Any]:
    placement = result.placement
    if placement is None:
        empty: dict[str, Any] = dict.fromkeys(PLACEMENT_COLUMNS)
        return empty | {
            "place_ids": (), "fuzzy": False, "unresolved_reason": result.unresolved_reason
        }  # fmt: skip
    return {field.name: getattr(placement, field.name) for field in fields(placement)} | {
        "kind": str(placement.kind), "unresolved_reason": None
    }  # fmt: skip


def _typed(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    numbers = ["spread_m", "lon", "lat", "measure_from_m", "measure_to_m"]
    frame = frame.astype(dict.fromkeys(numbers, "float64") | {"fuzzy": bool})
    return gpd.GeoDataFrame(frame, geometry="geometry", crs="EPSG:4326")
