"""Imported boundaries as a layer: written, joined with those of other countries, read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo import layers
from geo.exchange.boundaries import REGION_COLUMNS, Boundaries
from geo.exchange.geojson import write_features

REGIONS_FILE, UNITS_FILE = "regions.geojson", "units.geojson"


def write_boundaries(
    found: Boundaries, facts: Mapping[str, str], folder: Path, before: Path | None = None
) -> None:
    """Write boundaries into the folder of a layer and seal it.

    Parameters
    ----------
    found
        What was read.
    facts
        ``source``, ``attribution`` and ``imported_at`` of it.
    folder
        Where to.
    before
        The layer in use: its regions of other countries are kept.
    """
    regions, units = found.regions, found.units
    told = {country: dict(facts) for country in sorted(set(regions["country"]))}
    if before is not None:
        kept = layers.facts_of(before)["countries"]
        regions = _beside(imported_regions(before), regions, told)
        units = _beside(gpd.read_file(before / UNITS_FILE), units, told)
        told = {**kept, **told}
    (folder / REGIONS_FILE).write_text(write_features(regions), encoding="utf-8")
    (folder / UNITS_FILE).write_text(write_features(units), encoding="utf-8")
    named = dict.fromkeys(part["attribution"] for part in told.values())
    layers.seal(folder, {"countries": told, "attributions": list(named)})


def _beside(
    old: gpd.GeoDataFrame, fresh: gpd.GeoDataFrame, countries: Iterable[str]
) -> gpd.GeoDataFrame:
    """Return fresh rows after the old ones of other countries than theirs."""
    others = old if old.empty else old[~old["country"].isin(list(countries))]
    parts = [part for part in (others, fresh) if not part.empty]
    return gpd.GeoDataFrame(pd.concat(parts)) if parts else fresh


def imported_regions(folder: Path) -> gpd.GeoDataFrame:
    """Return the regions of a layer as `Boundaries.regions`.

    Raises
    ------
    InputError
        When the layer is damaged.
    """
    layers.facts_of(folder, [REGIONS_FILE])
    frame = gpd.read_file(folder / REGIONS_FILE)
    frame["covers"] = [tuple(names) for names in frame["covers"]]
    frame["focus"] = frame["focus"].astype(bool)
    frame["pcode"] = frame["pcode"].fillna("").astype("str")
    return frame.set_index("region_id")[[*REGION_COLUMNS, "geometry"]]
