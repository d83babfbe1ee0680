"""Shares of periods, weights in time, intervals and change, by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2

from geo.hotspots.network.events import RoadMass
from geo.hotspots.network.graph import Graph
from geo.hotspots.network.lixels import Lixels
from geo.hotspots.network.periods import change, poisson_interval, time_weights
from geo.hotspots.periods import Period, share_in

MARCH = Period(dt.date(2024, 3, 1), dt.date(2024, 3, 31))


def days(*values: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(list(values))).astype("datetime64[us]")


def test_an_event_of_several_days_counts_by_its_share() -> None:
    starts = days("2024-03-31", "2024-03-22", "2024-02-01", "2024-04-01", "2024-03-01")
    ends = days("2024-03-31", "2024-04-10", "2024-12-31", "2024-04-02", None)
    # 10 of 20 days; 31 of the 335 days from February to December.
    assert share_in(starts, ends, MARCH) == pytest.approx([1, 0.5, 31 / 335, 0, 1])


def test_weights_in_time_by_hand() -> None:
    starts = days("2024-03-31", "2024-03-22", "2024-03-21", "2024-04-01", "2024-03-22")
    ends = days("2024-03-31", "2024-03-22", "2024-03-21", "2024-04-01", "2024-03-31")
    on = dt.date(2024, 3, 31)
    # Uniform over ten days: 1/10 per day for the last ten days, nothing before or after.
    found = time_weights(starts, ends, on, 10, "uniform")
    assert found == pytest.approx([0.1, 0.1, 0, 0, 0.1])
    # Quartic, today: twice F(1/10) = 15/8 (0.1 − 2/3 · 0.001 + 0.00001 / 5).
    found = time_weights(starts, ends, on, 10)
    assert found[0] == pytest.approx(15 / 8 * (0.1 - 0.002 / 3 + 0.000002))
    assert found[4] == pytest.approx(0.1)
    every = days(*pd.date_range("2024-03-01", "2024-04-30").strftime("%Y-%m-%d"))
    assert time_weights(every, every, on, 17.5, "gaussian").sum() == pytest.approx(1)
    with pytest.raises(ValueError, match="above 0 days"):
        time_weights(starts, ends, on, 0)


def test_the_interval_is_that_of_the_textbooks() -> None:
    low, high = poisson_interval([0, 1, 4.5], 0.95)
    assert low == pytest.approx([0, chi2.ppf(0.025, 2) / 2, chi2.ppf(0.025, 9) / 2])
    assert high == pytest.approx(chi2.ppf(0.975, np.array([2, 4, 11])) / 2)


def at_one_place(index: pd.Index, offset_m: float) -> RoadMass:
    zero = np.zeros(1, dtype=np.int32)
    support_of = np.zeros(len(index), dtype=np.intp)
    return RoadMass(zero, np.array([offset_m]), np.ones(1), np.array([0, 1]), support_of, index)


def test_change_by_hand() -> None:
    graph = Graph.from_arrays([0], [1], [100_000])
    lixels = Lixels(graph, 20)
    # A year of quiet: one event in February; twelve in March; all at kilometre 50.
    starts = days("2023-01-01", "2024-02-15", *["2024-03-10"] * 12)
    mass = at_one_place(starts.index, 50_000)
    found = change(mass, lixels, starts, starts, MARCH, bandwidth_m=10_000)
    here, away = found.loc[2_500], found.loc[500]
    # 12 events · 15/16 / 10 km, per 100 km and month of 30.4375 days.
    assert here["now"] == pytest.approx(12 * 9.375 * 30.4375 / 31, rel=1e-5)
    assert here["before"] == pytest.approx(9.375 * 30.4375 / 31, rel=1e-5)
    assert here["year"] == pytest.approx(9.375 * 30.4375 / 364, rel=1e-5)
    assert here["ratio_before"] == pytest.approx(12)
    assert here["ratio_year"] == pytest.approx(12 * 364 / 31)
    # What the lixel sees: 12 · 15/16 / (5/7) = 15.75 events, one fits 90 % of 10.0 to 23.8.
    low, high = poisson_interval(15.75)
    assert here["now_low"] / here["now"] == pytest.approx(float(low) / 15.75, rel=1e-5)
    assert here["now_high"] / here["now"] == pytest.approx(float(high) / 15.75, rel=1e-5)
    assert here["trend_before"] == here["trend_year"] == "rising"
    assert away["now"] == 0
    assert away["trend_before"] == "too_few"
    calm = change(
        mass, lixels, starts, starts, Period(dt.date(2024, 4, 1), dt.date(2024, 4, 30)),
        bandwidth_m=10_000,
    ).loc[2_500]  # fmt: skip
    assert calm["trend_before"] == "falling"
    alone = at_one_place(starts.index[:2], 50_000)
    few = change(alone, lixels, starts[:2], starts[:2], MARCH.before(29), bandwidth_m=10_000)
    assert few.loc[2_500, "trend_before"] == "too_few"


def test_nothing_is_compared_with_a_time_before_the_records() -> None:
    graph = Graph.from_arrays([0], [1], [20_000])
    starts = days("2024-02-01", "2024-03-10")
    found = change(
        at_one_place(starts.index, 5_000), Lixels(graph), starts, starts, MARCH
    )  # fmt: skip
    assert (found["trend_before"] == "no_records").all()
    assert found[["before", "ratio_before", "ratio_year_low", "year"]].isna().all().all()
    assert found["now"].max() > 0
