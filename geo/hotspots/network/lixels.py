"""Lixels: short equal parts of the edges on which density is stated.

Xie & Yan 2008, "Kernel density estimation of traffic accidents in a network space", *Computers,
Environment and Urban Systems* 32.  They cut each edge into parts of the asked length and a shorter
rest; here an edge is cut into equal parts, none longer than asked, so that turning an edge around
changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.hotspots.memory import TooLargeError
from geo.hotspots.network.arrays import Floats, Ints, Parts
from geo.hotspots.network.graph import Graph
from geo.i18n import message

DEFAULT_LIXEL_M = 1_000.0
MOST_LIXELS = 50_000_000
"""More would need over a gigabyte for one density; a longer lixel shows the same."""


@dataclass(frozen=True, eq=False)
class Lixels:
    """All edges of a graph cut into equal parts.

    Parameters
    ----------
    graph
        The roads.
    longest_m
        No lixel is longer; each edge has ⌈length / longest⌉ equal ones.

    Raises
    ------
    ValueError
        When the length is not above 0; `TooLargeError`, which is one, when there would be more than
        ``MOST_LIXELS``.
    """

    graph: Graph
    longest_m: float = DEFAULT_LIXEL_M

    def __post_init__(self) -> None:
        if not (np.isfinite(self.longest_m) and self.longest_m > 0):
            text = message("A lixel must be longer than 0 m; got {value} m.", value=self.longest_m)
            raise ValueError(str(text))
        needed = self.graph.total_m / self.longest_m
        if needed > MOST_LIXELS:
            text = message(
                "{metres} m of road in lixels of {value} m are {needed} lixels, more than "
                "{most}; take longer lixels.",
                metres=round(self.graph.total_m),
                value=self.longest_m,
                needed=round(needed),
                most=MOST_LIXELS,
            )
            raise TooLargeError(text)

    @cached_property
    def per_edge(self) -> Ints:
        """Number of lixels of each edge."""
        # A thousandth of a millimetre of rounding must not cut an edge once more.
        parts = np.ceil(self.graph.length_m / self.longest_m - 1e-9)
        return np.maximum(parts, 1).astype(np.int32)

    @cached_property
    def first(self) -> NDArray[np.int64]:
        """Number of each edge's first lixel (the one at ``u``), and the total; (edges + 1,)."""
        return np.concatenate([[0], np.cumsum(self.per_edge, dtype=np.int64)])

    @cached_property
    def step_m(self) -> Floats:
        """Length of the lixels of each edge."""
        return np.asarray(self.graph.length_m / self.per_edge)

    def __len__(self) -> int:
        return int(self.first[-1])

    @cached_property
    def near(self) -> Parts:
        """The lixels of the edges of ``graph.near``; the lixels keep their numbers."""
        _, order, _ = self.graph.near
        first = self.first[:-1].astype(np.int32)
        return Parts(first[order], self.per_edge[order], self.step_m[order])

    @cached_property
    def edge(self) -> Ints:
        """Edge of each lixel."""
        return np.repeat(np.arange(self.graph.edge_count, dtype=np.int32), self.per_edge)

    @cached_property
    def length_m(self) -> Floats:
        """Length of each lixel."""
        return self.step_m[self.edge]

    @cached_property
    def from_m(self) -> Floats:
        """Offset of the lixel's end nearer to ``u``, along its edge."""
        return np.asarray((np.arange(len(self)) - self.first[self.edge]) * self.length_m)

    def at(self, edge: Ints, offset_m: Floats) -> NDArray[np.int64]:
        """Return the lixel that holds a position of an edge."""
        within = np.clip(
            (offset_m / self.step_m[edge]).astype(np.int64), 0, self.per_edge[edge] - 1
        )
        return np.asarray(self.first[edge] + within)

    def along_axes(self) -> pd.DataFrame:
        """Return the lixels as stretches of axes, ordered along each axis.

        Returns
        -------
        pandas.DataFrame
            ``axis_id``, ``lixel``, ``measure_from_m``, ``measure_to_m`` (ascending).  A lixel of a
            road that two axes share has a row for each.
        """
        legs = self.graph.legs
        edge = legs["edge"].to_numpy(dtype=np.int64)
        count = self.per_edge[edge].astype(np.int64)
        leg = np.repeat(np.arange(len(legs)), count)
        within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        at_u, at_v = (legs[name].to_numpy(dtype=np.float64)[leg] for name in ("at_u_m", "at_v_m"))
        # An axis may run against its edge: its lixels then follow in falling order.
        within = np.where(at_u <= at_v, within, count[leg] - 1 - within)
        ends = [at_u + (at_v - at_u) * (within + more) / count[leg] for more in (0, 1)]
        return pd.DataFrame(
            {
                "axis_id": legs["axis_id"].to_numpy()[leg],
                "lixel": self.first[edge[leg]] + within,
                "measure_from_m": np.minimum(*ends),
                "measure_to_m": np.maximum(*ends),
            }
        )
