"""The network as a graph for shortest paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from geo.roads.network.records import Network

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Graph:
    """Arcs between nodes in compressed rows.

    Parameters
    ----------
    matrix
        ``scipy.sparse.csr_array`` of shape ``(n, n)``: the weight of the best arc from row to
        column.
    edge_of
        Shape ``(matrix.nnz,)``: the edge behind each stored arc, in the order of ``matrix.data``.
    """

    matrix: csr_array
    edge_of: npt.NDArray[np.int32]

    def edge_between(self, u: int, v: int) -> int:
        """Return the edge of the arc from ``u`` to ``v``.

        Raises
        ------
        KeyError
            When there is no arc.
        """
        low, high = self.matrix.indptr[u], self.matrix.indptr[u + 1]
        at = low + int(np.searchsorted(self.matrix.indices[low:high], v))
        if at == high or self.matrix.indices[at] != v:
            raise KeyError((u, v))
        return int(self.edge_of[at])


def graph_of(
    network: Network,
    weight: Literal["length_m", "travel_s"] | Floats = "travel_s",
    *,
    directed: bool = True,
) -> Graph:
    """Return the graph of a network.

    Parameters
    ----------
    network
        Nodes and edges.
    weight
        Length, travel time, or an array of shape ``(e,)`` of positive weights.
    directed
        Whether one-way roads are one-way; otherwise every edge goes both ways.

    Returns
    -------
    Graph
        Of several edges between two nodes the lightest.  O(e log e).
    """
    if isinstance(weight, str):
        weights = network.travel_s if weight == "travel_s" else network.columns["length_m"]
    else:
        weights = weight
    oneway = network.columns["oneway"] if directed else np.zeros(len(network), np.int8)
    forth, back = np.flatnonzero(oneway >= 0), np.flatnonzero(oneway <= 0)
    edge = np.concatenate([forth, back]).astype(np.int32)
    u, v = network.columns["u"], network.columns["v"]
    return arcs(
        np.concatenate([u[forth], v[back]]), np.concatenate([v[forth], u[back]]),
        np.asarray(weights)[edge], edge, len(network.nodes),
    )  # fmt: skip


def arcs(
    tail: npt.NDArray[np.integer],
    head: npt.NDArray[np.integer],
    weight: Floats,
    edge: npt.NDArray[np.int32],
    size: int,
) -> Graph:
    """Return the graph of arcs given one by one; of parallel ones the lightest stays."""
    order = np.lexsort((edge, weight, head, tail))
    tail, head = tail[order], head[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    order, tail, head = order[first], tail[first], head[first]
    indptr = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=size))])
    matrix = csr_array((weight[order], head, indptr), shape=(size, size))
    return Graph(matrix, edge[order])
