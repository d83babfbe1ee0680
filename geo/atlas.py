"""What geocoding knows of the land: places, roads and regions, read from the data folder."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock

import geopandas as gpd
import pandas as pd

from geo import layers
from geo.exchange.boundary_layer import imported_regions
from geo.gazetteer.index import Gazetteer, load_places
from geo.i18n import message
from geo.records import Fault, InputError, in_file
from geo.roads.axes import Axis, load_axes
from geo.roads.network.courses import with_courses

DATA_DIR = Path(__file__).resolve().parent.parent / "data"
PLACES_FILE, AXES_FILE, REGIONS_FILE = "places.csv", "axes.csv", "layers/regions.geojson"
RIVERS_FILE = "rivers.csv"
CREDITS = (
    message("Borders: Natural Earth"),
    message("Rivers: GSHHG/WDBII"),
    message("Places: OCHA/DNCT, GeoNames, WHO/KEMRI"),
    message("Road lengths: © OpenStreetMap contributors"),
)
"""Of the layers that ship with Piste."""
REGION_COLUMNS = ("region_id", "country", "name", "covers", "focus")


@dataclass(frozen=True, eq=False)
class Atlas:
    """Places, roads and regions.

    Parameters
    ----------
    gazetteer
        Places by identifier and by name.
    axes
        Roads by ``axis_id``.
    regions
        First-level regions; index ``region_id``; columns country, name, covers (tuple of the
        gazetteer's ``adm1`` names inside the polygon), focus, pcode (empty unless imported),
        geometry; WGS 84.
    version
        Digest of the files read: what a cache is keyed on.
    rivers
        Rivers as chains of the places beside them, downstream, in the form of the axes.
    attributions
        Who is to be named, on every map and in every export, for layers that were imported.
    """

    gazetteer: Gazetteer
    axes: Mapping[str, Axis]
    regions: gpd.GeoDataFrame
    version: str
    attributions: tuple[str, ...] = ()
    rivers: Mapping[str, Axis] = field(default_factory=dict)

    @property
    def credits(self) -> tuple[str, ...]:
        """Whom a map or an export made with this atlas must name, in the active language."""
        return (*map(str, CREDITS), *self.attributions)

    @cached_property
    def axes_of(self) -> Mapping[str, tuple[str, ...]]:
        """Roads whose chain a place belongs to, by ``place_id``."""
        found: dict[str, list[str]] = {}
        for axis in self.axes.values():
            for place_id in axis.place_ids:
                found.setdefault(place_id, []).append(axis.axis_id)
        return {place_id: tuple(axis_ids) for place_id, axis_ids in found.items()}


def load(data_dir: Path = DATA_DIR, *, imported: bool = True) -> Atlas:
    """Read the atlas from a data folder, and what an operator imported (:mod:`geo.layers`).

    Imported roads give the axes their course, imported regions take the place of those of the same
    country.

    Parameters
    ----------
    data_dir
        With the files that Piste ships.
    imported
        Whether to read imported layers too.

    Raises
    ------
    InputError
        With every fault of every file.
    """
    faults: list[Fault] = []
    gazetteer, regions = Gazetteer({}), gpd.GeoDataFrame()
    try:
        gazetteer = load_places(data_dir / PLACES_FILE)
    except InputError as error:
        faults += in_file(PLACES_FILE, error.faults)
    chains = {AXES_FILE: dict[str, Axis](), RIVERS_FILE: dict[str, Axis]()}
    # Without a gazetteer no place of a chain would be known.
    for name in chains if gazetteer.places else ():
        try:
            chains[name] = load_axes(data_dir / name, gazetteer)
        except InputError as error:
            faults += in_file(name, error.faults)
    axes, rivers = chains.values()
    try:
        regions = _regions(data_dir / REGIONS_FILE)
    except InputError as error:
        faults += error.faults
    if faults:
        raise InputError(faults)
    roads = layers.current(layers.ROADS) if imported else None
    boundaries = layers.current(layers.REGIONS) if imported else None
    if roads is not None:
        axes = with_courses(axes, roads)
    if boundaries is not None:
        fresh = imported_regions(boundaries)
        kept = regions[~regions["country"].isin(fresh["country"])]
        regions = gpd.GeoDataFrame(pd.concat([kept, fresh]), crs=regions.crs)
    used = [folder for folder in (roads, boundaries) if folder is not None]
    named = [name for folder in used for name in layers.facts_of(folder)["attributions"]]
    version = _digest(data_dir, *(folder / layers.MANIFEST for folder in used))
    return Atlas(gazetteer, axes, regions, version, tuple(dict.fromkeys(named)), rivers)


_reading = Lock()


@lru_cache(maxsize=2)
def _read(imported: str) -> Atlas:  # noqa: ARG001 - a cache key
    return load()


def current() -> Atlas:
    """Return the atlas with the layers imported by now, read once for all threads of a server."""
    with _reading:
        return _read(layers.stamp())


def _regions(path: Path) -> gpd.GeoDataFrame:
    if not path.exists():
        raise InputError([Fault(None, None, message("{file} is missing", file=path.name))])
    try:
        frame = gpd.read_file(path)
    except (RuntimeError, ValueError) as error:
        fault = message("{file} cannot be read as GeoJSON: {why}", file=path.name, why=str(error))
        raise InputError([Fault(None, None, fault)]) from error
    missing = [column for column in REGION_COLUMNS if column not in frame.columns]
    if missing:
        fault = message(
            "{file} lacks the properties {columns}", file=path.name, columns=", ".join(missing)
        )
        raise InputError([Fault(None, None, fault)])
    twice = frame.loc[frame["region_id"].duplicated(), "region_id"].tolist()
    if twice:
        fault = message(
            "{file} has the regions {ids} twice", file=path.name, ids=", ".join(map(str, twice))
        )
        raise InputError([Fault(None, "region_id", fault)])
    frame["covers"] = [tuple(names) for names in frame["covers"]]
    frame["focus"] = frame["focus"].astype(bool)
    frame["pcode"] = ""
    return frame[[*REGION_COLUMNS, "pcode", "geometry"]].set_index("region_id")


def _digest(data_dir: Path, *others: Path) -> str:
    digest = hashlib.sha256()
    for path in (
        *(data_dir / name for name in (PLACES_FILE, AXES_FILE, RIVERS_FILE, REGIONS_FILE)),
        *others,
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
