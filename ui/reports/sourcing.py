"""Whose report it is and how far they are believed; what is said of it is kept at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from geo.columns import FIGURES, LETTERS, iso_day
from geo.i18n import gettext as _
from geo.records import InputError
from geo.review.records import Dossier, Source
from geo.review.sources import Effect, set_source
from ui import cache, labels, markup
from ui.reports import fields, session

_OPEN = "piste_source_open"


def incomplete(source: Source) -> bool:
    """Return whether nothing of a report can be recorded yet."""
    return not source.publisher.strip() or iso_day(source.published) is None


def draw(dossier: Dossier, by: str) -> tuple[Dossier, bool]:
    """Draw what is said of a report; what is changed goes with every claim from then on.

    Returns the report as it is afterwards, and whether it was changed.
    """
    missing = incomplete(dossier.source)
    if missing:  # Once open it stays so: who names the publisher may want to rate it.
        st.session_state[_OPEN] = dossier.report_id
    shown = st.session_state.get(_OPEN) == dossier.report_id
    with (
        st.expander(_("Source and rating"), expanded=shown, icon=":material/verified:"),
        st.container(key="piste_fields_source"),
    ):
        begun, form = _begun(dossier)
        first, second = st.columns(4), st.columns([2, 1, 1])
        asked = _asked(begun, form, first, disabled=not by)
        for name, column in zip(("url", "title"), first[2:], strict=True):
            asked[name] = str(
                column.text_input(
                    labels.label(name), value=getattr(begun, name), key=f"{form}_{name}",
                    max_chars=600, disabled=not by,
                )
            ).strip()  # fmt: skip
        topics = second[0].text_input(
            _("Topics and countries, parted by commas"),
            value=", ".join((*begun.locations, *begun.topics)),
            key=f"{form}_topics", max_chars=600, disabled=not by,
        )  # fmt: skip
        letter, figure = rating(begun, form, second[1:], disabled=not by)
    named = tuple(filter(None, (part.strip() for part in str(topics).split(","))))
    places = tuple(one for one in named if one in begun.locations)
    source = replace(
        dossier.source,
        **asked,
        reliability=letter,
        credibility=figure,
        locations=places,
        topics=tuple(one for one in named if one not in places),
    )
    if by and source != dossier.source and _kept(dossier, source, by):
        session.kept((dossier.report_id, ""), source)
        return _fresh(dossier), True
    return dossier, False


def ask_missing(dossier: Dossier, by: str) -> Dossier:
    """Ask for what nothing can be recorded without; return the report as it is afterwards."""
    form = f"piste_missing_{dossier.report_id}"
    st.markdown(_("Nothing is recorded before it is known who published this, and when."))
    said = _asked(dossier.source, form, st.columns(2), disabled=not by)
    source = replace(dossier.source, **said)
    changed = source != dossier.source and _kept(dossier, source, by)
    return _fresh(dossier) if changed else dossier


def _fresh(dossier: Dossier) -> Dossier:
    return cache.library().dossier(dossier.report_id) or dossier


def _asked(source: Source, form: str, where: Any, *, disabled: bool) -> dict[str, str]:
    """Ask who published a report, and when."""
    day = where[1].text_input(
        labels.label("published"), value=source.published, key=f"{form}_published",
        max_chars=10, disabled=disabled,
    )  # fmt: skip
    who = fields.publisher(source.publisher, f"{form}_publisher", where[0], disabled=disabled)
    return {"publisher": who, "published": str(day).strip()}


def rating(source: Source, form: str, where: Any, *, disabled: bool = False) -> tuple[str, str]:
    """Ask for the Admiralty code; return letter and figure."""
    letters = {
        "A": _("A – completely reliable"), "B": _("B – usually reliable"),
        "C": _("C – fairly reliable"), "D": _("D – not usually reliable"),
        "E": _("E – unreliable"), "F": _("F – cannot be judged"),
    }  # fmt: skip
    figures = {
        "1": _("1 – confirmed by others"), "2": _("2 – probably true"),
        "3": _("3 – possibly true"), "4": _("4 – doubtful"),
        "5": _("5 – improbable"), "6": _("6 – cannot be judged"),
    }  # fmt: skip
    chosen = []
    for name, options, shown, value in (
        ("reliability", LETTERS, letters, source.reliability),
        ("credibility", FIGURES, figures, source.credibility),
    ):
        column = where[len(chosen)]
        choices = ["", *options]
        answer = column.selectbox(
            labels.label(name),
            options=choices,
            index=choices.index(value) if value in choices else 0,
            format_func=lambda code, table=shown: table.get(code, _("not rated")),
            key=f"{form}_{name}",
            disabled=disabled,
        )
        chosen.append(str(answer or ""))
    return chosen[0], chosen[1]


def _begun(dossier: Dossier) -> tuple[Source, str]:
    """Return what the fields began with, and their name: anew when somebody else changed it."""
    begun, number = session.begun((dossier.report_id, ""), dossier.source)
    return begun, f"piste_source_{dossier.report_id}_{number}"


def _kept(dossier: Dossier, source: Source, by: str) -> bool:
    try:
        effect = set_source(cache.library(), dossier, source, cache.atlas(), by)
    except InputError as error:
        labels.faults(error)
        return False
    if effect is Effect.READ_AGAIN:
        day = date.fromisoformat(source.published)
        session.say(_("Read again: days in the text count from {day}.", day=day))
    elif effect is Effect.LEFT:
        session.say(_("Drafts were worked on, so their dates were left as they are: check them."))
    return True


def doubt(dossier: Dossier) -> None:
    """Say that nothing can be recorded yet, where that is so."""
    if incomplete(dossier.source):
        told = _("Say above, under “Source and rating”, who published it and when.")
        markup.show(markup.p(told, "doubt"))
