"""``roads`` and ``regions`` as a person runs them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from typer.testing import CliRunner

from benchmarks.extract import write_pbf
from geo import layers
from geo.__main__ import app
from geo.atlas import load
from geo.layers import stamp
from geo.roads.course import Drawn
from geo.roads.network.records import Network

RUNNER = CliRunner()
BEND = (0.02, 16.2)
"""Between Gao and Kobé, beside the straight line."""


def run(*words: object) -> Any:
    return RUNNER.invoke(app, [str(word) for word in words])


def roads(folder: Path) -> Path:
    """Return an extract with a road from Gao to Kobé that bends, and a lane beside it."""
    land = load(imported=False).gazetteer.places
    gao, kobe = (land[f"ml-gao-{name}"] for name in ("gao", "kobe"))
    points = [(gao.lon, gao.lat), BEND, (kobe.lon, kobe.lat), (5, 15), (5, 15.1)]
    path = folder / "gao.osm.pbf"
    units = np.rint(np.array(points) * 1e7).astype(np.int64)
    write_pbf(
        path, units, [np.array([0, 1, 2]), np.array([3, 4])],
        [{"highway": "trunk", "ref": "RN17"}, {"highway": "track"}],
    )  # fmt: skip
    return path


def regions(folder: Path) -> Path:
    frame = gpd.GeoDataFrame(
        {"admin1Name": ["Gao"], "admin1Pcod": ["ML07"]}, geometry=[shapely.box(-2, 15, 3, 18)],
        crs="EPSG:4326",
    )  # fmt: skip
    path = folder / "adm1.geojson"
    frame.to_file(path)
    return path


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_nothing_imported(data_folder: Path) -> None:
    done = run("roads", "info")
    assert done.exit_code == 0
    assert "No road network was imported" in done.stdout
    assert json.loads(run("roads", "info", "--json").stdout)["network"] is None
    assert not data_folder.exists()
    assert stamp() == ""


def test_an_imported_network_gives_the_axes_their_course(data_folder: Path, tmp_path: Path) -> None:
    before = load()
    done = run("roads", "import", roads(tmp_path), "--json")
    assert done.exit_code == 0, done.stderr
    facts = json.loads(done.stdout)
    assert facts["network"]["edges"] == 2
    assert facts["network"]["components"] == 2
    rn17 = next(axis for axis in facts["axes"] if axis["axis_id"] == "ML-RN17")
    assert rn17["network_km"] == 33.1
    assert rn17["legs"][:2] == ["network", "schematic"]

    after = load()
    axis = after.axes["ML-RN17"]
    assert axis.drawn[0] is Drawn.NETWORK
    assert BEND in list(zip(*(values.round(6) for values in axis.line[:2]), strict=True))
    assert axis.measure_at("ml-gao-kobe") == before.axes["ML-RN17"].measure_at("ml-gao-kobe")
    assert after.version != before.version
    assert after.attributions == ("© OpenStreetMap contributors, ODbL 1.0",)
    assert stamp() != ""
    folder = layers.current(layers.ROADS)
    assert folder is not None
    assert len(Network.open(folder)) == 2
    assert str(folder).startswith(str(data_folder))


@pytest.mark.usefixtures("data_folder")
def test_info_reads_for_people(tmp_path: Path) -> None:
    run("roads", "import", roads(tmp_path), "--attribution", "© we")
    told = run("roads", "info").stdout
    assert "To be named: © we" in told
    assert "2 connected parts" in told
    assert "ML-RN17 Gao–Ansongo–Labbezanga: 33.1 of 195.9 km" in told


def test_a_failed_import_leaves_everything_as_it_was(data_folder: Path, tmp_path: Path) -> None:
    path = roads(tmp_path)
    assert run("roads", "import", path).exit_code == 0
    before = everything(data_folder)
    path.write_bytes(path.read_bytes()[:-9])
    done = run("roads", "import", path)
    assert done.exit_code == 2
    assert "gao.osm.pbf is cut short" in done.stderr
    assert done.stdout == ""
    for options in (["--max-bytes", "100"], ["--layer", "rivers"]):
        assert run("roads", "import", regions(tmp_path), *options).exit_code == 2
    assert run("roads", "import", tmp_path / "nothing.gpkg").exit_code == 2
    assert everything(data_folder) == before


def test_a_zip_that_leads_out_of_its_folder(data_folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "trap.zip", "w") as archive:
        archive.writestr("../../roads.shp", b"x")
    for command in ("roads", "regions"):
        done = run(command, "import", tmp_path / "trap.zip")
        assert done.exit_code == 2
        assert "leads out of its folder" in done.stderr
    assert not data_folder.exists()


def test_regions_replace_those_of_their_country(data_folder: Path, tmp_path: Path) -> None:
    before = load()
    done = run("regions", "import", regions(tmp_path), "--attribution", "OCHA/DNCT", "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["regions"][0]["pcode"] == "ML07"
    assert "Kayes" in told["uncovered"]
    after = load()
    mali = after.regions[after.regions["country"] == "ML"]
    assert mali.index.tolist() == ["ml-gao"]
    assert mali["pcode"].tolist() == ["ML07"]
    others = before.regions[before.regions["country"] != "ML"].index
    assert set(after.regions.index) == {"ml-gao", *others}
    assert after.regions.crs == before.regions.crs
    assert after.attributions == ("OCHA/DNCT",)
    assert data_folder.exists()


@pytest.mark.usefixtures("data_folder")
def test_regions_that_cross_themselves_are_named_and_not_taken(tmp_path: Path) -> None:
    bow = shapely.Polygon([(0, 15), (1, 16), (1, 15), (0, 16)])
    frame = gpd.GeoDataFrame({"name": ["Gao"]}, geometry=[bow], crs="EPSG:4326")
    frame.to_file(tmp_path / "bow.gpkg")
    done = run("regions", "import", tmp_path / "bow.gpkg", "--country", "ML")
    assert done.exit_code == 2
    assert "feature 1 (Gao) crosses or touches itself" in done.stderr
    assert layers.current(layers.REGIONS) is None
    assert run("regions", "import", tmp_path / "bow.gpkg", "--country", "Mali").exit_code == 2


def test_a_damaged_layer_is_told_and_mended_by_importing_again(
    data_folder: Path, tmp_path: Path
) -> None:
    path, areas = roads(tmp_path), regions(tmp_path)
    assert run("roads", "import", path).exit_code == 0
    assert run("regions", "import", areas).exit_code == 0
    for name in ("courses.json", "regions.geojson"):
        (victim,) = data_folder.rglob(name)
        victim.write_bytes(b"x" * victim.stat().st_size)
    done = run("roads", "info")
    assert done.exit_code == 2
    assert "is damaged" in done.stderr
    assert run("regions", "import", areas).exit_code == 0
    assert run("roads", "import", path).exit_code == 0
    assert run("roads", "info").exit_code == 0
