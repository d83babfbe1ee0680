"""An answer to take along: files for navigation, for maps, for programs, and a road book."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from geo.i18n import gettext as _
from geo.risk.journey import files
from geo.risk.journey.records import Answer, as_plain
from maps.documents.roadbook import road_book
from ui import cache, language


def draw(values: dict[str, Any], answer: Answer, chosen: int) -> None:
    """Draw the downloads; each file is made when it is asked for, in the reader's language."""
    st.subheader(_("Take it along"), anchor=False)
    st.caption(_("A file tells the days that it stands for and all routes; the road book tells "
                 "the one shown."))  # fmt: skip
    number = chosen + 1 if answer.routes else None
    made: list[tuple[str, str, str, Callable[[], bytes]]] = [
        (_("Road book (PDF)"), "pdf", "application/pdf",
         lambda: road_book(answer, cache.material(values), number=number,
                           made_on=datetime.now(UTC).date())),
        ("GPX", "gpx", "application/gpx+xml", lambda: files.gpx(answer).encode()),
        ("KML", "kml", "application/vnd.google-earth.kml+xml", lambda: files.kml(answer).encode()),
        ("KMZ", "kmz", "application/vnd.google-earth.kmz", lambda: files.kmz(answer)),
        ("GeoJSON", "geojson", "application/geo+json", lambda: files.geojson(answer).encode()),
        ("JSON", "json", "application/json",
         lambda: json.dumps(as_plain(answer), ensure_ascii=False, indent=2).encode()),
    ]  # fmt: skip
    row = st.container(horizontal=True)
    for label, suffix, mime, make in made:
        row.download_button(
            label,
            data=_in_language(values, make),
            file_name=f"piste-route-{answer.on:%Y%m%d}.{suffix}",
            mime=mime,
            on_click="ignore",
            key=f"piste_route_{suffix}",
        )


def _in_language(values: dict[str, Any], make: Callable[[], bytes]) -> Callable[[], bytes]:
    chosen = language.preferred(values["lang"])

    def made() -> bytes:
        language.activate(chosen)  # A download runs in a context of its own.
        return make()

    return made
