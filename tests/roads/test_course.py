"""An axis with a course over the ground: the same places and measures, another line."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.roads.axes import Axis
from geo.roads.course import Course, Drawn
from geo.roads.referencing import drawn_between, measure_of, point_at, slice_between
from tests.examples import examples

GEOD = Geod(ellps="WGS84")


def axis(measures_m: list[float], course: Course | None = None) -> Axis:
    n = len(measures_m)
    return Axis(
        "T", "RN1", "t", tuple(f"p{i}" for i in range(n)), ("ML",) * n, np.arange(n) / 10,
        np.full(n, 15.0), np.array(measures_m), np.ones(n, dtype=bool), course,
    )  # fmt: skip


# Three places 0.1° apart; the first leg bends 0.05° north halfway along it, the second is straight.
BENT = Course(
    np.array([0, 0.05, 0.1, 0.2]), np.array([15, 15.05, 15, 15]), np.array([0, 0.5, 1, 2.0]),
    np.array([True, False]),
)  # fmt: skip
ROAD = axis([0, 20_000, 33_000], BENT)


def test_places_keep_their_measures() -> None:
    assert [point_at(ROAD, m) for m in (0, 20_000, 33_000)] == [
        pytest.approx(p, abs=1e-9) for p in ((0, 15), (0.1, 15), (0.2, 15))
    ]
    assert ROAD.measure_at("p1") == 20_000
    assert point_at(ROAD, 10_000) == pytest.approx((0.05, 15.05), abs=1e-9)


def test_the_bend_is_measured_along_the_line() -> None:
    assert measure_of(ROAD, 0.05, 15.05) == pytest.approx((10_000, 0), abs=0.1)
    quarter = point_at(ROAD, 5_000)
    whole = GEOD.inv(0, 15, 0.05, 15.05)[2]
    assert GEOD.inv(0, 15, *quarter)[2] == pytest.approx(whole / 2, abs=0.01)


def test_a_stretch_follows_the_bend() -> None:
    stretch = slice_between(ROAD, 5_000, 25_000)
    assert [tuple(p) for p in stretch.coords][1:3] == [(0.05, 15.05), (0.1, 15)]
    back = slice_between(ROAD, 25_000, 5_000)
    assert list(back.coords) == list(stretch.coords)[::-1]


def test_a_stretch_says_what_it_rests_on() -> None:
    assert ROAD.drawn == (Drawn.NETWORK, Drawn.SCHEMATIC)
    assert axis([0, 1, 2]).drawn == (Drawn.SCHEMATIC,) * 2
    assert drawn_between(ROAD, 30_000, 5_000) == [
        (5_000, 20_000, Drawn.NETWORK), (20_000, 30_000, Drawn.SCHEMATIC)
    ]  # fmt: skip
    assert drawn_between(axis([0, 1, 2]), 0, 2) == [(0, 2, Drawn.SCHEMATIC)]


def test_new_kilometres_carry_over_by_places() -> None:
    longer = replace(ROAD, measures_m=np.array([0, 30_000, 40_000.0]))
    assert measure_of(longer, 0.05, 15.05)[0] == pytest.approx(15_000, abs=0.1)


def test_many_points_are_measured_in_blocks_as_one_by_one(monkeypatch: Any) -> None:
    lons, lats = np.linspace(0, 0.2, 23), np.linspace(14.9, 15.1, 23)
    at_once = measure_of(ROAD, lons, lats)
    monkeypatch.setattr("geo.roads.referencing.BLOCK", 8)
    for whole, blocks in zip(at_once, measure_of(ROAD, lons, lats), strict=True):
        assert np.array_equal(whole, blocks)
    assert measure_of(ROAD, lons[:0], lats[:0])[0].shape == (0,)


@pytest.mark.parametrize("positions", [[0, 1, 1, 2], [0, 0.5, 1.5, 1.9], [0.1, 0.5, 1, 2]])
def test_positions_must_lead_from_the_first_place_to_the_last(positions: list[float]) -> None:
    with pytest.raises(ValueError, match=str(positions[0])):
        replace(BENT, positions=np.array(positions))


@st.composite
def roads(draw: st.DrawFn) -> Axis:
    places = draw(st.integers(2, 5))
    inner = draw(
        st.lists(st.floats(0.01, places - 1.01), max_size=12, unique_by=lambda x: round(x, 2))
    )
    positions = np.array(sorted({*inner, *map(float, range(places))}))
    if np.any(np.diff(positions) < 1e-3):
        positions = np.arange(places, dtype=float)
    bend = draw(st.lists(st.floats(-0.02, 0.02), min_size=len(positions), max_size=len(positions)))
    course = Course(positions / 10, 15 + np.array(bend), positions, np.ones(places - 1, dtype=bool))
    steps = draw(st.lists(st.integers(1, 50_000), min_size=places - 1, max_size=places - 1))
    return axis([0.0, *np.cumsum(steps).astype(float)], course)


@settings(max_examples=examples(60), deadline=None)
@given(roads(), st.floats(0, 1))
def test_reversing_mirrors_measures(road: Axis, share: float) -> None:
    measure_m = share * road.end_m
    other = road.reversed()
    assert other.drawn == road.drawn[::-1]
    assert point_at(other, road.end_m - measure_m) == pytest.approx(
        point_at(road, measure_m), abs=1e-7
    )
    assert other.reversed().line[2] == pytest.approx(road.line[2])


@settings(max_examples=examples(60), deadline=None)
@given(roads(), st.floats(0, 1))
def test_a_point_of_the_line_lies_on_it(road: Axis, share: float) -> None:
    point = point_at(road, share * road.end_m)
    measure_m, offset_m = measure_of(road, *point)
    assert offset_m < 1
    again = point_at(road, measure_m)
    assert GEOD.inv(*point, *again)[2] < 1.5


@settings(max_examples=examples(40), deadline=None)
@given(roads(), st.lists(st.floats(0, 1), min_size=2, max_size=6, unique=True))
def test_measures_ascend_along_the_line(road: Axis, shares: list[float]) -> None:
    lons, _ = point_at(road, np.array(sorted(shares)) * road.end_m)
    # These courses run east; a rounded float may stand still.
    assert all(b >= a - 1e-9 for a, b in pairwise(lons))
