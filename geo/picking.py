"""What a reader pointed at on the map: an incident, a stretch of road, a region, a heap of marks.

A pick is a short text that an address can carry: ``incident:ID``, ``road:AXIS:FROM_M:TO_M``,
``region:ID`` or ``box:WEST,SOUTH,EAST,NORTH`` (degrees).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pandas as pd

from geo.snapshot import Snapshot

_MARKS: Final = 4


class PickKind(StrEnum):
    """What kind of thing was pointed at."""

    INCIDENT = "incident"
    ROAD = "road"
    REGION = "region"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class Pick:
    """Something on the map and the incidents that belong to it.

    Parameters
    ----------
    kind
        What was pointed at.
    incident_ids
        Incidents that belong to it, newest first.
    axis_id, from_m, to_m
        The stretch of road, for a road.
    region_id
        The region, for a region.
    """

    kind: PickKind
    incident_ids: pd.Index
    axis_id: str | None = None
    from_m: float | None = None
    to_m: float | None = None
    region_id: str | None = None


def _newest_first(snapshot: Snapshot, ids: pd.Index) -> pd.Index:
    dates = snapshot.incidents["date_start"].loc[ids]
    newest: pd.Index = dates.sort_values(ascending=False, kind="stable").index
    return newest


def _numbers(text: str, separator: str, count: int) -> list[float] | None:
    try:
        found = [float(part) for part in text.split(separator)]
    except ValueError:
        return None
    return found if len(found) == count and all(map(math.isfinite, found)) else None


def resolve(pick: str, snapshot: Snapshot, ids: pd.Index) -> Pick | None:
    """Find what a pick means among what is known.

    Parameters
    ----------
    pick
        The text, possibly from a stranger's address.
    snapshot
        What was known.
    ids
        The incidents that the filters leave.  An incident picked by its id is found beyond them.

    Returns
    -------
    Pick or None
        ``None`` when there is no such thing (any more).
    """
    kind, _, rest = pick.partition(":")
    if kind == PickKind.INCIDENT and rest in snapshot.incidents.index:
        return Pick(PickKind.INCIDENT, pd.Index([rest]))
    if kind == PickKind.ROAD:
        return _road(rest, snapshot, ids)
    if kind == PickKind.REGION and rest in snapshot.atlas.regions.index:
        region = snapshot.atlas.regions.loc[rest]
        chosen = snapshot.incidents.loc[ids]
        inside = (chosen["country"] == region["country"]) & chosen["admin1"].isin(region["covers"])
        found = _newest_first(snapshot, chosen.index[inside])
        return Pick(PickKind.REGION, found, region_id=rest)
    if kind == PickKind.BOX and (box := _numbers(rest, ",", _MARKS)):
        west, south, east, north = box
        at = snapshot.placements.loc[ids]
        inside = at["lon"].between(west, east) & at["lat"].between(south, north)
        return Pick(PickKind.BOX, _newest_first(snapshot, at.index[inside]))
    return None


def _road(rest: str, snapshot: Snapshot, ids: pd.Index) -> Pick | None:
    axis_id, _, measures = rest.partition(":")
    ends = _numbers(measures, ":", 2)
    if axis_id not in snapshot.atlas.axes or ends is None:
        return None
    start, end = sorted(ends)
    length_m = snapshot.atlas.axes[axis_id].length_m
    if start >= length_m or end <= 0:
        return None
    start, end = max(start, 0.0), min(end, length_m)
    at = snapshot.placements.loc[ids]
    overlap = (at["axis_id"] == axis_id) & (at["measure_from_m"] <= end)
    overlap &= at["measure_to_m"] >= start
    found = _newest_first(snapshot, at.index[overlap.to_numpy(bool)])
    return Pick(PickKind.ROAD, found, axis_id=axis_id, from_m=start, to_m=end)
