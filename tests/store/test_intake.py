"""Folders taken into the ledger: the starter data, corrections, faults of every file at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from geo.exchange.csvfile import write_table
from geo.records import InputError
from geo.store import Ledger, import_folder, seed
from geo.store.intake import Intake
from geo.store.lines import COLUMNS, Line, LineKind, standing

DATA = Path(__file__).parents[2] / "data"
INCIDENT = "incident_id,date_start,date_end,country,category\n"
CLAIM = "incident_id,field,best,stated_by,publisher,published_on\n"
LINK = "from_incident_id,to_incident_id,kind\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}")
    yield opened
    opened.close()


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def test_the_starter_data_come_back_as_they_are(ledger: Ledger) -> None:
    seed(ledger, DATA)
    frames = ledger.frames()
    for kind, frame in (("incidents", frames.incidents), ("road_control", frames.assertions)):
        columns = pd.read_csv(DATA / f"{kind}.csv", nrows=0).columns
        assert (
            write_table(frame[list(columns)].reset_index(drop=True), excel=False)
            == (DATA / f"{kind}.csv").read_bytes()
        )
    assert len(COLUMNS) == 4


def test_known_days_of_the_starter_data(ledger: Ledger) -> None:
    seed(ledger, DATA)
    frames = ledger.frames()
    kobe = frames.incidents[frames.incidents["incident_id"] == "ML-2025-02-07-KOBE"].iloc[0]
    assert kobe["known_on"] == pd.Timestamp("2025-02-08")
    assert not kobe["known_assumed"]
    asa = frames.assertions.set_index("assertion_id").loc[
        ["RC-ML-116", "RC-ML-117", "RC-ML-118", "RC-ML-119"]
    ]
    assert (asa["known_on"] == pd.Timestamp("2025-02-12")).all()
    assert not asa["known_assumed"].any()
    # 339 of the claims and 60 of the assertions carry no date of publication.
    undated = frames.claims["published_on"] == ""
    assert undated.sum() == 339
    pd.testing.assert_series_equal(frames.claims["known_assumed"], undated, check_names=False)
    assert frames.assertions["known_assumed"].sum() == 60


def test_taking_the_same_folder_in_again_adds_nothing(ledger: Ledger) -> None:
    seed(ledger, DATA)
    assert import_folder(ledger, DATA, "x") == Intake([], ())


def test_a_ledger_with_any_line_is_not_seeded(ledger: Ledger, tmp_path: Path) -> None:
    import_folder(ledger, folder(tmp_path, incidents=INCIDENT + "A,2025-02-07,,ML,ied\n"), "x")
    assert seed(ledger, DATA) == []
    assert len(ledger.frames().incidents) == 1


def test_a_changed_row_is_a_correction(ledger: Ledger, tmp_path: Path) -> None:
    incidents = INCIDENT + "A,2025-02-07,2025-02-07,ML,ied\n"
    first = CLAIM + "A,killed,10,army,AFP,2025-02-08\nA,killed,12,media,RFI,2025-02-09\n"
    import_folder(ledger, folder(tmp_path, incidents=incidents, claims=first), "x")
    second = first.replace("killed,12", "killed,13")
    intake = import_folder(ledger, folder(tmp_path, incidents=incidents, claims=second), "x")
    assert len(intake.line_ids) == 1
    now = standing(ledger.frames().claims)
    assert now["best"].tolist() == [10, 13]


@pytest.mark.parametrize("retracted", [False, True])
def test_an_old_file_does_not_undo_what_was_mended_by_hand(
    ledger: Ledger, tmp_path: Path, *, retracted: bool
) -> None:
    source = folder(tmp_path, incidents=INCIDENT + "A,2025-02-07,2025-02-07,ML,ied\n")
    import_folder(ledger, source, "x")
    body = {} if retracted else {"incident_id": "A", "country": "ML", "category": "ambush"}
    mended = Line(
        LineKind.INCIDENT, "A", date(2025, 2, 9), body=body, retracted=retracted,
        valid_from=date(2025, 2, 7), valid_to=date(2025, 2, 7),
    )  # fmt: skip
    ledger.append([mended], "amina")
    assert import_folder(ledger, source, "x") == Intake([], ("A",))
    now = standing(ledger.frames().incidents)
    assert now["category"].tolist() == ([] if retracted else ["ambush"])
    # What the file says anew is taken.
    newer = folder(tmp_path, incidents=INCIDENT + "A,2025-02-07,2025-02-07,ML,mine\n")
    assert import_folder(ledger, newer, "x").outdated == ()
    assert standing(ledger.frames().incidents)["category"].tolist() == ["mine"]


def test_two_figures_on_one_page_are_two_claims(ledger: Ledger, tmp_path: Path) -> None:
    incidents = INCIDENT + "A,2025-02-07,2025-02-07,ML,ied\n"
    claims = CLAIM + "A,killed,10,army,AFP,2025-02-08\nA,killed,32,army,AFP,2025-02-08\n"
    import_folder(ledger, folder(tmp_path, incidents=incidents, claims=claims), "x")
    assert standing(ledger.frames().claims)["best"].tolist() == [10, 32]


def test_a_dated_page_replaces_an_assumption_that_was_too_early(
    ledger: Ledger, tmp_path: Path
) -> None:
    incidents = INCIDENT + "A,2025-02-07,2025-02-07,ML,ied\n"
    claims = CLAIM + "A,killed,10,army,AFP,\n"
    import_folder(ledger, folder(tmp_path, incidents=incidents, claims=claims), "x")
    frame = ledger.frames().incidents
    assert frame[["known_on", "known_assumed"]].iloc[0].tolist() == [
        pd.Timestamp("2025-02-07"),
        True,
    ]
    more = claims + "A,killed,12,media,RFI,2025-02-10\n"
    import_folder(ledger, folder(tmp_path, incidents=incidents, claims=more), "x")
    frame = ledger.frames().incidents
    assert frame["retracted"].tolist() == [False, True, False]
    assert frame["known_on"].dt.date.tolist() == [
        date(2025, 2, 7),
        date(2025, 2, 7),
        date(2025, 2, 10),
    ]
    assert frame["hidden_on"].dt.date.tolist()[:2] == [date(2025, 2, 7), date(2025, 2, 10)]
    assert import_folder(ledger, folder(tmp_path, incidents=incidents, claims=more), "x") == Intake(
        [], ()
    )


def test_an_earlier_page_makes_the_incident_known_earlier(ledger: Ledger, tmp_path: Path) -> None:
    incidents = INCIDENT + "A,2025-02-07,2025-02-07,ML,ied\n"
    late, early = (CLAIM + f"A,killed,10,army,AFP,2025-02-{day}\n" for day in ("12", "09"))
    import_folder(ledger, folder(tmp_path, incidents=incidents, claims=late), "x")
    import_folder(ledger, folder(tmp_path, incidents=incidents, claims=early), "x")
    now = standing(ledger.frames().incidents)
    assert now["known_on"].dt.date.tolist() == [date(2025, 2, 9)]
    # The folder without any claim does not make it forget.
    (tmp_path / "claims.csv").unlink()
    assert import_folder(ledger, folder(tmp_path, incidents=incidents), "x") == Intake([], ())


def test_links_may_name_incidents_of_the_ledger(ledger: Ledger, tmp_path: Path) -> None:
    import_folder(
        ledger, folder(tmp_path, incidents=INCIDENT + "A,2025-02-07,2025-02-07,ML,ied\n"), "x"
    )
    incidents = INCIDENT + "B,2025-02-09,2025-02-09,ML,ied\n"
    intake = import_folder(
        ledger, folder(tmp_path, incidents=incidents, links=LINK + "A,B,follow_up\n"), "x"
    )
    assert len(intake.line_ids) == 2
    link = ledger.frames().links.iloc[0]
    assert link["known_on"] == pd.Timestamp("2025-02-09")
    assert link["known_assumed"]


def test_all_faults_of_all_files_are_said_and_nothing_is_taken(
    ledger: Ledger, tmp_path: Path
) -> None:
    bad = folder(
        tmp_path,
        incidents=INCIDENT + "A,2025-02-07,2025-02-06,ML,ied\nB,someday,,Mali,ied\n",
        claims=CLAIM + "A,kiled,x,army,AFP,2025-02-08\n",
        links="from_incident_id,kind\nA,follow_up\n",
    )
    with pytest.raises(InputError) as raised:
        import_folder(ledger, bad, "x")
    found = {(fault.file, fault.row, fault.column) for fault in raised.value.faults}
    assert found == {
        ("incidents.csv", 2, "date_end"),
        ("incidents.csv", 3, "date_start"),
        ("incidents.csv", 3, "country"),
        ("claims.csv", 2, "field"),
        ("claims.csv", 2, "best"),
        ("links.csv", 1, "to_incident_id"),
    }
    assert ledger.last_line_id() == 0


def test_unknown_incidents_are_said_with_their_row(ledger: Ledger, tmp_path: Path) -> None:
    bad = folder(
        tmp_path,
        incidents=INCIDENT + "A,2025-02-07,2025-02-07,ML,ied\n",
        claims=CLAIM + "A,killed,1,army,AFP,\nZ,killed,1,army,AFP,\n",
        links=LINK + "A,Y,follow_up\n",
    )
    with pytest.raises(InputError) as raised:
        import_folder(ledger, bad, "x")
    assert [
        (fault.file, fault.row, fault.column, str(fault.message).split()[4])
        for fault in raised.value.faults
    ] == [("claims.csv", 3, "incident_id", "Z"), ("links.csv", 2, "to_incident_id", "Y")]


def test_a_folder_without_incidents_is_said(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"incidents\.csv is not there"):
        import_folder(ledger, tmp_path, "x")
