"""What every section of a brief draws on, computed once."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import pandas as pd

from geo import summary
from geo.atlas import Atlas
from geo.gazetteer.folding import fold
from geo.roads.evidence import Evidence
from geo.selection import Selection, select
from geo.snapshot import Snapshot, build, place_ledger
from geo.store.frames import LedgerFrames

EVER = date(1678, 1, 1)
"""No incident is older."""


@dataclass(frozen=True, eq=False)
class Material:
    """The ledger as known on a day, seen through a selection.

    Parameters
    ----------
    frames
        The ledger.
    snapshot
        What was known.
    evidence
        Statements about roads, of all days.
    selection
        The area, the period and the filters of the brief.
    """

    frames: LedgerFrames
    snapshot: Snapshot
    evidence: Evidence
    selection: Selection

    @classmethod
    def gather(cls, frames: LedgerFrames, atlas: Atlas, selection: Selection) -> Material:
        """Gather from a ledger; a page that has the parts at hand gives them itself."""
        placed = place_ledger(frames, atlas)
        snapshot = build(frames, placed, atlas, selection.on, selection.known_on)
        return cls(frames, snapshot, Evidence.gather(frames.assertions, atlas), selection)

    @cached_property
    def ids(self) -> pd.Index:
        """Incidents of the selection, the latest first."""
        ids = select(self.snapshot, self.selection)
        dates = self.snapshot.incidents["date_start"].loc[ids]
        return dates.sort_values(ascending=False, kind="stable").index

    @cached_property
    def tolls(self) -> pd.DataFrame:
        """Tolls of all incidents as ranges."""
        return summary.tolls(self.snapshot.claims)

    @cached_property
    def status(self) -> pd.DataFrame:
        """Status of every road on the day."""
        return self.evidence.status(self.snapshot.on, self.snapshot.known_on)

    @cached_property
    def figures(self) -> summary.KeyFigures:
        """Key figures of the selection."""
        return summary.key_figures(self.snapshot, self.selection, self.tolls, self.status)

    @cached_property
    def area_status(self) -> pd.DataFrame:
        """Status of the roads of the area, cut to it."""
        return self.in_area(self.status)

    def in_area(self, stretches: pd.DataFrame) -> pd.DataFrame:
        """Return stretches of roads cut to the area.

        Parameters
        ----------
        stretches
            Columns ``axis_id``, ``measure_from_m``, ``measure_to_m`` and any others.

        Returns
        -------
        pandas.DataFrame
            The same columns; a road belongs to an area from the first to the last of its places
            that lie in it, the way to the next place outside included. A stretch that lies wholly
            on the farther half of that way is the neighbour's.
        """
        windows = {
            axis_id: window
            for axis_id in stretches["axis_id"].unique()
            if (window := self._window(axis_id)) is not None
        }
        kept = stretches[stretches["axis_id"].isin(windows)]
        low, half_low, half_high, high = (
            kept["axis_id"].map({a: w[n] for a, w in windows.items()}).astype("float64")
            for n in range(4)
        )
        beyond = (kept["measure_to_m"] <= half_low) | (kept["measure_from_m"] >= half_high)
        cut = kept.assign(
            measure_from_m=kept["measure_from_m"].clip(lower=low),
            measure_to_m=kept["measure_to_m"].clip(upper=high),
        )
        some = cut["measure_from_m"] < cut["measure_to_m"]
        return cut[some & ~beyond].reset_index(drop=True)

    def _window(self, axis_id: str) -> tuple[float, float, float, float] | None:
        """Return the part of a road that lies in the area, ``None`` for none.

        From the place before the area, half-way from it, half-way to the place after, to it.
        """
        axis = self.snapshot.atlas.axes[axis_id]
        places = self.snapshot.atlas.gazetteer.places
        wanted = {region.partition(":")[::2] for region in self.selection.regions}
        named = {(country, fold(name)) for country, name in wanted}
        inside = [
            number
            for number, place_id in enumerate(axis.place_ids)
            if (place := places[place_id])
            and (not self.selection.countries or place.country in self.selection.countries)
            and (not named or (place.country, fold(place.adm1)) in named)
        ]
        if not inside:
            return None
        first, last = max(inside[0] - 1, 0), min(inside[-1] + 1, len(axis.place_ids) - 1)
        ends = axis.measures_m[[first, inside[0], inside[-1], last]].tolist()
        # Where the road begins or ends in the area there is no half that is the neighbour's.
        low = (ends[0] + ends[1]) / 2 if first < inside[0] else -math.inf
        high = (ends[2] + ends[3]) / 2 if last > inside[-1] else math.inf
        return ends[0], low, high, ends[3]

    def since(self, days: int) -> Material:
        """Return the same with the last ``days`` days up to the day as its period."""
        start = self.selection.on - timedelta(days=days - 1)
        return replace(self, selection=replace(self.selection, start=start, end=self.selection.on))

    def learnt(self, first: date, last: date) -> pd.Index:
        """Return the incidents that first became known in a time, whenever they happened."""
        whole = replace(self, selection=replace(self.selection, start=EVER)).ids
        first_known = self.frames.incidents.groupby("entity_id")["known_on"].min()
        day = first_known.reindex(whole)
        return whole[day.between(pd.Timestamp(first), pd.Timestamp(last)).to_numpy()]
