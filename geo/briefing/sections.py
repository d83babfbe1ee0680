"""The sections that a template may name, each made from the material of a brief."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from geo.briefing import chronicle, concentration, counting, incidents, journey, roads, weeks
from geo.briefing.material import Material
from geo.briefing.records import (
    Block,
    Paragraph,
    Picture,
    PictureKind,
    Section,
    Sentence,
)
from geo.i18n import Message, counted, message
from geo.records import Fault, InputError
from geo.risk.journey.records import Answer
from geo.words import joined_names


@dataclass(frozen=True, eq=False)
class Subject:
    """What a brief is about.

    Parameters
    ----------
    area
        The area's name for a reader.
    material
        Of the period of the brief.
    incident_id
        The incident, for a brief about one.
    journey
        The answer of the route check, for a brief about a journey.
    """

    area: Message | str
    material: Material
    incident_id: str = ""
    journey: Answer | None = None


Maker = Callable[[Subject], tuple[Block, ...]]


def _said(*sentences: Iterable[Sentence], listed: bool = False) -> Paragraph:
    return Paragraph(tuple(s for several in sentences for s in several), listed=listed)


def _headline(subject: Subject) -> tuple[Block, ...]:
    material = subject.material
    return (
        _said(counting.headline(material, subject.area), counting.gravest(material), listed=True),
    )


def _map(subject: Subject) -> tuple[Block, ...]:
    count = len(subject.material.ids)
    return (
        *_shared(subject),
        Picture(
            PictureKind.AREA_MAP,
            message("Reported incidents and road status, {area}", area=subject.area),
            counted(
                "Map of {area} with {count} reported incident of the period, with the spread of "
                "its place, and the reported status of the roads. The tables say the same.",
                "Map of {area} with {count} reported incidents of the period, each with the "
                "spread of its place, and the reported status of the roads. The tables say the "
                "same.",
                count,
                area=subject.area,
            ),
        ),
    )


def _shared(subject: Subject) -> tuple[Paragraph, ...]:
    """Say of a region that shares its outline with others that they are not in the brief."""
    frame, chosen = subject.material.snapshot.atlas.regions, subject.material.selection.regions
    said = []
    for country, covers in zip(frame["country"], frame["covers"], strict=True):
        here = [name for name in covers if f"{country}:{name}" in chosen]
        others = [name for name in covers if name not in here]
        if here and others:
            text = message(
                "The border between {here} and {others} is not in the map data: the map draws one "
                "by the nearest places. The brief has the incidents reported in {here} and the "
                "roads through its places, without what is nearer to the next place outside.",
                here=joined_names(here),
                others=joined_names(others),
            )
            said.append(Sentence(text))
    return (Paragraph(tuple(said)),) if said else ()


def _roads(subject: Subject) -> tuple[Block, ...]:
    return (_said(roads.summary_of(subject.material)), roads.table(subject.material))


def _incidents(subject: Subject) -> tuple[Block, ...]:
    material = subject.material
    return (
        _said(counting.kinds(material), counting.who(material)),
        incidents.listing(material, material.ids),
    )


def _trend(subject: Subject) -> tuple[Block, ...]:
    return (
        Picture(
            PictureKind.TREND,
            message("Incidents by month, {area}", area=subject.area),
            message("Bars: incidents of each month; dark: with explosive devices. See the table."),
        ),
        incidents.monthly_table(subject.material),
    )


def _changes(subject: Subject) -> tuple[Block, ...]:
    since = subject.material.selection.start
    return roads.changed(subject.material, since)


def _gaps(subject: Subject) -> tuple[Block, ...]:
    return (_said(counting.gaps(subject.material), listed=True),)


def _sources(subject: Subject) -> tuple[Block, ...]:
    rows = subject.material.area_status
    ids = tuple(sorted({i for found in rows["assertion_ids"] for i in found}))
    return (roads.evidence_table(subject.material, ids),)


def _learnt(subject: Subject) -> tuple[Block, ...]:
    return weeks.learnt(subject.material)


def _week(subject: Subject) -> tuple[Block, ...]:
    return weeks.told(subject.material)


def _against(subject: Subject) -> tuple[Block, ...]:
    return weeks.against(subject.material)


def _event(subject: Subject) -> tuple[Block, ...]:
    material, incident_id = subject.material, subject.incident_id
    return (
        _said(
            incidents.told(material, incident_id),
            incidents.toll(material, incident_id),
            listed=True,
        ),
    )


def _event_map(subject: Subject) -> tuple[Block, ...]:
    return (
        Picture(
            PictureKind.INCIDENT_MAP,
            message("Where it happened, and what else was reported near it"),
            message("Map of the incident with the spread of its place and its neighbours."),
            subject.incident_id,
        ),
    )


def _claims(subject: Subject) -> tuple[Block, ...]:
    material, incident_id = subject.material, subject.incident_id
    return (
        incidents.claims_table(material, incident_id),
        _said(incidents.claim_sources(material, incident_id), listed=True),
    )


def _timeline(subject: Subject) -> tuple[Block, ...]:
    return (chronicle.timeline(subject.material, subject.incident_id),)


def _links(subject: Subject) -> tuple[Block, ...]:
    said = tuple(incidents.links(subject.material, subject.incident_id))
    return (Paragraph(said, listed=True),) if said else ()


def _neighbours(subject: Subject) -> tuple[Block, ...]:
    near = incidents.neighbours(subject.material, subject.incident_id)
    said = Sentence(
        counted(
            "{count} incident was reported within {km} km and {days} days of it.",
            "{count} incidents were reported within {km} km and {days} days of it.",
            len(near),
            km=incidents.NEAR_KM,
            days=incidents.NEAR_DAYS,
        ),
        tuple(map(str, near.index)),
    )
    return (Paragraph((said,)), incidents.neighbours_table(subject.material, near))


def _hotspot_map(subject: Subject) -> tuple[Block, ...]:
    return (
        Picture(
            PictureKind.HOTSPOT_MAP,
            message("Where reports of explosive devices concentrate, {area}", area=subject.area),
            message(
                "Map of {area}: density of the reported events of the period. The table of "
                "stretches says the same along the roads.",
                area=subject.area,
            ),
        ),
    )


def _moved(subject: Subject) -> tuple[Block, ...]:
    return concentration.moved(subject.material)


def _concentration(subject: Subject) -> tuple[Block, ...]:
    material = subject.material
    return (
        concentration.table(material),
        _said(concentration.told(material), listed=True),
    )


def _asked(subject: Subject) -> Answer:
    if subject.journey is None:
        text = message("This template is about a journey; name where it begins and ends.")
        raise InputError([Fault(None, "template", text)])
    return subject.journey


def _verdict(subject: Subject) -> tuple[Block, ...]:
    return (_said(journey.verdict(_asked(subject)), listed=True),)


def _route_map(subject: Subject) -> tuple[Block, ...]:
    if not _asked(subject).routes:
        return ()
    return (
        Picture(
            PictureKind.ROUTE_MAP,
            message("The route and its verdicts, {area}", area=subject.area),
            message(
                "Map of the route, its stretches drawn by verdict, with the reported incidents. "
                "The table of stretches says the same."
            ),
        ),
    )


def _strips(subject: Subject) -> tuple[Block, ...]:
    return tuple(
        Picture(
            PictureKind.STRIP,
            message("{road}, km {first:,.0f} to {last:,.0f}", road=leg.road, first=leg.km_from,
                    last=leg.km_to),
            message(
                "Strip map of {road} in the direction of travel. The table of stretches says the "
                "same.", road=leg.road,
            ),
            str(number),
        )
        for number, leg in journey.strips(_asked(subject))
    )  # fmt: skip


def _routes(subject: Subject) -> tuple[Block, ...]:
    table = journey.alternatives(_asked(subject))
    return (table,) if table.rows else ()


def _stretches(subject: Subject) -> tuple[Block, ...]:
    table = journey.stretches(_asked(subject))
    return (table,) if table.rows else ()


def _points(subject: Subject) -> tuple[Block, ...]:
    table = journey.points(_asked(subject))
    return (table,) if table.rows else ()


def _drivers(subject: Subject) -> tuple[Block, ...]:
    said = tuple(journey.drivers(_asked(subject)))
    return (Paragraph(said, listed=True),) if said else ()


def _evidence(subject: Subject) -> tuple[Block, ...]:
    said = tuple(journey.evidence(_asked(subject)))
    return (Paragraph(said, listed=True),) if said else ()


def _unknown(subject: Subject) -> tuple[Block, ...]:
    return (_said(journey.standing(_asked(subject)), listed=True),)


SECTIONS: Mapping[str, tuple[Message, Maker]] = {
    "headline": (message("In short"), _headline),
    "map": (message("Map"), _map),
    "incidents": (message("Incidents"), _incidents),
    "roads": (message("Roads"), _roads),
    "changes": (message("What changed on the roads"), _changes),
    "trend": (message("Trend"), _trend),
    "sources": (message("Who says so"), _sources),
    "gaps": (message("What is not known"), _gaps),
    "week": (message("The week"), _week),
    "learnt": (message("What became known"), _learnt),
    "against": (message("Against the weeks before"), _against),
    "event": (message("The incident"), _event),
    "event_map": (message("Map"), _event_map),
    "claims": (message("Claims"), _claims),
    "timeline": (message("Day by day"), _timeline),
    "links": (message("Linked incidents"), _links),
    "neighbours": (message("Nearby"), _neighbours),
    "hotspot_map": (message("Map"), _hotspot_map),
    "concentration": (message("Where they concentrate"), _concentration),
    "moved": (message("Where it moved"), _moved),
    "verdict": (message("Verdict"), _verdict),
    "route_map": (message("Map"), _route_map),
    "strips": (message("Along the way"), _strips),
    "routes": (message("Routes"), _routes),
    "stretches": (message("Stretch by stretch"), _stretches),
    "points": (message("On the way"), _points),
    "drivers": (message("What makes the exposure"), _drivers),
    "evidence": (message("Evidence"), _evidence),
    "unknown": (message("What is not known"), _unknown),
}


def make(name: str, subject: Subject) -> Section | None:
    """Return a section, ``None`` when there is nothing for it.

    Raises
    ------
    KeyError
        When there is no section of that name.
    """
    title, maker = SECTIONS[name]
    blocks = maker(subject)
    return Section(name, title, blocks) if blocks else None
