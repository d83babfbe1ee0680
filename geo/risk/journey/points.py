"""Points on the way: towns, borders, nights, and where to turn back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from geo.i18n import Message, message
from geo.records import Place
from geo.risk.journey.clock import Halt, Timetable, local, sun_of
from geo.risk.journey.course import Course
from geo.risk.journey.desk import Desk
from geo.risk.journey.policy import Verdict
from geo.risk.journey.question import Stop
from geo.risk.journey.records import Point, PointKind
from geo.risk.journey.rules import Run
from geo.roads.referencing import chainage
from geo.roads.wording import describe

TOWNS = frozenset({"city", "town"})
_BORDER_POST = "border_post"


@dataclass(frozen=True, slots=True)
class Passed:
    """A place of a chain that a course passes.

    Parameters
    ----------
    border
        Before which cell.
    leg
        On which leg of the course.
    km, measure_m
        Where.
    place
        The place.
    """

    border: int
    leg: int
    km: float
    measure_m: float
    place: Place


def passed(desk: Desk, course: Course) -> list[Passed]:
    """Return every place that a course passes, in the order of travel, each once in a row."""
    found: list[Passed] = []
    places = desk.atlas.gazetteer.places
    for number, leg in enumerate(course.legs):
        axis = desk.atlas.axes[leg.axis_id]
        cells = np.flatnonzero(course.leg == number)
        if not len(cells):
            continue
        low, high = sorted((leg.from_m, leg.to_m))
        inside = (axis.measures_m >= low - 1) & (axis.measures_m <= high + 1)
        at = np.flatnonzero(inside)
        for n in (at if leg.from_m <= leg.to_m else at[::-1]).tolist():
            measure_m = float(axis.measures_m[n])
            km = float(course.km_from[cells[0]]) + abs(measure_m - leg.from_m) / 1_000
            border = int(cells[0] + np.searchsorted(course.km_to[cells], km - 1e-6, side="right"))
            here = Passed(border, number, km, measure_m, places[axis.place_ids[n]])
            # The end of one leg is the beginning of the next.
            if not found or found[-1].place.place_id != here.place.place_id:
                found.append(here)
    return found


def halts(desk: Desk, course: Course, places: Sequence[Passed]) -> list[Halt]:
    """Return the towns where a night may be spent, and where the way begins and ends."""
    lixel = course.lixel
    ends = [(0, lixel[0]), (len(lixel), lixel[-1])]
    first, last = (
        Halt(border, "", float(desk.ground.lon[at]), float(desk.ground.lat[at]))
        for border, at in ends
    )
    towns = [
        Halt(p.border, p.place.name, p.place.lon, p.place.lat)
        for p in places
        if p.place.kind in TOWNS and 0 < p.border < len(lixel)
    ]
    return [first, *towns, last]


class PointMaker:
    """Makes points of one course."""

    def __init__(self, desk: Desk, course: Course, times: Timetable) -> None:
        self.desk, self.course, self.times = desk, course, times
        self.off_road = False

    def points(
        self, stops: Sequence[Stop], places: list[Passed], runs: list[Run], arrives: dt.datetime
    ) -> list[Point]:
        """Return all points of the way, in its order.

        Parameters
        ----------
        stops
            Of the question.
        places
            Of `passed`.
        runs
            Of `geo.risk.journey.rules.judge`.
        arrives
            At the last stop, UTC: after its road point where it is off the roads.
        """
        self.off_road = stops[0].unmapped_m > 0
        made = [
            *self._stops(stops, arrives), *self._towns(places), *self._borders(places),
            *self._turn_backs(places, runs),
        ]  # fmt: skip
        order = list(PointKind)
        named_stops = {(round(p.km, 1), p.name) for p in made if p.kind in order[:3]}
        kept = [
            p for p in made
            if p.kind != PointKind.TOWN or (round(p.km, 1), p.name) not in named_stops
        ]  # fmt: skip
        return sorted(kept, key=lambda p: (round(p.km, 3), p.arrives))

    def _point(
        self,
        kind: PointKind,
        border: int,
        where: tuple[float, str, float],
        place: tuple[str, str, float, float],
        note: Message | None = None,
    ) -> Point:
        km, axis_id, measure_m = where
        name, country, lon, lat = place
        arrives = self.times.at(border)
        leaves = self.times.at(border, leaving=True)
        _, sunset = sun_of(lon, lat, arrives.date())
        # What lies ahead is what matters at a point; at the end, what lies behind.
        cell = min(border, len(self.course.lixel) - 1)
        row = self.desk.rows[int(self.course.row[cell])]
        return Point(
            kind, name, country, axis_id, chainage(measure_m), km, lon, lat, arrives,
            local(arrives, country), leaves, sunset, (sunset - arrives).total_seconds() / 3600,
            describe(row), row.last_confirmed, row.last_evidence, note,
        )  # fmt: skip

    def _stops(self, stops: Sequence[Stop], arrives: dt.datetime) -> Iterator[Point]:
        course = self.course
        for number, stop in enumerate(stops):
            last = number == len(stops) - 1
            kind = PointKind.START if number == 0 else PointKind.END if last else PointKind.VIA
            legs = [
                n for n, leg in enumerate(course.legs) if leg.part == min(number, len(stops) - 2)
            ]
            cells = np.flatnonzero(np.isin(course.leg, legs))
            border = int(cells[-1] + 1) if last else int(cells[0])
            km = course.km if last else float(course.km_from[cells[0]])
            note = None
            if stop.unmapped_m:
                note = message(
                    "{km:.1f} km from the road in a straight line, by no mapped way.",
                    km=stop.unmapped_m / 1_000,
                )
            made = self._point(
                kind, border, (km, *course.stops[number]),
                (stop.name, stop.country, stop.snapped_lon, stop.snapped_lat), note,
            )  # fmt: skip
            # A start off the roads is left before its point of the road is reached, and an end off
            # them reached after.
            yield _at_hour(made, arrives if last else made.arrives if number else
                           self.times.departs)  # fmt: skip

    def _towns(self, places: list[Passed]) -> Iterator[Point]:
        nights = {(night.halt.border, night.halt.name) for night in self.times.nights}
        for p in places:
            if (p.border, p.place.name) in nights:
                note = message("A halt for the night: the next town is not reached by day.")
                yield self._at(PointKind.NIGHT, p, note)
            elif p.place.kind in TOWNS or p.place.kind == _BORDER_POST:
                kind = PointKind.BORDER if p.place.kind == _BORDER_POST else PointKind.TOWN
                yield self._at(kind, p)

    def _borders(self, places: list[Passed]) -> Iterator[Point]:
        for one, then in pairwise(places):
            if one.place.country != then.place.country and _BORDER_POST not in {
                one.place.kind, then.place.kind,
            }:  # fmt: skip
                note = message(
                    "The border lies between {one} ({first}) and {other} ({second}).",
                    one=one.place.name, first=one.place.country, other=then.place.name,
                    second=then.place.country,
                )  # fmt: skip
                yield self._at(PointKind.BORDER, one, note)

    def _turn_backs(self, places: list[Passed], runs: list[Run]) -> Iterator[Point]:
        """Yield, for each part to avoid, the last town before it, else the last place."""
        course = self.course
        avoided = np.zeros(len(course.lixel) + 1, dtype=bool)
        for run in runs:
            avoided[run.cells] = run.verdict == Verdict.AVOID
        begins = np.flatnonzero(avoided[:-1] & ~np.concatenate([[False], avoided[:-2]]))
        for cell in begins.tolist():
            km = float(course.km_from[cell])
            before = [
                p for p in places
                if 0 < p.border <= cell and not avoided[p.border - 1 : cell].any()
            ]  # fmt: skip
            towns = [p for p in before if p.place.kind in TOWNS] or before
            note = message(
                "The last point before a stretch to avoid, which begins at {pk} (km {km:,.0f}).",
                pk=chainage(float(course.from_m[cell])), km=km,
            )  # fmt: skip
            if towns:
                yield self._at(PointKind.TURN_BACK, towns[-1], note)
                continue
            if not cell and not self.off_road:
                note = message("To be avoided from the first kilometre: do not set out.")
            yield self._point(PointKind.TURN_BACK, 0, (0.0, *course.stops[0]),
                              self._start(places), note)  # fmt: skip

    def _start(self, places: list[Passed]) -> tuple[str, str, float, float]:
        lixel = self.course.lixel[0]
        lon, lat = float(self.desk.ground.lon[lixel]), float(self.desk.ground.lat[lixel])
        if places and places[0].border == 0:
            place = places[0].place
            return place.name, place.country, place.lon, place.lat
        return "", "", lon, lat

    def _at(self, kind: PointKind, p: Passed, note: Message | None = None) -> Point:
        leg = self.course.legs[p.leg]
        return self._point(
            kind, p.border, (p.km, leg.axis_id, p.measure_m),
            (p.place.name, p.place.country, p.place.lon, p.place.lat), note,
        )  # fmt: skip


def _at_hour(point: Point, moment: dt.datetime) -> Point:
    """Return a point that is met at another hour of the day."""
    if moment == point.arrives:
        return point
    _, sunset = sun_of(point.lon, point.lat, moment.date())
    return replace(
        point, arrives=moment, arrives_local=local(moment, point.country),
        leaves=moment, sunset=sunset,
        daylight_left_h=(sunset - moment).total_seconds() / 3600,
    )  # fmt: skip
