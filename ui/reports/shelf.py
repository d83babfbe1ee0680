"""The queue of what waits, and the library with its search."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.review.records import Dossier
from geo.review.searching import Found, Query, search
from ui import cache, markup
from ui.markup import escape
from ui.reports import naming, session

_SHOWN = 50


def queue() -> None:
    """Draw the reports with drafts that nobody has decided on, those that wait longest first."""
    waiting = [one for one in reversed(cache.dossiers().values()) if one.waiting]
    if not waiting:
        text = _("Nothing waits. Add a report, and its drafts wait here until somebody decides.")
        markup.show(markup.p(text, "empty"))
        return
    for one in waiting:
        _row(Found(one))


def library() -> None:
    """Draw the search and what it finds."""
    first, second = st.columns([2, 1, 1]), st.columns(3)
    words = first[0].text_input(_("Words"), key="piste_search_words", max_chars=200)
    place = first[1].text_input(_("Place, in any spelling"), key="piste_search_place", max_chars=80)
    publisher = first[2].text_input(_("Publisher"), key="piste_search_publisher", max_chars=80)
    topic = second[0].text_input(_("Topic or country"), key="piste_search_topic", max_chars=80)
    start = second[1].date_input(_("From"), value=None, key="piste_search_from", **_DAYS)
    end = second[2].date_input(_("To"), value=None, key="piste_search_to", **_DAYS)
    query = Query(
        words, place, start if isinstance(start, date) else None,
        end if isinstance(end, date) else None, topic, publisher,
    )  # fmt: skip
    found = search([*cache.dossiers().values()], query, cache.atlas())
    st.caption(ngettext("{n} report", "{n} reports", len(found), n=len(found)))
    for hit in found[:_SHOWN]:
        _row(hit)
    if len(found) > _SHOWN:
        st.caption(_("… and {n} more: narrow the search.", n=len(found) - _SHOWN))


_DAYS: dict[str, Any] = {
    "min_value": date(1990, 1, 1), "max_value": date(2100, 12, 31), "format": "YYYY-MM-DD"
}  # fmt: skip


def _row(hit: Found) -> None:
    one, source = hit.dossier, hit.dossier.source
    with st.container(border=True):
        left, right = st.columns([5, 1.2], vertical_alignment="center")
        parts = [
            source.publisher or _("publisher not given"),
            source.published or _("day of publication not given"),
            _("rated {code}", code=source.reliability + source.credibility)
            if source.reliability or source.credibility
            else "",
            ", ".join((*source.locations, *source.topics)),
        ]
        name = naming.report(one)
        with left:
            markup.show(
                f"<h3>{escape(name)}</h3>",
                markup.p(" · ".join(filter(None, parts)), "meta"),
                markup.p(hit.excerpt),
                markup.p(_state(one), "doubt" if one.waiting else "meta"),
            )
        right.button(
            _("Review") if one.waiting else _("Open"),
            key=f"piste_open_report_{one.report_id}",
            type="primary" if one.waiting else "secondary",
            width="stretch",
            on_click=session.open_report,
            args=(one.report_id,),
        )


def _state(one: Dossier) -> str:
    waiting, total = len(one.waiting), len(one.standings)
    if not total:
        return _("Nothing in it for the ledger")
    if not waiting:
        return _("All {total} drafts decided", total=total)
    return ngettext(
        "{n} of {total} drafts waits", "{n} of {total} drafts wait", waiting, n=waiting, total=total
    )
