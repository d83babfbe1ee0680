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
_START_HEAT: Final = 1.2
_COOLING: Final = 0.9
_OVERLAP_COST: Final = 3.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a label may stand.

    Parameters
    ----------
    box
        The paper that it would cover.
    cost
        How unwelcome it is, 0 for the best place; compared with the label's weight.
    angle
        Degrees that the text is turned by.
    """

    box: Rect
    cost: float
    angle: float = 0.0


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
    state = _greedy(first, owner, near, cost, weights)
    _anneal(state, first, owner, near, cost, weights)
    _settle(state, first, owner, near, cost, weights)
    return [None if at < 0 else int(at - first[i]) for i, at in enumerate(state)]


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


def _greedy(
    first: NDArray[np.intp], owner: NDArray[np.intp], near: list[list[int]], cost: list[float],
    weights: Sequence[float],
) -> list[int]:  # fmt: skip
    """Give each label its cheapest free place, the important ones first."""
    state = [-1] * (len(first) - 1)
    for label in sorted(range(len(state)), key=lambda i: (-weights[i], i)):
        _take_best(state, label, first, owner, near, cost, weights)
    return state


def _take_best(  # noqa: PLR0917
    state: list[int], label: int, first: NDArray[np.intp], owner: NDArray[np.intp],
    near: list[list[int]], cost: list[float], weights: Sequence[float],
) -> None:  # fmt: skip
    own = sorted(range(int(first[label]), int(first[label + 1])), key=lambda at: cost[at])
    for at in own:
        if cost[at] < weights[label] and not any(state[owner[o]] == o for o in near[at]):
            state[label] = at
            return


def _anneal(  # noqa: PLR0917
    state: list[int], first: NDArray[np.intp], owner: NDArray[np.intp], near: list[list[int]],
    cost: list[float], weights: Sequence[float],
) -> None:  # fmt: skip
    chance = np.random.default_rng(17)
    owners = owner.tolist()
    # Labels that meet no other are where they want to be.
    free = [
        label for label in range(len(state))
        if any(near[at] for at in range(int(first[label]), int(first[label + 1])))
    ]  # fmt: skip
    if not free:
        return

    def price(label: int, at: int) -> float:
        if at < 0:
            return weights[label]
        clash = sum(
            _OVERLAP_COST + min(weights[label], weights[owners[other]])
            for other in near[at] if state[owners[other]] == other
        )  # fmt: skip
        return cost[at] + clash

    heat = _START_HEAT
    for _sweep in range(_SWEEPS):
        picks = chance.integers(0, len(free), len(free)).tolist()
        turns, dice = chance.random(len(free)).tolist(), chance.random(len(free)).tolist()
        for pick, turn, die in zip(picks, turns, dice, strict=True):
            label = free[pick]
            low, high = int(first[label]), int(first[label + 1])
            wanted = low - 1 + int(turn * (high - low + 1))
            wanted = -1 if wanted < low else wanted
            if wanted == state[label]:
                continue
            rise = price(label, wanted) - price(label, state[label])
            if rise <= 0 or die < math.exp(-rise / heat):
                state[label] = wanted
        heat *= _COOLING


def _settle(  # noqa: PLR0917
    state: list[int], first: NDArray[np.intp], owner: NDArray[np.intp], near: list[list[int]],
    cost: list[float], weights: Sequence[float],
) -> None:  # fmt: skip
    """Leave out what overlaps, then put back what has room."""
    order = sorted(range(len(state)), key=lambda i: (-weights[i], i))
    for label in reversed(order):
        at = state[label]
        if at >= 0 and any(state[owner[o]] == o for o in near[at]):
            state[label] = -1
    for label in order:
        if state[label] < 0:
            _take_best(state, label, first, owner, near, cost, weights)
