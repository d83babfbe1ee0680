"""The strip map: a road book drawn to scale along the chainage, as SVG.

Rows from the top: IED density, incidents with their spread, towns with their distances, and bands
for control, tax and passage, all on one ruler. Inks follow the page (``currentColor``), so the same
drawing serves the light and the dark theme; the palette is the map's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.i18n import fill
from geo.i18n import gettext as _
from geo.records import Category, PlacementKind
from geo.roads.referencing import chainage
from geo.roads.strip import Strip
from geo.roads.wording import describe, named
from maps import palette
from maps.legend import verdict
from maps.shapes import svg_path
from maps.svg import LEAST_LETTERS, PAPER, WIDTH_PX, Drawing

_LEFT: Final = 84
_RIGHT: Final = 18
_LANE_PX: Final = 17
_LANES_MAX: Final = 9
_CURVE_PX: Final = 64
_BAND_PX: Final = 18
_TICKS_MAX: Final = 14
_FOOTER_CHARACTERS: Final = 160
#: Where there is little room upwards: the curve, lanes of incidents, letters of a town's name.
_LOW_CURVE_PX: Final = 34
_FEW_LANES, _LOW_LANE_PX = 4, 14
_SHORT_NAME: Final = 16
#: Height that a letter of a town's turned name takes.
_TURNED_PX: Final = 4.7
_CONTRADICTED: Final = {
    "stroke": palette.CONTESTED[0], "stroke_dasharray": "2 3", "stroke_width": 1.6,
}  # fmt: skip
_TOWN_RANK: Final = {"city": 0, "town": 1, "border_post": 1, "bridge": 2, "village": 3}


@dataclass(frozen=True, slots=True)
class Judged:
    """A stretch of a journey on the strip.

    Parameters
    ----------
    number
        As in the table beside.
    from_m, to_m
        Measures, ascending.
    verdict
        A key of :data:`maps.palette.VERDICTS`.
    text
        What it says.
    """

    number: int
    from_m: float
    to_m: float
    verdict: str
    text: str


class _StripDrawing(Drawing):
    """A drawing with the strip's ruler, which may run against the measures."""

    def __init__(
        self, strip: Strip, *, backwards: bool, width_px: float, compact: bool = False
    ) -> None:
        super().__init__(width_px)
        self.compact = compact
        self.strip = strip
        self.backwards = backwards
        self.right = width_px - _RIGHT
        self.scale = (self.right - _LEFT) / max(strip.to_m - strip.from_m, 1.0)

    def x(self, measure_m: float) -> float:
        along_m = self.strip.to_m - measure_m if self.backwards else measure_m - self.strip.from_m
        return _LEFT + along_m * self.scale

    def ends(self, from_m: float, to_m: float) -> tuple[float, float]:
        """Return the left and the right end of a stretch."""
        left, right = sorted((self.x(from_m), self.x(to_m)))
        return left, right

    def row_name(self, text: str, y: float) -> None:
        self.label(_LEFT - 8, y, text, text_anchor="end", font_size=11.5, opacity=0.75)


def _curve(drawing: _StripDrawing, name: str) -> None:
    strip = drawing.strip
    high = _LOW_CURVE_PX if drawing.compact else _CURVE_PX
    top, base = drawing.y, drawing.y + high
    peak = float(strip.density_per_km.max(initial=0.0))
    drawing.row_name(name, base - 6)
    drawing.add("line", x1=_LEFT, x2=drawing.right, y1=base, y2=base, stroke="currentColor",
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
        drawing.label(_LEFT + 6, base - 8, _("No such incident in the period"), opacity=0.7)
    drawing.y = base + 8


def _lanes(drawing: _StripDrawing) -> list[tuple[Any, int, float, float]]:
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


def _incidents(drawing: _StripDrawing, words: dict[str, str]) -> None:
    placed = _lanes(drawing)
    most = _FEW_LANES if drawing.compact else _LANES_MAX
    high = _LOW_LANE_PX if drawing.compact else _LANE_PX
    lanes = min(max((lane for _row, lane, _l, _r in placed), default=0) + 1, most)
    drawing.row_name(_("Incidents"), drawing.y + 13)
    if not placed:
        drawing.label(_LEFT + 6, drawing.y + 13, _("None reported in the period"), opacity=0.7)
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


def _shown_towns(drawing: _StripDrawing) -> pd.DataFrame:
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


def _ruler(drawing: _StripDrawing) -> None:
    shown = _shown_towns(drawing)
    y = drawing.y + 8
    ink = {"stroke": "currentColor"}
    longest = 0
    drawing.row_name(_("Road"), y + 4)
    drawing.add("line", x1=_LEFT, x2=drawing.right, y1=y, y2=y, stroke_width=3, **ink)
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


def _band(drawing: _StripDrawing, name: str, parts: list[dict[str, Any]]) -> None:
    y = drawing.y
    drawing.row_name(name, y + 13)
    drawing.add("rect", x=_LEFT, y=y, width=drawing.right - _LEFT, height=_BAND_PX,
                fill="currentColor", fill_opacity=0.05)  # fmt: skip
    for part in parts:
        left, right = drawing.ends(part["from_m"], part["to_m"])
        group = drawing.pickable(part["pick"], part["text"])
        # A part without a colour still takes clicks over its whole height.
        drawing.add(
            "rect", None, group, x=left, y=y, width=max(right - left, 1.0), height=_BAND_PX,
            fill=part.get("fill", "transparent"), fill_opacity=f"{part.get('opacity', 0.75):.2f}",
            **(_CONTRADICTED if part["contested"] else {}),
        )  # fmt: skip
        if "pattern" in part:
            pattern = part["pattern"]
            drawing.add(
                "line", None, group, x1=left, x2=right, y1=y + _BAND_PX / 2, y2=y + _BAND_PX / 2,
                stroke="currentColor", stroke_width=pattern.weight,
                stroke_dasharray=" ".join(map(str, pattern.dash)) or "none",
            )  # fmt: skip
        room = int((right - left) / 6.4)
        if "short" in part and room >= 4:  # noqa: PLR2004
            text = part["short"] if len(part["short"]) <= room else part["short"][: room - 1] + "…"
            drawing.label(left + 4, y + 13, text, group, font_size=11,
                          fill=palette.ink_on(part["fill"], part["opacity"]))  # fmt: skip
    drawing.y += _BAND_PX + 5


def _held(drawing: _StripDrawing, what: str, column: str, name: str, template: str) -> None:
    parts = []
    # Neighbours may differ in their evidence alone; the band shows them as one.
    for (who, contested), group in groupby(
        drawing.strip.status.itertuples(),
        key=lambda r: (getattr(r, column), what == "control" and r.control_contested),
    ):
        rows = list(group)
        if not who:
            continue
        sure = max(float(getattr(row, f"{what}_confidence")) for row in rows)
        amounts = dict.fromkeys(a for row in rows for a in row.tax_amounts if what == "tax")
        said = [fill(template, {"who": ", ".join(who)}), *amounts]
        said.append(_("{sure:.0%} sure", sure=sure))
        if contested:
            said.append(_("sources contradict each other"))
        parts.append(
            {
                **_ends(drawing, rows[0].measure_from_m, rows[-1].measure_to_m),
                "fill": palette.actor_family(who).colour,
                "opacity": 0.2 + 0.7 * sure,
                "short": ", ".join(who),
                "text": " · ".join(said),
                "contested": contested,
            }
        )
    _band(drawing, name, parts)


def _ends(drawing: _StripDrawing, from_m: float, to_m: float) -> dict[str, Any]:
    pick = f"road:{drawing.strip.axis.axis_id}:{from_m:.0f}:{to_m:.0f}"
    return {"from_m": from_m, "to_m": to_m, "pick": pick}


def _passage(drawing: _StripDrawing) -> None:
    parts = []
    for row in drawing.strip.status.itertuples():
        pattern = palette.PASSAGE_PATTERNS[row.passage]
        part = {
            **_ends(drawing, row.measure_from_m, row.measure_to_m),
            "pattern": pattern,
            "text": str(describe(row)),
            "contested": row.passage_contested,
        }
        if row.passage_contested:
            part |= {"fill": palette.CONTESTED[0], "opacity": 0.25}
        elif row.under_agreement:
            part |= {"fill": palette.AGREEMENT, "opacity": 0.3}
        parts.append(part)
    _band(drawing, _("Passage"), parts)


def _verdicts(drawing: _StripDrawing, judged: Sequence[Judged]) -> None:
    """Draw the stretches of a journey: ground, line pattern and number of each."""
    y = drawing.y
    drawing.row_name(_("Verdict"), y + 13)
    axis_id = drawing.strip.axis.axis_id
    for one in judged:
        left, right = drawing.ends(one.from_m, one.to_m)
        line = palette.VERDICTS[one.verdict]
        group = drawing.pickable(f"road:{axis_id}:{one.from_m:.0f}:{one.to_m:.0f}", one.text)
        drawing.add("rect", None, group, x=left, y=y, width=max(right - left - 1.5, 1.0),
                    height=_BAND_PX + 4, fill=line.colour, fill_opacity=0.16)  # fmt: skip
        drawing.add("line", None, group, x1=left, x2=max(right - 1.5, left + 1), y1=y + _BAND_PX,
                    y2=y + _BAND_PX, stroke=line.colour, stroke_width=line.weight,
                    stroke_dasharray=" ".join(map(str, line.dash)) or "none")  # fmt: skip
        number = str(one.number)
        if right - left > 8 * len(number):
            name = verdict(one.verdict)
            room = int((right - left - 22) / 6.2)
            said = f"{number} {name}" if room >= len(name) else number
            drawing.label(left + 4, y + 12, said, group, font_size=11, font_weight=600)
    drawing.y += _BAND_PX + (6 if drawing.compact else 12)


def _scale(drawing: _StripDrawing) -> None:
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


def drawing(
    strip: Strip,
    words: dict[str, str],
    footer: Sequence[str] = (),
    *,
    curve: str | None = None,
    judged: Sequence[Judged] = (),
    backwards: bool = False,
    width_px: float = WIDTH_PX,
    compact: bool = False,
) -> Drawing:
    """Draw a strip, for the screen or for paper.

    Parameters
    ----------
    strip
        What lies along the road (:func:`geo.roads.strip.build`).
    words
        What an incident's symbol says, by incident id.
    footer
        Lines below: which days it stands for, whom it must name.
    curve
        Name of the density's curve; IED density unless given.
    judged
        Stretches of a journey, for a band of their own.
    backwards
        Draw the higher measures on the left, for a journey that comes from there.
    width_px
        Of the drawing; where there is less room, fewer towns are named.
    compact
        Draw it less tall: a lower curve, fewer lanes, long names of towns shortened.

    Returns
    -------
    Drawing
        Not yet a document.
    """
    made = _StripDrawing(strip, backwards=backwards, width_px=width_px, compact=compact)
    if judged:
        _verdicts(made, judged)
    _curve(made, curve or _("IED density"))
    _incidents(made, words)
    _ruler(made)
    _held(made, "control", "controlled_by", _("Control"), _("Controlled: {who}"))
    _held(made, "tax", "taxed_by", _("Tax"), _("Taxed: {who}"))
    _passage(made)
    _scale(made)
    # Whom it must name is never cut off, however many layers were imported.
    for line in (part for text in footer for part in wrap(text, _FOOTER_CHARACTERS)):
        made.y += 15
        made.label(_LEFT, made.y, line, font_size=10.5, opacity=0.75)
    made.y += 0 if compact else 8
    return made


def svg(
    strip: Strip,
    words: dict[str, str],
    footer: Sequence[str] = (),
    *,
    curve: str | None = None,
    judged: Sequence[Judged] = (),
    backwards: bool = False,
) -> str:
    """Return the drawing as a document; parameters as of :func:`drawing`.

    Returns
    -------
    str
        A standalone SVG document, ``WIDTH_PX`` wide in its own units, scaling to its frame. What
        can be picked carries ``data-pick``. Every text is escaped.
    """
    made = drawing(strip, words, footer, curve=curve, judged=judged, backwards=backwards)
    return made.finish(_("Strip map of {road}", road=named(strip.axis)))
