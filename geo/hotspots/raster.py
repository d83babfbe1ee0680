"""A density surface as a class image for a Web Mercator map.

The map draws in Web Mercator (EPSG:3857), the density lives on an equal-area plane.  Each pixel of
the image looks up where on the plane its centre lies and interpolates between the cells' centres;
the look-up depends on the grid and the image only and is kept.  The classes' colours stand here
because files carry them too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geo.hotspots.grid import STUDY_AREA, Grid, to_plane
from geo.hotspots.planar import Surface
from geo.i18n import message

#: Fills of density classes, low to high (sequential, light to dark; ends read in greyscale).
RAMP = ("#FED98E", "#FE9929", "#EC7014", "#CC4C02", "#8C2D04")
DEFAULT_SHARES = (0.25, 0.5, 0.75, 0.9, 0.98)
_MAX_LAT = 85.0
_HALF = 0.5


@dataclass(frozen=True)
class Frame:
    """An image of Web Mercator pixels; row 0 is the northernmost.

    Parameters
    ----------
    west, south, east, north
        Degrees, the outer edges of the outer pixels.
    width, height
        Pixels.
    """

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int


@dataclass(frozen=True)
class Classes:
    """A surface's class limits.

    Parameters
    ----------
    breaks_per_km2
        Lower limits, ascending; class 1 reaches from the first to the second, and so on.
    shares
        For each limit, the share of the events on the surface that lies where density reaches it.
    area_km2
        For each limit, the area where density reaches it.
    """

    breaks_per_km2: tuple[float, ...]
    shares: tuple[float, ...]
    area_km2: tuple[float, ...]

    @property
    def breaks_per_1000_km2(self) -> tuple[float, ...]:
        """The limits in events per 1,000 km², the unit that a person reads."""
        return tuple(value * 1_000 for value in self.breaks_per_km2)


@dataclass(frozen=True)
class ClassImage:
    """What a map lays over its ground.

    Parameters
    ----------
    values
        uint8, shape (height, width), north to south: 0 is transparent, n is class n.
    frame
        Where the image lies.
    classes
        What the values mean.
    """

    values: NDArray[np.uint8]
    frame: Frame
    classes: Classes


def frame_for(bounds: tuple[float, float, float, float] = STUDY_AREA, width: int = 512) -> Frame:
    """Return the frame over ``bounds`` (west, south, east, north) with square pixels."""
    west, south, east, north = bounds
    if not (west < east and -_MAX_LAT < south < north < _MAX_LAT and width > 0):
        text = message(
            "The image must reach from west to east and from south to north, between 85° S and "
            "85° N; got {bounds}.",
            bounds=bounds,
        )
        raise ValueError(str(text))
    tall = _mercator(north) - _mercator(south)
    height = max(round(width * tall / np.radians(east - west)), 1)
    return Frame(west, south, east, north, width, height)


def _mercator(lat: float) -> float:
    return float(np.arcsinh(np.tan(np.radians(lat))))


Lookup = tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]


@lru_cache(maxsize=8)
def _lookup(grid: Grid, frame: Frame) -> Lookup:
    """Return, per pixel, the south-western of its four cells and the weights to east and north."""
    lon = frame.west + (np.arange(frame.width) + 0.5) / frame.width * (frame.east - frame.west)
    top, bottom = _mercator(frame.north), _mercator(frame.south)
    lat = np.degrees(
        np.arctan(np.sinh(top - (np.arange(frame.height) + 0.5) / frame.height * (top - bottom)))
    )
    columns, rows = grid.columns_rows(*to_plane(*np.meshgrid(lon, lat)))
    # Padded by one ring of empty cells (see sample).  Beyond it there is nothing: such pixels take
    # the ring's corner.
    columns, rows = columns + 1, rows + 1
    beyond = (columns < 0) | (columns >= grid.nx + 1) | (rows < 0) | (rows >= grid.ny + 1)
    columns[beyond], rows[beyond] = 0, 0
    column, row = columns.astype(np.intp), rows.astype(np.intp)
    found = (row * (grid.nx + 2) + column, columns - column, rows - row)
    for array in found:
        array.setflags(write=False)
    return found


def sample(surface: Surface, frame: Frame) -> NDArray[np.float64]:
    """Return the density per km² at the pixels' centres, by bilinear interpolation.

    Parameters
    ----------
    surface
        The density.
    frame
        The image.

    Returns
    -------
    numpy.ndarray
        Shape (height, width), north to south; 0 beyond the grid.
    """
    south_west, east, north = _lookup(surface.grid, frame)
    flat = np.pad(surface.density_per_km2, 1).ravel()
    row = surface.grid.nx + 2
    low = flat[south_west]
    low += east * (flat[south_west + 1] - low)
    high = flat[south_west + row]
    high += east * (flat[south_west + row + 1] - high)
    return np.asarray(low + north * (high - low))


def cell_image(values: NDArray[np.uint8], grid: Grid, frame: Frame) -> NDArray[np.uint8]:
    """Return the code of the cell that each pixel's centre lies in, for codes that have no between.

    Parameters
    ----------
    values
        Codes of the cells, shape (ny, nx).
    grid, frame
        Where they lie, and the image.

    Returns
    -------
    numpy.ndarray
        uint8, shape (height, width), north to south; 0 beyond the grid.
    """
    south_west, east, north = _lookup(grid, frame)
    at = south_west + (east >= _HALF) + (grid.nx + 2) * (north >= _HALF)
    return np.asarray(np.pad(values, 1).ravel()[at])


def classes_by_mass(surface: Surface, shares: tuple[float, ...] = DEFAULT_SHARES) -> Classes:
    """Return limits such that the smallest area that holds each share of the events stands out.

    The topmost class is the smallest area that holds the first share of the mass, the next one the
    smallest that holds the second, and so on: "a quarter of the reports lie within 4,000 km²".
    Equal shares of the *peak* would let one place decide what is seen elsewhere.

    Parameters
    ----------
    surface
        The density.
    shares
        Ascending, above 0 and at most 1.

    Returns
    -------
    Classes
        Fewer than ``len(shares)`` when limits coincide; none for a surface without mass.
    """
    values = np.sort(surface.density_per_km2[surface.density_per_km2 > 0])[::-1]
    if not values.size:
        return Classes((), (), ())
    held = np.cumsum(values)
    at = np.searchsorted(held, np.asarray(shares) * held[-1] * (1 - 1e-12))
    return classes_at(surface, tuple(np.unique(values[np.minimum(at, values.size - 1)]).tolist()))


def classes_at(surface: Surface, breaks_per_km2: tuple[float, ...]) -> Classes:
    """Return classes with given limits, for maps that are to be compared with one another.

    Parameters
    ----------
    surface
        The density.
    breaks_per_km2
        Lower limits above 0, ascending.

    Returns
    -------
    Classes
        With the share of the events and the area that each limit holds on this surface.
    """
    values = np.sort(surface.density_per_km2, axis=None)
    above = np.concatenate([np.cumsum(values[::-1])[::-1], [0.0]])
    first = np.searchsorted(values, breaks_per_km2)
    total = above[0] or 1.0
    return Classes(
        breaks_per_km2=tuple(float(value) for value in breaks_per_km2),
        shares=tuple((above[first] / total).tolist()),
        area_km2=tuple(((values.size - first) * surface.grid.cell_km2).tolist()),
    )


def class_image(surface: Surface, frame: Frame, classes: Classes) -> ClassImage:
    """Return the image of a surface's classes.

    Parameters
    ----------
    surface, frame, classes
        The density, the image, the limits (at most 255).

    Returns
    -------
    ClassImage
        A value exactly on a limit belongs to the class above it.
    """
    density_per_km2 = sample(surface, frame)
    values = np.zeros(density_per_km2.shape, dtype=np.uint8)
    for limit in classes.breaks_per_km2:
        values += density_per_km2 >= limit
    return ClassImage(values=values, frame=frame, classes=classes)
