"""Two answers side by side: two days, two routes, before and after an incident."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from geo.i18n import Message, message
from geo.risk.journey.policy import VERDICT_WORDS, Verdict
from geo.risk.journey.records import Answer, Route, Stretch
from geo.risk.journey.words import duration, exposure_told, rank_told
from geo.roads.referencing import chainage
from geo.roads.timeline import Role

_TOUCH_M = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of both answers; ``None`` where there is no route.

    Parameters
    ----------
    name
        A code: verdict, km, unmapped_km, hours, expected, rank, avoid_km, caution_km, dark_km.
    label
        In words.
    before, after
        In words.
    change
        After minus before for numbers, else ``None``.
    """

    name: str
    label: Message
    before: Message | None
    after: Message | None
    change: float | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A stretch of an axis on which the two differ.

    Parameters
    ----------
    axis_id, road, from_m, to_m, pk_from, pk_to
        Where; measures ascend.
    before, after
        Verdicts; ``None`` where a route does not pass.
    rules_gone, rules_new
        Rules that fired in the one only.
    sentence_before, sentence_after
        Status of the road.
    """

    axis_id: str
    road: str
    from_m: float
    to_m: float
    pk_from: str
    pk_to: str
    before: Verdict | None
    after: Verdict | None
    rules_gone: tuple[str, ...]
    rules_new: tuple[str, ...]
    sentence_before: Message | None
    sentence_after: Message | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two routes compared.

    Parameters
    ----------
    titles
        What each is.
    rows
        Figures side by side.
    stretches
        Where they differ, by axis and measure.
    incidents_gone, incidents_new
        Incidents named by the one only.
    statements_gone, statements_new
        Statements that stand in the one only.
    """

    titles: tuple[Message, Message]
    rows: tuple[Row, ...]
    stretches: tuple[Changed, ...]
    incidents_gone: tuple[str, ...]
    incidents_new: tuple[str, ...]
    statements_gone: tuple[str, ...]
    statements_new: tuple[str, ...]


def compare(
    before: Answer,
    after: Answer,
    routes: tuple[int, int] | None = None,
    *,
    without: str | None = None,
) -> Comparison:
    """Compare a route of each of two answers.

    Parameters
    ----------
    before, after
        Two days, or with and without an incident (`geo.risk.journey.desk.Desk.without`); the same
        answer twice to compare two of its routes.
    routes
        Numbers of the routes, from 1; those that fit the risk aversion unless given.
    without
        The incident that the first answer leaves out, if it does.

    Raises
    ------
    ValueError
        When there is no route of such a number.
    """
    numbers = routes or (before.chosen + 1, after.chosen + 1)
    pair = [_route(answer, n) for answer, n in zip((before, after), numbers, strict=True)]
    named = [_named(route) for route in pair]
    stands = [_stands(answer, route) for answer, route in zip((before, after), pair, strict=True)]
    titles = [
        message("Route {number} on {on}, as known on {known}", number=n, on=answer.on,
                known=answer.known_on)
        for answer, n in zip((before, after), numbers, strict=True)
    ]  # fmt: skip
    if without is not None:
        titles = [
            message("Without {incident}: route {number}", incident=without, number=numbers[0]),
            message("With {incident}: route {number}", incident=without, number=numbers[1]),
        ]
    return Comparison(
        (titles[0], titles[1]),
        tuple(_rows(pair[0], pair[1], before.coverage)),
        tuple(_stretches(pair[0], pair[1])),
        tuple(sorted(named[0] - named[1])),
        tuple(sorted(named[1] - named[0])),
        tuple(sorted(stands[0] - stands[1])),
        tuple(sorted(stands[1] - stands[0])),
    )


def _route(answer: Answer, number: int) -> Route | None:
    if number == 0 and answer.no_route is not None:
        return None
    if not 1 <= number <= len(answer.routes):
        raise ValueError(message("There is no route {number}.", number=number))
    return answer.routes[number - 1]


def _named(route: Route | None) -> set[str]:
    stretches = route.stretches if route else ()
    return {i for stretch in stretches for i in stretch.incident_ids}


def _stands(answer: Answer, route: Route | None) -> set[str]:
    told = {i for stretch in (route.stretches if route else ())
            for i in stretch.status.get("assertion_ids", ())}  # fmt: skip
    return {i for i in told if answer.statements.get(i, {}).get("role") == Role.STANDS}


def _rows(one: Route | None, other: Route | None, coverage: float) -> Iterable[Row]:
    def row(
        name: str, label: Message, tell: Callable[[Route], Message],
        value: Callable[[Route], float] | None = None,
    ) -> Row:  # fmt: skip
        told = [None if route is None else tell(route) for route in (one, other)]
        change = None
        if one is not None and other is not None and value is not None:
            change = value(other) - value(one)
        return Row(name, label, told[0], told[1], change)

    def length(name: str, label: Message, km_of: Callable[[Route], float]) -> Row:
        return row(name, label, lambda r: message("{km:,.0f} km", km=km_of(r)), km_of)

    yield row("verdict", message("Verdict"), lambda r: VERDICT_WORDS[r.verdict])
    yield length("km", message("Length"), lambda r: r.km)
    if any(route is not None and route.unmapped_km for route in (one, other)):
        yield length("unmapped_km", message("By no mapped way"), lambda r: r.unmapped_km)
    yield row("hours", message("Driving"), lambda r: duration(r.hours), lambda r: r.hours)
    yield row("expected", message("Exposure"), lambda r: exposure_told(r.exposure, coverage),
              lambda r: r.exposure.expected)  # fmt: skip
    yield row("rank", message("Rate"), lambda r: rank_told(r.rank), lambda r: r.rank)
    yield length("avoid_km", message("Kilometres to avoid"), lambda r: _km(r, Verdict.AVOID))
    yield length("caution_km", message("Kilometres with caution"),
                 lambda r: _km(r, Verdict.CAUTION))  # fmt: skip
    yield length("dark_km", message("In the dark"), lambda r: r.dark_km)


def _km(route: Route, verdict: Verdict) -> float:
    return sum(s.km_to - s.km_from for s in route.stretches if s.verdict == verdict)


def _stretches(one: Route | None, other: Route | None) -> Iterable[Changed]:
    sides = [[s for s in (r.stretches if r else ()) if s.axis_id] for r in (one, other)]
    axes = dict.fromkeys(s.axis_id for side in sides for s in side)
    for axis_id in axes:
        mine = [[s for s in side if s.axis_id == axis_id] for side in sides]
        cuts = sorted({m for side in mine for s in side for m in (s.from_m, s.to_m)})
        found: list[Changed] = []
        for low, high in pairwise(cuts):
            if high - low < _TOUCH_M:
                continue
            at = [_at(side, (low + high) / 2) for side in mine]
            changed = _changed(axis_id, low, high, at[0], at[1])
            if changed is None:
                continue
            if found and _alike(found[-1], changed):
                changed = _joined(found.pop(), changed)
            found.append(changed)
        yield from found


def _at(stretches: list[Stretch], measure_m: float) -> Stretch | None:
    return next(
        (s for s in stretches if min(s.from_m, s.to_m) < measure_m < max(s.from_m, s.to_m)), None
    )


def _changed(
    axis_id: str, low: float, high: float, was: Stretch | None, now: Stretch | None
) -> Changed | None:
    rules = [{fired.rule_id for fired in s.fired} if s else set() for s in (was, now)]
    verdicts = [s.verdict if s else None for s in (was, now)]
    sentences = [s.sentence if s else None for s in (was, now)]
    told = [str(sentence) for sentence in sentences]
    some = was or now
    if some is None or (verdicts[0] == verdicts[1] and rules[0] == rules[1] and told[0] == told[1]):
        return None
    return Changed(
        axis_id, some.road, low, high, chainage(low), chainage(high), verdicts[0], verdicts[1],
        _ordered(rules[0] - rules[1]), _ordered(rules[1] - rules[0]),
        sentences[0], sentences[1],
    )  # fmt: skip


def _ordered(rules: set[str]) -> tuple[str, ...]:
    """Return rules with V2 before V10."""
    return tuple(sorted(rules, key=lambda rule: (len(rule), rule)))


def _alike(one: Changed, other: Changed) -> bool:
    return (
        abs(one.to_m - other.from_m) < _TOUCH_M
        and (one.before, one.after, one.rules_gone, one.rules_new)
        == (other.before, other.after, other.rules_gone, other.rules_new)
        and (str(one.sentence_before), str(one.sentence_after))
        == (str(other.sentence_before), str(other.sentence_after))
    )


def _joined(one: Changed, other: Changed) -> Changed:
    return Changed(
        one.axis_id, one.road, one.from_m, other.to_m, one.pk_from, other.pk_to, one.before,
        one.after, one.rules_gone, one.rules_new, one.sentence_before, one.sentence_after,
    )  # fmt: skip
