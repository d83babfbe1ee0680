"""What the ledger would make of a drafted incident: its place, its toll, what it may be."""

from __future__ import annotations

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
from geo.review.records import Dossier, DraftItem
from geo.snapshot import Snapshot


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


def sight(item: DraftItem, dossier: Dossier, atlas: Atlas) -> Sight:
    """Return a drafted incident as the ledger would have it; what cannot be read is left empty."""
    faults: list[Fault] = []
    values = checking.incident_values(item, dossier.source, faults)
    claims = checking.claim_values(item, dossier, item.key, faults)
    incident = checking.one_row(INCIDENTS, {**values, "incident_id": item.key})
    incident.index = pd.Index([item.key])
    return Sight(
        incident,
        place_incidents(incident, atlas),
        summary.tolls(checking.rows(CLAIMS, [{"unit_group": "all", **one} for one in claims])),
        faults,
    )


def ledger_events(snapshot: Snapshot) -> Events:
    """Return the incidents of a snapshot as matching compares them."""
    return gather(snapshot.incidents, snapshot.placements, summary.tolls(snapshot.claims))


def matches(seen: Sight, ledger: Events, most: int = 6) -> list[Match]:
    """Return the incidents that a draft may tell of, best first."""
    return rank(seen.event(), ledger, most)
