"""Two routes, two days or two states of knowledge side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from geo.i18n import Message, message
from geo.i18n import gettext as _
from geo.records import InputError
from geo.risk.journey.compare import Changed, Comparison, compare
from geo.risk.journey.records import Answer
from maps.journey import name_of
from ui import cache, markup, params, state
from ui.journey import answers, evidence
from ui.journey.details import table
from ui.markup import escape

Side = tuple[Answer, int]
_KIND, _WHAT = "piste_against_kind", "piste_against_what"
_KINDS: dict[str, Message] = {
    "route": message("Another route"),
    "on": message("Another day of travel"),
    "known": message("Another day of knowledge"),
    "without": message("Without an incident"),
}
_WEEK = timedelta(days=7)


def draw(values: dict[str, Any], answer: Answer, chosen: int) -> None:
    """Draw what to compare with, and the comparison."""
    st.subheader(_("Compare"), anchor=False)
    _choose(values, answer, chosen)
    if values["against"] is None:
        return
    mine = (answer, chosen + 1 if answer.routes else 0)
    try:
        one, other = _sides(values, mine)
        kind, what = values["against"]
        found = compare(
            one[0], other[0], (one[1], other[1]), without=what if kind == "without" else None
        )
    except (InputError, KeyError, ValueError):
        markup.show(markup.p(_("This cannot be compared on these days."), "doubt"))
        return
    _show(found, one[0], other[0])


def _sides(values: dict[str, Any], mine: Side) -> tuple[Side, Side]:
    """Return the two answers with the number of the route of each (0 for none)."""
    kind, what = values["against"]
    if kind == "route":
        return mine, (mine[0], int(what))
    selection = params.selection(values, cache.facts())
    if kind != "without":
        day = date.fromisoformat(what)
        selection = replace(selection, **{"on" if kind == "on" else "known_on": day})
    desk = answers.desk(cache.snapshot(selection), without=what if kind == "without" else None)
    answer = answers.answer(mine[0].question, desk)
    theirs = (answer, answer.chosen + 1)
    return (theirs, mine) if kind == "without" else (mine, theirs)


def _choose(values: dict[str, Any], answer: Answer, chosen: int) -> None:
    kind, what = values["against"] or (None, None)
    kinds = [k for k in _KINDS if k != "route" or len(answer.routes) > 1]
    st.session_state[_KIND] = kind if kind in kinds else None
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    left.selectbox(
        _("Compare with"), options=kinds, index=None, placeholder=_("nothing"),
        format_func=lambda code: str(_KINDS[code]), key=_KIND, on_change=_kind_changed,
        args=(answer, chosen),
    )  # fmt: skip
    if kind not in kinds:
        return
    with right:
        if kind in {"on", "known"}:
            st.session_state[_WHAT] = date.fromisoformat(str(what))
            st.date_input(_("Day"), format="YYYY-MM-DD", key=_WHAT, on_change=_what_changed)
        else:
            options = _offered(str(kind), answer, chosen)
            st.session_state[_WHAT] = what if what in options else None
            st.selectbox(
                _("Which"), options=options, index=None, key=_WHAT, on_change=_what_changed,
                format_func=lambda code: _said(str(kind), code, answer),
            )  # fmt: skip


def _offered(kind: str, answer: Answer, chosen: int) -> list[str]:
    if kind == "route":
        return [str(n + 1) for n in range(len(answer.routes)) if n != chosen]
    route = answer.routes[chosen] if answer.routes else None
    return [driver.incident_id for driver in route.drivers] if route else []


def _said(kind: str, code: str, answer: Answer) -> str:
    if kind == "route":
        return name_of(answer.routes[int(code) - 1])
    return f"{code} · {answer.incidents[code]['summary']}"


def _kind_changed(answer: Answer, chosen: int) -> None:
    kind = st.session_state[_KIND]
    if kind is None:
        state.set_value("against", None)
        return
    if kind in {"on", "known"}:
        day = (answer.on if kind == "on" else answer.known_on) - _WEEK
        facts = cache.facts()
        what = min(max(day, facts.earliest), facts.latest).isoformat()
    else:
        what = next(iter(_offered(kind, answer, chosen)), "")
    state.set_value("against", (kind, what) if what else None)


def _what_changed() -> None:
    what = st.session_state[_WHAT]
    kind, before = state.values()["against"]
    if what is not None:
        before = what.isoformat() if isinstance(what, date) else str(what)
    state.set_value("against", (kind, before))


def _show(found: Comparison, one: Answer, other: Answer) -> None:
    none = _("no route")
    rows = [
        [
            escape(str(row.label)),
            escape(str(row.before or none)),
            escape(str(row.after or none)),
        ]
        for row in found.rows
    ]
    table(["", *map(str, found.titles)], rows)
    if found.stretches:
        st.markdown("**" + _("Where they differ") + "**")
        heads = [_("Stretch"), *map(str, found.titles)]
        table(heads, [_changed(one) for one in found.stretches])
    for title, answer, ids in (
        (_("Only in the first"), one, (*found.incidents_gone, *found.statements_gone)),
        (_("Only in the second"), other, (*found.incidents_new, *found.statements_new)),
    ):
        if ids:
            items = "".join(_item(name, answer) for name in ids)
            markup.show(markup.h4(title), f"<ul>{items}</ul>")


def _item(name: str, answer: Answer) -> str:
    if name in answer.incidents:
        return evidence.incident(answer.incidents[name], answer)
    if name in answer.statements:
        return evidence.statement(answer.statements[name])
    return f"<li>{escape(name)}</li>"


def _changed(one: Changed) -> list[str]:
    sides = []
    for verdict, sentence, rules in (
        (one.before, one.sentence_before, one.rules_gone),
        (one.after, one.sentence_after, one.rules_new),
    ):
        if verdict is None:
            sides.append(escape(_("not on this route")))
            continue
        own = _(" · only here: {rules}", rules=", ".join(rules)) if rules else ""
        sides.append(
            f"{evidence.chip(verdict)}<br>"
            f'<span class="meta">{escape(str(sentence or ""))}{escape(own)}</span>'
        )
    return [f"{escape(one.road)}<br>{escape(one.pk_from)} – {escape(one.pk_to)}", *sides]
