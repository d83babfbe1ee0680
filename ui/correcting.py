"""What can be done about an incident of the ledger: correct it, withdraw it, see what was recorded.

Each is a dialog over its file; a line is only ever added.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from geo import words
from geo.i18n import Message, message, ngettext
from geo.i18n import gettext as _
from geo.records import InputError
from geo.review.history import Event, history
from geo.review.records import DraftItem, DraftKind
from geo.store.correcting import cells_of, correct
from geo.store.withdrawing import following, last_line, restore, withdraw
from ui import cache, labels, language, markup, state
from ui.reports import fields, session

_FORM = "piste_correct"
_EVENTS: dict[Event, Message] = {
    Event.ADDED: message("Recorded"),
    Event.CORRECTED: message("Corrected"),
    Event.EARLIER: message("Known from an earlier day"),
    Event.WITHDRAWN: message("Withdrawn"),
    Event.RESTORED: message("Stands again"),
    Event.CLAIM_ADDED: message("Claim added"),
    Event.CLAIM_CORRECTED: message("Claim corrected"),
    Event.CLAIM_EARLIER: message("Claim known from an earlier day"),
    Event.CLAIM_WITHDRAWN: message("Claim withdrawn"),
    Event.CLAIM_HELD: message("Claim left out, its publisher had said it"),
}


def told() -> None:
    """Say that the last correction was recorded, once."""
    if said := session.said():
        st.success(markup.plain(said))


def offer(incident_id: str) -> None:
    """Draw the buttons that open the dialogs."""
    with st.container(horizontal=True, gap="small"):
        for label, icon, title, dialog in (
            (_("Correct it"), "edit", _("Correct {id}", id=incident_id), _form),
            (_("Withdraw it"), "remove_circle", _("Withdraw {id}", id=incident_id), withdrawal),
            (_("History"), "history", _("What was recorded of {id}", id=incident_id), past),
        ):
            _button(label, icon, title, dialog, incident_id)


def _button(
    label: str, icon: str, title: str, dialog: Callable[[str], None], incident_id: str
) -> None:
    key = f"{_FORM}_{icon}_{incident_id}"
    if st.button(label, key=key, icon=f":material/{icon}:", type="tertiary"):
        language.dialog(markup.plain(title), dialog)(incident_id)


def withdrawn(incident_id: str) -> bool:
    """Draw the file of an incident that was withdrawn; return whether it was."""
    last = last_line(cache.frames().incidents, incident_id)
    if last is None or not last["retracted"]:
        return False
    told()
    markup.show(
        f"<h3>{markup.escape(words.where(last))}</h3>",
        markup.p(words.when(last), "meta"),
        markup.p(_("This incident was withdrawn. It counts on no day since {day}.",
                   day=last["known_on"].date()), "doubt"),
        markup.p(last["note"], "meta", lang="en"),
    )  # fmt: skip
    if st.button(_("See it as known the day before"), icon=":material/history_toggle_off:"):
        state.set_value("known", (last["known_on"] - pd.Timedelta(days=1)).date())
        st.rerun()
    with st.container(horizontal=True, gap="small"):
        title = _("Let {id} stand again", id=incident_id)
        _button(_("Let it stand again"), "undo", title, restoring, incident_id)
        title = _("What was recorded of {id}", id=incident_id)
        _button(_("History"), "history", title, past, incident_id)
    return True


def _form(incident_id: str) -> None:
    frames = cache.frames()
    try:
        held = cells_of(frames.incidents, incident_id)
    except InputError as error:
        labels.faults(error)
        return
    st.caption(_("A line is only ever added: the old one stays, with who recorded it and when."))
    form = f"{_FORM}_{incident_id}_{frames.last_line_id}"
    with st.form(form, border=False):
        item = DraftItem(incident_id, DraftKind.INCIDENT, held, (), ())
        cells = fields.record(item, form, {})
        reason, by = _why(_("Why is it corrected?"), form)
        asked = st.form_submit_button(_("Record the correction"), type="primary")
    if asked:
        _done(lambda: correct(cache.ledger(), incident_id, cells, reason, by))


def withdrawal(incident_id: str) -> None:
    """Draw what a withdrawal means and the form that records it."""
    frames = cache.frames()
    gone = following(frames, incident_id)
    st.markdown(
        _("It leaves maps, counts and briefs from today on; on days of knowledge before today it "
          "stays. No line is deleted, and it can be let stand again.")
    )  # fmt: skip
    if gone.claims or gone.links:
        parts = [
            ngettext("{n} claim", "{n} claims", gone.claims, n=gone.claims),
            ngettext("{n} link", "{n} links", gone.links, n=gone.links),
        ]
        told = _("With it go {claims} and {links}.", claims=parts[0], links=parts[1])
        if gone.publishers:
            told += " " + _("Read in: {names}.", names=", ".join(gone.publishers))
        st.markdown(markup.plain(told))
    form = f"{_FORM}_withdraw_{incident_id}_{frames.last_line_id}"
    with st.form(form, border=False):
        reason, by = _why(_("Why is it withdrawn?"), form)
        asked = st.form_submit_button(_("Withdraw the incident"), type="primary")
    if asked:
        _done(lambda: withdraw(cache.ledger(), incident_id, reason, by))


def restoring(incident_id: str) -> None:
    """Draw the form that lets a withdrawn incident stand again."""
    form = f"{_FORM}_restore_{incident_id}_{cache.frames().last_line_id}"
    st.markdown(_("It is known again from today on, with its claims and links."))
    with st.form(form, border=False):
        reason, by = _why(_("Why does it stand again?"), form)
        asked = st.form_submit_button(_("Record it again"), type="primary")
    if asked:
        _done(lambda: restore(cache.ledger(), incident_id, reason, by))


def _why(question: str, form: str) -> tuple[str, str]:
    why, who = st.columns([2, 1])
    reason = why.text_input(question, key=f"{form}_reason", max_chars=1000)
    by = who.text_input(
        labels.label("recorded_by"), value=session.worker(), key=f"{form}_by", max_chars=120
    )
    return str(reason), str(by)


def _done(record: Callable[[], int]) -> None:
    try:
        number = record()
    except InputError as error:
        labels.faults(error)
        return
    session.say(_("Recorded as line {number}.", number=number))
    st.rerun()


def past(incident_id: str) -> None:
    """Draw what was recorded of an incident, line by line."""
    lines = history(cache.ledger(), cache.dossiers().values(), incident_id)
    own = [
        " · ".join(filter(None, [words.word(words.CATEGORIES, row.category), row.place]))
        for row in lines.itertuples()
    ]
    st.dataframe(
        pd.DataFrame(
            {
                _("Recorded at (UTC)"): lines["recorded_at"],
                _("Recorded by"): lines["recorded_by"],
                _("What happened"): [words.word(_EVENTS, event) for event in lines["event"]],
                _("What"): [str(claim) or told for claim, told in
                            zip(lines["claim"], own, strict=True)],
                _("Publisher"): lines["publisher"],
                _("Doubts and details"): lines["note"],
            }
        ),
        hide_index=True,
        column_config={
            _("Recorded at (UTC)"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")
        },
    )  # fmt: skip
