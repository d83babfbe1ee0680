"""The plane keeps areas and the grid covers the study area."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import Polygon

from geo.hotspots.grid import STUDY_AREA, Grid, study_grid, to_lonlat, to_plane

GEOD = Geod(ellps="WGS84")


@pytest.mark.parametrize(
    ("west", "south", "east", "north"),
    [(-13, 9, -12, 10), (1.5, 16.5, 2.5, 17.5), (9, 25, 10, 26), (-13, 25, -12, 26), (0, 9, 5, 26)],
)
def test_areas_on_the_plane_are_geodesic_areas(
    west: float, south: float, east: float, north: float
) -> None:
    step = np.linspace(0, 1, 400, endpoint=False)
    lon = np.concatenate([
        west + step * (east - west), np.full(400, east),
        east - step * (east - west), np.full(400, west),
    ])  # fmt: skip
    lat = np.concatenate([
        np.full(400, south), south + step * (north - south),
        np.full(400, north), north - step * (north - south),
    ])  # fmt: skip
    expected_m2, _ = GEOD.polygon_area_perimeter(lon, lat)
    assert Polygon(np.column_stack(to_plane(lon, lat))).area == pytest.approx(expected_m2, rel=2e-6)


@pytest.mark.parametrize(("north", "share"), [(25, 0.0062), (26, 0.0090)])
def test_lengths_on_the_plane_are_within_the_stated_share(north: float, share: float) -> None:
    lon, lat, bearing = (
        axis.ravel()
        for axis in np.meshgrid(
            np.linspace(-13, 10, 12), np.linspace(9, north, 18), np.arange(0, 180, 15.0)
        )
    )
    end_lon, end_lat, _ = GEOD.fwd(lon, lat, bearing, np.full(lon.size, 10.0))
    start, end = to_plane(lon, lat), to_plane(end_lon, end_lat)
    length_m = np.hypot(end[0] - start[0], end[1] - start[1])
    assert np.abs(length_m / 10 - 1).max() == pytest.approx(share, abs=5e-5)


@given(st.floats(-13, 10), st.floats(9, 26))
def test_plane_and_degrees_are_inverse(lon: float, lat: float) -> None:
    back = to_lonlat(*to_plane(lon, lat))
    assert float(back[0]) == pytest.approx(lon, abs=1e-9)
    assert float(back[1]) == pytest.approx(lat, abs=1e-9)


def test_centre_of_the_projection_is_the_origin() -> None:
    x_m, y_m = to_plane(2.0, 17.0)
    assert (float(x_m), float(y_m)) == pytest.approx((0, 0), abs=1e-6)


def test_study_grid_holds_the_study_area_with_its_margin() -> None:
    grid = study_grid(5_000, margin_m=200_000)
    west, south, east, north = STUDY_AREA
    lon, lat = np.meshgrid(np.linspace(west, east, 100), np.linspace(south, north, 100))
    columns, rows = grid.columns_rows(*to_plane(lon, lat))
    assert columns.min() >= 39
    assert columns.max() <= grid.nx - 40
    assert rows.min() >= 39
    assert rows.max() <= grid.ny - 40


def test_cells_are_counted_from_their_centres() -> None:
    grid = Grid(x0_m=-100, y0_m=1000, cell_m=10, nx=4, ny=3)
    assert grid.x_m.tolist() == [-95, -85, -75, -65]
    assert grid.y_m.tolist() == [1005, 1015, 1025]
    columns, rows = grid.columns_rows([-95, -90], [1005, 1025])
    assert columns.tolist() == [0, 0.5]
    assert rows.tolist() == [0, 2]
    assert grid.shape == (3, 4)
    assert grid.cell_km2 == pytest.approx(1e-4)


def test_an_empty_grid_is_refused() -> None:
    with pytest.raises(ValueError, match="positive size"):
        Grid(0, 0, 0, 4, 4)
