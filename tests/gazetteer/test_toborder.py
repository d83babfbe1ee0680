"""Between a place and a border."""

from __future__ import annotations

import pytest

from geo.atlas import Atlas
from geo.gazetteer.land import land_of
from geo.gazetteer.phrases import geocode
from geo.geodesy import distance_m
from geo.records import Placement, PlacementKind


def placed(text: str, atlas: Atlas) -> Placement:
    found = geocode(text, atlas).placement
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "between Ansongo and the Niger border",
        "d'Ansongo à la frontière nigérienne",
        "from Ansongo to the border with Niger",
    ],
)
def test_the_road_that_leads_there_is_meant(text: str, atlas: Atlas) -> None:
    found = placed(text, atlas)
    assert found.axis_id == "ML-RN17"
    # Ansongo is at km 97.0; Labbezanga, at km 195.9, is the border post.
    assert found.measure_from_m == pytest.approx(97_000)
    assert found.measure_to_m == pytest.approx(195_900, abs=8_000)


def test_without_a_road_it_is_the_straight_way(atlas: Atlas) -> None:
    found = placed("between Barani and the Malian border", atlas)
    assert found.kind is PlacementKind.ALONG
    assert found.axis_id is None
    barani = atlas.gazetteer.places["bf-boucle-du-mouhoun-barani"]
    mali = land_of(atlas).country("ML")
    assert mali is not None
    assert distance_m(barani.lon, barani.lat, found.lon, found.lat) < found.spread_m
    assert found.geometry.distance(mali.geometry) < 0.05
