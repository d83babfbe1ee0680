"""Which places the names of one record mean, chosen together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from geo.gazetteer.folding import fold
from geo.gazetteer.index import ADM2_WEIGHT, NEAR_SCALE_M, NEAR_WEIGHT, convincing
from geo.gazetteer.land import Land
from geo.gazetteer.reading import Name, Reading
from geo.geodesy import distance_m
from geo.records import Candidate, Place

COMMON_ROAD_WEIGHT = 25.0
KNOWN_ROAD_WEIGHT = 4.0
MOST_PER_NAME, MOST_COMBINATIONS = 5, 400


@dataclass(frozen=True, slots=True)
class Choice:
    """The place that a name was taken to mean, and the likeliest other one of the same name."""

    name: Name
    candidate: Candidate
    runner_up: Place | None

    @property
    def place(self) -> Place:
        """The chosen place."""
        return self.candidate.place


@dataclass(frozen=True, slots=True)
class Resolution:
    """The choices by folded name, and the names that no place convincingly bears."""

    choices: Mapping[str, Choice]
    unknown: tuple[Name, ...]
    candidates: Mapping[str, Sequence[Candidate]]

    def place(self, name: Name) -> Place | None:
        """Return the place chosen for a name."""
        choice = self.choices.get(name.key)
        return choice.place if choice else None


def resolve(reading: Reading, land: Land, country: str | None, adm1: str | None) -> Resolution:
    """Choose a place for each name of a reading.

    Homonyms are told apart by the country and the region of the record, by the units that the
    text names, by roads that join them to the record's other places, and by closeness to these.

    Notes
    -----
    Tries the combinations of candidates, at most ``MOST_COMBINATIONS``.
    """
    options: dict[str, list[Candidate]] = {}
    listed: dict[str, list[Candidate]] = {}
    unknown = []
    names = {name.key: name for name in reading.names()}
    for key, name in names.items():
        found = land.gazetteer.candidates(name.text, country, adm1)
        listed[key] = found
        usable = [
            candidate
            for candidate in found
            if candidate.place.kind != "region" and convincing(candidate, name.text)
            # A resembling name is never looked for beyond the countries that the text names.
            if not (candidate.fuzzy and reading.countries)
            or candidate.place.country in reading.countries
        ]
        if usable:
            options[key] = usable[:MOST_PER_NAME]
        else:
            unknown.append(name)
    units = {fold(area.name.text) for area in reading.areas}
    solo = {
        candidate.place.place_id: _solo(candidate, land, country, adm1, units)
        for found in options.values()
        for candidate in found
    }
    best = _best(list(options.values()), solo, land)
    choices = {
        key: Choice(names[key], candidate, _runner_up(candidate, options[key], solo))
        for key, candidate in zip(options, best, strict=True)
    }
    return Resolution(choices, tuple(unknown), listed)


def _solo(
    candidate: Candidate, land: Land, country: str | None, adm1: str | None, units: set[str]
) -> float:
    place = candidate.place
    rank = land.gazetteer.rank(candidate, country, adm1)
    if fold(place.adm2) in units:
        rank += ADM2_WEIGHT
    if fold(place.adm1) in units:
        rank += ADM2_WEIGHT / 2
    if place.place_id in land.atlas.axes_of:
        rank += KNOWN_ROAD_WEIGHT
    return rank


def _best(
    options: list[list[Candidate]], solo: Mapping[str, float], land: Land
) -> tuple[Candidate, ...]:
    for found in options:
        found.sort(key=lambda candidate: -solo[candidate.place.place_id])
    if all(len(found) == 1 for found in options):
        return tuple(found[0] for found in options)
    while prod(len(found) for found in options) > MOST_COMBINATIONS:
        max(options, key=len).pop()
    return max(product(*options), key=lambda chosen: _together(chosen, solo, land))


def _together(chosen: Sequence[Candidate], solo: Mapping[str, float], land: Land) -> float:
    places = [candidate.place for candidate in chosen]
    total = sum(solo[place.place_id] for place in places)
    for i, one in enumerate(places):
        others = [other for other in places[:i] + places[i + 1 :] if other is not one]
        if not others:
            continue
        nearest_m = min(distance_m(one.lon, one.lat, o.lon, o.lat) for o in others)
        total -= NEAR_WEIGHT * min(1.0, nearest_m / NEAR_SCALE_M)
        chains = set(land.atlas.axes_of.get(one.place_id, ()))
        if any(chains & land.roads.spots(other).keys() for other in others):
            total += COMMON_ROAD_WEIGHT
    return total


def _runner_up(
    chosen: Candidate, options: Sequence[Candidate], solo: Mapping[str, float]
) -> Place | None:
    others = [c.place for c in options if c.place.place_id != chosen.place.place_id]
    return max(others, key=lambda place: solo[place.place_id], default=None)
