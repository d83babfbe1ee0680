"""From the statements that stand on segments to the table of road status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.records import AssertionKind
from geo.roads.axes import Axis
from geo.roads.statements import (
    GRAVITY,
    KINDS,
    NEVER,
    PASSAGES,
    Bools,
    Days,
    Floats,
    Ints,
    Objects,
    Passage,
    Statements,
    Texts,
    dates_of,
    is_kind,
)

STATUS_COLUMNS = (
    "axis_id", "measure_from_m", "measure_to_m", "controlled_by", "taxed_by", "passage",
    "passage_since", "affected", "contested", "assertion_ids", "last_stated", "assumed",
    "control_confidence", "control_confirmed", "control_contested",
    "tax_amounts", "tax_confidence", "tax_confirmed",
    "passage_confidence", "passage_confirmed", "passage_contested", "reopened_for",
    "agreement_with", "agreement_confidence", "agreement_confirmed", "under_agreement",
    "last_confirmed", "stale", "last_evidence", "last_control", "last_tax", "last_passage",
    "last_agreement",
)  # fmt: skip
_UNKNOWN = PASSAGES.index(Passage.UNKNOWN)
_OPEN = PASSAGES.index(Passage.OPEN_REPORTED)
_PASSAGE_WORDS = np.array([passage.value for passage in PASSAGES], dtype=object)
_EVERY_KIND = np.arange(len(KINDS))
_SUBJECTS = {
    "last_evidence": np.ones(len(KINDS), dtype=bool),
    "last_control": is_kind(_EVERY_KIND, AssertionKind.CONTROLLED),
    "last_tax": is_kind(_EVERY_KIND, AssertionKind.TAXED),
    "last_passage": GRAVITY < _UNKNOWN,
    "last_agreement": is_kind(_EVERY_KIND, AssertionKind.AGREEMENT),
}


@dataclass(frozen=True, eq=False)
class Standing:
    """What stands on some segments on a day.

    Parameters
    ----------
    statements
        The lines.
    axis_of, from_m, to_m
        The segments.
    segment, line
        The entries: number among these segments, ascending, and line; then by assertion id.
    counts, stands, confidence
        Of each entry: whether it is known and has begun, whether it stands, how likely it holds.
    disputes
        Pairs of entries that contradict each other, and whether about control.
    """

    statements: Statements
    axis_of: Ints
    from_m: Floats
    to_m: Floats
    segment: Ints
    line: Ints
    counts: Bools
    stands: Bools
    confidence: Floats
    disputes: tuple[Ints, Ints, Bools]


def table(standing: Standing, axes: Sequence[Axis]) -> pd.DataFrame:
    """Return the status of segments, neighbours with one status joined.

    Parameters
    ----------
    standing
        What stands.
    axes
        The roads that ``standing.axis_of`` numbers.

    Returns
    -------
    pandas.DataFrame
        Columns `STATUS_COLUMNS`; linear in the entries, Python's own work in the distinct sets of
        statements only.
    """
    size = len(standing.axis_of)
    told = standing.statements
    kept = np.flatnonzero(standing.stands)
    segment, line = standing.segment[kept], standing.line[kept]
    last = _last_evidence(standing, size)
    key = _set_keys(segment, told.marks[told.rank[line]], size)
    new = np.ones(size, dtype=bool)
    new[1:] = (standing.axis_of[1:] != standing.axis_of[:-1]) | (key[1:] != key[:-1])
    for lines in last.values():
        new[1:] |= lines[1:] != lines[:-1]
    first = np.flatnonzero(new)
    final = np.append(first[1:], size)[: len(first)] - 1
    # One state per distinct set of statements: the segments of a set share everything below.
    _, shown, of = np.unique(key[first], return_index=True, return_inverse=True)
    states = _States(standing, first[shown])
    columns = {name: values[of] for name, values in states.columns().items()}
    newest = last["last_evidence"][first]
    confirmed = np.full(len(newest), NEVER, dtype=np.int64)
    confirmed[newest >= 0] = told.heard[newest[newest >= 0]]
    axis_ids = np.array([axis.axis_id for axis in axes], dtype=object)
    columns |= {
        "axis_id": axis_ids[standing.axis_of[first]],
        "measure_from_m": standing.from_m[first],
        "measure_to_m": standing.to_m[final],
        "last_confirmed": dates_of(confirmed),
        "stale": ~states.told_of[of] & (newest >= 0),
    }
    columns |= {name: told.ids[lines[first]] for name, lines in last.items()}
    return pd.DataFrame({name: columns[name] for name in STATUS_COLUMNS})


def _last_evidence(standing: Standing, size: int) -> dict[str, Ints]:
    """Return the line last heard on each segment, of all and by subject; −1 for none.

    Of those that stand, else of the past; of lines heard on one day the one with the greatest id.
    """
    told = standing.statements
    count = max(len(told.rank), 1)
    kind = told.kind[standing.line]
    score = (told.heard[standing.line] + NEVER) * count + told.rank[standing.line]
    found = {}
    for name, codes in _SUBJECTS.items():
        about = codes[kind]
        best = np.full(size, -1, dtype=np.int64)
        for chosen in (standing.counts & about, standing.stands & about):
            at = np.flatnonzero(chosen)
            segments, starts = _runs(standing.segment[at])
            if len(segments):
                best[segments] = np.maximum.reduceat(score[at], starts)
        last = np.full(size, -1, dtype=np.intp)
        last[best >= 0] = told.by_rank[best[best >= 0] % count]
        found[name] = last
    return found


def _runs(segment: Ints) -> tuple[Ints, Ints]:
    """Return the distinct values of an ascending array and where each begins."""
    if not len(segment):
        return segment, np.empty(0, dtype=np.intp)
    starts = np.flatnonzero(np.concatenate([[True], segment[1:] != segment[:-1]]))
    return segment[starts], starts


def _set_keys(segment: Ints, marks: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    """Return a number per segment that is the same for the same set of statements; 0 for none."""
    keys = np.zeros(size, dtype=np.uint64)
    segments, starts = _runs(segment)
    if len(segments):
        # With 64 bits two different sets of a million do not meet in practice.
        keys[segments] = np.add.reduceat(marks, starts)
    return keys


class _States:
    """The state of each chosen segment, as columns."""

    def __init__(self, standing: Standing, segments: Ints) -> None:
        self.told = standing.statements
        self.size = len(segments)
        row_of = np.full(len(standing.axis_of), -1, dtype=np.intp)
        row_of[segments] = np.arange(self.size)
        row = row_of[standing.segment]
        kept = np.flatnonzero(standing.stands & (row >= 0))
        kept = kept[np.argsort(row[kept], kind="stable")]
        self.row, self.line = row[kept], standing.line[kept]
        self.confidence = standing.confidence[kept]
        self.kind = self.told.kind[self.line]
        one, other, control = standing.disputes
        here = row[one] >= 0
        self.dispute_row = row[one[here]]
        self.dispute_control = control[here]
        self.dispute_strength = np.minimum(
            standing.confidence[one[here]], standing.confidence[other[here]]
        )
        self.told_of = np.zeros(self.size, dtype=bool)
        self.told_of[self.row] = True

    def columns(self) -> dict[str, NDArray[Any]]:
        told = self.told
        gravity = self._least(np.asarray(GRAVITY[self.kind]), _UNKNOWN)
        decisive = (GRAVITY[self.kind] == gravity[self.row]) & (GRAVITY[self.kind] < _UNKNOWN)
        control = is_kind(self.kind, AssertionKind.CONTROLLED)
        tax = is_kind(self.kind, AssertionKind.TAXED)
        agreement = is_kind(self.kind, AssertionKind.AGREEMENT)
        reopened = is_kind(self.kind, AssertionKind.REOPENED) & ~decisive
        everything = np.ones(len(self.row), dtype=bool)
        control_opposed, passage_opposed = self._opposed(control=True), self._opposed(control=False)
        dated = decisive & told.dated[self.line]
        agreed = self._any(agreement)
        return {
            "controlled_by": self._lists(control, told.actors),
            "control_confidence": self._confidence(control, control_opposed),
            "control_confirmed": self._latest(control, told.heard),
            "control_contested": control_opposed > 0,
            "taxed_by": self._lists(tax, told.actors),
            "tax_amounts": self._lists(tax, told.amounts),
            "tax_confidence": self._confidence(tax),
            "tax_confirmed": self._latest(tax, told.heard),
            "passage": _PASSAGE_WORDS[gravity],
            "passage_since": dates_of(
                self._least(np.where(dated, told.start[self.line], NEVER), NEVER)
            ),
            "affected": self._lists(decisive, told.affected),
            "passage_confidence": self._confidence(decisive, passage_opposed),
            "passage_confirmed": self._latest(decisive, told.heard),
            "passage_contested": passage_opposed > 0,
            "reopened_for": self._lists(reopened, told.affected),
            "agreement_with": self._lists(agreement, told.actors),
            "agreement_confidence": self._confidence(agreement),
            "agreement_confirmed": self._latest(agreement, told.heard),
            "under_agreement": agreed & (gravity >= _OPEN),
            "contested": (control_opposed > 0) | (passage_opposed > 0),
            "assertion_ids": self._ids(),
            "last_stated": self._latest(everything, told.stated),
            "assumed": self._any(told.assumed[self.line]),
        }

    def _least(self, values: Days, absent: int) -> Days:
        """Return the least value of each row."""
        least = np.full(self.size, absent, dtype=np.int64)
        rows, starts = _runs(self.row)
        if len(rows):
            least[rows] = np.minimum.reduceat(values, starts)
        return least

    def _latest(self, chosen: Bools, days: Days) -> Objects:
        latest = -self._least(np.where(chosen, -days[self.line], NEVER), NEVER)
        return dates_of(latest)

    def _any(self, chosen: Bools) -> Bools:
        found = np.zeros(self.size, dtype=bool)
        found[self.row[chosen]] = True
        return found

    def _confidence(self, chosen: Bools, opposed: Floats | None = None) -> Floats:
        """Return the confidence of the best statement, less what contradicts it (S8, S11)."""
        best = np.zeros(self.size)
        np.maximum.at(best, self.row[chosen], self.confidence[chosen])
        if opposed is None:
            return best
        whole = best + opposed
        return np.asarray(best * np.divide(best, whole, out=np.ones_like(best), where=whole > 0))

    def _opposed(self, *, control: bool) -> Floats:
        """Return the strength of the weaker side of the strongest contradiction of each row."""
        opposed = np.zeros(self.size)
        mine = self.dispute_control == control
        np.maximum.at(opposed, self.dispute_row[mine], self.dispute_strength[mine])
        return opposed

    def _ids(self) -> Objects:
        ids = self.told.assertion_id[self.line].tolist()
        found = _empty_tuples(self.size)
        rows, starts = _runs(self.row)
        ends = np.append(starts[1:], len(ids)).tolist()
        for row, start, end in zip(rows.tolist(), starts.tolist(), ends, strict=False):
            found[row] = tuple(ids[start:end])
        return found

    def _lists(self, chosen: Bools, texts: Texts) -> Objects:
        """Return the union of the lists of each row's chosen statements, sorted."""
        found = _empty_tuples(self.size)
        width = max(len(texts.parts), 1)
        pairs = np.unique(self.row[chosen] * width + texts.code[self.line[chosen]])
        row, code = pairs // width, pairs % width
        rows, starts = _runs(row)
        if not len(rows):
            return found
        found[rows] = texts.parts[code[starts]]
        counts = np.diff(np.append(starts, len(row)))
        several = np.flatnonzero(counts > 1)
        unions: dict[tuple[int, ...], tuple[str, ...]] = {}
        for at in several.tolist():
            codes = tuple(code[starts[at] : starts[at] + counts[at]].tolist())
            if codes not in unions:
                unions[codes] = tuple(sorted({part for c in codes for part in texts.parts[c]}))
            found[rows[at]] = unions[codes]
        return found


def _empty_tuples(size: int) -> Objects:
    found = np.empty(size, dtype=object)
    found.fill(())
    return found
