"""The known roads laid on an imported network.

Rules, each with a test:

- A place of the chain stands on the network when a road passes within `SNAP_M`.
- Between two places that follow each other the way is the cheapest one; a metre counts more on
  minor roads (`CLASS_COST`) and, where a road with the number of the axis is near, on roads without
  it (`OTHER_REF_COST`).
- The way is plausible when it is no longer than `MAX_DETOUR` times the straight distance plus
  `SLACK_M`.  Otherwise, and where a place does not stand on the network, up to `MAX_SKIPPED` places
  are passed over if the way to the next one passes within `SNAP_M` (or the place's own accuracy) of
  them.  Where that fails too the stretch stays the straight line of the chain.
- A spur into a town and back, up to `SNAP_M` long, is cut off: the place is then where the way
  leaves the through road.
- Places keep their measures.  Between them the measure grows with the distance along the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.geodesy import distance_m
from geo.records import Place
from geo.roads.axes import Axis
from geo.roads.course import Course, Floats
from geo.roads.network.lines import Ints, to_degrees
from geo.roads.network.records import Network
from geo.roads.network.shaping import Leg, course_of, without_spurs
from geo.roads.network.snapping import SNAP_M, snap
from geo.roads.network.tags import RoadClass
from geo.roads.network.ways import Spot, Ways, path_of
from geo.roads.stretches import bare_ref

MAX_DETOUR = 1.5
SLACK_M = 1_000.0
MAX_SKIPPED = 3
OTHER_REF_COST = 2.0
DOORSTEP_M = 200.0
"""Counted on top of the distance to every road when the one to stand on is chosen, so that a lane
at the door of a place does not outweigh the highway behind it."""
PADDING = 0.3
"""Roads are taken this many degrees around the places of an axis, and by this share of its extent
more."""

_CLASS_COST = {
    RoadClass.MOTORWAY: 1.0, RoadClass.TRUNK: 1.0, RoadClass.PRIMARY: 1.0,
    RoadClass.SECONDARY: 1.1, RoadClass.TERTIARY: 1.2, RoadClass.UNCLASSIFIED: 1.5,
    RoadClass.RESIDENTIAL: 1.8, RoadClass.SERVICE: 2.5, RoadClass.TRACK: 2.0,
    RoadClass.FERRY: 3.0, RoadClass.UNKNOWN: 1.2,
}  # fmt: skip
SPOT_COLUMNS = ("edge", "along_m", "lon", "lat")
CLASS_COST = np.array([_CLASS_COST[code] for code in RoadClass])

Bools = npt.NDArray[np.bool_]


def rebuild(
    network: Network, axes: Mapping[str, Axis], places: Mapping[str, Place]
) -> dict[str, Course]:
    """Lay axes on a network.

    Parameters
    ----------
    network
        The imported network.
    axes
        The known roads.
    places
        The gazetteer's places by id.

    Returns
    -------
    dict
        The course of each axis that follows the network somewhere, by ``axis_id``.
    """
    wanted = {place_id: places[place_id] for a in axes.values() for place_id in a.place_ids}
    snapped = snap(network, list(wanted.values()))
    near = {str(place_id): roads for place_id, roads in snapped.groupby("place_id")}
    nodes = to_degrees(network.nodes)
    refs = _refs_of(network)
    found = {}
    for axis in axes.values():
        legs = _Rebuilding(network, axis, wanted, near, nodes, refs).legs()
        if legs:
            lonlat = np.array([(wanted[p].lon, wanted[p].lat) for p in axis.place_ids])
            found[axis.axis_id] = course_of(axis, legs, lonlat)
    return found


def _refs_of(network: Network) -> dict[str, Ints]:
    """Return the places in ``network.texts`` that name each road number, by bare number."""
    named: dict[str, list[int]] = {}
    for code in np.unique(network.columns["ref"]):
        for part in network.texts[code].replace(",", ";").split(";"):
            if part.strip():
                named.setdefault(bare_ref(part), []).append(int(code))
    return {ref: np.array(codes) for ref, codes in named.items()}


@dataclass(frozen=True, eq=False)
class _Rebuilding:
    """One axis and what is near it."""

    network: Network
    axis: Axis
    places: Mapping[str, Place]
    near: Mapping[str, pd.DataFrame]
    nodes: Floats
    refs: Mapping[str, Ints]

    def legs(self) -> list[Leg]:
        """Return the stretches that follow the network, in order."""
        edges = self._edges()
        numbered = self._numbered(edges)
        cost = CLASS_COST[self.network.columns["road_class"][edges]]
        if numbered.any():
            cost = np.where(numbered, 1.0, cost * OTHER_REF_COST)
        spots = self._spots(edges, cost)
        if len(spots) < 2:  # noqa: PLR2004 - a way has two ends
            return []
        ways = Ways(self.network, edges, cost, spots)
        return without_spurs(self.network, list(self._stretches(ways, spots)), SNAP_M)

    def _edges(self) -> Ints:
        """Return the edges around the places of the axis, with those that only pass there."""
        low = np.array([self.axis.lons.min(), self.axis.lats.min()])
        high = np.array([self.axis.lons.max(), self.axis.lats.max()])
        pad = PADDING * (1 + (high - low).max())
        inside = np.all((self.nodes >= low - pad) & (self.nodes <= high + pad), axis=1)
        u, v = self.network.columns["u"], self.network.columns["v"]
        taken = inside[u] | inside[v]
        for place_id in self.axis.place_ids:
            if place_id in self.near:
                taken[self.near[place_id]["edge"]] = True
        return np.flatnonzero(taken)

    def _numbered(self, edges: Ints) -> Bools:
        codes = [self.refs[ref] for ref in map(bare_ref, self.axis.refs) if ref in self.refs]
        wanted = np.concatenate(codes) if codes else np.empty(0, np.int64)
        return np.isin(self.network.columns["ref"][edges], wanted)

    def _spots(self, edges: Ints, cost: Floats) -> dict[str, Spot]:
        """Return where each place of the axis stands, on the road that costs least to reach."""
        cost_of = pd.Series(cost, index=edges)
        spots = {}
        for place_id in self.axis.place_ids:
            roads = self.near.get(place_id)
            if roads is None:
                continue
            roads = roads[roads["edge"].isin(edges)]
            if roads.empty:
                continue
            total = (roads["offset_m"] + DOORSTEP_M) * cost_of[roads["edge"]].to_numpy()
            best = int(np.argmin(total))
            edge, *where = (roads[name].to_numpy()[best] for name in SPOT_COLUMNS)
            spots[place_id] = Spot(int(edge), *map(float, where))
        return spots

    def _stretches(self, ways: Ways, spots: Mapping[str, Spot]) -> Iterable[Leg]:
        ids = self.axis.place_ids
        at = 0
        while at < len(ids) - 1:
            leg = self._from(at, ways, spots) if ids[at] in spots else None
            if leg is not None:
                yield leg
            at = leg.last if leg is not None else at + 1

    def _from(self, first: int, ways: Ways, spots: Mapping[str, Spot]) -> Leg | None:
        """Return the stretch from a place to the next that a plausible way reaches."""
        ids = self.axis.place_ids
        stops = range(first + 1, min(first + 2 + MAX_SKIPPED, len(ids)))
        ahead = [stop for stop in stops if ids[stop] in spots]
        if not ahead:
            return None
        start = spots[ids[first]]
        allowed = {stop: self._longest_m(start, spots[ids[stop]]) for stop in ahead}
        limit = max(allowed.values()) * CLASS_COST.max() * OTHER_REF_COST
        reach = ways.reach(ids[first], limit)
        for stop in ahead:
            pieces = reach.to(ids[stop])
            if pieces is None or sum(piece.length_m for piece in pieces) > allowed[stop]:
                continue
            leg = Leg(first, stop, pieces, path_of(self.network, pieces))
            if all(self._passes(leg, skipped) for skipped in range(first + 1, stop)):
                return leg
        return None

    @staticmethod
    def _longest_m(start: Spot, end: Spot) -> float:
        return MAX_DETOUR * distance_m(start.lon, start.lat, end.lon, end.lat) + SLACK_M

    def _passes(self, leg: Leg, skipped: int) -> bool:
        place = self.places[self.axis.place_ids[skipped]]
        _, offset_m = leg.nearest(place.lon, place.lat)
        return offset_m <= max(SNAP_M, place.accuracy_m)
