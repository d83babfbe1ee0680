"""What a brief says of a journey: the road book of the route that fits, and its alternatives."""

from __future__ import annotations

from collections.abc import Iterator

from geo.briefing.records import Sentence, Table
from geo.i18n import message
from geo.risk.journey.legs import RoadLeg, legs_of
from geo.risk.journey.policy import VERDICT_WORDS
from geo.risk.journey.records import Answer, Route
from geo.risk.journey.words import (
    POINT_WORDS,
    closure_told,
    driver_told,
    duration,
    exposure_told,
    incident_told,
    labels_of,
    length_told,
    rank_told,
    route_told,
    statement_told,
)

LEAST_STRIP_M = 5_000.0
"""A shorter part of a road needs no strip map of its own."""


def chosen(answer: Answer) -> Route | None:
    """Return the route that fits the risk aversion, the first one for none, ``None`` without."""
    if not answer.routes:
        return None
    return answer.routes[max(answer.chosen, 0)]


def strips(answer: Answer) -> list[tuple[int, RoadLeg]]:
    """Return the legs of the route that are long enough for a strip map, each with its place."""
    route = chosen(answer)
    legs = legs_of(route) if route else ()
    return [(n, leg) for n, leg in enumerate(legs) if abs(leg.to_m - leg.from_m) >= LEAST_STRIP_M]


def _basis(route: Route) -> tuple[str, ...]:
    found = [i for fired in route.fired for i in (*fired.incident_ids, *fired.assertion_ids)]
    return tuple(dict.fromkeys(found))


def _where(route: Route, rule_id: str) -> str:
    """Return the kilometres on which a rule fired, those that adjoin as one."""
    runs: list[list[float]] = []
    for part in route.stretches:
        if all(fired.rule_id != rule_id for fired in part.fired):
            continue
        if runs and runs[-1][1] == part.km_from:
            runs[-1][1] = part.km_to
        else:
            runs.append([part.km_from, part.km_to])
    return ", ".join(str(message("{start:,.0f}–{end:,.0f}", start=a, end=b)) for a, b in runs)


def verdict(answer: Answer) -> Iterator[Sentence]:
    """Yield the verdict on the route, why, and what Piste does not know."""
    route = chosen(answer)
    if route is None:
        if answer.no_route is not None:
            yield Sentence(answer.no_route.text)
            for closure in answer.no_route.closures:
                yield Sentence(closure_told(closure), closure.assertion_ids)
        return
    yield Sentence(message("Verdict: {verdict}.", verdict=VERDICT_WORDS[route.verdict]),
                   _basis(route))  # fmt: skip
    for text in route_told(route, answer.coverage):
        yield Sentence(text)
    for fired in route.fired:
        yield Sentence(
            message(
                "{rule}, km {where}: {because}",
                rule=fired.rule_id,
                where=_where(route, fired.rule_id),
                because=fired.because,
            ),
            (*fired.incident_ids, *fired.assertion_ids),
        )
    for note in answer.notes:
        yield Sentence(note)


def standing(answer: Answer) -> Iterator[Sentence]:
    """Yield the gaps of the route and what Piste never knows."""
    route = chosen(answer)
    for gap in route.gaps if route else ():
        yield Sentence(gap.text)
    for text in answer.standing:
        yield Sentence(text)


def alternatives(answer: Answer) -> Table:
    """Return the routes side by side."""
    return Table(
        (
            message("Route"),
            message("Verdict"),
            message("Length"),
            message("Driving"),
            message("Exposure"),
            message("Rank"),
        ),
        tuple(
            (
                message("{number} {labels}", number=route.number, labels=labels_of(route)),
                VERDICT_WORDS[route.verdict],
                length_told(route),
                duration(route.hours),
                exposure_told(route.exposure, answer.coverage),
                rank_told(route.rank),
            )
            for route in answer.routes
        ),
        message("Routes, the fastest first"),
        max(answer.different - len(answer.routes), 0),
    )


def stretches(answer: Answer) -> Table:
    """Return the stretches of the route with their verdicts and the rules behind them."""
    route = chosen(answer)
    return Table(
        (
            message("Km"),
            message("Road"),
            message("Stretch"),
            message("Between"),
            message("Verdict"),
            message("Rules"),
        ),
        tuple(
            (
                message("{start:,.0f}–{end:,.0f}", start=part.km_from, end=part.km_to),
                part.road or message("no mapped way"),
                f"{part.pk_from} – {part.pk_to}" if part.axis_id else "",
                message("{start} to {end}", start=part.near_from, end=part.near_to),
                VERDICT_WORDS[part.verdict],
                ", ".join(fired.rule_id for fired in part.fired),
            )
            for part in (route.stretches if route else ())
        ),
        message("Stretches in the order of travel; the verdict says what the rules are"),
    )


def points(answer: Answer) -> Table:
    """Return the points on the way with their times and the daylight left."""
    route = chosen(answer)
    return Table(
        (
            message("Km"),
            message("Point"),
            message("PK"),
            message("Arrival, local time"),
            message("Daylight left"),
            message("Reported status"),
            message("Last said"),
        ),
        tuple(
            (
                message("{km:,.0f}", km=point.km),
                message("{kind}: {name}", kind=POINT_WORDS[point.kind], name=point.name),
                point.pk,
                message("{day}, {time:%H:%M}", day=point.arrives_local.date(),
                        time=point.arrives_local),
                duration(point.daylight_left_h) if point.daylight_left_h >= 0
                else message("{hours} after sunset", hours=duration(point.daylight_left_h)),
                point.sentence,
                point.last_confirmed or message("never"),
            )
            for point in (route.points if route else ())
        ),
        message("Points on the way"),
    )  # fmt: skip


def drivers(answer: Answer) -> Iterator[Sentence]:
    """Yield the incidents that make most of the exposure."""
    route = chosen(answer)
    for driver in route.drivers[:8] if route else ():
        yield Sentence(driver_told(driver, answer), (driver.incident_id,))


def evidence(answer: Answer) -> Iterator[Sentence]:
    """Yield the incidents and statements that the verdicts rest on, each with its source."""
    route = chosen(answer)
    ids = dict.fromkeys(
        i
        for part in (route.stretches if route else ())
        for fired in part.fired
        for i in (*fired.incident_ids, *fired.assertion_ids)
    )
    for evidence_id in ids:
        if evidence_id in answer.incidents:
            yield Sentence(incident_told(answer.incidents[evidence_id]), (evidence_id,))
        elif evidence_id in answer.statements:
            yield Sentence(statement_told(answer.statements[evidence_id]), (evidence_id,))
