"""On the water: between places of a river, up and down it; never on a road."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.atlas import DATA_DIR, Atlas
from geo.gazetteer.land import land_of
from geo.gazetteer.onriver import BEND_SHARE
from geo.gazetteer.phrases import geocode
from geo.geodesy import distance_m
from geo.records import Placement, PlacementKind

METRES_PER_DEG = 108_000.0


def placed(text: str, atlas: Atlas) -> Placement:
    found = geocode(text, atlas).placement
    assert found is not None
    return found


def test_between_two_places_it_is_on_the_river_and_on_no_road(atlas: Atlas) -> None:
    found = placed("a boat on the Niger between Gao and Ansongo", atlas)
    assert found.kind is PlacementKind.ALONG
    assert found.axis_id is None
    line = shapely.get_coordinates(found.geometry)
    gao, ansongo = (atlas.gazetteer.places[i] for i in ("ml-gao-gao", "ml-gao-ansongo"))
    assert line[0] == pytest.approx((gao.lon, gao.lat))
    assert line[-1] == pytest.approx((ansongo.lon, ansongo.lat))
    assert "along the river Niger" in str(found.explanation)


def test_a_road_along_the_river_stays_a_road(atlas: Atlas) -> None:
    found = placed("on the road along the river between Gao and Ansongo", atlas)
    assert found.axis_id == "ML-RN17"


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("20 km downstream of Gao", "ml-gao-ansongo"),
        ("à 20 km en amont de Gao", "ml-gao-bourem"),
        ("on the river, 20 km from Gao towards Bourem", "ml-gao-bourem"),
    ],
)
def test_a_distance_leads_up_or_down_the_river(text: str, aim: str, atlas: Atlas) -> None:
    found, places = placed(text, atlas), atlas.gazetteer.places
    gao = places["ml-gao-gao"]
    # The chain is the river's course within 12 %: 20 km of it end 16 to 20 km away.
    assert 16_000 < distance_m(gao.lon, gao.lat, found.lon, found.lat) < 20_000
    before = distance_m(gao.lon, gao.lat, places[aim].lon, places[aim].lat)
    assert distance_m(found.lon, found.lat, places[aim].lon, places[aim].lat) < before - 12_000


def test_beside_the_river_it_is_at_the_place(atlas: Atlas) -> None:
    found = placed("on the left bank of the Niger near Gargouna", atlas)
    assert found.place_ids == ("ml-gao-gargouna",)
    assert found.axis_id is None


def test_the_chain_follows_the_mapped_river_within_what_it_says(atlas: Atlas) -> None:
    """The layer of rivers is another source than the places of the chain."""
    layer = gpd.read_file(DATA_DIR / "layers" / "rivers.geojson")
    mapped = layer.loc[layer["rank"] <= 2, "geometry"].union_all()
    for river in land_of(atlas).rivers.axes.values():
        shares = np.linspace(0, 1, 11)[:, None]
        xy = np.column_stack([river.lons, river.lats])
        legs = xy[:-1, None] + shares * (xy[1:] - xy[:-1])[:, None]
        off_m = shapely.distance(shapely.points(legs), mapped) * METRES_PER_DEG
        allowed_m = BEND_SHARE * np.diff(river.measures_m) + 6_000
        assert np.all(off_m.max(axis=1) <= allowed_m)
