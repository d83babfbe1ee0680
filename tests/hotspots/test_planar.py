"""The kernel density against hand-worked values and the exact sum of kernels."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import dblquad

from geo.hotspots.grid import Grid
from geo.hotspots.mass import Mass
from geo.hotspots.planar import density, quartic

GRID = Grid(x0_m=0, y0_m=0, cell_m=1_000, nx=120, ny=90)


def points(x_m: ArrayLike, y_m: ArrayLike) -> Mass:
    n = len(x_m)
    return Mass(
        x_m=np.asarray(x_m, dtype=float),
        y_m=np.asarray(y_m, dtype=float),
        share=np.ones(n),
        support=np.arange(n),
        support_of=np.arange(n),
        index=pd.RangeIndex(n),
        left_out_region=0,
        left_out_unplaced=0,
    )


def exact_per_km2(x_m: ArrayLike, y_m: ArrayLike, bandwidth_m: float) -> NDArray[np.float64]:
    east, north = np.meshgrid(GRID.x_m, GRID.y_m)
    total = np.zeros(GRID.shape)
    for x, y in zip(x_m, y_m, strict=True):
        total += quartic(np.hypot(east - x, north - y), bandwidth_m)
    return total * 1e6


def test_the_kernel_has_unit_mass_and_the_height_of_silverman() -> None:
    volume, _ = dblquad(
        lambda r, _: quartic(np.array(r), 7.0) * r, 0, 2 * np.pi, 0, 7.0, epsabs=1e-10
    )
    assert volume == pytest.approx(1, abs=1e-9)
    assert float(quartic(np.array(0.0), 7.0)) == pytest.approx(3 / (np.pi * 49))
    assert float(quartic(np.array(3.5), 7.0)) == pytest.approx(3 / (np.pi * 49) * 0.75**2)
    assert quartic(np.array([7.0, 8.0]), 7.0).tolist() == [0, 0]


def test_one_event_at_a_centre_by_hand() -> None:
    # h = 20 km: 3 / (π · 400) = 0.0023873 events per km² at the event, 9/16 of it 10 km away.
    surface = density(points([50_500], [40_500]), GRID, 20_000)
    assert surface.density_per_km2[40, 50] == pytest.approx(0.0023873, rel=1e-3)
    assert surface.density_per_km2[40, 60] == pytest.approx(0.0023873 * 9 / 16, rel=1e-3)
    assert surface.density_per_km2[40, 70] == 0
    assert surface.density_per_1000_km2[40, 50] == pytest.approx(2.3873, rel=1e-3)


xs = st.lists(st.floats(35_000, 85_000), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(xs, st.data(), st.floats(3_000, 30_000))
def test_against_the_exact_sum_within_the_stated_bound(
    x_m: list[float], data: st.DataObject, bandwidth_m: float
) -> None:
    y_m = data.draw(st.lists(st.floats(35_000, 55_000), min_size=len(x_m), max_size=len(x_m)))
    surface = density(points(x_m, y_m), GRID, bandwidth_m)
    reach = int(np.ceil(bandwidth_m / GRID.cell_m))
    steps = np.arange(-reach, reach + 1) * GRID.cell_m
    renormalised = abs(
        quartic(np.hypot(steps[:, None], steps), bandwidth_m).sum() * GRID.cell_m**2 - 1
    )
    peak_per_km2 = 3 / (np.pi * (bandwidth_m / 1e3) ** 2)
    allowed = (2 * (GRID.cell_m / bandwidth_m) ** 2 + 1.1 * renormalised) * peak_per_km2 * len(x_m)
    off = np.abs(surface.density_per_km2 - exact_per_km2(x_m, y_m, bandwidth_m)).max()
    assert off <= allowed
    assert renormalised < (0.02 if bandwidth_m < 5_000 else 0.002)


@settings(max_examples=30, deadline=None)
@given(xs, st.floats(2_000, 30_000))
def test_the_integral_is_the_number_of_events(x_m: list[float], bandwidth_m: float) -> None:
    surface = density(points(x_m, np.linspace(35_000, 55_000, len(x_m))), GRID, bandwidth_m)
    integral = surface.density_per_km2.sum() * GRID.cell_km2
    assert integral == pytest.approx(len(x_m), rel=1e-9)
    assert surface.mass_total == pytest.approx(len(x_m), rel=1e-12)
    assert surface.density_per_km2.min() >= 0


@settings(max_examples=20, deadline=None)
@given(xs, st.integers(-15, 15), st.integers(-15, 15))
def test_moving_the_events_moves_the_surface(x_m: list[float], east: int, north: int) -> None:
    y_m = np.full(len(x_m), 45_000.0)
    here = density(points(x_m, y_m), GRID, 12_000).density_per_km2
    there = density(
        points(np.asarray(x_m) + east * 1_000, y_m + north * 1_000), GRID, 12_000
    ).density_per_km2
    assert np.roll(here, (north, east), (0, 1)) == pytest.approx(there, abs=1e-12)


def test_two_halves_at_one_place_are_one_event() -> None:
    whole = density(points([50_200], [40_700]), GRID, 15_000)
    halves = density(points([50_200] * 2, [40_700] * 2), GRID, 15_000, np.array([0.5, 0.5]))
    assert halves.density_per_km2 == pytest.approx(whole.density_per_km2, abs=1e-15)
    assert halves.mass_total == pytest.approx(whole.mass_total)


def test_a_bandwidth_below_two_cells_is_raised_and_said() -> None:
    surface = density(points([50_200], [40_700]), GRID, 500)
    assert (surface.bandwidth_m, surface.bandwidth_asked_m) == (2_000, 500)
    assert surface.density_per_km2.sum() * GRID.cell_km2 == pytest.approx(1)


def test_events_off_the_grid_are_left_out_and_said() -> None:
    surface = density(points([50_000, 500_000, -1e7], [40_000] * 3), GRID, 10_000)
    assert surface.mass_total == pytest.approx(1)
    assert surface.mass_left_out_share == pytest.approx(2 / 3)
    assert surface.density_per_km2.sum() * GRID.cell_km2 == pytest.approx(1)


def test_an_event_at_the_edge_does_not_reappear_on_the_other_side() -> None:
    surface = density(points([500, 119_500], [500, 89_500]), GRID, 30_000).density_per_km2
    expected = exact_per_km2([500, 119_500], [500, 89_500], 30_000)
    assert np.abs(surface - expected).max() <= 2 * (1 / 30) ** 2 * expected.max()
    assert surface[89, 0] == surface[0, 119] == 0


def test_a_kernel_wider_than_the_grid() -> None:
    small = Grid(0, 0, 1_000, 10, 8)
    surface = density(points([5_500], [4_500]), small, 40_000)
    assert surface.density_per_km2[4, 5] == pytest.approx(3 / (np.pi * 1600), rel=2e-3)


def test_nothing_is_zero_everywhere() -> None:
    surface = density(points([], []), GRID)
    assert not surface.density_per_km2.any()
    assert (surface.mass_total, surface.mass_left_out_share) == (0, 0)


@pytest.mark.parametrize("bandwidth_m", [0, -1, np.nan, np.inf])
def test_a_bandwidth_that_is_none_is_refused(bandwidth_m: float) -> None:
    with pytest.raises(ValueError, match="bandwidth"):
        density(points([1], [1]), GRID, bandwidth_m)


def test_negative_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="weights"):
        density(points([1, 2], [1, 2]), GRID, 5_000, np.array([1, -1]))


def test_threads_do_not_disturb_one_another() -> None:
    rng = np.random.default_rng(7)
    jobs = [
        (points(rng.uniform(3e4, 9e4, 40), rng.uniform(3e4, 6e4, 40)), h)
        for h in (5e3, 9e3, 14e3, 22e3) * 5
    ]
    alone = [density(mass, GRID, h).density_per_km2 for mass, h in jobs]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda job: density(job[0], GRID, job[1]).density_per_km2, jobs))
    assert all((a == b).all() for a, b in zip(alone, together, strict=True))
