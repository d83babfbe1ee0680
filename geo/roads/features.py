"""Stretches of road as features that are written out."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geo.atlas import Atlas
from geo.roads.axes import Axis
from geo.roads.course import Drawn
from geo.roads.referencing import drawn_between, slice_between
from geo.roads.wording import named, span


def _rests_on(axis: Axis, from_m: float, to_m: float) -> Drawn:
    """Return what the line of a stretch rests on: schematic if any part of it is."""
    parts = {rests_on for _, _, rests_on in drawn_between(axis, from_m, to_m)}
    return Drawn.SCHEMATIC if Drawn.SCHEMATIC in parts else Drawn.NETWORK


def road_features(stretches: pd.DataFrame, atlas: Atlas) -> gpd.GeoDataFrame:
    """Return stretches with their lines.

    Parameters
    ----------
    stretches
        Columns ``axis_id``, ``measure_from_m``, ``measure_to_m`` and any others, such as a status
        or a table of changes.
    atlas
        The roads.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns, then ``road`` and ``chainage`` in words, ``drawn`` (``network`` or
        ``schematic``: straight from place to place), and the lines, EPSG:4326.
    """
    parts = [
        (atlas.axes[axis_id], float(from_m), float(to_m))
        for axis_id, from_m, to_m in zip(
            stretches["axis_id"],
            stretches["measure_from_m"],
            stretches["measure_to_m"],
            strict=True,
        )
    ]
    return gpd.GeoDataFrame(
        stretches.assign(
            road=[named(axis) for axis, _, _ in parts],
            chainage=[span(from_m, to_m) for _, from_m, to_m in parts],
            drawn=[_rests_on(*part).value for part in parts],
        ),
        geometry=[slice_between(*part) for part in parts],
        crs="EPSG:4326",
    )
