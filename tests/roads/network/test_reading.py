"""Road lines from every kind of file, with the attributes of every kind of source."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from benchmarks.extract import write_pbf
from geo.i18n import Message
from geo.records import InputError
from geo.roads.network import tags
from geo.roads.network.importing import OSM_ATTRIBUTION, network_from_file
from geo.roads.network.reading import read_lines
from geo.roads.network.tags import RoadClass, Surface

UNITS = np.array([[0, 150_000_000], [10_000_000, 150_000_000], [10_000_000, 160_000_000],
                  [5_000_000, 145_000_000], [5_000_000, 155_000_000]])  # fmt: skip
HIGHWAY = {
    "highway": "trunk", "ref": "RN16;RN17", "name": "Gao road", "name:fr": "Route de Gao",
    "alt_name": "Al Qadim", "surface": "asphalt", "oneway": "yes",
}  # fmt: skip


def extract(folder: Path, *tagged: tuple[list[int], dict[str, str]]) -> Path:
    path = folder / "land.osm.pbf"
    write_pbf(path, UNITS, [np.array(way) for way, _ in tagged], [tag for _, tag in tagged])
    return path


def frame(**columns: Any) -> gpd.GeoDataFrame:
    shapes = [shapely.LineString([(0, 15), (1, 15)]), shapely.LineString([(0.5, 15), (0.5, 16)])]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")


def zipped(folder: Path, shapes: gpd.GeoDataFrame, *without: str) -> Path:
    """Return a zipped shapefile without some of its parts."""
    plain = folder / "plain"
    plain.mkdir()
    shapes.to_file(plain / "roads.shp")
    path = folder / "roads.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(plain.iterdir()):
            if part.suffix not in without:
                archive.write(part, f"roads/{part.name}")
    return path


def test_an_extract_brings_its_tags_along(tmp_path: Path) -> None:
    bridge = {"highway": "tertiary_link", "bridge": "yes"}
    path = extract(
        tmp_path, ([0, 1, 2], HIGHWAY), ([3, 4], bridge), ([0, 4], {"waterway": "river"})
    )
    network = network_from_file(path)
    edges = network.edges()
    assert edges.iloc[0][["ref", "name", "name_fr", "alt_name"]].tolist() == [
        "RN16;RN17", "Gao road", "Route de Gao", "Al Qadim"
    ]  # fmt: skip
    assert edges["road_class"].tolist() == ["trunk", "tertiary"]
    assert edges["surface"].tolist() == ["paved", "unknown"]
    assert edges["oneway"].tolist() == [1, 0]
    assert edges["level"].tolist() == [0, 1]
    assert network.facts["components"] == 2
    assert network.attributions == (OSM_ATTRIBUTION,)


def test_ways_for_feet_are_left_out_and_counted_ferries_stay(tmp_path: Path) -> None:
    path = extract(
        tmp_path, ([0, 1], {"highway": "footway"}), ([1, 2], {"route": "ferry"}),
        ([2, 3], {"highway": "goat_way"}),
    )  # fmt: skip
    lines, skipped = read_lines(path)
    assert skipped == 1
    assert lines.attributes["road_class"].tolist() == [RoadClass.FERRY, RoadClass.UNKNOWN]


def test_every_format_gives_the_same_network(tmp_path: Path) -> None:
    shapes = frame(highway=["primary", "track"], ref=["RN6", None], name=["é", None])
    shapes.to_file(tmp_path / "a.gpkg")
    shapes.to_file(tmp_path / "a.geojson")
    paths = [tmp_path / "a.gpkg", tmp_path / "a.geojson", zipped(tmp_path, shapes)]
    found = [network_from_file(path).edges() for path in paths]
    for other in found[1:]:
        assert other.equals(found[0])
    assert found[0]["ref"].tolist() == ["RN6", "RN6", ""]


def test_columns_of_wfp_and_natural_earth(tmp_path: Path) -> None:
    wfp = frame(fclass=[2, 6], onme=["A–B", ""], rtenme=["N5", ""], surface=["Paved", "Unpaved"])
    wfp.to_file(tmp_path / "wfp.gpkg")
    edges = network_from_file(tmp_path / "wfp.gpkg").edges()
    assert edges["road_class"].tolist() == ["primary", "primary", "track"]
    assert edges["surface"].tolist() == ["paved", "paved", "gravel"]
    assert edges["ref"].tolist() == ["N5", "N5", ""]
    assert edges["name"].tolist() == ["A–B", "A–B", ""]
    earth = frame(type=["Major Highway", "Track"], label=["N1", None], level=["Federal", None])
    earth.to_file(tmp_path / "ne.gpkg")
    edges = network_from_file(tmp_path / "ne.gpkg").edges()
    assert edges["road_class"].tolist() == ["trunk", "trunk", "track"]
    assert edges["level"].tolist() == [0, 0, 0]


def test_multilines_are_taken_apart_and_other_coordinates_turned(tmp_path: Path) -> None:
    shapes = frame()
    whole = gpd.GeoDataFrame(
        geometry=[shapely.MultiLineString(list(shapes.geometry))], crs="EPSG:4326"
    )
    whole.to_crs("EPSG:32631").to_file(tmp_path / "utm.gpkg")
    network = network_from_file(tmp_path / "utm.gpkg")
    assert len(network) == 3
    assert np.sort(network.lons) == pytest.approx([0, 0.5, 0.5, 1], abs=2e-7)


def test_a_length_is_missing_for_points_and_empty_shapes(tmp_path: Path) -> None:
    shapes = gpd.GeoDataFrame(
        geometry=[shapely.LineString([(0, 15), (1, 15)]), None, shapely.Point(0, 15),
                  shapely.LineString()], crs="EPSG:4326",
    )  # fmt: skip
    shapes.to_file(tmp_path / "mixed.geojson")
    lines, skipped = read_lines(tmp_path / "mixed.geojson")
    assert len(lines) == 1
    assert skipped == 2


def test_progress_is_told(tmp_path: Path) -> None:
    frame().to_file(tmp_path / "a.gpkg")
    told: list[tuple[Message, int, int | None]] = []
    network_from_file(tmp_path / "a.gpkg", progress=lambda *event: told.append(event))
    assert (str(told[0][0]), *told[0][1:]) == ("Reading", 2, 2)
    assert len({str(event[0]) for event in told}) == 4


def refused(path: Path, **options: Any) -> str:
    with pytest.raises(InputError) as caught:
        network_from_file(path, **options)
    return "\n".join(str(fault.message) for fault in caught.value.faults)


@pytest.mark.parametrize("cut", [20, 100, 0.5, -1])
def test_an_extract_cut_short(tmp_path: Path, cut: float) -> None:
    path = extract(tmp_path, ([0, 1, 2], HIGHWAY), ([3, 4], HIGHWAY))
    data = path.read_bytes()
    path.write_bytes(data[: round(cut * len(data)) if isinstance(cut, float) else cut])
    assert "land.osm.pbf is cut short" in refused(path)


def test_an_extract_with_damaged_blocks(tmp_path: Path) -> None:
    path = extract(tmp_path, ([0, 1, 2], HIGHWAY), ([3, 4], HIGHWAY))
    data = bytearray(path.read_bytes())
    data[-30:] = bytes(30)
    path.write_bytes(data)
    assert "land.osm.pbf" in refused(path)


@pytest.mark.parametrize("content", [b"", b"PK", b"<osm/>", b"\0\0\0\x0dsomething that is not"])
def test_no_extract_at_all(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "land.osm.pbf"
    path.write_bytes(content)
    assert "is not an OpenStreetMap extract" in refused(path)


@pytest.mark.parametrize("part", [".prj", ".dbf", ".shx"])
def test_a_shapefile_without_a_part(tmp_path: Path, part: str) -> None:
    told = refused(zipped(tmp_path, frame(highway=["track"] * 2), part))
    assert f"roads.zip/roads/roads.shp comes without its {part}" in told


def test_all_missing_parts_at_once(tmp_path: Path) -> None:
    told = refused(zipped(tmp_path, frame(highway=["track"] * 2), ".prj", ".dbf"))
    assert ".prj" in told
    assert ".dbf" in told


def test_swapped_coordinates(tmp_path: Path) -> None:
    swapped = gpd.GeoDataFrame(
        geometry=shapely.transform(frame().geometry, lambda xy: xy[:, ::-1] + [5, -3]),
        crs="EPSG:4326",
    )
    swapped.to_file(tmp_path / "swapped.gpkg")
    assert "longitude and latitude look swapped" in refused(tmp_path / "swapped.gpkg")


def test_coordinates_that_are_no_degrees(tmp_path: Path) -> None:
    metres = frame().to_crs("EPSG:32631").set_crs("EPSG:4326", allow_override=True)
    metres.to_file(tmp_path / "metres.gpkg")
    assert "points off the globe" in refused(tmp_path / "metres.gpkg")


def test_areas_are_no_roads_and_no_roads_are_told(tmp_path: Path) -> None:
    areas = gpd.GeoDataFrame(geometry=[shapely.box(0, 15, 1, 16)], crs="EPSG:4326")
    areas.to_file(tmp_path / "areas.gpkg")
    assert "roads are lines" in refused(tmp_path / "areas.gpkg")
    frame(highway=["path", "steps"]).to_file(tmp_path / "paths.gpkg")
    assert "holds no roads" in refused(tmp_path / "paths.gpkg")


def test_a_file_larger_than_the_bound(tmp_path: Path) -> None:
    path = tmp_path / "huge.osm.pbf"
    with path.open("wb") as file:
        file.truncate(3 * 1024**3)  # no bytes on the disk
    assert "huge.osm.pbf has 3221 MB; at most 2147 MB are taken" in refused(path)


@pytest.mark.parametrize(
    ("words", "level"),
    [(("2", "yes", ""), 2), (("", "viaduct", ""), 1), (("", "no", "yes"), -1), (("x", "", ""), 0)],
)
def test_levels(words: tuple[str, str, str], level: int) -> None:
    assert tags.level(*words) == level


def test_words_of_class_and_surface() -> None:
    assert tags.road_class("Trunk_link") is RoadClass.TRUNK
    assert tags.road_class("Ferry Route") is RoadClass.FERRY
    assert tags.road_class("PATH") is None
    assert tags.surface("Asphalt;unpaved") is Surface.PAVED
    assert (tags.oneway("-1"), tags.oneway("no"), tags.oneway("", "roundabout")) == (-1, 0, 1)


def test_the_reference_lines_become_one_network(reference: Any) -> None:
    network = network_from_file(reference("roads_osm_krantz_net.geojson"))
    assert (len(network), network.facts["components"]) == (633, 1)
    network = network_from_file(reference("synthetic_axes.osm.pbf"))
    assert "RN16" in network.edges()["ref"].tolist()
    # Axes that share a road bring it several times; it is there once.
    assert network.facts["repeated_edges"] > 0
    assert network.facts["components"] == 1
