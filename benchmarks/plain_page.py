"""The page of :mod:`benchmarks.plain_app`.

As a tutorial would write it, but spared what is not drawing: incidents and placements are read
once and kept, Leaflet comes from this server as it does for Piste, and jQuery, which folium's
popups want, is a line that does what they need of it.
"""

import html
import sys
from pathlib import Path
from urllib.parse import quote

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from geo import snapshot  # noqa: E402
from geo.atlas import DATA_DIR, load  # noqa: E402
from geo.records import Category  # noqa: E402
from geo.store import Ledger, seed  # noqa: E402
from maps.palette import CATEGORY_SYMBOLS  # noqa: E402

JQUERY = """window.$ = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return [template.content.firstElementChild];
};"""


@st.cache_resource
def incidents() -> pd.DataFrame:
    """Return the incidents with their coordinates."""
    ledger = Ledger.open()
    seed(ledger, DATA_DIR)
    frames = ledger.frames()
    where = snapshot.place_ledger(frames, load())
    columns = ["incident_id", "date_start", "category", "ied", "place", "summary"]
    return frames.incidents[columns].join(where[["lon", "lat"]]).dropna(subset=["lon"])


st.set_page_config(layout="wide")
categories = st.sidebar.multiselect(
    "Categories",
    options=list(Category),
    format_func=lambda code: str(CATEGORY_SYMBOLS[Category(code)].label),
)
only = st.sidebar.toggle("Explosive devices only")
shown = incidents()
if categories:
    shown = shown[shown["category"].isin(categories)]
if only:
    shown = shown[shown["ied"]]

picture = folium.Map(location=[15.0, -3.0], zoom_start=6, tiles=None)
picture.default_js = [
    ("leaflet", "/piste/leaflet/leaflet.js"),
    ("jquery", "data:text/javascript," + quote(JQUERY)),
]
picture.default_css = [("leaflet_css", "/piste/leaflet/leaflet.css")]
for row in shown.itertuples():
    text = f"<b>{row.category}</b> {row.date_start:%Y-%m-%d}<br>{html.escape(row.summary)}"
    folium.Marker([row.lat, row.lon], popup=text).add_to(picture)
st_folium(picture, key="plain", height=600, use_container_width=True)
