"""What the browser draws of a change: cells or stretches by what became of their rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo.hotspots.analysis.answer import Answer
from geo.hotspots.analysis.shift import Move, Shift
from geo.hotspots.analysis.wording import moved, moves_of
from geo.hotspots.raster import cell_image, frame_for
from geo.i18n import gettext as _
from geo.roads.wording import span
from maps import legend, palette
from maps.density_image import as_data_url
from maps.paths import Path, axis_path, rings

Rings = list[Path]
_IMAGE_PX = 768
_CLEAR_PX, _OTHER_PX, _BARE_PX = 5.5, 3.0, 1.4
OPACITY = 0.72


@dataclass(frozen=True, slots=True)
class Picture:
    """The sections of the browser's payload that a change fills.

    Parameters
    ----------
    image
        Of the plane; ``None`` along roads.
    lines
        Stretches of road with their colour.
    outlines
        Around what clearly rises: a second sign beside the colour.
    """

    image: dict[str, Any] | None
    lines: list[dict[str, Any]]
    outlines: list[Path]


def picture(shift: Shift, answer: Answer, theme: Mapping[str, Any]) -> Picture:
    """Return what is drawn of a change.

    Parameters
    ----------
    shift
        Of `geo.hotspots.analysis.shift.shift_of`.
    answer
        Of which it is the change.
    theme
        Of `maps.palette.theme`.
    """
    colours = _colours(theme)
    if answer.surface is None:
        return _roads(shift, answer, colours)
    grid, frame = answer.surface.grid, frame_for(width=_IMAGE_PX)
    codes = cell_image(shift.moves, grid, frame)
    image = {
        "url": as_data_url(codes, [colours[move] for move in Move if move]),
        "bounds": [[frame.south, frame.west], [frame.north, frame.east]],
        "opacity": OPACITY,
        "alt": _("Where the rate of reported events changed"),
    }
    return Picture(image, [], rings(shift.moves >= Move.RISING, grid))


def legend_rows(shift: Shift, answer: Answer, theme: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of the legend: what became of how much road or land, the gravest first."""
    on_roads = answer.surface is None
    colours = _colours(theme)
    rows = []
    for move, size in sorted(shift.extent.items(), reverse=True):
        text = str(moves_of(move, size, on_roads=on_roads))
        if size and on_roads:
            rows.append(
                legend.line(f"density:{move}", colours[move], _width(move), text) | {"wide": True}
            )
        elif size:
            rows.append({"key": f"density:{move}", "type": "fill", "colour": colours[move],
                         "opacity": OPACITY, "label": text})  # fmt: skip
    if not rows:
        rows = [legend.note("density", _("No event of this choice can be drawn"))]
    if (shift.moves >= Move.RISING).any():
        text = _("Dark edge: clearly more") if on_roads else _("Outline: clearly more")
        rows.append(legend.line("outline", theme["ink"], 1.3, text))
    return [*rows, legend.note("density", _("Reports, not events; more may mean more reporting"))]


def areas(shift: Shift, answer: Answer, theme: Mapping[str, Any]) -> list[tuple[str, str, Rings]]:
    """Return the key, the colour and the rings of the land of each change, for paper."""
    if answer.surface is None:
        return []
    grid = answer.surface.grid
    return [
        (f"density:{move}", colour, rings(shift.moves == move, grid))
        for move, colour in _colours(theme).items()
    ]


def _colours(theme: Mapping[str, Any]) -> dict[Move, str]:
    dark = theme["name"] == "dark"
    return {move: palette.MOVES[move.name][dark] for move in Move if move}


def _width(move: Move) -> float:
    return _CLEAR_PX if move >= Move.FALLING else _OTHER_PX if move else _BARE_PX


def _roads(shift: Shift, answer: Answer, colours: Mapping[Move, str]) -> Picture:
    axes = answer.events.ground.snapshot.atlas.axes
    lines, outlines = [], []
    rows: Any = shift.runs.sort_values("move", kind="stable").itertuples()
    for row in rows:
        axis, move = axes[row.axis_id], Move(row.move)
        path = axis_path(axis, row.measure_from_m, row.measure_to_m)
        where = " · ".join([axis.ref or axis.name, span(row.measure_from_m, row.measure_to_m)])
        lines.append(
            {
                "path": path,
                "colour": colours.get(move),
                "weight": _width(move),
                "text": [where, str(moved(row))],
                "pick": f"road:{row.axis_id}:{row.measure_from_m:.0f}:{row.measure_to_m:.0f}",
                "key": f"density:{move}" if move else "bare",
            }
        )
        if move >= Move.RISING:
            outlines.append(path)
    return Picture(None, lines, outlines)
