"""Road lines from a map file, batch by batch, so that memory holds numbers and not features."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyogrio import set_gdal_config_options
from pyogrio.errors import DataSourceError, FeatureError
from pyogrio.raw import open_arrow

from geo.exchange.vector import Source, check_lonlat, is_osm, open_source, refuse
from geo.i18n import Message, message
from geo.roads.network import tags
from geo.roads.network.lines import (
    ATTRIBUTES,
    DTYPES,
    TEXT_FIELDS,
    Lines,
    join,
    to_units,
    without_repeats,
)

OSM_CONFIG = Path(__file__).with_name("osmconf.ini")
BATCH = 65_536

#: Names of attributes, in lower case, in the order in which they are looked for: OpenStreetMap,
#: WFP and Logistics Cluster (UNSDI-T), Natural Earth.
FIELDS: dict[str, tuple[str, ...]] = {
    "class": ("highway", "fclass", "ntlclass", "road_class", "roadclass", "type", "class"),
    "ferry": ("route",),
    "ref": ("ref", "rtenme", "ntlcode", "route_no", "label"),
    "name": ("name", "onme", "roadname", "road_name"),
    "name_fr": ("name:fr", "name_fr"),
    "alt_name": ("alt_name",),
    "surface": ("surface", "srftpcond", "surf_type"),
    "bridge": ("bridge",),
    "tunnel": ("tunnel",),
    "layer": ("layer",),
    "oneway": ("oneway",),
    "junction": ("junction",),
}
_OSM_ROADS = "highway IS NOT NULL OR route = 'ferry'"
_LINES = (1, 5)
_POLYGONS = ("Polygon", "MultiPolygon", "Point", "MultiPoint")

Progress = Callable[[Message, int, int | None], None]
Words = npt.NDArray[np.object_]


def read_lines(
    path: Path,
    layer: str | None = None,
    max_bytes: int | None = None,
    progress: Progress | None = None,
) -> tuple[Lines, int]:
    """Read the roads of a map file.

    Parameters
    ----------
    path, layer, max_bytes
        See :func:`geo.exchange.vector.open_source`.
    progress
        Told what is done, how many features so far, and how many in all if that is known.

    Returns
    -------
    lines, skipped
        Lines of roads that vehicles use, without repeated vertices, and how many features were
        left out: no line, or a way for walkers, cyclists or animals only.

    Raises
    ------
    InputError
        When the file cannot be used.
    """
    bound = {} if max_bytes is None else {"max_bytes": max_bytes}
    source = open_source(path, layer, osm_config=OSM_CONFIG, **bound)
    if source.geometry_type in _POLYGONS:
        raise refuse(
            message("{file} holds {kind} shapes; roads are lines.",
                    file=path.name, kind=source.geometry_type)
        )  # fmt: skip
    texts, parts, done, kept = _Texts(), [], 0, 0
    try:
        for batch in _batches(source):
            lines, used = _lines(batch, source, texts)
            parts.append(lines)
            done, kept = done + len(batch["geometry"]), kept + used
            if progress is not None:
                progress(message("Reading"), done, source.features)
    except (DataSourceError, FeatureError, RuntimeError, OSError) as error:
        raise refuse(
            message(
                "{file} is damaged after {count} features: {why}",
                file=path.name,
                count=done,
                why=str(error),
            )
        ) from error
    lines = join(parts)
    if not len(lines):
        raise refuse(message("{file} holds no roads.", file=path.name))
    return Lines(lines.vertices, lines.offsets, lines.attributes, texts.all), done - kept


class _Texts:
    """Distinct texts and the code of each."""

    def __init__(self) -> None:
        self.all = [""]
        self.code = {"": 0}

    def codes(self, words: Words) -> npt.NDArray[np.int32]:
        """Return the codes of texts, new ones added."""
        number, distinct = pd.factorize(words)
        codes = np.empty(len(distinct), np.int32)
        for i, text in enumerate(distinct):
            codes[i] = self.code.setdefault(text, len(self.all))
            if codes[i] == len(self.all):
                self.all.append(text)
        return codes[number]


def _batches(source: Source) -> Iterator[dict[str, Any]]:
    """Yield batches: attributes as arrays of text by name of `FIELDS`, and geometries."""
    by_lower = {name.lower(): name for name in source.fields}
    columns = {
        ours: by_lower[found]
        for ours, names in FIELDS.items()
        if (found := next((name for name in names if name in by_lower), None))
    }
    if is_osm(source.path):
        # A large extract needs a scratch file; without this it lies in the working folder.
        set_gdal_config_options({"CPL_TMPDIR": tempfile.gettempdir()})
    with open_arrow(
        source.address, layer=source.layer, columns=sorted(set(columns.values())),
        where=_OSM_ROADS if is_osm(source.path) else None, batch_size=BATCH, use_pyarrow=True,
        **source.options,
    ) as (meta, reader):  # fmt: skip
        geometry = meta["geometry_name"] or "wkb_geometry"
        for batch in reader:
            yield {
                "geometry": shapely.from_wkb(_objects(batch.column(geometry)), on_invalid="ignore"),
                **{ours: _words(batch.column(name)) for ours, name in columns.items()},
            }


def _objects(column: Any) -> Words:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=object)


def _words(column: Any) -> Words:
    """Return a column as text; absent is empty, whole numbers are without a point."""
    series = pd.Series(_objects(column), dtype=object)
    absent = series.isna()
    distinct = {value: _word(value) for value in series[~absent].unique()}
    return np.asarray(series.map(distinct).where(~absent, ""), dtype=object)


def _word(value: Any) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if whole else value).strip()


def _lines(batch: dict[str, Any], source: Source, texts: _Texts) -> tuple[Lines, int]:
    """Return the lines of a batch, and how many of its features they came from."""
    count = len(batch["geometry"])
    absent = np.full(count, "", dtype=object)
    words = {name: batch.get(name, absent) for name in FIELDS}
    words["class"] = np.where(
        (words["class"] == "") & (words["ferry"] == "ferry"), "ferry", words["class"]
    )
    classes = _each(words["class"], lambda word: -1 if (c := tags.road_class(word)) is None else c)
    is_line = np.isin(shapely.get_type_id(batch["geometry"]), _LINES)
    used = np.flatnonzero(is_line & (classes >= 0))
    columns: dict[str, npt.NDArray[Any]] = {
        "road_class": classes[used],
        "surface": _each(words["surface"][used], tags.surface),
        "level": _together(
            [words[name][used] for name in ("layer", "bridge", "tunnel")], tags.level
        ),
        "oneway": _together([words[name][used] for name in ("oneway", "junction")], tags.oneway),
        **{name: texts.codes(words[name][used]) for name in TEXT_FIELDS},
    }
    pieces, owner = shapely.get_parts(batch["geometry"][used], return_index=True)
    lonlat, line = shapely.get_coordinates(pieces, return_index=True)
    if source.to_wgs84 is not None and len(lonlat):
        lonlat = np.column_stack(source.to_wgs84.transform(lonlat[:, 0], lonlat[:, 1]))
    fine = np.isfinite(lonlat).all(axis=1)
    lonlat, line = lonlat[fine], line[fine]
    check_lonlat(source.path, lonlat)
    counts = np.bincount(line, minlength=len(pieces))
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    attributes: dict[str, npt.NDArray[np.integer]] = {
        name: columns[name].astype(DTYPES[name])[owner] for name in ATTRIBUTES
    }
    return without_repeats(Lines(to_units(lonlat), offsets, attributes)), len(used)


def _each(words: Words, meaning: Callable[[str], int]) -> npt.NDArray[np.int64]:
    """Return what words mean, each distinct one asked once."""
    number, distinct = pd.factorize(words)
    return np.array([int(meaning(word)) for word in distinct], dtype=np.int64)[number]


def _together(columns: Sequence[Words], meaning: Callable[..., int]) -> npt.NDArray[np.int64]:
    """Return what words side by side mean, each distinct row asked once."""
    rows = pd.MultiIndex.from_arrays(columns)
    number, distinct = rows.factorize()
    return np.asarray(np.array([meaning(*row) for row in distinct], dtype=np.int64)[number])
