"""Reading tables: every fault at once with row and column, the good rows kept."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.exchange.csvfile import write_table
from geo.exchange.tables import (
    Limits,
    Table,
    read_assertions,
    read_claims,
    read_incidents,
    read_links,
)
from geo.records import (
    ASSERTION_COLUMNS,
    CLAIM_COLUMNS,
    INCIDENT_COLUMNS,
    LINK_COLUMNS,
    InputError,
)
from tests.examples import examples

DATA = Path(__file__).parents[2] / "data"
HEAD = "incident_id,date_start,date_end,country,category,ied,km_from,note\n"
GOOD = "A,2025-02-07,2025-02-08,ML,ied,true,30,\n"


def read(text: str, limits: Limits | None = None) -> Table:
    return read_incidents(text.encode(), limits)


def where(table: Table) -> list[tuple[int | None, str | None]]:
    return [(fault.row, fault.column) for fault in table.faults]


def said(table: Table) -> str:
    return " ".join(str(fault.message) for fault in table.faults)


@pytest.mark.parametrize(
    ("name", "reader", "columns", "rows"),
    [
        ("incidents", read_incidents, INCIDENT_COLUMNS, 295),
        ("claims", read_claims, CLAIM_COLUMNS, 642),
        ("road_control", read_assertions, ASSERTION_COLUMNS, 153),
        ("links", read_links, LINK_COLUMNS, 31),
    ],
)
def test_the_starter_files_have_no_fault(name, reader, columns, rows) -> None:  # noqa: ANN001
    table = reader(DATA / f"{name}.csv")
    assert table.faults == ()
    assert len(table.frame) == rows
    assert tuple(table.frame.columns[: len(columns)]) == columns
    plain = pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(table.raw.reset_index(drop=True), plain)


def test_types_and_values_of_a_row() -> None:
    row = read(HEAD + GOOD).frame.loc[2]
    assert row["date_start"] == pd.Timestamp("2025-02-07")
    assert row["km_from"] == 30.0
    assert row["ied"]
    assert row["place"] == ""
    assert row["date_precision"] == "day"
    assert row["perpetrator_attribution"] == "unknown"
    assert pd.isna(row["latitude"])


def test_an_empty_end_is_the_start() -> None:
    row = read(HEAD + "A,2025-02-07,,ML,ied,,,\n").frame.loc[2]
    assert row["date_end"] == pd.Timestamp("2025-02-07")
    assert row["ied"] is pd.NA  # nobody says


def test_all_faults_at_once_and_the_good_rows_kept() -> None:
    table = read(
        HEAD
        + GOOD
        + "B,2025-13-07,2025-02-08,ML,ied,true,30,\n"  # line 3
        + "C,2025-02-09,2025-02-08,Mali,ide,maybe,many,\n"  # 4
        + "D,2025-02-07,2025-02-08,ML,ied,true,30,fine\n"
        + "A,2025-02-07,2025-02-08,ML,ied,true,30,\n"  # 6
        + ",2025-02-07,2025-02-08,ML,ied,true,-3,\n"  # 7
    )
    assert where(table) == [
        (3, "date_start"), (4, "date_end"), (4, "country"), (4, "category"), (4, "ied"),
        (4, "km_from"), (6, "incident_id"), (7, "incident_id"), (7, "km_from"),
    ]  # fmt: skip
    assert table.frame["incident_id"].tolist() == ["A", "D"]
    assert table.frame.index.tolist() == [2, 5]
    assert len(table.raw) == 6
    assert "Did you mean ied?" in said(table)
    assert "Did you mean ML?" in said(table)
    assert "A is already on line 2" in said(table)


def test_end_before_start() -> None:
    table = read(HEAD + "B,2025-02-09,2025-02-08,ML,ied,,,\n" + GOOD)
    assert where(table) == [(2, "date_end")]
    assert "2025-02-08 is before date_start 2025-02-09" in said(table)
    assert len(table.frame) == 1


def test_lines_are_counted_as_an_editor_does() -> None:
    quoted = 'A,2025-02-07,2025-02-08,ML,ied,true,30,"two\nlines, and\r\na third"\n'
    table = read(HEAD + quoted + "\n" + "B,x,2025-02-08,ML,ied,true,30,\n")
    assert where(table) == [(6, "date_start")]
    assert table.frame["note"].tolist() == ["two\nlines, and\r\na third"]


def test_rows_of_the_wrong_width() -> None:
    table = read(HEAD + GOOD[:-2] + "\n" + GOOD.replace(",\n", ",a,b\n") + GOOD)
    assert where(table) == [(2, None), (3, None)]
    assert "7 cells, the header has 8" in said(table)
    assert "9 cells, the header has 8" in said(table)
    assert table.frame.index.tolist() == [4]


def test_an_unbalanced_quote_costs_one_row() -> None:
    table = read(HEAD + GOOD + 'B,2025-02-07,,ML,ied,,,"open\n' + GOOD.replace("A", "C", 1))
    assert where(table) == [(3, None)]
    assert table.frame["incident_id"].tolist() == ["A", "C"]
    assert "quotes" in said(table)


def test_many_unbalanced_quotes_stay_quick() -> None:
    rows = "".join(f'"{i},2025-02-07,,ML,ied,,,"open\n' for i in range(20_000))
    table = read(HEAD + rows)
    assert len(table.frame) == 0
    assert int(re.findall(r"\d+", str(table.faults[-1].message))[0]) > 9_000


def test_a_file_made_to_be_read_again_and_again_is_given_up() -> None:
    # Every line closes the quote that the line before left open, and opens another.
    table = read(HEAD + GOOD + 'a","b\n' * 30_000, Limits(max_faults=30_000))
    assert len(table.faults) < 100
    assert "nothing was read from this line on" in str(table.faults[-1].message)
    assert len(table.frame) == 1


def test_too_many_columns_or_lines() -> None:
    with pytest.raises(InputError, match="1001 columns"):
        read(HEAD.strip() + "," * 993 + "\n")
    with pytest.raises(InputError, match="too many lines"):
        read(HEAD + "\n" * 30_000, Limits(max_rows=10))


def test_missing_columns_are_said_with_the_faults_of_the_rows() -> None:
    with pytest.raises(InputError) as raised:
        read("incident_id,date_strat,country,category\nA,2025-02-07,Mali,ied\n")
    found = [(fault.row, fault.column) for fault in raised.value.faults]
    assert found == [(1, "date_start"), (2, "country")]
    assert "date_strat" in str(raised.value.faults[0].message)


def test_unknown_columns_are_kept_as_text() -> None:
    table = read(HEAD.replace("note", "my own") + "A,2025-02-07,,ML,ied,,,=1+1\n")
    assert table.faults == ()
    assert table.frame["my own"].tolist() == ["=1+1"]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_found(delimiter: str) -> None:
    text = (HEAD + GOOD).replace(",", delimiter)
    pd.testing.assert_frame_equal(read(text).frame, read(HEAD + GOOD).frame)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark(ends: str) -> None:
    data = ("\ufeff" + HEAD + GOOD).replace("\n", ends).encode()
    pd.testing.assert_frame_equal(read_incidents(data).frame, read(HEAD + GOOD).frame)


def test_bytes_that_are_not_utf8() -> None:
    table = read_incidents(
        HEAD.encode() + GOOD.encode() + "B,2025-02-07,,ML,ied,,,Kobé\n".encode("cp1252")
    )
    assert where(table) == [(3, "note")]
    assert table.frame["incident_id"].tolist() == ["A"]
    assert "0xE9" in said(table)
    assert "“é” if the file is Windows-1252" in said(table)
    assert "UTF-8" in said(table)
    assert table.raw["note"].tolist() == ["", "Kob\ufffd"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\n \r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x00\x00", "empty"),
        (b"\x1c\n\x1f", "empty"),
        ((HEAD + GOOD).encode("utf-16"), "UTF-16"),
        (b'"incident_id,date_start\n', "header"),
        ("incident_id,Ã\xe9".encode("latin-1"), "column name"),
        (b"incident_id,incident_id\nA,B\n", "twice"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "column name"),
    ],
)
def test_files_that_are_no_table(data: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word):
        read_incidents(data)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_incidents(tmp_path / "none.csv")
    with pytest.raises(InputError, match="cannot be read"):
        read_incidents(tmp_path)


def test_a_header_alone_is_an_empty_table() -> None:
    table = read(HEAD)
    assert len(table.frame) == 0
    assert table.faults == ()
    assert table.frame["date_start"].dtype == "datetime64[us]"


def test_nul_bytes() -> None:
    table = read(HEAD + GOOD + "B,2025-02-07,,ML,ied,,,a\x00b\n")
    assert where(table) == [(3, "note")]
    assert "NUL" in said(table)


def test_bounds() -> None:
    rows = "".join(GOOD.replace("A", f"A{i}", 1) for i in range(10))
    with pytest.raises(InputError, match=r"larger than 0.0001 MB"):
        read(HEAD + rows, Limits(max_bytes=100))
    table = read(HEAD + rows, Limits(max_rows=4))
    assert len(table.frame) == 4
    assert where(table) == [(6, None)]
    table = read(HEAD + GOOD.replace(",\n", "," + "x" * 51 + "\n"), Limits(max_cell=50))
    assert where(table) == [(2, "note")]
    assert "51 characters" in said(table)


def test_the_faults_told_are_bounded_and_the_others_counted() -> None:
    rows = "".join(f"A{i},never,,ML,ied,maybe,,\n" for i in range(500))
    table = read(HEAD + rows, Limits(max_faults=10))
    assert len(table.faults) == 11
    assert where(table)[:4] == [
        (2, "date_start"), (2, "ied"), (3, "date_start"), (3, "ied"),
    ]  # fmt: skip
    assert str(table.faults[-1].message).startswith("… and 990 more")


COORDINATES = "incident_id,date_start,country,category,latitude,longitude\n"


@pytest.mark.parametrize(
    ("lat", "lon", "column", "word"),
    [
        ("16.057", "0.117", None, ""),
        ("", "", None, ""),
        ("48.85", "2.35", None, ""),  # Paris is elsewhere, not wrong
        ("0.117", "16.057", "latitude", "swapped"),
        ("-3.99", "17.5", "latitude", "swapped"),
        ("95", "0.1", "latitude", "out of range"),
        ("16", "181", "longitude", "not a coordinate"),
        ("16,057", "0.117", "latitude", "not a number"),
        ("16.057", "", "longitude", "Fill both or none"),
        ("", "0.117", "latitude", "Fill both or none"),
        ("nan", "0.117", "latitude", "not a number"),
        ("1e1", "0.117", "latitude", "not a number"),
        ("16°03'", "0.117", "latitude", "not a number"),
    ],
)
def test_coordinates(lat: str, lon: str, column: str | None, word: str) -> None:
    table = read(COORDINATES + f'A,2025-02-07,ML,ied,"{lat}","{lon}"\n')
    assert where(table) == ([(2, column)] if column else [])
    assert word in said(table)
    assert len(table.frame) == (0 if column else 1)


def test_figures_of_a_claim() -> None:
    head = "incident_id,field,low,best,high,stated_by,published_on\n"
    table = read_claims(
        (
            head
            + "A,killed,1,2,3,army,2025-02\n"
            + "A,killed,3,2,1,army,2025\n"  # line 3
            + "A,killed,,2.5,,army,2025-02-30\n"  # 4
            + "A,killed,1,2,3,army,2025-02\n"  # 5 repeats 2
            + "A,killed,,,50,the army,\n"  # 6
        ).encode()
    )
    assert where(table) == [
        (3, "low"), (4, "best"), (4, "published_on"), (5, None), (6, "stated_by"),
    ]  # fmt: skip
    assert "Did you mean army?" in said(table)


def read_to_place(text: str) -> Table:
    return read_incidents(text.encode(), require_id=False)


@pytest.mark.parametrize("header", ["location_text", "place", "route_from"])
def test_to_place_one_column_is_enough(header: str) -> None:
    table = read_to_place(f"{header},extra\nGao,1\nAnsongo,2\n")
    assert table.faults == ()
    assert table.frame[header].tolist() == ["Gao", "Ansongo"]
    assert table.frame["incident_id"].tolist() == ["row-2", "row-3"]
    assert table.frame["extra"].tolist() == ["1", "2"]
    assert set(INCIDENT_COLUMNS) <= set(table.frame.columns)
    assert table.frame["date_start"].isna().all()


def test_to_place_coordinates_are_enough_but_only_both() -> None:
    assert read_to_place("latitude,longitude\n16.1,0.2\n").frame["latitude"].tolist() == [16.1]
    with pytest.raises(InputError, match="No column says where"):
        read_to_place("latitude,country\n16.1,ML\n")


def test_to_place_a_fault_elsewhere_empties_the_cell_only() -> None:
    table = read_to_place(
        "incident_id,place,category,date_start,date_end,km_from\n"
        "A,Gao,explosion,7 Feb,2025-02-08,30\n"
        "A,Gao,ied,2025-02-09,2025-02-08,thirty\n"
        "A,Ansongo,ied,2025-02-09,2025-02-08,\n"
    )
    assert where(table) == [
        (2, "category"), (2, "date_start"), (3, "incident_id"), (3, "date_end"),
        (3, "km_from"), (4, "incident_id"), (4, "date_end"),
    ]  # fmt: skip
    assert table.frame["incident_id"].tolist() == ["A", "row-4"]
    assert table.frame["category"].tolist() == ["", "ied"]
    assert table.frame["date_start"].isna().tolist() == [True, True]
    assert table.raw["category"].tolist() == ["explosion", "ied", "ied"]


@settings(max_examples=examples(150), deadline=None)
@given(data=st.binary(max_size=300), headed=st.booleans(), strict=st.booleans())
@example(data=b'"', headed=True, strict=True)
@example(data=b"\xff\xfe", headed=False, strict=True)
@example(data=b"A,2025-02-07,,ML,ied,,,\r\rB", headed=True, strict=False)
def test_any_bytes_give_a_table_or_an_input_error(data: bytes, headed: bool, strict: bool) -> None:
    source = HEAD.replace("note", "place").encode() + data if headed else data
    try:
        table = read_incidents(source, require_id=strict)
    except InputError as error:
        faults = error.faults
    else:
        faults = list(table.faults)
        assert table.frame.index.is_unique
        assert len(table.frame) <= len(table.raw)
    assert all(str(fault.message) for fault in faults)


_CELL = st.text(st.sampled_from("=+-@\t\r\n'\",;aé<5. "), max_size=6)


@settings(max_examples=examples(50), deadline=None)
@given(notes=st.lists(_CELL, min_size=1, max_size=6))
def test_what_is_written_is_read_back(notes: list[str]) -> None:
    frame = pd.DataFrame(
        {
            "incident_id": [f"A{i}" for i in range(len(notes))],
            "date_start": pd.Timestamp("2025-02-07"),
            "country": "ML",
            "category": "ied",
            "note": notes,
        }
    )
    for excel in (True, False):
        table = read_incidents(write_table(frame, excel=excel))
        assert table.faults == ()
        # Cells are read without the spaces around them.
        assert table.frame["note"].tolist() == [note.strip() for note in notes]
        assert table.frame["date_start"].tolist() == frame["date_start"].tolist()


def test_long_files_are_read_in_bounded_time_per_row() -> None:
    # Distinct texts are parsed once, so a hundred times the rows must not cost a thousandfold.
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD.strip().split(","))
    writer.writerows(
        [f"A{i}", "2025-02-07", "2025-02-08", "ML", "ied", "true", "30", ""] for i in range(20_000)
    )
    table = read(text.getvalue())
    assert len(table.frame) == 20_000
