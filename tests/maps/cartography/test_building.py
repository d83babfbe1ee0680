"""From a snapshot to the map of an area."""

from __future__ import annotations

import pytest
from shapely import Point

from maps.cartography import area_map, bounds_of, region_named
from tests.maps.cartography.starter_plates import SELECTION, area
from tests.starter import starter


def test_regions_that_share_a_polygon_are_parted_by_their_places() -> None:
    gao, menaka = (region_named(starter(), "ML", name) for name in ("gao", "Menaka"))
    assert gao.intersection(menaka).area < 1e-9 * gao.area
    assert gao.contains(Point(-0.04, 16.27))  # each holds the town that it is named after
    assert menaka.contains(Point(2.40, 15.92))
    shared = starter().atlas.regions.query("country == 'ML' and name.str.contains('Gao')").geometry
    assert gao.union(menaka).area == pytest.approx(shared.iloc[0].area, rel=1e-6)
    with pytest.raises(KeyError, match="Tillabéri"):
        region_named(starter(), "NE", "Gao")


def test_the_area_holds_what_was_asked_and_names_one_place_only() -> None:
    assert area("Gao").bounds == bounds_of(region_named(starter(), "ML", "Gao"))
    road = area_map(starter(), SELECTION, axis_id="ML-RN17", layers={"roads"})
    west, south, east, north = road.bounds
    assert west < -0.04 < east
    assert south < 15.66 < north
    assert road.heat is None
    assert road.focus is None
    with pytest.raises(ValueError, match="one area"):
        area_map(starter(), SELECTION)
    with pytest.raises(ValueError, match="one area"):
        area_map(starter(), SELECTION, axis_id="ML-RN17", bounds=(0, 15, 1, 16))


def test_a_point_has_room_around_it() -> None:
    from shapely.geometry import Point  # noqa: PLC0415

    assert bounds_of(Point(1, 15)) == pytest.approx((0.8, 14.8, 1.2, 15.2))
