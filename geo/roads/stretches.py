"""Where places stand on roads, and the roads between two places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from geo.records import Place
from geo.roads.axes import Axis
from geo.roads.referencing import far_from, measure_of

SNAP_M = 5_000.0
"""A place this close to a chain counts as standing on the road: chains cut corners."""
PADDING_DEG = 0.1


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place stands on a road; ``offset_m`` is 0 for a place of the chain."""

    axis: Axis
    measure_m: float
    offset_m: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a road from one place to another; ``to_m`` may be the smaller."""

    axis: Axis
    from_m: float
    to_m: float

    @property
    def low_m(self) -> float:
        """The smaller measure."""
        return min(self.from_m, self.to_m)

    @property
    def high_m(self) -> float:
        """The greater measure."""
        return max(self.from_m, self.to_m)

    @property
    def length_m(self) -> float:
        """How long it is."""
        return self.high_m - self.low_m


def bare_ref(ref: str) -> str:
    """Return a road number as it is compared: ``RN4`` is ``N4``, ``RR28`` stays."""
    return ref.upper().replace(" ", "").replace("RN", "N")


class Roads:
    """Questions about places and roads, with the answers remembered.

    Parameters
    ----------
    axes
        The roads by ``axis_id``.
    """

    def __init__(self, axes: Mapping[str, Axis]) -> None:
        self.axes = axes
        self._spots: dict[str, Mapping[str, Spot]] = {}
        self._bounds = {
            axis.axis_id: (lons.min(), lats.min(), lons.max(), lats.max())
            for axis in axes.values()
            for lons, lats, _ in [axis.line]
        }

    @cached_property
    def _by_ref(self) -> Mapping[str, tuple[Axis, ...]]:
        found: dict[str, list[Axis]] = {}
        for axis in self.axes.values():
            for ref in axis.refs:
                found.setdefault(bare_ref(ref), []).append(axis)
        return {ref: tuple(axes) for ref, axes in found.items()}

    def numbered(self, refs: Iterable[str]) -> list[Axis]:
        """Return the roads that bear one of some numbers; ``RN4`` and ``N4`` are the same."""
        found = (axis for ref in refs for axis in self._by_ref.get(bare_ref(ref), ()))
        return list({axis.axis_id: axis for axis in found}.values())

    def spots(self, place: Place) -> Mapping[str, Spot]:
        """Return where a place stands on the roads, by ``axis_id``: in the chain or close to it."""
        found = self._spots.get(place.place_id)
        if found is None:
            found = {
                axis.axis_id: spot
                for axis in self.axes.values()
                if (spot := self._spot(axis, place)) is not None
            }
            self._spots[place.place_id] = found
        return found

    def _spot(self, axis: Axis, place: Place) -> Spot | None:
        if place.place_id in axis.position:
            return Spot(axis, axis.measure_at(place.place_id), 0.0)
        if place.kind == "region":
            return None
        west, south, east, north = self._bounds[axis.axis_id]
        if not (
            west - PADDING_DEG <= place.lon <= east + PADDING_DEG
            and south - PADDING_DEG <= place.lat <= north + PADDING_DEG
        ):
            return None
        if far_from(axis, place.lon, place.lat, SNAP_M):
            return None
        measure_m, offset_m = measure_of(axis, place.lon, place.lat)
        return Spot(axis, measure_m, offset_m) if offset_m <= SNAP_M else None

    def between(self, first: Place, last: Place) -> list[Stretch]:
        """Return the stretches that join two places, each on one road, the shortest first.

        Roads whose chains hold both places come before roads that only pass close by.
        """
        here, there = self.spots(first), self.spots(last)
        found = [
            (here[axis_id].offset_m + there[axis_id].offset_m > 0, stretch.length_m, stretch)
            for axis_id in here.keys() & there.keys()
            if (
                stretch := Stretch(
                    self.axes[axis_id], here[axis_id].measure_m, there[axis_id].measure_m
                )
            ).length_m
            > 0
        ]
        found.sort(key=lambda item: (item[0], item[1], item[2].axis.axis_id))
        exact = [item for item in found if not item[0]]
        return [item[2] for item in exact or found]

    def joined(self, first: Place, last: Place) -> tuple[Stretch, Stretch] | None:
        """Return the shortest way over two roads that share a place, or ``None``."""
        best: tuple[float, tuple[Stretch, Stretch]] | None = None
        for one in self.spots(first).values():
            for other in self.spots(last).values():
                for node in set(one.axis.place_ids) & set(other.axis.place_ids):
                    way = (
                        Stretch(one.axis, one.measure_m, one.axis.measure_at(node)),
                        Stretch(other.axis, other.axis.measure_at(node), other.measure_m),
                    )
                    length_m = way[0].length_m + way[1].length_m
                    if way[0].length_m and way[1].length_m and (not best or length_m < best[0]):
                        best = (length_m, way)
        return best[1] if best else None
