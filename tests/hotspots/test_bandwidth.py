"""Bandwidths against hand-worked values and a leave-one-out sum written out."""

import numpy as np
import pandas as pd
import pytest
from numpy.typing import ArrayLike, NDArray

from geo.hotspots import bandwidth
from geo.hotspots.bandwidth import by_hand, by_likelihood, rule_of_thumb
from geo.hotspots.grid import Grid
from geo.hotspots.kernels import KERNELS
from geo.hotspots.mass import Mass

GRID = Grid(x0_m=0, y0_m=0, cell_m=1_000, nx=200, ny=150)
every = pytest.mark.parametrize("kernel", KERNELS)


def supports(
    x_m: ArrayLike, y_m: ArrayLike, support: ArrayLike, support_of: ArrayLike | None = None
) -> Mass:
    of = np.asarray(support, dtype=np.intp)
    counts = np.bincount(of)
    events = np.arange(len(counts)) if support_of is None else np.asarray(support_of)
    return Mass(
        x_m=np.asarray(x_m, dtype=float),
        y_m=np.asarray(y_m, dtype=float),
        share=1 / counts[of],
        support=of,
        support_of=events,
        index=pd.RangeIndex(len(events)),
        left_out_region=0,
        left_out_unplaced=0,
    )


def cloud(n: int, spread_m: float = 10_000, seed: int = 0) -> Mass:
    x_m, y_m = np.random.default_rng(seed).normal(0, spread_m, (2, n))
    return supports(100_000 + x_m, 75_000 + y_m, np.arange(n))


def test_the_rule_by_hand() -> None:
    # 64 events on the four points (±10, 0), (0, ±10) km: variance per axis 50 km², median 10 km;
    # min(7.071, 10 / 1.17741 = 8.493) · 64^(−1/6) = 3.536 km for a Gaussian.
    x_m = 100_000 + np.array([1, -1, 0, 0]) * 10_000
    y_m = 75_000 + np.array([0, 0, 1, -1]) * 10_000
    mass = supports(x_m, y_m, range(4), np.repeat(range(4), 16))
    assert rule_of_thumb(mass, "gaussian").bandwidth_m == pytest.approx(3_535.5, abs=1)
    # The quartic has variance 1/8 and roughness 9/5π: (9/5π · 64 · 4π)^(1/6) = 2.778 times.
    found = rule_of_thumb(mass)
    assert found.bandwidth_m == pytest.approx(3_535.5 * (9 / 5 * 64 * 4) ** (1 / 6), rel=1e-4)
    assert (found.method, found.kernel) == ("rule", "quartic")
    assert "9.8 km by the rule of thumb, from 64 events with a spread of 7 km" in str(found.why)


def test_a_rule_counts_events_and_not_points_of_mass() -> None:
    mass = cloud(200)
    spread = supports(np.repeat(mass.x_m, 5), np.repeat(mass.y_m, 5), np.repeat(mass.support, 5))
    assert rule_of_thumb(spread).bandwidth_m == pytest.approx(rule_of_thumb(mass).bandwidth_m)


def test_outliers_do_not_widen_the_rule() -> None:
    near = rule_of_thumb(cloud(300)).bandwidth_m
    mass = cloud(300)
    mass.x_m[:5] += 900_000
    assert rule_of_thumb(mass).bandwidth_m == pytest.approx(near, rel=0.15)


def brute_scores(
    mass: Mass, kernel: str, candidates_m: NDArray[np.float64], *, places: bool
) -> list[float]:
    """Leave each event (or its place) out, whole, and ask the others for its mean density."""
    k = KERNELS[kernel]
    events = [np.flatnonzero(mass.support == s) for s in mass.support_of]
    area = GRID.nx * GRID.ny
    scores = []
    for h in candidates_m:
        logs = []
        for i, own in enumerate(events):
            density, n, left = 0.0, len(events), 0
            for j, other in enumerate(events):
                if i == j or (places and mass.support_of[i] == mass.support_of[j]):
                    continue
                left += 1
                for p in own:
                    d = np.hypot(mass.x_m[p] - mass.x_m[other], mass.y_m[p] - mass.y_m[other])
                    density += mass.share[p] * (mass.share[other] @ k.value(d / 1e3, h / 1e3))
            logs.append(np.log((1 - 1 / n) * density / left + 1 / n / area))
        scores.append(float(np.mean(logs)))
    return scores


@every
@pytest.mark.parametrize("leave_out", ["event", "place"])
def test_the_likelihood_leaves_out_whole_events_or_places(kernel: str, leave_out: str) -> None:
    rng = np.random.default_rng(3)
    support = np.repeat(np.arange(12), rng.integers(1, 6, 12))
    x_m, y_m = rng.uniform(20_000, 90_000, (2, len(support)))
    support_of = np.array([*range(12), 0, 0, 5, 7])
    mass = supports(x_m, y_m, support, support_of)
    found = by_likelihood(
        mass, GRID, kernel, shortest_m=2_500, longest_m=40_000, leave_out=leave_out
    )
    expected = brute_scores(mass, kernel, found.candidates_m, places=leave_out == "place")
    assert found.score.tolist() == pytest.approx(expected, rel=1e-9)
    assert found.bandwidth_m == found.candidates_m[np.argmax(found.score)]


@every
def test_for_one_cloud_likelihood_and_rule_agree(kernel: str) -> None:
    mass = cloud(400)
    found, rule = by_likelihood(mass, GRID, kernel), rule_of_thumb(mass, kernel)
    assert 0.5 < found.bandwidth_m / rule.bandwidth_m < 2
    assert "best foretell each event (100% of the places asked)" in str(found.why)


def test_for_two_clouds_the_likelihood_does_not_smooth_them_together() -> None:
    one, other = cloud(150, 3_000, 1), cloud(150, 3_000, 2)
    x_m = np.concatenate([one.x_m - 60_000, other.x_m + 60_000])
    mass = supports(x_m, np.concatenate([one.y_m, other.y_m]), range(300))
    assert by_likelihood(mass, GRID).bandwidth_m < rule_of_thumb(mass).bandwidth_m / 2


def test_one_lonely_event_does_not_force_a_huge_bandwidth() -> None:
    mass = cloud(200, 3_000)
    usual = by_likelihood(mass, GRID, longest_m=150_000).bandwidth_m
    mass.x_m[0] += 90_000
    assert by_likelihood(mass, GRID, longest_m=150_000).bandwidth_m == pytest.approx(usual, rel=0.6)


def test_events_at_the_same_towns_are_named_as_the_reason() -> None:
    towns = cloud(6, 30_000)
    mass = supports(towns.x_m, towns.y_m, range(6), np.repeat(range(6), 20))
    found = by_likelihood(mass, GRID)
    assert found.bandwidth_m == found.candidates_m[0] == 2_000
    assert "share one place" in str(found.why)
    # Without them the towns are as far apart as they are.
    assert by_likelihood(mass, GRID, leave_out="place").bandwidth_m > 10_000


def test_the_longest_is_named_as_an_end_too() -> None:
    found = by_likelihood(cloud(50), GRID, shortest_m=2_000, longest_m=3_000)
    assert found.bandwidth_m == pytest.approx(3_000)
    assert "longest that was tried" in str(found.why)


def test_a_sample_comes_close_and_says_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    mass = cloud(600)
    whole = by_likelihood(mass, GRID)
    monkeypatch.setattr(bandwidth, "MOST_PAIRS", 100_000)
    part = by_likelihood(mass, GRID, seed=1)
    assert part.bandwidth_m == pytest.approx(whole.bandwidth_m, rel=0.5)
    assert "100%" in str(whole.why)
    assert "100%" not in str(part.why)
    again = by_likelihood(mass, GRID, seed=1)
    assert (again.score == part.score).all()


def test_by_hand_says_so_and_nonsense_is_refused() -> None:
    found = by_hand(12_500)
    assert (found.bandwidth_m, found.method) == (12_500, "hand")
    assert str(found.why) == "Bandwidth 12.5 km, chosen by hand."
    with pytest.raises(ValueError, match="above 0"):
        by_hand(0)
    with pytest.raises(ValueError, match="shorter to a longer"):
        by_likelihood(cloud(9), GRID, shortest_m=9_000, longest_m=3_000)
    with pytest.raises(ValueError, match="Left out"):
        by_likelihood(cloud(9), GRID, leave_out="town")
    for mass in (supports([], [], []), supports([1], [1], [0]), supports([1], [1], [0], [0, 0])):
        with pytest.raises(ValueError, match="two different places"):
            rule_of_thumb(mass)
