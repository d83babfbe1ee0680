"""Decide on all drafts of a report at once: what is clear is ticked, the rest says why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.records import InputError
from geo.review.accepting import Decision, Plan, accept
from geo.review.proposing import Proposal, propose
from geo.review.records import Dossier, DraftKind
from geo.review.weighing import Fate
from ui import cache, labels, language, markup
from ui.reports import deciding, session, sourcing
from ui.reports import weighed as weighed_words
from ui.reports.naming import incidents, label

#: What the panel is opened and its decisions are recorded by.
OPEN, RECORD = "Alt+A", "Alt+S"
_PROPOSED = "piste_together_proposed"


def offer(dossier: Dossier, by: str) -> None:
    """Draw the button that opens the panel."""
    if st.button(
        _("Decide on all that wait"), icon=":material/checklist:", shortcut=OPEN, width="stretch",
        key="piste_together", disabled=not by or not dossier.waiting,
    ):  # fmt: skip
        language.dialog(_("All drafts that wait"), panel)(dossier, by)


def panel(dossier: Dossier, by: str) -> None:
    """Draw every draft that waits with what it would become, and record what is ticked."""
    dossier = cache.dossiers()[dossier.report_id]  # As it is now: the dialog keeps what it was.
    missing = st.empty()
    if sourcing.incomplete(dossier.source):
        with missing.container():
            dossier = sourcing.ask_missing(dossier, by)
        if sourcing.incomplete(dossier.source):
            return
        missing.empty()
    found, planned = _proposed(dossier)
    about = [fault for fault in planned.faults if not fault.file]
    if about:
        labels.faults(InputError(about))
    able = [one for one in found if one.decision is not None]
    named = incidents(dossier)
    if able:
        st.markdown(
            _("Ticked is what is clear: the same incident beyond doubt or none like it, placed, "
              "and without a warning. Tick or untick, then record it all at once.")
        )  # fmt: skip
        above = st.container()
        ticked = [one.decision for one in able if _tick(one, planned, dossier, named)]
        asked = above.button(
            ngettext("Record {n} draft", "Record {n} drafts", len(ticked), n=len(ticked)),
            type="primary", icon=":material/done_all:", shortcut=RECORD,
            key="piste_together_record", disabled=not ticked or bool(about) or not by,
        )  # fmt: skip
        if asked:
            with above:
                _record(dossier, [one for one in ticked if one], by)
    rest = [one for one in found if one.decision is None]
    if rest:
        head = _("To be decided one by one")
        st.markdown(f"**{head}**")
        for one in rest:
            _alone(one, dossier, named)


def _tick(one: Proposal, planned: Plan, dossier: Dossier, named: Mapping[str, str]) -> bool:
    """Draw a draft that may be recorded; return whether it is ticked."""
    key = f"piste_tick_{dossier.report_id}_{dossier.seen}_{one.item.key}"
    ticked = st.checkbox(f"**{markup.plain(label(one.item, named))}**", value=one.clear, key=key)
    becomes = markup.p(_becomes(one, planned), "meta")
    markup.show(f'<div class="under">{becomes}{_doubts(one)}</div>')
    return ticked


def _alone(one: Proposal, dossier: Dossier, named: Mapping[str, str]) -> None:
    """Draw a draft that has to be opened first."""
    if st.button(
        markup.plain(label(one.item, named)), key=f"piste_alone_{one.item.key}", type="tertiary",
        icon=":material/arrow_forward:",
    ):  # fmt: skip
        session.pick(dossier, one.item.key)
        st.rerun()
    markup.show(f'<div class="under">{_doubts(one)}</div>')


def _doubts(one: Proposal) -> str:
    told = [*map(str, one.doubts), *map(labels.told_of, one.faults)]
    return "".join(markup.p(text, "doubt") for text in told)


def _proposed(dossier: Dossier) -> tuple[list[Proposal], Plan]:
    """Return what may be done with each draft; a tick does not compare them anew."""
    frames = cache.frames()
    of = (dossier.report_id, dossier.seen, frames.version, cache.atlas().version)
    if st.session_state.get(_PROPOSED, (None,))[0] != of:
        with st.spinner(_("Comparing with the ledger …"), show_time=False):
            found = propose(dossier, frames, cache.candidates(), cache.atlas())
        st.session_state[_PROPOSED] = (of, found)
    return st.session_state[_PROPOSED][1]  # type: ignore[no-any-return]


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
        labels.faults(error)
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
