"""Ends that nearly meet a road are told and not closed."""

from __future__ import annotations

import pytest
from pyproj import Geod

from geo.roads.network.importing import network_from
from geo.roads.network.lines import make_lines

GEOD = Geod(ellps="WGS84")
ROAD = [(0, 10), (1, 10)]


def at(x: float, metres: float) -> tuple[float, float]:
    """Return the point that lies metres north of the road at a longitude."""
    lon, lat, _ = GEOD.fwd(x, 10, 0, metres)
    return lon, lat


def test_a_dead_end_beside_a_road_is_told_with_its_distance_and_place() -> None:
    network = network_from(make_lines([ROAD, [at(0.5, 5_000), at(0.5, 12)]]), tolerance_m=20)
    assert network.facts["components"] == 2
    assert len(network) == 2
    gap = network.gaps.iloc[0]
    assert len(network.gaps) == network.facts["gaps"] == 1
    assert gap["distance_m"] == pytest.approx(12, abs=0.02)
    assert (gap["lon"], gap["lat"]) == pytest.approx((0.5, 10), abs=1e-6)
    assert network.nodes[gap["node"]] / 1e7 == pytest.approx(at(0.5, 12), abs=1e-7)
    assert gap["other_component"]


def test_beyond_the_tolerance_nothing_is_told() -> None:
    network = network_from(make_lines([ROAD, [at(0.5, 5_000), at(0.5, 12)]]), tolerance_m=11)
    assert network.gaps.empty


def test_an_end_that_touches_is_no_gap() -> None:
    assert network_from(make_lines([ROAD, [at(0.5, 5_000), (0.5, 10)]])).gaps.empty


def test_two_ends_that_face_each_other_are_two_gaps() -> None:
    lines = make_lines([[(0, 10), (0.5, 10)], [(0.5001, 10), (1, 10)]])
    network = network_from(lines, tolerance_m=20)
    assert network.gaps["edge"].tolist() == [1, 0]
    assert network.gaps["distance_m"].tolist() == pytest.approx(
        [GEOD.inv(0.5, 10, 0.5001, 10)[2]] * 2, abs=1e-3
    )


def test_a_stub_is_no_gap_to_the_roads_of_its_own_junction() -> None:
    lines = make_lines([[(0, 10), (0.5, 10)], [(0.5, 10), (1, 10)], [(0.5, 10), at(0.5001, 9)]])
    assert network_from(lines, tolerance_m=20).gaps.empty


def test_a_long_way_round_within_one_part_is_told_too() -> None:
    lines = make_lines([[(0, 10), (1, 10)], [(1, 10), (1, 11), at(0.5, 5_000), at(0.5, 8)]])
    network = network_from(lines, tolerance_m=10)
    assert network.gaps["distance_m"].tolist() == pytest.approx([8], abs=0.02)
    assert not network.gaps["other_component"].any()
