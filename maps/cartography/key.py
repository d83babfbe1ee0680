"""The legend on paper: the rows of what is shown, set in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from maps.cartography import symbols
from maps.cartography.fields import blended
from maps.cartography.lettering import DESCENT, clean, wrapped
from maps.cartography.paper import Rect
from maps.cartography.pen import Pen

_SWATCH: Final = 30.0
_GAP: Final = 6.0
_LARGEST: Final = 10.5
#: Of a row; a legend that needs more is set in smaller letters or fewer columns.
_LINES: Final = 6
_LEADING: Final = 1.28
_GUTTER: Final = 12.0


@dataclass(frozen=True)
class _Item:
    """A heading, a note or a row with its swatch, broken into lines."""

    row: dict[str, Any]
    lines: tuple[str, ...]
    size: float
    before: float

    @property
    def height(self) -> float:
        """In units, with the space before it."""
        text = len(self.lines) * self.size * _LEADING
        swatch = {"cluster": 21.0 if self.row.get("n") else 16.0, "note": 0.0, "title": 0.0}.get(
            self.row["type"], 15.0
        )
        return self.before + max(text, swatch)


def _sizes(pen: Pen) -> list[float]:
    """Return the sizes of letters to try, the largest first, the last as small as can be read."""
    least = pen.letters(0.0)
    return [*np.arange(max(_LARGEST, least), least, -0.5).tolist(), least]


def _items(pen: Pen, layers: Sequence[dict[str, Any]], width: float, size: float) -> list[_Item]:
    found: list[_Item] = []
    room = width - (_SWATCH + _GAP) * pen.u
    for layer in layers:
        title = {"type": "title", "label": layer["label"]}
        rows = [title, *layer["legend"]]
        for number, row in enumerate(rows):
            kind = row["type"]
            letters = (
                size + 1.0
                if kind == "title"
                else pen.letters(size - 0.8)
                if kind == "note"
                else size
            )
            broken = wrapped(
                str(row["label"]), width if kind in {"title", "note"} else room, letters * pen.u,
                bold=kind == "title", most=_LINES,
            )  # fmt: skip
            before = (9.0 if found else 0.0) if kind == "title" else 3.5 if kind == "note" else 1.5
            found.append(_Item(row, tuple(broken), letters, before))
            if number == 0 and not layer["legend"]:
                found.pop()
    return found


def _columns(items: list[_Item], height: float) -> list[list[_Item]]:
    """Fill columns from the top; what heads other rows never stands last in one."""
    columns: list[list[_Item]] = [[]]
    used = 0.0
    for item in items:
        last = columns[-1]
        if last and used + item.height > height:
            # What heads this row comes along, unless it would come alone.
            start = len(last)
            while start and _heads(last[start - 1], [*last, item][start]):
                start -= 1
            if start:
                columns.append(last[start:])
                del last[start:]
                used = sum(one.height for one in columns[-1])
        columns[-1].append(item)
        used += item.height
    return columns


def _heads(one: _Item, other: _Item) -> bool:
    """Return whether one row of a legend is a heading of the next."""
    kinds = (one.row["type"], other.row["type"])
    return kinds[0] == "title" or (kinds[0] == "note" and kinds[1] not in {"title", "note"})


def draw(
    pen: Pen, layers: Sequence[dict[str, Any]], box: Rect, theme: dict[str, Any],
    columns: Sequence[int] = (1, 2),
) -> float:  # fmt: skip
    """Draw a legend into a box and return the height that it took, in points.

    Parameters
    ----------
    layers
        With the rows of what is shown (:func:`maps.legend.only`).
    box
        Where; filled from its top.
    theme
        Colours of the map.
    columns
        Numbers of columns to try, the most welcome first, each with ever smaller letters.
    """
    gutter = _GUTTER * pen.u
    found, width = _set(pen, layers, box, columns)
    tall = 0.0
    for number, column in enumerate(found):
        left, y = box.left + number * (width + gutter), box.top
        for item in column:
            # No space before what stands on top of a column.
            y -= item.height * pen.u if item is not column[0] else (
                item.height - item.before) * pen.u  # fmt: skip
            _row(pen, item, left, y, theme)
        tall = max(tall, box.top - y)
    return tall


def _set(
    pen: Pen, layers: Sequence[dict[str, Any]], box: Rect, columns: Sequence[int]
) -> tuple[list[list[_Item]], float]:
    """Return the columns that fit with the largest letters, evenly filled, and their width.

    Where not even the smallest letters fit, those run over: nothing is left out unseen.
    """
    high = box.height / pen.u
    for size in _sizes(pen):
        for count in columns:
            items, width = _tried(pen, layers, box, count, size)
            if _fits(items, count, high) and not _cut(items):
                return _columns(items, _least(items, count, high)), width
    return _columns(items, high), width


def _tried(
    pen: Pen, layers: Sequence[dict[str, Any]], box: Rect, count: int, size: float
) -> tuple[list[_Item], float]:
    """Return the rows in letters of a size, and how wide each of so many columns is."""
    width = (box.width - _GUTTER * pen.u * (count - 1)) / count
    return _items(pen, layers, width, size), width


def fits(
    pen: Pen, layers: Sequence[dict[str, Any]], box: Rect, columns: Sequence[int] = (1, 2)
) -> bool:
    """Return whether a legend has room in a box, in the smallest letters if need be."""
    for count in columns:
        items, _width = _tried(pen, layers, box, count, _sizes(pen)[-1])
        if _fits(items, count, box.height / pen.u) and not _cut(items):
            return True
    return False


def _fits(items: list[_Item], count: int, high: float) -> bool:
    columns = _columns(items, high)
    tallest = max(sum(item.height for item in column) for column in columns)
    return len(columns) <= count and tallest <= high


def _cut(items: list[_Item]) -> bool:
    """Return whether a word is broken, or the end of a text left out."""
    return any(" ".join(item.lines) != clean(str(item.row["label"])) for item in items)


def _least(items: list[_Item], count: int, high: float) -> float:
    """Return the least height of so many columns, to a unit, of at most ``high``."""
    low, top = 0.0, high
    while top - low > 1:
        middle = (low + top) / 2
        low, top = (low, middle) if _fits(items, count, middle) else (middle, top)
    return top


def height(pen: Pen, layers: Sequence[dict[str, Any]], width: float, columns: int) -> float:
    """Return how tall a legend is in so many columns of the largest letters, points."""
    room = (width - _GUTTER * pen.u * (columns - 1)) / columns
    items = _items(pen, layers, room, _sizes(pen)[0])
    return _least(items, columns, sum(item.height for item in items)) * pen.u


def _row(pen: Pen, item: _Item, left: float, bottom: float, theme: dict[str, Any]) -> None:
    kind = item.row["type"]
    high = (item.height - item.before) * pen.u
    line = item.size * _LEADING * pen.u
    x = left
    if kind not in {"title", "note"}:
        swatch = Rect(left, bottom, left + _SWATCH * pen.u, bottom + high)
        _swatch(pen, item.row, swatch, theme)
        x = swatch.right + _GAP * pen.u
    middle = bottom + high / 2
    first = middle + line * len(item.lines) / 2
    colour = theme["ink"] if kind != "note" else "#4F5561"
    for number, text in enumerate(item.lines):
        baseline = first - line * (number + 1) + (line - item.size * pen.u) / 2
        baseline += DESCENT * 0.9 * item.size * pen.u
        pen.text(x, baseline, clean(text), size=item.size, colour=colour, bold=kind == "title",
                 italic=kind == "note", name="legend")  # fmt: skip


def _swatch(pen: Pen, row: dict[str, Any], box: Rect, theme: dict[str, Any]) -> None:
    x, y = box.centre
    left, right = box.left + pen.u, box.right - pen.u
    line = [np.array([(left, y), (right, y)])]
    kind = row["type"]
    if kind == "glyph":
        symbols.glyph(pen, x, y, row["shape"], row["colour"], row["kind"], theme)
    elif kind == "cluster":
        symbols.disc(pen, x, y, 8.5 if row["n"] else 7.0, row["parts"], theme)
        pen.text(x, y - 3.4 * pen.u, row["n"], size=pen.letters(9.5), colour=theme["ink"],
                 bold=True, align="center", name="swatch")  # fmt: skip
    elif kind == "fill":
        part = Rect(left + 3 * pen.u, y - 5 * pen.u, right - 3 * pen.u, y + 5 * pen.u)
        fill = blended(row["colour"], theme["land"], row["opacity"])
        if row.get("dashed"):
            pen.rect(part, fill=fill, stroke=row["dashed"], width=1.6, dash=(2, 3))
        else:
            pen.rect(part, fill=fill, stroke=theme["line"], width=0.6)
    elif kind == "line":
        cap = row.get("cap", "butt")
        shorter = row["weight"] / 2 * pen.u if cap == "round" else 0.0
        line = [line[0] + np.array([(shorter, 0), (-shorter, 0)])]
        pen.paths(line, stroke=row["colour"], width=row["weight"], dash=row.get("dash") or (),
                  alpha=row.get("opacity", 1.0), cap=cap)  # fmt: skip
    elif kind == "tube":
        short = [line[0] + np.array([(5 * pen.u, 0), (-5 * pen.u, 0)])]
        pen.paths(short, stroke=row["colour"], width=10, alpha=0.75, cap="round")
        pen.paths(short, stroke=theme["land"], width=7, cap="round")
    else:
        _point_swatch(pen, kind, row, (x, y), theme)


def _point_swatch(
    pen: Pen, kind: str, row: dict[str, Any], at: tuple[float, float], theme: dict[str, Any]
) -> None:
    x, y = at
    if kind == "spread":
        ring = [symbols.circle(x, y, 7 * pen.u)]
        pen.paths(ring, fill=row["colour"], alpha=0.06, closed=True)
        pen.paths(ring, stroke=row["colour"], width=0.9, dash=(1.2, 2.4), closed=True)
    elif kind == "ring":
        symbols.ring(pen, x, y, 6 * pen.u, theme)
    elif kind == "number":
        pen.text(x, y - 3.6 * pen.u, "1", size=10.5, colour="#B00020", bold=True, align="center",
                 name="swatch")  # fmt: skip
    elif kind == "dot":
        pen.paths([symbols.circle(x, y, 2.4 * pen.u)], fill=theme["ink"], closed=True)
