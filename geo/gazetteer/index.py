"""The gazetteer: places by identifier and by name."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.exchange.tables import read_places
from geo.gazetteer.folding import fold, sound
from geo.geodesy import distance_m
from geo.records import Candidate, InputError, Place

_BRACKETED = re.compile(r"(.+?) *\((.+)\)")
SOUND_SCORE = 96.0
"""Score of a name that only reads alike."""
SUGGEST_SCORE = 60.0
"""Lowest score at which a name is worth showing as a suggestion."""
EDITS_BY_LENGTH = ((4, 0), (8, 1), (13, 2), (99, 3))
"""Up to this length of a folded name, so many changed letters may still be the same name."""

SHORT_NAME = 6

COUNTRY_WEIGHT, ADM1_WEIGHT, ADM2_WEIGHT = 100.0, 25.0, 25.0
KIND_WEIGHTS = {"city": 8.0, "town": 5.0}
NEAR_WEIGHT, NEAR_SCALE_M = 30.0, 150_000.0
"""A place loses up to ``NEAR_WEIGHT`` with its distance from the other places of the record."""


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Places with their spellings.

    Parameters
    ----------
    places
        Places by ``place_id``.
    """

    places: Mapping[str, Place]

    @cached_property
    def spellings(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Spelling and ``place_id`` of all names, by folded spelling."""
        found: dict[str, dict[str, str]] = {}
        for place in self.places.values():
            for written in (place.name, *place.variants):
                for spelling in _readings(written):
                    found.setdefault(fold(spelling), {}).setdefault(place.place_id, spelling)
        return {
            key: tuple((spelling, place_id) for place_id, spelling in names.items())
            for key, names in found.items()
        }

    @cached_property
    def _sounds(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for key in self.spellings:
            found.setdefault(sound(key), []).append(key)
        return {heard: tuple(keys) for heard, keys in found.items()}

    @cached_property
    def _keys(self) -> list[str]:
        return list(self.spellings)

    def knows(self, name: str) -> bool:
        """Return whether a name is a spelling of some place, after folding."""
        return fold(name) in self.spellings

    def candidates(
        self,
        name: str,
        country: str | None = None,
        adm1: str | None = None,
        near: Sequence[str] | None = None,
        limit: int = 5,
    ) -> list[Candidate]:
        """Return the places that a name may mean, the likeliest first.

        The same spelling (after folding) comes before names that resemble it.  A resembling name
        is only looked for when no place has the same spelling, and never beyond ``country``.

        Parameters
        ----------
        name
            A name as written.
        country
            ISO 3166-1 alpha-2; homonyms there come first.
        adm1
            First-level region; homonyms there come first.
        near
            ``place_id`` of the other places of the same record; homonyms close to them come first.
        limit
            How many to return at most.
        """
        key = fold(name)
        if not key:
            return []
        found = [
            Candidate(self.places[place_id], spelling, 100.0, fuzzy=False)
            for spelling, place_id in self.spellings.get(key, ())
        ]
        if not found:
            found = self._resembling(key, country, limit)
        anchors = [self.places[place_id] for place_id in near or ()]
        found.sort(key=lambda candidate: -self.rank(candidate, country, adm1, anchors))
        return found[:limit]

    def _resembling(self, key: str, country: str | None, limit: int) -> list[Candidate]:
        scores = dict.fromkeys(self._sounds.get(sound(key), ()), SOUND_SCORE)
        # The wide net leaves room for places that the country rules out.
        for other, similarity, _ in process.extract(
            key, self._keys, scorer=OSA.normalized_similarity,
            score_cutoff=SUGGEST_SCORE / 100, limit=8 * limit,
        ):  # fmt: skip
            scores.setdefault(other, round(100 * similarity, 1))
        best: dict[str, Candidate] = {}
        for other, score in sorted(scores.items(), key=lambda item: -item[1]):
            for spelling, place_id in self.spellings[other]:
                place = self.places[place_id]
                if country is None or place.country == country:
                    best.setdefault(place_id, Candidate(place, spelling, score, fuzzy=True))
        return list(best.values())

    def rank(
        self,
        candidate: Candidate,
        country: str | None = None,
        adm1: str | None = None,
        near: Iterable[Place] = (),
    ) -> float:
        """Return how likely a candidate is meant: higher is likelier; only the order matters."""
        place = candidate.place
        rank = 4 * candidate.score + KIND_WEIGHTS.get(place.kind, 0.0)
        if country is not None and place.country == country:
            rank += COUNTRY_WEIGHT
        if adm1 and place.adm1 and fold(place.adm1) == fold(adm1):
            rank += ADM1_WEIGHT
        distances = [
            distance_m(place.lon, place.lat, other.lon, other.lat)
            for other in near
            if other.place_id != place.place_id
        ]
        if distances:
            rank -= NEAR_WEIGHT * min(1.0, min(distances) / NEAR_SCALE_M)
        return rank


def _readings(written: str) -> tuple[str, ...]:
    """Return how a spelling may be said: “Santia (Ankoum Bongo)” whole, or by either name."""
    parts = _BRACKETED.fullmatch(written)
    return (written, *parts.groups()) if parts else (written,)


def convincing(candidate: Candidate, name: str) -> bool:
    """Return whether a candidate resembles a name enough to place an event on it.

    A short name leaves no room: one other letter is another village (Madina is not Macina),
    though one may be missing or doubled.
    """
    if not candidate.fuzzy or candidate.score == SOUND_SCORE:
        return True
    key = fold(name)
    allowed = next(edits for length, edits in EDITS_BY_LENGTH if len(key) <= length)
    other = fold(candidate.matched)
    if len(key) <= SHORT_NAME and len(key) == len(other):
        return False
    return bool(OSA.distance(key, other) <= allowed)


def load_places(path: Path) -> Gazetteer:
    """Read the gazetteer from ``places.csv``.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    table = read_places(path)
    if table.faults:
        raise InputError(list(table.faults))
    return Gazetteer({row["place_id"]: _place(row) for row in table.frame.to_dict("records")})


def _place(row: Mapping[Hashable, Any]) -> Place:
    return Place(
        row["place_id"],
        row["name"],
        tuple(part.strip() for part in row["variants"].split("|") if part.strip()),
        row["country"],
        row["adm1"],
        row["adm2"],
        row["kind"],
        row["longitude"],
        row["latitude"],
        row["coord_accuracy_km"] * 1000,
        row["coord_source"],
        row["note"],
    )
