"""The class image lies where Web Mercator says and its limits hold what they claim."""

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray
from pyproj import Transformer
from scipy.interpolate import RegularGridInterpolator

from geo.hotspots.grid import STUDY_AREA, Grid, study_grid, to_plane
from geo.hotspots.planar import Surface
from geo.hotspots.raster import (
    Frame,
    _lookup,
    class_image,
    classes_at,
    classes_by_mass,
    frame_for,
    sample,
)

GRID = study_grid(50_000)


def surface(values: ArrayLike, grid: Grid = GRID) -> Surface:
    values = np.asarray(values, dtype=float)
    return Surface(grid, values, 1e5, 1e5, float(values.sum() * grid.cell_km2), 0.0)


def pixel_centres(frame: Frame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    to_degrees = Transformer.from_crs("EPSG:3857", "EPSG:4326", always_xy=True)
    to_metres = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
    west, south = to_metres.transform(frame.west, frame.south)
    east, north = to_metres.transform(frame.east, frame.north)
    x_m = west + (np.arange(frame.width) + 0.5) / frame.width * (east - west)
    y_m = north - (np.arange(frame.height) + 0.5) / frame.height * (north - south)
    return to_degrees.transform(*np.meshgrid(x_m, y_m))


def test_samples_are_the_bilinear_values_at_web_mercator_pixels() -> None:
    values = np.random.default_rng(3).random(GRID.shape)
    frame = frame_for(width=97)
    x_m, y_m = to_plane(*pixel_centres(frame))
    expected = RegularGridInterpolator((GRID.y_m, GRID.x_m), values)(np.stack([y_m, x_m], -1))
    assert sample(surface(values), frame) == pytest.approx(expected, abs=1e-9)


def test_pixels_are_square_in_web_mercator() -> None:
    frame = frame_for(width=512)
    # 23° of longitude are 0.40143 rad; 9° to 26° N are 0.31262 of Mercator's unit.
    assert frame.height == round(512 * 0.31262 / 0.40143)
    assert (frame.west, frame.south, frame.east, frame.north) == STUDY_AREA


def test_there_is_nothing_beyond_the_grid() -> None:
    small = Grid(-50_000, -50_000, 10_000, 10, 10)
    found = sample(surface(np.ones(small.shape), small), frame_for((-10, 10, 9, 25), 200))
    assert found.max() == pytest.approx(1)
    assert found[0].max() == found[-1].max() == found[:, 0].max() == found[:, -1].max() == 0


def test_the_look_up_is_kept() -> None:
    frame = frame_for(width=64)
    assert _lookup(GRID, frame) is _lookup(study_grid(50_000), frame_for(width=64))


def test_classes_by_mass_by_hand() -> None:
    # Of 10 events 4, 3, 2 and 1 lie in one cell each: half of them lie in the first two cells.
    grid = Grid(0, 0, 1_000, 5, 2)
    classes = classes_by_mass(surface([[4, 0, 3, 0, 0], [1, 2, 0, 0, 0]], grid), (0.4, 0.5, 1.0))
    assert classes.breaks_per_km2 == (1, 3, 4)
    assert classes.shares == (1.0, 0.7, 0.4)
    assert classes.area_km2 == (4, 2, 1)
    assert classes.breaks_per_1000_km2 == (1000, 3000, 4000)


def test_each_limit_holds_at_least_its_share_in_the_smallest_area() -> None:
    values = np.random.default_rng(5).random(GRID.shape) ** 6
    classes = classes_by_mass(surface(values))
    for limit, share, wanted in zip(
        classes.breaks_per_km2, classes.shares, (0.98, 0.9, 0.75, 0.5, 0.25), strict=True
    ):
        assert share >= wanted - 1e-12
        assert values[values > limit].sum() / values.sum() < wanted


def test_a_flat_or_an_empty_surface() -> None:
    assert classes_by_mass(surface(np.full(GRID.shape, 0.5))).breaks_per_km2 == (0.5,)
    empty = surface(np.zeros(GRID.shape))
    assert classes_by_mass(empty).breaks_per_km2 == ()
    image = class_image(empty, frame_for(width=32), classes_by_mass(empty))
    assert not image.values.any()
    assert classes_at(empty, (1.0,)).shares == (0.0,)


def test_the_image_counts_the_limits_reached() -> None:
    frame = frame_for(width=80)
    field = surface(np.random.default_rng(11).random(GRID.shape))
    image = class_image(field, frame, classes_at(field, (0.2, 0.5, 0.7)))
    found = sample(field, frame)
    assert image.values.dtype == np.uint8
    assert image.values.shape == (frame.height, frame.width)
    expected = (found >= 0.2) * 1 + (found >= 0.5) * 1 + (found >= 0.7) * 1
    assert (image.values == expected).all()


def test_north_is_up() -> None:
    values = np.zeros(GRID.shape)
    values[GRID.ny // 2 + 3 :] = 1
    found = sample(surface(values), frame_for(width=40))
    assert found[0].min() == 1
    assert found[-1].max() == 0


@pytest.mark.parametrize("bounds", [(10, 9, -13, 26), (-13, 26, 10, 9), (-13, -90, 10, 26)])
def test_bounds_that_are_none_are_refused(bounds: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="from west to east"):
        frame_for(bounds)
