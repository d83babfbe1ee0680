"""Where events concentrate, on paper: what the page of hotspots shows, drawn from its answer."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.hotspots.analysis.answer import Answer
from geo.hotspots.analysis.shift import Shift
from geo.hotspots.raster import classes_by_mass
from geo.i18n import gettext as _
from maps import hotspots, legend
from maps import shift as shifts
from maps.cartography import fields
from maps.cartography.base import inside
from maps.cartography.ground import Ground
from maps.cartography.pen import Pen
from maps.cartography.plate import Heat
from maps.cartography.roads import BARE_PX, Line


def _lonlat(path: list[list[float]]) -> NDArray[np.float64]:
    return np.asarray(path, dtype=np.float64)[:, ::-1]


def draw_plane(
    pen: Pen, answer: Answer | None, shift: Shift | None, ground: Ground, theme: dict[str, Any]
) -> set[str]:
    """Draw a density on the plane; return the keys of the classes seen."""
    if answer is not None and shift is not None:
        return _land(pen, answer, shift, ground, theme)
    surface = None if answer is None else answer.surface
    heat = None if surface is None else Heat(surface, classes_by_mass(surface))
    return fields.density(pen, heat, ground, theme)


def _land(
    pen: Pen, answer: Answer, shift: Shift, ground: Ground, theme: dict[str, Any]
) -> set[str]:
    """Draw the land by what became of its rate; return the keys of the changes seen."""
    shown: set[str] = set()
    for key, colour, rings in shifts.areas(shift, answer, theme):
        paths = [ground.to_paper(_lonlat(ring)) for ring in rings]
        if inside(ground.box, paths):
            shown.add(key)
            fill = fields.blended(colour, theme["land"], shifts.OPACITY)
            pen.paths(paths, fill=fill, closed=True, clip=ground.box)
    return shown


def draw_roads(
    pen: Pen, answer: Answer, shift: Shift | None, ground: Ground, theme: dict[str, Any]
) -> tuple[set[str], list[Line]]:
    """Draw what stands out from chance and the roads, the densest on top.

    Returns
    -------
    set of str
        Keys of what is seen.
    list of Line
        The roads, for their numbers.
    """
    shown: set[str] = set()
    drawn = None if shift is None else shifts.picture(shift, answer, theme)
    edges = hotspots.outlines(answer) if drawn is None else drawn.outlines
    outlines = [ground.to_paper(_lonlat(path)) for path in edges]
    outlines = [path for path in outlines if inside(ground.box, [path])]
    if outlines:
        shown.add("outline")
    on_roads = answer.roads is not None
    style = {"stroke": theme["ink"], "width": hotspots.outline_px(answer), "clip": ground.box}
    if on_roads:
        pen.paths(outlines, alpha=hotspots.CASING_OPACITY, **style)
    lines = []
    for line in (drawn.lines if drawn else []) or hotspots.road_lines(answer):
        path = ground.to_paper(_lonlat(line["path"]))
        if not inside(ground.box, [path]):
            continue
        shown.add(line["key"])
        lines.append(Line(line["pick"].split(":")[1], path, None, known=bool(line["colour"])))
        pen.paths([path], stroke=line["colour"] or theme["soft"], width=line["weight"],
                  clip=ground.box)  # fmt: skip
    if not on_roads:
        pen.paths(outlines, **style)
    return shown, lines


def legend_layer(answer: Answer, shift: Shift | None, theme: dict[str, Any]) -> dict[str, Any]:
    """Return the legend, in the rows that the screen has."""
    if shift is not None:
        rows = shifts.legend_rows(shift, answer, theme)
        bare = legend.line("bare", theme["soft"], BARE_PX, _("Road"))
        return {"id": "concentration", "label": _("Where the rate changed"),
                "legend": [*rows[:-1], bare, rows[-1]]}  # fmt: skip
    return {
        "id": "concentration",
        "label": _("Where they concentrate"),
        "legend": hotspots.legend_rows(answer, theme, paper=True),
    }
