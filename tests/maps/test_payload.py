"""What the browser draws: complete, plain JSON, and the same for the same view."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

from geo import i18n, regions, summary
from geo.hotspots import mass, planar, raster
from geo.hotspots.grid import study_grid
from geo.picking import resolve
from geo.records import PlacementKind
from geo.roads.status import status
from maps import payload, screen, selected
from maps.density_image import Density
from maps.payload import View
from tests.starter import KOBE, starter
from ui.parsing import LAYERS


@lru_cache(maxsize=1)
def view() -> View:
    """Return everything that was known on 12 February 2025."""
    shot = starter()
    ids = shot.incidents.index
    ied = shot.placements[shot.incidents["ied"].to_numpy(bool)]
    surface = planar.density(mass.spread_mass(ied, study_grid()), study_grid(), 25_000)
    image = raster.class_image(surface, raster.frame_for(), raster.classes_by_mass(surface))
    return View(
        snapshot=shot,
        ids=ids,
        status=status(shot),
        region_counts=regions.count_by_region(shot, ids).counts,
        density=Density(image, surface.mass_left_out_share),
        tolls=summary.tolls(shot.claims),
    )


def built(of: View, **options: Any) -> dict[str, Any]:
    given = {"theme": "light", "caption": ["As of"], "selected": None, **options}
    return payload.build(of, **given)


def test_it_is_plain_json_without_nan() -> None:
    text = json.dumps(built(view()), allow_nan=False)
    assert json.loads(text)["caption"] == ["As of"]


def test_the_same_view_has_the_same_keys_and_another_has_others() -> None:
    once, again = built(view()), built(view())
    assert once["keys"] == again["keys"]
    fewer = built(replace(view(), ids=view().ids[:50]))
    changed = {name for name, key in once["keys"].items() if fewer["keys"][name] != key}
    assert "marks" in changed
    assert not changed & {"roads", "density", "choropleth", "selected"}
    dark = built(view(), theme="dark")
    assert dark["keys"] == once["keys"]
    assert dark["theme"]["name"] == "dark"


def test_every_placed_incident_has_its_own_mark() -> None:
    marks = built(view())["marks"]
    placed = view().snapshot.placements["lon"].notna()
    assert sorted(marks["id"]) == sorted(placed.index[placed])
    columns = {len(marks[name]) for name in ("lon", "lat", "c", "k", "day", "place", "id")}
    assert columns == {int(placed.sum())}
    at = marks["id"].index(KOBE)
    assert (marks["lat"][at], marks["lon"][at]) == pytest.approx((16.057, 0.117), abs=0.002)
    assert marks["strings"][marks["place"][at]] == "Kobé"
    assert marks["strings"][marks["extra"][at]] == "10–56+ killed"
    assert marks["categories"][marks["c"][at]]["label"] == "Ambush"


def test_gathered_marks_sum_to_the_incidents_and_keep_their_families(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    single = built(view())["marks"]
    monkeypatch.setattr(payload, "SINGLE_MARKS_MAX", 10)
    marks = built(replace(view()))["marks"]  # another view: what was drawn once is kept
    assert sum(marks["n"]) == len(single["id"])
    assert len(marks["n"]) < len(single["id"])
    by_category = dict.fromkeys(range(len(marks["categories"])), 0)
    for category, n in zip(marks["c"], marks["n"], strict=True):
        by_category[category] += n
    assert by_category == {c: single["c"].count(c) for c in by_category}
    # A mark that stands for one incident still opens it; one that stands for more does not.
    named = [bool(name) for name in marks["id"]]
    assert named == [n == 1 for n in marks["n"]]
    # Nothing moves further than half a cell.
    half = payload.CELL_HALF_DEG
    for name, lon, lat in zip(marks["id"], marks["lon"], marks["lat"], strict=True):
        if name:
            at = view().snapshot.placements.loc[name]
            assert abs(lon - at["lon"]) <= half + 1e-5
            assert abs(lat - at["lat"]) <= half + 1e-5


def test_what_a_view_decides_alone_is_made_once_for_each_language() -> None:
    once, again = built(view()), built(view(), theme="dark")
    assert once["marks"] is again["marks"]
    i18n.activate("fr")
    try:
        french = built(view())
    finally:
        i18n.activate("en")
    assert french["marks"]["categories"] != once["marks"]["categories"]
    assert built(view())["marks"] is once["marks"]


def test_a_view_without_incidents_can_be_drawn() -> None:
    empty = view().ids[:0]
    counts = regions.count_by_region(view().snapshot, empty).counts
    drawn = built(replace(view(), ids=empty, region_counts=counts, density=None))
    assert drawn["marks"]["lon"] == drawn["stretches"] == []
    assert drawn["density"] is None
    json.dumps(drawn, allow_nan=False)


def test_the_control_lists_every_layer_with_a_legend() -> None:
    layers = built(view())["layers"]
    # The page of hotspots has the events as a layer of their own.
    assert {layer["id"] for layer in layers} == set(LAYERS) - {"events"}
    for layer in layers:
        assert layer["label"]
        assert any(row["type"] != "note" for row in layer["legend"]), layer["id"]
        assert all(row["label"] for row in layer["legend"])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_legend_shows_a_road_in_the_colour_it_has_on_the_map(theme: str) -> None:
    drawn = built(view(), theme=theme)
    legend = next(layer["legend"] for layer in drawn["layers"] if layer["id"] == "roads")
    lines = {row["label"]: row["colour"] for row in legend if row["type"] == "line"}
    assert lines["No live report: unknown"] == drawn["theme"]["roads"]["unknown"]["colour"]
    closed = drawn["theme"]["roads"]["closed"]["colour"]
    assert lines["Reported closed or blockaded"] == closed


def test_gao_labbezanga_is_drawn_held_and_without_traffic() -> None:
    segments = [road for road in built(view())["roads"] if road["axis"] == "ML-RN17"]
    held = [road for road in segments if road["control"] and road["passage"] == "suspended"]
    assert sum(road["to_m"] - road["from_m"] for road in held) > 100_000
    assert any("controlled by IS-Sahel" in line for road in held for line in road["text"])


def test_no_end_of_a_script_survives_in_what_is_sent() -> None:
    hostile = {"caption": ["</script><script>alert(1)</script>", "\u2028", "{{ 7*7 }}"]}
    sent = screen.Update(hostile).payload
    assert "<" not in sent
    assert "\u2028" not in sent
    assert json.loads(json.loads(sent)) == hostile


def test_a_selected_incident_is_a_circle_of_its_spread_or_its_stretch() -> None:
    shot = starter()
    circle = selected.shape(shot, resolve(f"incident:{KOBE}", shot, view().ids), focus=True)
    assert circle is not None
    assert circle["focus"] is True
    assert circle["spread_m"] == round(shot.placements.loc[KOBE, "spread_m"])
    (south, west), (north, east) = circle["bounds"]
    assert south < circle["lat"] < north
    assert west < circle["lon"] < east
    along = shot.placements.index[
        (shot.placements["kind"] == PlacementKind.ALONG) & shot.placements["axis_id"].notna()
    ][0]
    stretch = selected.shape(shot, resolve(f"incident:{along}", shot, view().ids), focus=False)
    assert stretch is not None
    assert stretch["focus"] is False
    assert len(stretch["path"]) >= 2
    json.dumps([circle, stretch], allow_nan=False)


def test_a_selected_road_is_its_stretch_and_a_region_or_nothing_has_no_shape() -> None:
    shot = starter()
    road = selected.shape(shot, resolve("road:ML-RN17:0:33000", shot, view().ids), focus=False)
    assert road is not None
    assert road["path"][0] == pytest.approx([16.27, -0.04], abs=0.03)  # Gao
    region = resolve(f"region:{shot.atlas.regions.index[0]}", shot, view().ids)
    assert region is not None
    assert selected.shape(shot, region, focus=False) is None
    assert selected.shape(shot, None, focus=True) is None
    beyond = resolve("road:ML-RN17:-5000:990000", shot, view().ids)
    json.dumps(selected.shape(shot, beyond, focus=False), allow_nan=False)
