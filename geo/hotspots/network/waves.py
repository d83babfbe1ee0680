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

from geo.hotspots.jit import compiled, wider
from geo.hotspots.network.arrays import Floats, Ints, Parts, Reach, Roads, Sources
from geo.hotspots.network.loops import inside, run

_SHORTEST = 1 / 64
"""In steps: a shorter edge delays a pulse by as much, so that no tiny ring holds it for ever."""
_NEGLIGIBLE = 1e-12
CHUNK = 8
"""Steps taken at once: the numbers of one arm for so many steps lie side by side in memory."""


@compiled
def _line(length: float, pace: float, steps: int) -> int:
    """Return how many steps an arm's delay line holds: a multiple of the steps taken at once."""
    longest = min(int(length / pace), steps) + CHUNK + 2
    return (longest + CHUNK - 1) // CHUNK * CHUNK


@compiled
def _grown(pool: Floats, used: int) -> Floats:
    return pool if used <= len(pool) else wider(pool, used + used // 4)


@compiled
def _rim(
    out: Floats, arm: int, t: int, mass: Floats, steps: int, first: int, count: int, width: float,
    moments: Floats, border: Ints, before: Floats, reach: Reach,
) -> float:  # fmt: skip
    """Take in pulses one step after the other where the kernel ends on the arm.

    Pulses that went round roads shorter than the steps taken at once may come late: what they add
    at borders that are done already is put right.  Returns when the next border is due.
    """
    scale = width / reach.bandwidth_m
    for c in range(CHUNK):
        now = (t + c) / steps
        if mass[c] == 0.0:
            continue
        done = border[arm] + 1
        while done <= count and now + done * scale < 1.0:
            missed = mass[c] * (inside((now + done * scale) * reach.bandwidth_m, reach) - 0.5)
            if done < count:
                out[first + (count - 1 - done if arm & 1 else done)] -= missed / width
            if done == border[arm] + 1:
                before[arm] += missed
            else:
                out[first + (count - done if arm & 1 else done - 1)] += missed / width
            done += 1
        _lay(out, arm, now, first, count, width, moments, border, before, reach)
        power = mass[c]
        for p in range(6):
            moments[p] += power
            power *= now
    return float(1.0 - max(border[arm], 0) * scale)


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
    size, nodes = len(arms), len(start) - 1
    pace = reach.bandwidth_m / steps
    begun, line = np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=np.int32)
    pool, used = np.zeros(4096), 0
    lines, open_lines = np.empty(size, dtype=np.int32), 0
    arrived = np.zeros((size, CHUNK))
    moments = np.zeros((size, 6))
    border, before = np.full(size, -1, dtype=np.int32), np.zeros(size)
    due, rim = np.zeros(size), np.full(size, -1, dtype=np.int32)
    laid, laid_arms, laid_count = np.zeros(size, np.bool_), np.empty(size, np.int32), 0
    came = np.empty((np.max(start[1:] - start[:-1]), CHUNK))
    total, mass, powers = np.empty(CHUNK), np.empty(CHUNK), np.empty((6, CHUNK))
    queue, waiting = np.empty(nodes, dtype=np.int32), np.zeros(nodes, dtype=np.bool_)
    everything = 0.0
    for i in range(len(edges)):
        edge = edges[i]
        own = length[edge]
        for j in range(event_start[i], event_start[i + 1]):
            at, one = offset[j], weight[j]
            everything += one
            run(out, first[edge], count[edge], width[edge], at, True, own - at, 0.0, one, reach)
            run(out, first[edge], count[edge], width[edge], at, False, at, 0.0, one, reach)
            for end in range(2):
                way = at if end else own - at
                if way >= reach.bandwidth_m:
                    continue
                arm = 2 * edge + end
                if begun[arm] < 0:
                    begun[arm], line[arm] = used, _line(own, pace, steps)
                    used += line[arm]
                    pool = _grown(pool, used)
                    lines[open_lines] = arm
                    open_lines += 1
                slot = int(way / pace)
                late = way / pace - slot
                pool[begun[arm] + slot] += one * (1.0 - late)
                pool[begun[arm] + (slot + 1) % line[arm]] += one * late
    negligible = everything * _NEGLIGIBLE
    for t in range(0, steps, CHUNK):
        for c in range(CHUNK):
            power = 1.0
            for p in range(6):
                powers[p, c] = power
                power *= (t + c) / steps
        # First all arrivals of these steps are taken from the lines; then they are divided.
        queued = 0
        for n in range(open_lines):
            arm = lines[n]
            cell = begun[arm] + t % line[arm]
            some = False
            for c in range(CHUNK):
                if pool[cell + c] != 0.0:
                    arrived[arm, c] += pool[cell + c]
                    pool[cell + c] = 0.0
                    some = True
            if some:
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
            total[:] = 0.0
            for k in range(degree):
                arm = arms[start[node] + k] ^ 1
                for c in range(CHUNK):
                    came[k, c] = arrived[arm, c]
                    total[c] += came[k, c]
                    arrived[arm, c] = 0.0
            for k in range(degree):
                arm = arms[start[node] + k]
                if continuous:
                    onward, back = 2.0 / degree, -1.0
                elif degree == 1:
                    onward, back = 0.0, 1.0
                else:
                    onward, back = 1.0 / (degree - 1), -1.0 / (degree - 1)
                largest = 0.0
                for c in range(CHUNK):
                    mass[c] = onward * total[c] + back * came[k, c]
                    largest = max(largest, abs(mass[c]))
                if largest <= negligible * _NEGLIGIBLE:
                    continue
                edge = arm >> 1
                way = length[edge]
                if not laid[arm]:
                    laid[arm] = True
                    laid_arms[laid_count] = arm
                    laid_count += 1
                    border[arm] = count[edge]
                    due[arm] = 1.0 - way / reach.bandwidth_m
                if reach.scale > 0.0:
                    for c in range(CHUNK):
                        run(out, first[edge], count[edge], width[edge], way if arm & 1 else 0.0,
                            arm & 1 == 0, way, (t + c) * pace, mass[c], reach)  # fmt: skip
                elif due[arm] * steps > t + CHUNK - 1 and rim[arm] != t:
                    for p in range(6):
                        part = 0.0
                        for c in range(CHUNK):
                            part += mass[c] * powers[p, c]
                        moments[arm, p] += part
                else:
                    rim[arm] = t
                    due[arm] = _rim(out, arm, t, mass, steps, first[edge], count[edge],
                                    width[edge], moments[arm], border, before, reach)  # fmt: skip
                delay = max(way / pace, _SHORTEST)
                lag = int(delay)
                if t + lag >= steps:
                    continue
                late = delay - lag
                if begun[arm] < 0:
                    begun[arm], line[arm] = used, _line(way, pace, steps)
                    used += line[arm]
                    pool = _grown(pool, used)
                    lines[open_lines] = arm
                    open_lines += 1
                cell = (t + lag) % line[arm]
                if lag >= CHUNK and cell + CHUNK < line[arm]:
                    cell += begun[arm]
                    kept = 0.0
                    for c in range(CHUNK):
                        pool[cell + c] += mass[c] - mass[c] * late + kept
                        kept = mass[c] * late
                    pool[cell + CHUNK] += kept
                    continue
                # What arrives within these steps goes on at once, the rest into the line.
                soon = 0.0
                for c in range(CHUNK):
                    then = c + lag
                    rest = mass[c] * late
                    prompt = mass[c] - rest
                    if lag == 0 and abs(prompt) < negligible:
                        prompt, rest = 0.0, mass[c]
                    if then < CHUNK:
                        arrived[arm, then] += prompt
                        soon = max(soon, abs(prompt))
                    else:
                        pool[begun[arm] + (t + then) % line[arm]] += prompt
                    if then + 1 < CHUNK:
                        arrived[arm, then + 1] += rest
                        soon = max(soon, abs(rest))
                    else:
                        pool[begun[arm] + (t + then + 1) % line[arm]] += rest
                other = u[edge] if arm & 1 else v[edge]
                if soon > 0.0 and not waiting[other]:
                    waiting[other] = True
                    slot = taken + queued
                    queue[slot if slot < nodes else slot - nodes] = other
                    queued += 1
    for n in range(laid_count):
        arm = laid_arms[n]
        edge = arm >> 1
        _lay(out, arm, 2.0, first[edge], count[edge], width[edge], moments[arm], border, before,
             reach)  # fmt: skip
