"""The named roads: ordered chains of places with their distance from the start."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.exchange.tables import Table, read_axes
from geo.gazetteer.index import Gazetteer
from geo.geodesy import GEOD
from geo.i18n import message
from geo.records import Fault, InputError
from geo.roads.course import Course, Drawn, Floats

TIE_STEP_M = 1.0
"""Places that share a rounded km follow each other by this much, so that measures ascend."""
FEWEST_PLACES = 2


@dataclass(frozen=True, eq=False)
class Axis:
    """A named road as a chain of places.

    Parameters
    ----------
    axis_id
        Stable slug.
    ref
        Road numbers, ``/``-separated where they change at a border; empty when unsure.
    name
        The towns that it joins.
    place_ids, countries
        The ``n`` places in order, and the country of each.
    lons, lats
        Arrays of shape ``(n,)``, degrees, WGS 84.
    measures_m
        Array of shape ``(n,)``: distance along the road from its first place, strictly ascending.
    measured
        Array of shape ``(n,)``: whether a place's measure was taken along a mapped line
        (otherwise estimated from straight legs).
    course
        The line of the road where a network was imported; the chain of places unless given.
    """

    axis_id: str
    ref: str
    name: str
    place_ids: tuple[str, ...]
    countries: tuple[str, ...]
    lons: Floats
    lats: Floats
    measures_m: Floats
    measured: npt.NDArray[np.bool_]
    course: Course | None = None

    def __post_init__(self) -> None:
        if len(self.place_ids) < FEWEST_PLACES or not np.all(np.diff(self.measures_m) > 0):
            raise ValueError(
                message("the measures of axis {axis} do not ascend", axis=self.axis_id)
            )

    @cached_property
    def refs(self) -> tuple[str, ...]:
        """The road numbers, one by one."""
        return tuple(part for part in self.ref.split("/") if part)

    @property
    def start_m(self) -> float:
        """Measure of the first place."""
        return float(self.measures_m[0])

    @property
    def end_m(self) -> float:
        """Measure of the last place."""
        return float(self.measures_m[-1])

    @property
    def length_m(self) -> float:
        """Length of the road between its first and its last place."""
        return self.end_m - self.start_m

    @property
    def country_set(self) -> frozenset[str]:
        """Countries that the places of the chain lie in."""
        return frozenset(self.countries)

    @property
    def estimated(self) -> bool:
        """Whether any stretch of it has only estimated measures."""
        return not bool(np.all(self.measured))

    @cached_property
    def measured_legs(self) -> npt.NDArray[np.bool_]:
        """Array of shape ``(n - 1,)``: whether both ends of a leg were measured."""
        return self.measured[:-1] & self.measured[1:]

    @cached_property
    def drawn(self) -> tuple[Drawn, ...]:
        """What the line of each of the ``n - 1`` legs rests on."""
        if self.course is None:
            return (Drawn.SCHEMATIC,) * (len(self.place_ids) - 1)
        return tuple(Drawn.NETWORK if on else Drawn.SCHEMATIC for on in self.course.on_network)

    @cached_property
    def line(self) -> tuple[Floats, Floats, Floats]:
        """Longitude, latitude (degrees) and measure (m) of the vertices of its line.

        Measures ascend strictly and are those of the places where the line passes them.
        """
        if self.course is None:
            return self.lons, self.lats, self.measures_m
        places = np.arange(len(self.place_ids))
        measures_m = np.interp(self.course.positions, places, self.measures_m)
        return self.course.lons, self.course.lats, measures_m

    @cached_property
    def legs(self) -> tuple[Floats, Floats]:
        """Azimuth (degrees) and geodesic length (m) from each vertex of the line to the next."""
        lons, lats, _ = self.line
        azimuths, _, lengths = GEOD.inv(lons[:-1], lats[:-1], lons[1:], lats[1:])
        return np.asarray(azimuths), np.asarray(lengths)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Index in the chain by place."""
        return {place_id: i for i, place_id in enumerate(self.place_ids)}

    def measure_at(self, place_id: str) -> float:
        """Return the measure of a place of the chain; ``KeyError`` when it is not in it."""
        return float(self.measures_m[self.position[place_id]])

    def reversed(self) -> Axis:
        """Return the same road counted from its other end."""
        return Axis(
            self.axis_id, self.ref, self.name, self.place_ids[::-1], self.countries[::-1],
            self.lons[::-1], self.lats[::-1], (self.end_m - self.measures_m)[::-1],
            self.measured[::-1], self.course and self.course.reversed(),
        )  # fmt: skip


def load_axes(path: Path, gazetteer: Gazetteer) -> dict[str, Axis]:
    """Read the axes from ``axes.csv``.

    The file gives kilometres to one decimal, so two neighbours may share one; the later place
    then stands ``TIE_STEP_M`` further, well inside the rounding.

    Parameters
    ----------
    path
        File with the columns :data:`geo.columns.AXES`, the places of each axis in order.
    gazetteer
        Knows the places of the chains.

    Returns
    -------
    dict
        Axes by ``axis_id``, in the order of the file.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    table = read_axes(path)
    faults = [*table.faults, *_faults(table, gazetteer)]
    if faults:
        raise InputError(sorted(faults, key=lambda fault: fault.row or 0))
    chains: dict[str, list[dict[Hashable, Any]]] = {}
    for row in table.frame.to_dict("records"):
        chains.setdefault(row["axis_id"], []).append(row)
    return {axis_id: _axis(axis_id, chain, gazetteer) for axis_id, chain in chains.items()}


def _axis(axis_id: str, chain: Sequence[Mapping[Hashable, Any]], gazetteer: Gazetteer) -> Axis:
    places = [gazetteer.places[row["place_id"]] for row in chain]
    return Axis(
        axis_id,
        chain[0]["ref"],
        chain[0]["name"],
        tuple(place.place_id for place in places),
        tuple(place.country for place in places),
        _frozen(place.lon for place in places),
        _frozen(place.lat for place in places),
        _frozen(_ascending(row["km"] for row in chain)),
        np.array([row["km_method"] == "measured" for row in chain]),
    )


def _faults(table: Table, gazetteer: Gazetteer) -> Iterator[Fault]:
    """Yield what is wrong with chains beyond their single cells: their places and their order."""
    # As they stand in the file: a faulty row still has its place in the chain.
    rows = table.raw[["axis_id", "place_id", "seq"]].apply(lambda cells: cells.str.strip())
    axis_id, place_id = rows["axis_id"], rows["place_id"]
    for line, name in _cells(axis_id[~axis_id.duplicated(keep=False)]):
        yield Fault(line, "place_id", message("axis {axis} has a single place", axis=name))
    unknown = (place_id != "") & ~place_id.isin(list(gazetteer.places))
    for line, name in _cells(place_id[unknown]):
        yield Fault(line, "place_id", message("no place has the id {id}", id=name))
    expected = axis_id.groupby(axis_id).cumcount() + 1
    for line, seq in _cells(expected[expected.astype("str") != rows["seq"]]):
        text = message("expected {seq}: the places of an axis in order", seq=seq)
        yield Fault(line, "seq", text)
    falls = table.frame.groupby("axis_id")["km"].diff() < 0
    for line, name in _cells(table.frame.loc[falls, "axis_id"]):
        yield Fault(line, "km", message("km falls along axis {axis}", axis=name))


def _cells(column: pd.Series) -> Iterator[tuple[int, Any]]:
    """Yield line and value of the cells of a column."""
    return zip(column.index.tolist(), column.tolist(), strict=True)


def _ascending(km: Iterable[float]) -> Iterator[float]:
    """Yield the measures in metres; equal kilometres become an ascent by ``TIE_STEP_M``."""
    before_m = -TIE_STEP_M
    for stated_km in km:
        before_m = max(stated_km * 1000, before_m + TIE_STEP_M)
        yield before_m


def _frozen(values: Iterable[float]) -> Floats:
    array = np.fromiter(values, dtype=np.float64)
    array.setflags(write=False)
    return array
