"""Shortest ways against scipy and networkx-like references, on graphs with every oddity."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.risk.routing import loops
from geo.risk.routing.contraction import Contracted
from geo.risk.routing.shortest import one_to_all, settle
from tests.examples import examples


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, np.ndarray, np.ndarray, np.ndarray]:
    """Return nodes, ends and costs by arm: parallel roads, loops, chains, closures, pieces."""
    nodes = draw(st.integers(1, 24))
    edges = draw(st.integers(0, 34))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    u, v = rng.integers(0, nodes, (2, edges))
    cost = rng.random(2 * edges) * rng.choice([0.0, 1.0, 10.0], 2 * edges, p=[0.05, 0.6, 0.35])
    cost[rng.random(2 * edges) < 0.08] = np.inf
    return nodes, u, v, cost


def ends_of(arm: int, u: np.ndarray, v: np.ndarray) -> tuple[int, int]:
    ends = int(u[arm >> 1]), int(v[arm >> 1])
    return ends[::-1] if arm & 1 else ends


def reference(nodes: int, u: np.ndarray, v: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Return all distances by scipy; a cost of 0 would be no edge there, so it is made tiny."""
    matrix = np.full((nodes, nodes), np.inf)
    for arm, price in enumerate(cost):
        tail, head = ends_of(arm, u, v)
        matrix[tail, head] = min(matrix[tail, head], max(price, 1e-13))
    dense = np.where(np.isinf(matrix), 0, matrix)
    return np.asarray(dijkstra(csr_array(dense)))


@settings(max_examples=examples(120))
@given(graphs(), st.integers(0, 2**31))
def test_distances_and_ways_are_those_of_scipy(
    graph: tuple[int, np.ndarray, np.ndarray, np.ndarray], pick: int
) -> None:
    nodes, u, v, cost = graph
    source = pick % nodes
    found = one_to_all(Contracted.of(u, v, nodes), cost, source)
    expected = reference(nodes, u, v, cost)[source]
    np.testing.assert_allclose(found.distance, expected, rtol=1e-12, atol=1e-10)
    for node in range(nodes):
        path = found.path_to(node)
        if path is None:
            assert np.isinf(expected[node])
            continue
        assert np.isclose(cost[path].sum(), expected[node], atol=1e-10)
        at = source
        for arm in path:
            tail, at_next = ends_of(int(arm), u, v)
            assert tail == at
            at = at_next
        assert at == node


def test_a_chain_is_one_step_and_its_inner_nodes_know_their_distance() -> None:
    """0 –1– 1 –2– 2 –3– 3, and 3 –1– 4, 3 –1– 5: the chain 0…3 is one of three."""
    roads = Contracted.of([0, 2, 2, 3, 3], [1, 1, 3, 4, 5], 6)
    assert len(roads.kept) == 4
    assert len(roads.begin) - 1 == 3
    cost = np.array([1.0, 2.0, 3.0, 1.0, 1.0])
    assert one_to_all(roads, cost, 0).distance.tolist() == [0, 1, 3, 6, 7, 7]
    assert one_to_all(roads, cost, 1).distance.tolist() == [1, 0, 2, 5, 6, 6]
    # Only the cost changes: the same contraction serves.
    assert one_to_all(roads, cost * 2, 5).distance.tolist() == [14, 12, 8, 2, 4, 0]


def test_one_way_roads_go_one_way() -> None:
    """A ring 0 → 1 → 2 → 0 that nobody may travel backwards."""
    roads = Contracted.of([0, 1, 2], [1, 2, 0], 3)
    cost = np.array([1, np.inf, 1, np.inf, 1, np.inf])
    assert one_to_all(roads, cost, 1).distance.tolist() == [2, 0, 1]


@pytest.mark.parametrize(
    ("cost", "words"), [([1.0, -1.0], "below 0"), ([np.nan, 1.0], "not a number"), ([1.0], "one")]
)
def test_costs_that_make_no_sense_are_refused(cost: list[float], words: str) -> None:
    roads = Contracted.of([0, 1], [1, 2], 3)
    with pytest.raises(ValueError, match=words):
        one_to_all(roads, cost, 0)


def test_an_edge_to_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="does not exist"):
        Contracted.of([0], [3], 3)


def test_buckets_and_heap_agree_and_the_heap_takes_over() -> None:
    rng = np.random.default_rng(5)
    u, v = rng.integers(0, 300, (2, 900))
    roads = Contracted.of(u, v, 300)
    cost = roads.costs(rng.random(900)).way[roads.way]
    seeds, begun = np.array([0], np.int32), np.array([0.0])
    none = np.empty(0, np.int32)
    found = [(np.empty(len(roads.kept)), np.empty(len(roads.kept), np.int32)) for _ in range(2)]
    for search, out in zip((loops.settle_buckets, loops.settle_heap), found, strict=True):
        search(roads.start, roads.head, cost, seeds, begun, np.inf, none, *out)
    np.testing.assert_array_equal(found[0][0], found[1][0])
    # One road a billion times as dear as the others would need as many buckets.
    wild = cost.copy()
    wild[0] = 1e12
    assert not loops.settle_buckets(
        roads.start, roads.head, wild, seeds, begun, np.inf, none, *found[1]
    )
    loops.settle_heap(roads.start, roads.head, wild, seeds, begun, np.inf, none, *found[1])
    np.testing.assert_array_equal(settle(roads, wild, seeds, begun)[0], found[1][0])


def test_a_search_stops_at_its_limit() -> None:
    roads = Contracted.of([0, 0, 0, 1, 1, 2, 2], [1, 2, 3, 4, 5, 6, 7], 8)
    cost = roads.costs(np.ones(7)).way[roads.way]
    seeds = roads.number[[0]]
    far, _ = settle(roads, cost, seeds, np.array([0.0]), limit=1.5)
    assert np.isinf(far[roads.number[4]])
    assert far[roads.number[1]] == 1
