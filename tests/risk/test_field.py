"""Rates on roads: a Gamma posterior worked by hand, and what must hold whatever the data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import gamma

from geo import summary
from geo.risk.drivers import contributions, drivers, from_background
from geo.risk.field import RiskField, fit, fit_events
from geo.risk.ground import Ground
from geo.risk.models import BASELINES, Decay, Model, baseline
from geo.risk.policy import RiskPolicy, load_risk_policy
from tests.examples import examples
from tests.risk.conftest import PLAIN, events_at, straight_road
from tests.starter import KOBE, starter

EPOCH = date(1970, 1, 1)


def field_of(
    at_m: list[float],
    day: list[float],
    on: int,
    *,
    model: Model = PLAIN,
    ground: Ground | None = None,
) -> RiskField:
    when = EPOCH + timedelta(days=on)
    return fit_events(
        events_at(at_m, day), ground or straight_road(), load_risk_policy(), model,
        on=when, until=when,
    )  # fmt: skip


def way(ground: Ground, axis_id: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the lixels of an axis, and the days spent on each at 40 km/h."""
    rows = ground.lixels.along_axes()
    lixels = rows.loc[rows["axis_id"] == axis_id, "lixel"].to_numpy()
    return lixels, ground.length_km[lixels] / 40 / 24


def test_a_posterior_worked_by_hand() -> None:
    """One incident in the middle of 3 km of road, on the first of ten days, nothing fading.

    μ = (1 + ½) / (3 km · 10 days) = 0.05.  Quartic kernel of h = 1.5 km: the middle kilometre holds
    2 F(1/3) = 15/8 (1/3 − 2/81 + 1/1215) = 0.580247 of the mass, each other one 0.209877.
    W = 1.5 km · 7/5 = 2.1 km.  α = 1 + 2.1 · 0.580247 = 2.218519, β = 1/0.05 + 2.1 · 10 = 41.
    """
    field = field_of([1_500.0], [0], on=9)
    assert field.prior_mean == pytest.approx(np.full(3, 0.05))
    assert field.alpha == pytest.approx([1.440741, 2.218519, 1.440741], abs=1e-6)
    assert field.beta == pytest.approx(np.full(3, 41.0))
    assert field.mean[1] == pytest.approx(2.218519 / 41, abs=1e-7)
    reference = gamma(a=field.alpha, scale=1 / field.beta)
    assert field.interval[0] == pytest.approx(reference.ppf(0.05))
    assert field.interval[1] == pytest.approx(reference.ppf(0.95))
    assert field.sd == pytest.approx(reference.std())


def test_the_exposure_of_one_lixel_is_its_posterior_times_reach_and_time() -> None:
    field = field_of([1_500.0], [0], on=9)
    found = field.exposure([1], [0.25])
    assert field.reach_km == 20
    assert found.expected == pytest.approx(2.218519 / 41 * 20 * 0.25, abs=1e-6)
    reference = gamma(a=2.218519, scale=20 * 0.25 / 41)
    assert (found.low, found.high) == pytest.approx(reference.interval(0.9), rel=1e-5)
    assert -np.log1p(-found.probability) == pytest.approx(found.expected)


def test_the_mass_of_incidents_is_the_mass_of_rates() -> None:
    """Without a prior the rates integrate to incidents per day."""
    field = field_of([400.0, 900.0, 2_900.0], [0, 3, 8], on=9, model=replace(PLAIN, shape=1e-9))
    assert field.mean @ field.ground.length_km == pytest.approx(3 / 10, rel=1e-6)


def test_an_old_incident_counts_less_but_never_less_than_the_floor() -> None:
    decay = Decay(half_life_days=100, floor=0.25)
    events = events_at([0.0, 0.0], [0, 99_999])
    now = events.decay(decay, on=100_000, until=100_000)
    assert now == pytest.approx([0.25, 0.25 + 0.75 * 2**-0.015], abs=1e-5)
    # Half a day old on average, and half of what can fade is gone after a hundred days.
    half = events.decay(decay, on=99_999 + 100, until=200_000)[1]
    assert half == pytest.approx(0.25 + 0.75 / 2 * 2**-0.005, abs=1e-5)


def test_an_incident_of_uncertain_date_counts_the_mean_over_its_days() -> None:
    decay = Decay(half_life_days=30, floor=0.1, window_days=80)
    spread = events_at([0.0], [10], [12]).decay(decay, on=60, until=60)
    each = events_at([0.0] * 3, [10, 11, 12]).decay(decay, on=60, until=60)
    assert spread == pytest.approx([each.mean()])


def test_what_is_not_yet_known_of_the_last_days_makes_no_quiet() -> None:
    """Asked about ten days after the records end, the ten days are no evidence of peace."""
    when = EPOCH + timedelta(days=19)
    events, policy = events_at([1_500.0], [9]), load_risk_policy()
    field = fit_events(
        events, straight_road(), policy, PLAIN, on=when, until=when - timedelta(days=10)
    )
    assert field.days == 1
    assert (
        field.mean[1]
        > fit_events(events, straight_road(), policy, PLAIN, on=when, until=when).mean[1]
    )


def test_a_stretch_without_reports_is_not_zero(starter_ground: Ground) -> None:
    field = fit(starter(), starter_ground)
    assert field.mean.min() > 0
    assert field.interval[0].min() >= 0
    assert (field.interval[1] > field.mean).all()


def test_nothing_known_is_not_nothing_to_fear() -> None:
    field = fit_events(
        events_at([], []), straight_road(), load_risk_policy(), PLAIN, on=EPOCH, until=EPOCH
    )
    assert (field.mean > 0).all()
    assert field.exposure([], []).expected == 0


@settings(max_examples=examples(40))
@given(
    at_m=st.lists(st.floats(0, 3_000), max_size=6),
    more_m=st.floats(0, 3_000),
    day=st.integers(0, 400),
    name=st.sampled_from(["plain", "fading", *BASELINES]),
)
def test_another_incident_never_lowers_a_rate(
    at_m: list[float], more_m: float, day: int, name: str
) -> None:
    model = {"plain": PLAIN, "fading": replace(PLAIN, decay=Decay(90, 0.2))}.get(
        name, baseline(name, 1_500.0, 0.5)
    )
    days = [float(i) for i in range(len(at_m))]
    # The first day of the records stays: an incident before it would lengthen them.
    before = field_of([0.0, *at_m], [0, *days], on=400, model=model)
    after = field_of([0.0, *at_m, more_m], [0, *days, day], on=400, model=model)
    assert (after.mean >= before.mean * (1 - 1e-12)).all()


@settings(max_examples=examples(20))
@given(at_m=st.lists(st.floats(0, 3_000), min_size=1, max_size=5), days=st.floats(0.01, 2))
def test_cutting_lixels_changes_nothing(at_m: list[float], days: float) -> None:
    """Each half is passed in half of the time, and together they see what the whole saw."""
    when = [float(i) for i in range(len(at_m))]
    coarse = field_of(at_m, when, on=9)
    fine = field_of(at_m, when, on=9, ground=straight_road(500.0))
    whole = coarse.exposure([0, 1, 2], [days] * 3)
    halves = fine.exposure(range(6), [days / 2] * 6)
    assert halves.expected == pytest.approx(whole.expected)


def test_the_sum_over_stretches_is_the_whole(starter_ground: Ground) -> None:
    field = fit(starter(), starter_ground)
    lixels, days = way(starter_ground, "ML-RN17")
    whole = field.exposure(lixels, days)
    parts = [
        field.exposure(some, spent)
        for some, spent in zip(np.array_split(lixels, 7), np.array_split(days, 7), strict=True)
    ]
    assert sum(part.expected for part in parts) == pytest.approx(whole.expected)
    back = field.exposure(lixels[::-1], days[::-1])
    assert (back.expected, back.low, back.high) == pytest.approx(
        (whole.expected, whole.low, whole.high)
    )
    there_and_back = field.exposure([*lixels, *lixels[::-1]], [*days, *days[::-1]])
    assert there_and_back.expected == pytest.approx(2 * whole.expected)
    assert there_and_back.low == pytest.approx(2 * whole.low)
    assert (field.costs()[lixels] * days).sum() == pytest.approx(whole.expected)


def test_what_drives_an_exposure_adds_up_to_it(starter_ground: Ground) -> None:
    shot = starter()
    field = fit(shot, starter_ground)
    lixels, days = way(starter_ground, "ML-RN17")
    parts = contributions(field, lixels, days)
    rest = from_background(field, lixels, days)
    whole = field.exposure(lixels, days).expected
    assert parts["expected"].sum() + rest.sum() == pytest.approx(whole)
    by_lixel = parts.groupby("lixel")["expected"].sum().reindex(lixels, fill_value=0.0)
    assert by_lixel.to_numpy() + rest == pytest.approx(field.costs()[lixels] * days)
    told = drivers(field, shot.incidents, lixels, days)
    assert told.index[0] == KOBE
    assert told.loc[KOBE, "age_days"] == 5
    assert told["share"].sum() + rest.sum() / whole == pytest.approx(1)
    assert told["expected"].is_monotonic_decreasing


def test_the_day_of_knowledge_decides(starter_ground: Ground) -> None:
    """As known on the 6th the ambush of the 7th is absent, and the road looks calmer."""
    lixels, days = way(starter_ground, "ML-RN17")
    known, ignorant = (
        fit(starter(known_on=day), starter_ground) for day in (date(2025, 2, 12), date(2025, 2, 6))
    )
    assert ignorant.exposure(lixels, days).expected < known.exposure(lixels, days).expected
    told = drivers(ignorant, starter(known_on=date(2025, 2, 6)).incidents, lixels, days)
    assert KOBE not in told.index


def test_a_region_level_incident_raises_the_background_and_lands_on_no_road(
    starter_ground: Ground,
) -> None:
    shot = starter()
    regional = shot.placements["kind"].astype(str) == "region"
    one = shot.incidents.index[regional & (shot.incidents["place"] == "Kayes region")]
    assert len(one) == 1
    kept = ~shot.incidents.index.isin(one)
    without = fit(
        replace(shot, incidents=shot.incidents[kept], placements=shot.placements[kept]),
        starter_ground,
    )
    field = fit(shot, starter_ground)
    rows = pd.Series(field.seen == without.seen)
    assert rows.all()
    kayes = (starter_ground.groups["region_id"] == "ml-kayes").to_numpy()[starter_ground.group]
    more = field.prior_mean / without.prior_mean
    assert more[kayes].min() > more[~kayes].max() > 1


def test_the_rank_is_the_share_of_road_km_with_a_lower_rate() -> None:
    field = field_of([500.0], [0], on=9)
    assert field.rank(field.mean).tolist() == pytest.approx([2 / 3, 1 / 3, 0])
    assert field.rank(1e9) == 1
    assert field.rank(field.mean[0], np.array([True, True, False])) == pytest.approx(0.5)
    assert field.mean_rate([0, 1]) == pytest.approx(field.mean[:2].mean())


def test_far_parts_of_a_way_err_apart(policy: RiskPolicy) -> None:
    """100 km of even road: the interval of the whole is narrower than that of its parts."""
    ground = straight_road(km=100.0)
    field = fit_events(
        events_at([50_000.0] * 3, [0, 1, 2]), ground, policy, PLAIN, on=EPOCH, until=EPOCH
    )
    part, whole = field.exposure([10], [1.0]), field.exposure(range(100), np.ones(100))
    assert whole.high / whole.expected < part.high / part.expected / 1.5


def test_days_that_do_not_fit_are_refused() -> None:
    field = field_of([500.0], [0], on=9)
    with pytest.raises(ValueError, match="each lixel"):
        field.exposure([0, 1], [1.0])
    with pytest.raises(ValueError, match="below 0"):
        field.exposure([0], [-1.0])


@pytest.mark.parametrize("name", BASELINES)
def test_every_baseline_can_take_the_models_place(name: str, starter_ground: Ground) -> None:
    shot = starter()
    field = fit(shot, starter_ground, model=baseline(name, 10_000.0, 0.1))
    assert field.mean.min() > 0
    lixels, days = way(starter_ground, "ML-RN17")
    parts = contributions(field, lixels, days)["expected"].sum()
    whole = field.exposure(lixels, days).expected
    assert parts + from_background(field, lixels, days).sum() == pytest.approx(whole)


def test_the_uniform_baseline_is_all_incidents_over_all_roads() -> None:
    field = field_of([500.0, 2_000.0], [0, 5], on=9, model=baseline("uniform", 1.0, 1.0))
    assert field.mean == pytest.approx(np.full(3, 2.5 / 3 / 10))
    assert field.alpha == pytest.approx(np.full(3, 2.5))
    whole = field.exposure([0, 1, 2], [0.1] * 3)
    reference = gamma(a=2.5, scale=20 * 0.3 / 30)
    assert (whole.low, whole.high) == pytest.approx(reference.interval(0.9))


def test_weights_average_one_over_the_starter_data(starter_ground: Ground) -> None:
    """Otherwise expected numbers would be off by that factor."""
    shot = starter()
    events = fit(shot, starter_ground, tolls=summary.tolls(shot.claims)).events
    on_roads = events.mass.support_of >= 0
    assert events.weight[on_roads].mean() == pytest.approx(1, abs=0.1)
