"""The sections that a template may name, each made from the material of a brief."""

from __future__ import annotations

from collections.abc import Mapping

from geo.briefing.parts import area, event, travel
from geo.briefing.parts.subject import Maker, Subject
from geo.briefing.records import Section
from geo.i18n import Message, message

SECTIONS: Mapping[str, tuple[Message, Maker]] = {
    "headline": (message("In short"), area.headline),
    "week_headline": (message("In short"), area.week_headline),
    "map": (message("Map"), area.map_),
    "incidents": (message("Incidents"), area.incidents),
    "roads": (message("Roads"), area.roads),
    "changes": (message("What changed on the roads"), area.changes),
    "trend": (message("Trend"), area.trend),
    "sources": (message("Who says so"), area.sources),
    "gaps": (message("What is not known"), area.gaps),
    "week": (message("The week"), area.week),
    "learnt": (message("What became known"), area.learnt),
    "against": (message("Against the weeks before"), area.against),
    "event": (message("The incident"), event.event),
    "event_map": (message("Map"), event.event_map),
    "claims": (message("Claims"), event.claims),
    "timeline": (message("Day by day"), event.timeline),
    "links": (message("Linked incidents"), event.links),
    "neighbours": (message("Nearby"), event.neighbours),
    "hotspot_map": (message("Map"), area.hotspot_map),
    "concentration": (message("Where they concentrate"), area.concentration),
    "moved": (message("Where it moved"), area.moved),
    "verdict": (message("Verdict"), travel.verdict),
    "route_map": (message("Map"), travel.route_map),
    "strips": (message("Along the way"), travel.strips),
    "routes": (message("Routes"), travel.routes),
    "stretches": (message("Stretch by stretch"), travel.stretches),
    "points": (message("On the way"), travel.points),
    "drivers": (message("What makes the exposure"), travel.drivers),
    "evidence": (message("Evidence"), travel.evidence),
    "unknown": (message("What is not known"), travel.unknown),
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
