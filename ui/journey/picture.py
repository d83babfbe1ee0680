"""The map of the Route page, and the file of what is picked on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.i18n import gettext as _
from geo.picking import Pick, resolve
from geo.risk.journey.records import Answer, Route, Stretch
from maps import journey as journeys
from maps import selected
from maps.payload import View, build
from ui import desk, mapframe, markup, panels, state, style
from ui import picture as paper
from ui.journey import evidence
from ui.parsing import MOST_VIAS

if TYPE_CHECKING:
    from maps.cartography import AreaMap

KEY = "piste_route_map"


def take(what: str) -> None:
    """Take what was clicked on the map: a part of the question, a route, or something to read."""
    kind, _separator, rest = what.partition(":")
    if kind in {"origin", "dest"}:
        state.set_value(kind, rest)
    elif kind == "via":
        state.set_value("via", (*state.values()["via"], rest)[:MOST_VIAS])
    elif kind == "way":
        state.set_value("way", int(rest))
    else:
        state.set_value("pick", what)
        return
    state.set_value("pick", None)
    if kind != "way":
        state.set_value("way", None)


def draw(view: View, answer: Answer | None, chosen: int, *, focus: bool) -> None:
    """Draw the map.

    Parameters
    ----------
    view
        What the threat map shows.
    answer
        The journey, ``None`` while none is asked for.
    chosen
        Place of the route that is shown in full.
    focus
        Whether the map moves to it, or to what is picked.
    """
    values = state.values()
    pick = resolve(values["pick"], view.snapshot, view.ids) if values["pick"] else None
    payload = build(
        view,
        theme=style.theme(),
        caption=desk.caption(view),
        selected=selected.shape(view.snapshot, pick, focus=focus and pick is not None),
        journey=journeys.section(answer, chosen, focus=focus and pick is None),
    )
    mapframe.show(payload, KEY, asks=True)
    _offer(view, answer, chosen)


def _offer(view: View, answer: Answer | None, chosen: int) -> None:
    """Offer the map as a picture."""

    def make() -> AreaMap:
        from maps.cartography import of_view  # noqa: PLC0415 - see ui.picture

        values = state.values()
        layers = paper.layers_seen(values)
        if answer is None:
            return of_view(view, bounds=paper.bounds_seen(values), layers=layers)
        area = of_view(view, bounds=journeys.bounds_around(answer), layers=layers | {"routes"})
        return replace(area, routes=journeys.frame(answer, max(chosen, 0)))

    title = _("Reported incidents and road status")
    if answer is not None:
        title = _("{start} – {end}", start=answer.stops[0].name, end=answer.stops[-1].name)
    paper.offer(make, view.snapshot, title=title, key="piste_route")


def stretch_of(pick: Pick | None, route: Route | None) -> Stretch | None:
    """Return the stretch of a route that is picked, if one is."""
    if pick is None or route is None or pick.axis_id is None:
        return None
    wanted = state.values()["pick"]
    return next((s for s in route.stretches if journeys.pick_of(s) == wanted), None)


def file(view: View, answer: Answer, route: Route | None) -> None:
    """Draw the file of what is picked: why a stretch has its verdict, or what the map tells."""
    values = state.values()
    pick = resolve(values["pick"], view.snapshot, view.ids)
    stretch = stretch_of(pick, route)
    if pick is None:
        panels.unknown(values["pick"])
    elif stretch is None or route is None:
        panels.draw(view, pick)
    else:
        panels.close()
        title = _("Stretch {n}: {road}", n=stretch.number, road=stretch.road)
        where = f"{stretch.pk_from} – {stretch.pk_to}, {stretch.near_from} → {stretch.near_to}"
        markup.show(
            f"<h3>{markup.escape(title)}</h3>",
            markup.p(where, "meta"),
            evidence.why(stretch, route, answer),
        )
        others(stretch.incident_ids, view)


def others(ids: Sequence[str], view: View) -> None:
    """List the incidents in reach of a stretch as buttons that open their files."""
    known = [i for i in ids if i in view.snapshot.incidents.index]
    if known:
        markup.show(markup.h4(_("Incidents in reach")))
        markup.incidents(view.snapshot, view.snapshot.incidents.index[
            view.snapshot.incidents.index.get_indexer(known)])  # fmt: skip
