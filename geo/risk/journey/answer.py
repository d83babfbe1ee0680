"""From a question to its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from geo.i18n import Message, message
from geo.risk.journey.course import Course, Leg
from geo.risk.journey.cuts import why_not
from geo.risk.journey.desk import Desk
from geo.risk.journey.evidence import incidents_told, statements_told
from geo.risk.journey.gaps import sensitivities
from geo.risk.journey.limits import NoRoute
from geo.risk.journey.question import Question, Stop, stops_of
from geo.risk.journey.records import Answer, Route
from geo.risk.journey.routes import Build
from geo.risk.journey.ways import Shown, chosen, closed_lixels, roads_for, shown, ways_over

AVERSIONS = (0.0, 0.25, 0.5, 0.75, 1.0)
SILENT_DAYS = 30
"""A ledger that holds nothing of so many days before a journey is told to be behind."""
STANDING = (
    message("No report is not a sign of calm: most of what happens on these roads is never told."),
    message("Piste knows what its ledger holds, as known on the day of knowledge. It does not know "
            "who waits on the road today, which mines lie in it, or how it is surfaced."),
    message("The exposure counts reported incidents expected near the vehicle. It is not the "
            "chance of being attacked."),
    message("Hours are estimates by class of road, without stops, posts and breakdowns."),
    message("Ask people who travelled the road this week before setting out."),
)  # fmt: skip


def plan(question: Question, desk: Desk) -> Answer:
    """Answer a question.

    Parameters
    ----------
    question
        What is asked.
    desk
        Of `Desk.of`, for the day of travel and the day of knowledge.

    Returns
    -------
    Answer
        With routes, or with the reason why there is none.

    Raises
    ------
    InputError
        With every fault of the question; see `geo.risk.journey.question.stops_of`.

    Notes
    -----
    The day of all statuses and rates is the day of travel, also for what is reached later.
    """
    stops = stops_of(question, desk.atlas, desk.policy)
    vehicle = desk.policy.vehicles[question.vehicle]
    edge_h, status = desk.edge_h(vehicle), desk.status_for(vehicle)
    roads = roads_for(desk, stops, edge_h, closed_lixels(desk, status))
    build = Build(desk, question, stops, edge_h, status, roads)
    ways, epsilon = ways_over(roads, allow_closed=question.allow_closed)
    aversion = question.risk_aversion
    aversion = desk.policy.risk_aversion if aversion is None else aversion
    picked, different = shown(ways, roads, aversion, desk.policy) if ways else ([], 0)
    no_route = None if ways else _no_route(build)
    courses = [build.course(ways[one.way]) for one in picked]
    routes = _routes(build, picked, courses)
    legs = [leg for course in courses for leg in course.legs]
    legs += [Leg(c.axis_id, c.from_m, c.to_m, 0) for c in (no_route.closures if no_route else ())]
    named = {incident_id for route in routes for incident_id in _incidents(route)}
    best = next((n for n, one in enumerate(picked) if "chosen" in one.labels), -1)
    return Answer(
        question=question,
        stops=_met(stops, courses[best]) if courses else stops,
        on=desk.snapshot.on,
        known_on=desk.snapshot.known_on,
        routes=tuple(routes),
        front=tuple((way.hours, way.expected) for way in ways),
        different=different,
        epsilon=epsilon,
        chosen=best,
        aversions=tuple((a, _number(chosen(ways, a), picked)) for a in AVERSIONS if ways),
        no_route=no_route,
        statements=statements_told(desk, legs),
        incidents=incidents_told(desk, named),
        coverage=desk.field.policy.coverage,
        notes=(*_silence(desk), *_notes(question, stops, routes, epsilon), *_unused(desk)),
        standing=STANDING,
        credits=desk.atlas.credits,
        version=desk.snapshot.version,
    )


def _met(stops: Sequence[Stop], course: Course) -> tuple[Stop, ...]:
    """Return the stops on the roads by which a course leaves them, the last on that of arrival."""
    return tuple(
        replace(stop, axis_id=axis_id, measure_m=measure_m)
        for stop, (axis_id, measure_m) in zip(stops, course.stops, strict=True)
    )


def _routes(build: Build, picked: Sequence[Shown], courses: Sequence[Course]) -> list[Route]:
    weighed = sensitivities(build.desk, [(course.lixel, course.days) for course in courses])
    told = zip(picked, courses, weighed, strict=True)
    return [build.route(number, *one) for number, one in enumerate(told, start=1)]


def _no_route(build: Build) -> NoRoute:
    stops, nodes = build.stops, build.roads.nodes
    for (one, other), pair in zip(pairwise(stops), pairwise(nodes), strict=True):
        found = why_not(build.desk, build.roads, pair, (one.name, other.name), build.status)
        if found is not None:
            return found
    text = message("The vehicle may not use the roads between these places.")
    return NoRoute(stops[0].name, stops[-1].name, text)


def _number(way: int, picked: Sequence[Shown]) -> int:
    return next((n for n, one in enumerate(picked, start=1) if way in one.members), 0)


def _incidents(route: Route) -> set[str]:
    named = {driver.incident_id for driver in route.drivers}
    for stretch in route.stretches:
        named.update(stretch.incident_ids)
        for fired in stretch.fired:
            named.update(fired.incident_ids)
    return named


def _silence(desk: Desk) -> list[Message]:
    """Say when the last thing that is known happened long before the journey."""
    shot = desk.snapshot
    days = pd.concat([shot.incidents["date_start"], shot.assertions["valid_from"]]).dropna()
    if days.empty:
        return [message("The ledger holds nothing before the journey.")]
    last = days.max().date()
    ago = (shot.on - last).days
    if ago <= SILENT_DAYS:
        return []
    return [message("The latest that the ledger holds is of {day}, {days} days before the journey. "
                    "What came since is not in this answer.", day=last, days=ago)]  # fmt: skip


def _unused(desk: Desk) -> list[Message]:
    """Say what an imported network is not used for."""
    if all(axis.course is None for axis in desk.atlas.axes.values()):
        return []
    return [message("Only the named roads were searched. The imported network gives them their "
                    "lines; its other roads, classes and surfaces are not used.")]  # fmt: skip


def _notes(
    question: Question, stops: Sequence[Stop], routes: Sequence[Route], epsilon: float | None
) -> list[Message]:
    notes = []
    for stop in dict.fromkeys(stops):
        if stop.others:
            others = ", ".join(stop.others)
            notes.append(message("{asked} is taken as {name}, {country}. There is also {others}.",
                                 asked=stop.asked, name=stop.name, country=stop.country,
                                 others=others))  # fmt: skip
        if stop.unmapped_m:
            notes.append(message(
                "{name} lies {km:.1f} km from the nearest known road; no map here shows the way.",
                name=stop.name, km=stop.unmapped_m / 1_000,
            ))  # fmt: skip
    if question.allow_closed and any(route.closures for route in routes):
        notes.append(message("Closed roads were allowed: routes here pass stretches that are "
                             "reported closed."))  # fmt: skip
    elif not question.allow_closed:
        notes.append(message("Roads that are reported closed to this vehicle were left out."))
    if epsilon is None:
        notes.append(message("There were too many ways to compare all: only the fastest and the "
                             "least exposed are sure."))  # fmt: skip
    elif epsilon:
        notes.append(message("Ways were compared up to {share:.1%}: a way left out is at most that "
                             "much better.", share=epsilon))  # fmt: skip
    return notes
