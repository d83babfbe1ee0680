"""A bar chart of incidents by month: grey-scale safe, with its numbers written on it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pandas as pd

from geo.i18n import gettext as _
from geo.i18n import month
from maps.cartography.lettering import width

WIDTH, HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 8, 44, 40
_ALL, _IED, _INK = "#C9A48F", "#7F2A0A", "#1F2430"
_FONT = "DejaVu Sans, sans-serif"


def _text(parent: ET.Element, x: float, y: float, text: str, **style: str) -> None:
    node = ET.SubElement(parent, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "fill": _INK,
                                          "font-size": "12", **style})  # fmt: skip
    node.text = text


def bars(counts: pd.DataFrame, told: str) -> str:
    """Draw incidents by month.

    Parameters
    ----------
    counts
        Of :func:`geo.briefing.incidents.monthly`.
    told
        What the picture shows, for those who do not see it.

    Returns
    -------
    str
        A standalone SVG document with a text alternative.
    """
    root = ET.Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img",
        "font-family": _FONT, "aria-label": told,
    })  # fmt: skip
    ET.SubElement(root, "rect", {"width": str(WIDTH), "height": str(HEIGHT), "fill": "#FFFFFF"})
    most = max(int(counts["incidents"].max()), 1)
    room = HEIGHT - _TOP - _BOTTOM
    step = (WIDTH - _LEFT - _RIGHT) / len(counts)
    for share in (0.0, 0.5, 1.0):
        y = HEIGHT - _BOTTOM - share * room
        ET.SubElement(root, "line", {"x1": str(_LEFT), "x2": str(WIDTH - _RIGHT), "y1": f"{y:.1f}",
                                     "y2": f"{y:.1f}", "stroke": "#DDD8CC"})  # fmt: skip
        if share in {0.0, 1.0} or most % 2 == 0:
            _text(root, _LEFT - 8, y + 4, f"{most * share:.0f}", **{"text-anchor": "end"})
    for number, row in enumerate(counts.itertuples()):
        x = _LEFT + step * (number + 0.5)
        for value, colour, share in ((row.incidents, _ALL, 0.68), (row.ied, _IED, 0.34)):
            tall = room * int(value) / most
            ET.SubElement(root, "rect", {
                "x": f"{x - step * share / 2:.1f}", "y": f"{HEIGHT - _BOTTOM - tall:.1f}",
                "width": f"{step * share:.1f}", "height": f"{tall:.1f}", "fill": colour,
            })  # fmt: skip
        if row.incidents:
            top = HEIGHT - _BOTTOM - room * int(row.incidents) / most - 5
            _text(root, x, top, str(row.incidents),
                  **{"text-anchor": "middle", "font-weight": "bold"})  # fmt: skip
        for line, word in enumerate(month(row.Index.start_time).split()):
            _text(root, x, HEIGHT - _BOTTOM + 16 + 14 * line, word,
                  **{"text-anchor": "middle", "font-size": "11"})  # fmt: skip
    x = float(_LEFT)
    for colour, words in ((_ALL, _("Incidents")), (_IED, _("With explosive devices"))):
        ET.SubElement(root, "rect", {"x": f"{x:.1f}", "y": "6", "width": "12", "height": "12",
                                     "fill": colour})  # fmt: skip
        _text(root, x + 18, 16, words)
        x += 18 + width(words, 12) + 24
    return ET.tostring(root, encoding="unicode")
