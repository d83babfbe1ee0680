"""What a map or a chart shows, as a picture for a slide, a page or a chat."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from geo.atlas import Atlas
from geo.i18n import Message, message
from geo.i18n import gettext as _
from geo.snapshot import Snapshot
from maps.screen import FIT
from ui import cache, imprint, language, markup, params, state

# Drawing on paper takes most of a second to load, which the first map need not wait for: what
# draws is imported when a reader asks for a picture.
if TYPE_CHECKING:
    from maps.cartography import Plate, Subject
    from maps.cartography.plate import Bounds

SIZE_WORDS: dict[str, Message] = {
    "hd": message("Slide, 1920 × 1080"),
    "uhd": message("Slide, 3840 × 2160"),
    "square": message("Chat, 1080 × 1080"),
    "a4-landscape": message("A4, landscape"),
    "a4-portrait": message("A4, upright"),
    "a3-landscape": message("A3, landscape"),
    "a3-portrait": message("A3, upright"),
}
#: Half of the screen map's usual width and height.
_HALF_PX = (480, 300)
_TILE_PX = 256
_MIME = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}

_COPY_JS = """
export default function (component) {
  const { data, parentElement } = component;
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = async () => {
    try {
      const bytes = Uint8Array.from(atob(data.png), (c) => c.charCodeAt(0));
      const blob = new Blob([bytes], { type: "image/png" });
      await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
      button.textContent = data.done;
    } catch (_) { button.textContent = data.failed; }
  };
}
"""
# The map's frame leaves here where it looks; Streamlit does not tell the server of addresses that a
# page writes by itself.
_LOOK_JS = """
export default function (component) {
  const { at = "", layers = "" } = window.pisteMap || {};
  const seen = JSON.stringify({ at, layers });
  if (seen !== component.data.seen) component.setStateValue("seen", seen);
}
"""
_COPY_CSS = """
button { font: inherit; font-size: .95rem; cursor: pointer; padding: .45rem .9rem;
  border-radius: 8px; color: Canvas; background: var(--st-primary-color); border: none; }
button:focus-visible { outline: 2px solid var(--st-text-color); outline-offset: 2px; }
"""


@st.cache_resource(show_spinner=False)
def _copy() -> ComponentRenderer:
    return st.components.v2.component(
        "piste_copy", html='<button type="button"></button>', css=_COPY_CSS, js=_COPY_JS
    )


@st.cache_resource(show_spinner=False)
def _look() -> ComponentRenderer:
    return st.components.v2.component("piste_look", html="<span hidden></span>", js=_LOOK_JS)


def _looked(key: str) -> bool:
    """Take over where the screen map looks now and what it shows; return whether it has told."""
    before = (st.session_state.get(f"{key}_look") or {}).get("seen") or ""
    seen = _look()(key=f"{key}_look", data={"seen": before}, on_seen_change=lambda: None).seen
    if not seen:
        return False
    told = {name: [text] for name, text in json.loads(seen).items() if text}
    read, _ignored = params.read(told, cache.facts())
    state.values().update({name: read[name] for name in told})
    return True


def bounds_seen(values: Mapping[str, Any]) -> Bounds:
    """Return what the screen map shows: west, south, east, north in degrees."""
    if values["at"] is None:
        (south, west), (north, east) = FIT
        return west, south, east, north
    lat, lon, zoom = values["at"]
    per_px = 360 / (_TILE_PX * 2**zoom)
    wide, tall = _HALF_PX[0] * per_px, _HALF_PX[1] * per_px * math.cos(math.radians(lat))
    return lon - wide, lat - tall, lon + wide, lat + tall


def layers_seen(values: Mapping[str, Any]) -> frozenset[str]:
    """Return the layers that the screen map shows, as a plate names them."""
    from maps.cartography.plate import DEFAULT_LAYERS, LAYERS  # noqa: PLC0415

    return frozenset(values["layers"]) & frozenset(LAYERS) or DEFAULT_LAYERS - {"density"}


@dataclass(frozen=True, slots=True)
class Stand:
    """The days and the credits that a picture carries."""

    on: date
    known_on: date
    atlas: Atlas


def now() -> Stand:
    """Return those of a picture of all that the ledger holds."""
    facts = cache.facts()
    last = max(facts.today, facts.last_day)
    return Stand(last, last, cache.atlas())


def offer(
    make: Callable[[], Subject],
    shot: Snapshot | Stand | None,
    *,
    title: str,
    subtitle: str = "",
    key: str,
) -> None:
    """Draw a button that opens the picture of what is shown.

    Parameters
    ----------
    make
        Gives the subject when it is asked for.
    shot
        Whose days and credits the picture carries; ``None`` for one that is of no day.
    title, subtitle
        What it says above, until a reader changes it.
    key
        Names the button.
    """
    if st.button(
        _("Copy as picture"), icon=":material/photo_camera:", key=f"{key}_picture",
        help=_("At briefing quality, with title, days, legend, sources and handling mark."),
    ):  # fmt: skip
        _dialog(title)(make, shot, title, subtitle, key)


def _dialog(title: str) -> Callable[..., None]:
    return language.dialog(title, _open)


def _open(
    make: Callable[[], Subject],
    shot: Snapshot | Stand | None,
    title: str,
    subtitle: str,
    key: str,
) -> None:
    from maps.cartography import SIZES, Imprint, Plate, mark_named, write  # noqa: PLC0415

    lang = language.preferred(state.values()["lang"])
    left, right = st.columns(2)
    heading = left.text_input(_("Title"), title, max_chars=160, key=f"{key}_title")
    size = right.selectbox(
        _("Sheet"), list(SIZES), format_func=lambda name: str(SIZE_WORDS[name]), key=f"{key}_size"
    )
    mark, made_by = imprint.ask(st.container(horizontal=True), key)
    today = datetime.now(UTC).date()
    days: dict[str, Any] = {}
    if shot is not None:
        days = {"as_of": shot.on, "known_on": shot.known_on, "sources": shot.atlas.credits}
    if not _looked(key):
        return
    plate = Plate(
        imprint=Imprint(
            title=heading, subtitle=subtitle, mark=mark_named(mark), made_by=made_by,
            made_on=today, **days,
        ),
        subject=make(),
        language=lang,
    )  # fmt: skip
    with st.spinner(_("Drawing …"), show_time=False):
        png = write(plate, "png", size)
    st.html(markup.picture(png, heading))
    row = st.container(horizontal=True, vertical_alignment="center")
    with row:
        _copy()(
            key=f"{key}_copy",
            data={
                "png": base64.b64encode(png).decode(),
                "label": _("Copy"),
                "done": _("Copied"),
                "failed": _("Not allowed by this browser: take the PNG"),
            },
        )
        for form, mime in _MIME.items():
            st.download_button(
                form.upper(),
                data=png if form == "png" else _made(plate, form, size),
                file_name=f"piste-{today if shot is None else shot.on:%Y%m%d}.{form}",
                mime=mime,
                on_click="ignore",
                key=f"{key}_take_{form}",
            )


def _made(plate: Plate, form: str, size: str) -> Callable[[], bytes]:
    from maps.cartography import write  # noqa: PLC0415

    return lambda: write(plate, form, size)
