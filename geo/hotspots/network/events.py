"""Placements as mass on roads: where on the network each event may have happened.

Every event that is on the roads has mass 1.  A stretch of an axis spreads evenly along it.  A place
or "near" a place that no axis is stated for spreads evenly over all roads within its spread of the
place, measured along the roads, when the place is a node of the graph.  Events of which only the
region is known, and those at places off the known roads, are left out; the share is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from geo.hotspots.network.arrays import Floats, Ints
from geo.hotspots.network.graph import Graph
from geo.records import PlacementKind

DEFAULT_PIECE_M = 500.0
REGION_ONLY, OFF_ROADS, UNPLACED = -2, -3, -1

Pieces = tuple[Ints, Floats, Floats]


@dataclass(frozen=True, eq=False)
class RoadMass:
    """Events as unit masses on a road graph.

    Parameters
    ----------
    edge, offset_m
        Points of all supports, shape (points,).
    share
        Share of its support that a point carries; the shares of a support sum to 1.
    begin
        Where each support's points begin, shape (supports + 1,).
    support_of
        Number of the support of each incident, shape (incidents,); below 0 when it is left out:
        ``REGION_ONLY``, ``OFF_ROADS`` or ``UNPLACED``.
    index
        The incidents, as labelled in the placements.
    """

    edge: Ints
    offset_m: Floats
    share: Floats
    begin: NDArray[np.intp]
    support_of: NDArray[np.intp]
    index: pd.Index

    @property
    def left_out(self) -> dict[int, int]:
        """Number of incidents left out, by reason."""
        reasons = (REGION_ONLY, OFF_ROADS, UNPLACED)
        return {reason: int((self.support_of == reason).sum()) for reason in reasons}

    @property
    def left_out_share(self) -> float:
        """Share of the incidents that carry no mass, 0 when there are no incidents."""
        return float((self.support_of < 0).sum()) / max(len(self.support_of), 1)

    def weights(self, incident_weights: Floats | None = None) -> Floats:
        """Return the mass of each point, all incidents together.

        Parameters
        ----------
        incident_weights
            Weight of each incident, aligned on ``index``; 1 each unless given.
        """
        placed = self.support_of >= 0
        total = np.bincount(
            self.support_of[placed],
            weights=None if incident_weights is None else np.asarray(incident_weights)[placed],
            minlength=len(self.begin) - 1,
        )
        return np.asarray(np.repeat(total, np.diff(self.begin)) * self.share, dtype=np.float64)

    def select(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> RoadMass:
        """Return the mass of some incidents; the supports are shared, not copied."""
        return replace(self, support_of=self.support_of[chosen], index=self.index[chosen])

    def sample(self, rng: np.random.Generator) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Draw one point for each incident on the roads, in proportion to the shares.

        Returns
        -------
        tuple of numpy.ndarray
            Rows of the incidents, and the number of the point drawn for each.
        """
        placed = np.flatnonzero(self.support_of >= 0)
        support = self.support_of[placed]
        # Supports follow one another in the running sum, each from a whole number to the next.
        reached = np.cumsum(self.share)
        floor = np.concatenate([[0.0], reached])[self.begin]
        drawn = floor[support] + rng.random(len(placed)) * np.diff(floor)[support]
        point = np.searchsorted(reached, drawn, side="right")
        return placed, np.clip(point, self.begin[support], self.begin[support + 1] - 1)


def lay_mass(placements: pd.DataFrame, graph: Graph, piece_m: float = DEFAULT_PIECE_M) -> RoadMass:
    """Spread each placement's unit mass along the roads that its report bounds.

    Parameters
    ----------
    placements
        Rows with the columns of `geo.records.PLACEMENT_COLUMNS`.
    graph
        With ``legs`` and ``node_ids``: `Graph.from_axes`.
    piece_m
        Mass stands at points no further apart than this; half a lixel is fine enough.

    Returns
    -------
    RoadMass
        Aligned on the index of ``placements``.  O(rows) and O(points of the distinct placements).
    """
    kinds = placements["kind"].to_numpy(dtype=object)
    axis_ids = placements["axis_id"].to_numpy(dtype=object)
    stretch = placements[["measure_from_m", "measure_to_m"]].to_numpy(dtype=np.float64)
    spread = placements["spread_m"].to_numpy(dtype=np.float64)
    layer = _Layer(graph, piece_m)
    known: dict[tuple[Any, ...], int] = {}
    laid: list[Pieces] = []

    def support(lay: Callable[..., Pieces], *key: Any) -> int:
        if key not in known:
            pieces = lay(*key)
            known[key] = len(laid) if len(pieces[0]) else OFF_ROADS
            if len(pieces[0]):
                laid.append(pieces)
        return known[key]

    support_of = np.full(len(placements), UNPLACED, dtype=np.intp)
    told = zip(kinds, axis_ids, stretch.tolist(), placements["place_ids"], spread, strict=True)
    for n, (kind, axis_id, (low, high), place_ids, reach_m) in enumerate(told):
        if kind == PlacementKind.REGION:
            support_of[n] = REGION_ONLY
        elif isinstance(axis_id, str) and np.isfinite(low) and np.isfinite(high):
            support_of[n] = support(layer.along, axis_id, low, high)
        elif isinstance(place_ids, tuple) and place_ids:
            support_of[n] = support(layer.around, place_ids[0], reach_m)
    sizes = [len(pieces[0]) for pieces in laid]
    edge, offset_m, share = (
        np.concatenate([pieces[part] for pieces in laid]) if laid else np.empty(0)
        for part in range(3)
    )
    begin = np.concatenate([[0], np.cumsum(sizes, dtype=np.intp)]).astype(np.intp)
    return RoadMass(edge.astype(np.int32), offset_m, share, begin, support_of, placements.index)


class _Layer:
    """Cuts stretches and surroundings of places into points on edges."""

    def __init__(self, graph: Graph, piece_m: float) -> None:
        self.graph = graph
        self.piece_m = piece_m
        self.node = {place_id: n for n, place_id in enumerate(graph.node_ids)}
        columns = ("edge", "at_u_m", "at_v_m")
        self.legs = {
            axis_id: tuple(part[name].to_numpy() for name in columns)
            for axis_id, part in graph.legs.groupby("axis_id", sort=False)
        }

    def along(self, axis_id: str, low: float, high: float) -> Pieces:
        """Spread evenly over a stretch of an axis; a stretch of no length is a point."""
        if axis_id not in self.legs:
            return self.cut(np.empty(0, np.int32), np.empty(0), np.empty(0))
        edge, at_u, at_v = self.legs[axis_id]
        first, last = np.minimum(at_u, at_v), np.maximum(at_u, at_v)
        begin, end = np.maximum(first, low), np.minimum(last, high)
        on = begin < end
        if not on.any():
            on = (begin == end) & (np.cumsum(begin == end) == 1)
        edge, at_u, at_v = edge[on], at_u[on], at_v[on]
        scale = self.graph.length_m[edge] / (at_v - at_u)
        return self.cut(edge, (begin[on] - at_u) * scale, (end[on] - at_u) * scale)

    def around(self, place_id: str, reach_m: float) -> Pieces:
        """Spread evenly over all roads within a distance of a place along the roads."""
        graph = self.graph
        if place_id not in self.node:
            return self.cut(np.empty(0, np.int32), np.empty(0), np.empty(0))
        node = self.node[place_id]
        reach_m = reach_m if np.isfinite(reach_m) and reach_m > 0 else 0.0
        far = dijkstra(graph.shortest_m, directed=False, indices=node, limit=max(reach_m, 1e-9))
        near = [np.clip(reach_m - far[ends], 0, graph.length_m) for ends in (graph.u, graph.v)]
        whole = near[0] + near[1] >= graph.length_m
        near[0][whole], near[1][whole] = graph.length_m[whole], 0.0
        from_u, from_v = np.flatnonzero(near[0] > 0), np.flatnonzero(near[1] > 0)
        if not (len(from_u) or len(from_v)):
            edge = np.flatnonzero((graph.u == node) | (graph.v == node))[:1]
            at = np.where(graph.u[edge] == node, 0.0, graph.length_m[edge])
            return self.cut(edge, at, at)
        return self.cut(
            np.concatenate([from_u, from_v]),
            np.concatenate([np.zeros(len(from_u)), graph.length_m[from_v] - near[1][from_v]]),
            np.concatenate([near[0][from_u], graph.length_m[from_v]]),
        )

    def cut(self, edge: NDArray[np.integer], begin: Floats, end: Floats) -> Pieces:
        """Return points in the middles of equal parts of stretches of edges, with their shares."""
        length_m = np.abs(end - begin)
        count = np.maximum(np.ceil(length_m / self.piece_m - 1e-9), 1).astype(np.intp)
        owner = np.repeat(np.arange(len(edge)), count)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        at = begin[owner] + (end - begin)[owner] * (within + 0.5) / count[owner]
        on = edge[owner]
        total = length_m.sum()
        share = length_m / total / count if total else np.full(len(edge), 1 / max(len(edge), 1))
        return on.astype(np.int32), np.clip(at, 0, self.graph.length_m[on]), share[owner]
