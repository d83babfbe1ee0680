"""What a session knows of the reports: who works, which draft is open, what was just said."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from geo.columns import UNWRITABLE
from geo.i18n import gettext as _
from geo.review.records import Dossier, State
from ui import state

_DRAFT = "piste_report_draft"
_SAID = "piste_report_said"
_BEGUN = "piste_report_begun"
_BY = "piste_reviewer"
_NAME_MAX = 120
_COOKIE = "piste_name"
#: A year; it is renewed with every use.
_KEPT_S = 365 * 24 * 3600

# The name stays in the reader's browser and goes to no server but this one; no address holds it.
_JS = """
export default function (component) {
  const { name, cookie, age } = component.data;
  const kept = name ? age : 0;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie =
    `${cookie}=${encodeURIComponent(name)}; Max-Age=${kept}; Path=/; SameSite=Strict${secure}`;
}
"""
ICONS = {
    State.WAITING: ":material/schedule:",
    State.ACCEPTED: ":material/check_circle:",
    State.MERGED: ":material/merge:",
    State.REJECTED: ":material/block:",
}


def reviewer(label: str) -> str:
    """Ask who works; the answer holds on every page, and in this browser until it is emptied."""
    name = st.text_input(
        label, value=worker(), key="piste_reviewer_typed", max_chars=_NAME_MAX,
        help=_("Kept in a cookie of this browser for a year. Empty the field to forget it."),
    )  # fmt: skip
    st.session_state[_BY] = name.strip()
    return name.strip()


def worker() -> str:
    """Return who works: as said in this session, else as this browser remembers; or nobody."""
    if _BY in st.session_state:
        return str(st.session_state[_BY])
    kept = st.context.cookies.get(_COOKIE)
    if not isinstance(kept, str):  # No browser, or one that remembers nobody.
        return ""
    return UNWRITABLE.sub("", unquote(kept)).strip()[:_NAME_MAX]


@st.cache_resource(show_spinner=False)
def _keeper() -> ComponentRenderer:
    return st.components.v2.component("piste_name", html="<span hidden></span>", js=_JS)


def remember(name: str) -> None:
    """Let the browser keep a name for the next visit; an empty one is forgotten."""
    data = {"name": name, "cookie": _COOKIE, "age": _KEPT_S}
    _keeper()(key="piste_name_kept", data=data)


def begun(own: tuple[int, str], now: Any) -> tuple[Any, int]:
    """Return what fields began with, and their number: another one when somebody else changed it.

    Parameters
    ----------
    own
        The report and the draft, empty for what is said of the report.
    now
        As it is in the library.
    """
    kept_: dict[Any, Any] = st.session_state.setdefault(_BEGUN, {})
    first, last, number = kept_.get(own, (now, now, 0))
    if last != now:
        first, last, number = now, now, number + 1
    kept_[own] = (first, last, number)
    return first, number


def kept(own: tuple[int, str], changed: Any) -> None:
    """Say that what the library has now was typed in these fields."""
    first, _last, number = st.session_state[_BEGUN][own]
    st.session_state[_BEGUN][own] = (first, changed, number)


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
