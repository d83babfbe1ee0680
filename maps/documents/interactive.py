"""The threat map as one page that needs nothing beside itself: no server, no request to anyone."""

from __future__ import annotations

import base64
import html
from collections.abc import Collection

from geo.i18n import language
from maps import assets, screen
from maps.base_layers import NAMES, base_layer
from maps.cartography.plate import Bounds
from maps.payload import View, build

# A frame that is still being laid out has no size, and a map made then fits nothing.  The first
# zoom is above the least one, which would otherwise be reached by an animation that ends after the
# map has gone where it should.
_START = """(function begin(config, payload) {
  const holder = document.getElementById("map_div");
  if (document.readyState !== "complete" || !holder.clientWidth || !holder.clientHeight) {
    return void setTimeout(() => begin(config, payload), 50);
  }
  const map = L.map(holder, { minZoom: 4, maxZoom: 15, zoomSnap: .25, zoomDelta: .5,
    maxBoundsViscosity: .8 }).setView([15, 0], 9);
  Piste.start(map, config);
  Piste.update(payload);
})"""


def _data_url(text: str) -> str:
    return "data:application/geo+json;base64," + base64.b64encode(text.encode()).decode()


def map_page(
    view: View, bounds: Bounds, caption: list[str], visible: Collection[str]
) -> str | None:
    """Return the screen's map of a view as a whole HTML page.

    Parameters
    ----------
    view
        What it shows.
    bounds
        What the first picture holds: west, south, east, north.
    caption
        Which day it stands for.
    visible
        Layers that are shown at first.

    Returns
    -------
    str or None
        ``None`` when the map library is not installed (``npm ci``).
    """
    if assets.missing_libraries():
        return None
    atlas = view.snapshot.atlas
    west, south, east, north = bounds
    layers = {name: base_layer(name, atlas) for name in NAMES}
    config = screen.config(
        lang=language(),
        visible=sorted(visible),
        fit=((south, west), (north, east)),
        urls={name: _data_url(text) for name, text in layers.items() if text is not None},
        attributions=atlas.credits,
    )
    payload = build(view, theme="light", caption=caption, selected=None)
    read = {path.name: path.read_text("utf-8") for path in assets.STATIC_DIR.iterdir()}
    leaflet = {name: (assets.LEAFLET_DIR / name).read_text("utf-8")
               for name in ("leaflet.js", "leaflet.css")}  # fmt: skip
    styles = "\n".join([leaflet["leaflet.css"], *(read[name] for name in assets.STYLES)])
    scripts = [leaflet["leaflet.js"], *(read[name] for name in assets.SCRIPTS)]
    code = "".join(f"<script>{text}</script>" for text in scripts)
    title = html.escape(" · ".join(caption))
    start, shown = screen.script_json(config), screen.script_json(payload)
    return (
        f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{styles}</style></head>"
        f'<body><div id="map_div"></div>{code}<script>'
        f"{_START}({start}, {shown});</script></body></html>"
    )
