"""The ruler of a strip map, which all its rows share: towns with their distances, kilometres."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from geo.i18n import gettext as _
from geo.roads.referencing import chainage
from geo.roads.strip import Strip
from maps.svg import LEAST_LETTERS, PAPER, Drawing

#: Where the ruler begins, right of the names of the rows.
LEFT: Final = 84
_RIGHT: Final = 18
_TICKS_MAX: Final = 14
_SHORT_NAME: Final = 16
#: Height that a letter of a town's turned name takes.
_TURNED_PX: Final = 4.7
_TOWN_RANK: Final = {"city": 0, "town": 1, "border_post": 1, "bridge": 2, "village": 3}


class StripDrawing(Drawing):
    """A drawing with the strip's ruler, which may run against the measures."""

    def __init__(
        self, strip: Strip, *, backwards: bool, width_px: float, compact: bool = False
    ) -> None:
        super().__init__(width_px)
        self.compact = compact
        self.strip = strip
        self.backwards = backwards
        self.right = width_px - _RIGHT
        self.scale = (self.right - LEFT) / max(strip.to_m - strip.from_m, 1.0)

    def x(self, measure_m: float) -> float:
        """Return where a measure is, in pixels from the left."""
        along_m = self.strip.to_m - measure_m if self.backwards else measure_m - self.strip.from_m
        return LEFT + along_m * self.scale

    def ends(self, from_m: float, to_m: float) -> tuple[float, float]:
        """Return the left and the right end of a stretch."""
        left, right = sorted((self.x(from_m), self.x(to_m)))
        return left, right

    def row_name(self, text: str, y: float) -> None:
        """Write what a row is, left of the ruler."""
        self.label(LEFT - 8, y, text, text_anchor="end", font_size=11.5, opacity=0.75)


def _shown_towns(drawing: StripDrawing) -> pd.DataFrame:
    """Choose towns whose names have room, the more important first; both ends always."""
    towns = drawing.strip.towns
    if towns.empty:
        return towns
    rank = towns["kind"].map(_TOWN_RANK).fillna(3) - towns["junctions"].map(bool) * 1.0
    rank.iloc[[0, -1]] = -2
    taken: list[float] = []
    keep = []
    for index in rank.sort_values(kind="stable").index:
        x = drawing.x(towns.loc[index, "measure_m"])
        if all(abs(x - other) >= 17 for other in taken):  # noqa: PLR2004
            taken.append(x)
            keep.append(index)
    shown = towns.loc[sorted(keep)].copy()
    shown["next_m"] = shown["measure_m"].shift(-1) - shown["measure_m"]
    return shown


def towns(drawing: StripDrawing) -> None:
    """Draw the road with its towns and the distances between them."""
    shown = _shown_towns(drawing)
    y = drawing.y + 8
    ink = {"stroke": "currentColor"}
    longest = 0
    drawing.row_name(_("Road"), y + 4)
    drawing.add("line", x1=LEFT, x2=drawing.right, y1=y, y2=y, stroke_width=3, **ink)
    for measure in drawing.strip.towns["measure_m"]:
        x = f"{drawing.x(measure):.1f}"
        drawing.add("line", x1=x, x2=x, y1=y - 3, y2=y + 3, stroke_width=1, **ink)
    for row in shown.itertuples():
        x = drawing.x(row.measure_m)
        node = drawing.add("circle", cx=f"{x:.1f}", cy=y, r=4.2 if row.junctions else 3,
                           fill=PAPER, stroke_width=1.8, **ink)  # fmt: skip
        joins = _("joins {roads}", roads=", ".join(row.junctions)) if row.junctions else ""
        drawing.tip(node, " · ".join(filter(None, [row.name, chainage(row.measure_m), joins])))
        if pd.notna(row.next_m) and row.next_m * drawing.scale > 34:  # noqa: PLR2004
            half = row.next_m * drawing.scale / (-2 if drawing.backwards else 2)
            drawing.label(x + half, y - 6, f"{row.next_m / 1000:.0f} km",
                          text_anchor="middle", font_size=LEAST_LETTERS, opacity=0.7)  # fmt: skip
        called = row.name
        if drawing.compact and len(called) > _SHORT_NAME:
            called = called[: _SHORT_NAME - 1].rstrip(" (") + "…"
        name = f"{called} · {chainage(row.measure_m).removeprefix('PK ')}"
        drawing.label(x, y + 14, name, font_size=11, text_anchor="end",
                      transform=f"rotate(-52 {x:.1f} {y + 14:.1f})",
                      font_weight=600 if row.kind in {"city", "town"} else 400)  # fmt: skip
        longest = max(longest, len(name))
    drawing.y = y + (18 if drawing.compact else 26) + _TURNED_PX * longest


def kilometres(drawing: StripDrawing) -> None:
    """Draw the measures below all rows."""
    length = drawing.strip.to_m - drawing.strip.from_m
    step = next(
        (s for s in (1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5) if length / s <= _TICKS_MAX),
        5e5,
    )
    y = drawing.y + 4
    first = np.ceil(drawing.strip.from_m / step) * step
    for measure in np.arange(first, drawing.strip.to_m + 1, step):
        x = f"{drawing.x(float(measure)):.1f}"
        drawing.add("line", x1=x, x2=x, y1=y, y2=y + 5, stroke="currentColor", opacity=0.5)
        drawing.label(
            float(x), y + 17, f"{measure / 1000:.0f}", text_anchor="middle", font_size=10.5,
            opacity=0.75,
        )  # fmt: skip
    drawing.row_name("PK, km", y + 16)
    drawing.y = y + 26
