"""Write GPX 1.1 (topografix.com/GPX/1/1): waypoints, routes and tracks for navigation devices.

The order of the elements is the schema's.  Text is escaped, and what XML cannot hold is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from geo.exchange.xmltext import to_xml, xml_text

NAMESPACE = "http://www.topografix.com/GPX/1/1"
SCHEMA = f"{NAMESPACE} {NAMESPACE}/gpx.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with a name; longitude and latitude in degrees, WGS 84."""

    lon: float
    lat: float
    name: str
    description: str = ""
    kind: str = ""
    symbol: str = ""
    time: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """A line in parts, with a name."""

    name: str
    description: str
    kind: str
    parts: Sequence[Sequence[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class PointRoute:
    """Points to be followed in their order, with a name."""

    name: str
    description: str
    kind: str
    marks: Sequence[Mark]


def write_gpx(
    title: str,
    description: str,
    *,
    waypoints: Iterable[Mark] = (),
    routes: Iterable[PointRoute] = (),
    tracks: Iterable[Track] = (),
) -> str:
    """Return a GPX 1.1 document.

    Parameters
    ----------
    title, description
        Of the file.
    waypoints, routes, tracks
        Its content.
    """
    ET.register_namespace("", NAMESPACE)
    ET.register_namespace("xsi", XSI)
    root = ET.Element(
        _tag("gpx"), {"version": "1.1", "creator": "Piste", f"{{{XSI}}}schemaLocation": SCHEMA}
    )
    metadata = ET.SubElement(root, _tag("metadata"))
    _texts(metadata, name=title, desc=description)
    for mark in waypoints:
        _mark(root, "wpt", mark)
    for number, route in enumerate(routes, start=1):
        element = ET.SubElement(root, _tag("rte"))
        _texts(element, name=route.name, desc=route.description, number=str(number),
               type=route.kind)  # fmt: skip
        for mark in route.marks:
            _mark(element, "rtept", mark)
    for number, track in enumerate(tracks, start=1):
        element = ET.SubElement(root, _tag("trk"))
        _texts(element, name=track.name, desc=track.description, number=str(number),
               type=track.kind)  # fmt: skip
        for part in track.parts:
            segment = ET.SubElement(element, _tag("trkseg"))
            for lon, lat in part:
                ET.SubElement(segment, _tag("trkpt"), _at(lon, lat))
    return to_xml(root)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _at(lon: float, lat: float) -> dict[str, str]:
    return {"lat": f"{lat:.6f}", "lon": f"{lon:.6f}"}


def _mark(parent: ET.Element, name: str, mark: Mark) -> None:
    element = ET.SubElement(parent, _tag(name), _at(mark.lon, mark.lat))
    time = "" if mark.time is None else f"{mark.time.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    _texts(element, time=time, name=mark.name, desc=mark.description, sym=mark.symbol,
           type=mark.kind)  # fmt: skip


def _texts(parent: ET.Element, **texts: str) -> None:
    """Add elements with texts in the order given; an empty text adds none."""
    for name, text in texts.items():
        if text:
            ET.SubElement(parent, _tag(name)).text = xml_text(text)
