"""A bar chart of incidents by month: grey-scale safe, with its numbers written on it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from geo.briefing.records import Table
from geo.i18n import gettext as _

WIDTH, HEIGHT = 900, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 48, 40
_ALL, _IED, _INK, _SOFT = "#C9A48F", "#7F2A0A", "#1F2430", "#8F8879"
_FONT = "DejaVu Sans, sans-serif"


def _text(parent: ET.Element, x: float, y: float, text: str, **style: str) -> None:
    node = ET.SubElement(parent, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "fill": _INK,
                                          "font-size": "12", **style})  # fmt: skip
    node.text = text


def bars(table: Table) -> str:
    """Draw incidents by month.

    Parameters
    ----------
    table
        Of :func:`geo.briefing.incidents.monthly`: month, incidents, those with explosive devices.

    Returns
    -------
    str
        A standalone SVG document with a text alternative.
    """
    root = ET.Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img",
        "font-family": _FONT, "aria-label": str(table.caption),
    })  # fmt: skip
    ET.SubElement(root, "rect", {"width": str(WIDTH), "height": str(HEIGHT), "fill": "#FFFFFF"})
    most = max([int(row[1]) for row in table.rows] + [1])
    room = HEIGHT - _TOP - _BOTTOM
    step = (WIDTH - _LEFT - _RIGHT) / max(len(table.rows), 1)
    for share in (0.0, 0.5, 1.0):
        y = HEIGHT - _BOTTOM - share * room
        ET.SubElement(root, "line", {"x1": str(_LEFT), "x2": str(WIDTH - _RIGHT), "y1": f"{y:.1f}",
                                     "y2": f"{y:.1f}", "stroke": "#DDD8CC"})  # fmt: skip
        if share in {0.0, 1.0} or most % 2 == 0:
            _text(root, _LEFT - 8, y + 4, f"{most * share:.0f}", **{"text-anchor": "end"})
    for number, (month, count, ied) in enumerate(table.rows):
        x = _LEFT + step * (number + 0.5)
        for value, colour, share in ((count, _ALL, 0.68), (ied, _IED, 0.34)):
            tall = room * int(value) / most
            ET.SubElement(root, "rect", {
                "x": f"{x - step * share / 2:.1f}", "y": f"{HEIGHT - _BOTTOM - tall:.1f}",
                "width": f"{step * share:.1f}", "height": f"{tall:.1f}", "fill": colour,
            })  # fmt: skip
        if count:
            top = HEIGHT - _BOTTOM - room * int(count) / most - 5
            _text(root, x, top, str(count), **{"text-anchor": "middle", "font-weight": "bold"})
        year, _dash, short = str(month).partition("-")
        _text(root, x, HEIGHT - _BOTTOM + 16, short, **{"text-anchor": "middle"})
        if number == 0 or short == "01":
            _text(root, x, HEIGHT - _BOTTOM + 31, year,
                  **{"text-anchor": "middle", "fill": _SOFT})  # fmt: skip
    for x, colour, words in ((_LEFT, _ALL, _("Incidents")),
                             (_LEFT + 150, _IED, _("With explosive devices"))):  # fmt: skip
        ET.SubElement(root, "rect", {"x": str(x), "y": "8", "width": "12", "height": "12",
                                     "fill": colour})  # fmt: skip
        _text(root, x + 18, 18, words)
    return ET.tostring(root, encoding="unicode")
