"""The judgements behind exposure, read from section ``[risk]`` of ``data/policy.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geo.records import Category, Fault, InputError
from geo.risk.models import MODEL, Decay, Model
from geo.roads.sections import POLICY_PATH, Section, read_document

_MOST_KM, _MOST_DAYS, _MOST_INCIDENTS, _MOST_WEIGHT = 200, 36_500, 1_000, 10


@dataclass(frozen=True, slots=True)
class SeverityWeights:
    """Weight of an incident by the highest number of killed that any source states.

    Parameters
    ----------
    many_from
        From so many killed the weight is ``many``.
    many, some, none, unstated
        Weights; ``unstated`` when no source gives a number.
    """

    many_from: float
    many: float
    some: float
    none: float
    unstated: float


@dataclass(frozen=True, eq=False)
class RiskPolicy:
    """The section ``risk`` of ``data/policy.toml``.

    Parameters
    ----------
    model
        Bandwidth, decay and priors.
    category_weights
        Weight of an incident by its category.
    severity_weights
        Weight of an incident by its toll; the two are multiplied.
    region_only_on_roads
        Share of the incidents known by region only that count towards its roads' background.
    reach_km
        An incident no further from a vehicle, ahead or behind, concerns it.
    coverage
        Of the intervals.
    thin_below_incidents
        With less evidence than so many incidents a rate rests on the background alone.
    """

    model: Model
    category_weights: Mapping[Category, float]
    severity_weights: SeverityWeights
    region_only_on_roads: float
    reach_km: float
    coverage: float
    thin_below_incidents: float


@lru_cache(maxsize=8)
def load_risk_policy(path: Path = POLICY_PATH) -> RiskPolicy:
    """Read the policy from a TOML file; once per path.

    Raises
    ------
    InputError
        With every fault of the section: a key that is missing, unknown or out of range.
    """
    return parse_risk_policy(read_document(path))


def parse_risk_policy(document: Mapping[str, Any]) -> RiskPolicy:
    """Return the policy in a document with the section ``risk``; see `load_risk_policy`."""
    faults: list[Fault] = []
    section = Section("risk", document.get("risk"), faults)
    number = section.number
    model = Model(
        name=MODEL,
        bandwidth_m=number("bandwidth_km", 1, _MOST_KM) * 1_000,
        decay=Decay(number("half_life_days", 1, _MOST_DAYS), number("floor", 0, 1)),
        shape=number("background_incidents", 0.01, _MOST_INCIDENTS),
        pooling=number("pooling_incidents", 0.1, _MOST_INCIDENTS),
        weighted=True,
    )
    by_kind = Section("risk.category_weights", section.take("category_weights"), faults)
    weights = {kind: by_kind.number(kind.value, 0, _MOST_WEIGHT) for kind in Category}
    by_kind.refuse_the_rest()
    by_toll = Section("risk.severity_weights", section.take("severity_weights"), faults)
    severity = SeverityWeights(
        by_toll.number("many_from", 1, _MOST_INCIDENTS),
        *(by_toll.number(key, 0, _MOST_WEIGHT) for key in ("many", "some", "none", "unstated")),
    )
    by_toll.refuse_the_rest()
    policy = RiskPolicy(
        model=model,
        category_weights=MappingProxyType(weights),
        severity_weights=severity,
        region_only_on_roads=number("region_only_on_roads", 0, 1),
        reach_km=number("reach_km", 0.1, _MOST_KM),
        coverage=number("coverage", 0.5, 0.999),
        thin_below_incidents=number("thin_below_incidents", 0, _MOST_INCIDENTS),
    )
    section.refuse_the_rest()
    if faults:
        raise InputError(faults)
    return policy
