"""Which places the names of one record mean, chosen together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import product
from math import prod

from geo.gazetteer.bands import lies
from geo.gazetteer.folding import fold
from geo.gazetteer.index import ADM2_WEIGHT, NEAR_SCALE_M, NEAR_WEIGHT, convincing
from geo.gazetteer.land import Land, is_first_level
from geo.gazetteer.reading import Name, Reading
from geo.geodesy import distance_m
from geo.records import Candidate, Place

COMMON_ROAD_WEIGHT = 25.0
KNOWN_ROAD_WEIGHT = 4.0
FIT_WEIGHT = 40.0
"""A place as far from another as the text says: more than a road that both share."""
KIND_WEIGHT = 25.0
"""A mine that is called a mine."""
CLEAR_LEAD = 8.0
"""What tells two homonyms apart for certain: a city from a village, a region, other names."""
SURE_LEAD = 9.0
"""A known town on a known road leads the villages that bear its name by this, and nothing else
speaks for it: a person should look.  A city leads by more."""
LEAST_LEAD = 3.5
"""What tells them apart well enough within a country: a town from a village, a known road."""
MOST_PER_NAME, MOST_COMBINATIONS = 5, 400
STRANDED_M = 200_000.0
"""A name that only resembles one so far from all that is named with certainty is another."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The place that a name was taken to mean, and the likeliest other one of the same name.

    Parameters
    ----------
    name
        As written.
    candidate
        What it was taken to mean.
    runner_up
        The likeliest other place of that name.
    lead
        How much more speaks for the chosen one, everything else that is named considered.
    """

    name: Name
    candidate: Candidate
    runner_up: Place | None
    lead: float = float("inf")

    @property
    def place(self) -> Place:
        """The chosen place."""
        return self.candidate.place

    @property
    def undecided(self) -> bool:
        """Whether nothing tells two places of this name apart."""
        return self.lead < self._needed

    @property
    def doubtful(self) -> bool:
        """Whether little tells two places of this name apart: a person should look."""
        return self.lead <= SURE_LEAD

    @property
    def _needed(self) -> float:
        # A hint may choose between two villages of one country, but not between two countries.
        abroad = self.runner_up is not None and self.runner_up.country != self.place.country
        return CLEAR_LEAD if abroad else LEAST_LEAD


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
    for area in reading.areas:
        # A village of the commune of Diabaly lies near Diabaly.
        if area.level == "commune" and land.gazetteer.knows(area.name.text):
            names.setdefault(area.name.key, area.name)
    context = names.keys() - {name.key for name in reading.said()}
    units, regions = _units(reading, land)
    for key, name in names.items():
        found = land.gazetteer.candidates(name.text, name.country or country, adm1)
        found = [c for c in found if c.place.country == name.country] or found
        listed[key] = found
        usable = [
            candidate
            for candidate in found
            if candidate.place.kind != "region" and convincing(candidate, name.text)
            # A resembling name is never looked for beyond what the text names.
            if not candidate.fuzzy
            or (
                (not reading.countries or candidate.place.country in reading.countries)
                and (not regions or fold(candidate.place.adm1) in regions)
            )
        ]
        if usable:
            options[key] = usable[:MOST_PER_NAME]
        elif key not in context:
            unknown.append(name)
    for key in _stranded(options, context):
        unknown.append(names[key])
        del options[key]
    origins = {key: found[0].place for key, found in options.items()}
    subjects = {subject.name.key for subject in reading.subjects}
    solo = {
        candidate.place.place_id: _solo(candidate, land, country, adm1, units)
        + (KIND_WEIGHT if names[key].kind == candidate.place.kind else 0.0)
        + (FIT_WEIGHT if key in subjects and _fits(candidate.place, reading, origins) else 0.0)
        for key, found in options.items()
        for candidate in found
    }
    best = _best(list(options.values()), solo, land)
    choices = {
        key: _choice(
            names[key],
            at,
            best,
            options[key],
            partial(_together, solo=solo, land=land),
            units=units,
        )
        for at, key in enumerate(options)
    }
    return Resolution(choices, tuple(unknown), listed)


def _stranded(options: Mapping[str, Sequence[Candidate]], context: Collection[str]) -> list[str]:
    """Return the names that only resemble places far from all that is named with certainty."""
    certain = [
        candidate.place
        for key, found in options.items()
        if key not in context
        for candidate in found
        if not candidate.fuzzy
    ]

    def far(candidate: Candidate) -> bool:
        place = candidate.place
        return candidate.fuzzy and all(
            _apart_m(place.lon, place.lat, other.lon, other.lat) > STRANDED_M for other in certain
        )

    several = len({place.place_id for place in certain}) > 1
    return [key for key, found in options.items() if several and all(map(far, found))]


def _fits(place: Place, reading: Reading, origins: Mapping[str, Place]) -> bool:
    """Return whether a place lies as far from another, and where, as the reading says."""
    for stated in reading.distances:
        origin = origins.get(stated.name.key)
        if origin is None or origin == place:
            continue
        off_m = stated.off_m(_apart_m(place.lon, place.lat, origin.lon, origin.lat))
        if off_m <= (stated.tolerance_km - stated.range_km) * 1000 + place.accuracy_m and (
            stated.bearing_deg is None or lies(place, origin, stated.bearing_deg)
        ):
            return True
    return False


def _units(reading: Reading, land: Land) -> tuple[set[str], set[str]]:
    """Return the folded names of the administrative units that a reading names.

    Second those of the first level alone.
    """
    units = {area.name.key for area in reading.areas}
    gazetteer = land.gazetteer
    for name in reading.bare:
        known = [gazetteer.places[at] for _, at in gazetteer.spellings.get(name.key, ())]
        if known and all(place.kind == "region" for place in known):
            units.add(name.key)  # “Mopti region” after a distance
    regions = {
        fold(place.adm1)
        for key in units
        for _, at in gazetteer.spellings.get(key, ())
        if is_first_level(place := gazetteer.places[at])
    }
    return units | regions, regions


def _choice(
    name: Name,
    at: int,
    best: tuple[Candidate, ...],
    options: Sequence[Candidate],
    together: Callable[[Sequence[Candidate]], float],
    *,
    units: Collection[str],
) -> Choice:
    """Return what a name was taken to mean, weighed against its other meanings one by one."""
    chosen = best[at]
    others = {c.place.place_id: c for c in options if c.place != chosen.place}
    if not others:
        return Choice(name, chosen, None)
    worth = {
        other: together((*best[:at], candidate, *best[at + 1 :]))
        for other, candidate in others.items()
    }
    second = max(worth, key=lambda place_id: worth[place_id])
    lead = together(best) - worth[second]
    if _inside(chosen.place, units) and not _inside(others[second].place, units):
        lead += CLEAR_LEAD  # “30 km north of Boni, in the Mopti region” is in no other country
    return Choice(name, chosen, others[second].place, lead)


def _inside(place: Place, units: Collection[str]) -> bool:
    """Return whether a place lies in a unit that the text names."""
    return fold(place.adm1) in units or fold(place.adm2) in units


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


_apart_m = lru_cache(maxsize=65536)(distance_m)
"""Combinations repeat the same pairs."""


def _together(chosen: Sequence[Candidate], solo: Mapping[str, float], land: Land) -> float:
    places = [candidate.place for candidate in chosen]
    total = sum(solo[place.place_id] for place in places)
    for i, one in enumerate(places):
        others = [other for other in places[:i] + places[i + 1 :] if other is not one]
        if not others:
            continue
        nearest_m = min(_apart_m(one.lon, one.lat, o.lon, o.lat) for o in others)
        total -= NEAR_WEIGHT * min(1.0, nearest_m / NEAR_SCALE_M)
        chains = set(land.atlas.axes_of.get(one.place_id, ()))
        if any(chains & land.roads.spots(other).keys() for other in others):
            total += COMMON_ROAD_WEIGHT
    return total
