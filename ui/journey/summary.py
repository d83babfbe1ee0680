"""The answer at a glance: the verdict with its reasons, and the routes side by side."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.risk.journey.records import Answer, Route
from geo.risk.journey.words import (
    LABEL_WORDS,
    clock,
    closure_told,
    duration,
    length_told,
    per_10_000,
)
from maps.journey import name_of
from ui import markup, state
from ui.journey import evidence
from ui.journey.details import named_cells
from ui.markup import escape


def chosen_of(values: dict[str, Any], answer: Answer) -> int:
    """Return the place of the route that is shown: the one chosen, else the one that fits."""
    way = values["way"]
    if way is not None and way <= len(answer.routes):
        return int(way) - 1
    return max(answer.chosen, 0) if answer.routes else -1


def head(answer: Answer, chosen: int) -> None:
    """Draw the verdict of the chosen route, what decides it, and what must not be concluded."""
    names = " → ".join(stop.name for stop in answer.stops)
    days = _("{on}, as known on {known}", on=answer.on, known=answer.known_on)
    left, right = st.columns([3, 2], gap="large")
    parts = [f'<p class="meta">{escape(names)} · {escape(days)}</p>']
    if answer.no_route is not None:
        parts.insert(0, f"<h2>{escape(_('No route'))}</h2>")
        parts.append(markup.p(str(answer.no_route.text)))
        parts += [markup.p(str(closure_told(c))) for c in answer.no_route.closures]
    else:
        route = answer.routes[chosen]
        parts.insert(0, f"<h2>{evidence.chip(route.verdict)}</h2>")
        deciding = [fired for fired in route.fired if fired.verdict == route.verdict]
        parts += [
            f'<p>{escape(_capital(str(fired.because)))} <span class="meta">'
            f"({escape(fired.rule_id)}, {escape(_evidence(fired))})</span></p>"
            for fired in deciding
        ]
        parts += [markup.p(str(closure_told(c)), "doubt") for c in route.closures]
    parts += [markup.p(str(note), "meta") for note in answer.notes]
    with left:
        markup.show(*parts)
    standing = "".join(f"<li>{escape(str(line))}</li>" for line in answer.standing)
    title = escape(_("What Piste does not know"))
    right.html(f'<div class="piste-file piste-unknown"><h4>{title}</h4><ul>{standing}</ul></div>')


def _evidence(fired: Any) -> str:
    n = len(fired.incident_ids) + len(fired.assertion_ids)
    return ngettext("{n} piece of evidence", "{n} pieces of evidence", n, n=n)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def routes(answer: Answer, chosen: int) -> None:
    """Draw the routes side by side and the choice among them."""
    if not answer.routes:
        return
    shown, all_ = len(answer.routes), answer.different
    title = ngettext("{n} route", "{n} routes", shown, n=shown)
    if all_ > shown:
        title = _("{shown} of {all} different routes", shown=shown, all=all_)
    st.subheader(title, anchor=False)
    heads = [
        _("Route"), _("Verdict"), _("Length"), _("Driving"), _("Arrives"), _("Leave by"),
        _("Reported incidents in 10,000 such journeys"), _("Higher rate than"),
    ]  # fmt: skip
    rows = "".join(
        _row(heads, route, answer, picked=n == chosen) for n, route in enumerate(answer.routes)
    )
    cells = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    st.html(
        f'<div class="piste-scroll"><table class="piste-table"><thead><tr>{cells}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
    choose(answer, chosen)


def choose(answer: Answer, chosen: int) -> None:
    """Draw the choice among the routes, where there are several."""
    if len(answer.routes) > 1:
        key = "piste_way"
        st.session_state[key] = answer.routes[chosen].number
        st.segmented_control(
            _("Show"),
            options=[route.number for route in answer.routes],
            format_func=lambda number: name_of(answer.routes[number - 1]),
            wrap=True,
            key=key,
            on_change=_choose,
        )


def _choose() -> None:
    state.set_value("way", st.session_state["piste_way"])
    state.set_value("pick", None)


def figures(route: Route, answer: Answer) -> str:
    """Return an exposure with its interval."""
    exposure = route.exposure
    return _(
        "{expected} ({share:.0%}: {low} to {high})",
        expected=per_10_000(exposure.expected),
        share=answer.coverage,
        low=per_10_000(exposure.low),
        high=per_10_000(exposure.high),
    )


def _row(heads: list[str], route: Route, answer: Answer, *, picked: bool) -> str:
    labels = " · ".join(str(LABEL_WORDS[label]) for label in route.labels)
    name = " · ".join(filter(None, [str(route.number), labels]))
    if route.folded:
        name += " " + ngettext("(+{n} nearly the same)", "(+{n} nearly the same)", route.folded,
                               n=route.folded)  # fmt: skip
    left = route.latest_departure
    by = str(clock(left)) if left else _("no single day")
    cells = [
        evidence.chip(route.verdict),
        *map(escape, (
            str(length_told(route)), str(duration(route.hours)), str(clock(route.arrives)), by,
            figures(route, answer), _("{share:.0%} of road-km", share=route.rank),
        )),
    ]  # fmt: skip
    named = named_cells(heads, ["", *cells]).removeprefix("<td></td>")
    head = f'<th scope="row">{escape(name)}</th>'
    return f'<tr class="{"picked" if picked else ""}">{head}{named}</tr>'
