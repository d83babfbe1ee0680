"""Our own SVG drawings on paper: the strip map and the timeline, as letters and lines of a sheet.

A :class:`maps.svg.Drawing` is the one description of such a picture. The browser shows it as it is;
here its few kinds of elements become artists, so that screen, PNG and PDF cannot disagree.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from maps.cartography.lettering import clean
from maps.cartography.page import INK
from maps.cartography.paper import Rect
from maps.cartography.pen import PAGE, Pen
from maps.cartography.symbols import circle
from maps.svg import PAPER, Drawing

#: The browser's letters are narrower than those on paper.
LETTERS: Final = 0.92
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_SLICES: Final = 48
#: What the elements of a group have from it.
_INHERITED: Final = ("stroke", "stroke-width")


class Engraver:
    """Draws the elements of a drawing into a box.

    Parameters
    ----------
    pen
        The sheet.
    drawing
        The drawing, finished or not.
    box
        Where; the drawing fills its width, less where it would be too tall.
    """

    def __init__(self, pen: Pen, drawing: Drawing, box: Rect) -> None:
        self.pen = pen
        wide = drawing.width_px
        self.scale = min(box.width / wide, box.height / drawing.y)
        self.left = box.left + (box.width - wide * self.scale) / 2
        self.top = box.top
        self.bottom = box.top - drawing.y * self.scale
        self._fades: dict[str, list[tuple[float, str, float]]] = {}
        self._walk(drawing.root, 1.0)

    def _walk(self, parent: ET.Element, alpha: float) -> None:
        for node in parent:
            own = alpha * float(node.get("opacity", 1))
            for name in _INHERITED:
                if name in parent.attrib:
                    node.attrib.setdefault(name, parent.attrib[name])
            if node.tag == "g":
                self._walk(node, own)
            elif node.tag == "defs":
                self._learn(node)
            elif node.tag == "text":
                self._text(node, own)
            elif node.tag != "title":
                self._shape(node, own)

    def _learn(self, defs: ET.Element) -> None:
        for gradient in defs:
            self._fades[f"url(#{gradient.get('id')})"] = [
                (
                    float(stop.get("offset", 0)),
                    str(stop.get("stop-color")),
                    float(stop.get("stop-opacity", 1)),
                )
                for stop in gradient
            ]

    def _points(self, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.array([self.left, self.top]) + pixels * (self.scale, -self.scale)

    def _unit(self, pixels: float) -> float:
        """Return a length in pixels of the drawing in units of the sheet."""
        return pixels * self.scale / self.pen.u

    def _outlines(self, node: ET.Element) -> tuple[list[NDArray[np.float64]], bool]:
        """Return the lines or rings of an element in pixels, and whether they are rings."""

        def at(*names: str) -> list[float]:
            return [float(node.get(name, 0)) for name in names]

        if node.tag == "line":
            return [np.array(at("x1", "y1", "x2", "y2")).reshape(2, 2)], False
        if node.tag == "rect":
            x, y, wide, high = at("x", "y", "width", "height")
            corners = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]
            return [np.array(corners)], True
        if node.tag == "circle":
            x, y, r = at("cx", "cy", "r")
            return [circle(x, y, r)], True
        if node.tag in {"polygon", "polyline"}:
            return [_numbers(node.get("points", "")).reshape(-1, 2)], node.tag == "polygon"
        if node.tag == "path":
            rings = [_numbers(part).reshape(-1, 2) for part in node.get("d", "").split("Z")]
            return [ring for ring in rings if len(ring)], True
        raise ValueError(node.tag)

    def _shape(self, node: ET.Element, alpha: float) -> None:
        pixels, closed = self._outlines(node)
        rings = [self._points(part) for part in pixels]
        if len(rings) == 2 and node.get("fill-rule") == "evenodd":  # noqa: PLR2004
            rings[1] = rings[1][::-1]
        fill, stroke = node.get("fill", "none"), node.get("stroke", "none")
        if fill in self._fades:
            self._fade(rings[0], self._fades[fill], alpha)
        elif closed and _ink(fill):
            self.pen.paths(rings, fill=_ink(fill), alpha=alpha * float(node.get("fill-opacity", 1)),
                           closed=True)  # fmt: skip
        if _ink(stroke):
            dash = [self._unit(float(n)) for n in _numbers(node.get("stroke-dasharray", ""))]
            self.pen.paths(
                rings, stroke=_ink(stroke), width=self._unit(float(node.get("stroke-width", 1))),
                dash=dash, alpha=alpha * float(node.get("stroke-opacity", 1)), closed=closed,
                cap=node.get("stroke-linecap", "butt"),
            )  # fmt: skip

    def _fade(
        self, ring: NDArray[np.float64], stops: list[tuple[float, str, float]], alpha: float
    ) -> None:
        """Fill a rectangle from left to right with ever less colour, in slices."""
        (left, bottom), (right, top) = ring.min(axis=0), ring.max(axis=0)
        edges = np.linspace(left, right, _SLICES + 1)
        shares = (np.arange(_SLICES) + 0.5) / _SLICES
        opacity = np.interp(shares, [stop[0] for stop in stops], [stop[2] for stop in stops])
        for start, end, much in zip(edges[:-1], edges[1:], opacity, strict=True):
            part = Rect(float(start), float(bottom), float(end), float(top))
            self.pen.rect(part, fill=stops[0][1], alpha=float(much) * alpha)

    def _text(self, node: ET.Element, alpha: float) -> None:
        spot = self._points(np.array([[float(node.get("x", 0)), float(node.get("y", 0))]]))
        x, y = spot[0].tolist()
        turn = _numbers(node.get("transform", "")) if node.get("transform") else [0.0]
        anchors = {"start": "left", "middle": "center", "end": "right"}
        fill = node.get("fill", "currentColor")
        self.pen.text(
            x,
            y,
            clean(node.text or ""),
            size=self._unit(float(node.get("font-size", 12)) * LETTERS),
            colour=_ink(fill) or INK,
            bold=float(node.get("font-weight", 400)) >= 600,  # noqa: PLR2004
            align=anchors[node.get("text-anchor", "start")],
            # Ink on the page may cross a line; ink on a band has its contrast from the band.
            halo=PAGE if fill == "currentColor" else None,
            halo_width=2.0,
            rotation=-float(turn[0]),
            alpha=alpha,
            name="drawing",
        )


def _numbers(text: str) -> NDArray[np.float64]:
    return np.array([float(found) for found in _NUMBER.findall(text)])


def _ink(colour: str) -> str | None:
    """Return a colour for paper, ``None`` where nothing is to be seen."""
    if colour in {"none", "transparent"}:
        return None
    return {"currentColor": INK, PAPER: PAGE}.get(colour, colour)
