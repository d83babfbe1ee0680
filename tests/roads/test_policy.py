"""The policy is read whole, and all that is wrong with it is said at once."""

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest

from geo.records import AssertionKind, InputError
from geo.roads.policy import POLICY_PATH, load_policy, parse_policy


@pytest.fixture
def document() -> dict[str, Any]:
    return copy.deepcopy(tomllib.loads(POLICY_PATH.read_text(encoding="utf-8")))


def test_the_policy_that_ships() -> None:
    policy = load_policy()
    assert policy.town_radius_m == 20_000
    assert set(policy.half_life_days) == set(AssertionKind)
    assert policy.half_life_days[AssertionKind.BLOCKADE] == 90
    assert "jnim" in policy.named_groups
    assert policy.reliability.weight("B2") == pytest.approx(0.85 * 0.9)


def test_a_report_of_opening_ages_fastest_as_shipped() -> None:
    days = load_policy().half_life_days
    assert days[AssertionKind.REOPENED] == min(days.values())


def test_every_fault_is_said_at_once(document: dict[str, Any]) -> None:
    section = document["road_status"]
    section["town_radius_km"] = -3
    section["colour"] = "red"
    section["not_on_roads"] = "boats"
    section["confidence_floor"] = 0
    section["reliability"]["A"] = 2
    section["credibility"]["7"] = 0.5
    section["source"][0]["code"] = "Z9"
    section["source"][1]["because"] = " "
    section["source"].pop()
    del section["same_road_tolerance"]
    section["half_life_days"]["taxed"] = True
    section["half_life_days"]["bloccade"] = 3
    del section["half_life_days"]["blockade"]
    with pytest.raises(InputError) as caught:
        parse_policy(document)
    assert {fault.column for fault in caught.value.faults} == {
        "road_status.town_radius_km", "road_status.colour", "road_status.not_on_roads",
        "road_status.confidence_floor", "road_status.reliability.A", "road_status.credibility.7",
        "road_status.source 1.code", "road_status.source 2.because", "road_status.source",
        "road_status.same_road_tolerance",
        "road_status.half_life_days.taxed", "road_status.half_life_days.bloccade",
        "road_status.half_life_days.blockade",
    }  # fmt: skip
    said = str(caught.value)
    assert "town_radius_km is -3; give a number from 0 to 200." in said
    assert "bloccade is not a key of [road_status.half_life_days]" in said
    assert "blockade is missing" in said


def test_each_section_that_is_missing_is_one_fault() -> None:
    with pytest.raises(InputError) as caught:
        parse_policy({})
    assert [fault.column for fault in caught.value.faults] == [
        "road_status", "road_status.half_life_days", "road_status.reliability",
        "road_status.credibility",
    ]  # fmt: skip


def test_an_open_road_must_not_outlive_a_closure(document: dict[str, Any]) -> None:
    document["road_status"]["half_life_days"]["reopened"] = 75
    with pytest.raises(InputError, match="must not outlive a closure") as caught:
        parse_policy(document)
    assert {fault.column for fault in caught.value.faults} == {
        "road_status.half_life_days.closed", "road_status.half_life_days.service_suspended",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "why"), [(b"[road_status", "not valid TOML"), (b"\xff\xfe", "not UTF-8")]
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "policy.toml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=why):
        load_policy(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_policy(tmp_path / "absent.toml")


@pytest.mark.parametrize(
    ("stated_by", "code"),
    [
        ("ASA analysts", "B2"),
        ("JNIM communique", "C3"),
        ("Malian army; Kayes local authorities", "C3"),
        ("Governor of Est", "B2"),
        ("OCHA", "A2"),
        ("UNION of drivers", "B2"),
        ("residents (RFI)", "C2"),
        ("Wikipedia editors", "D3"),
        ("Le Soir de Bamako", "C3"),
        ("", "C3"),
    ],
)
def test_sources_are_graded_by_who_they_are(stated_by: str, code: str) -> None:
    assert load_policy().reliability.grade(stated_by).code == code


def test_a_statement_may_bring_its_own_code() -> None:
    reliability = load_policy().reliability
    assert reliability.grade("residents").because
    own = reliability.grade("residents", "A", "")
    assert (own.code, own.weight, own.because) == ("A2", 0.9, "")
