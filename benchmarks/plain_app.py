"""The plain way, to compare with: one folium marker per incident, the whole map anew each time."""

import streamlit as st

from api.routes import routes

app = st.App("plain_page.py", routes=routes())
