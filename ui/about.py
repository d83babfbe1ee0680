"""Sources, licences and limits, on one page."""

from __future__ import annotations

import streamlit as st

from geo.i18n import Message, message
from geo.i18n import gettext as _
from ui.params import Facts

_LIMITS: tuple[Message, ...] = (
    message(
        "What nobody reported. A quiet stretch on the map is an unreported stretch, not a safe one."
    ),
    message(
        "Where exactly. Most incidents are known to a village or a stretch of road; each carries "
        "its spread."
    ),
    message(
        "Reporting is uneven: more is reported near towns, and more while the UN mission was there."
    ),
    message(
        "Many pages carry no date. Then the day from which they count as known is assumed, and "
        "marked so."
    ),
    message(
        "Roads are drawn straight from place to place; distances along them come from measured or "
        "estimated kilometres."
    ),
    message(
        "An old report does not stay true. After the time set for its kind, a stretch turns to "
        "unknown."
    ),
)
_SOURCES: tuple[Message, ...] = (
    message(
        "Incidents, claims and road reports: facts from public reporting, coded by hand; each "
        "claim links to its page."
    ),
    message(
        "Places in Mali: RENA/COD-PP 2015, OCHA and DNCT Mali. Towns in Burkina Faso and Niger: "
        "GeoNames, CC BY 4.0. Smaller places: WHO/KEMRI-Wellcome health facilities (Maina et al. "
        "2019), CC BY 4.0. One place: UCDP GED 23.1, CC BY 4.0."
    ),
    message("Road kilometres: derived from OpenStreetMap, © OpenStreetMap contributors, ODbL."),
    message("Borders and regions: Natural Earth, public domain. Rivers: GSHHG/WDBII, LGPL."),
)


def draw(facts: Facts) -> None:
    """Draw the page."""
    st.subheader(_("What you are looking at"), anchor=False)
    st.write(
        _(
            "Piste shows reported incidents and reported road control in Mali, Burkina Faso and "
            "western Niger. The ledger on this server speaks of {first} to {last}. Sources "
            "disagree; every claim is kept with who said it and when, and shown as a range.",
            first=facts.first_day,
            last=facts.last_day,
        )
    )
    st.subheader(_("What Piste does not know"), anchor=False)
    st.markdown("\n".join(f"- {text}" for text in _LIMITS))
    st.subheader(_("Sources and licences"), anchor=False)
    st.markdown("\n".join(f"- {text}" for text in _SOURCES))
