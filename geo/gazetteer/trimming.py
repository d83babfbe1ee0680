"""What cannot be placed honestly, and what is left of a reading without it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial

import shapely
from shapely.geometry import Point

from geo.exchange.cells import shown
from geo.gazetteer import remarks, wording
from geo.gazetteer.land import Land
from geo.gazetteer.reading import Area, Between, Closeness, Reading, Subject
from geo.gazetteer.resolving import Choice, Resolution
from geo.i18n import Message, message

BESIDE_DEG = 0.1
"""A place so close to another country, about 11 km, may stand for what happened there."""


@dataclass(frozen=True, slots=True)
class Trimmed:
    """What is left of a reading.

    Parameters
    ----------
    reading
        Without what cannot be used.
    doubts
        What was left out, and why.
    refusal
        Why nothing can be placed, ``None`` when something can.
    """

    reading: Reading
    doubts: tuple[Message, ...] = ()
    refusal: Message | None = None


def trim(
    reading: Reading, resolution: Resolution, land: Land, country: str | None, *, coarse: bool
) -> Trimmed:
    """Leave out names that nobody knows, homonyms that nothing tells apart, other countries.

    One of these empties no reading that says more: it is told, and the rest decides.

    Parameters
    ----------
    reading, resolution, land, country
        What is said, what its names mean, what is known, the country of the record.
    coarse
        Whether the likeliest homonym will do, and a road or a region for a place.
    """
    doubts = [remarks.unread(said) for said in reading.unread]
    left = partial(without, land=land, coarse=coarse)
    if resolution.unknown:
        reading = left(reading, {name.key for name in resolution.unknown})
        doubts += [remarks.not_known(name.text) for name in resolution.unknown]
        if not (coarse or reading.bounds):
            return Trimmed(reading, refusal=_unknown(resolution, country))
    undecided = [] if coarse else _undecided(reading, resolution)
    if undecided:
        reading = left(reading, {choice.name.key for choice in undecided})
        doubts += map(remarks.undecided, undecided)
        if not reading.bounds:
            return Trimmed(reading, refusal=remarks.undecided(undecided[0]))
    elsewhere = None if coarse else _elsewhere(reading, country)
    if elsewhere is not None:
        if not _none_in_named(reading, resolution):
            return Trimmed(reading, refusal=elsewhere)
        doubts.append(elsewhere)
    abroad = _abroad(reading, resolution, country, land)
    if abroad is not None:
        reading = replace(reading, subjects=())
        doubts.append(abroad)
    return Trimmed(reading, tuple(doubts), None if coarse else abroad)


def _none_in_named(reading: Reading, resolution: Resolution) -> bool:
    """Return whether names were understood, and none of them may be in the countries named."""
    listed = [found for key in resolution.choices for found in resolution.candidates[key]]
    return bool(listed) and all(found.place.country not in reading.countries for found in listed)


def without(reading: Reading, keys: AbstractSet[str], land: Land, *, coarse: bool) -> Reading:
    """Return a reading without some of its names.

    “Xville, Gao” keeps the region of Gao, not the town; “between Gao and Xville” keeps nothing,
    unless a ``coarse`` answer is asked for: then the area of Gao.

    Parameters
    ----------
    reading
        What is said.
    keys
        Folded names to leave out.
    land
        What is known: which names are those of administrative units too.
    coarse
        Whether the known end of a stretch remains as an area.
    """
    subjects, areas = _subjects(reading, keys, land)
    betweens = tuple(_betweens(reading, keys))
    if coarse and not subjects:
        for between in reading.betweens:
            left = [name for name in between.names if name.key not in keys]
            if len(left) == 1:
                subjects.append(Subject(left[0], Closeness.AREA))
    return replace(
        reading,
        subjects=tuple(subjects),
        betweens=betweens,
        distances=tuple(
            replace(d, towards=None if d.towards and d.towards.key in keys else d.towards)
            for d in reading.distances
            if d.name.key not in keys
        ),
        bearings=tuple(b for b in reading.bearings if b.name.key not in keys),
        areas=(*reading.areas, *areas),
        roads_to=tuple(name for name in reading.roads_to if name.key not in keys),
        closer=tuple(name for name in reading.closer if name.key not in keys),
    )


def _subjects(
    reading: Reading, keys: AbstractSet[str], land: Land
) -> tuple[list[Subject], list[Area]]:
    subjects: list[Subject] = []
    areas: list[Area] = []
    lost = False
    for subject in reading.subjects:
        if subject.name.key in keys:
            lost = True
        elif lost and subject.name in reading.bare and land.is_unit(subject.name.key):
            areas.append(Area(subject.name, ""))
        else:
            subjects.append(subject)
    return subjects, areas


def _betweens(reading: Reading, keys: AbstractSet[str]) -> Iterator[Between]:
    for between in reading.betweens:
        known = tuple(name for name in between.names if name.key not in keys)
        if len(known) > 1 or (known and between.border):
            yield replace(between, names=known)


def _undecided(reading: Reading, resolution: Resolution) -> list[Choice]:
    """Return the homonyms that decide where it is and that nothing tells apart."""
    names = [subject.name for subject in reading.subjects]
    names += [distance.name for distance in reading.distances]
    names += [name for between in reading.betweens for name in between.names]
    found = [resolution.choices.get(name.key) for name in names]
    return [choice for choice in found if choice is not None and choice.undecided]


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
    return remarks.not_known(name.text)


def _abroad(
    reading: Reading, resolution: Resolution, country: str | None, land: Land
) -> Message | None:
    """Return a reason when nothing that is named lies in the country of the record, or beside it.

    “3 km inside Niger, near Labbezanga” is not at Labbezanga, but near it.
    """
    known = [name for name in reading.said() if name.key in resolution.choices]
    places = [resolution.choices[name.key].place for name in known]
    if country is None or not known or any(place.country == country for place in places):
        return None
    ground = land.country(country) if reading.countries else None
    if ground is not None and any(
        shapely.distance(ground.geometry, Point(place.lon, place.lat)) <= BESIDE_DEG
        for place in places
    ):
        return None
    name = known[0]
    where = sorted({candidate.place.country for candidate in resolution.candidates[name.key]})
    return remarks.known_elsewhere(name.text, where, country)


def _elsewhere(reading: Reading, country: str | None) -> Message | None:
    """Return a reason when the text names other countries than the one that was asked for."""
    if country is None or not reading.countries or country in reading.countries:
        return None
    return message(
        "the text names {named}, not {country}",
        named=wording.listed([wording.country_name(code) for code in reading.countries]),
        country=wording.country_name(country),
    )
