"""Renormalising at a border against hand-worked shares."""

import numpy as np
import pytest

from geo.hotspots.edge import inside_share
from geo.hotspots.grid import Grid
from geo.hotspots.kernels import GAUSSIAN, KERNELS, QUARTIC, UNIFORM, Smoother
from geo.hotspots.planar import of_points

GRID = Grid(x0_m=0, y0_m=0, cell_m=1_000, nx=80, ny=60)
WEST = np.zeros(GRID.shape, dtype=bool)
WEST[:, :40] = True


def test_shares_at_a_straight_border_by_hand() -> None:
    share = inside_share(np.ones(GRID.shape, dtype=bool), GRID, Smoother(QUARTIC, 10_000))
    # In the middle all of it; half a cell inside a straight edge a little over one half, in a
    # corner a little over a quarter.
    assert share[30, 40] == pytest.approx(1, abs=1e-12)
    assert 0.5 < share[30, 0] < 0.57
    assert share[0, 0] == pytest.approx(share[30, 0] ** 2, abs=0.01)
    # On the line between the last cell inside and the first outside it is one half.
    half = inside_share(WEST, GRID, Smoother(QUARTIC, 10_000))
    assert (half[30, 39] + half[30, 40]) / 2 == pytest.approx(0.5, abs=1e-12)


def test_share_of_a_circle_cut_by_hand() -> None:
    # Uniform, bandwidth 3 cells: 29 centres in the circle, by column as below.  Around a cell of
    # the last column inside, the first four columns lie inside: 1 + 5 + 5 + 7.
    columns = [sum(x * x + y * y <= 9 for y in range(-3, 4)) for x in range(-3, 4)]
    assert columns == [1, 5, 5, 7, 5, 5, 1]
    share = inside_share(WEST, GRID, Smoother(UNIFORM, 3_000))
    assert share[30, 39] == pytest.approx(18 / 29)
    assert share[30, 38] == pytest.approx(23 / 29)
    assert share[30, 36] == pytest.approx(1)
    assert share[30, 43] == pytest.approx(0, abs=1e-12)


def test_a_wide_gaussian_loses_what_lies_beyond_the_grid() -> None:
    share = inside_share(np.ones(GRID.shape, dtype=bool), GRID, Smoother(GAUSSIAN, 200_000))
    # Almost flat over 80 × 60 km: area over 2π σ².
    assert share[30, 40] == pytest.approx(80 * 60 / (2 * np.pi * 200**2), rel=0.02)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("engine", ["exact", "binned"])
def test_every_event_inside_keeps_its_mass_inside(kernel: str, engine: str) -> None:
    rng = np.random.default_rng(2)
    x_m, y_m = rng.uniform(0, 80_000, 50), rng.uniform(0, 60_000, 50)
    surface = of_points(x_m, y_m, GRID, 9_000, kernel=kernel, engine=engine, area=WEST)
    inside = int((x_m < 40_000).sum())
    assert surface.mass_total == pytest.approx(inside)
    assert surface.mass_left_out_share == pytest.approx(1 - inside / 50)
    assert not surface.density_per_km2[~WEST].any()
    integral = surface.density_per_km2.sum() * GRID.cell_km2
    assert integral == pytest.approx(inside, rel=0.03 if kernel == "uniform" else 0.01)
    assert "divided by the share" in str(surface.notes[1])


def test_far_from_the_border_nothing_changes() -> None:
    plain = of_points([20_300], [30_200], GRID, 9_000)
    corrected = of_points([20_300], [30_200], GRID, 9_000, area=WEST)
    assert corrected.density_per_km2 == pytest.approx(plain.density_per_km2, rel=1e-9)
    assert "Not corrected" in str(plain.notes[1])


def test_an_area_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match=r"one truth value per cell, \(60, 80\)"):
        of_points([1], [1], GRID, area=np.ones((3, 3), dtype=bool))
