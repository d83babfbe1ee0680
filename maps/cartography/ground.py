"""From the globe to the sheet.

Every map has a projection of its own: Albers equal-area conic (Snyder 1987, *Map Projections: A
Working Manual*, chapter 14), centred on the area, its standard parallels one sixth of the area's
height inside its southern and northern edge (Snyder's rule).  Areas are exact, as densities need
it; scale is within 0.1 % over a region and 1 % over the whole window of the data; north is up in
the middle.  So one rule serves a town and three countries, and far from the plane on which the
project computes (2° E) a map does not lean.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geo.geodesy import GEOD
from geo.hotspots.grid import STUDY_AREA
from maps.cartography.paper import Rect
from maps.cartography.plate import Bounds

Floats = NDArray[np.float64]
_EDGE_POINTS: Final = 33


def edge(bounds: Bounds, count: int = _EDGE_POINTS) -> Floats:
    """Return the outline of a box of degrees as a closed ring of longitudes and latitudes."""
    west, south, east, north = bounds
    along, up = np.linspace(west, east, count), np.linspace(south, north, count)
    return np.concatenate(
        [
            np.column_stack([along, np.full(count, south)]),
            np.column_stack([np.full(count, east), up]),
            np.column_stack([along[::-1], np.full(count, north)]),
            np.column_stack([np.full(count, west), up[::-1]]),
        ]
    )


def _transformer(bounds: Bounds) -> Transformer:
    west, south, east, north = bounds
    sixth = (north - south) / 6
    return Transformer.from_crs(
        "EPSG:4326",
        f"+proj=aea +lat_1={south + sixth:.6f} +lat_2={north - sixth:.6f} "
        f"+lat_0={(south + north) / 2:.6f} +lon_0={(west + east) / 2:.6f} +datum=WGS84 +units=m",
        always_xy=True,
    )


@dataclass(frozen=True)
class Ground:
    """The part of the globe that a rectangle of paper shows.

    Parameters
    ----------
    box
        The rectangle.
    transformer
        From WGS 84 to the plane, of this thread.
    left_m, bottom_m
        The lower left corner of the rectangle on the plane.
    m_per_pt
        Metres on the plane to one point.
    """

    box: Rect
    transformer: Transformer
    left_m: float
    bottom_m: float
    m_per_pt: float

    @classmethod
    def fitted(cls, bounds: Bounds, box: Rect, margin: float = 0.03) -> Ground:
        """Return the ground that shows all of some bounds, with a margin around them.

        The picture stays within the window of the base layers where it can.
        """
        transformer = _transformer(bounds)
        x, y = np.asarray(transformer.transform(*edge(bounds).T))
        m_per_pt = (1 + 2 * margin) * max(np.ptp(x) / box.width, np.ptp(y) / box.height)
        wide, tall = m_per_pt * box.width, m_per_pt * box.height
        left, bottom = (x.min() + x.max() - wide) / 2, (y.min() + y.max() - tall) / 2
        # The largest box on the plane that is sure to lie within the window.
        window = np.asarray(transformer.transform(*edge(STUDY_AREA).T)).reshape(2, 4, -1)
        low_y, high_x, high_y, low_x = (
            window[1, 0].max(), window[0, 1].min(), window[1, 2].min(), window[0, 3].max()
        )  # fmt: skip
        left = _within(left, wide, low_x, high_x)
        bottom = _within(bottom, tall, low_y, high_y)
        return cls(box, transformer, float(left), float(bottom), float(m_per_pt))

    def to_paper(self, lonlat: Floats) -> Floats:
        """Return longitudes and latitudes, shape (n, 2), as points of the sheet."""
        x, y = self.transformer.transform(lonlat[:, 0], lonlat[:, 1])
        return np.column_stack(
            [
                self.box.left + (np.asarray(x) - self.left_m) / self.m_per_pt,
                self.box.bottom + (np.asarray(y) - self.bottom_m) / self.m_per_pt,
            ]
        )

    def to_lonlat(self, points: Floats) -> Floats:
        """Return points of the sheet as longitudes and latitudes; the inverse of `to_paper`."""
        x = self.left_m + (points[:, 0] - self.box.left) * self.m_per_pt
        y = self.bottom_m + (points[:, 1] - self.box.bottom) * self.m_per_pt
        lon, lat = self.transformer.transform(x, y, direction="INVERSE")
        return np.column_stack([lon, lat])

    @cached_property
    def seen(self) -> Bounds:
        """West, south, east, north of all that the rectangle shows."""
        box = self.box
        lonlat = self.to_lonlat(edge((box.left, box.bottom, box.right, box.top)))
        (west, south), (east, north) = lonlat.min(axis=0), lonlat.max(axis=0)
        return float(west), float(south), float(east), float(north)

    def drawn(self, geometries: NDArray[np.object_], slack_pt: float = 8.0) -> NDArray[np.object_]:
        """Return geometries on the sheet, cut a little beyond the rectangle, without empty ones.

        Parameters
        ----------
        geometries
            WGS 84.
        slack_pt
            How far beyond, so that no edge of an area is seen as a line.
        """
        west, south, east, north = self.seen
        rough = shapely.box(west - 0.5, south - 0.5, east + 0.5, north + 0.5)
        near = geometries[shapely.intersects(geometries, rough)]
        on_paper = shapely.transform(near, self.to_paper)
        room = self.box.inset(-slack_pt)
        cut = shapely.clip_by_rect(on_paper, room.left, room.bottom, room.right, room.top)
        return np.asarray(cut[~shapely.is_empty(cut)])

    def metres(self, start: tuple[float, float], end: tuple[float, float]) -> float:
        """Return the geodesic distance of two points of the sheet."""
        (lon, lat), (other_lon, other_lat) = self.to_lonlat(np.array([start, end]))
        return float(GEOD.inv(lon, lat, other_lon, other_lat)[2])


def _within(low: float, length: float, least: float, most: float) -> float:
    """Move a stretch into given limits; centre it on them when it is longer."""
    if length >= most - least:
        return (least + most - length) / 2
    return min(max(low, least), most - length)
