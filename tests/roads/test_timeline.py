"""Statements over time."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from geo.roads.evidence import Evidence
from geo.roads.timeline import Role, bars, months, over_time, roles

DAY = dt.date.fromisoformat
KNOWN = DAY("2025-12-31")


@pytest.fixture(scope="module")
def evidence(desk: Any) -> Evidence:
    land = desk.atlas(
        [desk.place(name) for name in "ABC"],
        desk.axis("ab", "N1", ("ml-a", 0), ("ml-b", 60), ("ml-c", 100)),
    )
    line = {
        "country": "ML", "axis_from": "A", "axis_to": "C", "affected": "all vehicles",
        "actor": "JNIM", "stated_by": "ASA analysts",
    }  # fmt: skip
    rows = [
        {"assertion_id": "C1", "kind": "closed", "valid_from": "2024-01-10",
         "stated": "2024-01-12"},
        {"assertion_id": "R1", "kind": "reopened", "valid_from": "2024-03-01",
         "stated": "2024-03-03"},
        {"assertion_id": "C2", "kind": "closed", "valid_from": "2024-03-01", "stated": "2024-03-03",
         "relation": "contradicts", "axis_to": "B"},
        {"assertion_id": "G1", "kind": "restricted", "valid_from": "2024-01-01",
         "valid_to": "2024-06-30", "stated": "2024-01-01", "stated_by": "governor"},
        {"assertion_id": "U1", "kind": "closed"},
        {"assertion_id": "B1", "kind": "closed", "axis_from": "B", "valid_from": "2024-05-01",
         "stated": "2024-05-01"},
        {"assertion_id": "T1", "kind": "taxed", "axis_to": "B", "valid_from": "2026-03-01",
         "stated": "2025-06-01"},
    ]  # fmt: skip
    return Evidence.gather(desk.assertions(*(line | row for row in rows)), land)


def test_bars_begin_and_end(evidence: Evidence) -> None:
    found = bars(evidence, "ab", KNOWN).set_index("assertion_id")
    assert found.index.tolist() == ["G1", "C1", "C2", "R1", "B1", "T1", "U1"]
    shown = found[["first_day", "last_day", "ends", "ended_by"]]
    # 116 days of a closure and 58 of a reopening by a B2 source; see docs/road-status.md.
    assert shown.loc["C1"].tolist() == [DAY("2024-01-10"), DAY("2024-02-29"), "ended", "R1"]
    assert shown.loc["R1"].tolist() == [DAY("2024-03-01"), DAY("2024-04-30"), "fades", ""]
    assert shown.loc["C2"].tolist() == [DAY("2024-03-01"), DAY("2024-06-27"), "fades", ""]
    assert shown.loc["G1"].tolist() == [DAY("2024-01-01"), DAY("2024-06-30"), "stated", ""]
    assert shown.loc["U1"].tolist() == [None, None, "fades", ""]
    assert found["contested_by"].to_dict() == {
        "G1": (), "C1": (), "R1": ("C2",), "C2": ("R1",), "B1": (), "T1": (), "U1": (),
    }  # fmt: skip
    assert found.loc["G1", "reliability"] == "B2"
    assert found.loc["C2", ["measure_from_m", "measure_to_m"]].tolist() == [0, 60_000]


def test_bars_of_a_part_and_of_what_was_known(evidence: Evidence) -> None:
    part = bars(evidence, "ab", KNOWN, from_m=60_000, to_m=80_000)
    assert set(part["assertion_id"]) == {"C1", "R1", "G1", "U1", "B1"}
    early = bars(evidence, "ab", DAY("2024-02-01")).set_index("assertion_id")
    assert set(early.index) == {"C1", "G1"}
    # The reopening that ended it was not known yet.
    assert early.loc["C1", ["last_day", "ends"]].tolist() == [DAY("2024-05-07"), "fades"]


def test_a_bar_ends_where_the_status_says_so(evidence: Evidence) -> None:
    for bar in bars(evidence, "ab", KNOWN).itertuples():
        if bar.first_day is None:
            continue
        # B1 began when the reopening had run out on its own.
        for day, stands in (
            (bar.first_day, True),
            (bar.last_day, True),
            (bar.first_day - dt.timedelta(1), False),
            (bar.last_day + dt.timedelta(1), False),
        ):
            ids = {i for row in evidence.status(day, KNOWN)["assertion_ids"] for i in row}
            assert (bar.assertion_id in ids) == stands, (bar.assertion_id, day)


def test_roles_on_a_day(evidence: Evidence) -> None:
    found = roles(evidence, "ab", DAY("2024-03-10"), KNOWN).set_index("assertion_id")
    assert found["role"].to_dict() == {
        "B1": Role.TO_COME, "T1": Role.TO_COME, "R1": Role.STANDS, "C2": Role.STANDS,
        "C1": Role.ENDED, "G1": Role.STANDS, "U1": Role.UNDATED,
    }  # fmt: skip
    assert found.loc["R1", "confidence"] == pytest.approx(0.765 * 0.5 ** (7 / 30))
    assert found.loc["C2", "age_days"] == 7
    assert found.loc["C1", "confidence"] == 0
    assert pd.isna(found.loc["U1", "age_days"])
    late = roles(evidence, "ab", DAY("2024-12-01"), KNOWN).set_index("assertion_id")["role"]
    assert (late["G1"], late["R1"]) == (Role.OVER, Role.STALE)


def test_over_time_is_the_status_of_each_day(evidence: Evidence) -> None:
    days = months(DAY("2023-12-15"), DAY("2024-04-02"))
    assert [str(day) for day in days] == [
        "2023-12-01", "2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01",
    ]  # fmt: skip
    fixed = over_time(evidence, "ab", days, KNOWN)
    then = over_time(evidence, "ab", days)
    for day in days:
        pd.testing.assert_frame_equal(
            fixed[fixed["on"] == day].drop(columns="on").reset_index(drop=True),
            evidence.status(day, KNOWN),
        )
    march = DAY("2024-03-01")
    assert fixed.loc[fixed["on"] == march, "passage"].tolist() == ["closed", "restricted"]
    assert then.loc[then["on"] == march, "passage"].tolist() == ["closed"]
    assert over_time(evidence, "ab", []).empty
