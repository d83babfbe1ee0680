"""One table of incidents with everything a reader or an export needs, a row per incident."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geo.records import INCIDENT_COLUMNS
from geo.roads.referencing import chainage
from geo.snapshot import Snapshot

_PLACEMENT = {
    "kind": "placement",
    "lon": "longitude",
    "lat": "latitude",
    "spread_m": "spread_m",
    "axis_id": "axis_id",
    "measure_from_m": "measure_from_m",
    "measure_to_m": "measure_to_m",
    "explanation": "explanation",
    "unresolved_reason": "unresolved_reason",
}


def incident_table(snapshot: Snapshot, ids: pd.Index, tolls: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the chosen incidents with their placement and tolls.

    Parameters
    ----------
    snapshot
        What was known.
    ids
        Incidents to take, in this order.
    tolls
        Of :func:`geo.summary.tolls`; incidents that it lacks have no stated toll.

    Returns
    -------
    geopandas.GeoDataFrame
        Index ``ids``, named ``incident_id`` so that exports carry it; the incidents' columns, the
        toll's columns, the placement (``placement`` is its kind; ``chainage`` the stretch as
        "PK 31+100 – PK 35+100"), ``known_on`` and ``known_assumed``; geometry in EPSG:4326,
        ``None`` where unresolved.
    """
    columns = [column for column in INCIDENT_COLUMNS if column != "incident_id"]
    incidents = snapshot.incidents.loc[ids, [*columns, "known_on", "known_assumed"]]
    placements = snapshot.placements.loc[ids]
    where = pd.DataFrame(placements)[list(_PLACEMENT)].rename(columns=_PLACEMENT)
    where["chainage"] = _chainages(where["measure_from_m"], where["measure_to_m"])
    joined = pd.concat([incidents, tolls.reindex(ids), where], axis=1).rename_axis("incident_id")
    return gpd.GeoDataFrame(joined, geometry=placements.geometry, crs=placements.crs)


def _chainages(start_m: pd.Series, end_m: pd.Series) -> list[str]:
    known = start_m.notna()
    return [
        f"{chainage(float(start))} – {chainage(float(end))}" if on_road else ""
        for start, end, on_road in zip(start_m, end_m, known, strict=True)
    ]
