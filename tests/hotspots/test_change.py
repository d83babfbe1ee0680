"""Density on a day and change between periods, hand-worked and against whole counts."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from geo.hotspots.change import change, density_on, time_weights
from geo.hotspots.grid import Grid
from geo.hotspots.periods import Period
from geo.hotspots.rates import rate_ratio
from tests.hotspots.masses import at_points

GRID = Grid(x0_m=0, y0_m=0, cell_m=1_000, nx=60, ny=40)
ON = date(2025, 2, 7)


def days_before(*ages: int) -> NDArray[np.datetime64]:
    return np.datetime64(ON) - np.array(ages, dtype="timedelta64[D]")


def both(days: NDArray[np.datetime64]) -> dict[str, pd.Series]:
    """Return first and last days of events that took one day each."""
    series = pd.Series(days.astype("M8[us]"))
    return {"starts": series, "ends": series}


def test_weights_fade_with_age_by_hand() -> None:
    # Bandwidth 2 days, Epanechnikov: 1, 3/4, 0 at ages 0, 1, 2; their sum is 7/4.
    found = time_weights(days_before(0, 1, 2, 3, -1), ON, 2)
    assert found == pytest.approx(np.array([4 / 7, 3 / 7, 0, 0, 0]) * 30.4375)
    unknown = np.array(["NaT", "2025-02-07"], dtype="datetime64[D]")
    assert time_weights(unknown, ON, 0.1).tolist() == [0, 30.4375]


@pytest.mark.parametrize("kernel", ["quartic", "epanechnikov", "gaussian", "uniform"])
@pytest.mark.parametrize("bandwidth_days", [1, 30, 365])
def test_one_event_a_day_is_a_month_s_days_of_events_a_month(
    kernel: str, bandwidth_days: float
) -> None:
    every_day = days_before(*range(4_000))
    assert time_weights(every_day, ON, bandwidth_days, kernel=kernel).sum() == pytest.approx(
        30.4375
    )


def test_density_on_a_day_is_a_rate() -> None:
    n = 200
    mass = at_points([30_500] * n, [20_500] * n)
    surface = density_on(
        mass, days_before(*range(n)), GRID, on=ON, bandwidth_days=60, bandwidth_m=9_000
    )
    assert surface.density_per_km2.sum() == pytest.approx(30.4375, rel=1e-3)
    assert surface.density_per_km2[20, 30] == pytest.approx(30.4375 * 3 / (np.pi * 81), rel=0.01)


def test_periods_by_hand() -> None:
    week = Period(date(2025, 2, 1), date(2025, 2, 7))
    assert week.days == 7
    assert week.before(7) == Period(date(2025, 1, 25), date(2025, 1, 31))
    assert week.before(364) == Period(date(2024, 2, 3), date(2025, 1, 31))
    with pytest.raises(ValueError, match="on or after"):
        Period(date(2025, 2, 7), date(2025, 2, 1))


def test_at_the_events_place_change_is_that_of_whole_counts() -> None:
    # Twelve events this fortnight and three in the one before, all at one place: at their cell
    # every kernel weight is 1, so the cell's interval is that of 12 against 3.
    now = Period(date(2025, 1, 25), ON)
    ages = [*range(12), 14, 15, 27]
    mass = at_points([30_500] * 15, [20_500] * 15)
    found = change(mass, GRID, now, bandwidth_m=8_000, **both(days_before(*ages)))
    ratio, low, high = rate_ratio(12, 3, (14, 14))
    assert found.ratio[20, 30] == pytest.approx(float(ratio), rel=1e-3)
    assert found.low[20, 30] == pytest.approx(float(low), rel=0.02)
    assert found.high[20, 30] == pytest.approx(float(high), rel=0.02)
    assert found.effective_events[20, 30] == pytest.approx(15, rel=0.02)
    assert found.growing[20, 30]
    # Half-way to the rim the same fifteen events are seen, at a lower weight.
    assert found.effective_events[20, 34] == pytest.approx(15, rel=0.02)
    # Away from all events nothing is said.
    assert np.isnan(found.ratio[0, 0])
    assert (found.low[0, 0], found.high[0, 0]) == (0, np.inf)
    assert not found.growing[0, 0]
    assert found.overall == pytest.approx((4, float(low), float(high)))
    per_month = found.now_per_km2_month.sum() * 14 / 30.4375
    assert per_month == pytest.approx(12, rel=1e-2)
    assert "12 events from Jan 25, 2025" in str(found.notes[0])


def test_against_the_year_is_against_its_mean_rate() -> None:
    # One event a week for a year, and one this week: no change.
    now = Period(date(2025, 2, 1), ON)
    ages = list(range(0, 371, 7))
    mass = at_points([30_500] * len(ages), [20_500] * len(ages))
    found = change(mass, GRID, now, "year", bandwidth_m=8_000, **both(days_before(*ages)))
    assert found.then.days == 364
    assert found.ratio[20, 30] == pytest.approx(1, rel=1e-3)
    assert found.low[20, 30] < 1 < found.high[20, 30]
    assert found.now_per_km2_month == pytest.approx(found.then_per_km2_month, abs=1e-6)


def test_a_place_gone_quiet_shrinks_and_one_event_proves_nothing() -> None:
    now = Period(date(2025, 1, 29), ON)
    ages = [10] * 9 + [1]
    mass = at_points([15_500] * 9 + [45_500], [20_500] * 10)
    found = change(
        mass, GRID, now, bandwidth_m=6_000, kernel="epanechnikov", **both(days_before(*ages))
    )
    assert found.shrinking[20, 15]
    assert found.ratio[20, 15] == pytest.approx(0, abs=1e-6)
    assert found.ratio[20, 45] > 1e6
    assert not found.growing[20, 45]


@pytest.mark.parametrize("kernel", ["quartic", "epanechnikov", "gaussian", "uniform"])
def test_intervals_per_cell_seldom_see_change_where_there_is_none(kernel: str) -> None:
    rng = np.random.default_rng(5)
    now = Period(date(2024, 11, 9), ON)
    bandwidth_m = 3_000 if kernel == "gaussian" else 8_000
    wrong = total = 0
    for _ in range(6):
        n = 1_500
        mass = at_points(rng.uniform(0, 60_000, n), rng.uniform(0, 40_000, n))
        days = days_before(*rng.integers(0, 2 * now.days, n))
        found = change(mass, GRID, now, bandwidth_m=bandwidth_m, kernel=kernel, **both(days))
        inner = (slice(8, -8), slice(8, -8))
        wrong += int((found.growing | found.shrinking)[inner].sum())
        total += found.low[inner].size
    assert wrong / total < 0.12


def test_an_unknown_comparison_is_refused() -> None:
    with pytest.raises(ValueError, match="before"):
        change(at_points([], []), GRID, Period(ON, ON), "decade", **both(days_before()))
    with pytest.raises(ValueError, match="above 0 days"):
        time_weights(days_before(1), ON, 0)


def test_no_events_at_all() -> None:
    empty = np.array([], dtype="M8[D]")
    found = change(at_points([], []), GRID, Period(ON, ON), **both(empty))
    assert np.isnan(found.ratio).all()
    assert np.isnan(found.overall[0])
    assert not found.growing.any()
