"""Positions along an axis: hand-worked values, pyproj as the reference, round trips."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo import atlas as atlases
from geo.roads.axes import Axis
from geo.roads.referencing import (
    chainage,
    far_from,
    measure_of,
    parse_chainage,
    point_at,
    slice_between,
    towards,
)
from tests.examples import examples

GEOD = Geod(ellps="WGS84")
AXES = atlases.load().axes
RN17 = AXES["ML-RN17"]


def chain(points: list[tuple[float, float]], measures_m: list[float]) -> Axis:
    lons, lats = (np.array(values, dtype=float) for values in zip(*points, strict=True))
    count = len(points)
    return Axis(
        "T", "RN0", "test", tuple("abcdefgh"[:count]), ("ML",) * count, lons, lats,
        np.array(measures_m, dtype=float), np.ones(count, dtype=bool),
    )  # fmt: skip


# One degree of the equator is 111,319.4908 m on WGS 84; the road is a fifth longer.
EQUATOR = chain([(0, 0), (1, 0), (2, 0)], [0, 133_583.4, 267_166.8])


def test_a_quarter_of_a_leg_is_a_quarter_of_its_geodesic() -> None:
    assert point_at(EQUATOR, 133_583.4 / 4) == pytest.approx((0.25, 0.0), abs=1e-9)
    assert point_at(EQUATOR, 133_583.4) == pytest.approx((1.0, 0.0), abs=1e-9)


def test_a_point_beside_the_equator_is_measured_at_its_foot() -> None:
    measure_m, offset_m = measure_of(EQUATOR, 1.5, 0.1)
    assert measure_m == pytest.approx(200_375.1, abs=1)
    # 0.1 degree of latitude at the equator is 11,057.4 m on WGS 84.
    assert offset_m == pytest.approx(11_057.4, abs=0.2)


def test_a_point_before_the_start_is_measured_at_the_start() -> None:
    measure_m, offset_m = measure_of(EQUATOR, -0.1, 0.0)
    assert (measure_m, offset_m) == (0.0, pytest.approx(11_131.95, abs=0.01))


def test_kobe_stands_at_33_km_on_rn17() -> None:
    assert point_at(RN17, 33_100) == pytest.approx((0.1166, 16.05671), abs=1e-9)
    measure_m, offset_m = measure_of(RN17, 0.117, 16.057)
    assert measure_m == pytest.approx(33_100, abs=100)
    assert offset_m < 100


def test_thirty_km_from_gao_lies_on_the_geodesic_to_kobe() -> None:
    # Gao is at 0, Kobé at 33.1 km: 30 km is 30/33.1 of the way.
    azimuth, _, length = GEOD.inv(-0.05022, 16.26849, 0.1166, 16.05671)
    lon, lat, _ = GEOD.fwd(-0.05022, 16.26849, azimuth, length * 30 / 33.1)
    assert point_at(RN17, 30_000) == pytest.approx((lon, lat), abs=1e-9)


@pytest.mark.parametrize("measure_m", [-1.0, 195_901.0, np.nan])
def test_a_measure_beyond_the_road_is_refused(measure_m: float) -> None:
    with pytest.raises(ValueError, match="is not on axis ML-RN17"):
        point_at(RN17, measure_m)


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(sorted(AXES)), st.floats(0, 1))
def test_the_measure_of_the_point_at_a_measure_is_that_measure(axis_id: str, part: float) -> None:
    axis = AXES[axis_id]
    measure_m = axis.start_m + part * axis.length_m
    lon, lat = point_at(axis, measure_m)
    back_m, offset_m = measure_of(axis, lon, lat)
    assert offset_m < 0.01
    again = point_at(axis, back_m)
    # A chain may pass the same point twice (a village off the line): the place must be the same.
    assert GEOD.inv(lon, lat, *again)[2] < 0.1


@settings(max_examples=examples(40), deadline=None)
@given(st.sampled_from(sorted(AXES)), st.floats(0, 1))
def test_reversing_an_axis_mirrors_its_measures(axis_id: str, part: float) -> None:
    axis = AXES[axis_id]
    measure_m = axis.start_m + part * axis.length_m
    mirrored = point_at(axis.reversed(), axis.length_m - (measure_m - axis.start_m))
    assert mirrored == pytest.approx(point_at(axis, measure_m), abs=1e-7)


@settings(max_examples=examples(30), deadline=None)
@given(st.sampled_from(sorted(AXES)), st.floats(0, 1), st.floats(0, 360), st.floats(0, 30_000))
def test_the_nearest_point_is_not_beaten_by_any_sampled_point(
    axis_id: str, part: float, bearing: float, away_m: float
) -> None:
    axis = AXES[axis_id]
    lon, lat = point_at(axis, axis.start_m + part * axis.length_m)
    lon, lat, _ = GEOD.fwd(lon, lat, bearing, away_m)
    _, offset_m = measure_of(axis, float(lon), float(lat))
    sampled = point_at(axis, np.linspace(axis.start_m, axis.end_m, 2000))
    ones = np.ones(2000)
    _, _, distances = GEOD.inv(lon * ones, lat * ones, *sampled)
    assert offset_m <= np.min(distances) + 1.0


def test_arrays_give_what_scalars_give() -> None:
    measures = np.array([0.0, 33_100.0, 97_000.0])
    lons, lats = point_at(RN17, measures)
    assert list(zip(lons, lats, strict=True)) == [point_at(RN17, float(m)) for m in measures]
    back, offsets = measure_of(RN17, lons, lats)
    assert back == pytest.approx(measures, abs=0.01)
    assert offsets == pytest.approx(np.zeros(3), abs=0.01)


@settings(max_examples=examples(40), deadline=None)
@given(st.sampled_from(sorted(AXES)), st.floats(0, 1), st.floats(0, 1))
def test_a_slice_runs_from_one_measure_to_the_other(axis_id: str, one: float, other: float) -> None:
    axis = AXES[axis_id]
    from_m, to_m = (axis.start_m + part * axis.length_m for part in (one, other))
    assume(abs(from_m - to_m) > 1)
    line = slice_between(axis, from_m, to_m)
    assert line.coords[0] == pytest.approx(point_at(axis, from_m), abs=1e-9)
    assert line.coords[-1] == pytest.approx(point_at(axis, to_m), abs=1e-9)
    assert slice_between(axis, to_m, from_m).equals(line.reverse())
    inside = (axis.measures_m > min(from_m, to_m)) & (axis.measures_m < max(from_m, to_m))
    assert len(line.coords) == 2 + inside.sum()


def test_a_slice_needs_a_length() -> None:
    with pytest.raises(ValueError, match="two different measures"):
        slice_between(RN17, 1_000, 1_000)


def test_towards_counts_in_the_direction_of_the_second_place() -> None:
    assert towards(RN17, "ml-gao-ansongo", 30_000, "ml-gao-gao") == 67_000
    assert towards(RN17, "ml-gao-ansongo", 30_000, "ml-gao-labbezanga") == 127_000
    with pytest.raises(ValueError, match="ends before"):
        towards(RN17, "ml-gao-gao", 200_000, "ml-gao-ansongo")
    with pytest.raises(KeyError):
        towards(RN17, "ml-gao-gao", 1_000, "ml-mopti-mopti")


@pytest.mark.parametrize(
    ("measure_m", "shown"),
    [(33_100, "PK 33+100"), (0, "PK 0+000"), (33_999.6, "PK 34+000"), (5, "PK 0+005")],
)
def test_chainage_is_written_as_on_the_kilometre_stones(measure_m: float, shown: str) -> None:
    assert chainage(measure_m) == shown
    assert parse_chainage(shown) == pytest.approx(measure_m, abs=0.5)


@given(st.floats(0, 9_999_999))
def test_chainage_round_trips_to_the_metre(measure_m: float) -> None:
    assert abs(parse_chainage(chainage(measure_m)) - measure_m) <= 0.5


@pytest.mark.parametrize("text", ["", "PK", "PK 33+1", "PK -3", "33+1000", "Gao"])
def test_what_is_no_chainage_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a chainage"):
        parse_chainage(text)


def test_measures_must_ascend() -> None:
    with pytest.raises(ValueError, match="do not ascend"):
        chain([(0, 0), (1, 0), (2, 0)], [0, 10, 10])


def test_what_is_called_far_is_beyond_the_reach_and_what_is_beside_is_not() -> None:
    """All places against all roads: the cheap answer never hides a road that is near."""
    atlas = atlases.load()
    places = [place for place in atlas.gazetteer.places.values() if place.kind != "region"][::7]
    for axis in AXES.values():
        _, offsets = measure_of(
            axis, np.array([p.lon for p in places]), np.array([p.lat for p in places])
        )
        told = np.array([far_from(axis, p.lon, p.lat, 5_000.0) for p in places])
        assert (offsets[told] > 5_000.0).all()
        assert told[offsets > 40_000.0].all()
