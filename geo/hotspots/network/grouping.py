"""Points on edges made ready for the loops: grouped by edge, in the order of their offsets."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from geo.hotspots.network.arrays import Floats, Ints, Roads, Sources
from geo.hotspots.network.graph import Graph
from geo.i18n import Message, message


def points_on(
    graph: Graph, edge: ArrayLike, offset_m: ArrayLike, weight: ArrayLike | None
) -> tuple[Ints, Floats, Floats, list[Message]]:
    """Return points as arrays, weights 1 unless given, and what is wrong with them."""
    on = np.asarray(edge, dtype=np.int32)
    at = np.asarray(offset_m, dtype=np.float64)
    mass = np.ones(on.shape) if weight is None else np.asarray(weight, dtype=np.float64)
    faults = []
    if not on.shape == at.shape == mass.shape:
        faults.append(message("Edges, offsets and weights of points must be as many."))
    elif ((on < 0) | (on >= graph.edge_count)).any():
        faults.append(message("A point lies on an edge that does not exist."))
    elif not ((at >= 0) & (at <= graph.length_m[on])).all():
        faults.append(message("A point lies beyond the end of its edge."))
    if not (np.isfinite(mass) & (mass >= 0)).all():
        faults.append(message("The weights of events must be numbers, none below 0."))
    return on, at, mass, faults


def group(roads: Roads, edge: Ints, offset_m: Floats, weight: Floats) -> Sources:
    """Group points by edge; those without weight are dropped, those at one position united."""
    carried = weight > 0
    edge, offset_m, weight = edge[carried], offset_m[carried], weight[carried]
    # One sort of one number is much faster than one by two keys.  Stable: equal sums in any case.
    order = np.argsort(2.0 * edge + offset_m / roads.length_m[edge], kind="stable")
    edge, offset_m, weight = edge[order], offset_m[order], weight[order]
    new = np.ones(len(edge), dtype=bool)
    new[1:] = (edge[1:] != edge[:-1]) | (offset_m[1:] != offset_m[:-1])
    begin = np.flatnonzero(new)
    if len(begin) < len(edge):
        weight = np.add.reduceat(weight, begin)
        edge, offset_m = edge[begin], offset_m[begin]
    new_edge = np.ones(len(edge), dtype=bool)
    new_edge[1:] = edge[1:] != edge[:-1]
    start = np.flatnonzero(new_edge)
    return Sources(
        edge=edge[start],
        start=np.append(start, len(edge)).astype(np.int32),
        offset_m=offset_m,
        weight=weight,
    )


def nearest_event_m(roads: Roads, sources: Sources) -> Floats:
    """Return how near to each node the nearest event on one of its own edges is; (nodes,)."""
    nearest = np.full(len(roads.start) - 1, np.inf)
    low = sources.offset_m[sources.start[:-1]]
    high = roads.length_m[sources.edge] - sources.offset_m[sources.start[1:] - 1]
    np.minimum.at(nearest, roads.u[sources.edge], low)
    np.minimum.at(nearest, roads.v[sources.edge], high)
    return nearest


def share_at_nodes(
    roads: Roads, edge: Ints, offset_m: Floats, weight: Floats
) -> tuple[Ints, Floats, Floats]:
    """Divide each point that stands on a node equally among the arms of that node.

    Which of the node's edges such a point was recorded on is chance; without this the density
    would depend on it.
    """
    at_u = offset_m == 0
    at_node = at_u | (offset_m == roads.length_m[edge])
    if not at_node.any():
        return edge, offset_m, weight
    node = np.where(at_u, roads.u[edge], roads.v[edge])[at_node]
    degree = roads.start[node + 1] - roads.start[node]
    owner = np.repeat(np.arange(len(node)), degree)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(degree) - degree, degree)
    leaving = roads.arm[roads.start[node][owner] + within]
    on = leaving >> 1
    return (
        np.concatenate([edge[~at_node], on]),
        np.concatenate([offset_m[~at_node], np.where(leaving & 1, roads.length_m[on], 0.0)]),
        np.concatenate([weight[~at_node], (weight[at_node] / degree)[owner]]),
    )
