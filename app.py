"""The server of Piste: ``streamlit run app.py`` finds ``app`` by itself."""

import sys
from pathlib import Path

import streamlit as st

from api.routes import routes
from ui import errors, warming

_SHELL = Path(__file__).resolve().parent / "ui" / "shell.py"
# Streamlit puts a script's folder on the path at each run and takes it away after.  A thread that
# imports meanwhile may pass over another entry and find nothing; what is there already stays.
sys.path.append(str(_SHELL.parent))

app = st.App(
    _SHELL,
    routes=routes(),
    on_script_error=errors.show,
    lifespan=warming.while_serving,
)
