"""The equal-area grid on which events are counted.

Density is events per square kilometre, so the plane must keep areas: Albers equal-area with the
standard parallels 12° and 22° N, centred on 17° N, 2° E (Snyder 1987, chapter 14).  Areas are
exact on the WGS 84 ellipsoid; lengths are within ±0.62 % from 9° to 25° N and ±0.9 % at 26° N.
Web Mercator is for drawing only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from threading import local

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Transformer

from geo.i18n import Message, message

PLANE_CRS = "+proj=aea +lat_1=12 +lat_2=22 +lat_0=17 +lon_0=2 +datum=WGS84 +units=m +no_defs"
STUDY_AREA = (-13.0, 9.0, 10.0, 26.0)
DEFAULT_CELL_M = 5_000.0
DEFAULT_MARGIN_M = 200_000.0

_per_thread = local()


def _transformer(name: str) -> Transformer:
    """Return this thread's transformer: a PROJ context must not be shared between threads."""
    found: Transformer | None = getattr(_per_thread, name, None)
    if found is None:
        ends = ("EPSG:4326", PLANE_CRS)
        source, target = ends if name == "to_plane" else ends[::-1]
        found = Transformer.from_crs(source, target, always_xy=True)
        setattr(_per_thread, name, found)
    return found


def to_plane(lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Project WGS 84 degrees to metres on the equal-area plane.

    Parameters
    ----------
    lon, lat
        Degrees, of one shape.

    Returns
    -------
    tuple of numpy.ndarray
        Easting and northing in metres, in the shape of the input.
    """
    x_m, y_m = _transformer("to_plane").transform(
        np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    )
    return np.asarray(x_m), np.asarray(y_m)


def to_lonlat(x_m: ArrayLike, y_m: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the WGS 84 degrees of points on the equal-area plane; the inverse of `to_plane`."""
    lon, lat = _transformer("to_lonlat").transform(
        np.asarray(x_m, dtype=np.float64), np.asarray(y_m, dtype=np.float64)
    )
    return np.asarray(lon), np.asarray(lat)


@dataclass(frozen=True, slots=False)
class Grid:
    """Square cells of equal area; row 0 is the southernmost.

    Parameters
    ----------
    x0_m, y0_m
        South-west corner of the south-western cell, on the equal-area plane.
    cell_m
        Side of a cell.
    nx, ny
        Number of columns and of rows.

    Raises
    ------
    ValueError
        When the side is not positive or a count is below 1.
    """

    x0_m: float
    y0_m: float
    cell_m: float
    nx: int
    ny: int

    def __post_init__(self) -> None:
        if self.cell_m <= 0 or self.nx < 1 or self.ny < 1:
            raise ValueError(str(_not_a_grid(self.cell_m, self.nx, self.ny)))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns: the shape of an array with one value per cell."""
        return self.ny, self.nx

    @property
    def cell_km2(self) -> float:
        """Area of one cell in square kilometres."""
        return (self.cell_m / 1_000) ** 2

    @cached_property
    def x_m(self) -> NDArray[np.float64]:
        """Eastings of the cells' centres, west to east."""
        return np.asarray(self.x0_m + (np.arange(self.nx) + 0.5) * self.cell_m)

    @cached_property
    def y_m(self) -> NDArray[np.float64]:
        """Northings of the cells' centres, south to north."""
        return np.asarray(self.y0_m + (np.arange(self.ny) + 0.5) * self.cell_m)

    def columns_rows(
        self, x_m: ArrayLike, y_m: ArrayLike
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return fractional column and row; a whole number is the centre of a cell."""
        columns = (np.asarray(x_m, dtype=np.float64) - self.x0_m) / self.cell_m - 0.5
        rows = (np.asarray(y_m, dtype=np.float64) - self.y0_m) / self.cell_m - 0.5
        return columns, rows


def _not_a_grid(cell_m: float, nx: int, ny: int) -> Message:
    return message(
        "A grid needs cells of positive size and at least one column and one row; "
        "got {cell_m} m, {nx} columns, {ny} rows.",
        cell_m=cell_m,
        nx=nx,
        ny=ny,
    )


def study_grid(cell_m: float = DEFAULT_CELL_M, margin_m: float = DEFAULT_MARGIN_M) -> Grid:
    """Return the grid over the study area and a margin around it.

    The margin takes the events beyond the border and the part of a kernel that reaches over it,
    so that density near the border is not cut; it should be no smaller than the bandwidth.

    Parameters
    ----------
    cell_m
        Side of a cell.
    margin_m
        How far the grid reaches beyond lon −13…10, lat 9…26.

    Returns
    -------
    Grid
        Corners on whole multiples of the cell, so that two grids of one cell size agree.
    """
    west, south, east, north = STUDY_AREA
    # The parallels are curved on the plane: the extremes lie on the border, not at its corners.
    lon = np.linspace(west, east, 257)
    lat = np.linspace(south, north, 257)
    x_m, y_m = to_plane(
        np.concatenate([lon, lon, np.full(257, west), np.full(257, east)]),
        np.concatenate([np.full(257, south), np.full(257, north), lat, lat]),
    )
    x0 = np.floor((x_m.min() - margin_m) / cell_m)
    y0 = np.floor((y_m.min() - margin_m) / cell_m)
    nx = int(np.ceil((x_m.max() + margin_m) / cell_m) - x0)
    ny = int(np.ceil((y_m.max() + margin_m) / cell_m) - y0)
    return Grid(float(x0 * cell_m), float(y0 * cell_m), cell_m, nx, ny)
