"""Why a stretch has its verdict: the rules that fired and what made them fire, as escaped HTML."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pandas as pd

from geo import words
from geo.columns import iso_day
from geo.i18n import day
from geo.i18n import gettext as _
from geo.records import Category
from geo.risk.journey.limits import Driver
from geo.risk.journey.policy import VERDICT_WORDS, Verdict
from geo.risk.journey.records import Answer, Route, Stretch
from geo.risk.journey.rules import Fired
from geo.risk.journey.words import source_told
from maps.palette import CATEGORY_SYMBOLS
from ui import cache, markup, params, state
from ui.markup import escape


def chip(verdict: Verdict, text: str = "") -> str:
    """Return a verdict as a label that differs in its edge as well as in its colour."""
    said = text or str(VERDICT_WORDS[verdict])
    return f'<span class="piste-verdict {escape(verdict)}">{escape(said)}</span>'


def link_of(incident_id: str) -> str:
    """Return the address of an incident's file on the threat map, on the same days."""
    values = {**state.values(), "pick": f"incident:{incident_id}"}
    keep = {name: values[name] for name in ("on", "known", "lang", "pick")}
    return "map?" + urlencode(params.write(keep, cache.facts()), doseq=True)


def _source(publisher: str, url: str) -> str:
    shown = escape(publisher or _("source"))
    if address := markup.safe_url(url):
        return (f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">'
                f"{shown}</a>")  # fmt: skip
    return shown


def _day(text: str | None) -> str:
    found = iso_day(text or "")
    return "" if found is None else day(found)


def incident(told: dict[str, Any], answer: Answer, driver: Driver | None = None) -> str:
    """Return an incident as a list item: what, when, how it weighs, who reported it."""
    incident_id = str(told["incident_id"])
    category = str(CATEGORY_SYMBOLS[Category(told["category"])].label)
    toll = told["toll"]
    last = pd.Timestamp(told["date_end"] or told["date_start"]).date()
    weighed = [_("{days} days before", days=(answer.on - last).days)]
    if driver is not None:
        weighed.append(_("counts for {weight:.2f}", weight=driver.counts))
    if told["spread_m"] is not None:
        weighed.append(_("placed within {km:,.0f} km", km=told["spread_m"] / 1_000))
    if toll["killed_low"] is not None or toll["killed_high"] is not None:
        killed = words.span(
            toll["killed_low"], toll["killed_high"], open_=bool(toll["killed_open"])
        )
        weighed.append(_("killed: {span}", span=killed))
    sources = {_source(source_told(one), one["url"] or ""): None for one in told["sources"]}
    shown = list(sources)[:6]
    if len(sources) > len(shown):
        shown.append(escape(_("{n} more", n=len(sources) - len(shown))))
    file = escape(_("file"))
    return (
        f'<li><span class="said">{escape(_day(told["date_start"]))} · {escape(category)}</span> '
        f"{markup.foreign(told['summary'] or '')} "
        f'<a href="{escape(link_of(incident_id))}" target="_blank">{file}</a><br>'
        f'<span class="meta">{escape(" · ".join(weighed))} · {", ".join(shown)}</span></li>'
    )


def statement(told: dict[str, Any]) -> str:
    """Return a statement about a road as a list item: what, since when, how sure, on whose word."""
    kind = words.word(words.ASSERTIONS, told["kind"])
    head = " · ".join(filter(None, [kind, words.actors(told["actor"] or "")]))
    since = _day(told["valid_from"]) or _("an unknown day")
    until = _day(told["valid_to"])
    days = _("{start} – {end}", start=since, end=until) if until else _("since {day}", day=since)
    learnt = _day(told["known_on"])
    assumed = _("assumed to be known since {day}", day=learnt)
    known = assumed if told["known_assumed"] else _("published {day}", day=learnt)
    sure = _(
        "rated {code}, confidence {share:.0%}", code=told["reliability"], share=told["confidence"]
    )
    who = escape(words.word(words.SPEAKERS, told["stated_by"]))
    return (
        f'<li><span class="said">{escape(head)}</span> {escape(days)}, '
        f"{escape(sure)}<br>"
        f"{markup.foreign(told['summary'])}<br>"
        f'<span class="meta">{who} · {_source(told["publisher"], told["url"])} · {escape(known)} · '
        f"{escape(told['assertion_id'])}</span></li>"
    )


def _fired(fired: Fired, answer: Answer, drivers: dict[str, Driver], seen: set[str]) -> str:
    items = []
    before = []
    for name in (*fired.incident_ids, *fired.assertion_ids):
        if name in seen:
            before.append(name)
        elif name in answer.incidents:
            items.append(incident(answer.incidents[name], answer, drivers.get(name)))
        elif name in answer.statements:
            items.append(statement(answer.statements[name]))
        seen.add(name)
    if before:
        again = _("Told above: {ids}", ids=", ".join(before))
        items.append(f'<li class="meta">{escape(again)}</li>')
    return (
        f"<p>{chip(fired.verdict)} {escape(str(fired.because))} "
        f'<span class="meta">({escape(fired.rule_id)})</span></p><ul>{"".join(items)}</ul>'
    )


def why(stretch: Stretch, route: Route, answer: Answer) -> str:
    """Return all that speaks for a stretch's verdict."""
    drivers = {driver.incident_id: driver for driver in route.drivers}
    seen: set[str] = set()
    parts = [f"<p>{escape(_capital(str(stretch.sentence)))}.</p>"] if stretch.axis_id else []
    parts += [_fired(fired, answer, drivers, seen) for fired in stretch.fired]
    if stretch.thin and stretch.axis_id:
        thin = _("Its rate rests on the region's average alone: too few incidents near.")
        parts.append(markup.p(thin, "meta"))
    if not stretch.fired:
        parts.append(markup.p(_("No rule fired. That is not the same as no danger."), "meta"))
    return "".join(parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
