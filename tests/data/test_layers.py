"""The derived map layers fit together, fit the gazetteer and can be built again."""

import csv
import hashlib
import re
import shutil
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

DATA = Path(__file__).resolve().parents[2] / "data"
WINDOW_DEG = (-13.0, 9.0, 10.0, 26.0)
EQUAL_AREA = 6933
OVERLAP_TOLERANCE_KM2 = 0.01
FOCUS = {"BF", "ML", "NE"}
ROW = re.compile(
    r"^\| `(?P<path>[^`]+)` \| (?P<size>\d+) \| `(?P<sha256>[0-9a-f]{64})` \|$", re.MULTILINE
)
CHECKSUMS = {
    row["path"]: (int(row["size"]), row["sha256"])
    for row in ROW.finditer((DATA / "README.md").read_text(encoding="utf-8"))
}
OUTPUTS = {path: stated for path, stated in CHECKSUMS.items() if not path.startswith("/")}
INPUTS = {path: stated for path, stated in CHECKSUMS.items() if path.startswith("/")}


def size_and_sha256(path: Path) -> tuple[int, str]:
    content = path.read_bytes()
    return len(content), hashlib.sha256(content).hexdigest()


def missing_input() -> str | None:
    if shutil.which("gmt") is None:
        return "GMT is not installed"
    for name, stated in INPUTS.items():
        if not Path(name).is_file():
            return f"{name} is not installed"
        if size_and_sha256(Path(name)) != stated:
            return f"{name} is another version than the one the layers were built from"
    return None


@pytest.fixture(scope="module")
def regions() -> gpd.GeoDataFrame:
    return gpd.read_file(DATA / "layers/regions.geojson")


@pytest.fixture(scope="module")
def focus(regions: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return regions[regions["focus"]].set_index("region_id")


@pytest.fixture(scope="module")
def covered(focus: gpd.GeoDataFrame) -> list[tuple[str, str, str]]:
    return [
        (row.country, adm1, row.Index) for row in focus.itertuples() for adm1 in list(row.covers)
    ]


def places() -> list[dict[str, str]]:
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["country"] in FOCUS and row["adm1"]]


def test_readme_states_every_layer() -> None:
    built = {f"layers/{path.name}" for path in (DATA / "layers").iterdir()}
    assert set(OUTPUTS) == built
    assert len(INPUTS) == 3


@pytest.mark.parametrize("path", OUTPUTS)
def test_checksum_in_readme(path: str) -> None:
    assert size_and_sha256(DATA / path) == OUTPUTS[path]
    assert OUTPUTS[path][0] < 1_000_000


@pytest.mark.parametrize("path", OUTPUTS)
def test_geometries_are_valid_and_in_the_window(path: str) -> None:
    frame = gpd.read_file(DATA / path)
    assert frame.crs.to_epsg() == 4326
    assert frame.is_valid.all()
    assert not frame.is_empty.any()
    assert frame.covered_by(shapely.box(*WINDOW_DEG)).all()


def test_regions_have_stable_distinct_ids(regions: gpd.GeoDataFrame) -> None:
    assert regions["region_id"].is_unique
    assert regions["region_id"].is_monotonic_increasing
    assert set(regions.loc[regions["focus"], "country"]) == FOCUS
    assert not set(regions.loc[~regions["focus"], "country"]) & FOCUS


def test_focus_regions_do_not_overlap(focus: gpd.GeoDataFrame) -> None:
    polygons = focus.geometry.to_crs(EQUAL_AREA)
    for (one, first), (other, second) in combinations(polygons.items(), 2):
        overlap_km2 = first.intersection(second).area / 1e6
        assert overlap_km2 <= OVERLAP_TOLERANCE_KM2, (one, other)


def test_regions_fill_their_country(regions: gpd.GeoDataFrame) -> None:
    countries = gpd.read_file(DATA / "layers/countries.geojson").set_index("country")
    filled = regions.dissolve("country").geometry.to_crs(EQUAL_AREA)
    rest = countries.geometry.to_crs(EQUAL_AREA).symmetric_difference(filled)
    assert rest.area.max() / 1e6 <= OVERLAP_TOLERANCE_KM2


def test_every_adm1_is_covered_once(covered: list[tuple[str, str, str]]) -> None:
    names = [(country, adm1) for country, adm1, _ in covered]
    assert len(names) == len(set(names))
    assert {(row["country"], row["adm1"]) for row in places()} <= set(names)


def test_places_lie_in_the_region_of_their_adm1(
    focus: gpd.GeoDataFrame, covered: list[tuple[str, str, str]]
) -> None:
    region_of = {(country, adm1): region_id for country, adm1, region_id in covered}
    rows = [row for row in places() if float(row["coord_accuracy_km"]) <= 5]
    outside = [
        row["place_id"]
        for row in rows
        if not focus.geometry[region_of[row["country"], row["adm1"]]].covers(
            shapely.Point(float(row["longitude"]), float(row["latitude"]))
        )
    ]
    assert len(outside) <= 0.03 * len(rows), outside


def test_rivers_have_known_ranks() -> None:
    rivers = gpd.read_file(DATA / "layers/rivers.geojson")
    assert set(rivers.columns) == {"rank", "geometry"}
    assert set(rivers["rank"]) == {0, 1, 2, 3, 4, 6, 7}
    major = shapely.union_all(rivers.geometry[rivers["rank"] <= 1].to_numpy())
    for town_deg in [(2.10, 13.51), (-0.05, 16.27), (-6.26, 13.44)]:  # Niamey, Gao, Ségou
        assert major.distance(shapely.Point(town_deg)) < 0.05


def test_rebuilding_gives_the_same_bytes(tmp_path: Path) -> None:
    if reason := missing_input():
        pytest.skip(reason)
    command = [sys.executable, str(DATA / "build_layers.py"), "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert {path: size_and_sha256(tmp_path / Path(path).name) for path in OUTPUTS} == OUTPUTS
    assert all(digest in done.stdout for _, digest in OUTPUTS.values())


def test_missing_input_names_the_package(tmp_path: Path) -> None:
    absent = tmp_path / "none.gpkg"
    command = [sys.executable, str(DATA / "build_layers.py"), "--out", str(tmp_path / "out")]
    done = subprocess.run(
        [*command, "--world-map", str(absent)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "qgis-common" in done.stderr
    assert not (tmp_path / "out").exists()
