"""Road status: what live assertions say about each stretch of road on a day.

The rule is written out, with worked examples, in ``docs/road-status.md``.  In short: a statement is
live from the day it holds until its end or, without one, until nothing has been heard for as long
as the policy believes its kind; a reopening and a closure end one another when the later is later
by both clocks, and otherwise stand side by side, contested; a stretch of which nothing live is
known is *unknown*, never open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.roads.axes import Axis
from geo.roads.laying import Laying, lay, stretches
from geo.roads.policy import Policy, load_policy
from geo.roads.statements import Passage, State, read_statements, settle
from geo.snapshot import Snapshot

__all__ = ["LiveStretches", "Passage", "lay", "live_stretches", "status", "stretches"]

STATUS_COLUMNS = (
    "axis_id", "measure_from_m", "measure_to_m", "controlled_by", "taxed_by", "passage",
    "passage_since", "affected", "contested", "assertion_ids", "last_stated", "assumed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LiveStretches:
    """Stretches with a live claim of control or taxation.

    Parameters
    ----------
    count
        Unbroken stretches; one road counted along two axes counts on both.
    km
        Their length.
    """

    count: int
    km: float


def status(
    snapshot: Snapshot, laying: Laying | None = None, policy: Policy | None = None
) -> pd.DataFrame:
    """Return the status of every road on the snapshot's day, by what was known on its other day.

    Parameters
    ----------
    snapshot
        What was known.
    laying
        `geo.roads.laying.lay` of a frame that the snapshot's assertions are rows of (the ledger's
        lines), when it is at hand: it depends on neither day.
    policy
        ``data/policy.toml`` unless given.

    Returns
    -------
    pandas.DataFrame
        One row per segment, ordered by axis and measure, each axis covered from end to end:
        ``axis_id``, ``measure_from_m``, ``measure_to_m``; ``controlled_by``, ``taxed_by`` (tuples
        of actors); ``passage`` (a value of `Passage`: the gravest), ``passage_since`` (first day
        of the earliest statement of it), ``affected`` (tuple: whom it concerns); ``contested``;
        ``assertion_ids`` (tuple: all that stand); ``last_stated``; ``assumed`` (a date of one of
        them rests on an assumption).  Neighbours with one status are one segment.
    """
    policy = policy or load_policy()
    laying = laying or lay(snapshot.assertions, snapshot.atlas, policy)
    statements = read_statements(snapshot.assertions, snapshot.on, policy)
    lines = snapshot.assertions.index[snapshot.assertions["assertion_id"].isin(statements)]
    found = laying.stretches[laying.stretches["line"].isin(lines)]
    axes = list(snapshot.atlas.axes.values())
    axis_of, from_m, to_m = _segments(axes, found)
    sets = _members(axes, found, axis_of, from_m, to_m)
    known: dict[tuple[str, ...], State] = {}
    rows: list[tuple[str, float, float, State]] = []
    for at, ids in enumerate(sets):
        if ids not in known:
            known[ids] = settle(statements[assertion_id] for assertion_id in ids)
        axis_id, state = axes[axis_of[at]].axis_id, known[ids]
        if rows and rows[-1][0] == axis_id and rows[-1][3] == state:
            rows[-1] = (axis_id, rows[-1][1], float(to_m[at]), state)
        else:
            rows.append((axis_id, float(from_m[at]), float(to_m[at]), state))
    return _frame(rows)


def live_stretches(road_status: pd.DataFrame) -> LiveStretches:
    """Return how many stretches have a live claim of control or taxation, and their length.

    Parameters
    ----------
    road_status
        The result of `status`.

    Returns
    -------
    LiveStretches
        Neighbouring segments count as one stretch.
    """
    claimed = road_status["controlled_by"].map(len).gt(0) | road_status["taxed_by"].map(len).gt(0)
    goes_on = claimed.shift(fill_value=False) & road_status["axis_id"].eq(
        road_status["axis_id"].shift()
    )
    length_m = (road_status["measure_to_m"] - road_status["measure_from_m"])[claimed].sum()
    return LiveStretches(int((claimed & ~goes_on).sum()), float(length_m) / 1_000)


_Ints = NDArray[np.intp]
_Floats = NDArray[np.float64]


def _codes(axes: list[Axis], found: pd.DataFrame) -> _Ints:
    codes = pd.Index([axis.axis_id for axis in axes]).get_indexer(pd.Index(found["axis_id"]))
    return np.asarray(codes, dtype=np.intp)


def _segments(axes: list[Axis], found: pd.DataFrame) -> tuple[_Ints, _Floats, _Floats]:
    """Cut each axis at every boundary; return axis number, start and end of the segments."""
    codes, numbers = _codes(axes, found), np.arange(len(axes))
    axis = np.concatenate([codes, codes, numbers, numbers])
    cut_m = np.concatenate([
        found["measure_from_m"], found["measure_to_m"],
        [a.start_m for a in axes], [a.end_m for a in axes],
    ]).astype(np.float64)  # fmt: skip
    order = np.lexsort((cut_m, axis))
    axis, cut_m = axis[order], cut_m[order]
    goes_on = (axis[1:] == axis[:-1]) & (cut_m[1:] > cut_m[:-1])
    return axis[:-1][goes_on], cut_m[:-1][goes_on], cut_m[1:][goes_on]


def _members(
    axes: list[Axis], found: pd.DataFrame, axis_of: _Ints, from_m: _Floats, to_m: _Floats
) -> list[tuple[str, ...]]:
    """Return the ids of the assertions on each segment, sorted."""
    codes = _codes(axes, found)
    on: list[set[str]] = [set() for _ in axis_of]
    first_of = np.searchsorted(axis_of, np.arange(len(axes) + 1))
    for code, assertion_id, low, high in zip(
        codes, found["assertion_id"], found["measure_from_m"], found["measure_to_m"], strict=True
    ):
        start, stop = first_of[code], first_of[code + 1]
        begin = start + np.searchsorted(from_m[start:stop], low)
        end = start + np.searchsorted(to_m[start:stop], high, side="right")
        for at in range(begin, end):
            on[at].add(assertion_id)
    return [tuple(sorted(ids)) for ids in on]


def _frame(rows: list[tuple[str, float, float, State]]) -> pd.DataFrame:
    columns = [[row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]]
    columns += [[getattr(row[3], name) for row in rows] for name in STATUS_COLUMNS[3:]]
    return pd.DataFrame(dict(zip(STATUS_COLUMNS, columns, strict=True)))
