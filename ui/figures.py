"""Key figures of the period, against the period of the same length before it."""

from __future__ import annotations

import streamlit as st

from geo import words
from geo.i18n import fill
from geo.i18n import gettext as _
from geo.summary import Figures, KeyFigures


def _killed(figures: Figures) -> str:
    if figures.killed_unstated == figures.incidents:
        return _("no figure")
    return words.span(figures.killed_low, figures.killed_high, open_=figures.killed_open)


def draw(figures: KeyFigures) -> None:
    """Draw the key figures as one row."""
    row = st.container(horizontal=True, gap="large", key="piste_figures")
    now, before, stretches = figures.now, figures.before, figures.stretches
    row.metric(
        _("Incidents in the period"),
        f"{now.incidents:,}",
        delta=None if before is None else now.incidents - before.incidents,
        delta_color="inverse",
        help=_("Reported incidents; the arrow compares with the period of equal length before."),
    )
    row.metric(
        _("Killed, lowest to highest claim"),
        _killed(now),
        delta=None if before is None else _("before: {span}", span=_killed(before)),
        delta_color="off",
        delta_arrow="off",
        help=_(
            "Sum over incidents of the lowest and of the highest claim; attackers left out. "
            "{n} of {all} incidents have no figure and count for nothing.",
            n=now.killed_unstated,
            all=now.incidents,
        ),
    )
    row.metric(
        _("With explosive devices"),
        "–" if now.ied_share is None else fill("{share:.0%}", {"share": now.ied_share}),
        delta=None
        if before is None or before.ied_share is None
        else _("before: {share:.0%}", share=before.ied_share),
        delta_color="off",
        delta_arrow="off",
        help=_(
            "Share of the incidents of which an IED, a mine or a vehicle bomb is told. Of {n} of "
            "{all} nobody says: they are not counted as such.",
            n=now.ied_unsaid,
            all=now.incidents,
        ),
    )
    row.metric(
        _("Road under a live claim"),
        _("{km:,.0f} km", km=stretches.km),
        delta=_("controlled or taxed, {n} stretches", n=stretches.count),
        delta_color="off",
        delta_arrow="off",
        help=_(
            "Road that a live report says is controlled or taxed by someone, in the countries "
            "chosen. One road that two axes follow counts on both."
        ),
    )
