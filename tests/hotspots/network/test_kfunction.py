"""The network K functions against hand-worked counts, brute force and chance itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from geo.hotspots.network.graph import Graph
from geo.hotspots.network.kfunction import network_k
from tests.examples import examples

CROSS = Graph.from_arrays([0, 0, 0, 0], [1, 2, 3, 4], [10_000.0] * 4)


def test_four_points_on_a_cross_by_hand() -> None:
    # At 1 km on the first road (twice), 2 km on the second, 9 km on the third.  Distances: 0, and
    # twice each of 3, 10 and once 11.  K(r) = 40 km / 12 · ordered pairs.
    found = network_k(
        CROSS, [0, 0, 1, 2], [1e3, 1e3, 2e3, 9e3], [2e3, 3e3, 9.9e3, 10e3, 11e3], simulations=5
    )
    pairs = np.array([2, 6, 6, 10, 12])
    assert found.curve["k_m"].to_numpy() == pytest.approx(40_000 / 12 * pairs)
    assert found.points == (4, 4)
    assert found.means_little


def test_a_kind_about_another_by_hand() -> None:
    # A at 1 km on the first road; B at 2 km on the second (3 km away) and on the first (4 km).
    found = network_k(CROSS, [0], [1e3], [1e3, 3e3, 4e3], about=([1, 0], [2e3, 5e3]), simulations=5)
    assert found.curve["k_m"].to_numpy() == pytest.approx(40_000 / 2 * np.array([0, 1, 2]))


def brute(graph: Graph, edge: NDArray[np.int64], offset_m: NDArray[np.float64]) -> NDArray:
    between = np.full((graph.node_count, graph.node_count), np.inf)
    np.minimum.at(between, (graph.u, graph.v), graph.length_m)
    between = np.minimum(between, between.T)
    np.fill_diagonal(between, 0)
    between[np.isinf(between)] = 0
    nodes = dijkstra(between, directed=False)
    ends = np.stack([graph.u[edge], graph.v[edge]])
    to = np.stack([offset_m, graph.length_m[edge] - offset_m])
    ways = [
        to[i][:, None] + nodes[ends[i][:, None], ends[j][None, :]] + to[j][None, :]
        for i in (0, 1)
        for j in (0, 1)
    ]
    distance = np.min(ways, axis=0)
    same = edge[:, None] == edge[None, :]
    straight = np.abs(offset_m[:, None] - offset_m[None, :])
    return np.where(same, np.minimum(distance, straight), distance)


@settings(max_examples=examples(40), deadline=None)
@given(seed=st.integers(0, 10**6), nodes=st.integers(1, 7), edges=st.integers(1, 12))
def test_pairs_against_all_distances(seed: int, nodes: int, edges: int) -> None:
    rng = np.random.default_rng(seed)
    u, v = rng.integers(0, nodes, (2, edges)).astype(np.int32)
    graph = Graph(nodes, u, v, rng.uniform(500, 5_000, edges))
    edge = rng.integers(0, edges, 15)
    offset_m = rng.choice([0, 0.3, 0.31, 0.9, 1.0], 15) * graph.length_m[edge]
    radii = np.array([777.0, 2_345.0, 6_789.0])
    distance = brute(graph, edge, offset_m)
    expected = [(distance <= r).sum() - 15 for r in radii]
    found = network_k(graph, edge, offset_m, radii, simulations=1).curve["k_m"]
    assert found.to_numpy() / graph.total_m * 15 * 14 == pytest.approx(expected)
    cross = network_k(
        graph, edge[:6], offset_m[:6], radii, about=(edge[6:], offset_m[6:]), simulations=1
    ).curve["k_m"]
    expected = [(distance[:6, 6:] <= r).sum() for r in radii]
    assert cross.to_numpy() / graph.total_m * 6 * 9 == pytest.approx(expected)


def grid() -> Graph:
    side = np.arange(12)
    east = [(int(12 * y + x), int(12 * y + x + 1)) for y in side for x in side[:-1]]
    north = [(int(12 * y + x), int(12 * (y + 1) + x)) for y in side[:-1] for x in side]
    u, v = zip(*east, *north, strict=True)
    return Graph.from_arrays(u, v, np.full(len(u), 1_000.0))


def test_chance_stays_inside_and_a_cluster_leaves() -> None:
    graph = grid()
    rng = np.random.default_rng(11)
    radii = np.arange(500, 4_001, 500)
    inside = 0
    for _ in range(20):
        edge, offset_m = rng.integers(0, graph.edge_count, 40), rng.uniform(0, 1_000, 40)
        inside += network_k(graph, edge, offset_m, radii, simulations=39).p_value > 0.05
    assert inside >= 16
    near = rng.integers(0, 12, 40)
    found = network_k(graph, near, rng.uniform(0, 1_000, 40), radii, simulations=39)
    assert found.p_value == pytest.approx(1 / 40)
    assert (found.curve["k_m"] > found.curve["high_m"]).iloc[2:].all()
    assert not found.means_little


def test_the_seed_alone_decides() -> None:
    graph = grid()
    edge, offset_m = np.arange(30), np.full(30, 500.0)
    one = network_k(graph, edge, offset_m, [1e3, 2e3], simulations=9, seed=4)
    two = network_k(graph, edge, offset_m, [1e3, 2e3], simulations=9, seed=4)
    other = network_k(graph, edge, offset_m, [1e3, 2e3], simulations=9, seed=5)
    assert one.curve.equals(two.curve)
    assert not one.curve["expected_m"].equals(other.curve["expected_m"])
    assert one.curve["k_m"].equals(other.curve["k_m"])


def test_faults_are_said_at_once() -> None:
    with pytest.raises(ValueError, match=r"beyond the end.*radii must ascend.*needs two points"):
        network_k(CROSS, [0], [20e3], [2e3, 1e3])
    with pytest.raises(ValueError, match="one simulation"):
        network_k(CROSS, [0, 1], [1, 1], [1e3], simulations=0)
