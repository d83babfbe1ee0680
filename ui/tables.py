"""Tables and the files that hold exactly what a table shows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo import words
from geo.exchange.csvfile import write_table
from geo.exchange.geojson import write_features
from geo.exchange.workbook import write_workbook
from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.records import Category
from geo.roads.laying import Laying
from geo.snapshot import Snapshot
from maps.palette import CATEGORY_SYMBOLS, PLACEMENT_LABELS
from ui import cache, state

_SHOWN_MAX = 5_000


def _display(table: gpd.GeoDataFrame) -> pd.DataFrame:
    toll = [
        words.span(row.killed_low, row.killed_high, open_=row.killed_open is True)
        for row in table.itertuples()
    ]
    return pd.DataFrame(
        {
            _("Date"): table["date_start"].to_numpy(),
            _("Sure to the"): [
                words.word(words.DATE_PRECISIONS, p) for p in table["date_precision"]
            ],
            _("Category"): [str(CATEGORY_SYMBOLS[Category(c)].label) for c in table["category"]],
            _("Place"): [words.where(row) for row in table.itertuples()],
            _("Region"): table["admin1"].to_numpy(),
            _("Country"): [words.word(words.COUNTRIES, code) for code in table["country"]],
            _("Killed"): toll,
            _("By"): [words.actors(names) for names in table["perpetrator"]],
            _("Target"): [words.word(words.TARGETS, code) for code in table["target"]],
            _("Placed"): [
                "" if pd.isna(kind) else str(PLACEMENT_LABELS[kind]) for kind in table["placement"]
            ],
            _("On the road"): table["chainage"].to_numpy(),
            _("What happened"): table["summary"].to_numpy(),
            _("Id"): table.index.to_numpy(),
        },
        index=table.index,
    )


def _file_name(suffix: str) -> str:
    values = state.values()
    on: date = values["on"]
    return f"piste-incidents-{on:%Y%m%d}-{values['period']}.{suffix}"


def _credited(table: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the table with whom it must name: a CSV has no other place for that."""
    plain = pd.DataFrame(table.drop(columns="geometry"))
    return plain.assign(attribution="; ".join(cache.atlas().credits))


def incidents(table: gpd.GeoDataFrame) -> None:
    """Draw the table of incidents with its downloads; choosing a row opens its file on the map."""
    count = len(table)
    title = ngettext("{n:,} incident in this view", "{n:,} incidents in this view", count, n=count)
    st.subheader(title, anchor=False)
    if table.empty:
        st.info(_("No reported incident passes the filters. Widen the period or reset them."))
        return
    left, between, middle, _rest = st.columns([1, 1, 1, 2])
    left.download_button(
        _("Download CSV"),
        data=lambda: write_table(_credited(table)),
        file_name=_file_name("csv"),
        mime="text/csv",
        on_click="ignore",
        width="stretch",
    )
    between.download_button(
        _("Download Excel"),
        data=lambda: write_workbook(_credited(table), "Incidents", datetime.now(UTC).date()),
        file_name=_file_name("xlsx"),
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click="ignore",
        width="stretch",
    )
    middle.download_button(
        _("Download GeoJSON"),
        data=lambda: write_features(table, cache.atlas().credits).encode(),
        file_name=_file_name("geojson"),
        mime="application/geo+json",
        on_click="ignore",
        width="stretch",
    )
    shown = table.head(_SHOWN_MAX)
    answer = st.dataframe(
        _display(shown),
        hide_index=True,
        height=460,
        on_select="rerun",
        selection_mode="single-row",
        key="piste_incident_table",
        column_config={
            _("Date"): st.column_config.DateColumn(format="YYYY-MM-DD"),
            _("What happened"): st.column_config.TextColumn(width="large"),
        },
    )
    if count > _SHOWN_MAX:
        st.caption(
            _(
                "The first {shown:,} are listed; the downloads hold all {count:,}.",
                shown=_SHOWN_MAX,
                count=count,
            )
        )
    if rows := answer["selection"]["rows"]:
        state.set_value("pick", f"incident:{shown.index[rows[0]]}")
        st.page_link(
            "../pages/map.py",  # from the main script's folder
            label=_("Open {incident} on the map", incident=shown.index[rows[0]]),
            icon=":material/map:",
        )


def unresolved(table: gpd.GeoDataFrame) -> None:
    """List the incidents that have no place on the map, each with the reason."""
    missing = table[table["longitude"].isna()]
    count = len(missing)
    if table.empty:
        return
    if missing.empty:
        st.caption(_("All of them are on the map: at a place, along a stretch or in a region."))
        return
    title = ngettext(
        "{n:,} incident is not on the map", "{n:,} incidents are not on the map", count, n=count
    )
    st.subheader(title, anchor=False)
    st.dataframe(
        pd.DataFrame(
            {
                _("Id"): missing.index,
                _("Date"): [words.when(row) for row in missing.itertuples()],
                _("Sources say"): missing["location_text"].to_numpy(),
                _("Why it is not on the map"): [str(why) for why in missing["unresolved_reason"]],
            }
        ),
        hide_index=True,
    )


def unlaid(laying: Laying, snapshot: Snapshot) -> None:
    """List the road assertions that lie on no road of the map, each with the reason."""
    known = set(snapshot.assertions["assertion_id"])
    missing = laying.unlaid[laying.unlaid["assertion_id"].isin(known)]
    count = len(missing)
    if missing.empty:
        return
    title = ngettext(
        "{n} road report lies on no road of the map",
        "{n} road reports lie on no road of the map",
        count,
        n=count,
    )
    st.subheader(title, anchor=False)
    lines = snapshot.assertions.set_index("assertion_id").loc[missing["assertion_id"]]
    st.dataframe(
        pd.DataFrame(
            {
                _("Id"): missing["assertion_id"].to_numpy(),
                _("About"): (lines["axis_from"] + "–" + lines["axis_to"]).to_numpy(),
                _("States"): [words.word(words.ASSERTIONS, kind) for kind in lines["kind"]],
                _("Why it is not on the map"): [str(why) for why in missing["reason"]],
            }
        ),
        hide_index=True,
    )
