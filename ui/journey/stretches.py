"""The chosen route, road by road: a strip map and, below it, its stretches, each with its why."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.i18n import gettext as _
from geo.risk.journey.legs import RoadLeg, legs_of
from geo.risk.journey.records import Answer, Route, Stretch
from geo.risk.journey.words import duration, per_10_000
from geo.roads import strip
from maps import journey as journeys
from maps import strip as strips
from maps.payload import View
from ui import drawing, markup, road, state
from ui import picture as paper
from ui.journey import evidence
from ui.markup import escape

if TYPE_CHECKING:
    from maps.cartography import StripMap


def draw(values: dict[str, Any], view: View, answer: Answer, route: Route) -> None:
    """Draw the legs of a route, one below the other."""
    st.subheader(_("Along the way"), anchor=False)
    st.caption(
        _("The strip runs in the direction of travel; numbers are those of the table below it. "
          "Open a row for the rules that fired and their evidence. Times are UTC.")
    )  # fmt: skip
    legs = legs_of(route)
    for number, leg in enumerate(legs, start=1):
        title = leg.road or _("Off the known roads")
        if len(legs) > 1:
            title = _("Leg {n} of {all}: {road}", n=number, all=len(legs), road=title)
        st.markdown(f"**{markup.plain(title)}**")
        if leg.axis_id:
            _strip(values, view, leg, number)
        _table(leg, route, answer)


def _strip(values: dict[str, Any], view: View, leg: RoadLeg, number: int) -> None:
    low, high = sorted((leg.from_m, leg.to_m))
    shown = strip.build(view.snapshot, view.status, view.ids, leg.axis_id, from_m=low, to_m=high)
    picture = strips.svg(
        shown, road.said(view, shown), judged=journeys.judged(leg), backwards=not leg.ascends
    )
    digest = hashlib.sha256(picture.encode()).hexdigest()[:16]
    key = f"piste_route_strip_{number}"
    picked = drawing.draw(picture, key=key, digest=digest, picked=values["pick"])
    _offer(view, shown, leg, key)
    if picked and picked != values["pick"]:
        state.pick(picked, focus=True)
        st.rerun()


def _offer(view: View, shown: strip.Strip, leg: RoadLeg, key: str) -> None:
    def make() -> StripMap:
        from maps.cartography import StripMap  # noqa: PLC0415 - see ui.picture

        judged = tuple(journeys.judged(leg))
        return StripMap(strip=shown, judged=judged, backwards=not leg.ascends)

    title = _("{road}: {start} → {end}", road=leg.road, start=leg.stretches[0].near_from,
              end=leg.stretches[-1].near_to)  # fmt: skip
    paper.offer(make, view.snapshot, title=title, key=key)


def _table(leg: RoadLeg, route: Route, answer: Answer) -> None:
    heads = [
        "", _("Where"), _("km"), _("Enters"), _("Driving"), _("Verdict"), _("Rules"),
        _("Incidents in 10,000 journeys"),
    ]  # fmt: skip
    head = "".join(f"<span>{escape(text)}</span>" for text in heads)
    rows = "".join(_row(stretch, route, answer) for stretch in leg.stretches)
    st.html(
        f'<div class="piste-file piste-stretches"><div class="piste-row head">{head}</div>'
        f"{rows}</div>"
    )


def _row(stretch: Stretch, route: Route, answer: Answer) -> str:
    where = f"{stretch.near_from} → {stretch.near_to}"
    pks = f"{stretch.pk_from} – {stretch.pk_to}" if stretch.axis_id else ""
    if stretch.axis_id:
        km = _("{first:,.0f}–{last:,.0f}", first=stretch.km_from, last=stretch.km_to)
    else:
        km = _("{km:.1f} straight", km=stretch.unmapped_km)
    dark = " " + markup.tag(_("dark")) if stretch.dark else ""
    rules = ", ".join(fired.rule_id for fired in stretch.fired) or "–"
    cells = [
        f'<span class="n">{stretch.number}</span>',
        f'<span>{escape(where)}<br><span class="meta">{escape(pks)}</span></span>',
        f"<span>{escape(km)}</span>",
        f"<span>{stretch.enters:%H:%M}{dark}</span>",
        f"<span>{escape(str(duration(stretch.hours)))}</span>",
        f"<span>{evidence.chip(stretch.verdict)}</span>",
        f"<span>{escape(rules)}</span>",
        f"<span>{escape(_exposure(stretch))}</span>",
    ]
    return (
        f'<details data-stretch="{stretch.number}"><summary class="piste-row">{"".join(cells)}'
        f'</summary><div class="why">{evidence.why(stretch, route, answer)}</div></details>'
    )


def _exposure(stretch: Stretch) -> str:
    exposure = stretch.exposure
    if exposure is None:
        return _("not known")
    return _(
        "{expected} ({low} to {high})", expected=per_10_000(exposure.expected),
        low=per_10_000(exposure.low), high=per_10_000(exposure.high),
    )  # fmt: skip
