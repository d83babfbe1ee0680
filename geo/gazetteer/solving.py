"""From a reading to a placement: intersect what each statement allows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from geo.exchange.cells import shown
from geo.gazetteer import wording
from geo.gazetteer.areas import area_placement
from geo.gazetteer.case import Case
from geo.gazetteer.land import Land
from geo.gazetteer.offroad import place_off_road
from geo.gazetteer.onroad import place_on_road
from geo.gazetteer.reading import Closeness, Reading, Subject
from geo.gazetteer.resolving import Resolution, resolve
from geo.i18n import Message, message
from geo.records import Candidate, Placement

MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Result:
    """What geocoding found.

    Parameters
    ----------
    placement
        Where it is, ``None`` when that cannot be said honestly.
    candidates
        Places that the names may mean, for a person to choose from; the names that decide first.
    unresolved_reason
        Why there is no placement.
    """

    placement: Placement | None
    candidates: list[Candidate] = field(default_factory=list)
    unresolved_reason: Message | None = None


def solve(
    reading: Reading,
    land: Land,
    country: str | None = None,
    adm1: str | None = None,
    *,
    coarse: bool = False,
) -> Result:
    """Place what a reading says.

    Parameters
    ----------
    reading
        What is said.
    land
        What is known.
    country, adm1
        Country (ISO 3166-1 alpha-2) and first-level region of the record, when known.
    coarse
        Whether an unknown name may be passed over for what else is said: the road, the region.
    """
    if country is None and len(reading.countries) == 1:
        country = reading.countries[0]
    resolution = resolve(reading, land, country, adm1)
    candidates = _candidates(reading, resolution)
    notes = [wording.unread(said) for said in reading.unread]
    if resolution.unknown:
        if not coarse:
            return Result(None, candidates, _unknown(resolution, country))
        notes += [wording.not_known(name.text) for name in resolution.unknown]
        reading = _without(reading, {name.key for name in resolution.unknown})
    abroad = _abroad(reading, resolution, country)
    elsewhere = _elsewhere(reading, country)
    if elsewhere is not None and not coarse:
        return Result(None, candidates, elsewhere)
    if abroad is not None:
        if not coarse:
            return Result(None, candidates, abroad)
        notes.append(abroad)
        reading = replace(reading, subjects=())
    case = Case(reading, land, resolution, country, adm1, notes)
    placement = place_on_road(case)
    if placement is None:
        case.notes += [wording.no_road(chainage.said) for chainage in reading.chainages]
        placement = place_off_road(case)
    if placement is None and (coarse or not reading.roads or reading.areas):
        placement = area_placement(case)
    if placement is None:
        return Result(None, candidates, _nowhere(reading, land))
    return Result(placement, candidates)


def _nowhere(reading: Reading, land: Land) -> Message:
    for ref in reading.roads:
        count = len(land.roads.numbered([ref]))
        if count > 1:
            return message(
                "{count} roads bear the number {ref}; name a place on it", count=count, ref=ref
            )
        if count == 0:
            return message("no road {ref} is known", ref=ref)
    if reading.chainages:
        return wording.no_road(reading.chainages[0].said)
    if reading.unread:
        return wording.unread(reading.unread[0])
    return message("the text names no place, road or region")


def _candidates(reading: Reading, resolution: Resolution) -> list[Candidate]:
    """Return the candidates of the names, chosen ones and unknown names first."""
    found: dict[str, Candidate] = {}
    first = {name.key for name in resolution.unknown}
    names = sorted(reading.names(), key=lambda name: name.key not in first)
    for name in names:
        choice = resolution.choices.get(name.key)
        chosen = [choice.candidate] if choice else []
        for candidate in [*chosen, *resolution.candidates[name.key]]:
            found.setdefault(candidate.place.place_id, candidate)
    return list(found.values())[:MOST_CANDIDATES]


def _unknown(resolution: Resolution, country: str | None) -> Message:
    name = resolution.unknown[0]
    near = [candidate.place.name for candidate in resolution.candidates[name.key]]
    if near:
        return message(
            "“{name}” is not in the gazetteer; nearest spellings: {names}",
            name=shown(name.text), names=", ".join(dict.fromkeys(near)),
        )  # fmt: skip
    if country:
        return message(
            "“{name}” is not in the gazetteer for {country}",
            name=shown(name.text), country=wording.country_name(country),
        )  # fmt: skip
    return wording.not_known(name.text)


def _abroad(reading: Reading, resolution: Resolution, country: str | None) -> Message | None:
    """Return a reason when nothing that is named lies in the country of the record."""
    chosen = [choice.place for choice in resolution.choices.values()]
    if country is None or not chosen or any(place.country == country for place in chosen):
        return None
    name = next(iter(reading.names()))
    where = sorted({candidate.place.country for candidate in resolution.candidates[name.key]})
    return message(
        "“{name}” is known in {others}, not in {country}",
        name=shown(name.text),
        others=wording.listed([wording.country_name(code) for code in where]),
        country=wording.country_name(country),
    )  # fmt: skip


def _elsewhere(reading: Reading, country: str | None) -> Message | None:
    """Return a reason when the text names other countries than the one that was asked for."""
    if country is None or not reading.countries or country in reading.countries:
        return None
    return message(
        "the text names {named}, not {country}",
        named=wording.listed([wording.country_name(code) for code in reading.countries]),
        country=wording.country_name(country),
    )


def _without(reading: Reading, keys: set[str]) -> Reading:
    """Return a reading without unknown names; the known end of a stretch remains as an area."""
    subjects = [subject for subject in reading.subjects if subject.name.key not in keys]
    betweens = []
    for between in reading.betweens:
        known = tuple(name for name in between.names if name.key not in keys)
        if len(known) > 1:
            betweens.append(replace(between, names=known))
        elif known and not subjects:
            subjects.append(Subject(known[0], Closeness.AREA))
    return replace(
        reading,
        subjects=tuple(subjects),
        betweens=tuple(betweens),
        distances=tuple(
            replace(d, towards=None if d.towards and d.towards.key in keys else d.towards)
            for d in reading.distances
            if d.name.key not in keys
        ),
        bearings=tuple(b for b in reading.bearings if b.name.key not in keys),
        roads_to=tuple(name for name in reading.roads_to if name.key not in keys),
        closer=tuple(name for name in reading.closer if name.key not in keys),
    )
