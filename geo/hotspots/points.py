"""Weighted points on the plane, as the engines take them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.hotspots.grid import Grid

Floats = NDArray[np.float64]
Where = tuple[float, float, float, int, int]


class Points(NamedTuple):
    """Points on the equal-area plane.

    Parameters
    ----------
    x_m, y_m
        Shape (points,), contiguous.
    weight
        Mass of each, or one value for all of them.
    """

    x_m: Floats
    y_m: Floats
    weight: Floats

    def part(self, first: int, last: int) -> Points:
        """Return the points from ``first`` to before ``last``; nothing is copied."""
        weight = self.weight if self.weight.size == 1 else self.weight[first:last]
        return Points(self.x_m[first:last], self.y_m[first:last], weight)


def where(grid: Grid) -> Where:
    """Return a grid as the compiled loops take it; always of one type, or they compile anew."""
    return float(grid.x0_m), float(grid.y0_m), float(grid.cell_m), int(grid.nx), int(grid.ny)
