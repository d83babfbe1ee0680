"""Stretches written out keep their columns, their line and what it rests on."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest

from geo.atlas import Atlas, load
from geo.exchange.geojson import write_features
from geo.roads.course import Course, Drawn
from geo.roads.features import road_features


@pytest.fixture(scope="module")
def land() -> Atlas:
    return load()


def test_a_stretch_carries_its_line_its_words_and_that_it_is_schematic(land: Atlas) -> None:
    stretches = pd.DataFrame(
        {
            "axis_id": ["ML-RN17"],
            "measure_from_m": [0.0],
            "measure_to_m": [33_100.0],
            "passage": ["suspended"],
        }
    )
    found = road_features(stretches, land)
    row = found.iloc[0]
    assert row["road"] == "RN17 Gao–Ansongo–Labbezanga"
    assert row["chainage"] == "PK 0+000 – PK 33+100"
    assert (row["passage"], row["drawn"]) == ("suspended", "schematic")
    assert row.geometry.coords[0] == pytest.approx((-0.05022, 16.26849))
    assert row.geometry.coords[-1] == pytest.approx((0.1166, 16.05671))


def test_the_file_names_whom_it_must(land: Atlas) -> None:
    stretches = pd.DataFrame(
        {"axis_id": ["ML-RN17"], "measure_from_m": [0.0], "measure_to_m": [1_000.0]}
    )
    text = write_features(road_features(stretches, land), land.credits)
    assert "© OpenStreetMap contributors" in json.loads(text)["attribution"]


def test_only_the_legs_under_a_stretch_say_what_it_rests_on(land: Atlas) -> None:
    axis = land.axes["ML-RN17"]
    legs = len(axis.place_ids) - 1
    on_network = np.zeros(legs, dtype=bool)
    on_network[:2] = True
    course = Course(axis.lons, axis.lats, np.arange(legs + 1, dtype=float), on_network)
    mapped = dataclasses.replace(land, axes={"ML-RN17": dataclasses.replace(axis, course=course)})
    second, third = float(axis.measures_m[2]), float(axis.measures_m[3])
    stretches = pd.DataFrame(
        {
            "axis_id": ["ML-RN17"] * 3,
            "measure_from_m": [0.0, 0.0, second],
            "measure_to_m": [second, third, third],
        }
    )
    assert road_features(stretches, mapped)["drawn"].tolist() == [
        Drawn.NETWORK,
        Drawn.SCHEMATIC,
        Drawn.SCHEMATIC,
    ]
