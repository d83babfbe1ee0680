"""Compiled loops of the equal-split methods: density as pulses that divide at junctions."""

# Compiled functions take their arguments by position, and arrays one by one.
# ruff: noqa: PLR0917, FBT003

from __future__ import annotations

import numpy as np

from geo.hotspots.jit import compiled, wider
from geo.hotspots.network.arrays import Floats, Ints, Parts, Reach, Roads, Sources
from geo.hotspots.network.loops import run


@compiled
def _divide(
    came: int, gone: float, mass: float, continuous: bool, u: Ints, v: Ints,
    start: Ints, arm: Ints, stack_arm: Ints, stack_gone: Floats, stack_mass: Floats, size: int,
) -> tuple[Ints, Floats, Floats, int]:  # fmt: skip
    """Put the parts of a pulse that came along an arm on the stack, one per arm that they take."""
    node = u[came >> 1] if came & 1 else v[came >> 1]
    degree = start[node + 1] - start[node]
    if size + degree > len(stack_arm):
        room = 2 * (size + degree)
        stack_arm, stack_gone = wider(stack_arm, room), wider(stack_gone, room)
        stack_mass = wider(stack_mass, room)
    for k in range(start[node], start[node + 1]):
        back = arm[k] == came ^ 1
        if continuous:
            share = 2.0 / degree - (1.0 if back else 0.0)
        elif back:
            share = 1.0 if degree == 1 else 0.0
        else:
            share = 1.0 / (degree - 1)
        if share != 0.0:
            stack_arm[size], stack_gone[size] = arm[k], gone
            stack_mass[size] = mass * share
            size += 1
    return stack_arm, stack_gone, stack_mass, size


@compiled
def spread_walks(
    out: Floats, sources: Sources, roads: Roads, continuous: bool, parts: Parts, reach: Reach,
    most_steps: int,
) -> int:  # fmt: skip
    """Add the density of the events of ``sources`` to ``out``; return the steps that it took.

    All events of an edge share the walks that leave it; a step is an edge of a walk, or a pulse
    laid on it.  Stops after ``most_steps``.
    """
    u, v, length, start, arm, _ = roads
    first, count, step = parts
    edges, event_start, offset, weight = sources
    steps = 0
    stack_arm = np.empty(64, np.int32)
    stack_gone, stack_mass = np.empty(64), np.empty(64)
    for i in range(len(edges)):
        edge = edges[i]
        own = length[edge]
        low, high = event_start[i], event_start[i + 1]
        for j in range(low, high):
            at, mass = offset[j], weight[j]
            run(out, first[edge], count[edge], step[edge], at, True, own - at, 0.0, mass, reach)
            run(out, first[edge], count[edge], step[edge], at, False, at, 0.0, mass, reach)
        for end in range(2):
            # Events stand in the order of their offsets; the nearest to this end goes furthest.
            nearest_event, turn = (low, 1) if end else (high - 1, -1)
            nearest = offset[nearest_event] if end else own - offset[nearest_event]
            if nearest >= reach.bandwidth_m:
                continue
            stack_arm, stack_gone, stack_mass, size = _divide(
                2 * edge + end,
                0.0,
                1.0,
                continuous,
                u,
                v,
                start,
                arm,
                stack_arm,
                stack_gone,
                stack_mass,
                0,
            )
            while size:
                size -= 1
                steps += 1
                if steps > most_steps:
                    return steps
                came, gone, mass = stack_arm[size], stack_gone[size], stack_mass[size]
                on = came >> 1
                way = length[on]
                at = way if came & 1 else 0.0
                for n in range(high - low):
                    j = nearest_event + turn * n
                    before = offset[j] if end else own - offset[j]
                    if before + gone >= reach.bandwidth_m:
                        break
                    steps += 1
                    run(out, first[on], count[on], step[on], at, came & 1 == 0, way, before + gone,
                        mass * weight[j], reach)  # fmt: skip
                gone += way
                if nearest + gone < reach.bandwidth_m:
                    stack_arm, stack_gone, stack_mass, size = _divide(
                        came,
                        gone,
                        mass,
                        continuous,
                        u,
                        v,
                        start,
                        arm,
                        stack_arm,
                        stack_gone,
                        stack_mass,
                        size,
                    )
    return steps
