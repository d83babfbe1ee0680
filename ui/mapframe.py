"""The map's frame on a page: set up once, given new data in place, its clicks taken."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from geo.i18n import gettext as _
from maps import assets
from maps.base_layers import NAMES
from maps.screen import FIT, config, piste_map, update_group
from ui import cache, language, state

HEIGHT_PX = 600
_CLICK = "piste_last_click"
_FIRST_VIEW = "piste_first_view"


def usable() -> bool:
    """Return whether the map's library is there; without it say what to do."""
    if missing := assets.missing_libraries():
        st.error(
            _(
                "The map library is not installed ({files}). In Piste's folder, run: npm ci",
                files=", ".join(missing),
            )
        )
    return not missing


def begin(values: dict[str, Any], key: str, take: Callable[[str], None] | None = None) -> bool:
    """Take what was clicked on the map since it was last drawn; do this before reading the pick.

    Parameters
    ----------
    values
        The session's view.
    key
        The map's name on its page.
    take
        What to do with what was clicked; it becomes the pick unless given.

    Returns
    -------
    bool
        Whether the map is to move to what is picked.
    """
    cold = values["at"] is None and _FIRST_VIEW not in st.session_state
    st.session_state.setdefault(_FIRST_VIEW, values["at"] or (15.0, -3.0, 6.0))
    # The answer belongs to the picture before this one.
    _take_click(st.session_state.get(key), take or _pick)
    return state.take_focus() or cold


def show(payload: dict[str, Any], key: str, *, asks: bool = False) -> None:
    """Show a payload on the page's map; with ``asks`` its bare ground offers to begin a journey."""
    setup = _config_once(asks=asks)
    st_folium(
        piste_map(setup, view=st.session_state[_FIRST_VIEW], base=_base(), tiles=_tiles()),
        key=key,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=update_group(payload),
    )


def _config(*, asks: bool) -> dict[str, Any]:
    base = _base()
    return config(
        asks=asks,
        lang=language.preferred(state.values()["lang"]),
        visible=state.values()["layers"],
        fit=None if state.values()["at"] else FIT,
        urls={name: assets.layer_url(name, base) for name in NAMES},
        attributions=cache.atlas().credits,
    )


def _base() -> str:
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def _tiles() -> tuple[str, str] | None:
    """Return online tiles, only when the operator set them: they tell outsiders where one looks."""
    address = os.environ.get("PISTE_TILES_URL", "")
    return (address, os.environ.get("PISTE_TILES_ATTRIBUTION", "")) if address else None


def _pick(what: str) -> None:
    state.set_value("pick", what)


def _take_click(answer: dict[str, Any] | None, take: Callable[[str], None]) -> None:
    click = (answer or {}).get("last_active_drawing") or {}
    if click.get("at") and click["at"] != st.session_state.get(_CLICK):
        st.session_state[_CLICK] = click["at"]
        take(str(click["pick"])[:200])


def _config_once(*, asks: bool) -> dict[str, Any]:
    """Return the map's set-up as it was first sent: another one would reload the map."""
    key = f"piste_config_{language.preferred(state.values()['lang'])}_{asks}"
    if key not in st.session_state:
        st.session_state[key] = _config(asks=asks)
    return st.session_state[key]  # type: ignore[no-any-return]
