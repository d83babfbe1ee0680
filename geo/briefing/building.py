"""A brief from a template and the material that it is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from geo.atlas import Atlas
from geo.briefing.material import Material
from geo.briefing.parts.subject import Subject
from geo.briefing.records import MAP_LAYERS, Brief
from geo.briefing.sections import make
from geo.briefing.templates import Template
from geo.gazetteer.folding import fold
from geo.i18n import Message, message
from geo.records import Fault, InputError
from geo.risk.journey.records import Answer
from geo.words import COUNTRIES, joined_names, where, word


def chosen_area(
    atlas: Atlas, regions: Sequence[str] | None, countries: Sequence[str] | None
) -> dict[str, frozenset[str]]:
    """Return names of regions and countries as a selection takes them.

    Parameters
    ----------
    atlas
        Whose regions are known.
    regions
        Names of first-level regions in any spelling; ``ML:Gao`` names the country too.
    countries
        ISO 3166-1 alpha-2 codes.

    Returns
    -------
    dict
        ``regions`` and ``countries`` of a `geo.selection.Selection`.

    Raises
    ------
    InputError
        With every name that is unknown, or that regions of several countries bear.
    """
    faults: list[Fault] = []
    codes = {code.strip().upper() for code in countries or ()}
    for code in sorted(codes - set(COUNTRIES)):
        text = message(
            "There is no country “{code}” here; there are {known}.",
            code=code,
            known=", ".join(COUNTRIES),
        )
        faults.append(Fault(None, "country", text))
    known = {
        (country, fold(name)): name
        for country, names in zip(atlas.regions["country"], atlas.regions["covers"], strict=True)
        for name in names
    }
    found: set[str] = set()
    for given in regions or ():
        country, _, name = given.rpartition(":")
        wanted = {country.upper()} if country else codes or set(COUNTRIES)
        hits = {f"{c}:{known[c, fold(name)]}" for c in wanted if (c, fold(name)) in known}
        if len(hits) == 1:
            found |= hits
        elif hits:
            text = message(
                "Several countries have a region “{name}”: {list}. Name the country.",
                name=name,
                list=", ".join(sorted(hits)),
            )
            faults.append(Fault(None, "region", text))
        else:
            text = message(
                "There is no region “{name}”; there are {known}.",
                name=given,
                known=", ".join(sorted({value for (c, _), value in known.items() if c in wanted})),
            )
            faults.append(Fault(None, "region", text))
    if faults:
        raise InputError(faults)
    codes |= {region.partition(":")[0] for region in found}
    return {"regions": frozenset(found), "countries": frozenset(codes)}


def about(template: Template, material: Material) -> Material:
    """Return what a template is about: the days that it always has, else those of the material."""
    return material.since(template.days) if template.fixed else material


def area_of(material: Material) -> str:
    """Return the name of the area that a material's selection is about."""
    chosen = material.selection
    if chosen.regions:
        return joined_names(sorted(region.partition(":")[2] for region in chosen.regions))
    countries = sorted(chosen.countries) or list(COUNTRIES)
    return joined_names([word(COUNTRIES, code) for code in countries])


def _far_end(journey: Answer) -> str:
    """Return where a journey leads; that of a return journey is in its middle."""
    stops = journey.stops
    return stops[len(stops) // 2 if journey.question.returns else -1].name


def build(
    template: Template,
    material: Material,
    *,
    incident_id: str = "",
    journey: Answer | None = None,
    mark: str = "",
    made_by: str = "",
    made_on: date | None = None,
    layers: Collection[str] | None = None,
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
    journey
        The answer of the route check, for a template about a journey.
    mark, made_by, made_on, layers
        See `geo.briefing.records.Brief`.

    Raises
    ------
    InputError
        When the incident is not among what was known, or there is no such layer.
    """
    shot = material.snapshot
    if unknown := sorted(set(layers or ()) - set(MAP_LAYERS)):
        text = message("There is no layer “{name}”; there are {known}.", name=", ".join(unknown),
                       known=", ".join(MAP_LAYERS))  # fmt: skip
        raise InputError([Fault(None, "layer", text)])
    area: Message | str = area_of(material)
    if incident_id:
        if incident_id not in shot.incidents.index:
            text = message(
                "No incident {id} was known on {day}.", id=incident_id, day=shot.known_on
            )
            raise InputError([Fault(None, "incident", text)])
        area = where(shot.incidents.loc[incident_id])
    if journey is not None:
        area = message("{start} to {end}", start=journey.stops[0].name, end=_far_end(journey))
    subject = Subject(area, material, incident_id, journey)
    made = [make(name, subject) for name in template.sections]
    chosen = material.selection
    return Brief(
        template=template.name,
        title=template.title(str(area)),
        # A journey has a day, not a period.
        subtitle=message("{on}, as known on {known}", on=shot.on, known=shot.known_on)
        if journey is not None
        else message(
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
        layers=None if layers is None else frozenset(layers),
    )
