"""Maps for paper and slides, drawn by our own code from our own layers: no browser, no tiles.

    area = area_map(snapshot, selection, region=("ML", "Gao"))
    write(Plate(imprint=Imprint(title="Gao"), subject=area), "pdf", "a4-landscape")

Palette, legend and payload are those of the screen map.
"""

from maps.cartography.building import area_map, bounds_of, heat, of_view, region_named
from maps.cartography.marks import CHATHAM_HOUSE, TLP, Mark, mark_named
from maps.cartography.paper import SIZES, Size
from maps.cartography.plate import (
    AreaMap,
    Chart,
    Heat,
    Imprint,
    Plate,
    StripMap,
    Subject,
    Timeline,
    YearMaps,
)
from maps.cartography.sketches import claims_chart, height_pt
from maps.cartography.write import FORMATS, draw, write

__all__ = [
    "CHATHAM_HOUSE", "FORMATS", "SIZES", "TLP", "AreaMap", "Chart", "Heat", "Imprint", "Mark",
    "Plate", "Size", "StripMap", "Subject", "Timeline", "YearMaps", "area_map", "bounds_of",
    "claims_chart", "draw", "heat", "height_pt", "mark_named", "of_view", "region_named", "write",
]  # fmt: skip
