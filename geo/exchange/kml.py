"""Write KML 2.2 (OGC 07-147r2) and KMZ for Google Earth and phones.

A viewer shows descriptions as HTML, so text is escaped for HTML here and for XML once more when it
is written: markup from a report stays text.
"""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from geo.exchange.xmltext import to_xml, xml_text

NAMESPACE = "http://www.opengis.net/kml/2.2"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Of the entry in a KMZ: the same answer makes the same file."""


@dataclass(frozen=True, slots=True)
class Style:
    """How lines and points look.

    Parameters
    ----------
    colour
        ``#rrggbb``.
    width
        Of lines, pixels.
    """

    colour: str
    width: float = 4.0


@dataclass(frozen=True, slots=True)
class Feature:
    """A line or a point with what is said of it.

    Parameters
    ----------
    name
        Its title.
    lines
        Sentences; plain text.
    style
        Name of a style.
    coordinates
        Longitude and latitude of its vertices, degrees; one for a point.
    """

    name: str
    lines: Sequence[str]
    style: str
    coordinates: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Folder:
    """Features that are switched on and off together."""

    name: str
    features: Sequence[Feature]
    shown: bool = True


def write_kml(
    title: str, lines: Sequence[str], styles: Mapping[str, Style], folders: Iterable[Folder]
) -> str:
    """Return a KML document.

    Parameters
    ----------
    title, lines
        Of the document.
    styles
        By name.
    folders
        Its content.
    """
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("kml"))
    document = ET.SubElement(root, _tag("Document"))
    _text(document, "name", title)
    _text(document, "description", _paragraphs(lines))
    for name, style in styles.items():
        element = ET.SubElement(document, _tag("Style"), {"id": name})
        # KML writes colours as alpha, blue, green, red.
        red, green, blue = (style.colour[i : i + 2] for i in (1, 3, 5))
        icon = ET.SubElement(element, _tag("IconStyle"))
        _text(icon, "color", f"ff{blue}{green}{red}".lower())
        line = ET.SubElement(element, _tag("LineStyle"))
        _text(line, "color", f"ff{blue}{green}{red}".lower())
        _text(line, "width", f"{style.width:g}")
    for folder in folders:
        element = ET.SubElement(document, _tag("Folder"))
        _text(element, "name", folder.name)
        _text(element, "visibility", "1" if folder.shown else "0")
        for feature in folder.features:
            _feature(element, feature, shown=folder.shown)
    return to_xml(root)


def write_kmz(document: str) -> bytes:
    """Return a KML document packed as KMZ."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        # An entry with a day of its own is stored as it is unless it is told otherwise.
        entry = zipfile.ZipInfo("doc.kml", _EPOCH)
        file.writestr(entry, document.encode(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _tag(name)).text = xml_text(text)


def _paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines)


def _feature(parent: ET.Element, feature: Feature, *, shown: bool) -> None:
    element = ET.SubElement(parent, _tag("Placemark"))
    _text(element, "name", html.escape(feature.name, quote=False))
    _text(element, "visibility", "1" if shown else "0")
    _text(element, "description", _paragraphs(feature.lines))
    _text(element, "styleUrl", f"#{feature.style}")
    point = len(feature.coordinates) == 1
    shape = ET.SubElement(element, _tag("Point" if point else "LineString"))
    if not point:
        _text(shape, "tessellate", "1")
    _text(shape, "coordinates",
          " ".join(f"{lon:.6f},{lat:.6f}" for lon, lat in feature.coordinates))  # fmt: skip
