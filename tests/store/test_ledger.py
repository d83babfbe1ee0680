"""The ledger: append-only, all or nothing, corrections as new lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from geo.records import InputError
from geo.store import Ledger, Line, LineKind
from geo.store.lines import standing
from geo.store.schema import create
from tests.examples import examples

DAY = date(2025, 2, 8)


def incident(entity: str, known_on: date = DAY, **body: Any) -> Line:
    start = body.pop("date_start", "2025-02-07")
    full = {"incident_id": entity, "date_start": start, "date_end": start, **body}
    return Line(LineKind.INCIDENT, entity, known_on, body=full)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'folder' / 'ledger.db'}"


@pytest.fixture
def ledger(url: str) -> Any:
    opened = Ledger.open(url)
    yield opened
    opened.close()


def test_lines_come_back_as_they_were_said(ledger: Ledger) -> None:
    body = {
        "incident_id": "A",
        "date_start": "2025-02-07",
        "date_end": "2025-02-09",
        "km_from": 30,
        "ied": True,
        "place": "Kobé “x”\n<b>|'",
        "latitude": 16.057,
    }
    line = Line(LineKind.INCIDENT, "A", DAY, known_assumed=True, body=body)
    assert ledger.append([line], "amina") == [1]
    row = ledger.frames().incidents.loc[1]
    assert row["place"] == "Kobé “x”\n<b>|'"
    assert row["km_from"] == 30.0
    assert row["latitude"] == 16.057
    assert pd.isna(row["longitude"])
    assert row["ied"]
    assert row["date_end"] == pd.Timestamp("2025-02-09")
    assert row["known_on"] == pd.Timestamp(DAY)
    assert row["known_assumed"]
    assert row["category"] == ""
    assert row["recorded_at"].tzname() == "UTC"


def test_a_correction_is_a_new_line_that_supersedes(ledger: Ledger) -> None:
    assert ledger.append([incident("A", place="Gao"), incident("B")], "x") == [1, 2]
    assert ledger.append([incident("A", date(2025, 2, 12), place="Kobé")], "x") == [3]
    frame = ledger.frames().incidents
    assert frame["place"].tolist() == ["Gao", "", "Kobé"]
    assert frame["hidden_on"].dt.date.tolist() == [date(2025, 2, 12), *[date(9999, 12, 31)] * 2]
    with ledger.reading() as connection:
        chain = connection.execute(text("SELECT line_id, supersedes FROM line ORDER BY 1")).all()
    assert [tuple(row) for row in chain] == [(1, None), (2, None), (3, 1)]


def test_corrections_within_one_batch_chain(ledger: Ledger) -> None:
    ledger.append([incident("A"), incident("A"), incident("A")], "x")
    with ledger.reading() as connection:
        chain = connection.execute(text("SELECT supersedes FROM line ORDER BY line_id")).all()
    assert [row[0] for row in chain] == [None, 1, 2]


def test_a_retraction_takes_the_entity_away(ledger: Ledger) -> None:
    ledger.append([incident("A")], "x")
    ledger.append([replace(incident("A"), retracted=True, body={})], "x")
    assert standing(ledger.frames().incidents).empty


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE line SET body = '{}'",
        "UPDATE line SET known_on = '2020-01-01' WHERE line_id = 1",
        "DELETE FROM line",
        "DELETE FROM line WHERE line_id = 1",
        "INSERT OR REPLACE INTO line SELECT * FROM line WHERE line_id = 1",
        "REPLACE INTO line SELECT * FROM line",
        "UPDATE ledger SET ledger_id = 'other'",
        "DELETE FROM ledger",
        "INSERT OR REPLACE INTO ledger SELECT * FROM ledger",
    ],
)
def test_the_database_refuses_every_change(ledger: Ledger, statement: str) -> None:
    ledger.append([incident("A", place="Gao")], "x")
    before = ledger.frames().incidents
    engine = create_engine(ledger.url)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    pd.testing.assert_frame_equal(ledger.frames().incidents, before)


def test_no_function_changes_a_line() -> None:
    public = {name for name in vars(Ledger) if not name.startswith("_")}
    assert public == {
        "append", "close", "frames", "history", "last_line_id", "open", "reading", "url",
        "version", "writing",
    }  # fmt: skip


def test_a_batch_that_fails_leaves_nothing(ledger: Ledger) -> None:
    ledger.append([incident("A")], "x")
    lines = [incident(f"B{i}") for i in range(20_000)]

    def interrupt(done: int, total: int) -> None:
        assert (done, total) == (10_000, 20_000)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ledger.append(lines, "x", progress=interrupt)
    assert ledger.frames().incidents["incident_id"].tolist() == ["A"]
    assert ledger.append([incident("C")], "x") == [2]


@pytest.mark.parametrize(
    "body",
    [
        {"latitude": float("nan")},
        {"km_from": "30"},
        {"ied": 1},
        {"date_start": "2025-02-30"},
        {"date_start": "20250207"},
        {"place": None},
        {"place": "a\x00b"},
        {"place": "\udce9"},
        {"unheard_of": "x"},
        {"km_from": True},
    ],
)
def test_what_could_not_be_read_back_is_refused(ledger: Ledger, body: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        ledger.append([incident("A"), Line(LineKind.INCIDENT, "B", DAY, body=body)], "x")
    assert ledger.last_line_id() == 0


def test_whole_numbers_stay_whole(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        ledger.append([Line(LineKind.CLAIM, "A:1", DAY, body={"low": 2.5})], "x")
    ledger.append([Line(LineKind.CLAIM, "A:1", DAY, body={"low": 2})], "x")
    claims = ledger.frames().claims
    assert claims["low"].dtype == "Int64"
    assert claims[["low", "best"]].iloc[0].tolist() == [2, pd.NA]


def test_the_version_follows_the_lines(ledger: Ledger, tmp_path: Path) -> None:
    seen = [ledger.version()]
    for name in "AB":
        ledger.append([incident(name)], "x")
        seen.append(ledger.version())
        assert ledger.frames().version == seen[-1]
    assert len(set(seen)) == 3
    other = Ledger.open(f"sqlite:///{tmp_path / 'other.db'}")
    other.append([incident("A"), incident("B")], "x")
    assert other.version() != seen[-1]
    other.close()


def test_a_reopened_ledger_is_the_same(url: str) -> None:
    first = Ledger.open(url)
    first.append([incident("A")], "x")
    first.close()
    second = Ledger.open(url)
    assert second.ledger_id == first.ledger_id
    assert second.append([incident("B")], "x") == [2]
    second.close()


_LINES = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(1, 9), st.booleans()), min_size=1, max_size=8
)


@settings(max_examples=examples(15), deadline=None)
@given(batches=st.lists(_LINES, min_size=1, max_size=4))
def test_reading_on_gives_what_reading_anew_gives(
    batches: list[list[tuple[str, int, bool]]],
) -> None:
    ledger = Ledger.open("sqlite://")
    frames = ledger.frames()
    for batch in batches:
        ledger.append(
            [replace(incident(e, date(2025, 2, d)), retracted=gone) for e, d, gone in batch], "x"
        )
        frames = ledger.frames(since=frames)
    anew = ledger.frames()
    ledger.close()
    assert frames.version == anew.version
    pd.testing.assert_frame_equal(frames.incidents, anew.incidents)
    # hidden_on against its definition, line by line.
    said = anew.incidents
    for line_id, line in said.iterrows():
        later = said[(said.index > line_id) & (said["entity_id"] == line["entity_id"])]
        expected = later["known_on"].min() if len(later) else pd.Timestamp("9999-12-31")
        assert line["hidden_on"] == expected


def test_nothing_new_reads_nothing(ledger: Ledger) -> None:
    ledger.append([incident("A")], "x")
    frames = ledger.frames()
    assert ledger.frames(since=frames) is frames


def test_an_empty_ledger_has_typed_frames(ledger: Ledger) -> None:
    frames = ledger.frames()
    assert frames.last_line_id == 0
    assert len(frames.incidents) == 0
    ledger.append([incident("A")], "x")
    pd.testing.assert_series_equal(frames.incidents.dtypes, ledger.frames().incidents.dtypes)
    pd.testing.assert_series_equal(frames.claims.dtypes, ledger.frames().claims.dtypes)


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("nonsense", "PISTE_DB"),
        ("oracle-of-delphi://x", "PISTE_DB"),
        ("sqlite:////proc/nowhere/ledger.db", "folder"),
        ("sqlite:////dev/null/ledger.db", "folder"),
    ],
)
def test_an_unusable_address_is_said(url: str, word: str) -> None:
    with pytest.raises(InputError, match=word):
        Ledger.open(url)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("these are not the lines you are looking for " * 100)
    with pytest.raises(InputError, match="not a database"):
        Ledger.open(f"sqlite:///{path}")


def test_the_variable_names_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{tmp_path / 'team.db'}")
    Ledger.open().close()
    assert (tmp_path / "team.db").exists()


def test_without_the_variable_it_is_in_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PISTE_DB", raising=False)
    monkeypatch.delenv("PISTE_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    Ledger.open().close()
    assert (tmp_path / "piste" / "ledger.db").exists()


def test_making_the_tables_twice_does_no_harm(ledger: Ledger) -> None:
    ledger.append([incident("A")], "x")
    with ledger._engine.begin() as connection:
        create(connection)
    assert ledger.last_line_id() == 1
