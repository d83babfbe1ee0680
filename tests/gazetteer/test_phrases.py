"""Phrases to placements: the sentences that reports use, and what must not happen."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo import atlas as atlases
from geo.atlas import Atlas
from geo.gazetteer.folding import fold
from geo.gazetteer.phrases import geocode
from geo.geodesy import distance_m
from geo.records import Placement, PlacementKind
from geo.roads.referencing import measure_of, point_at, towards
from tests.examples import examples

KOBE = "near Kobé, about 30 km from Gao, between Gao and Ansongo"
ATLAS = atlases.load()


def placed(text: str, atlas: Atlas = ATLAS, country: str | None = None) -> Placement:
    result = geocode(text, atlas, country)
    assert result.placement is not None, str(result.unresolved_reason)
    return result.placement


@pytest.mark.parametrize(
    "text",
    [
        KOBE,
        "Near KOBE, approximately 30km from Gao, between Gao and Ansongo",
        "près de Kobé, à environ 30 km de Gao, entre Gao et Ansongo",
        "à proximité de Kobé, à une trentaine de kilomètres de Gao, sur l'axe Gao–Ansongo",
        "close to Kobè, 30-35 km south of Gao on the Gao-Ansongo road",
    ],
)
def test_the_ambush_of_kobe_lies_at_33_km_on_rn17(text: str) -> None:
    placement = placed(text)
    assert placement.kind is PlacementKind.NEAR
    assert placement.axis_id == "ML-RN17"
    assert placement.geometry.geom_type == "Point"
    assert (placement.lat, placement.lon) == (pytest.approx(16.057, abs=1e-3), 0.1166)
    measure_m, _ = measure_of(ATLAS.axes["ML-RN17"], placement.lon, placement.lat)
    assert measure_m == pytest.approx(33_100, abs=2_000)
    assert placement.measure_from_m == pytest.approx(31_100, abs=200)
    assert placement.measure_to_m == pytest.approx(35_100, abs=200)
    assert placement.place_ids[0] == "ml-gao-kobe"


def test_the_explanation_is_one_sentence_that_says_what_agrees_and_what_was_ruled_out() -> None:
    assert str(placed(KOBE).explanation) == (
        "On RN17 at PK 33+100, near Kobé, between Gao and Ansongo; the report’s ‘about 30 km from "
        "Gao’ agrees within 3 km; not Kobe in Diré, Mali."
    )


def test_a_contradiction_is_said_and_not_averaged() -> None:
    alone, contradicted = placed("near Kobé"), placed("near Kobé, 80 km from Gao")
    assert (contradicted.lon, contradicted.lat) == (alone.lon, alone.lat)
    assert "‘80 km from Gao’ does not fit: it is 33 km" in str(contradicted.explanation)


@pytest.mark.parametrize(
    ("text", "axis_id", "measure_m"),
    [
        # Ansongo stands at 97.0 km, Boni at 255.7, Aguelhok 30.1 km before Tombouctou's 631.7.
        ("30 km from Ansongo towards Gao", "ML-RN17", 67_000),
        ("à 30 km d'Ansongo vers Labbezanga", "ML-RN17", 127_000),
        ("about 25 km east of Boni on the Douentza-Hombori road", "ML-RN16", 280_700),
        ("about 37 km from Boni on the road to Douentza", "ML-RN16", 218_700),
        ("about 20 km west of Timbuktu on the Goundam road", "ML-RN33", 611_700),
        ("entre Gao et Ansongo, à 35 km de Gao", "ML-RN17", 35_000),
        ("10 km from Niéna, 59 km from Sikasso", "ML-RN7", 304_900),
        ("thirty kilometres from Ansongo towards Gao", "ML-RN17", 67_000),
        ("entre les localités de Gao et Ansongo", "ML-RN17", 48_500),
        ("à dix km de Gossi vers Gao", "ML-RN16", 415_000),
        ("30 km from Fada N'Gourma on RN18 toward Pama", "BF-FAD-PAM", 30_000),
    ],
)
def test_a_distance_along_a_road(text: str, axis_id: str, measure_m: float) -> None:
    placement = placed(text)
    assert placement.axis_id == axis_id
    found_m, _ = measure_of(ATLAS.axes[axis_id], placement.lon, placement.lat)
    assert found_m == pytest.approx(measure_m, abs=400)


@pytest.mark.parametrize(
    "text",
    ["Gao-Ansongo road", "axe Gao–Ansongo", "between Gao and Ansongo", "entre Gao et Ansongo",
     "on the road from Gao to Ansongo", "Gao–Ansongo axis", "route Gao-Ansongo"],
)  # fmt: skip
def test_between_two_places_is_the_stretch(text: str) -> None:
    placement = placed(text)
    assert placement.kind is PlacementKind.ALONG
    assert placement.geometry.geom_type == "LineString"
    assert (placement.measure_from_m, placement.measure_to_m) == (0, 97_000)
    assert placement.spread_m == 48_500


def test_a_road_number_names_the_whole_road_where_there_is_one() -> None:
    assert placed("RN17").measure_to_m == 195_900
    assert placed("N3, Burkina Faso").axis_id == "BF-OUA-DORI"
    assert "bear the number RN1" in str(geocode("RN1", ATLAS).unresolved_reason)
    assert str(geocode("RN99", ATLAS).unresolved_reason) == "no road RN99 is known"


def test_distance_that_may_lead_both_ways_stays_around_its_start() -> None:
    placement = placed("35 km from Konna on the Sévaré-Douentza road")
    assert placement.spread_m == pytest.approx(40_250)
    # Konna stands at 54.3 km: 35 km and 15 % of it to both sides.
    assert placement.measure_from_m == pytest.approx(14_050)
    assert placement.measure_to_m == pytest.approx(94_550)


@pytest.mark.parametrize(
    ("text", "name"),
    [("Mopti region", "Mopti"), ("région de Mopti", "Mopti"), ("région du Sahel", "Sahel")],
)
def test_a_region_is_a_polygon_and_never_a_road(text: str, name: str) -> None:
    placement = placed(text)
    assert placement.kind is PlacementKind.REGION
    assert placement.axis_id is None
    assert placement.geometry.equals(
        ATLAS.regions.loc[ATLAS.regions["name"] == name, "geometry"].iloc[0]
    )


@pytest.mark.parametrize(
    "text", ["region of Timbuktu", "Timbuktu region", "région de Tombouctou", "Tombouctou region"]
)
def test_a_region_may_be_called_by_any_name_of_its_town(text: str) -> None:
    assert placed(text).geometry.equals(ATLAS.regions.loc["ml-tombouctou", "geometry"])


def test_a_valley_in_a_region_is_not_the_region() -> None:
    placement = placed("Tilemsi")
    assert placement.kind is PlacementKind.REGION
    assert placement.spread_m < placed("Gao region").spread_m / 2


def test_a_country_is_its_regions() -> None:
    assert placed("Mali").geometry.area == pytest.approx(
        shapely.area(ATLAS.regions.loc[ATLAS.regions["country"] == "ML", "geometry"]).sum()
    )


def test_a_cercle_lies_around_its_places() -> None:
    placement = placed("cercle d'Ansongo")
    assert placement.kind is PlacementKind.REGION
    assert placement.spread_m < 120_000


@pytest.mark.parametrize(
    ("text", "country", "place_id"),
    [
        ("Gao", None, "ml-gao-gao"), ("Gao", "BF", "bf-centre-ouest-gao"),
        ("Gao, Burkina Faso", None, "bf-centre-ouest-gao"), ("Boni", "NE", "ne-tillaberi-boni"),
        ("Boni", "ML", "ml-mopti-boni"), ("Koro, Bankass cercle", "ML", "ml-mopti-koro"),
        ("between Diré and Kobé", None, "ml-tombouctou-kobe-dire"),
        ("Koutougou near Torodi", None, "ne-tillaberi-koutougou"),
    ],
)  # fmt: skip
def test_homonyms_follow_the_country_and_their_neighbours(
    text: str, country: str | None, place_id: str
) -> None:
    assert place_id in placed(text, country=country).place_ids


@pytest.mark.parametrize("text", ["near Santia (Ankoum Bongo)", "near Santia", "Ankoum Bongo"])
def test_a_name_with_brackets_is_one_name(text: str) -> None:
    assert placed(text).place_ids == ("ml-gao-santia-ankoum-bongo",)


def test_brackets_that_are_no_part_of_a_name_are_read_as_ever() -> None:
    assert placed("Gao (Burkina Faso)").place_ids == ("bf-centre-ouest-gao",)


def test_an_unknown_place_is_named_with_its_nearest_spellings() -> None:
    result = geocode("30 km from Ansogoba towards Gao", ATLAS)
    assert result.placement is None
    assert str(result.unresolved_reason).startswith("“Ansogoba” is not in the gazetteer; nearest")
    assert "Ansongo" in str(result.unresolved_reason)
    assert result.candidates[0].fuzzy


def test_a_known_name_is_not_moved_to_another_country() -> None:
    result = geocode("near Niamey", ATLAS, country="ML")
    assert result.placement is None
    assert str(result.unresolved_reason) == "“Niamey” is known in Niger, not in Mali"


def test_a_text_about_another_country_is_not_placed_in_the_one_asked_for() -> None:
    result = geocode("Gao, Burkina Faso", ATLAS, country="ML")
    assert result.placement is None
    assert str(result.unresolved_reason) == "the text names Burkina Faso, not Mali"


def test_resemblance_stays_in_the_countries_that_the_text_names() -> None:
    assert geocode("Kidall, Niger or Burkina Faso", ATLAS).placement is None
    assert placed("Kidall, Niger or Mali").place_ids == ("ml-kidal-kidal",)


def test_a_resembling_name_is_placed_and_marked() -> None:
    placement = placed("near Ansongoo")
    assert placement.fuzzy
    assert "only resembles Ansongo: to be checked" in str(placement.explanation)
    assert not placed("near Ansongo").fuzzy


@pytest.mark.parametrize(
    "text", ["", "   ", "!!!", "hello world", "on the Niger border", "<script>alert(1)</script>"]
)
def test_a_text_without_a_place_says_so(text: str) -> None:
    result = geocode(text, ATLAS)
    assert result.placement is None
    assert result.unresolved_reason is not None


@settings(max_examples=examples(80), deadline=None)
@given(st.text(max_size=80))
def test_any_text_gives_a_placement_or_a_reason(text: str) -> None:
    result = geocode(text, ATLAS)
    assert (result.placement is None) == (result.unresolved_reason is not None)


AXES = sorted(ATLAS.axes)


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(AXES), st.data())
def test_a_stated_distance_is_found_again(axis_id: str, data: st.DataObject) -> None:
    """Write “N km from X towards Y” for a point of a road, and read it back."""
    axis = ATLAS.axes[axis_id]
    here, there = data.draw(st.permutations(range(len(axis.place_ids))).map(lambda p: p[:2]))
    apart_km = abs(axis.measures_m[there] - axis.measures_m[here]) / 1000
    assume(apart_km >= 4)
    km = data.draw(st.integers(1, int(apart_km) - 1))
    first, last = (ATLAS.gazetteer.places[axis.place_ids[i]] for i in (here, there))
    assume(first.accuracy_m < 9_000 and last.accuracy_m < 9_000)
    text = f"{km} km from {first.name} towards {last.name}"
    placement = placed(text, country=None if len(axis.country_set) > 1 else axis.countries[0])
    assume({first.place_id, last.place_id} <= set(placement.place_ids))
    # Two roads may join the same places: the one that was meant is checked.
    assume(placement.axis_id == axis_id)
    expected_m = towards(axis, first.place_id, km * 1000, last.place_id)
    assert distance_m(placement.lon, placement.lat, *point_at(axis, expected_m)) < 1
    assert placement.measure_from_m is not None
    assert placement.measure_to_m is not None
    assert placement.measure_from_m - 1 <= expected_m <= placement.measure_to_m + 1


@settings(max_examples=examples(40), deadline=None)
@given(st.sampled_from(sorted(ATLAS.gazetteer.places)))
def test_a_name_with_its_country_and_region_is_its_place(place_id: str) -> None:
    place = ATLAS.gazetteer.places[place_id]
    assume(place.kind != "region")
    result = geocode(place.name, ATLAS, place.country, place.adm1)
    assert place_id in {c.place.place_id for c in result.candidates}
    # Some regions hold two villages of one name: these are for a person to choose from.
    assume("nothing tells which" not in str(result.unresolved_reason))
    assert result.placement is not None
    at = ATLAS.gazetteer.places[result.placement.place_ids[0]]
    assert at.country == place.country
    assert fold(place.name) in {fold(spelling) for spelling in (at.name, *at.variants)}
    assert distance_m(at.lon, at.lat, result.placement.lon, result.placement.lat) < 1


def test_a_region_after_a_distance_tells_homonyms_apart() -> None:
    """There is another Boni in Niger."""
    assert placed("30 km north of Boni, in the Mopti region").place_ids == ("ml-mopti-boni",)
    assert geocode("30 km north of Boni", ATLAS).placement is None


def test_a_name_that_only_resembles_one_elsewhere_is_unknown_in_its_region() -> None:
    """Tassiga lies in Mali."""
    found = placed("à l’ouest de Tassia (région de Tillabéri)")
    assert found.kind is PlacementKind.REGION
    assert "“Tassia” is not in the gazetteer" in str(found.explanation)
    assert placed("near Tinzawaten in the Kidal region").place_ids == ("ml-kidal-tinzaouatene",)


def test_nothing_is_placed_by_a_distance_that_is_a_slip() -> None:
    result = geocode("99999999 km from Gao", ATLAS)
    assert str(result.unresolved_reason) == (
        "the report’s ‘99999999 km from Gao’ was not understood"
    )


def test_a_distance_that_was_not_read_is_told() -> None:
    assert "‘30 km’ was not understood" in str(placed("Gao, 30 km").explanation)


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "near " + "Xa " * 3_000, "9" * 5_000 + " km from Gao"]
)
def test_a_reason_quotes_no_more_than_fits_a_sentence(text: str) -> None:
    assert len(str(geocode(text, ATLAS).unresolved_reason)) < 200
