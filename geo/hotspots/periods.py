"""Periods, and the share of an event that lies in one.

An event known only to lie between two days counts in a period by the share of those days that are
in it, as it counts on a road by the share of its mass there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.i18n import message

DAYS_PER_MONTH = 30.4375
YEAR_DAYS = 364

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            text = message(
                "A period must end on or after the day it begins; got {first} to {last}.",
                first=self.first,
                last=self.last,
            )
            raise ValueError(str(text))

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1

    def before(self, days: int) -> Period:
        """Return the ``days`` days that end where this period begins."""
        return Period(self.first - timedelta(days=days), self.first - timedelta(days=1))


def days_of(values: pd.Series) -> Floats:
    """Return days as numbers since 1970; nan for one that is not known."""
    return values.to_numpy(dtype="datetime64[D]").astype(np.float64)


def share_in(starts: pd.Series, ends: pd.Series, period: Period) -> Floats:
    """Return the share of each event's possible days that lie in the period.

    Parameters
    ----------
    starts, ends
        First and last day on which each event may have been; an event without an end has one day.
    period
        The days.
    """
    first, last = days_of(starts), days_of(ends.fillna(starts))
    low = np.datetime64(period.first, "D").astype(np.float64)
    high = np.datetime64(period.last, "D").astype(np.float64)
    both = np.minimum(last, high) - np.maximum(first, low) + 1
    share = np.clip(both, 0, None) / np.maximum(last - first + 1, 1)
    return np.asarray(np.nan_to_num(share))  # a day that is not known is in no period
