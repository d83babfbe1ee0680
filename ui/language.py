"""Which language a session reads: the address first, then the browser, then English."""

from __future__ import annotations

import streamlit as st

from geo import i18n


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


def early(text: str) -> str:
    """Translate before the address was read (which needs the ledger): by the browser alone."""
    activate(None)
    return i18n.gettext(text)
