"""One report: its text beside its drafts."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from geo.i18n import Message, ngettext
from geo.i18n import gettext as _
from geo.matching.ranking import Match
from geo.records import InputError
from geo.review.filling import Part
from geo.review.proposing import already, shared
from geo.review.records import Dossier, DraftKind, Standing, State
from geo.review.searching import related
from geo.review.sight import Sight
from ui import cache, labels, markup
from ui.markup import escape
from ui.reports import (
    deciding,
    fields,
    naming,
    placing,
    session,
    sourcing,
    text,
    together,
    weighed,
)

#: Drafts in a list before it scrolls, and how tall it is then.
_LISTED, _LIST_PX = 9, 300


def draw(dossier: Dossier, by: str) -> None:
    """Draw a report.

    Parameters
    ----------
    dossier
        The report.
    by
        Who works on it; empty while nobody says, when it can only be read.
    """
    dossier, renamed = sourcing.draw(dossier, by)
    _warnings(dossier)
    left, right = st.columns([1, 1.15], gap="medium")
    key = session.picked(dossier)
    with left:
        text.draw(dossier, key, lambda one: session.pick(dossier, one))
        ground = st.container()
        _areas(dossier)
    with right:
        if not dossier.standings:
            st.info(_("Nothing was read in this text that the ledger could hold."))
        else:
            _list(dossier, key)
            together.offer(dossier, by)
        standing = dossier.standing(key)
        if standing is not None:
            _draft(dossier, standing, by, ground)
    _related(dossier)
    if renamed:
        st.rerun()  # The heading names whose report it is; a click came first.


def head(dossier: Dossier) -> None:
    """Draw whose report it is, and the way back to all of them."""
    source = dossier.source
    with st.container(horizontal=True):
        st.button(
            _("All reports"),
            icon=":material/arrow_back:",
            on_click=session.open_report,
            args=(None,),
            type="tertiary",
        )
        _next(dossier)
    parts = [
        source.publisher or _("publisher not given"),
        _("published {day}", day=date.fromisoformat(source.published))
        if _is_day(source.published)
        else _("day of publication not given"),
        _("rated {code}", code=source.reliability + source.credibility)
        if source.reliability or source.credibility
        else _("not rated"),
        ", ".join((*source.locations, *source.topics)),
        _("taken in by {who} on {day}", who=dossier.added_by, day=dossier.added_at.date()),
    ]
    name = naming.report(dossier)
    link = markup.safe_url(source.url)
    shown = " · ".join(escape(part) for part in parts if part)
    if link:
        told = escape(_("source"))
        shown += f' · <a href="{escape(link)}" target="_blank" rel="noopener noreferrer">{told}</a>'
    markup.show(f"<h3>{escape(name)}</h3>", f'<p class="meta">{shown}</p>')


def _next(dossier: Dossier) -> None:
    """Offer the report that waits longest besides this one."""
    others = [one for one in cache.dossiers().values() if one.waiting]
    others = [one for one in reversed(others) if one.report_id != dossier.report_id]
    if others:
        later = [one for one in others if one.report_id > dossier.report_id]
        st.button(
            ngettext("Next report ({n} waits)", "Next report ({n} wait)", len(others),
                     n=len(others)),
            icon=":material/arrow_forward:", shortcut="Alt+PageDown", type="tertiary",
            on_click=session.open_report, args=((later or others)[0].report_id,),
        )  # fmt: skip


def _is_day(text_: str) -> bool:
    try:
        date.fromisoformat(text_)
    except ValueError:
        return False
    return True


def _warnings(dossier: Dossier) -> None:
    """Say what is to be known of the whole report; the rest stands with its drafts."""
    about = [str(one.message) for one in dossier.reading.warnings if not one.about]
    if about:
        st.warning(markup.plain("  ".join(about)), icon=":material/warning:")


def _areas(dossier: Dossier) -> None:
    if dossier.reading.areas:
        said = "".join(f"<li>{escape(one.message)}</li>" for one in dossier.reading.areas)
        head = markup.h4(_("Said of whole areas: for reading, never recorded"))
        markup.show(head, f"<ul>{said}</ul>")


def _list(dossier: Dossier, key: str) -> None:
    """Draw the drafts as a list, the open one marked."""
    waiting = len(dossier.waiting)
    head, steps = st.columns([1.3, 1.7], vertical_alignment="center")
    head.markdown(
        "**"
        + ngettext("{n} draft waits", "{n} drafts wait", waiting, n=waiting)
        + "** "
        + _("of {total}", total=len(dossier.standings))
    )
    row = steps.container(horizontal=True)
    keys = [one.item.key for one in dossier.standings]
    at = keys.index(key)
    for step, icon, shortcut, told in (
        (-1, ":material/keyboard_arrow_up:", "Alt+Up", _("Previous")),
        (1, ":material/keyboard_arrow_down:", "Alt+Down", _("Next")),
    ):
        row.button(
            told, icon=icon, shortcut=shortcut, width="stretch", key=f"piste_step_{step}",
            on_click=session.pick, args=(dossier, keys[(at + step) % len(keys)]),
        )  # fmt: skip
    named = naming.incidents(dossier)
    warned = {one.about for one in dossier.reading.warnings}
    tall = _LIST_PX if len(keys) > _LISTED else "content"
    with st.container(height=tall, border=True, key="piste_drafts", gap=None):
        for standing in dossier.standings:
            own = standing.item.key
            told = naming.label(standing.item, named)
            if _stated(dossier, standing):
                told = _("{draft} (in the ledger already)", draft=told)
            st.button(
                markup.plain(told),
                key=f"piste_draft_{own}",
                icon=":material/warning:"
                if own in warned and standing.state is State.WAITING
                else session.ICONS[standing.state],
                type="primary" if own == key else "tertiary",
                width="stretch",
                on_click=session.pick,
                args=(dossier, own),
            )


def _draft(dossier: Dossier, standing: Standing, by: str, ground: Any) -> None:
    """Draw the open draft: what to do with it, its fields, and in ``ground`` where it would lie."""
    item = standing.item
    waiting = standing.state is State.WAITING
    base, number = session.begun((dossier.report_id, item.key), item)
    form = f"piste_draft_{dossier.report_id}_{item.key}_{number}"
    # What is decided stands above the fields that it depends on.
    above = st.container()
    _remarks(dossier, standing)
    with st.container(key="piste_fields"):
        changed = fields.edit(base, form, naming.incidents(dossier), disabled=not (waiting and by))
    corrected = waiting and bool(by) and changed != item
    if corrected:
        try:
            cache.library().revise(dossier, changed, by)
        except InputError as error:
            labels.faults(error)
            return
        session.kept((dossier.report_id, item.key), changed)
        dossier = cache.library().dossier(dossier.report_id) or dossier
    into: str | None = standing.entity_id
    with above:
        seen: Sight | None = None
        ranked: list[Match] = []
        if item.kind is DraftKind.INCIDENT:
            seen, ranked = cache.seen(changed, dossier)
            if waiting:
                into = deciding.found(ranked, form)
        if waiting:
            take: tuple[Part, ...] = ()
            if into:
                weighed.preview(dossier, changed, into)
                take = weighed.more(changed, into, form)
            deciding.decide(dossier, changed, into, by, form, take=take)
            deciding.reasons(ranked, into)
        else:
            deciding.decided(dossier, standing, by)
    with ground:
        if seen is not None:
            placing.place(seen, into)
        elif item.kind is DraftKind.ASSERTION:
            placing.stretch(changed, dossier, waiting=waiting)
    if corrected:
        st.rerun()  # The list names drafts by what was just corrected; a click came first.


def _remarks(dossier: Dossier, standing: Standing) -> None:
    """Say what is to be known of a draft before it is decided."""
    if standing.state is State.WAITING and standing.reason:
        told = _("Taken back by {who} on {day}: {reason}", who=standing.by,
                 day=standing.at.date() if standing.at else "", reason=standing.reason)  # fmt: skip
        markup.show(markup.p(told, "doubt"))
    for remark in dossier.reading.warnings:
        if remark.about == standing.item.key:
            markup.show(markup.p(str(remark.message), "doubt"))
    if standing.state is State.WAITING:
        said = _stated(dossier, standing) or shared(standing.item, dossier)
        markup.show(markup.p(str(said or ""), "doubt"))


def _stated(dossier: Dossier, standing: Standing) -> Message | None:
    """Return that the ledger has what a draft that waits states of a road, if it has."""
    if standing.state is not State.WAITING or standing.item.kind is not DraftKind.ASSERTION:
        return None
    return already(standing.item, dossier, cache.frames())


def _related(dossier: Dossier) -> None:
    near = related(dossier, [*cache.dossiers().values()])
    if not near:
        return
    markup.show(markup.h4(_("Related reports")))
    for one in near:
        source = one.dossier.source
        name = naming.report(one.dossier)
        st.button(
            markup.plain(" · ".join(filter(None, [source.published, source.publisher, name]))),
            key=f"piste_related_{one.dossier.report_id}",
            type="tertiary",
            on_click=session.open_report,
            args=(one.dossier.report_id,),
            help=markup.plain("; ".join(map(str, one.reasons))),
        )
