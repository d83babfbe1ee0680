"""Placements as mass: where each event may have happened, as weighted points on the plane.

Every placed event has mass 1, spread evenly over what its report bounds: along the stretch of
road, over the disc around a place, over the polygon of a region.  Equal placements share one
support, so that the work grows with the number of distinct placements and not with that of events.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.hotspots.grid import Grid, to_plane
from geo.records import PlacementKind

DISC_POINTS = 19
_MAX_DISC_POINTS = 400
_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))

Supports = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.intp]]


@dataclass(frozen=True)
class Mass:
    """Events as unit masses on the equal-area plane.

    Parameters
    ----------
    x_m, y_m
        Points of all supports, shape (points,).
    share
        Share of its support that a point carries; the shares of a support sum to 1.
    support
        Number of the support that a point belongs to, ascending.
    support_of
        Number of the support of each incident, shape (incidents,); −1 when it is left out.
    index
        The incidents, as labelled in the placements.
    left_out_region, left_out_unplaced
        Incidents left out because only their region is known, or because nothing is.
    """

    x_m: NDArray[np.float64]
    y_m: NDArray[np.float64]
    share: NDArray[np.float64]
    support: NDArray[np.intp]
    support_of: NDArray[np.intp]
    index: pd.Index
    left_out_region: int
    left_out_unplaced: int

    @property
    def left_out_share(self) -> float:
        """Share of the incidents that carry no mass, 0 when there are no incidents."""
        return (self.left_out_region + self.left_out_unplaced) / max(len(self.support_of), 1)

    def weights(self, incident_weights: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """Return the mass of each point, all incidents together.

        Parameters
        ----------
        incident_weights
            Weight of each incident, aligned on ``index``; 1 each unless given.

        Returns
        -------
        numpy.ndarray
            Shape (points,); sums to the weights of the incidents that are not left out.
        """
        placed = self.support_of >= 0
        supports = int(self.support[-1]) + 1 if self.support.size else 0
        total = np.bincount(
            self.support_of[placed],
            weights=None if incident_weights is None else np.asarray(incident_weights)[placed],
            minlength=supports,
        )
        return np.asarray(total[self.support] * self.share, dtype=np.float64)

    def points(self) -> pd.DataFrame:
        """Return one row per incident and point.

        Returns
        -------
        pandas.DataFrame
            ``x_m``, ``y_m``, ``weight`` and ``incident`` (row number in ``index``); the weights of
            an incident sum to 1.
        """
        counts = np.bincount(self.support, minlength=int(self.support_of.max(initial=-1)) + 1)
        starts = np.concatenate([[0], np.cumsum(counts)])
        placed = np.flatnonzero(self.support_of >= 0)
        per_incident = counts[self.support_of[placed]]
        within = np.arange(per_incident.sum()) - np.repeat(
            np.cumsum(per_incident) - per_incident, per_incident
        )
        at = np.repeat(starts[self.support_of[placed]], per_incident) + within
        return pd.DataFrame(
            {
                "x_m": self.x_m[at],
                "y_m": self.y_m[at],
                "weight": self.share[at],
                "incident": np.repeat(placed, per_incident),
            }
        )

    def select(self, chosen: NDArray[np.bool_]) -> Mass:
        """Return the mass of the ``chosen`` incidents; the supports are shared, not copied.

        Parameters
        ----------
        chosen
            Truth value per incident, aligned on ``index``.
        """
        without = self._left_out_codes[chosen]
        return replace(
            self,
            support_of=self.support_of[chosen],
            index=self.index[chosen],
            left_out_region=int((without == _REGION_ONLY).sum()),
            left_out_unplaced=int((without == _UNPLACED).sum()),
        )

    @property
    def _left_out_codes(self) -> NDArray[np.intp]:
        return np.minimum(self.support_of, 0)


_UNPLACED = -1
_REGION_ONLY = -2


def spread_mass(placements: pd.DataFrame, grid: Grid, *, with_regions: bool = False) -> Mass:
    """Spread each placement's unit mass over what its report bounds.

    Parameters
    ----------
    placements
        Rows with the columns of `geo.records.PLACEMENT_COLUMNS`; geometry None where unplaced.
    grid
        Sets how fine the supports are: points at most half a cell apart along a road, about one
        cell apart on a disc, one per cell inside a region.
    with_regions
        Whether events of which only the region is known take part.  Without them the share that
        is left out is to be stated beside the surface.

    Returns
    -------
    Mass
        Aligned on the index of ``placements``.  O(rows) to find the distinct placements, then
        O(points of the distinct placements).
    """
    kinds = placements["kind"].to_numpy(dtype=object)
    geometries = placements["geometry"].to_numpy(dtype=object)
    lonlat = placements[["lon", "lat"]].to_numpy(dtype=np.float64)
    placed = shapely.is_geometry(geometries) & np.isfinite(lonlat).all(axis=1)
    regions = placed & (kinds == PlacementKind.REGION)
    along = placed & (kinds == PlacementKind.ALONG)
    discs = placed & ~regions & ~along

    support_of = np.full(len(placements), _UNPLACED, dtype=np.intp)
    parts: list[Supports] = []
    first = 0

    def lay(members: NDArray[np.bool_], codes: NDArray[np.intp], part: Supports) -> None:
        nonlocal first
        support_of[members] = codes + first
        parts.append((part[0], part[1], part[2] + first))
        first += int(part[2][-1]) + 1

    if discs.any():
        bounds = placements.loc[discs, ["lon", "lat", "spread_m"]].astype(np.float64)
        distinct, codes = _distinct_rows(bounds)
        lay(discs, codes, _disc_points(distinct, grid))
    if along.any():
        lines, codes = _distinct_geometries(geometries[along])
        lay(along, codes, _line_points(lines, grid))
    if regions.any() and with_regions:
        polygons, codes = _distinct_geometries(geometries[regions])
        lay(regions, codes, _region_points(polygons, grid))
    elif regions.any():
        support_of[regions] = _REGION_ONLY

    empty = np.empty(0, dtype=np.float64)
    x_m, y_m, support = (
        (np.concatenate(column) for column in zip(*parts, strict=True))
        if parts
        else (empty, empty, np.empty(0, dtype=np.intp))
    )
    counts = np.bincount(support, minlength=first)
    return Mass(
        x_m=x_m,
        y_m=y_m,
        share=1.0 / counts[support],
        support=support,
        support_of=support_of,
        index=placements.index,
        left_out_region=int((support_of == _REGION_ONLY).sum()),
        left_out_unplaced=int((support_of == _UNPLACED).sum()),
    )


def _distinct_rows(rows: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return the distinct rows and which of them each row is."""
    codes = rows.groupby(list(rows.columns), sort=False, dropna=False).ngroup()
    distinct = rows.drop_duplicates().to_numpy(dtype=np.float64)
    return distinct, np.asarray(codes, dtype=np.intp)


def _distinct_geometries(
    geometries: NDArray[np.object_],
) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Return the distinct geometries and which of them each row is.

    Placements made from one phrase share one object; only distinct objects are compared by value,
    because serialising a region's outline once per incident would cost more than the density.
    """
    by_object, objects = pd.factorize(np.fromiter(map(id, geometries), dtype=np.int64))
    first_of = np.full(len(objects), -1, dtype=np.intp)
    first_of[by_object[::-1]] = np.arange(len(geometries))[::-1]
    candidates = geometries[first_of]
    by_value, values = pd.factorize(shapely.to_wkb(candidates))
    first_value = np.full(len(values), -1, dtype=np.intp)
    first_value[by_value[::-1]] = np.arange(len(candidates))[::-1]
    return candidates[first_value], np.asarray(by_value[by_object], dtype=np.intp)


def _disc_points(bounds: NDArray[np.float64], grid: Grid) -> Supports:
    """Spread points evenly on discs: a sunflower (Vogel 1979), its centroid at the centre."""
    x_m, y_m = to_plane(bounds[:, 0], bounds[:, 1])
    radius_m = np.nan_to_num(bounds[:, 2])
    wanted = np.ceil(np.pi * (radius_m / grid.cell_m) ** 2)
    count = np.where(
        # A disc well inside one cell is a point to the grid.
        radius_m <= grid.cell_m / 10,
        1,
        np.clip(wanted, DISC_POINTS, _MAX_DISC_POINTS),
    ).astype(np.intp)
    xs, ys, owners = [], [], []
    for n in np.unique(count):
        unit = _sunflower(int(n))
        of = np.flatnonzero(count == n)
        xs.append((x_m[of, None] + radius_m[of, None] * unit[0]).ravel())
        ys.append((y_m[of, None] + radius_m[of, None] * unit[1]).ravel())
        owners.append(np.repeat(of, n))
    owner = np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    return np.concatenate(xs)[order], np.concatenate(ys)[order], owner[order]


def _sunflower(n: int) -> NDArray[np.float64]:
    """Return ``n`` points of equal area on the unit disc, shape (2, n), with centroid 0."""
    k = np.arange(n)
    radius = np.sqrt((k + 0.5) / n)
    points = radius * np.stack([np.cos(k * _GOLDEN_ANGLE), np.sin(k * _GOLDEN_ANGLE)])
    return np.asarray(points - points.mean(axis=1, keepdims=True))


def _on_plane(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    def project(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(to_plane(lonlat[:, 0], lonlat[:, 1]))

    projected: Callable[..., NDArray[np.object_]] = shapely.transform
    return projected(shapely.force_2d(geometries), project)


def _line_points(lines: NDArray[np.object_], grid: Grid) -> Supports:
    """Put points in the middles of equal parts, each at most half a cell long."""
    plane = _on_plane(lines)
    length_m = shapely.length(plane)
    count = np.maximum(np.ceil(length_m / (grid.cell_m / 2)), 1).astype(np.intp)
    owner = np.repeat(np.arange(len(lines)), count)
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    at = shapely.line_interpolate_point(
        plane[owner], (within + 0.5) / count[owner], normalized=True
    )
    return shapely.get_x(at), shapely.get_y(at), owner


def _region_points(polygons: NDArray[np.object_], grid: Grid) -> Supports:
    """Take the cells' centres inside each region: equal areas, equal shares."""
    xs, ys, owners = [], [], []
    for number, polygon in enumerate(_on_plane(polygons)):
        west, south, east, north = polygon.bounds
        columns, rows = grid.columns_rows([west, east], [south, north])
        # Also beyond the grid: what lies out there must not be pushed inside.
        x, y = np.meshgrid(
            grid.x0_m + (np.arange(np.floor(columns[0]), columns[1] + 1) + 0.5) * grid.cell_m,
            grid.y0_m + (np.arange(np.floor(rows[0]), rows[1] + 1) + 0.5) * grid.cell_m,
        )
        shapely.prepare(polygon)
        inside = shapely.contains_xy(polygon, x, y)
        x, y = x[inside], y[inside]
        if not x.size:
            # Smaller than a cell: one point stands for it.
            point = polygon.representative_point()
            x, y = np.array([point.x]), np.array([point.y])
        xs.append(x)
        ys.append(y)
        owners.append(np.full(x.size, number, dtype=np.intp))
    return np.concatenate(xs), np.concatenate(ys), np.concatenate(owners)
