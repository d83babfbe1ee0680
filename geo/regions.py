"""Incidents counted by first-level region."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.columns import affirmed
from geo.gazetteer.folding import fold
from geo.hotspots.grid import PLANE_CRS
from geo.records import PlacementKind
from geo.snapshot import Snapshot


@dataclass(frozen=True)
class RegionCounts:
    """Incidents by region.

    Parameters
    ----------
    counts
        Index ``region_id``, every region of the atlas in its order; ``incidents``, ``ied`` (those
        with an explosive device), ``area_km2``, ``per_1000_km2``.
    not_counted
        Ids of the incidents that no region could be found for.
    """

    counts: pd.DataFrame
    not_counted: tuple[str, ...]


def count_by_region(snapshot: Snapshot, incident_ids: pd.Index | None = None) -> RegionCounts:
    """Count incidents by region.

    An incident is counted where its sources say: in the region of its country that covers its
    ``admin1``.  Where ``admin1`` is empty or no region's name, the point of its placement decides,
    unless the placement is itself only a region.

    Parameters
    ----------
    snapshot
        Incidents, their placements and the atlas.
    incident_ids
        Which incidents; all unless given.  Each is in the snapshot.

    Returns
    -------
    RegionCounts
        The counts and what was left out; they add up to the incidents.  O(incidents).

    Raises
    ------
    KeyError
        When an id is not in the snapshot.
    """
    regions = snapshot.atlas.regions
    incidents = snapshot.incidents[["country", "admin1", "ied"]]
    if incident_ids is not None:
        incidents = incidents.loc[incident_ids]
    found = _by_name(incidents, regions)
    lost = np.flatnonzero(found < 0)
    found[lost] = _by_point(snapshot.placements.loc[incidents.index[lost]], regions)
    counted = found >= 0
    counts = np.bincount(found[counted], minlength=len(regions))
    ied = affirmed(incidents["ied"])
    area_km2 = shapely.area(regions.geometry.to_crs(PLANE_CRS).to_numpy()) / 1e6
    table = pd.DataFrame(
        {
            "incidents": counts,
            "ied": np.bincount(found[counted & ied], minlength=len(regions)),
            "area_km2": area_km2,
            "per_1000_km2": counts / area_km2 * 1_000,
        },
        index=regions.index,
    )
    return RegionCounts(table, tuple(incidents.index[~counted].astype(str)))


def _by_name(incidents: pd.DataFrame, regions: gpd.GeoDataFrame) -> NDArray[np.intp]:
    """Return the row of the region that each incident's country and admin1 name; −1 for none."""
    row_of = {
        (country, fold(name)): row
        for row, (country, covers) in enumerate(
            zip(regions["country"], regions["covers"], strict=True)
        )
        for name in covers
    }
    named = incidents[["country", "admin1"]]
    # Numbered in the order in which they first appear, as drop_duplicates lists them.
    codes = named.groupby(list(named.columns), sort=False, dropna=False).ngroup().to_numpy()
    pairs = named.drop_duplicates().itertuples(index=False, name=None)
    rows = np.array([row_of.get((country, fold(name)), -1) for country, name in pairs], dtype=int)
    return np.asarray(rows[codes] if len(codes) else np.empty(0), dtype=np.intp)


def _by_point(placements: pd.DataFrame, regions: gpd.GeoDataFrame) -> NDArray[np.intp]:
    """Return the row of the region that each placement's point lies in; −1 for none."""
    rows = np.full(len(placements), -1, dtype=np.intp)
    lonlat = placements[["lon", "lat"]].to_numpy(dtype=np.float64)
    usable = np.isfinite(lonlat).all(axis=1) & placements["kind"].ne(PlacementKind.REGION)
    which = np.flatnonzero(usable)
    # A point on a border lies in two regions; sorted, the first of the atlas takes it.
    at = shapely.points(lonlat[which])
    points, hits = regions.sindex.query(at, predicate="intersects", sort=True)
    first = np.unique(points, return_index=True)[1]
    rows[which[points[first]]] = hits[first]
    return rows
