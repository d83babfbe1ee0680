"""The strip map of a road and the statements about it, drawn with their legend."""

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
from maps.cartography.paper import Rect
from maps.cartography.pen import Pen
from maps.cartography.plate import StripMap, Timeline

_NO_REGIONS: Final[Mapping[str, Any]] = {"colours": [], "breaks": [], "values": {}}


def draw_strip(pen: Pen, subject: StripMap, body: Rect) -> None:
    """Draw a strip map into a box, one page wide, with the legend of what it shows below."""
    high = body.height * (0.74 if pen.size.wide else 0.62)
    picture = Rect(body.left, body.top - high, body.right, body.top)
    drawn = strip.drawing(subject.strip, {}, judged=subject.judged, backwards=subject.backwards)
    done = Engraver(pen, drawn, picture)
    theme = palette.theme("light")
    rows = legends.only(
        legends.legends(None, dict(_NO_REGIONS), theme, paper=True), _strip_keys(subject)
    )
    for layer in rows:
        if layer["id"] == "roads":
            for row in layer["legend"]:
                # A strip draws every passage in ink, by its pattern alone.
                if row["key"].startswith("passage:"):
                    row["colour"] = INK
            layer["legend"] += _strip_rows(subject)
    room = Rect(body.left, body.bottom, body.right, done.bottom - 8 * pen.u)
    key.draw(pen, rows, room, theme, (3, 4, 5) if pen.size.wide else (2, 3))


def _strip_keys(subject: StripMap) -> set[str]:
    shown, status = subject.strip.incidents, subject.strip.status
    keys = {f"category:{code}" for code in shown["category"]}
    keys |= {f"kind:{kind}" for kind in shown["kind"] if kind == PlacementKind.ALONG}
    keys |= {f"passage:{passage}" for passage in status["passage"]}
    held = [*status["controlled_by"], *status["taxed_by"]]
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
    """Draw the statements about a road over time into a box."""
    labels = {kind: str(label) for kind, label in subject.labels.items()}
    drawing = timeline.drawing(subject.bars, subject.axis_id, subject.on, labels)
    room = Rect(body.left, body.bottom + 40 * pen.u, body.right, body.top)
    done = Engraver(pen, drawing, room)
    note = Rect(body.left, body.bottom, body.right, done.bottom - 8 * pen.u)
    text = _(
        "A bar is one statement, for as long as it is believed; it fades as its confidence does. "
        "Dashed outlines contradict each other. The red line is the as-of date."
    )
    row = {"type": "note", "label": text}
    legend = [{"id": "statements", "label": _("Statements over time"), "legend": [row]}]
    key.draw(pen, legend, note, palette.theme("light"), (1,))
