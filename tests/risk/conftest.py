"""A road of three kilometres, and the starter dataset's roads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from geo.hotspots.network.events import RoadMass
from geo.hotspots.network.graph import Graph
from geo.hotspots.network.lixels import Lixels
from geo.risk.events import Events
from geo.risk.ground import Ground
from geo.risk.models import MODEL, Decay, Model
from geo.risk.policy import RiskPolicy, load_risk_policy
from tests.starter import starter

PLAIN = Model(MODEL, 1_500.0, Decay(), shape=1.0, pooling=np.inf, weighted=False)


def straight_road(lixel_m: float = 1_000.0, km: float = 3.0) -> Ground:
    """Return one road without junctions, in one group."""
    lixels = Lixels(Graph.from_arrays([0], [1], [km * 1_000]), lixel_m)
    groups = pd.DataFrame({"region_id": ["x"], "road_class": ["other"], "km": [km]})
    nowhere = np.zeros(len(lixels))
    return Ground(lixels, np.zeros(len(lixels), dtype=np.intp), groups, nowhere, nowhere)


def events_at(at_m: list[float], day: list[float], last: list[float] | None = None) -> Events:
    """Return one incident at each position of the road, on each day since 1970."""
    n = len(at_m)
    mass = RoadMass(
        edge=np.zeros(n, dtype=np.int32), offset_m=np.array(at_m), share=np.ones(n),
        begin=np.arange(n + 1, dtype=np.intp), support_of=np.arange(n, dtype=np.intp),
        index=pd.Index([f"I{i}" for i in range(n)]),
    )  # fmt: skip
    first = np.array(day, dtype=np.float64)
    end = first if last is None else np.array(last, dtype=np.float64)
    return Events(mass, first, end, np.ones(n), csr_array((n, 1)), np.zeros(n))


@pytest.fixture(scope="session")
def policy() -> RiskPolicy:
    """Return the shipped policy with intervals of 90 % and a reach of 10 km."""
    return replace(load_risk_policy(), reach_km=10.0, coverage=0.9)


@pytest.fixture(scope="session")
def starter_ground() -> Ground:
    """Return the ground of the starter roads."""
    return Ground.of(starter().atlas)


@pytest.fixture
def road() -> Callable[..., Ground]:
    """Return `straight_road`."""
    return straight_road
