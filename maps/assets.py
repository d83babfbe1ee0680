"""Where the browser finds map libraries: on this server, never elsewhere."""

from __future__ import annotations

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEAFLET_DIR = ROOT / "node_modules" / "leaflet" / "dist"
STATIC_DIR = Path(__file__).resolve().parent / "static"

#: Path below which :mod:`api` serves; Streamlit keeps other prefixes for itself.
PREFIX = "/piste"

SCRIPTS = ("glyphs.js", "labels.js", "panel.js", "map.js")
STYLES = ("map.css",)


def _version() -> str:
    digest = hashlib.sha256()
    for path in sorted(STATIC_DIR.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


#: Digest of our own map code; part of every address, so that an update reaches the browser.
VERSION = _version()


def missing_libraries() -> list[str]:
    """Return the files of the map library that are not installed, by name."""
    return [name for name in ("leaflet.js", "leaflet.css") if not (LEAFLET_DIR / name).is_file()]


def scripts(base: str = "") -> list[tuple[str, str]]:
    """Return folium's ``default_js``: names and same-origin addresses, in loading order.

    Parameters
    ----------
    base
        Path below which Streamlit itself is served (``server.baseUrlPath``), without a slash at
        its end.
    """
    own = [(name, f"{base}{PREFIX}/static/{name}?v={VERSION}") for name in SCRIPTS]
    return [("leaflet", f"{base}{PREFIX}/leaflet/leaflet.js"), *own]


def styles(base: str = "") -> list[tuple[str, str]]:
    """Return folium's ``default_css``: names and same-origin addresses."""
    own = [(name, f"{base}{PREFIX}/static/{name}?v={VERSION}") for name in STYLES]
    return [("leaflet_css", f"{base}{PREFIX}/leaflet/leaflet.css"), *own]


def layer_url(name: str, base: str = "") -> str:
    """Return the same-origin address of a base layer."""
    return f"{base}{PREFIX}/layers/{name}.geojson"
