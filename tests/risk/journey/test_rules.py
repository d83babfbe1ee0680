"""The policy's sections and how rules fire, stretch by stretch."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.records import Category, InputError
from geo.risk.journey.answer import plan
from geo.risk.journey.course import Course, Leg, course_of
from geo.risk.journey.desk import Desk
from geo.risk.journey.policy import Rule, Verdict, load_journey_policy, parse_journey_policy
from geo.risk.journey.question import Question
from geo.risk.journey.reasons import SHIPPED
from geo.risk.journey.records import Answer
from geo.risk.journey.reports import Reports
from geo.risk.journey.rules import _joined, judge
from geo.roads.sections import POLICY_PATH
from geo.roads.statements import Passage

Ask = Callable[..., Answer]
DOCUMENT = tomllib.loads(POLICY_PATH.read_text(encoding="utf-8"))


def test_the_shipped_policy_is_read() -> None:
    policy = load_journey_policy()
    rules = {rule.rule_id: rule for rule in policy.rules}
    assert rules["V1"].passage == frozenset({Passage.CLOSED})
    assert rules["V4"].kinds >= {Category.AMBUSH, Category.IED}
    assert set(policy.vehicles) == {"car", "truck", "bus", "motorbike"}
    assert policy.departs is None


def test_the_shipped_reasons_can_be_translated() -> None:
    assert {str(rule.because) for rule in load_journey_policy().rules} == {
        reason.text for reason in SHIPPED
    }


@pytest.mark.parametrize(
    ("where", "key", "value", "words"),
    [
        ("journey", "most_routes", 1, "2 to 20"),
        ("journey", "departs", "noon", "06:30"),
        ("journey", "speed", 3, "not a key"),
        ("vehicles", "national", "road", "motorway"),
        ("vehicles", "car", {"factor": 1}, "most_kmh is missing"),
        ("verdict", "rule", [], "no rules"),
        ("verdict", "reach_km", "far", "number"),
    ],
)
def test_faults_of_the_policy_are_named(where: str, key: str, value: Any, words: str) -> None:
    document = copy.deepcopy(DOCUMENT)
    document[where][key] = value
    with pytest.raises(InputError, match=re.escape(words)):
        parse_journey_policy(document)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"verdict": "safe", "dark": False}, "avoid, caution, insufficient_information"),
        ({"verdict": "no_recent_report", "dark": True}, "avoid, caution"),
        ({"verdict": "avoid"}, "no condition"),
        ({"verdict": "avoid", "incidents": 1}, "within_days"),
        ({"verdict": "avoid", "dark": True, "within_days": 3}, "within_days"),
        ({"verdict": "avoid", "passage": ["open"]}, "some of closed"),
        ({"verdict": "avoid", "dark": "yes"}, "true or false"),
        ({"verdict": "avoid", "dark": True, "colour": "red"}, "not a key"),
    ],
)
def test_a_rule_cannot_say_safe_nor_nothing(rule: dict[str, Any], words: str) -> None:
    document = copy.deepcopy(DOCUMENT)
    document["verdict"]["rule"].append({"id": "X", "because": "x", **rule})
    with pytest.raises(InputError, match=re.escape(words)):
        parse_journey_policy(document)


def test_braces_in_a_reason_are_text() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["verdict"]["rule"][0]["because"] = "see {form 7} and }"
    assert str(parse_journey_policy(document).rules[0].because) == "see {form 7} and }"


def with_rules(desk: Desk, *rules: Rule) -> Desk:
    return replace(desk, policy=replace(desk.policy, rules=rules))


def rule(rule_id: str, verdict: Verdict = Verdict.CAUTION, **conditions: Any) -> Rule:
    return Rule(rule_id, verdict, load_journey_policy().rules[0].because, **conditions)


@lru_cache(maxsize=1)
def gao_labbezanga(desk: Desk) -> tuple[Course, pd.DataFrame]:
    """Return the course of the road, once."""
    vehicle = desk.policy.vehicles["car"]
    status = desk.status_for(vehicle)
    legs = (Leg("ML-RN17", 0.0, 195_900.0, 0),)
    return course_of(desk, legs, desk.edge_h(vehicle), status), status


def fired(desk: Desk, one: Rule, dark: np.ndarray | None = None) -> list[tuple[float, float]]:
    """Return where a rule fires on the way, km from and to; neighbouring stretches as one."""
    course, status = gao_labbezanga(desk)
    asked = with_rules(desk, one)
    night = np.zeros(len(course.lixel), dtype=bool) if dark is None else dark
    runs = judge(asked, course, Reports(asked, course), status, night, escort=False)
    found: list[tuple[float, float]] = []
    for run in runs:
        if run.fired:
            low, high = course.km_from[run.cells.start], course.km_to[run.cells.stop - 1]
            if found and abs(found[-1][1] - low) < 1e-6:
                low = found.pop()[0]
            found.append((float(low), float(high)))
    return found


WHOLE = [(0.0, pytest.approx(195.9))]


def test_with_no_rule_nothing_is_said(desk: Desk) -> None:
    course, status = gao_labbezanga(desk)
    asked = with_rules(desk)
    dark = np.ones(len(course.lixel), dtype=bool)
    runs = judge(asked, course, Reports(asked, course), status, dark, escort=True)
    assert {(run.verdict, run.fired) for run in runs} == {(Verdict.NO_REPORT, ())}


@pytest.mark.parametrize(
    ("conditions", "fires"),
    [
        ({"passage": frozenset({Passage.SUSPENDED})}, True),
        ({"passage": frozenset({Passage.CLOSED})}, False),
        ({"passage_of_others": frozenset({Passage.SUSPENDED})}, False),
        ({"controlled": True}, True),
        ({"controlled": False}, False),
        ({"taxed": True}, True),
        ({"contested": True}, False),
        ({"dark": True}, False),
        ({"dark": False}, True),
        ({"escort": False}, True),
        ({"escort": True}, False),
        ({"unmapped": True}, False),
        ({"rank_at_least": 0.0}, True),
        ({"reports_below": 0.5, "within_days": 730}, False),
        ({"controlled": True, "contested": True}, False),
    ],
)
def test_conditions_that_hold_all_along_the_road(
    desk: Desk, conditions: dict[str, Any], fires: bool
) -> None:
    assert fired(desk, rule("X", **conditions)) == (WHOLE if fires else [])


def test_an_incident_fires_within_reach_and_no_further(desk: Desk) -> None:
    one = rule("X", incidents=0.9, within_days=6, kinds=frozenset({Category.AMBUSH}))
    ((start, end),) = fired(desk, one)
    # Kobé is near PK 33; reach is 10 km either way as the crow flies.
    assert start == pytest.approx(22, abs=3)
    assert end == pytest.approx(43, abs=3)
    assert fired(desk, replace(one, within_days=4)) == []
    assert fired(desk, replace(one, kinds=frozenset({Category.SHELLING}))) == []


def test_the_dark_fires_where_it_is_dark(desk: Desk) -> None:
    course, _ = gao_labbezanga(desk)
    ((start, end),) = fired(desk, rule("X", dark=True), course.km_from >= 74)
    assert (start, end) == (pytest.approx(74.5, abs=1), pytest.approx(195.9))


def test_an_answer_tells_the_dark_by_its_clock(desk: Desk) -> None:
    late = Question("Gao", "Labbezanga", risk_aversion=0.0, departs=time(17, 0))
    route = plan(late, with_rules(desk, rule("X", dark=True))).routes[0]
    dark = [s for s in route.stretches if s.dark]
    # Sunset near Gao that day is at 18:02 UTC: one hour at 72 km/h.
    assert dark[0].km_from == pytest.approx(74, abs=3)
    assert route.dark_km == pytest.approx(195.9 - dark[0].km_from, abs=0.1)
    assert all(s.verdict == Verdict.CAUTION for s in dark)


def test_the_gravest_rule_decides_and_all_are_named(desk: Desk) -> None:
    rules = (
        rule("C", Verdict.CAUTION, controlled=True),
        rule("I", Verdict.INSUFFICIENT, taxed=True),
        rule("A", Verdict.AVOID, incidents=0.9, within_days=6),
    )
    route = plan(Question("Gao", "Labbezanga"), with_rules(desk, *rules)).routes[0]
    assert route.verdict == Verdict.AVOID
    assert [one.rule_id for one in route.fired] == ["A", "C", "I"]
    by_verdict = {s.verdict: [one.rule_id for one in s.fired] for s in route.stretches}
    assert by_verdict[Verdict.AVOID] == ["A", "C", "I"]
    assert by_verdict[Verdict.CAUTION] == ["C", "I"]


def test_the_example_of_the_document(ask: Ask) -> None:
    text = (POLICY_PATH.parents[1] / "docs" / "routing.md").read_text(encoding="utf-8")
    example = text.split("## An example")[1].split("As\nknown")[0]
    route = ask("Gao", "Labbezanga").routes[0]
    named = {one.rule_id: {*one.incident_ids, *one.assertion_ids} for one in route.fired}
    for rule_id, told in re.findall(r"\*\*(V\d+)\*\*(.+?)(?=\*\*V|\Z)", example, re.DOTALL):
        ids = set(re.findall(r"(?:RC|ML)-[A-Z0-9-]*[A-Z0-9]", told))
        assert ids <= named[rule_id], rule_id
    before = ask("Gao", "Labbezanga", known_on=date(2025, 2, 6)).routes[0]
    assert before.verdict == Verdict.CAUTION


def test_conditions_in_the_document_are_those_of_the_code() -> None:
    text = (Path(POLICY_PATH).parents[1] / "docs" / "routing.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", text.split("| condition |")[1].split("**R14**")[0]))
    fields = set(Rule.__dataclass_fields__) - {"rule_id", "verdict", "because"}
    assert fields <= named


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2), st.floats(0.1, 3)), min_size=1))
def test_runs_cover_all_cells_and_short_ones_join(cells: list[tuple[int, int, float]]) -> None:
    place = np.array([[place for place, _, _ in cells]])
    sets = np.array([some for _, some, _ in cells])
    km = np.array([length for _, _, length in cells])
    runs = _joined(place, sets, km)
    assert runs[0][0] == 0
    assert runs[-1][1] == len(cells)
    for (low, high), then in zip(runs, [*runs[1:], (len(cells), 0)], strict=True):
        assert high == then[0]
        assert len(set(place[0, low:high].tolist())) == 1
        if km[low:high].sum() < 2:
            beside = [place[0, n] for n in (low - 1, high) if 0 <= n < len(cells)]
            assert place[0, low] not in beside
