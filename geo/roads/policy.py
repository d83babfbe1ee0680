"""The judgements behind road status: how fast a statement fades, whom to believe, its reach.

They are a team's to make, so they live in ``data/policy.toml`` with their reasons, not in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geo.i18n import message
from geo.records import AssertionKind, Fault, InputError
from geo.roads.reliability import Reliability, read_reliability
from geo.roads.sections import POLICY_PATH, Section, key_fault, read_document

CLOSING = frozenset({AssertionKind.BLOCKADE, AssertionKind.CLOSED, AssertionKind.SERVICE_SUSPENDED})
MAX_HALF_LIFE_DAYS = 3650
LEAST_FLOOR = 0.01
MAX_KM = 200


@dataclass(frozen=True, eq=False)
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
    named_groups
        Groups of which none lifts what another declared, in lower case.
    confidence_floor
        Confidence (0 to 1) below which a statement is stale.
    half_life_days
        Days after which a statement is half as likely still to be true, by kind.
    reliability
        How far a source is believed.
    """

    town_radius_m: float
    change_of_road_m: float
    same_road_tolerance: float
    not_on_roads: frozenset[str]
    named_groups: frozenset[str]
    confidence_floor: float
    half_life_days: Mapping[AssertionKind, float]
    reliability: Reliability


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
    return parse_policy(read_document(path))


def parse_policy(document: Mapping[str, Any]) -> Policy:
    """Return the policy in a document with the section ``road_status``; see `load_policy`."""
    faults: list[Fault] = []
    section = Section("road_status", document.get("road_status"), faults)
    radius_km = section.number("town_radius_km", 0, MAX_KM)
    change_km = section.number("change_of_road_km", 0, MAX_KM)
    tolerance = section.number("same_road_tolerance", 0, 1)
    off_road = section.words("not_on_roads")
    groups = section.words("named_groups")
    floor = section.number("confidence_floor", LEAST_FLOOR, 1)
    days = Section("road_status.half_life_days", section.take("half_life_days"), faults)
    half_life = {kind: days.number(kind.value, 1, MAX_HALF_LIFE_DAYS) for kind in AssertionKind}
    days.refuse_the_rest()
    reliability = read_reliability(section, faults)
    section.refuse_the_rest()
    if not faults:
        faults += _outlived(half_life)
    if faults:
        raise InputError(faults)
    return Policy(
        town_radius_m=radius_km * 1_000,
        change_of_road_m=change_km * 1_000,
        same_road_tolerance=tolerance,
        not_on_roads=off_road,
        named_groups=frozenset(group.casefold() for group in groups),
        confidence_floor=floor,
        half_life_days=MappingProxyType(half_life),
        reliability=reliability,
    )


def _outlived(half_life: Mapping[AssertionKind, float]) -> list[Fault]:
    open_days = half_life[AssertionKind.REOPENED]
    return [
        key_fault(
            f"road_status.half_life_days.{kind}",
            message(
                "{key} is {days:g} days, below the {open:g} days of reopened: a report that a road "
                "is open must not outlive a closure; make it at least as long",
                key=kind.value,
                days=half_life[kind],
                open=open_days,
            ),
        )
        for kind in sorted(CLOSING)
        if half_life[kind] < open_days
    ]
