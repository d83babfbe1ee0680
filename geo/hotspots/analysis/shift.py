"""Where it grows: the change of an answer per cell or per kilometre, told in few words.

A cell is told by the interval of the ratio of its two rates (`geo.hotspots.change`,
`geo.hotspots.network.periods`): rising when the whole interval lies above 1, falling when below,
unclear when it holds 1, and too few to tell below `FEWEST_EVENTS` events in both periods together.

*Misleads*: of twenty unchanged cells one or two look changed by chance, and neighbours change
together, since they share their events.  More reports may mean more reporting.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.hotspots.analysis.answer import Answer
from geo.hotspots.analysis.classes import Floats, in_study_area
from geo.hotspots.analysis.events import Comparison
from geo.hotspots.change import BEFORE
from geo.hotspots.network.periods import trend

MUCH = 2.0
"""From this ratio on (or its inverse) a clear change is a large one."""

SEEN = 0.05
"""What sees less than so much of an event in both periods is at the rim of a kernel: nothing."""


class Move(IntEnum):
    """What became of the rate in a cell or on a lixel; a higher code is drawn over a lower one."""

    NOTHING = 0
    TOO_FEW = 1
    UNCLEAR = 2
    FALLING = 3
    FALLEN = 4
    RISING = 5
    RISEN = 6


_OF_TREND = {
    "too_few": Move.TOO_FEW,
    "unclear": Move.UNCLEAR,
    "falling": Move.FALLING,
    "rising": Move.RISING,
}


@dataclass(frozen=True, eq=False)
class Shift:
    """Where the rate of an answer's events changed.

    Parameters
    ----------
    overall
        All events of both periods.
    moves
        `Move` of each cell, shape (ny, nx), or of each lixel; uint8.
    extent
        Area in km², or length of road in km, of each move but `Move.NOTHING`.
    runs
        Along roads: neighbouring lixels of one move as a stretch of their axis, with ``axis_id``,
        ``measure_from_m``, ``measure_to_m``, ``move``, and of the ratio of the rates ``low`` (the
        lowest lower end on it), ``ratio_low``, ``ratio_high`` and ``high``; empty on the plane.
    """

    overall: Comparison
    moves: NDArray[np.uint8]
    extent: dict[Move, float]
    runs: pd.DataFrame


def moves(events: Floats, ratio: tuple[Floats, Floats, Floats]) -> NDArray[np.uint8]:
    """Return what became of each rate.

    Parameters
    ----------
    events
        How many events of both periods together tell of each cell.
    ratio
        Rate now over rate then, and the ends of its interval.

    Returns
    -------
    numpy.ndarray
        `Move` as uint8; a change by half or to the double is a large one only if it is clear.
    """
    told = trend(events, ratio[1], ratio[2])
    found = np.zeros(np.shape(events), dtype=np.uint8)
    for name, move in _OF_TREND.items():
        found[told == name] = move
    with np.errstate(invalid="ignore"):
        found[(found == Move.FALLING) & (ratio[0] <= 1 / MUCH)] = Move.FALLEN
        found[(found == Move.RISING) & ~(ratio[0] < MUCH)] = Move.RISEN
    found[~(events > SEEN)] = Move.NOTHING
    return found


def shift_of(answer: Answer, against: str = BEFORE) -> Shift | None:
    """Return where the rate changed.

    Parameters
    ----------
    answer
        The answer.
    against
        "before" (the period of the same length before) or "year" (the 52 weeks before).

    Returns
    -------
    Shift or None
        ``None`` where the records do not reach back to the first day of the other period.
    """
    overall = answer.comparisons[0 if against == BEFORE else 1]
    if overall.trend == "no_records":
        return None
    return (_along if answer.surface is None else _on_plane)(answer, against, overall)


def _on_plane(answer: Answer, against: str, overall: Comparison) -> Shift:
    found = answer.change(against)
    assert found is not None  # noqa: S101 - the plane has one
    told = moves(found.effective_events, (found.ratio, found.low, found.high))
    area = np.where(in_study_area(found.grid), found.grid.cell_km2, 0.0)
    return Shift(overall, told, _extent(told, area), pd.DataFrame())


def _along(answer: Answer, against: str, overall: Comparison) -> Shift:
    assert answer.roads is not None  # noqa: S101 - it is along the roads or on the plane
    lixels, found = answer.roads.lixels, answer.road_change
    ratio = [found[f"ratio_{against}{part}"].to_numpy() for part in ("", "_low", "_high")]
    events = found[f"events_{against}"].to_numpy()
    told = moves(events, (ratio[0], ratio[1], ratio[2]))
    along = lixels.along_axes()
    at = along["lixel"].to_numpy()
    along = along.assign(move=told[at], ratio=ratio[0][at], low=ratio[1][at], high=ratio[2][at])
    new = (along["move"] != along["move"].shift()) | (along["axis_id"] != along["axis_id"].shift())
    runs = along.groupby(new.cumsum().to_numpy()).agg(
        axis_id=("axis_id", "first"), measure_from_m=("measure_from_m", "first"),
        measure_to_m=("measure_to_m", "last"), move=("move", "first"), low=("low", "min"),
        ratio_low=("ratio", "min"), ratio_high=("ratio", "max"), high=("high", "max"),
    )  # fmt: skip
    return Shift(overall, told, _extent(told, np.asarray(lixels.length_m / 1_000)), runs)


def _extent(told: NDArray[np.uint8], size: Floats) -> dict[Move, float]:
    sums = np.bincount(told.ravel(), weights=size.ravel(), minlength=len(Move))
    return {move: float(sums[move]) for move in Move if move != Move.NOTHING}


def plain(shift: Shift | None, unit: str) -> dict[str, Any] | None:
    """Return the extent of each move for a program, in ``unit``; ``None`` without records."""
    if shift is None:
        return None
    return {f"{move.name.lower()}_{unit}": round(size, 1) for move, size in shift.extent.items()}
