"""Placements, candidates and what was read from a report as plain values for JSON."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

import shapely

from geo.exchange.plain import plain
from geo.records import Candidate, Placement
from geo.reports.language import unread
from geo.reports.records import (
    AreaStatement,
    Concern,
    DraftAssertion,
    DraftClaim,
    DraftDay,
    DraftIncident,
    DraftPlace,
    Report,
)  # fmt: skip

Plain = dict[str, Any]


def placement_as_plain(placement: Placement) -> Plain:
    """Return a placement as JSON holds it; geometry as GeoJSON, WGS 84."""
    return {
        "kind": placement.kind.value,
        "geometry": json.loads(shapely.to_geojson(placement.geometry)),
        "spread_m": placement.spread_m,
        "axis_id": placement.axis_id,
        "measure_from_m": placement.measure_from_m,
        "measure_to_m": placement.measure_to_m,
        "explanation": str(placement.explanation),
    }


def candidate_as_plain(candidate: Candidate) -> Plain:
    """Return a candidate as JSON holds it."""
    place = candidate.place
    return {
        "place_id": place.place_id, "name": place.name, "country": place.country,
        "adm1": place.adm1, "lon": place.lon, "lat": place.lat,
        "score": candidate.score, "fuzzy": candidate.fuzzy, "matched": candidate.matched,
    }  # fmt: skip


def report_as_plain(report: Report) -> Plain:
    """Return a report as ``python -m geo report --json`` prints it.

    The names of the columns of the ledger are kept where there are any.
    """
    head = report.head
    links = [(link, _plain(link)) for link in report.links]
    return {
        "report": _plain(head),
        "incidents": [
            _incident(one) | {
                "links": [
                    shown for link, shown in links if one.key in (link.from_key, link.to_key)
                ]
            }
            for one in report.incidents
        ],
        "road_assertions": [_assertion(one) for one in report.assertions],
        "area_statements": [_area(one) for one in report.areas],
        "warnings": [*_language(report), *(_concern(one) for one in report.concerns)],
    }  # fmt: skip


def _plain(value: Any) -> Any:
    """Return a record as a dictionary of plain values."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Placement):
        return placement_as_plain(value)
    if isinstance(value, Candidate):
        return candidate_as_plain(value)
    if is_dataclass(value) and not isinstance(value, type) and type(value).__name__ != "Message":
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return plain(value)


def _day(day: DraftDay) -> Plain:
    return {
        "date_start": plain(day.start), "date_end": plain(day.end),
        "date_precision": day.precision.value if day.start else None,
        "time_of_day": day.time_of_day or None,
    }  # fmt: skip


def _place(place: DraftPlace) -> Plain:
    return {
        "phrase": place.phrase, "country": place.country, "admin1": place.admin1,
        "place": place.name, "placement": _plain(place.placement),
        "candidates": _plain(place.candidates),
        "unresolved_reason": plain(place.unresolved_reason),
    }  # fmt: skip


def _incident(one: DraftIncident) -> Plain:
    return {
        "key": one.key, **_day(one.day), **_place(one.place),
        "category": one.category.value,
        "weapon": one.weapons[0].value if one.weapons else None,
        "weapons": plain(one.weapons), "ied": one.ied,
        "perpetrator": "; ".join(actor.name for actor in one.perpetrators),
        "perpetrator_attribution": one.attribution.value,
        "perpetrators": _plain(one.perpetrators),
        "target": one.target, "target_text": one.target_text,
        "escort": _plain(one.escort),
        "claims": [_claim(claim) for claim in one.claims],
        "evidence": _plain((*one.evidence, *one.day.evidence, *one.place.evidence)),
    }  # fmt: skip


def _claim(claim: DraftClaim) -> Plain:
    shown: Plain = _plain(claim)
    return shown


def _assertion(one: DraftAssertion) -> Plain:
    day = one.valid
    return {
        "key": one.key, **_place(one.place), "axis_from": one.axis_from, "axis_to": one.axis_to,
        "road": one.road, "kind": one.kind.value, "actor": one.actor, "affected": one.affected,
        "amount_text": one.amount_text, "valid_from": plain(day.start), "valid_to": plain(day.end),
        "date_precision": day.precision.value if day.start or day.end else None,
        "stated_by": one.stated_by, "evidence": _plain((*one.evidence, *day.evidence)),
    }  # fmt: skip


def _area(one: AreaStatement) -> Plain:
    return {
        "key": one.key, "actor": one.actor, "activity": one.activity, **_place(one.place),
        "evidence": _plain(one.evidence),
    }  # fmt: skip


def _language(report: Report) -> list[Plain]:
    told = unread(report.text)
    if told is None:
        return []
    return [{"code": "language", "message": str(told), "about": None, "evidence": []}]


def _concern(one: Concern) -> Plain:
    return {
        "code": one.code.value, "message": str(one.message), "about": one.about or None,
        "evidence": _plain(one.evidence),
    }  # fmt: skip
