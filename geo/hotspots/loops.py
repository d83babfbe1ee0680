"""The compiled loops of planar density.  Coordinates are cells: cell i reaches from i to i + 1.

``weight`` has one value per point, or one value for all of them.  A point off the grid, or one that
is no number, takes no part.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geo.hotspots.jit import compiled
from geo.hotspots.points import Points, Where

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: Where each band begins; column and row of each point; its weight.
Banded = tuple[Ints, NDArray[np.uint32], Floats]
#: Where each cell's points begin, and per point its offset from the cell's centre and its weight.
Cells = tuple[Ints, Floats]
#: First and one past the last.
Span = tuple[int, int]
#: Offsets in x and y, 1 / r² and the kernel's power.
Rim = tuple[Floats, Floats, float, int]


@compiled
def box(points: Points, where: Where) -> Ints:
    """Return the first and last column and row with points; last < first when there are none."""
    x_m, y_m, _ = points
    x0_m, y0_m, cell_m, nx, ny = where
    per_cell = 1 / cell_m
    west, east, south, north = float(nx), -1.0, float(ny), -1.0
    for i in range(x_m.size):
        u = (x_m[i] - x0_m) * per_cell
        v = (y_m[i] - y0_m) * per_cell
        if u >= 0 and u < nx and v >= 0 and v < ny:
            west, east = min(west, u), max(east, u)
            south, north = min(south, v), max(north, v)
    return np.array([int(west), int(east), int(south), int(north)], dtype=np.int64)


@compiled
def by_band(points: Points, where: Where, bits: int, shift: int, start: Ints) -> Banded:
    """Sort points into bands of 2^shift rows, as whole numbers of 2^-bits cells.

    Binning goes through a grid that no cache holds; sorted first, each band's part of it stays in
    one.  ``start``, of zeros, becomes where each band begins.
    """
    x_m, y_m, weight = points
    x0_m, y0_m, cell_m, nx, ny = where
    per_cell = 1 / cell_m
    one = weight.size == 1
    scale = float(1 << bits)
    for i in range(x_m.size):
        u = (x_m[i] - x0_m) * per_cell
        v = (y_m[i] - y0_m) * per_cell
        if u >= 0 and u < nx and v >= 0 and v < ny:
            start[(int(v + 0.5) >> shift) + 1] += 1
    for k in range(start.size - 1):
        start[k + 1] += start[k]
    free = start.copy()
    at = np.empty((start[-1], 2), np.uint32)
    carried = weight if one else np.empty(start[-1])
    for i in range(x_m.size):
        u = (x_m[i] - x0_m) * per_cell
        v = (y_m[i] - y0_m) * per_cell
        if u >= 0 and u < nx and v >= 0 and v < ny:
            k = int(v + 0.5) >> shift
            p = free[k]
            free[k] = p + 1
            at[p, 0] = np.uint32(int((u + 0.5) * scale))
            at[p, 1] = np.uint32(int((v + 0.5) * scale))
            if not one:
                carried[p] = weight[i]
    return start, at, carried


@compiled
def bin_cubic(banded: Banded, band: int, bits: int, wide: int, out: Floats) -> None:
    """Add each point of a band to the 16 centres around it with cubic B-spline weights.

    ``out`` is flat, rows of ``wide``: the grid with a ring of two cells.  Written out and not
    nested: this is the loop that ten million points go through.
    """
    start, at, weight = banded
    step = 0 if weight.size == 1 else 1
    unit = 1.0 / (1 << bits)
    fraction = (1 << bits) - 1
    for i in range(start[band], start[band + 1]):
        column = np.int64(at[i, 0])
        row = np.int64(at[i, 1])
        f = (column & fraction) * unit
        e = 1 - f
        a0 = e * e * e
        a3 = f * f * f
        a1 = 4 - 6 * f * f + 3 * a3
        a2 = 6 - a0 - a1 - a3
        w = weight[i * step] * (1 / 36)
        f = (row & fraction) * unit
        e = 1 - f
        b0 = e * e * e
        b3 = f * f * f
        b1 = 4 - 6 * f * f + 3 * b3
        b2 = (6 - b0 - b1 - b3) * w
        b0 *= w
        b1 *= w
        b3 *= w
        k = (row >> bits) * wide + (column >> bits)
        out[k] += a0 * b0
        out[k + 1] += a1 * b0
        out[k + 2] += a2 * b0
        out[k + 3] += a3 * b0
        k += wide
        out[k] += a0 * b1
        out[k + 1] += a1 * b1
        out[k + 2] += a2 * b1
        out[k + 3] += a3 * b1
        k += wide
        out[k] += a0 * b2
        out[k + 1] += a1 * b2
        out[k + 2] += a2 * b2
        out[k + 3] += a3 * b2
        k += wide
        out[k] += a0 * b3
        out[k + 1] += a1 * b3
        out[k + 2] += a2 * b3
        out[k + 3] += a3 * b3


@compiled
def spline(degree: int, f: float, out: Floats) -> None:
    """Fill the degree + 1 B-spline weights at fraction ``f`` past a knot (Cox & de Boor)."""
    out[0] = 1.0
    for k in range(1, degree + 1):
        out[k] = f * out[k - 1] / k
        for j in range(k - 1, 0, -1):
            out[j] = ((f + k - j) * out[j - 1] + (1 + j - f) * out[j]) / k
        out[0] *= (1 - f) / k


@compiled
def bin_spline(points: Points, where: Where, out: Floats, wide: int, degree: int) -> None:
    """Add each point to the centres around it with B-spline weights of any odd degree.

    ``out`` is flat, rows of ``wide``: the grid with a ring of (degree + 1) / 2 cells.
    """
    x_m, y_m, weight = points
    x0_m, y0_m, cell_m, nx, ny = where
    per_cell = 1 / cell_m
    step = 0 if weight.size == 1 else 1
    across = np.empty(degree + 1)
    along = np.empty(degree + 1)
    for i in range(x_m.size):
        u = (x_m[i] - x0_m) * per_cell
        v = (y_m[i] - y0_m) * per_cell
        if not (u >= 0 and u < nx and v >= 0 and v < ny):
            continue
        u += 0.5
        v += 0.5
        spline(degree, u - int(u), across)
        spline(degree, v - int(v), along)
        k = int(v) * wide + int(u)
        for p in range(degree + 1):
            b = along[p] * weight[i * step]
            for q in range(degree + 1):
                out[k + q] += b * across[q]
            k += wide


@compiled
def sort_by_cell(points: Points, where: Where) -> tuple[Ints, Floats]:
    """Sort the points by cell (counting sort); O(points + cells).

    Returns
    -------
    tuple
        Where each cell's points begin, shape (ny · nx + 1,), and per point its offset from the
        cell's centre in cells and its weight, shape (points on the grid, 3).
    """
    x_m, y_m, weight = points
    x0_m, y0_m, cell_m, nx, ny = where
    per_cell = 1 / cell_m
    step = 0 if weight.size == 1 else 1
    start = np.zeros(nx * ny + 1, np.int64)
    cell = np.empty(x_m.size, np.int64)
    for i in range(x_m.size):
        u = (x_m[i] - x0_m) * per_cell
        v = (y_m[i] - y0_m) * per_cell
        if u >= 0 and u < nx and v >= 0 and v < ny:
            cell[i] = int(v) * nx + int(u)
            start[cell[i] + 1] += 1
        else:
            cell[i] = -1
    for c in range(nx * ny):
        start[c + 1] += start[c]
    free = start.copy()
    around = np.empty((start[nx * ny], 3))
    for i in range(x_m.size):
        c = cell[i]
        if c >= 0:
            u = (x_m[i] - x0_m) * per_cell
            v = (y_m[i] - y0_m) * per_cell
            p = free[c]
            free[c] = p + 1
            around[p, 0] = u - int(u) - 0.5
            around[p, 1] = v - int(v) - 0.5
            around[p, 2] = weight[i * step]
    return start, around


@compiled
def moments(cells: Cells, span: Span, out: Floats) -> None:
    """Fill the moments of the cells of a span; ``out`` is (1 | 4 | 9, cells).

    Around the cell's centre, with q = x² + y²: 1; x, y, q; x², xy, xq, yq, q².
    """
    start, around = cells
    some, every = out.shape[0] > 1, out.shape[0] > 4  # noqa: PLR2004
    for c in range(span[0], span[1]):
        m0 = mx = my = mq = mxx = mxy = mxq = myq = mqq = 0.0
        for i in range(start[c], start[c + 1]):
            x, y, w = around[i, 0], around[i, 1], around[i, 2]
            q = x * x + y * y
            m0 += w
            mx += w * x
            my += w * y
            mq += w * q
            mxx += w * x * x
            mxy += w * x * y
            mxq += w * x * q
            myq += w * y * q
            mqq += w * q * q
        out[0, c] = m0
        if some:
            out[1, c] = mx
            out[2, c] = my
            out[3, c] = mq
        if every:
            out[4, c] = mxx
            out[5, c] = mxy
            out[6, c] = mxq
            out[7, c] = myq
            out[8, c] = mqq


@compiled
def _add_one(point: Floats, rim: Rim, at_centre: Floats, cell_sum: Floats) -> None:
    """Add one point's max(1 − u², 0) to a power at every offset of the rim."""
    offset_x, offset_y, per_r2, power = rim
    x, y, w = point[0], point[1], point[2]
    ax = 2 * x * per_r2
    ay = 2 * y * per_r2
    b = (x * x + y * y) * per_r2
    # The power is asked outside the loops, so that each is a row of vector instructions.
    if power == 0:
        for j in range(offset_x.size):
            t = at_centre[j] - b + ax * offset_x[j] + ay * offset_y[j]
            cell_sum[j] += w if t >= 0.0 else 0.0
    elif power == 1:
        for j in range(offset_x.size):
            t = max(at_centre[j] - b + ax * offset_x[j] + ay * offset_y[j], 0.0)
            cell_sum[j] += w * t
    else:
        for j in range(offset_x.size):
            t = max(at_centre[j] - b + ax * offset_x[j] + ay * offset_y[j], 0.0)
            cell_sum[j] += w * t * t


@compiled
def rim(cells: Cells, nx: int, rows: Span, rim: Rim, pad: int, out: Floats) -> None:  # noqa: PLR0917
    """Sum the rim of every cell of some rows, point by point.

    ``out`` is flat, rows of nx + 2 pad; the first cell of the first row lies at row and column pad.
    """
    start, around = cells
    offset_x, offset_y, per_r2, _ = rim
    wide = nx + 2 * pad
    offset = np.empty(offset_x.size, np.int64)
    at_centre = np.empty(offset_x.size)
    cell_sum = np.empty(offset_x.size)
    for j in range(offset_x.size):
        offset[j] = int(offset_y[j]) * wide + int(offset_x[j])
        at_centre[j] = 1 - (offset_x[j] * offset_x[j] + offset_y[j] * offset_y[j]) * per_r2
    for row in range(rows[0], rows[1]):
        for column in range(nx):
            c = row * nx + column
            if start[c] == start[c + 1]:
                continue
            cell_sum[:] = 0.0
            for i in range(start[c], start[c + 1]):
                _add_one(around[i], rim, at_centre, cell_sum)
            base = (row - rows[0] + pad) * wide + column + pad
            for j in range(offset.size):
                out[base + offset[j]] += cell_sum[j]


@compiled
def gaussian(cells: Cells, nx: int, rows: Span, sigma: float, pad: int, out: Floats) -> None:  # noqa: PLR0917
    """Add exp(−d² / 2σ²) up to ``pad`` cells away: an outer product per point; ``out`` as above."""
    start, around = cells
    wide = nx + 2 * pad
    factor = -0.5 / (sigma * sigma)
    across = np.empty(2 * pad + 1)
    for row in range(rows[0], rows[1]):
        for column in range(nx):
            for i in range(start[row * nx + column], start[row * nx + column + 1]):
                for j in range(2 * pad + 1):
                    d = j - pad - around[i, 0]
                    across[j] = np.exp(factor * d * d)
                for p in range(2 * pad + 1):
                    d = p - pad - around[i, 1]
                    b = around[i, 2] * np.exp(factor * d * d)
                    k = (row - rows[0] + p) * wide + column
                    for j in range(2 * pad + 1):
                        out[k + j] += b * across[j]
