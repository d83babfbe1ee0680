"""What an answer rests on and where it ends: what drives it, what is unknown, what is closed.

Lengths are kilometres on roads from the start unless a name says otherwise.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geo.i18n import Message

Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Driver:
    """An incident that drives a route's exposure.

    Parameters
    ----------
    incident_id
        Told in `Answer.incidents`.
    expected, share
        Its part of the expected incidents, and of the whole (0 to 1).
    km, axis_id, pk
        Where on the way it tells most.
    age_days
        Since its last possible day.
    weight, counts, spread_m
        What it is weighed with, that after fading, and how vague its place is.
    """

    incident_id: str
    expected: float
    share: float
    km: float
    axis_id: str
    pk: str
    age_days: int
    weight: float
    counts: float
    spread_m: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Something not known about a route.

    Parameters
    ----------
    kind
        A code: unmapped, schematic, thin, never_reported, stale, region_only, undated, off_road.
    text
        In words.
    km
        How many kilometres it concerns, 0 when it concerns none in particular.
    """

    kind: str
    text: Message
    km: float = 0.0


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """A route when incidents are weighed in another way.

    Parameters
    ----------
    change, text
        What is changed: a code, and in words.
    expected, ratio
        Expected incidents then, and against the answer's.
    rank
        Then.
    least_exposed
        Whether the route is the least exposed of those shown then.
    """

    change: str
    text: Message
    expected: float
    ratio: float
    rank: float
    least_exposed: bool


@dataclass(frozen=True, slots=True)
class Closure:
    """A stretch that is reported closed and that a route uses or a journey cannot pass.

    Parameters
    ----------
    axis_id, road, from_m, to_m, pk_from, pk_to, near_from, near_to
        The stretch.
    sentence
        What is reported.
    since
        First day of the earliest statement.
    confidence
        0 to 1.
    assertion_ids
        Who says so.
    line
        Its line.
    """

    axis_id: str
    road: str
    from_m: float
    to_m: float
    pk_from: str
    pk_to: str
    near_from: Message | str
    near_to: Message | str
    sentence: Message
    since: dt.date | None
    confidence: float
    assertion_ids: tuple[str, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class NoRoute:
    """Why there is no way between two stops.

    Parameters
    ----------
    start, end
        Names of the stops.
    text
        In words.
    closures
        Closed stretches all of which a way would have to pass at least one of; empty when the roads
        do not meet at all.
    gap_km, gap_from, gap_to
        Where the two networks come closest, when they do not meet.
    """

    start: str
    end: str
    text: Message
    closures: tuple[Closure, ...] = ()
    gap_km: float | None = None
    gap_from: str = ""
    gap_to: str = ""
