"""Decide on a draft: record it as new, merge it, split it, reject it, open it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from geo import words
from geo.i18n import Message, message, ngettext
from geo.i18n import gettext as _
from geo.matching.points import GREATEST
from geo.matching.ranking import Match, Verdict
from geo.records import InputError
from geo.review.accepting import Decision, accept
from geo.review.filling import Part
from geo.review.records import Dossier, DraftItem, DraftKind, Standing, State, Stated
from geo.review.undoing import take_back
from ui import cache, labels, markup, state
from ui.labels import label
from ui.markup import escape
from ui.reports import session, sourcing, weighed

_VERDICTS: dict[Verdict, Message] = {
    Verdict.SAME: message("very likely the same"),
    Verdict.LIKELY: message("likely the same"),
    Verdict.POSSIBLE: message("possibly the same"),
}
_OTHER = "?"


def found(ranked: Sequence[Match], form: str) -> str | None:
    """Ask which incident a draft tells of, offering those that it may be.

    Returns its id, empty for a new one, ``None`` until the analyst has chosen: where an incident
    of the ledger may be the same, nothing is taken for granted.
    """
    by_id = {one.incident_id: one for one in ranked}
    best = "" if not ranked else None
    if ranked and ranked[0].verdict is Verdict.SAME:
        best = ranked[0].incident_id
    options = ["", *by_id, _OTHER]
    told = {"": _("A new incident"), _OTHER: _("Another one, by its id")}
    choice = st.radio(
        _("Which incident is it?"),
        options=options,
        index=None if best is None else options.index(best),
        format_func=lambda one: told[one] if one in told else _match_line(by_id[one]),
        key=f"{form}_into_{hash(tuple(options))}",
    )
    if choice == _OTHER:
        given = st.text_input(
            _("Id of an incident of the ledger"), key=f"{form}_other", max_chars=200
        )
        known = given.strip()
        if known and cache.candidates().incident(known).empty:
            text = _("There is no incident {id} in the ledger, or it was withdrawn.", id=known)
            markup.show(markup.p(text, "doubt"))
            return None
        return known or None  # no id is no new incident
    return None if choice is None else str(choice)


def incident_named(incident_id: str) -> str:
    """Return an incident of the ledger in one line."""
    row = cache.candidates().incident(incident_id).iloc[0]
    category = words.word(words.CATEGORIES, row["category"])
    return f"{words.when(row)} · {category} · {words.where(row)}"


def _match_line(match: Match) -> str:
    said = incident_named(match.incident_id)
    return markup.plain(_("{incident} ({verdict})", incident=said,
                          verdict=_VERDICTS[match.verdict]))  # fmt: skip


def reasons(ranked: Sequence[Match], into: str | None) -> None:
    """Say what speaks for a draft telling of an incident that was proposed, and what against it."""
    match = next((one for one in ranked if one.incident_id == into), None)
    if match is None:
        return
    items = [
        f'<li><span class="said">{reason.points:+g}</span> {escape(reason.message)}</li>'
        for reason in match.reasons
    ]
    head = _("{points:g} of {most:g} points; {id}",
             points=match.points, most=GREATEST, id=match.incident_id)  # fmt: skip
    markup.show(markup.p(head, "meta"), f'<ul class="reasons">{"".join(items)}</ul>')


def decide(
    dossier: Dossier,
    item: DraftItem,
    into: str | None,
    by: str,
    form: str,
    *,
    take: tuple[Part, ...] = (),
) -> None:
    """Draw the buttons that decide on a draft, and do what is asked.

    Parameters
    ----------
    dossier, item
        The report and the draft, as the fields have it.
    into
        The incident that it tells of; empty for a new one, ``None`` until that is chosen.
    by, form
        Who decides; what names the fields.
    take
        Parts of the incident to take over from the draft.
    """
    if into is None:
        markup.show(markup.p(_("Choose which incident it is before it is recorded."), "doubt"))
    sourcing.doubt(dossier)
    record, others = st.container(), st.container(horizontal=True)
    what = _("Merge into {id}", id=into) if into else _("Record in the ledger")
    # Not Enter, which a choice with the focus keeps to itself; not R, which Streamlit keeps.
    asked = record.button(
        markup.plain(what), type="primary", width="stretch", key=f"{form}_accept",
        icon=":material/merge:" if into else ":material/check:",
        disabled=not by or into is None or sourcing.incomplete(dossier.source), shortcut="Alt+M",
    )  # fmt: skip
    if item.kind is DraftKind.INCIDENT:
        _split(dossier, item, by, form, others)
    with (
        others.popover(_("Reject"), icon=":material/block:", width="stretch", disabled=not by),
        st.form(f"{form}_reject_form", border=False),
    ):
        reason = st.text_input(label("reason"), key=f"{form}_reason", max_chars=1000)
        refused = st.form_submit_button(_("Reject it"), width="stretch")
    try:
        if asked and into is not None:
            decision = Decision(item.key, into, take)
            done = accept(cache.library(), dossier, [decision], by, frames=cache.frames())
            told = weighed.sentences(done.weighed.get(item.key, ()), done=True)
            session.say(" ".join([_head(done.entities[item.key], into), *told]))
            session.forward(dossier, item.key)
            st.rerun()
        if refused:
            cache.library().reject(dossier, item.key, reason, by)
            session.say(_("Rejected: {reason}", reason=reason.strip()))
            session.forward(dossier, item.key)
            st.rerun()
    except InputError as error:
        labels.faults(error, item.key)


def _split(dossier: Dossier, item: DraftItem, by: str, form: str, where: Any) -> None:
    """Offer a second draft, and ask which claims go to it: none of them stays in both."""
    with (
        where.popover(_("Split"), icon=":material/call_split:", width="stretch", disabled=not by),
        st.form(f"{form}_split_form", border=False),
    ):
        st.caption(_("Makes a second draft of it, for a text that tells of two incidents as one."))
        moved = []
        if item.claims:
            st.markdown(_("Which claims go to the second draft? The others stay here."))
            moved = [
                at
                for at, claim in enumerate(item.claims)
                if st.checkbox(markup.plain(_claim_line(claim)), key=f"{form}_split_{at}")
            ]
        asked = st.form_submit_button(_("Make a second draft"), width="stretch")
    if not asked:
        return
    try:
        key = cache.library().split(dossier, item, by, moved)
    except InputError as error:
        labels.faults(error, item.key)
        return
    session.say(
        _(
            "A copy of the draft was made and is open: it has {n} of {all} claims, the rest stay "
            "with the first. Mend what tells the two apart.",
            n=len(moved), all=len(item.claims),
        )
    )  # fmt: skip
    session.pick(dossier, key)
    st.rerun()


def _claim_line(claim: Stated) -> str:
    """Return a drafted claim in one line."""
    cells = claim.cells
    numbers = dict.fromkeys(cells.get(name, "") for name in ("low", "best", "high"))
    parts = [
        words.word(words.FIELDS, cells.get("field", "")),
        "–".join(filter(None, numbers)),
        words.word(words.GROUPS, cells.get("unit_group", "")),
        words.word(words.SPEAKERS, cells.get("stated_by", "")),
    ]
    return " · ".join(filter(None, parts))


def _head(entity: str, into: str) -> str:
    return _("Merged into {id}.", id=into) if into else _("Recorded as {id}.", id=entity)


def decided(dossier: Dossier, standing: Standing, by: str) -> None:
    """Say what became of a draft, with the way to it or back."""
    told: dict[State, Any] = {
        State.ACCEPTED: _("Recorded as {id} by {who}", id=standing.entity_id, who=standing.by),
        State.MERGED: _("Merged into {id} by {who}", id=standing.entity_id, who=standing.by),
        State.REJECTED: _("Rejected by {who}: {reason}", who=standing.by, reason=standing.reason),
    }
    st.info(markup.plain(told[standing.state]), icon=session.ICONS[standing.state])
    if standing.state is State.REJECTED:
        if st.button(_("Let it wait again"), disabled=not by, icon=":material/undo:"):
            try:
                cache.library().reopen(dossier, standing.item.key, by)
            except InputError as error:
                labels.faults(error)
                return
            st.rerun()
        return
    show, back = st.columns(2)
    if standing.item.kind is DraftKind.INCIDENT and show.button(
        _("Show it on the map"), icon=":material/map:", width="stretch"
    ):
        state.set_value("known", None)
        state.pick(f"incident:{standing.entity_id}", focus=True)
        st.switch_page("../pages/map.py")
    _take_back(dossier, standing, by, back)


def _take_back(dossier: Dossier, standing: Standing, by: str, where: Any) -> None:
    """Offer to withdraw what a draft brought into the ledger."""
    key = standing.item.key
    with (
        where.popover(_("Take it back"), icon=":material/undo:", width="stretch", disabled=not by),
        st.form(f"piste_take_back_{dossier.report_id}_{key}", border=False),
    ):
        st.caption(
            _("The claims that it added are withdrawn from today on, and the draft waits again.")
            if standing.state is State.MERGED
            else _("What it recorded is withdrawn from today on, and the draft waits again.")
        )
        reason = st.text_input(label("reason"), key=f"piste_back_{key}", max_chars=1000)
        asked = st.form_submit_button(_("Withdraw it"), width="stretch")
    if not asked:
        return
    try:
        lines = take_back(cache.library(), dossier, key, reason, by)
    except InputError as error:
        labels.faults(error, key)
        return
    session.say(ngettext("Taken back: {n} line withdrawn.", "Taken back: {n} lines withdrawn.",
                         len(lines), n=len(lines)))  # fmt: skip
    st.rerun()
