"""The judgements behind the route check: sections of ``data/policy.toml`` and the verdict's rules.

``docs/routing.md`` says what each condition of a rule means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geo.i18n import Message, message
from geo.records import Category, Fault, InputError
from geo.risk.ground import CLASSES
from geo.risk.routing.vehicles import Vehicle, read_vehicle
from geo.roads.network.tags import RoadClass
from geo.roads.sections import POLICY_PATH, Section, key_fault, read_document
from geo.roads.statements import Passage

_MOST_KM, _MOST_DAYS, _MOST_INCIDENTS = 100, 36_500, 1_000
SUNRISE = "sunrise"


class Verdict(StrEnum):
    """What is said of a stretch or a journey, the gravest first; there is no "safe"."""

    AVOID = "avoid"
    CAUTION = "caution"
    INSUFFICIENT = "insufficient_information"
    NO_REPORT = "no_recent_report"


VERDICTS = tuple(Verdict)
VERDICT_WORDS = {
    Verdict.AVOID: message("avoid"),
    Verdict.CAUTION: message("caution"),
    Verdict.INSUFFICIENT: message("insufficient information"),
    Verdict.NO_REPORT: message("no recent report"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the verdict; a condition that is ``None`` is not asked.

    Parameters
    ----------
    rule_id
        How it is cited.
    verdict
        What it says when all of its conditions hold.
    because
        Its reason, as the policy words it; the shipped ones can be translated.
    passage, passage_of_others
        What is reported for this vehicle, for others only.
    escort, controlled, taxed, contested, dark, unmapped
        Must be so.
    incidents, within_days, kinds
        At least so many incidents of these kinds (all when empty) of at most this age.
    rank_at_least
        Share of road-km with a lower rate.
    reports_below
        Fewer incidents and statements than this in ``within_days``.
    """

    rule_id: str
    verdict: Verdict
    because: Message
    passage: frozenset[Passage] | None = None
    passage_of_others: frozenset[Passage] | None = None
    escort: bool | None = None
    controlled: bool | None = None
    taxed: bool | None = None
    contested: bool | None = None
    dark: bool | None = None
    unmapped: bool | None = None
    incidents: float | None = None
    within_days: float | None = None
    kinds: frozenset[Category] = frozenset()
    rank_at_least: float | None = None
    reports_below: float | None = None


@dataclass(frozen=True, eq=False)
class JourneyPolicy:
    """The sections ``vehicles``, ``journey`` and ``verdict`` of ``data/policy.toml``.

    Parameters
    ----------
    vehicles
        By name.
    axis_class
        Class that a named road is taken for, by `geo.risk.ground.CLASSES`.
    unmapped_kmh
        Speed off the known roads.
    departs
        Local time of departure when none is given; ``None`` for sunrise.
    margin_h
        So long before sunset a halt for the night is reached.
    same_route_share
        Share of common length from which two routes are one.
    most_routes
        Shown of one answer.
    risk_aversion
        When none is asked, 0 to 1.
    reach_km
        An incident so near speaks of a stretch.
    state
        Words, in lower case, of actors whose control and levies no rule concerns.
    rules
        In the order of the file.
    """

    vehicles: Mapping[str, Vehicle]
    axis_class: Mapping[str, RoadClass]
    unmapped_kmh: float
    departs: time | None
    margin_h: float
    same_route_share: float
    most_routes: int
    risk_aversion: float
    reach_km: float
    state: frozenset[str]
    rules: tuple[Rule, ...]


@lru_cache(maxsize=8)
def load_journey_policy(path: Path = POLICY_PATH) -> JourneyPolicy:
    """Read the policy from a TOML file; once per path.

    Raises
    ------
    InputError
        With every fault of the sections: a key that is missing, unknown or out of range.
    """
    return parse_journey_policy(read_document(path))


def parse_journey_policy(document: Mapping[str, Any]) -> JourneyPolicy:
    """Return the policy in a document; see `load_journey_policy`."""
    faults: list[Fault] = []
    vehicles = Section("vehicles", document.get("vehicles"), faults)
    classes = {name: _road_class(vehicles, name) for name in CLASSES}
    unmapped_kmh = vehicles.number("unmapped_kmh", 1, 100)
    named = {name: read_vehicle(name, vehicles.take(name), faults) for name in list(vehicles.table)}
    if not named:
        text = message("The section [vehicles] names no vehicle; restore one.")
        faults.append(key_fault("vehicles", text))
    journey = Section("journey", document.get("journey"), faults)
    verdict = Section("verdict", document.get("verdict"), faults)
    rules = tuple(_rules(verdict.take("rule"), faults))
    policy = JourneyPolicy(
        vehicles=MappingProxyType(named),
        axis_class=MappingProxyType(classes),
        unmapped_kmh=unmapped_kmh,
        departs=_time(journey, "departs"),
        margin_h=journey.number("margin_minutes", 0, 240) / 60,
        same_route_share=journey.number("same_route_share", 0.5, 1),
        most_routes=int(journey.number("most_routes", 2, 20)),
        risk_aversion=journey.number("risk_aversion", 0, 1),
        reach_km=verdict.number("reach_km", 0.5, _MOST_KM),
        state=frozenset(word.casefold() for word in verdict.words("state")),
        rules=rules,
    )
    for section in (journey, verdict):
        section.refuse_the_rest()
    if faults:
        raise InputError(faults)
    return policy


def _road_class(section: Section, key: str) -> RoadClass:
    value = section.take(key)
    names = {road_class.name.lower(): road_class for road_class in RoadClass}
    if value in names:
        return names[value]
    section.expected(key, value, message("one of {words}", words=", ".join(names)))
    return RoadClass.UNKNOWN


def _time(section: Section, key: str) -> time | None:
    value = section.take(key)
    if value == SUNRISE:
        return None
    try:
        return time.fromisoformat(str(value))
    except ValueError:
        section.expected(key, value, message("sunrise, or a time such as 06:30"))
        return None


def _rules(tables: Any, faults: list[Fault]) -> list[Rule]:
    if not isinstance(tables, list) or not tables:
        text = message("The section [verdict] has no rules; restore [[verdict.rule]].")
        faults.append(key_fault("verdict.rule", text))
        return []
    rules = [_rule(number, table, faults) for number, table in enumerate(tables, start=1)]
    seen: set[str] = set()
    for rule in rules:
        if rule.rule_id in seen:
            text = message("Two rules are called {id}; name each differently.", id=rule.rule_id)
            faults.append(key_fault("verdict.rule.id", text))
        seen.add(rule.rule_id)
    return rules


def _rule(number: int, table: Any, faults: list[Fault]) -> Rule:
    section = Section(f"verdict.rule {number}", table, faults)
    words = {name: _text(section, name) for name in ("id", "because")}
    verdict = _word(section, "verdict", [v.value for v in Verdict if v != Verdict.NO_REPORT])
    conditions: dict[str, Any] = {}
    for name in ("passage", "passage_of_others"):
        conditions[name] = _codes(section, name, Passage)
    for name in ("escort", "controlled", "taxed", "contested", "dark", "unmapped"):
        conditions[name] = _truth(section, name)
    for name, most in (
        ("incidents", _MOST_INCIDENTS), ("within_days", _MOST_DAYS), ("rank_at_least", 1),
        ("reports_below", _MOST_INCIDENTS),
    ):  # fmt: skip
        conditions[name] = section.number(name, 0, most) if name in section.table else None
    kinds = _codes(section, "kinds", Category) or frozenset()
    section.refuse_the_rest()
    counted = conditions["incidents"] is not None or conditions["reports_below"] is not None
    if counted != (conditions["within_days"] is not None):
        text = message("Rule {id}: give within_days with incidents or reports_below, and only so.",
                       id=words["id"])  # fmt: skip
        faults.append(key_fault(section.name, text))
    if all(value is None for value in conditions.values()):
        text = message("Rule {id} has no condition; it would fire everywhere.", id=words["id"])
        faults.append(key_fault(section.name, text))
    return Rule(
        words["id"], Verdict(verdict or Verdict.CAUTION), _literal(words["because"]), kinds=kinds,
        **conditions,
    )  # fmt: skip


def _literal(text: str) -> Message:
    """Return a text of the policy as a sentence; braces in it are no fields."""
    return Message(text.replace("{", "{{").replace("}", "}}"))


def _text(section: Section, key: str) -> str:
    value = section.take(key)
    if isinstance(value, str) and value.strip():
        return value.strip()
    section.expected(key, value, message("a text"))
    return ""


def _word(section: Section, key: str, allowed: list[str]) -> str:
    value = section.take(key)
    if value in allowed:
        return str(value)
    section.expected(key, value, message("one of {words}", words=", ".join(allowed)))
    return ""


def _truth(section: Section, key: str) -> bool | None:
    value = section.take(key)
    if value is not None and not isinstance(value, bool):
        section.expected(key, value, message("true or false"))
        return None
    return value


def _codes(section: Section, key: str, codes: type[StrEnum]) -> Any:
    if key not in section.table:
        return None
    allowed = {str(code): code for code in codes}
    words = section.words(key)
    wrong = sorted(words - set(allowed))
    if wrong:
        section.expected(key, wrong[0], message("some of {words}", words=", ".join(allowed)))
    return frozenset(allowed[word] for word in words if word in allowed)
