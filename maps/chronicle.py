"""An incident over its days, as SVG: each claim on the days it became known, with its range.

A row is one figure of one speaker: what and who in words, then when on a ruler of days, then how
many on a ruler of figures. Nothing is told by colour alone: a square is a day on which it became
known, a ring one on which it was said, a cross a figure that its page replaced.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from geo import words
from geo.chronicle import Told
from geo.i18n import day_of_year, month, ngettext
from geo.i18n import gettext as _
from geo.records import Category
from geo.snapshot import Snapshot
from maps.palette import CATEGORY_SYMBOLS, Symbol
from maps.shapes import svg_path
from maps.svg import LEAST_LETTERS, PAPER, WIDTH_PX, Drawing

_GAP_PX: Final = 16.0
_NAME_SHARE, _DAYS_SHARE, _FIGURES_SHARE = 0.2, 0.22, 0.16
_HEAD_PX: Final = 38.0
_ROW_PX: Final = 17.0
_KEY_PX: Final = 17.0
_NARROW_PX, _NARROW_FIGURES_SHARE = 450.0, 0.27
_LETTERS: Final = 11.0
#: Bold letters are wider.
_BOLD: Final = 1.12
#: Room for a word on the ruler.
_TICK_PX: Final = 56.0
_LONG_DAYS: Final = 150
#: Of a letter's size, at least as wide as on paper: a narrow letter, a wide one, any other one.
_NARROW, _WIDE, _USUAL = 0.38, 0.92, 0.585
_NARROW_LETTERS: Final = frozenset(" iljtfr.,':;·()[]|!")
_WIDE_LETTERS: Final = frozenset("mwæœ@%&—…+=<>~")
_LATIN: Final = 0x24F
ROWS_MAX: Final = 60
_ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Event:
    """What the claims are about.

    Parameters
    ----------
    start, end
        Between which days it happened.
    symbol
        Of its category.
    """

    start: dt.date
    end: dt.date
    symbol: Symbol


def event_of(snapshot: Snapshot, incident_id: str) -> Event:
    """Return what an incident is in a drawing of its claims."""
    row: Any = snapshot.incidents.loc[incident_id]
    symbol = CATEGORY_SYMBOLS[Category(row["category"])]
    return Event(row["date_start"].date(), row["date_end"].date(), symbol)


def _wide(text: str, size: float) -> float:
    """Return how wide a text is at most, without asking a font."""

    def share(one: str) -> float:
        if one.isupper() or one in _WIDE_LETTERS or ord(one) > _LATIN:
            return _WIDE
        return _NARROW if one in _NARROW_LETTERS else _USUAL

    return size * sum(map(share, text))


def _cut(text: str, room: float, size: float = _LETTERS) -> str:
    while text and _wide(text, size) > room:
        text = text[:-2].rstrip() + "…" if len(text) > 1 else ""
    return text


class _Sheet(Drawing):
    """A drawing with the two rulers, of days and of figures."""

    def __init__(self, rows: Sequence[Told], event: Event, width_px: float) -> None:
        super().__init__(width_px)
        self.colour = event.symbol.colour
        days = [event.start, event.end, *(day for row in rows for day in row.days)]
        self.first, self.last = min(days), max(days)
        self.most = max([1, *(end for row in rows for end in row.ends if end is not None)])
        #: In a narrow drawing what is counted has a line of its own above its figures.
        self.narrow = width_px < _NARROW_PX
        share = _NARROW_FIGURES_SHARE if self.narrow else _FIGURES_SHARE
        self.figures = width_px * (1 - share), width_px - 2 * _GAP_PX
        self.times = (
            self.figures[0] - _GAP_PX - width_px * _DAYS_SHARE,
            self.figures[0] - _GAP_PX,
        )
        names = [_wide(words.word(words.FIELDS, row.field), _BOLD * _LETTERS) for row in rows]
        wide = width_px * (1 if self.narrow else _NAME_SHARE)
        self.name_px = min(max(names, default=0.0), wide)
        self.text = (0.0 if self.narrow else self.name_px + 10, self.times[0] - _GAP_PX)

    def tall(self, rows: Sequence[Told]) -> float:
        """Return how tall so many claims are."""
        heads = len({row.field for row in rows}) if self.narrow else 0
        return _ROW_PX * (len(rows) + heads)

    def x(self, day: dt.date, share: float = 0.5) -> float:
        """Return where a day lies: its begin, its middle or its end."""
        left, right = self.times
        whole = (self.last - self.first).days + 1
        return left + ((day - self.first).days + share) / whole * (right - left)

    def many(self, figure: float) -> float:
        """Return where a figure lies."""
        left, right = self.figures
        return left + figure / self.most * (right - left)

    def ticks(self) -> list[tuple[float, str]]:
        """Return where days or months are named, and how."""
        left, right = self.times
        room = max(int((right - left) / _TICK_PX), 1)
        whole = (self.last - self.first).days + 1
        if whole <= _LONG_DAYS:
            step = math.ceil(whole / room)
            days = [self.first + dt.timedelta(days=n) for n in range(0, whole, step)]
            return [(self.x(day), day_of_year(day)) for day in days]
        first, last = ((day.year * 12 + day.month - 1) for day in (self.first, self.last))
        step = math.ceil((last - first) / room)
        months = [dt.date(n // 12, n % 12 + 1, 1) for n in range(first + 1, last + 1, step)]
        return [(self.x(day, 0), month(day)) for day in months]


def _rulers(sheet: _Sheet, event: Event, bottom: float) -> None:
    for (left, _right), name in ((sheet.times, _("When")), (sheet.figures, _("Figure"))):
        sheet.label(left, 12, name, font_size=_LETTERS, font_weight=600)
    left, right = sheet.x(event.start, 0), sheet.x(event.end, 1)
    sheet.add("rect", x=left, y=_HEAD_PX - 4, width=max(right - left, 2.0),
              height=bottom - _HEAD_PX + 4, fill="currentColor", fill_opacity=0.14)  # fmt: skip
    for x, name in sheet.ticks():
        sheet.label(x, 28, name, text_anchor="middle", font_size=LEAST_LETTERS, opacity=0.8)
        sheet.add("line", x1=x, x2=x, y1=_HEAD_PX - 6, y2=bottom, stroke="currentColor",
                  opacity=0.16)  # fmt: skip
    (left, right), most = sheet.figures, _wide(str(sheet.most), LEAST_LETTERS)
    middle = 0 if sheet.narrow or 2 * most > right - left else sheet.most // 2
    for figure in sorted({0, middle, sheet.most}):
        x = sheet.many(figure)
        sheet.label(x, 28, f"{figure}", text_anchor="middle", font_size=LEAST_LETTERS, opacity=0.8)
        sheet.add("line", x1=x, x2=x, y1=_HEAD_PX - 6, y2=bottom, stroke="currentColor",
                  opacity=0.16)  # fmt: skip


def _said(row: Told, *, short: bool = False) -> str:
    """Return what a row says in words, the weightiest first."""
    figure = words.figure(row.low, row.best, row.high)
    whom = words.word(words.GROUPS, row.unit_group)
    parts = [
        figure if short and row.unit_group == _ALL else
        _("{figure}, {whom}", figure=figure, whom=whom),
        words.word(words.SPEAKERS, row.stated_by),
        _("rated {code}", code=", ".join(row.ratings)) if row.ratings else "",
        _("replaced") if row.replaced else words.word(words.STAGES, row.stage),
        ", ".join(row.publishers),
    ]  # fmt: skip
    return " · ".join(filter(None, parts))


def _known(sheet: Any, x: float, y: float, *, assumed: bool, parent: Any = None) -> None:
    sheet.add("rect", None, parent, x=x - 3.4, y=y - 3.4, width=6.8, height=6.8,
              fill=PAPER if assumed else "currentColor", stroke="currentColor",
              stroke_width=1.4)  # fmt: skip


def _ring(sheet: Any, x: float, y: float, parent: Any = None) -> None:
    sheet.add("circle", None, parent, cx=x, cy=y, r=4.0, fill=PAPER, stroke="currentColor",
              stroke_width=1.6)  # fmt: skip


def _cross(sheet: Any, x: float, y: float, parent: Any = None) -> None:
    for turn in (-1, 1):
        sheet.add("line", None, parent, x1=x - 4.5, x2=x + 4.5, y1=y - 4.5 * turn,
                  y2=y + 4.5 * turn, stroke="currentColor", stroke_width=1.8)  # fmt: skip


def _times(sheet: _Sheet, row: Told, y: float, group: Any) -> None:
    if len(set(row.days)) > 1:
        ends = [sheet.x(min(row.days)), sheet.x(max(row.days))]
        sheet.add("line", None, group, x1=ends[0], x2=ends[1], y1=y, y2=y, stroke="currentColor",
                  stroke_width=1.2)  # fmt: skip
    if row.said_on is not None:
        _ring(sheet, sheet.x(row.said_on), y, group)
    sure = {day for day, assumed in row.known if not assumed}
    for day in sorted({day for day, _assumed in row.known}):
        _known(sheet, sheet.x(day), y, assumed=day not in sure, parent=group)


def _range(sheet: Any, left: float, right: float, y: float, parent: Any = None) -> None:
    """Draw from a figure to another one, or one alone."""
    if right - left > 1:
        sheet.add("rect", None, parent, x=left, y=y - 3.2, width=right - left, height=6.4,
                  fill=sheet.colour, fill_opacity=0.4)  # fmt: skip
    for x in (left, right):
        sheet.add("line", None, parent, x1=x, x2=x, y1=y - 5, y2=y + 5, stroke=sheet.colour,
                  stroke_width=2.2)  # fmt: skip


def _open(sheet: Any, x: float, y: float, way: int, parent: Any = None) -> None:
    """Draw that a figure is the least (``way`` 1) or the most (-1) of what is said."""
    sheet.add("line", None, parent, x1=x, x2=x, y1=y - 5, y2=y + 5, stroke=sheet.colour,
              stroke_width=2.2)  # fmt: skip
    sheet.add("line", None, parent, x1=x, x2=x + 12 * way, y1=y, y2=y, stroke=sheet.colour,
              stroke_width=1.6)  # fmt: skip
    tip = x + 18 * way
    sheet.add("polygon", None, parent, fill=sheet.colour,
              points=f"{tip:.1f},{y:.1f} {tip - 7 * way:.1f},{y - 4:.1f} "
                     f"{tip - 7 * way:.1f},{y + 4:.1f}")  # fmt: skip


def _figures(sheet: _Sheet, row: Told, y: float, group: Any) -> None:
    least, most = row.ends
    if least is not None and most is not None:
        _range(sheet, sheet.many(least), sheet.many(most), y, group)
    elif least is not None:
        _open(sheet, sheet.many(least), y, 1, group)
    elif most is not None:
        _open(sheet, sheet.many(most), y, -1, group)
    if row.replaced:
        _cross(sheet, sheet.many(most if least is None else least) if row.ends != (None, None)
               else sheet.figures[0], y, group)  # fmt: skip


def _rows(sheet: _Sheet, rows: Sequence[Told]) -> None:
    y = _HEAD_PX
    for field, own in groupby(rows, key=lambda row: row.field):
        name = _cut(words.word(words.FIELDS, field), sheet.name_px, _BOLD * _LETTERS)
        sheet.add("line", x1=0.0, x2=sheet.width_px, y1=y, y2=y, stroke="currentColor",
                  opacity=0.3)  # fmt: skip
        sheet.label(0, y + 12.5, name, font_size=_LETTERS, font_weight=600)
        y += _ROW_PX if sheet.narrow else 0.0
        for row in own:
            group = sheet.add("g")
            sheet.tip(group, _said(row))
            left, right = sheet.text
            sheet.label(
                left,
                y + 12.5,
                _cut(_said(row, short=sheet.narrow), right - left),
                group,
                font_size=_LETTERS,
            )
            _times(sheet, row, y + _ROW_PX / 2, group)
            _figures(sheet, row, y + _ROW_PX / 2, group)
            y += _ROW_PX
    sheet.y = y


def _key(sheet: _Sheet, rows: Sequence[Told], event: Event) -> None:
    """Draw what the marks that are shown mean, from left to right, in as many lines as it takes."""

    def glyph(x: float, y: float) -> None:
        sheet.add("rect", x=x - 10, y=y - 7, width=20, height=14, fill="currentColor",
                  fill_opacity=0.14)  # fmt: skip
        sheet.add("path", d=svg_path(event.symbol.shape, x, y, 5), fill=event.symbol.colour,
                  fill_rule="evenodd")  # fmt: skip

    ends, known = [row.ends for row in rows], [one for row in rows for one in row.known]
    every: list[tuple[bool, Callable[[float, float], None], str]] = [
        (True, glyph, _("it happened")),
        (any(not assumed for _day, assumed in known),
         lambda x, y: _known(sheet, x, y, assumed=False), _("the claim became known")),
        (any(assumed for _day, assumed in known),
         lambda x, y: _known(sheet, x, y, assumed=True), _("became known, day assumed")),
        (any(row.said_on for row in rows), lambda x, y: _ring(sheet, x, y), _("it was said")),
        (any(None not in one for one in ends),
         lambda x, y: _range(sheet, x - 8, x + 8, y), _("figure, from – to")),
        (any(one[0] is not None and one[1] is None for one in ends),
         lambda x, y: _open(sheet, x - 8, y, 1), _("at least")),
        (any(one[0] is None and one[1] is not None for one in ends),
         lambda x, y: _open(sheet, x + 8, y, -1), _("up to")),
        (any(row.replaced for row in rows), lambda x, y: _cross(sheet, x, y),
         _("replaced on its own page")),
    ]  # fmt: skip
    x, y = 12.0, sheet.y + 16
    for shown, mark, said in every:
        if not shown:
            continue
        wide = 18 + _wide(said, _LETTERS) + 22
        if x + wide > sheet.width_px and x > 12:  # noqa: PLR2004 - not the first of its line
            x, y = 12.0, y + _KEY_PX
        mark(x, y)
        sheet.label(x + 16, y + 4, said, font_size=_LETTERS)
        x += wide
    sheet.y = y + 10


def rows_within(height_px: float) -> int:
    """Return how many claims a drawing of that height has room for, one at least."""
    room = (height_px - _HEAD_PX - 4 * _KEY_PX) / _ROW_PX
    return int(min(max(room, 1), ROWS_MAX))


def drawing(
    rows: Sequence[Told], event: Event, *, width_px: float = WIDTH_PX, rows_max: int = ROWS_MAX
) -> Drawing:
    """Draw the claims about an incident over time, for the screen or for paper.

    Parameters
    ----------
    rows
        Of :func:`geo.chronicle.told`.
    event
        What they are about.
    width_px
        Of the drawing.
    rows_max
        So many are drawn; a line below says how many that leaves out.

    Returns
    -------
    Drawing
        Not yet a document.
    """
    shown = rows[:rows_max]
    made = _Sheet(shown, event, width_px)
    _rulers(made, event, _HEAD_PX + made.tall(shown))
    _rows(made, shown)
    if not rows:
        made.label(0, made.y + 14, _("No claim was recorded."), font_size=_LETTERS)
        made.y += _ROW_PX
    _key(made, shown, event)
    if left_out := len(rows) - len(shown):
        text = ngettext("{n} more claim is in the table.", "{n} more claims are in the table.",
                        left_out, n=left_out)  # fmt: skip
        made.label(0, made.y + 10, text, font_size=_LETTERS)
        made.y += _KEY_PX
    return made


def svg(rows: Sequence[Told], event: Event, *, width_px: float = WIDTH_PX) -> str:
    """Return the drawing as a standalone SVG document; every text is escaped."""
    text = _("What was claimed of the incident, over time; the list says the same")
    made = drawing(rows, event, width_px=width_px)
    if width_px < WIDTH_PX:  # It stands in a column of the screen.
        made.root.set("class", "small")
    return made.finish(text)
