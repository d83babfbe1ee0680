"""What the map marks as selected: the stretch or the circle in which a picked event may lie."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geo.picking import Pick, PickKind
from geo.records import PlacementKind
from geo.roads.referencing import slice_between
from geo.snapshot import Snapshot


def _stretch(snapshot: Snapshot, axis_id: str, from_m: float, to_m: float) -> dict[str, Any]:
    line = slice_between(snapshot.atlas.axes[axis_id], from_m, to_m)
    west, south, east, north = line.bounds
    return {
        "path": [[round(lat, 5), round(lon, 5)] for lon, lat in line.coords],
        "bounds": [[south, west], [north, east]],
    }


def stretches(snapshot: Snapshot, rows: pd.DataFrame) -> list[list[list[float]]]:
    """Return the paths of stretches (``axis_id``, ``measure_from_m``, ``measure_to_m``)."""
    return [
        _stretch(snapshot, row.axis_id, row.measure_from_m, row.measure_to_m)["path"]
        for row in rows.itertuples()
    ]


def shape(snapshot: Snapshot, pick: Pick | None, *, focus: bool) -> dict[str, Any] | None:
    """Return the part of the payload that marks a pick, ``None`` when it has no place.

    Parameters
    ----------
    snapshot
        What was known.
    pick
        What is picked.
    focus
        True when the map is to move there.
    """
    found = None if pick is None else _shape(snapshot, pick)
    return None if found is None else {**found, "focus": focus}


def _shape(snapshot: Snapshot, pick: Pick) -> dict[str, Any] | None:
    if pick.kind == PickKind.ROAD:
        return _stretch(snapshot, str(pick.axis_id), float(pick.from_m or 0), float(pick.to_m or 0))
    if pick.kind != PickKind.INCIDENT:
        return None
    row = snapshot.placements.loc[pick.incident_ids[0]]
    if pd.isna(row["lon"]):
        return None
    if row["kind"] == PlacementKind.ALONG and pd.notna(row["measure_from_m"]):
        return _stretch(snapshot, row["axis_id"], row["measure_from_m"], row["measure_to_m"])
    lon, lat, spread_m = float(row["lon"]), float(row["lat"]), float(row["spread_m"])
    half_deg = spread_m / 100_000
    return {
        "lat": round(lat, 5),
        "lon": round(lon, 5),
        "spread_m": round(spread_m),
        "bounds": [[lat - half_deg, lon - half_deg], [lat + half_deg, lon + half_deg]],
    }
