"""Sun and clock: reference values, nights, darkness."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from geo.risk.journey.clock import Halt, departure, local, sun_of, timetable

DAY = dt.date(2025, 2, 12)
GAO = (-0.05, 16.27)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{text}:00+00:00")


@pytest.mark.parametrize(
    ("place", "day", "rise", "down"),
    [
        # U.S. Naval Observatory tables round to the minute; ours are within two.
        (GAO, dt.date(2025, 6, 21), "05:28", "18:36"),
        (GAO, DAY, "06:27", "18:02"),
        ((-8.0, 12.65), dt.date(2025, 12, 21), "06:52", "18:10"),
        ((2.11, 13.51), dt.date(2025, 3, 20), "05:55", "18:02"),
    ],
)
def test_sunrise_and_sunset(place: tuple[float, float], day: dt.date, rise: str, down: str) -> None:
    for found, expected in zip(sun_of(*place, day), (rise, down), strict=True):
        assert abs(found - at(f"{day} {expected}")) <= dt.timedelta(minutes=3)


def test_a_local_time_is_that_of_the_country() -> None:
    moment = departure(DAY, dt.time(6, 30), "NE", 2.1, 13.5)
    assert moment == at("2025-02-12 05:30")
    assert local(moment, "NE").time() == dt.time(6, 30)
    assert local(moment, "ML").time() == dt.time(5, 30)
    assert departure(DAY, None, "ML", *GAO) == sun_of(*GAO, DAY)[0]


def halts(*borders: int) -> list[Halt]:
    return [Halt(border, f"T{border}", *GAO) for border in borders]


def test_a_journey_that_fits_a_day_has_no_night() -> None:
    times = timetable(at("2025-02-12 07:00"), np.array([0.0, 4, 8]), halts(0, 1, 2), 0.5)
    assert times.nights == ()
    assert times.at(2) == at("2025-02-12 15:00")
    lon, lat = np.full(2, GAO[0]), np.full(2, GAO[1])
    assert not times.dark(lon, lat).any()


def test_a_night_is_spent_in_the_last_town_reached_by_day() -> None:
    """Sunset is 18:02: T2 at 15:00 is in time, T3 at 19:00 is not."""
    driven = np.array([0.0, 4, 8, 12])
    times = timetable(at("2025-02-12 07:00"), driven, halts(0, 1, 2, 3), 0.5)
    (night,) = times.nights
    assert night.halt.name == "T2"
    assert night.arrives == at("2025-02-12 15:00")
    assert night.leaves == sun_of(*GAO, dt.date(2025, 2, 13))[0]
    assert times.at(2) == night.arrives
    assert times.at(2, leaving=True) == night.leaves
    assert times.at(3) == night.leaves + dt.timedelta(hours=4)
    assert not times.dark(np.full(3, GAO[0]), np.full(3, GAO[1])).any()


def test_the_margin_before_sunset_counts() -> None:
    driven = np.array([0.0, 5, 10.75])
    tight = timetable(at("2025-02-12 07:00"), driven, halts(0, 1, 2), 0.0)
    careful = timetable(at("2025-02-12 07:00"), driven, halts(0, 1, 2), 0.5)
    assert tight.nights == ()
    assert [night.halt.name for night in careful.nights] == ["T1"]


def test_who_leaves_too_late_goes_on_in_the_dark() -> None:
    times = timetable(at("2025-02-12 17:00"), np.array([0.0, 1, 2, 3]), halts(0, 3), 0.5)
    assert times.nights == ()
    assert times.dark(np.full(3, GAO[0]), np.full(3, GAO[1])).tolist() == [False, True, True]
