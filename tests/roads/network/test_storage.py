"""What is stored is what is opened, and damage is told."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import dijkstra

from geo import layers
from geo.records import InputError
from geo.roads.network.graph import graph_of
from geo.roads.network.importing import network_from
from geo.roads.network.lines import make_lines, without_repeats
from geo.roads.network.records import EDGE_COLUMNS, Network
from geo.roads.network.storage import write
from geo.roads.network.tags import RoadClass, Surface
from tests.examples import examples


def stored(network: Network, folder: Path) -> Path:
    write(network, folder)
    layers.seal(folder, network.facts)
    return folder


def small() -> Network:
    lines = make_lines(
        [[(0, 15), (1, 15)], [(1, 15), (1, 16)], [(0, 15), (0, 16), (1, 16)], [(3, 15), (3, 16)]],
        ["", "RN17", "Route de Gao – é"], ref=[1, 0, 0, 0], name=[2, 0, 0, 0],
        road_class=[RoadClass.TRUNK, RoadClass.TRACK, RoadClass.TRACK, RoadClass.TRACK],
        surface=[Surface.PAVED, 0, 0, 0], oneway=[1, 0, 0, 0],
    )  # fmt: skip
    return network_from(lines, facts={"attributions": ["© someone"]})


POINT = st.tuples(
    st.integers(0, 9).map(lambda n: n / 7), st.integers(100, 109).map(lambda n: n / 7)
)


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.lists(POINT, min_size=2, max_size=4), min_size=1, max_size=6))
def test_a_round_trip_changes_nothing(paths: Any) -> None:
    lines = without_repeats(make_lines(paths))
    if not len(lines):
        return
    network = network_from(lines)
    with TemporaryDirectory() as name:
        again = Network.open(stored(network, Path(name)))
        for column in EDGE_COLUMNS:
            assert np.array_equal(again.columns[column], network.columns[column])
            assert again.columns[column].dtype == network.columns[column].dtype
        for field in ("nodes", "component", "vertices", "offsets"):
            assert np.array_equal(getattr(again, field), getattr(network, field))
        assert again.facts == network.facts
        assert again.gaps.to_dict("list") == network.gaps.to_dict("list")


def test_what_is_opened_reads_in_words(tmp_path: Path) -> None:
    network = Network.open(stored(small(), tmp_path))
    edges = network.edges([0])
    assert edges.loc[0, ["ref", "name", "road_class", "surface"]].tolist() == [
        "RN17", "Route de Gao – é", "trunk", "paved"
    ]  # fmt: skip
    assert network.attributions == ("© someone",)
    hours = edges.loc[0, "length_m"] / 1000 / 80
    assert edges.loc[0, "travel_s"] == pytest.approx(hours * 3600)


def test_opening_maps_files_and_does_not_read_them(tmp_path: Path) -> None:
    network = Network.open(stored(small(), tmp_path))
    assert isinstance(network.vertices, np.memmap)
    assert not network.vertices.flags.writeable


@pytest.mark.parametrize("change", ["a byte", "cut", "gone", "manifest"])
def test_damage_is_told(tmp_path: Path, change: str) -> None:
    folder = stored(small(), tmp_path)
    victim = folder / ("manifest.json" if change == "manifest" else "vertices.npy")
    data = bytearray(victim.read_bytes())
    data[-1] ^= 1
    match change:
        case "gone":
            victim.unlink()
        case "cut":
            victim.write_bytes(data[:-4])
        case _:
            victim.write_bytes(data)
    with pytest.raises(InputError, match=victim.name):
        Network.open(folder)


def test_the_shortest_way_and_one_way_roads() -> None:
    network = small()
    length_m = network.columns["length_m"]
    graph = graph_of(network, "length_m")
    corner = {
        (round(float(x)), round(float(y))): at
        for at, (x, y) in enumerate(zip(network.lons, network.lats, strict=True))
    }
    start, end = corner[0, 15], corner[1, 15]
    assert dijkstra(graph.matrix, indices=start)[end] == pytest.approx(length_m[0])
    # Against the one-way road the way leads round the square.
    round_m = dijkstra(graph.matrix, indices=end)[start]
    assert round_m == pytest.approx(length_m[1] + length_m[2])
    assert np.isinf(dijkstra(graph.matrix, indices=start)[corner[3, 15]])
    both = graph_of(network, "length_m", directed=False)
    assert dijkstra(both.matrix, indices=end)[start] == pytest.approx(length_m[0])


def test_of_parallel_edges_the_faster_one_counts() -> None:
    lines = make_lines(
        [[(0, 15), (0.5, 15.1), (1, 15)], [(0, 15), (1, 15)]],
        road_class=[RoadClass.TRUNK, RoadClass.TRACK], surface=[Surface.PAVED, Surface.SAND],
    )  # fmt: skip
    network = network_from(lines)
    assert graph_of(network, "travel_s").edge_between(0, 1) == 0
    assert graph_of(network, "length_m").edge_between(0, 1) == 1
    with pytest.raises(KeyError):
        graph_of(network).edge_between(0, 0)
