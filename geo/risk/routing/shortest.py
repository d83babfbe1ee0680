"""Shortest ways from one node to all others, whatever the costs are today."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from geo.hotspots.network.arrays import Floats, Ints
from geo.risk.routing.contraction import Contracted, Costs, turned

Approach = list[tuple[int, Ints]]


@dataclass(frozen=True, eq=False)
class Reach:
    """What is reached from a source.

    Parameters
    ----------
    roads
        The graph.
    source
        The node.
    costs
        As asked.
    distance
        Least cost from the source to each node, infinite where there is no way; shape ``(nodes,)``.
    came
        At the kept nodes, the step by which each was reached.
    """

    roads: Contracted
    source: int
    costs: Costs
    distance: Floats
    came: Ints

    def path_to(self, node: int) -> Ints | None:
        """Return the arms of a least way to a node; ``None`` when there is none."""
        roads = self.roads
        if not np.isfinite(self.distance[node]):
            return None
        ways = [(self.costs.along(arms), arms) for arms in roads.between(self.source, node)]
        for met, arms in roads.approaches(node):
            if np.isfinite(self.distance[roads.kept[met]]):
                first = walk_back(roads, self.came, met, roads.approaches(self.source))
                whole = np.concatenate([first, turned(arms)])
                ways.append((self.costs.along(whole), whole))
        return min(ways, key=lambda way: way[0])[1]


def one_to_all(roads: Contracted, cost: ArrayLike, source: int) -> Reach:
    """Find the least cost from a node to every other (Dijkstra 1959; see `loops` for the queue).

    Parameters
    ----------
    roads
        The graph.
    cost
        At least 0, infinite where closed; by edge or by arm, see `Contracted.costs`.
    source
        The node.

    Returns
    -------
    Reach
        Nothing is kept between two calls, so costs may change each time.

    Raises
    ------
    ValueError
        As `Contracted.costs`.
    """
    from geo.risk.routing.loops import fill_chains  # noqa: PLC0415 - imports numba

    costs = roads.costs(cost)
    seeds, begun = seeded(roads.approaches(source), costs)
    far, came = settle(roads, costs.way[roads.way], seeds, begun)
    inside = np.full(roads.edge_count, np.inf)
    if roads.chain[source] >= 0:
        inside[roads.begin[roads.chain[source]] + roads.place[source] - 1] = 0.0
    fill_chains(roads.begin, roads.first, roads.last, costs.forth, costs.back, far, inside)
    distance = np.empty(roads.node_count)
    distance[roads.kept] = far
    distance[roads.inner] = inside[roads.inner_place]
    return Reach(roads, source, costs, distance, came)


def seeded(approach: Approach, costs: Costs) -> tuple[Ints, Floats]:
    """Return where a search begins and with what distances."""
    begun = [costs.along(arms) for _, arms in approach]
    return np.array([met for met, _ in approach], dtype=np.int32), np.array(begun)


def settle(
    roads: Contracted,
    cost: Floats,
    seeds: Ints,
    begun: Floats,
    *,
    limit: float = np.inf,
    until: Ints | None = None,
) -> tuple[Floats, Ints]:
    """Return distances at the kept nodes and the step by which each was reached.

    Parameters
    ----------
    roads
        The graph.
    cost
        By place in ``roads.way``.
    seeds, begun
        Kept nodes to begin from, and their distances.
    limit
        Distances beyond it are left infinite.
    until
        Kept nodes: it may stop once their distances are sure.
    """
    from geo.risk.routing import loops  # noqa: PLC0415 - imports numba

    far, came = np.empty(len(roads.kept)), np.empty(len(roads.kept), dtype=np.int32)
    stops = np.empty(0, dtype=np.int32) if until is None else until
    asked = (roads.start, roads.head, cost, seeds, begun, limit, stops, far, came)
    if not loops.settle_buckets(*asked):
        loops.settle_heap(*asked)
    return far, came


def walk_back(roads: Contracted, came: Ints, met: int, approach: Approach) -> Ints:
    """Return the arms from where a search began to a kept node.

    Parameters
    ----------
    roads
        The graph.
    came
        Of `settle`.
    met
        A kept node that was reached.
    approach
        How the search began.
    """
    parts = []
    while came[met] >= 0:
        parts.append(roads.arms_of_way(int(roads.way[came[met]])))
        met = int(np.searchsorted(roads.start, came[met], side="right")) - 1
    parts.append(approach[-1 - came[met]][1])
    return np.concatenate(parts[::-1])
