"""Which language a session reads: the address first, then the browser, then English."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import streamlit as st
from babel import Locale
from streamlit.components.v2.types import ComponentRenderer

from geo import i18n
from geo.i18n import gettext as _
from ui import state

_JS = "export default ({ data }) => { document.documentElement.lang = data; }"


def preferred(chosen: str | None) -> str:
    """Return the code of a language that has a catalogue.

    Parameters
    ----------
    chosen
        The address's ``lang``; ``None`` takes the browser's.
    """
    available = i18n.available_languages()
    browser = (st.context.locale or "en").split("-")[0]
    return next((code for code in (chosen, browser) if code in available), "en")


def activate(chosen: str | None) -> None:
    """Translate into the session's language for the rest of this run."""
    i18n.activate(preferred(chosen))


def dialog(title: str, draw: Callable[..., None]) -> Callable[..., None]:
    """Return a wide dialog that keeps the session's language when it runs again by itself."""

    @wraps(draw)
    def spoken(*given: Any) -> None:
        activate(state.values()["lang"])
        draw(*given)

    return st.dialog(title, width="large")(spoken)


def early(text: str) -> str:
    """Translate before the address was read (which needs the ledger): by the browser alone."""
    activate(None)
    return i18n.gettext(text)


def _own_name(code: str) -> str:
    return str(Locale.parse(code).get_display_name(code)).capitalize()


@st.cache_resource(show_spinner=False)
def _mark() -> ComponentRenderer:
    return st.components.v2.component("piste_language", js=_JS)


def choose() -> None:
    """Draw the choice of a language, each by its own name, and tell the browser which it is."""
    st.segmented_control(
        _("Language"),
        options=i18n.available_languages(),
        format_func=_own_name,
        label_visibility="collapsed",
        **state.widget("lang", show=lambda _: i18n.language()),
    )
    # Screen readers and hyphenation go by the page's language, which Streamlit leaves at English.
    _mark()(key="piste_language", data=i18n.language(), height=0)
