"""Where it grows: what a cell or a lixel is told as, by hand and on the starter data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from geo.hotspots.analysis.answer import Answer, answer
from geo.hotspots.analysis.ground import Ground
from geo.hotspots.analysis.question import NETWORK, Question
from geo.hotspots.analysis.shift import Move, Shift, moves, plain, shift_of
from geo.hotspots.rates import rate_ratio
from geo.selection import Selection
from tests.starter import ON, starter

YEARS = Selection(on=ON, known_on=ON, start=date(2021, 6, 1), end=ON)


def asked(question: Question) -> Answer:
    return answer(question, Ground(starter()))


def test_by_hand() -> None:
    now = np.array([0.0, 2.0, 6.0, 2.0, 0.0, 30.0, 30.0, 20.0])
    then = np.array([0.0, 2.0, 5.0, 20.0, 9.0, 10.0, 0.0, 38.0])
    # The same length of days: with 6 against 5 the interval holds 1; 20 of 58 is a fall by less
    # than half (0.53), 2 of 22 one by more; where nothing was before the ratio has no upper end.
    told = moves(now + then, rate_ratio(now, then, (90, 90), 0.9))
    assert [Move(code) for code in told] == [
        Move.NOTHING, Move.TOO_FEW, Move.UNCLEAR, Move.FALLEN, Move.FALLEN, Move.RISEN, Move.RISEN,
        Move.FALLING,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def roads() -> tuple[Answer, Shift]:
    found = asked(Question(YEARS, NETWORK, bandwidth_m=60_000.0, lixel_m=5_000.0))
    shift = shift_of(found)
    assert shift is not None
    return found, shift


def test_the_runs_tell_every_kilometre_once_per_axis(roads: tuple[Answer, Shift]) -> None:
    found, shift = roads
    axes = starter().atlas.axes
    length = (shift.runs["measure_to_m"] - shift.runs["measure_from_m"]).groupby(
        shift.runs["axis_id"]
    )
    for axis_id, total in length.sum().items():
        assert total == pytest.approx(axes[str(axis_id)].length_m)
    told = shift.runs[shift.runs["move"] >= Move.UNCLEAR]
    assert (told["low"] <= told["ratio_low"]).all()
    assert (told["ratio_high"] <= told["high"]).all()
    assert {Move.RISING, Move.RISEN} & set(told["move"])
    clear = told[told["move"] >= Move.RISING]
    assert (clear["low"] > 1).all()
    whole = sum(shift.extent.values()) + found.roads.lixels.length_m[shift.moves == 0].sum() / 1e3  # type: ignore[union-attr]
    assert whole == pytest.approx(found.events.ground.graph.total_m / 1_000)


def test_the_plane_and_records_that_do_not_reach_back() -> None:
    plane = asked(Question(YEARS, bandwidth_m=100_000.0, cell_m=20_000.0))
    shift = shift_of(plane, "year")
    assert shift is not None
    change = plane.change("year")
    assert change is not None
    assert (change.low[shift.moves >= Move.RISING] > 1).all()
    assert (shift.moves[change.effective_events < 5] <= Move.TOO_FEW).all()
    assert (plain(shift, "km2") or {})["too_few_km2"] == shift.extent[Move.TOO_FEW]
    ever = replace(YEARS, start=date(2017, 1, 11))
    assert shift_of(asked(Question(ever, cell_m=20_000.0))) is None
    assert plain(None, "km") is None
