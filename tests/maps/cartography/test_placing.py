"""Labels find room, the important ones first, and never overlap."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maps.cartography.paper import Rect
from maps.cartography.placing import Spot, place
from tests.examples import examples

NUMBERS = st.floats(0, 60, allow_nan=False)


def spot(x: float, y: float, cost: float = 0.0) -> Spot:
    return Spot(Rect(x, y, x + 10, y + 4), cost)


@st.composite
def puzzles(draw: st.DrawFn) -> tuple[list[list[Spot]], list[float]]:
    count = draw(st.integers(1, 7))
    labels = [
        [spot(draw(NUMBERS), draw(NUMBERS), draw(st.sampled_from([0.0, 0.2, 0.5])))
         for _ in range(draw(st.integers(1, 4)))]
        for _ in range(count)
    ]  # fmt: skip
    return labels, [draw(st.sampled_from([1.0, 3.0, 9.0])) for _ in range(count)]


@given(puzzles())
@settings(max_examples=examples(30))
def test_nothing_overlaps_and_nothing_is_left_out_that_has_room(
    puzzle: tuple[list[list[Spot]], list[float]],
) -> None:
    labels, weights = puzzle
    chosen = place(labels, weights, gap=1.0)
    boxes = [own[at].box for own, at in zip(labels, chosen, strict=True) if at is not None]
    for one, other in combinations(boxes, 2):
        assert not one.inset(-0.5).overlaps(other.inset(-0.499))
    for own, at in zip(labels, chosen, strict=True):
        if at is None:
            assert all(any(s.box.inset(-1).overlaps(box) for box in boxes) for s in own)
    assert place(labels, weights, gap=1.0) == chosen


def cost(labels: list[list[Spot]], weights: list[float], chosen: tuple[int | None, ...]) -> float:
    boxes = [own[at].box for own, at in zip(labels, chosen, strict=True) if at is not None]
    if any(one.overlaps(other) for one, other in combinations(boxes, 2)):
        return np.inf
    return sum(
        weight if at is None else own[at].cost
        for own, weight, at in zip(labels, weights, chosen, strict=True)
    )


def test_it_is_all_but_the_best_of_all_ways() -> None:
    """Over 30 crowded puzzles small enough to try every way."""
    above = []
    for seed in range(30):
        chance = np.random.default_rng(seed)
        labels = [[spot(*chance.uniform(0, 22, 2), c) for c in (0.0, 0.3)] for _ in range(6)]
        weights = [float(w) for w in chance.choice([2.0, 5.0, 9.0], 6)]
        every = product(*([None, *range(len(own))] for own in labels))
        best = min(cost(labels, weights, way) for way in every)
        above.append(cost(labels, weights, tuple(place(labels, weights))) - best)
    assert min(above) >= -1e-9
    assert np.mean(above) < 0.2
    assert np.median(above) == pytest.approx(0, abs=1e-9)


def test_the_heavier_of_two_stays_and_the_other_steps_aside() -> None:
    city = [spot(0, 0)]
    village = [spot(2, 0), spot(30, 0, 0.5)]
    assert place([village, city], [1.0, 9.0]) == [1, 0]
    assert place([village[:1], city], [1.0, 9.0]) == [None, 0]
    # A place that is less welcome than none is not taken.
    assert place([[spot(0, 0, 2.0)]], [1.0]) == [None]
    assert place([], []) == []
