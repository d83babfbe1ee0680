"""The road page's upper half: which road, its strip map, its statements over time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from geo import words
from geo.atlas import Atlas
from geo.exchange.geojson import write_features
from geo.i18n import gettext as _
from geo.records import Category, InputError
from geo.roads import strip, timeline
from geo.roads.axes import Axis
from geo.roads.features import road_features
from geo.roads.laying import way
from geo.roads.strip import Strip
from maps import strip as strips
from maps import timeline as timelines
from maps.palette import CATEGORY_SYMBOLS
from maps.payload import View
from ui import cache, drawing, state
from ui import picture as picture_of

if TYPE_CHECKING:
    from maps.cartography import StripMap, Timeline

_SHOWN = "piste_road_shown"
Leg = tuple[str, float, float]


def road_name(view: View, axis_id: str) -> str:
    """Return a road as it is called."""
    axis = view.snapshot.atlas.axes[axis_id]
    return " · ".join(filter(None, [axis.ref, axis.name]))


def said(view: View, shown: Strip) -> dict[str, str]:
    """Return what each incident's symbol says."""
    rows = view.snapshot.incidents.loc[shown.incidents.index]
    return {
        str(row.Index): " · ".join(
            filter(
                None,
                [
                    words.when(row),
                    str(CATEGORY_SYMBOLS[Category(row.category)].label),
                    words.where(row),
                ],
            )
        )
        for row in rows.itertuples()
    }


def _sentence(shown: Strip) -> str:
    """Return in words what the strip shows, for those who do not see it."""
    held = shown.status[shown.status["controlled_by"].map(len) > 0]
    taxed = shown.status[shown.status["taxed_by"].map(len) > 0]
    unknown = shown.status[shown.status["passage"] == "unknown"]

    def km(rows: pd.DataFrame) -> float:
        return float((rows["measure_to_m"] - rows["measure_from_m"]).sum()) / 1000

    return _(
        "{length:,.0f} km; {controlled:,.0f} km under a live claim of control, "
        "{taxed:,.0f} km of taxation, {unknown:,.0f} km of which nobody says whether one passes; "
        "{count} incidents in the period.",
        length=(shown.to_m - shown.from_m) / 1000,
        controlled=km(held),
        taxed=km(taxed),
        unknown=km(unknown),
        count=len(shown.incidents),
    )


def _choose(changed: Callable[[], None], axes: Mapping[str, Axis]) -> None:
    """Take the chosen road over and pick all of it, so that map and file show it."""
    changed()
    state.set_value("start", None)
    state.set_value("end", None)
    axis = axes[state.values()["axis"]]
    _pick(axis.axis_id, axis.start_m, axis.end_m)


def _choose_town(changed: Callable[[], None], atlas: Atlas) -> None:
    """Take a chosen town over; once there are two, pick the longest road of the way."""
    changed()
    legs, _faults = _between(state.values(), atlas)
    if legs:
        _pick(*_longest(legs))


def _longest(legs: list[Leg]) -> Leg:
    return max(legs, key=lambda leg: abs(leg[2] - leg[1]))


def _pick(axis_id: str, from_m: float, to_m: float) -> None:
    low, high = sorted((from_m, to_m))
    state.pick(f"road:{axis_id}:{low:.0f}:{high:.0f}", focus=True)


def _open(values: Mapping[str, Any], legs: list[Leg]) -> None:
    """Let map and file begin with the road that is shown, unless a reader looks elsewhere."""
    shown = repr(legs)
    if st.session_state.get(_SHOWN) != shown:
        st.session_state[_SHOWN] = shown
        if values["pick"] is None and values["at"] is None:
            _pick(*_longest(legs))


def _between(values: Mapping[str, Any], atlas: Atlas) -> tuple[list[Leg], list[str]]:
    """Return the parts of roads between the two chosen towns, and why there are none."""
    if not (values["start"] and values["end"]):
        return [], []
    try:
        legs = way(atlas, values["start"], values["end"])
    except InputError as error:
        return [], [str(fault.message) for fault in error.faults]
    return list(legs), []


def _picture(svg: str, key: str, values: dict[str, Any]) -> None:
    """Show a drawing and take what is picked on it over to the map and the file."""
    digest = hashlib.sha256(svg.encode()).hexdigest()[:16]
    picked = drawing.draw(svg, key=key, digest=digest, picked=values["pick"])
    if picked and picked != values["pick"]:
        state.pick(picked, focus=True)
        st.rerun()  # The drawings above and below mark it too.


def draw(values: dict[str, Any], view: View) -> list[Leg]:
    """Draw the choice of a road, or of the way between two towns, and its strip map.

    Parameters
    ----------
    values
        The session's view.
    view
        What the map shows for it.

    Returns
    -------
    list of (axis_id, from_m, to_m)
        The parts of roads that are shown.
    """
    atlas = view.snapshot.atlas
    axes = atlas.axes
    legs, faults = _between(values, atlas)
    if legs:  # The road that is named is one of those shown.
        values["axis"] = _longest(legs)[0]
    ties = state.widget("axis")
    left, middle, right = st.columns([2, 1, 1])
    left.selectbox(
        _("Road"),
        options=list(axes),
        format_func=lambda axis_id: road_name(view, axis_id),
        key=ties["key"],
        on_change=_choose,
        args=(ties["on_change"], axes),
    )
    for name, label, column in (("start", _("or from"), middle), ("end", _("to"), right)):
        ties = state.widget(name)
        column.selectbox(
            label,
            options=cache.facts().towns,
            index=None,
            placeholder=_("any town on a road"),
            key=ties["key"],
            on_change=_choose_town,
            args=(ties["on_change"], atlas),
        )
    for fault in faults:
        st.warning(fault)
    axis = axes[values["axis"]]
    legs = legs or [(axis.axis_id, axis.start_m, axis.end_m)]
    _open(values, legs)
    for number, (axis_id, start_m, end_m) in enumerate(legs):
        low, high = sorted((start_m, end_m))
        shown = strip.build(view.snapshot, view.status, view.ids, axis_id, from_m=low, to_m=high)
        _strip(values, view, shown, number, backwards=end_m < start_m)
    return legs


def footer(view: View, shown: Strip) -> list[str]:
    """Return what must stand on the strip wherever it goes."""
    shot = view.snapshot
    days = _(
        "{road} · as of {on}, as known on {known}",
        road=road_name(view, shown.axis.axis_id),
        on=shot.on,
        known=shot.known_on,
    )
    if shown.axis.estimated:
        days += " · " + _("some distances are estimated")
    reported = _("Reported incidents and statements only: what nobody reported is not here.")
    return [days, reported, words.clauses(shot.atlas.credits)]


def _strip(
    values: dict[str, Any], view: View, shown: Strip, number: int, *, backwards: bool
) -> None:
    road = road_name(view, shown.axis.axis_id)
    st.caption(_("{road}: {text}", road=road, text=_sentence(shown)))
    st.caption(
        _(
            "Symbols, bands and lines as in the map's legend; hollow symbols lie anywhere along "
            "their line. IED density: reported in the period, per km of this road, smoothed over "
            "{km:.0f} km either way.",
            km=shown.bandwidth_m / 1000,
        )
    )
    picture = strips.svg(shown, said(view, shown), footer(view, shown), backwards=backwards)
    _picture(picture, f"piste_strip_{number}", values)
    left, right, rest = st.columns([1, 1, 2])
    with rest:
        picture_of.offer(
            partial(_strip_on_paper, shown, backwards=backwards),
            view.snapshot,
            title=road,
            key=f"piste_strip_{number}",
        )
    right.download_button(
        _("Download its status (GeoJSON)"),
        data=lambda: write_features(
            road_features(shown.status, view.snapshot.atlas), view.snapshot.atlas.credits
        ).encode(),
        file_name=f"piste-status-{shown.axis.axis_id}-{values['on']:%Y%m%d}.geojson",
        mime="application/geo+json",
        on_click="ignore",
        key=f"piste_status_file_{number}",
        width="stretch",
    )
    left.download_button(
        _("Download the strip (SVG)"),
        data=picture,
        file_name=f"piste-{shown.axis.axis_id}-{values['on']:%Y%m%d}.svg",
        mime="image/svg+xml",
        on_click="ignore",
        key=f"piste_strip_file_{number}",
        width="stretch",
    )


def history(values: dict[str, Any], view: View, legs: list[Leg]) -> None:
    """Draw the statements about what `draw` has shown over time."""
    st.subheader(_("What was stated about this road, over time"), anchor=False)
    st.caption(
        _(
            "A bar is one statement, for as long as it is believed; it fades as its confidence "
            "does. Dashed outlines contradict each other. The red line is the as-of date."
        )
    )
    labels = {kind: str(label) for kind, label in words.ASSERTIONS.items()}
    for number, (axis_id, *ends) in enumerate(legs):
        bars = timeline.bars(
            cache.evidence(), axis_id, view.snapshot.known_on, from_m=min(ends), to_m=max(ends)
        )
        st.caption(road_name(view, axis_id))
        picture = timelines.svg(bars, axis_id, values["on"], labels)
        _picture(picture, f"piste_timeline_{number}", values)
        picture_of.offer(
            partial(_timeline_on_paper, bars, axis_id, values["on"], labels),
            view.snapshot,
            title=road_name(view, axis_id),
            subtitle=_("What was stated, over time"),
            key=f"piste_timeline_{number}",
        )


def _strip_on_paper(shown: Strip, *, backwards: bool) -> StripMap:
    from maps.cartography import StripMap  # noqa: PLC0415 - see ui.picture

    return StripMap(strip=shown, backwards=backwards)


def _timeline_on_paper(
    bars: pd.DataFrame, axis_id: str, on: date, labels: dict[str, str]
) -> Timeline:
    from maps.cartography import Timeline  # noqa: PLC0415 - see ui.picture

    return Timeline(bars=bars, axis_id=axis_id, on=on, labels=labels)
