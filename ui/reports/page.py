"""The page of reports as a whole."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.i18n import Message, message
from geo.i18n import gettext as _
from ui import cache, markup, state
from ui.reports import adding, desk, session, shelf

_VIEWS: dict[str, Message] = {
    "queue": message("What waits"),
    "library": message("Library"),
    "add": message("Add a report"),
}


def draw(values: dict[str, Any]) -> None:
    """Draw the page.

    Parameters
    ----------
    values
        The session's view (:func:`ui.state.values`).
    """
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with right:
        by = session.reviewer(_("Your name, kept with what you decide"))
    said = session.said()
    if said:
        # Not above the page, which would move the buttons from under the hand that works.
        st.toast(markup.plain(said), icon=":material/check_circle:", duration="long")
    dossier = None
    if values["report"] is not None:
        dossier = cache.dossiers().get(values["report"])
        if dossier is None:
            st.warning(_("There is no report {number}.", number=values["report"]))
    with left:
        if dossier is None:
            _choose()
        else:
            desk.head(dossier)
    if not by:
        st.info(
            _("Give your name to take reports in, correct drafts and decide."),
            icon=":material/badge:",
        )
    if dossier is not None:
        desk.draw(dossier, by)
    elif values["reports"] == "library":
        shelf.library()
    elif values["reports"] == "add":
        adding.draw(by)
    else:
        shelf.queue()
    session.remember(by)


def _choose() -> None:
    waiting = sum(len(one.waiting) for one in cache.dossiers().values())

    def shown(name: str) -> str:
        told = str(_VIEWS[name])
        return _("{view} ({n})", view=told, n=waiting) if name == "queue" and waiting else told

    st.segmented_control(
        _("Show"),
        options=list(_VIEWS),
        format_func=shown,
        label_visibility="collapsed",
        required=True,
        **state.widget("reports", of=lambda name: name or "queue", words=waiting),
    )
