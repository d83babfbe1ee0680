"""Which statements end which, and which contradict each other: what does not depend on the day.

S10 to S12 of ``docs/road-status.md``.  Whether the two are known and stand on a day is asked later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from geo.records import AssertionKind
from geo.roads.policy import Policy
from geo.roads.statements import (
    EVERYTHING,
    NEVER,
    Bools,
    Days,
    Ints,
    Objects,
    Statements,
    closing,
    is_kind,
)

_BLOCK = 4_000_000
_TABLE = 50_000_000


@dataclass(frozen=True, eq=False)
class Relations:
    """What statements on one segment do to each other.

    Parameters
    ----------
    loser, winner
        The entry (a statement on a segment) that is ended, ascending, and the line that ends it.
    one, other
        Entries that contradict each other; ``one`` ascends.
    about_control
        Whether they do so about control, not passage; aligned on ``one``.
    """

    loser: Ints
    winner: Ints
    one: Ints
    other: Ints
    about_control: Bools


def relate(statements: Statements, segment: Ints, line: Ints, policy: Policy) -> Relations:
    """Find who ends and who contradicts whom on each segment.

    Parameters
    ----------
    statements
        The lines.
    segment, line
        The entries: line ``line[i]`` lies on segment ``segment[i]``.
    policy
        Which groups do not answer for each other.

    Returns
    -------
    Relations
        Only pairs whose lives touch are looked at: linear in their number.
    """
    return _Relater(statements, segment, line, policy).relations()


class _Relater:
    def __init__(self, told: Statements, segment: Ints, line: Ints, policy: Policy) -> None:
        self.told = told
        self.segment = segment
        self.line = line
        self.words = _Words(told, policy)
        # What is dateless or too weak to be believed on any day does nothing to others.
        usable = (told.start[line] < NEVER) & (told.fade[line] > -NEVER)
        kind = told.kind[line]
        self.openings = np.flatnonzero(usable & is_kind(kind, AssertionKind.REOPENED))
        self.closures = np.flatnonzero(usable & closing(kind))
        self.agreements = np.flatnonzero(usable & is_kind(kind, AssertionKind.AGREEMENT))
        self.controls = np.flatnonzero(usable & is_kind(kind, AssertionKind.CONTROLLED))
        self.easings = np.flatnonzero(
            usable
            & is_kind(
                kind,
                AssertionKind.REOPENED,
                AssertionKind.AGREEMENT,
                AssertionKind.ESCORT_ONLY,
            )
        )

    def relations(self) -> Relations:
        ended: list[tuple[Ints, Ints]] = [(_none(), _none())]
        disputes: list[tuple[Ints, Ints, bool]] = [(_none(), _none(), False)]
        for opening, closure in self._meetings(self.openings, self.closures):
            loser, winner, disputed = self._outcome(opening, closure)
            ended.append((loser, self.line[winner]))
            disputes.append((opening[disputed], closure[disputed], False))
        for agreement, closure in self._meetings(self.agreements, self.closures):
            kept = self._doubted(agreement, closure)
            disputes.append((agreement[kept], closure[kept], False))
        for one, other in self._meetings(self.controls, self.controls, later=True):
            # Of two that began on one day each meets the other: once is enough.
            same_day = self.told.start[self.line[one]] == self.told.start[self.line[other]]
            kept = (~same_day | (one < other)) & self._other_groups(one, other)
            disputes.append((one[kept], other[kept], True))
        denials = self.controls[self.told.disputed[self.line[self.controls]]]
        for easing, control in self._meetings(self.easings, denials):
            kept = self._other_groups(easing, control)
            disputes.append((easing[kept], control[kept], True))
        loser, winner = (np.concatenate(part) for part in zip(*ended, strict=True))
        order = np.argsort(loser, kind="stable")
        one = np.concatenate([part[0] for part in disputes])
        other = np.concatenate([part[1] for part in disputes])
        control = np.repeat([part[2] for part in disputes], [len(part[0]) for part in disputes])
        by_one = np.argsort(one, kind="stable")
        return Relations(
            loser[order], winner[order], one[by_one], other[by_one], control[by_one].astype(bool)
        )

    def _meetings(
        self, left: Ints, right: Ints, *, later: bool = False
    ) -> Iterator[tuple[Ints, Ints]]:
        """Yield the pairs of entries on one segment whose lives touch, in blocks.

        With ``later`` only those whose right one did not begin before the left one.
        """
        if not len(left) or not len(right):
            return
        told, line = self.told, self.line
        start, fade = told.start[line], np.maximum(told.fade[line], told.start[line])
        base = int(start[right].min())
        width = int(start[right].max()) - base + 2
        longest = 0 if later else int((fade[right] - start[right]).max())

        def key(entries: Ints, day: Days) -> Days:
            return np.asarray(self.segment[entries] * width + np.clip(day - base, -1, width - 2))

        right = right[np.argsort(key(right, start[right]), kind="stable")]
        keys = key(right, start[right])
        first = np.searchsorted(keys, key(left, start[left] - longest), side="left")
        last = np.searchsorted(keys, key(left, fade[left]), side="right")
        count = np.maximum(last - first, 0)
        done = np.concatenate([[0], np.cumsum(count)])
        blocks = np.unique(np.searchsorted(done, np.arange(0, done[-1] + _BLOCK, _BLOCK)))
        for begin, end in zip(blocks[:-1], np.minimum(blocks[1:], len(left)), strict=True):
            some = np.arange(begin, end)
            one = np.repeat(left[some], count[some])
            offset = np.arange(len(one)) - np.repeat(done[some] - done[begin], count[some])
            other = right[np.repeat(first[some], count[some]) + offset]
            touch = (self.segment[one] == self.segment[other]) & (fade[other] >= start[one])
            yield one[touch], other[touch]

    def _outcome(self, opening: Ints, closure: Ints) -> tuple[Ints, Ints, Bools]:
        """Return losers and winners among entries that meet, and which pairs are disputed."""
        told = self.told
        o, c = self.line[opening], self.line[closure]
        opening_last, closure_last = self._order(o, c)
        meet = self._meet(o, c)
        opening_ends = opening_last & ~told.disputed[o]
        closure_ends = closure_last & ~told.disputed[c]
        lifts = self.words.covers(told.affected.code[o], told.affected.code[c])
        shuts = self.words.covers(told.affected.code[c], told.affected.code[o])
        lifted, shut = meet & opening_ends & lifts, meet & closure_ends & shuts
        # An opening for some of those shut out contradicts the closure; a closure for some of
        # those let in is an exception, and both are true.
        disputed = meet & ~lifted & ~closure_ends
        return (
            np.concatenate([closure[lifted], opening[shut]]),
            np.concatenate([opening[lifted], closure[shut]]),
            disputed,
        )

    def _order(self, easing: Ints, closure: Ints) -> tuple[Bools, Bools]:
        """Return which easings, and which closures, are the later by both clocks (S10)."""
        told = self.told
        starts, ends = told.start[easing], told.start[closure]
        # A page that tells both tells a story in its order; it does not contradict itself.
        page = told.pages.code[easing]
        one_page = (page == told.pages.code[closure]) & self.words.named_page[page]
        # A word of relief from a page without a date cannot be shown to be the later one.
        newer = (told.heard[easing] > told.heard[closure]) & ~told.guessed[easing]
        older = told.heard[easing] < told.heard[closure]
        return (
            np.where(one_page, starts > ends, newer & (starts >= ends)),
            np.where(one_page, ends > starts, older & (ends > starts)),
        )

    def _meet(self, easing: Ints, closure: Ints) -> Bools:
        """Return where both concern some of the same vehicles and neither is another group's."""
        told = self.told
        meet = self.words.overlap(told.affected.code[easing], told.affected.code[closure])
        meet &= ~self.words.strangers(told.actors.code[easing], told.actors.code[closure])
        return meet

    def _doubted(self, agreement: Ints, closure: Ints) -> Bools:
        """Return where an agreement casts doubt on a closure: it came later, or either denies."""
        a, c = self.line[agreement], self.line[closure]
        denied = self.told.disputed[a] | self.told.disputed[c]
        return self._meet(a, c) & (denied | self._order(a, c)[0])

    def _other_groups(self, one: Ints, other: Ints) -> Bools:
        code = self.told.actors.code
        return self.words.disjoint(code[self.line[one]], code[self.line[other]])


class _Words:
    """What lists of vehicles and of actors have to do with each other; each pair is read once."""

    def __init__(self, told: Statements, policy: Policy) -> None:
        self.vehicles = [frozenset(parts) for parts in told.affected.parts]
        self.everyone = [EVERYTHING in parts or not parts for parts in self.vehicles]
        actors: Objects = told.actors.parts
        # A katiba, in brackets, counts as its group.
        self.groups = [frozenset(actor.split(" (")[0] for actor in parts) for parts in actors]
        self.named = [
            frozenset(g for g in policy.named_groups if any(g in a.casefold() for a in parts))
            for parts in actors
        ]
        self.named_page = np.array([bool(parts) for parts in told.pages.parts], dtype=bool)

    def overlap(self, one: Ints, other: Ints) -> Bools:
        return _by_pair(one, other, self._overlap)

    def covers(self, one: Ints, other: Ints) -> Bools:
        return _by_pair(one, other, self._covers)

    def disjoint(self, one: Ints, other: Ints) -> Bools:
        return _by_pair(one, other, lambda a, b: self.groups[a].isdisjoint(self.groups[b]))

    def strangers(self, one: Ints, other: Ints) -> Bools:
        """Return where both name groups and none in common: neither answers for the other."""
        named = self.named
        return _by_pair(
            one, other, lambda a, b: bool(named[a] and named[b]) and named[a].isdisjoint(named[b])
        )

    def _overlap(self, a: int, b: int) -> bool:
        if self.everyone[a] or self.everyone[b]:
            return True
        return not self.vehicles[a].isdisjoint(self.vehicles[b])

    def _covers(self, a: int, b: int) -> bool:
        if self.everyone[a]:
            return True
        return not self.everyone[b] and self.vehicles[b] <= self.vehicles[a]


def _by_pair(one: Ints, other: Ints, holds: Callable[[int, int], bool]) -> Bools:
    """Return what holds of each pair of codes, asking once per distinct pair."""
    if not len(one):
        return np.zeros(0, dtype=bool)
    width = int(other.max()) + 1
    pair = one * width + other
    if (size := (int(one.max()) + 1) * width) > _TABLE:
        pairs, back = np.unique(pair, return_inverse=True)
        answers = np.array([holds(*divmod(p, width)) for p in pairs.tolist()], dtype=bool)
        return np.asarray(answers[back])
    # Looking up in a table of all pairs takes a tenth of the time of sorting the pairs.
    table = np.zeros(size, dtype=bool)
    table[pair] = True
    met = np.flatnonzero(table)
    table[met] = [holds(*divmod(p, width)) for p in met.tolist()]
    return np.asarray(table[pair])


def _none() -> Ints:
    return np.empty(0, dtype=np.intp)
