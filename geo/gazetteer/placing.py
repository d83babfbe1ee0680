"""Placements of whole tables of incidents."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geo.atlas import Atlas
from geo.i18n import message
from geo.records import PLACEMENT_COLUMNS


def place_incidents(incidents: pd.DataFrame, atlas: Atlas) -> gpd.GeoDataFrame:
    """Place incidents (thin first version: named places only).

    Returns
    -------
    geopandas.GeoDataFrame
        Indexed like ``incidents``; columns ``PLACEMENT_COLUMNS``; WGS 84.
    """
    rows = []
    for place, country, adm1 in zip(
        incidents["place"], incidents["country"], incidents["admin1"], strict=True
    ):
        found = atlas.gazetteer.candidates(str(place), str(country), str(adm1), limit=1)
        row = dict.fromkeys(PLACEMENT_COLUMNS)
        row |= {"unresolved_reason": message("“{name}” is not known", name=place), "place_ids": ()}
        row["fuzzy"] = False
        if found:
            spot = found[0].place
            row |= {
                "kind": "place", "spread_m": max(spot.accuracy_m, 1000.0), "lon": spot.lon,
                "lat": spot.lat, "place_ids": (spot.place_id,), "unresolved_reason": None,
                "explanation": message("At {place}.", place=spot.name),
            }  # fmt: skip
        rows.append(row)
    frame = pd.DataFrame(rows, index=incidents.index, columns=list(PLACEMENT_COLUMNS))
    points = gpd.points_from_xy(frame["lon"].astype(float), frame["lat"].astype(float))
    return gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")
