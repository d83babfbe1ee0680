"""``python -m geo status`` and ``changes``: what people and programs get from them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from geo.__main__ import app


@pytest.fixture(autouse=True)
def _own_ledger(starter_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{starter_file}")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def asked(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("on", "control", "tax", "passage", "agreed", "stale"),
    [
        ("2025-02-12", ["IS-Sahel"], ["IS-Sahel"], "suspended", False, False),
        ("2025-01-20", ["IS-Sahel"], ["IS-Sahel"], "unknown", True, False),
        ("2024-06-01", [], [], "unknown", False, True),
        ("2026-01-01", [], [], "unknown", False, True),
    ],
)
def test_gao_labbezanga(  # noqa: PLR0917 - one column of the table each
    on: str, control: list[str], tax: list[str], passage: str, agreed: bool, stale: bool
) -> None:
    found = asked("status", "Gao", "Labbezanga", "--on", on)
    assert found["length_km"] == 195.9
    assert found["segments"][0]["pk_from"] == "PK 0+000"
    assert found["segments"][-1]["pk_to"] == "PK 195+900"
    for segment in found["segments"]:
        assert segment["axis_id"] == "ML-RN17"
        assert segment["control"]["by"] == control
        assert set(segment["tax"]["by"]) >= set(tax)
        assert segment["passage"]["status"] == passage
        assert segment["passage"]["under_agreement"] is agreed
        assert segment["stale"] is stale
    if on == "2026-01-01":
        (segment,) = found["segments"]
        assert segment["last_evidence"] == "RC-ML-033"
        assert segment["control"]["last_evidence"] == "RC-ML-116"
        roles = {entry["assertion_id"]: entry["role"] for entry in found["evidence"]}
        assert roles == {
            "RC-ML-033": "stale", "RC-ML-116": "stale", "RC-ML-117": "stale", "RC-ML-118": "over",
        }  # fmt: skip


def test_every_statement_that_stands_is_told_with_its_source() -> None:
    found = asked("status", "Gao", "Labbezanga", "--on", "2025-02-12")
    ids = {i for segment in found["segments"] for i in segment["assertion_ids"]}
    told = {entry["assertion_id"]: entry for entry in found["evidence"]}
    assert ids <= set(told)
    assert {told[i]["role"] for i in ids} == {"stands"}
    entry = told["RC-ML-117"]
    assert (entry["reliability"], entry["confidence"], entry["known_on"]) == (
        "B2", 0.765, "2025-02-12",
    )  # fmt: skip
    assert "no sum given" in entry["amount_text"]
    assert any("no sum given" in a for a in found["segments"][-1]["tax"]["amounts"])


def test_what_was_known_before_the_report() -> None:
    found = asked("status", "Gao", "Labbezanga", "--on", "2025-02-11", "--known", "2025-02-11")
    assert {tuple(s["control"]["by"]) for s in found["segments"]} == {()}
    # The hauliers' strike at Gao was reported that day, on the road out of the town.
    assert [s["passage"]["status"] for s in found["segments"]] == ["suspended", "unknown"]


def test_the_other_way_round_mirrors() -> None:
    forth = asked("status", "Gao", "Labbezanga", "--on", "2025-02-12")["segments"]
    back = asked("status", "Labbezanga", "Gao", "--on", "2025-02-12")["segments"]
    assert [s["assertion_ids"] for s in back] == [s["assertion_ids"] for s in forth[::-1]]
    assert (back[0]["pk_from"], back[-1]["pk_to"]) == ("PK 195+900", "PK 0+000")
    assert [s["km_to"] for s in back] == [pytest.approx(195.9 - s["km_from"]) for s in forth[::-1]]


def test_over_several_roads_the_way_is_in_one_piece() -> None:
    found = asked("status", "Labbezanga", "Douentza", "--on", "2022-08-30")
    segments = found["segments"]
    assert list(dict.fromkeys(s["axis_id"] for s in segments)) == ["ML-RN17", "ML-RN16"]
    assert segments[0]["km_from"] == 0
    assert segments[-1]["near_to"] == "Douentza"
    for one, other in pairwise(segments):
        assert one["km_to"] == pytest.approx(other["km_from"])
    assert found["length_km"] == pytest.approx(195.9 + 565.7 - 172.2)
    undated = {e["assertion_id"] for e in found["evidence"] if e["role"] == "undated"}
    assert undated == {"RC-ML-048", "RC-ML-087", "RC-ML-089"}


def test_the_readable_form() -> None:
    said = run("status", "Gao", "Labbezanga", "--on", "2025-01-20").stdout
    assert "PK 0+000 – PK 195+900, km 0.0 to 195.9, Gao to Labbezanga" in said
    assert "controlled by IS-Sahel; taxed by IS-Sahel; passable under agreement" in said
    assert "Unknown is not open" in said
    assert "RC-ML-118 Agreement [B2] stands, confidence 0.77 – ASA analysts" in said
    said = run("status", "Gao", "Labbezanga", "--on", "2026-01-01").stdout
    assert "stale: last evidence RC-ML-033 of Nov 1, 2025; also RC-ML-116, RC-ML-117" in said
    said = run("status", "Kayes", "Bamako", "--on", "2025-10-05").stdout
    assert "control disputed, claimed by JNIM" in said
    assert "sources contradict each other on passage" in said
    said = run("status", "Gao", "Labbezanga", "--on", "2010-01-01").stdout
    assert "nothing was ever reported" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["status", "Gao", "Xyzzyville"], "Xyzzyville is not in the gazetteer."),
        (["status", "Gao", "Labezanja"], "Did you mean Labbezanga"),
        (["status", "Gao", "Gao"], "are one place"),
        (["status", "Gao", "Ansongo", "--on", "2025-02-30"], "--on: “2025-02-30” is not a date"),
        (["changes", "--from", "x", "--to", "y"], "--to: “y” is not a date"),
        (["changes", "--from", "2025-01-01", "--to", "2025-02-01", "--on", "2025-01-01"],
         "--on is for --knowledge"),
        (["changes", "--from", "2025-01-01", "--to", "2025-02-01", "--knowledge", "--known",
          "2025-01-01"], "--known has no meaning"),
        (["changes", "--from", "2025-02-01", "--to", "2025-01-01"], "--from is later than --to"),
    ],
)  # fmt: skip
def test_errors_are_told_on_stderr_with_exit_code_2(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_both_unknown_towns_are_told_at_once() -> None:
    result = run("status", "Xyzzyville", "Plughtown")
    assert "Xyzzyville" in result.stderr
    assert "Plughtown" in result.stderr


def test_what_changed_between_two_days() -> None:
    days = ["--from", "2025-01-20", "--to", "2025-02-12", "--known", "2025-02-12"]
    told = asked("changes", *days)
    assert [told[key] for key in ("from", "to", "known_on")] == [days[1], days[3], days[5]]
    assert any("OpenStreetMap" in name for name in told["attribution"])
    found = told["changes"]
    rn17 = [row for row in found if row["axis_id"] == "ML-RN17"]
    assert [(row["measure_from_m"], row["measure_to_m"]) for row in rn17] == [(0, 195_900)]
    assert rn17[0]["new_ids"] == ["RC-ML-013", "RC-ML-014", "RC-ML-015", "RC-ML-119"]
    assert rn17[0]["gone_ids"] == ["RC-ML-118"]
    assert rn17[0]["sentence"] in run("changes", *days).stdout
    same = run("changes", "--from", "2010-01-20", "--to", "2010-02-12")
    assert same.stdout == "No stretch differs.\n"


def test_what_was_learnt_between_two_days_of_knowledge() -> None:
    found = asked(
        "changes", "--from", "2025-02-10", "--to", "2025-02-12", "--knowledge", "--on",
        "2025-01-20",
    )["changes"]  # fmt: skip
    assert [row["axis_id"] for row in found] == ["ML-RN17"]
    assert found[0]["sentence"].endswith(
        "passage unknown → controlled by IS-Sahel; taxed by IS-Sahel; passable under agreement."
    )


def test_a_new_ledger_is_filled_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{tmp_path / 'new.db'}")
    assert asked("status", "Gao", "Ansongo", "--on", "2025-02-12")["segments"]
