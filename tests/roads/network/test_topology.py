"""Lines are cut where they meet, worked out by hand on a plan of whole degrees."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.roads.network.importing import network_from
from geo.roads.network.lines import make_lines, to_units, without_repeats
from geo.roads.network.records import Network
from geo.roads.network.tags import RoadClass
from tests.examples import examples

GEOD = Geod(ellps="WGS84")
Path_ = Sequence[tuple[float, float]]


def built(*paths: Path_, tolerance_m: float = 20, **attributes: Any) -> Network:
    return network_from(without_repeats(make_lines(paths, **attributes)), tolerance_m)


def plan(network: Network) -> tuple[set[tuple[float, float]], set[frozenset[tuple[float, float]]]]:
    """Return the nodes, and the pairs of nodes that edges join."""
    nodes = [(float(x), float(y)) for x, y in zip(network.lons, network.lats, strict=True)]
    pairs = zip(network.columns["u"], network.columns["v"], strict=True)
    return set(nodes), {frozenset({nodes[u], nodes[v]}) for u, v in pairs}


def joined(*pairs: tuple[tuple[float, float], tuple[float, float]]) -> set[frozenset[Any]]:
    return {frozenset(pair) for pair in pairs}


WEST, EAST, SOUTH, NORTH, MID = (0, 10), (2, 10), (1, 9), (1, 11), (1, 10)


def test_a_shared_vertex_is_a_junction() -> None:
    nodes, edges = plan(built([WEST, MID, EAST], [SOUTH, MID, NORTH]))
    assert nodes == {WEST, EAST, SOUTH, NORTH, MID}
    assert edges == joined((WEST, MID), (MID, EAST), (SOUTH, MID), (MID, NORTH))


def test_a_crossing_on_one_level_becomes_a_junction() -> None:
    network = built([WEST, EAST], [SOUTH, NORTH])
    assert network.facts["crossings"] == 2
    assert plan(network)[1] == joined((WEST, MID), (MID, EAST), (SOUTH, MID), (MID, NORTH))


@pytest.mark.parametrize("vertex", [[], [MID]], ids=["no vertex", "a vertex at the same place"])
@pytest.mark.parametrize("level", [1, -1], ids=["bridge", "tunnel"])
def test_a_bridge_over_a_road_does_not_meet_it(vertex: Path_, level: int) -> None:
    network = built([WEST, *vertex, EAST], [SOUTH, *vertex, NORTH], level=[0, level])
    assert plan(network)[1] == joined((WEST, EAST), (SOUTH, NORTH))
    assert network.facts["components"] == 2


def test_two_bridges_on_one_level_meet() -> None:
    assert len(plan(built([WEST, EAST], [SOUTH, NORTH], level=[1, 1]))[1]) == 4


def test_a_road_goes_on_over_its_bridge() -> None:
    network = built([WEST, (0.5, 10)], [(0.5, 10), (1.5, 10)], [(1.5, 10), EAST], [SOUTH, NORTH],
                    level=[0, 1, 0, 0])  # fmt: skip
    assert plan(network)[1] == joined(
        (WEST, (0.5, 10)), ((0.5, 10), (1.5, 10)), ((1.5, 10), EAST), (SOUTH, NORTH)
    )
    assert network.facts["components"] == 2


def test_a_bridge_that_comes_down_on_a_road_joins_it() -> None:
    for vertex in ([], [MID]):
        network = built([WEST, *vertex, EAST], [NORTH, MID], level=[0, 1])
        assert plan(network)[1] == joined((WEST, MID), (MID, EAST), (NORTH, MID))


def test_a_fork_at_the_end_of_a_bridge_joins_all_three() -> None:
    network = built([WEST, MID], [MID, EAST], [MID, NORTH], level=[0, 1, 1])
    assert network.facts["components"] == 1


def test_a_bridge_made_of_two_lines_passes_over_a_road_with_a_vertex_below() -> None:
    network = built([SOUTH, MID, NORTH], [WEST, MID], [MID, EAST], level=[0, 1, 1])
    assert network.facts["components"] == 2
    assert frozenset({SOUTH, NORTH}) in plan(network)[1]


def test_a_t_junction_without_a_vertex() -> None:
    network = built([WEST, EAST], [NORTH, MID])
    assert plan(network)[1] == joined((WEST, MID), (MID, EAST), (NORTH, MID))
    assert len(network.gaps) == 0


def test_a_vertex_passing_through_a_segment_joins() -> None:
    assert len(plan(built([WEST, EAST], [NORTH, MID, (1.5, 11)]))[1]) == 4


def test_repeated_vertices_and_lines_of_one_point_are_nothing() -> None:
    network = built([WEST, WEST, MID, MID, EAST], [SOUTH, SOUTH], [])
    assert plan(network)[1] == joined((WEST, EAST))
    assert network.vertices.shape == (3, 2)


def test_of_repeated_roads_the_most_important_stays() -> None:
    network = built(
        [WEST, MID, EAST], [EAST, MID, WEST], [WEST, MID, EAST],
        road_class=[RoadClass.TRACK, RoadClass.PRIMARY, RoadClass.TERTIARY],
    )  # fmt: skip
    assert network.facts["repeated_edges"] == 4
    assert network.edges()["road_class"].tolist() == ["primary", "primary"]


def test_two_roads_between_the_same_towns_both_stay() -> None:
    network = built([WEST, (1, 10.5), EAST], [WEST, (1, 9.5), EAST])
    assert len(network) == 2


def test_overlapping_roads_are_one_where_they_overlap() -> None:
    network = built([WEST, EAST], [MID, (3, 10)])
    assert plan(network)[1] == joined((WEST, MID), (MID, EAST), (EAST, (3, 10)))
    assert network.facts["repeated_edges"] == 1


def test_a_line_that_crosses_itself() -> None:
    loop = [(0, 10), (2, 10), (2, 11), (1, 11), (1, 9)]
    assert plan(built(loop))[1] == joined(((0, 10), MID), (MID, MID), (MID, (1, 9)))


def test_a_ring_is_an_edge_from_a_node_to_itself() -> None:
    network = built([WEST, EAST, NORTH, WEST])
    assert (len(network.nodes), len(network)) == (1, 1)


def test_components_are_listed_the_longest_first() -> None:
    network = built([(5, 10), (5.1, 10)], [WEST, MID], [MID, EAST])
    assert network.components["edges"].tolist() == [2, 1]
    west_to_east_m = GEOD.line_length([0, 1, 2], [10, 10, 10])
    assert network.components["length_km"][0] == pytest.approx(west_to_east_m / 1000)
    assert network.component[network.columns["u"]].tolist() == [1, 0, 0]


def test_lengths_are_geodesic_over_every_vertex() -> None:
    network = built([WEST, (0.7, 10.4), EAST])
    x, y = [0, 0.7, 2], [10, 10.4, 10]
    assert network.columns["length_m"][0] == pytest.approx(GEOD.line_length(x, y), abs=1e-6)


def test_many_runs_of_segments_meet_as_few_do() -> None:
    """A wave of 200 segments is crossed by a straight road once per segment."""
    wave = [(i / 100, 10 + (0.01 if i % 2 else -0.01)) for i in range(201)]
    network = built(wave, [(-0.005, 10), (2.005, 10)])
    assert network.facts["crossings"] == 400
    assert len(network) == 200 + 1 + 200 + 1


COORDINATE = st.integers(0, 12).map(lambda n: n / 10)
PATH = st.lists(st.tuples(COORDINATE, COORDINATE), min_size=2, max_size=6)


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(PATH, min_size=1, max_size=8), st.data())
def test_splitting_keeps_the_length_of_what_is_not_repeated(paths: Any, data: Any) -> None:
    levels = data.draw(st.lists(st.integers(-1, 1), min_size=len(paths), max_size=len(paths)))
    lines = without_repeats(make_lines(paths, level=levels))
    if not len(lines):
        return
    network = network_from(lines)
    whole = sum(
        GEOD.line_length(*(lines.vertices[a:b] / 1e7).T)
        for a, b in zip(lines.offsets[:-1], lines.offsets[1:], strict=True)
    )
    kept = float(network.columns["length_m"].sum())
    if network.facts["repeated_edges"] == 0:
        # A crossing is rounded to the grid: up to a centimetre beside each of the lines.
        assert kept == pytest.approx(whole, abs=0.05 * (1 + network.facts["crossings"]))
    else:
        assert kept <= whole + 0.05 * (1 + network.facts["crossings"])


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(PATH, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_and_direction_of_lines_do_not_matter(paths: Any, random: Any) -> None:
    if not len(without_repeats(make_lines(paths))):
        return
    other = [path[::-1] if random.random() < 0.5 else path for path in paths]
    random.shuffle(other)
    one, two = built(*paths), built(*other)
    assert np.array_equal(one.nodes, two.nodes)
    assert plan(one) == plan(two)
    lengths = [sorted(network.columns["length_m"]) for network in (one, two)]
    assert lengths[0] == pytest.approx(lengths[1], abs=1e-3)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(PATH, min_size=2, max_size=8))
def test_no_two_edges_cross_inside_both(paths: Any) -> None:
    if not len(without_repeats(make_lines(paths))):
        return
    network = built(*paths)
    shapes = network.geometries(range(len(network)))
    for i, one in enumerate(shapes):
        for other in shapes[i + 1 :]:
            meeting = one.intersection(other)
            for part in getattr(meeting, "geoms", [meeting]):
                for x, y in part.coords if not part.is_empty else ():
                    near = np.hypot(network.lons - x, network.lats - y).min()
                    assert near < 1e-6 or part.length > 0


def test_the_grid_is_a_centimetre() -> None:
    step = 1 / 1e7
    assert GEOD.inv(0, 10, step, 10)[2] < 0.012
    assert to_units(np.array([[math.nextafter(0.1, 1), -0.1]])).tolist() == [[1000000, -1000000]]
