"""Travel time by class and surface.

The speeds are our estimates of what a loaded truck or bus makes by day without stops, in the dry
season; no source states them.  They order ways, they do not promise an arrival.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.roads.network.tags import RoadClass

#: km/h by class (rows) on an unknown, a paved, a gravel, an earth, a sand surface.
_KMH = {
    RoadClass.MOTORWAY: (90, 90, 60, 45, 25),
    RoadClass.TRUNK: (70, 80, 55, 40, 25),
    RoadClass.PRIMARY: (60, 75, 50, 40, 25),
    RoadClass.SECONDARY: (50, 70, 50, 35, 20),
    RoadClass.TERTIARY: (40, 60, 45, 30, 20),
    RoadClass.UNCLASSIFIED: (30, 50, 35, 25, 15),
    RoadClass.RESIDENTIAL: (25, 30, 25, 20, 15),
    RoadClass.SERVICE: (15, 20, 15, 15, 10),
    RoadClass.TRACK: (20, 30, 25, 20, 12),
    RoadClass.FERRY: (6, 6, 6, 6, 6),
    RoadClass.UNKNOWN: (40, 60, 45, 30, 20),
}
KMH = np.array([_KMH[c] for c in RoadClass], dtype=np.float64)
"""Array of shape ``(classes, surfaces)``, km/h."""


def travel_s(
    length_m: npt.NDArray[np.float64],
    road_class: npt.NDArray[np.uint8],
    surface: npt.NDArray[np.uint8],
) -> npt.NDArray[np.float64]:
    """Return the seconds to travel lengths of given class and surface; arrays of one shape."""
    return np.asarray(length_m / (KMH[road_class, surface] / 3.6))
