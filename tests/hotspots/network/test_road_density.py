"""Network density against hand-worked values, brute force and what must not change it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from math import erf, exp, pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from geo.hotspots.network import stripes
from geo.hotspots.network.density import METHODS, Method, density_of_points
from geo.hotspots.network.graph import Graph
from geo.hotspots.network.kernels import KERNELS
from geo.hotspots.network.lixels import Lixels
from tests.examples import examples
from tests.hotspots.network.references import SHAPES, brute_simple, brute_walks, height
from tests.hotspots.network.scenes import Floats, scenes

CROSS = Graph.from_arrays([0, 0, 0, 0], [1, 2, 3, 4], [10_000.0] * 4)


def at(graph: Graph, densities: Floats, lixel_m: float, edge: int, offset_m: float) -> float:
    lixels = Lixels(graph, lixel_m)
    return float(densities[lixels.at(np.array([edge]), np.array([offset_m]))[0]])


@pytest.mark.parametrize("kernel", KERNELS)
def test_the_kernels_are_what_their_table_says(kernel: str) -> None:
    distance = np.linspace(0, 1, 20_001)
    values = SHAPES[kernel](distance)
    step = distance[1]
    integral = np.concatenate([[0], np.cumsum((values[1:] + values[:-1]) / 2 * step)])
    assert KERNELS[kernel].inside(distance, 1) == pytest.approx(integral, abs=1e-8)
    assert KERNELS[kernel].inside(9, 1) == pytest.approx(0.5)
    squared = 2 * np.sum((values[1:] ** 2 + values[:-1] ** 2) / 2 * step)
    assert KERNELS[kernel].roughness == pytest.approx(squared, abs=1e-6)


# A cross of four roads of 10 km; one event 2 km from the crossing on the first; bandwidth 5 km.
# Quartic at distance d: k = 15/16 (1 − (d/5)²)² / 5 per km, so k(0) = 0.1875, k(1) = 0.1728,
# k(3) = 0.0768 and k(4) = 0.0243.
@pytest.mark.parametrize(
    ("method", "beyond", "before", "here"),
    [
        # 1 km behind the crossing, 3 km from the event; 1 km before it, 1 km from the event.
        ("simple", 0.0768, 0.1728, 0.1875),
        ("esd", 0.0768 / 3, 0.1728, 0.1875),
        # 2/4 goes on; 2/4 − 1 of what passed the crossing comes back: k(1) − k(3)/2.
        ("esc", 0.0768 / 2, 0.1728 - 0.0768 / 2, 0.1875 - 0.0243 / 2),
    ],
)
def test_one_event_on_a_cross_by_hand(
    method: Method, beyond: float, before: float, here: float
) -> None:
    density = density_of_points(Lixels(CROSS, 1), [0], [2_000], None, 5_000, method=method)
    assert at(CROSS, density, 1, 0, 2_000.5) == pytest.approx(here, rel=1e-3)
    assert at(CROSS, density, 1, 0, 6_000.5) == pytest.approx(15 / 80 * 0.36**2, rel=2e-3)
    assert at(CROSS, density, 1, 0, 1_000.5) == pytest.approx(before, rel=1e-3)
    for arm in (1, 2, 3):
        assert at(CROSS, density, 1, arm, 1_000.5) == pytest.approx(beyond, rel=1e-3)
        assert at(CROSS, density, 1, arm, 3_001) == 0


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_line_carries_the_kernel_and_its_means(kernel: str) -> None:
    line = Graph.from_arrays([0], [1], [20_000])
    for method in METHODS:
        density = density_of_points(
            Lixels(line, 1_000), [0], [10_000], None, 4_000, method=method, kernel=kernel
        )
        fine = (np.arange(1_000) + 0.5) / 1_000
        by_hand = [height(kernel, (km + fine) * 1_000, 4_000).mean() for km in range(4)]
        assert density[10:14] == pytest.approx(by_hand, rel=1e-5)
        assert density[6:10] == pytest.approx(by_hand[::-1], rel=1e-5)
        assert density[14:].tolist() == [0] * 6


def test_a_dead_end_loses_mass_or_throws_it_back() -> None:
    line = Graph.from_arrays([0], [1], [20_000])
    lixels = Lixels(line, 1_000)
    # 1 km from the end: F(1/4) = 15/16 (1/4 − 2/3/64 + 1/5/1024) = 0.224793 of the mass fits.
    inside = 0.5 + 0.2247925
    simple = density_of_points(lixels, [0], [1_000], None, 4_000, method="simple")
    assert simple.sum() == pytest.approx(inside, abs=1e-6)
    for method in ("esd", "esc"):
        density = density_of_points(lixels, [0], [1_000], None, 4_000, method=method)
        assert density.sum() == pytest.approx(1, abs=1e-12)
        # The first lixel holds F(1/4) on its way out and F(1/2) − F(1/4) on its way back.
        assert density[0] == pytest.approx(15 / 16 * (1 / 2 - 2 / 24 + 1 / 160), abs=1e-9)


def test_an_event_on_a_node_counts_equally_on_all_arms() -> None:
    # Y: three roads meet.  2/3 k(1 km) on each arm, whichever road the event was recorded on.
    fork = Graph.from_arrays([0, 0, 3], [1, 2, 0], [9_000.0] * 3)
    for method in ("esd", "esc"):
        for edge, offset in ((0, 0), (1, 0), (2, 9_000)):
            density = density_of_points(Lixels(fork, 1), [edge], [offset], None, 5e3, method=method)
            for arm, where in ((0, 1_000), (1, 1_000), (2, 8_000)):
                found = at(fork, density, 1, arm, where)
                assert found == pytest.approx(2 / 3 * 0.1728, rel=1e-3)


def test_a_loop_by_hand() -> None:
    # A ring of 4 km (two roads of 2 km), event on a node of the ring, bandwidth 3 km.  Opposite,
    # 2 km away either way: simple takes one way; pulses of both ways add up and pass each other.
    ring = Graph.from_arrays([0, 1], [1, 0], [2_000.0, 2_000.0])
    two_km, one_km, three_km = height("quartic", np.array([2_000, 1_000, 3_000]), 3_000)
    for method, opposite, quarter in (
        ("simple", two_km, one_km),
        ("esd", 2 * two_km, one_km + three_km),
        ("esc", 2 * two_km, one_km + three_km),
    ):
        density = density_of_points(Lixels(ring, 1), [0], [0], None, 3_000, method=method)
        assert at(ring, density, 1, 0, 1_999.5) == pytest.approx(opposite, rel=1e-3)
        assert at(ring, density, 1, 1, 1_000.5) == pytest.approx(quarter, rel=1e-3)
    loop = Graph.from_arrays([0], [0], [4_000.0])
    for method in METHODS:
        assert density_of_points(
            Lixels(loop, 1_000), [0], [1_000], None, 3_000, method=method
        ) == pytest.approx(
            density_of_points(Lixels(ring, 1_000), [0], [1_000], None, 3_000, method=method)
        )


@settings(max_examples=examples(60), deadline=None)
@given(scene=scenes(), kernel=st.sampled_from(["quartic", "epanechnikov", "gaussian"]))
def test_simple_against_a_dijkstra_per_event(
    scene: tuple[Graph, NDArray[np.int64], Floats, Floats, float], kernel: str
) -> None:
    graph, edge, offset_m, weight, bandwidth_m = scene
    found = density_of_points(
        Lixels(graph, 1_000), edge, offset_m, weight, bandwidth_m, method="simple", kernel=kernel
    )
    expected = brute_simple(graph, edge, offset_m, weight, bandwidth_m, kernel, 300)
    # The Gaussian ends with a step, which samples miss by up to one part in 300.
    assert found == pytest.approx(expected, abs=2e-3 if kernel == "gaussian" else 1e-4)


@settings(max_examples=examples(25), deadline=None)
@given(scene=scenes(), method=st.sampled_from(["esd", "esc"]))
def test_equal_split_against_recursion_over_all_walks(scene: tuple, method: Method) -> None:
    graph, edge, offset_m, weight, bandwidth_m = scene
    # On nodes esd has its own rule (tested above); and recursion is exponential.
    offset_m = np.clip(offset_m, 0.05 * graph.length_m[edge], 0.95 * graph.length_m[edge])
    bandwidth_m = min(bandwidth_m, 3_500.0)
    found = density_of_points(
        Lixels(graph, 1_000), edge, offset_m, weight, bandwidth_m, method=method
    )
    scene = graph, edge[:], offset_m, weight, bandwidth_m
    assert found == pytest.approx(brute_walks(graph, scene, method, 100), abs=2e-3)


@settings(max_examples=examples(40), deadline=None)
@given(scene=scenes(), kernel=st.sampled_from(list(KERNELS)))
def test_equal_split_conserves_mass(scene: tuple, kernel: str) -> None:
    graph, edge, offset_m, weight, bandwidth_m = scene
    lixels = Lixels(graph, 1_000)
    for method in ("esd", "esc"):
        density = density_of_points(
            lixels, edge, offset_m, weight, min(bandwidth_m, 4_000), method=method, kernel=kernel
        )
        assert density @ lixels.length_m / 1_000 == pytest.approx(weight.sum(), rel=1e-9)


@settings(max_examples=examples(30), deadline=None)
@given(scene=scenes(), data=st.data())
def test_turning_and_splitting_edges_changes_nothing(scene: tuple, data: st.DataObject) -> None:
    graph, edge, offset_m, weight, bandwidth_m = scene
    bandwidth_m = min(bandwidth_m, 4_000)
    turned = np.array(data.draw(st.lists(st.booleans(), min_size=9, max_size=9)))
    turned = turned[: graph.edge_count]
    other = Graph(
        graph.node_count, np.where(turned, graph.v, graph.u), np.where(turned, graph.u, graph.v),
        graph.length_m,
    )  # fmt: skip
    moved = np.where(turned[edge], graph.length_m[edge] - offset_m, offset_m)
    lixels = Lixels(graph, 1_000)
    cut = data.draw(st.integers(0, graph.edge_count - 1))
    count = int(lixels.per_edge[cut])
    parts = data.draw(st.integers(0, count))
    for method in METHODS:
        density = density_of_points(lixels, edge, offset_m, weight, bandwidth_m, method=method)
        again = density_of_points(
            Lixels(other, 1_000), edge, moved, weight, bandwidth_m, method=method
        )
        for e in range(graph.edge_count):
            one = density[lixels.first[e] : lixels.first[e + 1]]
            two = again[lixels.first[e] : lixels.first[e + 1]]
            assert (two[::-1] if turned[e] else two) == pytest.approx(one, abs=1e-12)
        if not 0 < parts < count:
            continue
        # A node of degree 2 where two lixels of one edge meet; the cut edge keeps its first part.
        here = float(lixels.step_m[cut] * parts)
        split = Graph(
            graph.node_count + 1,
            np.append(graph.u, graph.node_count).astype(np.int32),
            np.append(np.where(np.arange(graph.edge_count) == cut, graph.node_count, graph.v),
                      graph.v[cut]).astype(np.int32),
            np.append(np.where(np.arange(graph.edge_count) == cut, here, graph.length_m),
                      graph.length_m[cut] - here),
        )  # fmt: skip
        beyond = (edge == cut) & (offset_m > here)
        after = Lixels(split, float(lixels.step_m.max()))
        found = density_of_points(
            after, np.where(beyond, graph.edge_count, edge),
            np.minimum(np.where(beyond, offset_m - here, offset_m),
                       split.length_m[np.where(beyond, graph.edge_count, edge)]),
            weight, bandwidth_m, method=method,
        )  # fmt: skip
        whole = density_of_points(
            Lixels(graph, float(lixels.step_m.max())), edge, offset_m, weight, bandwidth_m,
            method=method,
        )  # fmt: skip
        assert found @ after.length_m == pytest.approx(whole @ lixels_length(graph, lixels))
        if len(after) == len(lixels):
            ends = lixels.first[cut] + parts, lixels.first[cut + 1]
            order = np.r_[
                0 : ends[0],
                len(lixels) - (count - parts) : len(lixels),
                ends[0] : len(lixels) - (count - parts),
            ]
            assert found[order] == pytest.approx(density, abs=1e-9)


def lixels_length(graph: Graph, lixels: Lixels) -> Floats:
    return Lixels(graph, float(lixels.step_m.max())).length_m


def test_pooling_many_events_of_an_edge_gives_what_they_give_one_by_one() -> None:
    rng = np.random.default_rng(3)
    u, v = rng.integers(0, 30, (2, 60))
    graph = Graph.from_arrays(u, v, rng.uniform(300, 4_000, 60))
    lixels = Lixels(graph, 700)
    edge = rng.integers(0, 60, 400)
    offset_m = rng.random(400) * graph.length_m[edge]
    for kernel in KERNELS:
        pooled = density_of_points(
            lixels, edge, offset_m, None, 5e3, method="simple", kernel=kernel
        )
        one_by_one = sum(
            density_of_points(lixels, [e], [o], None, 5e3, method="simple", kernel=kernel)
            for e, o in zip(edge, offset_m, strict=True)
        )
        assert pooled == pytest.approx(one_by_one, abs=1e-10)


def test_threads_do_not_change_a_single_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    u = np.arange(3_000)
    graph = Graph.from_arrays(u, np.maximum(u + 1 - 60 * (u % 7 == 0), 0), np.full(3_000, 900.0))
    lixels = Lixels(graph, 300)
    edge, offset_m = rng.integers(0, 3_000, 9_000), rng.random(9_000) * 900

    def ask(method: Method) -> Floats:
        return density_of_points(lixels, edge, offset_m, None, 2_500, method=method)

    assert len(stripes.stripes(3_000, len(lixels))) > 8
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(ask, METHODS * 3))
    monkeypatch.setattr(stripes, "in_threads", map)
    for n, density in enumerate(together):
        assert np.array_equal(density, ask(METHODS[n % 3]))


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(ValueError, match=r"No method.*bandwidth.*beyond the end.*none below 0"):
        density_of_points(Lixels(CROSS), [0], [10_001], [-1], 0, method="other")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="No kernel is called “cubic”; choose of quartic"):
        density_of_points(Lixels(CROSS), [0], [1], kernel="cubic")
    with pytest.raises(ValueError, match="edge that does not exist"):
        density_of_points(Lixels(CROSS), [4], [1])
    with pytest.raises(ValueError, match=r"1 edges end at nodes.*1 edges have no length"):
        Graph(2, np.array([0]), np.array([2]), np.array([0.0]))


def test_nothing_gives_nothing() -> None:
    for method in METHODS:
        assert density_of_points(Lixels(CROSS), [], [], None, 5_000, method=method).sum() == 0
        assert density_of_points(Lixels(CROSS), [1], [5.0], [0.0], 5e3, method=method).sum() == 0


def test_exponentials_of_the_reference_agree() -> None:
    assert float(height("gaussian", np.array(1_000.0), 3_000)) == pytest.approx(
        exp(-0.5) / sqrt(2 * pi) / erf(3 / sqrt(2)), rel=1e-12
    )
