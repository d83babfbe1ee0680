"""From lines to nodes and edges: lines are cut where they meet.

Rules, each with a test:

- Lines meet where they share a vertex, to the last digit of the grid.  Nothing is snapped over a
  distance; ends that nearly meet are reported as gaps (:mod:`geo.roads.network.gaps`).
- A vertex inside a line meets others of its own level only.  Ends of lines meet each other whatever
  their levels: a bridge starts where a road ends.  A single end meets whatever is there.
- Where several lines end, a line passing through joins them if one of them has its level, or if
  it is on the ground and an elevated one comes down there (no other end continues it).
- Of edges that have the same vertices one is kept, the most important.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.geodesy import GEOD
from geo.roads.network.boxes import spans
from geo.roads.network.lines import Ints, Lines, Vertices, to_degrees

BLOCK = 2_000_000
"""Segments measured at once; bounds the memory."""

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Topology:
    """Nodes and edges; the fields are those of :class:`geo.roads.network.records.Network`."""

    nodes: Vertices
    u: npt.NDArray[np.int32]
    v: npt.NDArray[np.int32]
    length_m: Floats
    line: Ints
    vertices: Vertices
    offsets: Ints
    repeated: int


def build(lines: Lines) -> Topology:
    """Cut lines into edges between nodes.

    Parameters
    ----------
    lines
        Without repeated vertices, crossings already made vertices
        (:func:`geo.roads.network.crossings.split_at_crossings`).

    Returns
    -------
    Topology
        Nodes are numbered by longitude, then latitude, whatever the order of the lines.
        O(vertices log vertices).
    """
    ends = np.zeros(len(lines.vertices), dtype=bool)
    ends[lines.offsets[:-1]] = True
    ends[lines.offsets[1:] - 1] = True
    group = _groups(lines, ends)
    is_node = ends | (np.bincount(group, minlength=1)[group] > 1)
    at = np.flatnonzero(is_node)
    last = np.zeros(len(lines.vertices), dtype=bool)
    last[lines.offsets[1:] - 1] = True
    begins = np.flatnonzero(~last[at])
    first, final = at[begins], at[begins + 1]
    groups, number = np.unique(group[at], return_inverse=True)
    nodes = np.empty((len(groups), 2), np.int32)
    nodes[number] = lines.vertices[at]
    u, v = number[begins].astype(np.int32), number[begins + 1].astype(np.int32)
    line = np.searchsorted(lines.offsets, first, side="right") - 1
    length_m = lengths_m(lines.vertices, first, final)
    counts = final - first + 1
    keys = np.concatenate([[0], np.cumsum(keys_of(lines.vertices))])
    importance = lines.attributes["road_class"][line]
    # Same ends, as many vertices, the same sum of them: the same path, read from either end.
    tally = keys[final + 1] - keys[first]
    alike = np.column_stack([np.minimum(u, v), np.maximum(u, v), counts, tally])
    kept = _distinct(alike, importance)
    _, picked = spans(first[kept], counts[kept])
    offsets = np.concatenate([[0], np.cumsum(counts[kept])]).astype(np.int64)
    return Topology(
        nodes, u[kept], v[kept], length_m[kept], line[kept].astype(np.int64),
        lines.vertices[picked], offsets, len(first) - len(kept),
    )  # fmt: skip


def keys_of(vertices: Vertices) -> Ints:
    """Return one number per place; they sort by longitude, then latitude."""
    return np.asarray((vertices[:, 0].astype(np.int64) << 32) + vertices[:, 1])


def _groups(lines: Lines, ends: Bools) -> Ints:
    """Return for each vertex a number that it shares with the vertices that it meets."""
    keys, group = np.unique(keys_of(lines.vertices), return_inverse=True)
    if not lines.attributes["level"].any():
        return np.asarray(group)
    level = np.repeat(lines.attributes["level"], np.diff(lines.offsets)).astype(np.int64)
    low = np.full(len(keys), 127, np.int8)
    high = np.full(len(keys), -128, np.int8)
    np.minimum.at(low, group, level.astype(np.int8))
    np.maximum.at(high, group, level.astype(np.int8))
    several = np.flatnonzero((low != high)[group])
    if len(several):
        # Those that do not meet the ends at their place form groups of their own, after all others.
        apart = several[_passes_by(group[several], level[several], ends[several])]
        own = group[apart] * 256 + level[apart] + 128
        group[apart] = len(keys) + np.unique(own, return_inverse=True)[1]
        group = _renumbered(lines, group)
    return group


def _passes_by(place: Ints, level: Ints, end: Bools) -> Bools:
    """Tell which vertices at places of several levels do not meet the ends there."""
    places, place = np.unique(place, return_inverse=True)
    ends_at = np.bincount(place[end], minlength=len(places))
    codes, code = np.unique(place * 256 + level + 128, return_inverse=True)
    ends_of_level = np.bincount(code[end], minlength=len(codes))
    elevated = (codes % 256 != 128) & (ends_of_level == 1)  # noqa: PLR2004 - level 0
    comes_down = np.bincount((codes // 256)[elevated], minlength=len(places)) > 0
    meets = ends_of_level[code] > 0
    meets |= ends_at[place] == 1
    meets |= (level == 0) & comes_down[place]
    return np.asarray(~end & ~meets)


def _renumbered(lines: Lines, group: Ints) -> Ints:
    """Return the groups numbered by place, then as they were, so that nodes are in order."""
    groups, first, number = np.unique(group, return_index=True, return_inverse=True)
    order = np.lexsort((groups, keys_of(lines.vertices[first])))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return np.asarray(rank[number])


def lengths_m(vertices: Vertices, first: Ints, final: Ints) -> Floats:
    """Return geodesic lengths of the paths from vertex ``first[i]`` to ``final[i]``."""
    total = np.zeros(len(first))
    segments_before = np.concatenate([[0], np.cumsum(final - first)])
    start = 0
    while start < len(first):
        stop = int(np.searchsorted(segments_before, segments_before[start] + BLOCK, side="right"))
        stop = max(stop - 1, start + 1)
        counts = (final - first)[start:stop]
        owner, segment = spans(first[start:stop], counts)
        begin, end = to_degrees(vertices[segment]), to_degrees(vertices[segment + 1])
        _, _, metres = GEOD.inv(begin[:, 0], begin[:, 1], end[:, 0], end[:, 1])
        total[start:stop] = np.bincount(owner, weights=metres, minlength=len(counts))
        start = stop
    return total


def _distinct(alike: Ints, importance: npt.NDArray[np.integer]) -> Ints:
    """Return the rows that stay when of equal ones the most important is kept."""
    order = np.lexsort((importance, *alike.T[::-1]))
    kept = np.ones(len(order), dtype=bool)
    kept[order[1:]] = np.any(alike[order[1:]] != alike[order[:-1]], axis=1)
    return np.flatnonzero(kept)
