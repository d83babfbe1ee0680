"""Each placed incident has unit mass, spread over what its report bounds."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from geo.hotspots.grid import Grid, study_grid, to_lonlat, to_plane
from geo.hotspots.mass import spread_mass
from geo.records import PLACEMENT_COLUMNS
from tests.examples import examples

GRID = study_grid(5_000)
GEOD = Geod(ellps="WGS84")


def placement(
    kind: str | None, geometry: BaseGeometry | None, spread_m: float = 0.0
) -> dict[str, Any]:
    row = dict.fromkeys(PLACEMENT_COLUMNS)
    at = geometry.centroid if geometry is not None else None
    return row | {
        "kind": kind, "geometry": geometry, "spread_m": spread_m,
        "lon": at.x if at else np.nan, "lat": at.y if at else np.nan,
    }  # fmt: skip


def frame(*rows: dict[str, Any], index: list[str] | None = None) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(PLACEMENT_COLUMNS), index=index)


lons, lats = st.floats(-12, 9), st.floats(10, 25)
points = st.builds(
    lambda lon, lat, kind, spread: placement(kind, Point(lon, lat), spread),
    lons, lats, st.sampled_from(["place", "near"]), st.sampled_from([0.0, 2e3, 3e4, 2e5]),
)  # fmt: skip
lines = st.builds(
    lambda lon, lat, dx, dy: placement("along", LineString([(lon, lat), (lon + dx, lat + dy)])),
    lons, lats, st.floats(0.01, 1), st.floats(-1, 1),
)  # fmt: skip
areas = st.builds(
    lambda lon, lat, dx, dy: placement("region", box(lon, lat, lon + dx, lat + dy)),
    lons, lats, st.floats(0.001, 1.5), st.floats(0.001, 1.5),
)  # fmt: skip
nowhere = st.just(placement(None, None, np.nan))


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.one_of(points, lines, areas, nowhere), max_size=12))
def test_every_placed_incident_has_mass_one(rows: list[dict[str, Any]]) -> None:
    mass = spread_mass(frame(*rows), GRID, with_regions=True)
    each = mass.points().groupby("incident")["weight"].sum()
    placed = [at for at, row in enumerate(rows) if row["geometry"] is not None]
    assert each.index.tolist() == placed
    assert each.to_numpy() == pytest.approx(np.ones(len(placed)), abs=1e-12)
    assert mass.weights().sum() == pytest.approx(len(placed), abs=1e-9)
    assert mass.left_out_unplaced == len(rows) - len(placed)


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.one_of(points, lines, areas), min_size=1, max_size=6), st.data())
def test_order_and_repetition_only_move_rows(
    rows: list[dict[str, Any]], data: st.DataObject
) -> None:
    order = data.draw(st.lists(st.integers(0, len(rows) - 1), min_size=1, max_size=12))
    mass = spread_mass(frame(*[rows[at] for at in order]), GRID, with_regions=True)
    alone = [spread_mass(frame(row), GRID, with_regions=True).points() for row in rows]
    for number, group in mass.points().groupby("incident"):
        expected = alone[order[number]]
        assert group["x_m"].to_numpy() == pytest.approx(expected["x_m"].to_numpy())
        assert group["weight"].to_numpy() == pytest.approx(expected["weight"].to_numpy())


def test_a_stretch_lies_on_its_road_in_equal_parts() -> None:
    # Two legs of one line, 10 km in all on the plane: four parts of 2.5 km, points in the middles.
    x_m, y_m = np.array([0.0, 4_000.0, 4_000.0]), np.array([0.0, 0.0, 6_000.0])
    road = LineString(np.column_stack(to_lonlat(x_m, y_m)))
    found = spread_mass(frame(placement("along", road)), GRID).points()
    assert found["weight"].tolist() == [0.25] * 4
    assert found["x_m"].to_numpy() == pytest.approx([1250, 3750, 4000, 4000], abs=1e-3)
    assert found["y_m"].to_numpy() == pytest.approx([0, 0, 2250, 4750], abs=1e-3)


def test_a_known_place_is_one_point_and_a_vague_one_a_disc() -> None:
    at = Point(0.117, 16.057)
    x_m, y_m = (float(value) for value in to_plane(at.x, at.y))
    exact = spread_mass(frame(placement("place", at, 200.0)), GRID).points()
    assert exact[["x_m", "y_m", "weight"]].to_numpy().tolist() == [[x_m, y_m, 1.0]]

    vague = spread_mass(frame(placement("near", at, 20_000.0)), GRID).points()
    distance_m = np.hypot(vague["x_m"] - x_m, vague["y_m"] - y_m)
    assert len(vague) == 51  # π · (20 / 5)² = 50.3: about one point per cell
    assert (vague["x_m"].mean(), vague["y_m"].mean()) == pytest.approx((x_m, y_m), abs=1e-6)
    assert distance_m.max() <= 20_500
    # On a uniform disc half the mass lies within R / √2 and the mean squared distance is R² / 2.
    assert (distance_m < 20_000 / np.sqrt(2)).mean() == pytest.approx(0.5, abs=0.04)
    assert (distance_m**2).mean() == pytest.approx(20_000**2 / 2, rel=0.02)


def test_a_region_holds_its_mass_evenly_and_only_inside() -> None:
    region = box(-1, 15, 1, 17)
    found = spread_mass(frame(placement("region", region)), GRID, with_regions=True).points()
    lon, lat = to_lonlat(found["x_m"], found["y_m"])
    # A degree of edge between corners bends by up to 0.02° on the plane.
    assert ((lon > -1.03) & (lon < 1.03) & (lat > 14.97) & (lat < 17.03)).all()
    area_km2 = abs(GEOD.polygon_area_perimeter([-1, 1, 1, -1], [15, 15, 17, 17])[0]) / 1e6
    assert len(found) * 25 == pytest.approx(area_km2, rel=0.02)
    assert len(set(found["weight"])) == 1


def test_a_region_smaller_than_a_cell_is_a_point_inside_it() -> None:
    tiny = box(0.0, 15.0, 0.001, 15.001)
    found = spread_mass(frame(placement("region", tiny)), GRID, with_regions=True).points()
    lon, lat = to_lonlat(found["x_m"], found["y_m"])
    assert len(found) == 1
    assert tiny.contains(Point(lon[0], lat[0]))


def test_what_is_left_out_is_said() -> None:
    rows = frame(
        placement("place", Point(0, 15)), placement("region", box(0, 15, 1, 16)),
        placement(None, None), placement("near", Point(1, 15), 5e3),
        index=["a", "b", "c", "d"],
    )  # fmt: skip
    mass = spread_mass(rows, GRID)
    assert (mass.left_out_region, mass.left_out_unplaced, mass.left_out_share) == (1, 1, 0.5)
    assert mass.points()["incident"].unique().tolist() == [0, 3]
    assert mass.index.tolist() == ["a", "b", "c", "d"]

    some = mass.select(np.array([True, True, False, False]))
    assert (some.left_out_region, some.left_out_unplaced) == (1, 0)
    assert some.index.tolist() == ["a", "b"]
    assert some.weights().sum() == pytest.approx(1)


def test_no_incidents_have_no_mass() -> None:
    mass = spread_mass(frame(), GRID)
    assert mass.weights().size == 0
    assert mass.left_out_share == 0


def test_equal_placements_share_their_points() -> None:
    line = LineString([(0, 15), (0.5, 15)])
    copy = LineString([(0, 15), (0.5, 15)])
    rows = [placement("along", line), placement("along", copy)] * 500
    mass = spread_mass(frame(*rows), GRID)
    assert mass.x_m.size == len(spread_mass(frame(rows[0]), GRID).points())
    assert mass.weights().sum() == pytest.approx(1000)
    weighted = mass.weights(np.arange(1000.0))
    assert weighted.sum() == pytest.approx(999 * 1000 / 2)


def test_a_stretch_shorter_than_half_a_cell_is_one_point() -> None:
    coarse = Grid(-1e6, -1e6, 50_000, 40, 40)
    short = LineString([(0, 15), (0.1, 15)])
    assert len(spread_mass(frame(placement("along", short)), coarse).points()) == 1
