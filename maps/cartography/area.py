"""The map of an area, drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from geo.i18n import gettext as _
from maps import legend as legends
from maps import palette
from maps.cartography import (
    base,
    concentration,
    fields,
    furniture,
    incidents,
    key,
    labels,
    names,
    roads,
)
from maps.cartography.ground import Ground
from maps.cartography.ink import Ink
from maps.cartography.paper import Rect
from maps.cartography.pen import Pen
from maps.cartography.plate import AreaMap
from maps.payload import choropleth


@dataclass(frozen=True, eq=False)
class _Drawn:
    """A map before its names: the keys of what is shown, where ink is, its symbols and roads."""

    shown: set[str]
    ink: Ink
    held: incidents.Symbols
    lines: list[roads.Line]


#: Of the body: what a legend that finds no room takes from the map, step by step.
_MORE: Final = (0.0, 0.04, 0.08, 0.13, 0.18)


def _boxes(pen: Pen, body: Rect, more: float, *, located: bool) -> tuple[Rect, Rect, Rect]:
    """Return the boxes of the map, of the legend and of the locator, flat where there is none."""
    u, edge = pen.u, 13 * pen.u  # The figures of the graticule stand on the edge.
    # What is shown to a room has larger letters, so a smaller locator.
    high = (76 if pen.size.wide and not pen.size.paper else 104) * u
    tall = high if located else 0.0
    small = Rect(0, 0, high * furniture.LOCATOR_ASPECT, tall)
    if pen.size.wide:
        side = min(290 * u, body.width * 0.3) + more * body.width
        left = body.right - side
        return (
            Rect(body.left + edge, body.bottom + edge, left - 14 * u, body.top),
            Rect(left, body.bottom + tall + 12 * u, body.right, body.top),
            Rect(left, body.bottom, left + small.width, body.bottom + tall),
        )
    deep = body.height * (more + (0.34 if body.height < 1.2 * body.width else 0.28))
    foot = Rect(body.left, body.bottom, body.right, body.bottom + deep)
    left = foot.right - small.width
    return (
        Rect(body.left + edge, foot.top + edge + 8 * u, body.right, body.top),
        Rect(foot.left + edge, foot.bottom, left - 14 * u, foot.top),
        Rect(left, foot.top - tall, foot.right, foot.top),
    )


def draw(pen: Pen, area: AreaMap, body: Rect) -> None:
    """Draw a map of an area into a box, with its legend and what locates it."""
    theme = palette.theme("light")
    located = furniture.locates(area.bounds)
    section = choropleth(area.view)
    columns = (1, 2, 3) if pen.size.wide else (3, 4, 5)
    begun = pen.mark()
    for more in _MORE:
        pen.rewind(begun)
        place, legend_box, inset = _boxes(pen, body, more, located=located)
        ground = Ground.fitted(area.bounds, place)
        drawn = _map(pen, area, ground, theme, section)
        # Names are placed but once: that they may be there is enough to see what has room.
        rows = _legend(area, section, theme, drawn.shown | {"places", "number"})
        if key.fits(pen, rows, legend_box, columns):
            break
    shown = drawn.shown | _named(pen, area, ground, theme, drawn)
    rows = _legend(area, section, theme, shown)
    furniture.graticule(pen, ground, theme, lines=False)
    pen.rect(place, stroke=theme["ink"], width=1.0)
    key.draw(pen, rows, legend_box, theme, columns)
    if located:
        furniture.locator(pen, ground, inset, theme)
    furniture.projection(pen, ground, inset)


def _legend(
    area: AreaMap, section: dict[str, Any], theme: dict[str, Any], shown: set[str]
) -> list[dict[str, Any]]:
    """Return the legend of what is shown."""
    heat = area.heat if "density" in area.layers else None
    layers = roads.legend_layers() + legends.legends(heat, section, theme, paper=True)
    if heat is not None:
        reach = _("Each report is spread over {km:,.0f} km around its place", km=heat.reach_km)
        (dense,) = (layer for layer in layers if layer["id"] == "density")
        dense["legend"].append(legends.note("density", reach))
    if area.concentration is not None:
        own = concentration.legend_layer(area.concentration, area.shift, theme)
        layers = [own, *(layer for layer in layers if layer["id"] != "density")]
    return legends.only(layers, shown)


def _map(
    pen: Pen, area: AreaMap, ground: Ground, theme: dict[str, Any], section: dict[str, Any]
) -> _Drawn:
    """Draw what lies inside of the frame, from the ground up, but for its names."""
    shown: set[str] = set()
    ink = Ink(ground.box, 2.5 * pen.u)
    lines: list[roads.Line] = []
    regions = area.view.snapshot.atlas.regions

    def layer(name: str, work: Callable[[], set[str]]) -> None:
        if name in area.layers:
            shown.update(work())

    base.land(pen, ground, theme, area.focus)
    layer("choropleth", lambda: fields.choropleth(pen, section, regions, ground, theme))
    layer("density", lambda: fields.density(pen, area.heat, ground, theme))
    answer = area.concentration if "concentration" in area.layers else None
    layer("concentration", lambda: concentration.draw_plane(pen, answer, area.shift, ground, theme))
    furniture.graticule(pen, ground, theme)
    layer("rivers", lambda: base.rivers(pen, ground, theme))
    layer("regions", lambda: base.regions(pen, ground, theme, regions))
    if area.focus is not None:
        base.outline(pen, ground, area.focus)
        shown.add("focus")
    held = incidents.gathered(pen, area, ground)
    # A density tells by itself how far a place may lie off.
    spread = "incidents" in area.layers and answer is None
    if spread:
        keys, paths = incidents.draw_stretches(pen, area, ground, theme)
        shown |= keys
        ink.along(paths, 0.6)
    shown |= roads.draw_marked(pen, area, ground)
    keys, lines = _roads(pen, area, ground, theme)
    shown |= keys
    for known, weight in ((False, 0.35), (True, 0.9)):
        ink.along([line.path for line in lines if line.known is known], weight)
    layer("routes", lambda: roads.draw_routes(pen, area, ground, theme))
    shown |= incidents.draw_spreads(pen, held, ground) if spread else set()
    layer("incidents", lambda: incidents.draw_about(pen, area, held, theme))
    layer("incidents", lambda: incidents.draw_symbols(pen, held, theme, ground.box))
    if "rivers" in area.layers or "regions" in area.layers:
        ink.along(base.lines(ground.drawn(base.borders())), 0.3)
    return _Drawn(shown, ink, held, lines)


def _named(
    pen: Pen, area: AreaMap, ground: Ground, theme: dict[str, Any], drawn: _Drawn
) -> set[str]:
    """Draw scale, arrow and names; return the keys of what they show."""
    ink, held, lines = drawn.ink, drawn.held, drawn.lines
    found = _names(pen, area, ground, held, lines)
    covered = names.obstacles(held, pen)
    covered.append(furniture.measure(pen, ground, ink, covered, theme))
    drawn = labels.draw(pen, found, covered, ink, theme)
    kinds = {label.name.split(":")[0] for label in drawn}
    return ({"places"} & {f"{kind}s" for kind in kinds}) | ({"number"} & kinds)


def _roads(
    pen: Pen, area: AreaMap, ground: Ground, theme: dict[str, Any]
) -> tuple[set[str], list[roads.Line]]:
    """Draw the roads by how much happens on them, or else by their status."""
    if area.concentration is not None and "concentration" in area.layers:
        return concentration.draw_roads(pen, area.concentration, area.shift, ground, theme)
    if "roads" not in area.layers:
        return set(), []
    return (roads.draw_bare if area.bare_roads else roads.draw)(pen, area, ground, theme)


def _names(
    pen: Pen, area: AreaMap, ground: Ground, held: incidents.Symbols, lines: list[roads.Line]
) -> list[labels.Label]:
    found: list[labels.Label] = []
    found += names.numbers(pen, area, held)
    found += names.stretches(pen, area, ground)
    if "routes" in area.layers:
        found += names.routes(pen, area, ground)
    if "places" in area.layers:
        found += names.places(pen, area, ground, held)
    found += names.roads(pen, area, ground, lines)
    found += names.holders(pen, ground, lines)
    if "regions" in area.layers:
        found += names.areas(pen, area, ground)
    return found
