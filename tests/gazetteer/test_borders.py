"""Borders and sides of countries."""

from __future__ import annotations

import pytest
from shapely.geometry import Point

from geo.atlas import Atlas
from geo.gazetteer.borders import BORDER_KM, border_area, part_area
from geo.gazetteer.land import land_of
from geo.gazetteer.phrases import geocode
from geo.gazetteer.reading import Border, Part

LABBEZANGA, TESSIT, GAO = (0.7, 14.95), (0.3, 15.2), (-0.05, 16.27)
MARKOYE, NIAMEY, BAMAKO = (0.033, 14.641), (2.11, 13.51), (-8.0, 12.64)


def test_a_border_is_the_land_along_it_on_the_side_of_the_country(atlas: Atlas) -> None:
    land = land_of(atlas)
    both = border_area(land, Border(("ML", "NE"), None, ""), None)
    own = border_area(land, Border(("NE",), None, ""), "ML")
    assert both is not None
    assert own is not None
    assert both.geometry.contains(Point(LABBEZANGA))
    assert not both.geometry.intersects(Point(GAO))
    mali, niger = land.country("ML"), land.country("NE")
    assert mali is not None
    assert niger is not None
    assert own.geometry.difference(mali.geometry.buffer(1e-9)).area == pytest.approx(0)
    assert both.geometry.intersection(niger.geometry).area > own.geometry.area / 3


def test_a_stated_distance_is_the_width_of_the_strip(atlas: Atlas) -> None:
    land = land_of(atlas)
    near = border_area(land, Border(("NE",), BORDER_KM / 3, ""), "ML")
    wide = border_area(land, Border(("NE",), BORDER_KM, ""), "ML")
    assert near is not None
    assert wide is not None
    assert wide.geometry.area / near.geometry.area == pytest.approx(3, rel=0.25)


def test_countries_that_do_not_meet_have_no_border(atlas: Atlas) -> None:
    assert border_area(land_of(atlas), Border(("BF", "DZ"), None, ""), None) is None


def test_one_country_alone_has_too_many_borders(atlas: Atlas) -> None:
    assert border_area(land_of(atlas), Border(("NE",), None, ""), None) is None
    assert "name a country" in str(geocode("on the Nigerien border", atlas).unresolved_reason)


def test_three_borders_lie_around_the_point_where_they_meet(atlas: Atlas) -> None:
    found = border_area(land_of(atlas), Border((), None, ""), None)
    assert found is not None
    assert found.geometry.contains(Point(MARKOYE))
    assert (found.lon, found.lat) == (pytest.approx(0.3, abs=0.4), pytest.approx(15.0, abs=0.4))
    assert not found.geometry.intersects(Point(NIAMEY))


def test_sides_of_a_country_are_halves_of_it(atlas: Atlas) -> None:
    land = land_of(atlas)
    west, north, middle = (part_area(land, Part("ML", b, ""), None) for b in (270.0, 0.0, None))
    assert west is not None
    assert north is not None
    assert middle is not None
    assert west.geometry.contains(Point(BAMAKO))
    assert not west.geometry.intersects(Point(GAO))
    assert not north.geometry.intersects(Point(GAO))
    assert middle.geometry.disjoint(Point(BAMAKO))
    assert part_area(land, Part("", 0.0, ""), None) is None


def test_two_regions_under_one_outline_part_where_their_places_do(atlas: Atlas) -> None:
    """Labbezanga, at the border, is in the region of Gao; Ménaka is not."""
    land = land_of(atlas)
    gao, menaka = land.region("ML", "Gao"), land.region("ML", "Ménaka")
    assert gao is not None
    assert menaka is not None
    for name, place in atlas.gazetteer.places.items():
        if place.country == "ML" and place.kind != "region" and place.adm1 in {"Gao", "Ménaka"}:
            own = gao if place.adm1 == "Gao" else menaka
            assert own.geometry.distance(Point(place.lon, place.lat)) < 0.05, name
    assert gao.geometry.intersection(menaka.geometry).area == pytest.approx(0, abs=1e-9)
    assert not geocode("Labbezanga, Gao region", atlas).review
