"""Sections about an area and a period: incidents, roads, where they concentrate, the week."""

from __future__ import annotations

from geo.briefing import concentration as concentrations
from geo.briefing import counting, weeks
from geo.briefing import incidents as listings
from geo.briefing import roads as statuses
from geo.briefing.parts.subject import Subject, said
from geo.briefing.records import Block, Paragraph, Picture, PictureKind, Sentence
from geo.i18n import counted, message
from geo.words import joined_names


def headline(subject: Subject) -> tuple[Block, ...]:
    """Return how many incidents there were, and what they cost."""
    material = subject.material
    return (
        said(counting.headline(material, subject.area), counting.gravest(material), listed=True),
    )


def week_headline(subject: Subject) -> tuple[Block, ...]:
    """Return how many incidents the week had, beside the weeks before it."""
    return (said(weeks.headline(subject.material, subject.area), listed=True),)


def map_(subject: Subject) -> tuple[Block, ...]:
    """Return the map of the area."""
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
    told = []
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
            told.append(Sentence(text))
    return (Paragraph(tuple(told)),) if told else ()


def roads(subject: Subject) -> tuple[Block, ...]:
    """Return what is said of the roads."""
    return (said(statuses.summary_of(subject.material)), statuses.table(subject.material))


def incidents(subject: Subject) -> tuple[Block, ...]:
    """Return the incidents, counted and listed."""
    material = subject.material
    return (
        said(counting.kinds(material), counting.who(material)),
        listings.listing(material, material.ids),
    )


def trend(subject: Subject) -> tuple[Block, ...]:
    """Return the incidents by month."""
    return (
        Picture(
            PictureKind.TREND,
            message("Incidents by month, {area}", area=subject.area),
            message("Bars: incidents of each month; dark: with explosive devices. See the table."),
        ),
        listings.monthly_table(subject.material),
    )


def changes(subject: Subject) -> tuple[Block, ...]:
    """Return what changed on the roads since the period began."""
    since = subject.material.selection.start
    return statuses.changed(subject.material, since)


def gaps(subject: Subject) -> tuple[Block, ...]:
    """Return what is not known."""
    return (said(counting.gaps(subject.material), listed=True),)


def sources(subject: Subject) -> tuple[Block, ...]:
    """Return who said what stands of the roads."""
    rows = subject.material.area_status
    ids = tuple(sorted({i for found in rows["assertion_ids"] for i in found}))
    return (statuses.evidence_table(subject.material, ids),)


def learnt(subject: Subject) -> tuple[Block, ...]:
    """Return what became known in the week."""
    return weeks.learnt(subject.material)


def week(subject: Subject) -> tuple[Block, ...]:
    """Return what happened in the week."""
    return weeks.told(subject.material)


def against(subject: Subject) -> tuple[Block, ...]:
    """Return the week beside those before it."""
    return weeks.against(subject.material)


def hotspot_map(subject: Subject) -> tuple[Block, ...]:
    """Return the map of where incidents concentrate."""
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


def moved(subject: Subject) -> tuple[Block, ...]:
    """Return where they concentrate now and did before."""
    return concentrations.moved(subject.material)


def concentration(subject: Subject) -> tuple[Block, ...]:
    """Return the stretches on which they concentrate."""
    material = subject.material
    return (
        concentrations.table(material),
        said(concentrations.told(material), listed=True),
    )
