"""What is compiled ahead is what the page waits for."""

from __future__ import annotations

import pytest

from geo.hotspots.warm import PARTS, warm
from ui.hotspots import warming


@pytest.mark.parametrize("part", list(PARTS))
def test_every_part_can_be_made_ready(part: str) -> None:
    warm(part)


def test_the_page_makes_ready_what_there_is_and_waits_for_nothing_without_a_server() -> None:
    assert tuple(PARTS) == warming.PARTS
    for part in warming.PARTS:
        warming.wait(part)
