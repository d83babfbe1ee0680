"""What lies along the road of a strip map: the density as a curve, incidents in lanes."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from geo.i18n import gettext as _
from geo.records import Category, PlacementKind
from geo.roads.referencing import chainage
from maps import palette
from maps.shapes import svg_path
from maps.strip.ruler import LEFT, StripDrawing
from maps.svg import PAPER

_LANE_PX: Final = 17
_LANES_MAX: Final = 9
_CURVE_PX: Final = 64
#: Where there is little room upwards: the curve, lanes of incidents.
_LOW_CURVE_PX: Final = 34
_FEW_LANES, _LOW_LANE_PX = 4, 14


def curve(drawing: StripDrawing, name: str) -> None:
    """Draw the density, with its highest place in words."""
    strip = drawing.strip
    high = _LOW_CURVE_PX if drawing.compact else _CURVE_PX
    top, base = drawing.y, drawing.y + high
    peak = float(strip.density_per_km.max(initial=0.0))
    drawing.row_name(name, base - 6)
    drawing.add("line", x1=LEFT, x2=drawing.right, y1=base, y2=base, stroke="currentColor",
                opacity=0.35)  # fmt: skip
    if peak > 0:
        heights = base - strip.density_per_km / peak * (high - 16)
        xs = [drawing.x(float(measure)) for measure in strip.density_measure_m]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, heights, strict=True))
        colour = palette.CATEGORY_SYMBOLS[Category.IED].colour
        area = drawing.add(
            "polygon", points=f"{xs[0]:.1f},{base} {points} {xs[-1]:.1f},{base}", fill=colour,
            fill_opacity=0.3, stroke=colour, stroke_width=1.4,
        )  # fmt: skip
        at = float(strip.density_measure_m[int(np.argmax(strip.density_per_km))])
        said = _("highest: {peak:.2g} incidents per km, at {where}", peak=peak, where=chainage(at))
        drawing.tip(area, said)
        anchor = "end" if drawing.x(at) > drawing.width_px / 2 else "start"
        drawing.label(drawing.x(at), top + 10, said, text_anchor=anchor, font_size=11)
    else:
        drawing.label(LEFT + 6, base - 8, _("No such incident in the period"), opacity=0.7)
    drawing.y = base + 8


def _lanes(drawing: StripDrawing) -> list[tuple[Any, int, float, float]]:
    """Stack incidents so that no two overlap: row, lane, left and right edge in pixels."""
    ends: list[float] = []
    placed = []
    incidents = drawing.strip.incidents
    # From left to right, whichever way the measures run.
    for row in incidents[:: -1 if drawing.backwards else 1].itertuples():
        left, right = drawing.ends(row.measure_from_m, row.measure_to_m)
        middle = drawing.x(row.measure_m)
        left, right = min(left, middle - 7), max(right, middle + 7)
        lane = next((i for i, end in enumerate(ends) if end + 3 < left), len(ends))
        if lane == len(ends):
            ends.append(right)
        ends[lane] = right
        placed.append((row, lane, left, right))
    return placed


def incidents(drawing: StripDrawing, words: dict[str, str]) -> None:
    """Draw each incident with its spread."""
    placed = _lanes(drawing)
    most = _FEW_LANES if drawing.compact else _LANES_MAX
    high = _LOW_LANE_PX if drawing.compact else _LANE_PX
    lanes = min(max((lane for _row, lane, _l, _r in placed), default=0) + 1, most)
    drawing.row_name(_("Incidents"), drawing.y + 13)
    if not placed:
        drawing.label(LEFT + 6, drawing.y + 13, _("None reported in the period"), opacity=0.7)
    for row, lane, _left, _right in placed:
        # Beyond the last lane symbols share it: better crowded than left out.
        y = drawing.y + 9 + min(lane, lanes - 1) * high
        symbol = palette.CATEGORY_SYMBOLS[Category(row.category)]
        group = drawing.pickable(f"incident:{row.Index}", words.get(str(row.Index), str(row.Index)))
        drawing.add(
            "line", None, group, x1=drawing.x(row.measure_from_m), x2=drawing.x(row.measure_to_m),
            y1=y, y2=y, stroke=symbol.colour, stroke_width=3, stroke_opacity="0.4",
            stroke_linecap="round",
        )  # fmt: skip
        drawing.add(
            "path", None, group, d=svg_path(symbol.shape, drawing.x(row.measure_m), y, 5.6),
            fill=PAPER if row.kind == PlacementKind.ALONG else symbol.colour, fill_rule="evenodd",
            stroke=symbol.colour, stroke_width=1.5,
        )  # fmt: skip
    drawing.y += lanes * high + 10
