"""The graph of the axes: nodes are places, edges the road between two neighbouring places.

Two axes may follow one road.  Their legs between the same two places are one edge when their
lengths differ by no more than ``same_road_tolerance`` of ``data/policy.toml``; a leg that skips
places which another axis names runs over that axis's edges.  Otherwise an event on a shared road
would be counted on one of two parallel roads, and its kernel would run along both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from geo.hotspots.network.graph import LEG_COLUMNS, Graph
from geo.roads.axes import Axis
from geo.roads.policy import load_policy

Leg = tuple[str, str, float]
_DEEPEST = 8


def graph_of_axes(axes: Mapping[str, Axis], tolerance: float | None = None) -> Graph:
    """Return the graph of the axes.

    Parameters
    ----------
    axes
        Roads by ``axis_id``, as in ``atlas.axes``.
    tolerance
        Share by which the lengths of one road may differ; that of ``data/policy.toml`` unless
        given.

    Returns
    -------
    Graph
        ``node_ids`` are the places; ``legs`` says how each axis runs.  An edge has the length of
        the first axis that was measured there (of the first one, when none was).
    """
    builder = _Builder(axes, load_policy().same_road_tolerance if tolerance is None else tolerance)
    return builder.graph()


class _Builder:
    def __init__(self, axes: Mapping[str, Axis], tolerance: float) -> None:
        self.axes = axes
        self.tolerance = tolerance
        self.node: dict[str, int] = {}
        self.between: dict[tuple[str, str], list[int]] = {}
        self.ends: list[tuple[int, int]] = []
        self.length_m: list[float] = []
        self.through: dict[str, list[Axis]] = {}
        for axis in axes.values():
            for place_id in axis.place_ids:
                self.through.setdefault(place_id, []).append(axis)

    def graph(self) -> Graph:
        # Measured lengths first: the first leg that needs an edge gives it its length.
        for measured in (True, False):
            for axis in self.axes.values():
                for n, leg in enumerate(_legs(axis)):
                    if bool(axis.measured_legs[n]) == measured:
                        for part in self.finest(leg):
                            self.edge_of(part)
        rows = [row for axis in self.axes.values() for row in self.rows(axis)]
        ends = np.array(self.ends, dtype=np.int32).reshape(-1, 2)
        return Graph(
            len(self.node),
            np.ascontiguousarray(ends[:, 0]),
            np.ascontiguousarray(ends[:, 1]),
            np.array(self.length_m, dtype=np.float64),
            tuple(self.node),
            pd.DataFrame(rows, columns=list(LEG_COLUMNS)),
        )

    def alike(self, one_m: float, other_m: float) -> bool:
        return abs(one_m - other_m) <= self.tolerance * max(one_m, other_m)

    def finest(self, leg: Leg, depth: int = 0) -> list[Leg]:
        """Return the leg in parts, with every place that an axis on the same road names."""
        start, end, length_m = leg
        best: list[Leg] = []
        for axis in self.through[start]:
            if end not in axis.position:
                continue
            low, high = sorted((axis.position[start], axis.position[end]))
            whole_m = abs(axis.measure_at(start) - axis.measure_at(end))
            if high - low > max(len(best), 1) and self.alike(whole_m, length_m):
                best = list(_legs(axis))[low:high]
                if axis.position[start] > axis.position[end]:
                    best = [(b, a, metres) for a, b, metres in reversed(best)]
        if not best or depth == _DEEPEST:
            return [leg]
        return [part for one in best for part in self.finest(one, depth + 1)]

    def edge_of(self, leg: Leg) -> int:
        """Return the edge of a leg, made when there is none of about its length."""
        start, end, length_m = leg
        known = self.between.setdefault((min(start, end), max(start, end)), [])
        for edge in known:
            if self.alike(self.length_m[edge], length_m):
                return edge
        u, v = (self.node.setdefault(place_id, len(self.node)) for place_id in (start, end))
        self.ends.append((u, v))
        self.length_m.append(length_m)
        known.append(len(self.ends) - 1)
        return known[-1]

    def rows(self, axis: Axis) -> Iterator[tuple[str, int, float, float]]:
        """Yield how the axis runs over edges; its own measures, not those of the other axes."""
        for start, end, length_m in _legs(axis):
            parts = self.finest((start, end, length_m))
            stretch = length_m / sum(metres for _, _, metres in parts)
            at = axis.measure_at(start)
            for part in parts:
                edge = self.edge_of(part)
                then = at + part[2] * stretch
                forward = self.ends[edge][0] == self.node[part[0]]
                yield axis.axis_id, edge, *((at, then) if forward else (then, at))
                at = then


def _legs(axis: Axis) -> Iterator[Leg]:
    lengths_m = np.diff(axis.measures_m).tolist()
    for (start, end), metres in zip(pairwise(axis.place_ids), lengths_m, strict=True):
        yield start, end, metres
