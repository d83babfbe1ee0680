"""The stretches of road with the most events, as a table whose rows the map shows."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from geo.exchange.csvfile import write_table
from geo.hotspots.analysis.answer import Answer
from geo.hotspots.analysis.wording import count_range, significance, trend_told
from geo.i18n import fill
from geo.i18n import gettext as _
from geo.roads.referencing import chainage
from ui import state

_KEY = "piste_stretches"
_SHOWN, _TAKEN = "piste_stretches_shown", "piste_stretches_taken"
_LISTED_MAX = 60


def take_choice() -> None:
    """Pick the stretch whose row was chosen since the table was last drawn."""
    rows = st.session_state.get(_KEY, {}).get("selection", {}).get("rows", [])
    chosen = rows[0] if rows else None
    if chosen == st.session_state.get(_TAKEN):
        return
    st.session_state[_TAKEN] = chosen
    picks = st.session_state.get(_SHOWN, [])
    if chosen is not None and chosen < len(picks):
        state.pick(picks[chosen], focus=True)


def shown(answer: Answer, most: int | None = None) -> pd.DataFrame:
    """Return the first ``most`` stretches with events, or all, as a reader reads them."""
    found = answer.stretches[answer.stretches["expected"] > 0]
    found = found if most is None else found.head(most)
    axes = answer.events.ground.snapshot.atlas.axes
    rows: list[Any] = list(found.itertuples())
    return pd.DataFrame(
        {
            _("Rank"): [
                rank
                if rank == f"{row.Index}" or not row.rank_low <= row.Index <= row.rank_high
                else f"{row.Index} ({rank})"
                for row in rows
                for rank in [count_range(row.rank_low, row.rank_high)]
            ],
            _("Road"): [axes[row.axis_id].ref or axes[row.axis_id].name for row in rows],
            _("From"): [chainage(row.from_m) for row in rows],
            _("To"): [chainage(row.to_m) for row in rows],
            _("Between"): [f"{row.from_town} – {row.to_town}" for row in rows],
            _("Events"): [count_range(row.count_low, row.count_high) for row in rows],
            _("Per 100 km and month"): found["rate"].to_numpy(),
            _("More than chance?"): [str(significance(row)) for row in rows],
            _("Trend"): [str(trend_told(row)) for row in rows],
            _("Rate between"): [
                fill("{low:.2g} – {high:.2g}", {"low": row.rate_low, "high": row.rate_high})
                for row in rows
            ],
            _("Caution"): ["" if row.caution is None else str(row.caution) for row in rows],
        },
        index=found.index,
    )


def draw(answer: Answer) -> None:
    """Draw the table and its download."""
    # Only those on the screen are put into words: this runs at every move of the slider.
    table = shown(answer, _LISTED_MAX)
    count = int((answer.stretches["expected"] > 0).sum())
    if table.empty:
        st.caption(_("No event of this choice lies on a known road."))
        return
    st.caption(
        _(
            "Stretches of at most 20 km, whatever the bandwidth. Counts and ranks are ranges: "
            "places are uncertain. The trend compares with the period before. Choose a row to see "
            "it on the map."
        )
    )
    rows: Any = answer.stretches.loc[table.index].itertuples()
    st.session_state[_SHOWN] = [
        f"road:{row.axis_id}:{row.from_m:.0f}:{row.to_m:.0f}" for row in rows
    ]
    rate = st.column_config.NumberColumn(format="%.2f")
    st.dataframe(
        table,
        hide_index=True,
        height=420,
        on_select="rerun",
        selection_mode="single-row",
        key=_KEY,
        column_config={
            _("Per 100 km and month"): rate,
            _("Road"): st.column_config.TextColumn(width=110),
            _("Between"): st.column_config.TextColumn(width=190),
        },
    )
    left, right = st.columns([1, 3], vertical_alignment="center")
    left.download_button(
        _("Download the list (CSV)"),
        data=lambda: write_table(shown(answer)),
        file_name=f"piste-stretches-{answer.question.selection.on:%Y%m%d}.csv",
        mime="text/csv",
        on_click="ignore",
        width="stretch",
    )
    if count > _LISTED_MAX:
        text = _(
            "The first {shown} of {all:,} are listed; the download holds all.",
            shown=_LISTED_MAX,
            all=count,
        )
        right.caption(text)
