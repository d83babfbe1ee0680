"""A road graph as arrays: what the network methods search.

Each edge is two arms, one per direction: arm ``2 e`` leaves ``u[e]``, arm ``2 e + 1`` leaves
``v[e]``.  Parallel edges, loops (``u == v``) and several components are allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.sparse import coo_array, csr_array

from geo.hotspots.network.arrays import Floats, Ints, Roads, arms_of, near_in_memory
from geo.i18n import Message, message
from geo.roads.axes import Axis

LEG_COLUMNS = ("axis_id", "edge", "at_u_m", "at_v_m")


def _no_legs() -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in LEG_COLUMNS})


@dataclass(frozen=True, eq=False)
class Graph:
    """An undirected road graph.

    Parameters
    ----------
    node_count
        Number of nodes.
    u, v
        Ends of each edge, shape (edges,), 0 to ``node_count - 1``.
    length_m
        Length of each edge along the road, above 0.
    node_ids
        Name of each node (of the place, for the axes' graph); empty when nodes have none.
    legs
        How axes run over the edges: ``axis_id``, ``edge``, and the measures of the axis at ``u``
        and at ``v``; ordered along each axis.  An edge that two axes share has a row for each.

    Raises
    ------
    ValueError
        With everything that is wrong with the arrays.
    """

    node_count: int
    u: Ints
    v: Ints
    length_m: Floats
    node_ids: tuple[str, ...] = ()
    legs: pd.DataFrame = field(default_factory=_no_legs, repr=False)

    def __post_init__(self) -> None:
        faults = list(map(str, self._faults()))
        if faults:
            raise ValueError(" ".join(faults))

    def _faults(self) -> list[Message]:
        if not self.u.shape == self.v.shape == self.length_m.shape:
            return [message("The edges' arrays differ in length; give one entry per edge.")]
        faults = []
        ends = np.stack([self.u, self.v])
        outside = ((ends < 0) | (ends >= self.node_count)).any(axis=0)
        wrong = ~(np.isfinite(self.length_m) & (self.length_m > 0))
        if outside.any():
            faults.append(
                message(
                    "{count} edges end at nodes that do not exist, first edge {edge}; "
                    "nodes are numbered from 0 to {last}.",
                    count=int(outside.sum()),
                    edge=int(outside.argmax()),
                    last=self.node_count - 1,
                )
            )
        if wrong.any():
            faults.append(
                message(
                    "{count} edges have no length above 0 m, first edge {edge}.",
                    count=int(wrong.sum()),
                    edge=int(wrong.argmax()),
                )
            )
        return faults

    @classmethod
    def from_arrays(cls, u: ArrayLike, v: ArrayLike, length_m: ArrayLike) -> Graph:
        """Return the graph of edges given as sequences; as many nodes as the ends name."""
        start, end = np.asarray(u, dtype=np.int32), np.asarray(v, dtype=np.int32)
        count = int(max(start.max(initial=-1), end.max(initial=-1))) + 1
        return cls(count, start, end, np.asarray(length_m, dtype=np.float64))

    @classmethod
    def from_axes(cls, axes: Mapping[str, Axis]) -> Graph:
        """Return the graph of axes; see `geo.hotspots.network.chains.graph_of_axes`."""
        # Late: the builder makes graphs, so it imports this module.
        from geo.hotspots.network.chains import graph_of_axes  # noqa: PLC0415

        return graph_of_axes(axes)

    @property
    def edge_count(self) -> int:
        """Number of edges."""
        return len(self.u)

    @property
    def total_m(self) -> float:
        """Length of all roads together."""
        return float(self.length_m.sum())

    @cached_property
    def roads(self) -> Roads:
        """The arrays of the graph in its own numbering."""
        return Roads(self.u, self.v, self.length_m, *arms_of(self.u, self.v, self.node_count))

    @cached_property
    def near(self) -> tuple[Roads, Ints, Ints]:
        """The graph renumbered for searches; see `geo.hotspots.network.arrays.near_in_memory`."""
        return near_in_memory(self.u, self.v, self.length_m, self.node_count)

    @cached_property
    def shortest_m(self) -> csr_array:
        """The shortest edge between each two nodes that have one, once; (nodes, nodes)."""
        low, high = np.minimum(self.u, self.v), np.maximum(self.u, self.v)
        # A sparse matrix would add parallel edges up; only the shorter matters for distances.
        order = np.lexsort((self.length_m, high, low))
        low, high = low[order], high[order]
        new = np.ones(len(order), dtype=bool)
        new[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
        shape = (self.node_count, self.node_count)
        return coo_array((self.length_m[order][new], (low[new], high[new])), shape=shape).tocsr()
