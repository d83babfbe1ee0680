"""Connected parts, and ends that nearly meet a road: told, never closed."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.geodesy import GEOD
from geo.roads.network.boxes import Runs, diagonals, runs_of
from geo.roads.network.lines import UNITS_PER_DEGREE, Ints, Vertices, to_degrees
from geo.roads.network.topology import Topology

GAP_COLUMNS = ("node", "edge", "distance_m", "lon", "lat", "other_component")
METRES_PER_DEGREE = 111_319.5
"""Of longitude at the equator: no degree is longer by more than half a percent."""
STUB_FACTOR = 2.0
"""An end closer to its junction than this many tolerances is a stub: it lies close to the roads of
that junction without any gap."""
BLOCK = 100_000

Floats = npt.NDArray[np.float64]


def components(topology: Topology) -> npt.NDArray[np.int32]:
    """Return for each node which connected part it is in, 0 being the longest.  O(edges)."""
    size = len(topology.nodes)
    if not size:
        return np.empty(0, np.int32)
    ones = np.ones(len(topology.u), dtype=np.int8)
    graph = coo_array((ones, (topology.u, topology.v)), shape=(size, size)).tocsr()
    count, label = connected_components(graph, directed=False)
    length = np.bincount(label[topology.u], weights=topology.length_m, minlength=count)
    rank = np.empty(count, np.int32)
    rank[np.argsort(-length, kind="stable")] = np.arange(count)
    return np.asarray(rank[label])


def gaps(topology: Topology, component: npt.NDArray[np.int32], tolerance_m: float) -> pd.DataFrame:
    """Return the dead ends that lie within a tolerance of a road that they do not meet.

    Parameters
    ----------
    topology
        Nodes and edges.
    component
        Connected part by node.
    tolerance_m
        Greatest distance reported.

    Returns
    -------
    pandas.DataFrame
        One row per dead end, the closest road each, in the order of the nodes: ``node``, ``edge``
        (the road beside), ``distance_m``, ``lon``, ``lat`` (of that road's nearest point),
        ``other_component`` (closing it would join two parts).
    """
    degree = np.bincount(np.concatenate([topology.u, topology.v]), minlength=len(topology.nodes))
    own = np.full(len(topology.nodes), -1, np.int64)
    own[topology.u] = np.arange(len(topology.u))
    own[topology.v] = np.arange(len(topology.v))
    dead = np.flatnonzero(degree == 1)
    runs = runs_of(topology.vertices, topology.offsets)
    parts = [
        _nearest(topology, runs, own, dead[start : start + BLOCK], tolerance_m)
        for start in range(0, len(dead), BLOCK)
    ]
    columns: dict[str, Any] = {
        name: np.concatenate([part[name] for part in parts]) if parts else np.empty(0, kind)
        for name, kind in zip(GAP_COLUMNS[:5], (int, int, float, float, float), strict=True)
    }
    beside = component[topology.u[columns["edge"]]]
    columns["other_component"] = component[columns["node"]] != beside
    return pd.DataFrame(columns)


def _nearest(
    topology: Topology, runs: Runs, own: Ints, dead: Ints, tolerance_m: float
) -> dict[str, npt.NDArray[Any]]:
    at = topology.nodes[dead]
    lat = to_degrees(at[:, 1])
    reach_lat = tolerance_m / METRES_PER_DEGREE * 1.01 * UNITS_PER_DEGREE
    reach = np.column_stack([reach_lat / np.cos(np.radians(lat)), np.full(len(at), reach_lat)])
    boxes = np.concatenate([(at - np.ceil(reach)).T, (at + np.ceil(reach)).T])
    which, run = runs.tree.query(diagonals(boxes.astype(np.int32), 0))
    owner, segment = runs.segments(run)
    end, edge = which[owner], runs.line[run][owner]
    strange = ~_belongs(topology, own, dead[end], edge, tolerance_m)
    end, edge, segment = end[strange], edge[strange], segment[strange]
    foot = nearest_point(topology.vertices, segment, to_degrees(at[end]))
    _, _, metres = GEOD.inv(*to_degrees(at[end]).T, *foot.T)
    near = np.flatnonzero(np.asarray(metres) <= tolerance_m)
    order = near[np.lexsort((edge[near], np.asarray(metres)[near], end[near]))]
    _, first = np.unique(end[order], return_index=True)
    best = order[first]
    return {
        "node": dead[end[best]], "edge": edge[best], "distance_m": np.asarray(metres)[best],
        "lon": foot[best, 0], "lat": foot[best, 1],
    }  # fmt: skip


def _belongs(
    topology: Topology, own: Ints, node: Ints, edge: Ints, tolerance_m: float
) -> npt.NDArray[np.bool_]:
    """Tell which edges are a dead end's own, or meet its stub at the other end."""
    mine = own[node]
    other = np.where(topology.u[mine] == node, topology.v[mine], topology.u[mine])
    stub = topology.length_m[mine] <= STUB_FACTOR * tolerance_m
    meets = (topology.u[edge] == other) | (topology.v[edge] == other)
    return np.asarray((edge == mine) | (stub & meets))


def nearest_point(vertices: Vertices, segment: Ints, lonlat: Floats) -> Floats:
    """Return the point of each segment that is nearest to a point each, degrees, ``(n, 2)``.

    On a flat earth around the point: for points within 10 km of short segments the foot is right
    within metres.
    """
    shrink = np.column_stack([np.cos(np.radians(lonlat[:, 1])), np.ones(len(lonlat))])
    start = (to_degrees(vertices[segment]) - lonlat) * shrink
    along = (to_degrees(vertices[segment + 1]) - lonlat) * shrink - start
    square = np.maximum(np.sum(along * along, axis=1), 1e-24)
    share = np.clip(-np.sum(start * along, axis=1) / square, 0, 1)
    return np.asarray((start + along * share[:, None]) / shrink + lonlat)
