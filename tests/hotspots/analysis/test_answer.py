"""One question, one answer: counts, shares, bandwidths, significance; the same for all who ask."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import lru_cache

import numpy as np
import pytest

from geo.hotspots import memory
from geo.hotspots.analysis.answer import Answer, answer
from geo.hotspots.analysis.classes import outline, road_classes, runs
from geo.hotspots.analysis.ground import Ground
from geo.hotspots.analysis.memo import Memo
from geo.hotspots.analysis.question import NETWORK, Question
from geo.hotspots.analysis.wording import compared
from geo.hotspots.bandwidth import HAND, LIKELIHOOD, RULE
from geo.hotspots.grid import Grid
from geo.hotspots.memory import TooLargeError
from geo.hotspots.periods import DAYS_PER_MONTH
from geo.records import Category, InputError
from geo.selection import Selection, select
from tests.starter import ON, starter

YEARS = Selection(on=ON, known_on=ON, start=date(2020, 1, 1), end=ON, ied_only=True)
PLANE, ROADS = Question(YEARS), Question(YEARS, NETWORK)


@lru_cache(maxsize=1)
def ground() -> Ground:
    return Ground(starter())


@lru_cache(maxsize=32)
def ask(question: Question) -> Answer:
    return answer(question, ground())


def test_the_events_are_those_of_the_selection() -> None:
    found = ask(PLANE)
    incidents = starter().incidents.loc[select(starter(), YEARS)]
    assert found.events.reports == len(incidents)
    whole = (incidents["date_start"] >= "2020-01-01") & (incidents["date_end"] <= str(ON))
    assert whole.sum() <= found.events.count <= len(incidents)
    # Every event is either on the surface or left out, and is said to be.
    assert found.surface is not None
    left_out = sum(found.left_out.values())
    assert found.surface.mass_total + left_out == pytest.approx(found.events.count)
    assert found.left_out_share == pytest.approx(found.surface.mass_left_out_share)
    assert any("known by region only" in str(note) for note in found.notes)


def test_an_event_of_a_month_counts_by_the_days_that_lie_in_the_period() -> None:
    month = replace(
        YEARS, ied_only=False, start=date(2017, 3, 1), end=date(2017, 3, 10),
        categories=frozenset({Category.AMBUSH}),
    )  # fmt: skip
    # One ambush of March 2017, known to its month: ten of its 31 days.
    assert ask(Question(month)).events.count == pytest.approx(10 / 31)


def test_mass_of_regions_takes_part_when_asked() -> None:
    without, with_ = ask(PLANE), ask(replace(PLANE, with_regions=True))
    assert without.surface is not None
    assert with_.surface is not None
    gained = with_.surface.mass_total - without.surface.mass_total
    assert gained == pytest.approx(without.left_out["region"])
    assert gained > 0
    assert "region" not in with_.left_out


def test_along_roads_every_event_counts_once_and_rates_are_per_100_km_and_month() -> None:
    found = ask(ROADS)
    assert found.roads is not None
    assert found.roads.mass_on_roads == pytest.approx(found.events.on_roads)
    assert found.roads.mass_on_roads + sum(found.left_out.values()) == pytest.approx(
        found.events.count
    )
    km = ground().graph.total_m / 1_000
    months = ((ON - date(2020, 1, 1)).days + 1) / DAYS_PER_MONTH
    assert found.events.rate == pytest.approx(found.events.on_roads / km * 100 / months)
    once = found.lixels.drop_duplicates("lixel").set_index("lixel")["now"].sort_index()
    assert once.to_numpy() == pytest.approx(found.roads.per_km * found.per_road, abs=1e-12)


def test_a_bandwidth_says_where_it_comes_from() -> None:
    assert ask(PLANE).bandwidth.bandwidth_m == 25_000
    assert ask(ROADS).bandwidth.bandwidth_m == 10_000
    gaussian = ask(replace(PLANE, kernel="gaussian")).bandwidth.bandwidth_m
    assert gaussian == pytest.approx(25_000 / np.sqrt(8))  # smooths as far as the quartic
    for question, method in (
        (replace(PLANE, bandwidth=RULE), RULE),
        (replace(PLANE, bandwidth=LIKELIHOOD), LIKELIHOOD),
        (replace(ROADS, bandwidth=LIKELIHOOD), LIKELIHOOD),
    ):
        found = ask(question)
        assert found.bandwidth.method == method
        assert found.notes[0] == found.bandwidth.why
    # On roads the winner foretells better than every other candidate.
    chosen = ask(replace(ROADS, bandwidth=LIKELIHOOD)).bandwidth
    assert chosen.candidates_m[np.argmax(chosen.score)] == chosen.bandwidth_m


def test_what_cannot_be_estimated_is_said_and_the_usual_bandwidth_taken() -> None:
    nothing = replace(YEARS, start=date(2012, 1, 1), end=date(2012, 2, 1))
    for surface, usual in (("planar", 25_000), (NETWORK, 10_000)):
        found = ask(Question(nothing, surface, bandwidth=LIKELIHOOD))
        assert found.bandwidth.bandwidth_m == usual
        assert found.bandwidth.method == HAND
        assert "two different places" in str(found.bandwidth.why)
        assert "No event of this choice was reported" in " ".join(map(str, found.notes))
        assert found.stretches["expected"].sum() == 0


def test_everything_wrong_with_a_question_is_said_at_once() -> None:
    question = Question(
        replace(YEARS, start=ON, end=date(2020, 1, 1)), "sphere", "cubic", RULE, -1.0
    )
    with pytest.raises(InputError) as error:
        answer(question, ground())
    assert [fault.column for fault in error.value.faults] == [
        "surface", "kernel", "bandwidth-m", "to",
    ]  # fmt: skip
    with pytest.raises(InputError, match="no rule of thumb along roads"):
        answer(replace(ROADS, bandwidth=RULE), ground())


def test_comparisons_say_when_records_do_not_reach_back() -> None:
    before, year = ask(PLANE).comparisons
    assert before.trend == "no_records"
    assert "do not reach back" in str(compared(before))
    assert year.trend != "no_records"
    assert year.low < year.ratio < year.high
    assert "times the rate" in str(compared(year))


def test_significance_is_of_counts_in_the_regions_that_piste_is_about() -> None:
    found = ask(replace(PLANE, bandwidth_m=100_000.0))
    gi = found.significance
    assert gi is not None
    assert found.surface is not None
    assert np.isnan(gi.z[0, 0])  # the margin was not observed
    assert gi.found.max() <= found.surface.mass_total + 1e-9
    assert gi.hot.any()
    assert ask(ROADS).significance is None
    change = found.change("year")
    assert change is not None
    assert change.overall[0] == pytest.approx(found.comparisons[1].ratio, rel=0.25)
    assert ask(ROADS).change("year") is None


def test_runs_are_the_lixels_put_together() -> None:
    roads = ask(ROADS).roads
    assert roads is not None
    classes = road_classes(roads.per_km, roads.lixels.length_m)
    assert all(np.diff(classes.breaks_per_km) > 0)
    assert classes.shares[0] >= 0.98
    assert classes.length_km[-1] < classes.length_km[0] < ground().graph.total_m / 1_000
    found = runs(roads.per_km, roads.lixels, classes.breaks_per_km)
    along = roads.lixels.along_axes()
    length = found["measure_to_m"] - found["measure_from_m"]
    assert (length > 0).all()
    assert length.sum() == pytest.approx((along["measure_to_m"] - along["measure_from_m"]).sum())
    limits = np.array([-np.inf, *classes.breaks_per_km, np.inf])
    assert (limits[found["class_"]] <= found["low"]).all()
    assert (found["high"] < limits[found["class_"] + 1]).all()


def test_an_outline_is_the_cells_and_nothing_else() -> None:
    grid = Grid(1_000.0, 2_000.0, 500.0, 6, 5)
    cells = np.zeros(grid.shape, dtype=bool)
    cells[1:3, 1:4] = cells[4, 5] = True
    cells[1, 2] = False  # a notch
    area = outline(cells, grid)
    assert area.area == 6 * 500**2
    assert area.bounds == (1_500.0, 2_500.0, 4_000.0, 4_500.0)
    assert len(area.geoms) == 2
    assert outline(np.zeros(grid.shape, dtype=bool), grid).is_empty


@pytest.mark.parametrize("question", [PLANE, ROADS, replace(PLANE, bandwidth_m=10_000.0)])
def test_eight_sessions_at_once_get_the_same_numbers(question: Question) -> None:
    shared, start = Ground(starter()), threading.Barrier(8)

    def session(_: int) -> Answer:
        start.wait()
        return answer(question, shared)

    with ThreadPoolExecutor(8) as sessions:
        found = list(sessions.map(session, range(8)))
    alone = ask(question)
    for one in found:
        if one.surface is not None and alone.surface is not None:
            assert np.array_equal(one.surface.density_per_km2, alone.surface.density_per_km2)
        if one.roads is not None and alone.roads is not None:
            assert np.array_equal(one.roads.per_km, alone.roads.per_km)
        assert one.events.year == alone.events.year


def test_what_eight_ask_for_is_made_once_and_errors_are_not_kept() -> None:
    memo, made, start = Memo[int](2), [], threading.Barrier(8)

    def make() -> int:
        made.append(1)
        return len(made)

    def ask_(_: int) -> int:
        start.wait()
        return memo.get("a", make)

    with ThreadPoolExecutor(8) as sessions:
        assert set(sessions.map(ask_, range(8))) == {1}
    assert len(made) == 1
    with pytest.raises(ZeroDivisionError):
        memo.get("b", lambda: 1 // 0)
    assert memo.get("b", lambda: 7) == 7
    memo.get("c", lambda: 8)
    assert memo.get("a", make) == 2  # asked for longest ago, so it had gone


def test_what_the_machine_cannot_hold_is_refused_before_it_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(TooLargeError, match="GB of memory"):
        answer(replace(PLANE, cell_m=5.0), ground())
    with pytest.raises(TooLargeError, match="longer lixels"):
        answer(replace(ROADS, lixel_m=0.1), ground())
    monkeypatch.setattr(memory, "free_bytes", lambda: 2**20)
    with pytest.raises(TooLargeError, match="cells with a bandwidth of 31"):
        answer(replace(PLANE, bandwidth_m=31_000.0), ground())
