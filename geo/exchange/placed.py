"""A table of incidents with its placements, as the features that are written out."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geo.exchange.tables import IncidentTable
from geo.records import PLACEMENT_COLUMNS


def placed_features(table: IncidentTable, placements: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join a table that was read with where its rows were placed.

    Parameters
    ----------
    table
        The good rows of an input.
    placements
        Of :func:`geo.gazetteer.placing.place_incidents`, aligned on ``table.frame.index``.

    Returns
    -------
    geopandas.GeoDataFrame
        Every column of the input under its own name (``input_<name>`` where a placement field has
        that name), then the placement fields; geometry in EPSG:4326, ``None`` where unresolved.
    """
    frame = table.frame
    columns = [name for name in frame.columns if name in table.raw.columns or name == "incident_id"]
    kept = pd.DataFrame(frame[columns]).rename(
        columns={name: f"input_{name}" for name in columns if name in PLACEMENT_COLUMNS}
    )
    fields = placements.assign(place_ids=[list(ids) for ids in placements["place_ids"]])
    joined = pd.concat([kept, pd.DataFrame(fields)], axis=1)
    return gpd.GeoDataFrame(joined.reset_index(drop=True), geometry="geometry", crs=placements.crs)
