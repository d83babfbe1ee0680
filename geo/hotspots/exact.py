"""The exact engine: the sum of kernels at every cell's centre, to rounding.

(1 − u²)ᵖ is a polynomial in the point's offset δ from its cell's centre, so all points of a cell
that lie wholly within the bandwidth of a centre act through the cell's moments: 1, 4 or 9 numbers.
The moments of all cells meet all such centres in one Fourier transform each.  Where the bandwidth's
circle passes through the cell (the rim, about 8 r centres for a radius of r cells) each point is
summed by itself.  It is the sweep over kernel polynomials (Chan et al. 2022, SLAM, *Proc. SIGMOD*)
with its running sums replaced by convolutions: offsets never exceed half a cell, so nothing
cancels.  O(points · r + cells · log cells).

A Gaussian has no rim.  From ``SPLINE_FROM_CELLS`` on it is binned with B-splines of degree 7, whose
error is below 1e-9 of the peak; narrower ones are summed point by point, an outer product each.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.hotspots import binned
from geo.hotspots.grid import Grid
from geo.hotspots.kernels import Smoother
from geo.hotspots.points import Floats, Points, where
from geo.hotspots.threads import compiled_loops, in_threads
from geo.hotspots.transforms import (
    Spectrum,
    backward,
    forward,
    kernel_spectrum,
    multiply,
    padded_shape,
    squared_offsets,
)

Cells = tuple[NDArray[np.int64], Floats]

ERROR_BOUND = 1e-9
SPLINE_FROM_CELLS = 5.5
_MOST_STRIPS = 16
_MOMENTS = (1, 4, 9)


def _strips(ny: int, reach: int) -> int:
    """Return the number of strips; wide kernels get fewer, because strips overlap by the reach."""
    return int(np.clip(ny // (2 * reach), 4, _MOST_STRIPS))


def _is_binned(smoother: Smoother, grid: Grid) -> bool:
    return smoother.kernel.power is None and smoother.cells(grid) >= SPLINE_FROM_CELLS


def needed_bytes(points: int, grid: Grid, smoother: Smoother) -> float:
    """Return the most memory that `density` holds at once, in bytes."""
    if _is_binned(smoother, grid):
        return binned.needed_bytes(points, grid, smoother)
    reach, cells, power = smoother.reach(grid), grid.nx * grid.ny, smoother.kernel.power
    strips = _strips(grid.ny, reach)
    overlapping = (2.0 * grid.ny + 2 * (strips + 1) * reach) * (grid.nx + 2 * reach)
    rows, columns = padded_shape(grid.shape, reach)
    moments = 0 if power is None else _MOMENTS[power] * cells + 4.0 * rows * columns
    return 32.0 * points + 16.0 * cells + 8.0 * (overlapping + moments)


def density(points: Points, grid: Grid, smoother: Smoother) -> tuple[Floats, float]:
    """Return the density at the cells' centres, relative to one event's, and the mass.

    Parameters
    ----------
    points
        Points on the plane; those off the grid take no part.
    grid, smoother
        The cells; the kernel and its bandwidth.

    Returns
    -------
    tuple
        Array of shape (ny, nx), off by less than ``ERROR_BOUND`` of its peak, and the mass.
    """
    if _is_binned(smoother, grid):
        return binned.density(points, grid, smoother, degree=binned.SEPTIC)
    cells: Cells = compiled_loops().sort_by_cell(points, where(grid))
    total = _by_point(cells, grid, smoother)
    if smoother.kernel.power is not None:
        total += _by_moments(cells, grid, smoother)
    return total, float(cells[1][:, 2].sum())


def _within_and_rim(r: float, reach: int) -> tuple[NDArray[np.bool_], Floats, Floats]:
    """Return which offsets ≥ 0 lie wholly within, and the offsets through which the circle runs."""
    steps = np.arange(reach + 1)
    far = (steps + 0.5) ** 2
    near = np.maximum(steps - 0.5, 0.0) ** 2
    within = far[:, None] + far <= r * r
    touched = (near[:, None] + near <= r * r) & ~within
    both = np.abs(np.arange(-reach, reach + 1))
    y, x = np.nonzero(touched[both][:, both])
    return within, (x - reach).astype(np.float64), (y - reach).astype(np.float64)


def _by_point(cells: Cells, grid: Grid, smoother: Smoother) -> Floats:
    """Return the sum over the points that must be taken one by one, relative to the peak."""
    loops, nx, ny = compiled_loops(), grid.nx, grid.ny
    r, power, reach = smoother.cells(grid), smoother.kernel.power, smoother.reach(grid)
    how: Any = r
    if power is None:
        run = loops.gaussian
    else:
        _, x, y = _within_and_rim(r, reach)
        run, how = loops.rim, (x, y, 1 / (r * r), power)
    # Strips of about equally many points: events crowd together, and a thread should not wait.
    start, around = cells
    per_strip = np.linspace(0, len(around), _strips(ny, reach) + 1)[1:-1]
    borders = np.unique([0, *np.searchsorted(start[::nx], per_strip), ny]).tolist()

    def strip(number: int) -> Floats:
        rows = borders[number], borders[number + 1]
        out = np.zeros((rows[1] - rows[0] + 2 * reach) * (nx + 2 * reach))
        run(cells, nx, rows, how, reach, out)
        return out.reshape(-1, nx + 2 * reach)

    total = np.zeros((ny + 2 * reach, nx + 2 * reach))
    for number, part in enumerate(in_threads(strip, range(len(borders) - 1))):
        total[borders[number] : borders[number] + len(part)] += part
    return total[reach : reach + ny, reach : reach + nx]


def _by_moments(cells: Cells, grid: Grid, smoother: Smoother) -> Floats:
    """Return the sum over the cells that lie wholly within, relative to the peak."""
    loops, size = compiled_loops(), grid.nx * grid.ny
    r, power, reach = smoother.cells(grid), smoother.kernel.power or 0, smoother.reach(grid)
    within = _within_and_rim(r, reach)[0]
    if not within.any():
        return np.zeros(grid.shape)
    moments = np.empty((_MOMENTS[power], size))
    borders = np.linspace(0, size, _MOST_STRIPS + 1).astype(int).tolist()
    spans = pairwise(borders)
    list(in_threads(lambda span: loops.moments(cells, span, moments), spans))
    shape = padded_shape(grid.shape, reach)
    # An odd axis stands for −i (see transforms): once for x or y alone, −1 for both.
    even: Spectrum = np.zeros((shape[0], shape[1] // 2 + 1), dtype=np.complex128)
    odd = np.zeros_like(even)
    for moment, (quarter, odd_x, odd_y) in zip(moments, _factors(within, power, r), strict=True):
        kernel = kernel_spectrum(quarter, shape, odd_x=odd_x, odd_y=odd_y)
        part = multiply(forward(moment.reshape(grid.shape), shape), kernel, odd_y=odd_y)
        if odd_x and odd_y:
            even -= part
        elif odd_x or odd_y:
            odd += part
        else:
            even += part
    even -= 1j * odd
    return backward(even, shape)[: grid.ny, : grid.nx]


def _factors(within: NDArray[np.bool_], power: int, r: float) -> list[tuple[Floats, bool, bool]]:
    """Return what each moment is multiplied by at the offsets wholly within, with its parities.

    With o the offset, A = 1 − o²/r² and B = (2 o·δ − δ²)/r², (1 − u²)ᵖ = (A + B)ᵖ.
    """
    one = within.astype(np.float64)
    if power == 0:
        return [(one, False, False)]
    per = 1 / (r * r)
    steps = np.arange(len(within), dtype=np.float64)
    x, y = one * steps, one * steps[:, None]
    a = one * (1 - squared_offsets(len(within) - 1) * per)
    if power == 1:
        return [
            (a, False, False),
            (2 * per * x, True, False),
            (2 * per * y, False, True),
            (-per * one, False, False),
        ]
    per2 = per * per
    return [
        (a * a, False, False),
        (4 * per * a * x, True, False),
        (4 * per * a * y, False, True),
        (4 * per2 * y * y - 2 * per * a, False, False),
        (4 * per2 * (x * x - y * y), False, False),
        (8 * per2 * x * y, True, True),
        (-4 * per2 * x, True, False),
        (-4 * per2 * y, False, True),
        (per2 * one, False, False),
    ]
