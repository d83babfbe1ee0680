"""The frame around every page: which days, which period, which incidents."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo import words
from geo.i18n import Message, message
from geo.i18n import gettext as _
from geo.records import Category, GeoPrecision
from geo.roads.wording import joined
from maps.palette import CATEGORY_SYMBOLS
from ui import language, markup, state
from ui.params import COUNTRIES, PERIODS_DAYS, Facts, Ignored, period

_PERIODS: dict[str, Message] = {
    "30d": message("30 days"),
    "90d": message("90 days"),
    "12m": message("12 months"),
    "36m": message("3 years"),
    "all": message("Everything"),
    "custom": message("From … to …"),
}


def _days(facts: Facts) -> None:
    values = state.values()
    days: dict[str, Any] = {
        "min_value": facts.earliest,
        "max_value": facts.latest,
        "format": "YYYY-MM-DD",
    }
    st.date_input(
        _("As of"),
        help=_("The day the picture stands for. Later events are left out."),
        **days,
        **state.widget("on"),
    )
    st.date_input(
        _("As known on"),
        help=_("Leaves out what was published later. Empty: everything in the ledger."),
        **days,
        **state.widget("known"),
    )
    st.selectbox(
        _("Period"),
        options=list(PERIODS_DAYS),
        format_func=lambda code: str(_PERIODS[code]),
        help=_("Counts back from the as-of date."),
        **state.widget("period", of=lambda code: code or "12m"),
    )
    if values["period"] == "custom":
        left, right = st.columns(2)
        left.date_input(_("From"), **days, **state.widget("from"))
        right.date_input(_("To"), **days, **state.widget("to"))
    start, end = period(values, facts)
    st.caption(_("{start} – {end}", start=start, end=end))


def _several(name: str, label: str, options: list[str], shown: Any) -> None:
    st.multiselect(
        label,
        options=options,
        format_func=shown,
        placeholder=_("All"),
        **state.widget(name, of=tuple),
    )


def _region(name: str) -> str:
    country, _separator, region = name.partition(":")
    return f"{region}, {words.word(words.COUNTRIES, country)}"


def _reset(facts: Facts) -> None:
    for name in ("cat", "ied", "by", "country", "region", "precision", "period", "known", "on"):
        state.set_value(name, state.default(name, facts))


def draw(facts: Facts) -> None:
    """Draw the frame into the sidebar."""
    with st.sidebar:
        _days(facts)
        _several(
            "cat",
            _("Categories"),
            list(Category),
            lambda code: str(CATEGORY_SYMBOLS[Category(code)].label),
        )
        st.toggle(
            _("Explosive devices only"),
            help=_(
                "Incidents in which an IED, a mine or a vehicle bomb was reported; those of which "
                "nobody says are left out."
            ),
            **state.widget("ied"),
        )
        _several(
            "country", _("Countries"), list(COUNTRIES), lambda c: words.word(words.COUNTRIES, c)
        )
        countries = state.values()["country"] or COUNTRIES
        chosen = state.values()["region"]
        offered = [
            name for name in facts.regions if name.startswith(tuple(countries)) or name in chosen
        ]
        _several("region", _("Regions"), offered, _region)
        _several("by", _("Perpetrators"), list(facts.perpetrators), words.perpetrator)
        _several(
            "precision",
            _("Precision of the place"),
            list(GeoPrecision),
            lambda code: words.word(words.PRECISIONS, code),
        )
        st.button(_("Reset filters"), on_click=_reset, args=(facts,), width="stretch")
        language.choose()


def notices(ignored: list[Ignored]) -> None:
    """Say which parts of the address were left out, and why."""
    if not ignored:
        return
    parts = [
        message(
            "{name} = “{value}” ({reason})",
            name=part.name[:40],
            value=part.value[:60],
            reason=part.reason,
        )
        for part in ignored[:8]
    ]
    text = _("Ignored in the address: {parts}.", parts=joined(parts))
    st.html(f'<p class="piste-notice" role="status">{markup.escape(text)}</p>')
