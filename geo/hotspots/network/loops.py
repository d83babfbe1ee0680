"""The compiled pieces that all network methods share: a pulse along an edge, a bounded search."""

# Compiled functions take their arguments by position, and arrays one by one.
# ruff: noqa: PLR0917

from __future__ import annotations

from math import erf

import numpy as np
from numpy.typing import NDArray

from geo.hotspots.jit import compiled, wider
from geo.hotspots.network.arrays import Floats, Ints, Reach

FAR = np.inf


@compiled
def inside(far_m: float, reach: Reach) -> float:
    """Return the kernel's integral from 0 to a distance, at most its bandwidth."""
    u = far_m / reach.bandwidth_m
    if reach.scale > 0.0:
        return erf(reach.scale * u) * reach.norm
    square = u * u
    return u * (reach.first + square * (reach.third + square * reach.fifth))


@compiled
def run(
    out: Floats, first: int, count: int, step: float, at: float, forward: bool, way: float,
    gone: float, weight: float, reach: Reach,
) -> None:  # fmt: skip
    """Lay a pulse's mass on the ``count`` lixels of one edge.

    The pulse starts ``at`` metres from the edge's ``u``, having come ``gone`` metres from its
    event, and goes ``way`` metres towards ``v`` (``forward``) or ``u``; beyond the bandwidth there
    is no mass.  Each lixel gets the integral over it by its length, so that no mass is lost to
    sampling.
    """
    left = min(way, reach.bandwidth_m - gone)
    if left <= 0.0:
        return
    gain = weight / step
    before = inside(gone, reach)
    place = at / step
    if forward:
        begun = min(int(place), count - 1)
        border = (begun + 1) * step - at
        turn, more = 1, count - 1 - begun
    else:
        begun = min(max(int(np.ceil(place)) - 1, 0), count - 1)
        border = at - begun * step
        turn, more = -1, begun
    lixel = first + begun
    while border < left and more:
        now = inside(gone + border, reach)
        out[lixel] += gain * (now - before)
        before = now
        border += step
        lixel += turn
        more -= 1
    out[lixel] += gain * (inside(gone + left, reach) - before)


@compiled
def pooled(far: Floats, weight: Floats, table: Floats, reach: Reach) -> None:
    """Pool events that leave an edge by one end, nearest first, into polynomials.

    Row ``k`` of ``table`` gets the coefficients, in c = distance beyond that end / bandwidth, of
    the sum of weight · F((far + c) / bandwidth) over the ``k`` nearest events, and its last column
    their weight: F is an odd polynomial of degree 5, and so is its sum.  Not for the Gaussian.
    """
    table[0] = 0.0
    for j in range(len(far)):
        t, w = far[j] / reach.bandwidth_m, weight[j]
        t2 = t * t
        a, b, c = w * reach.first, w * reach.third, w * reach.fifth
        table[j + 1, 0] = table[j, 0] + t * (a + t2 * (b + t2 * c))
        table[j + 1, 1] = table[j, 1] + a + t2 * (3.0 * b + 5.0 * t2 * c)
        table[j + 1, 2] = table[j, 2] + t * (3.0 * b + 10.0 * t2 * c)
        table[j + 1, 3] = table[j, 3] + b + 10.0 * t2 * c
        table[j + 1, 4] = table[j, 4] + 5.0 * t * c
        table[j + 1, 5] = table[j, 5] + c
        table[j + 1, 6] = table[j, 6] + w


@compiled
def pooled_inside(c: float, table: Floats, k: int, most: int) -> float:
    """Return the mass within a distance: of ``k`` events in reach, and half of the others'."""
    row = table[k]
    near = row[0] + c * (row[1] + c * (row[2] + c * (row[3] + c * (row[4] + c * row[5]))))
    beyond = 0.5 * (table[most, 6] - row[6])
    return float(near + beyond)


@compiled
def run_pooled(
    out: Floats, first: int, count: int, step: float, forward: bool, way: float, gone: float,
    far: Floats, table: Floats, most: int, reach: Reach,
) -> None:  # fmt: skip
    """Lay the pulses of the ``most`` nearest events of an edge on another edge, all at once.

    As `run` from the beginning of the edge, for events that are ``far`` from the end by which they
    leave theirs and have come ``gone`` metres since.
    """
    left = min(way, reach.bandwidth_m - gone - far[0])
    if left <= 0.0:
        return
    scale = 1.0 / reach.bandwidth_m
    gain = 1.0 / step
    k = most
    while far[k - 1] + gone >= reach.bandwidth_m:
        k -= 1
    before = pooled_inside(gone * scale, table, k, most)
    lixel, turn = (first, 1) if forward else (first + count - 1, -1)
    border = step
    for more in range(count - 1, -1, -1):
        come = gone + (border if border < left and more else left)
        while k and far[k - 1] + come > reach.bandwidth_m:
            k -= 1
        now = pooled_inside(come * scale, table, k, most)
        out[lixel] += gain * (now - before)
        if border >= left:
            return
        before = now
        border += step
        lixel += turn


@compiled
def ball(
    source: int, radius: float, start: Ints, arm: Ints, head: Ints, length: Floats,
    best: Floats, stamp: Ints, mark: int,
    heap_far: Floats, heap_node: Ints, near: Ints, near_far: Floats, begin: int,
) -> int:  # fmt: skip
    """Find all nodes within ``radius`` of a node (Dijkstra 1959, with a binary heap).

    Writes them and their distances to ``near`` and ``near_far`` from ``begin`` on, nearest first,
    and returns where they end.  ``best[n]`` holds only where ``stamp[n] == mark``, so that nothing
    need be cleared between searches.
    """
    end = begin
    heap_far[0], heap_node[0] = 0.0, source
    size = 1
    best[source], stamp[source] = 0.0, mark
    while size:
        far, node = heap_far[0], heap_node[0]
        size -= 1
        # Sift the last entry down from the root.
        moved, moved_node = heap_far[size], heap_node[size]
        hole, child = 0, 1
        while child < size:
            if child + 1 < size and heap_far[child + 1] < heap_far[child]:
                child += 1
            if heap_far[child] >= moved:
                break
            heap_far[hole], heap_node[hole] = heap_far[child], heap_node[child]
            hole, child = child, 2 * child + 1
        heap_far[hole], heap_node[hole] = moved, moved_node
        if far > best[node]:
            continue
        near[end], near_far[end] = node, far
        end += 1
        for k in range(start[node], start[node + 1]):
            other = head[k]
            reached = far + length[arm[k] >> 1]
            if reached > radius or (stamp[other] == mark and reached >= best[other]):
                continue
            best[other], stamp[other] = reached, mark
            hole = size
            size += 1
            while hole:
                parent = (hole - 1) >> 1
                if heap_far[parent] <= reached:
                    break
                heap_far[hole], heap_node[hole] = heap_far[parent], heap_node[parent]
                hole = parent
            heap_far[hole], heap_node[hole] = reached, other
    return end


@compiled
def balls(
    nodes: Ints, radius: Floats, start: Ints, arm: Ints, head: Ints, length: Floats,
    best: Floats, stamp: Ints, mark: int,
    heap_far: Floats, heap_node: Ints,
) -> tuple[NDArray[np.int64], Ints, Floats]:  # fmt: skip
    """Find the balls of several nodes, one after the other.

    Returns
    -------
    tuple of numpy.ndarray
        Where each ball begins, shape (nodes + 1,); the nodes found; their distances.
    """
    room = 256 * len(nodes) + len(best)
    begin = np.zeros(len(nodes) + 1, dtype=np.int64)
    near, near_far = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.float64)
    for n in range(len(nodes)):
        if begin[n] + len(best) > room:
            room = 2 * room + len(best)
            near, near_far = wider(near, room), wider(near_far, room)
        begin[n + 1] = ball(
            nodes[n], radius[n], start, arm, head, length, best, stamp, mark + n,
            heap_far, heap_node, near, near_far, begin[n],
        )  # fmt: skip
    return begin, near, near_far


@compiled
def from_both_ends(
    mark: int, begin_a: int, end_a: int, begin_b: int, end_b: int, near: Ints, near_far: Floats,
    seen: Ints, from_a: Floats, from_b: Floats, reached: Ints,
) -> int:  # fmt: skip
    """Join the balls of an edge's ends; return how many nodes are in either.

    Writes the nodes to ``reached``, and their distances from either end, ``FAR`` where they are
    in the other ball only.  ``from_a`` and ``from_b`` hold only where ``seen[n] == mark``.
    """
    found = 0
    for k in range(begin_a, end_a):
        node = near[k]
        seen[node], from_a[node], from_b[node] = mark, near_far[k], FAR
        reached[found] = node
        found += 1
    for k in range(begin_b, end_b):
        node = near[k]
        if seen[node] != mark:
            seen[node], from_a[node] = mark, FAR
            reached[found] = node
            found += 1
        from_b[node] = near_far[k]
    return found
