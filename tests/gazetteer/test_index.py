"""Names to places: homonyms, variants, resemblance, borders."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import atlas as atlases
from geo.atlas import DATA_DIR, Atlas
from geo.columns import PLACES
from geo.gazetteer.index import convincing, load_places
from geo.records import InputError
from tests.examples import examples

GAZETTEER = load_places(DATA_DIR / "places.csv")


def ids(name: str, **known: str) -> list[str]:
    return [c.place.place_id for c in GAZETTEER.candidates(name, **known)]  # type: ignore[arg-type]


def test_homonyms_are_all_offered_and_ranked_by_country_and_region() -> None:
    assert ids("Gao") == ["ml-gao-gao", "bf-centre-ouest-gao", "ml-kayes-gao"]
    assert ids("Gao", country="BF")[0] == "bf-centre-ouest-gao"
    assert ids("Gao", country="ML", adm1="Kayes")[0] == "ml-kayes-gao"
    assert set(ids("kobe")) == {
        "ml-gao-kobe", "ml-tombouctou-kobe-dire", "ml-tombouctou-kobe-niafunke",
    }  # fmt: skip


def test_homonyms_are_ranked_by_the_other_places_of_the_record() -> None:
    near_dire = GAZETTEER.candidates("Kobé", near=["ml-tombouctou-dire"])
    near_gao = GAZETTEER.candidates("Kobé", near=["ml-gao-gao"])
    assert near_dire[0].place.place_id == "ml-tombouctou-kobe-dire"
    assert near_gao[0].place.place_id == "ml-gao-kobe"


@pytest.mark.parametrize("name", ["N'Tillit", "N’Tillit", "ntillit", "In-Tillit"])
def test_spellings_and_variants_are_the_same_place_exactly(name: str) -> None:
    (candidate,) = GAZETTEER.candidates(name)
    assert (candidate.place.place_id, candidate.score) == ("ml-gao-ntillit", 100)
    assert not candidate.fuzzy


@pytest.mark.parametrize("name", ["Santia (Ankoum Bongo)", "Santia", "Ankoum Bongo"])
def test_a_name_in_brackets_is_another_spelling(name: str) -> None:
    (candidate,) = GAZETTEER.candidates(name)
    assert (candidate.place.place_id, candidate.fuzzy) == ("ml-gao-santia-ankoum-bongo", False)


def test_a_resembling_name_is_marked() -> None:
    candidate = GAZETTEER.candidates("Ansngo")[0]
    assert candidate.place.place_id == "ml-gao-ansongo"
    assert candidate.fuzzy
    assert 60 <= candidate.score < 100
    assert convincing(candidate, "Ansngo")


def test_a_short_name_needs_all_its_letters() -> None:
    assert not any(convincing(c, "Gaa") for c in GAZETTEER.candidates("Gaa"))
    assert not any(convincing(c, "Bonu") for c in GAZETTEER.candidates("Bonu"))


def test_resemblance_never_crosses_the_country_that_is_named() -> None:
    assert ids("Ansngo", country="ML") == ["ml-gao-ansongo"]
    assert all(
        GAZETTEER.places[place_id].country == "BF" for place_id in ids("Ansngo", country="BF")
    )


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(sorted(GAZETTEER.places)))
def test_every_spelling_of_every_place_finds_it_exactly(place_id: str) -> None:
    place = GAZETTEER.places[place_id]
    for spelling in (place.name, *place.variants):
        for written in (spelling, spelling.upper(), spelling.replace("-", " ")):
            found = GAZETTEER.candidates(written, place.country, place.adm1, limit=20)
            assert place in [c.place for c in found if c.score == 100]


def test_nothing_is_found_for_nothing() -> None:
    assert GAZETTEER.candidates("") == []
    assert GAZETTEER.candidates("—!?") == []
    assert GAZETTEER.candidates("日本") == []


def test_all_faults_of_a_gazetteer_are_told(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    good = "a,A,,ML,,,town,16.0,0.1,src,1,"
    rows = [good, good, "b,,,Mali,,,hamlet,95,abc,src,-1,", "c,C,,ML,,,town,16"]
    path.write_text(
        ",".join(column.name for column in PLACES) + "\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        load_places(path)
    found = {(fault.row, fault.column) for fault in caught.value.faults}
    assert found == {
        (3, "place_id"), (4, "name"), (4, "country"), (4, "kind"), (4, "latitude"),
        (4, "longitude"), (4, "coord_accuracy_km"), (5, None),
    }  # fmt: skip


def test_a_gazetteer_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    good = (DATA_DIR / "places.csv").read_text(encoding="utf-8")
    path.write_text(good, encoding="cp1252", errors="replace")
    with pytest.raises(InputError, match="is not UTF-8"):
        load_places(path)


def test_the_atlas_tells_the_faults_of_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_bytes((DATA_DIR / "places.csv").read_bytes())
    (tmp_path / "axes.csv").write_text("axis_id\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        atlases.load(tmp_path)
    told = {(fault.file, fault.column) for fault in caught.value.faults}
    assert ("axes.csv", "km") in told
    assert any("regions.geojson is missing" in str(f.message) for f in caught.value.faults)


def test_the_atlas_holds_regions_and_a_version(atlas: Atlas) -> None:
    assert atlas.regions.index.name == "region_id"
    assert atlas.regions.loc["ml-gao", "covers"] == ("Gao", "Ménaka")
    assert atlas.regions.crs.to_epsg() == 4326
    assert atlas.version == atlases.load().version
    assert len(atlas.version) == 16
