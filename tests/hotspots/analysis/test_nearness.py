"""How near events lie to one another: whole pairs, and what a set strewn at random gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from geo.hotspots.analysis.events import Events
from geo.hotspots.analysis.ground import Ground
from geo.hotspots.analysis.nearness import RADII_M, nearness
from geo.records import Category
from geo.selection import Selection
from tests.starter import ON, starter

DEVICES = Selection(on=ON, known_on=ON, start=date(2020, 1, 1), end=ON, ied_only=True)


def test_a_cluster_a_pair_and_nothing_on_the_starter_roads() -> None:
    ground = Ground(starter())
    found = nearness(events := Events(ground, DEVICES))
    assert found is not None
    assert found.reports == found.points[0] <= events.reports
    curve = found.curve
    assert curve.index.tolist() == RADII_M.tolist()
    # Ordered pairs are whole numbers, and a wider reach loses none.
    pairs = curve["near"].to_numpy() * found.points[0]
    assert pairs == pytest.approx(np.round(pairs))
    assert (np.diff(pairs) >= 0).all()
    assert curve["low"].le(curve["high"]).all()
    assert found.clear
    assert "They lie nearer than chance gives." in str(found.sentence())
    # What lies evenly strewn within 10 km of a point of the roads: two arms of 10 km at least.
    even = (found.points[0] - 1) * 20_000 / ground.graph.total_m
    assert curve.loc[10_000, "expected"] > 0.8 * even
    again = nearness(Events(ground, DEVICES))
    assert again is not None
    pd.testing.assert_frame_equal(curve, again.curve)

    near = nearness(events, Category.AMBUSH)
    assert near is not None
    pairs = near.curve["near"].to_numpy() * near.points[0]
    assert pairs == pytest.approx(np.round(pairs))
    assert "of the other kind" in str(near.sentence())

    few = Events(ground, replace(DEVICES, start=date(2024, 6, 1)))
    told = nearness(few)
    assert told is None or (told.means_little and "too few" in str(told.sentence()))
    nobody = Events(ground, replace(DEVICES, categories=frozenset({Category.SHELLING})))
    assert nearness(nobody) is None
