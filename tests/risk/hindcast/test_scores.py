"""Windows and scores by hand, and against scipy."""

from __future__ import annotations

import math
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.stats import poisson

from geo.hotspots.periods import Period
from geo.risk.field import fit_events
from geo.risk.hindcast.scores import Drawn, Judge, inside_riskiest
from geo.risk.hindcast.windows import border, windows
from geo.risk.models import baseline
from geo.risk.policy import load_risk_policy
from tests.risk.conftest import events_at, straight_road

EPOCH = date(1970, 1, 1)


def field(rates: list[float], km: list[float]) -> SimpleNamespace:
    """Return what scores ask of a field."""
    mean, length_km = np.array(rates), np.array(km)
    ground = SimpleNamespace(length_km=length_km)
    return SimpleNamespace(mean=mean, ground=ground, per_day=float((mean * length_km).sum()))


def judge(came: list[float], lies: list[list[float]]) -> Judge:
    """Return a judge of incidents that came, one support each, with their mass on lixels."""
    mass = SimpleNamespace(support_of=np.arange(len(came)), begin=np.arange(len(came) + 1))
    past = SimpleNamespace(
        events=SimpleNamespace(mass=mass), came=lambda _: np.array(came),
        precise=np.zeros(len(came), dtype=bool),
    )  # fmt: skip
    return Judge(past, csr_array(np.array(lies)))


def test_windows_follow_one_another_and_do_not_overlap() -> None:
    found = windows(date(2020, 1, 1), date(2020, 12, 31), 90)
    assert [w.asked for w in found] == [
        date(2020, 1, 1), date(2020, 3, 31), date(2020, 6, 29), date(2020, 9, 27),
    ]  # fmt: skip
    for window in found:
        assert window.scored.first == window.asked + timedelta(days=1)
        assert window.scored.days == 90
    assert found[-1].scored.last == date(2020, 12, 26)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2018, 1, 1), date(2025, 12, 31), date(2022, 1, 1)),
        (date(2018, 2, 8), date(2024, 3, 1), date(2021, 1, 1)),
    ],
)
def test_the_border_is_the_new_year_nearest_to_the_middle(
    first: date, last: date, expected: date
) -> None:
    assert border(first, last) == expected


def test_the_riskiest_share_of_road_km() -> None:
    """Of 10 km, 20 % are 2 km: the hottest km, and a third of the 3 km that share a rate."""
    some = field([1, 5, 2, 2], [6, 1, 1, 2])
    assert inside_riskiest(some, [0.2])[0].tolist() == pytest.approx([0, 1, 1 / 3, 1 / 3])
    even = field([3, 3], [4, 6])
    assert inside_riskiest(even, [0.2])[0].tolist() == pytest.approx([0.2, 0.2])


@given(st.lists(st.sampled_from([0.1, 0.2, 0.7]), min_size=1, max_size=9), st.floats(0.01, 1))
def test_as_much_road_is_riskiest_as_was_asked(rates: list[float], share: float) -> None:
    some = field(rates, [1.5] * len(rates))
    inside = inside_riskiest(some, [share])[0]
    assert inside @ some.ground.length_km == pytest.approx(share * 1.5 * len(rates))


def test_hits_and_scores_of_a_window_by_hand() -> None:
    """Two lixels of 1 km, rates 3 and 1; one incident on the first, one known to both."""
    found = judge([1, 1], [[1, 0], [0.5, 0.5]]).window(
        field([3, 1], [1, 1]), Period(EPOCH, EPOCH + timedelta(days=9))
    )
    came, precise, hits, precise_hits, log_score, place, precise_place, expected = found
    assert (came, precise, expected) == (2, 0, 40)
    # 5, 10 and 20 % of the 2 km lie on the first lixel.
    assert hits == pytest.approx([0.1 * 1.5, 0.2 * 1.5, 0.4 * 1.5])
    assert precise_hits.tolist() == [0, 0, 0]
    assert log_score == pytest.approx(math.log(3) + math.log(2) - 40)
    assert (place, precise_place) == (pytest.approx(math.log(3 / 2) + math.log(2 / 2)), 0)


@pytest.mark.parametrize(("rate", "km", "days", "count"), [(0.02, 5.0, 30, 4), (0.001, 9.0, 90, 0)])
def test_the_log_score_is_that_of_a_poisson_count(
    rate: float, km: float, days: int, count: int
) -> None:
    """Of one lixel it is scipy's, but for what no forecast changes: n! and the unit of space."""
    found = judge([1.0] * count, [[1.0]] * count or np.zeros((0, 1))).log_score(
        field([rate], [km]), Period(EPOCH, EPOCH + timedelta(days=days - 1))
    )
    expected = poisson(rate * km * days).logpmf(count) + math.lgamma(count + 1)
    assert found == pytest.approx(expected - count * math.log(km * days))


def test_an_interval_of_a_ratio_of_sums() -> None:
    drawn = Drawn.of(40)
    assert (drawn.times.sum(axis=1) == 40).all()
    rng = np.random.default_rng(1)
    below = rng.poisson(5, 40).astype(float)
    above = rng.binomial(below.astype(int), 0.3).astype(float)
    middle, low, high = drawn.ratio(above, below)
    assert middle == above.sum() / below.sum()
    # About 1.645 standard errors of a share of 200 either way.
    assert high - low == pytest.approx(2 * 1.645 * math.sqrt(0.3 * 0.7 / below.sum()), rel=0.25)
    assert np.isnan(drawn.ratio(above, np.zeros(40))).all()


def test_the_uniform_forecast_hits_what_it_covers() -> None:
    ground = straight_road(km=10.0)
    uniform = fit_events(
        events_at([100.0, 200.0], [0, 1]), ground, load_risk_policy(),
        baseline("uniform", 1.0, 1.0), on=EPOCH, until=EPOCH,
    )  # fmt: skip
    assert inside_riskiest(uniform, [0.1])[0] == pytest.approx(np.full(10, 0.1))
