"""A workbook holds what the table holds, as text and numbers and nothing that acts."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.exchange import workbook
from geo.exchange.workbook import write_workbook
from geo.records import InputError

ON = date(2025, 2, 12)
NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
HOSTILE = [
    "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")',
    "<b>&amp;</b>", "\u202eabc", "😀", "http://x.org/", "x" * 300, "007", "", "1e5", "{=1+1}",
]  # fmt: skip


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def cells(data: bytes) -> list[list[tuple[str, str]]]:
    """Return type and value of every cell that is written, row by row."""
    found = parts(data)
    shared = ET.fromstring(found["xl/sharedStrings.xml"])  # noqa: S314 - our own file
    texts = ["".join(t.text or "" for t in si.iterfind(".//x:t", NS)) for si in shared]
    sheet = ET.fromstring(found["xl/worksheets/sheet1.xml"])  # noqa: S314
    rows = []
    for row in sheet.iterfind(".//x:row", NS):
        told = []
        for cell in row:
            value = cell.findtext("x:v", "", NS)
            kind = cell.get("t", "n")
            told.append((kind, texts[int(value)] if kind == "s" else value))
        rows.append(told)
    return rows


def test_what_looks_like_a_formula_is_text() -> None:
    frame = pd.DataFrame({"=A1": HOSTILE})
    data = write_workbook(frame, "Incidents", ON)
    told = cells(data)
    assert [cell for row in told for cell in row] == [("s", text) for text in ["=A1", *HOSTILE]]
    sheet = parts(data)["xl/worksheets/sheet1.xml"]
    assert not re.search(rb"<f[ >/]|hyperlink", sheet)
    assert not [
        name for name in parts(data) if re.search("vba|macro|external|link", name, re.IGNORECASE)
    ]


def test_numbers_truths_lists_and_absent_cells() -> None:
    frame = pd.DataFrame(
        {"n": [1, 2], "f": [0.5, np.nan], "b": [True, False], "l": [("a", "b"), ()],
         "d": pd.to_datetime(["2025-02-07", None])},
        index=pd.Index(["x", "y"], name="id"),
    )  # fmt: skip
    assert cells(write_workbook(frame, "Incidents", ON)) == [
        [("s", name) for name in ("id", "n", "f", "b", "l", "d")],
        [("s", "x"), ("n", "1"), ("n", "0.5"), ("b", "1"), ("s", "a; b"), ("s", "2025-02-07")],
        [("s", "y"), ("n", "2"), ("b", "0"), ("s", "")],
    ]


def test_the_same_table_gives_the_same_bytes() -> None:
    frame = pd.DataFrame({"a": ["x", "=y"]})
    assert write_workbook(frame, "A", ON) == write_workbook(frame, "A", ON)


def test_what_a_workbook_cannot_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    long = pd.DataFrame({"a": ["x" * 40_000]})
    ((kind, text),) = cells(write_workbook(long, "A", ON))[1]
    assert (kind, len(text), text[-2:]) == ("s", workbook.MAX_LETTERS, "x…")
    monkeypatch.setattr(workbook, "MAX_ROWS", 2)
    with pytest.raises(InputError, match="holds 2 rows, this table has 3"):
        write_workbook(pd.DataFrame({"a": [1, 2, 3]}), "A", ON)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_any_text_is_a_string_in_well_formed_xml(texts: list[str]) -> None:
    told = cells(write_workbook(pd.DataFrame({"a": texts}), "A", ON))
    assert [kind for row in told for kind, _ in row] == ["s"] * (len(texts) + 1)
