"""The Pareto front of two costs between two nodes: ways that no other way beats in both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.hotspots.network.arrays import Floats, Ints
from geo.risk.routing.arrays import Labels
from geo.risk.routing.contraction import Contracted, Costs, turned
from geo.risk.routing.shortest import Approach, seeded, settle, walk_back

MOST_LABELS = 1 << 20
"""Labels of one search: about 60 MB, and a second or two."""
EPSILONS = (0.0, 0.01, 0.05, 0.2)
"""Tried one after the other until the labels suffice."""
_SLACK = 1e-9
"""Of costs added up in another order."""


@dataclass(frozen=True, eq=False)
class Front:
    """Ways that no other way beats in both costs, the least first cost first.

    Parameters
    ----------
    costs
        Shape ``(ways, 2)``: the first ascends, the second descends.
    paths
        Arms of each way.
    epsilon
        Any way costs at least 1 / (1 + epsilon) of one of these in both costs; 0 when the front is
        exact, ``None`` when the search was cut short and only the ends are sure.
    """

    costs: Floats
    paths: tuple[Ints, ...]
    epsilon: float | None


def pareto_front(
    roads: Contracted,
    one: ArrayLike,
    two: ArrayLike,
    start: int,
    goal: int,
    *,
    epsilon: float | None = None,
    most_labels: int = MOST_LABELS,
) -> Front:
    """Find the ways from a node to another that trade one cost for another.

    Parameters
    ----------
    roads
        The graph.
    one, two
        The costs, at least 0, infinite where closed; by edge or by arm.
    start, goal
        The nodes.
    epsilon
        How close the front must come to the exact one; exact unless given, and looser (`EPSILONS`)
        as far as ``most_labels`` makes it so.
    most_labels
        Partial ways to keep at once; bounds time and memory.

    Returns
    -------
    Front
        Empty when there is no way.  The least of either cost is always in it, exactly.
    """
    both = _closed_alike(roads, one, two)
    if start == goal:
        return Front(np.zeros((1, 2)), (np.empty(0, dtype=np.int32),), 0.0)
    ends = _ends(roads, both, start, goal)
    if ends is None:
        return Front(np.empty((0, 2)), (), 0.0)
    search, paths = ends
    achieved: float | None = None
    for tried in EPSILONS if epsilon is None else (epsilon,):
        found = search.ways(tried, most_labels)
        if found is not None:
            more, achieved = found
            paths += more
            break
    costs = np.array([[cost.along(path) for cost in both] for path in paths])
    kept = undominated(costs)
    return Front(costs[kept], tuple(paths[i] for i in kept), achieved)


def _closed_alike(roads: Contracted, one: ArrayLike, two: ArrayLike) -> tuple[Costs, Costs]:
    """Return both costs; what one of them closes is closed."""
    given = [np.asarray(cost, dtype=np.float64) for cost in (one, two)]
    if given[0].shape != given[1].shape:
        given = [np.repeat(c, 2) if len(c) == roads.edge_count else c for c in given]
    if given[0].shape == given[1].shape:
        closed = np.isinf(given[0]) | np.isinf(given[1])
        given = [np.where(closed, np.inf, cost) for cost in given]
    return roads.costs(given[0]), roads.costs(given[1])


def undominated(costs: Floats) -> NDArray[np.intp]:
    """Return which rows no other row beats, by the first cost; of equal ones the first.

    Parameters
    ----------
    costs
        Shape ``(n, 2)``.
    """
    order = np.lexsort((costs[:, 1], costs[:, 0]))
    second = costs[order, 1]
    least = np.minimum.accumulate(np.concatenate([[np.inf], second]))[:-1]
    return np.asarray(order[second < least * (1 - _SLACK)], dtype=np.intp)


@dataclass(frozen=True, eq=False)
class _Search:
    """A pair of nodes with the least costs to the goal, ready for searches of any epsilon."""

    roads: Contracted
    costs: tuple[Costs, Costs]
    leaving: Approach
    entering: Approach
    direct: list[Ints]
    rest: tuple[Floats, Floats]
    most: tuple[float, float]

    def ways(self, epsilon: float, most_labels: int) -> tuple[list[Ints], float] | None:
        """Return ways and the epsilon achieved; ``None`` when there are too many labels."""
        from geo.risk.routing.labels import trade_off  # noqa: PLC0415 - imports numba

        one, two = self.costs
        nodes, begun = seeded(self.leaving, one)
        goals, ended = seeded([(met, turned(arms)) for met, arms in self.entering], one)
        direct = np.full(len(self.direct), len(self.roads.kept), dtype=np.int32)
        labels = trade_off(
            self.roads.start, self.roads.head, one.way[self.roads.way], two.way[self.roads.way],
            *self.rest, np.concatenate([nodes, direct]),
            np.concatenate([begun, [one.along(arms) for arms in self.direct]]),
            np.concatenate([
                seeded(self.leaving, two)[1], [two.along(arms) for arms in self.direct],
            ]),
            goals, ended, seeded([(met, turned(arms)) for met, arms in self.entering], two)[1],
            *self.most, epsilon, most_labels,
        )  # fmt: skip
        if not labels.complete:
            return None
        return [self.path(labels, int(at)) for at in labels.solution], labels.epsilon

    def path(self, labels: Labels, at: int) -> Ints:
        """Return the arms of the way that a label stands for."""
        parts = []
        while labels.parent[at] >= 0:
            via = int(labels.via[at])
            if via < 0:
                parts.append(turned(self.entering[-1 - via][1]))
            else:
                parts.append(self.roads.arms_of_way(int(self.roads.way[via])))
            at = int(labels.parent[at])
        seed = int(labels.via[at])
        begun = [arms for _, arms in self.leaving] + self.direct
        return np.concatenate([begun[seed], *parts[::-1]])


def _ends(
    roads: Contracted, both: tuple[Costs, Costs], start: int, goal: int
) -> tuple[_Search, list[Ints]] | None:
    """Return a search and the ways that are least in either cost; ``None`` when there is no way.

    Each search from the goal stops where no wanted way can lead: a way of the front takes no more
    of the first cost than the way that is least in the second, and the other way round.
    """
    leaving, entering = roads.approaches(start), roads.approaches(goal)
    direct = roads.between(start, goal)
    # Each way against its direction: the searches run from the goal.
    against = [cost.way[roads.way ^ 1] for cost in both]
    seeds = [seeded([(m, turned(a)) for m, a in entering], cost) for cost in both]
    stops = np.array([met for met, _ in leaving], dtype=np.int32)

    def least(which: int, limit: float, until: Ints | None) -> tuple[Floats, Ints | None]:
        nodes, begun = seeds[which]
        far, came = settle(roads, against[which], nodes, begun, limit=limit, until=until)
        ways = [
            np.concatenate([arms, turned(walk_back(roads, came, met, entering))])
            for met, arms in leaving
            if np.isfinite(far[met])
        ]
        ways += direct
        ways = [way for way in ways if np.isfinite(both[which].along(way))]
        return far, min(ways, key=both[which].along, default=None)

    _, quiet = least(1, np.inf, stops)
    if quiet is None:
        return None
    slow = both[0].along(quiet) * (1 + _SLACK)
    rest_one, quick = least(0, slow, None)
    if quick is None:  # as long as rounding is what it is, the quiet way at least is within reach
        quick = quiet
    loud = both[1].along(quick) * (1 + _SLACK)
    rest_two, _ = least(1, loud, None)
    search = _Search(roads, both, leaving, entering, direct, (rest_one, rest_two), (slow, loud))
    return search, [quick, quiet]
