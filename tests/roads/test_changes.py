"""What changed between two days, and between two days of knowledge."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from geo.atlas import Atlas
from geo.roads.changes import COMPARED, changes
from geo.roads.evidence import Evidence
from geo.roads.status import status

DAY = dt.date.fromisoformat


@pytest.fixture(scope="module")
def land(desk: Any) -> Atlas:
    """Return one road, Ay–Bee–Cee, 100 km long, and another that nothing is said of."""
    places = [desk.place(name) for name in ("Ay", "Bee", "Cee", "Dee")]
    return desk.atlas(
        places,
        desk.axis("abc", "N1", ("ml-ay", 0), ("ml-bee", 60), ("ml-cee", 100)),
        desk.axis("quiet", "", ("ml-cee", 0), ("ml-dee", 10)),
    )


@pytest.fixture(scope="module")
def evidence(desk: Any, land: Atlas) -> Evidence:
    line = {"country": "ML", "affected": "all vehicles", "stated_by": "ASA analysts"}
    return Evidence.gather(
        desk.assertions(
            line | {"assertion_id": "C1", "axis_from": "Ay", "axis_to": "Bee", "kind": "closed",
                    "actor": "JNIM", "valid_from": "2024-01-10", "stated": "2024-01-12"},
            line | {"assertion_id": "K1", "axis_from": "Bee", "axis_to": "Cee",
                    "kind": "controlled", "actor": "JNIM", "valid_from": "2023-12-01",
                    "stated": "2024-01-20"},
            line | {"assertion_id": "C2", "axis_from": "Ay", "axis_to": "Ay", "kind": "closed",
                    "actor": "JNIM", "valid_from": "2024-01-11", "stated": "2024-01-12"},
        ),
        land,
    )  # fmt: skip


def test_between_two_days_with_one_knowledge(evidence: Evidence, land: Atlas) -> None:
    known = DAY("2024-02-01")
    found = changes(
        evidence.status(DAY("2024-01-01"), known), evidence.status(DAY("2024-01-15"), known), land
    )
    # 0–20 and 20–60 rest on other evidence, but say the same: one stretch.
    assert found[["axis_id", "measure_from_m", "measure_to_m"]].to_numpy().tolist() == [
        ["abc", 0, 60_000]
    ]
    row = found.iloc[0]
    assert (row["passage_before"], row["passage_after"]) == ("unknown", "closed")
    assert (row["gone_ids"], row["new_ids"]) == ((), ("C1", "C2"))
    assert not row["stale"]
    assert str(row["sentence"]) == (
        "N1 abc, PK 0+000 – PK 60+000 (Ay to Bee, 60.0 km): "
        "passage unknown → closed (all vehicles)."
    )


def test_between_two_days_of_knowledge(evidence: Evidence, land: Atlas) -> None:
    on = DAY("2024-01-15")
    found = changes(
        evidence.status(on, DAY("2024-01-15")), evidence.status(on, DAY("2024-01-25")), land
    )
    assert found["new_ids"].tolist() == [("K1",)]
    assert str(found["sentence"][0]).endswith(
        "(Bee to Cee, 40.0 km): passage unknown → controlled by JNIM; passage unknown."
    )


def test_what_has_only_aged_out_is_marked_stale(evidence: Evidence, land: Atlas) -> None:
    known = DAY("2025-01-01")
    found = changes(
        evidence.status(DAY("2024-02-01"), known), evidence.status(DAY("2024-12-01"), known), land
    )
    assert found["stale"].tolist() == [True, True]
    assert found["gone_ids"].tolist() == [("C1", "C2"), ("K1",)]


def test_fading_alone_is_no_change_and_back_mirrors_forth(evidence: Evidence, land: Atlas) -> None:
    known = DAY("2024-03-01")
    one, other = (evidence.status(DAY(day), known) for day in ("2024-01-25", "2024-02-25"))
    assert (one["control_confidence"].max()) > other["control_confidence"].max()
    assert changes(one, other, land).empty
    early = evidence.status(DAY("2024-01-01"), known)
    forth, back = changes(early, one, land), changes(one, early, land)
    for name in COMPARED:
        assert forth[f"{name}_before"].tolist() == back[f"{name}_after"].tolist()
    assert forth["new_ids"].tolist() == back["gone_ids"].tolist()


def test_the_two_must_cover_the_same_roads(evidence: Evidence, land: Atlas) -> None:
    day = DAY("2024-02-01")
    with pytest.raises(ValueError, match="same roads"):
        changes(evidence.status(day, day, ["abc"]), evidence.status(day, day), land)


def test_the_starter_data_say_when_gao_labbezanga_was_cut(
    desk: Any, starter: tuple[pd.DataFrame, Atlas]
) -> None:
    frame, land = starter
    days = [
        status(desk.snapshot(frame, land, DAY(day), DAY("2025-02-12")))
        for day in ("2025-01-20", "2025-02-01")
    ]
    found = changes(*days, land)
    rn17 = found[(found["axis_id"] == "ML-RN17") & (found["measure_to_m"] == 195_900)]
    assert str(rn17["sentence"].iloc[0]).endswith(
        "controlled by IS-Sahel; taxed by IS-Sahel; passable under agreement → "
        "controlled by IS-Sahel; taxed by IS-Sahel; traffic suspended (all vehicles)."
    )
