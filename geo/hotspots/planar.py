"""Planar kernel density of events on the equal-area grid.

The kernel is the quartic or biweight, K(u) = 3 / (π h²) · (1 − u²)² for u = distance / h ≤ 1
(Silverman 1986, *Density Estimation for Statistics and Data Analysis*, p. 76, eq. 4.5).  The points
are binned linearly onto the cells' centres and convolved with the kernel by fast Fourier transform
(Silverman 1982, *Applied Statistics* 31, algorithm AS 176; Wand 1994, *J. Comput. Graph. Stat.* 3,
for linear binning), so that the cost hardly depends on the number of events.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from geo.hotspots.grid import Grid
from geo.hotspots.mass import Mass
from geo.i18n import message

SMALLEST_BANDWIDTH_CELLS = 2.0
DEFAULT_BANDWIDTH_M = 25_000.0
KERNEL = "quartic"


@dataclass(frozen=True)
class Surface:
    """Events per square kilometre over the period that the events were taken from.

    Parameters
    ----------
    grid
        The cells.
    density_per_km2
        Density at the cells' centres, shape (ny, nx), south to north; nowhere negative.
    bandwidth_m
        Radius of the kernel that was used.
    bandwidth_asked_m
        Radius that was asked for; smaller than ``bandwidth_m`` when the cells are too coarse.
    mass_total
        Events on the surface: the integral of the density.
    mass_left_out_share
        Share of the events that are not on it: known by region only, unplaced, or off the grid.
    kernel
        Name of the kernel.
    """

    grid: Grid
    density_per_km2: NDArray[np.float64]
    bandwidth_m: float
    bandwidth_asked_m: float
    mass_total: float
    mass_left_out_share: float
    kernel: str = KERNEL

    @property
    def density_per_1000_km2(self) -> NDArray[np.float64]:
        """Density in events per 1,000 km², the unit that a person reads."""
        return self.density_per_km2 * 1_000


def quartic(distance_m: NDArray[np.float64], bandwidth_m: float) -> NDArray[np.float64]:
    """Return the quartic kernel in 1/m²: 3 / (π h²) at distance 0, 0 from ``bandwidth_m`` on."""
    inside = np.clip(1 - (distance_m / bandwidth_m) ** 2, 0, None)
    return np.asarray(3 / (np.pi * bandwidth_m**2) * inside**2)


def density(
    mass: Mass,
    grid: Grid,
    bandwidth_m: float = DEFAULT_BANDWIDTH_M,
    incident_weights: NDArray[np.float64] | None = None,
) -> Surface:
    """Return the kernel density of events.

    Parameters
    ----------
    mass
        The events, from `geo.hotspots.mass.spread_mass`.
    grid
        The cells.
    bandwidth_m
        Radius of the kernel.  Below two cells it is raised to two cells, because a kernel that
        falls between the cells' centres is not a density any more; the surface says so.
    incident_weights
        Weight of each event, not negative; 1 each unless given.

    Returns
    -------
    Surface
        Its integral is the mass on the grid.  Against the exact sum of kernels the density at a
        centre is off by at most (2 (cell / h)² + e) · 3 / (π h²) per unit of mass, where e is what
        renormalising the sampled kernel changed (0.02 at two cells, below 0.001 from five).

    Raises
    ------
    ValueError
        When the bandwidth is not a positive number, or a weight is negative or not a number.

    Notes
    -----
    Nothing is renormalised at the edge of the grid: the grid reaches beyond the study area.
    O(points + cells · log cells); safe to call from several threads.
    """
    if not (np.isfinite(bandwidth_m) and bandwidth_m > 0):
        text = message("The bandwidth must be above 0 m; got {value} m.", value=bandwidth_m)
        raise ValueError(str(text))
    if incident_weights is not None and not (np.asarray(incident_weights) >= 0).all():
        raise ValueError(str(message("The weights of events must be numbers, none below 0.")))
    used_m = max(float(bandwidth_m), SMALLEST_BANDWIDTH_CELLS * grid.cell_m)
    weights = mass.weights(incident_weights)
    binned = _bin_linearly(mass.x_m, mass.y_m, weights, grid)
    on_grid = float(binned.sum())
    asked = (
        float(len(mass.support_of)) if incident_weights is None else float(incident_weights.sum())
    )
    return Surface(
        grid=grid,
        density_per_km2=_convolve(binned, grid.cell_m, used_m),
        bandwidth_m=used_m,
        bandwidth_asked_m=float(bandwidth_m),
        mass_total=on_grid,
        mass_left_out_share=max(1 - on_grid / asked, 0.0) if asked else 0.0,
    )


def _bin_linearly(
    x_m: NDArray[np.float64], y_m: NDArray[np.float64], weights: NDArray[np.float64], grid: Grid
) -> NDArray[np.float64]:
    """Share each point among the four centres around it; drop what falls off the grid."""
    carried = weights > 0
    columns, rows = grid.columns_rows(x_m[carried], y_m[carried])
    weights = weights[carried]
    column, row = np.floor(columns).astype(np.intp), np.floor(rows).astype(np.intp)
    east, north = columns - column, rows - row
    # One ring of cells around the grid takes what falls off, and is cut away at the end.
    wide, high = grid.nx + 2, grid.ny + 2
    on = (column >= -1) & (column < grid.nx) & (row >= -1) & (row < grid.ny)
    cell = ((row + 1) * wide + column + 1)[on]
    east, north, weights = east[on], north[on], weights[on]
    total = np.zeros(wide * high)
    for step, part in (
        (0, (1 - east) * (1 - north)),
        (1, east * (1 - north)),
        (wide, (1 - east) * north),
        (wide + 1, east * north),
    ):
        total += np.bincount(cell + step, weights=weights * part, minlength=total.size)
    return np.asarray(total.reshape(high, wide)[1:-1, 1:-1])


@lru_cache(maxsize=16)
def _kernel_spectrum(
    cell_m: float, bandwidth_m: float, shape: tuple[int, int]
) -> NDArray[np.complex128]:
    reach = int(np.ceil(bandwidth_m / cell_m))
    steps = np.arange(-reach, reach + 1) * cell_m
    kernel = quartic(np.hypot(steps[:, None], steps[None, :]), bandwidth_m)
    kernel /= kernel.sum()
    # Centre the kernel on cell (0, 0), wrapping around, so that the convolution does not shift.
    padded = np.zeros(shape)
    padded[: 2 * reach + 1, : 2 * reach + 1] = kernel
    spectrum: NDArray[np.complex128] = scipy.fft.rfft2(np.roll(padded, (-reach, -reach), (0, 1)))
    spectrum.setflags(write=False)
    return spectrum


def _convolve(
    binned: NDArray[np.float64], cell_m: float, bandwidth_m: float
) -> NDArray[np.float64]:
    """Return density per km²; works on the box around the mass, which is often a small part."""
    density_per_km2 = np.zeros(binned.shape)
    rows, columns = np.flatnonzero(binned.any(axis=1)), np.flatnonzero(binned.any(axis=0))
    if not rows.size:
        return density_per_km2
    reach = int(np.ceil(bandwidth_m / cell_m))
    top, bottom = max(rows[0] - reach, 0), min(rows[-1] + reach + 1, binned.shape[0])
    left, right = max(columns[0] - reach, 0), min(columns[-1] + reach + 1, binned.shape[1])
    box = binned[top:bottom, left:right]
    # Room for the kernel on one side is enough: what wraps around lands in the padding.
    shape = (
        scipy.fft.next_fast_len(max(box.shape[0] + reach, 2 * reach + 1), real=True),
        scipy.fft.next_fast_len(max(box.shape[1] + reach, 2 * reach + 1), real=True),
    )
    spread = scipy.fft.irfft2(
        scipy.fft.rfft2(box, shape) * _kernel_spectrum(cell_m, bandwidth_m, shape), shape
    )[: box.shape[0], : box.shape[1]]
    # Rounding of the transform leaves specks of about 1e-16 of the mass where nothing is.
    spread[spread < 1e-13 * binned.sum()] = 0.0
    density_per_km2[top:bottom, left:right] = spread / (cell_m / 1_000) ** 2
    return density_per_km2
