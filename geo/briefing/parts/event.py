"""Sections about one incident: what is known, every claim, its days, what is linked and near."""

from __future__ import annotations

from geo.briefing import chronicle, incidents
from geo.briefing.parts.subject import Subject, said
from geo.briefing.records import Block, Paragraph, Picture, PictureKind, Sentence
from geo.i18n import counted, message


def event(subject: Subject) -> tuple[Block, ...]:
    """Return what is known of the incident."""
    material, incident_id = subject.material, subject.incident_id
    return (
        said(
            incidents.told(material, incident_id),
            incidents.toll(material, incident_id),
            listed=True,
        ),
    )


def event_map(subject: Subject) -> tuple[Block, ...]:
    """Return the map around the incident."""
    return (
        Picture(
            PictureKind.INCIDENT_MAP,
            message("Where it happened, and what else was reported near it"),
            message("Map of the incident with the spread of its place and its neighbours."),
            subject.incident_id,
        ),
    )


def claims(subject: Subject) -> tuple[Block, ...]:
    """Return every claim about the incident."""
    material, incident_id = subject.material, subject.incident_id
    return (
        incidents.claims_table(material, incident_id),
        said(incidents.claim_sources(material, incident_id), listed=True),
    )


def timeline(subject: Subject) -> tuple[Block, ...]:
    """Return the incident day by day."""
    return (
        Picture(
            PictureKind.CHRONICLE,
            message("What was claimed, and when it became known"),
            message(
                "Timeline: the days of the incident, then for each claim the days on which it "
                "became known and its range. The table says the same."
            ),
            subject.incident_id,
        ),
        chronicle.timeline(subject.material, subject.incident_id),
    )


def links(subject: Subject) -> tuple[Block, ...]:
    """Return what is linked with the incident."""
    said = tuple(incidents.links(subject.material, subject.incident_id))
    return (Paragraph(said, listed=True),) if said else ()


def neighbours(subject: Subject) -> tuple[Block, ...]:
    """Return what was reported near it."""
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
