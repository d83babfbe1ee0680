"""Assertions as the rule of road status reads them: one array per property, one place per line.

The rule is written out, with worked examples, in ``docs/road-status.md``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.records import AssertionKind
from geo.roads.policy import CLOSING, Policy

EVERYTHING = "all vehicles"
DISPUTED = "CONTRADICTS"
KINDS = tuple(AssertionKind)
NEVER = np.iinfo(np.int32).max // 2
"""A day that does not come; days are counted from 1970-01-01."""

_SEED = 20250207

Bools = NDArray[np.bool_]
Days = NDArray[np.int64]
Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Objects = NDArray[np.object_]


class Passage(StrEnum):
    """What is reported about getting through, the gravest first."""

    CLOSED = "closed"
    SUSPENDED = "suspended"
    ESCORT_ONLY = "escort_only"
    RESTRICTED = "restricted"
    OPEN_REPORTED = "open_reported"
    UNKNOWN = "unknown"


PASSAGES = tuple(Passage)
PASSAGE_OF = {
    AssertionKind.BLOCKADE: Passage.CLOSED,
    AssertionKind.CLOSED: Passage.CLOSED,
    AssertionKind.SERVICE_SUSPENDED: Passage.SUSPENDED,
    AssertionKind.ESCORT_ONLY: Passage.ESCORT_ONLY,
    AssertionKind.RESTRICTED: Passage.RESTRICTED,
    AssertionKind.CHECKPOINT: Passage.RESTRICTED,
    AssertionKind.REOPENED: Passage.OPEN_REPORTED,
}
GRAVITY = np.array([PASSAGES.index(PASSAGE_OF.get(kind, Passage.UNKNOWN)) for kind in KINDS])


def code_of(kind: AssertionKind) -> int:
    """Return the place of a kind in `KINDS`."""
    return KINDS.index(kind)


def is_kind(codes: NDArray[Any], *kinds: AssertionKind) -> Bools:
    """Return which codes are of one of some kinds."""
    wanted = np.zeros(len(KINDS), dtype=bool)
    wanted[[code_of(kind) for kind in kinds]] = True
    return np.asarray(wanted[codes], dtype=bool)


@dataclass(frozen=True, eq=False)
class Texts:
    """A column of ``;``-separated lists as codes into the distinct ones.

    Parameters
    ----------
    code
        Shape ``(n,)``.
    parts
        The parts of each distinct list, sorted: tuples.
    """

    code: Ints
    parts: Objects

    @classmethod
    def of(cls, column: pd.Series, *, split: bool = True) -> Texts:
        """Read a column; with ``split`` false a text is one part."""
        codes, texts = pd.factorize(column)
        parts = np.empty(len(texts), dtype=object)
        for i, text in enumerate(texts):
            pieces = text.split(";") if split else [text]
            parts[i] = tuple(sorted({p.strip() for p in pieces if p.strip()}))
        return cls(np.asarray(codes, dtype=np.intp), parts)


@dataclass(frozen=True, eq=False)
class Statements:
    """Lines of the ledger as the rule reads them; all arrays have shape ``(n,)``.

    Parameters
    ----------
    frame
        The lines: the columns of an assertion and its clocks.
    assertion_id
        Texts.
    rank
        Place of each line in the order of ids.
    kind
        Codes into `KINDS`.
    actors, affected, amounts, pages
        Lists by code; pages are addresses, empty where none is given.
    start, end
        First and last day on which it holds; `NEVER` without a date, without an end.
    heard
        Day from which its age is counted (S6).
    stated
        Day from which it is known.
    hidden
        Day from which a later line of its entity, or its withdrawal, is known instead.
    weight
        What its source counts for, 0 to 1.
    half_life
        Days.
    fade
        Last day on which it is believed.
    dated, guessed, assumed, disputed
        Whether a source gives the beginning; whether the day it became known is assumed; whether
        either is; whether it was recorded as contradicting others.
    """

    frame: pd.DataFrame
    assertion_id: Objects
    rank: Ints
    kind: NDArray[np.intp]
    actors: Texts
    affected: Texts
    amounts: Texts
    pages: Texts
    start: Days
    end: Days
    heard: Days
    stated: Days
    hidden: Days
    weight: Floats
    half_life: Floats
    fade: Days
    dated: Bools
    guessed: Bools
    assumed: Bools
    disputed: Bools

    @cached_property
    def by_rank(self) -> Ints:
        """Line of each rank: what `rank` undoes."""
        return np.asarray(np.argsort(self.rank), dtype=np.intp)

    @cached_property
    def ids(self) -> Objects:
        """Ids of the lines and one empty text more, which −1 finds."""
        return np.append(self.assertion_id, np.array([""], dtype=object))

    @cached_property
    def marks(self) -> NDArray[np.uint64]:
        """A random number per rank; their sum, which wraps around, tells sets of lines apart."""
        most = np.iinfo(np.uint64).max
        rng = np.random.default_rng(_SEED)
        return rng.integers(1, most, len(self.rank), dtype=np.uint64)

    def known(self, known_on: int, at: Ints | slice) -> Bools:
        """Return which lines count on a day of knowledge (S5)."""
        return np.asarray((self.stated[at] <= known_on) & (self.hidden[at] > known_on))

    def confidence(self, on: int, at: Ints | slice) -> Floats:
        """Return how likely each line still holds on a day, 0 to 1 (S7)."""
        age = np.maximum(on - self.heard[at], 0)
        faded = self.weight[at] * 0.5 ** (age / self.half_life[at])
        return np.asarray(np.where(self.end[at] < NEVER, self.weight[at], faded))


def day_number(day: dt.date) -> int:
    """Return a day as days since 1970-01-01."""
    return int(np.datetime64(day, "D").astype(np.int64))


def days_of(column: pd.Series, absent: int = NEVER) -> Days:
    """Return a column of dates as days since 1970-01-01, ``absent`` where there is none."""
    numbers = column.to_numpy("datetime64[D]").astype(np.int64)
    return np.asarray(np.where(column.isna().to_numpy(), absent, np.clip(numbers, -NEVER, NEVER)))


def dates_of(days: Days) -> Objects:
    """Return days as dates, ``None`` where a day does not come."""
    dates = np.asarray(days, dtype="datetime64[D]").astype(object)
    dates[np.abs(days) >= NEVER] = None
    return np.asarray(dates, dtype=object)


def read_statements(assertions: pd.DataFrame, policy: Policy) -> Statements:
    """Read lines of assertions, whatever their dates.

    Parameters
    ----------
    assertions
        Columns of :data:`geo.columns.ASSERTIONS`, ``known_on`` and ``known_assumed``, and where
        the frame holds lines that no longer count ``hidden_on``; no withdrawals.
    policy
        How fast a kind fades and whom to believe.

    Returns
    -------
    Statements
        Linear in the lines.
    """
    kind = np.asarray(
        pd.Categorical(assertions["kind"], [k.value for k in KINDS]).codes, dtype=np.intp
    )
    stated = days_of(assertions["known_on"])
    guessed = assertions["known_assumed"].to_numpy(dtype=bool)
    dated = assertions["valid_from"].notna().to_numpy()
    start = np.where(dated, days_of(assertions["valid_from"]), np.where(guessed, NEVER, stated))
    # A day of knowledge that nobody stated must not lengthen a life.
    heard = np.where(guessed, start, np.maximum(start, stated))
    end = days_of(assertions["valid_to"])
    half_life = np.array([policy.half_life_days[k] for k in KINDS])[kind]
    weight = _weights(assertions, policy)
    floor = policy.confidence_floor
    lasts = np.floor(half_life * np.log2(np.maximum(weight, floor) / floor) + 1e-9)
    fade = np.where(end < NEVER, end, np.where(heard < NEVER, heard + lasts, -NEVER))
    ids = assertions["assertion_id"].to_numpy(dtype=object)
    order = np.lexsort((np.arange(len(ids)), pd.factorize(ids, sort=True)[0]))
    rank = np.empty(len(ids), dtype=np.intp)
    rank[order] = np.arange(len(ids))
    return Statements(
        frame=assertions,
        assertion_id=ids,
        rank=rank,
        kind=kind,
        actors=Texts.of(assertions["actor"]),
        affected=Texts.of(assertions["affected"]),
        amounts=Texts.of(assertions["amount_text"], split=False),
        pages=Texts.of(assertions["url"], split=False),
        start=start,
        end=end,
        heard=heard,
        stated=stated,
        hidden=_hidden(assertions),
        weight=weight,
        half_life=half_life,
        fade=np.where(weight >= floor, fade, -NEVER).astype(np.int64),
        dated=dated,
        guessed=guessed,
        assumed=guessed | ~dated,
        disputed=(
            assertions["summary"].str.startswith(DISPUTED)
            | assertions["relation"].eq("contradicts")
        ).to_numpy(dtype=bool),
    )


def _hidden(assertions: pd.DataFrame) -> Days:
    if "hidden_on" not in assertions:
        return np.full(len(assertions), NEVER, dtype=np.int64)
    return days_of(assertions["hidden_on"])


def _weights(assertions: pd.DataFrame, policy: Policy) -> Floats:
    """Return what each source counts for; each distinct source is graded once."""
    told = assertions[["stated_by", "reliability", "credibility"]]
    number = told.groupby(list(told.columns), sort=False).ngroup().to_numpy()
    first = np.unique(number, return_index=True)[1]
    grades = [
        policy.reliability.grade(*row).weight
        for row in told.iloc[first].itertuples(index=False, name=None)
    ]
    return np.array(grades, dtype=np.float64)[number] if len(number) else np.empty(0)


def closing(codes: NDArray[Any]) -> Bools:
    """Return which kinds close a road."""
    return is_kind(codes, *CLOSING)
