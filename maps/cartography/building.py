"""From a snapshot to a plate: what the threat map shows of an area, ready to be drawn."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo import geodesy, regions, summary
from geo.columns import affirmed
from geo.gazetteer.folding import fold
from geo.gazetteer.land import land_of
from geo.hotspots import mass, planar, raster
from geo.hotspots.grid import study_grid
from geo.i18n import message
from geo.roads.status import status
from geo.selection import Selection, select
from geo.snapshot import Snapshot
from maps.cartography.plate import DEFAULT_LAYERS, AreaMap, Bounds, Heat
from maps.payload import View

BANDWIDTH_M: Final = 25_000.0
#: Of the longer side of a map: what a spot must reach to be seen beside symbols and roads, whose
#: size on the sheet is the same at every scale.
_REACH: Final = 1 / 16
_LEAST_DEG: Final = 0.4


def least_bandwidth_m(bounds: Bounds) -> float:
    """Return the least bandwidth with which a density is seen on a map of these bounds."""
    west, south, east, north = bounds
    middle = (south + north) / 2
    across = geodesy.distance_m(west, middle, east, middle)
    return _REACH * max(across, geodesy.distance_m(west, south, west, north))


def heat(snapshot: Snapshot, ids: pd.Index, bandwidth_m: float = BANDWIDTH_M) -> Heat | None:
    """Return the density of the chosen IED incidents, ``None`` when none can be drawn."""
    ied = snapshot.incidents.index.isin(ids) & affirmed(snapshot.incidents["ied"])
    grid = study_grid()
    surface = planar.density(mass.spread_mass(snapshot.placements[ied], grid), grid, bandwidth_m)
    if not surface.mass_total:
        return None
    return Heat(surface, raster.classes_by_mass(surface))


def region_named(snapshot: Snapshot, country: str, name: str) -> BaseGeometry:
    """Return the polygon of a first-level region, WGS 84.

    Raises
    ------
    KeyError
        When no region of the country covers that name.
    """
    frame = snapshot.atlas.regions
    own = frame[frame["country"] == country]
    wanted = fold(name)
    for row in own.itertuples():
        if wanted in {fold(row.name), *map(fold, row.covers)}:
            # Regions that share a polygon are parted by the places that are nearest.
            own_part = land_of(snapshot.atlas).region(country, name)
            return row.geometry if own_part is None else own_part.geometry
    known = sorted({part for covers in own["covers"] for part in covers})
    text = message(
        "{country} has no region “{name}”; there are {known}.",
        country=country, name=name, known=", ".join(known),
    )  # fmt: skip
    raise KeyError(str(text))


def bounds_of(shape: BaseGeometry, least_deg: float = _LEAST_DEG) -> Bounds:
    """Return the bounds of a shape, widened about their middle to a least size in degrees."""
    west, south, east, north = shapely.bounds(shape)
    wide, tall = (max(least_deg - extent, 0.0) / 2 for extent in (east - west, north - south))
    return float(west - wide), float(south - tall), float(east + wide), float(north + tall)


def area_map(
    snapshot: Snapshot,
    selection: Selection,
    *,
    bounds: Bounds | None = None,
    region: tuple[str, str] | None = None,
    axis_id: str | None = None,
    layers: Collection[str] = DEFAULT_LAYERS,
    bandwidth_m: float | None = None,
    road_status: pd.DataFrame | None = None,
) -> AreaMap:
    """Return what the threat map shows of an area.

    Parameters
    ----------
    snapshot
        What was known.
    selection
        Which incidents (period and filters); its ``regions`` only choose incidents.
    bounds, region, axis_id
        The area, one of them: degrees (west, south, east, north); country and name of a region;
        a road, all of it.
    layers
        What to show.
    bandwidth_m
        Of the IED density; by default the screen's usual one, or what is seen at the map's scale.
    road_status
        Of :func:`geo.roads.status.status` for the snapshot, when it is at hand.

    Returns
    -------
    AreaMap
        Ready for a plate; ``dataclasses.replace`` adds routes, lixels, marked stretches.

    Raises
    ------
    KeyError
        When there is no such region or road.
    ValueError
        When not exactly one area is given.
    """
    if sum(given is not None for given in (bounds, region, axis_id)) != 1:
        raise ValueError(str(message("Name one area: bounds, a region or a road.")))
    ids = select(snapshot, selection)
    view = View(
        snapshot=snapshot,
        ids=ids,
        status=status(snapshot) if road_status is None else road_status,
        region_counts=regions.count_by_region(snapshot, ids).counts,
        density=None,
        tolls=summary.tolls(snapshot.claims),
    )
    return of_view(
        view, bounds=bounds, region=region, axis_id=axis_id, layers=layers, bandwidth_m=bandwidth_m
    )


def of_view(
    view: View,
    *,
    bounds: Bounds | None = None,
    region: tuple[str, str] | None = None,
    axis_id: str | None = None,
    layers: Collection[str] = DEFAULT_LAYERS,
    bandwidth_m: float | None = None,
) -> AreaMap:
    """Return a view of the threat map for paper; parameters as of :func:`area_map`."""
    focus = None
    snapshot = view.snapshot
    if region is not None:
        focus = region_named(snapshot, *region)
        bounds = bounds_of(focus)
    if axis_id is not None:
        lon, lat, _measure = snapshot.atlas.axes[axis_id].line
        bounds = bounds_of(shapely.linestrings(np.column_stack([lon, lat])))
    if bounds is None:
        raise ValueError(str(message("Name one area: bounds, a region or a road.")))
    if bandwidth_m is None:
        bandwidth_m = max(BANDWIDTH_M, least_bandwidth_m(bounds))
    return AreaMap(
        view=replace(view, density=None),
        bounds=bounds,
        layers=frozenset(layers),
        focus=focus,
        heat=heat(snapshot, view.ids, bandwidth_m) if "density" in layers else None,
    )
