"""What a reader sees when something of ours breaks: what is safe to say, and what to do."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from geo.i18n import gettext as _

_LOG = logging.getLogger("piste")


def show(error: Exception) -> bool:
    """Log an error under a code and show the code instead of Streamlit's own box.

    Returns
    -------
    bool
        Always true: the error was shown.
    """
    code = secrets.token_hex(3).upper()
    _LOG.error("error %s", code, exc_info=error)
    st.error(
        _(
            "Something went wrong here (code {code}); nothing was changed. Reload the page. If it "
            "happens again, reset the filters and tell whoever runs this server the code: its log "
            "holds the details.",
            code=code,
        )
    )
    return True
