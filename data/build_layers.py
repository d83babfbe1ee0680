"""Build the map layers in ``data/layers`` from data that Debian ships.

Countries and first-level regions come from Natural Earth (as simplified by the QGIS project),
rivers and lake shores from GSHHG/WDBII through GMT.  The same inputs give the same bytes.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

WINDOW_DEG = (-13.0, 9.0, 10.0, 26.0)
"""West, south, east and north edge of every layer."""
DECIMALS = 5
RIVER_TOLERANCE_DEG = 0.002
WORLD_MAP = Path("/usr/share/qgis/resources/data/world_map.gpkg")
GSHHG = Path("/usr/share/gmt-gshhg/binned_river_h.nc")
LAYERS = Path(__file__).resolve().parent / "layers"

FOCUS = ("BF", "ML", "NE")
COUNTRY_NAMES = {"EH": "Western Sahara"}
"""English names where the source abbreviates."""
REGION_NAMES = {("ML", "Timbuktu"): "Tombouctou", ("GN", "Boke"): "Boké"}
COVERS = {("ML", "Gao"): ["Gao", "Ménaka"]}
"""Regions of the gazetteer that the source still shows as one polygon."""
BURKINA_REGIONS = {
    "Boucle du Mouhoun": "Balé|Banwa|Kossi|Mou Houn|Nayala|Sourou",
    "Cascades": "Komoé|Léraba",
    "Centre": "Kadiogo",
    "Centre-Est": "Boulgou|Koulpélogo|Kouritenga",
    "Centre-Nord": "Bam|Namentenga|Sanmatenga",
    "Centre-Ouest": "Boulkiemdé|Sanguié|Sissili|Ziro",
    "Centre-Sud": "Bazéga|Nahouri|Zoundwéogo",
    "Est": "Gnagna|Gourma|Komondjari|Kompienga|Tapoa",
    "Hauts-Bassins": "Houet|Kénédougou|Tuy",
    "Nord": "Loroum|Passoré|Yatenga|Zondoma",
    "Plateau-Central": "Ganzourgou|Kourwéogo|Oubritenga",
    "Sahel": "Oudalan|Séno|Soum|Yagha",
    "Sud-Ouest": "Bougouriba|Ioba|Noumbiel|Poni",
}
"""The 13 regions of before 2025 and their provinces, spelt as in the source."""
SHORE_RANK = 0
RIVER_RANKS = (1, 2, 3, 4, 6, 7)
"""WDBII classes: permanent 1 to 4, intermittent 6 and 7 (5 is empty in this window)."""

Feature = tuple[dict[str, Any], BaseGeometry]


def main(argv: list[str] | None = None) -> int:
    """Build the layers and print their checksums as rows of the table in the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=LAYERS, help="folder to write to")
    parser.add_argument("--world-map", type=Path, default=WORLD_MAP, help="Natural Earth package")
    options = parser.parse_args(argv)
    try:
        require_inputs(options.world_map)
        layers = {
            "countries.geojson": countries(options.world_map),
            "regions.geojson": regions(options.world_map),
            "rivers.geojson": rivers(),
        }
    except (FileNotFoundError, RuntimeError, ValueError) as error:
        print(f"build_layers: {error}", file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    for name, features in layers.items():
        content = to_geojson(features).encode()
        (options.out / name).write_bytes(content)
        print(f"| `layers/{name}` | {len(content)} | `{hashlib.sha256(content).hexdigest()}` |")
    return 0


def require_inputs(world_map: Path) -> None:
    """Say which Debian package is missing, if one is.

    Raises
    ------
    FileNotFoundError
        With the command that installs what is missing.
    """
    present = {
        "qgis-common": world_map.is_file(),
        "gmt": shutil.which("gmt") is not None,
        "gmt-gshhg-high": GSHHG.is_file(),
    }
    missing = [package for package, found in present.items() if not found]
    if missing:
        raise FileNotFoundError(f"input missing, run: apt-get install {' '.join(missing)}")


def countries(world_map: Path) -> list[Feature]:
    """Read the countries that touch the window.

    Returns
    -------
    list of Feature
        Sorted by country code.
    """
    frame = gpd.read_file(world_map, layer="countries", bbox=WINDOW_DEG)
    frame["name"] = [
        COUNTRY_NAMES.get(code, name)
        for code, name in zip(frame["iso_a2"], frame["NAME"], strict=True)
    ]
    frame = clip_coverage(frame).sort_values("iso_a2")
    return [
        ({"country": row.iso_a2, "name": row.name}, row.geometry)
        for row in frame.itertuples(index=False)
    ]


def regions(world_map: Path) -> list[Feature]:
    """Read the first-level regions that touch the window.

    The source has provinces for Burkina Faso and prefectures for Guinea: both are dissolved.

    Returns
    -------
    list of Feature
        Sorted by region id.
    """
    frame = gpd.read_file(world_map, layer="states_provinces", bbox=WINDOW_DEG)
    frame["region"] = [
        region_name(row.iso_a2, row.name, row.woe_name) for row in frame.itertuples(index=False)
    ]
    frame = frame.dissolve(["iso_a2", "region"], as_index=False, method="coverage")
    frame = clip_coverage(frame)
    features = []
    for row in frame.itertuples(index=False):
        properties = {
            "region_id": slug(f"{row.iso_a2} {row.region}"),
            "country": row.iso_a2,
            "name": row.region,
            "focus": row.iso_a2 in FOCUS,
            "covers": COVERS.get((row.iso_a2, row.region), [row.region]),
        }
        features.append((properties, row.geometry))
    return sorted(features, key=lambda feature: feature[0]["region_id"])


def region_name(country: str, unit: str, parent: str) -> str:
    """Name the first-level region of a unit of the source.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code.
    unit
        Name of the unit in the source.
    parent
        What the source calls the unit above; only used for Guinea.

    Raises
    ------
    ValueError
        For a province of Burkina Faso that no region lists.
    """
    if country == "BF":
        for region, provinces in BURKINA_REGIONS.items():
            if unit in provinces.split("|"):
                return region
        raise ValueError(f"province of Burkina Faso without a region: {unit}")
    name = parent if country == "GN" else unit
    return REGION_NAMES.get((country, name), name)


def slug(text: str) -> str:
    """Make an identifier of a name: "ML Ségou" gives "ml-segou"."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = "".join(char if char.isalnum() else " " for char in ascii_text.lower()).split()
    return "-".join(words)


def clip_coverage(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Cut polygons at the window and round them, and see that neighbours still fit together.

    Raises
    ------
    ValueError
        When two polygons overlap or their common border differs.
    """
    frame = frame.to_crs(4326)
    clipped = frame.intersection(shapely.box(*WINDOW_DEG))
    frame = frame.set_geometry(gpd.GeoSeries([tidy(geometry) for geometry in clipped], crs=4326))
    frame = frame[~frame.is_empty]
    if not (frame.is_valid.all() and shapely.coverage_is_valid(frame.geometry.to_numpy())):
        raise ValueError("neighbouring polygons no longer fit together after rounding")
    return frame


def tidy(geometry: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of a geometry, rounded, in a fixed order and turned as GeoJSON asks."""
    parts = [part for part in shapely.get_parts(geometry) if isinstance(part, Polygon)]
    rounded = rounded_geometry(parts[0] if len(parts) == 1 else MultiPolygon(parts))
    return shapely.orient_polygons(shapely.normalize(rounded))


def rounded_geometry(geometry: BaseGeometry) -> BaseGeometry:
    """Round every vertex on its own, so that a shared vertex stays shared, and drop repeats."""
    rounded = shapely.transform(geometry, lambda degrees: np.round(degrees, DECIMALS) + 0.0)
    return shapely.remove_repeated_points(rounded)


def rivers() -> list[Feature]:
    """Read rivers and the shores of lakes and double-lined rivers from GSHHG.

    Returns
    -------
    list of Feature
        Sorted by rank, then by coordinates.
    """
    shores = [*gmt_lines("-I0"), *gmt_lines("-W", "-A0/2/4+l")]
    ranked = {SHORE_RANK: shores} | {rank: gmt_lines(f"-I{rank}") for rank in RIVER_RANKS}
    return [
        ({"rank": rank}, line)
        for rank in sorted(ranked)
        for line in sorted(joined(ranked[rank]), key=lambda line: list(line.coords))
    ]


def gmt_lines(*selection: str) -> list[LineString]:
    """Dump lines of the high-resolution GSHHG with ``gmt coast``.

    Parameters
    ----------
    *selection
        Which features, as options of ``gmt coast``.

    Raises
    ------
    RuntimeError
        When GMT fails or finds nothing.
    """
    west, south, east, north = WINDOW_DEG  # GMT draws along the edge of its region: keep it away
    region = f"-R{west - 1:g}/{east + 1:g}/{south - 1:g}/{north + 1:g}"
    command = ["gmt", "coast", region, "-Dh", "-M", *selection, "--FORMAT_FLOAT_OUT=%.8f"]
    with tempfile.TemporaryDirectory() as folder:  # GMT leaves a history file where it runs
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    lines = [LineString(points) for points in segments(done.stdout) if len(points) > 1]
    if done.returncode or not lines:
        raise RuntimeError(f"{' '.join(command)} gave nothing: {done.stderr.strip()}")
    return lines


def segments(dump: str) -> Iterator[list[tuple[float, float]]]:
    """Split a GMT multi-segment table into lists of longitude and latitude."""
    for block in dump.split(">")[1:]:
        rows = (row.split() for row in block.splitlines()[1:] if not row.startswith("#"))
        yield [(float(row[0]), float(row[1])) for row in rows if row]


def joined(lines: list[LineString]) -> list[LineString]:
    """Join the pieces GSHHG cuts at its bins, thin out, cut at the window and round."""
    merged = shapely.line_merge(shapely.union_all([rounded_geometry(line) for line in lines]))
    cut = merged.simplify(RIVER_TOLERANCE_DEG).intersection(shapely.box(*WINDOW_DEG))
    parts = [shapely.normalize(rounded_geometry(part)) for part in shapely.get_parts(cut)]
    return [part for part in parts if isinstance(part, LineString) and part.length > 0]


def to_geojson(features: Iterable[Feature]) -> str:
    """Write a feature collection with one feature per line."""
    rows = (
        json.dumps(
            {
                "type": "Feature",
                "properties": properties,
                "geometry": shapely.geometry.mapping(geometry),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, geometry in features
    )
    body = ",\n".join(rows)
    return f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'


if __name__ == "__main__":
    sys.exit(main())
