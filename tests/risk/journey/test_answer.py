"""What the route check must show of the starter dataset, and how answers relate to each other."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from geo.records import InputError
from geo.risk.journey import files
from geo.risk.journey.answer import plan
from geo.risk.journey.compare import compare
from geo.risk.journey.course import course_of, legs_of
from geo.risk.journey.desk import Desk
from geo.risk.journey.policy import VERDICTS, Verdict
from geo.risk.journey.question import Question, stops_of
from geo.risk.journey.records import Answer, PointKind, Route, as_plain
from geo.risk.journey.ways import Way, chosen, closed_lixels, roads_for, ways_over
from geo.risk.journey.words import length_told
from geo.roads.course import Course
from tests.gpx_schema import check_gpx
from tests.starter import KOBE, ON

Ask = Callable[..., Answer]
CLOSED_ON = date(2025, 4, 2)
"""Douentza–Hombori is reported closed since 29 March 2025."""
JOURNEYS = [
    ("Gao", "Labbezanga"), ("Mopti", "Gao"), ("Bamako", "Mopti"), ("Niamey", "Gao"),
    ("Ouagadougou", "Dori"),
]  # fmt: skip


def axes_of(route: Route) -> list[str]:
    return list(dict.fromkeys(stretch.axis_id for stretch in route.stretches))


def test_gao_labbezanga_is_to_be_avoided_and_says_why(ask: Ask) -> None:
    answer = ask("Gao", "Labbezanga")
    route = answer.routes[answer.chosen]
    assert axes_of(route) == ["ML-RN17"]
    assert route.km == pytest.approx(195.9)
    assert route.verdict == Verdict.AVOID
    rules = {fired.rule_id: fired for fired in route.fired}
    # The ambush, the suspension, control and levies, each with its source.
    assert KOBE in rules["V4"].incident_ids
    assert "RC-ML-119" in rules["V2"].assertion_ids
    assert rules["V7"].assertion_ids == ("RC-ML-116",)
    assert set(rules["V8"].assertion_ids) == {"RC-ML-014", "RC-ML-117"}
    assert answer.statements["RC-ML-119"]["publisher"] == "African Security Analysis"
    assert answer.statements["RC-ML-119"]["valid_from"] == "2025-01-28"
    kobe = answer.incidents[KOBE]
    assert all(source["publisher"] for source in kobe["sources"])
    assert kobe["toll"]["killed_low"] < kobe["toll"]["killed_high"]
    driver = route.drivers[0]
    assert driver.incident_id == KOBE
    assert 30 < driver.km < 36
    assert driver.pk.startswith("PK 3")
    (here,) = [s for s in route.stretches if s.km_from < driver.km < s.km_to]
    assert here.incident_ids[0] == KOBE
    assert "V4" in {fired.rule_id for fired in here.fired}
    # To turn back before the whole of it is not to set out.
    turn_backs = [p for p in route.points if p.kind == PointKind.TURN_BACK]
    assert [(p.name, p.km) for p in turn_backs] == [("Gao", 0.0)]
    assert "do not set out" in str(turn_backs[0].note)
    # Gao lies on four roads; it is told on the one by which it is left.
    assert [(s.axis_id, s.pk) for s in answer.stops] == [
        ("ML-RN17", "PK 0+000"), ("ML-RN17", "PK 195+900"),
    ]  # fmt: skip
    assert [fired.rule_id for fired in route.fired] == ["V2", "V4", "V5", "V7", "V8", "V12", "V13"]
    assert "days before the journey" not in " ".join(map(str, answer.notes))


def test_as_known_before_the_ambush_it_is_absent_and_the_rest_decides(ask: Ask) -> None:
    answer = ask("Gao", "Labbezanga", known_on=date(2025, 2, 6))
    assert KOBE not in json.dumps(as_plain(answer), ensure_ascii=False)
    before, after = answer.routes[answer.chosen], ask("Gao", "Labbezanga").routes[0]
    assert before.verdict == Verdict.CAUTION
    assert {fired.rule_id for fired in before.fired} >= {"V12", "V13"}
    assert before.exposure.expected < after.exposure.expected


def test_a_closure_is_gone_around_unless_it_is_allowed(ask: Ask) -> None:
    around = ask("Mopti", "Gao", on=CLOSED_ON)
    assert around.routes
    for route in around.routes:
        assert not route.closures
        assert all(stretch.passage != "closed" for stretch in route.stretches)
    allowed = ask("Mopti", "Gao", on=CLOSED_ON, allow_closed=True)
    fastest = allowed.routes[0]
    assert axes_of(fastest) == ["ML-RN6", "ML-RN16"]
    (closure,) = fastest.closures
    assert (closure.pk_from, closure.near_from) == ("PK 172+200", "Douentza")
    assert str(closure.near_to) == "Hombori"
    assert "RC-ML-085" in closure.assertion_ids
    (fired,) = [fired for fired in fastest.fired if fired.rule_id == "V1"]
    assert "RC-ML-085" in fired.assertion_ids
    assert any("closed" in str(note) for note in allowed.notes)
    assert fastest.hours < around.routes[0].hours
    # Before that closure nothing was said, and the short way is the way.
    earlier = ask("Mopti", "Gao", on=ON)
    assert axes_of(earlier.routes[0]) == ["ML-RN6", "ML-RN16"]
    turn_backs = [p for p in fastest.points if p.kind == PointKind.TURN_BACK]
    assert turn_backs[0].name == "Douentza"


def test_a_road_that_is_closed_for_trucks_stops_trucks_alone(ask: Ask) -> None:
    """Léré is closed to buses and trucks on that day: RC-ML lines name both."""
    car = ask("Bamako", "Tombouctou", on=CLOSED_ON)
    truck = ask("Bamako", "Tombouctou", on=CLOSED_ON, vehicle="truck")
    assert "ML-RN33" in {axis for route in car.routes for axis in axes_of(route)}
    closed = {c.axis_id for c in truck.no_route.closures} if truck.no_route else set()
    used = {
        stretch.axis_id for route in truck.routes for stretch in route.stretches
        if stretch.axis_id == "ML-RN33" and stretch.from_m < 340_000 < stretch.to_m
    }  # fmt: skip
    assert not used
    assert closed or truck.routes
    told = {f.rule_id for route in car.routes for s in route.stretches for f in s.fired}
    assert "V10" in told


def test_no_route_names_the_cut(ask: Ask) -> None:
    answer = ask("Douentza", "Hombori", on=CLOSED_ON, vehicle="bus")
    if answer.no_route is None:  # other ways around may be open to buses
        assert all(not route.closures for route in answer.routes)
    blocked = ask("17 km from Douentza towards Boni", "Gao", on=CLOSED_ON)
    assert blocked.no_route is not None
    assert not blocked.routes
    assert blocked.chosen == -1
    (closure,) = {c.assertion_ids for c in blocked.no_route.closures}
    assert "RC-ML-085" in closure
    assert "RC-ML-085" in blocked.statements
    assert json.dumps(as_plain(blocked))
    check_gpx(files.gpx(blocked))
    assert "closure" in files.geojson(blocked)


@pytest.mark.parametrize(
    ("place", "one", "other"), [("Yorosso", "Koumbri", "Karangana"),
                                ("Ténenkou", "Macina", "Diafarabé")]
)  # fmt: skip
def test_places_in_two_components_have_no_route_and_a_gap(
    ask: Ask, place: str, one: str, other: str
) -> None:
    answer = ask("Bamako", place)
    assert answer.no_route is not None
    assert (answer.no_route.gap_from, answer.no_route.gap_to) == (one, other)
    assert answer.no_route.gap_km == pytest.approx(42.5, abs=1)
    assert not answer.no_route.closures


def test_a_village_beside_the_roads_has_an_unmapped_leg(ask: Ask) -> None:
    answer = ask("Djenné", "Mopti")
    (route,) = answer.routes
    first = route.stretches[0]
    assert answer.stops[0].unmapped_m == pytest.approx(19_800, rel=0.01)
    assert (first.axis_id, first.verdict) == ("", Verdict.INSUFFICIENT)
    assert [fired.rule_id for fired in first.fired] == ["V15"]
    assert first.unmapped_km == pytest.approx(19.8, rel=0.01)
    assert first.hours == pytest.approx(1.3 * 19.8 / 15, rel=0.01)
    assert route.stretches[1].enters - first.enters >= timedelta(hours=first.hours - 0.05)
    assert route.hours == pytest.approx(sum(s.hours for s in route.stretches))
    assert "unmapped" in {gap.kind for gap in route.gaps}
    assert any("Djenné" in str(note) for note in answer.notes)
    there = ask("Mopti", "Djenné")
    assert there.routes[0].stretches[-1].axis_id == ""
    assert there.routes[0].arrives > there.routes[0].stretches[-1].enters
    # One sets out from the village, not from the road, and arrives in it.
    start, end = route.points[0], there.routes[0].points[-1]
    assert (start.kind, start.arrives) == (PointKind.START, route.departs)
    assert (end.kind, end.arrives) == (PointKind.END, there.routes[0].arrives)
    assert route.points[-1].arrives == route.arrives
    assert length_told(route).values["more"] == pytest.approx(19.8, rel=0.01)


def test_a_via_beside_the_roads_is_gone_to_and_back(ask: Ask) -> None:
    answer = ask("Sévaré", "San", via=("Djenné",))
    route = answer.routes[0]
    (detour,) = [s for s in route.stretches if not s.axis_id]
    assert detour.unmapped_km == pytest.approx(2 * 19.8, rel=0.01)
    assert 0 < detour.number - 1 < len(route.stretches) - 1
    direct = ask("Sévaré", "San").routes[0]
    assert route.km == pytest.approx(direct.km)
    assert route.hours == pytest.approx(direct.hours + detour.hours)
    assert route.arrives - direct.arrives >= timedelta(hours=detour.hours - 0.05)


def test_all_faults_of_a_question_are_told_at_once(desk: Desk) -> None:
    with pytest.raises(InputError) as caught:
        plan(Question("Atlantis", "Gao", via=("Gao",), vehicle="tank", risk_aversion=2), desk)
    told = " ".join(str(fault.message) for fault in caught.value.faults)
    for word in ("Atlantis", "one place", "tank", "car, truck", "from 0 to 1"):
        assert word in told


@pytest.mark.parametrize(
    ("text", "words"),
    [("Gao", "one place"), ("ml-gao-gao", "one place"), ("200,10", "not on earth"),
     ("10,40", "nearest known road")],
)  # fmt: skip
def test_a_second_stop_that_cannot_be(desk: Desk, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        plan(Question("Gao", text), desk)


def test_homonyms_are_taken_in_the_country_of_the_other_stop(ask: Ask) -> None:
    assert ask("Mopti", "Boni").stops[1].place_id == "ml-mopti-boni"
    assert ask("Niamey", "ne-tillaberi-boni").stops[1].country == "NE"


def test_a_point_and_a_phrase_are_stops_too(ask: Ask) -> None:
    answer = ask("30 km from Gao towards Ansongo", "0.50014,15.6616")
    start, end = answer.stops
    assert (start.axis_id, start.pk) == ("ML-RN17", "PK 30+000")
    assert end.name == "15.6616 N, 0.5001 E"
    assert answer.routes[0].km == pytest.approx(67, abs=0.1)


@pytest.mark.parametrize("journey", JOURNEYS)
def test_the_stretches_are_the_whole(ask: Ask, journey: tuple[str, str]) -> None:
    for route in ask(*journey).routes:
        on_road = [s for s in route.stretches if s.exposure is not None]
        assert sum(s.km_to - s.km_from for s in on_road) == pytest.approx(route.km)
        assert sum(s.hours for s in route.stretches) == pytest.approx(route.hours)
        total = sum(s.exposure.expected for s in on_road if s.exposure)
        assert total == pytest.approx(route.exposure.expected)
        explained = route.background + sum(driver.expected for driver in route.drivers)
        assert explained <= route.exposure.expected * (1 + 1e-9)
        assert route.verdict == min((s.verdict for s in route.stretches), key=VERDICTS.index)
        assert [s.number for s in route.stretches] == list(range(1, len(route.stretches) + 1))
        for one, then in zip(route.stretches, route.stretches[1:], strict=False):
            assert then.km_from == pytest.approx(one.km_to)
            assert then.enters >= one.enters
        assert [p.km for p in route.points] == sorted(p.km for p in route.points)
        assert route.exposure.low <= route.exposure.expected <= route.exposure.high


def ways_of(desk: Desk, question: Question) -> list[Way]:
    edge_h = desk.edge_h(desk.policy.vehicles["car"])
    nothing = np.zeros(len(desk.ground.lixels), dtype=bool)
    roads = roads_for(desk, stops_of(question, desk.atlas, desk.policy), edge_h, nothing)
    return ways_over(roads, allow_closed=True)[0]


@pytest.mark.parametrize("journey", JOURNEYS)
def test_more_aversion_never_means_more_exposure(desk: Desk, journey: tuple[str, str]) -> None:
    ways = ways_of(desk, Question(*journey))
    assert [w.hours for w in ways] == sorted(w.hours for w in ways)
    taken = [ways[chosen(ways, aversion)] for aversion in np.linspace(0, 1, 21)]
    exposures = [way.expected for way in taken]
    assert exposures == sorted(exposures, reverse=True)
    assert (taken[0], taken[-1]) == (ways[0], ways[-1])


def test_the_chosen_route_is_marked(ask: Ask) -> None:
    answer = ask("Mopti", "Gao", risk_aversion=1.0)
    route = answer.routes[answer.chosen]
    assert {"chosen", "least_exposed"} <= set(route.labels)
    assert route.exposure.expected == pytest.approx(answer.front[-1][1])
    assert answer.aversions[-1] == (1.0, route.number)
    assert answer.epsilon == 0


@pytest.mark.parametrize("journey", JOURNEYS)
def test_the_way_back_has_the_same_exposure(desk: Desk, journey: tuple[str, str]) -> None:
    there, back, both = (
        [(way.hours, way.expected) for way in ways_of(desk, question)]
        for question in (
            Question(*journey), Question(*journey[::-1]), Question(*journey, returns=True),
        )
    )  # fmt: skip
    np.testing.assert_allclose(there, back)
    assert both[0] == pytest.approx([2 * cost for cost in there[0]])
    assert both[-1] == pytest.approx([2 * cost for cost in there[-1]])


def test_there_and_back_over_the_same_stops(ask: Ask) -> None:
    answer = ask("Ouagadougou", "Dori", returns=True)
    assert [stop.name for stop in answer.stops] == ["Ouagadougou", "Dori", "Ouagadougou"]
    route = answer.routes[0]
    assert [p.name for p in route.points if p.kind in {"via", "end"}] == ["Dori", "Ouagadougou"]
    assert route.km == pytest.approx(2 * ask("Ouagadougou", "Dori").routes[0].km)


def test_an_incident_never_lowers_the_exposure_of_a_way_through_it(desk: Desk) -> None:
    question = Question("Gao", "Labbezanga")
    vehicle = desk.policy.vehicles["car"]
    edge_h, status = desk.edge_h(vehicle), desk.status_for(vehicle)
    roads = roads_for(
        desk, stops_of(question, desk.atlas, desk.policy), edge_h, closed_lixels(desk, status)
    )
    ways, _ = ways_over(roads, allow_closed=False)
    course = course_of(desk, legs_of(desk, roads, ways[0]), edge_h, status)
    with_it = desk.field.exposure(course.lixel, course.days).expected
    less = desk.without(KOBE)
    assert less.field.exposure(course.lixel, course.days).expected < with_it
    with pytest.raises(KeyError):
        desk.without("nothing")


def test_before_and_after_an_incident_side_by_side(ask: Ask, desk: Desk) -> None:
    after = ask("Gao", "Labbezanga")
    before = plan(Question("Gao", "Labbezanga"), desk.without(KOBE))
    told = compare(before, after, without=KOBE)
    assert [str(title) for title in told.titles] == [
        f"Without {KOBE}: route 1", f"With {KOBE}: route 1",
    ]  # fmt: skip
    assert told.incidents_new == (KOBE,)
    assert told.incidents_gone == ()
    rows = {row.name: row for row in told.rows}
    assert (rows["expected"].change or 0) > 0
    assert rows["km"].change == 0
    assert str(rows["verdict"].before) == str(rows["verdict"].after) == "avoid"
    assert any("V4" in stretch.rules_new for stretch in told.stretches)
    assert compare(after, after).stretches == ()
    with pytest.raises(ValueError, match="no route 9"):
        compare(after, after, (1, 9))


def test_two_days_and_two_routes_side_by_side(ask: Ask) -> None:
    one, other = ask("Mopti", "Gao", on=ON), ask("Mopti", "Gao", on=CLOSED_ON, allow_closed=True)
    told = compare(one, other, (1, 1))
    (closed,) = [s for s in told.stretches if "V1" in s.rules_new and s.from_m == 172_200]
    assert closed.after == Verdict.AVOID
    assert "RC-ML-085" in told.statements_new
    both = compare(other, other, (1, 2))
    assert {s.after for s in both.stretches if s.axis_id == "ML-RN16" and s.from_m > 180_000} == {
        None
    }


def test_taking_a_road_away_never_speeds_a_journey(desk: Desk) -> None:
    vehicle = desk.policy.vehicles["car"]
    edge_h = desk.edge_h(vehicle)
    stops = stops_of(Question("Mopti", "Niamey"), desk.atlas, desk.policy)
    nothing = np.zeros(len(desk.ground.lixels), dtype=bool)
    ways, _ = ways_over(roads_for(desk, stops, edge_h, nothing), allow_closed=False)
    rng = np.random.default_rng(3)
    for axis_id in rng.choice(list(desk.lanes), 12, replace=False):
        closed = nothing.copy()
        closed[desk.lanes[axis_id].lixel] = True
        left, _ = ways_over(roads_for(desk, stops, edge_h, closed), allow_closed=False)
        if left:
            assert left[0].hours >= ways[0].hours - 1e-9
            assert left[-1].expected >= ways[-1].expected - 1e-15


def test_vias_are_passed_in_their_order(ask: Ask, desk: Desk) -> None:
    answer = ask("Gao", "Niamey", via=("Ansongo", "Ayorou"))
    route = answer.routes[0]
    named = [p.name for p in route.points if p.kind in {"start", "via", "end"}]
    assert named == ["Gao", "Ansongo", "Ayorou", "Niamey"]
    legs = ("Gao", "Ansongo"), ("Ansongo", "Ayorou"), ("Ayorou", "Niamey")
    parts = [ways_of(desk, Question(*leg))[0].hours for leg in legs]
    assert answer.front[0][0] == pytest.approx(sum(parts))


def test_a_journey_over_a_border_keeps_two_clocks(ask: Ask) -> None:
    route = ask("Niamey", "Gao").routes[0]
    start, end = route.points[0], route.points[-1]
    assert start.arrives_local.utcoffset() == timedelta(hours=1)
    assert end.arrives_local.utcoffset() == timedelta(0)
    (border,) = [p for p in route.points if p.kind == PointKind.BORDER]
    assert "NE" in str(border.note)
    assert "ML" in str(border.note)


def test_a_ledger_that_is_behind_and_a_network_that_is_not_searched_are_said(desk: Desk) -> None:
    axes = desk.atlas.axes
    first = next(iter(axes.values()))
    legs = len(first.place_ids) - 1
    drawn = Course(first.lons, first.lats, np.arange(legs + 1.0), np.ones(legs, dtype=bool))
    land = replace(desk.atlas, axes={**axes, first.axis_id: replace(first, course=drawn)})
    later = replace(desk, snapshot=replace(desk.snapshot, on=date(2026, 2, 12), atlas=land))
    notes = plan(Question("Gao", "Ansongo"), later).notes
    assert "its other roads, classes and surfaces are not used" in str(notes[-1])
    plain = plan(Question("Gao", "Ansongo"), desk).notes
    assert not any("imported network" in str(note) for note in plain)
    # Hauliers called a strike on 10 February 2025.
    assert "Feb 10, 2025, 367 days before the journey" in str(notes[0])


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # All of these are reached from Sorkey: no road to tell anything of.
        (Question("0.05,15.75", "Sorkey"), "from one point of the road, at PK 58+800"),
        (Question("0.05,15.75", "0.06,15.75"), "Leave one of them out"),
        (Question("Gao", "0.05,15.75", via=("Sorkey",)), "No known road lies between Sorkey"),
        (Question("16.27,-0.04", "Ansongo"), "perhaps -0.04,16.27?"),
        (Question("Gao", "Ansongo", via=("the moon",)), "“the moon”: the text names no place"),
        (Question(" ", "Ansongo"), "A place of the journey is empty"),
    ],
)
def test_a_question_without_sense_says_what_is_wrong(
    desk: Desk, question: Question, said: str
) -> None:
    with pytest.raises(InputError) as error:
        plan(question, desk)
    assert said in " ".join(str(fault.message) for fault in error.value.faults)


def test_files_of_an_answer_are_sound(ask: Ask) -> None:
    answer = ask("Mopti", "Gao")
    root = check_gpx(files.gpx(answer))
    assert len(root.findall("{*}trk")) == len(answer.routes)
    assert len(root.findall("{*}rte")) == len(answer.routes)
    # Waypoints of all routes lie side by side on a device: each says of which it is.
    assert all("Route " in (e.findtext("{*}desc") or "")[:6] for e in root.findall("{*}wpt"))
    collection = json.loads(files.geojson(answer))
    stretches = [f for f in collection["features"] if f["properties"]["feature"] == "stretch"]
    assert len(stretches) == sum(len(route.stretches) for route in answer.routes)
    assert {f["properties"]["verdict"] for f in stretches} <= {str(v) for v in Verdict}
    assert "No report is not a sign of calm" in collection["attribution"]
    assert files.kmz(answer) == files.kmz(answer)
    assert json.loads(json.dumps(as_plain(answer)))["on"] == "2025-02-12"


def test_nothing_ever_says_safe(ask: Ask) -> None:
    for journey in JOURNEYS:
        text = json.dumps(as_plain(ask(*journey)), ensure_ascii=False).lower()
        assert '"safe' not in text
        assert "is safe" not in text
        assert ask(*journey).standing
