"""The answer: frozen records that a page, a file and a program read alike.

Lengths are kilometres on roads from the start unless a name says otherwise; times are UTC with the
local one beside; coordinates are WGS 84, longitude first.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Any

from geo.exchange.plain import plain
from geo.i18n import Message
from geo.risk.exposure import Exposure
from geo.risk.journey.clock import Night
from geo.risk.journey.limits import Closure, Driver, Gap, Line, NoRoute, Sensitivity
from geo.risk.journey.policy import Verdict
from geo.risk.journey.question import Question, Stop
from geo.risk.journey.rules import Fired


class PointKind(StrEnum):
    """What a point on the way is."""

    START = "start"
    VIA = "via"
    END = "end"
    TOWN = "town"
    BORDER = "border"
    NIGHT = "night"
    TURN_BACK = "turn_back"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a route under one verdict.

    Parameters
    ----------
    number
        From 1, in the order of travel.
    axis_id, road
        The axis and what it is called; empty on no known road.
    from_m, to_m, pk_from, pk_to
        Measures and chainages in the direction of travel.
    near_from, near_to
        Where that is.
    km_from, km_to
        Kilometres from the start; equal on no known road.
    unmapped_km
        Straight length on no known road, 0 on a road.
    enters, leaves
        When, UTC, should all go as estimated.
    hours
        Of driving.
    dark
        Whether a part is travelled between sunset and sunrise.
    verdict, fired
        What is said and by which rules.
    exposure
        ``None`` on no known road.
    rank
        Share of road-km with a lower rate of incidents.
    thin
        Whether its rate rests on the background alone.
    status
        What stands on the road, as `geo.roads.telling.segment`; empty on no known road.
    sentence
        The status in words.
    passage
        For this vehicle: a value of `geo.roads.statements.Passage`.
    incident_ids
        The latest incidents in reach that any rule counts.
    line
        Its line.
    """

    number: int
    axis_id: str
    road: str
    from_m: float
    to_m: float
    pk_from: str
    pk_to: str
    near_from: Message | str
    near_to: Message | str
    km_from: float
    km_to: float
    unmapped_km: float
    enters: dt.datetime
    leaves: dt.datetime
    hours: float
    dark: bool
    verdict: Verdict
    fired: tuple[Fired, ...]
    exposure: Exposure | None
    rank: float | None
    thin: bool
    status: dict[str, Any]
    sentence: Message
    passage: str
    incident_ids: tuple[str, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class Point:
    """A point on the way.

    Parameters
    ----------
    kind, name
        What it is and what it is called.
    country
        ISO 3166-1 alpha-2.
    axis_id, pk, km
        Where on the roads, and kilometres from the start.
    lon, lat
        Degrees.
    arrives, arrives_local, leaves
        When; ``leaves`` differs where a night is spent.
    sunset
        There and on that day, UTC.
    daylight_left_h
        Hours until sunset at arrival; below 0 after it.
    sentence, last_confirmed, last_evidence
        Status of the road there, when it was last heard of, and from which assertion.
    note
        Why one turns back here, or between which places the border is.
    """

    kind: PointKind
    name: str
    country: str
    axis_id: str
    pk: str
    km: float
    lon: float
    lat: float
    arrives: dt.datetime
    arrives_local: dt.datetime
    leaves: dt.datetime
    sunset: dt.datetime
    daylight_left_h: float
    sentence: Message
    last_confirmed: dt.date | None
    last_evidence: str
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """A route.

    Parameters
    ----------
    number
        From 1, the fastest first.
    labels
        ``fastest``, ``least_exposed``, ``chosen`` (by risk aversion); may be empty.
    folded
        How many others are nearly the same.
    verdict, fired
        The gravest of its stretches, and the rules that decide it with all their evidence.
    km, unmapped_km, hours
        Length on roads, straight length off them, hours of driving.
    departs, arrives, nights
        UTC; halts that are proposed.
    dark_km
        Kilometres between sunset and sunrise.
    latest_departure
        Until when one may leave and still arrive by day without a night on the way; ``None`` when
        a day does not suffice.
    exposure
        Of the whole.
    rank
        Share of road-km whose rate is lower than this route's mean.
    background
        Part of the expected incidents that no single incident explains.
    stretches, points, drivers, gaps, sensitivities, closures
        See each.
    line
        The whole line on roads.
    """

    number: int
    labels: tuple[str, ...]
    folded: int
    verdict: Verdict
    fired: tuple[Fired, ...]
    km: float
    unmapped_km: float
    hours: float
    departs: dt.datetime
    arrives: dt.datetime
    nights: tuple[Night, ...]
    dark_km: float
    latest_departure: dt.datetime | None
    exposure: Exposure
    rank: float
    background: float
    stretches: tuple[Stretch, ...]
    points: tuple[Point, ...]
    drivers: tuple[Driver, ...]
    gaps: tuple[Gap, ...]
    sensitivities: tuple[Sensitivity, ...]
    closures: tuple[Closure, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question.

    Parameters
    ----------
    question, stops
        What was asked, and as what it was taken.
    on, known_on
        The day of travel and the day of knowledge.
    routes
        At most a handful, the fastest first; empty with ``no_route``.
    front
        Hours and expected incidents of every way that no other beats.
    different
        How many different routes there are among them.
    epsilon
        How close the front is to the exact one (0); ``None`` when only its ends are sure.
    chosen
        Place in ``routes`` of the one that fits the risk aversion; −1 for none.
    aversions
        For some risk aversions, the number of the route that fits (0 when it is not shown).
    no_route
        Why there is none.
    statements
        Evidence about the roads by assertion id, as `geo.roads.telling.statements`.
    incidents
        Every incident named, by id, with its toll as a range and its sources.
    coverage
        Of the intervals.
    notes
        What a person should know before reading: how a name was taken, that closures are used.
    standing
        What Piste does not know; always to be shown.
    credits
        Whom a map or a file must name.
    version
        Of the data that it rests on.
    """

    question: Question
    stops: tuple[Stop, ...]
    on: dt.date
    known_on: dt.date
    routes: tuple[Route, ...]
    front: tuple[tuple[float, float], ...]
    different: int
    epsilon: float | None
    chosen: int
    aversions: tuple[tuple[float, int], ...]
    no_route: NoRoute | None
    statements: dict[str, dict[str, Any]]
    incidents: dict[str, dict[str, Any]]
    coverage: float
    notes: tuple[Message, ...]
    standing: tuple[Message, ...]
    credits: tuple[str, ...]
    version: str = field(default="")


def as_plain(value: Any) -> Any:
    """Return an answer, or a part of it, as what JSON can hold; sentences in the active language.

    Lines become lists of ``[lon, lat]`` rounded to about 0.1 m.
    """
    if is_dataclass(value) and not isinstance(value, Message):
        return {one.name: as_plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {str(key): as_plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_plain(item) for item in value]
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    return plain(value)
