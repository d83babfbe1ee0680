"""The compiled loop over pairs of points of which one is left out; for bandwidths."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geo.hotspots.jit import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: Easting, northing, share, events, events when one is left out, support (see `left_out`).
LooPoints = tuple[Floats, Floats, Floats, Floats, Floats, Ints]


@compiled
def left_out(
    points: LooPoints, begin: Ints, strip: Ints, mine: Ints, how: tuple[Floats, float, int]
) -> Floats:
    """Sum, for some points, the kernels of all other events, relative to the peak.

    Each of ``mine`` is weighted by its share of its support; of its own support only what remains
    counts.  Points lie in strips of the reach's width, ordered by northing within each.

    Returns
    -------
    numpy.ndarray
        Shape (mine, candidate bandwidths).
    """
    x_m, y_m, share, events, without, support = points
    per_h2, reach_m, power = how
    found = np.zeros((mine.size, per_h2.size))
    for row in range(mine.size):
        i = mine[row]
        for s in range(max(strip[i] - 1, 0), min(strip[i] + 2, begin.size - 1)):
            first = begin[s] + np.searchsorted(y_m[begin[s] : begin[s + 1]], y_m[i] - reach_m)
            for j in range(first, begin[s + 1]):
                dy = y_m[j] - y_m[i]
                if dy > reach_m:
                    break
                d2 = dy * dy + (x_m[j] - x_m[i]) * (x_m[j] - x_m[i])
                w = share[j] * (without[j] if support[j] == support[i] else events[j])
                if w == 0.0:
                    continue
                for b in range(per_h2.size):
                    if power < 0:
                        found[row, b] += w * np.exp(-0.5 * d2 * per_h2[b])
                    else:
                        t = max(1.0 - d2 * per_h2[b], 0.0)
                        inside = 1.0 if d2 * per_h2[b] <= 1.0 else 0.0
                        found[row, b] += w * (inside if power == 0 else t if power == 1 else t * t)
        for b in range(per_h2.size):
            found[row, b] *= share[i]
    return found
