"""A map file is what its name says, or it is not opened."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from geo.exchange.vector import open_source
from geo.records import InputError

LINE = {"type": "LineString", "coordinates": [[0, 15], [1, 15]]}
FEATURES = {
    "type": "FeatureCollection",
    "features": [{"type": "Feature", "properties": {"name": "é"}, "geometry": LINE}],
}
VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{}</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>"
)


def told(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        open_source(path)
    return str(caught.value)


def test_a_plain_file_is_described(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps(FEATURES), encoding="utf-8")
    source = open_source(path)
    assert (source.fields, source.features, source.to_wgs84) == (("name",), 1, None)
    assert source.geometry_type == "LineString"


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg", "a.json"])
@pytest.mark.parametrize("zipped", [False, True])
def test_a_file_that_only_points_to_others(tmp_path: Path, name: str, zipped: bool) -> None:
    (tmp_path / "secret.geojson").write_text(json.dumps(FEATURES), encoding="utf-8")
    content = VRT.format(tmp_path / "secret.geojson")
    path = tmp_path / ("a.zip" if zipped else name)
    if zipped:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, content)
    else:
        path.write_text(content, encoding="utf-8")
    assert "is not what its name says" in told(path)


def test_a_recipe_in_json(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    command = f"gdal vector pipeline ! read {tmp_path / 'secret.geojson'}"
    recipe = {"type": "gdal_streamed_alg", "command_line": command}
    path.write_text(json.dumps(recipe), encoding="utf-8")
    assert "is not what its name says" in told(path)


def test_a_json_file_that_is_no_map(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"type": "Topology", "objects": {}, "arcs": []}', encoding="utf-8")
    assert "a.json" in told(path)


def test_an_unknown_kind_of_file_and_none_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.kml").write_text("x", encoding="utf-8")
    assert ".osm.pbf, .gpkg, .zip" in told(tmp_path / "a.kml")
    assert "There is no file" in told(tmp_path / "b.gpkg")


def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps(FEATURES)[:-30], encoding="utf-8")
    assert "cannot be read as a map" in told(path)
