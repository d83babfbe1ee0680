"""The interactive engine: B-spline binning and one real Fourier transform.

Binning the points with cubic B-spline weights and convolving with the kernel's spline coefficients
replaces the kernel by its cubic spline through its values at whole cells (Unser, Aldroubi & Eden
1993, *IEEE Trans. Signal Processing* 41; as a correction of binned estimates, Wand 1994, *J.
Comput. Graph. Stat.* 3, is the linear case).  Linear binning widens every event by a sixth of a
squared cell; a spline does not, so what is left is where the kernel itself is not smooth: its rim.

O(points + cells · log cells), whatever the bandwidth.
"""

from __future__ import annotations

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


def error_bound(smoother: Smoother, grid: Grid, degree: int = CUBIC) -> float:
    """Return the largest error of one event's density, as a share of the kernel's peak.

    The order is that of the spline or of the kernel's first break, whichever is lower; the
    constants are the worst over offsets and directions, rounded up (measured for two cells and
    more, a Gaussian from 0.75).
    """
    kernel, r = smoother.kernel, smoother.cells(grid)
    if kernel.power is None:
        constant, order = (0.02, 4) if degree == CUBIC else (2.5e-3, 8)
        return max(constant / r**order, 1e-12)
    constant = (1.2, 0.38, 0.26)[kernel.power]
    return float(constant / r**kernel.power)


def needed_bytes(points: int, grid: Grid, smoother: Smoother) -> float:
    """Return the most memory that `density` holds at once, in bytes."""
    reach = _reach(smoother, grid, SEPTIC)
    rows, columns = padded_shape((grid.ny + SEPTIC + 1, grid.nx + SEPTIC + 1), reach)
    return 8.0 * ((_parts(points) + 1) * grid.nx * grid.ny + 4 * rows * columns)


def _parts(points: int) -> int:
    """Return in how many parts points are binned: by their number alone, never by the machine."""
    few, many = 100_000, 4_000_000
    return 1 if points < few else 2 if points < many else 4


def _reach(smoother: Smoother, grid: Grid, degree: int) -> int:
    """Return how far the kernel's spline coefficients reach, in cells.

    Beyond the grid's own size a kernel reaches no cell.  Coefficients ring on past a break by a
    factor of 0.27 per cell (degree 3) or 0.54 (degree 7): at a compact kernel's rim, which is
    smooth, a few cells are enough; where a Gaussian is cut at the grid's size, more.
    """
    ringing = 8 if smoother.kernel.power is not None else 8 * (degree + 1)
    return min(smoother.reach(grid), max(grid.nx, grid.ny) + degree) + ringing


def bin_points(points: Points, grid: Grid, degree: int = CUBIC) -> Floats:
    """Share each point among the centres around it by B-spline weights.

    Returns
    -------
    numpy.ndarray
        The grid with a ring of (degree + 1) / 2 cells; sums to the mass on the grid.
    """
    loops, ring, at = compiled_loops(), degree + 1, where(grid)
    borders = np.linspace(0, points.x_m.size, _parts(points.x_m.size) + 1).astype(int).tolist()

    def part(number: int) -> Floats:
        mine = points.part(borders[number], borders[number + 1])
        out = np.zeros((grid.ny + ring) * (grid.nx + ring))
        if degree == CUBIC:
            loops.bin_cubic(mine, at, out)
        else:
            loops.bin_spline(mine, at, out, degree)
        return out

    total, *others = in_threads(part, range(len(borders) - 1))
    for other in others:
        total += other
    return total.reshape(grid.ny + ring, grid.nx + ring)


def _spline_response(size: int, degree: int) -> Floats:
    """Return the transform of the B-spline's values at whole numbers, for frequencies ≥ 0."""
    at_knot = np.empty(degree + 1)
    compiled_loops().spline(degree, 0.0, at_knot)
    angle = 2 * np.pi * np.arange(size // 2 + 1) / size
    middle = (degree - 1) // 2
    response = np.full(angle.size, at_knot[middle])
    for step in range(1, middle + 1):
        response += 2 * at_knot[middle + step] * np.cos(step * angle)
    return response


def spread(
    binned: Floats, grid: Grid, smoother: Smoother, *, degree: int = CUBIC, squared: bool = False
) -> Floats:
    """Convolve binned points with a kernel (or its square), relative to its peak.

    Parameters
    ----------
    binned
        As returned by `bin_points`.
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
    reach = _reach(smoother, grid, degree)
    shape = padded_shape(binned.shape, reach)
    quarter = smoother.kernel.shape(squared_offsets(reach) / smoother.cells(grid) ** 2)
    spectrum = kernel_spectrum(quarter**2 if squared else quarter, shape)
    spectrum /= _spline_response(shape[1], degree)
    spectrum /= _spline_response(shape[0], degree)[:, None]
    ring = (degree + 1) // 2
    found = backward(multiply(forward(binned, shape), spectrum), shape)
    return found[ring : ring + grid.ny, ring : ring + grid.nx]


def density(
    points: Points, grid: Grid, smoother: Smoother, *, degree: int = CUBIC
) -> tuple[Floats, float]:
    """Return the density at the cells' centres, per m², and the mass on the grid."""
    binned = bin_points(points, grid, degree)
    found = spread(binned, grid, smoother, degree=degree)
    return found * smoother.peak_per_m2, float(binned.sum())
