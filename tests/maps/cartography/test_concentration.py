"""Where events concentrate, on paper: the same as on the screen, in one map and year by year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.hotspots.analysis.years import by_year
from geo.hotspots.raster import STUDY_AREA
from maps import hotspots, palette, years
from maps.cartography import YearMaps, draw, of_view
from tests.maps.cartography.starter_plates import area, beyond_the_page, plate, texts
from tests.maps.test_hotspots import ask


def legend(figure: object) -> str:
    return " ".join(text.get_text() for text in texts(figure, "legend"))  # type: ignore[arg-type]


@pytest.mark.parametrize("surface", ["planar", "network"])
def test_a_map_of_hotspots_says_on_paper_what_it_says_on_the_screen(surface: str) -> None:
    found = ask(surface)
    layers = {"concentration", "incidents", "places"}
    subject = replace(
        of_view(area("Gao").view, bounds=STUDY_AREA, layers=layers), concentration=found
    )
    figure = draw(replace(plate("Gao"), subject=subject), "hd")
    assert beyond_the_page(figure) == []
    said = legend(figure)
    rows = hotspots.legend_rows(found, palette.theme("light"), paper=True)
    for row in rows:
        assert (row["label"] in said) == (row["key"] != "outline" or bool(hotspots.outlines(found)))
    assert sum(row["key"].startswith("density:") for row in rows) == 5
    # What says how far a place may lie off would say the same twice.
    for words in ("IED density", "Dotted circle", "Stretch on which"):
        assert words not in said
    named = {text.get_text() for text in texts(figure, "label:")}
    assert "Gao" in named
    assert any(text.startswith("RN") for text in named)


@pytest.mark.parametrize(("surface", "size"), [("planar", "hd"), ("network", "a4-portrait")])
def test_years_on_paper_have_their_names_and_one_legend(surface: str, size: str) -> None:
    found = ask(surface)
    subject = YearMaps(years=by_year(found), answer=found)
    figure = draw(replace(plate("Gao"), subject=subject), size)
    assert beyond_the_page(figure) == []
    names = [text.get_text() for text in texts(figure, "year")]
    assert names == [years.title(year) for year in subject.years.years]
    said = legend(figure)
    for row in years.legend_rows(subject.years, found):
        assert row["label"] in said
    assert ("Road, less than" in said) == (surface == "network")
