"""A brief from a template and the material that it is about."""

from __future__ import annotations

from datetime import date

from geo.briefing.material import Material
from geo.briefing.records import Brief
from geo.briefing.sections import Subject, make
from geo.briefing.templates import Template
from geo.i18n import Message, message
from geo.records import Fault, InputError
from geo.words import COUNTRIES, joined_names, where, word

TLP = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
"""Marks of the Traffic Light Protocol, version 2.0 (FIRST, 2022)."""


def area_of(material: Material) -> str:
    """Return the name of the area that a material's selection is about."""
    chosen = material.selection
    if chosen.regions:
        return joined_names(sorted(region.partition(":")[2] for region in chosen.regions))
    countries = sorted(chosen.countries) or list(COUNTRIES)
    return joined_names([word(COUNTRIES, code) for code in countries])


def build(
    template: Template,
    material: Material,
    *,
    incident_id: str = "",
    mark: str = "",
    made_by: str = "",
    made_on: date | None = None,
) -> Brief:
    """Return a brief, in the language that is active.

    Parameters
    ----------
    template
        What it contains.
    material
        What it is about.
    incident_id
        The incident, for a template about one.
    mark, made_by, made_on
        See `geo.briefing.records.Brief`.

    Raises
    ------
    InputError
        When the incident is not among what was known.
    """
    shot = material.snapshot
    area: Message | str = area_of(material)
    if incident_id:
        if incident_id not in shot.incidents.index:
            text = message(
                "No incident {id} was known on {day}.", id=incident_id, day=shot.known_on
            )
            raise InputError([Fault(None, "incident", text)])
        area = where(shot.incidents.loc[incident_id])
    subject = Subject(area, material, incident_id)
    made = [make(name, subject) for name in template.sections]
    chosen = material.selection
    return Brief(
        template=template.name,
        title=template.title(str(area)),
        subtitle=message(
            "{start} to {end}, as known on {known}",
            start=chosen.start,
            end=chosen.end,
            known=shot.known_on,
        ),
        on=shot.on,
        known_on=shot.known_on,
        sections=tuple(section for section in made if section is not None),
        credits=shot.atlas.credits,
        mark=mark,
        made_by=made_by,
        made_on=made_on,
    )
