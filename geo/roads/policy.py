"""The judgements behind road status: how long a statement is believed, how far a town reaches.

They are a team's to make, so they live in ``data/policy.toml`` with their reasons, not in code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geo.i18n import Message, message
from geo.records import AssertionKind, Fault, InputError

POLICY_PATH = Path(__file__).resolve().parents[2] / "data" / "policy.toml"
CLOSING = frozenset({AssertionKind.BLOCKADE, AssertionKind.CLOSED, AssertionKind.SERVICE_SUSPENDED})
MAX_DAYS = 3650
MAX_KM = 200


@dataclass(frozen=True)
class Policy:
    """The section ``road_status`` of ``data/policy.toml``.

    Parameters
    ----------
    town_radius_m
        How far along its roads a statement about a town reaches.
    change_of_road_m
        What going over to another road counts for when the shortest chain of roads is sought.
    same_road_tolerance
        By which share two lengths between two places may differ and still be one road.
    not_on_roads
        What may be affected without bearing on a road.
    undated_hold
        Whether an assertion without any date is taken to hold from the day it was recorded
        (a reopening never is).
    live_days
        Days that a statement without an end is believed, by kind.
    """

    town_radius_m: float
    change_of_road_m: float
    same_road_tolerance: float
    not_on_roads: frozenset[str]
    undated_hold: bool
    live_days: Mapping[AssertionKind, int]

    def __hash__(self) -> int:
        return hash((self.town_radius_m, self.change_of_road_m, *sorted(self.live_days.items())))


@lru_cache(maxsize=8)
def load_policy(path: Path = POLICY_PATH) -> Policy:
    """Read the policy from a TOML file.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Policy
        Read once per path.

    Raises
    ------
    InputError
        With every fault of the section: a key that is missing, unknown or out of range.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        text_of = message("{file} cannot be read; restore it", file=path.name)
        raise InputError([Fault(None, None, text_of)]) from error
    except UnicodeDecodeError as error:
        text_of = message("{file} is not UTF-8 text; save it as UTF-8", file=path.name)
        raise InputError([Fault(None, None, text_of)]) from error
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        text_of = message("{file} is not valid TOML: {why}", file=path.name, why=str(error))
        raise InputError([Fault(None, None, text_of)]) from error
    return parse_policy(document)


def parse_policy(document: Mapping[str, Any]) -> Policy:
    """Return the policy in a document with the section ``road_status``; see `load_policy`."""
    faults: list[Fault] = []
    section = _Section("road_status", document.get("road_status"), faults)
    radius_km = section.number("town_radius_km", 0, MAX_KM)
    change_km = section.number("change_of_road_km", 0, MAX_KM)
    tolerance = section.number("same_road_tolerance", 0, 1)
    off_road = section.words("not_on_roads")
    undated_hold = section.truth("undated_hold")
    days = _Section("road_status.live_days", section.take("live_days"), faults)
    live_days = {kind: round(days.number(kind.value, 1, MAX_DAYS)) for kind in AssertionKind}
    section.refuse_the_rest()
    days.refuse_the_rest()
    if not faults:
        faults += _outlived(live_days)
    if faults:
        raise InputError(faults)
    return Policy(
        radius_km * 1_000,
        change_km * 1_000,
        tolerance,
        off_road,
        undated_hold,
        MappingProxyType(live_days),
    )


def _outlived(live_days: Mapping[AssertionKind, int]) -> list[Fault]:
    open_days = live_days[AssertionKind.REOPENED]
    return [
        _fault(
            f"road_status.live_days.{kind}",
            message(
                "{key} is {days} days, below the {open} days of reopened: a report that a road is "
                "open must not outlive a closure; make it at least as long",
                key=kind.value,
                days=live_days[kind],
                open=open_days,
            ),
        )
        for kind in sorted(CLOSING)
        if live_days[kind] < open_days
    ]


def _fault(key: str, text: Message) -> Fault:
    return Fault(None, key, text)


class _Section:
    """A table of the document; reading a key notes the fault and goes on with a harmless value."""

    def __init__(self, name: str, table: Any, faults: list[Fault]) -> None:
        self.name = name
        self.faults = faults
        self.table: dict[str, Any] = dict(table) if isinstance(table, Mapping) else {}
        self.missing = not isinstance(table, Mapping)
        if self.missing:
            text = message("The section [{section}] is missing; restore it.", section=name)
            faults.append(_fault(name, text))

    def take(self, key: str) -> Any:
        return self.table.pop(key, None)

    def number(self, key: str, low: float, high: float) -> float:
        value = self.take(key)
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        if fits and low <= value <= high:
            return float(value)
        self._expected(key, value, message("a number from {low} to {high}", low=low, high=high))
        return high

    def words(self, key: str) -> frozenset[str]:
        value = self.take(key)
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return frozenset(value)
        self._expected(key, value, message("a list of texts"))
        return frozenset()

    def truth(self, key: str) -> bool:
        value = self.take(key)
        if not isinstance(value, bool):
            self._expected(key, value, message("true or false"))
        return bool(value)

    def refuse_the_rest(self) -> None:
        self.faults.extend(
            _fault(
                f"{self.name}.{key}",
                message("{key} is not a key of [{section}]; remove it or mend its spelling.",
                        key=key, section=self.name),
            )
            for key in self.table
        )  # fmt: skip

    def _expected(self, key: str, value: Any, expected: Message) -> None:
        if self.missing:
            return
        text = (
            message("{key} is missing; give {expected}.", key=key, expected=expected)
            if value is None
            else message("{key} is {value}; give {expected}.",
                         key=key, value=repr(value), expected=expected)
        )  # fmt: skip
        self.faults.append(_fault(f"{self.name}.{key}", text))
