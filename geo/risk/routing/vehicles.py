"""How fast a vehicle travels a road, and which roads it may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.hotspots.network.arrays import Floats
from geo.i18n import message
from geo.records import Fault
from geo.roads.network.records import Network
from geo.roads.network.speeds import KMH
from geo.roads.network.tags import RoadClass
from geo.roads.sections import Section

EVERYONE = "all vehicles"


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A kind of vehicle.

    Parameters
    ----------
    name
        As in ``data/policy.toml``, section ``vehicles``.
    factor, most_kmh
        Its speed is ``factor`` times a loaded truck's, never above ``most_kmh``.
    refuses
        Classes of road that it cannot take.
    concerned_by
        Words of an assertion's ``affected``, in lower case, that mean it.
    """

    name: str
    factor: float
    most_kmh: float
    refuses: frozenset[RoadClass]
    concerned_by: frozenset[str]

    def kmh(
        self, road_class: NDArray[np.integer] | int, surface: NDArray[np.integer] | int = 0
    ) -> Floats:
        """Return the speed on roads of a class and surface, 0 where it cannot go."""
        speed = np.minimum(KMH[road_class, surface] * self.factor, self.most_kmh)
        return np.where(np.isin(road_class, sorted(self.refuses)), 0.0, speed)

    def concerns(self, affected: str) -> bool:
        """Return whether a statement about these vehicles (``;``-separated) concerns this one."""
        parts = [part.split("(")[0].strip().casefold() for part in affected.split(";")]
        named = {part for part in parts if part}
        return not named or EVERYONE in named or bool(named & self.concerned_by)


def travel_h(network: Network, vehicle: Vehicle) -> Floats:
    """Return the hours to travel each arm of an imported network, infinite where it may not.

    Returns
    -------
    numpy.ndarray
        Shape ``(2 edges,)``: arm ``2 e`` runs from ``u`` to ``v``; one-way roads are closed the
        other way.
    """
    columns = network.columns
    kmh = vehicle.kmh(columns["road_class"], columns["surface"])
    hours = np.where(kmh > 0, columns["length_m"] / 1_000 / np.where(kmh > 0, kmh, 1.0), np.inf)
    oneway = np.asarray(columns["oneway"])
    forth, back = np.where(oneway < 0, np.inf, hours), np.where(oneway > 0, np.inf, hours)
    return np.stack([forth, back], axis=1).ravel()


def read_vehicle(name: str, table: Any, faults: list[Fault]) -> Vehicle:
    """Return a vehicle of the policy; what is wrong with it is added to the faults."""
    section = Section(f"vehicles.{name}", table, faults)
    classes = {road_class.name.lower(): road_class for road_class in RoadClass}
    refused = section.words("refuses")
    if refused - set(classes):
        wrong = min(refused - set(classes))
        section.expected("refuses", wrong, message("some of {words}", words=", ".join(classes)))
    vehicle = Vehicle(
        name,
        section.number("factor", 0.1, 3),
        section.number("most_kmh", 5, 200),
        frozenset(classes[word] for word in refused & set(classes)),
        frozenset(word.casefold() for word in section.words("concerned_by")),
    )
    section.refuse_the_rest()
    return vehicle
