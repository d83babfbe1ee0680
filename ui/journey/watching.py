"""Saved routes: save one, see what changed since one last looked, open it again."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.records import InputError
from geo.risk import watch
from geo.risk.journey.desk import Desk
from geo.risk.journey.question import Question
from geo.risk.watch import Look
from ui import cache, markup
from ui.journey import answers, asking, evidence
from ui.markup import escape

_NAME, _SAID = "piste_watch_name", "piste_watch_said"


@st.cache_resource(show_spinner=False, max_entries=8)
def _looks(version: str, changed_ns: int, _desk: Desk) -> list[Look]:
    return watch.look(_desk, keep=True)


def looks(values: dict[str, Any]) -> list[Look]:
    """Return the saved routes on a view's days, with what changed since they were last seen.

    Raises
    ------
    InputError
        When the file of saved routes cannot be read.
    """
    if not watch.path().is_file():
        return []
    desk = answers.desk(cache.view(values).snapshot)
    return _looks(desk.snapshot.version, watch.path().stat().st_mtime_ns, desk)


def line(values: dict[str, Any]) -> None:
    """Draw one line on what changed on the saved routes, nothing when none is saved."""
    try:
        found = looks(values)
    except InputError as error:
        markup.show(*(markup.p(str(fault.message), "doubt") for fault in error.faults))
        return
    if not found:
        return
    changed = [look for look in found if look.changes or look.faults]
    fresh = sum(look.saved.last is None and not look.faults for look in found)
    quiet = len(found) - len(changed) - fresh
    parts = [_short(look) for look in changed]
    if fresh:
        text = ngettext("{n} saved route not looked at yet", "{n} saved routes not looked at yet",
                        fresh, n=fresh)  # fmt: skip
        parts.append(f'<span class="meta">{escape(text)}</span>')
    if quiet:
        text = ngettext("{n} saved route as last seen", "{n} saved routes as last seen", quiet,
                        n=quiet)  # fmt: skip
        parts.append(f'<span class="meta">{escape(text)}</span>')
    label = escape(_("Saved routes"))
    st.html(f'<p class="piste-watch"><strong>{label}</strong> {" · ".join(parts)}</p>')


def _short(look: Look) -> str:
    name = f"<strong>{escape(look.saved.name)}</strong>"
    told = [str(fault.message) for fault in look.faults] or [str(c) for c in look.changes]
    more = len(told) - 1
    text = told[0] if not more else _("{first} {n} more", first=told[0], n=more)
    return f"{_chip(look)} {name}: {escape(text)}"


def _chip(look: Look) -> str:
    answer = look.answer
    if answer is None or not answer.routes:
        return ""
    return evidence.chip(answer.routes[max(answer.chosen, 0)].verdict)


def draw(values: dict[str, Any], question: Question | None) -> None:
    """Draw the saved routes with what changed on each, and the form that saves the one asked for.

    Parameters
    ----------
    values
        The session's view.
    question
        What may be saved; ``None`` for nothing.
    """
    try:
        found = looks(values)
    except InputError as error:
        for fault in error.faults:
            st.warning(markup.plain(str(fault.message)))
        return
    if not found and question is None:
        return
    st.subheader(_("Saved routes"), anchor=False)
    if question is not None:
        _form(question)
    for look in found:
        _entry(look, values)


def _form(question: Question) -> None:
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    left.text_input(
        _("Name"),
        key=_NAME,
        max_chars=80,
        help=_("Kept on this server, for all who use it, until it is removed. Only what is saved "
               "is kept."),
    )  # fmt: skip
    right.button(
        _("Save this route"), icon=":material/bookmark_add:", on_click=_save, args=(question,),
        key="piste_watch_save",
    )  # fmt: skip
    if said := st.session_state.pop(_SAID, None):
        markup.show(markup.p(said, "doubt"))


def _save(question: Question) -> None:
    try:
        watch.save(st.session_state[_NAME], question)
    except InputError as error:
        st.session_state[_SAID] = " ".join(str(fault.message) for fault in error.faults)
    else:
        st.session_state[_NAME] = ""


def _remove(name: str) -> None:
    try:
        watch.remove(name)
    except InputError as error:  # someone else was faster
        st.session_state[_SAID] = " ".join(str(fault.message) for fault in error.faults)


def _seen(name: str, desk: Desk) -> None:
    watch.look(desk, names=[name])


def _entry(look: Look, values: dict[str, Any]) -> None:
    saved = look.saved
    asked = saved.question
    way = " → ".join([asked.origin, *asked.via, asked.destination])
    if saved.last is None:
        told = [_("Not looked at since it was saved.")]
    else:
        told = [str(c) for c in look.changes] or [_("As last seen.")]
    told = [str(fault.message) for fault in look.faults] or told
    left, right = st.columns([2, 1], vertical_alignment="center")
    with left:
        markup.show(
            f"<p>{_chip(look)} <strong>{escape(saved.name)}</strong> "
            f'<span class="meta">{escape(way)}</span></p>',
            "".join(markup.p(text) for text in told),
        )
    with right.container(horizontal=True):
        st.button(
            _("Open"), key=f"piste_watch_open_{saved.name}", on_click=asking.take, args=(asked,)
        )
        st.button(
            _("Seen"),
            key=f"piste_watch_seen_{saved.name}",
            help=_("Take what stands now as seen: later changes are told against it."),
            on_click=_seen,
            args=(saved.name, answers.desk(cache.view(values).snapshot)),
        )
        st.button(
            _("Remove"), key=f"piste_watch_remove_{saved.name}", on_click=_remove,
            args=(saved.name,),
        )  # fmt: skip
