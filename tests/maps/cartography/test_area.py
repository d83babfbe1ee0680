"""The map of an area: what is on it, and that nothing collides or falls off the sheet."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from shapely.geometry import LineString

from maps import palette
from maps.cartography import AreaMap, draw, of_view
from maps.legend import legends
from tests.maps.cartography.starter_plates import (
    AREAS,
    area,
    beyond_the_page,
    plate,
    texts,
    too_small,
)

TOWNS = {
    "Gao": {"Gao", "Ansongo", "Ménaka", "RN17", "IS-Sahel"},
    "Mopti": {"Mopti", "Sévaré", "Douentza", "Bandiagara"},
    "Ménaka": {"Ménaka", "Andéramboukane"},
    "Sahel": {"Dori", "Djibo", "Gorom-Gorom"},
    "Tillabéri": {"Niamey", "Tillabéri", "Ouallam"},
}


def legend(figure: Figure) -> str:
    """Return the words of the legend, as one line."""
    return " ".join(text.get_text() for text in texts(figure, "legend"))


def overlapping(boxes: list[Bbox]) -> list[tuple[Bbox, Bbox]]:
    return [(a, b) for a, b in combinations(boxes, 2) if Bbox.intersection(a, b) is not None]


@pytest.mark.parametrize(
    ("name", "size"),
    [*((name, "hd") for name in AREAS), ("Gao", "square"), ("Mopti", "a4-portrait")],
)
def test_no_name_covers_another_and_no_text_leaves_the_page(name: str, size: str) -> None:
    figure = draw(plate(name), size)
    labels = texts(figure, "label:")
    assert TOWNS[name] <= {text.get_text() for text in labels}
    # Half a pixel of rounding is not an overlap.
    assert overlapping([box.padded(-0.5) for box in labels.values()]) == []
    counts = texts(figure, "count")
    assert not [
        (a.get_text(), b.get_text())
        for a, box in labels.items()
        for b, count in counts.items()
        if Bbox.intersection(box.padded(-0.5), count) is not None
    ]
    assert beyond_the_page(figure) == []
    assert too_small(figure, size) == {}
    assert overlapping([box.padded(-0.5) for box in texts(figure, "legend").values()]) == []


def of(subject: AreaMap, **changes: Any) -> Figure:
    return draw(replace(plate("Gao"), subject=replace(subject, **changes)), "hd")


def every_row() -> set[str]:
    """Return all that a legend may say of incidents and roads."""
    nothing = {"colours": [], "breaks": [], "values": {}}
    layers = legends(None, nothing, palette.theme("light"), paper=True)
    return {row["label"] for layer in layers for row in layer["legend"] if layer["id"] != "density"}


def test_the_legend_says_what_is_shown_and_nothing_else() -> None:
    gao = area("Gao")
    full = legend(draw(plate("Gao"), "hd"))
    # On this map: seen by eye and by the data; no drone strike lies near Gao in the period.
    for row in ("IED", "Armed attack", "IS-Sahel", "Traffic or service suspended", "IED density",
                "Border of a country", "Several, too close to tell apart"):  # fmt: skip
        assert row in full
    for row in ("Drone strike", "Under escort only", "State forces", "Journeys", "Marked"):
        assert row not in full
    bare = legend(of(gao, layers=frozenset()))
    assert bare == "Ground Area that the map is about"
    rivers = legend(of(gao, layers=frozenset({"rivers"}), focus=None))
    assert rivers == "Ground River or shore of a lake"


def test_a_density_reaches_beyond_the_symbols_at_every_scale() -> None:
    gao = area("Gao")
    narrow, wide = (-0.5, 15.5, 0.5, 16.5), (-12.0, 10.0, 4.0, 25.0)
    near, far = (of_view(gao.view, bounds=bounds, layers={"density"}) for bounds in (narrow, wide))
    assert near.heat is not None
    assert far.heat is not None
    assert near.heat.reach_km == 25
    # 16° along 17.5° N are 1,700 km, 15° of a meridian 1,661 km: a sixteenth of the longer.
    assert far.heat.reach_km == pytest.approx(1_700 / 16, rel=0.01)
    # What a reader chose on the screen is what the picture has.
    chosen = of_view(gao.view, bounds=wide, layers={"density"}, bandwidth_m=40_000)
    assert chosen.heat is not None
    assert chosen.heat.reach_km == 40
    figure = of(far, layers=frozenset({"density", "roads"}), bare_roads=True, heat=far.heat,
                bounds=wide)  # fmt: skip
    said = legend(figure)
    assert "spread over 106 km" in said
    assert "Roads Road IED density" in said
    assert "Road status" not in said


def test_one_incident_has_one_row_and_taking_it_away_takes_its_row_away() -> None:
    gao = area("Gao")
    shot = gao.view.snapshot
    rows = shot.incidents.loc[gao.view.ids]
    one = rows.index[(rows["category"] == "suicide_vbied") & rows["admin1"].eq("Gao")][:1]
    layers = frozenset({"incidents"})
    alone = legend(of(gao, view=replace(gao.view, ids=one), layers=layers, focus=None))
    named = {row for row in every_row() if row in alone}
    assert "Suicide vehicle bomb" in named
    assert not named & {"IED", "Ambush", "Several, too close to tell apart"}
    none = of(gao, view=replace(gao.view, ids=rows.index[:0]), layers=layers, focus=None)
    assert legend(none) == ""


def test_journeys_marks_and_numbers_are_drawn_and_explained() -> None:
    gao = area("Gao")
    stretch = {"axis_id": ["ML-RN17"], "measure_from_m": [20_000.0], "measure_to_m": [60_000.0]}
    figure = of(
        gao,
        layers=frozenset({"incidents", "routes"}),
        routes=gpd.GeoDataFrame(
            {"verdict": ["avoid"], "label": ["Gao–Ménaka"]},
            geometry=[LineString([(-0.04, 16.27), (2.4, 15.92)])],
            crs=4326,
        ),
        marked=pd.DataFrame({**stretch, "label": ["1"]}),
        numbers={"ML-2023-09-12-BOUREM": "7"},
    )
    said = legend(figure)
    for words in ("Journeys Avoid", "Stretch that the text speaks of", "Incident, by its number"):
        assert words in said
    assert "Caution" not in said
    shown = [text.get_text() for text in texts(figure, "label:")]
    assert {"Gao–Ménaka", "1", "7"} <= set(shown)


def test_a_hundred_thousand_incidents_become_symbols_that_do_not_overlap() -> None:
    from maps.cartography import incidents  # noqa: PLC0415
    from maps.cartography.ground import Ground  # noqa: PLC0415
    from maps.cartography.paper import SIZES, Rect  # noqa: PLC0415
    from maps.cartography.pen import Pen  # noqa: PLC0415

    gao = area("Gao")
    chance = np.random.default_rng(4)
    n = 20_000
    frame = pd.DataFrame({
        "x": chance.normal(300, 90, n), "y": chance.normal(200, 60, n), "n": 5,
        "colour": "#0072B2", "category": "ambush", "kind": "place", "shape": "circle",
        "spread_m": 1_000.0, "id": "",
    })  # fmt: skip
    pen = Pen(SIZES["hd"])
    ground = Ground.fitted(gao.bounds, Rect(0, 0, 600, 400))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(incidents, "_frame", lambda *_: frame)
        held = incidents.gathered(pen, gao, ground)
    assert sum(frame["n"].to_numpy()[rows].sum() for rows in held.rows) == 5 * n
    apart = np.hypot(held.x[:, None] - held.x, held.y[:, None] - held.y)
    reach = held.radius[:, None] + held.radius
    np.fill_diagonal(apart, np.inf)
    inside = (held.x > 30) & (held.x < 570) & (held.y > 30) & (held.y < 370)
    assert (apart >= reach)[inside][:, inside].all()
