"""The incidents of the ledger that a draft may tell of, placed only when a draft comes near.

Placing a hundred thousand incidents takes ten seconds, and only those within a week of a draft can
be the same event (`geo.matching.points`, M1).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from geo import summary
from geo.gazetteer.placed import Placed
from geo.matching.events import Events, Floats, days_of, gather
from geo.matching.points import MOST_DAYS
from geo.store.frames import LedgerFrames
from geo.store.lines import standing


@dataclass(frozen=True, eq=False)
class Candidates:
    """What drafts are compared with.

    Parameters
    ----------
    frames
        The ledger; what was withdrawn is left out.
    placed
        Where its incidents lie, as far as anybody has asked.
    """

    frames: LedgerFrames
    placed: Placed

    @cached_property
    def _spans(self) -> tuple[Floats, Floats]:
        incidents = self.frames.standing_incidents
        return days_of(incidents["date_start"], incidents["date_end"])

    @cached_property
    def _ids(self) -> pd.Index:
        ids: pd.Index = pd.Index(self.frames.standing_incidents["incident_id"].array)
        return ids

    def near(self, *drafts: Events) -> Events:
        """Return the incidents whose days do not rule out that they are one with a draft.

        Parameters
        ----------
        *drafts
            Single incidents; what is near any of them is gathered once for all.

        Notes
        -----
        Of a draft without a day that is every incident, and all of them are placed.
        """
        start, end = self._spans
        near = np.zeros(len(start), dtype=bool)
        for one in drafts:
            near |= ~(np.maximum(start - one.end_day[0], one.start_day[0] - end) > MOST_DAYS)
        rows = self.frames.standing_incidents[near]
        tolls = summary.tolls(standing(self.frames.claims_about(rows["incident_id"])))
        return gather(rows.set_axis(pd.Index(rows["incident_id"])), self.placed.of(rows), tolls)

    def incident(self, incident_id: str) -> pd.DataFrame:
        """Return the line of an incident, or no line when there is none."""
        at = self._ids.get_indexer(pd.Index([incident_id]))
        return self.frames.standing_incidents.iloc[at[at >= 0]]

    def placement(self, incident_id: str) -> Any | None:
        """Return where an incident lies, ``None`` when there is no such incident."""
        rows = self.incident(incident_id)
        return None if rows.empty else self.placed.of(rows).iloc[0]
