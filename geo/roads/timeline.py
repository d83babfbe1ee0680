"""Statements over time: bars for a chart, the role of each on a day, the status by months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from geo.roads.evidence import Evidence
from geo.roads.policy import Policy, load_policy
from geo.roads.statements import (
    NEVER,
    Bools,
    Days,
    Ints,
    closing,
    dates_of,
    day_number,
)

_TOLD = (
    "kind", "actor", "affected", "amount_text", "stated_by", "publisher", "published_on", "url",
    "summary", "known_assumed",
)  # fmt: skip


class Role(StrEnum):
    """What a statement is to a stretch on a day."""

    STANDS = "stands"
    ENDED = "ended"
    STALE = "stale"
    OVER = "over"
    TO_COME = "to_come"
    UNDATED = "undated"


def bars(
    evidence: Evidence,
    axis_id: str,
    known_on: dt.date,
    *,
    from_m: float | None = None,
    to_m: float | None = None,
    policy: Policy | None = None,
) -> pd.DataFrame:
    """Return the statements about a road as bars over time.

    Parameters
    ----------
    evidence
        Of the ledger's lines.
    axis_id
        The road.
    known_on
        Day of knowledge.
    from_m, to_m
        Only statements that lie on this part; the whole road unless given.
    policy
        ``data/policy.toml`` unless given.

    Returns
    -------
    pandas.DataFrame
        One row per statement and stretch of the road, by first day, then id; index ``line`` (label
        of the line in the ledger's frame).  ``assertion_id``, ``measure_from_m``, ``measure_to_m``,
        ``town``; ``first_day`` and ``last_day`` on which it is believed (`datetime.date`; ``None``
        for an undated one, which holds on no day); ``ends``: ``"stated"``, ``"fades"`` or
        ``"ended"`` (by a later statement, on all of its length here), ``ended_by`` (an id or
        ``""``); ``contested`` and ``contested_by`` (tuple of ids); ``reliability`` (Admiralty
        code), ``weight``, ``because``; ``dated``, ``known_on``, and what it says: kind, actor,
        affected, amount_text, stated_by, publisher, published_on, url, summary, known_assumed.
    """
    told = evidence.statements
    laid = _laid(evidence, axis_id, day_number(known_on), from_m, to_m)
    line = laid["position"].to_numpy(dtype=np.intp)
    ended_on, winner = _endings(evidence, axis_id, day_number(known_on))
    last = np.minimum(told.fade[line], told.end[line])
    ended = ended_on[line] <= last
    last = np.where(ended, ended_on[line] - 1, last)
    none = (told.start[line] >= NEVER) | (told.fade[line] <= -NEVER)
    ends = np.where(ended, "ended", np.where(told.end[line] < NEVER, "stated", "fades"))
    rivals = _rivals(evidence, axis_id, day_number(known_on))
    reliability = (policy or load_policy()).reliability
    own = told.frame.iloc[line]
    grades = [
        reliability.grade(*row)
        for row in zip(own["stated_by"], own["reliability"], own["credibility"], strict=True)
    ]
    frame = pd.DataFrame(
        {
            "assertion_id": told.assertion_id[line],
            "measure_from_m": laid["measure_from_m"].to_numpy(),
            "measure_to_m": laid["measure_to_m"].to_numpy(),
            "town": laid["town"].to_numpy(dtype=bool),
            "first_day": _days(told.start[line], none),
            "last_day": _days(last, none),
            "ends": ends,
            "ended_by": told.ids[np.where(ended, winner[line], -1)],
            "contested": [bool(rivals.get(at)) for at in line.tolist()],
            "contested_by": [tuple(sorted(rivals.get(at, ()))) for at in line.tolist()],
            "reliability": [grade.code for grade in grades],
            "weight": [grade.weight for grade in grades],
            "because": [grade.because for grade in grades],
            "dated": told.dated[line],
            "known_on": dates_of(told.stated[line]),
            **{name: own[name].to_numpy() for name in _TOLD},
        },
        index=pd.Index(own.index, name="line"),
    )
    order = np.lexsort((told.rank[line], np.where(none, NEVER, told.start[line])))
    return frame.iloc[order]


def roles(
    evidence: Evidence,
    axis_id: str,
    on: dt.date,
    known_on: dt.date,
    *,
    from_m: float | None = None,
    to_m: float | None = None,
) -> pd.DataFrame:
    """Return what each known statement about a part of a road is to it on a day.

    Parameters
    ----------
    evidence, axis_id, from_m, to_m
        As for `bars`.
    on, known_on
        The day asked about and the day of knowledge.

    Returns
    -------
    pandas.DataFrame
        One row per statement, the last heard first; index ``line``.  ``assertion_id``; ``role``, a
        value of `Role` (it stands if it stands on any of the part); ``confidence`` on that day, 0
        when it does not stand; ``age_days`` since it was last heard (NA when undated).
    """
    told = evidence.statements
    day, known = day_number(on), day_number(known_on)
    laid = _laid(evidence, axis_id, known, from_m, to_m)
    line = np.unique(laid["position"].to_numpy(dtype=np.intp))
    begin, end = _segments(evidence, axis_id, from_m, to_m)
    standing = evidence.standing(day, known, begin, end)
    stands = np.isin(line, standing.line[standing.stands])
    choices = [
        (stands, Role.STANDS),
        (told.start[line] >= NEVER, Role.UNDATED),
        (told.start[line] > day, Role.TO_COME),
        (told.end[line] < day, Role.OVER),
        (told.fade[line] < day, Role.STALE),
    ]
    found = np.select([c[0] for c in choices], [c[1].value for c in choices], Role.ENDED.value)
    heard = told.heard[line]
    frame = pd.DataFrame(
        {
            "assertion_id": told.assertion_id[line],
            "role": found,
            "confidence": np.where(stands, told.confidence(day, line), 0.0),
            "age_days": pd.array(np.maximum(day - heard, 0), dtype="Int64"),
        },
        index=pd.Index(told.frame.index[line], name="line"),
    )
    frame.loc[heard >= NEVER, "age_days"] = pd.NA
    return frame.iloc[np.lexsort((told.rank[line], -np.where(heard >= NEVER, -NEVER, heard)))]


def over_time(
    evidence: Evidence,
    axis_id: str,
    days: Iterable[dt.date],
    known_on: dt.date | None = None,
) -> pd.DataFrame:
    """Return the status of a road on many days, for an animation.

    Parameters
    ----------
    evidence
        Of the ledger's lines.
    axis_id
        The road.
    days
        The days, for instance of `months`.
    known_on
        Day of knowledge; each day's own unless given ("as it was known then").

    Returns
    -------
    pandas.DataFrame
        The statuses one below the other, with ``on`` before the other columns.
    """
    frames = []
    for day in days:
        frame = evidence.status(day, known_on or day, [axis_id])
        frame.insert(0, "on", day)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def months(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return the first days of the months from the month of ``first`` to that of ``last``."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    starts = [divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(count)]
    return [dt.date(year, month + 1, 1) for year, month in starts]


def _segments(
    evidence: Evidence, axis_id: str, from_m: float | None, to_m: float | None
) -> tuple[int, int]:
    """Return the numbers of the segments that a part of a road touches, the second excluded."""
    number = evidence.axis_number[axis_id]
    begin, end = (int(n) for n in evidence.first_segment[number : number + 2])
    if to_m is not None:
        end = begin + int(np.searchsorted(evidence.from_m[begin:end], to_m, side="left"))
    if from_m is not None:
        begin += int(np.searchsorted(evidence.to_m[begin:end], from_m, side="right"))
    return begin, end


def _laid(
    evidence: Evidence, axis_id: str, known_on: int, from_m: float | None, to_m: float | None
) -> pd.DataFrame:
    """Return the known stretches on a part of a road, with ``position`` in the statements."""
    found = evidence.laying.stretches
    found = found[(found["axis_id"] == axis_id).to_numpy()]
    if from_m is not None:
        found = found[(found["measure_to_m"] > from_m).to_numpy()]
    if to_m is not None:
        found = found[(found["measure_from_m"] < to_m).to_numpy()]
    position = evidence.statements.frame.index.get_indexer(pd.Index(found["line"]))
    found = found.assign(position=position)[position >= 0]
    known = evidence.statements.known(known_on, found["position"].to_numpy(dtype=np.intp))
    return found[known]


def _entries(evidence: Evidence, axis_id: str) -> tuple[int, int]:
    begin, end = _segments(evidence, axis_id, None, None)
    return int(evidence.first_entry[begin]), int(evidence.first_entry[end])


def _endings(evidence: Evidence, axis_id: str, known_on: int) -> tuple[Days, Ints]:
    """Return by line the day on which it was ended on all of its length on a road, and by whom."""
    told, relations = evidence.statements, evidence.relations
    first, last = _entries(evidence, axis_id)
    some = slice(*np.searchsorted(relations.loser, [first, last]))
    loser, winner = relations.loser[some] - first, relations.winner[some]
    # A reopening with an end of its own ends nothing for good.
    works = told.known(known_on, winner)
    works &= closing(told.kind[winner]) | (told.end[winner] >= NEVER)
    loser, winner = loser[works], winner[works]
    ended = np.full(last - first, NEVER, dtype=np.int64)
    np.minimum.at(ended, loser, told.start[winner])
    by = np.full(last - first, -1, dtype=np.intp)
    mine: Bools = told.start[winner] == ended[loser]
    by[loser[mine]] = winner[mine]
    line = evidence.line[first:last]
    # By line the entry that was ended last decides; one that was not ended keeps all of it alive.
    order = np.lexsort((ended, line))
    days = np.full(len(told.kind), NEVER, dtype=np.int64)
    winners = np.full(len(told.kind), -1, dtype=np.intp)
    days[line[order]] = ended[order]
    winners[line[order]] = by[order]
    return days, winners


def _rivals(evidence: Evidence, axis_id: str, known_on: int) -> dict[int, set[str]]:
    """Return by line the ids of the known statements that contradict it on a road."""
    told, relations = evidence.statements, evidence.relations
    some = slice(*np.searchsorted(relations.one, _entries(evidence, axis_id)))
    one, other = evidence.line[relations.one[some]], evidence.line[relations.other[some]]
    known = told.known(known_on, one) & told.known(known_on, other)
    found: dict[int, set[str]] = {}
    for a, b in zip(one[known].tolist(), other[known].tolist(), strict=True):
        found.setdefault(a, set()).add(str(told.assertion_id[b]))
        found.setdefault(b, set()).add(str(told.assertion_id[a]))
    return found


def _days(days: Days, none: Bools) -> Any:
    return dates_of(np.where(none, NEVER, days))
