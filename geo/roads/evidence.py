"""The evidence on every stretch of road, laid out once and then asked about any day.

Cutting the roads where statements begin and end, and finding who ends and who contradicts whom,
depends on no day.  It is done once per version of the ledger; a day is then a few passes over
arrays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geo.atlas import Atlas
from geo.roads.axes import Axis
from geo.roads.disputes import Relations, relate
from geo.roads.laying import Laying, lay
from geo.roads.policy import Policy, load_policy
from geo.roads.statements import (
    NEVER,
    Bools,
    Floats,
    Ints,
    Statements,
    closing,
    day_number,
    read_statements,
)
from geo.roads.states import Standing, table

_SNAP_M = 1.0
"""Laying rounds to whole metres; an end this close to the road's end is the road's end."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """Statements on the segments of all roads.

    An *entry* is one statement on one segment; entries are ordered by segment, then by assertion
    id.  Use :meth:`gather`.

    Parameters
    ----------
    axes
        The roads in their order.
    statements
        The lines of the ledger.
    laying
        Where they lie.
    axis_of, from_m, to_m
        Segments: number of the axis and measures; each road from end to end.
    segment, line
        Entries: number of the segment and place of the line in ``statements``.
    relations
        Who ends and who contradicts whom.
    """

    axes: tuple[Axis, ...]
    statements: Statements
    laying: Laying
    axis_of: Ints
    from_m: Floats
    to_m: Floats
    segment: Ints
    line: Ints
    relations: Relations

    @classmethod
    def gather(
        cls,
        assertions: pd.DataFrame,
        atlas: Atlas,
        laying: Laying | None = None,
        policy: Policy | None = None,
    ) -> Evidence:
        """Lay out assertions on the roads.

        Parameters
        ----------
        assertions
            Lines of a ledger (``LedgerFrames.assertions``: all of them, whatever their dates) or
            of a snapshot.
        atlas
            Places and roads.
        laying
            `geo.roads.laying.lay` of these lines, when it is at hand.
        policy
            ``data/policy.toml`` unless given.

        Returns
        -------
        Evidence
            Linear in the entries.
        """
        policy = policy or load_policy()
        if "retracted" in assertions:
            # What a withdrawal does stands in ``hidden_on`` of the line that it withdraws.
            assertions = assertions[~assertions["retracted"].to_numpy(dtype=bool)]
        laying = laying or lay(assertions, atlas, policy)
        axes = tuple(atlas.axes.values())
        statements = read_statements(assertions, policy)
        laid = _laid(laying.stretches, assertions, axes)
        cut = _cut(laid, axes)
        segment, line = _entries(laid, cut, statements)
        relations = relate(statements, segment, line, policy)
        return cls(axes, statements, laying, *cut, segment, line, relations)

    @cached_property
    def axis_number(self) -> Mapping[str, int]:
        """Place of each road by ``axis_id``."""
        return {axis.axis_id: number for number, axis in enumerate(self.axes)}

    @cached_property
    def first_segment(self) -> Ints:
        """First segment of each road, and the number of segments; shape ``(axes + 1,)``."""
        return np.searchsorted(self.axis_of, np.arange(len(self.axes) + 1))

    @cached_property
    def first_entry(self) -> Ints:
        """First entry of each segment, and the number of entries; shape ``(segments + 1,)``."""
        return np.searchsorted(self.segment, np.arange(len(self.axis_of) + 1))

    def status(
        self, on: dt.date, known_on: dt.date, axis_ids: Iterable[str] | None = None
    ) -> pd.DataFrame:
        """Return the status of roads on a day, by what was known on another.

        Parameters
        ----------
        on, known_on
            The day asked about and the day of knowledge.
        axis_ids
            The roads wanted; all unless given.

        Returns
        -------
        pandas.DataFrame
            Columns :data:`geo.roads.states.STATUS_COLUMNS`, see `geo.roads.status.status`.

        Raises
        ------
        KeyError
            When there is no such road.
        """
        if axis_ids is None:
            ranges = [(0, len(self.axis_of))]
        else:
            numbers = [self.axis_number[axis_id] for axis_id in axis_ids]
            ranges = [(int(self.first_segment[n]), int(self.first_segment[n + 1])) for n in numbers]
        days = day_number(on), day_number(known_on)
        parts = [table(self.standing(*days, *segments), self.axes) for segments in ranges]
        if len(parts) == 1:
            return parts[0]
        return pd.concat(parts or [table(self.standing(*days, 0, 0), self.axes)], ignore_index=True)

    def standing(self, on: int, known_on: int, begin: int, end: int) -> Standing:
        """Return what stands on the segments from ``begin`` to ``end`` on a day.

        Parameters
        ----------
        on, known_on
            Days since 1970-01-01.
        begin, end
            Numbers of segments, the second excluded.
        """
        told = self.statements
        first, last = int(self.first_entry[begin]), int(self.first_entry[end])
        line = self.line[first:last]
        # Over a few entries it is cheaper to ask about those than about all lines.
        few = len(line) < len(told.kind)
        at: Ints | slice = line if few else slice(None)
        counts = told.known(known_on, at) & (told.start[at] <= on)
        live = counts & (told.end[at] >= on) & (told.fade[at] >= on)
        confidence = told.confidence(on, at)
        if not few:
            counts, live, confidence = counts[line], live[line], confidence[line]
        ended = self._ended(on, known_on, first, last)
        alive = live & ~ended
        disputes = self._disputes(alive, first, last)
        return Standing(
            statements=told,
            axis_of=self.axis_of[begin:end],
            from_m=self.from_m[begin:end],
            to_m=self.to_m[begin:end],
            segment=self.segment[first:last] - begin,
            line=line,
            counts=counts,
            stands=alive,
            confidence=confidence,
            disputes=disputes,
        )

    def _ended(self, on: int, known_on: int, first: int, last: int) -> Bools:
        """Return which entries a later statement has ended (S10)."""
        told = self.statements
        some = slice(*np.searchsorted(self.relations.loser, [first, last]))
        loser, winner = self.relations.loser[some], self.relations.winner[some]
        works = told.known(known_on, winner) & (told.start[winner] <= on)
        works &= closing(told.kind[winner]) | (told.end[winner] >= on)
        ended = np.zeros(last - first, dtype=bool)
        ended[loser[works] - first] = True
        return ended

    def _disputes(self, alive: Bools, first: int, last: int) -> tuple[Ints, Ints, Bools]:
        """Return the pairs of entries that stand and contradict each other (S11, S12)."""
        some = slice(*np.searchsorted(self.relations.one, [first, last]))
        one, other = self.relations.one[some] - first, self.relations.other[some] - first
        both = alive[one] & alive[other]
        return one[both], other[both], self.relations.about_control[some][both]


_Laid = tuple[Ints, Floats, Floats, Ints]


def _laid(found: pd.DataFrame, assertions: pd.DataFrame, axes: tuple[Axis, ...]) -> _Laid:
    """Return axis number, measures and line of each stretch; those of other lines are left out."""
    axis = pd.Index([a.axis_id for a in axes]).get_indexer(pd.Index(found["axis_id"]))
    line = assertions.index.get_indexer(pd.Index(found["line"]))
    here = (axis >= 0) & (line >= 0)
    axis, line = axis[here].astype(np.intp), line[here].astype(np.intp)
    starts, ends = (np.array([bound(a) for a in axes]) for bound in (_start, _end))
    low, high = (found[f"measure_{side}_m"].to_numpy(np.float64)[here] for side in ("from", "to"))
    low = np.where(low - starts[axis] <= _SNAP_M, starts[axis], low)
    high = np.where(ends[axis] - high <= _SNAP_M, ends[axis], high)
    return axis, low, high, line


def _start(axis: Axis) -> float:
    return axis.start_m


def _end(axis: Axis) -> float:
    return axis.end_m


def _cut(laid: _Laid, axes: tuple[Axis, ...]) -> tuple[Ints, Floats, Floats]:
    """Cut each axis at every boundary; return axis number, start and end of the segments."""
    codes, low, high, _ = laid
    numbers = np.arange(len(axes), dtype=np.intp)
    axis = np.concatenate([codes, codes, numbers, numbers])
    cut_m = np.concatenate([low, high, [a.start_m for a in axes], [a.end_m for a in axes]])
    order = np.lexsort((cut_m, axis))
    axis, cut_m = axis[order], cut_m[order]
    goes_on = (axis[1:] == axis[:-1]) & (cut_m[1:] > cut_m[:-1])
    return axis[:-1][goes_on], cut_m[:-1][goes_on], cut_m[1:][goes_on]


def _entries(
    laid: _Laid, cut: tuple[Ints, Floats, Floats], statements: Statements
) -> tuple[Ints, Ints]:
    """Return segment and line of each entry, ordered by segment, then by assertion id."""
    axis, low, high, line = laid
    axis_of, from_m, to_m = cut
    # One ruler for all roads, each in a compartment of its own, so that one search serves all.
    origin = from_m.min(initial=0.0)
    room = to_m.max(initial=0.0) - origin + 1
    first = np.searchsorted(axis_of * room + (from_m - origin), axis * room + (low - origin))
    last = np.searchsorted(
        axis_of * room + (to_m - origin), axis * room + (high - origin), side="right"
    )
    by_id = np.argsort(statements.rank[line], kind="stable")
    first, count, line = first[by_id], np.maximum(last - first, 0)[by_id], line[by_id]
    # Stretches by segment become segments by stretch: turning a sparse matrix counts, and sorting
    # as many entries would take ten times as long.
    starts = np.concatenate([[0], np.cumsum(count)])
    segment = np.repeat(first, count) + _within(count)
    shape = (len(line), len(axis_of))
    turned = csr_array((np.ones(len(segment), dtype=bool), segment, starts), shape=shape).tocsc()
    segment = np.repeat(np.arange(len(axis_of)), np.diff(turned.indptr))
    lines = line[turned.indices]
    # Two stretches of one statement may overlap; it is still one statement there.
    new = np.ones(len(lines), dtype=bool)
    new[1:] = (segment[1:] != segment[:-1]) | (lines[1:] != lines[:-1])
    return segment[new], lines[new]


def _within(count: Ints) -> Ints:
    """Return 0, 1, … within each run of the given lengths."""
    ends = np.cumsum(count)
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.arange(total) - np.repeat(ends - count, count), dtype=np.intp)


__all__ = ["NEVER", "Evidence"]
