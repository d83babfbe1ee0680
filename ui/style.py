"""The look that Streamlit's theme has no setting for."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_CSS = Path(__file__).with_name("style.css")


def apply() -> None:
    """Add the style sheet to the page."""
    st.html(_CSS)
    # Dialogs and popovers lie outside of the part of the page that knows its theme.
    st.html(f"<style>:root {{ color-scheme: {theme()}; }}</style>")


def theme() -> str:
    """Return ``"dark"`` or ``"light"``, whichever the reader's browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"
