"""What all questions about one snapshot share: mass laid once, the roads cut once."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.hotspots.analysis.memo import Memo
from geo.hotspots.grid import Grid, study_grid, to_lonlat
from geo.hotspots.mass import Mass, spread_mass
from geo.hotspots.memory import refuse_if_too_large
from geo.hotspots.network.events import RoadMass, lay_mass
from geo.hotspots.network.graph import Graph
from geo.hotspots.network.lixels import Lixels
from geo.i18n import message
from geo.snapshot import Snapshot


class Ground:
    """A snapshot's incidents as mass, on the plane and along the roads.

    Everything is laid when it is first asked for, once for all sessions, and for all incidents of
    the snapshot: a filter then only chooses among them.

    Parameters
    ----------
    snapshot
        What was known.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._grids: Memo[Grid] = Memo(4)
        self._masses: Memo[Mass] = Memo(4)
        self._areas: Memo[NDArray[np.bool_]] = Memo(2)
        self._lixels: Memo[Lixels] = Memo(4)

    @property
    def starts(self) -> pd.Series:
        """First possible day of each incident."""
        return self.snapshot.incidents["date_start"]

    @property
    def ends(self) -> pd.Series:
        """Last possible day of each incident."""
        return self.snapshot.incidents["date_end"]

    @cached_property
    def graph(self) -> Graph:
        """The axes as a graph."""
        return Graph.from_axes(self.snapshot.atlas.axes)

    @cached_property
    def road_mass(self) -> RoadMass:
        """Every incident along the roads."""
        return lay_mass(pd.DataFrame(self.snapshot.placements), self.graph)

    def lixels(self, longest_m: float) -> Lixels:
        """Return the roads cut into lixels."""
        return self._lixels.get(longest_m, lambda: Lixels(self.graph, longest_m))

    def grid(self, cell_m: float) -> Grid:
        """Return the grid over the study area and its margin."""
        return self._grids.get(cell_m, lambda: _grid(cell_m))

    def mass(self, cell_m: float, *, with_regions: bool) -> Mass:
        """Return every incident on the plane; with those known by region only, or without."""

        def lay() -> Mass:
            placements = pd.DataFrame(self.snapshot.placements)
            return spread_mass(placements, self.grid(cell_m), with_regions=with_regions)

        return self._masses.get((cell_m, with_regions), lay)

    def observed(self, cell_m: float) -> NDArray[np.bool_]:
        """Return which cells lie in the regions that Piste is about, shape (ny, nx)."""

        def look() -> NDArray[np.bool_]:
            regions = self.snapshot.atlas.regions
            land = shapely.union_all(regions.loc[regions["focus"], "geometry"].to_numpy())
            shapely.prepare(land)
            grid = self.grid(cell_m)
            lon, lat = to_lonlat(*np.meshgrid(grid.x_m, grid.y_m))
            return np.asarray(shapely.contains_xy(land, lon, lat), dtype=bool)

        return self._areas.get(cell_m, look)


def _grid(cell_m: float) -> Grid:
    """Return the grid; one that no machine could hold is refused before anything is laid on it."""
    coarse = study_grid(max(cell_m, 5_000.0))
    cells = coarse.nx * coarse.ny * (coarse.cell_m / cell_m) ** 2
    refuse_if_too_large(
        64.0 * cells,
        message("A grid of {cells:,.0f} cells of {metres:g} m", cells=cells, metres=cell_m),
    )
    return study_grid(cell_m)
