"""What the route check must show of the starter dataset, and how answers relate to each other."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from geo.risk.journey.policy import Verdict
from geo.risk.journey.records import Answer, PointKind, as_plain
from tests.starter import KOBE

Ask = Callable[..., Answer]


def test_gao_labbezanga_is_to_be_avoided_and_says_why(ask: Ask) -> None:
    answer = ask("Gao", "Labbezanga")
    (route,) = answer.routes
    assert route.km == pytest.approx(195.9)
    assert route.verdict == Verdict.AVOID
    rules = {fired.rule_id: fired for fired in route.fired}
    # The ambush, the suspension, control and levies, each with its source.
    assert KOBE in rules["V4"].incident_ids
    assert "RC-ML-119" in rules["V2"].assertion_ids
    assert rules["V7"].assertion_ids == ("RC-ML-116",)
    assert set(rules["V8"].assertion_ids) == {"RC-ML-014", "RC-ML-117"}
    assert answer.statements["RC-ML-119"]["publisher"] == "African Security Analysis"
    assert answer.statements["RC-ML-119"]["valid_from"] == "2025-01-28"
    kobe = answer.incidents[KOBE]
    assert all(source["publisher"] for source in kobe["sources"])
    assert kobe["toll"]["killed_low"] < kobe["toll"]["killed_high"]
    (driver,) = [d for d in route.drivers if d.incident_id == KOBE]
    assert route.drivers[0] == driver
    assert driver.pk == "PK 32+613"
    (here,) = [s for s in route.stretches if s.km_from < driver.km < s.km_to]
    assert here.incident_ids[0] == KOBE
    assert "V4" in {fired.rule_id for fired in here.fired}
    assert (here.pk_from, here.axis_id) == ("PK 20+000", "ML-RN17")
    # To turn back before the whole of it is not to set out.
    turn_backs = [p for p in route.points if p.kind == PointKind.TURN_BACK]
    assert [(p.name, p.km) for p in turn_backs] == [("Gao", 0.0)]


def test_as_known_before_the_ambush_it_is_absent_and_the_rest_decides(ask: Ask) -> None:
    answer = ask("Gao", "Labbezanga", known_on=date(2025, 2, 6))
    text = json.dumps(as_plain(answer), ensure_ascii=False)
    assert KOBE not in text
    (route,) = answer.routes
    assert route.verdict != Verdict.NO_REPORT
    assert route.fired
    later = ask("Gao", "Labbezanga").routes[0]
    assert route.exposure.expected < later.exposure.expected
