"""A journey on maps: nothing of it is left out, and its strip runs in the direction of travel."""

from __future__ import annotations

import json
import math
from functools import lru_cache
from xml.etree import ElementTree as ET

import pytest

from geo.risk.journey.answer import plan
from geo.risk.journey.desk import Desk
from geo.risk.journey.legs import legs_of
from geo.risk.journey.question import Question
from geo.risk.journey.records import Answer
from geo.roads import strip
from geo.roads.status import status
from maps import journey, palette
from maps import strip as strips
from tests.starter import starter

SVG = "{http://www.w3.org/2000/svg}"


@lru_cache(maxsize=1)
def desk() -> Desk:
    return Desk.of(starter())


@lru_cache(maxsize=2)
def answer(destination: str = "Labbezanga") -> Answer:
    origin = "Gao" if destination == "Labbezanga" else "Mopti"
    return plan(Question(origin, destination, returns=destination == "Labbezanga"), desk())


def test_legs_hold_every_stretch_and_turn_where_the_journey_turns() -> None:
    for route in answer().routes:
        legs = legs_of(route)
        assert [s for leg in legs for s in leg.stretches] == list(route.stretches)
        for leg in legs:
            assert {s.axis_id for s in leg.stretches} == {leg.axis_id}
            lengths = sum(abs(s.to_m - s.from_m) for s in leg.stretches)
            assert math.isclose(lengths, abs(leg.to_m - leg.from_m), abs_tol=len(leg.stretches))
    there, back = legs_of(answer().routes[0])
    assert (there.ascends, back.ascends) == (True, False)
    assert (there.from_m, there.to_m) == (back.to_m, back.from_m)


def test_the_screen_draws_the_chosen_route_last_and_opens_its_stretches() -> None:
    found, chosen = answer(), answer().chosen
    drawn = journey.lines(found, chosen)
    json.dumps(drawn, allow_nan=False)
    paths = [line for line in drawn if "badge" not in line]
    mine = found.routes[chosen].stretches
    assert [line["pick"] for line in paths[-len(mine) :]] == [journey.pick_of(s) for s in mine]
    assert {line["verdict"] for line in paths} <= set(palette.VERDICTS)
    others = {f"way:{r.number}" for n, r in enumerate(found.routes) if n != chosen}
    assert {line["pick"] for line in paths[: -len(mine)]} == others
    badges = {line["badge"] for line in drawn if "badge" in line}
    assert badges <= {str(route.number) for route in found.routes}


def test_all_of_a_journey_lies_in_its_bounds_and_on_paper() -> None:
    found = answer()
    west, south, east, north = journey.bounds(found)
    points = [point for route in found.routes for point in route.line]
    assert all(west <= lon <= east and south <= lat <= north for lon, lat in points)
    frame = journey.frame(found, found.chosen)
    assert len(frame) == sum(len(s.line) > 1 for r in found.routes for s in r.stretches)
    assert set(frame["label"]) - {""} <= {str(route.number) for route in found.routes}


def test_without_a_way_the_stops_are_shown_and_nothing_is_drawn() -> None:
    found = answer("Diafarabé")
    assert found.no_route is not None
    assert journey.lines(found, -1) == []
    assert journey.frame(found, -1).empty
    assert journey.section(found, -1, focus=True)["fit"]["focus"]
    assert journey.section(None, -1, focus=True) == {"lines": [], "fit": None}


@pytest.mark.parametrize("leg", [0, 1])
def test_a_strip_shows_the_verdicts_in_the_direction_of_travel(leg: int) -> None:
    way = legs_of(answer().routes[0])[leg]
    shot = starter()
    shown = strip.build(shot, status(shot), shot.incidents.index, way.axis_id)
    drawn = strips.svg(shown, {}, judged=journey.judged(way), backwards=not way.ascends)
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    groups = {group.get("data-pick"): group for group in root.iter(f"{SVG}g")}
    lefts = []
    for stretch in way.stretches:
        rect = groups[journey.pick_of(stretch)].find(f"{SVG}rect")
        assert rect is not None
        lefts.append(float(rect.get("x", "nan")))
    assert lefts == sorted(lefts)
    towns = {str(text.text): float(text.get("x", "nan")) for text in root.iter(f"{SVG}text")}
    gao = next(x for name, x in towns.items() if name.startswith("Gao · "))
    end = next(x for name, x in towns.items() if name.startswith("Labbezanga · "))
    assert (gao < end) == way.ascends
