"""Place a phrase, or a file of incidents, before anything of it enters the ledger."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import streamlit as st
from shapely.geometry import mapping

from geo import words
from geo.exchange.geojson import write_features
from geo.exchange.placed import placed_features
from geo.exchange.tables import read_incidents
from geo.gazetteer.phrases import Result, geocode
from geo.gazetteer.placing import place_incidents
from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.records import Fault, InputError
from geo.roads.referencing import chainage
from maps.palette import PLACEMENT_LABELS
from ui import cache, markup
from ui.markup import escape
from ui.params import COUNTRIES

_FAULTS_SHOWN = 200


def phrase() -> None:
    """Draw the phrase box and what Piste makes of the phrase."""
    st.subheader(_("Where is that?"), anchor=False)
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    example = _("near Kobé, about 30 km from Gao, between Gao and Ansongo")
    text = left.text_input(
        _("A place as a report words it"), value=example, max_chars=1000, key="piste_phrase"
    )
    country = right.selectbox(
        _("Country"),
        options=["", *COUNTRIES],
        format_func=lambda code: words.word(words.COUNTRIES, code) if code else _("Any"),
        key="piste_phrase_country",
    )
    if text.strip():
        _show(geocode(text, cache.atlas(), country=country or None))


def _show(result: Result) -> None:
    placement = result.placement
    if placement is None:
        why = markup.plain(str(result.unresolved_reason))
        st.warning(_("Not placed: {why}", why=why))
    else:
        parts = [str(PLACEMENT_LABELS[placement.kind])]
        if placement.axis_id is not None and placement.measure_from_m is not None:
            axis = cache.atlas().axes[placement.axis_id]
            start, end = placement.measure_from_m, placement.measure_to_m or 0.0
            parts.append(f"{axis.ref or axis.name} {chainage(start)} – {chainage(end)}")
        parts.append(f"{placement.lat:.4f}, {placement.lon:.4f}")
        parts.append(_("within {km} km", km=words.kilometres(placement.spread_m)))
        st.html(
            f'<div class="piste-file"><h3>{escape(" · ".join(parts))}</h3>'
            f"<p>{escape(placement.explanation)}</p></div>"
        )
        with st.expander(_("As GeoJSON")):
            st.code(json.dumps(mapping(placement.geometry))[:4000], language="json")
    for why in result.review:
        st.warning(_("For review: {why}", why=markup.plain(str(why))))
    if result.candidates:
        st.caption(_("Places that the names may mean"))
        runners_up = result.runners_up
        st.dataframe(
            pd.DataFrame(
                {
                    _("Place"): [c.place.name for c in result.candidates],
                    _("Region"): [c.place.adm1 for c in result.candidates],
                    _("Country"): [
                        words.word(words.COUNTRIES, c.place.country) for c in result.candidates
                    ],
                    _("Role"): [
                        _("possible")
                        if placement is None
                        else _("runner-up")
                        if c in runners_up
                        else _("used")
                        for c in result.candidates
                    ],
                    _("Spelling matched"): [c.matched for c in result.candidates],
                    _("Match"): [
                        _("resembles, please check") if c.fuzzy else _("same spelling")
                        for c in result.candidates
                    ],
                }
            ),
            hide_index=True,
        )


def file() -> None:
    """Draw the upload of a table and what Piste makes of each row."""
    st.subheader(_("Place a file of incidents"), anchor=False)
    st.caption(
        _(
            "A CSV in UTF-8 with any of the columns place, location_text, route_from, route_to, "
            "km_from, km_from_place, country, admin1, or latitude and longitude. Nothing is stored."
        )
    )
    uploaded = st.file_uploader(_("CSV file"), type=["csv", "txt", "tsv"], key="piste_file")
    if uploaded is None:
        return
    try:
        with st.spinner(_("Reading and placing …")):
            table = read_incidents(uploaded.getvalue(), require_id=False)
            placed = placed_features(table, place_incidents(table.frame, cache.atlas()))
    except InputError as error:
        st.error(_("The file cannot be used."))
        _faults(error.faults)
        return
    on_map = int(placed.geometry.notna().sum())
    st.success(
        _(
            "{rows:,} rows read, {placed:,} placed, {unplaced:,} not placed.",
            rows=len(placed),
            placed=on_map,
            unplaced=len(placed) - on_map,
        )
    )
    if table.faults:
        rows = len({fault.row for fault in table.faults if fault.row is not None})
        st.warning(
            ngettext(
                "{n:,} row has faults and was left out or emptied in part; the rest was kept.",
                "{n:,} rows have faults and were left out or emptied in part; the rest was kept.",
                rows,
                n=rows,
            )
        )
        _faults(table.faults)
    st.dataframe(_preview(placed), hide_index=True)
    st.download_button(
        _("Download GeoJSON"),
        data=lambda: write_features(placed, cache.atlas().credits).encode(),
        file_name="piste-placed.geojson",
        mime="application/geo+json",
        on_click="ignore",
    )


def _faults(faults: list[Fault]) -> None:
    rows: list[dict[str, Any]] = [
        {
            _("Row"): "" if fault.row is None else str(fault.row),
            _("Column"): fault.column or "",
            _("What is wrong, and what to do"): str(fault.message),
        }
        for fault in faults[:_FAULTS_SHOWN]
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    if len(faults) > _FAULTS_SHOWN:
        st.caption(_("… and {n} more faults.", n=len(faults) - _FAULTS_SHOWN))


def _preview(placed: pd.DataFrame) -> pd.DataFrame:
    shown = placed.head(1000)
    return pd.DataFrame(
        {
            _("Id"): shown["incident_id"].astype(str),
            _("Placed"): [
                "" if pd.isna(kind) else str(PLACEMENT_LABELS[kind]) for kind in shown["kind"]
            ],
            _("Why there"): ["" if pd.isna(why) else str(why) for why in shown["explanation"]],
            _("Why not"): ["" if pd.isna(why) else str(why) for why in shown["unresolved_reason"]],
        }
    )
