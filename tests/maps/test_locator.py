"""The map of a draft: what is drawn stays in its window, on the screen and on paper."""

from __future__ import annotations

from functools import partial
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely

from geo.atlas import Atlas, load
from maps.cartography import Chart, Imprint, Plate, write
from maps.locator import Spot, drawing, svg
from maps.svg import Drawing

SPOT = Spot(shapely.box(0.0, 16.0, 0.2, 16.2), 0.1, 16.1)
#: Wider than the window of the draft alone.
COUNTRY = Spot(shapely.box(-9.0, 12.0, 3.0, 24.0))


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load()


def points(made: Drawing) -> np.ndarray:
    texts = [node.get("points", "") for node in made.root.iter() if node.get("points")]
    return np.array(
        [[float(n) for n in pair.split(",")] for text in texts for pair in text.split()]
    )


@pytest.mark.parametrize(("wide", "high"), [(620.0, 300.0), (900.0, 700.0)])
def test_nothing_is_drawn_outside_of_the_window(atlas: Atlas, wide: float, high: float) -> None:
    made = drawing(SPOT, atlas, COUNTRY, wide, high)
    found = points(made)
    assert len(found) > 20
    assert (found >= -0.1).all()
    assert (found <= [wide + 0.1, high + 0.1]).all()
    assert (made.width_px, made.y) == (wide, high)


def test_it_is_small_on_the_screen_and_whole_on_paper(atlas: Atlas) -> None:
    root = ET.fromstring(svg(SPOT, atlas))  # noqa: S314 - our own
    assert root.get("class") == "small"
    assert root.get("viewBox") == "0 0 620 300"
    chart = Chart(draw=partial(drawing, SPOT, atlas, COUNTRY), heading="Draft", note="Red: it.")
    assert (
        write(Plate(imprint=Imprint(title="Where"), subject=chart), "png", "square")[1:4] == b"PNG"
    )
