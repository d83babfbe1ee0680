"""What a reader may choose on the page of hotspots."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from geo.hotspots.analysis.question import NETWORK
from geo.hotspots.kernels import KERNELS as CORE_KERNELS
from geo.hotspots.kernels import equivalent_bandwidth_m, kernel_named
from geo.i18n import Message, message
from geo.i18n import gettext as _
from ui import state
from ui.params import (
    COUNTED,
    KERNELS,
    PLANE_KM,
    ROAD_KM,
    ROAD_METHODS,
    SHOWN,
    SMOOTHINGS,
    SURFACES,
)

_COUNTED: dict[str, Message] = {
    "ied": message("Explosive devices"),
    "all": message("Every incident"),
}
_SURFACES: dict[str, Message] = {
    "planar": message("On the plane"),
    "network": message("Along roads"),
}
_SMOOTHINGS: dict[str, Message] = {
    "hand": message("By hand"),
    "rule": message("Rule of thumb"),
    "likelihood": message("Likelihood"),
}
_SHOWN: dict[str, Message] = {
    "density": message("Density"),
    "before": message("Change: period before"),
    "year": message("Change: 52 weeks before"),
}
_METHODS: dict[str, Message] = {
    "esd": message("Equal split"),
    "esc": message("Equal split, continuous"),
    "simple": message("Simple"),
}


def _named(words: dict[str, Message]) -> Callable[[str], str]:
    return lambda code: str(words[code])


def _one_of(name: str, options: tuple[str, ...]) -> dict[str, Any]:
    """Return a choice that always has an answer: unticking leaves the first."""
    return {"options": list(options), **state.widget(name, of=lambda code: code or options[0])}


def draw() -> None:
    """Draw the choices into one row."""
    values = state.values()
    roads = values["surface"] == NETWORK
    row = st.container(horizontal=True, vertical_alignment="bottom", key="piste_hotspot_choices")
    row.segmented_control(
        _("Count"),
        format_func=_named(_COUNTED),
        help=_("Besides the filters on the left."),
        **_one_of("count", COUNTED),
    )
    row.segmented_control(
        _("Where"),
        format_func=_named(_SURFACES),
        help=_("Events on roads spread along roads, not across the bush."),
        **_one_of("surface", SURFACES),
    )
    row.selectbox(
        _("Shown"),
        format_func=_named(_SHOWN),
        help=_("Where events are dense, or where their rate changed, with how sure that is."),
        width=210,
        **_one_of("shown", SHOWN),
    )
    row.selectbox(
        _("Kernel"),
        format_func=lambda name: str(CORE_KERNELS[name].label),
        help=_("How one event spreads. The bandwidth follows, so that it spreads as far."),
        width=175,
        **_kernel(),
    )
    offered = tuple(code for code in SMOOTHINGS if not (roads and code == "rule"))
    chosen = values["smoothing"] if values["smoothing"] in offered else offered[0]
    ties = _one_of("smoothing", offered)
    st.session_state[ties["key"]] = chosen
    row.selectbox(
        _("Bandwidth"),
        format_func=_named(_SMOOTHINGS),
        help=_("By likelihood: the bandwidth with which the other places best foretell each one."),
        width=140,
        **ties,
    )
    below = st.container(horizontal=True, vertical_alignment="bottom")
    _slider(below, on_roads=roads, by_hand=chosen == "hand")
    if roads:
        below.selectbox(
            _("At junctions"),
            format_func=_named(_METHODS),
            help=_("How an event spreads where roads meet; see “How to read it”."),
            width=250,
            **_one_of("method", ROAD_METHODS),
        )
    else:
        below.toggle(
            _("Spread what is known by region only"),
            help=_("Over its whole region. Off: left out, and the share left out is said."),
            **state.widget("inregions"),
        )


def _slider(row: Any, *, on_roads: bool, by_hand: bool) -> None:
    low, high, _usual = ROAD_KM if on_roads else PLANE_KM
    row.slider(
        _("Bandwidth, km"),
        min_value=low,
        max_value=high,
        step=0.5 if on_roads else 1.0,
        disabled=not by_hand,
        help=_("How far one event reaches: small shows spots, large shows areas."),
        format="%g",
        width="stretch",
        **state.widget("roadkm" if on_roads else "km"),
    )


def _kernel() -> dict[str, Any]:
    """Tie the kernel; another one takes the bandwidth that smooths the plane as far."""
    ties = _one_of("kernel", KERNELS)
    before = kernel_named(state.values()["kernel"])

    def changed() -> None:
        ties["on_change"]()
        values = state.values()
        wanted = kernel_named(values["kernel"])
        km = equivalent_bandwidth_m(values["km"], before, wanted)
        state.set_value("km", round(min(max(km, PLANE_KM[0]), PLANE_KM[1]), 1))

    return {**ties, "on_change": changed}
