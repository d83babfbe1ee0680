"""Strip map and timeline on paper: the same drawing as on the screen."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from geo import words
from geo.risk.hindcast.result import Bin
from geo.roads import strip, timeline
from geo.roads.evidence import Evidence
from geo.roads.status import status
from geo.selection import select
from maps import palette, reliability
from maps import strip as strips
from maps import timeline as timelines
from maps.cartography import Chart, StripMap, Subject, Timeline, draw
from tests.maps.cartography.starter_plates import (
    SELECTION,
    beyond_the_page,
    plate,
    texts,
    too_small,
)
from tests.starter import ON, starter

AXIS = "ML-RN17"


def drawn(subject: Subject, size: str) -> tuple[Figure, list[str]]:
    figure = draw(replace(plate("Gao"), subject=subject), size)
    assert beyond_the_page(figure) == []
    return figure, [text.get_text() for text in texts(figure)]


def written(svg: str) -> set[str]:
    return set(re.findall(r"<text [^>]*>([^<]+)</text>", svg))


@pytest.mark.parametrize("size", ["hd", "a4-portrait"])
def test_a_strip_says_on_paper_what_it_says_on_the_screen(size: str) -> None:
    shot = starter()
    built = strip.build(shot, status(shot), select(shot, SELECTION), AXIS)
    subject = StripMap(strip=built)
    figure, said = drawn(subject, size)
    on_screen = written(strips.svg(built, {}))
    # Fewer towns and distances, and nothing else, where there is less room.
    less = on_screen - set(said)
    assert {word for word in less if "·" not in word and not word.endswith(" km")} == set()
    assert len(less) < len(on_screen) * (0.35 if size == "hd" else 0.5)
    assert too_small(figure, size) == {}
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
    _figure, said = drawn(subject, "hd")
    labels = {kind: str(label) for kind, label in words.ASSERTIONS.items()}
    assert written(timelines.svg(bars, AXIS, ON, labels)) <= set(said)
    empty = Timeline(bars=bars.iloc[:0], axis_id=AXIS, on=ON, labels=words.ASSERTIONS)
    assert "No dated statement about this road" in drawn(empty, "hd")[1]


def test_a_long_timeline_keeps_its_letters_and_says_what_it_leaves_out() -> None:
    shot = starter()
    bars = timeline.bars(Evidence.gather(shot.assertions, shot.atlas), AXIS, ON)
    many = pd.concat([bars] * 20, ignore_index=True)
    subject = Timeline(bars=many, axis_id=AXIS, on=ON, labels=words.ASSERTIONS)
    figure, said = drawn(subject, "a4-landscape")
    assert too_small(figure, "a4-landscape") == {}
    shown = sum(text.startswith("PK ") for text in said)
    assert f"{len(many) - shown} older statements are left out" in said


def test_a_forecast_says_on_paper_what_it_says_on_the_screen() -> None:
    bins = [Bin(36_525.0, n, n, n / 2, n * 2) for n in (0.5, 1.0, 4.0)]
    chart = Chart(draw=partial(reliability.drawing, bins), heading="Foretold", note="How to read")
    figure, said = drawn(chart, "hd")
    assert written(reliability.svg(bins)) <= set(said)
    lines = [
        patch for patch in figure.findobj(PathPatch)
        if to_hex(patch.get_edgecolor()) == palette.CONTESTED[0].lower()
    ]  # fmt: skip
    assert len(lines) == 4 * len(bins)  # a bar with two ends, and the point's rim
