"""Plates of the starter areas, as the tests of this folder take them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from geo.selection import Selection
from maps.cartography import TLP, AreaMap, Imprint, Plate, Size, area_map
from maps.cartography.paper import size_named
from tests.starter import ON, starter

SELECTION = Selection(on=ON, known_on=ON, start=date(2022, 2, 14), end=ON)
AREAS = {
    "Gao": ("ML", "Gao"),
    "Mopti": ("ML", "Mopti"),
    "Ménaka": ("ML", "Ménaka"),
    "Sahel": ("BF", "Sahel"),
    "Tillabéri": ("NE", "Tillabéri"),
}


@lru_cache(maxsize=8)
def area(name: str) -> AreaMap:
    """Return the map of a starter area."""
    return area_map(starter(), SELECTION, region=AREAS[name])


def plate(name: str, title: str = "Incidents and roads", language: str = "en") -> Plate:
    """Return the plate of a starter area."""
    imprint = Imprint(
        title=title,
        subtitle=name,
        as_of=ON,
        known_on=ON,
        mark=TLP["AMBER"],
        sources=starter().atlas.credits,
        made_by="Desk",
        made_on=ON,
        page=1,
        pages=2,
    )
    return Plate(imprint=imprint, subject=area(name), language=language)


def texts(figure: Figure, name: str = "") -> dict[Text, Bbox]:
    """Return the texts of a figure whose label begins with a name, with their extents."""
    renderer = figure.canvas.get_renderer()
    return {
        text: text.get_window_extent(renderer)
        for text in figure.findobj(Text)
        if str(text.get_label()).startswith(name)
    }


def too_small(figure: Figure, size: str | Size) -> dict[str, float]:
    """Return what is set in smaller letters than a reader of such a sheet can read, points."""
    return {
        text.get_text(): text.get_fontsize()
        for text in texts(figure)
        if text.get_fontsize() < size_named(size).least_pt - 0.01
    }


def beyond_the_page(figure: Figure) -> list[str]:
    """Return the texts that are not wholly on the page."""
    page = figure.bbox
    return [
        text.get_text()
        for text, box in texts(figure).items()
        if not (page.x0 <= box.x0 <= box.x1 <= page.x1 and page.y0 <= box.y0 <= box.y1 <= page.y1)
    ]
