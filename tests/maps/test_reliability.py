"""The reliability plot: its points stand where their rates say."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from geo.risk.hindcast.result import Bin
from maps.reliability import svg

SVG = "{http://www.w3.org/2000/svg}"


def test_a_bin_foretold_rightly_stands_on_the_diagonal() -> None:
    # 100 km for a year: a rate per 100 km and year is the number of incidents.
    bins = [Bin(36_525.0, n, n, n / 2, n * 2) for n in (0.5, 1.0, 4.0)]
    root = ET.fromstring(svg([*bins, Bin(36_525.0, 2.0, 0.0, 0.0, 3.0)]))  # noqa: S314 - our own
    line = next(one for one in root.iter(f"{SVG}line") if one.get("stroke-dasharray"))
    x1, y1, x2, y2 = (float(line.get(name)) for name in ("x1", "y1", "x2", "y2"))
    points = [(float(c.get("cx")), float(c.get("cy"))) for c in root.iter(f"{SVG}circle")]
    for x, y in points[:3]:
        assert y == pytest.approx(y1 + (y2 - y1) * (x - x1) / (x2 - x1), abs=0.2)
    # What never came has no place on a logarithmic axis but its foot.
    assert points[3][1] == pytest.approx(y1, abs=0.2)
    assert [p[0] for p in points[:3]] == sorted(p[0] for p in points[:3])
    assert len(root.findall(f".//{SVG}title")) == 4
