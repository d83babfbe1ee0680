"""Compiled loop of the equal-split methods where walks are too many to follow one by one.

Walks multiply at junctions, but pulses that enter one arm at one travelled distance need not be
told apart.  The travelled distance is cut into steps, and all events' pulses run together, step by
step: what arrives at a node is divided among its arms, and each arm is a delay line to its other
end.  A length between two steps is shared between both in proportion, which keeps all mass and
every mean distance; it blurs distances a little (half a step per edge at most), so a density is off
by about 0.3 · (edges on the way) / steps² of its peak with a smooth kernel.  The cost is
O(steps · arms in reach), for any number of events.
"""

# Compiled functions take their arguments by position, and arrays one by one.
# ruff: noqa: PLR0917, FBT003

from __future__ import annotations

import numpy as np

from geo.hotspots.jit import compiled
from geo.hotspots.network.arrays import Floats, Ints, Parts, Reach, Roads, Sources
from geo.hotspots.network.loops import run

_SHORTEST = 1 / 64
"""In steps: a shorter edge delays a pulse by as much, so that no tiny ring holds it for ever."""
_NEGLIGIBLE = 1e-12


@compiled
def _lay(
    out: Floats, arm: int, now: float, first: int, count: int, step: float, moments: Floats,
    border: Ints, before: Floats, reach: Reach,
) -> None:  # fmt: skip
    """Lay the mass of the pulses that entered an arm on the lixels that later ones cannot reach.

    ``moments[p]`` is the sum of mass · distance^p (in bandwidths) of the pulses so far; the next
    pulse enters at ``now``.  Borders of lixels are done from the far end inwards; ``border`` is
    the next one and ``before`` what was found at the last.
    """
    m = moments
    scale = step / reach.bandwidth_m
    while border[arm] >= 0 and now + border[arm] * scale >= 1.0:
        c = border[arm] * scale
        c2 = c * c
        one = m[1] + c * m[0]
        three = m[3] + c * (3.0 * m[2] + c * (3.0 * m[1] + c * m[0]))
        five = m[5] + c * (
            5.0 * m[4] + c * (10.0 * m[3] + c * (10.0 * m[2] + c * (5.0 * m[1] + c * m[0])))
        )
        if c2 >= 1.0:
            found = 0.0
        else:
            found = reach.first * one + reach.third * three + reach.fifth * five - 0.5 * m[0]
        if border[arm] < count:
            lixel = count - 1 - border[arm] if arm & 1 else border[arm]
            out[first + lixel] += (before[arm] - found) / step
        before[arm] = found
        border[arm] -= 1


@compiled
def spread_waves(  # noqa: C901, PLR0912, PLR0915 - calls with arrays would cost references
    out: Floats, sources: Sources, roads: Roads, continuous: bool, parts: Parts, reach: Reach,
    steps: int,
) -> None:  # fmt: skip
    """Add the density of the events of ``sources`` to ``out``."""
    u, v, length, start, arms, _ = roads
    first, count, width = parts
    edges, event_start, offset, weight = sources
    size = len(arms)
    pace = reach.bandwidth_m / steps
    base = np.full(size, -1, dtype=np.int64)
    ring, cursor = np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int32)
    pool = np.zeros(1024)
    used = 0
    lines, open_lines = np.empty(size, dtype=np.int32), 0
    arrived = np.zeros(size)
    moments = np.zeros((size, 6))
    border, before = np.full(size, -1, dtype=np.int32), np.zeros(size)
    laid, laid_arms = np.zeros(size, dtype=np.bool_), np.empty(size, dtype=np.int32)
    laid_count = 0
    nodes = len(start) - 1
    came = np.empty(np.max(start[1:] - start[:-1]))
    queue, waiting = np.empty(nodes, dtype=np.int32), np.zeros(nodes, dtype=np.bool_)
    negligible = 0.0
    for i in range(len(edges)):
        edge = edges[i]
        own = length[edge]
        for j in range(event_start[i], event_start[i + 1]):
            at, mass = offset[j], weight[j]
            negligible += mass * _NEGLIGIBLE
            run(out, first[edge], count[edge], width[edge], at, True, own - at, 0.0, mass, reach)
            run(out, first[edge], count[edge], width[edge], at, False, at, 0.0, mass, reach)
            for end in range(2):
                way = at if end else own - at
                if way >= reach.bandwidth_m:
                    continue
                arm = 2 * edge + end
                if base[arm] < 0:
                    base[arm], ring[arm] = used, int(own / pace) + 2
                    used += ring[arm]
                    lines[open_lines] = arm
                    open_lines += 1
                    if used > len(pool):
                        wider = np.zeros(2 * used)
                        wider[: len(pool)] = pool
                        pool = wider
                slot = int(way / pace)
                late = way / pace - slot
                pool[base[arm] + slot] += mass * (1.0 - late)
                pool[base[arm] + slot + 1] += mass * late
    for t in range(steps):
        now = t / steps
        # First all arrivals of this step are taken from the lines; then they are divided.
        queued = 0
        for n in range(open_lines):
            arm = lines[n]
            cell = base[arm] + cursor[arm]
            mass = pool[cell]
            cursor[arm] += 1
            if cursor[arm] == ring[arm]:
                cursor[arm] = 0
            if mass != 0.0:
                pool[cell] = 0.0
                arrived[arm] += mass
                node = u[arm >> 1] if arm & 1 else v[arm >> 1]
                if not waiting[node]:
                    waiting[node] = True
                    queue[queued] = node
                    queued += 1
        taken = 0
        while queued:
            node = queue[taken]
            taken = taken + 1 if taken + 1 < nodes else 0
            queued -= 1
            waiting[node] = False
            degree = start[node + 1] - start[node]
            total = 0.0
            for k in range(degree):
                arm = arms[start[node] + k] ^ 1
                came[k] = arrived[arm]
                total += came[k]
                arrived[arm] = 0.0
            for k in range(degree):
                arm = arms[start[node] + k]
                back = came[k]
                if continuous:
                    mass = 2.0 / degree * total - back
                elif degree == 1:
                    mass = back
                else:
                    mass = (total - back) / (degree - 1)
                if abs(mass) < negligible * _NEGLIGIBLE:
                    continue
                edge = arm >> 1
                if not laid[arm]:
                    laid[arm] = True
                    laid_arms[laid_count] = arm
                    laid_count += 1
                    border[arm] = count[edge]
                if reach.scale > 0.0:
                    way = length[edge]
                    run(out, first[edge], count[edge], width[edge], way if arm & 1 else 0.0,
                        arm & 1 == 0, way, now * reach.bandwidth_m, mass, reach)  # fmt: skip
                else:
                    m = moments[arm]
                    _lay(out, arm, now, first[edge], count[edge], width[edge], m, border, before,
                         reach)  # fmt: skip
                    power = mass
                    for p in range(6):
                        m[p] += power
                        power *= now
                delay = max(length[edge] / pace, _SHORTEST)
                lag = int(delay)
                if t + lag >= steps:
                    continue
                late = mass * (delay - lag)
                prompt = mass - late
                if base[arm] < 0:
                    base[arm], ring[arm] = used, lag + 2
                    used += ring[arm]
                    lines[open_lines] = arm
                    open_lines += 1
                    if used > len(pool):
                        wider = np.zeros(2 * used)
                        wider[: len(pool)] = pool
                        pool = wider
                if lag == 0 and abs(prompt) < negligible:
                    late += prompt
                    prompt = 0.0
                # The cursor stands at the next step already.
                slot = cursor[arm] + lag
                if slot >= ring[arm]:
                    slot -= ring[arm]
                pool[base[arm] + slot] += late
                if lag:
                    pool[base[arm] + (slot - 1 if slot else ring[arm] - 1)] += prompt
                elif prompt != 0.0:
                    # Shorter than a step: it arrives within this one.
                    arrived[arm] += prompt
                    other = u[edge] if arm & 1 else v[edge]
                    if not waiting[other]:
                        waiting[other] = True
                        slot = taken + queued
                        queue[slot if slot < nodes else slot - nodes] = other
                        queued += 1
    for n in range(laid_count):
        arm = laid_arms[n]
        edge = arm >> 1
        _lay(out, arm, 2.0, first[edge], count[edge], width[edge], moments[arm], border, before,
             reach)  # fmt: skip
