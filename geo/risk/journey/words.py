"""An answer in sentences: what terminals, files for navigation and printed pages say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from geo import words
from geo.columns import iso_day
from geo.i18n import Message, Quoted, counted, message
from geo.risk.exposure import Exposure
from geo.risk.journey.limits import Closure, Driver
from geo.risk.journey.policy import VERDICT_WORDS
from geo.risk.journey.records import Answer, Point, PointKind, Route, Stretch

_WHOLE, _TENTH, _LEAST = 10, 0.1, 0.001
LABEL_WORDS = {
    "fastest": message("fastest"),
    "least_exposed": message("least exposed"),
    "chosen": message("fits the risk aversion"),
}
POINT_WORDS = {
    PointKind.START: message("Start"),
    PointKind.VIA: message("Via"),
    PointKind.END: message("End"),
    PointKind.TOWN: message("Town"),
    PointKind.BORDER: message("Border"),
    PointKind.NIGHT: message("Halt for the night"),
    PointKind.TURN_BACK: message("Turn back here"),
}


def duration(hours: float) -> Message:
    """Return hours as hours and minutes."""
    whole, minutes = divmod(round(abs(hours) * 60), 60)
    return message("{hours} h {minutes:02d}", hours=whole, minutes=minutes)


def clock(moment: dt.datetime) -> Message:
    """Return day and time of a moment, UTC."""
    return message("{day}, {time:%H:%M} UTC", day=moment.date(), time=moment)


def labels_of(route: Route) -> str:
    """Return what a route is among the others."""
    return ", ".join(str(LABEL_WORDS[label]) for label in route.labels)


def exposure_told(exposure: Exposure, coverage: float) -> Message:
    """Return an exposure with its interval, per ten thousand such journeys."""
    return message(
        "{expected} reported incidents near the vehicle in 10,000 such journeys ({share:.0%}: "
        "{low} to {high})",
        expected=per_10_000(exposure.expected), low=per_10_000(exposure.low),
        high=per_10_000(exposure.high), share=coverage,
    )  # fmt: skip


def per_10_000(expected: float) -> Message:
    """Return two digits of an expected number per ten thousand journeys."""
    value = 10_000 * expected
    if value >= _WHOLE:
        return message("{number:,.0f}", number=value)
    if value >= 1:
        return message("{number:.1f}", number=value)
    if value >= _TENTH:
        return message("{number:.2f}", number=value)
    if value >= _LEAST:
        return message("{number:.3f}", number=value)
    return message("under {number:.3f}", number=_LEAST)


def rank_told(rank: float) -> Message:
    """Return a rank in words."""
    return message("higher than on {share:.0%} of road-km", share=rank)


def length_told(route: Route) -> Message:
    """Return the length of a route, what leads off the known roads apart."""
    if route.unmapped_km:
        return message("{km:,.0f} km + {more:,.0f} km unmapped", km=route.km,
                       more=route.unmapped_km)  # fmt: skip
    return message("{km:,.0f} km", km=route.km)


def route_told(route: Route, coverage: float) -> list[Message]:
    """Return a route in a few sentences."""
    told = [
        message("{length}, {hours} of driving, leaving {leaves}, arriving {arrives}.",
                length=length_told(route), hours=duration(route.hours), leaves=clock(route.departs),
                arrives=clock(route.arrives)),
        message("Exposure: {exposure}; rate {rank}.",
                exposure=exposure_told(route.exposure, coverage), rank=rank_told(route.rank)),
    ]  # fmt: skip
    told += [
        message("Night in {town}: {arrives} to {leaves}.", town=night.halt.name,
                arrives=clock(night.arrives), leaves=clock(night.leaves))
        for night in route.nights
    ]  # fmt: skip
    if route.dark_km:
        told.append(message("{km:,.0f} km would be travelled in the dark.", km=route.dark_km))
    if route.latest_departure is None:
        told.append(message("It does not fit into the daylight of one day."))
    else:
        told.append(message("To arrive before dark, leave by {time}.",
                            time=clock(route.latest_departure)))  # fmt: skip
    return told + [closure_told(closure) for closure in route.closures]


def closure_told(closure: Closure) -> Message:
    """Return a closed stretch in a line."""
    return message(
        "Reported closed: {road}, {start} – {end}, since {day} ({ids}).", road=closure.road,
        start=closure.pk_from, end=closure.pk_to, day=closure.since or message("an unknown day"),
        ids=", ".join(closure.assertion_ids),
    )  # fmt: skip


def stretch_told(stretch: Stretch) -> Message:
    """Return where a stretch is and its verdict."""
    if not stretch.axis_id:
        return message(
            "{verdict}: {start} to {end}, {km:.1f} km in a straight line, no mapped way",
            verdict=VERDICT_WORDS[stretch.verdict], start=stretch.near_from, end=stretch.near_to,
            km=stretch.unmapped_km,
        )  # fmt: skip
    return message(
        "{verdict}: {road}, {pk_from} – {pk_to}, km {km_from:,.0f} to {km_to:,.0f}, "
        "{start} to {end}",
        verdict=VERDICT_WORDS[stretch.verdict], road=stretch.road, pk_from=stretch.pk_from,
        pk_to=stretch.pk_to, km_from=stretch.km_from, km_to=stretch.km_to,
        start=stretch.near_from, end=stretch.near_to,
    )  # fmt: skip


def reasons_told(stretch: Stretch, answer: Answer, seen: set[str]) -> Iterator[Message]:
    """Yield why a stretch has its verdict: each rule, and the evidence that made it fire.

    Parameters
    ----------
    stretch, answer
        What is told about.
    seen
        Evidence that was told before and is only named; grows.
    """
    for fired in stretch.fired:
        yield message("{rule} ({verdict}): {because}", rule=fired.rule_id,
                      verdict=VERDICT_WORDS[fired.verdict], because=fired.because)  # fmt: skip
        before = [i for i in (*fired.incident_ids, *fired.assertion_ids) if i in seen]
        for incident_id in fired.incident_ids:
            if incident_id not in seen:
                yield message("– {what}", what=incident_told(answer.incidents[incident_id]))
        for assertion_id in fired.assertion_ids:
            if assertion_id not in seen and assertion_id in answer.statements:
                yield message("– {what}", what=statement_told(answer.statements[assertion_id]))
        if fired.more:
            yield counted("– and {count} more incident", "– and {count} more incidents", fired.more)
        if before:
            yield message("– told above: {ids}", ids=", ".join(before))
        seen.update(fired.incident_ids, fired.assertion_ids)


def incident_told(incident: dict[str, Any]) -> Message:
    """Return an incident in a line, with who reported it."""
    sources = dict.fromkeys(map(source_told, incident["sources"]))
    named = ", ".join(name for name in sources if name)
    return message("{id}, {day}: {summary} ({sources})", id=incident["incident_id"],
                   day=iso_day(incident["date_start"]), summary=Quoted(incident["summary"]),
                   sources=Quoted(named) if named else message("no source named"))  # fmt: skip


def source_told(source: dict[str, Any]) -> str:
    """Return who reported an incident, with the Admiralty code that an analyst gave."""
    name = source["publisher"] or source["stated_by"] or ""
    code = f"{source['reliability'] or ''}{source['credibility'] or ''}"
    return f"{name} [{code}]" if name and code else name


def statement_told(told: dict[str, Any]) -> Message:
    """Return a statement about a road in a line, with who made it and how far it is believed."""
    who = ", ".join(part for part in (told["stated_by"], told["publisher"]) if part)
    day = told["valid_from"] or told["known_on"]
    return message(
        "{id}, {day}, {kind}, rated {code}, confidence {confidence:.2f}: {summary} ({who})",
        id=told["assertion_id"], day=iso_day(day) if day else message("an unknown day"),
        kind=words.ASSERTIONS[told["kind"]], confidence=told["confidence"],
        code=told["reliability"],
        summary=Quoted(told["summary"]), who=Quoted(who),
    )  # fmt: skip


def point_told(point: Point) -> Message:
    """Return a point on the way in a line."""
    left = duration(point.daylight_left_h)
    light = (
        message("{hours} of daylight left", hours=left)
        if point.daylight_left_h >= 0
        else message("{hours} after sunset", hours=left)
    )
    return message(
        "{kind}: {name}, {pk}, km {km:,.0f}, {day}, {time:%H:%M} local time, {light}; {status} "
        "(last confirmed: {confirmed})",
        kind=POINT_WORDS[point.kind], name=point.name, pk=point.pk, km=point.km,
        day=point.arrives_local.date(), time=point.arrives_local, light=light,
        status=point.sentence, confirmed=point.last_confirmed or message("never"),
    )  # fmt: skip


def driver_told(driver: Driver, answer: Answer) -> Message:
    """Return what drives an exposure in a line."""
    return message(
        "{share:.0%} – {what}; km {km:,.0f}, {days:,} days ago, weight {weight:.2f}, placed within "
        "{spread:.0f} km",
        share=driver.share, what=incident_told(answer.incidents[driver.incident_id]),
        km=driver.km, days=driver.age_days, weight=driver.counts,
        spread=driver.spread_m / 1_000,
    )  # fmt: skip
