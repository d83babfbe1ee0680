"""Correct an incident of the ledger: a form over the page, and what was recorded of it so far."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo import words
from geo.i18n import gettext as _
from geo.records import InputError
from geo.review.records import DraftItem, DraftKind
from geo.store import LineKind
from geo.store.correcting import cells_of, correct
from ui import cache, markup
from ui.reports import deciding, fields, session

_FORM = "piste_correct"


def told() -> None:
    """Say that the last correction was recorded, once."""
    if said := session.said():
        st.success(markup.plain(said))


def offer(incident_id: str) -> None:
    """Draw the button that opens the form."""
    if st.button(
        _("Correct it"), key=f"{_FORM}_{incident_id}", icon=":material/edit:", type="tertiary"
    ):
        title = _("Correct {id}", id=incident_id)
        st.dialog(markup.plain(title), width="large")(_form)(incident_id)


def _form(incident_id: str) -> None:
    frames = cache.frames()
    try:
        held = cells_of(frames.incidents, incident_id)
    except InputError as error:
        deciding.faults(error)
        return
    st.caption(_("A line is only ever added: the old one stays, with who recorded it and when."))
    form = f"{_FORM}_{incident_id}_{frames.last_line_id}"
    with st.form(form, border=False):
        item = DraftItem(incident_id, DraftKind.INCIDENT, held, (), ())
        cells = fields.record(item, form, {})
        why, who = st.columns([2, 1])
        reason = why.text_input(_("Why is it corrected?"), key=f"{form}_reason", max_chars=1000)
        by = who.text_input(
            fields.label("recorded_by"), value=session.worker(), key=f"{form}_by", max_chars=120
        )
        asked = st.form_submit_button(_("Record the correction"), type="primary")
    if asked:
        try:
            number = correct(cache.ledger(), incident_id, cells, str(reason), str(by))
        except InputError as error:
            deciding.faults(error)
        else:
            session.say(_("Recorded as line {number}.", number=number))
            st.rerun()
    _history(incident_id)


def _history(incident_id: str) -> None:
    lines = cache.ledger().history(LineKind.INCIDENT, [incident_id])
    markup.show(markup.h4(_("What was recorded of it")))
    st.dataframe(
        pd.DataFrame(
            {
                _("Recorded at (UTC)"): lines["recorded_at"].to_numpy(),
                _("Recorded by"): lines["recorded_by"].to_numpy(),
                _("Place"): lines["place"].to_numpy(),
                _("Kind"): [words.word(words.CATEGORIES, code) for code in lines["category"]],
                _("Doubts and details"): lines["note"].to_numpy(),
            }
        ),
        hide_index=True,
        column_config={
            _("Recorded at (UTC)"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")
        },
    )
