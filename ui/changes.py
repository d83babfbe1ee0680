"""The page of changes: on which stretches the status differs between two days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from geo.exchange.geojson import write_features
from geo.i18n import Message, message, ngettext
from geo.i18n import gettext as _
from geo.roads.changes import changes
from geo.roads.features import road_features
from geo.snapshot import Snapshot
from ui import cache, markup, state
from ui.params import VERSUS, Facts

_LISTED_MAX = 100
_USUAL_DAYS = 90
_VERSUS: dict[str, Message] = {
    "days": message("What was so on each day"),
    "knowledge": message("What was known on each day"),
}


def _choose(facts: Facts) -> None:
    left, right = st.columns([1, 2])
    left.date_input(
        _("Compare with"),
        min_value=facts.earliest,
        max_value=facts.latest,
        format="YYYY-MM-DD",
        help=_(
            "The other day is the frame's as-of date, or its day of knowledge when knowledge is "
            "compared. Empty: 90 days before that."
        ),
        **state.widget("since"),
    )
    right.segmented_control(
        _("What to compare"),
        options=list(VERSUS),
        format_func=lambda code: str(_VERSUS[code]),
        wrap=True,
        **state.widget("versus", of=lambda code: code or VERSUS[0]),
    )


def _days(values: dict[str, Any], snapshot: Snapshot) -> tuple[date, date]:
    """Return the two days that are compared, the earlier one first whichever was chosen."""
    one = snapshot.known_on if values["versus"] == "knowledge" else snapshot.on
    chosen: date | None = values["since"]
    other = chosen or one - timedelta(days=_USUAL_DAYS)
    return min(one, other), max(one, other)


def _found(values: dict[str, Any], snapshot: Snapshot) -> pd.DataFrame:
    evidence = cache.evidence()
    days = _days(values, snapshot)
    if values["versus"] == "knowledge":
        before, after = (evidence.status(snapshot.on, day) for day in days)
    else:
        before, after = (evidence.status(day, snapshot.known_on) for day in days)
    return changes(before, after, snapshot.atlas)


def _told(values: dict[str, Any], snapshot: Snapshot) -> str:
    """Say what is compared with what."""
    earlier, later = _days(values, snapshot)
    if values["versus"] == "knowledge":
        return _(
            "What {on} was like: as known on {earlier} → as known on {later}.",
            on=snapshot.on,
            earlier=earlier,
            later=later,
        )
    return _(
        "From {earlier} → to {later}. A stretch whose reports only grew old turns to unknown.",
        earlier=earlier,
        later=later,
    )


def draw(values: dict[str, Any], snapshot: Snapshot) -> pd.DataFrame:
    """Draw the choice of days and a sentence per stretch that differs; return those stretches.

    Parameters
    ----------
    values
        The session's view.
    snapshot
        What was known on its days.
    """
    _choose(cache.facts())
    found = _found(values, snapshot)
    count = len(found)
    title = ngettext("{n} stretch differs", "{n} stretches differ", count, n=count)
    st.subheader(title, anchor=False)
    st.caption(_told(values, snapshot))
    if found.empty:
        st.caption(_("No stretch of road has another status. That is not the same as no event."))
        return found
    earlier, later = _days(values, snapshot)
    st.download_button(
        _("Download GeoJSON"),
        data=lambda: write_features(
            road_features(found, snapshot.atlas), snapshot.atlas.credits
        ).encode(),
        file_name=f"piste-changes-{earlier:%Y%m%d}-{later:%Y%m%d}.geojson",
        mime="application/geo+json",
        on_click="ignore",
    )
    with st.container(height=320, border=False):
        for row in found.head(_LISTED_MAX).itertuples():
            st.button(
                markup.plain(str(row.sentence)),
                key=f"change_{row.Index}",
                on_click=state.pick,
                args=(f"road:{row.axis_id}:{row.measure_from_m:.0f}:{row.measure_to_m:.0f}",),
                kwargs={"focus": True},
                type="tertiary",
            )
    if count > _LISTED_MAX:
        st.caption(_("The first {shown} are listed; the download holds all.", shown=_LISTED_MAX))
    return found
