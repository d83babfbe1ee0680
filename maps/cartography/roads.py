"""Roads on paper: who holds them, whether one passes, what is marked on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.i18n import gettext as _
from geo.roads.course import Drawn
from geo.roads.referencing import slice_between
from maps import legend as legends
from maps import palette
from maps.cartography.base import inside
from maps.cartography.ground import Ground
from maps.cartography.pen import Pen
from maps.cartography.plate import AreaMap
from maps.payload import road_lines

MARKED: Final = "#B00020"
#: Width of a road without its status.
BARE_PX: Final = 1.4


@dataclass(frozen=True)
class Line:
    """A stretch of road on the sheet.

    Parameters
    ----------
    axis_id
        The road.
    path
        Points of the sheet, shape (n, 2).
    holder
        Key of the family that holds or taxes it, ``None`` when nobody is said to.
    known
        Whether anything live is known of it.
    """

    axis_id: str
    path: NDArray[np.float64]
    holder: str | None
    known: bool


def draw(
    pen: Pen, area: AreaMap, ground: Ground, theme: dict[str, Any]
) -> tuple[set[str], list[Line]]:
    """Draw the roads with their status; return the keys of what is shown and the lines."""
    box, segments = ground.box, _seen(area, ground)
    shown, axes = set(), area.view.snapshot.atlas.axes
    by_colour = {actor.colour: actor.key for actor in (*palette.ACTORS, palette.SEVERAL)}
    for segment in segments:
        if segment["control"]:
            pen.paths([segment["path"]], stroke=segment["colour"], width=11, cap="round",
                      alpha=segment["opacity"], clip=box)  # fmt: skip
            shown.add(f"band:{by_colour[segment['colour']]}")
    for segment in segments:
        if segment["contested"]:
            pen.paths([segment["path"]], stroke=theme["contested"], width=13, dash=(1.5, 6),
                      clip=box)  # fmt: skip
            shown.add("contested")
    for passage, style in theme["roads"].items():
        paths = [segment["path"] for segment in segments if segment["passage"] == passage]
        if paths:
            shown.add(f"passage:{passage}")
        if style["casing"]:
            pen.paths(paths, stroke=style["casing"], width=style["weight"] + 2.4, clip=box)
        pen.paths(paths, stroke=style["colour"], width=style["weight"], dash=style["dash"],
                  clip=box)  # fmt: skip
    if any(Drawn.SCHEMATIC in axes[segment["axis"]].drawn for segment in segments):
        shown.add("schematic")
    held = [
        Line(
            segment["axis"],
            segment["path"],
            by_colour[segment["colour"]] if segment["control"] else None,
            bool(segment["control"] or segment["passage"] != "unknown"),
        )
        for segment in segments
    ]
    return shown, held


def _seen(area: AreaMap, ground: Ground) -> list[dict[str, Any]]:
    """Return the stretches of road on the map, their paths on the sheet."""
    segments = road_lines(area.view)
    for segment in segments:
        segment["path"] = ground.to_paper(np.asarray(segment["path"])[:, ::-1])
    return [segment for segment in segments if inside(ground.box, [segment["path"]])]


def draw_bare(
    pen: Pen, area: AreaMap, ground: Ground, theme: dict[str, Any]
) -> tuple[set[str], list[Line]]:
    """Draw the roads as thin lines without their status; return what :func:`draw` does."""
    segments = _seen(area, ground)
    paths = [segment["path"] for segment in segments]
    pen.paths(paths, stroke=theme["soft"], width=BARE_PX, clip=ground.box)
    lines = [Line(segment["axis"], segment["path"], None, known=False) for segment in segments]
    return {"bare"} if lines else set(), lines


def path_of(area: AreaMap, ground: Ground, row: Any) -> NDArray[np.float64]:
    """Return a stretch (``axis_id``, ``measure_from_m``, ``measure_to_m``) on the sheet."""
    axis = area.view.snapshot.atlas.axes[row.axis_id]
    line = slice_between(axis, row.measure_from_m, row.measure_to_m)
    return ground.to_paper(np.asarray(line.coords))


def draw_marked(pen: Pen, area: AreaMap, ground: Ground) -> set[str]:
    """Draw a glow under the stretches that the map is to point at."""
    rows = pd.DataFrame() if area.marked is None else area.marked
    paths = [path_of(area, ground, row) for row in rows.itertuples()]
    paths = [path for path in paths if inside(ground.box, [path])]
    pen.paths(paths, stroke=MARKED, width=18, alpha=0.25, cap="round", clip=ground.box)
    return {"marked"} if paths else set()


def draw_routes(pen: Pen, area: AreaMap, ground: Ground, theme: dict[str, Any]) -> set[str]:
    """Draw journeys by their verdict."""
    shown = set()
    if area.routes is None:
        return shown
    for row in area.routes.itertuples():
        path = ground.to_paper(np.asarray(row.geometry.coords)[:, :2])
        if not inside(ground.box, [path]):
            continue
        style = palette.VERDICTS[row.verdict]
        pen.paths([path], stroke=theme["halo"], width=style.weight + 3.5, cap="round",
                  clip=ground.box)  # fmt: skip
        pen.paths([path], stroke=style.colour, width=style.weight, dash=style.dash,
                  clip=ground.box)  # fmt: skip
        shown.add(f"verdict:{row.verdict}")
    return shown


def legend_layers() -> list[dict[str, Any]]:
    """Return the legend of what only paper shows: journeys, marked stretches, bare roads."""
    theme = palette.theme("light")
    return [
        legends.journeys(theme),
        {
            "id": "marked",
            "label": _("Marked"),
            "legend": [
                {
                    "key": "marked",
                    "type": "line",
                    "colour": MARKED,
                    "weight": 15,
                    "opacity": 0.25,
                    "cap": "round",
                    "label": _("Stretch that the text speaks of"),
                },
                {"key": "about", "type": "ring", "label": _("The incident of this brief")},
                {"key": "number", "type": "number", "label": _("Incident, by its number")},
            ],
        },
        {
            "id": "bare",
            "label": _("Roads"),
            "legend": [legends.line("bare", theme["soft"], BARE_PX, _("Road"))],
        },
    ]
