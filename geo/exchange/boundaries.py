"""Boundaries of regions from an outside file (OCHA COD-AB and the like)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataSourceError, FeatureError

from geo.exchange.region_names import covers_of, slug
from geo.exchange.vector import MAX_BYTES, Source, check_lonlat, open_source, refuse
from geo.i18n import Message, message
from geo.records import Fault, InputError, Place

REGION_COLUMNS = ("country", "name", "covers", "focus", "pcode")
DEEPEST = 3

_NAME = (
    "adm{n}_fr", "admin{n}name_fr", "admin{n}name", "adm{n}_name", "adm{n}_en", "admin{n}name_en",
    "name_{n}", "adm{n}name",
)  # fmt: skip
_PCODE = ("adm{n}_pcode", "admin{n}pcode", "admin{n}pcod", "adm{n}pcode", "adm{n}_code")
_PLAIN_NAME = ("name", "shapename", "nom")
_PLAIN_PCODE = ("pcode", "shapeiso", "iso_3166_2", "code")
_COUNTRY = (
    "adm0_pcode", "admin0pcode", "admin0pcod", "adm0pcode", "iso_a2", "iso2", "country", "gid_0",
    "iso3", "shapegroup", "adm0_a3",
)  # fmt: skip
_ISO2 = {
    "MLI": "ML", "BFA": "BF", "NER": "NE", "DZA": "DZ", "MRT": "MR", "SEN": "SN", "GIN": "GN",
    "CIV": "CI", "GHA": "GH", "TGO": "TG", "BEN": "BJ", "NGA": "NG", "TCD": "TD", "LBY": "LY",
    "SLE": "SL", "LBR": "LR", "GMB": "GM", "GNB": "GW",
}  # fmt: skip


@dataclass(frozen=True)
class Boundaries:
    """What was read.

    Parameters
    ----------
    regions
        First level; index ``region_id``; columns `REGION_COLUMNS` and geometry, WGS 84.
    units
        The file's own features, when they are of a deeper level: country, level, name, pcode,
        parent_pcode, geometry; otherwise without rows.
    uncovered
        Names that the gazetteer uses for regions of these countries and no polygon covers.
    """

    regions: gpd.GeoDataFrame
    units: gpd.GeoDataFrame
    uncovered: tuple[str, ...]


def read_boundaries(
    path: Path,
    places: Iterable[Place],
    focus: Collection[str],
    *,
    layer: str | None = None,
    name_field: str | None = None,
    pcode_field: str | None = None,
    country: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Boundaries:
    """Read regions and match them to the names that the gazetteer uses.

    Parameters
    ----------
    path, layer, max_bytes
        See :func:`geo.exchange.vector.open_source`.
    places
        Of the gazetteer: their ``adm1`` names are what incidents are counted by.
    focus
        Countries whose regions are in focus.
    name_field, pcode_field
        Fields with name and P-code of the first level; found by their usual names otherwise.
    country
        ISO 3166-1 alpha-2 of all features; found in the file otherwise.

    Returns
    -------
    Boundaries
        Features of deeper levels are dissolved into their regions and kept.

    Raises
    ------
    InputError
        With every fault: fields not found, shapes that are no areas or cross themselves.
    """
    source = open_source(path, layer, max_bytes)
    frame = _frame(source)
    fields = _fields(source, name_field, pcode_field)
    table = _table(frame, fields, country)
    faults = [*_shape_faults(table), *_word_faults(table)]
    if faults:
        raise InputError(faults)
    check_lonlat(path, shapely.get_coordinates(table.geometry.to_numpy()))
    level = max(number for number in range(1, DEEPEST + 1) if f"name{number}" in table)
    regions = _dissolved(table)
    known = [place for place in places if place.country in set(regions["country"])]
    covers, uncovered = covers_of(regions, known)
    regions["covers"] = covers
    regions["name"] = [names[0] for names in covers]
    regions["focus"] = regions["country"].isin(list(focus))
    ids = [slug(c, n) for c, n in zip(regions["country"], regions["name"], strict=True)]
    regions.index = pd.Index(ids, name="region_id")
    _check_distinct(source, regions)
    units = _units(table, level) if level > 1 else _units(table.iloc[:0], 1)
    return Boundaries(regions[[*REGION_COLUMNS, "geometry"]], units, uncovered)


def _check_distinct(source: Source, regions: gpd.GeoDataFrame) -> None:
    twice = regions.index[regions.index.duplicated()].unique()
    if len(twice):
        raise refuse(
            message("{file} has two regions that are called alike: {ids}. Say with --name-field "
                    "which field has the names of regions.",
                    file=source.path.name, ids=", ".join(twice))
        )  # fmt: skip


def _fields(source: Source, name_field: str | None, pcode_field: str | None) -> dict[str, str]:
    """Return the file's own names of fields by ours (country, name1, pcode1, name2 …)."""
    by_lower = {name.lower(): name for name in source.fields}
    missing = [given for given in (name_field, pcode_field) if given and given not in source.fields]
    if missing:
        raise refuse(*(_no_field(source, given) for given in missing))
    wanted: dict[str, tuple[str, ...]] = {"country": _COUNTRY}
    for n in range(1, DEEPEST + 1):
        wanted[f"name{n}"] = tuple(name.format(n=n) for name in _NAME)
        wanted[f"pcode{n}"] = tuple(name.format(n=n) for name in _PCODE)
    wanted["name1"] += _PLAIN_NAME
    wanted["pcode1"] += _PLAIN_PCODE
    found = {
        ours: by_lower[name]
        for ours, names in wanted.items()
        if (name := next((name for name in names if name in by_lower), None))
    }
    found |= {"name1": name_field} if name_field else {}
    found |= {"pcode1": pcode_field} if pcode_field else {}
    if "name1" not in found and not source.fields:
        raise refuse(message("{file} holds shapes alone: no field names regions. Add one.",
                             file=source.path.name))  # fmt: skip
    if "name1" not in found:
        raise refuse(
            message("{file} has no field with names of regions that is known here. Say which with "
                    "--name-field; there are {fields}.",
                    file=source.path.name, fields=", ".join(source.fields))
        )  # fmt: skip
    return found


def _no_field(source: Source, given: str) -> Message:
    return message(
        "{file} has no field {field}; there are {fields}.",
        file=source.path.name, field=given, fields=", ".join(source.fields),
    )  # fmt: skip


def _frame(source: Source) -> gpd.GeoDataFrame:
    try:
        frame = pyogrio.read_dataframe(source.address, layer=source.layer, on_invalid="ignore")
    except (DataSourceError, FeatureError, ValueError, RuntimeError) as error:
        raise refuse(
            message("{file} cannot be read as a map: {why}", file=source.path.name, why=str(error))
        ) from error
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        raise refuse(message("{file} holds no shapes.", file=source.path.name))
    return frame.to_crs("EPSG:4326") if source.to_wgs84 is not None else frame


def _table(
    frame: gpd.GeoDataFrame, fields: dict[str, str], country: str | None
) -> gpd.GeoDataFrame:
    """Return the features with our names of fields, texts without blanks; index from 1."""
    index = pd.RangeIndex(1, len(frame) + 1)
    table = gpd.GeoDataFrame(
        {
            ours: ["" if pd.isna(value) else str(value).strip() for value in frame[name]]
            for ours, name in fields.items()
        },
        geometry=gpd.GeoSeries(shapely.force_2d(frame.geometry.to_numpy()), index=index),
        index=index, crs="EPSG:4326",
    )  # fmt: skip
    if "pcode1" not in table:
        table["pcode1"] = ""
    if country:
        table["country"] = country.upper()
    else:
        told = table["country"] if "country" in table else table["pcode1"]
        short = told.str.upper().map(lambda text: _ISO2.get(text, text[:2]))
        table["country"] = short.where(short.str.fullmatch("[A-Z]{2}"), "")
    return table


def _shape_faults(table: gpd.GeoDataFrame) -> list[Fault]:
    """Return a fault for each shape that is no area or crosses itself."""
    shapes, names = table.geometry.to_numpy(), table["name1"].to_dict()
    areas = np.isin(shapely.get_type_id(shapes), (3, 6)) & ~shapely.is_empty(shapes)
    faults = [
        Fault(None, None, message("Feature {number} ({name}) is not an area.",
                                  number=number, name=names[number] or "?"))
        for number in table.index[~areas]
    ]  # fmt: skip
    broken = areas & ~shapely.is_valid(shapes)
    for number, why in zip(
        table.index[broken], shapely.is_valid_reason(shapes[broken]), strict=True
    ):
        text = message(
            "The border of feature {number} ({name}) crosses or touches itself: {why}. Mend it, in "
            "QGIS for example with “Fix geometries”, and import the whole file again.",
            number=number, name=names[number] or "?", why=str(why),
        )  # fmt: skip
        faults.append(Fault(None, None, text))
    return faults


def _word_faults(table: gpd.GeoDataFrame) -> list[Fault]:
    nameless = [
        Fault(None, "name", message("Feature {number} has no name.", number=number))
        for number in table.index[table["name1"] == ""]
    ]
    stateless = table.index[table["country"] == ""]
    if not len(stateless):
        return nameless
    text = message(
        "The country of {count} features is not told in the file, of feature {number} first. Say "
        "it with --country ML.", count=len(stateless), number=int(stateless[0]),
    )  # fmt: skip
    return [*nameless, Fault(None, "country", text)]


def _dissolved(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return one row per region, in the order of the file."""
    groups = table.groupby(["country", "name1"], sort=False)
    rows = [
        (country, name, group["pcode1"].iloc[0], shapely.union_all(group.geometry.to_numpy()))
        for (country, name), group in groups
    ]
    country, name, pcode, shapes = zip(*rows, strict=True)
    return gpd.GeoDataFrame(
        {"country": country, "name": name, "pcode": pcode}, geometry=list(shapes), crs="EPSG:4326"
    )


def _units(table: gpd.GeoDataFrame, level: int) -> gpd.GeoDataFrame:
    absent = pd.Series("", index=table.index)
    return gpd.GeoDataFrame(
        {
            "country": table["country"], "level": level, "name": table[f"name{level}"],
            "pcode": table.get(f"pcode{level}", absent),
            "parent_pcode": table.get(f"pcode{max(level - 1, 1)}", absent),
        },
        geometry=table.geometry, crs=table.crs,
    )  # fmt: skip
