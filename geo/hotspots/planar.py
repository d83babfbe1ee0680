"""Planar kernel density of events on the equal-area grid.

The kernels are those of `geo.hotspots.kernels`.  Two engines compute their sum at the cells'
centres: `geo.hotspots.exact` to rounding, in time that grows with points times bandwidth, and
`geo.hotspots.binned` in time that does not depend on the bandwidth, with an error that falls with
the bandwidth in cells.  Which one ran, why, and with what error is said in the `Surface`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.hotspots import binned, exact, notes
from geo.hotspots.edge import renormalised
from geo.hotspots.grid import Grid
from geo.hotspots.kernels import QUARTIC, Kernel, Smoother, kernel_named
from geo.hotspots.mass import Mass
from geo.hotspots.memory import refuse_if_too_large
from geo.hotspots.points import Floats, Points, where
from geo.hotspots.threads import compiled_loops, in_threads
from geo.i18n import Message, message

DEFAULT_BANDWIDTH_M = 25_000.0
KERNEL = QUARTIC.name
AUTO, EXACT, BINNED = "auto", "exact", "binned"
ENGINES = (AUTO, EXACT, BINNED)
#: Error of one event, as a share of the kernel's peak, up to which `AUTO` bins: quartic from 3.6
#: cells, Epanechnikov from 18, Gaussian from 1; the uniform kernel never.
TOLERANCE = 0.02

_How = tuple[float, Kernel, str]


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
        Bandwidth that was used: the kernel's radius, a Gaussian's standard deviation.
    bandwidth_asked_m
        Bandwidth that was asked for; smaller than ``bandwidth_m`` when the cells are too coarse.
    mass_total
        Events on the surface.
    mass_left_out_share
        Share of the events that are not on it: known by region only, unplaced, or off the grid.
    kernel
        Name of the kernel.
    engine
        "exact" or "binned".
    error_bound
        "exact": no cell is off by more than this share of the surface's peak.  "binned": no cell is
        off by more than this share of the kernel's peak times the mass within reach of it.
    notes
        What a reader has to know: the engine and why, the border, a raised bandwidth.
    """

    grid: Grid
    density_per_km2: Floats
    bandwidth_m: float
    bandwidth_asked_m: float
    mass_total: float
    mass_left_out_share: float
    kernel: str = KERNEL
    engine: str = EXACT
    error_bound: float = exact.ERROR_BOUND
    notes: tuple[Message, ...] = ()

    @property
    def density_per_1000_km2(self) -> Floats:
        """Density in events per 1,000 km², the unit that a person reads."""
        return self.density_per_km2 * 1_000


def density(
    mass: Mass,
    grid: Grid,
    bandwidth_m: float = DEFAULT_BANDWIDTH_M,
    incident_weights: Floats | None = None,
    *,
    kernel: str | Kernel = QUARTIC,
    engine: str = AUTO,
    area: NDArray[np.bool_] | None = None,
) -> Surface:
    """Return the kernel density of events.

    Parameters
    ----------
    mass
        The events, from `geo.hotspots.mass.spread_mass`.
    grid
        The cells.
    bandwidth_m, kernel, engine, area
        As for `of_points`.
    incident_weights
        Weight of each event, not negative; 1 each unless given.

    Returns
    -------
    Surface
        As for `of_points`; ``mass_left_out_share`` counts all events of ``mass``.

    Raises
    ------
    ValueError
        As for `of_points`.
    """
    if incident_weights is not None and not (np.asarray(incident_weights) >= 0).all():
        raise ValueError(str(message("The weights of events must be numbers, none below 0.")))
    weight = mass.weights(incident_weights)
    asked = float(
        len(mass.support_of) if incident_weights is None else np.sum(incident_weights, dtype=float)
    )
    carried = weight > 0
    return _surface(
        Points(mass.x_m[carried], mass.y_m[carried], weight[carried]),
        asked,
        grid,
        (float(bandwidth_m), kernel_named(kernel), engine),
        area,
    )


def of_points(
    x_m: ArrayLike,
    y_m: ArrayLike,
    grid: Grid,
    bandwidth_m: float = DEFAULT_BANDWIDTH_M,
    *,
    weights: ArrayLike | None = None,
    kernel: str | Kernel = QUARTIC,
    engine: str = AUTO,
    area: NDArray[np.bool_] | None = None,
) -> Surface:
    """Return the kernel density of points on the plane.

    Parameters
    ----------
    x_m, y_m
        Shape (points,), metres on the equal-area plane.
    grid
        The cells.  Points off the grid are left out, and their share is said.
    bandwidth_m
        The kernel's radius; a Gaussian's standard deviation.  Below ``Kernel.smallest_cells`` it is
        raised, because a kernel that falls between the cells' centres is not a density any more.
    weights
        Mass of each point, not negative; 1 each unless given.
    kernel
        Name of a kernel, or the kernel.
    engine
        "exact", "binned", or "auto": binned where its error of one event is below `TOLERANCE`.
    area
        Which cells were observed, shape (ny, nx).  When given, points outside are left out, kernels
        are renormalised at its border (`geo.hotspots.edge`) and the density is 0 outside.

    Returns
    -------
    Surface
        Density at centres: its sum times the cell's area is the mass only as exactly as the kernel
        is sampled (quartic: 1 % at 3 cells, 0.1 % at 10), and less what reaches over the edge.

    Raises
    ------
    ValueError
        When the bandwidth is not a positive number, a weight is below 0 or not a number, or there
        is no such kernel or engine.  `geo.hotspots.memory.TooLargeError` when it does not fit.

    Notes
    -----
    Safe to call from several threads, and the same numbers however many do.
    """
    x = np.ascontiguousarray(x_m, dtype=np.float64)
    y = np.ascontiguousarray(y_m, dtype=np.float64)
    one = weights is None
    weight = np.ones(1) if weights is None else np.ascontiguousarray(weights, dtype=np.float64)
    if x.ndim != 1 or x.shape != y.shape or not (one or weight.shape == x.shape):
        text = message("Eastings, northings and weights of points must be of one length.")
        raise ValueError(str(text))
    if not (weight >= 0).all():
        raise ValueError(str(message("The weights of events must be numbers, none below 0.")))
    asked = float(x.size if one else weight.sum())
    how = (float(bandwidth_m), kernel_named(kernel), engine)
    return _surface(Points(x, y, weight), asked, grid, how, area)


def _surface(
    points: Points, asked: float, grid: Grid, how: _How, area: NDArray[np.bool_] | None
) -> Surface:
    bandwidth_asked_m, kernel, _ = how
    if not (np.isfinite(bandwidth_asked_m) and bandwidth_asked_m > 0):
        text = message("The bandwidth must be above 0 m; got {value} m.", value=bandwidth_asked_m)
        raise ValueError(str(text))
    smoother = Smoother(kernel, max(bandwidth_asked_m, kernel.smallest_cells * grid.cell_m))
    engine, bound, why = _choose(how[2], smoother, grid)
    if area is None:
        found, on_grid = _on_box(engine, points, grid, smoother)
    else:
        each = points._replace(weight=np.broadcast_to(points.weight, points.x_m.shape))
        corrected = renormalised(each, area, grid, smoother)
        found, _ = _on_box(engine, points._replace(weight=corrected), grid, smoother)
        found[~area] = 0.0
        on_grid = float(each.weight[corrected > 0].sum())
    said = [why, notes.edge_note(corrected=area is not None)]
    if smoother.bandwidth_m > bandwidth_asked_m:
        said.append(notes.raised_note(smoother.bandwidth_m))
    return Surface(
        grid=grid,
        density_per_km2=found,
        bandwidth_m=smoother.bandwidth_m,
        bandwidth_asked_m=bandwidth_asked_m,
        mass_total=on_grid,
        mass_left_out_share=max(1 - on_grid / asked, 0.0) if asked else 0.0,
        kernel=kernel.name,
        engine=engine,
        error_bound=bound,
        notes=tuple(said),
    )


def _on_box(engine: str, points: Points, grid: Grid, smoother: Smoother) -> tuple[Floats, float]:
    """Return density per km² and mass, from the box that the points reach: often a small part."""
    first_x, last_x, first_y, last_y = _box(points, grid)
    reach = smoother.reach(grid)
    west, south = max(first_x - reach, 0), max(first_y - reach, 0)
    east, north = min(last_x + reach + 1, grid.nx), min(last_y + reach + 1, grid.ny)
    if last_x < first_x:  # no points: a box of one cell
        west = south = 0
        east = north = 1
    x0_m, y0_m = grid.x0_m + west * grid.cell_m, grid.y0_m + south * grid.cell_m
    box = Grid(x0_m, y0_m, grid.cell_m, east - west, north - south)
    run = exact if engine == EXACT else binned
    refuse_if_too_large(
        run.needed_bytes(points.x_m.size, box, smoother) + 8.0 * grid.nx * grid.ny,
        notes.request(points.x_m.size, box, smoother.bandwidth_m),
    )
    found, on_grid = run.density(points, box, smoother)
    density_per_km2 = np.empty(grid.shape) if box.shape == grid.shape else np.zeros(grid.shape)
    inside = density_per_km2[south:north, west:east]
    np.multiply(found, smoother.peak_per_m2 * 1e6, out=inside)
    # Rounding of the transforms leaves specks of about 1e-16 of the mass where nothing is.
    inside[found < 1e-13 * on_grid] = 0.0
    return density_per_km2, on_grid


def _box(points: Points, grid: Grid) -> tuple[int, int, int, int]:
    """Return the first and last column and row with points; last < first when there are none."""
    if points.x_m.size <= binned.FEW_POINTS:
        return _box_of_few(points, grid)
    loops, borders = compiled_loops(), np.linspace(0, points.x_m.size, 5).astype(int).tolist()
    parts = (points.part(*ends) for ends in pairwise(borders))
    found = np.array(list(in_threads(lambda part: loops.box(part, where(grid)), parts)))
    least, most = found.min(axis=0).tolist(), found.max(axis=0).tolist()
    return least[0], most[1], least[2], most[3]


def _box_of_few(points: Points, grid: Grid) -> tuple[int, int, int, int]:
    """Return what `_box` does, without compiled loops."""
    u = (points.x_m - grid.x0_m) / grid.cell_m
    v = (points.y_m - grid.y0_m) / grid.cell_m
    on_grid = (u >= 0) & (u < grid.nx) & (v >= 0) & (v < grid.ny)
    if not on_grid.any():
        return grid.nx, -1, grid.ny, -1
    u, v = u[on_grid], v[on_grid]
    return int(u.min()), int(u.max()), int(v.min()), int(v.max())


def _choose(engine: str, smoother: Smoother, grid: Grid) -> tuple[str, float, Message]:
    """Return the engine, its error bound and the reason."""
    if engine not in ENGINES:
        text = message(
            "There is no engine {name}; choose one of {names}.",
            name=engine,
            names=", ".join(ENGINES),
        )
        raise ValueError(str(text))
    bound = binned.error_bound(smoother, grid)
    if engine == EXACT or (engine == AUTO and bound > TOLERANCE):
        return (
            EXACT,
            exact.ERROR_BOUND,
            notes.exact_note(smoother, grid, None if engine == EXACT else bound),
        )
    return BINNED, bound, notes.binned_note(smoother, grid, bound)
