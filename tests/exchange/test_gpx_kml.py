"""GPX and KML: the order of the schemas, hostile text, and what GDAL reads back."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pyogrio
import pytest

from geo.exchange.gpx import NAMESPACE, Mark, PointRoute, Track, write_gpx
from geo.exchange.kml import Feature, Folder, Style, write_kml, write_kmz
from tests.gpx_schema import check_gpx

HOSTILE = '<script>alert(1)</script> & "Gao" ]]> \x00\x0b\ud800 Kobé'
KEPT = '<script>alert(1)</script> & "Gao" ]]>  Kobé'


LINE = [(-0.05, 16.27), (0.5, 15.66), (0.66, 14.96)]


@pytest.fixture
def document() -> str:
    noon = dt.datetime(2025, 2, 12, 12, tzinfo=dt.UTC)
    marks = [Mark(-0.05, 16.27, HOSTILE, HOSTILE, "town", "City (Small)", noon),
             Mark(0.66, 14.96, "Labbezanga")]  # fmt: skip
    return write_gpx(
        HOSTILE, "about", waypoints=marks[:1], routes=[PointRoute("r", HOSTILE, "avoid", marks)],
        tracks=[Track("t", "d", "avoid", [LINE[:2], LINE[1:]])],
    )  # fmt: skip


def test_gpx_follows_the_schema_and_escapes(document: str) -> None:
    root = check_gpx(document)
    (name,) = [e.text for e in root.findall(f"./{{{NAMESPACE}}}metadata/{{{NAMESPACE}}}name")]
    assert name == KEPT
    assert "<script" not in document


def test_gdal_reads_the_same_gpx_back(document: str, tmp_path: Path) -> None:
    path = tmp_path / "route.gpx"
    path.write_text(document, encoding="utf-8")
    track = pyogrio.read_dataframe(path, layer="tracks")
    assert [len(part.coords) for part in track.geometry[0].geoms] == [2, 2]
    points = pyogrio.read_dataframe(path, layer="route_points")
    assert points["name"].tolist() == [KEPT, "Labbezanga"]
    assert points.geometry[1].coords[0] == (0.66, 14.96)


def test_kml_is_escaped_twice_and_read_back_by_gdal(tmp_path: Path) -> None:
    line = Feature("A & B", [HOSTILE], "avoid", [(-0.05, 16.27), (0.66, 14.96)])
    point = Feature("<b>P</b>", ["x"], "avoid", [(0.5, 15.66)])
    text = write_kml(
        HOSTILE, ["about"], {"avoid": Style("#B2182B", 6)}, [Folder("F", [line, point])]
    )
    assert text == write_kml(HOSTILE, ["about"], {"avoid": Style("#B2182B", 6)},
                             [Folder("F", [line, point])])  # fmt: skip
    root = ET.fromstring(text)  # noqa: S314 - our own
    shown = [e.text or "" for e in root.iter("{http://www.opengis.net/kml/2.2}description")]
    # What a viewer takes for HTML still holds no tag from outside.
    assert all("<script" not in html for html in shown)
    assert any("&lt;script&gt;" in html for html in shown)
    colours = {e.text for e in root.iter("{http://www.opengis.net/kml/2.2}color")}
    assert colours == {"ff2b18b2"}
    path = tmp_path / "route.kmz"
    path.write_bytes(write_kmz(text))
    (packed,) = zipfile.ZipFile(path).infolist()
    assert packed.filename == "doc.kml"
    assert packed.compress_size < packed.file_size
    read = pyogrio.read_dataframe(path)
    assert read.geometry[0].coords[-1][:2] == (0.66, 14.96)
    assert read.geometry[1].coords[0][:2] == (0.5, 15.66)
