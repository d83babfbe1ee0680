"""The ledger as it stood on any day, ready for many fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo import summary
from geo.atlas import Atlas
from geo.hotspots.periods import Period, share_in
from geo.records import PlacementKind
from geo.risk.drivers import support_kernels
from geo.risk.events import Events, weights_of
from geo.risk.field import Density, RiskField, fit_events
from geo.risk.ground import Ground
from geo.risk.models import Floats, Model
from geo.risk.policy import RiskPolicy
from geo.snapshot import counting
from geo.store import LedgerFrames

PRECISE_M = 10_000.0
"""A precise incident's spread is no wider."""
_TOWNS = frozenset({"city", "town"})


@dataclass(frozen=True, eq=False)
class Past:
    """Everything that the hindcast asks of a ledger; arrays by line of incidents.

    Parameters
    ----------
    frames
        The ledger.
    ground, policy, events
        As for `geo.risk.field`; the events of all lines, superseded ones included.
    stands
        Whether a line stands today: what came is taken from these.
    precise
        Whether an incident is known to within ``PRECISE_M`` and not at a town or city, where
        incidents of which little is known are stacked.
    known_on
        Day from which each line is known, datetime64; of `delayed` later than in the ledger.
    """

    frames: LedgerFrames
    ground: Ground
    policy: RiskPolicy
    events: Events
    stands: NDArray[np.bool_]
    precise: NDArray[np.bool_]
    known_on: NDArray[np.datetime64]
    _kernels: dict[float, csr_array] = field(default_factory=dict)
    _weights: dict[date, Floats] = field(default_factory=dict)
    _known: dict[date, NDArray[np.bool_]] = field(default_factory=dict)
    _came: dict[Period, Floats] = field(default_factory=dict)

    @classmethod
    def of(
        cls, frames: LedgerFrames, placements: gpd.GeoDataFrame, atlas: Atlas, policy: RiskPolicy
    ) -> Past:
        """Return the past of a ledger; placements are those of `geo.snapshot.place_ledger`."""
        ground = Ground.of(atlas)
        incidents = frames.incidents
        events = Events.gather(incidents, placements, summary.tolls(frames.claims), ground, policy)
        stands = counting(incidents, np.datetime64("9999-01-01", "us"))
        known = incidents["known_on"].to_numpy()
        return cls(frames, ground, policy, events, stands, _precise(placements, atlas), known)

    def known(self, day: date) -> NDArray[np.bool_]:
        """Return which lines count on a day of knowledge."""
        if day not in self._known:
            at = np.datetime64(day, "us")
            self._known[day] = counting(self.frames.incidents, at) & (self.known_on <= at)
        return self._known[day]

    def fit(self, model: Model, day: date) -> RiskField:
        """Return the rates that the model would have given on a day."""
        if day not in self._weights:
            at = np.datetime64(day, "us")
            tolls = summary.tolls(self.frames.claims[counting(self.frames.claims, at)])
            self._weights[day] = weights_of(self.frames.incidents, tolls, self.policy)
        return fit_events(
            self.events.weighing(self._weights[day]), self.ground, self.policy, model,
            on=day, until=day, known=self.known(day), density=self._density(model),
        )  # fmt: skip

    def _density(self, model: Model) -> Density:
        """Return the density as one product with the kernels of all supports."""

        def density(weights: Floats) -> Floats:
            reach_m, mass = model.bandwidth_m, self.events.mass
            count = len(mass.begin) - 1
            if reach_m not in self._kernels:
                self._kernels[reach_m] = support_kernels(
                    self.events, self.ground, reach_m, np.arange(count)
                )
            placed = mass.support_of >= 0
            total = np.bincount(mass.support_of[placed], weights[placed], count)
            return np.asarray(total @ self._kernels[reach_m], dtype=np.float64)

        return density

    def came(self, period: Period) -> Floats:
        """Return the share of each incident on roads that happened in a period; (lines,)."""
        if period not in self._came:
            incidents = self.frames.incidents
            share = share_in(incidents["date_start"], incidents["date_end"], period)
            self._came[period] = np.where(self.on_roads, share, 0.0)
        return self._came[period]

    def delayed(self, days: int) -> Past:
        """Return the same past with every *assumed* day of knowledge so many days later."""
        assumed = self.frames.incidents["known_assumed"].to_numpy(dtype=bool)
        later = self.known_on + np.where(assumed, np.timedelta64(days, "D"), np.timedelta64(0, "D"))
        return Past(
            self.frames, self.ground, self.policy, self.events, self.stands, self.precise, later,
            self._kernels, self._weights,
        )  # fmt: skip

    def lags(self) -> Floats:
        """Return the days from end to knowledge of the incidents on roads with a stated day."""
        incidents = self.frames.incidents
        stated = ~incidents["known_assumed"].to_numpy(dtype=bool) & self.on_roads
        lag = (incidents["known_on"] - incidents["date_end"]).dt.days
        return np.asarray(lag.to_numpy(dtype=np.float64)[stated], dtype=np.float64)

    @cached_property
    def on_roads(self) -> NDArray[np.bool_]:
        """Whether a line stands and lies on roads."""
        return np.asarray(self.stands & (self.events.mass.support_of >= 0))


def _precise(placements: pd.DataFrame, atlas: Atlas) -> NDArray[np.bool_]:
    places = atlas.gazetteer.places
    main = [ids[0] if isinstance(ids, tuple) and ids else "" for ids in placements["place_ids"]]
    in_town = np.array([name in places and places[name].kind in _TOWNS for name in main], bool)
    along = (placements["kind"] == PlacementKind.ALONG).to_numpy(dtype=bool)
    sharp = (placements["spread_m"] <= PRECISE_M).to_numpy(dtype=bool)
    return np.asarray(sharp & (along | ~in_town))
