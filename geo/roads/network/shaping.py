"""From ways between places to the course of an axis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import shapely

from geo.geodesy import GEOD
from geo.roads.axes import Axis
from geo.roads.course import Course, Floats
from geo.roads.network.records import Network
from geo.roads.network.ways import Piece, distances_m, path_of

SIMPLER_DEG = 1e-4
"""The course may lie this far (about 11 m) beside the mapped road: fewer vertices by far."""
CLOSEST = 1e-9
"""Positions differ by at least this: a micrometre of a leg of a kilometre."""


@dataclass(frozen=True, eq=False)
class Leg:
    """A way over the network from one place of a chain to a later one.

    Parameters
    ----------
    first, last
        Numbers of the two places in the chain.
    pieces
        Parts of edges, in order.
    path
        Their vertices in degrees, shape ``(k, 2)``.
    """

    first: int
    last: int
    pieces: list[Piece]
    path: Floats

    def nearest(self, lon: float, lat: float) -> tuple[float, float]:
        """Return how far along the path its nearest point lies, and that point's distance (m)."""
        if len(self.path) < 2:  # noqa: PLR2004 - both places stand on one point
            return 0.0, float(GEOD.inv(lon, lat, *self.path[0])[2])
        shrink = np.array([np.cos(np.radians(lat)), 1.0])
        flat = (self.path - [lon, lat]) * shrink
        along = np.diff(flat, axis=0)
        square = np.maximum(np.sum(along * along, axis=1), 1e-24)
        share = np.clip(-np.sum(flat[:-1] * along, axis=1) / square, 0, 1)
        foot = flat[:-1] + along * share[:, None]
        best = int(np.argmin(np.sum(foot * foot, axis=1)))
        point = foot[best] / shrink + [lon, lat]
        at = distances_m(self.path)
        along_m = at[best] + (at[best + 1] - at[best]) * share[best]
        return float(along_m), float(GEOD.inv(lon, lat, *point)[2])


def without_spurs(network: Network, legs: list[Leg], longest_m: float) -> list[Leg]:
    """Return legs without the ways into a place and back out over the same road.

    Parameters
    ----------
    network
        That the legs run on.
    legs
        In order.
    longest_m
        A spur longer than this stays: the road really goes there.
    """
    kept = list(legs)
    for at in range(len(kept) - 1):
        into, out = kept[at], kept[at + 1]
        if into.last != out.first:
            continue
        spur = 0
        most = min(len(into.pieces), len(out.pieces)) - 1
        while spur < most and into.pieces[-1 - spur] == out.pieces[spur].turned():
            spur += 1
        if 0 < sum(piece.length_m for piece in out.pieces[:spur]) <= longest_m:
            before, after = into.pieces[:-spur], out.pieces[spur:]
            kept[at] = replace(into, pieces=before, path=path_of(network, before))
            kept[at + 1] = replace(out, pieces=after, path=path_of(network, after))
    return kept


def course_of(axis: Axis, legs: list[Leg], places: Floats) -> Course:
    """Return the course that follows some ways and is straight between them.

    Parameters
    ----------
    axis
        The road.
    legs
        Ways over the network, in order, none over another; at least one.
    places
        Shape ``(n, 2)``: where the places of the chain are, for those that no way passes.
    """
    count = len(axis.place_ids)
    paths: dict[int, Floats] = {}
    at = places.copy()
    for leg in legs:
        for number, path in enumerate(_by_place(axis, leg, places), start=leg.first):
            paths[number] = path
            at[number], at[number + 1] = path[0], path[-1]
    points, positions = [at[:1]], [np.zeros(1)]
    for number in range(count - 1):
        path = paths.get(number, at[number : number + 2])
        path, share = _simpler(path)
        points.append(path[1:])
        positions.append(number + share[1:])
    xy, position = np.concatenate(points), np.concatenate(positions)
    fresh = np.ones(len(xy), dtype=bool)
    fresh[1:] = np.diff(position) > CLOSEST
    # A place itself stays, what crowds before it goes.
    whole = np.flatnonzero(position == np.rint(position))
    fresh[whole] = True
    crowded = whole[1:][position[whole[1:]] - position[whole[1:] - 1] <= CLOSEST] - 1
    fresh[crowded] = False
    fresh[whole] = True
    on_network = np.isin(np.arange(count - 1), list(paths))
    return Course(xy[fresh, 0].copy(), xy[fresh, 1].copy(), position[fresh], on_network)


def _by_place(axis: Axis, leg: Leg, places: Floats) -> list[Floats]:
    """Cut a way where it passes the places that were passed over; one path per leg of the chain."""
    path = leg.path if len(leg.path) > 1 else np.repeat(leg.path, 2, axis=0)
    along = distances_m(path)
    cuts = [0.0]
    for number in range(leg.first + 1, leg.last):
        nearest_m, _ = leg.nearest(*places[number])
        cuts.append(nearest_m)
    cuts.append(float(along[-1]))
    if np.any(np.diff(cuts) <= 0):
        # The places lie in another order along the way: their measures share it out.
        measures = axis.measures_m[leg.first : leg.last + 1]
        cuts = list((measures - measures[0]) / (measures[-1] - measures[0]) * along[-1])
    ends = np.column_stack([np.interp(cuts, along, path[:, i]) for i in (0, 1)])
    ends[0], ends[-1] = path[0], path[-1]
    return [
        np.vstack([ends[i], path[(along > low) & (along < high)], ends[i + 1]])
        for i, (low, high) in enumerate(pairwise(cuts))
    ]


def _simpler(path: Floats) -> tuple[Floats, Floats]:
    """Return the vertices of a path that its form needs, and how far along each is, from 0 to 1."""
    along = distances_m(path)
    if along[-1] == 0:
        return path[[0, -1]], np.array([0.0, 1.0])
    shrink = np.array([np.cos(np.radians(path[:, 1].mean())), 1.0])
    needed = shapely.get_coordinates(
        shapely.simplify(shapely.LineString(path * shrink), SIMPLER_DEG, preserve_topology=False)
    )
    kept, at = [], 0
    flat = path * shrink
    for vertex in needed:
        while not np.array_equal(flat[at], vertex):
            at += 1
        kept.append(at)
        at += 1
    share = along[kept] / along[-1]
    share[-1] = 1.0
    return path[kept], share
