"""Shrinkage by hand, and the groups that roads fall into."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from geo.risk.background import background
from geo.risk.ground import NATIONAL, OTHER, REGIONAL, Ground, road_class
from geo.risk.models import Decay
from tests.starter import starter


def groups(km: list[float], regions: list[str]) -> Ground:
    """Return as much of a ground as backgrounds ask for."""
    table = pd.DataFrame({"region_id": regions, "road_class": "other", "km": km})
    return Ground(SimpleNamespace(), np.empty(0, np.intp), table, np.empty(0), np.empty(0))


def test_shrinkage_by_hand() -> None:
    """Region A has 30 km in two classes and 3 incidents, B 70 km and none; ten days, s = 2.

    All: 3.5 / 1,000.  A: (2 + 3) / (2 / 0.0035 + 300); B: 2 / (2 / 0.0035 + 700).
    """
    ground = groups([10, 20, 70], ["A", "A", "B"])
    found = background(ground, np.array([3.0, 0, 0]), days=10, pooling=2)
    a, b = 5 / (2 / 0.0035 + 300), 2 / (2 / 0.0035 + 700)
    assert found == pytest.approx([5 / (2 / a + 100), 2 / (2 / a + 200), 2 / (2 / b + 700)])


def test_without_pooling_all_roads_share_one_rate() -> None:
    ground = groups([10, 90], ["A", "B"])
    found = background(ground, np.array([3.0, 0]), days=10, pooling=np.inf)
    assert found == pytest.approx([3.5 / 1_000] * 2)


def test_the_area_of_a_decay_is_its_integral() -> None:
    decay = Decay(half_life_days=50, floor=0.3, window_days=120)
    ages = (np.arange(200_000) + 0.5) / 1_000
    counted = (0.3 + 0.7 * 2 ** (-ages / 50)) * (ages < 120)
    assert decay.area(200.0) == pytest.approx(counted.sum() / 1_000, rel=1e-6)
    assert Decay().area([7.0, -3.0]).tolist() == [7, 0]


def test_every_lixel_has_a_region_and_a_class(starter_ground: Ground) -> None:
    ground = starter_ground
    assert len(ground.group) == len(ground.lixels)
    km = pd.Series(ground.length_km).groupby(ground.group).sum()
    assert ground.groups["km"].to_numpy() == pytest.approx(km.to_numpy())
    assert (ground.groups["region_id"] != "").all()
    axes = starter().atlas.axes
    assert road_class(axes["ML-RN17"]) == NATIONAL
    assert road_class(axes["BF-RR28"]) == REGIONAL
    assert road_class(axes["ML-ANS-TES"]) == OTHER
    rows = ground.lixels.along_axes()
    gao = rows.loc[rows["axis_id"] == "ML-RN17", "lixel"].iloc[0]
    group = ground.groups.iloc[ground.group[gao]]
    assert (group["region_id"], group["road_class"]) == ("ml-gao", NATIONAL)
    assert (ground.lon[gao], ground.lat[gao]) == pytest.approx((-0.04, 16.27), abs=0.05)
