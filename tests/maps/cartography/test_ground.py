"""The projection of a map: there and back, areas, scale."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import Polygon

from maps.cartography.ground import Ground, edge
from maps.cartography.paper import Rect
from tests.examples import examples

BOX = Rect(20, 30, 620, 430)
GAO = (-1.9, 14.9, 4.3, 18.9)


@st.composite
def bounds(draw: st.DrawFn) -> tuple[float, float, float, float]:
    west, south = draw(st.floats(-12, 7)), draw(st.floats(10, 22))
    return west, south, west + draw(st.floats(0.3, 3)), south + draw(st.floats(0.3, 3))


@given(bounds())
@settings(max_examples=examples(25))
def test_all_of_the_area_is_on_the_paper_and_the_way_back_is_exact(
    area: tuple[float, float, float, float],
) -> None:
    ground = Ground.fitted(area, BOX)
    ring = edge(area)
    points = ground.to_paper(ring)
    assert points[:, 0].min() >= BOX.left
    assert points[:, 0].max() <= BOX.right
    assert points[:, 1].min() >= BOX.bottom
    assert points[:, 1].max() <= BOX.top
    np.testing.assert_allclose(ground.to_lonlat(points), ring, atol=1e-9)


def test_areas_are_true() -> None:
    ground = Ground.fitted(GAO, BOX)
    geod = Geod(ellps="WGS84")
    for west, south in ((-1.5, 15.0), (1.0, 16.5), (3.0, 18.0)):
        ring = edge((west, south, west + 0.5, south + 0.5), 200)
        true_m2, _ = geod.polygon_area_perimeter(*ring.T)
        drawn_m2 = Polygon(ground.to_paper(ring)).area * ground.m_per_pt**2
        assert drawn_m2 == pytest.approx(abs(true_m2), rel=1e-4)


def test_a_length_on_the_paper_is_that_on_the_ellipsoid() -> None:
    ground = Ground.fitted(GAO, BOX)
    x, y = BOX.centre
    for end in ((x + 150, y), (x, y + 120), (x + 90, y - 90)):
        on_paper = np.hypot(end[0] - x, end[1] - y) * ground.m_per_pt
        assert ground.metres((x, y), end) == pytest.approx(on_paper, rel=2e-3)


def test_the_longest_straight_leg_of_a_road_leaves_its_geodesic_by_less_than_a_line() -> None:
    # 200 km: so no line needs points between its ends.
    ground = Ground.fitted(GAO, BOX)
    geod = Geod(ellps="WGS84")
    start = (0.0, 16.3)
    lon, lat, _ = geod.fwd(*start, 70, 200_000)
    between = np.array([start, *geod.npts(*start, lon, lat, 9), (lon, lat)])
    points = ground.to_paper(between)
    (dx, dy), from_start = points[-1] - points[0], points - points[0]
    away = np.abs(dx * from_start[:, 1] - dy * from_start[:, 0]) / np.hypot(dx, dy)
    assert away.max() < 0.5


def test_a_map_at_the_rim_of_the_data_moves_inwards() -> None:
    ground = Ground.fitted((-12.9, 12.0, -12.0, 13.0), BOX)
    west, _south, _east, _north = ground.seen
    assert west > -13.05
