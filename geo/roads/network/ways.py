"""Shortest ways over a part of the network, between places that stand on its edges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import dijkstra

from geo.geodesy import GEOD
from geo.roads.network.graph import Graph, arcs
from geo.roads.network.lines import Ints, to_degrees
from geo.roads.network.records import Network

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on an edge, ``along_m`` from its first vertex."""

    edge: int
    along_m: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an edge, travelled from one distance along it to another."""

    edge: int
    from_m: float
    to_m: float

    @property
    def length_m(self) -> float:
        """How long it is."""
        return abs(self.to_m - self.from_m)

    def turned(self) -> Piece:
        """Return the same part travelled the other way."""
        return Piece(self.edge, self.to_m, self.from_m)


class Ways:
    """Some edges of a network as a graph, with places put in as nodes of their own.

    Parameters
    ----------
    network
        The network; ways go in both directions of every edge.
    edges
        Numbers of the edges that may be used, ascending.
    cost
        What a metre of each of these edges counts for.
    spots
        The places, by any key; each on one of the edges.
    """

    def __init__(
        self, network: Network, edges: Ints, cost: Floats, spots: Mapping[str, Spot]
    ) -> None:
        self.network = network
        u, v = network.columns["u"][edges], network.columns["v"][edges]
        nodes, number = np.unique(np.concatenate([u, v]), return_inverse=True)
        self.node = {key: len(nodes) + at for at, key in enumerate(spots)}
        length_m = np.asarray(network.columns["length_m"])[edges]
        pieces = [np.column_stack([edges, np.zeros(len(edges)), length_m])]
        tails, heads, weights = [number[: len(edges)]], [number[len(edges) :]], [length_m * cost]
        on: dict[int, list[tuple[float, int]]] = {}
        for key, spot in spots.items():
            on.setdefault(spot.edge, []).append((spot.along_m, self.node[key]))
        for edge, stops in on.items():
            row = int(np.searchsorted(edges, edge))
            start, end = int(number[row]), int(number[len(edges) + row])
            whole = float(network.columns["length_m"][edge])
            chain = [(0.0, start), *sorted(stops), (whole, end)]
            at = np.array([stop[0] for stop in chain])
            node = np.array([stop[1] for stop in chain])
            pieces.append(np.column_stack([np.full(len(at) - 1, edge), at[:-1], at[1:]]))
            tails.append(node[:-1])
            heads.append(node[1:])
            # Two places on one point are a millimetre apart: a graph has no arcs of weight 0.
            weights.append(np.maximum(np.diff(at), 1e-3) * cost[row])
        self._pieces = np.concatenate(pieces)
        self.graph = self._graph(tails, heads, weights, len(nodes) + len(spots))

    @staticmethod
    def _graph(tails: list[Ints], heads: list[Ints], weights: list[Floats], size: int) -> Graph:
        tail, head = np.concatenate(tails), np.concatenate(heads)
        weight, number = np.concatenate(weights), np.arange(len(tail), dtype=np.int32)
        return arcs(
            np.concatenate([tail, head]), np.concatenate([head, tail]),
            np.concatenate([weight, weight]), np.concatenate([2 * number, 2 * number + 1]), size,
        )  # fmt: skip

    def reach(self, start: str, limit: float) -> Reach:
        """Return the cheapest ways from a place to all that costs no more than a limit."""
        source = self.node[start]
        cost, before = dijkstra(
            self.graph.matrix, indices=source, return_predecessors=True, limit=limit
        )
        return Reach(self, source, cost, before)

    def piece(self, tail: int, head: int) -> Piece:
        """Return the part of an edge behind an arc."""
        arc = self.graph.edge_between(tail, head)
        edge, from_m, to_m = self._pieces[arc // 2]
        piece = Piece(int(edge), float(from_m), float(to_m))
        return piece.turned() if arc % 2 else piece


@dataclass(frozen=True, eq=False)
class Reach:
    """The cheapest ways from one place."""

    ways: Ways
    source: int
    cost: Floats
    before: npt.NDArray[np.int32]

    def to(self, end: str) -> list[Piece] | None:
        """Return the way to a place, ``None`` when it is out of reach."""
        head = self.ways.node[end]
        if not np.isfinite(self.cost[head]):
            return None
        found = []
        while head != self.source:
            tail = int(self.before[head])
            found.append(self.ways.piece(tail, head))
            head = tail
        return found[::-1]


def path_of(network: Network, pieces: list[Piece]) -> Floats:
    """Return the vertices of a way in degrees, shape ``(k, 2)``, none twice in a row."""
    parts = [_cut(network, piece) for piece in pieces]
    path = np.concatenate(parts) if parts else np.empty((0, 2))
    fresh = np.ones(len(path), dtype=bool)
    fresh[1:] = np.any(path[1:] != path[:-1], axis=1)
    return path[fresh]


def _cut(network: Network, piece: Piece) -> Floats:
    start, stop = network.offsets[piece.edge], network.offsets[piece.edge + 1]
    path = to_degrees(network.vertices[start:stop])
    if piece.length_m < float(network.columns["length_m"][piece.edge]):
        along = distances_m(path)
        low, high = sorted((piece.from_m, piece.to_m))
        ends = [[np.interp(at, along, path[:, i]) for i in (0, 1)] for at in (low, high)]
        inner = path[(along > low) & (along < high)]
        path = np.vstack([ends[0], inner, ends[1]])
    return path if piece.to_m >= piece.from_m else path[::-1]


def distances_m(path: Floats) -> Floats:
    """Return the geodesic distance along a path at each vertex, from 0."""
    if len(path) < 2:  # noqa: PLR2004 - a path of one point
        return np.zeros(len(path))
    lengths = GEOD.line_lengths(path[:, 0], path[:, 1])
    return np.concatenate([[0.0], np.cumsum(lengths)])
