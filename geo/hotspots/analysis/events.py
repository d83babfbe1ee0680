"""The events of a question: which incidents pass its filters, and what needs no bandwidth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.hotspots.analysis.ground import Ground
from geo.hotspots.analysis.memo import Memo
from geo.hotspots.bandwidth import Bandwidth
from geo.hotspots.network.events import REGION_ONLY, RoadMass
from geo.hotspots.network.periods import COVERAGE, trend
from geo.hotspots.periods import DAYS_PER_MONTH, YEAR_DAYS, Period, share_in
from geo.hotspots.ranking import DEFAULT_DRAWS, rank_stretches
from geo.hotspots.rates import rate_ratio
from geo.i18n import Message, counted, message
from geo.selection import Selection, select

Floats = NDArray[np.float64]
_EVER = pd.Timestamp("1678-01-01").date(), pd.Timestamp("2261-12-31").date()
#: Places drawn for the ranks of stretches, at most; with many events fewer drawings tell as much.
MOST_DRAWN = 2_000_000
FEWEST_DRAWS = 60
FEW_EVENTS = 20
"""Below so many events a picture of density shows single events."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two periods of the same events.

    Parameters
    ----------
    then
        The earlier period.
    events
        Events in it, counted by the share of their possible days; nan without records.
    ratio, low, high
        Rate now over rate then, with its interval.
    trend
        One of `geo.hotspots.network.periods.trend`.
    """

    then: Period
    events: float
    ratio: float
    low: float
    high: float
    trend: str


@dataclass(frozen=True, eq=False)
class Events:
    """The incidents that pass a selection's filters, of all days, and its period.

    Parameters
    ----------
    ground
        The snapshot's mass.
    selection
        The filters.
    """

    ground: Ground
    selection: Selection

    @cached_property
    def bandwidths(self) -> Memo[Bandwidth]:
        """Bandwidths that were estimated for these events, by question."""
        return Memo(8)

    @property
    def period(self) -> Period:
        """The days that count."""
        return Period(self.selection.start, self.selection.end)

    @cached_property
    def chosen(self) -> NDArray[np.bool_]:
        """Which incidents of the snapshot pass the filters, whenever they happened."""
        shot = self.ground.snapshot
        ids = select(shot, self.selection, start=_EVER[0], end=_EVER[1])
        found = np.zeros(len(shot.incidents), dtype=bool)
        found[shot.incidents.index.get_indexer(ids)] = True
        return found

    @cached_property
    def starts(self) -> pd.Series:
        """First possible day of each event."""
        return self.ground.starts[self.chosen]

    @cached_property
    def ends(self) -> pd.Series:
        """Last possible day of each event."""
        return self.ground.ends[self.chosen]

    @cached_property
    def share(self) -> Floats:
        """Share of each event's possible days that lie in the period."""
        return share_in(self.starts, self.ends, self.period)

    @property
    def count(self) -> float:
        """Events in the period, each by its share."""
        return float(self.share.sum())

    @property
    def reports(self) -> int:
        """Incidents that may have happened in the period."""
        return int((self.share > 0).sum())

    @cached_property
    def unsaid(self) -> int:
        """Incidents left out because nobody says whether there was an explosive device."""
        if not self.selection.ied_only:
            return 0
        shot = self.ground.snapshot
        ids = select(shot, replace(self.selection, ied_only=False))
        return int(shot.incidents.loc[ids, "ied"].isna().sum())

    @cached_property
    def road_mass(self) -> RoadMass:
        """The events along the roads, of all days."""
        return self.ground.road_mass.select(self.chosen)

    @cached_property
    def on_roads(self) -> float:
        """Events of the period that lie on the roads."""
        return float(self.share[self.road_mass.support_of >= 0].sum())

    @property
    def rate(self) -> float:
        """Events on the roads per 100 km and month."""
        km = self.ground.graph.total_m / 1_000
        return self.on_roads / (km / 100) / (self.period.days / DAYS_PER_MONTH)

    def left_out(self, *, on_roads: bool, with_regions: bool) -> dict[str, float]:
        """Return the events of the period that carry no mass, by reason.

        Parameters
        ----------
        on_roads
            Whether mass lies along roads or on the plane.
        with_regions
            Whether, on the plane, events known by region only take part.
        """
        # Every incident has been laid on the roads too, and there its code says what is known.
        code, placed = self.road_mass.support_of, self._placed
        found = {"unplaced": self._events(~placed)}
        if on_roads or not with_regions:
            found["region"] = self._events(code == REGION_ONLY)
        if on_roads:
            found["off_roads"] = self._events(placed & (code < 0) & (code != REGION_ONLY))
        return found

    @property
    def _placed(self) -> NDArray[np.bool_]:
        placed = self.ground.snapshot.placements["lon"].notna().to_numpy()
        return np.asarray(placed[self.chosen], dtype=bool)

    def _events(self, which: NDArray[np.bool_]) -> float:
        return float(self.share[which].sum())

    @cached_property
    def before(self) -> Comparison:
        """Against the period of the same length before."""
        return self._against(self.period.before(self.period.days))

    @cached_property
    def year(self) -> Comparison:
        """Against the mean of the 52 weeks before."""
        return self._against(self.period.before(YEAR_DAYS))

    def _against(self, then: Period) -> Comparison:
        earliest = self.ground.starts.min()
        reached = not pd.isna(earliest) and earliest.date() <= then.first
        events = float(share_in(self.starts, self.ends, then).sum()) if reached else np.nan
        days = self.period.days, then.days
        ratio, low, high = (
            np.atleast_1d(part) for part in rate_ratio(self.count, events, days, COVERAGE)
        )
        told = trend(np.array([self.count + events]), low, high)
        return Comparison(
            then, events, float(ratio[0]), float(low[0]), float(high[0]), str(told[0])
        )

    @cached_property
    def stretches(self) -> pd.DataFrame:
        """The stretches of the axes, ranked; see `geo.hotspots.ranking.rank_stretches`."""
        draws = int(np.clip(MOST_DRAWN / max(self.reports, 1), FEWEST_DRAWS, DEFAULT_DRAWS))
        return rank_stretches(
            self.road_mass, self.ground.graph, self.ground.snapshot.atlas,
            starts=self.starts, ends=self.ends, period=self.period, draws=draws,
        )  # fmt: skip

    def notes(self) -> list[Message]:
        """Return what a reader has to know of any picture of these events."""
        said = []
        if not self.count:
            said.append(message("No event of this choice was reported in this period."))
        elif self.count < FEW_EVENTS:
            said.append(
                counted(
                    "Only {count} report: the map shows where it was. Scores and rates mean "
                    "little.",
                    "Only {count} reports: a map of so few shows where each was, not where they "
                    "concentrate. Scores and rates mean little.",
                    self.reports,
                )
            )
        if self.unsaid:
            said.append(
                counted(
                    "Of {count} report nobody says whether there was an explosive device: it is "
                    "not counted.",
                    "Of {count} reports nobody says whether there was an explosive device: they "
                    "are not counted.",
                    self.unsaid,
                )
            )
        return [*said, REPORTING]


REPORTING = message(
    "These are reports. More is reported near towns and on roads that are travelled, and more was "
    "while the UN mission was in Mali (to 31 December 2023). Where nothing is shown nothing was "
    "reported; that is not the same as nothing happened."
)
