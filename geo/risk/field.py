"""The rate of incidents on every stretch of road: fitted to what was known, asked by journeys.

On each lixel the rate λ (incidents per km and day) has a Gamma posterior.  The background μ of its
group is the mean of the prior, Gamma(a, a / μ).  Around the lixel the kernel sees n incidents, each
weighted by kind, toll and age, in a window of W km of road over E days of records (both effective),
which makes it Gamma(a + n, a / μ + W E).  ``docs/method.md`` says why, and what it does not know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from geo import summary
from geo.hotspots.network.density import Method, road_density
from geo.hotspots.network.events import REGION_ONLY
from geo.hotspots.network.kernels import kernel_named
from geo.i18n import message
from geo.risk.background import JEFFREYS, background
from geo.risk.choice import model_in_use
from geo.risk.events import Events
from geo.risk.exposure import Exposure, gamma_interval, in_order, sd_of_sum
from geo.risk.ground import Ground
from geo.risk.models import Floats, Model
from geo.risk.policy import RiskPolicy, load_risk_policy
from geo.snapshot import Snapshot

KERNEL = "quartic"
METHOD: Final[Method] = "esd"
_FEWEST_DAYS = 1.0

Density = Callable[[Floats], Floats]
"""Weights of the incidents to the density of each lixel, per km."""


@dataclass(frozen=True, eq=False)
class RiskField:
    """Rates of incidents on the roads, as known on a day.

    Parameters
    ----------
    ground
        The roads; arrays by lixel follow ``ground.lixels``.
    policy
        The judgements that it was made with.
    model
        The model that was fitted: the policy's, or a baseline in its place.
    events
        The incidents.
    counts
        What each incident counts for: weight × decay; (incidents,).
    on
        The day that the rates are for.
    days, window_km
        E and W: effective length of the records, and of the road that one lixel sees (0 for one
        rate on all roads).
    prior_shape, prior_mean
        a, and μ of each lixel's group; incidents per km and day; (lixels,).
    alpha, beta
        Shape and rate of the Gamma posterior of the incidents per km and day; (lixels,).
    """

    ground: Ground
    policy: RiskPolicy
    model: Model
    events: Events
    counts: Floats
    on: date
    days: float
    window_km: float
    prior_shape: float
    prior_mean: Floats
    alpha: Floats
    beta: Floats

    @cached_property
    def mean(self) -> Floats:
        """Expected rate of each lixel; incidents per km and day, never 0."""
        return np.asarray(self.alpha / self.beta)

    @cached_property
    def sd(self) -> Floats:
        """Standard deviation of the rate of each lixel."""
        return np.asarray(np.sqrt(self.alpha) / self.beta)

    @cached_property
    def interval(self) -> tuple[Floats, Floats]:
        """Lower and upper end of the rate of each lixel, at the policy's coverage."""
        return gamma_interval(self.mean, self.sd, self.policy.coverage)

    @cached_property
    def seen(self) -> Floats:
        """Incidents' worth of evidence that each lixel sees: n of the posterior."""
        return np.asarray(self.alpha - self.prior_shape)

    @cached_property
    def thin(self) -> NDArray[np.bool_]:
        """Whether a lixel's rate rests on the background alone."""
        return np.asarray(self.seen < self.policy.thin_below_incidents)

    @cached_property
    def kernels(self) -> dict[int, csr_array]:
        """Densities of single supports that `geo.risk.drivers` computed; grows as it is asked."""
        return {}

    @property
    def reach_km(self) -> float:
        """Length of road around a vehicle on which an incident concerns it."""
        return 2 * self.policy.reach_km

    @cached_property
    def per_day(self) -> float:
        """Expected incidents per day on all roads together."""
        # Not a BLAS product: its threads cost more than the sum where cores are busy.
        return float((self.mean * self.ground.length_km).sum())

    def costs(self) -> Floats:
        """Return the expected incidents per day spent on each lixel; (lixels,).

        Times the days that a vehicle takes for a lixel it is the lixel's exposure: the weight of
        an edge for a search of ways.
        """
        return np.asarray(self.mean * self.reach_km)

    def exposure(self, lixels: ArrayLike, travel_days: ArrayLike) -> Exposure:
        """Return what a vehicle is exposed to on its way.

        Parameters
        ----------
        lixels
            Numbers of the lixels in the order of the way; a lixel may come again.
        travel_days
            Days (mostly a small part of one) that the vehicle spends on each: less where it passes
            only a part of a lixel, more where it waits.

        Returns
        -------
        Exposure
            ``expected`` of a whole way is the sum over its parts.  O(lixels log lixels).

        Raises
        ------
        ValueError
            When there are not as many days as lixels, or a day is below 0.

        Notes
        -----
        The interval leaves out what the background itself may be off by, and takes each report as
        an incident of its own.
        """
        number, spent = self._way(lixels, travel_days)
        if not len(number):
            return Exposure(0.0, 0.0, 0.0, 0.0)
        cost = spent * self.reach_km
        expected = float(cost @ self.mean[number])
        length_km = self.ground.length_km[number]
        sd = sd_of_sum(cost * self.sd[number], length_km, self.window_km or np.inf)
        low, high = gamma_interval(np.array(expected), np.array(sd), self.policy.coverage)
        return Exposure(expected, float(low), float(high), float(-np.expm1(-expected)))

    def _way(self, lixels: ArrayLike, travel_days: ArrayLike) -> tuple[NDArray[np.intp], Floats]:
        number = np.asarray(lixels, dtype=np.intp)
        days = np.asarray(travel_days, dtype=np.float64)
        if number.shape != days.shape or not (days >= 0).all():
            text = message("Give the days spent on each lixel, none below 0.")
            raise ValueError(str(text))
        return in_order(number, days)

    def rank(self, per_km_day: ArrayLike, within: NDArray[np.bool_] | None = None) -> Floats:
        """Return the share of road-km whose rate is lower: "higher than 94 % of road-km".

        Parameters
        ----------
        per_km_day
            Rates, such as ``mean`` of some lixels or a way's mean over its km.
        within
            Which lixels to rank among, (lixels,); all unless given.

        Returns
        -------
        numpy.ndarray
            0 to 1, shaped as the rates.
        """
        rates, reached = self._ranking if within is None else self._sorted(within)
        at = np.searchsorted(rates, np.asarray(per_km_day, dtype=np.float64), side="left")
        return np.asarray(reached[at])

    @cached_property
    def _ranking(self) -> tuple[Floats, Floats]:
        return self._sorted(np.ones(len(self.mean), dtype=bool))

    def _sorted(self, within: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Return rates, ascending, and the share of road-km before each and in all."""
        rates, km = self.mean[within], self.ground.length_km[within]
        order = np.argsort(rates)
        reached = np.concatenate([[0.0], np.cumsum(km[order])])
        return rates[order], reached / max(reached[-1], 1e-9)

    def mean_rate(self, lixels: ArrayLike) -> float:
        """Return the mean rate over the km of some lixels; incidents per km and day."""
        number = np.unique(np.asarray(lixels, dtype=np.intp))
        return float(np.average(self.mean[number], weights=self.ground.length_km[number]))


def fit(
    snapshot: Snapshot,
    ground: Ground,
    policy: RiskPolicy | None = None,
    *,
    model: Model | None = None,
    tolls: pd.DataFrame | None = None,
) -> RiskField:
    """Return the rates on the roads, from what was known on one day about another.

    Parameters
    ----------
    snapshot
        Incidents, placements and claims, by both clocks.
    ground
        ``Ground.of(snapshot.atlas)``.
    policy
        That of ``data/policy.toml`` unless given.
    model
        Unless given the policy's own, or the baseline that the hindcast found better
        (`geo.risk.choice`).
    tolls
        ``summary.tolls(snapshot.claims)``, where it is at hand.

    Returns
    -------
    RiskField
        For ``snapshot.on``.  Records end on the earlier of the snapshot's two days.

    Notes
    -----
    O(incidents) and the density of `geo.hotspots.network.density`.
    """
    policy = policy or load_risk_policy()
    tolls = summary.tolls(snapshot.claims) if tolls is None else tolls
    events = Events.gather(snapshot.incidents, snapshot.placements, tolls, ground, policy)
    until = min(snapshot.on, snapshot.known_on)
    return fit_events(
        events, ground, policy, model or model_in_use(policy), on=snapshot.on, until=until
    )


def fit_events(
    events: Events,
    ground: Ground,
    policy: RiskPolicy,
    model: Model,
    *,
    on: date,
    until: date,
    known: NDArray[np.bool_] | None = None,
    density: Density | None = None,
) -> RiskField:
    """Return the rates on the roads from events; see `fit`.

    Parameters
    ----------
    events, ground, policy, model
        What happened, where, and how to weigh it.
    on, until
        Day that the rates are for, and last day of the records.
    known
        Which incidents take part, (incidents,); all unless given.
    density
        Gives the density from the incidents' weights, where something faster than computing it
        anew is at hand.
    """
    day, last = (float(np.datetime64(d, "D").astype(np.int64)) for d in (on, until))
    take = np.ones(len(events.weight), dtype=bool) if known is None else known
    take = take & (events.first_day <= last)
    since = min(events.first_day[take].min(initial=np.inf), last)
    days = max(
        float(model.decay.area(day - since + 1) - model.decay.area(day - last)), _FEWEST_DAYS
    )
    counts = events.decay(model.decay, day, last) * take
    if model.weighted:
        counts = counts * events.weight
    weights_on_roads = np.where(events.mass.support_of >= 0, counts, 0.0)
    km = ground.length_km
    if np.isfinite(model.bandwidth_m):
        per_km = (density or _density(events, ground, model))(weights_on_roads)
        # Rounding may leave some -1e-18 behind.
        per_km = np.maximum(per_km, 0.0)
        window_km = model.bandwidth_m / kernel_named(KERNEL).roughness / 1_000
    else:
        per_km, window_km = np.full(len(km), weights_on_roads.sum() / km.sum()), 0.0
    by_region = np.where(events.mass.support_of == REGION_ONLY, counts, 0.0)
    in_groups = np.bincount(ground.group, per_km * km, len(ground.groups))
    in_groups = in_groups + policy.region_only_on_roads * (by_region @ events.in_groups)
    prior_mean = background(ground, in_groups, days, model.pooling)[ground.group]
    # With one rate for all roads all evidence is in the background.
    shape = model.shape if window_km else float(in_groups.sum()) + JEFFREYS
    return RiskField(
        ground, policy, model, events, counts, on, days, window_km,
        prior_shape=shape, prior_mean=prior_mean, alpha=shape + per_km * window_km,
        beta=shape / prior_mean + window_km * days,
    )  # fmt: skip


def _density(events: Events, ground: Ground, model: Model) -> Density:
    def density(weights: Floats) -> Floats:
        return road_density(
            events.mass, ground.lixels, model.bandwidth_m, method=METHOD, kernel=KERNEL,
            incident_weights=weights,
        ).per_km  # fmt: skip

    return density
