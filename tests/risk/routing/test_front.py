"""The Pareto front against all simple ways of small graphs, one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.risk.routing.contraction import Contracted
from geo.risk.routing.front import pareto_front, undominated
from tests.examples import examples


def all_ways(  # noqa: PLR0917
    u: np.ndarray, v: np.ndarray, one: np.ndarray, two: np.ndarray, start: int, goal: int
) -> np.ndarray:
    """Return the costs of every simple way that no other beats."""
    leaving: dict[int, list[tuple[int, int]]] = {}
    for edge, ends in enumerate(zip(u.tolist(), v.tolist(), strict=True)):
        leaving.setdefault(ends[0], []).append((ends[1], 2 * edge))
        leaving.setdefault(ends[1], []).append((ends[0], 2 * edge + 1))
    found = []

    def go(at: int, seen: frozenset[int], spent: tuple[float, float]) -> None:
        if at == goal:
            found.append(spent)
            return
        for other, arm in leaving.get(at, ()):
            cost = spent[0] + one[arm], spent[1] + two[arm]
            if other not in seen and np.isfinite(cost).all():
                go(other, seen | {other}, cost)

    go(start, frozenset({start}), (0.0, 0.0))
    costs = np.array(found).reshape(-1, 2)
    return costs[undominated(costs)]


@st.composite
def questions(draw: st.DrawFn) -> tuple[np.ndarray, ...]:
    nodes = draw(st.integers(2, 8))
    edges = draw(st.integers(nodes, 16))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    u, v = rng.integers(0, nodes, (2, edges))
    if draw(st.booleans()):  # ties and costs of nothing
        one, two = rng.integers(0, 5, (2, 2 * edges)).astype(float)
    else:  # what is quick is dear
        one = rng.random(2 * edges)
        two = (1 - one) * rng.random(2 * edges)
    one[rng.random(2 * edges) < 0.05] = np.inf
    return u, v, one, two, rng.choice(nodes, 2, replace=False), np.array(nodes)


@settings(max_examples=examples(150))
@given(questions())
def test_the_front_is_that_of_all_simple_ways(question: tuple[np.ndarray, ...]) -> None:
    u, v, one, two, (start, goal), nodes = question
    roads = Contracted.of(u, v, int(nodes))
    found = pareto_front(roads, one, two, int(start), int(goal))
    expected = all_ways(u, v, one, two, int(start), int(goal))
    assert found.epsilon == 0
    assert found.costs.shape == expected.shape
    np.testing.assert_allclose(found.costs, expected, atol=1e-12)
    for path, costs in zip(found.paths, found.costs, strict=True):
        np.testing.assert_allclose([one[path].sum(), two[path].sum()], costs)
    for epsilon in (0.01, 0.5):
        close = pareto_front(roads, one, two, int(start), int(goal), epsilon=epsilon)
        assert close.epsilon is not None
        assert close.epsilon <= epsilon + 1e-12
        for way in expected:
            limit = (1 + close.epsilon) * way + 1e-12
            assert (close.costs <= limit).all(axis=1).any()


def test_a_front_by_hand() -> None:
    """Three ways over: quick and dear (2, 9), slow and cheap (6, 2), and a beaten one (7, 3)."""
    u, v = [0, 1, 0, 2, 0, 3], [1, 4, 2, 4, 3, 4]
    one, two = [1, 1, 3, 3, 3, 4], [4, 5, 1, 1, 1, 2]
    found = pareto_front(Contracted.of(u, v, 5), one, two, 0, 4)
    assert found.costs.tolist() == [[2, 9], [6, 2]]
    assert [path.tolist() for path in found.paths] == [[0, 2], [4, 6]]


def ladder(rungs: int) -> tuple[Contracted, np.ndarray, np.ndarray]:
    """Return a chain of two-way choices, each of which doubles the front (Hansen 1980)."""
    nodes = np.arange(rungs)
    u, v = np.repeat(nodes, 2), np.repeat(nodes + 1, 2)
    power = np.repeat(2.0**nodes, 2)
    quick = np.tile([True, False], rungs)
    one, two = np.where(quick, 1.0, 1.0 + power), np.where(quick, 1.0 + power, 1.0)
    return Contracted.of(u, v, rungs + 1), one, two


def test_an_exponential_front_is_told_whole_when_it_is_small() -> None:
    found = pareto_front(*ladder(8), 0, 8)
    assert len(found.paths) == 2**8
    assert np.all(np.diff(found.costs[:, 0]) > 0)
    assert np.all(np.diff(found.costs[:, 1]) < 0)


def test_a_front_too_large_is_covered_and_says_how_closely() -> None:
    roads, one, two = ladder(18)
    found = pareto_front(roads, one, two, 0, 18, most_labels=1 << 14)
    assert found.epsilon is not None
    assert 0 < found.epsilon <= 0.2
    assert len(found.paths) < 2**18
    total = 2.0**18 + 2 * 18 - 1
    wanted = np.linspace(18, total - 18, 200)
    for first in wanted:  # every way of the exact front costs 2^18 + 35 in all
        limit = (1 + found.epsilon) * np.array([first, total - first]) + 1
        assert (found.costs <= limit).all(axis=1).any()
    ends = pareto_front(roads, one, two, 0, 18, epsilon=0.0, most_labels=1 << 14)
    assert ends.epsilon is None
    assert ends.costs[[0, -1], [0, 1]].tolist() == [18, 18]


@pytest.mark.parametrize(("start", "goal", "ways"), [(0, 0, 1), (0, 3, 0)])
def test_nowhere_and_out_of_reach(start: int, goal: int, ways: int) -> None:
    roads = Contracted.of([0, 2], [1, 3], 4)
    found = pareto_front(roads, [1.0, 1.0], [1.0, 1.0], start, goal)
    assert len(found.paths) == ways
    assert found.costs.shape == (ways, 2)
