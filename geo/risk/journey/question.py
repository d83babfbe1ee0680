"""The question: where from, where to, when, in what, and how it is found on the roads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from geo.atlas import Atlas
from geo.gazetteer.phrases import geocode
from geo.gazetteer.solving import Result
from geo.geodesy import distance_m
from geo.i18n import Message, message
from geo.records import Candidate, Fault, InputError, Place, PlacementKind
from geo.risk.journey.policy import JourneyPolicy
from geo.roads.referencing import chainage, measure_of, point_at

_LONLAT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*")
ON_ROAD_M = 3_000.0
"""As near as this to its road a place stands on it: coordinates of places are no better."""
FARTHEST_M = 100_000.0
"""Beyond this no road serves the place."""
_MOST_LON, _MOST_LAT = 180.0, 90.0
_ONE_POINT_M = 3.0
"""No road leads between two stops that stand so near to each other on the roads."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Parameters
    ----------
    origin, destination
        A phrase that geocodes to a place or a point of a road, a ``place_id``, or ``lon,lat`` in
        degrees.
    via
        The same, in the order of the journey.
    vehicle
        A name of the policy's section ``vehicles``.
    escort
        Whether the journey has an escort.
    returns
        Whether it goes back the same day or later, over the same stops.
    allow_closed
        Whether roads that are reported closed may be used; the answer then says so.
    risk_aversion
        0 (time alone) to 1 (exposure alone); the policy's unless given.
    departs
        Local time; the policy's unless given.
    """

    origin: str
    destination: str
    via: tuple[str, ...] = ()
    vehicle: str = "car"
    escort: bool = False
    returns: bool = False
    allow_closed: bool = False
    risk_aversion: float | None = None
    departs: time | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of the question, and where it stands on the roads.

    Parameters
    ----------
    asked
        As it was asked.
    name
        As the gazetteer calls it, or the chainage or the coordinates.
    place_id
        Of the gazetteer, empty for a point.
    country
        ISO 3166-1 alpha-2, empty when unknown.
    lon, lat
        Of the place, degrees, WGS 84.
    axis_id, measure_m
        Where it stands on the roads.
    snapped_lon, snapped_lat
        The point of the road.
    unmapped_m
        From the place to that point in a straight line; 0 for a place of the road.
    explanation
        How it was found.
    others
        Other places of that name, as text.
    """

    asked: str
    name: str
    place_id: str
    country: str
    lon: float
    lat: float
    axis_id: str
    measure_m: float
    snapped_lon: float
    snapped_lat: float
    unmapped_m: float
    explanation: Message
    others: tuple[str, ...] = ()

    @property
    def pk(self) -> str:
        """Its chainage on the axis."""
        return chainage(self.measure_m)


def stops_of(question: Question, atlas: Atlas, policy: JourneyPolicy) -> tuple[Stop, ...]:
    """Find the places of a question on the roads, in the order of the journey.

    Parameters
    ----------
    question
        What is asked.
    atlas
        Roads and places.
    policy
        Its vehicles.

    Returns
    -------
    tuple of Stop
        Origin, vias, destination, and back again for a return journey.

    Raises
    ------
    InputError
        With every fault: a phrase that is no place, a place far from all roads, the same place or
        the same point of the roads twice in a row, an unknown vehicle, an aversion out of range.
    """
    faults: list[Fault] = []
    found: list[Stop | None] = []
    named = [("origin", question.origin), *(("via", text) for text in question.via),
             ("destination", question.destination)]  # fmt: skip
    known = [_stop(text, atlas, None) for _, text in named]
    # A homonym that nothing else tells apart is taken in the country of the other stops.
    countries = {stop.country for stop in known if isinstance(stop, Stop) and stop.country}
    country = countries.pop() if len(countries) == 1 else None
    for (column, text), first in zip(named, known, strict=True):
        stop = first
        if country is not None and isinstance(first, Message):
            again = _stop(text, atlas, country)
            stop = again if isinstance(again, Stop) else first
        if isinstance(stop, Message):
            faults.append(Fault(None, column, stop))
        found.append(stop if isinstance(stop, Stop) else None)
    for one, other in pairwise(found):
        if one is not None and other is not None and (text_of := _same(one, other)):
            faults.append(Fault(None, "destination", text_of))
    vehicles = policy.vehicles
    if question.vehicle not in vehicles:
        text_of = message("No vehicle is called {name}; choose one of {words}.",
                          name=question.vehicle, words=", ".join(vehicles))  # fmt: skip
        faults.append(Fault(None, "vehicle", text_of))
    aversion = question.risk_aversion
    if aversion is not None and not 0 <= aversion <= 1:
        text_of = message("Risk aversion is {value}; give a number from 0 to 1.", value=aversion)
        faults.append(Fault(None, "risk_aversion", text_of))
    if faults:
        raise InputError(faults)
    stops = [stop for stop in found if stop is not None]
    return tuple(stops + stops[-2::-1] if question.returns else stops)


def _same(one: Stop, other: Stop) -> Message | None:
    """Say why no journey leads from one stop to the next, if none does."""
    if distance_m(one.lon, one.lat, other.lon, other.lat) < _ONE_POINT_M:
        return message(
            "{start} and {end} are one place; name two.", start=one.asked, end=other.asked
        )
    ends = one.snapped_lon, one.snapped_lat, other.snapped_lon, other.snapped_lat
    if distance_m(*ends) < _ONE_POINT_M:
        return message(
            "No known road lies between {start} and {end}: both are reached from one point of the "
            "road, at {pk}. Leave one of them out.",
            start=one.asked, end=other.asked, pk=one.pk,
        )  # fmt: skip
    return None


@dataclass(frozen=True, slots=True)
class _Named:
    """A place of the question before it is put on a road; fields as of `Stop`."""

    asked: str
    name: str
    place_id: str
    country: str
    lon: float
    lat: float
    explanation: Message
    others: tuple[str, ...] = ()


def _stop(text: str, atlas: Atlas, country: str | None) -> Stop | Message:
    if not text.strip():
        return message("A place of the journey is empty; name a town, a phrase or lon,lat.")
    lonlat = _LONLAT.fullmatch(text)
    place = atlas.gazetteer.places.get(text.strip())
    if place is not None:
        return _place(atlas, text, place, message("By its identifier."), ())
    if lonlat is None:
        return _phrase(text, atlas, country)
    lon, lat = float(lonlat[1]), float(lonlat[2])
    if abs(lon) > _MOST_LON or abs(lat) > _MOST_LAT:
        return message(
            "“{text}” is not on earth; write longitude, then latitude, such as -0.04,16.27.",
            text=text,
        )
    point = _point(text, lon, lat)
    found = _snapped(atlas, point)
    if isinstance(found, Message) and abs(lon) <= _MOST_LAT:
        swapped = _snapped(atlas, _point(text, lat, lon))
        if isinstance(swapped, Stop):
            return message("{reason} Write longitude, then latitude: perhaps {lonlat}?",
                           reason=found, lonlat=f"{lat:g},{lon:g}")  # fmt: skip
    return found


def _point(text: str, lon: float, lat: float) -> _Named:
    north, east = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
    name = f"{abs(lat):.4f} {north}, {abs(lon):.4f} {east}"
    return _Named(text, name, "", "", lon, lat, message("A point on the map."))


def _phrase(text: str, atlas: Atlas, country: str | None) -> Stop | Message:
    result = geocode(text, atlas, country)
    placement = result.placement
    if placement is None:
        return _unknown(text, result)
    if placement.kind == PlacementKind.REGION:
        return message("{text} is a region; name a town or a point of a road.", text=text)
    places = atlas.gazetteer.places
    place = places.get(placement.place_ids[0]) if placement.place_ids else None
    if placement.kind == PlacementKind.PLACE and place is not None:
        return _place(atlas, text, place, placement.explanation, result.candidates)
    point = _Named(text, text.strip(), "", place.country if place else "", placement.lon,
                   placement.lat, placement.explanation)  # fmt: skip
    if placement.axis_id is None or placement.measure_from_m is None:
        return _snapped(atlas, point)
    middle_m = (placement.measure_from_m + (placement.measure_to_m or 0.0)) / 2
    return _on_axis(atlas, point, placement.axis_id, middle_m)


def _unknown(text: str, result: Result) -> Message:
    """Say why a phrase is no place, and which places are spelt like it."""
    reason = result.unresolved_reason
    like = [
        f"{c.place.name}, {c.place.adm1}, {c.place.country} ({c.place.place_id})"
        for c in result.candidates
    ]
    if like:
        return message("{reason}. Name one by its identifier: {like}.", reason=reason,
                       like="; ".join(like))  # fmt: skip
    # Most reasons name what they speak of; the others must, where several places are asked.
    if reason is not None and reason.values:
        return message("{reason}.", reason=reason)
    return message("“{text}”: {reason}.", text=text, reason=reason)


def _place(
    atlas: Atlas, text: str, place: Place, explanation: Message, candidates: Sequence[Candidate]
) -> Stop | Message:
    others = tuple(
        f"{c.place.name} ({c.place.adm1}, {c.place.country})"
        for c in candidates
        if c.place.place_id != place.place_id and not c.fuzzy
    )
    named = _Named(text, place.name, place.place_id, place.country, place.lon, place.lat,
                   explanation, others)  # fmt: skip
    axis_ids = atlas.axes_of.get(place.place_id)
    if not axis_ids:
        return _snapped(atlas, named)
    return _on_axis(atlas, named, axis_ids[0],
                    atlas.axes[axis_ids[0]].measure_at(place.place_id))  # fmt: skip


def _on_axis(
    atlas: Atlas, named: _Named, axis_id: str, measure_m: float, unmapped_m: float = 0.0
) -> Stop:
    lon, lat = point_at(atlas.axes[axis_id], measure_m)
    return Stop(
        named.asked, named.name, named.place_id, named.country, named.lon, named.lat, axis_id,
        measure_m, lon, lat, unmapped_m, named.explanation, named.others,
    )  # fmt: skip


def _snapped(atlas: Atlas, named: _Named) -> Stop | Message:
    """Return the nearest point of any road; a place beside it has a way there that no map shows."""
    found = []
    for axis_id, axis in atlas.axes.items():
        measure_m, offset_m = measure_of(axis, named.lon, named.lat)
        found.append((offset_m, axis_id, measure_m))
    offset_m, axis_id, measure_m = min(found)
    if offset_m > FARTHEST_M:
        return message("{name} is {km:,.0f} km from the nearest known road; name one closer.",
                       name=named.name, km=offset_m / 1_000)  # fmt: skip
    return _on_axis(atlas, named, axis_id, measure_m, offset_m if offset_m > ON_ROAD_M else 0.0)
