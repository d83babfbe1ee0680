"""What the published schema of GPX 1.1 says, as far as our files go."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

from geo.exchange.gpx import NAMESPACE

#: Order of the children, from http://www.topografix.com/GPX/1/1/gpx.xsd (sequences).
POINT = [
    "ele",
    "time",
    "magvar",
    "geoidheight",
    "name",
    "cmt",
    "desc",
    "src",
    "link",
    "sym",
    "type",
    "fix",
    "sat",
    "hdop",
    "vdop",
    "pdop",
    "ageofdgpsdata",
    "dgpsid",
    "extensions",
]
LINE = ["name", "cmt", "desc", "src", "link", "number", "type", "extensions"]
SCHEMA = {
    "gpx": ["metadata", "wpt", "rte", "trk", "extensions"],
    "metadata": ["name", "desc", "author", "copyright", "link", "time", "keywords", "bounds",
                 "extensions"],
    "wpt": POINT, "rtept": POINT, "trkpt": POINT, "rte": [*LINE, "rtept"],
    "trk": [*LINE, "trkseg"], "trkseg": ["trkpt", "extensions"],
}  # fmt: skip


def check_gpx(text: str) -> ET.Element:
    """Check a document against the facts of the published schema; return its root."""
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert root.tag == f"{{{NAMESPACE}}}gpx"
    assert root.get("version") == "1.1"
    assert root.get("creator")
    for element in root.iter():
        space, _, name = element.tag[1:].partition("}")
        assert space == NAMESPACE
        allowed = SCHEMA.get(name)
        if allowed is None:
            assert len(element) == 0
            continue
        order = [allowed.index(child.tag.partition("}")[2]) for child in element]
        assert order == sorted(order)
        if name in {"wpt", "rtept", "trkpt"}:
            assert -90 <= float(element.get("lat", "x")) <= 90
            assert -180 <= float(element.get("lon", "x")) < 180
        if name not in {"gpx", "rte", "trk", "trkseg"}:
            assert len(set(order)) == len(order)
    for time in root.iter(f"{{{NAMESPACE}}}time"):
        assert dt.datetime.fromisoformat(time.text or "").tzinfo is not None
    for number in root.iter(f"{{{NAMESPACE}}}number"):
        assert int(number.text or "") >= 0
    return root
