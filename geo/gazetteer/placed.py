"""Placements of the ledger's lines, each line placed once."""

from __future__ import annotations

from threading import Lock

import geopandas as gpd
import pandas as pd

from geo.atlas import Atlas
from geo.gazetteer.placing import place_incidents


class Placed:
    """Where lines about incidents lie; what was placed is kept.  Threads may share it.

    A line never changes, so its placement holds for every version of the ledger.

    Parameters
    ----------
    atlas
        What is known of the land; another one needs another `Placed`.
    """

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._held: gpd.GeoDataFrame | None = None
        self._lock = Lock()

    def of(self, lines: pd.DataFrame) -> gpd.GeoDataFrame:
        """Return the placements of lines, aligned on them.

        Parameters
        ----------
        lines
            Lines of ``LedgerFrames.incidents``; the index, ``line_id``, tells them apart.

        Returns
        -------
        geopandas.GeoDataFrame
            Columns ``geo.records.PLACEMENT_COLUMNS``, EPSG:4326.

        Notes
        -----
        About 0.7 ms for each way of saying a place that is met for the first time; the rest is a
        look-up.  Two threads that ask at once may both place a line; the result is the same.
        """
        held = self._held
        if held is None:
            held = self._keep(place_incidents(lines, self.atlas))
        fresh = lines[held.index.get_indexer(lines.index) < 0]
        if len(fresh):
            held = self._keep(place_incidents(fresh, self.atlas))
        return held if held.index.equals(lines.index) else held.loc[lines.index]

    def _keep(self, fresh: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        with self._lock:
            held = self._held
            if held is not None:
                fresh = fresh[held.index.get_indexer(fresh.index) < 0]
                fresh = gpd.GeoDataFrame(pd.concat([held, fresh]).sort_index())
            self._held = fresh
            return fresh
