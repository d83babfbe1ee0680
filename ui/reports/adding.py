"""Take a report in: pasted or as a file, with whose it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from geo.columns import iso_day
from geo.i18n import gettext as _
from geo.i18n import message
from geo.records import Fault, InputError
from geo.reports.documents.opening import MAX_BYTES, Document, read_bytes
from geo.reports.reading import MAX_CHARACTERS
from geo.review.drafting import draft
from geo.review.library import cleaned
from geo.review.records import Source
from ui import cache, labels, state
from ui.reports import fields, session, sourcing

_TYPES = ["txt", "md", "html", "htm", "docx", "pdf", "eml"]
_FORM = "piste_add_report"


def draw(by: str) -> None:
    """Draw the form; what it takes in is read at once and waits in the queue."""
    with st.form(_FORM, border=False):
        left, right = st.columns([2, 1], gap="medium")
        pasted = left.text_area(
            _("Text of the report, English or French"), height=340, max_chars=MAX_CHARACTERS,
            key=f"{_FORM}_text",
        )  # fmt: skip
        with right:
            uploaded = st.file_uploader(
                _("Or a file"), type=_TYPES, key=f"{_FORM}_file",
                max_upload_size=MAX_BYTES // 10**6,
                help=_("Text, web page, Word, PDF with a text layer, or e-mail, up to 5 MB."),
            )  # fmt: skip
            cells = {"publisher": fields.publisher("", f"{_FORM}_publisher", st)} | {
                name: str(
                    st.text_input(labels.label(name), key=f"{_FORM}_{name}", max_chars=600)
                ).strip()
                for name in ("published", "url")
            }
            letter, figure = sourcing.rating(Source(), _FORM, st.columns(2))
        asked = st.form_submit_button(
            _("Read it"), type="primary", icon=":material/find_in_page:", disabled=not by
        )
    st.caption(
        _(
            "The text stays on this server. Only facts, short quotations and the link leave it. "
            "Without a day of publication, the report’s own is taken."
        )
    )
    if not asked:
        return
    try:
        day = _day(cells["published"])
        document = _document(str(pasted or ""), uploaded)
        with st.spinner(_("Reading …"), show_time=False):
            reading, source = draft(
                document.text, cache.atlas(), day or document.published, document.title
            )
        said = {name: cell for name, cell in cells.items() if cell}
        source = replace(source, **said, reliability=letter, credibility=figure)
        name = "" if uploaded is None else uploaded.name
        added = cache.library().add(document.text, name, reading, source, by)
    except InputError as error:
        labels.faults(error)
        return
    if added.known:
        session.say(_("This text is in the library already."))
    state.set_value("reports", "queue")
    session.open_report(added.report_id)
    st.rerun()


def _day(text: str) -> date | None:
    day = iso_day(text)
    if text and day is None:
        fault = Fault(None, "published", message("Write the day as 2025-02-12."))
        raise InputError([fault])
    return day


def _document(pasted: str, uploaded: object) -> Document:
    if uploaded is not None:
        document = read_bytes(uploaded.getvalue(), uploaded.name)
    elif pasted.strip():
        document = Document(pasted.replace("\r\n", "\n"))
    else:
        text = message("Paste a text or choose a file.")
        raise InputError([Fault(None, None, text)])
    return replace(document, text=cleaned(document.text))
