"""What the ledger would make of a drafted incident: its place, its toll, what it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geo import summary
from geo.atlas import Atlas
from geo.columns import CLAIMS, INCIDENTS
from geo.gazetteer.placing import place_incidents
from geo.matching.events import Events, gather
from geo.matching.ranking import Match, rank
from geo.records import Fault
from geo.review import checking
from geo.review.candidates import Candidates
from geo.review.records import Dossier, DraftItem


@dataclass(frozen=True, eq=False)
class Sight:
    """A drafted incident as the ledger would have it.

    Parameters
    ----------
    incident
        One row, columns of `geo.columns.INCIDENTS`; the index is the draft's key.
    placement
        Where the ledger would place it, aligned on ``incident``.
    toll
        Of `geo.summary.tolls`, empty when nobody states a number.
    faults
        What keeps it from being recorded as it is.
    """

    incident: pd.DataFrame
    placement: gpd.GeoDataFrame
    toll: pd.DataFrame
    faults: list[Fault]

    def event(self) -> Events:
        """Return it as matching compares it."""
        return gather(self.incident, self.placement, self.toll)


def sights(items: Sequence[DraftItem], dossier: Dossier, atlas: Atlas) -> dict[str, Sight]:
    """Return drafted incidents as the ledger would have them, by key; all are placed at once.

    What cannot be read is left empty.
    """
    if not items:
        return {}
    keys = [item.key for item in items]
    faults: dict[str, list[Fault]] = {key: [] for key in keys}
    values = [
        {**checking.incident_values(item, dossier.source, faults[item.key]),
         "incident_id": item.key}
        for item in items
    ]  # fmt: skip
    claims = [
        {"unit_group": "all", **one}
        for item in items
        for one in checking.claim_values(item, dossier, item.key, faults[item.key])
    ]
    incidents = checking.rows(INCIDENTS, values).set_axis(pd.Index(keys))
    placements = place_incidents(incidents, atlas)
    tolls = summary.tolls(checking.rows(CLAIMS, claims))
    return {
        key: Sight(
            incidents.loc[[key]],
            placements.loc[[key]],
            tolls.loc[tolls.index.intersection([key])],
            faults[key],
        )
        for key in keys
    }


def sight(item: DraftItem, dossier: Dossier, atlas: Atlas) -> Sight:
    """Return a drafted incident as the ledger would have it; what cannot be read is left empty."""
    return sights([item], dossier, atlas)[item.key]


def matches(seen: Sequence[Sight], ledger: Candidates, most: int = 6) -> list[list[Match]]:
    """Return the incidents that each of some drafts may tell of, best first."""
    drafts = [one.event() for one in seen]
    near = ledger.near(*drafts)
    return [rank(one, near, most) for one in drafts]
