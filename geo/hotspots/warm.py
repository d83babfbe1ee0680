"""Compile every loop once, so that nobody waits for it: ``python -m geo.hotspots.warm``.

The compiled loops are kept on disk (`geo.hotspots.jit`).  In a process of its own this costs the
server nothing; afterwards the server only reads what lies there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import pandas as pd

from geo.hotspots import bandwidth, binned, planar
from geo.hotspots.grid import Grid
from geo.hotspots.mass import Mass
from geo.hotspots.network.density import Method, density_of_points
from geo.hotspots.network.graph import Graph
from geo.hotspots.network.kfunction import network_k
from geo.hotspots.network.lixels import Lixels
from geo.hotspots.ready import set_ready


def _roads(method: Method) -> None:
    lixels = Lixels(Graph.from_arrays([0, 1, 1], [1, 2, 3], [900.0, 800.0, 700.0]), 100.0)
    density_of_points(lixels, [0, 2], [100.0, 50.0], None, 1_000.0, method=method)


def _plane() -> None:
    grid = Grid(0.0, 0.0, 1_000.0, 8, 8)
    few = np.array([3_500.0, 4_200.0])
    for kernel in ("quartic", "uniform", "gaussian"):
        planar.of_points(few, few, grid, 2_000.0, kernel=kernel, engine=planar.EXACT)
    many = np.tile(few, binned.FEW_POINTS // 2 + 1)
    planar.of_points(many, many, grid, 3_000.0, weights=np.ones(many.size), engine=planar.BINNED)
    number = np.arange(2)
    mass = Mass(few, few, np.ones(2), number, number, pd.RangeIndex(2), 0, 0)
    bandwidth.by_likelihood(mass, grid, shortest_m=2_000.0, longest_m=4_000.0)


def _pairs() -> None:
    graph = Graph.from_arrays([0, 1], [1, 2], [900.0, 800.0])
    at = [0, 1], [100.0, 50.0]
    network_k(graph, *at, [500.0], simulations=1)
    network_k(graph, *at, [500.0], about=at, simulations=1)


def _routes() -> None:
    # Late: only a process that looks for routes needs them.
    from geo.risk.routing.contraction import Contracted  # noqa: PLC0415
    from geo.risk.routing.front import pareto_front  # noqa: PLC0415

    # Two ways with a chain in each, so that there is a front to search.
    roads = Contracted.of([0, 1, 2, 0, 4, 3], [1, 2, 3, 4, 3, 5], 6)
    one, two = np.array([1.0, 1, 1, 2, 2, 1]), np.array([3.0, 3, 3, 1, 1, 1])
    pareto_front(roads, one, two, 0, 5)
    pareto_front(roads, one, two, 0, 5, epsilon=0.05)


#: What can be compiled apart, in the order in which a reader is likely to need it.
PARTS: Final[Mapping[str, Callable[[], None]]] = {
    "walks": lambda: _roads("esd"),
    "shortest": lambda: _roads("simple"),
    "plane": _plane,
    "pairs": _pairs,
    "routes": _routes,
}


def warm(part: str) -> None:
    """Run the compiled loops of a part on next to nothing; about five seconds the first time."""
    PARTS[part]()


if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        warm(name)
        set_ready(name)
