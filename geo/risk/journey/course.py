"""The course of a way: which axes it follows, cell by cell of about a kilometre."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.hotspots.network.arrays import Floats
from geo.risk.journey.desk import Desk, Ints
from geo.risk.journey.ways import Roads, Way

_TOUCH_M = 0.5


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of a way that follows one axis.

    Parameters
    ----------
    axis_id
        The axis.
    from_m, to_m
        Measures in the direction of travel: descending where the axis is travelled backwards.
    part
        Between which stops: 0 from the first to the second.
    """

    axis_id: str
    from_m: float
    to_m: float
    part: int


@dataclass(frozen=True, eq=False)
class Course:
    """A way as cells in the order of travel; arrays of shape ``(cells,)``.

    Parameters
    ----------
    legs
        What it follows.
    leg
        Which leg each cell is part of.
    lixel
        Lixel of the desk's ground.
    from_m, to_m
        Measures on the leg's axis, in the direction of travel.
    km_from, km_to
        Kilometres on roads from the start.
    hours
        Time on each cell.
    row, row_for
        Rows of the desk's status, for everybody and for the vehicle.
    """

    legs: tuple[Leg, ...]
    leg: Ints
    lixel: Ints
    from_m: Floats
    to_m: Floats
    km_from: Floats
    km_to: Floats
    hours: Floats
    row: Ints
    row_for: Ints

    @property
    def days(self) -> Floats:
        """Time on each cell, days."""
        return np.asarray(self.hours / 24)

    @property
    def stops(self) -> tuple[tuple[str, float], ...]:
        """Axis and measure at each stop: those it is left by, the last those of arrival."""
        leaving = {leg.part: leg for leg in reversed(self.legs)}
        met = [(leaving[part].axis_id, leaving[part].from_m) for part in sorted(leaving)]
        return (*met, (self.legs[-1].axis_id, self.legs[-1].to_m))

    @property
    def km(self) -> float:
        """Length on roads."""
        return float(self.km_to[-1]) if len(self.km_to) else 0.0


def legs_of(desk: Desk, roads: Roads, way: Way) -> tuple[Leg, ...]:
    """Return the axes that a way follows.

    Where axes share a road the way stays on one as long as it can.
    """
    legs: list[Leg] = []
    for part, arms in enumerate(way.arms):
        options = [_options(desk, roads, int(arm)) for arm in arms]
        for axis_id, from_m, to_m in _smoothest(desk, options):
            before = legs[-1] if legs else None
            goes_on = (
                before is not None
                and (before.axis_id, before.part) == (axis_id, part)
                and abs(before.to_m - from_m) < _TOUCH_M
                and (before.to_m > before.from_m) == (to_m > from_m)
            )
            if before is not None and goes_on:
                legs[-1] = Leg(axis_id, before.from_m, to_m, part)
            else:
                legs.append(Leg(axis_id, from_m, to_m, part))
    return tuple(legs)


_Option = tuple[str, float, float]


def _options(desk: Desk, roads: Roads, arm: int) -> list[_Option]:
    """Return the stretches of axes that an arm may be told as, in the direction of travel."""
    part = arm >> 1
    edge = int(roads.edge[part])
    length_m = desk.ground.lixels.graph.length_m[edge]
    ends = roads.from_m[part] / length_m, roads.to_m[part] / length_m
    found = []
    for axis_id, leg in desk.axes_of_edge[edge]:
        lane = desk.lanes[axis_id]
        at_u, at_v = float(lane.at_u_m[leg]), float(lane.at_v_m[leg])
        from_m, to_m = (at_u + (at_v - at_u) * float(end) for end in ends)
        found.append((axis_id, to_m, from_m) if arm & 1 else (axis_id, from_m, to_m))
    return found


def _smoothest(desk: Desk, options: list[list[_Option]]) -> list[_Option]:
    """Choose an axis for each arm: as few changes as can be, then roads with a number."""
    best: list[list[tuple[int, int, int]]] = []
    for n, here in enumerate(options):
        row = []
        for axis_id, from_m, _to_m in here:
            unnumbered = 0 if desk.atlas.axes[axis_id].refs else 1
            if n == 0:
                row.append((0, unnumbered, -1))
                continue
            ways = []
            for before, (other_id, _, then_m) in enumerate(options[n - 1]):
                turn = axis_id != other_id or abs(then_m - from_m) >= _TOUCH_M
                changes, plain, _ = best[n - 1][before]
                ways.append((changes + turn, plain + unnumbered, before))
            row.append(min(ways))
        best.append(row)
    chosen = []
    at = min(range(len(best[-1])), key=lambda i: best[-1][i][:2]) if best else -1
    for n in range(len(options) - 1, -1, -1):
        chosen.append(options[n][at])
        at = best[n][at][2]
    return chosen[::-1]


def course_of(desk: Desk, legs: tuple[Leg, ...], edge_h: Floats, status: pd.DataFrame) -> Course:
    """Cut legs into cells: at every lixel, and where the status of the road changes.

    Parameters
    ----------
    desk
        Roads, and the status for everybody.
    legs
        What the way follows.
    edge_h
        Hours for each edge of the desk's graph.
    status
        For the vehicle.
    """
    lixels = desk.ground.lixels
    statuses = [_borders(frame) for frame in (desk.status, status)]
    parts = []
    gone_m = 0.0
    for number, leg in enumerate(legs):
        lane = desk.lanes[leg.axis_id]
        low, high = min(leg.from_m, leg.to_m), max(leg.from_m, leg.to_m)
        starts = [rows[leg.axis_id][1] for rows in statuses]
        inner = np.concatenate([lane.from_m, *starts])
        inner = inner[(inner > low + _TOUCH_M) & (inner < high - _TOUCH_M)]
        cuts = np.unique(np.concatenate([[low, high], inner]))
        # Two borders within half a metre are one.
        cuts = cuts[np.concatenate([[True], np.diff(cuts[:-1]) > _TOUCH_M, [True]])]
        middle = (cuts[1:] + cuts[:-1]) / 2
        at = np.clip(np.searchsorted(lane.from_m, middle, side="right") - 1, 0, None)
        lixel = lane.lixel[at]
        share = np.diff(cuts) / (lane.to_m[at] - lane.from_m[at])
        edge = lixels.edge[lixel]
        hours = edge_h[edge] / lixels.per_edge[edge] * share
        rows = [
            first + np.searchsorted(start, middle, side="right") - 1
            for first, start in (rows[leg.axis_id] for rows in statuses)
        ]
        columns = [lixel, cuts[:-1], cuts[1:], hours, *rows]
        if leg.from_m > leg.to_m:
            columns = [column[::-1] for column in columns]
            columns[1], columns[2] = columns[2], columns[1]
        km_from = (gone_m + np.abs(columns[1] - leg.from_m)) / 1_000
        km_to = (gone_m + np.abs(columns[2] - leg.from_m)) / 1_000
        gone_m += high - low
        parts.append((np.full(len(middle), number), *columns[:3], km_from, km_to, *columns[3:]))
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Course(legs, *joined)


def _borders(status: pd.DataFrame) -> dict[str, tuple[int, NDArray[np.float64]]]:
    """Return by axis the number of its first row, and where its rows begin."""
    starts = status["measure_from_m"].to_numpy(np.float64)
    axis = status["axis_id"].to_numpy(dtype=object)
    change = np.flatnonzero(np.concatenate([[True], axis[1:] != axis[:-1]]))
    ends = [*change[1:].tolist(), len(axis)]
    return {
        str(axis[first]): (first, starts[first:last])
        for first, last in zip(change.tolist(), ends, strict=True)
    }
