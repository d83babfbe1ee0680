"""Compiled loops of the simple method: density by the shortest way along the roads."""

# Compiled functions take their arguments by position, and arrays one by one.
# ruff: noqa: PLR0917, FBT003

from __future__ import annotations

import numpy as np

from geo.hotspots.jit import compiled
from geo.hotspots.network.arrays import Floats, Parts, Reach, Roads, Sources
from geo.hotspots.network.loops import FAR, balls, from_both_ends, pooled, run, run_pooled

BLOCK = 128
"""Edges whose ends' balls are kept at once: neighbours share ends, so fewer searches are made."""
POOLED = 3
"""From so many events on one edge, pooling them is faster than one after the other."""


@compiled
def spread_shortest(  # noqa: C901, PLR0912, PLR0915 - calls with arrays would cost references
    out: Floats, sources: Sources, roads: Roads, radius: Floats, parts: Parts, reach: Reach
) -> None:
    """Add the density of the events of ``sources`` to ``out``.

    ``radius`` is how far from each node any event on the node's edges can still reach.
    """
    # The tuples are taken apart here, once: in the inner loops each field would cost a reference.
    u, v, length, start, arm, head = roads
    first, count, step = parts
    edges, event_start, offset, weight = sources
    nodes = len(start) - 1
    best, stamp = np.empty(nodes, dtype=np.float64), np.zeros(nodes, dtype=np.int32)
    slot, slot_mark = np.empty(nodes, dtype=np.int32), np.full(nodes, -1, dtype=np.int32)
    from_a, from_b = np.empty(nodes, dtype=np.float64), np.empty(nodes, dtype=np.float64)
    seen, reached = np.full(nodes, -1, dtype=np.int32), np.empty(nodes, dtype=np.int32)
    heap_far = np.empty(len(head) + 1, dtype=np.float64)
    heap_node = np.empty(len(head) + 1, dtype=np.int32)
    centres = np.empty(2 * BLOCK, dtype=np.int32)
    most = 0
    for i in range(len(edges)):
        most = max(most, event_start[i + 1] - event_start[i])
    far_a, far_b = np.empty(most), np.empty(most)
    weight_b = np.empty(most)
    table_a, table_b = np.empty((most + 1, 7)), np.empty((most + 1, 7))
    mark = 1
    for low in range(0, len(edges), BLOCK):
        high = min(low + BLOCK, len(edges))
        distinct = 0
        for i in range(low, high):
            for node in (u[edges[i]], v[edges[i]]):
                if slot_mark[node] != low:
                    slot_mark[node], slot[node] = low, distinct
                    centres[distinct] = node
                    distinct += 1
        begin, near, near_far = balls(
            centres[:distinct], radius[centres[:distinct]], start, arm, head, length,
            best, stamp, mark, heap_far, heap_node,
        )  # fmt: skip
        mark += distinct
        for i in range(low, high):
            edge = edges[i]
            a, b = slot[u[edge]], slot[v[edge]]
            found = from_both_ends(
                i, begin[a], begin[a + 1], begin[b], begin[b + 1], near, near_far,
                seen, from_a, from_b, reached,
            )  # fmt: skip
            own = length[edge]
            # Each ball holds its own centre; which of the two reaches the other depends on events.
            around = min(from_a[v[edge]], from_b[u[edge]])
            # Their own edge, also from behind where a way around is shorter than the edge itself.
            for j in range(event_start[i], event_start[i + 1]):
                at = offset[j]
                _tent(out, first[edge], count[edge], step[edge], at, own, 0.0, at + around,
                      weight[j], reach)  # fmt: skip
                _tent(out, first[edge], count[edge], step[edge], 0.0, at, own - at + around, 0.0,
                      weight[j], reach)  # fmt: skip
            begun, ended = event_start[i], event_start[i + 1]
            events = ended - begun
            pool = events >= POOLED and reach.scale == 0.0
            if pool:
                for j in range(events):
                    far_a[j] = offset[begun + j]
                    far_b[j], weight_b[j] = own - offset[ended - 1 - j], weight[ended - 1 - j]
                pooled(far_a[:events], weight[begun:ended], table_a, reach)
                pooled(far_b[:events], weight_b[:events], table_b, reach)
            for n in range(found):
                node = reached[n]
                for k in range(start[node], start[node + 1]):
                    other = arm[k] >> 1
                    # Each edge once: from its u, or from its v where u is out of reach.
                    if other == edge or (arm[k] & 1 and seen[u[other]] == i):
                        continue
                    low_a = low_b = high_a = high_b = FAR
                    if seen[u[other]] == i:
                        low_a, low_b = from_a[u[other]], from_b[u[other]]
                    if seen[v[other]] == i:
                        high_a, high_b = from_a[v[other]], from_b[v[other]]
                    by_a, by_b = 0, 0
                    if pool:
                        # The first events take a's ways to both ends, the last ones b's.
                        while (
                            by_a < events
                            and _by_a(far_a[by_a], own, low_a, low_b)
                            and _by_a(far_a[by_a], own, high_a, high_b)
                        ):
                            by_a += 1
                        while (
                            by_b < events - by_a
                            and _by_a(far_b[by_b], own, low_b, low_a)
                            and _by_a(far_b[by_b], own, high_b, high_a)
                        ):
                            by_b += 1
                        for end in range(2):
                            some = by_b if end else by_a
                            if some == 0:
                                continue
                            near_low, near_high = (low_b, high_b) if end else (low_a, high_a)
                            way = length[other]
                            meet = min(max((way + near_high - near_low) / 2, 0.0), way)
                            far, table = (far_b, table_b) if end else (far_a, table_a)
                            if near_low < reach.bandwidth_m:
                                run_pooled(
                                    out,
                                    first[other],
                                    count[other],
                                    step[other],
                                    True,
                                    meet,
                                    near_low,
                                    far,
                                    table,
                                    some,
                                    reach,
                                )
                            if near_high < reach.bandwidth_m:
                                run_pooled(
                                    out,
                                    first[other],
                                    count[other],
                                    step[other],
                                    False,
                                    way - meet,
                                    near_high,
                                    far,
                                    table,
                                    some,
                                    reach,
                                )
                    for j in range(begun + by_a, ended - by_b):
                        to_a, to_b = offset[j], own - offset[j]
                        near_low = min(to_a + low_a, to_b + low_b)
                        near_high = min(to_a + high_a, to_b + high_b)
                        if min(near_low, near_high) < reach.bandwidth_m:
                            _tent(out, first[other], count[other], step[other], 0.0,
                                  length[other], near_low, near_high, weight[j],
                                  reach)  # fmt: skip


@compiled
def _by_a(far: float, own: float, here: float, there: float) -> bool:
    """Return whether the way by this end of the events' edge is no longer than by the other."""
    return far + here <= own - far + there


@compiled
def _tent(
    out: Floats, first: int, count: int, step: float, from_m: float, to_m: float,
    low: float, high: float, weight: float, reach: Reach,
) -> None:  # fmt: skip
    """Lay an event's mass on a part of an edge that it reaches from both ends.

    ``low`` and ``high`` are its distances to the ends; each point takes the shorter way, so the
    two pulses stop where they meet.
    """
    span = to_m - from_m
    meet = min(max((span + high - low) / 2, 0.0), span)
    if low < reach.bandwidth_m:
        run(out, first, count, step, from_m, True, meet, low, weight, reach)
    if high < reach.bandwidth_m:
        run(out, first, count, step, to_m, False, span - meet, high, weight, reach)
