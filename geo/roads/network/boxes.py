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
        Shape ``(r, 4)``: west, south, east, north in grid numbers.
    """

    vertices: Vertices
    first: Ints
    count: Ints
    line: Ints
    bounds: Bounds

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Tree of the bounding boxes, each a unit wider on all sides."""
        return shapely.STRtree(diagonals(self.bounds, 1))

    def segments(self, runs: Ints) -> tuple[Ints, Ints]:
        """Return the segments of some runs, and of which of them each is."""
        return spans(self.first[runs], self.count[runs])


def diagonals(bounds: Bounds, margin: float) -> npt.NDArray[np.object_]:
    """Return a line from corner to corner of each box: the cheapest shape with that envelope."""
    west, south, east, north = bounds.astype(np.float64).T
    x = np.column_stack([west - margin, east + margin])
    y = np.column_stack([south - margin, north + margin])
    return np.asarray(shapely.linestrings(x, y))


def segment_bounds(vertices: Vertices, segments: Ints) -> Bounds:
    """Return west, south, east, north of segments, shape ``(n, 4)``."""
    start, end = vertices[segments], vertices[segments + 1]
    return np.concatenate([np.minimum(start, end), np.maximum(start, end)], axis=1)


def runs_of(vertices: Vertices, offsets: Ints) -> Runs:
    """Cut lines into runs of at most `RUN` segments.  O(vertices)."""
    segments_of = np.diff(offsets) - 1
    runs_per_line = -(-segments_of // RUN)
    line, number = spans(np.zeros_like(runs_per_line), runs_per_line)
    first = offsets[:-1][line] + number * RUN
    count = np.minimum(RUN, segments_of[line] - number * RUN)
    _, segments = spans(first, count)
    box = segment_bounds(vertices, segments)
    if not len(count):
        return Runs(vertices, first, count, line, np.empty((0, 4), np.int32))
    at = np.cumsum(count) - count
    bounds = np.concatenate(
        [np.minimum.reduceat(box[:, :2], at), np.maximum.reduceat(box[:, 2:], at)], axis=1
    )
    return Runs(vertices, first, count, line, bounds)
