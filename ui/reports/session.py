"""What a session knows of the reports: who works, which draft is open, what was just said."""

from __future__ import annotations

import streamlit as st

from geo.review.records import Dossier, State
from ui import state

_DRAFT = "piste_report_draft"
_SAID = "piste_report_said"
_BY = "piste_reviewer"
ICONS = {
    State.WAITING: ":material/schedule:",
    State.ACCEPTED: ":material/check_circle:",
    State.MERGED: ":material/merge:",
    State.REJECTED: ":material/block:",
}


def reviewer(label: str) -> str:
    """Ask who works; the answer holds for the session, whatever page is looked at between."""
    name = st.text_input(
        label, value=st.session_state.get(_BY, ""), key="piste_reviewer_typed", max_chars=120
    )
    st.session_state[_BY] = name.strip()
    return name.strip()


def worker() -> str:
    """Return who said that they work in this session; empty when nobody did."""
    return str(st.session_state.get(_BY, ""))


def open_report(report_id: int | None) -> None:
    """Open a report, or none."""
    state.set_value("report", report_id)
    st.session_state.pop(_DRAFT, None)


def pick(dossier: Dossier, key: str) -> None:
    """Open a draft."""
    st.session_state[_DRAFT] = (dossier.report_id, key)


def picked(dossier: Dossier) -> str:
    """Return the key of the open draft: the first that waits unless another was picked."""
    report_id, key = st.session_state.get(_DRAFT, (None, ""))
    if report_id == dossier.report_id and dossier.standing(key):
        return str(key)
    first = next(iter(dossier.waiting or dossier.standings), None)
    return first.item.key if first else ""


def forward(dossier: Dossier, key: str) -> None:
    """Open the next draft that waits, once one is decided."""
    keys = [one.item.key for one in dossier.standings]
    at = keys.index(key)
    waiting = {one.item.key for one in dossier.waiting} - {key}
    following = next((one for one in keys[at:] + keys[:at] if one in waiting), key)
    pick(dossier, following)


def say(text: str) -> None:
    """Keep a sentence for the next run."""
    st.session_state[_SAID] = text


def said() -> str | None:
    """Return the sentence that was kept, once."""
    return st.session_state.pop(_SAID, None)
