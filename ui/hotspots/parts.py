"""Parts of the page of hotspots: year by year, along one road, and the files to take away."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import streamlit as st

from geo.exchange.hotspots import content
from geo.hotspots.analysis.along import with_density
from geo.hotspots.analysis.answer import Answer
from geo.hotspots.analysis.question import NETWORK
from geo.i18n import gettext as _
from geo.roads import strip as strips
from maps import strip as strip_pictures
from maps import years as year_pictures
from ui import cache, drawing, road, state
from ui.hotspots import answers, paper, warming

_MIME = {
    ".tif": "image/tiff",
    ".geojson": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".png": "image/png",
}


def _digest(svg: str) -> str:
    return hashlib.sha256(svg.encode()).hexdigest()[:16]


def years(values: Mapping[str, Any], answer: Answer) -> None:
    """Draw one small map per year, all with the same limits."""
    st.caption(
        _(
            "The same filters, kernel, bandwidth and colours in every year, as rates per month. "
            "More reports in a year may mean more reporting."
        )
    )
    found = answers.years(values)
    svg = year_pictures.svg(found, answer)
    drawing.draw(svg, key="piste_years", digest=_digest(svg), picked=None)
    paper.years_of(found, answer)


def strip(values: Mapping[str, Any], answer: Answer) -> None:
    """Draw a chosen road as a strip with the density along it."""
    view = cache.view(values)
    axes = view.snapshot.atlas.axes
    st.selectbox(
        _("Road"),
        options=list(axes),
        format_func=lambda axis_id: road.road_name(view, axis_id),
        width=420,
        **state.widget("axis"),
    )
    if answer.roads is None:
        warming.wait("shortest" if values["method"] == "simple" else "walks")
    along = answer if answer.roads is not None else answers.answer(values, NETWORK)
    ids = along.events.ground.snapshot.incidents.index[along.events.chosen][along.events.share > 0]
    shown = with_density(
        strips.build(view.snapshot, view.status, ids, state.values()["axis"]), along
    )
    st.caption(
        _(
            "Density along the road, events per km in the period; bandwidth {km:.1f} km.",
            km=along.bandwidth.bandwidth_m / 1_000,
        )
    )
    svg = strip_pictures.svg(
        shown, road.said(view, shown), road.footer(view, shown), curve=_("Density")
    )
    picked = drawing.draw(
        svg, key="piste_density_strip", digest=_digest(svg), picked=values["pick"]
    )
    paper.strip_of(shown, along)
    if picked and picked != values["pick"]:
        state.pick(picked, focus=True)
        st.rerun(scope="fragment")


def downloads(answer: Answer) -> None:
    """Offer the answer as files."""
    on_roads = answer.question.surface == NETWORK
    period = answer.question.period
    what = {
        ".tif": _("GeoTIFF"),
        ".geojson": _("GeoJSON of lixels") if on_roads else _("GeoJSON of classes"),
        ".gpkg": _("GeoPackage of lixels") if on_roads else _("GeoPackage of classes"),
        ".png": _("Picture (PNG)"),
    }
    if on_roads:
        what.pop(".tif")
    row = st.container(horizontal=True, key="piste_hotspot_files")
    for suffix, label in what.items():
        row.download_button(
            label,
            data=lambda suffix=suffix: content(answer, suffix),
            file_name=f"piste-hotspots-{period.first:%Y%m%d}-{period.last:%Y%m%d}{suffix}",
            mime=_MIME[suffix],
            on_click="ignore",
            icon=":material/download:",
        )
    st.caption(
        _(
            "The files name their days ({first} – {last}), filters, kernel, bandwidth and sources.",
            first=period.first,
            last=period.last,
        )
    )
