"""The kernel density against hand-worked values and the exact sum of kernels."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

from geo.hotspots import binned
from geo.hotspots.grid import Grid
from geo.hotspots.kernels import EPANECHNIKOV, GAUSSIAN, KERNELS, QUARTIC, UNIFORM, Kernel, Smoother
from geo.hotspots.memory import TooLargeError
from geo.hotspots.planar import Surface, density, of_points
from tests.examples import examples
from tests.hotspots.masses import at_points

ROOT = Path(__file__).resolve().parents[2]
GRID = Grid(x0_m=0, y0_m=0, cell_m=1_000, nx=120, ny=90)
NINE = Grid(x0_m=0, y0_m=0, cell_m=1_000, nx=9, ny=9)
kernels = st.sampled_from(list(KERNELS.values()))


def brute_per_km2(
    x_m: ArrayLike, y_m: ArrayLike, bandwidth_m: float, kernel: Kernel = QUARTIC, grid: Grid = GRID
) -> NDArray[np.float64]:
    """Sum the kernels one by one, with the formulas written out anew."""
    east, north = np.meshgrid(grid.x_m, grid.y_m)
    total = np.zeros(grid.shape)
    h = bandwidth_m / 1e3
    for x, y in zip(x_m, y_m, strict=True):
        u2 = ((east - x) ** 2 + (north - y) ** 2) / bandwidth_m**2
        total += {
            "quartic": 3 / (np.pi * h**2) * np.clip(1 - u2, 0, None) ** 2,
            "epanechnikov": 2 / (np.pi * h**2) * np.clip(1 - u2, 0, None),
            "uniform": 1 / (np.pi * h**2) * (u2 <= 1),
            "gaussian": 1 / (2 * np.pi * h**2) * np.exp(-u2 / 2),
        }[kernel.name]
    return total


def scatter(n: int, seed: int = 1) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rng = np.random.default_rng(seed)
    return rng.uniform(0, 120_000, n), rng.uniform(0, 90_000, n)


#: One event at the centre of nine by nine cells of 1 km, bandwidth 3 km: the densities per km² of
#: the cells 0, 1, √2, 2, √5 and √8 km away and of the corner, 4√2 km away.
HANDWORKED = {
    # 3 / 9π = 0.106103; times (8/9)², (7/9)², (5/9)², (4/9)², (1/9)²
    "quartic": [0.106103, 0.083835, 0.064186, 0.032748, 0.020959, 0.001310, 0],
    # 2 / 9π = 0.070736; times 8/9, 7/9, 5/9, 4/9, 1/9
    "epanechnikov": [0.070736, 0.062876, 0.055017, 0.039298, 0.031438, 0.007860, 0],
    # 1 / 9π
    "uniform": [0.035368] * 6 + [0],
    # 1 / 18π = 0.017684; times exp(−1/18), exp(−1/9), exp(−2/9), exp(−5/18), exp(−4/9), exp(−16/9)
    "gaussian": [0.017684, 0.016728, 0.015824, 0.014160, 0.013395, 0.011339, 0.002989],
}


@pytest.mark.parametrize("kernel", KERNELS)
def test_one_event_on_nine_by_nine_cells_by_hand(kernel: str) -> None:
    surface = of_points([4_500], [4_500], NINE, 3_000, kernel=kernel, engine="exact")
    found = surface.density_per_km2
    at = [(4, 4), (4, 5), (5, 5), (6, 4), (3, 2), (2, 6), (0, 0)]
    assert [found[cell] for cell in at] == pytest.approx(HANDWORKED[kernel], abs=6e-7)
    assert found == pytest.approx(found.T, abs=1e-15)
    assert found == pytest.approx(found[::-1, ::-1], abs=1e-15)
    assert surface.engine == "exact"


def test_one_event_at_a_centre_by_hand() -> None:
    # h = 20 km: 3 / (π · 400) = 0.0023873 events per km² at the event, 9/16 of it 10 km away.
    surface = density(at_points([50_500], [40_500]), GRID, 20_000)
    assert surface.engine == "binned"
    assert surface.density_per_km2[40, 50] == pytest.approx(0.0023873, rel=1e-3)
    assert surface.density_per_km2[40, 60] == pytest.approx(0.0023873 * 9 / 16, rel=1e-3)
    assert surface.density_per_km2[40, 70] == pytest.approx(0, abs=0.0023873 * surface.error_bound)
    assert surface.density_per_1000_km2[40, 50] == pytest.approx(2.3873, rel=1e-3)


events = st.lists(
    st.tuples(st.floats(0, 119_999), st.floats(0, 89_999)), min_size=1, max_size=8
).map(lambda pairs: tuple(np.array(pairs).T))
Events = tuple[NDArray[np.float64], NDArray[np.float64]]


@settings(max_examples=examples(80), deadline=None)
@given(events, kernels, st.floats(2_000, 70_000))
def test_the_exact_engine_is_the_sum_of_kernels(
    at: Events, kernel: Kernel, bandwidth_m: float
) -> None:
    found = of_points(*at, GRID, bandwidth_m, kernel=kernel, engine="exact").density_per_km2
    expected = brute_per_km2(*at, bandwidth_m, kernel)
    off = np.abs(found - expected)
    if kernel is UNIFORM:
        # A centre on the circle itself may fall to either side.
        reach = [
            np.hypot(*np.meshgrid(GRID.x_m - x, GRID.y_m - y)) for x, y in zip(*at, strict=True)
        ]
        off[(np.abs(np.array(reach) - bandwidth_m) < 1e-6).any(axis=0)] = 0
    assert off.max() <= 1e-9 * max(expected.max(), kernel.peak(bandwidth_m / 1e3))


@settings(max_examples=examples(60), deadline=None)
@given(events, kernels, st.floats(2_000, 40_000))
def test_binning_stays_within_the_stated_bound(
    at: Events, kernel: Kernel, bandwidth_m: float
) -> None:
    found = of_points(*at, GRID, bandwidth_m, kernel=kernel, engine="binned")
    off = np.abs(found.density_per_km2 - brute_per_km2(*at, bandwidth_m, kernel))
    assert off.max() <= found.error_bound * kernel.peak(bandwidth_m / 1e3) * len(at[0])
    assert found.density_per_km2.min() >= 0


def test_the_bound_of_binning_is_not_idle() -> None:
    # The worst of many places comes to within half of what is stated: the bound says something.
    rng = np.random.default_rng(3)
    for kernel, r in ((QUARTIC, 8.0), (EPANECHNIKOV, 20.0), (GAUSSIAN, 2.0)):
        worst = 0.0
        for x, y in rng.uniform(40_000, 41_000, (40, 2)):
            one = of_points([x], [y], GRID, r * 1_000, kernel=kernel, engine="binned")
            off = np.abs(one.density_per_km2 - brute_per_km2([x], [y], r * 1_000, kernel)).max()
            worst = max(worst, off / kernel.peak(r))
        stated = binned.error_bound(Smoother(kernel, r * 1_000), GRID)
        assert stated / 2 < worst <= stated


def test_the_gaussian_is_exact_both_below_and_above_the_change_of_method() -> None:
    x_m, y_m = scatter(40)
    for bandwidth_m in (5_400, 5_600, 30_000, 500_000):
        found = of_points(x_m, y_m, GRID, bandwidth_m, kernel="gaussian", engine="exact")
        expected = brute_per_km2(x_m, y_m, bandwidth_m, GAUSSIAN)
        assert np.abs(found.density_per_km2 - expected).max() <= 1e-9 * expected.max()


@settings(max_examples=examples(40), deadline=None)
@given(
    st.lists(st.floats(35_000, 85_000), min_size=1, max_size=6),
    kernels,
    st.floats(5_000, 30_000),
    st.sampled_from(["exact", "binned"]),
)
def test_the_integral_is_the_number_of_events(
    x_m: list[float], kernel: Kernel, bandwidth_m: float, engine: str
) -> None:
    bandwidth_m *= 0.25 if kernel is GAUSSIAN else 1
    y_m = np.linspace(35_000, 55_000, len(x_m))
    surface = of_points(x_m, y_m, GRID, bandwidth_m, kernel=kernel, engine=engine)
    integral = surface.density_per_km2.sum() * GRID.cell_km2
    # Sampling at centres; a spline through a jump also undershoots, and is cut off at 0.
    rough = {"uniform": 0.1, "epanechnikov": 0.01}.get(kernel.name, 0.003)
    rough *= 3 if engine == "binned" else 1
    assert integral == pytest.approx(len(x_m), rel=rough)
    assert surface.mass_total == pytest.approx(len(x_m), rel=1e-12)


@settings(max_examples=examples(30), deadline=None)
@given(events, kernels, st.integers(-15, 15), st.integers(-15, 15), st.booleans())
def test_moving_events_and_grid_together_changes_nothing(
    at: Events, kernel: Kernel, east: int, north: int, exactly: bool
) -> None:
    engine = "exact" if exactly else "binned"
    moved = Grid(GRID.x0_m + east * 1_024, GRID.y0_m + north * 1_024, 1_000, GRID.nx, GRID.ny)
    here = of_points(*at, GRID, 12_000, kernel=kernel, engine=engine).density_per_km2
    x_m, y_m = at[0] + east * 1_024, at[1] + north * 1_024
    there = of_points(x_m, y_m, moved, 12_000, kernel=kernel, engine=engine).density_per_km2
    ties = kernel is UNIFORM or not exactly
    assert there == pytest.approx(here, abs=(0.01 if ties else 1e-12) * here.max())


@settings(max_examples=examples(20), deadline=None)
@given(events, kernels, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_the_events_does_not_matter(
    at: Events, kernel: Kernel, exactly: bool, random: object
) -> None:
    engine = "exact" if exactly else "binned"
    order = np.arange(len(at[0]))
    random.shuffle(order)  # type: ignore[attr-defined]
    one = of_points(*at, GRID, 12_000, kernel=kernel, engine=engine).density_per_km2
    other = of_points(at[0][order], at[1][order], GRID, 12_000, kernel=kernel, engine=engine)
    assert other.density_per_km2 == pytest.approx(one, abs=1e-12 * one.max())


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("engine", ["exact", "binned"])
def test_a_mirrored_map_has_a_mirrored_density(kernel: str, engine: str) -> None:
    x_m, y_m = scatter(200)
    here = of_points(x_m, y_m, GRID, 9_300, kernel=kernel, engine=engine).density_per_km2
    mirrored = of_points(120_000 - x_m, y_m, GRID, 9_300, kernel=kernel, engine=engine)
    tall = Grid(0, 0, 1_000, 90, 120)
    turned = of_points(y_m, x_m, tall, 9_300, kernel=kernel, engine=engine).density_per_km2
    # Binning rounds places to 2⁻²⁵ of a cell here, always to the south-west.
    tolerance = 1e-12 if engine == "exact" else 1e-6 * here.max()
    assert mirrored.density_per_km2[:, ::-1] == pytest.approx(here, abs=tolerance)
    assert turned == pytest.approx(here.T, abs=tolerance)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("engine", ["exact", "binned"])
def test_split_events_and_split_data_add_up(kernel: str, engine: str) -> None:
    x_m, y_m = scatter(300)
    whole = of_points(x_m, y_m, GRID, 8_000, kernel=kernel, engine=engine).density_per_km2
    parts = sum(
        of_points(x_m[k::3], y_m[k::3], GRID, 8_000, kernel=kernel, engine=engine).density_per_km2
        for k in range(3)
    )
    # Binning may undershoot where nothing is, and each part is cut off at 0 by itself.
    undershoot = 0.1 if kernel == "uniform" else 0.01
    tolerance = 1e-11 if engine == "exact" else undershoot * whole.max()
    assert parts == pytest.approx(whole, abs=tolerance)
    twice = of_points(
        np.tile(x_m, 2),
        np.tile(y_m, 2),
        GRID,
        8_000,
        weights=np.repeat([0.25, 0.75], 300),
        kernel=kernel,
        engine=engine,
    )
    assert twice.density_per_km2 == pytest.approx(whole, abs=1e-12)
    assert twice.mass_total == pytest.approx(300)


def test_two_halves_at_one_place_are_one_event() -> None:
    whole = density(at_points([50_200], [40_700]), GRID, 15_000)
    halves = density(at_points([50_200] * 2, [40_700] * 2), GRID, 15_000, np.array([0.5, 0.5]))
    assert halves.density_per_km2 == pytest.approx(whole.density_per_km2, abs=1e-15)
    assert halves.mass_total == pytest.approx(whole.mass_total)


@pytest.mark.parametrize(
    ("kernel", "bandwidth_m", "engine"),
    [
        ("quartic", 3_500, "exact"),
        ("quartic", 3_700, "binned"),
        ("epanechnikov", 18_000, "exact"),
        ("epanechnikov", 20_000, "binned"),
        ("gaussian", 900, "exact"),
        ("gaussian", 1_100, "binned"),
        ("uniform", 80_000, "exact"),
    ],
)
def test_the_engine_follows_from_the_radius_in_cells_and_says_so(
    kernel: str, bandwidth_m: float, engine: str
) -> None:
    surface = of_points([50_200], [40_700], GRID, bandwidth_m, kernel=kernel)
    assert surface.engine == engine
    assert surface.kernel == kernel
    assert surface.error_bound <= 0.02
    assert (surface.error_bound == 1e-9) == (engine == "exact")
    assert f"{bandwidth_m / 1_000:.1f} cells" in str(surface.notes[0])


def test_a_bandwidth_below_two_cells_is_raised_and_said() -> None:
    surface = density(at_points([50_200], [40_700]), GRID, 500)
    assert (surface.bandwidth_m, surface.bandwidth_asked_m) == (2_000, 500)
    assert surface.density_per_km2.sum() * GRID.cell_km2 == pytest.approx(1, rel=0.1)
    assert "raised to 2000 m" in str(surface.notes[-1])


def test_events_off_the_grid_are_left_out_and_said() -> None:
    surface = density(at_points([50_000, 500_000, -1e7, np.nan], [40_000] * 4), GRID, 10_000)
    assert surface.mass_total == pytest.approx(1)
    assert surface.mass_left_out_share == pytest.approx(3 / 4)
    assert surface.density_per_km2.sum() * GRID.cell_km2 == pytest.approx(1, rel=1e-3)


@pytest.mark.parametrize("engine", ["exact", "binned"])
def test_an_event_at_the_edge_does_not_reappear_on_the_other_side(engine: str) -> None:
    at = [500, 119_500], [500, 89_500]
    surface = of_points(*at, GRID, 30_000, engine=engine).density_per_km2
    expected = brute_per_km2(*at, 30_000)
    assert np.abs(surface - expected).max() <= 0.26 / 30**2 * 3 / (np.pi * 900)
    assert surface[89, 0] == pytest.approx(0, abs=1e-12)
    assert surface[0, 119] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("engine", ["exact", "binned"])
def test_a_kernel_wider_than_the_grid(engine: str) -> None:
    small = Grid(0, 0, 1_000, 10, 8)
    surface = of_points([5_500, 1_200], [4_500, 300], small, 40_000, engine=engine)
    expected = brute_per_km2([5_500, 1_200], [4_500, 300], 40_000, grid=small)
    assert surface.density_per_km2 == pytest.approx(expected, rel=1e-3)


def test_nothing_is_zero_everywhere() -> None:
    surface = density(at_points([], []), GRID)
    assert not surface.density_per_km2.any()
    assert (surface.mass_total, surface.mass_left_out_share) == (0, 0)


@pytest.mark.parametrize("bandwidth_m", [0, -1, np.nan, np.inf])
def test_a_bandwidth_that_is_none_is_refused(bandwidth_m: float) -> None:
    with pytest.raises(ValueError, match="bandwidth"):
        density(at_points([1], [1]), GRID, bandwidth_m)


@pytest.mark.parametrize("weight", [-1, np.nan])
def test_weights_that_are_none_are_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="weights"):
        density(at_points([1, 2], [1, 2]), GRID, 5_000, np.array([1, weight]))
    with pytest.raises(ValueError, match="weights"):
        of_points([1, 2], [1, 2], GRID, weights=[1, weight])


def test_what_does_not_exist_is_refused_with_what_does() -> None:
    with pytest.raises(ValueError, match=r"tricube.*quartic, epanechnikov, gaussian, uniform"):
        of_points([1], [1], GRID, kernel="tricube")
    with pytest.raises(ValueError, match=r"magic.*auto, exact, binned"):
        of_points([1], [1], GRID, engine="magic")
    with pytest.raises(ValueError, match="one length"):
        of_points([1, 2], [1], GRID)
    with pytest.raises(ValueError, match="one length"):
        of_points([1, 2], [1, 2], GRID, weights=[1, 2, 3])


@pytest.mark.parametrize("engine", ["exact", "binned"])
def test_a_request_too_large_for_the_machine_is_refused_before_it_starts(engine: str) -> None:
    # 4 million × 4 million cells of 1 m: numpy would not even be asked for the array.
    vast = Grid(0, 0, 1, 4_000_000, 4_000_000)
    with pytest.raises(TooLargeError, match=r"2 points on .* GB .* larger cells"):
        of_points([10, 3_999_990], [10, 3_999_990], vast, 1_000_000, engine=engine)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("engine", ["exact", "binned"])
def test_eight_threads_at_once_give_the_same_numbers(kernel: str, engine: str) -> None:
    def run(seed: int) -> Surface:
        x_m, y_m = scatter(20_000, seed)
        return of_points(x_m, y_m, GRID, 4_000 + 700 * seed, kernel=kernel, engine=engine)

    alone = [run(seed).density_per_km2 for seed in range(4)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(run, [0, 1, 2, 3] * 4))
    for number, surface in enumerate(together):
        assert (surface.density_per_km2 == alone[number % 4]).all()


def test_the_compiler_is_not_loaded_before_a_density_is_asked_for() -> None:
    code = "import sys, geo.hotspots.planar; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_few_points_need_no_compiled_loop_and_give_the_same(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(seed)
    grid = Grid(0.0, 0.0, 5_000.0, 90, 70)
    x_m = rng.uniform(-20_000, 470_000, 800)
    y_m = rng.uniform(-20_000, 370_000, 800)
    weights = rng.uniform(0, 2, 800)
    few = of_points(x_m, y_m, grid, 30_000.0, weights=weights, engine="binned")
    monkeypatch.setattr(binned, "FEW_POINTS", 0)
    many = of_points(x_m, y_m, grid, 30_000.0, weights=weights, engine="binned")
    peak = many.density_per_km2.max()
    assert np.abs(few.density_per_km2 - many.density_per_km2).max() <= 1e-4 * peak
    assert few.mass_total == pytest.approx(many.mass_total)


def test_the_map_s_own_density_loads_no_compiler() -> None:
    code = (
        "import sys, numpy as np; from geo.hotspots.planar import of_points;"
        "from geo.hotspots.grid import Grid;"
        "of_points(np.ones(9), np.ones(9), Grid(0.0, 0.0, 5_000.0, 90, 70), 25_000.0);"
        "sys.exit('numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
