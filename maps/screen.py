"""The screen map: folium elements that hand our data to our own code in the browser.

``PisteMap`` is the part that never changes while a page is open (libraries, base layers, controls);
``Update`` is exchanged with every filter change and replaces the data layers in place.  Both take
their libraries from this server (``maps.assets``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.i18n import gettext as _
from maps import assets, shapes


def script_json(value: object) -> str:
    """Return ``value`` as JSON that may stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


class Start(MacroElement):
    """Starts our map code on a folium map, once.

    Parameters
    ----------
    config
        What ``Piste.start`` takes: words, layer addresses, visible layers.
    """

    _template: ClassVar[Template] = Template(
        """
        {% macro script(this, kwargs) %}
        Piste.start({{ this._parent.get_name() }}, {{ this.config }});
        {% endmacro %}
        """
    )

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self._name = "Start"
        self.config = script_json(config)


class Update(MacroElement):
    """Hands a new set of data to the running map.

    Parameters
    ----------
    payload
        What ``Piste.update`` takes, see :mod:`maps.payload`.
    """

    _template: ClassVar[Template] = Template(
        """
        {% macro script(this, kwargs) %}
        Piste.update(JSON.parse({{ this.payload }}));
        {% endmacro %}
        """
    )

    def __init__(self, payload: dict[str, Any]) -> None:
        super().__init__()
        self._name = "Update"
        # A string literal that the browser parses as JSON is several times faster than JavaScript.
        self.payload = script_json(
            json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        )


#: Mali south of Taoudenni, Burkina Faso and western Niger: what the first picture shows.
FIT: Final = ((9.6, -12.2), (20.2, 5.2))


def config(
    *,
    lang: str,
    visible: Sequence[str],
    fit: Sequence[Sequence[float]] | None,
    urls: Mapping[str, str],
    attributions: Sequence[str],
    asks: bool = False,
) -> dict[str, Any]:
    """Return what ``Piste.start`` takes.

    Parameters
    ----------
    lang
        Code of the reader's language, which must be the active one too.
    visible
        Layers shown at first.
    fit
        South-west and north-east corner (lat, lon) that the first picture holds; ``None`` leaves
        the map where it is.
    urls
        Addresses of the base layers by name.
    attributions
        Whom the map must name.
    asks
        Whether a click on the bare map offers to begin or to end a journey there.
    """
    return {
        "lang": lang,
        "visible": list(visible),
        "shapes": shapes.rounded(),
        "window": [[9.0, -13.0], [26.0, 10.0]],
        "fit": None if fit is None else [list(corner) for corner in fit],
        "urls": dict(urls),
        "words": {
            "map": _("Threat map; the table of incidents holds the same as text"),
            "zoom_in": _("Zoom in"),
            "zoom_out": _("Zoom out"),
            "layers": _("Layers and legend"),
            "legend": _("Legend"),
            "failed": _("A base layer could not be read from this server."),
            "incidents_here": _("{n} incidents here"),
            "list_all": _("List them all"),
            "none": _("No incident reported in the period"),
        },
        "attributions": list(attributions),
        "asks": [
            {"kind": "origin", "label": _("Begin the journey here")},
            {"kind": "dest", "label": _("End it here")},
            {"kind": "via", "label": _("Pass through here")},
        ]
        if asks
        else [],
    }


def piste_map(
    config: dict[str, Any],
    *,
    view: tuple[float, float, float],
    base: str = "",
    tiles: tuple[str, str] | None = None,
) -> folium.Map:
    """Return a folium map that loads everything from this server.

    Parameters
    ----------
    config
        Of :func:`config`.
    view
        Latitude, longitude and zoom of the first picture.
    base
        Path below which Streamlit is served.
    tiles
        Address template and attribution of online tiles, only if the operator asked for them.
    """
    picture = folium.Map(
        location=view[:2],
        zoom_start=view[2],
        tiles=None,
        min_zoom=4,
        zoom_snap=0.25,
        zoom_delta=0.5,
        max_bounds_viscosity=0.8,
        max_zoom=15,
        zoom_control="topleft",
        control_scale=False,
        world_copy_jump=False,
        bounce_at_zoom_limits=False,
    )
    picture.default_js = assets.scripts(base)
    picture.default_css = assets.styles(base)
    if tiles:
        folium.TileLayer(tiles=tiles[0], attr=tiles[1], overlay=False, control=False).add_to(
            picture
        )
    Start(config).add_to(picture)
    return picture


def update_group(payload: dict[str, Any]) -> folium.FeatureGroup:
    """Return the feature group through which streamlit-folium passes new data to the map."""
    group = folium.FeatureGroup(name="piste")
    Update(payload).add_to(group)
    return group
