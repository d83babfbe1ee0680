"""The line on the start page that tells what changed on the saved routes."""

from __future__ import annotations

from typing import Any

from streamlit.delta_generator import DeltaGenerator

from geo.layers import data_folder

_FILE = "watch.json"


def fill(place: DeltaGenerator, values: dict[str, Any]) -> None:
    """Fill a place of the page; do it last, since it asks for every saved route.

    Parameters
    ----------
    place
        Where on the page.
    values
        The session's view.
    """
    if not (data_folder() / _FILE).is_file():
        return
    from ui.journey import watching  # noqa: PLC0415 - most have no saved route, and start faster

    with place:
        watching.line(values)
