"""Statements about a road as bars over time: who said what, how long it was believed, as SVG."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pandas as pd

from geo import words
from geo.i18n import fill, ngettext
from geo.i18n import gettext as _
from geo.roads.referencing import chainage
from maps import palette
from maps.svg import WIDTH_PX, Drawing

_LEFT: Final = 168
_RIGHT: Final = 14
_ROW_PX: Final = 22
_BAR_PX: Final = 14
_TOP_PX: Final = 26.0
ROWS_MAX: Final = 80
_LABEL_MAX: Final = 90
_MONTH_DAYS: Final = 30.4


class _Ruler:
    """Days to pixels."""

    def __init__(self, first: dt.date, last: dt.date, width_px: float) -> None:
        self.first = first
        self.last = last
        self.scale = (width_px - _LEFT - _RIGHT) / max((last - first).days, 1)

    def x(self, day: dt.date) -> float:
        return _LEFT + (min(max(day, self.first), self.last) - self.first).days * self.scale


def _ticks(ruler: _Ruler) -> list[tuple[dt.date, str]]:
    """Return days to name on the axis: years, and quarters or months where there is room."""
    days = (ruler.last - ruler.first).days
    step = 1 if days < 14 * _MONTH_DAYS else 3 if days < 48 * _MONTH_DAYS else 12
    found = []
    for year in range(ruler.first.year, ruler.last.year + 1):
        for month in range(1, 13, step):
            day = dt.date(year, month, 1)
            if ruler.first <= day <= ruler.last:
                found.append((day, f"{year}" if month == 1 else f"{year}-{month:02d}"))
    return found


def _axis(drawing: Drawing, ruler: _Ruler, on: dt.date, bottom: float) -> None:
    for day, text in _ticks(ruler):
        x = ruler.x(day)
        drawing.add("line", x1=x, x2=x, y1=22.0, y2=bottom, stroke="currentColor", opacity=0.12)
        drawing.label(x, 15, text, text_anchor="middle", font_size=10.5, opacity=0.75)
    if ruler.first <= on <= ruler.last:
        x = ruler.x(on)
        line = drawing.add("line", x1=x, x2=x, y1=18.0, y2=bottom, stroke=palette.CONTESTED[0],
                           stroke_width=1.4)  # fmt: skip
        drawing.tip(line, _("As of {day}", day=on))


def _colour(row: Any) -> str:
    if row.kind in palette.HOLDING_KINDS:
        return palette.actor_family((row.actor,)).colour
    return palette.KIND_COLOURS[row.kind]


def _said(row: Any, label: str) -> str:
    until = {
        "stated": _("until {day}, as stated"),
        "ended": _("until {day}, when {by} ended it"),
        "fades": _("believed until {day}"),
    }[row.ends]
    until = fill(until, {"day": row.last_day, "by": row.ended_by or _("a later report")})
    parts = [
        f"{label} · {words.actors(row.actor)}",
        _("from {day} {until}", day=row.first_day, until=until),
        " · ".join(filter(None, [words.concerned(row.affected), row.amount_text])),
        row.summary,
        _(
            "{who}, {publisher} (source {code})",
            who=row.stated_by,
            publisher=row.publisher,
            code=row.reliability,
        ),
        _("contradicted by {ids}", ids=", ".join(row.contested_by)) if row.contested else "",
        row.assertion_id,
    ]
    return "\n".join(filter(None, parts))


def _bar(drawing: Drawing, ruler: _Ruler, axis_id: str, row: Any, label: str) -> None:
    y = drawing.y
    pick = f"road:{axis_id}:{row.measure_from_m:.0f}:{row.measure_to_m:.0f}"
    group = drawing.pickable(pick, _said(row, label))
    drawing.add(
        "rect", None, group, x=0, y=y, width=drawing.width_px, height=_ROW_PX, fill="transparent"
    )
    stretch = f"{chainage(row.measure_from_m)} – {chainage(row.measure_to_m)}"
    drawing.label(_LEFT - 8, y + 14, stretch, group, text_anchor="end", font_size=10.5, opacity=0.8)
    left, right = ruler.x(row.first_day), ruler.x(row.last_day)
    colour = _colour(row)
    fill = f"url(#fade-{colour[1:]})" if row.ends == "fades" else colour
    bar = drawing.add(
        "rect", None, group, x=left, y=y + 3, width=max(right - left, 2.5), height=_BAR_PX, rx=2,
        fill=fill,
    )  # fmt: skip
    if row.contested:
        bar.attrib |= {
            "stroke": palette.CONTESTED[0],
            "stroke-dasharray": "2 3",
            "stroke-width": "1.6",
        }
    text = " · ".join(filter(None, [label, words.actors(row.actor), row.stated_by]))[:_LABEL_MAX]
    # Beside the bar where there is room, so that no ground spoils the reading.
    width = len(text) * 6.0
    if right + width < drawing.width_px:
        drawing.label(right + 5, y + 14, text, group, font_size=10.5)
    elif left - width >= _LEFT:
        drawing.label(left - 5, y + 14, text, group, font_size=10.5, text_anchor="end")
    else:
        halo = {"paint_order": "stroke", "stroke": "var(--paper, white)", "stroke_width": 3}
        drawing.label(left + 5, y + 14, text, group, font_size=10.5, **halo)
    drawing.y += _ROW_PX


def _fades(drawing: Drawing, colours: set[str]) -> None:
    definitions = drawing.add("defs")
    for colour in sorted(colours):
        gradient = drawing.add("linearGradient", None, definitions, id=f"fade-{colour[1:]}")
        for offset, opacity in (("0", 0.85), ("0.35", 0.7), ("1", 0.12)):
            drawing.add("stop", None, gradient, offset=offset, stop_color=colour,
                        stop_opacity=f"{opacity}")  # fmt: skip


def rows_within(height_px: float) -> int:
    """Return how many statements a drawing of that height has room for, one at least."""
    return max(int((height_px - _TOP_PX - 2 * _ROW_PX) / _ROW_PX), 1)


def drawing(
    bars: pd.DataFrame,
    axis_id: str,
    on: dt.date,
    labels: dict[str, str],
    *,
    width_px: float = WIDTH_PX,
    rows_max: int = ROWS_MAX,
) -> Drawing:
    """Draw the statements about a road over time, for the screen or for paper.

    Parameters
    ----------
    bars
        Of :func:`geo.roads.timeline.bars`.  Undated statements, which hold on no day, are left
        out.
    axis_id
        The road.
    on
        The as-of date, marked by a line.
    labels
        The reader's word for a kind of statement.
    width_px
        Of the drawing.
    rows_max
        The latest so many are drawn; a line below says how many that leaves out.

    Returns
    -------
    Drawing
        Not yet a document.
    """
    made = Drawing(width_px)
    every = bars[bars["first_day"].notna() & bars["last_day"].notna()]
    dated = every.tail(rows_max)
    if dated.empty:
        made.label(8, 24, _("No dated statement about this road"), opacity=0.7)
        made.y = 36
        return made
    ruler = _Ruler(min(dated["first_day"]), max(*dated["last_day"], on) + dt.timedelta(days=20),
                   width_px)  # fmt: skip
    rows = list(dated.itertuples())
    _fades(made, {_colour(row) for row in rows})
    bottom = _TOP_PX + _ROW_PX * len(rows)
    _axis(made, ruler, on, bottom)
    made.y = _TOP_PX
    for row in rows:
        _bar(made, ruler, axis_id, row, labels.get(row.kind, row.kind))
    made.y = bottom + 6
    if left_out := len(every) - len(dated):
        made.label(8, made.y + 12, ngettext(
            "{n:,} older statement is left out", "{n:,} older statements are left out", left_out,
            n=left_out))  # fmt: skip
        made.y += 18
    return made


def svg(bars: pd.DataFrame, axis_id: str, on: dt.date, labels: dict[str, str]) -> str:
    """Return the drawing as a standalone SVG document; parameters as of :func:`drawing`.

    Bars carry ``data-pick``.  Every text is escaped.
    """
    made = drawing(bars, axis_id, on, labels)
    return made.finish(_("Statements over time; the file of a stretch holds the same as text"))
