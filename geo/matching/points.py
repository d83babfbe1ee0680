"""Whether two incidents are one event: points for what agrees, against what differs.

In the manner of Fellegi and Sunter (1969, A theory for record linkage, *JASA* 64, 1183–1210), each
comparison gives points, and what either side does not tell gives none.  The weights are set by
hand and written here so that a rank can be checked with a pencil; ``docs/reports.md`` says how the
starter data bears them out.

M1. *Days.*  Where the two intervals overlap: 4 when the longer one has at most 2 days, 3 up to 8,
    2 up to 31, 1 up to 92, else 0.5.  One day apart 2.5; up to 3 days 1; up to 7 days −2; further
    apart they are two events.
M2. *Place.*  Where the two placements may overlap: 4 when the wider one is within 12 km of its
    mark, 3 up to 50 km, 2 up to 120 km, 1 up to 400 km, else 0.  With a gap between them of up to
    10 km 1, 30 km −1, 100 km −4; further apart they are two events.  On one road the gap is that of
    the kilometres, elsewhere that of the circles.
M3. *Country.*  Two different ones −3.
M4. *Groups.*  One in common 1.5; both name some and none in common −2.
M5. *Target.*  The same 1; both a kind of traffic, or both a kind of force, 0; else −1.
M6. *Category.*  The same 1; both a kind of attack on the road 0; else −1.
M7. *Killed.*  Ranges that overlap 1; the greater low at most twice the lesser high 0; else −1.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from geo.geodesy import distances_m
from geo.matching.events import Coded, Events, Floats, groups


class Feature(StrEnum):
    """What is compared."""

    DAYS = "days"
    PLACE = "place"
    COUNTRY = "country"
    GROUPS = "groups"
    TARGET = "target"
    CATEGORY = "category"
    KILLED = "killed"


GREATEST = 12.5
"""All points of one and the same incident told exactly twice."""
_OUT = -np.inf
MOST_DAYS = 7
"""Two incidents further apart are two events (M1)."""
_SPANS_DAYS, _SPAN_POINTS = (2, 8, 31, 92), (4.0, 3.0, 2.0, 1.0, 0.5)
_APART_DAYS, _APART_POINTS = (1, 3, MOST_DAYS), (2.5, 1.0, -2.0, _OUT)
_REACH_KM, _REACH_POINTS = (12, 50, 120, 400), (4.0, 3.0, 2.0, 1.0, 0.0)
_GAP_KM, _GAP_POINTS = (10, 30, 100), (1.0, -1.0, -4.0, _OUT)
_TRAFFIC = ("convoy_escorted", "bus", "truck", "civilians", "ngo")
_FORCES = ("army", "convoy_escorted", "officials", "militia", "un")
_ON_THE_ROAD = ("ied", "mine", "ambush", "armed_attack", "vehicle_burning", "suicide_vbied")


def compare(one: Events, others: Events) -> dict[Feature, Floats]:
    """Return the points of an incident against many, by feature.

    Parameters
    ----------
    one
        A single incident.
    others
        What it is compared with.

    Returns
    -------
    dict
        Arrays as long as ``others``; −inf where two cannot be one event.

    Notes
    -----
    Linear.
    """
    with np.errstate(invalid="ignore"):
        return {
            Feature.DAYS: _days(one, others),
            Feature.PLACE: _place(one, others),
            Feature.COUNTRY: _country(one, others),
            Feature.GROUPS: _groups(one, others),
            Feature.TARGET: _codes(one.target, others.target, (_TRAFFIC, _FORCES)),
            Feature.CATEGORY: _codes(one.category, others.category, (_ON_THE_ROAD,)),
            Feature.KILLED: _killed(one, others),
        }


def _steps(values: Floats, limits: tuple[int, ...], points: tuple[float, ...]) -> Floats:
    """Return the points of the first limit that a value does not exceed."""
    return np.asarray(points)[np.searchsorted(limits, values)]


def days_apart(one: Events, others: Events) -> Floats:
    """Return how many days lie between incidents, 0 where their intervals overlap."""
    gap = np.maximum(others.start_day - one.end_day[0], one.start_day[0] - others.end_day)
    return np.asarray(np.maximum(gap, 0.0))


def _days(one: Events, others: Events) -> Floats:
    gap = days_apart(one, others)
    longer = np.maximum(one.end_day[0] - one.start_day[0], others.end_day - others.start_day) + 1
    together = _steps(longer, _SPANS_DAYS, _SPAN_POINTS)
    points = np.where(gap == 0, together, _steps(gap, _APART_DAYS, _APART_POINTS))
    return np.where(np.isnan(gap), 0.0, points)


def kilometres_apart(one: Events, others: Events) -> Floats:
    """Return the gap between placements in km: 0 where they may overlap, NaN where one lacks."""
    apart = np.full(len(others), np.nan)
    placed = ~np.isnan(others.lon) & ~np.isnan(one.lon[0])
    apart[placed] = distances_m(one.lon[0], one.lat[0], others.lon[placed], others.lat[placed])
    gap = apart - one.spread_m[0] - others.spread_m
    axis = one.axis.at(0)
    along = others.axis.each(lambda name: float(bool(axis) and name == axis)) > 0
    on_road = np.maximum(others.from_m - one.to_m[0], one.from_m[0] - others.to_m)
    gap = np.where(along & ~np.isnan(on_road), on_road, gap)
    return np.asarray(np.maximum(gap, 0.0) / 1000)


def _place(one: Events, others: Events) -> Floats:
    gap = kilometres_apart(one, others)
    reach = np.maximum(one.spread_m[0], others.spread_m) / 1000
    together = _steps(reach, _REACH_KM, _REACH_POINTS)
    points = np.where(gap == 0, together, _steps(gap, _GAP_KM, _GAP_POINTS))
    return np.where(np.isnan(gap), 0.0, points)


def _country(one: Events, others: Events) -> Floats:
    mine = one.country.at(0)
    return others.country.each(lambda theirs: -3.0 if mine and theirs not in ("", mine) else 0.0)


def _groups(one: Events, others: Events) -> Floats:
    mine = groups(one.perpetrator.at(0))

    def worth(cell: str) -> float:
        theirs = groups(cell)
        if not (mine and theirs):
            return 0.0
        return 1.5 if mine & theirs else -2.0

    return others.perpetrator.each(worth)


def _codes(one: Coded, others: Coded, kinds: tuple[tuple[str, ...], ...]) -> Floats:
    mine = one.at(0)

    def worth(theirs: str) -> float:
        if not (mine and theirs):
            return 0.0
        if mine == theirs:
            return 1.0
        return 0.0 if any(mine in kind and theirs in kind for kind in kinds) else -1.0

    return others.each(worth)


def _killed(one: Events, others: Events) -> Floats:
    low = np.maximum(one.killed_low[0], others.killed_low)
    high = np.minimum(one.killed_high[0], others.killed_high)
    points = np.where(low <= high, 1.0, np.where(low <= 2 * high, 0.0, -1.0))
    return np.where(np.isnan(low) | np.isnan(high), 0.0, points)
