"""From what was read in a report to drafts in the ledger's columns, for a person to correct."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from geo import words
from geo.atlas import Atlas
from geo.columns import CLAIM_FIELDS
from geo.i18n import message
from geo.records import GeoPrecision, PlacementKind
from geo.reports.language import unread
from geo.reports.reading import Reader, read_report
from geo.reports.records import (
    DraftActor,
    DraftAssertion,
    DraftClaim,
    DraftDay,
    DraftIncident,
    DraftLink,
    DraftPlace,
    Evidence,
    Report,
)
from geo.review.records import DraftItem, DraftKind, Reading, Remark, Source, Stated

QUOTE_MAX = 200
"""Longest quotation that is recorded: enough to cite, not to copy."""
SUMMARY_MAX = 160
_PRECISION = {
    PlacementKind.PLACE: GeoPrecision.PLACE,
    PlacementKind.NEAR: GeoPrecision.NEAR,
    PlacementKind.ALONG: GeoPrecision.NEAR,
    PlacementKind.REGION: GeoPrecision.REGION,
}


def draft(
    text: str,
    atlas: Atlas,
    published: date | None = None,
    title: str = "",
    reader: Reader = read_report,
) -> tuple[Reading, Source]:
    """Read a text into drafts and what it says of itself.

    Parameters
    ----------
    text
        English or French.
    atlas
        What is known of the land.
    published
        The day of publication, when known from elsewhere.
    title
        As a file says, for a text without one.
    reader
        What reads it.

    Raises
    ------
    InputError
        When the text cannot be read.
    """
    report = reader(text, atlas, published)
    head = report.head
    source = Source(
        title=title or head.title,
        published=head.published.isoformat() if head.published else "",
        locations=head.locations,
        topics=head.topics,
        language=head.language,
    )
    return reading_of(report, atlas), source


def reading_of(report: Report, atlas: Atlas) -> Reading:
    """Return the drafts of a report, in the ledger's columns."""
    return Reading(
        (
            *(_incident(one, atlas) for one in report.incidents),
            *(_assertion(one) for one in report.assertions),
            *(_link(one, f"l{n}") for n, one in enumerate(report.links, start=1)),
        ),
        (
            *map(Remark, filter(None, [unread(report.text)])),
            *(Remark(one.message, one.about, one.evidence) for one in report.concerns),
        ),
        tuple(
            Remark(
                message("{actor}: {activity} in {place}",
                        actor=one.actor,
                        activity=words.ACTIVITIES.get(one.activity, one.activity),
                        place=one.place.phrase),
                evidence=one.evidence,
            )
            for one in report.areas
        ),
    )  # fmt: skip


def quoted(text: str) -> str:
    """Return a quotation short enough to cite."""
    whole = " ".join(text.split())
    return whole if len(whole) <= QUOTE_MAX else f"{whole[: QUOTE_MAX - 1]}…"


def _day(day: DraftDay, start: str, end: str) -> dict[str, str]:
    return {
        start: day.start.isoformat() if day.start else "",
        end: day.end.isoformat() if day.end else "",
        "date_precision": day.precision.value if day.start else "",
    }


def _place(place: DraftPlace, atlas: Atlas) -> dict[str, str]:
    """Return the place in the ledger's columns, which will place it by rules of its own."""
    code = _PRECISION[place.placement.kind].value if place.placement else ""
    cells = {
        "country": place.country, "admin1": place.admin1, "place": place.name,
        "location_text": place.phrase, "geo_precision": code,
    }  # fmt: skip
    ends = _ends(place, atlas)
    return {**cells, "route_from": ends[0], "route_to": ends[1]} if ends else cells


def _ends(place: DraftPlace, atlas: Atlas) -> tuple[str, str] | None:
    """Return the towns between which something lies that has no place of its own."""
    placement = place.placement
    if placement is None or place.name or placement.axis_id is None:
        return None
    chain = atlas.axes[placement.axis_id].place_ids
    named = [place_id for place_id in placement.place_ids if place_id in chain]
    if len(named) < 2:  # noqa: PLR2004 - a stretch has two ends
        return None
    places = atlas.gazetteer.places
    return places[named[0]].name, places[named[1]].name


def _names(actors: tuple[DraftActor, ...]) -> str:
    return "; ".join(dict.fromkeys(actor.name for actor in actors))


def _incident(one: DraftIncident, atlas: Atlas) -> DraftItem:
    cells = {
        **_day(one.day, "date_start", "date_end"),
        **_place(one.place, atlas),
        "category": one.category.value,
        "ied": "true" if one.ied else "",  # a text that names no device does not deny one
        "perpetrator": _names(one.perpetrators),
        "perpetrator_attribution": one.attribution.value,
        "target": one.target,
        "summary": _summary(one),
        "note": " ".join(_notes(one)),
    }
    kept = [claim for claim in one.claims if claim.field in CLAIM_FIELDS]
    evidence = (*one.evidence, *one.day.evidence, *one.place.evidence)
    return DraftItem(
        one.key, DraftKind.INCIDENT, cells, tuple(map(_claim, kept)), _each_once(evidence)
    )


def _each_once(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return the evidence without what lies inside other evidence."""
    found = sorted(dict.fromkeys(evidence), key=lambda one: (one.start, -one.end))
    kept: list[Evidence] = []
    for one in found:
        if not kept or one.end > kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _summary(one: DraftIncident) -> str:
    place = one.place
    parts = [
        words.word(words.CATEGORIES, one.category),
        words.word(words.TARGETS, one.target) if one.target else "",
        place.name or place.admin1 or words.word(words.COUNTRIES, place.country),
    ]
    return ", ".join(part for part in parts if part)[:SUMMARY_MAX]


def _notes(one: DraftIncident) -> Iterator[str]:
    """Yield what the ledger has no column for."""
    if one.day.time_of_day:
        yield str(message("Time of day: {time}.", time=one.day.time_of_day))
    if one.escort:
        yield str(message("Escort: {names}.", names=_names(one.escort)))
    for claim in one.claims:
        if claim.field not in CLAIM_FIELDS:
            yield str(
                message("Attackers: {figure}.", figure=_figure(claim))
                if claim.field == "attackers"
                else message("Vehicles in the convoy: {figure}.", figure=_figure(claim))
            )


def _figure(claim: DraftClaim) -> str:
    return words.figure(claim.low, claim.best, claim.high)


def _claim(claim: DraftClaim) -> Stated:
    numbers = {"low": claim.low, "best": claim.best, "high": claim.high}
    cells = {
        "field": claim.field,
        **{name: "" if n is None else str(n) for name, n in numbers.items()},
        "unit_group": claim.unit_group,
        "stated_by": claim.stated_by,
        "stated_on": claim.stated_on.isoformat() if claim.stated_on else "",
        "stage": "provisional" if claim.provisional else "",
        "quote": quoted(claim.evidence[0].quote) if claim.evidence else "",
    }
    return Stated(cells, claim.evidence)


def _assertion(one: DraftAssertion) -> DraftItem:
    stretch = one.axis_from if one.axis_from == one.axis_to else f"{one.axis_from}–{one.axis_to}"
    cells = {
        "country": one.place.country,
        "axis_from": one.axis_from, "axis_to": one.axis_to, "road": one.road,
        "kind": one.kind.value, "actor": one.actor, "affected": one.affected,
        "amount_text": one.amount_text,
        **_day(one.valid, "valid_from", "valid_to"),
        "stated_by": one.stated_by,
        "summary": ", ".join(
            part
            for part in (stretch, words.word(words.ASSERTIONS, one.kind), one.actor, one.affected)
            if part
        )[:SUMMARY_MAX],
        "quote": quoted(one.evidence[0].quote) if one.evidence else "",
    }  # fmt: skip
    evidence = _each_once((*one.evidence, *one.valid.evidence))
    return DraftItem(one.key, DraftKind.ASSERTION, cells, (), evidence)


def _link(one: DraftLink, key: str) -> DraftItem:
    cells = {
        "from_incident_id": one.from_key,
        "to_incident_id": one.to_key,
        "kind": one.kind.value,
        "note": str(message("Likely, by the report’s own words.")) if one.likely else "",
    }
    return DraftItem(key, DraftKind.LINK, cells, (), one.evidence)
