"""Density at a time, and what changed: this period against the one before or the last 52 weeks.

*Density on a day* weights each event by a kernel in time, so that old events fade instead of
dropping out (Brunsdon, Corcoran & Higgs 2007, *Computers, Environment and Urban Systems* 31, the
product of a kernel in space and one in time).

*Change* compares two rates per cell.  A density at a cell is a sum of kernel weights k; with
Poisson events its variance is the sum of k², so it tells as much as x = (Σ k)² / Σ k² whole events
would (Fay & Feuer 1997, *Statistics in Medicine* 16).  The ratio's interval is that of
`geo.hotspots.rates`.

*When it misleads.*  Each cell has its own interval, so of twenty quiet cells one is expected to
look changed; neighbouring cells share their events and change together.  More reports may mean
more reporting, not more events.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.hotspots import binned
from geo.hotspots.grid import Grid
from geo.hotspots.kernels import QUARTIC, Kernel, Smoother, kernel_named
from geo.hotspots.mass import Mass
from geo.hotspots.periods import DAYS_PER_MONTH, YEAR_DAYS, Period, share_in
from geo.hotspots.planar import DEFAULT_BANDWIDTH_M, Surface, density
from geo.hotspots.points import Floats, Points
from geo.hotspots.rates import rate_ratio
from geo.i18n import Message, message

BEFORE, YEAR = "before", "year"
#: Below so many effective events in both periods together nothing is said of a cell.
LEAST_EVENTS = 1.0

Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Change:
    """Rates of two periods per cell and how they compare; arrays of shape (ny, nx).

    Parameters
    ----------
    grid
        The cells.
    now, then
        The two periods.
    now_per_km2_month, then_per_km2_month
        Events per km² and month (30.44 days).
    ratio
        ``now`` over ``then``; inf where there was nothing then, nan where there is nothing at all.
    low, high
        Interval of the ratio; 0 and inf where nothing can be said.
    confidence
        Share of such intervals that hold the true ratio.
    effective_events
        How many whole events both densities together are worth.
    overall
        Ratio, low and high for the whole surface.
    notes
        What a reader has to know.
    """

    grid: Grid
    now: Period
    then: Period
    now_per_km2_month: Floats
    then_per_km2_month: Floats
    ratio: Floats
    low: Floats
    high: Floats
    confidence: float
    effective_events: Floats
    overall: tuple[float, float, float]
    notes: tuple[Message, ...]

    @property
    def growing(self) -> NDArray[np.bool_]:
        """Cells whose whole interval lies above 1."""
        return self.low > 1

    @property
    def shrinking(self) -> NDArray[np.bool_]:
        """Cells whose whole interval lies below 1."""
        return self.high < 1


def time_weights(
    days: Days, on: date, bandwidth_days: float, *, kernel: str | Kernel = "epanechnikov"
) -> Floats:
    """Return what each event counts for on a day, per month: only the past, fading with age.

    Parameters
    ----------
    days
        Day of each event; one that is known to a range is best given its middle.
    on
        The day.
    bandwidth_days
        Age from which on an event counts for nothing; a Gaussian's standard deviation.
    kernel
        Shape of the fading.

    Returns
    -------
    numpy.ndarray
        Shape (events,): one event a day, for ever, adds up to 30.44 events per month.
    """
    if not (np.isfinite(bandwidth_days) and bandwidth_days > 0):
        text = message("The bandwidth must be above 0 days; got {value}.", value=bandwidth_days)
        raise ValueError(str(text))
    shape = kernel_named(kernel)
    ages = np.arange(int(np.ceil(shape.reach * bandwidth_days)) + 1)
    # A kernel narrower than a day is a day.
    by_age = shape.shape((ages / bandwidth_days) ** 2)
    age = (np.datetime64(on) - days.astype("datetime64[D]")).astype(np.float64)
    known = ~np.isnat(days) & (age >= 0) & (age < len(ages))
    found = np.zeros(len(days))
    found[known] = by_age[age[known].astype(np.intp)] / by_age.sum() * DAYS_PER_MONTH
    return found


def density_on(
    mass: Mass,
    days: Days,
    grid: Grid,
    *,
    on: date,
    bandwidth_days: float,
    bandwidth_m: float = DEFAULT_BANDWIDTH_M,
    **how: Any,
) -> Surface:
    """Return the density on a day, in events per km² and month.

    Parameters
    ----------
    mass, days
        The events, and the day of each, aligned on ``mass.index``.
    grid, bandwidth_m
        As for `geo.hotspots.planar.density`; ``how`` too (kernel, engine, area).
    on, bandwidth_days
        As for `time_weights`.
    """
    return density(mass, grid, bandwidth_m, time_weights(days, on, bandwidth_days), **how)


def change(
    mass: Mass,
    grid: Grid,
    now: Period,
    against: str = BEFORE,
    *,
    starts: pd.Series,
    ends: pd.Series,
    bandwidth_m: float = DEFAULT_BANDWIDTH_M,
    kernel: str | Kernel = QUARTIC,
    confidence: float = 0.95,
) -> Change:
    """Compare a period with the one before it, or with the mean of the 52 weeks before it.

    Parameters
    ----------
    mass
        The events.
    grid
        The cells.
    now
        The period.
    against
        "before": as many days before it; "year": the 364 days before it.
    starts, ends
        First and last possible day of each event, aligned on ``mass.index``; it counts in a period
        by the share of its days that lie there.
    bandwidth_m, kernel
        As for `geo.hotspots.planar.density`.
    confidence
        Of the intervals.

    Returns
    -------
    Change
        The variance of an event that lies somewhere along a stretch or in a disc is taken as if its
        parts could not fall together, which makes intervals rather too wide than too narrow.

    Raises
    ------
    ValueError
        For what `geo.hotspots.planar.density` refuses, and an unknown ``against``.
    """
    if against not in (BEFORE, YEAR):
        text = message(
            'The period is compared with "before" or "year"; got {value}.', value=against
        )
        raise ValueError(str(text))
    then = now.before(now.days if against == BEFORE else YEAR_DAYS)
    weights = [share_in(starts, ends, period) for period in (now, then)]
    surfaces = [density(mass, grid, bandwidth_m, weight, kernel=kernel) for weight in weights]
    smoother = Smoother(kernel_named(kernel), surfaces[0].bandwidth_m)
    x, y = (s.density_per_km2 / (smoother.peak_per_m2 * 1e6) for s in surfaces)
    per_event = _mean_weight(mass, weights[0] + weights[1], x + y, grid, smoother)
    lengths = now.days, then.days
    effective = (x + y) / per_event
    ratio, low, high = rate_ratio(x / per_event, y / per_event, lengths, confidence)
    silent = effective < LEAST_EVENTS
    ratio[x + y <= 0] = np.nan
    low[silent], high[silent] = 0.0, np.inf
    totals = [s.mass_total for s in surfaces]
    whole = rate_ratio(totals[0], totals[1], lengths, confidence)
    return Change(
        grid=grid,
        now=now,
        then=then,
        now_per_km2_month=surfaces[0].density_per_km2 * (DAYS_PER_MONTH / now.days),
        then_per_km2_month=surfaces[1].density_per_km2 * (DAYS_PER_MONTH / then.days),
        ratio=ratio,
        low=low,
        high=high,
        confidence=confidence,
        effective_events=effective,
        overall=(float(whole[0]), float(whole[1]), float(whole[2])),
        notes=(_note(now, then, totals, confidence), *surfaces[0].notes),
    )


def _mean_weight(
    mass: Mass, incident_weights: Floats, total: Floats, grid: Grid, smoother: Smoother
) -> Floats:
    """Return Σ k² / Σ k per cell: the kernel weight that stands for one whole event, above 0."""
    if smoother.kernel.power == 0:
        return np.ones(grid.shape)
    points = Points(mass.x_m, mass.y_m, mass.weights(incident_weights))
    binned_ = binned.bin_points(points, grid, binned.padded(grid, smoother))
    squares = binned.spread(binned_, grid, smoother, squared=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = squares / total
    # A cell at the very rim of a kernel has weights near 0, where binning is not exact.
    return np.where(total > 0, np.clip(found, 0.05, 1.0), 1.0)


def _note(now: Period, then: Period, totals: list[float], confidence: float) -> Message:
    return message(
        "{now_events:.0f} events from {now_first} to {now_last} ({now_days} days) against "
        "{then_events:.0f} from {then_first} to {then_last} ({then_days} days), as rates. Each "
        "cell's interval holds the true ratio in {confidence:.0%} of cases; it says nothing about "
        "whether more is reported than before.",
        now_events=totals[0],
        now_first=now.first,
        now_last=now.last,
        now_days=now.days,
        then_events=totals[1],
        then_first=then.first,
        then_last=then.last,
        then_days=then.days,
        confidence=confidence,
    )
