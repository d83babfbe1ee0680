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
    assert set(policy.live_days) == set(AssertionKind)
    assert policy.live_days[AssertionKind.BLOCKADE] == 180


def test_a_report_of_opening_ages_fastest_as_shipped() -> None:
    days = load_policy().live_days
    assert days[AssertionKind.REOPENED] == min(days.values())


def test_every_fault_is_said_at_once(document: dict[str, Any]) -> None:
    section = document["road_status"]
    section["town_radius_km"] = -3
    section["colour"] = "red"
    section["not_on_roads"] = "boats"
    section["undated_hold"] = "maybe"
    del section["same_road_tolerance"]
    section["live_days"]["taxed"] = True
    section["live_days"]["bloccade"] = 3
    del section["live_days"]["blockade"]
    with pytest.raises(InputError) as caught:
        parse_policy(document)
    assert {fault.column for fault in caught.value.faults} == {
        "road_status.town_radius_km", "road_status.colour", "road_status.not_on_roads",
        "road_status.undated_hold", "road_status.same_road_tolerance",
        "road_status.live_days.taxed", "road_status.live_days.bloccade",
        "road_status.live_days.blockade",
    }  # fmt: skip
    said = str(caught.value)
    assert "town_radius_km is -3; give a number from 0 to 200." in said
    assert "bloccade is not a key of [road_status.live_days]" in said
    assert "blockade is missing" in said


def test_a_section_that_is_missing_is_one_fault() -> None:
    with pytest.raises(InputError) as caught:
        parse_policy({})
    assert [fault.column for fault in caught.value.faults] == [
        "road_status", "road_status.live_days",
    ]  # fmt: skip


def test_an_open_road_must_not_outlive_a_closure(document: dict[str, Any]) -> None:
    document["road_status"]["live_days"]["reopened"] = 150
    with pytest.raises(InputError, match="must not outlive a closure") as caught:
        parse_policy(document)
    assert {fault.column for fault in caught.value.faults} == {
        "road_status.live_days.closed", "road_status.live_days.service_suspended",
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
