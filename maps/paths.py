"""Lines as the browser takes them: latitude before longitude, few decimals."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.hotspots.analysis.classes import outline
from geo.hotspots.grid import Grid, to_lonlat
from geo.roads.axes import Axis
from geo.roads.referencing import slice_between

#: Of a degree, about 50 m: less than a pixel at the zooms where whole roads are looked at.
_TOLERANCE_DEG: Final = 0.0005

Path = list[list[float]]


@lru_cache(maxsize=8_192)
def axis_path(axis: Axis, from_m: float, to_m: float) -> Path:
    """Return a stretch of an axis."""
    line = shapely.simplify(slice_between(axis, from_m, to_m), _TOLERANCE_DEG)
    return [[round(lat, 4), round(lon, 4)] for lon, lat in shapely.get_coordinates(line)]


def rings(cells: NDArray[np.bool_], grid: Grid) -> list[Path]:
    """Return the edges of an area of cells."""
    if not cells.any():
        return []
    paths = []
    for part in outline(cells, grid).geoms:
        for ring in (part.exterior, *part.interiors):
            lon, lat = to_lonlat(*shapely.get_coordinates(ring).T)
            paths.append(np.column_stack([lat.round(4), lon.round(4)]).tolist())
    return paths
