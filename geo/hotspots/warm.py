"""Compile every loop once, so that nobody waits for it: ``python -m geo.hotspots.warm``.

The compiled loops are kept on disk (`geo.hotspots.jit`).  In a process of its own this costs the
server nothing; afterwards the server only reads what lies there.
"""

from __future__ import annotations

import os

import numpy as np
import pandas as pd

from geo.hotspots import bandwidth, binned, planar
from geo.hotspots.grid import Grid
from geo.hotspots.mass import Mass
from geo.hotspots.network.density import METHODS, density_of_points
from geo.hotspots.network.graph import Graph
from geo.hotspots.network.lixels import Lixels


def warm() -> None:
    """Run every compiled loop on next to nothing; some ten seconds when nothing is compiled yet."""
    lixels = Lixels(Graph.from_arrays([0, 1, 1], [1, 2, 3], [900.0, 800.0, 700.0]), 100.0)
    for method in METHODS:
        density_of_points(lixels, [0, 2], [100.0, 50.0], None, 1_000.0, method=method)
    grid = Grid(0.0, 0.0, 1_000.0, 8, 8)
    few = np.array([3_500.0, 4_200.0])
    for kernel in ("quartic", "uniform", "gaussian"):
        planar.of_points(few, few, grid, 2_000.0, kernel=kernel, engine=planar.EXACT)
    many = np.tile(few, binned.FEW_POINTS // 2 + 1)
    planar.of_points(many, many, grid, 3_000.0, weights=np.ones(many.size), engine=planar.BINNED)
    number = np.arange(2)
    mass = Mass(few, few, np.ones(2), number, number, pd.RangeIndex(2), 0, 0)
    bandwidth.by_likelihood(mass, grid, shortest_m=2_000.0, longest_m=4_000.0)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)
    warm()
