"""Write an answer about concentration as files of other programs: GeoTIFF, GeoPackage, GeoJSON."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.exchange.geojson import write_features
from geo.exchange.geotiff import geotiff
from geo.exchange.picture import picture
from geo.exchange.plain import plain_column
from geo.hotspots.analysis.answer import AREA_KM2, Answer
from geo.hotspots.analysis.classes import class_areas, in_study_area
from geo.hotspots.raster import classes_by_mass
from geo.i18n import message
from geo.records import Fault, InputError
from geo.roads.features import road_features

_PLANE_ONLY: Final = frozenset({".tif", ".tiff"})


def content(answer: Answer, suffix: str) -> bytes:
    """Return an answer as a file.

    Parameters
    ----------
    answer
        What to write.
    suffix
        ``.tif`` (plane only), ``.geojson``, ``.gpkg`` (lixels, or the areas of the classes) or
        ``.png``.

    Raises
    ------
    InputError
        When there is no such format for this answer, with those that there are.
    """
    check_suffix(suffix, on_roads=answer.roads is not None)
    return WRITERS[suffix](answer)


def check_suffix(suffix: str, *, on_roads: bool) -> None:
    """Raise ``InputError`` unless an answer on such a surface can be written so."""
    offered = [name for name in WRITERS if not (on_roads and name in _PLANE_ONLY)]
    if suffix not in offered:
        text = message(
            "--out: “{suffix}” is no format for this density. Write {formats}.",
            suffix=suffix or "–",
            formats=", ".join(offered),
        )
        raise InputError([Fault(None, "out", text)])


def facts(answer: Answer) -> dict[str, str]:
    """Return what a file says of itself, in words."""
    question, period = answer.question, answer.question.period
    which = question.selection
    return {
        "period": f"{period.first} – {period.last}",
        "as_of": str(which.on),
        "as_known_on": str(which.known_on),
        "categories": ", ".join(sorted(which.categories)) or "all",
        "explosive_devices_only": str(which.ied_only).lower(),
        "surface": question.surface,
        "kernel": question.kernel,
        "bandwidth_m": f"{answer.bandwidth.bandwidth_m:g}",
        "events": f"{answer.events.count:.2f}",
        "left_out_share": f"{answer.left_out_share:.4f}",
        "notes": " ".join(map(str, answer.notes)),
        "attribution": "; ".join(answer.events.ground.snapshot.atlas.credits),
    }


def features(answer: Answer) -> gpd.GeoDataFrame:
    """Return lixels with rate and change, or on the plane the areas of the classes.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326.  Along roads the columns of ``Answer.lixels`` (events per 100 km and month), with
        ``density`` as asked for, ``road`` and ``chainage``.  On the plane those of
        `geo.hotspots.analysis.classes.class_areas`, with rates per 10,000 km² and month.
    """
    if answer.roads is not None:
        table = answer.lixels
        density = answer.roads.per_km[table["lixel"].to_numpy()] * answer.per_road
        table = table.assign(density=density)
        return road_features(table, answer.events.ground.snapshot.atlas)
    surface = _surface(answer)
    found = class_areas(surface.density_per_km2, surface.grid, classes_by_mass(surface))
    rates = {
        "at_least_rate": found["at_least_per_km2"] * answer.per_area,
        "below_rate": found["below_per_km2"] * answer.per_area,
    }
    return found.assign(**rates)


def _surface(answer: Answer) -> Any:
    if answer.surface is None:
        raise TypeError("a density along roads has no surface")
    return answer.surface


def _tiff(answer: Answer) -> bytes:
    surface = _surface(answer)
    inside = in_study_area(surface.grid)
    return geotiff(
        np.where(inside, surface.density_per_km2 * answer.per_area, np.nan),
        surface.grid,
        band=str(message("Events per {area:,} km² and month", area=AREA_KM2)),
        tags=facts(answer),
        credits_="; ".join(answer.events.ground.snapshot.atlas.credits),
    )


def _geojson(answer: Answer) -> bytes:
    credits_ = answer.events.ground.snapshot.atlas.credits
    return write_features(features(answer), credits_, facts(answer)).encode()


def _geopackage(answer: Answer) -> bytes:
    frame = features(answer)
    table = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    plain = {name: plain_column(table[name]) for name in table.columns}
    layer = gpd.GeoDataFrame(plain, geometry=frame.geometry.to_numpy(), crs=frame.crs)
    told = facts(answer)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hotspots.gpkg"
        layer.to_file(
            path, driver="GPKG", layer="hotspots", engine="pyogrio",
            layer_metadata={name.upper(): text for name, text in told.items()},
            DESCRIPTION=told["attribution"],
        )  # fmt: skip
        return path.read_bytes()


WRITERS: Final[Mapping[str, Callable[[Answer], bytes]]] = {
    ".tif": _tiff,
    ".tiff": _tiff,
    ".geojson": _geojson,
    ".gpkg": _geopackage,
    ".png": picture,
}
