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
from ui import cache, markup, state, words
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
        help=_("The other day is the frame's as-of date. Empty: 90 days before that."),
        **state.widget("since"),
    )
    right.segmented_control(
        _("What to compare"),
        options=list(VERSUS),
        format_func=lambda code: str(_VERSUS[code]),
        **state.widget("versus", of=lambda code: code or VERSUS[0]),
    )


def _since(values: dict[str, Any], snapshot: Snapshot) -> date:
    chosen: date | None = values["since"]
    return chosen or snapshot.on - timedelta(days=_USUAL_DAYS)


def _found(values: dict[str, Any], snapshot: Snapshot) -> pd.DataFrame:
    evidence = cache.evidence()
    since = _since(values, snapshot)
    if values["versus"] == "knowledge":
        before = evidence.status(snapshot.on, since)
        after = evidence.status(snapshot.on, snapshot.known_on)
    else:
        before = evidence.status(since, snapshot.known_on)
        after = evidence.status(snapshot.on, snapshot.known_on)
    return changes(before, after, snapshot.atlas)


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
    title = ngettext("{n} stretch differs", "{n} stretches differ", count).format(n=count)
    st.subheader(title, anchor=False)
    if found.empty:
        st.caption(_("No stretch of road has another status. That is not the same as no event."))
        return found
    st.caption(
        _(
            "Between {since} and {on}. A stretch whose reports only grew old turns to unknown."
        ).format(since=words.day(_since(values, snapshot)), on=words.day(snapshot.on))
    )
    st.download_button(
        _("Download GeoJSON"),
        data=lambda: write_features(
            road_features(found, snapshot.atlas), snapshot.atlas.credits
        ).encode(),
        file_name=f"piste-changes-{_since(values, snapshot):%Y%m%d}-{snapshot.on:%Y%m%d}.geojson",
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
        st.caption(
            _("The first {shown} are listed; the download holds all.").format(shown=_LISTED_MAX)
        )
    return found
