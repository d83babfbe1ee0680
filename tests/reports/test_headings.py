"""Roads told by one end: which other end is meant."""

from __future__ import annotations

from datetime import date

import pytest

from geo.atlas import load
from geo.reports.headings import border_town, far_end
from geo.reports.reading import read_report


def test_the_last_town_before_a_country() -> None:
    # RN17 runs Gao–Ansongo–Labbezanga, and Niger's RN1 begins at Labbezanga.
    assert border_town(load(), "ml-gao-gao", "NE") == "ml-gao-labbezanga"
    assert border_town(load(), "ml-bamako-bamako", "XX") is None
    assert far_end(load(), "ml-gao-gao", "ml-gao-bourem", "") == "ml-gao-bourem"
    assert far_end(load(), "ml-gao-gao", "ml-kayes-kita", "") is None


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("No bus has left Gao towards Niger since Monday.", ("Gao", "Labbezanga")),
        ("Fighters tax lorries in Gao. JNIM has closed the road to Bourem.", ("Gao", "Bourem")),
        ("À Diafarabé, la piste de Ténenkou est coupée.", ("Diafarabé", "Ténenkou")),
        ("The road to Bourem is closed.", ("Bourem", "Bourem")),  # nothing tells from where
    ],
)
def test_a_road_told_by_one_end(text: str, ends: tuple[str, str]) -> None:
    report = read_report(f"Mali. {text}", load(), date(2025, 8, 14))
    assert [(one.axis_from, one.axis_to) for one in report.assertions][-1:] == [ends]
