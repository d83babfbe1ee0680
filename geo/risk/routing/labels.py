"""Compiled loop of the search for ways that trade one cost for another.

Exact (``epsilon`` 0) it is BOA* (Hernández Ulloa, Yeoh, Baier, Zhang, Suazo & Koenig 2020, "A
Simple and Fast Bi-Objective Search Algorithm", ICAPS 30, doi 10.1609/icaps.v30i1.6655): labels are
taken in the order of the first cost, so one number per node, the least second cost seen there,
tells whether a label is dominated.

With ``epsilon`` it is A*pex for two costs (Zhang, Salzman, Felner, Kumar, Hernández Ulloa & Koenig
2022, "A*pex: Efficient Approximate Multi-Objective Search on Graphs", ICAPS 32, doi
10.1609/icaps.v32i1.19825): waiting labels of a node are merged into an apex (the better of either
cost) and one way, as long as the way costs at most 1 + epsilon times the apex.  The ways found then
come that close to every way of the exact front.
"""

# Compiled functions take their arguments by position, and arrays one by one.
# ruff: noqa: PLR0917

from __future__ import annotations

import numpy as np

from geo.hotspots.jit import compiled, wider
from geo.hotspots.network.arrays import Floats, Ints
from geo.risk.routing.arrays import Labels

_ROOM = 1 << 14


@compiled
def trade_off(  # noqa: C901, PLR0912, PLR0915 - calls with arrays would cost references
    start: Ints, head: Ints, one: Floats, two: Floats, rest_one: Floats, rest_two: Floats,
    seeds: Ints, seed_one: Floats, seed_two: Floats, goals: Ints, goal_one: Floats,
    goal_two: Floats, most_one: float, most_two: float, epsilon: float, most_labels: int,
) -> Labels:  # fmt: skip
    """Find ways from seeds to a goal that no other way beats in both costs.

    The goal is the node after the last; ``goals`` are the nodes from which it is reached.
    ``rest_one`` and ``rest_two`` are the least costs from every node to the goal.  A way that costs
    more than ``most_one`` or ``most_two`` is not wanted.
    """
    goal = len(start) - 1
    reach = 1.0 + epsilon
    least = np.full(goal + 1, np.inf)
    open_at = np.full(goal + 1, -1, dtype=np.int32)
    room = _ROOM
    # The apex, and behind it the way that stands for all that were merged.
    apex_one, apex_two = np.empty(room), np.empty(room)
    way_one, way_two = np.empty(room), np.empty(room)
    node_of, parent = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
    via, after = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
    waits = np.zeros(room, dtype=np.bool_)
    key_one, key_two = np.empty(room), np.empty(room)
    heap = np.empty(room, dtype=np.int32)
    solution = np.empty(64, dtype=np.int32)
    made, size, found = 0, 0, 0
    best_two, achieved = np.inf, 0.0
    label = -1
    complete = True
    while True:
        # Gather what follows from the label in hand (at first: the seeds), then take the next.
        node = goal if label < 0 else node_of[label]
        first, last = (0, len(seeds)) if label < 0 else (start[node], start[node + 1])
        for step in range(first, last + (0 if label < 0 else len(goals))):
            if label < 0:
                other, came = seeds[step], step
                a_one, a_two = seed_one[step], seed_two[step]
                w_one, w_two = a_one, a_two
            else:
                if step < last:
                    other, came = head[step], step
                    more_one, more_two = one[step], two[step]
                elif goals[step - last] == node:
                    other, came = goal, last - step - 1
                    more_one, more_two = goal_one[step - last], goal_two[step - last]
                else:
                    continue
                a_one, a_two = apex_one[label] + more_one, apex_two[label] + more_two
                w_one, w_two = way_one[label] + more_one, way_two[label] + more_two
            left_one = 0.0 if other == goal else rest_one[other]
            left_two = 0.0 if other == goal else rest_two[other]
            if not (a_one + left_one <= most_one and a_two + left_two <= most_two):
                continue
            if a_two >= least[other]:
                continue
            if reach * (a_two + left_two) >= best_two:
                if best_two > a_two + left_two:
                    achieved = max(achieved, best_two / (a_two + left_two) - 1.0)
                continue
            from_label = label
            if epsilon > 0.0:
                waiting, before = open_at[other], -1
                while waiting >= 0:
                    then = after[waiting]
                    if not waits[waiting]:
                        if before < 0:
                            open_at[other] = then
                        else:
                            after[before] = then
                        waiting = then
                        continue
                    low_one = min(a_one, apex_one[waiting])
                    low_two = min(a_two, apex_two[waiting])
                    room_one = reach * (low_one + left_one)
                    room_two = reach * (low_two + left_two)
                    if w_one + left_one <= room_one and w_two + left_two <= room_two:
                        a_one, a_two = low_one, low_two
                        waits[waiting] = False
                        break
                    if (
                        way_one[waiting] + left_one <= room_one
                        and way_two[waiting] + left_two <= room_two
                    ):
                        a_one, a_two = low_one, low_two
                        w_one, w_two = way_one[waiting], way_two[waiting]
                        from_label, came = parent[waiting], via[waiting]
                        waits[waiting] = False
                        break
                    before, waiting = waiting, then
            if made == room:
                if made >= most_labels:
                    complete = False
                    break
                room *= 2
                apex_one, apex_two = wider(apex_one, room), wider(apex_two, room)
                way_one, way_two = wider(way_one, room), wider(way_two, room)
                node_of, parent = wider(node_of, room), wider(parent, room)
                via, after = wider(via, room), wider(after, room)
                waits = wider(waits, room)
                key_one, key_two = wider(key_one, room), wider(key_two, room)
                heap = wider(heap, room)
            apex_one[made], apex_two[made] = a_one, a_two
            way_one[made], way_two[made] = w_one, w_two
            node_of[made], parent[made], via[made] = other, from_label, came
            waits[made] = True
            after[made] = open_at[other]
            open_at[other] = made
            f_one, f_two = a_one + left_one, a_two + left_two
            hole = size
            size += 1
            while hole:
                up = (hole - 1) >> 1
                if key_one[up] < f_one or (key_one[up] == f_one and key_two[up] <= f_two):
                    break
                key_one[hole], key_two[hole], heap[hole] = key_one[up], key_two[up], heap[up]
                hole = up
            key_one[hole], key_two[hole], heap[hole] = f_one, f_two, made
            made += 1
        label = -1
        while size and label < 0 and complete:
            label = heap[0]
            size -= 1
            f_one, f_two, moved = key_one[size], key_two[size], heap[size]
            hole, child = 0, 1
            while child < size:
                if child + 1 < size and (
                    key_one[child + 1] < key_one[child]
                    or (
                        key_one[child + 1] == key_one[child] and key_two[child + 1] < key_two[child]
                    )
                ):
                    child += 1
                if f_one < key_one[child] or (f_one == key_one[child] and f_two <= key_two[child]):
                    break
                key_one[hole], key_two[hole] = key_one[child], key_two[child]
                heap[hole] = heap[child]
                hole, child = child, 2 * child + 1
            key_one[hole], key_two[hole], heap[hole] = f_one, f_two, moved
            if not waits[label]:
                label = -1
                continue
            waits[label] = False
            node = node_of[label]
            rest = 0.0 if node == goal else rest_two[node]
            if apex_two[label] >= least[node]:
                label = -1
            elif reach * (apex_two[label] + rest) >= best_two:
                if best_two > apex_two[label] + rest:
                    achieved = max(achieved, best_two / (apex_two[label] + rest) - 1.0)
                label = -1
            else:
                least[node] = apex_two[label]
                if node == goal:
                    if found == len(solution):
                        solution = wider(solution, 2 * found)
                    solution[found] = label
                    found += 1
                    best_two = min(best_two, way_two[label])
                    for way, apex in (
                        (way_one[label], apex_one[label]), (way_two[label], apex_two[label]),
                    ):  # fmt: skip
                        if way > apex:
                            achieved = max(achieved, way / apex - 1.0)
                    label = -1
        if label < 0:
            return Labels(
                solution[:found].copy(), parent[:made].copy(), via[:made].copy(), achieved, complete
            )
