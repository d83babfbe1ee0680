"""Incidents as the risk model takes them: where their mass lies, when they were, what they tell.

What lies on roads is mass on roads (`geo.hotspots.network.events`).  What is known by region only
is never put on a road: it belongs to the background of the groups of roads inside its polygon.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.hotspots.network.events import REGION_ONLY, RoadMass, lay_mass
from geo.records import Category
from geo.risk.ground import Ground
from geo.risk.models import Decay, Floats
from geo.risk.policy import RiskPolicy, SeverityWeights


@dataclass(frozen=True, eq=False)
class Events:
    """Incidents ready for fitting; arrays are aligned on ``mass.index``.

    Parameters
    ----------
    mass
        Mass on roads.
    first_day, last_day
        First and last day on which each may have been, days since 1970-01-01; shape (incidents,).
    weight
        What one tells against an average one, by category and toll.
    in_groups
        Share of the roads inside the polygon of each incident known by region only that belongs to
        each group of ``ground.groups``; shape (incidents, groups).  Rows sum to 1 or, for all
        others and where there is no road, to 0.
    spread_m
        Spread of each placement.
    """

    mass: RoadMass
    first_day: Floats
    last_day: Floats
    weight: Floats
    in_groups: csr_array
    spread_m: Floats

    @classmethod
    def gather(
        cls,
        incidents: pd.DataFrame,
        placements: pd.DataFrame,
        tolls: pd.DataFrame,
        ground: Ground,
        policy: RiskPolicy,
    ) -> Events:
        """Return the events of a ledger or a snapshot.

        Parameters
        ----------
        incidents
            ``incident_id``, ``date_start``, ``date_end``, ``category``.
        placements
            `geo.records.PLACEMENT_COLUMNS`, aligned on ``incidents.index``.
        tolls
            Of `geo.summary.tolls`, index ``incident_id``.
        ground
            The roads.
        policy
            The weights.
        """
        mass = lay_mass(placements, ground.lixels.graph)
        first = _days(incidents["date_start"])
        last = _days(incidents["date_end"].fillna(incidents["date_start"]))
        return cls(
            mass, first, last, weights_of(incidents, tolls, policy),
            _in_groups(placements, mass.support_of == REGION_ONLY, ground),
            placements["spread_m"].to_numpy(dtype=np.float64),
        )  # fmt: skip

    def weighing(self, weight: Floats) -> Events:
        """Return the same events with other weights."""
        return replace(self, weight=weight)

    def decay(self, decay: Decay, on: float, until: float) -> Floats:
        """Return what each incident still counts for on a day: the mean over its possible days.

        Parameters
        ----------
        decay
            The rule.
        on, until
            Day that is asked about and last day of the records, days since 1970-01-01; what can
            only have been later counts 0.
        """
        end = np.minimum(self.last_day, until)
        possible = end - self.first_day + 1
        ages = on - self.first_day + 1, on - end
        mean = (decay.area(ages[0]) - decay.area(ages[1])) / np.maximum(possible, 1)
        return np.asarray(np.where(possible > 0, mean, 0.0))


def _days(values: pd.Series) -> Floats:
    return values.to_numpy(dtype="datetime64[D]").astype(np.float64)


def weights_of(incidents: pd.DataFrame, tolls: pd.DataFrame, policy: RiskPolicy) -> Floats:
    """Return the weight of each incident by its category and its toll; shape (incidents,)."""
    known = {str(kind): weight for kind, weight in policy.category_weights.items()}
    kind = incidents["category"].map(known).fillna(known[Category.OTHER])
    killed = (
        tolls["killed_high"].reindex(incidents["incident_id"]).to_numpy(np.float64, na_value=np.nan)
    )
    return np.asarray(kind.to_numpy(dtype=np.float64) * _by_toll(killed, policy.severity_weights))


def _by_toll(killed: Floats, weights: SeverityWeights) -> Floats:
    told = [np.isnan(killed), killed >= weights.many_from, killed > 0]
    return np.select(told, [weights.unstated, weights.many, weights.some], weights.none)


def _in_groups(
    placements: pd.DataFrame, region_only: NDArray[np.bool_], ground: Ground
) -> csr_array:
    rows = np.flatnonzero(region_only)
    shapes = placements["geometry"].to_numpy(dtype=object)[rows]
    # Placements made from one phrase share one polygon.
    codes, found = pd.factorize(np.array([id(shape) for shape in shapes], dtype=np.int64))
    first = np.unique(codes, return_index=True)[1]
    shares = np.zeros((len(found), len(ground.groups)))
    for row, polygon in enumerate(shapes[first]):
        inside = ground.tree.query(polygon, predicate="contains")
        km = np.bincount(
            ground.group[inside], weights=ground.length_km[inside], minlength=len(ground.groups)
        )
        shares[row] = km / max(km.sum(), 1e-9)
    laid = csr_array(
        (np.ones(len(rows)), (rows, codes)), shape=(len(placements), max(len(found), 1))
    )
    return csr_array(
        laid @ (csr_array(shares) if len(found) else csr_array((1, len(ground.groups))))
    )
