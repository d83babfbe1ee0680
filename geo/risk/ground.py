"""What the risk model takes from the atlas: lixels, the region and the class of road of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.atlas import Atlas
from geo.hotspots.network.graph import Graph
from geo.hotspots.network.lixels import DEFAULT_LIXEL_M, Lixels
from geo.risk.models import Floats
from geo.roads.axes import Axis

NATIONAL, REGIONAL, OTHER = "national", "regional", "other"
CLASSES = (NATIONAL, REGIONAL, OTHER)
"""Classes of road, the greater first: a road that two axes share has the greater one's."""

_NATIONAL_REF = re.compile(r"(RN|N)\s*\d", re.IGNORECASE)


def road_class(axis: Axis) -> str:
    """Return the class that the number of a road tells; a road without number is ``other``."""
    if any(_NATIONAL_REF.match(ref) for ref in axis.refs):
        return NATIONAL
    return REGIONAL if axis.refs else OTHER


@dataclass(frozen=True, eq=False)
class Ground:
    """The roads of an atlas, cut into lixels that are grouped by region and class of road.

    Parameters
    ----------
    lixels
        Of ``Graph.from_axes(atlas.axes)``; an index of `RiskField` is a lixel's number.
    group
        Row of ``groups`` of each lixel.
    groups
        ``region_id`` (empty outside all regions), ``road_class``, ``km``.
    lon, lat
        Middle of each lixel, degrees, WGS 84.
    """

    lixels: Lixels
    group: NDArray[np.intp]
    groups: pd.DataFrame
    lon: Floats
    lat: Floats

    @classmethod
    def of(cls, atlas: Atlas, longest_m: float = DEFAULT_LIXEL_M) -> Ground:
        """Return the ground of an atlas; do this once per ``atlas.version``.

        Parameters
        ----------
        atlas
            Roads and regions.
        longest_m
            No lixel is longer.
        """
        lixels = Lixels(Graph.from_axes(atlas.axes), longest_m)
        rows = lixels.along_axes()
        rows["road_class"] = rows["axis_id"].map(
            {axis_id: CLASSES.index(road_class(axis)) for axis_id, axis in atlas.axes.items()}
        )
        rows = rows.sort_values(["lixel", "road_class"], kind="stable").drop_duplicates("lixel")
        lon, lat = _middles(rows, atlas)
        region = np.full(len(lixels), -1)
        at, hits = atlas.regions.sindex.query(
            shapely.points(lon, lat), predicate="intersects", sort=True
        )
        which, first = np.unique(at, return_index=True)
        region[which] = hits[first]
        of = region * len(CLASSES) + rows["road_class"].to_numpy(dtype=np.intp)
        codes, group = np.unique(of, return_inverse=True)
        names = np.append(atlas.regions.index.to_numpy(dtype=object), "")
        groups = pd.DataFrame(
            {
                "region_id": names[codes // len(CLASSES)],
                "road_class": np.array(CLASSES, dtype=object)[codes % len(CLASSES)],
                "km": np.bincount(group, weights=lixels.length_m, minlength=len(codes)) / 1_000,
            }
        )
        return cls(lixels, group, groups, lon, lat)

    @cached_property
    def length_km(self) -> Floats:
        """Length of each lixel."""
        return np.asarray(self.lixels.length_m / 1_000)

    @cached_property
    def region_of_group(self) -> NDArray[np.intp]:
        """Number of the region of each group, in the order of their first appearance."""
        return np.asarray(pd.factorize(self.groups["region_id"])[0], dtype=np.intp)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """The lixels' middles, for finding those inside a polygon."""
        return shapely.STRtree(shapely.points(self.lon, self.lat))


def _middles(rows: pd.DataFrame, atlas: Atlas) -> tuple[Floats, Floats]:
    """Return the middle of each lixel on the line of an axis; ``rows`` by ascending lixel."""
    lon, lat = np.empty(len(rows)), np.empty(len(rows))
    middle = (rows["measure_from_m"] + rows["measure_to_m"]).to_numpy() / 2
    numbers = np.arange(len(rows))
    for axis_id, at in pd.Series(numbers).groupby(rows["axis_id"].to_numpy(), sort=False):
        lons, lats, measures_m = atlas.axes[str(axis_id)].line
        which = at.to_numpy()
        lon[which] = np.interp(middle[which], measures_m, lons)
        lat[which] = np.interp(middle[which], measures_m, lats)
    return lon, lat
