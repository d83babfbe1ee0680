"""The section ``[risk]`` of the policy file: read, and refused with every fault."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from geo.records import Category, InputError
from geo.risk.policy import load_risk_policy, parse_risk_policy
from geo.roads.sections import POLICY_PATH


@pytest.fixture
def document() -> dict[str, Any]:
    return tomllib.loads(POLICY_PATH.read_text(encoding="utf-8"))


def test_the_shipped_policy_is_read() -> None:
    policy = load_risk_policy()
    assert set(policy.category_weights) == set(Category)
    assert 0 < policy.coverage < 1
    assert policy.model.bandwidth_m >= 1_000


def test_every_fault_is_told_at_once(document: dict[str, Any]) -> None:
    risk = document["risk"]
    risk["bandwidth_km"] = -1
    del risk["floor"]
    risk["reech_km"] = 3
    risk["category_weights"]["ied"] = "much"
    risk["severity_weights"]["more"] = 1
    with pytest.raises(InputError) as caught:
        parse_risk_policy(document)
    assert {fault.column for fault in caught.value.faults} == {
        "risk.bandwidth_km", "risk.floor", "risk.reech_km", "risk.category_weights.ied",
        "risk.severity_weights.more",
    }  # fmt: skip


def test_a_missing_section_is_told() -> None:
    with pytest.raises(InputError, match=r"\[risk\] is missing"):
        parse_risk_policy({})
