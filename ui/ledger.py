"""The ledger page: what was stated about roads, its history, and recording of new statements."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from geo import words
from geo.columns import ASSERTIONS
from geo.i18n import Message, message
from geo.i18n import gettext as _
from geo.records import AssertionKind, InputError
from geo.roads.preview import Preview, preview
from geo.snapshot import Snapshot
from geo.store.assertions import Act, Draft, everything, history, record
from ui import cache, labels, markup
from ui.params import COUNTRIES
from ui.reports import session

_ACTS: dict[Act, Message] = {
    Act.ADD: message("Add a new statement"),
    Act.SUPERSEDE: message("Correct it"),
    Act.CONFIRM: message("Confirm it by another source"),
    Act.CONTRADICT: message("Contradict it by another source"),
    Act.RETRACT: message("Withdraw it"),
}
#: Columns that a form asks for; the rest follows from them.
_FIELDS = (
    "country", "axis_from", "axis_to", "road", "kind", "actor", "affected", "amount_text",
    "valid_from", "valid_to", "date_precision", "stated_by", "publisher", "published_on", "url",
    "summary", "reliability", "credibility",
)  # fmt: skip
_ABOUT_STRETCH = ("country", "axis_from", "axis_to", "road")
_EVENTS: dict[str, Message] = {
    "added": message("Added"),
    "superseded": message("Corrected"),
    "retracted": message("Withdrawn"),
    "confirms": message("Confirmed"),
    "contradicts": message("Contradicted"),
}
_DRAFT = "piste_draft"
_RECORDED = "piste_recorded"
_SAID = "piste_recorded_said"
_COLUMNS = 3


def _table(snapshot: Snapshot) -> str | None:
    """List the statements known; return the one that is chosen."""
    st.subheader(_("Statements about roads"), anchor=False)
    said = st.empty()
    if st.toggle(_("Also those withdrawn or not yet begun"), key="piste_all_statements"):
        lines = everything(cache.frames().assertions)
        said.caption(_("All {n:,} statements of the ledger, as last recorded.", n=len(lines)))
    else:
        lines = snapshot.assertions.assign(withdrawn=False)
        said.caption(
            _(
                "{n:,} statements that began by {on} or have no date, as known on {known}. "
                "Choose one for its history, or to act on it.",
                n=len(lines),
                on=snapshot.on,
                known=snapshot.known_on,
            )
        )
    lines = lines.sort_values("valid_from", ascending=False)
    shown = pd.DataFrame(
        {
            _("Id"): lines["assertion_id"],
            _("Stretch"): lines["axis_from"] + "–" + lines["axis_to"],
            _("States"): [words.word(words.ASSERTIONS, kind) for kind in lines["kind"]],
            _("By or about"): [words.actors(names) for names in lines["actor"]],
            _("Concerns"): [words.concerned(whom) for whom in lines["affected"]],
            _("Since"): lines["valid_from"],
            _("Until"): lines["valid_to"],
            _("Stated by"): lines["stated_by"],
            _("Known from"): lines["known_on"],
            _("Assumed"): lines["known_assumed"],
            _("In one sentence"): lines["summary"],
            **({_("Withdrawn"): lines["withdrawn"]} if lines["withdrawn"].any() else {}),
        }
    )
    days = st.column_config.DateColumn(format="YYYY-MM-DD")
    answer = st.dataframe(
        shown,
        hide_index=True,
        height=330,
        on_select="rerun",
        selection_mode="single-row",
        placeholder="–",
        # Rows are chosen by number: where the lines differ, nothing is chosen.
        key=f"piste_assertions_{hash(tuple(lines['assertion_id']))}",
        column_config={_("Since"): days, _("Until"): days, _("Known from"): days},
    )
    rows = answer["selection"]["rows"]
    return str(lines["assertion_id"].iloc[rows[0]]) if rows else None


def _history(assertion_id: str) -> None:
    st.subheader(_("History of {id}", id=assertion_id), anchor=False)
    lines = history(cache.ledger(), assertion_id)
    st.dataframe(
        pd.DataFrame(
            {
                _("What happened"): [words.word(_EVENTS, event) for event in lines["event"]],
                _("Id"): lines["assertion_id"].to_numpy(),
                _("Recorded by"): lines["recorded_by"].to_numpy(),
                _("Recorded at (UTC)"): lines["recorded_at"].to_numpy(),
                _("Known from"): lines["known_on"].to_numpy(),
                _("States"): [words.word(words.ASSERTIONS, kind) for kind in lines["kind"]],
                _("Stated by"): lines["stated_by"].to_numpy(),
                _("In one sentence"): lines["summary"].to_numpy(),
            }
        ),
        hide_index=True,
        column_config={
            _("Known from"): st.column_config.DateColumn(format="YYYY-MM-DD"),
            _("Recorded at (UTC)"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm"),
        },
    )


def _field(name: str, column: Any, form: str) -> str:
    label, key = labels.label(name), f"{form}_{name}"
    choices = {
        "country": [*COUNTRIES],
        "kind": [str(kind) for kind in AssertionKind],
        **{c.name: list(c.allowed) for c in ASSERTIONS if c.allowed and c.name != "kind"},
    }
    if name not in choices:
        return str(column.text_input(label, key=key, max_chars=600))
    shown = {"kind": words.ASSERTIONS, "country": words.COUNTRIES}.get(name, words.DATE_PRECISIONS)
    return str(
        column.selectbox(
            label,
            options=["", *choices[name]],
            format_func=lambda code: words.word(shown, code) if code else "–",
            key=key,
        )
    )


def _draft(chosen: str | None) -> Draft | None:
    """Ask what to record; return it once the reader has asked to see what it would do."""
    acts = [Act.ADD] if chosen is None else list(Act)
    act = st.segmented_control(
        _("What to do"),
        options=acts,
        default=acts[0],
        format_func=lambda code: str(_ACTS[code]),
        key=f"piste_act_{chosen is None}",
    )
    if act is None:
        return None
    if act is Act.RETRACT:
        names: tuple[str, ...] = ("summary",)
    elif act in {Act.CONFIRM, Act.CONTRADICT}:
        names = tuple(name for name in _FIELDS if name not in _ABOUT_STRETCH)
    else:
        names = _FIELDS
    if act is Act.SUPERSEDE:
        st.caption(_("Fill in only what changes."))
    # What was typed belongs to one act on one statement, and is done with once it is recorded.
    form = f"piste_draft_{st.session_state.get(_RECORDED, 0)}_{chosen}_{act}"
    with st.form(form, border=True):
        cells = {}
        # Row by row, so that the order stays where a narrow screen stacks the columns.
        for first in range(0, len(names), _COLUMNS):
            row = zip(names[first : first + _COLUMNS], st.columns(_COLUMNS), strict=False)
            cells |= {name: _field(name, column, form) for name, column in row}
        asked = st.form_submit_button(_("See what it would change"))
    if asked:
        typed = {name: text for name, text in cells.items() if text}
        draft = Draft(act, typed, "" if act is Act.ADD else str(chosen))
        st.session_state[_DRAFT] = (form, draft)
    of, draft = st.session_state.get(_DRAFT, (None, None))
    return draft if of == form else None


def effect(seen: Preview, on: date) -> None:
    """Say what recording a statement would change on a day."""
    for note in seen.notes:
        st.warning(str(note))
    st.caption(_("On {day}, if it is recorded:", day=on))
    for sentence in seen.changes["sentence"]:
        st.markdown(f"- {markup.plain(str(sentence))}")
    if seen.changes.empty:
        none = _("No stretch gets another status.")
        st.markdown(f"- {markup.plain(none)}")


def draw(snapshot: Snapshot) -> None:
    """Draw the statements, the history of one, and the form to record another.

    Parameters
    ----------
    snapshot
        What was known on the frame's days.
    """
    chosen = _table(snapshot)
    if chosen:
        _history(chosen)
    st.subheader(_("Record"), anchor=False)
    st.caption(_("A line is only ever added: the old one stays, with who recorded it and when."))
    if said := st.session_state.pop(_SAID, None):
        st.success(said)
    draft = _draft(chosen)
    if draft is None:
        return
    try:
        seen = preview(snapshot, draft, laying=cache.laying())
    except InputError as error:
        labels.faults(error)
        return
    effect(seen, snapshot.on)
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    who = left.text_input(
        labels.label("recorded_by"), value=session.worker(), key="piste_recorded_by", max_chars=120
    )
    if right.button(_("Record it"), type="primary", width="stretch"):
        try:
            number = record(cache.ledger(), draft, who)
        except InputError as error:
            labels.faults(error)
            return
        st.session_state[_RECORDED] = st.session_state.get(_RECORDED, 0) + 1
        st.session_state[_SAID] = _("Recorded as line {number}.", number=number)
        st.rerun()  # The list, its history and an empty form.
