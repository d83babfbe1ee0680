"""Where labels go: each has several places to stand, no two may overlap.

Christensen, Marks and Shieber 1995, "An empirical study of algorithms for point-feature label
placement", *ACM Transactions on Graphics* 14 (3): simulated annealing over discrete candidates,
where a label may also be left out at a price.  The preference among the eight places around a point
follows Yoeli 1972.  Afterwards what still overlaps is left out, the less important first, so the
result never overlaps; what was left out gets another chance in the room that is left.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from maps.cartography.paper import Rect

_SWEEPS: Final = 60
_START_HEAT: Final = 3.0
_COOLING: Final = 0.9
_OVERLAP_COST: Final = 3.0
_LEAST_STEPS: Final = 150


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a label may stand.

    Parameters
    ----------
    box
        The paper that it would cover.
    cost
        How unwelcome it is, 0 for the best place; compared with the label's weight.
    """

    box: Rect
    cost: float


def place(
    candidates: Sequence[Sequence[Spot]], weights: Sequence[float], gap: float = 0.0
) -> list[int | None]:
    """Choose a place for every label, or none.

    Parameters
    ----------
    candidates
        For each label, where it may stand; the same input gives the same output.
    weights
        For each label, what leaving it out costs.
    gap
        Least distance between two labels, points.

    Returns
    -------
    list
        For each label, the index of its place, ``None`` when it is left out.  No two overlap.

    Notes
    -----
    O(c²) in the candidates for the table of conflicts, held as bits; O(sweeps · labels) steps of
    annealing, each over the conflicts of two candidates.
    """
    spots = [spot for own in candidates for spot in own]
    if not spots:
        return [None] * len(candidates)
    first = np.concatenate([[0], np.cumsum([len(own) for own in candidates])])
    owner = np.repeat(np.arange(len(candidates)), np.diff(first))
    near = _conflicts(spots, owner, gap)
    cost = [spot.cost for spot in spots]
    table = _Table(first.tolist(), owner.tolist(), near, cost, list(weights))
    greedy = table.greedy()
    annealed = table.settled(table.annealed(list(greedy)))
    state = min((greedy, annealed), key=table.total)
    return [None if at < 0 else at - table.first[i] for i, at in enumerate(state)]


@dataclass(frozen=True, slots=True)
class _Table:
    """The puzzle: candidates by number, those of one label in a row; a state is one per label.

    Parameters
    ----------
    first
        Number of each label's first candidate, and the total.
    owner
        Label of each candidate.
    near
        For each candidate, those of other labels that it overlaps.
    cost
        Of each candidate.
    weights
        Of each label.
    """

    first: list[int]
    owner: list[int]
    near: list[list[int]]
    cost: list[float]
    weights: list[float]

    @property
    def order(self) -> list[int]:
        """The labels, the important ones first."""
        return sorted(range(len(self.weights)), key=lambda i: (-self.weights[i], i))

    def total(self, state: list[int]) -> float:
        """Return what a state without overlaps costs."""
        return sum(
            self.weights[label] if at < 0 else self.cost[at] for label, at in enumerate(state)
        )

    def clashes(self, state: list[int], at: int) -> list[int]:
        """Return the labels that a candidate would overlap."""
        return [self.owner[other] for other in self.near[at] if state[self.owner[other]] == other]

    def greedy(self) -> list[int]:
        """Give each label its cheapest free place, the important ones first."""
        state = [-1] * len(self.weights)
        for label in self.order:
            self.take_best(state, label)
        return state

    def take_best(self, state: list[int], label: int) -> None:
        """Give a label its cheapest free place, if it has one."""
        own = range(self.first[label], self.first[label + 1])
        for at in sorted(own, key=lambda at: self.cost[at]):
            if self.cost[at] < self.weights[label] and not self.clashes(state, at):
                state[label] = at
                return

    def price(self, state: list[int], label: int, at: int) -> float:
        """Return what a place costs a label now, with the overlaps that it makes."""
        if at < 0:
            return self.weights[label]
        clashes = self.clashes(state, at)
        weight = self.weights[label]
        return self.cost[at] + sum(
            _OVERLAP_COST + min(weight, self.weights[other]) for other in clashes
        )

    def annealed(self, state: list[int]) -> list[int]:
        """Return a state after random moves, ever fewer of which may make it worse."""
        chance = np.random.default_rng(17)
        # Labels that meet no other are where they want to be.
        free = [
            label
            for label in range(len(state))
            if any(self.near[at] for at in range(self.first[label], self.first[label + 1]))
        ]
        if not free:
            return state
        heat, steps = _START_HEAT, max(len(free), _LEAST_STEPS)
        for _sweep in range(_SWEEPS):
            picks = chance.integers(0, len(free), steps).tolist()
            turns, dice = chance.random(steps).tolist(), chance.random(steps).tolist()
            for pick, turn, die in zip(picks, turns, dice, strict=True):
                label = free[pick]
                low, high = self.first[label], self.first[label + 1]
                wanted = low - 1 + int(turn * (high - low + 1))
                wanted = -1 if wanted < low else wanted
                if wanted == state[label]:
                    continue
                rise = self.price(state, label, wanted) - self.price(state, label, state[label])
                if rise <= 0 or die < math.exp(-rise / heat):
                    state[label] = wanted
            heat *= _COOLING
        return state

    def settled(self, state: list[int]) -> list[int]:
        """Leave out what overlaps, the less important first, then put back what has room."""
        for label in reversed(self.order):
            if state[label] >= 0 and self.clashes(state, state[label]):
                state[label] = -1
        for label in self.order:
            if state[label] < 0:
                self.take_best(state, label)
        return state


def _conflicts(spots: Sequence[Spot], owner: NDArray[np.intp], gap: float) -> list[list[int]]:
    """Return, for each candidate, those of other labels that it overlaps."""
    left, bottom, right, top = np.array(
        [(s.box.left, s.box.bottom, s.box.right, s.box.top) for s in spots]
    ).T
    meets = (
        (left[:, None] < right + gap) & (left < right[:, None] + gap)
        & (bottom[:, None] < top + gap) & (bottom < top[:, None] + gap)
        & (owner[:, None] != owner)
    )  # fmt: skip
    return [np.flatnonzero(row).tolist() for row in meets]
