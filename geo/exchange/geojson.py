"""Write features as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.exchange.plain import plain, plain_column

DECIMALS = 6
"""Of a degree: about 0.1 m, finer than anything that is known here."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _geometries(column: gpd.GeoSeries) -> list[str]:
    """Return each geometry as JSON text, ``null`` where there is none."""
    if column.crs is not None and column.crs.to_epsg() != 4326:  # noqa: PLR2004 - WGS 84
        column = column.to_crs("EPSG:4326")
    shapes = shapely.force_2d(np.asarray(column.array, dtype=object))
    shapes = shapely.transform(shapes, lambda xy: np.round(xy, DECIMALS))
    # RFC 7946, 3.1.6: outer rings run counterclockwise.
    shapes = shapely.orient_polygons(shapes, exterior_cw=False)
    # The bounds of a missing or an empty geometry are NaN, as those of a point at NaN.
    nothing = ~np.isfinite(shapely.bounds(shapes)).all(axis=1)
    return [
        "null" if no else text for no, text in zip(nothing, shapely.to_geojson(shapes), strict=True)
    ]


def write_features(
    frame: gpd.GeoDataFrame,
    credits_: Sequence[str] = (),
    facts: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return a FeatureCollection with every column of ``frame`` as a property.

    Parameters
    ----------
    frame
        Geometry in any CRS (WGS 84 when none is named); missing geometries stay as ``null``.
        A named index becomes the first property and the feature's ``id``.
    credits_
        Whom the file must name; a member ``attribution`` of the collection (RFC 7946, 6.1).
    facts
        What the file says of itself; a member ``facts``.

    Returns
    -------
    str
        RFC 7946: WGS 84, longitude first, at most 6 decimals, dates in ISO 8601, messages in the
        active language, absent values ``null``.
    """
    table = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    names = [str(name) for name in table.columns]
    cells = [plain_column(table.iloc[:, i]) for i in range(len(names))]
    ids: list[str] | None = None
    if frame.index.name is not None:
        keys = [plain(value) for value in frame.index.tolist()]
        ids = [f'"id":{_ENCODER.encode(key)},' for key in keys]
        if frame.index.name not in names:
            names, cells = [str(frame.index.name), *names], [keys, *cells]
    rows = zip(*cells, strict=True) if cells else [()] * len(frame)
    features = [
        f'{{"type":"Feature",{head}"geometry":{geometry},'
        f'"properties":{_ENCODER.encode(dict(zip(names, row, strict=True)))}}}'
        for head, geometry, row in zip(
            ids or [""] * len(frame), _geometries(frame.geometry), rows, strict=True
        )
    ]
    named = f'"attribution":{_ENCODER.encode("; ".join(credits_))},' if credits_ else ""
    told = f'"facts":{_ENCODER.encode(dict(facts))},' if facts else ""
    return f'{{"type":"FeatureCollection",{named}{told}"features":[{",".join(features)}]}}'
