"""Where on the known roads a pair of town names lies: the search behind laying and ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, product

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from geo.atlas import Atlas
from geo.gazetteer.folding import fold
from geo.i18n import Message, message
from geo.records import Fault, InputError
from geo.roads.axes import Axis
from geo.roads.policy import Policy

_LEADING_LETTERS = re.compile(r"^R?N(?=\d)")

Stretch = tuple[str, float, float]


class Layer:
    """The axes as a graph of places, ready for many questions."""

    def __init__(self, atlas: Atlas, policy: Policy) -> None:
        self.policy = policy
        self.axes = atlas.axes
        self.axes_of = atlas.axes_of
        self.gazetteer = atlas.gazetteer
        self.stops = [(a.axis_id, p) for a in self.axes.values() for p in a.place_ids]
        self.hub = {p: len(self.stops) + n for n, p in enumerate(self.axes_of)}
        self.graph = self._graph()
        self.shared = self._shared_roads()

    def _graph(self) -> csr_array:
        """Return the roads as a graph of stops, one per axis and place, joined at their places.

        Going over to another road at a place costs ``policy.change_of_road_m``, so that a chain
        does not hop between roads to save a kilometre that the measures do not resolve.
        """
        stop = {key: number for number, key in enumerate(self.stops)}
        rows = [stop[a.axis_id, p] for a in self.axes.values() for p in a.place_ids[:-1]]
        columns = [stop[a.axis_id, p] for a in self.axes.values() for p in a.place_ids[1:]]
        lengths = [m for a in self.axes.values() for m in np.diff(a.measures_m)]
        rows += range(len(self.stops))
        columns += [self.hub[place_id] for _, place_id in self.stops]
        lengths += [self.policy.change_of_road_m / 2] * len(self.stops)
        size = len(self.stops) + len(self.hub)
        return coo_array((lengths, (rows, columns)), shape=(size, size)).tocsr()

    def _shared_roads(self) -> dict[str, list[tuple[Axis, Axis, str, str]]]:
        """Return, by axis, which other axes follow one road with it between which two places."""
        shared: dict[str, list[tuple[Axis, Axis, str, str]]] = {}
        pairs = {
            pair
            for members in self.axes_of.values()
            for pair in product(members, members)
            if pair[0] != pair[1]
        }
        for one_id, other_id in sorted(pairs):
            one, other = self.axes[one_id], self.axes[other_id]
            common = [place_id for place_id in one.place_ids if place_id in other.position]
            for start, end in pairwise(common):
                near = 1 in (
                    abs(one.position[start] - one.position[end]),
                    abs(other.position[start] - other.position[end]),
                )
                lengths = [abs(a.measure_at(start) - a.measure_at(end)) for a in (one, other)]
                alike = max(lengths) - min(lengths) <= self.policy.same_road_tolerance * max(
                    lengths
                )
                if near and alike:
                    shared.setdefault(one_id, []).append((one, other, start, end))
        return shared

    def lay(
        self, country: str, start: str, end: str, road: str, affected: str
    ) -> list[Stretch] | Message:
        """Return the stretches that the words mean, or why there are none."""
        concerned = {part.strip() for part in affected.split(";") if part.strip()}
        if concerned and concerned <= self.policy.not_on_roads:
            return message("It concerns {affected}, not vehicles.", affected=affected)
        ends = [self._candidates(country, name) for name in (start, end)]
        for name, candidates in zip((start, end), ends, strict=True):
            if candidates:
                continue
            if self.gazetteer.knows(name):
                return message("{town} is on no known road.", town=name)
            return message("{town} is not in the gazetteer.", town=name)
        if fold(start) == fold(end):
            if len(ends[0]) > 1:
                return message("Several places on known roads are called {town}.", town=start)
            laid = list(self._around(ends[0][0]))
        else:
            laid = self._between(ends[0], ends[1], road)
            if not laid:
                return _no_way(start, end)
        return _united([*laid, *self._on_shared_roads(laid)])

    def _candidates(self, country: str, name: str) -> list[str]:
        """Return the places on roads that a name may mean, those of the country alone if any."""
        named = [
            place_id
            for _, place_id in self.gazetteer.spellings.get(fold(name), ())
            if place_id in self.axes_of
        ]
        places = self.gazetteer.places
        return [p for p in named if places[p].country == country] or named

    def _around(self, place_id: str) -> Iterator[Stretch]:
        for axis_id in self.axes_of[place_id]:
            axis = self.axes[axis_id]
            at = axis.measure_at(place_id)
            radius = self.policy.town_radius_m
            yield axis_id, max(at - radius, axis.start_m), min(at + radius, axis.end_m)

    def _between(self, starts: list[str], ends: list[str], road: str) -> list[Stretch]:
        along = self._along(starts, ends)
        if along:
            low_high = [_ascending(leg) for leg in along]
            numbered = [
                stretch
                for stretch in low_high
                if road and _number(road) in map(_number, self.axes[stretch[0]].refs)
            ]
            # Two branches may bear one number; the words do not say which, so both are meant.
            return numbered or low_high[:1]
        return [_ascending(leg) for leg in self._chain(starts, ends)]

    def _along(self, starts: list[str], ends: list[str]) -> list[Stretch]:
        """Return the ways on a single road in the direction of travel, the likeliest meant first.

        A road that joins just these two places is what their names together mean, though a road
        through both may be shorter between them; after that, the shortest.
        """
        found = [
            (axis_id, axis.measure_at(start), axis.measure_at(end))
            for start, end in product(starts, ends)
            for axis_id in set(self.axes_of[start]) & set(self.axes_of[end])
            for axis in [self.axes[axis_id]]
        ]

        def worth(leg: Stretch) -> tuple[bool, float, Stretch]:
            axis = self.axes[leg[0]]
            whole = {*leg[1:]} == {axis.start_m, axis.end_m}
            return not whole, abs(leg[2] - leg[1]), leg

        return sorted(found, key=worth)

    def _chain(self, starts: list[str], ends: list[str]) -> list[Stretch]:
        """Return the shortest way over several roads in the direction of travel; empty for none."""
        distance, before, _ = dijkstra(
            self.graph,
            directed=False,
            indices=sorted(self.hub[place_id] for place_id in starts),
            return_predecessors=True,
            min_only=True,
        )
        at = min((self.hub[p] for p in ends), key=lambda node: (distance[node], node))
        if not np.isfinite(distance[at]):
            return []
        legs: list[Stretch] = []
        while before[at] >= 0:
            last = max(at, before[at])
            # A step to or from a hub is a change of road, not a stretch of one.
            if last < len(self.stops):
                (axis_id, here), (_, there) = self.stops[before[at]], self.stops[at]
                axis = self.axes[axis_id]
                leg = (axis_id, axis.measure_at(here), axis.measure_at(there))
                if legs and legs[-1][0] == axis_id and legs[-1][1] == leg[2]:
                    leg = (axis_id, leg[1], legs.pop()[2])
                legs.append(leg)
            at = before[at]
        return legs[::-1]

    def way(self, start: str, end: str) -> list[Stretch]:
        """Return the way from a town to another, see `way`."""
        faults = []
        ends = [self._candidates("", name) for name in (start, end)]
        for name, candidates in zip((start, end), ends, strict=True):
            if not candidates:
                faults.append(Fault(None, None, self._unknown(name)))
        if not faults and set(ends[0]) & set(ends[1]):
            text = message("{start} and {end} are one place; name two.", start=start, end=end)
            faults.append(Fault(None, None, text))
        if faults:
            raise InputError(faults)
        found = self._along(*ends)[:1] or self._chain(*ends)
        if not found:
            raise InputError([Fault(None, None, _no_way(start, end))])
        return found

    def _unknown(self, name: str) -> Message:
        if self.gazetteer.knows(name):
            return message("{town} is on no known road.", town=name)
        like = [candidate.place.name for candidate in self.gazetteer.candidates(name)]
        if like:
            return message(
                "{town} is not in the gazetteer. Did you mean {like}?",
                town=name,
                like=", ".join(dict.fromkeys(like)),
            )
        return message("{town} is not in the gazetteer.", town=name)

    def _on_shared_roads(self, laid: list[Stretch]) -> Iterator[Stretch]:
        """Yield the same stretches as measured on the other axes that follow the same road."""
        for axis_id, low, high in laid:
            for one, other, start, end in self.shared.get(axis_id, ()):
                here = (one.measure_at(start), one.measure_at(end))
                there = (other.measure_at(start), other.measure_at(end))
                from_m, to_m = max(low, min(here)), min(high, max(here))
                if from_m < to_m:
                    moved = sorted(
                        there[0] + (m - here[0]) / (here[1] - here[0]) * (there[1] - there[0])
                        for m in (from_m, to_m)
                    )
                    yield other.axis_id, moved[0], moved[1]


def _ascending(leg: Stretch) -> Stretch:
    return leg[0], min(leg[1:]), max(leg[1:])


def _no_way(start: str, end: str) -> Message:
    return message("No chain of known roads joins {start} and {end}.", start=start, end=end)


def _number(road: str) -> str:
    """Return a road's number without the letters that differ by country: RN22 and N22 are one."""
    return _LEADING_LETTERS.sub("N", road.strip().upper())


def _united(laid: Iterable[Stretch]) -> list[Stretch]:
    """Join stretches that overlap or touch, in whole metres, ordered by axis and measure."""
    united: list[Stretch] = []
    for axis_id, low, high in sorted((a, float(round(b)), float(round(c))) for a, b, c in laid):
        if united and united[-1][0] == axis_id and low <= united[-1][2]:
            united[-1] = (axis_id, united[-1][1], max(united[-1][2], high))
        else:
            united.append((axis_id, low, high))
    return united
