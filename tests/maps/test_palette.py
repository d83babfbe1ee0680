"""Every code has its look, and looks differ in more than colour."""

from __future__ import annotations

import itertools
import re

import pytest

from geo.records import Category, PlacementKind
from geo.risk.journey.policy import Verdict
from geo.roads.statements import Passage
from maps import palette, shapes

HEX = re.compile(r"#[0-9A-F]{6}")


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2), 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2), 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_every_code_has_its_look() -> None:
    assert set(palette.CATEGORY_SYMBOLS) == set(Category)
    assert set(palette.PLACEMENT_LABELS) == set(PlacementKind)
    assert set(palette.PASSAGE_PATTERNS) == {str(passage) for passage in Passage}
    for symbol in palette.CATEGORY_SYMBOLS.values():
        assert HEX.fullmatch(symbol.colour)
        assert symbol.shape == "circle" or symbol.shape in shapes.SHAPES


def test_categories_differ_in_shape_so_that_they_read_without_colour() -> None:
    drawn = [symbol.shape for symbol in palette.CATEGORY_SYMBOLS.values()]
    assert len(set(drawn)) == len(drawn)


def test_passages_differ_in_line_so_that_they_read_without_colour() -> None:
    lines = [(pattern.weight, pattern.dash) for pattern in palette.PASSAGE_PATTERNS.values()]
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("ramp", [palette.DENSITY_RAMP, palette.COUNT_RAMP])
def test_a_ramp_darkens_at_every_step(ramp: tuple[str, ...]) -> None:
    shades = [luminance(colour) for colour in ramp]
    assert all(light > dark for light, dark in itertools.pairwise(shades))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_writing_and_lines_stand_out_from_the_land(name: str) -> None:
    theme = palette.theme(name)
    assert theme["name"] == name
    assert contrast(str(theme["ink"]), str(theme["land"])) >= 7
    assert contrast(str(theme["select"]), str(theme["land"])) >= 3
    assert contrast(str(theme["line"]), str(theme["land"])) >= 3


def test_who_holds_a_road_is_read_from_the_names() -> None:
    assert palette.actor_family(("IS-Sahel",)).key == "is"
    assert palette.actor_family(("JNIM", "jnim (Katiba Macina)")).key == "jnim"
    assert palette.actor_family(("JNIM", "IS-Sahel")) is palette.SEVERAL
    assert palette.actor_family(("some militia",)).key == "other"


def test_every_verdict_of_a_journey_has_a_line_and_no_two_have_one_pattern() -> None:
    assert set(palette.VERDICTS) == set(Verdict)
    assert len({line.dash for line in palette.VERDICTS.values()}) == len(Verdict)
