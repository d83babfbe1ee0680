"""What a text says, before it is known which places are meant."""

from __future__ import annotations

import pytest

from geo import atlas as atlases
from geo.gazetteer.grammar import read
from geo.gazetteer.land import land_of
from geo.gazetteer.reading import Closeness, Distance, Name, Reading, Subject

LEXICON = land_of(atlases.load()).lexicon


def reading(text: str) -> Reading:
    return read(text, LEXICON)


def distance(text: str) -> Distance:
    (found,) = reading(text).distances
    return found


@pytest.mark.parametrize(
    ("stated", "km"),
    [
        ("30 km", 30), ("30km", 30), ("30-km", 30), ("30,5 km", 30.5), ("30.5 kilometres", 30.5),
        ("500 m", 0.5), ("800 metres", 0.8), ("10 miles", 16.09344), ("10 mi", 16.09344),
        # A separator before exactly three figures parts thousands, in English and in French.
        ("1,500 km", 1500), ("1.500 km", 1500), ("1.50 km", 1.5), ("20-30 km", 25),
        ("twenty-five km", 25), ("twenty five km", 25), ("a hundred km", 100),
        ("two hundred km", 200), ("one hundred and twenty km", 120), ("vingt-cinq km", 25),
        ("vingt et un km", 21), ("soixante-dix km", 70), ("quatre-vingts km", 80),
        ("quatre-vingt-dix km", 90), ("deux cents km", 200), ("more than 50 km", 50),
        ("between 20 and 30 km", 25), ("entre 20 et 30 km", 25), ("at least 20 km", 20),
        ("une trentaine de km", 30),
    ],
)  # fmt: skip
def test_a_distance_is_read_in_figures_words_and_units(stated: str, km: float) -> None:
    assert distance(f"{stated} from Gao").km == pytest.approx(km)


@pytest.mark.parametrize(
    ("said", "bearing_deg"),
    [
        ("12 km SE of Gao", 135), ("12km S Gao", 180), ("12 km N of Gao", 0),
        ("12 kms from Gao", None), ("12 km north-east of Gao", 45), ("12 km southern Gao", 180),
        ("12 km au nord-ouest de Gao", 315), ("12 km à l'est de Gao", 90),
    ],
)  # fmt: skip
def test_a_direction_may_be_written_out_or_short(said: str, bearing_deg: float | None) -> None:
    assert distance(said).bearing_deg == bearing_deg


@pytest.mark.parametrize(
    ("said", "towards"),
    [
        ("3 km beyond Hombori towards Gossi", "Gossi"),
        ("3 km au-delà de Hombori vers Gossi", "Gossi"),
        ("3 km before Hombori coming from Gossi", "Gossi"),
        ("3 km avant Hombori en venant de Gossi", "Gossi"),
        # The far side of Hombori: which way the road goes on there is not said.
        ("3 km after Hombori coming from Gossi", None),
    ],
)
def test_a_distance_leads_towards_what_lies_on_its_side(said: str, towards: str | None) -> None:
    found = distance(said)
    assert found.name == Name("Hombori")
    assert found.towards == (Name(towards) if towards else None)


@pytest.mark.parametrize("text", ["3000001 km from Gao", f"{'9' * 400} km from Gao"])
def test_a_distance_beyond_the_region_is_a_slip(text: str) -> None:
    assert reading(text) == Reading(unread=(text,))


@pytest.mark.parametrize(
    "said", ["30 km", "several kilometres", "quelques km", "12 miles", "forty km"]
)
def test_a_distance_that_no_rule_reads_is_kept_to_be_told(said: str) -> None:
    assert reading(f"Gao, {said}").unread == (said,)
    assert reading("30 km from Gao").unread == ()


@pytest.mark.parametrize(
    "text",
    [
        "not in Gao but in Ansongo", "not Gao but Ansongo", "pas à Gao mais à Ansongo",
        "Ansongo, not near Gao", "à Ansongo et non à Gao", "at Ansongo rather than at Gao",
        "à Ansongo plutôt qu'à Gao",
    ],
)  # fmt: skip
def test_where_it_was_not_is_not_where_it_was(text: str) -> None:
    assert reading(text).subjects == (Subject(Name("Ansongo"), Closeness.AT),)


def test_not_far_from_a_place_is_near_it() -> None:
    for text in ("not far from Gao", "non loin de Gao"):
        assert reading(text).subjects == (Subject(Name("Gao"), Closeness.NEAR),)


def test_the_side_of_a_town_towards_another_is_not_the_whole_road() -> None:
    found = reading("à la sortie de Gao vers Ansongo")
    assert found.subjects == (Subject(Name("Gao"), Closeness.AT),)
    assert found.betweens == ()
    assert found.roads_to == (Name("Ansongo"),)


@pytest.mark.parametrize(
    "text",
    ["a 30 km radius of Gao", "within a 30-km radius around Gao",
     "dans un rayon de 30 km autour de Gao", "within 30 km of Gao"],
)  # fmt: skip
def test_a_radius_reaches_from_nothing_to_its_length(text: str) -> None:
    assert (distance(text).km, distance(text).range_km) == (15, 15)


@pytest.mark.parametrize(
    "text",
    ["from Gao towards Ansongo", "leaving Gao for Ansongo", "ayant quitté Gao pour Ansongo",
     "de Gao vers Ansongo", "Gao → Ansongo", "7 Feb 2025, Gao-Ansongo"],
)  # fmt: skip
def test_on_the_way_from_one_place_to_another_is_between_them(text: str) -> None:
    (between,) = reading(text).betweens
    assert between.names == (Name("Gao"), Name("Ansongo"))


@pytest.mark.parametrize(
    "text",
    ["in Gao, Timbuktu and Kidal regions", "régions de Gao, Timbuktu et de Kidal",
     "the regions of Gao, Timbuktu and Kidal"],
)  # fmt: skip
def test_several_regions_are_regions_and_no_towns(text: str) -> None:
    found = reading(text)
    assert [(area.name.text, area.level) for area in found.areas] == [
        ("Gao", "region"), ("Timbuktu", "region"), ("Kidal", "region"),
    ]  # fmt: skip
    assert not found.subjects


@pytest.mark.parametrize("text", ["12°30'N 3°W", "14.5N 3", "16° N 3° E"])
def test_a_coordinate_is_no_road(text: str) -> None:
    assert reading(text).roads == ()


def test_a_road_may_be_named_by_its_towns_without_hyphens() -> None:
    (between,) = reading("route Gao Ansongo Labbezanga").betweens
    assert between.names == (Name("Gao"), Name("Ansongo"), Name("Labbezanga"))


@pytest.mark.parametrize(
    ("text", "low_m", "high_m"),
    [
        ("PK 33 on RN17", 33_000, 33_000), ("RN17, PK33+500", 33_500, 33_500),
        ("au KP 12 de la RN17", 12_000, 12_000), ("km 33 of RN17", 33_000, 33_000),
        ("RN17 between PK 40 and PK 30", 30_000, 40_000), ("RN17 PK 30 - PK 40", 30_000, 40_000),
        ("du PK 30 au PK 40 de la RN17", 30_000, 40_000),
        ("au point kilométrique 7 de la RN17", 7_000, 7_000),
    ],
)  # fmt: skip
def test_a_kilometre_of_the_road_is_read(text: str, low_m: float, high_m: float) -> None:
    found = reading(text)
    assert [(c.low_m, c.high_m) for c in found.chainages] == [(low_m, high_m)]
    assert found.roads == ("RN17",)
    assert not found.subjects


@pytest.mark.parametrize("text", ["30 km 5 from Gao", "30 km from Gao", "on 12 km 3 trucks"])
def test_a_distance_is_no_kilometre_of_a_road(text: str) -> None:
    assert reading(text).chainages == ()


@pytest.mark.parametrize(
    "text",
    ["Colonel Kati said", "President Diori", "le général El Hadj Ag Gamou", "Captain Ansongo"],
)
def test_a_person_is_no_place(text: str) -> None:
    assert list(reading(text).names()) == []


def test_a_province_is_told_from_its_town_by_its_article() -> None:
    assert [area.name.text for area in reading("dans la Kompienga").areas] == ["Kompienga"]
    assert [s.name.text for s in reading("à Kompienga").subjects] == ["Kompienga"]


@pytest.mark.parametrize(
    ("text", "bearing_deg"),
    [
        ("30 km north-northwest of Kidal", 337.5), ("30 km ESE of Kidal", 112.5),
        ("à 30 km à l'ouest-sud-ouest de Kidal", 247.5), ("à 30 km au Sud-Ouest de Kidal", 225),
        ("north-east of Kidal, 30 km away", 45),
    ],
)  # fmt: skip
def test_sixteen_winds_are_read_before_and_behind_a_place(text: str, bearing_deg: float) -> None:
    assert distance(text).bearing_deg == bearing_deg
    assert distance(text).km == 30


def test_three_corners_and_a_path_of_units() -> None:
    corners = reading("in the triangle formed by Gao, Ansongo and Ménaka").triangles
    assert corners == ((Name("Gao"), Name("Ansongo"), Name("Ménaka")),)
    path = reading("Gao / Ansongo / Fafa")
    assert [area.name.text for area in path.areas] == ["Gao", "Ansongo"]
    assert [s.name.text for s in path.subjects] == ["Fafa"]
