"""Events in time: their share in a period, their weight on a day, and change along the roads.

An event known only to lie between two days counts in a period by the share of those days that are
in it, as it counts on a road by the share of its mass there.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv

from geo.hotspots.network.arrays import Floats
from geo.hotspots.network.density import DEFAULT_BANDWIDTH_M, Method, road_density
from geo.hotspots.network.events import RoadMass
from geo.hotspots.network.kernels import kernel_named
from geo.hotspots.network.lixels import Lixels
from geo.hotspots.periods import DAYS_PER_MONTH, YEAR_DAYS, Period, days_of, share_in
from geo.hotspots.rates import rate_ratio
from geo.i18n import message

COVERAGE = 0.9
_NOTHING = 1e-6
FEWEST_EVENTS = 5.0
"""Below so many events in both periods together no change is told."""


def poisson_interval(count: ArrayLike, coverage: float = COVERAGE) -> tuple[Floats, Floats]:
    """Return the interval of a Poisson mean, given a count (Garwood 1936, *Biometrika* 28).

    It holds for counts of 0 and 1 too, where mean ± two standard deviations would reach below
    nothing, and takes counts that are no whole numbers, as expected counts are.

    Parameters
    ----------
    count
        Not below 0.
    coverage
        At least this share of such intervals holds the mean.
    """
    n = np.asarray(count, dtype=np.float64)
    tail = (1 - coverage) / 2
    # The inverse is slow for next to nothing, and its low end is 0 there.
    some = n > _NOTHING
    low = np.where(some, gammaincinv(np.where(some, n, 1), tail), 0.0)
    return low, np.asarray(gammaincinv(n + 1, 1 - tail))


def time_weights(
    starts: pd.Series,
    ends: pd.Series,
    on: dt.date,
    bandwidth_days: float,
    kernel: str = "quartic",
) -> Floats:
    """Return the weight of each event on a day: recent ones count most, older ones fade.

    A one-sided kernel back in time (nothing is known of the future), with integral 1: weighted with
    it, a density is events per km and day.  An event of several possible days has their mean.

    Parameters
    ----------
    starts, ends
        As for `share_in`.
    on
        The day; what happens after it has no weight.
    bandwidth_days
        An event longer ago than this has no weight.
    kernel
        One of `geo.hotspots.network.kernels.KERNELS`.

    Raises
    ------
    ValueError
        When the bandwidth is not above 0 or the kernel is not known.
    """
    if not (np.isfinite(bandwidth_days) and bandwidth_days > 0):
        text = message("The reach in time must be above 0 days; got {n}.", n=bandwidth_days)
        raise ValueError(str(text))
    shape = kernel_named(kernel)
    end_of_day = np.datetime64(on, "D").astype(np.float64) + 1
    first, last = days_of(starts), days_of(ends.fillna(starts))
    ago = [shape.inside(end_of_day - day, bandwidth_days) for day in (first, last + 1)]
    return np.asarray(2 * (ago[0] - ago[1]) / (last - first + 1))


def change(
    mass: RoadMass,
    lixels: Lixels,
    starts: pd.Series,
    ends: pd.Series,
    period: Period,
    *,
    bandwidth_m: float = DEFAULT_BANDWIDTH_M,
    method: Method = "esd",
    kernel: str = "quartic",
    coverage: float = COVERAGE,
) -> pd.DataFrame:
    """Return the density of a period beside the one before and the mean of the 52 weeks before.

    Parameters
    ----------
    mass, lixels, bandwidth_m, method, kernel
        As for `geo.hotspots.network.density.road_density`.
    starts, ends
        Days of each incident, aligned on ``mass.index``.
    period
        "This period".
    coverage
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        A row per lixel.  ``now``, ``before``, ``year``: events per 100 km and month;
        ``now_low``, ``now_high``: interval of ``now``; ``ratio_before``, ``ratio_before_low``,
        ``ratio_before_high`` and the same for ``year``: now over then; ``events_before``,
        ``events_year``: how many events a lixel sees in both periods; ``trend_before``,
        ``trend_year``: see `trend`.  Where the records do not reach back to the first day of a
        comparison its columns are NaN and the trend is ``no_records``.

    Notes
    -----
    The intervals read a density as the count that a lixel sees: density / ∫k², which is a Poisson
    count when the events around it are independent and of even density.  Reports of one attack by
    two sources, or a campaign, make the true interval wider.
    """
    roughness_m = bandwidth_m / kernel_named(kernel).roughness
    earliest = starts.min()

    def seen(days: Period) -> Floats | None:
        """Return the count that each lixel sees; None where the records do not reach back."""
        if pd.isna(earliest) or (days is not period and days.first < earliest.date()):
            return None
        surface = road_density(
            mass, lixels, bandwidth_m, method=method, kernel=kernel,
            incident_weights=share_in(starts, ends, days),
        )  # fmt: skip
        # Parts that cancel leave some -1e-18 behind.
        return np.maximum(surface.per_km, 0) / 1_000 * roughness_m

    def rate(count: Floats, days: Period) -> Floats:
        return np.asarray(count / roughness_m * 100_000 / (days.days / DAYS_PER_MONTH))

    nothing = np.zeros(len(lixels))
    now = seen(period)
    now = nothing if now is None else now
    low, high = poisson_interval(now, coverage)
    columns: dict[str, NDArray[np.generic]] = {
        "now": rate(now, period),
        "now_low": rate(low, period),
        "now_high": rate(high, period),
    }
    for name, days in (("before", period.before(period.days)), ("year", period.before(YEAR_DAYS))):
        then = seen(days)
        count = np.full(len(lixels), np.nan) if then is None else then
        columns[name] = rate(count, days)
        ratio = rate_ratio(now, count, (period.days, days.days), coverage)
        for part, values in zip(("", "_low", "_high"), ratio, strict=True):
            columns[f"ratio_{name}{part}"] = values
        columns[f"events_{name}"] = now + count
        columns[f"trend_{name}"] = trend(now + count, ratio[1], ratio[2])
    return pd.DataFrame(columns, index=pd.RangeIndex(len(lixels), name="lixel"))


def trend(events: Floats, low: Floats, high: Floats) -> NDArray[np.object_]:
    """Return what an interval of a ratio tells.

    Returns
    -------
    numpy.ndarray
        ``rising`` (the interval lies above 1), ``falling`` (below 1), ``unclear``, ``too_few``
        (fewer than ``FEWEST_EVENTS`` in both periods: no score would mean anything) or
        ``no_records``.
    """
    told = np.select(
        [np.isnan(events), events < FEWEST_EVENTS, low > 1, high < 1],
        ["no_records", "too_few", "rising", "falling"],
        default="unclear",
    )
    return told.astype(object)
