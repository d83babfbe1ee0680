"""Where a draft would lie: a small map beside the text, to take away as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo import words
from geo.columns import iso_day
from geo.i18n import gettext as _
from geo.records import InputError
from geo.review.accepting import assertion_cells
from geo.review.records import Dossier, DraftItem
from geo.review.sight import Sight
from geo.roads.laying import lay
from geo.roads.preview import preview
from geo.store.assertions import Act, Draft
from maps import locator
from ui import cache, drawing, labels, ledger, markup, picture, state

if TYPE_CHECKING:
    from maps.cartography import Chart


def place(sight: Sight, other: str | None) -> None:
    """Draw where the ledger would place a draft, beside the incident that it may be."""
    row, atlas = sight.placement.iloc[0], cache.atlas()
    spot = locator.of_placement(row, atlas)
    if spot is None:
        why = str(row["unresolved_reason"])
        markup.show(markup.p(_("Not placed: {why}", why=why), "doubt"))
        return
    held = cache.candidates().placement(other) if other else None
    there = None if held is None else locator.of_placement(held, atlas)
    _map(spot, there)
    spread = _("It may lie up to {km} km from the mark.", km=words.kilometres(row["spread_m"]))
    key = _key() if there else ""
    markup.show(markup.p(key, "meta"), markup.p(str(row["explanation"])), markup.p(spread, "meta"))
    _offer(spot, there, str(row["explanation"]))


def _key() -> str:
    return _("Red: this draft. Blue: the incident of the ledger.")


def _map(spot: locator.Spot, other: locator.Spot | None) -> None:
    svg = locator.svg(spot, cache.atlas(), other)
    drawing.draw(svg, key="piste_locator", digest=str(hash(svg)), picked=None)


def _offer(spot: locator.Spot, other: locator.Spot | None, told: str) -> None:
    """Offer the map as a picture."""

    def make() -> Chart:
        from maps.cartography import Chart  # noqa: PLC0415 - see ui.picture

        draw = partial(locator.drawing, spot, cache.atlas(), other)
        note = " ".join(filter(None, [_key() if other else "", told]))
        return Chart(draw=draw, heading=_("Where, and why there"), note=note)

    title = _("Where the draft would lie")
    picture.offer(make, picture.now(), title=title, key="piste_locator")


def stretch(item: DraftItem, dossier: Dossier, *, waiting: bool) -> None:
    """Draw where a road assertion would lie and, when asked, what it would change."""
    row = pd.DataFrame([{"assertion_id": item.key, **_STRETCH, **item.cells}])
    laid = lay(row, cache.atlas())
    spot = locator.of_stretches(laid.stretches, cache.atlas())
    if spot is None:
        reason = str(laid.unlaid["reason"].iloc[0])
        markup.show(markup.p(_("Not on a known road: {why}", why=reason), "doubt"))
    else:
        _map(spot, None)
        ends = dict.fromkeys((item.cells.get("axis_from", ""), item.cells.get("axis_to", "")))
        _offer(spot, None, "–".join(filter(None, ends)))
    if waiting and st.toggle(_("See what it would change"), key="piste_road_effect"):
        cells = assertion_cells(item, dossier)
        days = _days(cells)
        values = state.values()
        snapshot = cache.snapshot_on(values, *days) if days else cache.view(values).snapshot
        try:
            seen = preview(snapshot, Draft(Act.ADD, cells), laying=cache.laying())
        except InputError as error:
            labels.faults(error)
            return
        ledger.effect(seen, snapshot.on)


def _days(cells: Mapping[str, str]) -> tuple[date, date] | None:
    """Return the day on which a statement has its effect, and the day on which it came out.

    It is shown on the day of its report, unless it only held before or holds from a later day.
    """
    told, since, until = (
        iso_day(cells.get(name, "")) for name in ("published_on", "valid_from", "valid_to")
    )
    out = told or since
    if out is None:
        return None
    apart = since is not None and (since > out or (until is not None and until < out))
    return (since if apart and since else out), out


_STRETCH = dict.fromkeys(("country", "axis_from", "axis_to", "road", "affected"), "")
