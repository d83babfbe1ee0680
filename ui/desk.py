"""Map and file side by side, in one fragment: a click reads a file without running the page."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from geo.i18n import gettext as _
from geo.picking import resolve
from maps import selected
from maps.payload import View, build
from ui import cache, language, mapframe, markup, panels, params, picture, state, style
from ui.params import BANDWIDTHS_KM, Facts

if TYPE_CHECKING:
    from maps.cartography import AreaMap

_KEY = "piste_map"
_DUE = "piste_next_month_due"
_PLAY_S = 2.0


def caption(view: View) -> list[str]:
    """Return which days a map stands for, and how much of it is not on it."""
    values = state.values()
    shot = view.snapshot
    lines = [_("As of {day}", day=shot.on)]
    if values["known"]:
        lines.append(_("As known on {day}", day=shot.known_on))
    else:
        lines.append(_("By everything in the ledger"))
    unplaced = int(shot.placements.loc[view.ids, "lon"].isna().sum())
    lines.append(
        _(
            "{placed:,} on the map, {unplaced:,} not placed",
            placed=len(view.ids) - unplaced,
            unplaced=unplaced,
        )
    )
    return lines


@st.fragment
def draw(values: dict[str, Any], marked: pd.DataFrame | None = None) -> None:
    """Draw the map and the file of what is picked on it.

    Parameters
    ----------
    values
        The session's view (:func:`ui.state.values`).
    marked
        Stretches to mark besides the pick: ``axis_id``, ``measure_from_m``, ``measure_to_m``.
    """
    if not mapframe.usable():
        return
    language.activate(values["lang"])
    st.session_state[_DUE] = None
    left, right = st.columns([2.5, 1], gap="medium")
    view = cache.view(values)
    with left:
        focus = mapframe.begin(values, _KEY)
        pick = resolve(values["pick"], view.snapshot, view.ids) if values["pick"] else None
        payload = build(
            view,
            theme=style.theme(),
            caption=caption(view),
            selected=selected.shape(view.snapshot, pick, focus=focus),
            marked=[] if marked is None else selected.stretches(view.snapshot, marked),
        )
        mapframe.show(payload, _KEY)
        _below()
        _picture(values, view, marked)
    # A container of its own for every pick, so that a new file begins at its top.
    key, height = f"piste_file_{values['pick']}", mapframe.HEIGHT_PX
    with right, st.container(height=height, border=False, key=key):
        if values["pick"] and pick is None:
            panels.unknown(values["pick"])
        else:
            panels.draw(view, pick)
    state.publish(cache.facts())
    st.session_state[_DUE] = time.monotonic() + _PLAY_S * 0.8


def _picture(values: dict[str, Any], view: View, marked: pd.DataFrame | None) -> None:
    def make() -> AreaMap:
        from maps.cartography import of_view  # noqa: PLC0415 - see ui.picture

        area = of_view(
            view,
            bounds=picture.bounds_seen(values),
            layers=picture.layers_seen(values),
            bandwidth_m=float(values["bw"]) * 1000,
        )
        return area if marked is None else replace(area, marked=marked)

    start, end = params.period(values, cache.facts())
    picture.offer(
        make,
        view.snapshot,
        title=_("Reported incidents and road status"),
        subtitle=_("{start} – {end}", start=start, end=end),
        key="piste_desk",
    )


def _step(months: int, facts: Facts) -> None:
    day = params.months_later(state.values()["on"], months)
    state.set_value("on", min(max(day, facts.earliest), facts.latest))


def _play(facts: Facts) -> None:
    """Step the as-of date by months, by hand or by itself: the front of control moves."""
    back, forward, run = st.columns([1.25, 1.25, 1], vertical_alignment="center")
    earlier = back.button(
        _("Month"),
        icon=":material/chevron_left:",
        on_click=_step,
        args=(-1, facts),
        width="stretch",
        key="piste_month_back",
    )
    later = forward.button(
        _("Month"),
        icon=":material/chevron_right:",
        icon_position="right",
        on_click=_step,
        args=(1, facts),
        width="stretch",
        key="piste_month_forward",
    )
    if earlier or later:
        st.rerun()  # The frame and the figures show the day too.
    if run.toggle(_("Play"), key="piste_play"):
        _tick(facts)


@st.fragment(run_every=_PLAY_S)
def _tick(facts: Facts) -> None:
    """Move on by a month when it is time; a run of the page for another reason is not."""
    due = st.session_state.get(_DUE)
    if due is not None and time.monotonic() >= due and state.values()["on"] < facts.last_day:
        _step(1, facts)
        st.rerun()


def _below() -> None:
    left, middle, right = st.columns([0.9, 1.5, 0.8], gap="medium")
    with middle:
        _play(cache.facts())
    left.select_slider(
        _("Bandwidth of the IED density, km"),
        options=[str(km) for km in BANDWIDTHS_KM],
        help=_("How far one incident spreads. Small shows spots, large shows areas."),
        **state.widget("bw"),
    )
    text = _("Piste shows what was reported. Where nothing is shown, nothing is known.")
    right.html(f'<p class="piste-standing">{markup.escape(text)}</p>')
