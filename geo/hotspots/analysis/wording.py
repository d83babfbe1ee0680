"""Findings about concentration in words, for every screen and file alike."""

from __future__ import annotations

import math
from typing import Any, Final

from geo.hotspots.analysis.answer import AREA_KM2, ROAD_KM
from geo.hotspots.analysis.events import Comparison
from geo.hotspots.analysis.shift import Move
from geo.i18n import Message, message

TRENDS: Final[dict[str, Message]] = {
    "rising": message("rising"),
    "falling": message("falling"),
    "unclear": message("no clear change"),
    "too_few": message("too few to tell a change"),
    "no_records": message("no records to compare with"),
}


def significance(row: Any) -> Message:
    """Return whether a stretch of `geo.hotspots.ranking.rank_stretches` has more than chance."""
    if row.caution is not None and not row.significant:
        return message("too few or too uncertain")
    if row.significant:
        return message("more than chance")
    return message("may be chance")


def trend_told(row: Any) -> Message:
    """Return what became of the rate of a stretch of `rank_stretches`, with its interval."""
    trend = TRENDS[row.trend]
    if row.trend in {"too_few", "no_records"}:
        return trend
    if not math.isfinite(row.ratio):
        return message("{trend}: at least {low:.2g} times", trend=trend, low=row.ratio_low)
    return message("{trend}: {ratio:.2g} times ({low:.2g} to {high:.2g})", trend=trend,
                   ratio=row.ratio, low=row.ratio_low, high=row.ratio_high)  # fmt: skip


def count_range(low: int, high: int) -> str:
    """Return a count as a range."""
    return f"{low}" if low == high else f"{low}–{high}"


def area_class(rate: float, share: float) -> Message:
    """Return what a class on the plane stands for: its lower limit and what all above it holds."""
    return message(
        "≥ {rate:.2g} per {area:,} km² and month · holds {share:.0%} of them",
        rate=rate,
        area=AREA_KM2,
        share=share,
    )


def road_class(rate: float, share: float, km: float) -> Message:
    """Return what a class along roads stands for: its lower limit, and what all above it holds."""
    return message(
        "≥ {rate:.2g} per {length} km and month · {km:,.0f} km hold {share:.0%} of them",
        rate=rate,
        length=ROAD_KM,
        km=km,
        share=share,
    )


MOVES: Final[dict[Move, Message]] = {
    Move.TOO_FEW: message("too few events to tell"),
    Move.UNCLEAR: message("no clear change"),
    Move.FALLING: message("clearly less"),
    Move.FALLEN: message("half the rate or less"),
    Move.RISING: message("clearly more"),
    Move.RISEN: message("twice the rate or more"),
}


def moves_of(move: Move, size: float, *, on_roads: bool) -> Message:
    """Return what became of the rate on so much road (km) or area (km²)."""
    if on_roads:
        return message("{what} · {km:,.0f} km", what=MOVES[move], km=size)
    return message("{what} · {area:,.0f} km²", what=MOVES[move], area=size)


def moved(row: Any) -> Message:
    """Return what became of the rate on a run of `geo.hotspots.analysis.shift.Shift`."""
    move = Move(row.move)
    if move == Move.NOTHING:
        return message("no event within reach in either period")
    if move == Move.TOO_FEW:
        return MOVES[move]
    if not math.isfinite(row.ratio_high):
        return message("{what}: at least {low:.2g} times the rate", what=MOVES[move], low=row.low)
    return message(
        "{what}: {ratio_low:.2g} to {ratio_high:.2g} times the rate, interval {low:.2g} to "
        "{high:.2g}", what=MOVES[move], ratio_low=row.ratio_low, ratio_high=row.ratio_high,
        low=row.low, high=row.high,
    )  # fmt: skip


def compared(comparison: Comparison) -> Message:
    """Return a comparison of two periods as a sentence."""
    then = comparison.then
    days = {"first": then.first, "last": then.last}
    if comparison.trend == "no_records":
        return message("Against {first} to {last}: the records do not reach back so far.", **days)
    if not math.isfinite(comparison.ratio) or comparison.trend == "too_few":
        return message(
            "Against {first} to {last}: {events:.1f} events then, too few to tell a change.",
            events=comparison.events,
            **days,
        )
    return message(
        "Against {first} to {last}: {ratio:.2f} times the rate ({low:.2f} to {high:.2f}), {trend}.",
        ratio=comparison.ratio,
        low=comparison.low,
        high=comparison.high,
        trend=TRENDS[comparison.trend],
        **days,
    )
