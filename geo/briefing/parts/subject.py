"""What a brief is about, as the makers of its sections take it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from geo.briefing.material import Material
from geo.briefing.records import Block, Paragraph, Sentence
from geo.i18n import Message
from geo.risk.journey.records import Answer


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


def said(*sentences: Iterable[Sentence], listed: bool = False) -> Paragraph:
    """Return sentences as one paragraph."""
    return Paragraph(tuple(s for several in sentences for s in several), listed=listed)
