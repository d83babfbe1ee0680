"""Streamlit code that is shared by the pages: navigation, the frame, state, caches, panels."""
