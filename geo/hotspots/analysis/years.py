"""The same density year by year, with one set of limits, so that years can be compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from geo.hotspots import planar
from geo.hotspots.analysis.answer import Answer
from geo.hotspots.analysis.classes import Floats, road_classes
from geo.hotspots.network.density import road_density
from geo.hotspots.periods import DAYS_PER_MONTH, Period, share_in
from geo.hotspots.raster import classes_by_mass

MOST_YEARS = 10


@dataclass(frozen=True, eq=False)
class Year:
    """One year of an answer.

    Parameters
    ----------
    period
        Its days; shorter when the day asked about lies in it.
    events
        Events in it, each by its share.
    rate
        Density per month: per km² of each cell, or per km of each lixel.
    """

    period: Period
    events: float
    rate: Floats

    @property
    def complete(self) -> bool:
        """Whether all of the year is in it."""
        return (self.period.last.month, self.period.last.day) == (12, 31)


@dataclass(frozen=True, eq=False)
class Years:
    """An answer's events year by year.

    Parameters
    ----------
    years
        The last `MOST_YEARS` up to the day asked about, oldest first.
    limits
        Lower limits of the classes, per month, the same for all years.
    """

    years: tuple[Year, ...]
    limits: tuple[float, ...]


def by_year(answer: Answer) -> Years:
    """Return the answer's events year by year, smoothed as the answer is.

    One density per year; every event passes the answer's filters except its period.
    """
    first, on = answer.events.ground.starts.min(), answer.question.selection.on
    begin = on.year if pd.isna(first) else min(first.year, on.year)
    periods = [
        Period(date(year, 1, 1), min(date(year, 12, 31), on))
        for year in range(max(begin, on.year - MOST_YEARS + 1), on.year + 1)
    ]
    years = tuple(_year(answer, period) for period in periods)
    return Years(years, _limits(answer, years))


def _year(answer: Answer, period: Period) -> Year:
    events = answer.events
    share = share_in(events.starts, events.ends, period)
    months = period.days / DAYS_PER_MONTH
    if answer.roads is not None:
        roads = answer.roads
        found = road_density(
            events.road_mass, roads.lixels, roads.bandwidth_m, method=roads.method,
            kernel=roads.kernel, incident_weights=share,
        ).per_km  # fmt: skip
    else:
        question = answer.question
        surface = planar.density(
            answer.mass, events.ground.grid(question.cell_m), answer.bandwidth.bandwidth_m, share,
            kernel=question.kernel,
        )  # fmt: skip
        found = surface.density_per_km2
    return Year(period, float(share.sum()), found / months)


def _limits(answer: Answer, years: tuple[Year, ...]) -> tuple[float, ...]:
    """Return the limits of all years together, as of one large map."""
    if answer.roads is not None:
        lengths = np.tile(answer.roads.lixels.length_m, len(years))
        rates = np.concatenate([year.rate for year in years])
        return road_classes(rates, lengths).breaks_per_km
    assert answer.surface is not None  # noqa: S101 - an answer has the one or the other
    together = np.concatenate([year.rate for year in years])
    return classes_by_mass(replace(answer.surface, density_per_km2=together)).breaks_per_km2
