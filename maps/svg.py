"""A small SVG under construction: elements, labels, tooltips; every text escaped by the writer."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

WIDTH_PX: Final = 1120
#: No letters of a drawing are smaller, pixels.
LEAST_LETTERS: Final = 10.5
FONT: Final = "system-ui, 'Segoe UI', sans-serif"
#: Ground of the page, for what must hide what lies beneath.
PAPER: Final = "var(--paper, #fff)"


def attributes(**values: object) -> dict[str, str]:
    """Return keyword arguments as XML attributes: ``stroke_width`` is ``stroke-width``."""
    return {
        name.strip("_").replace("_", "-"): f"{value:.1f}"
        if isinstance(value, float)
        else str(value)
        for name, value in values.items()
    }


class Drawing:
    """An SVG document, as tall as it grows.

    Parameters
    ----------
    width_px
        Its width in its own units; letters and lines keep their size in them.
    """

    def __init__(self, width_px: float = WIDTH_PX) -> None:
        self.width_px = width_px
        self.root = ET.Element("svg", xmlns="http://www.w3.org/2000/svg")
        self.y = 8.0

    def add(
        self, tag: str, text: str | None = None, parent: ET.Element | None = None, **values: object
    ) -> ET.Element:
        """Add an element, to the document unless ``parent`` is given."""
        holder = self.root if parent is None else parent
        node = ET.SubElement(holder, tag, attributes(**values))
        node.text = text
        return node

    def label(
        self, x: float, y: float, text: str, parent: ET.Element | None = None, **values: object
    ) -> ET.Element:
        """Add a text in the page's ink."""
        style = {"font_size": 12, "fill": "currentColor", **values}
        return self.add("text", text, parent, x=float(x), y=float(y), **style)

    def pickable(self, pick: str, tip: str) -> ET.Element:
        """Add a group that a reader can pick by mouse or keyboard."""
        group = self.add("g", class_="pick", data_pick=pick, tabindex=0)
        self.tip(group, tip)
        return group

    def tip(self, node: ET.Element, text: str) -> None:
        """Give an element a tooltip, which is its text alternative too."""
        self.add("title", text, node)

    def finish(self, label: str) -> str:
        """Return the document, with ``label`` as its text alternative."""
        self.root.attrib.update(
            attributes(
                viewBox=f"0 0 {self.width_px:.0f} {self.y:.0f}",
                width="100%",
                role="img",
                font_family=FONT,
                aria_label=label,
            )
        )
        return ET.tostring(self.root, encoding="unicode")
