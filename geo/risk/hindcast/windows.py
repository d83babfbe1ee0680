"""The days on which the model is asked, and the days after each on which it is scored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from geo.hotspots.periods import Period

HORIZONS = (30, 90)
WARM_UP_DAYS = 365
"""The records of a first year are needed before anything can be fitted."""


@dataclass(frozen=True, slots=True)
class Window:
    """One forecast.

    Parameters
    ----------
    asked
        Day T: what was known on it is all that the model sees.
    scored
        The days after it.
    """

    asked: date
    scored: Period


def windows(first: date, last: date, horizon_days: int) -> list[Window]:
    """Return forecasts one after another, whose scored days do not overlap.

    Parameters
    ----------
    first, last
        First day asked and last day scored.
    horizon_days
        Days that each forecast is for.
    """
    return list(_rolling(first, last, horizon_days))


def _rolling(first: date, last: date, horizon_days: int) -> Iterator[Window]:
    asked = first
    while asked + timedelta(days=horizon_days) <= last:
        end = asked + timedelta(days=horizon_days)
        yield Window(asked, Period(asked + timedelta(days=1), end))
        asked = end


def border(first: date, last: date) -> date:
    """Return the 1 January nearest to the middle: before it is chosen, from it on tested."""
    middle = first + (last - first) / 2
    return min((date(middle.year + n, 1, 1) for n in (0, 1)), key=lambda day: abs(day - middle))
