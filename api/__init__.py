"""Starlette routes that stand beside Streamlit on the same server."""
