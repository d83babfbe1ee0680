"""The question: where from, where to, when, in what, and how it is found on the roads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from geo.gazetteer.phrases import geocode
from geo.geodesy import distance_m
from geo.i18n import Message, message
from geo.records import Candidate, Fault, InputError, Place, PlacementKind
from geo.risk.journey.desk import Desk
from geo.roads.referencing import chainage, measure_of, point_at

_LONLAT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*")
ON_ROAD_M = 3_000.0
"""As near as this to its road a place stands on it: coordinates of places are no better."""
FARTHEST_M = 100_000.0
"""Beyond this no road serves the place."""
_MOST_LON, _MOST_LAT = 180.0, 90.0


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


def stops_of(question: Question, desk: Desk) -> tuple[Stop, ...]:
    """Find the places of a question on the roads, in the order of the journey.

    Parameters
    ----------
    question
        What is asked.
    desk
        Roads and places.

    Returns
    -------
    tuple of Stop
        Origin, vias, destination, and back again for a return journey.

    Raises
    ------
    InputError
        With every fault: a phrase that is no place, a place far from all roads, the same place
        twice in a row, an unknown vehicle, an aversion out of range.
    """
    faults: list[Fault] = []
    found: list[Stop | None] = []
    named = [("origin", question.origin), *(("via", text) for text in question.via),
             ("destination", question.destination)]  # fmt: skip
    known = [_stop(text, desk, None) for _, text in named]
    # A homonym that nothing else tells apart is taken in the country of the other stops.
    countries = {stop.country for stop in known if isinstance(stop, Stop) and stop.country}
    country = countries.pop() if len(countries) == 1 else None
    for (column, text), first in zip(named, known, strict=True):
        stop = first
        if country is not None and isinstance(first, Message):
            again = _stop(text, desk, country)
            stop = again if isinstance(again, Stop) else first
        if isinstance(stop, Message):
            faults.append(Fault(None, column, stop))
        found.append(stop if isinstance(stop, Stop) else None)
    for one, other in pairwise(found):
        if one is not None and other is not None and _same(one, other):
            text_of = message(
                "{start} and {end} are one place; name two.", start=one.asked, end=other.asked
            )
            faults.append(Fault(None, "destination", text_of))
    vehicles = desk.policy.vehicles
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


def _same(one: Stop, other: Stop) -> bool:
    on_road = one.axis_id == other.axis_id and abs(one.measure_m - other.measure_m) < 1
    return (on_road or (bool(one.place_id) and one.place_id == other.place_id)) and (
        distance_m(one.lon, one.lat, other.lon, other.lat) < 1
    )


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


def _stop(text: str, desk: Desk, country: str | None) -> Stop | Message:
    lonlat = _LONLAT.fullmatch(text)
    place = desk.atlas.gazetteer.places.get(text.strip())
    if place is not None:
        return _place(desk, text, place, message("By its identifier."), ())
    if lonlat is None:
        return _phrase(text, desk, country)
    lon, lat = float(lonlat[1]), float(lonlat[2])
    if abs(lon) > _MOST_LON or abs(lat) > _MOST_LAT:
        return message(
            "“{text}” is not on earth; write longitude, then latitude, such as -0.04,16.27.",
            text=text,
        )
    name = f"{lat:.4f} N, {lon:.4f} E"
    return _snapped(desk, _Named(text, name, "", "", lon, lat, message("A point on the map.")))


def _phrase(text: str, desk: Desk, country: str | None) -> Stop | Message:
    result = geocode(text, desk.atlas, country)
    placement = result.placement
    if placement is None:
        like = [
            f"{c.place.name}, {c.place.adm1}, {c.place.country} ({c.place.place_id})"
            for c in result.candidates
        ]
        if like:
            return message("{reason}. Name one by its identifier: {like}.",
                           reason=result.unresolved_reason, like="; ".join(like))  # fmt: skip
        return message("{reason}.", reason=result.unresolved_reason)
    if placement.kind == PlacementKind.REGION:
        return message("{text} is a region; name a town or a point of a road.", text=text)
    places = desk.atlas.gazetteer.places
    place = places.get(placement.place_ids[0]) if placement.place_ids else None
    if placement.kind == PlacementKind.PLACE and place is not None:
        return _place(desk, text, place, placement.explanation, result.candidates)
    point = _Named(text, text.strip(), "", place.country if place else "", placement.lon,
                   placement.lat, placement.explanation)  # fmt: skip
    if placement.axis_id is None or placement.measure_from_m is None:
        return _snapped(desk, point)
    middle_m = (placement.measure_from_m + (placement.measure_to_m or 0.0)) / 2
    return _on_axis(desk, point, placement.axis_id, middle_m)


def _place(
    desk: Desk, text: str, place: Place, explanation: Message, candidates: Sequence[Candidate]
) -> Stop | Message:
    others = tuple(
        f"{c.place.name} ({c.place.adm1}, {c.place.country})"
        for c in candidates
        if c.place.place_id != place.place_id and not c.fuzzy
    )
    named = _Named(text, place.name, place.place_id, place.country, place.lon, place.lat,
                   explanation, others)  # fmt: skip
    axis_ids = desk.atlas.axes_of.get(place.place_id)
    if not axis_ids:
        return _snapped(desk, named)
    return _on_axis(desk, named, axis_ids[0],
                    desk.atlas.axes[axis_ids[0]].measure_at(place.place_id))  # fmt: skip


def _on_axis(
    desk: Desk, named: _Named, axis_id: str, measure_m: float, unmapped_m: float = 0.0
) -> Stop:
    lon, lat = point_at(desk.atlas.axes[axis_id], measure_m)
    return Stop(
        named.asked, named.name, named.place_id, named.country, named.lon, named.lat, axis_id,
        measure_m, lon, lat, unmapped_m, named.explanation, named.others,
    )  # fmt: skip


def _snapped(desk: Desk, named: _Named) -> Stop | Message:
    """Return the nearest point of any road; a place beside it has a way there that no map shows."""
    found = []
    for axis_id, axis in desk.atlas.axes.items():
        measure_m, offset_m = measure_of(axis, named.lon, named.lat)
        found.append((offset_m, axis_id, measure_m))
    offset_m, axis_id, measure_m = min(found)
    if offset_m > FARTHEST_M:
        return message("{name} is {km:,.0f} km from the nearest known road; name one closer.",
                       name=named.name, km=offset_m / 1_000)  # fmt: skip
    return _on_axis(desk, named, axis_id, measure_m, offset_m if offset_m > ON_ROAD_M else 0.0)
