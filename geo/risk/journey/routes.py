"""One route of an answer: its stretches, clock, drivers and verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from geo.hotspots.network.arrays import Floats
from geo.i18n import message
from geo.risk.drivers import drivers, from_background
from geo.risk.journey.clock import Timetable, departure, sun_of, timetable, to_minute
from geo.risk.journey.course import Course, Leg, course_of, legs_of
from geo.risk.journey.cuts import closures_on, line_of
from geo.risk.journey.desk import Desk
from geo.risk.journey.gaps import gaps_of
from geo.risk.journey.limits import Driver, Line, Sensitivity
from geo.risk.journey.points import PointMaker, halts, passed
from geo.risk.journey.policy import VERDICTS
from geo.risk.journey.question import Question, Stop
from geo.risk.journey.records import Route, Stretch
from geo.risk.journey.reports import Bools, Reports
from geo.risk.journey.rules import Fired, Run, gravest, judge
from geo.risk.journey.ways import Roads, Shown, Way
from geo.roads.changes import near
from geo.roads.referencing import chainage
from geo.roads.statements import Passage
from geo.roads.telling import segment
from geo.roads.wording import describe, named

MOST_DRIVERS = 15
DETOUR = 1.3
"""A way off the known roads against the straight line."""


@dataclass(frozen=True, eq=False)
class Build:
    """Builds the routes of one question.

    Parameters
    ----------
    desk, question, stops
        What is asked of what.
    edge_h
        Hours for each edge of the desk's graph.
    status
        Of the roads, for the vehicle.
    roads
        With the stops.
    """

    desk: Desk
    question: Question
    stops: tuple[Stop, ...]
    edge_h: Floats
    status: pd.DataFrame
    roads: Roads

    @property
    def departs(self) -> dt.datetime:
        """When the journey begins, UTC."""
        first = self.stops[0]
        at = self.question.departs or self.desk.policy.departs
        return departure(self.desk.snapshot.on, at, first.country, first.lon, first.lat)

    def course(self, way: Way) -> Course:
        """Return the course of a way."""
        return course_of(self.desk, legs_of(self.desk, self.roads, way), self.edge_h, self.status)

    def route(self, number: int, one: Shown, course: Course, weighed: list[Sensitivity]) -> Route:
        """Return a route with all that is told about it."""
        desk = self.desk
        reports = Reports(desk, course)
        places = passed(desk, course)
        driven_h = self._driven(course)
        stay = halts(desk, course, places)
        times = timetable(self.departs, driven_h, stay, desk.policy.margin_h)
        lon, lat = desk.ground.lon[course.lixel], desk.ground.lat[course.lixel]
        dark = times.dark(lon, lat)
        runs = judge(desk, course, reports, self.status, dark, escort=self.question.escort)
        stretches = self._stretches(course, reports, runs, times, dark)
        end_h = self._off_road_h(self.stops[-1])
        arrives = to_minute(times.at(len(course.lixel)) + dt.timedelta(hours=end_h))
        hours = float(driven_h[-1]) + end_h
        unmapped_km = sum(stretch.unmapped_km for stretch in stretches)
        return Route(
            number=number,
            labels=one.labels,
            folded=len(one.members) - 1,
            verdict=gravest(stretch.verdict for stretch in stretches),
            fired=tuple(_gathered(fired for stretch in stretches for fired in stretch.fired)),
            km=course.km,
            unmapped_km=unmapped_km,
            hours=hours,
            departs=self.departs,
            arrives=arrives,
            nights=times.nights,
            dark_km=float((course.km_to - course.km_from)[dark].sum()),
            latest_departure=self._latest(hours),
            exposure=desk.field.exposure(course.lixel, course.days),
            rank=float(desk.field.rank(desk.field.mean_rate(course.lixel))),
            background=float(from_background(desk.field, course.lixel, course.days).sum()),
            stretches=stretches,
            points=tuple(PointMaker(desk, course, times).points(self.stops, places, runs, arrives)),
            drivers=tuple(self._drivers(course)),
            gaps=tuple(gaps_of(desk, course, reports, unmapped_km)),
            sensitivities=tuple(weighed),
            closures=tuple(closures_on(desk, course.legs, self.status)),
            line=tuple(point for leg in course.legs for point in line_of(desk, leg)),
        )

    def _off_road_h(self, stop: Stop) -> float:
        return DETOUR * stop.unmapped_m / 1_000 / self.desk.policy.unmapped_kmh

    def _driven(self, course: Course) -> Floats:
        """Return hours of driving until each border; a via off the roads is gone to and back."""
        hours = np.concatenate([[0.0], np.cumsum(course.hours)])
        part = np.array([leg.part for leg in course.legs])[course.leg]
        for number, stop in enumerate(self.stops[:-1]):
            first = int(np.argmax(part == number))
            hours[first:] += self._off_road_h(stop) * (2 if number else 1)
        return hours

    def _latest(self, hours: float) -> dt.datetime | None:
        """Return until when one may leave and arrive by day, all in one day."""
        first, last = self.stops[0], self.stops[-1]
        day = self.desk.snapshot.on
        rise, _ = sun_of(first.lon, first.lat, day)
        _, down = sun_of(last.lon, last.lat, day)
        latest = to_minute(down - dt.timedelta(hours=hours + self.desk.policy.margin_h))
        return latest if latest >= rise else None

    def _stretches(
        self,
        course: Course,
        reports: Reports,
        runs: list[Run],
        times: Timetable,
        dark: Bools,
    ) -> tuple[Stretch, ...]:
        oldest = max((rule.within_days or 0 for rule in self.desk.policy.rules
                      if rule.incidents is not None), default=0)  # fmt: skip
        recent = reports.age_days <= oldest
        found: list[Stretch] = []
        part = -1
        for run in runs:
            leg = course.legs[int(course.leg[run.cells.start])]
            if leg.part != part:
                part = leg.part
                found += self._unmapped(course, run.cells.start, self.stops[part], times,
                                        both=part > 0)  # fmt: skip
            found.append(self._stretch(course, reports, run, leg, times, dark, recent))
        end = len(course.lixel)
        found += self._unmapped(course, end, self.stops[-1], times, both=False)
        return tuple(replace(one, number=n) for n, one in enumerate(found, start=1))

    def _stretch(  # noqa: PLR0917
        self,
        course: Course,
        reports: Reports,
        run: Run,
        leg: Leg,
        times: Timetable,
        dark: Bools,
        recent: Bools,
    ) -> Stretch:
        desk, cells = self.desk, run.cells
        first, last = cells.start, cells.stop - 1
        from_m, to_m = float(course.from_m[first]), float(course.to_m[last])
        axis, places = desk.atlas.axes[leg.axis_id], desk.atlas.gazetteer.places
        km_from, km_to = float(course.km_from[first]), float(course.km_to[last])
        told = desk.rows[int(course.row[first])]
        told.enter_m, told.leave_m, told.km_from, told.km_to = from_m, to_m, km_from, km_to
        lixel, days = course.lixel[cells], course.days[cells]
        return Stretch(
            number=0,
            axis_id=leg.axis_id,
            road=named(axis),
            from_m=from_m,
            to_m=to_m,
            pk_from=chainage(from_m),
            pk_to=chainage(to_m),
            near_from=near(axis, from_m, places),
            near_to=near(axis, to_m, places),
            km_from=km_from,
            km_to=km_to,
            unmapped_km=0.0,
            enters=times.at(first, leaving=True),
            leaves=times.at(cells.stop),
            hours=float(course.hours[cells].sum()),
            dark=bool(dark[cells].any()),
            verdict=run.verdict,
            fired=run.fired,
            exposure=desk.field.exposure(lixel, days),
            rank=float(desk.field.rank(desk.field.mean_rate(lixel))),
            thin=bool(desk.field.thin[lixel].all()),
            status=segment(told, desk.atlas),
            sentence=describe(told),
            passage=str(self.status["passage"].iloc[int(course.row_for[first])]),
            incident_ids=reports.of(cells, recent)[0],
            line=line_of(desk, Leg(leg.axis_id, from_m, to_m, leg.part)),
        )

    def _unmapped(
        self, course: Course, border: int, stop: Stop, times: Timetable, *, both: bool
    ) -> list[Stretch]:
        """Return the way to a stop off the roads (and back) as a stretch of its own."""
        if not stop.unmapped_m:
            return []
        fired = tuple(
            Fired(rule.rule_id, rule.verdict, rule.because)
            for rule in self.desk.policy.rules
            if rule.unmapped
        )
        km_at = float(course.km_from[border]) if border < len(course.km_from) else course.km
        hours = self._off_road_h(stop) * (2 if both else 1)
        last = border == len(course.lixel)
        at = times.at(border)
        enters = at if last else to_minute(at - dt.timedelta(hours=hours))
        ends: Line = ((stop.lon, stop.lat), (stop.snapped_lon, stop.snapped_lat))
        here = message("{place}, off the road", place=stop.name)
        there = message("the road at {pk}", pk=stop.pk)
        near_ends = (there, here) if last else (here, there)
        unmapped = Stretch(
            number=0, axis_id="", road="", from_m=0.0, to_m=0.0, pk_from="", pk_to="",
            near_from=near_ends[0], near_to=near_ends[1], km_from=km_at, km_to=km_at,
            unmapped_km=stop.unmapped_m / 1_000 * (2 if both else 1), enters=enters,
            leaves=to_minute(enters + dt.timedelta(hours=hours)), hours=hours, dark=False,
            verdict=gravest(one.verdict for one in fired), fired=fired, exposure=None, rank=None,
            thin=True, status={}, sentence=message("on no known road"),
            passage=str(Passage.UNKNOWN), incident_ids=(), line=ends[::-1] if last else ends,
        )  # fmt: skip
        return [unmapped]

    def _drivers(self, course: Course) -> list[Driver]:
        desk = self.desk
        table = drivers(desk.field, desk.snapshot.incidents, course.lixel, course.days)
        found = []
        rows: Any = table.head(MOST_DRIVERS).itertuples()
        for row in rows:
            cell = int(np.argmax(course.lixel == row.lixel))
            leg = course.legs[int(course.leg[cell])]
            middle = float(course.from_m[cell] + course.to_m[cell]) / 2
            km = float(course.km_from[cell] + course.km_to[cell]) / 2
            found.append(
                Driver(
                    str(row.Index), float(row.expected), float(row.share), km, leg.axis_id,
                    chainage(middle), int(row.age_days), float(row.weight), float(row.counts),
                    float(row.spread_m),
                )
            )  # fmt: skip
        return found


def _gathered(fired: Iterable[Fired]) -> list[Fired]:
    """Return each rule once with all of its evidence, the gravest first."""
    found: dict[str, Fired] = {}
    for one in fired:
        before = found.get(one.rule_id)
        if before is not None:
            one = Fired(  # noqa: PLW2901
                one.rule_id, one.verdict, one.because,
                tuple(dict.fromkeys([*before.incident_ids, *one.incident_ids])),
                tuple(dict.fromkeys([*before.assertion_ids, *one.assertion_ids])),
                before.more + one.more,
            )  # fmt: skip
        found[one.rule_id] = one
    return sorted(
        found.values(),
        key=lambda one: (VERDICTS.index(one.verdict), len(one.rule_id), one.rule_id),
    )
