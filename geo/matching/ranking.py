"""The incidents that a draft may tell of, best first, each with its reasons in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from geo import words
from geo.i18n import Message, counted, message
from geo.matching.events import Coded, Events, groups
from geo.matching.points import MOST_DAYS, Feature, compare, days_apart, kilometres_apart

SAME, LIKELY, POSSIBLE = 8.0, 5.5, 3.0
"""Least points of each verdict; what has fewer is not listed."""


class Verdict(StrEnum):
    """What the points of a match say."""

    SAME = "same"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison in words.

    Parameters
    ----------
    feature
        What was compared.
    points
        For it, or against.
    message
        What was found.
    """

    feature: Feature
    points: float
    message: Message


@dataclass(frozen=True, slots=True)
class Match:
    """An incident that a draft may tell of.

    Parameters
    ----------
    incident_id
        The incident.
    points
        Sum over the features (`geo.matching.points`).
    verdict
        What that says.
    reasons
        What speaks for it and against it; nothing that gave no points.
    """

    incident_id: str
    points: float
    verdict: Verdict
    reasons: tuple[Reason, ...]


def rank(one: Events, others: Events, most: int = 8) -> list[Match]:
    """Return the incidents that may be the same event, best first.

    Parameters
    ----------
    one
        A single incident.
    others
        Those of the ledger.
    most
        How many to return at most.

    Returns
    -------
    list of Match
        Those with at least `POSSIBLE` points; equal ones in the order of ``others``.

    Notes
    -----
    Linear in ``others``, about 0.01 s for 100,000: what is days away is left out at once.  Words
    are made for those that are returned only.
    """
    near = np.flatnonzero(~(days_apart(one, others) > MOST_DAYS))
    if not len(near):
        return []
    others = others.take(near)
    points = compare(one, others)
    total = np.sum(list(points.values()), axis=0)
    order = np.argsort(-total, kind="stable")[:most]
    apart = {"days": days_apart(one, others), "km": kilometres_apart(one, others)}
    found = []
    for at in order[total[order] >= POSSIBLE]:
        gained = {feature: float(values[at]) for feature, values in points.items()}
        told = {name: float(values[at]) for name, values in apart.items()}
        found.append(
            Match(
                str(others.ids[at]),
                float(total[at]),
                verdict_of(float(total[at])),
                tuple(_reasons(one, others, int(at), gained, told)),
            )
        )
    return found


def verdict_of(points: float) -> Verdict:
    """Return what points say."""
    if points >= SAME:
        return Verdict.SAME
    return Verdict.LIKELY if points >= LIKELY else Verdict.POSSIBLE


def _reasons(
    one: Events, others: Events, at: int, gained: dict[Feature, float], apart: dict[str, float]
) -> Iterator[Reason]:
    told = {
        Feature.DAYS: _days(one, others, at, apart["days"]),
        Feature.PLACE: _place(one, others, at, apart["km"]),
        Feature.COUNTRY: message(
            "{one} here, {other} there",
            one=words.COUNTRIES.get(one.country.at(0), one.country.at(0)),
            other=words.COUNTRIES.get(others.country.at(at), others.country.at(at)),
        ),
        Feature.GROUPS: _groups(one, others, at),
        Feature.TARGET: _coded(words.TARGETS, one.target, others.target.at(at)),
        Feature.CATEGORY: _coded(words.CATEGORIES, one.category, others.category.at(at)),
        Feature.KILLED: message(
            "killed: {one} here, {other} there",
            one=_span(one, 0),
            other=_span(others, at),
        ),
    }
    for feature, points in gained.items():
        if points:
            yield Reason(feature, points, told[feature])


def _days(one: Events, others: Events, at: int, gap: float) -> Message:
    if gap > 0:
        return counted("{count} day apart", "{count} days apart", int(gap))
    same = one.start_day[0] == one.end_day[0] == others.start_day[at] == others.end_day[at]
    return message("on the same day") if same else message("their days overlap")


def _place(one: Events, others: Events, at: int, gap_km: float) -> Message:
    if np.isnan(gap_km):
        return message("one of the two has no place")
    if gap_km > 0:
        return message("{km:.0f} km apart at least", km=max(gap_km, 1.0))
    wider_km = max(one.spread_m[0], others.spread_m[at]) / 1000
    if one.axis.at(0) and one.axis.at(0) == others.axis.at(at):
        return message("on the same stretch of road, known within {km:.0f} km", km=wider_km)
    return message("places that overlap, known within {km:.0f} km", km=wider_km)


def _groups(one: Events, others: Events, at: int) -> Message:
    mine, theirs = groups(one.perpetrator.at(0)), groups(others.perpetrator.at(at))
    if both := sorted(mine & theirs):
        return message("both name {groups}", groups=words.joined_names(both))
    return message(
        "{one} here, {other} there",
        one=words.joined_names(sorted(mine)),
        other=words.joined_names(sorted(theirs)),
    )


def _coded(table: dict[str, Message], own: Coded, theirs: str) -> Message:
    mine = own.at(0)
    one, other = table.get(mine, mine), table.get(theirs, theirs)
    if mine != theirs:
        return message("{one} here, {other} there", one=one, other=other)
    if table is words.TARGETS:
        return message("the same target: {target}", target=one)
    return message("the same kind: {category}", category=one)


def _span(events: Events, at: int) -> str:
    low, high = events.killed_low[at], events.killed_high[at]
    return words.span(low, high)
