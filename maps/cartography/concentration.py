"""Where events concentrate, on paper: what the page of hotspots shows, drawn from its answer."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.hotspots.analysis.answer import Answer
from geo.hotspots.raster import classes_by_mass
from geo.i18n import gettext as _
from maps import hotspots
from maps.cartography import fields
from maps.cartography.base import inside
from maps.cartography.ground import Ground
from maps.cartography.pen import Pen
from maps.cartography.plate import Heat
from maps.cartography.roads import Line


def _lonlat(path: list[list[float]]) -> NDArray[np.float64]:
    return np.asarray(path, dtype=np.float64)[:, ::-1]


def draw_plane(pen: Pen, answer: Answer | None, ground: Ground, theme: dict[str, Any]) -> set[str]:
    """Draw a density on the plane; return the keys of the classes seen."""
    surface = None if answer is None else answer.surface
    heat = None if surface is None else Heat(surface, classes_by_mass(surface))
    return fields.density(pen, heat, ground, theme)


def draw_roads(
    pen: Pen, answer: Answer, ground: Ground, theme: dict[str, Any]
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
    outlines = [ground.to_paper(_lonlat(path)) for path in hotspots.outlines(answer)]
    outlines = [path for path in outlines if inside(ground.box, [path])]
    if outlines:
        shown.add("outline")
    on_roads = answer.roads is not None
    style = {"stroke": theme["ink"], "width": hotspots.outline_px(answer), "clip": ground.box}
    if on_roads:
        pen.paths(outlines, alpha=hotspots.CASING_OPACITY, **style)
    lines = []
    for line in hotspots.road_lines(answer):
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


def legend_layer(answer: Answer, theme: dict[str, Any]) -> dict[str, Any]:
    """Return the legend, in the rows that the screen has."""
    return {
        "id": "concentration",
        "label": _("Where they concentrate"),
        "legend": hotspots.legend_rows(answer, theme, paper=True),
    }
