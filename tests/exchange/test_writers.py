"""Writers: valid GeoJSON, spreadsheets that execute nothing."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon

from geo.exchange.csvfile import defuse, undefuse, write_table
from geo.exchange.geojson import write_features
from geo.i18n import message
from geo.records import Category
from tests.examples import examples


def features(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    collection = json.loads(write_features(frame), parse_constant=pytest.fail)
    assert collection["type"] == "FeatureCollection"
    return collection["features"]


def geo(geometry: list[Any], crs: str | None = "EPSG:4326", **columns: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=geometry, crs=crs)


def test_values_become_plain() -> None:
    frame = geo(
        [Point(0.117, 16.057)],
        day=[pd.Timestamp("2025-02-07")],
        moment=[pd.Timestamp("2025-02-07T14:00:00Z")],
        python_day=[date(2025, 2, 7)],
        no_day=pd.Series([pd.NaT], dtype="datetime64[us]"),
        said=[message("near {place}", place="Kobé")],
        ids=[("a", "b")],
        flag=[True],
        maybe=pd.Series([pd.NA], dtype="boolean"),
        count=pd.Series([5], dtype="Int64"),
        no_count=pd.Series([pd.NA], dtype="Int64"),
        nan=[float("nan")],
        infinite=[float("inf")],
        code=[Category.IED],
        text=["<b>&\"'\u2028"],
        nothing=[None],
        numpy=[np.float64(2.5)],
    )
    (feature,) = features(frame)
    assert feature["geometry"] == {"type": "Point", "coordinates": [0.117, 16.057]}
    assert "id" not in feature
    assert feature["properties"] == {
        "day": "2025-02-07",
        "moment": "2025-02-07T14:00:00+00:00",
        "python_day": "2025-02-07",
        "no_day": None,
        "said": "near Kobé",
        "ids": ["a", "b"],
        "flag": True,
        "maybe": None,
        "count": 5,
        "no_count": None,
        "nan": None,
        "infinite": None,
        "code": "ied",
        "text": "<b>&\"'\u2028",
        "nothing": None,
        "numpy": 2.5,
    }
    assert feature["properties"]["flag"] is True


def test_geometries() -> None:
    clockwise = Polygon([(0, 0), (0, 1), (1, 1), (1, 0)])
    found = features(
        geo(
            [
                None,
                Point(),
                Point(float("nan"), float("nan")),
                Point(1.123456789, 2.000000049, 7),
                LineString([(0, 0), (1 / 3, 2 / 3)]),
                clockwise,
            ]
        )
    )
    assert [feature["geometry"] for feature in found[:3]] == [None, None, None]
    assert found[3]["geometry"]["coordinates"] == [1.123457, 2.0]
    assert found[4]["geometry"]["coordinates"] == [[0, 0], [0.333333, 0.666667]]
    ring = found[5]["geometry"]["coordinates"][0]
    assert shapely.is_ccw(shapely.linearrings(ring))


def test_other_crs_become_wgs84() -> None:
    at_kobe = geo([Point(0.117, 16.057)]).to_crs("EPSG:3857")
    (feature,) = features(at_kobe)
    assert feature["geometry"]["coordinates"] == pytest.approx([0.117, 16.057], abs=1e-6)


def test_a_named_index_is_the_id_and_a_property() -> None:
    frame = geo([None, None], a=[1, 2]).set_axis(pd.Index(["x", "y"], name="incident_id"))
    found = features(frame)
    assert [feature["id"] for feature in found] == ["x", "y"]
    assert found[0]["properties"] == {"incident_id": "x", "a": 1}


def test_no_rows_and_no_columns() -> None:
    assert features(geo([])) == []
    assert features(geo([None]))[0]["properties"] == {}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+33 1 23", "'+33 1 23"),
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("-5+cmd|' /C calc'!A0", "'-5+cmd|' /C calc'!A0"),
        ("- five", "'- five"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("l'eau", "l'eau"),
        ("'x", "'x"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_formulas_are_defused(text: str, written: str) -> None:
    assert defuse(text) == written
    assert undefuse(written) == text


@given(text=st.text(st.sampled_from("'=+-@\t\r\n1.＝a"), max_size=8))
def test_defusing_is_undone_exactly(text: str) -> None:
    assert undefuse(defuse(text)) == text


def test_a_table_for_excel() -> None:
    frame = pd.DataFrame(
        {
            "=name": ["Kobé", "a,b", 'say "x"', "two\nlines", None],
            "km": [30.0, 12.5, -3.0, float("nan"), 0.0],
            "ied": [True, False, True, False, True],
            "toll": pd.array([1, None, 3, 4, 5], dtype="Int64"),
            "ids": [("a", "b"), (), ("=x",), (), ()],
            "day": pd.to_datetime(["2025-02-07", None, None, None, None]),
        },
        index=pd.Index(list("vwxyz"), name="incident_id"),
    )
    data = write_table(frame)
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.splitlines()[0] == "incident_id,'=name,km,ied,toll,ids,day"
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == [
        ["v", "Kobé", "30", "true", "1", "a; b", "2025-02-07"],
        ["w", "a,b", "12.5", "false", "", "", ""],
        ["x", 'say "x"', "-3", "true", "3", "'=x", ""],
        ["y", "two\nlines", "", "false", "4", "", ""],
        ["z", "", "0", "true", "5", "", ""],
    ]
    assert text.count("\r\n") == 6


def test_an_unnamed_index_is_left_out_and_a_double_too() -> None:
    frame = pd.DataFrame({"a": [1]})
    assert write_table(frame, excel=False) == b"a\n1\n"
    named = frame.set_axis(pd.Index([1], name="a"))
    assert write_table(named, excel=False) == b"a\n1\n"


def test_a_geometry_is_written_as_text() -> None:
    data = write_table(geo([Point(0.117, 16.057), None], a=[1, 2]), excel=False)
    assert data == b"a,geometry\n1,POINT (0.117 16.057)\n2,\n"


@settings(max_examples=examples(60), deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.text(max_size=5), st.one_of(st.none(), st.text(max_size=5))), max_size=4
    )
)
def test_any_text_survives(rows: list[tuple[str, str | None]]) -> None:
    # surrogates cannot be text in a frame; everything else comes back.
    frame = pd.DataFrame(rows, columns=["a", "b"], dtype=object)
    text = write_table(frame).decode("utf-8-sig")
    back = [[undefuse(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    assert back == [["a", "b"], *[[a, b or ""] for a, b in rows]]
    collection = json.loads(write_features(gpd.GeoDataFrame(frame, geometry=[None] * len(frame))))
    assert [list(f["properties"].values()) for f in collection["features"]] == [
        [a, b] for a, b in rows
    ]
