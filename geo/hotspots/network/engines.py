"""How the densities are computed: the compiled loops, cut into stripes, chosen by their cost."""

from __future__ import annotations

import numpy as np

from geo.hotspots.memory import refuse_if_too_large
from geo.hotspots.network.arrays import Floats, Reach, Sources
from geo.hotspots.network.grouping import nearest_event_m
from geo.hotspots.network.lixels import Lixels
from geo.hotspots.network.stripes import stripes, summed
from geo.hotspots.threads import WORKERS
from geo.i18n import message

MOST_STEPS = 150_000_000
"""Steps of walks in one request: one or two seconds of one core."""
WAVE_STEPS = 256
WAVE_STRIPES = 8
"""Each stripe runs over all that its events reach, so not many; memory grows with those at work."""
_SAMPLED = 48


def simple(lixels: Lixels, sources: Sources, reach: Reach) -> Floats:
    """Return the mean density of each lixel by the simple method, per metre."""
    # Late: compiling needs numba, which the rest of the core does not.
    from geo.hotspots.network.shortest import spread_shortest  # noqa: PLC0415

    roads, _, _ = lixels.graph.near
    radius = reach.bandwidth_m - nearest_event_m(roads, sources)

    def part(low: int, high: int) -> Floats:
        out = np.zeros(len(lixels))
        spread_shortest(out, sources.between(low, high), roads, radius, lixels.near, reach)
        return out

    return summed(part, len(sources.edge), len(lixels))


def equal_split(
    lixels: Lixels, sources: Sources, reach: Reach, continuous: bool
) -> tuple[Floats, bool]:
    """Return the mean density of each lixel, per metre, and whether it is exact.

    Follows every walk where these are few enough, otherwise all pulses together in steps.
    """
    few = _walks_are_few(lixels, sources, reach, continuous)
    found = _walks(lixels, sources, reach, continuous) if few else None
    if found is not None:
        return found, True
    return _waves(lixels, sources, reach, continuous), False


def _walks_are_few(lixels: Lixels, sources: Sources, reach: Reach, continuous: bool) -> bool:
    from geo.hotspots.network.walks import spread_walks  # noqa: PLC0415

    roads, _, _ = lixels.graph.near
    tried = np.unique(np.linspace(0, len(sources.edge) - 1, _SAMPLED).astype(int)).tolist()
    left = MOST_STEPS * len(tried) // max(len(sources.edge), len(tried))
    spare = np.zeros(len(lixels))
    for i in tried:
        one = sources.between(i, i + 1)
        left -= spread_walks(spare, one, roads, continuous, lixels.near, reach, left)
        if left < 0:
            return False
    return True


def _walks(lixels: Lixels, sources: Sources, reach: Reach, continuous: bool) -> Floats | None:
    """Return the exact density; None when there are more walks than ``MOST_STEPS``."""
    from geo.hotspots.network.walks import spread_walks  # noqa: PLC0415

    roads, _, _ = lixels.graph.near
    work = len(sources.edge)
    # Each stripe has its share of the walks, so that which one gives up does not depend on haste.
    most = MOST_STEPS // len(stripes(work, len(lixels)))

    def part(low: int, high: int) -> Floats:
        out = np.zeros(len(lixels))
        some = sources.between(low, high)
        if spread_walks(out, some, roads, continuous, lixels.near, reach, most) > most:
            out[0] = np.nan
        return out

    found = summed(part, work, len(lixels))
    return None if np.isnan(found[0]) else found


def _waves(lixels: Lixels, sources: Sources, reach: Reach, continuous: bool) -> Floats:
    from geo.hotspots.network.waves import spread_waves  # noqa: PLC0415

    graph = lixels.graph
    roads, _, _ = graph.near
    cells = 2 * (graph.total_m / reach.bandwidth_m * WAVE_STEPS + 30 * graph.edge_count)
    refuse_if_too_large(
        8 * min(WAVE_STRIPES, WORKERS) * (cells + len(lixels)),
        message("An equal-split density on {km} km of road", km=round(graph.total_m / 1_000)),
    )

    def part(low: int, high: int) -> Floats:
        out = np.zeros(len(lixels))
        some = sources.between(low, high)
        spread_waves(out, some, roads, continuous, lixels.near, reach, WAVE_STEPS)
        # Sharing lengths between steps loses or makes about 1e-5 of the mass.
        whole = float(some.weight[some.start[0] : some.start[-1]].sum())
        return out * (whole / float(out @ lixels.length_m))

    return summed(part, len(sources.edge), len(lixels), WAVE_STRIPES)
