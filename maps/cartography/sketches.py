"""Drawings with their legend: a road's strip map, what was stated of it, charts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from geo.i18n import gettext as _
from geo.records import PlacementKind
from maps import legend as legends
from maps import palette, strip, timeline
from maps.cartography import key
from maps.cartography.engraving import Engraver
from maps.cartography.page import INK
from maps.cartography.paper import Rect, Size
from maps.cartography.pen import Pen
from maps.cartography.plate import Chart, StripMap, Timeline
from maps.svg import Drawing

#: Units to a pixel of a drawing: its least letters are then 7 points on paper.
_PX: Final = 1.04
_GAP: Final = 9.0
#: Units that a strip's legend takes below it on a page.
_LEGEND: Final = 150.0
#: Width of a plot to its height, at most.
_WIDEST: Final = 1.6
_NO_REGIONS: Final[Mapping[str, Any]] = {"colours": [], "breaks": [], "values": {}}


def draw_strip(pen: Pen, subject: StripMap, body: Rect) -> None:
    """Draw a strip map into a box, one page wide, with the legend of what it shows below."""
    theme = palette.theme("light")
    rows = _strip_legend(subject, theme)
    columns = 4 if pen.size.wide else 3
    foot = min(key.height(pen, rows, body.width, columns) + _GAP * pen.u, body.height / 2)
    picture = Rect(body.left, body.bottom + foot, body.right, body.top)
    done = Engraver(pen, strip_drawing(pen.size, subject, body.width), picture)
    room = Rect(body.left, body.bottom, body.right, done.bottom - _GAP * pen.u)
    key.draw(pen, rows, room, theme, (columns, columns + 1))


def strip_drawing(size: Size, subject: StripMap, width_pt: float) -> Drawing:
    """Return a strip that has letters one can read where it is so wide."""
    return strip.drawing(
        subject.strip, {}, judged=subject.judged, backwards=subject.backwards,
        curve=None if subject.curve is None else str(subject.curve),
        width_px=width_pt / (size.unit * _PX),
    )  # fmt: skip


def strip_height_pt(subject: StripMap, size: Size) -> float:
    """Return how tall a strip is on a sheet of that width, with room for its legend."""
    drawn = strip_drawing(size, subject, size.width_pt)
    return drawn.y * size.unit * _PX + _LEGEND * size.unit


def _strip_legend(subject: StripMap, theme: dict[str, Any]) -> list[dict[str, Any]]:
    layers = legends.legends(None, dict(_NO_REGIONS), theme, paper=True)
    rows = legends.only([*layers, legends.journeys(theme)], _strip_keys(subject))
    for layer in rows:
        if layer["id"] == "roads":
            for row in layer["legend"]:
                # A strip draws every passage in ink, by its pattern alone.
                if row["key"].startswith("passage:"):
                    row["colour"] = INK
            layer["legend"] += _strip_rows(subject)
    return rows


def _strip_keys(subject: StripMap) -> set[str]:
    shown, status = subject.strip.incidents, subject.strip.status
    keys = {f"category:{code}" for code in shown["category"]}
    keys |= {f"kind:{kind}" for kind in shown["kind"] if kind == PlacementKind.ALONG}
    keys |= {f"passage:{passage}" for passage in status["passage"]}
    held = [*status["controlled_by"], *status["taxed_by"]]
    keys |= {f"verdict:{one.verdict}" for one in subject.judged}
    return keys | {f"band:{palette.actor_family(who).key}" for who in held if who}


def _strip_rows(subject: StripMap) -> list[dict[str, Any]]:
    """Return what a strip shows in a manner of its own."""
    status = subject.strip.status
    contested = status["control_contested"] | status["passage_contested"]
    rows: list[dict[str, Any]] = []
    if contested.any():
        label = _("Dashed outline: sources contradict each other")
        rows.append({"type": "fill", "colour": palette.CONTESTED[0], "opacity": 0.25,
                     "dashed": palette.CONTESTED[0], "label": label})  # fmt: skip
    if (status["under_agreement"] & ~status["passage_contested"]).any():
        label = _("Ground of passage: under an agreement")
        rows.append({"type": "fill", "colour": palette.AGREEMENT, "opacity": 0.3, "label": label})
    return rows


def draw_timeline(pen: Pen, subject: Timeline, body: Rect) -> None:
    """Draw the statements about a road over time into a box, the latest that it has room for."""
    labels = {kind: str(label) for kind, label in subject.labels.items()}
    text = _(
        "A bar is one statement, for as long as it is believed; it fades as its confidence does. "
        "Dashed outlines contradict each other. The red line is the as-of date."
    )
    layer, room = _note(pen, body, _("Statements over time"), text)
    drawing = timeline.drawing(
        subject.bars, subject.axis_id, subject.on, labels, width_px=room.width / (pen.u * _PX),
        rows_max=timeline.rows_within(room.height / (pen.u * _PX)),
    )  # fmt: skip
    _noted(pen, drawing, layer, body, room)


def draw_chart(pen: Pen, subject: Chart, body: Rect) -> None:
    """Draw a chart into a box, not much wider than tall."""
    layer, room = _note(pen, body, str(subject.heading), str(subject.note))
    high = min(room.height, room.width) / (pen.u * _PX)
    wide = min(room.width / (pen.u * _PX), high * _WIDEST)
    _noted(pen, subject.draw(wide, high), layer, body, room)


def _note(pen: Pen, body: Rect, title: str, text: str) -> tuple[dict[str, Any], Rect]:
    """Return words on how to read a drawing as a legend, and the room above them."""
    layer = {"id": "note", "label": title, "legend": [{"type": "note", "label": text}]}
    foot = key.height(pen, [layer], body.width, 1) + _GAP * pen.u
    return layer, Rect(body.left, body.bottom + foot, body.right, body.top)


def _noted(pen: Pen, drawing: Drawing, layer: dict[str, Any], body: Rect, room: Rect) -> None:
    unit = pen.u * _PX
    wide = min(drawing.width_px * unit, room.width)
    left = room.left + (room.width - wide) / 2
    done = Engraver(pen, drawing, Rect(left, room.bottom, left + wide, room.top))
    note = Rect(body.left, body.bottom, body.right, done.bottom - _GAP * pen.u)
    key.draw(pen, [layer], note, palette.theme("light"), (1,))
