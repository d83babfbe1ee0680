"""The server of Piste: ``streamlit run app.py`` finds ``app`` by itself."""

import streamlit as st

from api.routes import routes
from ui import errors, warming

app = st.App(
    "ui/shell.py",
    routes=routes(),
    on_script_error=errors.show,
    lifespan=warming.while_serving,
)
