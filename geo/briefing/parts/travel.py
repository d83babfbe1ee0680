"""Sections about a journey: verdict, maps, stretch by stretch, evidence, what is not known."""

from __future__ import annotations

from geo.briefing import journey
from geo.briefing.parts.subject import Subject, said
from geo.briefing.records import Block, Paragraph, Picture, PictureKind
from geo.i18n import message
from geo.records import Fault, InputError
from geo.risk.journey.records import Answer


def _asked(subject: Subject) -> Answer:
    if subject.journey is None:
        text = message("This template is about a journey; name where it begins and ends.")
        raise InputError([Fault(None, "template", text)])
    return subject.journey


def verdict(subject: Subject) -> tuple[Block, ...]:
    """Return the verdict and its reasons."""
    return (said(journey.verdict(_asked(subject)), listed=True),)


def route_map(subject: Subject) -> tuple[Block, ...]:
    """Return the map of the routes."""
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


def strips(subject: Subject) -> tuple[Block, ...]:
    """Return the strip maps of the way."""
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


def routes(subject: Subject) -> tuple[Block, ...]:
    """Return the routes side by side."""
    table = journey.alternatives(_asked(subject))
    return (table,) if table.rows else ()


def stretches(subject: Subject) -> tuple[Block, ...]:
    """Return the stretches of the way."""
    table = journey.stretches(_asked(subject))
    return (table,) if table.rows else ()


def points(subject: Subject) -> tuple[Block, ...]:
    """Return the points on the way."""
    table = journey.points(_asked(subject))
    return (table,) if table.rows else ()


def drivers(subject: Subject) -> tuple[Block, ...]:
    """Return what makes the exposure."""
    said = tuple(journey.drivers(_asked(subject)))
    return (Paragraph(said, listed=True),) if said else ()


def evidence(subject: Subject) -> tuple[Block, ...]:
    """Return what the verdicts rest on."""
    said = tuple(journey.evidence(_asked(subject)))
    return (Paragraph(said, listed=True),) if said else ()


def unknown(subject: Subject) -> tuple[Block, ...]:
    """Return what is not known of the way."""
    return (said(journey.standing(_asked(subject)), listed=True),)
