"""Drawings with their legend: a road's strip map, what was stated of it, charts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from geo.chronicle import told
from geo.i18n import gettext as _
from geo.records import PlacementKind
from geo.snapshot import Snapshot
from maps import chronicle, palette, strip, timeline
from maps import legend as legends
from maps.cartography import key
from maps.cartography.engraving import LETTERS, Engraver
from maps.cartography.page import INK
from maps.cartography.paper import Rect, Size
from maps.cartography.pen import Pen
from maps.cartography.plate import Chart, StripMap, Timeline
from maps.svg import LEAST_LETTERS, Drawing

#: Units to a pixel of a drawing: its least letters are then 7 points on paper.
_PX: Final = 1.04
_GAP: Final = 9.0
#: Height of a sheet to its width below which a strip is drawn less tall.
_LOW: Final = 1.05
#: Units that a strip's legend takes beside it on a slide, at most.
_SIDE: Final = 236.0
#: A drawing that is no taller than so many times its room is made a little smaller.
_A_LITTLE: Final = 1.04
#: Units that the lines below a picture on somebody's page take.
_LINES_BELOW: Final = 38.0
_NO_REGIONS: Final[Mapping[str, Any]] = {"colours": [], "breaks": [], "values": {}}


def draw_strip(pen: Pen, subject: StripMap, body: Rect) -> None:
    """Draw a strip map into a box, its legend below or, on a slide, beside it."""
    theme = palette.theme("light")
    rows = _strip_legend(subject, theme)
    if pen.size.wide:
        side = min(_SIDE * pen.u, body.width * 0.28)
        picture = Rect(body.left, body.bottom, body.right - side - 2 * _GAP * pen.u, body.top)
        Engraver(pen, _strip_within(pen, subject, picture, compact=True), picture)
        room = Rect(body.right - side, body.bottom, body.right, body.top)
        key.draw(pen, rows, room, theme, (1,))
        return
    foot = min(key.height(pen, rows, body.width, 3) + _GAP * pen.u, body.height / 2)
    picture = Rect(body.left, body.bottom + foot, body.right, body.top)
    low = pen.size.height_pt < _LOW * pen.size.width_pt
    done = Engraver(pen, _strip_within(pen, subject, picture, compact=low), picture)
    room = Rect(body.left, body.bottom, body.right, done.bottom - _GAP * pen.u)
    key.draw(pen, rows, room, theme, (3, 4))


def _strip_within(pen: Pen, subject: StripMap, box: Rect, *, compact: bool) -> Drawing:
    """Return a strip for a box, its letters as large as the box allows."""
    least, scale = _least_pixel(pen), _pixel(pen)
    while True:
        drawn = strip_drawing(subject, box.width / scale, compact=compact)
        if scale <= least or drawn.y * scale <= box.height:
            return drawn
        scale = max(scale * 0.97, least)


def _least_pixel(pen: Pen) -> float:
    """Return the points to a pixel at which the least letters of a drawing can be read."""
    return pen.size.least_pt / (LEAST_LETTERS * LETTERS)


def _pixel(pen: Pen) -> float:
    """Return the points to a pixel of a drawing: as usual, or what its letters need."""
    return max(pen.u * _PX, _least_pixel(pen))


def strip_drawing(subject: StripMap, width_px: float, *, compact: bool = False) -> Drawing:
    """Return a strip, so wide in its own pixels."""
    return strip.drawing(
        subject.strip, {}, judged=subject.judged, backwards=subject.backwards, compact=compact,
        curve=None if subject.curve is None else str(subject.curve), width_px=width_px,
    )  # fmt: skip


def height_pt(subject: StripMap | Chart, size: Size) -> float:
    """Return how tall a sheet of that width must be for a strip with its legend, or a chart."""
    if isinstance(subject, Chart):
        drawn = subject.draw(size.width_pt / (size.unit * _PX), math.inf)
        return drawn.y * size.unit * _PX + _LINES_BELOW * size.unit
    drawn = strip_drawing(subject, size.width_pt / (size.unit * _PX))
    pen, rows = Pen(size), _strip_legend(subject, palette.theme("light"))
    legend = key.height(pen, rows, size.width_pt, 3)
    return drawn.y * size.unit * _PX + legend + (2 * _GAP + _LINES_BELOW) * size.unit


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
        subject.bars, subject.axis_id, subject.on, labels, width_px=room.width / _pixel(pen),
        rows_max=timeline.rows_within(room.height / _pixel(pen)),
    )  # fmt: skip
    _noted(pen, drawing, layer, body, room)


def draw_chart(pen: Pen, subject: Chart, body: Rect) -> None:
    """Draw a chart into a box, no wider to its height than it wants to be."""
    pixel = _pixel(pen)
    if not str(subject.note):
        wide = min(body.width, body.height * subject.widest)
        left = body.left + (body.width - wide) / 2
        drawing = subject.draw(wide / pixel, body.height / pixel)
        Engraver(pen, drawing, Rect(left, body.bottom, left + wide, body.top))
        return
    layer, room = _note(pen, body, str(subject.heading), str(subject.note))
    high = min(room.height, room.width) / pixel
    wide = min(room.width / pixel, high * subject.widest)
    _noted(pen, subject.draw(wide, high), layer, body, room)


def claims_chart(snapshot: Snapshot, incident_id: str) -> Chart:
    """Return what was claimed of an incident over time (:mod:`maps.chronicle`)."""
    rows, event = told(snapshot, incident_id), chronicle.event_of(snapshot, incident_id)

    def draw(width_px: float, height_px: float) -> Drawing:
        whole = chronicle.drawing(rows, event, width_px=width_px)
        if whole.y <= height_px * _A_LITTLE:
            return whole
        most = chronicle.rows_within(height_px)
        return chronicle.drawing(rows, event, width_px=width_px, rows_max=most)

    return Chart(draw=draw, widest=3.0)


def _note(pen: Pen, body: Rect, title: str, text: str) -> tuple[dict[str, Any], Rect]:
    """Return words on how to read a drawing as a legend, and the room above them."""
    layer = {"id": "note", "label": title, "legend": [{"type": "note", "label": text}]}
    foot = key.height(pen, [layer], body.width, 1) + _GAP * pen.u
    return layer, Rect(body.left, body.bottom + foot, body.right, body.top)


def _noted(pen: Pen, drawing: Drawing, layer: dict[str, Any], body: Rect, room: Rect) -> None:
    unit = _pixel(pen)
    wide = min(drawing.width_px * unit, room.width)
    left = room.left + (room.width - wide) / 2
    done = Engraver(pen, drawing, Rect(left, room.bottom, left + wide, room.top))
    note = Rect(body.left, body.bottom, body.right, done.bottom - _GAP * pen.u)
    key.draw(pen, [layer], note, palette.theme("light"), (1,))
