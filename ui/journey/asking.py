"""The question of the Route page: where from, where to, in what; and as what it was understood."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.i18n import Message, message
from geo.i18n import gettext as _
from geo.records import Fault
from geo.risk.journey.question import Question, Stop
from geo.roads.wording import named
from ui import cache, markup, state

_VEHICLES: dict[str, Message] = {
    "car": message("Car"),
    "truck": message("Truck"),
    "bus": message("Bus"),
    "motorbike": message("Motorbike"),
}
#: How the core calls the parts of a question in its faults.
_COLUMNS = {"origin": "origin", "via": "via", "dest": "destination"}


def question_of(values: dict[str, Any]) -> Question | None:
    """Return the question of a view, ``None`` while an end is missing."""
    if not (values["origin"] and values["dest"]):
        return None
    return Question(
        origin=values["origin"],
        destination=values["dest"],
        via=values["via"],
        vehicle=values["vehicle"],
        escort=values["escort"],
        returns=values["back"],
        allow_closed=values["closed"],
        risk_aversion=values["aversion"],
        departs=values["depart"],
    )


def take(question: Question) -> None:
    """Ask a question anew, such as a saved one."""
    for name, value in {
        "origin": question.origin,
        "dest": question.destination,
        "via": question.via,
        "vehicle": question.vehicle,
        "escort": question.escort,
        "back": question.returns,
        "closed": question.allow_closed,
        "depart": question.departs,
        "way": None,
        "against": None,
        "pick": None,
    }.items():
        state.set_value(name, value)
    if question.risk_aversion is not None:
        state.set_value("aversion", question.risk_aversion)


def _changed(name: str) -> None:
    """Take a change of the question over: routes are numbered anew, and the map goes there."""
    for other in ("way", "against", "pick"):
        state.set_value(other, None)
    shown = st.session_state[f"piste_widget_{name}"]
    state.set_value(name, tuple(shown) if isinstance(shown, list) else shown or "")


def _place(name: str, label: str, stops: tuple[Stop, ...], faults: list[Fault]) -> None:
    ties = state.widget(name, show=lambda phrase: phrase or None)
    st.selectbox(
        label,
        options=_options(state.values()[name]),
        index=None,
        placeholder=_("a town, a phrase or lon,lat"),
        accept_new_options=True,
        key=ties["key"],
        on_change=_changed,
        args=(name,),
    )
    _told(name, stops, faults)


def _options(chosen: str) -> list[str]:
    towns = list(cache.facts().towns)
    return towns if not chosen or chosen in towns else [chosen, *towns]


def _told(name: str, stops: tuple[Stop, ...], faults: list[Fault]) -> None:
    """Say as what a place was understood, or why it was not."""
    wrong = [fault for fault in faults if fault.column == _COLUMNS[name]]
    parts = [markup.p(str(fault.message), "doubt") for fault in wrong]
    parts += [markup.p(_understood(stop), "meta") for stop in stops]
    if parts:
        st.html(f'<div class="piste-file piste-understood">{"".join(parts)}</div>')


def _understood(stop: Stop) -> str:
    axis = cache.atlas().axes[stop.axis_id]
    road = axis.ref or named(axis)
    if stop.unmapped_m:
        return _(
            "→ {name}, {km:.1f} km from {road} at {pk}. {why}", name=stop.name,
            km=stop.unmapped_m / 1_000, road=road, pk=stop.pk, why=stop.explanation,
        )  # fmt: skip
    return _("→ {name}: {road}, {pk}. {why}", name=stop.name, road=road, pk=stop.pk,
             why=stop.explanation)  # fmt: skip


def draw(stops: tuple[Stop, ...], faults: list[Fault]) -> None:
    """Draw the question.

    Parameters
    ----------
    stops
        As what its places were understood, in the order of the journey; none while it is not whole.
    faults
        What is wrong with it.
    """
    values = state.values()
    one_way = stops[: len(values["via"]) + 2]
    _place("origin", _("From"), one_way[:1], faults)
    ties = state.widget("via")
    _place("dest", _("To"), one_way[-1:], faults)
    st.multiselect(
        _("Via"),
        options=list(dict.fromkeys([*values["via"], *cache.facts().towns])),
        placeholder=_("in the order of the journey"),
        accept_new_options=True,
        key=ties["key"],
        on_change=_changed,
        args=("via",),
    )
    _told("via", one_way[1:-1], faults)
    left, right = st.columns(2)
    left.selectbox(
        _("Vehicle"),
        options=list(cache.facts().vehicles),
        format_func=lambda name: str(_VEHICLES.get(name, name)),
        **state.widget("vehicle"),
    )
    right.time_input(
        _("Leaves, local time"),
        step=900,
        help=_("Empty: as the policy says, usually at sunrise."),
        **state.widget("depart"),
    )
    left, right = st.columns(2)
    left.checkbox(_("With an escort"), **state.widget("escort"))
    right.checkbox(_("And back"), **state.widget("back"))
    st.checkbox(
        _("Use roads that are reported closed"),
        help=_("They are left out otherwise. Routes that use them say so."),
        **state.widget("closed"),
    )
    st.slider(
        _("Risk aversion"),
        min_value=0.0,
        max_value=1.0,
        step=0.1,
        help=_("0 looks at time alone, 1 at exposure alone. It chooses among the routes below."),
        **state.widget("aversion"),
    )
    for fault in faults:
        if fault.column not in _COLUMNS.values():
            st.error(markup.plain(str(fault.message)))
