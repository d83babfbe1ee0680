"""What an editor would ask about a report before anything of it is believed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from geo.gazetteer.remarks import not_known
from geo.gazetteer.wording import country_name, listed
from geo.i18n import Message, message
from geo.reports.dates import resolve
from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.records import Concern, ConcernCode, DraftClaim, DraftIncident, Evidence

_WEEKDAYS = (
    message("Monday"), message("Tuesday"), message("Wednesday"), message("Thursday"),
    message("Friday"), message("Saturday"), message("Sunday"),
)  # fmt: skip
_FLAGS = {
    "denied": message("Left out, because it is denied: “{quote}”"),
    "foiled": message("Left out, because it was foiled: “{quote}”"),
    "rumour": message("Left out, because it is a rumour: “{quote}”"),
    "hypothetical": message("Left out, because it has not happened: “{quote}”"),
}
_SHOWN = 120
_TOGETHER = 90
MOST_LISTED = 8


def concerns(
    plain: Plain,
    told: Sequence[Mention],
    aside: Iterable[Mention],
    incidents: Sequence[DraftIncident],
    *,
    countries: Sequence[str],
    known: Collection[str],
    report: date | None,
) -> tuple[Concern, ...]:
    """Return what an editor would ask about.

    Parameters
    ----------
    plain, told
        The text and its mentions.
    aside
        Mentions that were not taken for incidents because they are denied, foiled or rumoured.
    incidents
        The drafts.
    countries
        Codes of the countries that the report's header names; empty when it names none.
    known
        Codes of the countries whose places the gazetteer has.
    report
        The day that it counts from.
    """
    found = list(_weekdays(plain, told, report))
    for incident in incidents:
        found += _tolls(incident)
        found += _abroad(incident, countries, known)
        found += _future(incident, report)
        found += _unknown_place(incident)
    found += _aside(plain, aside)
    return tuple(dict.fromkeys(found))


def _weekdays(plain: Plain, told: Sequence[Mention], report: date | None) -> Iterator[Concern]:
    for mention in told:
        for one in (*mention.told, *mention.said):
            days = resolve(one, report)
            if days is None or days.odd_weekday is None or one.weekday is None:
                continue
            day = days.start if days.start != days.odd_weekday else days.end
            quote = plain.evidence(one.start, one.end)
            text = message(
                "“{quote}”: {day} was a {weekday}.",
                quote=quote.quote, day=day, weekday=_WEEKDAYS[day.weekday()],
            )  # fmt: skip
            yield Concern(ConcernCode.WEEKDAY, text, "", (quote,))


def _tolls(incident: DraftIncident) -> Iterator[Concern]:
    for field in ("killed", "injured", "missing", "abducted"):
        stated = sorted(
            (c for c in incident.claims if c.field == field), key=lambda claim: claim.order
        )
        totals = [c for c in stated if c.unit_group == "all" and _number(c) is not None]
        parts = [c for c in stated if c.unit_group not in ("all", "part_of_total", "assailants")]
        yield from _falling(incident, stated)
        yield from _below_named_parts(incident, totals, stated)
        yield from _below_parts(incident, totals, parts)
        yield from _different(incident, [c for c in stated if c.unit_group != "part_of_total"])


def _number(claim: DraftClaim) -> int | None:
    return next((n for n in (claim.best, claim.low, claim.high) if n is not None), None)


def _falling(incident: DraftIncident, stated: Sequence[DraftClaim]) -> Iterator[Concern]:
    """Yield tolls that one source lowers, or that fall below what was called provisional."""
    for earlier in stated:
        for later in stated[earlier.order :]:
            same = earlier.stated_by == later.stated_by and earlier.unit_group == later.unit_group
            in_time = earlier.provisional and not later.provisional
            in_time = in_time or bool(
                earlier.stated_on and later.stated_on and earlier.stated_on < later.stated_on
            )
            first, second = _number(earlier), _number(later)
            if "part_of_total" in (earlier.unit_group, later.unit_group):
                continue
            if first is None or second is None or later.low is not None:
                continue
            if (same or earlier.provisional) and in_time and second < first:
                text = message(
                    "The toll falls over time: {first}, then {second}.", first=first, second=second
                )
                yield _concern(ConcernCode.FALLING_TOLL, text, incident, (earlier, later))


def _below_parts(
    incident: DraftIncident, totals: Sequence[DraftClaim], parts: Sequence[DraftClaim]
) -> Iterator[Concern]:
    for total in totals:
        own = {c.unit_group: c for c in parts if c.stated_by == total.stated_by}
        number = _number(total)
        known = [n for c in own.values() if (n := _number(c)) is not None]
        if number is not None and total.high is None and len(known) > 1 and sum(known) > number:
            text = message(
                "The total of {total} is smaller than its parts, {parts} together.",
                total=number, parts=sum(known),
            )  # fmt: skip
            yield _concern(ConcernCode.TOTAL_BELOW_PARTS, text, incident, (total, *own.values()))


def _below_named_parts(
    incident: DraftIncident, totals: Sequence[DraftClaim], stated: Sequence[DraftClaim]
) -> Iterator[Concern]:
    """Yield “six dead, including eight women”: the parts that a total is followed by."""
    for total in totals:
        number, after = _number(total), total.evidence[0].end
        own = [
            c for c in stated
            if c.unit_group == "part_of_total" and c.stated_by == total.stated_by
            and 0 <= c.evidence[0].start - after <= _TOGETHER
        ]  # fmt: skip
        known = [n for c in own if (n := _number(c)) is not None]
        if number is not None and total.high is None and sum(known) > number:
            text = message(
                "The total of {total} is smaller than its parts, {parts} together.",
                total=number, parts=sum(known),
            )  # fmt: skip
            yield _concern(ConcernCode.TOTAL_BELOW_PARTS, text, incident, (total, *own))


def _different(incident: DraftIncident, stated: Sequence[DraftClaim]) -> Iterator[Concern]:
    """Yield tolls that contradict each other: of the same people, by different sources."""
    exact: dict[tuple[int | None, int | None], DraftClaim] = {}
    for claim in stated:
        if _number(claim) is not None and claim.unit_group != "assailants":
            exact.setdefault((_number(claim), claim.high), claim)
    groups = {claim.unit_group for claim in exact.values()}
    alike = len(groups) == 1 or "all" in groups
    of_one = [[c for c in exact.values() if c.unit_group == group] for group in sorted(groups)]
    for same in [list(exact.values())] if alike else of_one:
        if len(same) > 1 and _conflict(same):
            told = same[:MOST_LISTED]
            numbers = listed([*map(_said, told), *(["…"] if len(told) < len(same) else [])])
            text = message("The report gives different tolls: {numbers}.", numbers=numbers)
            yield _concern(ConcernCode.DIFFERENT_TOLLS, text, incident, tuple(same))


def _conflict(claims: Sequence[DraftClaim]) -> bool:
    """Return whether claims cannot all be the count of the same people."""
    groups = {claim.unit_group for claim in claims}
    sources = {claim.stated_by for claim in claims}
    starts = [claim.evidence[0].start for claim in claims]
    together = max(starts) - min(starts) <= _TOGETHER
    if together and len(sources) == 1 and not any(claim.provisional for claim in claims):
        return False  # “a doctor and two nurses”
    return len(groups) == 1 or len(sources) > 1


def _said(claim: DraftClaim) -> Message | str:
    if claim.best is None and claim.low is not None and claim.high is None:
        return message("more than {number}", number=claim.low)
    if claim.best is None and claim.high is not None and claim.low is None:
        return message("up to {number}", number=claim.high)
    return str(_number(claim))


def _abroad(
    incident: DraftIncident, countries: Sequence[str], known: Collection[str]
) -> Iterator[Concern]:
    """Yield where an incident lies in a country that the report is not about, or nobody mapped."""
    country = incident.place.country
    place = incident.place.name or incident.place.phrase
    if not (country and place):
        return
    if countries and country not in countries:
        text = message(
            "{place} lies in {country}; the report says that it is about {countries}.",
            place=place, country=country_name(country),
            countries=listed([country_name(code) for code in countries]),
        )  # fmt: skip
    elif country not in known:
        text = message(
            "{place} lies in {country}, where the gazetteer has no places.",
            place=place, country=country_name(country),
        )  # fmt: skip
    else:
        return
    yield Concern(ConcernCode.ABROAD, text, incident.key, incident.place.evidence)


def _unknown_place(incident: DraftIncident) -> Iterator[Concern]:
    """Yield the names that no gazetteer knows, where the incident fell back to something wider."""
    placement = incident.place.placement
    if placement is None:
        return
    template = not_known("").text
    for part in _parts(placement.explanation):
        if part.text == template:
            text = message(
                "“{name}” is not in the gazetteer; the incident is placed by the other words.",
                name=part.values["name"],
            )  # fmt: skip
            yield Concern(ConcernCode.UNKNOWN_PLACE, text, incident.key, incident.place.evidence)


def _parts(text: Message) -> Iterator[Message]:
    """Yield a message and those that it is made of."""
    yield text
    for value in text.values.values():
        if isinstance(value, Message):
            yield from _parts(value)


def _future(incident: DraftIncident, report: date | None) -> Iterator[Concern]:
    start = incident.day.start
    if report is not None and start is not None and start > report:
        text = message("{day} lies after the day of publication.", day=start)
        yield Concern(ConcernCode.FUTURE_DATE, text, incident.key, incident.day.evidence)


def _aside(plain: Plain, aside: Iterable[Mention]) -> Iterator[Concern]:
    for mention in aside:
        flag = next((flag for flag in _FLAGS if flag in mention.flags), None)
        if flag is None:
            continue
        yield left_out(plain, flag, mention.sentence.start, mention.sentence.end)


def left_out(plain: Plain, flag: str, start: int, end: int) -> Concern:
    """Return what tells that words were left out: denied, foiled, a rumour, hypothetical."""
    quote = plain.evidence(start, end)
    text = Message(_FLAGS[flag].text, {"quote": shortened(quote.quote)})
    return Concern(ConcernCode.SET_ASIDE, text, "", (quote,))


def shortened(quote: str) -> str:
    """Return the words of a report as a remark shows them."""
    words_of = " ".join(quote.split())
    return words_of if len(words_of) <= _SHOWN else words_of[: _SHOWN - 1] + "…"


def _concern(
    code: ConcernCode, text: Message, incident: DraftIncident, stated: Iterable[DraftClaim]
) -> Concern:
    evidence: tuple[Evidence, ...] = tuple(e for claim in stated for e in claim.evidence)
    return Concern(code, text, incident.key, evidence)
