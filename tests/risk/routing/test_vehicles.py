"""Vehicles: speeds, roads that they refuse, one-way roads, whom a statement concerns."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from geo.records import Fault
from geo.risk.journey.policy import load_journey_policy
from geo.risk.routing.contraction import Contracted
from geo.risk.routing.shortest import one_to_all
from geo.risk.routing.vehicles import read_vehicle, travel_h
from geo.roads.network.tags import RoadClass, Surface

VEHICLES = load_journey_policy().vehicles


def network() -> Any:
    """Return 0 –primary, 60 km– 1 –track, 12 km– 2, and a one-way trunk road 2 → 0 of 80 km."""
    columns = {
        "u": np.array([0, 1, 2]),
        "v": np.array([1, 2, 0]),
        "length_m": np.array([60e3, 12e3, 80e3]),
        "road_class": np.array([RoadClass.PRIMARY, RoadClass.TRACK, RoadClass.TRUNK]),
        "surface": np.array([Surface.UNKNOWN, Surface.SAND, Surface.PAVED]),
        "oneway": np.array([0, 0, 1]),
    }
    return SimpleNamespace(columns=columns)


def test_hours_by_class_surface_and_direction() -> None:
    truck, car = (travel_h(network(), VEHICLES[name]) for name in ("truck", "car"))
    # 60 km/h on the primary road; no track for a truck; at most 75 km/h, one way only.
    assert truck.tolist() == [1.0, 1.0, np.inf, np.inf, pytest.approx(80 / 75), np.inf]
    assert car[:4] == pytest.approx([60 / 72, 60 / 72, 12 / 14.4, 12 / 14.4])
    assert car[4] == pytest.approx(80 / 90)


def test_an_imported_network_is_searched_like_any_other() -> None:
    columns = network().columns
    roads = Contracted.of(columns["u"], columns["v"], 3)
    car = one_to_all(roads, travel_h(network(), VEHICLES["car"]), 2)
    truck = one_to_all(roads, travel_h(network(), VEHICLES["truck"]), 0)
    # By the trunk road to 0 and on to 1 is longer than the track.
    assert car.distance.tolist() == pytest.approx([80 / 90, 12 / 14.4, 0])
    assert truck.distance.tolist() == [0, 1, np.inf]


@pytest.mark.parametrize(
    ("affected", "concerned"),
    [
        ("", {"car", "truck", "bus", "motorbike"}),
        ("All vehicles", {"car", "truck", "bus", "motorbike"}),
        ("buses (Diarra Transport)", {"bus"}),
        ("trucks; fuel", {"truck"}),
        ("motorcycles; pick-ups", {"motorbike", "car"}),
        ("army (French convoy)", set()),
        ("passenger boats", set()),
    ],
)
def test_whom_a_statement_concerns(affected: str, concerned: set[str]) -> None:
    assert {name for name, vehicle in VEHICLES.items() if vehicle.concerns(affected)} == concerned


def test_faults_of_a_vehicle_are_all_told() -> None:
    faults: list[Fault] = []
    table = {"factor": 9, "refuses": ["canal"], "concerned_by": "cars", "wheels": 4}
    read_vehicle("boat", table, faults)
    told = " ".join(str(fault.message) for fault in faults)
    for words in ("factor is 9", "most_kmh is missing", "canal", "concerned_by", "wheels"):
        assert words in told
