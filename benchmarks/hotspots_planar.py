"""Planar hotspots beside installable peers: ``python -m benchmarks.hotspots_planar``.

Same points, same cells, same kernel where the peer has it; outputs are compared before times are.
Each row is measured in one run, one after the other, so ratios hold even where times do not.
Needs ``pip install -r benchmarks/requirements.txt``; writes its section of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.page import PAGE, record
from geo.hotspots.getis_ord import gi_star
from geo.hotspots.grid import Grid
from geo.hotspots.kernels import EPANECHNIKOV, GAUSSIAN, QUARTIC, Kernel
from geo.hotspots.planar import of_points

PEERS = ("libkdv", "KDEpy", "scikit-learn", "scipy", "esda", "libpysal", "numba", "numpy")
CELLS = 1_024
EVEN_SHARE = 0.1
CELL_M = 2_500.0
GRID = Grid(0.0, 0.0, CELL_M, CELLS, CELLS)
Floats = NDArray[np.float64]
Timed = tuple[float, float, Any]


def towns(n: int, seed: int = 0, grid: Grid = GRID) -> tuple[Floats, Floats]:
    """Return points around sixty towns of different sizes, one in ten strewn evenly."""
    rng = np.random.default_rng(seed)
    side_m = grid.nx * grid.cell_m
    centre = rng.uniform(0.1 * side_m, 0.9 * side_m, (60, 2))
    size_m = rng.uniform(2, 60, 60) * side_m / 1_024
    town = rng.integers(60, size=n)
    x_m, y_m = centre[town].T + rng.normal(size=(2, n)) * size_m[town]
    even = rng.random(n) < EVEN_SHARE
    x_m[even], y_m[even] = rng.uniform(0, side_m, (2, int(even.sum())))
    # Inside the outermost centres: KDEpy takes no others.
    return np.clip(x_m, 0.51 * grid.cell_m, side_m - 0.51 * grid.cell_m), np.clip(
        y_m, 0.51 * grid.cell_m, side_m - 0.51 * grid.cell_m
    )


def evenly(n: int, seed: int = 1) -> tuple[Floats, Floats]:
    """Return points strewn evenly: binning's easiest case and a cache's hardest."""
    low, high = 0.51 * CELL_M, (CELLS - 0.51) * CELL_M
    x_m, y_m = np.random.default_rng(seed).uniform(low, high, (2, n))
    return x_m, y_m


def timed(work: Callable[[], Any], times: int) -> Timed:
    """Return the median wall and processor seconds, and the last result."""
    walls, cpus, result = [], [], None
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return statistics.median(walls), statistics.median(cpus), result


def worst(found: Floats, expected: Floats) -> float:
    """Return the largest difference as a share of the peak."""
    return float(np.abs(found - expected).max() / expected.max())


def off_by_hand(found: Floats, x_m: Floats, y_m: Floats, kernel: Kernel, h_m: float) -> float:
    """Return the largest error at 300 cells (the highest 100 among them), summed point by point."""
    rng = np.random.default_rng(3)
    cells = np.concatenate(
        [np.argsort(found, axis=None)[-100:], rng.integers(found.size, size=200)]
    )
    rows, columns = np.unravel_index(cells, found.shape)
    expected = [
        kernel.value(np.hypot(x_m - GRID.x_m[c], y_m - GRID.y_m[r]), h_m).sum() * 1e6
        for r, c in zip(rows, columns, strict=True)
    ]
    return float(np.abs(found[rows, columns] - expected).max() / found.max())


def seconds(value: float) -> str:
    """Return a time with three digits, in the unit that fits."""
    in_ms = f"{value * 1e3:.3g} ms"
    return f"{value:.3g} s" if value >= 1 or "e" in in_ms else in_ms


def ratio(ours: Timed, theirs: Timed) -> str:
    """Return how many times as long the peer takes, by wall and by processor time."""
    return f"{theirs[0] / ours[0]:,.0f} × ({theirs[1] / ours[1]:,.0f} ×)"


def row(what: str, peer: str, ours: Timed, theirs: Timed, remark: str) -> str:
    """Return a line of the table of peers."""
    return (
        f"| {what} | {peer} | {seconds(ours[0])} ({seconds(ours[1])}) | "
        f"{seconds(theirs[0])} ({seconds(theirs[1])}) | {ratio(ours, theirs)} | {remark} |"
    )


def exact_rows(times: int, slow: int) -> list[str]:
    """Exact against libkdv, whose only kernel is Epanechnikov, and our quartic beside it."""
    from libkdv import kdv  # noqa: PLC0415

    rows = []
    for r in (40, 10):
        x_m, y_m = towns(1_000_000)
        # libkdv's cells are spanned by the outermost points and their centres lie on the bounds.
        x_m[:2], y_m[:2] = (GRID.x_m[0], GRID.x_m[-1]), (GRID.y_m[0], GRID.y_m[-1])
        h_m, both = r * CELL_M, np.column_stack([x_m, y_m])

        def theirs(both: Floats = both, h_m: float = h_m) -> Any:
            # Its bandwidth is doubled inside, its densities are divided by their peak.
            peer = kdv(
                both, GPS=False, bandwidth=h_m / 2, row_pixels=CELLS, col_pixels=CELLS,
                num_threads=os.cpu_count(),
            )  # fmt: skip
            return peer.compute()

        runs = {}
        for kernel in (EPANECHNIKOV, QUARTIC):
            run = partial(of_points, x_m, y_m, GRID, h_m, kernel=kernel, engine="exact")
            run()
            runs[kernel.name] = timed(run, times)
        peer = timed(theirs, slow)
        val = peer[2].sort_values(["x", "y"])["val"].to_numpy().reshape(CELLS, CELLS).T
        ours = runs["epanechnikov"][2].density_per_km2
        agree = worst(ours / ours.max(), val)
        for name, mine in runs.items():
            kernel = EPANECHNIKOV if name == "epanechnikov" else QUARTIC
            off = off_by_hand(mine[2].density_per_km2, x_m, y_m, kernel, h_m)
            remark = f"off by {off:.0e} of the peak from sums by hand"
            if kernel is EPANECHNIKOV:
                remark += f", by {agree:.0e} from libkdv"
            what = f"exact {name}, 1M points, 1024², radius {r} cells"
            rows.append(row(what, "libkdv, Epanechnikov", mine, peer, remark))
    return rows


def binned_rows(times: int) -> list[str]:
    """Interactive against KDEpy's FFTKDE: quartic, its bw is a standard deviation."""
    from KDEpy import FFTKDE  # noqa: PLC0415

    rows = []
    centres = np.stack(np.meshgrid(GRID.x_m, GRID.y_m, indexing="ij"), axis=-1).reshape(-1, 2)
    for name, (x_m, y_m) in {"towns": towns(1_000_000), "even": evenly(1_000_000)}.items():
        for r in (40, 10):
            h_m, both = r * CELL_M, np.column_stack([x_m, y_m])
            truth = of_points(x_m, y_m, GRID, h_m, engine="exact").density_per_km2
            run = partial(of_points, x_m, y_m, GRID, h_m, engine="binned")
            run()
            ours = timed(run, times)
            peer = timed(
                lambda h=h_m, b=both: FFTKDE(kernel="biweight", bw=h / np.sqrt(7)).fit(b)(centres),
                times,
            )
            theirs = peer[2].reshape(CELLS, CELLS).T * len(x_m) * 1e6
            # Not at the rim: KDEpy loses what it cannot see beyond its grid.
            inner = (slice(2 * r, -2 * r), slice(2 * r, -2 * r))
            right, other = truth[inner], theirs[inner]
            mine = worst(ours[2].density_per_km2[inner], right)
            raw, fitted = (
                worst(scale * other, right)
                for scale in (1.0, (right * other).sum() / (other**2).sum())
            )
            remark = (
                f"off by {mine:.1e} of the peak against {raw:.1e}, {fitted:.1e} when scaled: "
                f"{raw / mine:,.0f} × and {fitted / mine:,.0f} × less"
            )
            what = f"interactive quartic, 1M points ({name}), 1024², radius {r} cells"
            rows.append(row(what, "KDEpy FFTKDE", ours, peer, remark))
    return rows


def large_rows(times: int) -> list[str]:
    """Ten million points at several bandwidths."""
    rows = []
    for name, (x_m, y_m) in {"towns": towns(10_000_000), "even": evenly(10_000_000)}.items():
        of_points(x_m, y_m, GRID, 10 * CELL_M, engine="binned")
        for r in (5, 10, 20, 40, 80, 160):
            run = partial(of_points, x_m, y_m, GRID, r * CELL_M, engine="binned")
            walls, (wall, cpu, _) = [], timed(run, times)
            for _ in range(times):
                begun = time.perf_counter()
                run()
                walls.append(time.perf_counter() - begun)
            rows.append(
                f"| {name} | {r} | {seconds(wall)} | {seconds(min(walls))} | {seconds(cpu)} |"
            )
    return rows


def small_rows(times: int, slow: int) -> list[str]:
    """10,000 points on 512² cells against scikit-learn's trees and scipy's sum."""
    from scipy.stats import gaussian_kde  # noqa: PLC0415
    from sklearn.neighbors import KernelDensity  # noqa: PLC0415

    grid = Grid(0.0, 0.0, CELL_M, 512, 512)
    x_m, y_m = towns(10_000, 2, grid)
    h_m = 20 * CELL_M
    centres = np.stack(np.meshgrid(grid.x_m, grid.y_m), axis=-1).reshape(-1, 2)
    rows = []
    for kernel, theirs_name, h in (
        (EPANECHNIKOV, "epanechnikov", h_m),
        (GAUSSIAN, "gaussian", h_m / 2),
    ):
        peer_fit = KernelDensity(kernel=theirs_name, bandwidth=h).fit(np.column_stack([x_m, y_m]))
        peer = timed(lambda fit=peer_fit: np.exp(fit.score_samples(centres)), slow)
        theirs = peer[2].reshape(grid.shape) * len(x_m) * 1e6
        for engine in ("exact", "binned"):
            run = partial(of_points, x_m, y_m, grid, h, kernel=kernel, engine=engine)
            run()
            ours = timed(run, times)
            remark = f"{worst(ours[2].density_per_km2, theirs):.0e} of the peak apart"
            what = f"{engine} {kernel.name}, 10k points, 512²"
            rows.append(row(what, "scikit-learn KernelDensity", ours, peer, remark))
    # scipy's kernel has the data's covariance: points whose covariance is a circle make it round.
    both = np.stack([x_m, y_m])
    middle = both.mean(axis=1, keepdims=True)
    round_ = np.linalg.solve(np.linalg.cholesky(np.cov(both)), both - middle)
    spread_m = 100 * CELL_M
    x_m, y_m = round_ * spread_m + 256 * CELL_M
    both = np.stack([x_m, y_m])
    peer_fit = gaussian_kde(both, bw_method=h_m / 2 / spread_m)
    peer = timed(lambda: peer_fit(centres.T), slow)
    theirs = peer[2].reshape(grid.shape) * len(x_m) * 1e6
    for engine in ("exact", "binned"):
        # Its points off the grid count, so the grid is made to hold them all.
        wide = Grid(-256 * CELL_M, -256 * CELL_M, CELL_M, 1_024, 1_024)
        run = partial(of_points, x_m, y_m, wide, h_m / 2, kernel="gaussian", engine=engine)
        run()
        ours = timed(run, times)
        inner = ours[2].density_per_km2[256:768, 256:768]
        remark = f"{worst(inner, theirs):.0e} of the peak apart; ours on 1024² cells"
        rows.append(row(f"{engine} gaussian, 10k points", "scipy gaussian_kde", ours, peer, remark))
    return rows


def gi_rows(times: int, slow: int) -> list[str]:
    """Gi* on 256² cells, radius 5, against esda with its weights already made, and with them."""
    from esda.getisord import G_Local  # noqa: PLC0415
    from libpysal.weights import DistanceBand  # noqa: PLC0415

    values = np.random.default_rng(0).poisson(2, (256, 256)).astype(float)
    at = np.argwhere(np.ones_like(values)).astype(float)
    gi_star(values, 5)
    ours = timed(lambda: gi_star(values, 5), times * 3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        band = timed(lambda: DistanceBand(at, 5.0, binary=True, silence_warnings=True), 1)
        peer = timed(
            lambda: G_Local(values.ravel(), band[2], transform="B", star=True, permutations=0), slow
        )
    off = np.abs(ours[2].z.ravel() - peer[2].Zs).max()
    whole = (band[0] + peer[0], band[1] + peer[1], None)
    what = "Gi*, 256², radius 5 cells, with p-values and false-discovery control"
    return [
        row(what, "esda G_Local, weights given", ours, peer, f"z apart by {off:.0e}"),
        row(what, "esda G_Local, weights made", ours, whole, "as asked: cells to z"),
    ]


def warm_up() -> tuple[float, float]:
    """Return the seconds of a first density in a new process: compiling, and from the disk."""
    code = (
        "import time, numpy as np; from geo.hotspots.planar import of_points; "
        "from geo.hotspots.grid import Grid; t = time.perf_counter(); "
        "[of_points([5.0], [5.0], Grid(0.0, 0.0, 1.0, 99, 99), 9.0, engine=e)"
        " for e in ('exact', 'binned')]; print(time.perf_counter() - t)"
    )
    with tempfile.TemporaryDirectory() as folder:
        took = [
            float(
                subprocess.run(
                    [sys.executable, "-c", code],
                    env={**os.environ, "NUMBA_CACHE_DIR": folder},
                    cwd=PAGE.parent.parent,
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
            )
            for _ in range(2)
        ]
    return took[0], took[1]


def machine() -> str:
    """Return what it ran on."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((one.split(":")[1].strip() for one in lines if one.startswith("model name")), "")
    versions = ", ".join(f"{name} {version(name)}" for name in PEERS)
    return f"{os.cpu_count()} cores ({model}), Python {platform.python_version()}, {versions}"


def main() -> None:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=7, help="runs of what is fast")
    parser.add_argument("--slow", type=int, default=3, help="runs of what is slow")
    parser.add_argument("--page", type=Path, default=PAGE)
    chosen = parser.parse_args()
    before = os.getloadavg()[0]
    compiled, cached = warm_up()
    large = large_rows(chosen.times)
    head = ["| work | peer | Piste: wall (CPU) | peer: wall (CPU) | peer takes | outputs |",
            "|---|---|---:|---:|---:|---|"]  # fmt: skip
    table = [
        *binned_rows(chosen.times),
        *exact_rows(chosen.times, chosen.slow),
        *small_rows(chosen.times, chosen.slow),
        *gi_rows(chosen.times, chosen.slow),
    ]
    load = f"{before:.1f} before and {os.getloadavg()[0]:.1f} after"
    command = f"python -m benchmarks.hotspots_planar --times {chosen.times} --slow {chosen.slow}"
    about = (
        f"{machine()}. Load average {load}; medians of {chosen.times} runs, of {chosen.slow} where "
        f"a run takes seconds. Ratios by wall time, by processor time in brackets. `{command}` "
        "repeats it."
    )
    first = (
        f"The first density of a new process takes {seconds(compiled)} when its loops must be "
        f"compiled and {seconds(cached)} when they lie on the disk; no other time here has that."
    )
    large_head = [
        "Interactive, quartic, 10 million points on 1024² cells, end to end:",
        "",
        "| points | radius, cells | wall, median | wall, least | CPU, all cores |",
        "|---|---:|---:|---:|---:|",
    ]
    targets = (
        "Aims: exact at most 1/100 of libkdv's time and within 1e-6 of the peak; interactive at "
        "most 1/8 of KDEpy's time with a thirtieth of its error; ten million points in 0.15 s on "
        "two free cores (0.3 s of CPU), whatever the bandwidth; Gi* a thousandth of esda's time, z "
        "within 1e-10. KDEpy's errors are given as they come and after its whole surface is scaled "
        "to fit, since its kernel's mass is 0.15 % too large. Where points are strewn evenly, "
        "linear binning is unbiased: the one case in which its error, so scaled, is not thirty "
        "times ours, because all that is left is the kernel's rim, which no spline of whole cells "
        "resolves."
    )
    parts = [
        "## Planar hotspots",
        "",
        about,
        "",
        targets,
        "",
        *head,
        *table,
        "",
        *large_head,
        *large,
        "",
        first,
    ]
    text = "\n".join(parts)
    record("hotspots_planar", text, chosen.page)
    print(text)


if __name__ == "__main__":
    main()
