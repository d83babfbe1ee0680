"""Open an outside map file: its bounds, its parts and its place on the earth checked first."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
import numpy.typing as npt
import pyogrio
from pyogrio.errors import DataSourceError
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from geo.exchange.archive import check_zip
from geo.exchange.pbf import check_pbf
from geo.i18n import Message, message
from geo.records import Fault, InputError

MAX_BYTES = 2 * 1024**3
"""Files larger than this are refused unless the operator says otherwise; Mali is a tenth of it."""
SUFFIXES = (".osm.pbf", ".gpkg", ".zip", ".geojson", ".json", ".shp")
_SHAPEFILE_PARTS = (".dbf", ".shx", ".prj")
_WGS84 = CRS.from_epsg(4326)
WINDOW = (-20.0, 5.0, 20.0, 30.0)
"""West, south, east, north of the lands that Piste knows: what looks swapped is judged by it."""

DRIVERS = frozenset({"OSM", "GPKG", "ESRI Shapefile", "GeoJSON", "GeoJSONSeq"})
_HEAD = 65_536
_MAGIC = {".gpkg": b"SQLite format 3\0", ".shp": b"\0\0\x27\x0a"}
_RECIPE = b"gdal_streamed_alg"
"""What makes GDAL take a JSON file for a recipe that reads other files."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Source:
    """A map file that may be read.

    Parameters
    ----------
    path
        The file as the operator named it.
    address
        What GDAL opens.
    layer
        Name of the layer to read.
    geometry_type
        As GDAL calls it: LineString, MultiPolygon, Unknown …
    fields
        Names of the attributes.
    features
        How many there are; ``None`` when only reading tells.
    to_wgs84
        Makes coordinates longitude and latitude; ``None`` when they are.
    options
        Options for opening.
    """

    path: Path
    address: str
    layer: str
    geometry_type: str
    fields: tuple[str, ...]
    features: int | None
    to_wgs84: Transformer | None
    options: dict[str, str]


def refuse(*texts: Message) -> InputError:
    """Return an error with a fault for each text."""
    return InputError([Fault(None, None, text) for text in texts])


def is_osm(path: Path) -> bool:
    """Tell whether a file is named as an OpenStreetMap extract."""
    return path.name.lower().endswith((".osm.pbf", ".pbf"))


def open_source(
    path: Path,
    layer: str | None = None,
    max_bytes: int = MAX_BYTES,
    osm_config: Path | None = None,
) -> Source:
    """Check a map file and say how it is to be read.

    Parameters
    ----------
    path
        .osm.pbf, .gpkg, .geojson or .json, .shp, or a .zip with a shapefile or one of these.
    layer
        Which layer, when there are several.
    max_bytes
        Bound on the size, for a zip also of what is in it.
    osm_config
        GDAL's settings for OpenStreetMap attributes.

    Raises
    ------
    InputError
        With what is wrong and what to do.
    """
    if not path.is_file():
        raise refuse(message("There is no file {file}.", file=str(path)))
    size = path.stat().st_size
    if size > max_bytes:
        raise refuse(
            message("{file} has {size} MB; at most {limit} MB are taken. Cut the file to the "
                    "country, or raise the bound with --max-bytes.",
                    file=path.name, size=size // 10**6, limit=max_bytes // 10**6)
        )  # fmt: skip
    options: dict[str, str] = {}
    if is_osm(path):
        check_pbf(path)
        address, layer = str(path), layer or "lines"
        options = {"CONFIG_FILE": str(osm_config)} if osm_config else {}
    else:
        address = _address(path, layer, max_bytes)
        layer = _layer(path, address, layer)
    return _described(path, address, layer, options)


def _address(path: Path, layer: str | None, max_bytes: int) -> str:
    suffix = path.suffix.lower()
    if suffix not in {*SUFFIXES, ".zip"}:
        raise refuse(
            message("{file} is none of the kinds that are read: {kinds}.",
                    file=path.name, kinds=", ".join(SUFFIXES))
        )  # fmt: skip
    if suffix != ".zip":
        with path.open("rb") as file:
            _check_head(path.name, suffix, file.read(_HEAD))
    if suffix == ".shp":
        _check_parts(path.name, {p.name.lower() for p in path.parent.iterdir()}, path.stem.lower())
    if suffix != ".zip":
        return str(path)
    names = check_zip(path, max_bytes)
    found = [n for n in names if PurePosixPath(n).suffix.lower() in {*SUFFIXES} - {".zip"}]
    wanted = [n for n in found if layer is None or PurePosixPath(n).stem == layer]
    if len(wanted) != 1:
        listed = ", ".join(PurePosixPath(n).stem for n in found)
        raise refuse(
            message("{file} holds several maps ({maps}). Say which with --layer.",
                    file=path.name, maps=listed)
            if found
            else message("{file} holds no map: no shapefile, GeoPackage or GeoJSON. Other zips "
                         "inside it must be unpacked first.", file=path.name)
        )  # fmt: skip
    member = PurePosixPath(wanted[0])
    if member.suffix.lower() == ".shp":
        beside = {
            PurePosixPath(n).name.lower() for n in names if PurePosixPath(n).parent == member.parent
        }
        _check_parts(f"{path.name}/{member}", beside, member.stem.lower())
    with zipfile.ZipFile(path) as archive, archive.open(wanted[0]) as file:
        _check_head(f"{path.name}/{member}", member.suffix.lower(), file.read(_HEAD))
    return f"/vsizip/{path.resolve()}/{wanted[0]}"


def _check_head(name: str, suffix: str, head: bytes) -> None:
    """Refuse a file that is not what its name says.

    GDAL goes by content and not by name, and knows formats that only tell it which other files or
    addresses to read.
    """
    if suffix in _MAGIC:
        fits = head.startswith(_MAGIC[suffix])
    else:
        fits = head.lstrip(b"\xef\xbb\xbf \t\r\n\x1e").startswith((b"{", b"[")) and (
            _RECIPE not in head
        )
    if not fits:
        raise refuse(
            message("{file} is not what its name says: it is no {kind} file.",
                    file=name, kind=suffix)
        )  # fmt: skip


def _check_parts(name: str, beside: set[str], stem: str) -> None:
    faults = [_MISSING_PART[part] for part in _SHAPEFILE_PARTS if stem + part not in beside]
    if faults:
        raise refuse(*(Message(fault.text, {"file": name}) for fault in faults))


_MISSING_PART = {
    ".dbf": message("{file} comes without its .dbf, where names and numbers stand. Add the file."),
    ".shx": message("{file} comes without its .shx, the index of its shapes. Add the file."),
    ".prj": message(
        "{file} comes without its .prj, so it is not known where on earth it lies. Add the file; "
        "for plain longitude and latitude save the layer again as WGS 84 (EPSG:4326)."
    ),
}


def _layer(path: Path, address: str, layer: str | None) -> str:
    try:
        layers = [str(name) for name, _ in pyogrio.list_layers(address)]
    except (DataSourceError, ValueError, OSError) as error:
        raise refuse(
            message("{file} cannot be read as a map: {why}", file=path.name, why=str(error))
        ) from error
    if layer is not None and path.suffix.lower() != ".zip":
        if layer not in layers:
            raise refuse(
                message("{file} has no layer {layer}; it has {layers}.",
                        file=path.name, layer=layer, layers=", ".join(layers))
            )  # fmt: skip
        return layer
    if len(layers) != 1:
        raise refuse(
            message("{file} holds several maps ({maps}). Say which with --layer.",
                    file=path.name, maps=", ".join(layers))
            if layers
            else message("{file} holds no map: no shapefile, GeoPackage or GeoJSON. Other zips "
                         "inside it must be unpacked first.", file=path.name)
        )  # fmt: skip
    return layers[0]


def _described(path: Path, address: str, layer: str, options: dict[str, str]) -> Source:
    try:
        info = pyogrio.read_info(address, layer=layer, **options)
    except (DataSourceError, ValueError, OSError) as error:
        raise refuse(
            message("{file} cannot be read as a map: {why}", file=path.name, why=str(error))
        ) from error
    if info["driver"] not in DRIVERS:
        kind = path.suffix.lower()
        raise refuse(
            message("{file} is not what its name says: it is no {kind} file.",
                    file=path.name, kind=kind)
        )  # fmt: skip
    features = int(info["features"])
    return Source(
        path, address, layer, str(info["geometry_type"]), tuple(map(str, info["fields"])),
        features if features >= 0 else None, _to_wgs84(path, info["crs"]), options,
    )  # fmt: skip


def _to_wgs84(path: Path, crs: str | None) -> Transformer | None:
    if crs is None:
        raise refuse(
            message("{file} does not say in which coordinates it is. Save the layer again as WGS "
                    "84 (EPSG:4326).", file=path.name)
        )  # fmt: skip
    try:
        known = CRS.from_user_input(crs)
        if known.equals(_WGS84, ignore_axis_order=True):
            return None
        return Transformer.from_crs(known, _WGS84, always_xy=True)
    except CRSError as error:
        raise refuse(
            message(
                "{file} is in coordinates that are not known here ({crs}). Save the layer "
                "again as WGS 84 (EPSG:4326).",
                file=path.name,
                crs=crs,
            )
        ) from error


def check_lonlat(path: Path, lonlat: Floats) -> None:
    """Check that coordinates are longitude and latitude, in this order.

    Parameters
    ----------
    path
        Whose name is told.
    lonlat
        Shape ``(n, 2)``, degrees.

    Raises
    ------
    InputError
        When some are off the globe, or most lie in `WINDOW` only after swapping.
    """
    if not len(lonlat):
        return
    west, south, east, north = WINDOW
    lon, lat = np.nanmedian(lonlat, axis=0)
    as_told = west <= lon <= east and south <= lat <= north
    if not as_told and west <= lat <= east and south <= lon <= north:
        raise refuse(
            message("In {file} longitude and latitude look swapped: its middle is at longitude "
                    "{lon}, latitude {lat}. Swap them and try again.",
                    file=path.name, lon=round(float(lon), 2), lat=round(float(lat), 2))
        )  # fmt: skip
    off = (np.abs(lonlat[:, 0]) > 180) | (np.abs(lonlat[:, 1]) > 90)  # noqa: PLR2004 - the globe
    if off.any():
        at = lonlat[np.flatnonzero(off)[0]]
        raise refuse(
            message("{file} has {count} points off the globe, the first at {x}, {y}. Its "
                    "coordinates are not longitude and latitude: save it again as WGS 84 "
                    "(EPSG:4326).",
                    file=path.name, count=int(off.sum()), x=float(at[0]), y=float(at[1]))
        )  # fmt: skip
