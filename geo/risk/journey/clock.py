"""The clock of a journey: when it is where, and whether it is day.

Sunrise and sunset are astral's (the upper limb on the horizon with refraction, NOAA's equations),
right to a minute or two; heights, dust and mountains are not seen.  Times are UTC within, local to
a reader: countries of the region keep whole hours and no summer time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from astral import Observer
from astral.sun import sunrise, sunset

from geo.hotspots.network.arrays import Floats

AHEAD_H = {"NE": 1, "NG": 1, "DZ": 1, "BJ": 1, "TD": 1, "LY": 2}
"""Hours ahead of UTC by country; the others of the region keep UTC."""
_GRID = 10
"""Sun times are taken at tenths of a degree: 24 seconds."""
_MOST_NIGHTS = 30


def local(moment: dt.datetime, country: str) -> dt.datetime:
    """Return a moment as the clocks of a country show it."""
    return moment.astimezone(dt.timezone(dt.timedelta(hours=AHEAD_H.get(country, 0))))


@lru_cache(maxsize=4096)
def _sun(lon_tenths: int, lat_tenths: int, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    observer = Observer(lat_tenths / _GRID, lon_tenths / _GRID)
    return to_minute(sunrise(observer, day)), to_minute(sunset(observer, day))


def sun_of(lon: float, lat: float, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return sunrise and sunset (UTC) at a place on a day."""
    return _sun(round(lon * _GRID), round(lat * _GRID), day)


def to_minute(moment: dt.datetime) -> dt.datetime:
    """Return a moment to the minute: estimates are no better."""
    return (moment + dt.timedelta(seconds=30)).replace(second=0, microsecond=0)


def departure(
    day: dt.date, at: dt.time | None, country: str, lon: float, lat: float
) -> dt.datetime:
    """Return the moment (UTC) of a local time on a day at a place; of sunrise for ``None``."""
    if at is None:
        return sun_of(lon, lat, day)[0]
    zone = dt.timezone(dt.timedelta(hours=AHEAD_H.get(country, 0)))
    return dt.datetime.combine(day, at.replace(tzinfo=None), zone).astimezone(dt.UTC)


@dataclass(frozen=True, slots=True)
class Halt:
    """A town where a night may be spent.

    Parameters
    ----------
    border
        Before which cell of the course it lies.
    name, lon, lat
        The town.
    """

    border: int
    name: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Night:
    """A night on the way.

    Parameters
    ----------
    halt
        Where.
    arrives, leaves
        When, UTC.
    """

    halt: Halt
    arrives: dt.datetime
    leaves: dt.datetime


@dataclass(frozen=True, eq=False)
class Timetable:
    """When a journey is where.

    Parameters
    ----------
    departs
        UTC.
    driven_h
        Hours of driving until each border between cells, shape ``(cells + 1,)``.
    nights
        Halts that are proposed so that the way is travelled by day.
    """

    departs: dt.datetime
    driven_h: Floats
    nights: tuple[Night, ...]

    def at(self, border: int, *, leaving: bool = False) -> dt.datetime:
        """Return when a border is reached, or left."""
        moment = self.departs + dt.timedelta(hours=float(self.driven_h[border]))
        for night in self.nights:
            if night.halt.border < border or (leaving and night.halt.border == border):
                moment += night.leaves - night.arrives
        return to_minute(moment)

    def dark(self, lon: Floats, lat: Floats) -> np.ndarray:
        """Return which cells, with these middles, are travelled between sunset and sunrise."""
        found = np.zeros(len(lon), dtype=bool)
        waited = np.zeros(len(lon) + 1)
        for night in self.nights:
            waited[night.halt.border :] += (night.leaves - night.arrives).total_seconds() / 3600
        middle = (self.driven_h[1:] + self.driven_h[:-1]) / 2 + waited[:-1]
        for cell, hours in enumerate(middle.tolist()):
            moment = to_minute(self.departs + dt.timedelta(hours=hours))
            rise, down = sun_of(lon[cell], lat[cell], moment.date())
            found[cell] = not rise <= moment <= down
        return found


def timetable(
    departs: dt.datetime, driven_h: Floats, halts: Sequence[Halt], margin_h: float
) -> Timetable:
    """Return when a journey is where, with a halt wherever the next town is not reached by day.

    Parameters
    ----------
    departs
        UTC.
    driven_h
        Hours of driving until each border, shape ``(cells + 1,)``.
    halts
        Towns in the order of the way; the last one is where it ends.
    margin_h
        A town is reached so long before sunset.

    Returns
    -------
    Timetable
        A night is spent in the last town reached by day, until sunrise.  Whoever sets out too late
        for the first town, or at night, goes on in the dark.
    """
    nights: list[Night] = []
    waited = dt.timedelta()
    margin = dt.timedelta(hours=margin_h)

    def reached(border: int) -> dt.datetime:
        return to_minute(departs + dt.timedelta(hours=float(driven_h[border])) + waited)

    for here, then in pairwise(halts):
        now, later = reached(here.border), reached(then.border)
        _, down = sun_of(here.lon, here.lat, now.date())
        in_time = sun_of(then.lon, then.lat, now.date())[1] - margin
        if later <= in_time or now > down or len(nights) == _MOST_NIGHTS:
            continue
        dawn, _ = sun_of(here.lon, here.lat, now.date() + dt.timedelta(days=1))
        # Where one sets out there is no earlier day to wait from.
        if here.border > 0:
            nights.append(Night(here, now, dawn))
            waited += dawn - now
    return Timetable(departs, driven_h, tuple(nights))
