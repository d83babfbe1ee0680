"""The interactive engine: B-spline binning and one real Fourier transform.

Binning the points with cubic B-spline weights and convolving with the kernel's spline coefficients
replaces the kernel by its cubic spline through its values at whole cells (Unser, Aldroubi & Eden
1993, *IEEE Trans. Signal Processing* 41; as a correction of binned estimates, Wand 1994, *J.
Comput. Graph. Stat.* 3, is the linear case).  Linear binning widens every event by a sixth of a
squared cell; a spline does not, so what is left is where the kernel itself is not smooth: its rim.

O(points + cells · log cells), whatever the bandwidth.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from geo.hotspots.grid import Grid
from geo.hotspots.kernels import Smoother
from geo.hotspots.points import Floats, Points, where
from geo.hotspots.threads import compiled_loops, in_threads
from geo.hotspots.transforms import (
    backward,
    forward,
    kernel_spectrum,
    multiply,
    padded_shape,
    squared_offsets,
)

CUBIC = 3
SEPTIC = 7
#: Up to this many points numpy bins them before a compiled loop is even loaded.
FEW_POINTS = 200_000


def error_bound(smoother: Smoother, grid: Grid, degree: int = CUBIC) -> float:
    """Return the largest error of one event's density, as a share of the kernel's peak.

    The order is that of the spline or of the kernel's first break, whichever is lower; the
    constants are the worst over offsets and directions, rounded up (measured for two cells and
    more, a Gaussian from 0.75).
    """
    kernel, r = smoother.kernel, smoother.cells(grid)
    if kernel.power is None:
        constant, order = (0.02, 4) if degree == CUBIC else (2.5e-3, 8)
    else:
        constant, order = (1.2, 0.38, 0.26)[kernel.power], kernel.power
    # Cubic binning rounds places to 2^-bits of a cell; no slope exceeds two peaks per bandwidth.
    rounding = 2 * 2.0 ** -_fraction_bits(grid) / r if degree == CUBIC else 0.0
    return float(max(constant / r**order, 1e-12) + rounding)


def needed_bytes(points: int, grid: Grid, smoother: Smoother) -> float:
    """Return the most memory that `density` holds at once, in bytes."""
    rows, columns = padded(grid, smoother, SEPTIC)
    per_point = 16.0 if points > FEW_POINTS else 176.0
    return per_point * points + 8.0 * 6 * rows * columns


def _parts(points: int) -> int:
    """Return in how many parts points are sorted: by their number alone, never by the machine."""
    return int(np.clip(points // 250_000, 1, 8))


def _reach(smoother: Smoother, grid: Grid, degree: int) -> int:
    """Return how far the kernel's spline coefficients reach, in cells.

    Beyond the grid's own size a kernel reaches no cell.  Coefficients ring on past a break by a
    factor of 0.27 per cell (degree 3) or 0.54 (degree 7): at a compact kernel's rim, which is
    smooth, a few cells are enough; where a Gaussian is cut at the grid's size, more.
    """
    ringing = 8 if smoother.kernel.power is not None else 8 * (degree + 1)
    return min(smoother.reach(grid), max(grid.nx, grid.ny) + degree) + ringing


def bin_points(points: Points, grid: Grid, shape: tuple[int, int], degree: int = CUBIC) -> Floats:
    """Share each point among the centres around it by B-spline weights.

    Returns
    -------
    numpy.ndarray
        Of ``shape``, as `padded_shape` gives it: the grid with a ring of (degree + 1) / 2 cells,
        then zeros.  Sums to the mass on the grid.
    """
    if degree == CUBIC and points.x_m.size <= FEW_POINTS:
        return _bin_few(points, grid, shape)
    loops, at = compiled_loops(), where(grid)
    total = np.zeros(shape)
    if degree != CUBIC:
        loops.bin_spline(points, at, total.ravel(), shape[1], degree)
        return total
    bits, shift = _fraction_bits(grid), _band_shift(grid)
    bands = (grid.ny >> shift) + 1
    borders = np.linspace(0, points.x_m.size, _parts(points.x_m.size) + 1).astype(int).tolist()

    def sort(ends: tuple[int, int]) -> Any:
        start = np.zeros(bands + 1, dtype=np.int64)
        return loops.by_band(points.part(*ends), at, bits, shift, start)

    parts = list(in_threads(sort, pairwise(borders)))

    def add(band: int) -> None:
        for part in parts:
            loops.bin_cubic(part, band, bits, shape[1], total.ravel())

    # A band adds to three rows of the next one, so every other band at a time.
    for first in (0, 1):
        list(in_threads(add, range(first, bands, 2)))
    return total


def _bin_few(points: Points, grid: Grid, shape: tuple[int, int]) -> Floats:
    """Return what `bin_points` does for cubic weights, without compiled loops."""
    u = (points.x_m - grid.x0_m) / grid.cell_m
    v = (points.y_m - grid.y0_m) / grid.cell_m
    on_grid = (u >= 0) & (u < grid.nx) & (v >= 0) & (v < grid.ny)
    weight = np.broadcast_to(points.weight, u.shape)[on_grid]
    column, s = np.divmod(u[on_grid] + 0.5, 1.0)
    row, t = np.divmod(v[on_grid] + 0.5, 1.0)
    first = row.astype(np.intp) * shape[1] + column.astype(np.intp)
    across, along = _cubic(s), _cubic(t)
    total = np.zeros(shape[0] * shape[1])
    for p in range(CUBIC + 1):
        for q in range(CUBIC + 1):
            at = first + p * shape[1] + q
            total += np.bincount(at, weight * along[p] * across[q], total.size)
    return total.reshape(shape)


def _cubic(t: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the cubic B-spline's weights of the four centres around a place ``t`` of a cell."""
    return (
        (1 - t) ** 3 / 6,
        (3 * t**3 - 6 * t**2 + 4) / 6,
        (-3 * t**3 + 3 * t**2 + 3 * t + 1) / 6,
        t**3 / 6,
    )


def _fraction_bits(grid: Grid) -> int:
    """Return how many of 32 bits are left for the place within a cell (21 on 1024 cells)."""
    return 32 - (max(grid.nx, grid.ny) + 1).bit_length()


def _band_shift(grid: Grid) -> int:
    """Return the power of two of rows whose sums fit into half a megabyte of cache, four at least.

    Fewer than four rows would reach beyond the next band.
    """
    return max((2**19 // (8 * (grid.nx + CUBIC + 1))).bit_length() - 1, 2)


def _spline_response(size: int, degree: int) -> Floats:
    """Return the transform of the B-spline's values at whole numbers, for frequencies ≥ 0."""
    if degree == CUBIC:
        at_knot = np.array(_cubic(np.zeros(1)))[:, 0]
    else:
        at_knot = np.empty(degree + 1)
        compiled_loops().spline(degree, 0.0, at_knot)
    angle = 2 * np.pi * np.arange(size // 2 + 1) / size
    middle = (degree - 1) // 2
    response = np.full(angle.size, at_knot[middle])
    for step in range(1, middle + 1):
        response += 2 * at_knot[middle + step] * np.cos(step * angle)
    return response


def padded(grid: Grid, smoother: Smoother, degree: int = CUBIC) -> tuple[int, int]:
    """Return the size of the array that points are binned into."""
    ring = degree + 1
    return padded_shape((grid.ny + ring, grid.nx + ring), _reach(smoother, grid, degree))


def spread(
    binned: Floats, grid: Grid, smoother: Smoother, *, degree: int = CUBIC, squared: bool = False
) -> Floats:
    """Convolve binned points with a kernel (or its square), relative to its peak.

    Parameters
    ----------
    binned
        As returned by `bin_points`, of `padded` size.
    grid, smoother
        The cells; the kernel and its bandwidth.
    degree
        That of the binning.
    squared
        Whether to take the square of the kernel, as variances need.

    Returns
    -------
    numpy.ndarray
        Shape (ny, nx); negative by no more than the error.
    """
    shape = binned.shape[0], binned.shape[1]
    squared_cells = squared_offsets(_reach(smoother, grid, degree))
    quarter = smoother.kernel.shape(squared_cells / smoother.cells(grid) ** 2)
    spectrum = kernel_spectrum(quarter**2 if squared else quarter, shape)
    spectrum /= _spline_response(shape[1], degree)
    spectrum /= _spline_response(shape[0], degree)[:, None]
    ring = (degree + 1) // 2
    found = backward(multiply(forward(binned, shape), spectrum), shape)
    return found[ring : ring + grid.ny, ring : ring + grid.nx]


def density(
    points: Points, grid: Grid, smoother: Smoother, *, degree: int = CUBIC
) -> tuple[Floats, float]:
    """Return the density at the cells' centres, relative to one event's, and the mass."""
    binned = bin_points(points, grid, padded(grid, smoother, degree), degree)
    return spread(binned, grid, smoother, degree=degree), float(binned.sum())
