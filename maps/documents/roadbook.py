"""The road book of a journey: a brief from the template ``route``, on A4."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from geo.briefing import building, templates
from geo.briefing.material import Material
from geo.risk.journey.records import Answer
from maps.documents.writing import write


def road_book(
    answer: Answer, material: Material, *, number: int | None = None, made_on: date | None = None
) -> bytes:
    """Return the road book of a route as PDF, in the language that is active.

    Parameters
    ----------
    answer
        Of `geo.risk.journey.answer.plan`.
    material
        Of the same days.
    number
        Number of the route, from 1; the one that fits the risk aversion unless given.
    made_on
        The day that it says it was made.

    Returns
    -------
    bytes
        The same for the same answer, material and day.
    """
    told = answer if number is None else replace(answer, chosen=number - 1)
    brief = building.build(templates.load("route"), material, journey=told, made_on=made_on)
    return write(brief, material, "pdf", journey=told)
