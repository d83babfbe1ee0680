"""The axes as a graph, and placements as mass on it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geo.atlas import load
from geo.hotspots.network.events import OFF_ROADS, REGION_ONLY, UNPLACED, lay_mass
from geo.hotspots.network.graph import Graph
from geo.hotspots.network.lixels import Lixels
from geo.records import PLACEMENT_COLUMNS
from geo.roads.axes import Axis


def axis(axis_id: str, *chain: tuple[str, float]) -> Axis:
    n = len(chain)
    km = np.array([km for _, km in chain], dtype=float)
    return Axis(
        axis_id, "", axis_id, tuple(name for name, _ in chain), ("ML",) * n, np.zeros(n),
        np.zeros(n), km * 1_000, np.ones(n, dtype=bool),
    )  # fmt: skip


# Gao–Labbezanga names Ansongo; another axis runs the same road from Ansongo to Niamey the other
# way round; a third one skips Ansongo and turns off at Labbezanga.
AXES = {
    "one": axis("one", ("gao", 0), ("ansongo", 90), ("labbezanga", 200)),
    "two": axis("two", ("niamey", 0), ("labbezanga", 190), ("ansongo", 300), ("menaka", 500)),
    "three": axis("three", ("gao", 0), ("labbezanga", 204), ("tera", 300)),
    "detour": axis("detour", ("gao", 0), ("ansongo", 140)),
}


def placements(*rows: dict[str, object]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(PLACEMENT_COLUMNS))
    numbers = ["measure_from_m", "measure_to_m", "spread_m"]
    return frame.astype(dict.fromkeys(numbers, "float64"))


def test_axes_that_follow_one_road_share_its_edges() -> None:
    graph = Graph.from_axes(AXES)
    assert set(graph.node_ids) == {"gao", "ansongo", "labbezanga", "niamey", "menaka", "tera"}
    # gao–ansongo 90, ansongo–labbezanga 110, labbezanga–niamey, ansongo–menaka, labbezanga–tera,
    # and the detour: 140 is no tenth more than 90.
    assert sorted(graph.length_m / 1_000) == pytest.approx([90, 96, 110, 140, 190, 200])
    shared = graph.legs.groupby("edge")["axis_id"].agg(list)
    assert sorted(map(tuple, shared)) == sorted(
        [("one", "three"), ("one", "two", "three"), ("two",), ("two",), ("three",), ("detour",)]
    )
    # Its own measures: 204 km of the third axis go over 90 + 110 km of the first.
    third = graph.legs[graph.legs["axis_id"] == "three"]
    at = third[["at_u_m", "at_v_m"]].to_numpy()
    assert np.sort(at, axis=1).ravel() == pytest.approx([0, 91_800, 91_800, 204_000, 204_000, 3e5])


def test_lixels_run_along_an_axis_whichever_way_its_edges_point() -> None:
    lixels = Lixels(Graph.from_axes(AXES), 1_000)
    along = lixels.along_axes()
    for axis_id, end_km in (("one", 200), ("two", 500), ("three", 300), ("detour", 140)):
        part = along[along["axis_id"] == axis_id]
        assert part["measure_from_m"].iloc[0] == pytest.approx(0)
        assert part["measure_to_m"].iloc[-1] == pytest.approx(end_km * 1_000)
        assert part["measure_from_m"].to_numpy()[1:] == pytest.approx(
            part["measure_to_m"].to_numpy()[:-1]
        )
    one, two = (along[along["axis_id"] == name].set_index("lixel") for name in ("one", "two"))
    both = one.merge(two, on="lixel", suffixes=("_one", "_two"))
    assert len(both) == 110
    # The same lixel: PK 90 of the first axis is PK 300 of the second, which runs against it.
    total = both["measure_from_m_one"] + both["measure_to_m_two"]
    assert total.to_numpy() == pytest.approx(np.full(110, 390_000))


def test_mass_by_hand() -> None:
    graph = Graph.from_axes(AXES)
    rows = [
        # Ten kilometres across Ansongo on the first axis, half of them on either edge.
        {"kind": "along", "axis_id": "one", "measure_from_m": 85e3, "measure_to_m": 95e3},
        # The same road as told along the second axis, which counts the other way.
        {"kind": "along", "axis_id": "two", "measure_from_m": 295e3, "measure_to_m": 300e3},
        # Within 10 km of Gao: two roads.  Within 20 km of Ansongo: four.
        {"kind": "place", "place_ids": ("gao",), "spread_m": 10e3},
        {"kind": "near", "place_ids": ("ansongo",), "spread_m": 20e3},
        {"kind": "place", "place_ids": ("timbuktu",), "spread_m": 2e3},
        {"kind": "region", "axis_id": "one", "measure_from_m": 0, "measure_to_m": 10e3},
        {"kind": None},
        {"kind": "place", "axis_id": "one", "measure_from_m": 5e3, "measure_to_m": 5e3},
        {"kind": "place", "place_ids": ("tera",), "spread_m": 0},
        # On the same place and spread: the same support.
        {"kind": "place", "place_ids": ("gao",), "spread_m": 10e3},
    ]
    frame = placements(*rows).set_axis(list("abcdefghij"))
    mass = lay_mass(frame, graph, 1_000)
    assert mass.support_of.tolist() == [0, 1, 2, 3, OFF_ROADS, REGION_ONLY, UNPLACED, 4, 5, 2]
    assert mass.left_out == {REGION_ONLY: 1, OFF_ROADS: 1, UNPLACED: 1}
    assert mass.left_out_share == pytest.approx(0.3)
    assert np.diff(mass.begin).tolist() == [10, 5, 20, 80, 1, 1]
    assert np.add.reduceat(mass.share, mass.begin[:-1]) == pytest.approx(np.ones(6))

    def per_edge(support: int) -> dict[float, float]:
        part = slice(mass.begin[support], mass.begin[support + 1])
        share = np.bincount(mass.edge[part], mass.share[part], minlength=graph.edge_count)
        return {km: round(s, 9) for km, s in zip(graph.length_m / 1e3, share, strict=True) if s}

    assert per_edge(0) == {90: 0.5, 110: 0.5}
    assert per_edge(1) == {110: 1}
    assert per_edge(2) == {90: 0.5, 140: 0.5}
    assert per_edge(3) == {90: 0.25, 110: 0.25, 140: 0.25, 200: 0.25}
    # The second axis' PK 295–300 is the 5 km from Ansongo towards Labbezanga: PK 90–95.
    lixels = Lixels(graph, 1_000)
    part = slice(mass.begin[1], mass.begin[2])
    lixel = lixels.at(mass.edge[part], mass.offset_m[part])
    along = lixels.along_axes()
    one = along[(along["axis_id"] == "one") & along["lixel"].isin(lixel)]
    assert one["measure_from_m"].to_numpy() == pytest.approx([90e3, 91e3, 92e3, 93e3, 94e3])
    # Weights: two incidents at Gao, one of them counted thrice.
    weights = np.ones(10)
    weights[9] = 3
    assert mass.weights(weights)[mass.begin[2] : mass.begin[3]].sum() == pytest.approx(4)
    assert mass.weights().sum() == pytest.approx(7)


def test_a_loop_around_a_place_is_not_counted_twice() -> None:
    ring = {"r": axis("r", ("a", 0), ("b", 4), ("c", 9)), "s": axis("s", ("c", 0), ("a", 3))}
    mass = lay_mass(
        placements({"kind": "place", "place_ids": ("a",), "spread_m": 9e3}),
        Graph.from_axes(ring), 500,
    )  # fmt: skip
    # All 12 km of the ring lie within 9 km: 24 points of equal share.
    assert mass.share == pytest.approx(np.full(24, 1 / 24))


def test_samples_follow_the_shares() -> None:
    graph = Graph.from_axes(AXES)
    row = {"kind": "along", "axis_id": "one", "measure_from_m": 60e3, "measure_to_m": 100e3}
    lost = {"kind": "region"}
    mass = lay_mass(placements(row, lost, *[row] * 4_000), graph, 1_000)
    placed, points = mass.sample(np.random.default_rng(1))
    assert placed.tolist() == [0, *range(2, 4_002)]
    on_first = (graph.length_m[mass.edge[points]] == 90_000).mean()
    assert on_first == pytest.approx(0.75, abs=4 * np.sqrt(0.75 * 0.25 / 4_001))
    assert len(np.unique(points)) == 40


def test_the_starter_axes_make_a_graph_without_parallel_roads_of_one_length() -> None:
    atlas = load()
    graph = Graph.from_axes(atlas.axes)
    assert set(graph.node_ids) == set(atlas.axes_of)
    along = Lixels(graph, 5_000).along_axes()
    length = along["measure_to_m"] - along["measure_from_m"]
    for axis_id, total in length.groupby(along["axis_id"]).sum().items():
        assert total == pytest.approx(atlas.axes[axis_id].length_m)
    low, high = np.minimum(graph.u, graph.v), np.maximum(graph.u, graph.v)
    edges = pd.DataFrame({"ends": list(zip(low, high, strict=True)), "m": graph.length_m})
    for _, same in edges.groupby("ends"):
        metres = np.sort(same["m"])
        assert (np.diff(metres) > 0.1 * metres[1:]).all()


def test_lixels_are_equal_parts_none_too_long() -> None:
    lixels = Lixels(Graph.from_arrays([0, 1], [1, 2], [2_500.0, 3_000.0]), 1_000)
    assert lixels.per_edge.tolist() == [3, 3]
    assert lixels.length_m == pytest.approx([2_500 / 3] * 3 + [1_000] * 3)
    assert lixels.from_m == pytest.approx([0, 2_500 / 3, 5_000 / 3, 0, 1_000, 2_000])
    assert lixels.at(np.array([0, 0, 1]), np.array([0.0, 2_500.0, 1_000.0])).tolist() == [0, 2, 4]
    with pytest.raises(ValueError, match="longer than 0 m"):
        Lixels(lixels.graph, 0)
    with pytest.raises(ValueError, match="take longer lixels"):
        Lixels(lixels.graph, 1e-5)
