"""Decide on all drafts of a report at once: what is clear is ticked, the rest says why not."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.records import InputError
from geo.review.accepting import Decision, Plan, accept
from geo.review.proposing import Proposal, propose
from geo.review.records import Dossier, DraftKind
from geo.review.weighing import Fate
from ui import cache
from ui.reports import deciding, session
from ui.reports import weighed as weighed_words
from ui.reports.naming import incidents, label

#: What the panel is opened and its decisions are recorded by.
OPEN, RECORD = "Alt+A", "Alt+S"
_PROPOSED = "piste_together_proposed"
#: Two lines: a doubt is a sentence.
_ROW_PX = 52
_COLUMNS = ("tick", "draft", "becomes", "doubts")


def offer(dossier: Dossier, by: str) -> None:
    """Draw the button that opens the panel."""
    if st.button(
        _("Decide on all that wait"), icon=":material/checklist:", shortcut=OPEN, width="stretch",
        key="piste_together", disabled=not by or not dossier.waiting,
    ):  # fmt: skip
        title = _("All drafts that wait")
        st.dialog(title, width="large")(panel)(dossier, by)


def panel(dossier: Dossier, by: str) -> None:
    """Draw every draft that waits with what it would become, and record what is ticked."""
    found, planned = _proposed(dossier)
    about = [fault for fault in planned.faults if not fault.file]
    if about:
        deciding.faults(InputError(about))
    able = [one for one in found if one.decision is not None]
    ticked = []
    if able:
        st.markdown(
            _("Ticked is what is clear: the same incident beyond doubt or none like it, placed, "
              "and without a warning. Tick or untick, then record it all at once.")
        )  # fmt: skip
        ticked = _table(able, planned, dossier, open_=True)
    asked = st.button(
        ngettext("Record {n} draft", "Record {n} drafts", len(ticked), n=len(ticked)),
        type="primary" if ticked else "secondary", icon=":material/done_all:",
        shortcut=RECORD, key="piste_together_record", disabled=not ticked or bool(about),
    )  # fmt: skip
    if asked:
        _record(dossier, ticked, by)
    rest = [one for one in found if one.decision is None]
    if rest:
        head = _("To be decided one by one")
        st.markdown(f"**{head}**")
        _table(rest, planned, dossier, open_=False)


def _proposed(dossier: Dossier) -> tuple[list[Proposal], Plan]:
    """Return what may be done with each draft; a tick does not compare them anew."""
    frames = cache.frames()
    of = (dossier.report_id, dossier.seen, frames.version, cache.atlas().version)
    if st.session_state.get(_PROPOSED, (None,))[0] != of:
        with st.spinner(_("Comparing with the ledger …"), show_time=False):
            found = propose(dossier, frames, cache.candidates(), cache.atlas())
        st.session_state[_PROPOSED] = (of, found)
    return st.session_state[_PROPOSED][1]  # type: ignore[no-any-return]


def _table(
    found: Sequence[Proposal], planned: Plan, dossier: Dossier, *, open_: bool
) -> list[Decision]:
    """Show proposals; return the decisions that are ticked."""
    named = incidents(dossier)
    frame = pd.DataFrame(
        [
            (one.clear, label(one.item, named), _becomes(one, planned),
             " ".join(map(str, one.doubts)))
            for one in found
        ],
        columns=_COLUMNS,
    )  # fmt: skip
    texts = {
        "draft": st.column_config.TextColumn(_("Draft"), width="medium"),
        "becomes": st.column_config.TextColumn(_("What it becomes"), width="large"),
        "doubts": st.column_config.TextColumn(_("Look at this first"), width="large"),
    }
    if not open_:
        st.dataframe(frame[["draft", "doubts"]], hide_index=True, column_config=texts,
                     row_height=_ROW_PX)  # fmt: skip
        return []
    answer = st.data_editor(
        frame,
        hide_index=True,
        disabled=_COLUMNS[1:],
        row_height=_ROW_PX,
        column_config={"tick": st.column_config.CheckboxColumn(_("Record"), width=70), **texts},
        key=f"piste_together_{dossier.report_id}_{dossier.seen}",
    )
    return [
        one.decision
        for one, chosen in zip(found, answer["tick"], strict=True)
        if chosen and one.decision is not None
    ]


def _becomes(one: Proposal, planned: Plan) -> str:
    if one.decision is None:
        return ""
    if one.item.kind is DraftKind.ASSERTION:
        return _("A statement about a road")
    if one.item.kind is DraftKind.LINK:
        return _("A link")
    weighed = planned.weighed.get(one.item.key, ())
    added = sum(each.fate is not Fate.HELD for each in weighed)
    told = (
        _("Merged into {incident}", incident=deciding.incident_named(one.decision.into))
        if one.decision.into
        else _("A new incident")
    )
    parts = [told, ngettext("{n} claim", "{n} claims", added, n=added)]
    if one.decision.take:
        parts.append(_("fills in {parts}", parts=weighed_words.parts(one.decision.take)))
    if left := len(weighed) - added:
        parts.append(ngettext("{n} left out, known already", "{n} left out, known already", left,
                              n=left))  # fmt: skip
    return " · ".join(parts)


def _record(dossier: Dossier, decisions: Sequence[Decision], by: str) -> None:
    try:
        done = accept(cache.library(), dossier, decisions, by, frames=cache.frames())
    except InputError as error:
        deciding.faults(error)
        return
    n = len(done.entities)
    told = ngettext("{n} draft recorded: {ids}.", "{n} drafts recorded: {ids}.", n,
                    n=n, ids=", ".join(dict.fromkeys(done.entities.values())))  # fmt: skip
    left = sum(each.fate is Fate.HELD for all_ in done.weighed.values() for each in all_)
    if left:
        told += " " + ngettext("{n} claim was left out: its publisher had said it already.",
                               "{n} claims were left out: their publisher had said them already.",
                               left, n=left)  # fmt: skip
    session.say(told)
    session.forward(dossier, decisions[-1].key)
    st.rerun()
