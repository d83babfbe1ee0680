"""The strip says what the status says: a control that is disputed is not drawn as settled."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

import pytest

from geo.roads import strip
from geo.roads.status import status
from maps import palette
from maps import strip as strips
from maps.strip import ruler
from tests.starter import starter

SVG = "{http://www.w3.org/2000/svg}"


def control(axis_id: str, on: dt.date) -> list[tuple[str, str | None]]:
    """Return text and outline of the parts of the band of control."""
    shot = starter(on, on)
    shown = strip.build(shot, status(shot), shot.incidents.index[:0], axis_id)
    parts = ET.fromstring(strips.svg(shown, {})).iter(f"{SVG}g")  # noqa: S314 - our own
    told = [(part.findtext(f"{SVG}title") or "", part.find(f"{SVG}rect")) for part in parts]
    return [
        (text, rect.get("stroke"))
        for text, rect in told
        if rect is not None and text.startswith("Controlled")
    ]


def test_a_long_credit_is_written_whole() -> None:
    shot = starter()
    shown = strip.build(shot, status(shot), shot.incidents.index[:0], "ML-RN17")
    drawn = ET.fromstring(strips.svg(shown, {}, ["Borders: " + "someone " * 60]))  # noqa: S314
    lines = [text.text or "" for text in drawn.iter(f"{SVG}text")]
    assert sum(line.count("someone") for line in lines) == 60
    assert max(map(len, lines)) <= 160


def test_disputed_control_is_outlined_and_said() -> None:
    (part,) = control("ML-RN17", dt.date(2025, 2, 12))
    assert part[1] is None
    assert "contradict" not in part[0]
    for text, outline in control("ML-RN1-3", dt.date(2025, 10, 5)):
        assert text.startswith("Controlled: JNIM")
        assert text.endswith("sources contradict each other")
        assert outline == palette.CONTESTED[0]


def test_a_strip_drawn_backwards_is_the_mirror_of_itself() -> None:
    shot = starter()
    view = strip.build(shot, status(shot), shot.incidents.index, "ML-RN17")
    ahead, back = (
        ET.fromstring(strips.svg(view, {}, backwards=backwards))  # noqa: S314 - our own
        for backwards in (False, True)
    )

    def middles(root: ET.Element) -> list[float]:
        polygon = next(node for node in root.iter() if node.tag.endswith("polygon"))
        points = [tuple(map(float, p.split(","))) for p in polygon.attrib["points"].split()]
        return [min(points, key=lambda p: p[1])[0]]

    left, right = middles(ahead)[0], middles(back)[0]
    ends = ruler.LEFT + strips.WIDTH_PX - ruler._RIGHT
    assert left + right == pytest.approx(ends, abs=0.2)
    # As many lanes of incidents either way: the drawing is as tall.
    heights = [float(root.attrib["viewBox"].split()[3]) for root in (ahead, back)]
    assert heights[0] == heights[1]
