"""Assertions as the rule of road status reads them, and what stands when they meet on a stretch.

The rule is written out, with worked examples, in ``docs/road-status.md``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from geo.records import AssertionKind
from geo.roads.policy import CLOSING, Policy

EVERYTHING = "all vehicles"
DISPUTED = "CONTRADICTS"


class Passage(StrEnum):
    """What is reported about getting through, the gravest first."""

    CLOSED = "closed"
    SUSPENDED = "suspended"
    ESCORT_ONLY = "escort_only"
    RESTRICTED = "restricted"
    OPEN_REPORTED = "open_reported"
    UNKNOWN = "unknown"


_PASSAGE_OF = {
    AssertionKind.BLOCKADE: Passage.CLOSED,
    AssertionKind.CLOSED: Passage.CLOSED,
    AssertionKind.SERVICE_SUSPENDED: Passage.SUSPENDED,
    AssertionKind.ESCORT_ONLY: Passage.ESCORT_ONLY,
    AssertionKind.RESTRICTED: Passage.RESTRICTED,
    AssertionKind.CHECKPOINT: Passage.RESTRICTED,
    AssertionKind.REOPENED: Passage.OPEN_REPORTED,
}
_GRAVITY = {passage: rank for rank, passage in enumerate(Passage)}


@dataclass(frozen=True, slots=True)
class Statement:
    """An assertion as the rule reads it.

    Parameters
    ----------
    assertion_id, kind
        Which it is.
    actors, affected
        The parts of the lists in ``actor`` and ``affected``.
    start, stated
        Days from which it holds and from which it is known.
    live
        Whether it is believed on the day asked about.
    in_force
        Whether it holds on that day, believed or not: its stated end has not passed.
    dated
        Whether a source gives ``start``; otherwise it is the day that the assertion is known.
    assumed
        Whether ``start`` or ``stated`` rests on an assumption.
    disputed
        Whether it was recorded as contradicting others: it then ends none of them.
    """

    assertion_id: str
    kind: AssertionKind
    actors: tuple[str, ...]
    affected: frozenset[str]
    start: dt.date
    stated: dt.date
    live: bool
    in_force: bool
    dated: bool
    assumed: bool
    disputed: bool


@dataclass(frozen=True, slots=True)
class State:
    """What stands on a stretch; the columns of `status` after the measures."""

    controlled_by: tuple[str, ...] = ()
    taxed_by: tuple[str, ...] = ()
    passage: Passage = Passage.UNKNOWN
    passage_since: dt.date | None = None
    affected: tuple[str, ...] = ()
    contested: bool = False
    assertion_ids: tuple[str, ...] = ()
    last_stated: dt.date | None = None
    assumed: bool = False


def read_statements(assertions: pd.DataFrame, on: dt.date, policy: Policy) -> dict[str, Statement]:
    """Return the assertions that bear on the status of a day, by id.

    Those are the ones that have begun and are live, and the reopenings and closures that have
    begun, because they end one another beyond their own life.  Without ``valid_from`` an assertion
    begins on the day it is known; a reopening without any date is left out.

    Parameters
    ----------
    assertions
        Columns of `geo.records.ASSERTION_COLUMNS`, ``known_on`` and ``known_assumed``.
    on
        The day.
    policy
        For how long a kind is believed.
    """
    known, assumed = assertions["known_on"], assertions["known_assumed"]
    undated = assertions["valid_from"].isna()
    opening = assertions["kind"].eq(AssertionKind.REOPENED)
    start = assertions["valid_from"].fillna(known)
    days = assertions["kind"].map({kind.value: n for kind, n in policy.live_days.items()})
    # A day of knowledge that nobody stated must not lengthen a life.
    heard = start.where(assumed | (start > known), known)
    day = pd.Timestamp(on)
    in_force = ~(assertions["valid_to"] < day)
    believed = heard + pd.to_timedelta(days, unit="D") >= day
    live = in_force & (believed | assertions["valid_to"].notna())
    ending = assertions["kind"].isin([*CLOSING, AssertionKind.REOPENED])
    # A road was open on some day, but which?  Such a word is never used.
    dateless = undated & assumed
    usable = ~dateless if not policy.undated_hold else ~(dateless & opening)
    keep = (start <= day) & (live | ending) & usable
    told = assertions[keep]
    columns = (
        told["assertion_id"],
        map(AssertionKind, told["kind"]),
        told["actor"].map(_parts),
        told["affected"].map(_parts).map(frozenset),
        start[keep].dt.date,
        known[keep].dt.date,
        live[keep],
        in_force[keep],
        ~undated[keep],
        (assumed | undated)[keep],
        told["summary"].str.startswith(DISPUTED),
    )
    return {row[0]: Statement(*row) for row in zip(*columns, strict=True)}


def settle(statements: Iterable[Statement]) -> State:
    """Return what stands when these statements concern one stretch.

    Parameters
    ----------
    statements
        In any order.

    Returns
    -------
    State
        See `status`.
    """
    told = sorted(statements, key=lambda statement: statement.assertion_id)
    closures = [s for s in told if s.kind in CLOSING]
    openings = [s for s in told if s.kind is AssertionKind.REOPENED]
    ended: set[str] = set()
    disputes: list[tuple[Statement, Statement]] = []
    for closure in closures:
        for opening in openings:
            if not _overlap(closure, opening):
                continue
            winner, loser = _later(closure, opening)
            if winner is None:
                disputes.append((closure, opening))
            elif _covers(winner, loser) and (winner.kind in CLOSING or winner.in_force):
                ended.add(loser.assertion_id)
    standing = [s for s in told if s.live and s.assertion_id not in ended]
    if not standing:
        return State()
    left = {s.assertion_id for s in standing}
    return _state(
        standing,
        contested=any({a.assertion_id, b.assertion_id} <= left for a, b in disputes)
        or _rivals([s for s in standing if s.kind is AssertionKind.CONTROLLED]),
    )


def _later(closure: Statement, opening: Statement) -> tuple[Statement | None, Statement]:
    """Return the one that ends the other, and the other; None when neither is later by both."""
    if opening.stated > closure.stated and opening.start >= closure.start:
        winner, loser = opening, closure
    elif closure.stated > opening.stated and closure.start > opening.start:
        winner, loser = closure, opening
    else:
        return None, opening
    return (None if winner.disputed else winner), loser


def _overlap(one: Statement, other: Statement) -> bool:
    return _everyone(one) or _everyone(other) or not one.affected.isdisjoint(other.affected)


def _covers(one: Statement, other: Statement) -> bool:
    return _everyone(one) or (not _everyone(other) and other.affected <= one.affected)


def _everyone(statement: Statement) -> bool:
    return EVERYTHING in statement.affected or not statement.affected


def _rivals(claims: list[Statement]) -> bool:
    """Return whether two claims of control name no actor in common (a katiba is its group)."""
    groups = [{actor.split(" (")[0] for actor in claim.actors} for claim in claims]
    return any(a.isdisjoint(b) for i, a in enumerate(groups) for b in groups[:i])


def _state(standing: list[Statement], *, contested: bool) -> State:
    passages = [(_PASSAGE_OF.get(s.kind, Passage.UNKNOWN), s) for s in standing]
    passage = min((p for p, _ in passages), key=_GRAVITY.__getitem__)
    decisive = [s for p, s in passages if p is passage and passage is not Passage.UNKNOWN]
    return State(
        controlled_by=_actors(s for s in standing if s.kind is AssertionKind.CONTROLLED),
        taxed_by=_actors(s for s in standing if s.kind is AssertionKind.TAXED),
        passage=passage,
        passage_since=min((s.start for s in decisive if s.dated), default=None),
        affected=tuple(sorted({part for s in decisive for part in s.affected})),
        contested=contested,
        assertion_ids=tuple(s.assertion_id for s in standing),
        last_stated=max(s.stated for s in standing),
        assumed=any(s.assumed for s in standing),
    )


def _actors(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(sorted({actor for s in statements for actor in s.actors}))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
