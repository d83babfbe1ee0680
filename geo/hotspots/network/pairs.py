"""Compiled loop of the K functions: how many pairs of points lie within each distance."""

# Compiled functions take their arguments by position, and arrays one by one.
# ruff: noqa: PLR0917

from __future__ import annotations

import numpy as np

from geo.hotspots.jit import compiled
from geo.hotspots.network.arrays import Floats, Ints, Roads, Sources
from geo.hotspots.network.loops import FAR, ball, from_both_ends


@compiled
def _count(pairs: Floats, radii: Floats, distance: float, weight: float) -> None:
    """Count a pair at the first radius that holds it."""
    k = np.searchsorted(radii, distance)
    if k < len(radii):
        pairs[k] += weight


@compiled
def count_pairs(  # noqa: C901 - calls with arrays would cost references
    pairs: Floats, sources: Sources, targets: Sources, target_of: Ints, same: bool,
    roads: Roads, radii: Floats,
) -> None:  # fmt: skip
    """Add to ``pairs`` the weight of pairs whose distance first falls within each radius.

    ``target_of`` is the row in ``targets`` of each edge, −1 where it has no points; ``same`` says
    that both are one set, so that a point makes no pair with itself.
    """
    u, v, length, start, arm, head = roads
    edges, event_start, offset, weight = sources
    _, other_start, other_offset, other_weight = targets
    limit = radii[-1]
    nodes = len(start) - 1
    best, stamp = np.empty(nodes), np.zeros(nodes, dtype=np.int32)
    from_a, from_b = np.empty(nodes), np.empty(nodes)
    seen, reached = np.full(nodes, -1, dtype=np.int32), np.empty(nodes, dtype=np.int32)
    near, near_far = np.empty(2 * nodes, dtype=np.int32), np.empty(2 * nodes)
    heap_far, heap_node = np.empty(len(head) + 1), np.empty(len(head) + 1, dtype=np.int32)
    for i in range(len(edges)):
        edge = edges[i]
        own = length[edge]
        middle = ball(u[edge], limit, start, arm, head, length, best, stamp, 2 * i + 1,
                      heap_far, heap_node, near, near_far, 0)  # fmt: skip
        end = ball(v[edge], limit, start, arm, head, length, best, stamp, 2 * i + 2,
                   heap_far, heap_node, near, near_far, middle)  # fmt: skip
        found = from_both_ends(i, 0, middle, middle, end, near, near_far, seen, from_a, from_b,
                               reached)  # fmt: skip
        around = min(from_a[v[edge]], from_b[u[edge]])
        row = target_of[edge]
        if row >= 0:
            for j in range(event_start[i], event_start[i + 1]):
                for k in range(other_start[row], other_start[row + 1]):
                    apart = abs(offset[j] - other_offset[k])
                    itself = weight[j] if same and j == k else 0.0
                    _count(pairs, radii, min(apart, own - apart + around),
                           weight[j] * other_weight[k] - itself)  # fmt: skip
        for n in range(found):
            node = reached[n]
            for arm_at in range(start[node], start[node + 1]):
                other = arm[arm_at] >> 1
                row = target_of[other]
                if row < 0 or other == edge or (arm[arm_at] & 1 and seen[u[other]] == i):
                    continue
                low_a = low_b = high_a = high_b = FAR
                if seen[u[other]] == i:
                    low_a, low_b = from_a[u[other]], from_b[u[other]]
                if seen[v[other]] == i:
                    high_a, high_b = from_a[v[other]], from_b[v[other]]
                for j in range(event_start[i], event_start[i + 1]):
                    low = min(offset[j] + low_a, own - offset[j] + low_b)
                    high = min(offset[j] + high_a, own - offset[j] + high_b)
                    for k in range(other_start[row], other_start[row + 1]):
                        at = other_offset[k]
                        _count(pairs, radii, min(low + at, high + length[other] - at),
                               weight[j] * other_weight[k])  # fmt: skip
