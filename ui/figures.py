"""Key figures of the period, against the period of the same length before it."""

from __future__ import annotations

import streamlit as st

from geo.i18n import gettext as _
from geo.roads.status import LiveStretches
from geo.summary import Figures, KeyFigures, TollRange
from ui import words
from ui.params import Facts


def _killed(toll: TollRange) -> str:
    return words.span(toll.low, toll.high, open_=toll.open)


def draw(figures: KeyFigures, stretches: LiveStretches, facts: Facts) -> None:
    """Draw the key figures as one row.

    Parameters
    ----------
    figures
        Of the period and the one before it; a period from before the ledger began is no measure.
    stretches
        Of road under a live claim, on the as-of date.
    facts
        Where the ledger begins.
    """
    columns = st.columns(4)
    now = figures.now
    before: Figures | None = figures.before if figures.before.start >= facts.first_day else None
    columns[0].metric(
        _("Incidents in the period"),
        f"{now.incidents:,}",
        delta=None if before is None else now.incidents - before.incidents,
        delta_color="inverse",
        help=_("Reported incidents; the arrow compares with the period of equal length before."),
    )
    columns[1].metric(
        _("Killed, lowest to highest claim"),
        _killed(now.killed),
        delta=None
        if before is None
        else _("before: {span}").format(span=_killed(before.killed)),
        delta_color="off",
        delta_arrow="off",
        help=_("Sum over incidents of the lowest and of the highest claim; attackers left out."),
    )
    columns[2].metric(
        _("With explosive devices"),
        "–" if now.ied_share is None else f"{now.ied_share:.0%}",
        delta=None
        if before is None or before.ied_share is None
        else _("before: {share}").format(share=f"{before.ied_share:.0%}"),
        delta_color="off",
        delta_arrow="off",
    )
    columns[3].metric(
        _("Stretches under a live claim"),
        f"{stretches.count}",
        delta=_("{km} km controlled or taxed").format(km=f"{stretches.km:,.0f}"),
        delta_color="off",
        delta_arrow="off",
        help=_("Stretches of road that a live report says are controlled or taxed by someone."),
    )
