"""Placements at the coordinates that a table brings along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.gazetteer import wording
from geo.gazetteer.land import Land
from geo.gazetteer.solving import Result
from geo.gazetteer.spreads import COORDINATE_M
from geo.geodesy import circle
from geo.i18n import Message, message
from geo.records import GeoPrecision, Placement, PlacementKind

Floats = npt.NDArray[np.float64]
COORDINATES = ("latitude", "longitude")
BORDER_DEG = 0.1
"""Borders are generalised: a point this far outside still counts as inside, about 11 km."""


def texts(column: pd.Series[Any]) -> Any:
    """Return the cells as stripped texts; missing ones are empty, whole numbers bare."""
    if pd.api.types.is_numeric_dtype(column):
        return [("" if pd.isna(value) else f"{float(value):g}") for value in column]
    return ["" if pd.isna(value) else str(value).strip() for value in column]


def given(incidents: pd.DataFrame, land: Land) -> dict[int, Result]:
    """Return placements at the coordinates that the table brings along, by row position.

    Coordinates outside the country that the same row names contradict it and place nothing.
    """
    if not set(COORDINATES) <= set(incidents.columns):
        return {}
    lats, lons = (
        pd.to_numeric(incidents[name], errors="coerce").to_numpy("float64", na_value=np.nan)
        for name in COORDINATES
    )
    codes = (
        texts(incidents["geo_precision"]) if "geo_precision" in incidents else [""] * len(incidents)
    )
    countries = texts(incidents["country"]) if "country" in incidents else [""] * len(incidents)
    found = np.flatnonzero(~np.isnan(lats) & ~np.isnan(lons))
    abroad = _abroad(lons, lats, countries, land)
    return {
        int(at): Result(None, [], _outside(countries[at], float(lons[at]), float(lats[at])))
        if abroad[at]
        else Result(_at_coordinates(float(lons[at]), float(lats[at]), codes[at]))
        for at in found
    }


def _abroad(lons: Floats, lats: Floats, countries: Sequence[str], land: Land) -> Any:
    """Return which points lie clearly outside the country of their row.

    East of the layers, where Niger goes on, nothing is judged.
    """
    codes = np.asarray(countries, dtype=object)
    outside = np.zeros(len(codes), dtype=bool)
    for code in set(countries) & set(land.countries):
        of = codes == code
        outline = land.country(code)
        if outline is not None:
            ground = outline.geometry.buffer(BORDER_DEG)
            outside[of] = ~shapely.contains_xy(ground, lons[of], lats[of])
    _west, south, east, north = land.atlas.regions.total_bounds
    beyond = (lons > east - BORDER_DEG) & (lons < east + 10) & (lats > south) & (lats < north)
    return outside & ~beyond


def _outside(country: str, lon: float, lat: float) -> Message:
    return message(
        "the coordinates {lat}, {lon} (latitude, longitude) lie outside {country}",
        lat=f"{lat:.4f}",
        lon=f"{lon:.4f}",
        country=wording.country_name(country),
    )


def _at_coordinates(lon: float, lat: float, code: str) -> Placement:
    spread_m = COORDINATE_M.get(code, COORDINATE_M["2"])
    explanation = wording.sentence(message("At the coordinates that the table gives"))
    if code == GeoPrecision.REGION:
        area = circle(lon, lat, spread_m)
        return Placement(PlacementKind.REGION, area, spread_m, lon, lat, explanation)
    point = gpd.points_from_xy([lon], [lat])[0]
    kind = PlacementKind.PLACE if code == GeoPrecision.PLACE else PlacementKind.NEAR
    return Placement(kind, point, spread_m, lon, lat, explanation)
