"""Strip map and timeline on paper: the same drawing as on the screen."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from geo import words
from geo.roads import strip, timeline
from geo.roads.evidence import Evidence
from geo.roads.status import status
from geo.selection import select
from maps import strip as strips
from maps import timeline as timelines
from maps.cartography import Plate, StripMap, Timeline, draw
from tests.maps.cartography.starter_plates import SELECTION, beyond_the_page, plate, texts
from tests.starter import ON, starter

AXIS = "ML-RN17"


def drawn(subject: StripMap | Timeline, size: str) -> tuple[Plate, list[str]]:
    made = replace(plate("Gao"), subject=subject)
    figure = draw(made, size)
    assert beyond_the_page(figure) == []
    return made, [text.get_text() for text in texts(figure)]


def written(svg: str) -> set[str]:
    return set(re.findall(r"<text [^>]*>([^<]+)</text>", svg))


@pytest.mark.parametrize("size", ["hd", "a4-portrait"])
def test_a_strip_says_on_paper_what_it_says_on_the_screen(size: str) -> None:
    shot = starter()
    built = strip.build(shot, status(shot), select(shot, SELECTION), AXIS)
    _made, said = drawn(StripMap(strip=built), size)
    assert written(strips.svg(built, {})) <= set(said)
    legend = " ".join(said)
    for row in ("Armed attack", "Traffic or service suspended", "IS-Sahel"):
        assert row in legend
    for row in ("Drone strike", "Under escort only", "Border of a country"):
        assert row not in legend


def test_a_timeline_says_on_paper_what_it_says_on_the_screen() -> None:
    shot = starter()
    evidence = Evidence.gather(shot.assertions, shot.atlas)
    bars = timeline.bars(evidence, AXIS, ON)
    subject = Timeline(bars=bars, axis_id=AXIS, on=ON, labels=words.ASSERTIONS)
    _made, said = drawn(subject, "hd")
    labels = {kind: str(label) for kind, label in words.ASSERTIONS.items()}
    assert written(timelines.svg(bars, AXIS, ON, labels)) <= set(said)
    empty = Timeline(bars=bars.iloc[:0], axis_id=AXIS, on=ON, labels=words.ASSERTIONS)
    assert "No dated statement about this road" in drawn(empty, "hd")[1]
