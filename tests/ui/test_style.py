"""What cannot be pressed yet is read in both themes."""

from __future__ import annotations

import re
from pathlib import Path

from tests.maps.test_palette import contrast

CSS = (Path(__file__).resolve().parents[2] / "ui" / "style.css").read_text(encoding="utf-8")


def test_a_disabled_button_has_the_contrast_of_text() -> None:
    rule = CSS.split('"stBaseButton-primary"]:disabled')[1].split("}")[0]
    letters, ground = re.findall(r"light-dark\((#\w+), (#\w+)\)", rule)
    for ink, paper in zip(letters, ground, strict=True):
        assert contrast(ink, paper) >= 4.5
