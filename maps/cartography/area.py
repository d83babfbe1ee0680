"""The map of an area, drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from maps import legend as legends
from maps import palette
from maps.cartography import (
    base,
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


def _boxes(pen: Pen, body: Rect) -> tuple[Rect, Rect, Rect]:
    """Return the boxes of the map, of the legend, and of what locates and measures it."""
    u = pen.u
    edge = 13 * u  # figures of the graticule
    if pen.size.wide:
        side = min(250 * u, body.width * 0.29)
        panel = Rect(body.right - side, body.bottom, body.right, body.top)
        place = Rect(body.left + edge, body.bottom + edge, panel.left - 14 * u, body.top)
        locator = min(side * 0.72, body.height * 0.27)
        low = panel.bottom + locator + 34 * u
        return (
            place,
            Rect(panel.left, low + 8 * u, panel.right, panel.top),
            Rect(panel.left, panel.bottom, panel.right, low),
        )
    deep = min(body.height * 0.34, 260 * u)
    place = Rect(body.left + edge, body.bottom + deep + edge + 8 * u, body.right, body.top)
    foot = Rect(body.left, body.bottom, body.right, body.bottom + deep)
    side = min(190 * u, body.width * 0.3)
    return (
        place,
        Rect(foot.left + edge, foot.bottom, foot.right - side - 14 * u, foot.top),
        Rect(foot.right - side, foot.bottom, foot.right, foot.top),
    )


def draw(pen: Pen, area: AreaMap, body: Rect) -> None:
    """Draw a map of an area into a box, with its legend and what locates it."""
    theme = palette.theme("light")
    place, legend_box, rest = _boxes(pen, body)
    ground = Ground.fitted(area.bounds, place)
    section = choropleth(area.view)
    shown = _map(pen, area, ground, theme, section)
    furniture.graticule(pen, ground, theme, lines=False)
    pen.rect(place, stroke=theme["ink"], width=1.0)
    heat = area.heat if "density" in area.layers else None
    rows = legends.only(legends.legends(heat, section, theme, paper=True), shown)
    key.draw(pen, rows, legend_box, theme, (1, 2) if pen.size.wide else (3, 4))
    _measure(pen, ground, rest, theme)


def _measure(pen: Pen, ground: Ground, box: Rect, theme: dict[str, Any]) -> None:
    """Draw the scale bar, and below it the locator with the north arrow beside it."""
    u = pen.u
    furniture.scale_bar(pen, ground, Rect(box.left, box.top - 22 * u, box.right, box.top), theme)
    room = Rect(box.left, box.bottom, box.right - 40 * u, box.top - 32 * u)
    wide = min(room.width, room.height * furniture.LOCATOR_ASPECT)
    inset = Rect(
        box.left, box.bottom, box.left + wide, box.bottom + wide / furniture.LOCATOR_ASPECT
    )
    furniture.locator(pen, ground, inset, theme)
    left = min(inset.right + 10 * u, box.right - 30 * u)
    arrow = Rect(left, inset.bottom, left + 26 * u, inset.bottom + 32 * u)
    furniture.north_arrow(pen, ground, arrow, theme)


def _map(
    pen: Pen, area: AreaMap, ground: Ground, theme: dict[str, Any], section: dict[str, Any]
) -> set[str]:
    """Draw what lies inside of the frame, from the ground up; return the keys of what is shown."""
    shown: set[str] = set()
    ink = Ink(ground.box, 2.5 * pen.u)
    lines: list[roads.Line] = []
    regions = area.view.snapshot.atlas.regions

    def layer(name: str, work: Callable[[], set[str]]) -> None:
        if name in area.layers:
            shown.update(work())

    base.land(pen, ground, theme, area.focus)
    layer("choropleth", lambda: fields.choropleth(pen, section, regions, ground, theme))
    if area.heat is not None:
        heat = area.heat
        layer("density", lambda: fields.density(pen, heat, ground, theme))
    furniture.graticule(pen, ground, theme)
    layer("rivers", lambda: base.rivers(pen, ground, theme))
    layer("regions", lambda: base.regions(pen, ground, theme, regions))
    if area.focus is not None:
        base.outline(pen, ground, area.focus)
        shown.add("focus")
    held = incidents.gathered(pen, area, ground)
    if "incidents" in area.layers:
        keys, paths = incidents.draw_stretches(pen, area, ground, theme)
        shown |= keys
        ink.along(paths, 0.6)
    shown |= roads.draw_marked(pen, area, ground)
    layer("lixels", lambda: roads.draw_lixels(pen, area, ground))
    if "roads" in area.layers:
        keys, lines = roads.draw(pen, area, ground, theme)
        shown |= keys
        ink.along([line.path for line in lines if not line.known], 0.35)
        ink.along([line.path for line in lines if line.known], 0.9)
    layer("routes", lambda: roads.draw_routes(pen, area, ground, theme))
    if "incidents" in area.layers:
        shown |= incidents.draw_spreads(pen, held, ground)
        shown |= incidents.draw_symbols(pen, held, theme)
    if "rivers" in area.layers or "regions" in area.layers:
        ink.along(base.lines(ground.drawn(base.borders())), 0.3)
    found = _names(pen, area, ground, held, lines)
    covered = names.obstacles(held, pen) if "incidents" in area.layers else []
    drawn = labels.draw(pen, found, covered, ink, theme)
    if any(label.name.startswith("place:") for label in drawn):
        shown.add("places")
    return shown


def _names(
    pen: Pen, area: AreaMap, ground: Ground, held: incidents.Symbols, lines: list[roads.Line]
) -> list[labels.Label]:
    found: list[labels.Label] = []
    if "places" in area.layers:
        found += names.places(pen, area, ground, held)
    if "roads" in area.layers:
        found += names.roads(pen, area, ground, lines)
        found += names.holders(pen, ground, lines)
    if "regions" in area.layers:
        found += names.areas(pen, ground, area.view.snapshot.atlas.regions)
    if "incidents" in area.layers:
        found += names.numbers(pen, area, held)
    return found
