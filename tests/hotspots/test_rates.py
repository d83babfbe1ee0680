"""Ratios of rates against hand-worked intervals, scipy's, and their promised coverage."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from geo.hotspots.rates import rate_ratio
from tests.examples import examples


def test_by_hand() -> None:
    # 8 against 2 in equal times: p = 0.8, n = 10, z = 1.96; Wilson: 0.4902 to 0.9433.
    ratio, low, high = rate_ratio(8, 2, (30, 30))
    assert float(ratio) == pytest.approx(4)
    assert float(low) == pytest.approx(0.4902 / 0.5098, rel=1e-3)
    assert float(high) == pytest.approx(0.9433 / 0.0567, rel=2e-3)
    # The same counts with four times as long a time before: four times the ratio.
    assert [float(v) for v in rate_ratio(8, 2, (30, 120))] == pytest.approx(
        [16, 4 * float(low), 4 * float(high)]
    )


@settings(max_examples=examples(60), deadline=None)
@given(st.integers(0, 200), st.integers(0, 200), st.floats(0.5, 0.999))
def test_the_interval_is_wilson_s(x: int, y: int, confidence: float) -> None:
    if x + y == 0:
        return
    interval = binomtest(x, x + y).proportion_ci(confidence, method="wilson")
    _, low, high = rate_ratio(x, y, (1, 1), confidence)
    assert float(low) / (1 + float(low)) == pytest.approx(interval.low, abs=1e-9)
    assert (1.0 if np.isinf(high) else float(high / (1 + high))) == pytest.approx(
        interval.high, abs=1e-9
    )


def test_nothing_says_nothing() -> None:
    ratio, low, high = rate_ratio([0, 0, 3], [0, 3, 0], (1, 1))
    assert np.isnan(ratio[0])
    assert ratio.tolist()[1:] == [0, np.inf]
    assert low.tolist()[:2] == [0, 0]
    assert high.tolist()[::2] == [np.inf, np.inf]
    assert 0 < low[2] < 1 < high[1] < np.inf


def tiny_is_nothing(value: float) -> float:
    return value if value > 1e-9 else 0.0


@settings(max_examples=examples(30), deadline=None)
@given(st.floats(0, 50).map(tiny_is_nothing), st.floats(0, 50).map(tiny_is_nothing))
def test_exchanging_the_periods_turns_the_ratio_over(x: float, y: float) -> None:
    _, low, high = rate_ratio(x, y, (10, 20))
    _, other_low, other_high = rate_ratio(y, x, (20, 10))
    with np.errstate(divide="ignore", over="ignore"):
        assert float(1 / other_high) == pytest.approx(float(low), rel=1e-6, abs=1e-9)
        assert float(1 / other_low) == pytest.approx(float(high), rel=1e-6)


def test_intervals_hold_the_true_ratio_as_often_as_they_say() -> None:
    rng = np.random.default_rng(11)
    for rate, true in ((3, 1.0), (10, 2.0), (40, 0.5)):
        x, y = rng.poisson(rate * true, 20_000), rng.poisson(rate * 4, 20_000)
        _, low, high = rate_ratio(x, y, (1, 4), 0.9)
        assert ((low <= true) & (true <= high)).mean() == pytest.approx(0.9, abs=0.025)


def test_a_confidence_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        rate_ratio(1, 1, (1, 1), 95)
