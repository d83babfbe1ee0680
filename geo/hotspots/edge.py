"""What a border does to a density, and the two ways to answer it.

Beyond a border nothing is recorded, so a density near it comes out too low.  Best is to load what
lies beyond (`geo.hotspots.grid.study_grid` has a margin for it); then nothing is corrected.  Where
nothing can be loaded, each event's kernel is divided by the share of it that lies inside (Diggle
1985, *Applied Statistics* 34): every event inside keeps mass 1 inside.  It misleads where the area
is narrow against the bandwidth: mass is pushed up against the border.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from geo.hotspots.grid import Grid
from geo.hotspots.kernels import Smoother
from geo.hotspots.points import Floats, Points
from geo.hotspots.transforms import convolve, squared_offsets
from geo.i18n import message


def inside_share(area: NDArray[np.bool_], grid: Grid, smoother: Smoother) -> Floats:
    """Return the share of a kernel that lies inside the area, for a kernel at each cell's centre.

    Parameters
    ----------
    area
        Which cells belong to it, shape (ny, nx).
    grid, smoother
        The cells; the kernel and its bandwidth.

    Returns
    -------
    numpy.ndarray
        Shape (ny, nx), 0 to 1; sampled at the cells' centres.  O(cells · log cells).
    """
    if area.shape != grid.shape:
        text = message(
            "The area must have one truth value per cell, {expected}; got {found}.",
            expected=grid.shape,
            found=area.shape,
        )
        raise ValueError(str(text))
    r, kernel = smoother.cells(grid), smoother.kernel
    widest = max(grid.shape)
    reach = min(smoother.reach(grid), widest)
    quarter = kernel.shape(squared_offsets(reach) / r**2)
    # What the grid is too small to hold of a wide kernel counts as outside.
    whole = max(_sum_of_whole(quarter), 1 / kernel.peak(r) if reach == widest else 0.0)
    return np.asarray(np.clip(convolve(area.astype(np.float64), quarter / whole), 0.0, 1.0))


def _sum_of_whole(quarter: Floats) -> float:
    """Return the sum over all four quarters; the axes are shared by two."""
    both = np.where(np.arange(len(quarter)) > 0, 2.0, 1.0)
    return float(both @ quarter @ both)


def renormalised(points: Points, area: NDArray[np.bool_], grid: Grid, smoother: Smoother) -> Floats:
    """Return each point's weight divided by the share of its kernel inside; 0 for those outside.

    Parameters
    ----------
    points
        Points on the plane, with one weight each.
    area, grid, smoother
        As for `inside_share`.

    Returns
    -------
    numpy.ndarray
        Shape (points,).
    """
    share = inside_share(area, grid, smoother)
    columns, rows = grid.columns_rows(points.x_m, points.y_m)
    with np.errstate(invalid="ignore"):  # a point that is no number is nowhere
        cells = np.floor(np.stack([rows, columns]) + 0.5)
        on = ((cells >= 0) & (cells < np.array(grid.shape)[:, None])).all(axis=0)
    inside = np.flatnonzero(on)[area[tuple(cells[:, on].astype(np.intp))]]
    at = map_coordinates(share, [rows[inside], columns[inside]], order=1, mode="nearest")
    found = np.zeros(points.x_m.size)
    found[inside] = points.weight[inside] / np.maximum(at, 1 / share.size)
    return found
