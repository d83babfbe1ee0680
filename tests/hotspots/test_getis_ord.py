"""Gi* against hand-worked values, a brute-force sum and, where it is installed, esda."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.stats import norm, poisson

from geo.hotspots.getis_ord import gi_star, mass_per_cell
from geo.hotspots.grid import Grid
from geo.hotspots.mass import Mass
from tests.examples import examples

Floats = NDArray[np.float64]


def brute_z(x: Floats, radius: float, area: NDArray[np.bool_]) -> Floats:
    """Write out the definition: binary weights, itself included, cells of the area only."""
    cells = np.argwhere(area)
    value = x[area]
    n, mean = len(value), value.mean()
    spread = value.std() if np.ptp(value) else 0.0
    z = np.full(x.shape, np.nan)
    for at in cells:
        w = (((cells - at) ** 2).sum(axis=1) <= radius**2).astype(float)
        chance = spread * np.sqrt((n * (w**2).sum() - w.sum() ** 2) / (n - 1))
        z[tuple(at)] = (w @ value - mean * w.sum()) / chance if chance > 0 else np.nan
        if chance > 0:  # dividing the row by its sum changes nothing
            row = w / w.sum()
            same = spread * np.sqrt((n * (row**2).sum() - row.sum() ** 2) / (n - 1))
            assert (row @ value - mean) / same == pytest.approx(z[tuple(at)], abs=1e-9)
    return z


def test_three_by_three_by_hand() -> None:
    # Nine cells, all of 9 events in the middle: x̄ = 1, s = √(81/9 − 1) = √8.
    x = np.zeros((3, 3))
    x[1, 1] = 9
    found = gi_star(x, 1)
    # Middle: W = 5, (9 − 5) / (√8 · √(5 · 4 / 8)) = 4 / √20; corner: W = 3, −3 / (√8 · √(18 / 8)).
    assert found.z[1, 1] == pytest.approx(4 / np.sqrt(20))
    assert found.z[0, 0] == pytest.approx(-3 / np.sqrt(18))
    # Side: W = 4 with the middle among them, (9 − 4) / (√8 · √(20 / 8)).
    assert found.z[0, 1] == pytest.approx(5 / np.sqrt(20))
    assert found.expected.tolist() == [[3, 4, 3], [4, 5, 4], [3, 4, 3]]
    assert found.sparse.tolist() == [[True] * 3, [True, False, True], [True] * 3]


grids = arrays(
    np.float64,
    st.tuples(st.integers(2, 9), st.integers(2, 9)),
    elements=st.floats(0, 40).map(lambda value: round(value, 2)),
)


@settings(max_examples=examples(60), deadline=None)
@given(grids, st.floats(1, 6), st.data())
def test_against_the_definition(x: Floats, radius: float, data: st.DataObject) -> None:
    area = data.draw(arrays(bool, x.shape))
    area.ravel()[:2] = True
    found = gi_star(x, radius, area=area)
    expected = brute_z(x, radius, area)
    assert found.z == pytest.approx(expected, abs=1e-9, nan_ok=True)
    assert np.isnan(found.z[~area]).all()
    assert (found.p[~area] == 1).all()
    assert not found.significant[~area].any()


def test_whole_numbers_are_summed_exactly() -> None:
    x = np.random.default_rng(1).poisson(3, (40, 70)).astype(float)
    found = gi_star(x, 5)
    assert (found.found == np.rint(found.found)).all()
    assert np.abs(found.z - brute_z(x, 5, np.ones(x.shape, dtype=bool))).max() <= 1e-10


def test_against_esda() -> None:
    esda = pytest.importorskip("esda.getisord")
    weights = pytest.importorskip("libpysal.weights")
    x = np.random.default_rng(4).poisson(2, (24, 31)).astype(float)
    at = np.argwhere(np.ones(x.shape, dtype=bool)).astype(float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        near = weights.DistanceBand(at, 5.0, binary=True, silence_warnings=True)
        theirs = esda.G_Local(x.ravel(), near, transform="B", star=True, permutations=0)
    assert np.abs(gi_star(x, 5).z.ravel() - theirs.Zs).max() <= 1e-10


def test_p_values_are_the_two_sided_tails() -> None:
    x = np.random.default_rng(2).poisson(4, (30, 30)).astype(float)
    dense = gi_star(x, 2)
    assert not dense.sparse.any()
    assert dense.p == pytest.approx(2 * norm.sf(np.abs(dense.z)))
    thin = gi_star((x > 9).astype(float), 2)
    assert thin.sparse.all()
    k, mean = thin.found, thin.expected
    two_sided = 2 * np.minimum(poisson.sf(k - 1, mean), poisson.cdf(k, mean))
    assert thin.p == pytest.approx(np.minimum(two_sided, 1))
    assert "100% of the cells fewer than 5" in str(thin.notes[1])
    assert len(dense.notes) == 1


def test_the_step_up_rule_by_hand() -> None:
    # Benjamini and Hochberg's own fifteen p-values (1995, section 4.1): four pass at 5 %.
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    p += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    from geo.hotspots.getis_ord import _highest_p  # noqa: PLC0415

    assert _highest_p(np.array(p)[::-1], 0.05) == 0.0095
    assert _highest_p(np.array([0.3, 0.9]), 0.05) == -1
    assert _highest_p(np.array([]), 0.05) == -1


def test_chance_alone_is_seldom_marked_and_a_cluster_is() -> None:
    rng = np.random.default_rng(7)
    marked = [
        gi_star(rng.poisson(2, (40, 40)).astype(float), 3).significant.any() for _ in range(40)
    ]
    assert sum(marked) <= 8
    x = rng.poisson(2, (40, 40)).astype(float)
    x[10:15, 20:25] += 4
    found = gi_star(x, 3)
    assert found.hot[12, 22]
    assert not found.cold[12, 22]
    assert not found.significant[30:, :10].any()


def test_one_event_among_nothing_is_no_hotspot_although_its_z_is_large() -> None:
    x = np.zeros((60, 60))
    x[20, 20] = 1
    found = gi_star(x, 3)
    assert found.z[20, 20] > 3
    assert found.sparse.all()
    assert not found.significant.any()


def test_nothing_and_one_cell_have_no_z() -> None:
    for x in (np.zeros((4, 4)), np.ones((4, 4)), np.ones((1, 1))):
        found = gi_star(x, 2)
        assert np.isnan(found.z).all()
        assert not found.significant.any()


def test_mass_per_cell_counts_events_where_they_may_have_been() -> None:
    grid = Grid(0, 0, 1_000, 4, 3)
    mass = Mass(
        x_m=np.array([500.0, 1_500, 1_000, 9_999, 0]),
        y_m=np.array([500.0, 500, 2_999, 0, 0]),
        share=np.array([0.5, 0.5, 1, 1, 1]),
        support=np.array([0, 0, 1, 2, 3]),
        support_of=np.array([0, 1, 1, 2, 3]),
        index=pd.RangeIndex(5),
        left_out_region=0,
        left_out_unplaced=0,
    )
    assert mass_per_cell(mass, grid).tolist() == [[1.5, 0.5, 0, 0], [0] * 4, [0, 2, 0, 0]]
    twice = mass_per_cell(mass, grid, np.array([2.0, 1, 1, 1, 0]))
    assert twice.tolist() == [[1, 1, 0, 0], [0] * 4, [0, 2, 0, 0]]


@pytest.mark.parametrize(
    ("x", "radius", "q", "match"),
    [
        ([[1, -1]], 1, 0.05, "none below 0"),
        ([[1, np.nan]], 1, 0.05, "none below 0"),
        ([1, 2], 1, 0.05, "rows and columns"),
        ([[1, 2]], 0.5, 0.05, "at least one cell"),
        ([[1, 2]], 1, 0, "between 0 and 1"),
    ],
)
def test_faults_are_named(x: list[list[float]], radius: float, q: float, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        gi_star(np.array(x), radius, q=q)
