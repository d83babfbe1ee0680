"""Short runs of segments with their bounding boxes: the index that finds what lies close.

A tree over whole lines would offer a long road for every street beside it; a tree over single
segments would not fit in memory.  Runs of `RUN` segments are the middle.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from geo.roads.network.lines import Ints, Vertices

RUN = 8
"""Segments in a run."""

Bounds = npt.NDArray[np.int32]


def spans(starts: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Return the numbers ``starts[i] … starts[i] + counts[i] - 1`` of every ``i``, one after other.

    Returns
    -------
    owner, number
        Arrays of shape ``(counts.sum(),)``: which ``i`` and which number.
    """
    owner = np.repeat(np.arange(len(counts)), counts)
    ends = np.cumsum(counts)
    within = np.arange(len(owner)) - np.repeat(ends - counts, counts)
    return owner, np.repeat(starts, counts) + within


@dataclass(frozen=True, eq=False)
class Runs:
    """Runs of segments.  A segment is named by the vertex that it starts at.

    Parameters
    ----------
    vertices
        All vertices, shape ``(m, 2)``.
    first, count
        Shape ``(r,)``: first segment of each run and how many it has.
    line
        Shape ``(r,)``: the line that a run is part of.
    bounds
        Shape ``(4, r)``: west, south, east, north in grid numbers.
    """

    vertices: Vertices
    first: Ints
    count: Ints
    line: Ints
    bounds: Bounds

    @cached_property
    def segment_bounds(self) -> Bounds:
        """West, south, east, north of every segment, shape ``(4, m - 1)``."""
        return segment_bounds(self.vertices)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Tree of the bounding boxes, each a unit wider on all sides."""
        return shapely.STRtree(diagonals(self.bounds, 1))

    def segments(self, runs: Ints) -> tuple[Ints, Ints]:
        """Return the segments of some runs, and of which of them each is."""
        return spans(self.first[runs], self.count[runs])


def diagonals(bounds: Bounds, margin: float) -> npt.NDArray[np.object_]:
    """Return a line from corner to corner of each box: the cheapest shape with that envelope."""
    west, south, east, north = bounds.astype(np.float64)
    x = np.column_stack([west - margin, east + margin])
    y = np.column_stack([south - margin, north + margin])
    return np.asarray(shapely.linestrings(x, y))


def segment_bounds(vertices: Vertices) -> Bounds:
    """Return west, south, east, north from each vertex to the next, shape ``(4, m - 1)``."""
    x, y = np.ascontiguousarray(vertices.T)
    return np.stack(
        [
            np.minimum(x[:-1], x[1:]), np.minimum(y[:-1], y[1:]),
            np.maximum(x[:-1], x[1:]), np.maximum(y[:-1], y[1:]),
        ]
    )  # fmt: skip


def touch(one: Bounds, other: Bounds, margin: int = 0) -> npt.NDArray[np.bool_]:
    """Tell which boxes, shape ``(4, n)`` each, come within a margin of each other."""
    near = one[0] <= other[2] + margin
    near &= one[2] >= other[0] - margin
    near &= one[1] <= other[3] + margin
    near &= one[3] >= other[1] - margin
    return np.asarray(near)


def runs_of(vertices: Vertices, offsets: Ints) -> Runs:
    """Cut lines into runs of at most `RUN` segments.  O(vertices)."""
    segments_of = np.diff(offsets) - 1
    runs_per_line = -(-segments_of // RUN)
    line, number = spans(np.zeros_like(runs_per_line), runs_per_line)
    first = offsets[:-1][line] + number * RUN
    count = np.minimum(RUN, segments_of[line] - number * RUN)
    if not len(count):
        return Runs(vertices, first, count, line, np.empty((4, 0), np.int32))
    # A run and the vertex after it: where the next run starts lies in both.
    cuts = np.column_stack([first, first + count + 1]).ravel()
    cuts = cuts[: -1 if cuts[-1] == len(vertices) else None]
    x, y = np.ascontiguousarray(vertices.T)
    bounds = [
        extreme.reduceat(values, cuts)[::2]
        for extreme in (np.minimum, np.maximum)
        for values in (x, y)
    ]
    return Runs(vertices, first, count, line, np.stack(bounds))
