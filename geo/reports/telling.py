"""A report's drafts as lines for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from geo.i18n import gettext as _
from geo.reports.records import DraftAssertion, DraftClaim, DraftDay, DraftIncident, Report
from geo.words import ACTIVITIES


def told(report: Report) -> list[str]:
    """Return what was read from a report, line by line, in the active language."""
    head = report.head
    lines = [head.title] if head.title else []
    lines.append(
        _("Published {day}", day=head.published) if head.published else _("No day of publication")
    )
    for incident in report.incidents:
        lines += ["", *_incident(incident)]
    for assertion in report.assertions:
        lines += ["", *_assertion(assertion)]
    for area in report.areas:
        lines += ["", _("{actor}: {activity} in {place}",
            actor=area.actor, activity=ACTIVITIES.get(area.activity, area.activity),
            place=area.place.phrase)]  # fmt: skip
    for link in report.links:
        kind = _("{kind}, likely") if link.likely else "{kind}"
        lines += ["", f"{link.from_key} → {link.to_key}: {kind.format(kind=link.kind.value)}"]
    if report.concerns:
        lines += ["", _("To be checked:")]
    lines += [f"  {concern.message}" for concern in report.concerns]
    return lines


def _incident(one: DraftIncident) -> Iterator[str]:
    actors = ", ".join(actor.name for actor in one.perpetrators) or _("unknown")
    yield f"{one.key}  {_day(one.day)}  {one.category.value}  {actors} ({one.attribution.value})"
    yield "    " + (
        str(one.place.placement.explanation)
        if one.place.placement
        else _("Not placed: {reason}.", reason=one.place.unresolved_reason)
    )
    if one.target:
        escort = ", ".join(actor.name for actor in one.escort)
        yield "    " + (
            _("Target: {target}, escorted by {escort}", target=one.target_text, escort=escort)
            if escort
            else _("Target: {target}", target=one.target_text)
        )
    for claim in one.claims:
        yield "    " + _claim(claim)


def _claim(claim: DraftClaim) -> str:
    source = claim.source or _("the report")
    return f"{claim.field} ({claim.unit_group}): {_number(claim)} – {source}"


def _number(claim: DraftClaim) -> str:
    if claim.best is not None and claim.low is not None:
        return _("at least {number}", number=claim.low)
    if claim.best is not None:
        return str(claim.best)
    if claim.low is not None and claim.high is not None:
        return f"{claim.low}–{claim.high}"
    if claim.low is not None:
        return _("more than {number}", number=claim.low)
    if claim.high is not None:
        return _("up to {number}", number=claim.high)
    return _("no figure")


def _assertion(one: DraftAssertion) -> Iterator[str]:
    since = _(" since {day}", day=one.valid.start) if one.valid.start else ""
    yield f"{one.key}  {one.axis_from}–{one.axis_to} {one.road}: {one.kind.value}{since}"
    yield f"    {one.actor or _('unknown')}: {one.affected} {one.amount_text}".rstrip()


def _day(day: DraftDay) -> str:
    if day.start is None:
        return _("day unknown")
    span = str(day.start) if day.start == day.end else f"{day.start} – {day.end}"
    return f"{span} {day.time_of_day}".rstrip()
