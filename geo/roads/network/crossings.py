"""Where lines meet without sharing a vertex: crossings on one level, ends that touch a line.

Predicates are exact: vertices are whole numbers (:mod:`geo.roads.network.lines`), a cross product
of two segments shorter than 90 degrees fits in 64 bits.  The point of a crossing is rounded to the
grid and so up to 1 cm beside both lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from geo.roads.network.boxes import Bounds, Runs, runs_of, spans, touch
from geo.roads.network.lines import Ints, Lines, Vertices, without_repeats

BLOCK = 200_000
"""Runs that are compared with their neighbours at once; bounds the memory."""
TOUCH_UNITS = 1
"""A vertex this close to a segment lies on it: the grid resolves no less."""

Bools = npt.NDArray[np.bool_]
Done = Callable[[int, int], None]


def split_at_crossings(lines: Lines, progress: Done | None = None) -> tuple[Lines, int]:
    """Give both lines a vertex wherever they meet without one.

    Lines of one level meet where they cross or where a vertex of one lies on the other; lines of
    different levels only where one of them ends on the other (the foot of a ramp).  A bridge over
    a road, or a tunnel below it, does not meet it.

    Parameters
    ----------
    lines
        Without repeated vertices.
    progress
        Told runs done and runs in all.

    Returns
    -------
    lines, added
        The lines with the vertices added, and how many.  O(vertices log vertices) for lines that
        seldom run close to each other.
    """
    runs = runs_of(lines.vertices, lines.offsets)
    is_end = np.zeros(len(lines.vertices), dtype=bool)
    is_end[lines.offsets[:-1]] = True
    is_end[lines.offsets[1:] - 1] = True
    segments, points = [np.empty(0, np.int64)], [np.empty((0, 2), np.int32)]
    for one, other in _close_segments(runs, progress):
        met, at = _meetings(lines, is_end, one, other)
        segments.append(met)
        points.append(at)
    return _inserted(lines, np.concatenate(segments), np.concatenate(points))


def _close_segments(runs: Runs, progress: Done | None) -> Iterator[tuple[Ints, Ints]]:
    """Yield pairs of segments whose boxes touch, each pair once, neighbours in a line left out."""
    total = len(runs.first)
    for start in range(0, total, BLOCK):
        stop = min(start + BLOCK, total)
        found = runs.tree.query(runs.tree.geometries[start:stop])
        one, other = found[0] + start, found[1]
        pick = one < other
        yield from _within(runs, one[pick], other[pick])
        yield _in_itself(runs, np.arange(start, stop))
        if progress is not None:
            progress(stop, total)


def _within(runs: Runs, one: Ints, other: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield the close pairs of segments of pairs of runs."""
    # A block can hold many pairs where roads are dense.
    for start in range(0, len(one), BLOCK):
        a, b = one[start : start + BLOCK], other[start : start + BLOCK]
        box_a, box_b = runs.bounds[:, a], runs.bounds[:, b]
        common = np.concatenate(
            [np.maximum(box_a[:2], box_b[:2]), np.minimum(box_a[2:], box_b[2:])]
        )
        pair_a, segment_a = _inside(runs, a, common)
        pair_b, segment_b = _inside(runs, b, common)
        begin = np.searchsorted(pair_b, pair_a, side="left")
        count = np.searchsorted(pair_b, pair_a, side="right") - begin
        which, at = spans(begin, count)
        yield _touching(runs, segment_a[which], segment_b[at])


def _inside(runs: Runs, some: Ints, box: Bounds) -> tuple[Ints, Ints]:
    """Return the segments of runs whose own boxes touch a box each, and of which run each is."""
    owner, segment = runs.segments(some)
    hit = np.flatnonzero(touch(runs.segment_bounds[:, segment], box[:, owner], TOUCH_UNITS))
    return owner[hit], segment[hit]


def _in_itself(runs: Runs, some: Ints) -> tuple[Ints, Ints]:
    """Return pairs of segments of one run; a run that goes one way cannot meet itself."""
    owner, segment = runs.segments(some)
    step = np.sign(runs.vertices[segment + 1] - runs.vertices[segment])
    low = np.concatenate([[0], np.cumsum(runs.count[some])[:-1]]).astype(np.intp)
    if not len(segment):
        return segment, segment
    least, most = np.minimum.reduceat(step, low), np.maximum.reduceat(step, low)
    one_way = np.any((least > 0) | (most < 0), axis=1)
    picked = ~one_way[owner]
    segment = segment[picked]
    last = (runs.first + runs.count)[some][owner[picked]]
    which, other = spans(segment + 2, np.maximum(last - segment - 2, 0))
    return _touching(runs, segment[which], other)


def _touching(runs: Runs, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    boxes = runs.segment_bounds
    near = np.flatnonzero(touch(boxes[:, one], boxes[:, other], TOUCH_UNITS))
    return one[near], other[near]


def _meetings(lines: Lines, is_end: Bools, one: Ints, other: Ints) -> tuple[Ints, Vertices]:
    """Return which segments need a vertex, and where."""
    line_one = np.searchsorted(lines.offsets, one, side="right") - 1
    line_other = np.searchsorted(lines.offsets, other, side="right") - 1
    chained = (line_one == line_other) & (np.abs(one - other) == 1)
    one, other = one[~chained], other[~chained]
    level = lines.attributes["level"]
    same = level[line_one[~chained]] == level[line_other[~chained]]
    segments, points = [], []
    touched = np.zeros(len(one), dtype=bool)
    for segment, vertex in (
        (one, other), (one, other + 1), (other, one), (other, one + 1),
    ):  # fmt: skip
        hit = _lies_on(lines.vertices, vertex, segment) & (same | is_end[vertex])
        touched |= hit
        segments.append(segment[hit])
        points.append(lines.vertices[vertex[hit]])
    rest = np.flatnonzero(same & ~touched)
    crossed, at = _crossing(lines.vertices, one[rest], other[rest])
    segments += [one[rest][crossed], other[rest][crossed]]
    points += [at, at]
    return np.concatenate(segments), np.concatenate(points)


def _ends(vertices: Vertices, segment: Ints) -> tuple[Ints, Ints]:
    return vertices[segment].astype(np.int64), vertices[segment + 1].astype(np.int64)


def _cross(u: Ints, v: Ints) -> Ints:
    return np.asarray(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0])


def _lies_on(vertices: Vertices, vertex: Ints, segment: Ints) -> Bools:
    """Tell which vertices lie on segments (within `TOUCH_UNITS`), not at their ends."""
    start, end = _ends(vertices, segment)
    point = vertices[vertex].astype(np.int64)
    along, to_point = end - start, point - start
    square = np.sum(along * along, axis=1)
    reach = np.sum(along * to_point, axis=1)
    beside = np.abs(_cross(along, to_point)) <= TOUCH_UNITS * np.sqrt(square.astype(np.float64))
    inner = (reach > 0) & (reach < square)
    apart = np.any(point != start, axis=1) & np.any(point != end, axis=1)
    return np.asarray(beside & inner & apart)


def _crossing(vertices: Vertices, one: Ints, other: Ints) -> tuple[Bools, Vertices]:
    """Tell which segments cross inside both, and where."""
    (a, b), (c, d) = _ends(vertices, one), _ends(vertices, other)
    sides_of_one = np.sign(_cross(b - a, c - a)) * np.sign(_cross(b - a, d - a))
    at_a, at_b = _cross(d - c, a - c), _cross(d - c, b - c)
    crossed = (sides_of_one < 0) & (np.sign(at_a) * np.sign(at_b) < 0)
    a, b, at_a, at_b = a[crossed], b[crossed], at_a[crossed], at_b[crossed]
    share = at_a / (at_a.astype(np.float64) - at_b)
    point = np.rint(a + (b - a) * share[:, None]).astype(np.int32)
    return np.asarray(crossed), point


def _inserted(lines: Lines, segments: Ints, points: Vertices) -> tuple[Lines, int]:
    """Return the lines with points put into their segments in the order that they lie there."""
    if not len(segments):
        return lines, 0
    start = lines.vertices[segments].astype(np.int64)
    away = np.sum((points - start) ** 2, axis=1)
    order = np.lexsort((away, segments))
    segments, points = segments[order], points[order]
    once = np.ones(len(segments), dtype=bool)
    once[1:] = (segments[1:] != segments[:-1]) | np.any(points[1:] != points[:-1], axis=1)
    segments, points = segments[once], points[once]
    vertices = np.insert(lines.vertices, segments + 1, points, axis=0)
    shift = np.searchsorted(segments, lines.offsets, side="left")
    fuller = replace(lines, vertices=vertices, offsets=lines.offsets + shift)
    return without_repeats(fuller), len(segments)
