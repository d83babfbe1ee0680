"""Compiled loops of the searches: contraction of chains, shortest distances.

Distances are found with a queue of buckets (Denardo & Fox 1979, "Shortest-route methods: 1.
Reaching, pruning, and buckets", *Operations Research* 27): a node waits in the bucket of its
distance and is taken again should its distance fall meanwhile.  On roads this is about twice as
fast as a heap; where costs differ too wildly for it (many nodes taken over and over) the loop gives
up and a heap does the work, so that no network takes for ever.
"""

# Compiled functions take their arguments by position, and arrays one by one.
# ruff: noqa: PLR0917

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geo.hotspots.jit import compiled
from geo.hotspots.network.arrays import Floats, Ints

Longs = NDArray[np.int64]

_MOST_BUCKETS = 1 << 20
_PER_MEAN = 4
"""Buckets per mean cost."""
_AGAIN = 8
"""Nodes may be taken this many times on average before the heap takes over."""
_CHILDREN = 4


@compiled
def chains_of(
    u: Ints, v: Ints, start: Ints, arm: Ints, head: Ints
) -> tuple[Ints, Longs, Ints, Ints]:
    """Cut a graph into chains whose inner nodes have degree 2.

    Returns
    -------
    tuple of numpy.ndarray
        Arms of all chains one after the other; where each begins (chains + 1); by node the chain
        that it is inside of (−1), and how many arms of it come before (−1 for kept nodes).
    """
    nodes, edges = len(start) - 1, len(u)
    out, begin = np.empty(edges, dtype=np.int32), np.empty(edges + 1, dtype=np.int64)
    chain, place = np.full(nodes, -1, dtype=np.int32), np.full(nodes, -1, dtype=np.int32)
    done = np.zeros(edges, dtype=np.bool_)
    size, count = 0, 0
    begin[0] = 0
    # First from the nodes where roads meet or end, then around rings that have none.
    for rings in range(2):
        for node in range(nodes):
            degree = start[node + 1] - start[node]
            if rings == 0 and degree == 2 and head[start[node]] != node:  # noqa: PLR2004
                continue
            for k in range(start[node], start[node + 1]):
                if done[arm[k] >> 1]:
                    continue
                first, one, at = size, arm[k], node
                while True:
                    done[one >> 1] = True
                    out[size] = one
                    size += 1
                    at = u[one >> 1] if one & 1 else v[one >> 1]
                    if at == node or start[at + 1] - start[at] != 2:  # noqa: PLR2004
                        break
                    chain[at], place[at] = count, size - first
                    other = arm[start[at]]
                    one = arm[start[at] + 1] if other == one ^ 1 else other
                count += 1
                begin[count] = size
    return out, begin[: count + 1].copy(), chain, place


@compiled
def settle_buckets(  # noqa: C901, PLR0912, PLR0915 - calls with arrays would cost references
    start: Ints, head: Ints, cost: Floats, seeds: Ints, seed_far: Floats, limit: float, until: Ints,
    far: Floats, came: Ints,
) -> bool:  # fmt: skip
    """Find distances from seeds; tell whether the work was done.

    Writes to ``far`` (infinite beyond ``limit``) and ``came`` (the place in ``head`` of the last
    step; −1 − s where seed s is the best).  Stops when the distances of all nodes of ``until`` are
    sure; distances beyond them are then not the least.
    """
    nodes = len(start) - 1
    total, most, finite = 0.0, 0.0, 0
    for k in range(len(cost)):
        if cost[k] < np.inf:
            total += cost[k]
            finite += 1
            most = max(most, cost[k])
    width = total / max(finite, 1) / _PER_MEAN
    for s in range(len(seeds)):
        most = max(most, seed_far[s])
    if width <= 0.0 or most / width + 2.0 >= _MOST_BUCKETS:
        return False
    buckets = 2
    while buckets < most / width + 2.0:
        buckets *= 2
    far[:] = np.inf
    came[:] = -1
    first = np.full(buckets, -1, dtype=np.int32)
    room = len(head) + len(seeds) + 1
    entry, key = np.empty(room, dtype=np.int32), np.empty(room)
    after = np.empty(room, dtype=np.int32)
    free, used, left, now = -1, 0, 0, 0
    inverse = 1.0 / width
    taken, enough = 0, _AGAIN * nodes + 1000
    for s in range(len(seeds)):
        if seed_far[s] <= limit and seed_far[s] < far[seeds[s]]:
            far[seeds[s]], came[seeds[s]] = seed_far[s], -1 - s
            slot = int(seed_far[s] * inverse) & (buckets - 1)
            entry[used], key[used], after[used] = seeds[s], seed_far[s], first[slot]
            first[slot] = used
            used += 1
            left += 1
    while left:
        slot = now & (buckets - 1)
        i = first[slot]
        if i < 0:
            now += 1
            sure = len(until) > 0
            for node in until:
                sure = sure and far[node] < now * width
            if sure:
                break
            continue
        first[slot] = after[i]
        node, gone = entry[i], key[i]
        after[i] = free
        free = i
        left -= 1
        if gone > far[node]:
            continue
        taken += 1
        if taken > enough:
            return False
        for k in range(start[node], start[node + 1]):
            other = head[k]
            reached = gone + cost[k]
            if reached < far[other] and reached <= limit:
                far[other], came[other] = reached, k
                slot = int(reached * inverse) & (buckets - 1)
                if free >= 0:
                    i = free
                    free = after[i]
                else:
                    if used == room:
                        return False
                    i = used
                    used += 1
                entry[i], key[i], after[i] = other, reached, first[slot]
                first[slot] = i
                left += 1
    return True


@compiled
def settle_heap(  # noqa: C901, PLR0912 - calls with arrays would cost references
    start: Ints, head: Ints, cost: Floats, seeds: Ints, seed_far: Floats, limit: float, until: Ints,
    far: Floats, came: Ints,
) -> None:  # fmt: skip
    """Do what `settle_buckets` does with a heap (Dijkstra 1959), whatever the costs."""
    far[:] = np.inf
    came[:] = -1
    key = np.empty(len(head) + len(seeds) + 1)
    entry = np.empty(len(key), dtype=np.int32)
    size = 0
    for s in range(len(seeds)):
        if seed_far[s] <= limit and seed_far[s] < far[seeds[s]]:
            far[seeds[s]], came[seeds[s]] = seed_far[s], -1 - s
            size = _push(key, entry, size, seed_far[s], seeds[s])
    while size:
        gone, node = key[0], entry[0]
        size -= 1
        moved, moved_entry = key[size], entry[size]
        hole = 0
        while True:
            child = _CHILDREN * hole + 1
            if child >= size:
                break
            best = child
            for other in range(child + 1, min(child + _CHILDREN, size)):
                if key[other] < key[best]:
                    best = other
            if key[best] >= moved:
                break
            key[hole], entry[hole] = key[best], entry[best]
            hole = best
        key[hole], entry[hole] = moved, moved_entry
        if gone > far[node]:
            continue
        sure = len(until) > 0
        for other in until:
            sure = sure and far[other] <= gone
        if sure:
            break
        for k in range(start[node], start[node + 1]):
            other = head[k]
            reached = gone + cost[k]
            if reached < far[other] and reached <= limit:
                far[other], came[other] = reached, k
                size = _push(key, entry, size, reached, other)


@compiled
def fill_chains(
    begin: Longs, tail: Ints, head: Ints, forth: Floats, back: Floats, far: Floats, inside: Floats
) -> None:
    """Lower the distances inside chains to what their ends and neighbours allow.

    ``inside[i]`` is the distance after the arm at place ``i`` of its chain; that of a source inside
    a chain is there already.  O(edges).
    """
    for c in range(len(tail)):
        low, high = begin[c], begin[c + 1] - 1
        at = far[tail[c]]
        for i in range(low, high):
            at = min(at + forth[i], inside[i])
            inside[i] = at
        at = far[head[c]]
        for i in range(high - 1, low - 1, -1):
            at = min(at + back[i + 1], inside[i])
            inside[i] = at


@compiled
def _push(key: Floats, entry: Ints, size: int, value: float, node: int) -> int:
    hole = size
    while hole:
        parent = (hole - 1) // _CHILDREN
        if key[parent] <= value:
            break
        key[hole], entry[hole] = key[parent], entry[parent]
        hole = parent
    key[hole], entry[hole] = value, node
    return size + 1
