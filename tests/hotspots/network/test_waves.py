"""Densities by waves against densities by walks, which are exact."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.hotspots.network import engines
from geo.hotspots.network.density import Method, density_of_points, road_density
from geo.hotspots.network.events import RoadMass
from geo.hotspots.network.graph import Graph
from geo.hotspots.network.lixels import Lixels
from tests.examples import examples
from tests.hotspots.network.scenes import Floats, scenes


def streets(side: int, metres: float) -> Graph:
    across = np.arange(side)
    east = [(int(side * y + x), int(side * y + x + 1)) for y in across for x in across[:-1]]
    north = [(int(side * y + x), int(side * (y + 1) + x)) for y in across[:-1] for x in across]
    u, v = zip(*east, *north, strict=True)
    return Graph.from_arrays(u, v, np.full(len(u), metres))


def by_waves(scene: tuple, method: Method, kernel: str, steps: int) -> Floats:
    """Ask the engine for too many walks, whatever their number."""
    graph, edge, offset_m, weight, bandwidth_m = scene
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "MOST_STEPS", -1)
        patch.setattr(engines, "WAVE_STEPS", steps)
        return density_of_points(
            Lixels(graph, 700), edge, offset_m, weight, bandwidth_m, method=method, kernel=kernel
        )


@settings(max_examples=examples(40), deadline=None)
@given(
    scene=scenes(),
    method=st.sampled_from(["esd", "esc"]),
    kernel=st.sampled_from(["quartic", "epanechnikov", "gaussian"]),
)
def test_waves_against_walks(scene: tuple, method: Method, kernel: str) -> None:
    graph, edge, offset_m, weight, bandwidth_m = scene
    scene = graph, edge, offset_m, weight, min(bandwidth_m, 4_000.0)
    exact = density_of_points(
        Lixels(graph, 700), edge, offset_m, weight, scene[4], method=method, kernel=kernel
    )
    peak = weight.sum() / scene[4] * 1_000
    bound = {"quartic": 2e-4, "epanechnikov": 1e-3, "gaussian": 3e-3}[kernel]
    found = by_waves(scene, method, kernel, 256)
    assert found == pytest.approx(exact, abs=bound * peak)
    assert found @ Lixels(graph, 700).length_m / 1_000 == pytest.approx(weight.sum(), rel=1e-12)


def test_waves_come_nearer_by_the_square_of_their_steps() -> None:
    rng = np.random.default_rng(2)
    graph = streets(5, 1_000)
    graph = Graph(graph.node_count, graph.u, graph.v, rng.uniform(300, 1_700, graph.edge_count))
    edge = rng.integers(0, graph.edge_count, 30)
    scene = graph, edge, rng.random(30) * graph.length_m[edge], np.ones(30), 4_000.0
    for method in ("esd", "esc"):
        exact = density_of_points(Lixels(graph, 700), *scene[1:], method=method)
        error = [
            np.abs(by_waves(scene, method, "quartic", steps) - exact).max() / exact.max()
            for steps in (64, 256)
        ]
        assert error[1] < error[0] / 8 < 2e-4


def test_waves_with_edges_much_shorter_than_a_step() -> None:
    # A roundabout of three roads of 4 m and a stub of 1 m, steps of 4,000 m / 64 = 62.5 m.
    graph = Graph.from_arrays(
        [0, 1, 2, 0, 1, 2, 2], [1, 2, 0, 3, 4, 5, 6], [4, 4, 4, 6_000.0, 6_000, 6_000, 1]
    )
    scene = graph, np.array([3, 0]), np.array([2_000.0, 1.0]), np.ones(2), 4_000.0
    exact = finer(scene)
    found = by_waves(scene, "esd", "quartic", 64)
    assert found == pytest.approx(exact, abs=2e-3 * exact.max())


def finer(scene: tuple) -> Floats:
    """Return it in steps of half a metre and less, which the tiny roads are longer than."""
    found = [by_waves(scene, "esd", "quartic", steps) for steps in (8_192, 16_384)]
    assert found[0] == pytest.approx(found[1], abs=1e-5)
    return found[1]


def test_too_many_walks_become_waves() -> None:
    graph = streets(40, 100.0)
    count = graph.edge_count
    mass = RoadMass(
        np.arange(count, dtype=np.int32), np.full(count, 50.0), np.ones(count),
        np.arange(count + 1), np.arange(count), pd.RangeIndex(count),
    )  # fmt: skip
    surface = road_density(mass, Lixels(graph), 2_000, method="esc")
    assert not surface.exact
    assert surface.mass_on_roads == pytest.approx(count)
    # Events everywhere alike, and nothing is lost at the ends: the same density everywhere.
    assert surface.per_km == pytest.approx(np.full(count, 10.0), rel=2e-3)
    assert road_density(mass, Lixels(graph), 100, method="esc").exact
    assert road_density(mass, Lixels(graph), 2_000, method="simple").exact
