"""The named roads: ordered chains of places with their distance from the start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geo.gazetteer.index import Gazetteer
from geo.geodesy import GEOD
from geo.i18n import message
from geo.records import Fault, InputError
from geo.roads.course import Course, Drawn, Floats
from geo.rows import Row, read_rows

COLUMNS = ("axis_id", "ref", "name", "seq", "place_id", "km", "km_method")
KM_METHODS = ("measured", "estimated")
TIE_STEP_M = 1.0
"""Places that share a rounded km follow each other by this much, so that measures ascend."""
MAX_KM = 5_000
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
    def schematic(self) -> bool:
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
        File with the columns ``COLUMNS``, ordered by axis and ``seq``.
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
    faults: list[Fault] = []
    rows = read_rows(path, COLUMNS, faults)
    axes = {}
    for axis_id, members in groupby(rows, key=lambda row: row.cells["axis_id"]):
        if axis_id in axes:
            faults.append(
                Fault(
                    None, "axis_id",
                    message("axis {axis} is not in one piece; put its rows together", axis=axis_id),
                )
            )  # fmt: skip
        axis = _axis(axis_id, list(members), gazetteer, faults)
        if axis is not None:
            axes[axis_id] = axis
    if faults:
        raise InputError(faults)
    return axes


def _axis(axis_id: str, rows: list[Row], gazetteer: Gazetteer, faults: list[Fault]) -> Axis | None:
    before = len(faults)
    _check_chain(axis_id, rows, gazetteer)
    measures_m = _ascending(axis_id, rows)
    if len(faults) > before:
        return None
    places = [gazetteer.places[row.cells["place_id"]] for row in rows]
    return Axis(
        axis_id,
        rows[0].cells["ref"],
        rows[0].cells["name"],
        tuple(place.place_id for place in places),
        tuple(place.country for place in places),
        _frozen(place.lon for place in places),
        _frozen(place.lat for place in places),
        _frozen(measures_m),
        np.array([row.cells["km_method"] == "measured" for row in rows]),
    )


def _check_chain(axis_id: str, rows: list[Row], gazetteer: Gazetteer) -> None:
    if len(rows) < FEWEST_PLACES:
        rows[0].fault("place_id", message("axis {axis} has a single place", axis=axis_id))
    seen: set[str] = set()
    for seq, row in enumerate(rows, start=1):
        place_id = row.required("place_id")
        if place_id and place_id not in gazetteer.places:
            row.fault("place_id", message("no place has the id {id}", id=place_id))
        if place_id in seen:
            row.fault("place_id", message("{id} is twice on {axis}", id=place_id, axis=axis_id))
        seen.add(place_id)
        if row.cells["seq"].strip() != str(seq):
            row.fault("seq", message("expected {seq}: the places of an axis in order", seq=seq))
        if row.cells["km_method"] not in KM_METHODS:
            row.fault("km_method", message("expected measured or estimated"))


def _ascending(axis_id: str, rows: list[Row]) -> list[float]:
    """Return the measures in metres; equal kilometres become an ascent by ``TIE_STEP_M``."""
    stated_m = [row.number("km", 0, MAX_KM) * 1000 for row in rows]
    measures_m = stated_m[:1]
    for row, before_m, now_m in zip(rows[1:], stated_m, stated_m[1:], strict=False):
        if now_m < before_m:
            row.fault("km", message("km falls along axis {axis}", axis=axis_id))
        measures_m.append(max(now_m, measures_m[-1] + TIE_STEP_M))
    return measures_m


def _frozen(values: Iterable[float]) -> Floats:
    array = np.fromiter(values, dtype=np.float64)
    array.setflags(write=False)
    return array
