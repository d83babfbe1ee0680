"""Which road is meant, and kilometre stones along it."""

from __future__ import annotations

import pytest

from geo import atlas as atlases
from geo.gazetteer.phrases import geocode
from geo.geodesy import distance_m
from geo.records import Placement, PlacementKind
from geo.roads.referencing import point_at

ATLAS = atlases.load()


def placed(text: str) -> Placement:
    result = geocode(text, ATLAS)
    assert result.placement is not None, str(result.unresolved_reason)
    return result.placement


@pytest.mark.parametrize(
    ("text", "axis_id"),
    [
        ("Bandiagara-Bankass road", "ML-RN15-PAROU"),
        ("RN15 between Bandiagara and Bankass", "ML-RN15-PAROU"),
        ("near Songobia, between Bandiagara and Bankass", "ML-RN15-PAROU"),
        # Another name of the line through Djiguibombo, or a longer stretch, means the other way.
        ("at Djiguibombo, between Bandiagara and Bankass", "ML-RN15"),
        ("between Sévaré and Bankass", "ML-RN15"),
    ],
)
def test_the_road_that_joins_two_towns_and_no_more_is_theirs(text: str, axis_id: str) -> None:
    assert placed(text).axis_id == axis_id


@pytest.mark.parametrize(
    "text", ["PK 33 on RN17", "RN17 PK 33+000", "au PK 33 de l'axe Gao–Labbezanga"]
)
def test_a_kilometre_of_a_road_is_a_point_on_it(text: str) -> None:
    placement = placed(text)
    assert (placement.kind, placement.axis_id) == (PlacementKind.NEAR, "ML-RN17")
    assert (placement.measure_from_m, placement.measure_to_m) == (31_000, 35_000)
    here = point_at(ATLAS.axes["ML-RN17"], 33_000)
    assert distance_m(placement.lon, placement.lat, *here) < 1
    assert "RN17 is counted from Gao" in str(placement.explanation)


def test_a_kilometre_narrows_what_else_is_said() -> None:
    placement = placed("between Gao and Ansongo, PK 30 to PK 40")
    assert (placement.measure_from_m, placement.measure_to_m) == (28_000, 42_000)


def test_a_kilometre_that_the_road_does_not_have_is_said() -> None:
    placement = placed("PK 9999 on RN17")
    assert placement.measure_to_m == 195_900
    assert "‘PK 9999’ does not fit this stretch" in str(placement.explanation)


def test_a_kilometre_without_a_road_places_nothing() -> None:
    assert "“PK 33” is of no use without a road" in str(geocode("PK 33", ATLAS).unresolved_reason)
    assert "“PK 33” is of no use" in str(placed("PK 33, near Djibo").explanation)


def test_a_kilometre_is_held_against_the_place_that_is_named() -> None:
    fits, not_so = placed("at Kobé on RN17, PK 33"), placed("at Kobé on RN17, PK 80")
    assert (fits.lon, fits.lat) == (not_so.lon, not_so.lat) == (0.1166, pytest.approx(16.057, 1e-3))
    assert "‘PK 33’ agrees within 1 km" in str(fits.explanation)
    assert "‘PK 80’ must be counted from another place" in str(not_so.explanation)


def test_a_kilometre_overrules_a_place_that_is_only_roughly_known() -> None:
    # Inkadogotan is known within 40 km; the road Gao–Ménaka passes it at PK 241.
    placement = placed("Inkadogotan, on the Gao-Djebock-Talataye-Ménaka road, PK 60")
    assert placement.measure_from_m == pytest.approx(58_000)
    assert "where ‘PK 60’ leads" in str(placement.explanation)


def test_a_kilometre_that_does_not_fit_is_counted_from_the_first_end() -> None:
    """Douentza is at km 172.2 of the RN16, Boni at 255.7: PK 45 is 45 km from Douentza."""
    found = placed("PK45 between Douentza and Boni")
    assert found is not None
    assert found.measure_from_m is not None
    assert found.measure_to_m is not None
    assert (found.measure_from_m + found.measure_to_m) / 2 == pytest.approx(217_200)
    assert "‘PK45’ is counted from Douentza" in str(found.explanation)
