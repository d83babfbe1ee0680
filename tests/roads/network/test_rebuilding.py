"""Known roads on a network: by number, stretch by stretch, measures by places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pyproj import Geod

from geo import layers
from geo.atlas import load
from geo.records import Place
from geo.roads.axes import Axis
from geo.roads.network.courses import with_courses, write_courses
from geo.roads.network.importing import network_from, network_from_file
from geo.roads.network.lines import make_lines
from geo.roads.network.rebuilding import rebuild
from geo.roads.network.tags import RoadClass
from geo.roads.referencing import measure_of, point_at

GEOD = Geod(ellps="WGS84")
Points = Sequence[tuple[float, float]]


def places(*points: tuple[float, float]) -> dict[str, Place]:
    return {
        f"p{i}": Place(f"p{i}", f"P{i}", (), "ML", "", "", "town", lon, lat, 1_000)
        for i, (lon, lat) in enumerate(points)
    }


def axis(towns: dict[str, Place], ref: str = "RN16") -> Axis:
    lons, lats = (np.array([getattr(t, name) for t in towns.values()]) for name in ("lon", "lat"))
    n = len(towns)
    return Axis(
        "T", ref, "t", tuple(towns), ("ML",) * n, lons, lats, np.arange(n) * 10_000.0,
        np.ones(n, dtype=bool),
    )  # fmt: skip


def rebuilt(towns: dict[str, Place], *roads: Points, ref: str = "RN16", **tags: Any) -> Axis:
    network = network_from(make_lines(roads, **tags))
    road = axis(towns, ref)
    course = rebuild(network, {"T": road}, towns).get("T")
    return replace(road, course=course)


def vertices(road: Axis) -> list[tuple[float, float]]:
    return [(round(float(x), 6), round(float(y), 6)) for x, y, _ in zip(*road.line, strict=True)]


def test_the_road_between_two_towns_is_followed() -> None:
    road = rebuilt(places((0, 15), (0.2, 15)), [(0, 15), (0.1, 15.03), (0.2, 15)])
    assert vertices(road) == [(0, 15), (0.1, 15.03), (0.2, 15)]
    assert point_at(road, 5_000) == pytest.approx((0.1, 15.03), abs=1e-3)
    assert list(road.course.on_network) == [True]  # type: ignore[union-attr]


def test_the_road_with_the_number_is_taken_though_it_is_longer() -> None:
    roads = [[(0, 15), (0.1, 15.03), (0.2, 15)], [(0, 15), (0.2, 15)]]
    towns = places((0, 15), (0.2, 15))
    numbered = replace_ref(towns, roads, [1, 0])
    assert (0.1, 15.03) in vertices(numbered)
    assert len(vertices(replace_ref(towns, roads, [0, 0]))) == 2


def replace_ref(towns: dict[str, Place], roads: Sequence[Points], codes: list[int]) -> Axis:
    network = network_from(make_lines(roads, ["", "RN 16;N5"], ref=codes))
    road = axis(towns)
    return replace(road, course=rebuild(network, {"T": road}, towns).get("T"))


def test_the_highway_is_preferred_to_the_track() -> None:
    roads = [[(0, 15), (0.1, 15.02), (0.2, 15)], [(0, 15), (0.2, 15)]]
    classes = [RoadClass.TRUNK, RoadClass.TRACK]
    road = rebuilt(places((0, 15), (0.2, 15)), *roads, road_class=classes)
    assert (0.1, 15.02) in vertices(road)


def test_a_stretch_without_a_plausible_way_stays_straight() -> None:
    # The second leg's only way is a detour of more than 1.5 times.
    detour = [(0.1, 15), (0.1, 15.2), (0.2, 15.2), (0.2, 15)]
    road = rebuilt(places((0, 15), (0.1, 15), (0.2, 15)), [(0, 15), (0.1, 15)], detour)
    assert list(road.course.on_network) == [True, False]  # type: ignore[union-attr]
    assert vertices(road) == [(0, 15), (0.1, 15), (0.2, 15)]


def test_a_gap_in_the_network_is_drawn_straight_from_town_to_town() -> None:
    road = rebuilt(
        places((0, 15), (0.1, 15), (0.2, 15), (0.3, 15)),
        [(0, 15.001), (0.1, 15.001)], [(0.2, 15.001), (0.3, 15.001)],
    )  # fmt: skip
    assert list(road.course.on_network) == [True, False, True]  # type: ignore[union-attr]
    assert vertices(road) == [(0, 15.001), (0.1, 15.001), (0.2, 15.001), (0.3, 15.001)]


def test_no_road_near_the_axis_leaves_the_chain() -> None:
    assert rebuilt(places((0, 15), (0.1, 15)), [(5, 15), (5.1, 15)]).course is None
    assert rebuilt(places((0, 15), (0.1, 15)), [(0, 15.05), (0.1, 15.05)]).course is None


def test_a_place_too_far_from_the_road_is_passed_over() -> None:
    # 0.04° are 4.4 km: too far to stand on the road, near enough for a place known to 5 km.
    towns = places((0, 15), (0.1, 15.04), (0.2, 15))
    towns["p1"] = replace(towns["p1"], accuracy_m=5_000.0)
    straight = [(0, 15), (0.2, 15)]
    road = rebuilt(towns, straight)
    assert list(road.course.on_network) == [True, True]  # type: ignore[union-attr]
    assert point_at(road, 10_000) == pytest.approx((0.1, 15), abs=1e-3)
    towns["p1"] = replace(towns["p1"], accuracy_m=1_000.0)
    assert rebuilt(towns, straight).course is None


def test_a_spur_into_a_town_is_cut_off() -> None:
    # The town lies 1.1 km north of the through road, on a lane of its own.
    roads = [[(0, 15), (0.1, 15), (0.2, 15)], [(0.1, 15), (0.1, 15.01)]]
    road = rebuilt(places((0, 15), (0.1, 15.01), (0.2, 15)), *roads)
    assert vertices(road) == [(0, 15), (0.1, 15), (0.2, 15)]
    assert point_at(road, 10_000) == pytest.approx((0.1, 15), abs=1e-6)


def test_several_towns_on_one_long_road_without_junctions() -> None:
    road = rebuilt(places(*((x / 10, 15.002) for x in range(5))), [(-0.5, 15), (0.9, 15)])
    assert list(road.course.on_network) == [True] * 4  # type: ignore[union-attr]
    for i in range(5):
        assert point_at(road, i * 10_000) == pytest.approx((i / 10, 15), abs=2e-6)


def test_places_keep_their_kilometres_whatever_the_way_measures() -> None:
    road = rebuilt(places((0, 15), (0.2, 15)), [(0, 15), (0.1, 15.03), (0.2, 15)])
    assert (road.start_m, road.end_m) == (0, 10_000)
    assert measure_of(road, 0.2, 15)[0] == pytest.approx(10_000)
    before = axis(places((0, 15), (0.2, 15)))
    assert np.array_equal(road.measures_m, before.measures_m)


def test_towns_on_one_point_do_no_harm() -> None:
    road = rebuilt(places((0, 15), (0.1, 15), (0.1, 15), (0.2, 15)), [(0, 15), (0.2, 15)])
    assert list(road.course.on_network) == [True] * 3  # type: ignore[union-attr]
    assert np.all(np.diff(road.line[2]) > 0)


def test_a_reversed_axis_gets_the_mirrored_course() -> None:
    towns = places((0, 15), (0.1, 15.01), (0.2, 15))
    ways = [[(0, 15), (0.05, 15.02), (0.1, 15), (0.2, 15)], [(0.1, 15), (0.1, 15.01)]]
    network = network_from(make_lines(ways))
    road = axis(towns)
    one = rebuild(network, {"T": road}, towns)["T"]
    other = rebuild(network, {"T": road.reversed()}, towns)["T"].reversed()
    assert one.lons == pytest.approx(other.lons, abs=1e-7)
    assert one.positions == pytest.approx(other.positions, abs=1e-6)


def test_courses_are_kept_with_the_places_that_they_were_made_for(tmp_path: Any) -> None:
    road = rebuilt(places((0, 15), (0.2, 15)), [(0, 15), (0.1, 15.03), (0.2, 15)])
    assert road.course is not None
    write_courses({"T": road.course}, {"T": road}, tmp_path)
    layers.seal(tmp_path, {})
    bare = replace(road, course=None)
    again = with_courses({"T": bare, "U": replace(bare, axis_id="U")}, tmp_path)
    assert vertices(again["T"]) == vertices(road)
    assert again["U"].course is None
    # New kilometres are taken over; places that moved or changed are not.
    longer = replace(bare, measures_m=np.array([0, 12_000.0]))
    assert with_courses({"T": longer}, tmp_path)["T"].line[2][-1] == 12_000
    moved = replace(bare, lons=bare.lons + 0.01)
    assert with_courses({"T": moved}, tmp_path)["T"].course is None
    other = replace(bare, place_ids=("p0", "p9"))
    assert with_courses({"T": other}, tmp_path)["T"].course is None


def test_the_starter_axes_on_the_reference_lines(reference: Any) -> None:
    land = load(imported=False)
    network = network_from_file(reference("roads_osm_krantz_net.geojson"))
    courses = rebuild(network, land.axes, land.gazetteer.places)
    rn17 = replace(land.axes["ML-RN17"], course=courses["ML-RN17"])
    assert rn17.course is not None
    assert rn17.course.on_network.all()
    # That file makes a detour inside Gao: along it Kobé would read PK 38, by the places it is 33.
    kobe = land.gazetteer.places["ml-gao-kobe"]
    assert measure_of(rn17, kobe.lon, kobe.lat)[0] == pytest.approx(33_100, abs=700)
    length_m = GEOD.line_length(*rn17.line[:2])
    assert 195_000 < length_m < 203_000
    for axis_id, course in courses.items():
        road = replace(land.axes[axis_id], course=course)
        assert np.all(np.diff(road.line[2]) > 0)
        # No place is moved far from where it is.
        for i in np.flatnonzero(course.on_network):
            at = point_at(road, float(road.measures_m[i]))
            place = land.gazetteer.places[road.place_ids[i]]
            assert GEOD.inv(place.lon, place.lat, *at)[2] <= max(6_000, place.accuracy_m + 3_000)
