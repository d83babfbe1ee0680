"""The threat map: incidents, road status and IED density, and the file of what is picked."""

import streamlit as st

from ui import cache, desk, figures, state, watchline

values = state.values()
watched = st.container(key="piste_watched")
figures.draw(cache.figures(values))
desk.draw(values)
watchline.fill(watched, values)
