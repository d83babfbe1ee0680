"""Countries named beside other names, and rivers that are called like countries."""

from __future__ import annotations

import pytest

from geo import atlas as atlases
from geo.atlas import Atlas
from geo.gazetteer.belonging import settled
from geo.gazetteer.land import land_of
from geo.gazetteer.phrases import geocode

LEXICON = land_of(atlases.load()).lexicon


def marks(text: str) -> str:
    return settled(LEXICON.skeleton(text, unknown_names=True)).text


@pytest.mark.parametrize(
    ("text", "skeleton"),
    [
        ("between Dori in Burkina Faso and Téra in Niger", "between <p0> and <p1>"),
        ("entre Ayorou au Niger et Labbezanga (Mali)", "entre <p0> et <p1>"),
        ("between Gao in northern Mali and Dori, Burkina Faso", "between <p0> and <p1>"),
        ("between Boni in the Mopti region and Hombori", "between <p0> and <p1>"),
        ("the Malian town of Gao and Niger's Téra", "<p0> and <p1>"),
        ("la ville nigérienne de Téra", "<p0>"),
        # Not a place in a country, but a list of countries, a side of one, a border.
        ("Gao, Mali and Niger", "<p0>, <c1> and <c2>"),
        ("in Gao, the Niger border", "in <p0>, the <c1> border"),
        ("Gao, in western Mali", "<p0>, in western <c1>"),
    ],
)
def test_a_place_takes_in_the_words_of_its_country(text: str, skeleton: str) -> None:
    assert marks(text) == skeleton


@pytest.mark.parametrize(
    ("text", "skeleton"),
    [
        ("on the Niger near Gao", "on the <w0> near <p1>"),
        ("sur la rive gauche du Niger, à Gao", "sur la rive gauche du <w0>, a <p1>"),
        ("the Niger River at Gao", "the <w0> river at <p1>"),
        ("on the Niger side of the border", "on the <c0> side of the border"),
        ("on the Niger-Mali border", "on the <c0>-<c1> border"),
        ("dans l'ouest du Niger", "dans l'ouest du <c0>"),
    ],
)
def test_the_niger_is_a_river_where_the_words_say_so(text: str, skeleton: str) -> None:
    assert marks(text) == skeleton


def test_a_country_beside_a_homonym_decides_for_that_one_alone(atlas: Atlas) -> None:
    found = geocode("between Kantchari in Burkina Faso and Boni in Niger", atlas).placement
    assert found is not None
    assert found.place_ids == ("bf-est-kantchari", "ne-tillaberi-boni")
    assert geocode("between Kantchari and Boni", atlas, "ML").placement is None


@pytest.mark.parametrize(
    "text", ["near the Malian capital", "la capitale du Mali", "Mali's capital", "Bamako, Mali"]
)
def test_a_capital_is_known_by_its_country(text: str, atlas: Atlas) -> None:
    found = geocode(text, atlas).placement
    assert found is not None
    assert found.place_ids == ("ml-bamako-bamako",)


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        # Essakane is a mine of Burkina Faso and a village of Mali.
        ("la mine d'or d'Essakane", "bf-sahel-essakane"),
        ("Essakane gold mine", "bf-sahel-essakane"),
    ],
)
def test_what_a_homonym_is_said_to_be_decides(text: str, place_id: str, atlas: Atlas) -> None:
    assert geocode("Essakane", atlas).placement is None
    found = geocode(text, atlas).placement
    assert found is not None
    assert found.place_ids == (place_id,)


def test_a_place_beside_a_country_may_stand_for_what_happened_in_it(atlas: Atlas) -> None:
    """Labbezanga, in Mali, stands at the border of Niger; Hombori does not."""
    assert geocode("en territoire nigérien, près de Labbezanga", atlas).placement is not None
    assert geocode("en territoire nigérien, près de Hombori", atlas).placement is None


def test_a_stated_distance_tells_homonyms_apart(atlas: Atlas) -> None:
    """Omo lies 21 km east of Koro; Omon, also written Omo, 72 km north-east of it."""
    found = geocode("Omo village, Koro cercle, about 20 km east of Koro", atlas).placement
    assert found is not None
    assert found.place_ids[0] == "ml-mopti-omo"
