"""Whole tables: every row is placed or says why not, and an analyst would agree."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.atlas import DATA_DIR, Atlas, load
from geo.gazetteer.placing import place_incidents
from geo.records import PLACEMENT_COLUMNS
from tests.examples import examples

STARTER = pd.read_csv(
    DATA_DIR / "incidents.csv", dtype=str, keep_default_na=False, index_col="incident_id"
)
ATLAS = load()


@pytest.fixture(scope="module")
def placed(atlas: Atlas) -> pd.DataFrame:
    return place_incidents(STARTER, atlas)


def row(**cells: str) -> pd.DataFrame:
    empty = dict.fromkeys(STARTER.columns, "")
    return pd.DataFrame([empty | cells], index=pd.Index(["X"], name="incident_id"))


def test_the_frame_is_aligned_and_complete(placed: pd.DataFrame) -> None:
    assert placed.index.equals(STARTER.index)
    assert tuple(placed.columns) == PLACEMENT_COLUMNS
    assert placed.crs.to_epsg() == 4326
    told = placed["explanation"].notna() == placed["unresolved_reason"].isna()
    assert told.all()
    assert (placed["geometry"].notna() == placed["kind"].notna()).all()
    assert placed["kind"].notna().sum() >= 285


def test_a_region_level_incident_never_lands_on_a_road(placed: pd.DataFrame) -> None:
    regions = placed[STARTER["geo_precision"] == "3"]
    assert len(regions) > 20
    assert set(regions["kind"]) == {"region"}
    assert regions["axis_id"].isna().all()
    assert regions.geometry.geom_type.isin(["Polygon", "MultiPolygon"]).all()


def test_every_spread_reaches_the_whole_geometry(placed: pd.DataFrame) -> None:
    assert (placed["spread_m"] >= 900).all()
    assert placed["lon"].between(-13, 10).all()
    assert placed["lat"].between(9, 26).all()
    stretches = placed["axis_id"].notna()
    assert (placed.loc[stretches, "measure_from_m"] < placed.loc[stretches, "measure_to_m"]).all()


@pytest.mark.parametrize(
    ("incident_id", "kind", "axis_id", "stretch_km"),
    [
        ("ML-2025-02-07-KOBE", "place", "ML-RN17", (32.1, 34.1)),
        ("ML-2024-12-17-KOBE", "place", "ML-RN17", (32.1, 34.1)),
        ("ML-2025-01-28-TAXBUS", "along", "ML-RN17", (0, 195.9)),
        ("ML-2025-04-02-ANSONGO", "near", "ML-RN17", (62.5, 71.5)),
        ("ML-2018-11-04-BONI", "near", "ML-RN16", (276.95, 284.45)),
        ("ML-2018-02-08-TABANKORT", "near", "ML-GAO-KID-TES", (223.6, 227.6)),
        ("BF-2018-08-11-BOUNGOU", "near", "BF-RR28", (16.0, 46.0)),
        ("ML-2022-09-11-BER", "along", "ML-TOM-BER", (0, 58.3)),
        ("BF-2021-03-02-GASKINDE", "along", "BF-N22", (182.8, 193.6)),
        ("ML-2024-12-29-NARA", "along", "ML-GAN-MAD", (50.8, 111.2)),
        ("ML-2020-12-28-HOMBORI", "along", "ML-RN16", (317.7, 361.35)),
        ("ML-2025-06-12-TADJERERET", "along", "ML-RN18", (292.7, 471.2)),
        ("ML-2021-12-03-SONGHO", "near", "ML-RN15", (49.2, 53.2)),
    ],
)
def test_hand_checked_stretches(
    placed: pd.DataFrame, incident_id: str, kind: str, axis_id: str, stretch_km: tuple[float, float]
) -> None:
    found = placed.loc[incident_id]
    assert (found["kind"], found["axis_id"]) == (kind, axis_id)
    found_km = (found["measure_from_m"] / 1000, found["measure_to_m"] / 1000)
    assert found_km == pytest.approx(stretch_km, abs=0.15)


@pytest.mark.parametrize(
    ("incident_id", "kind", "place_id"),
    [
        ("ML-2017-06-19-BAMBA", "place", "ml-gao-bamba"),
        ("ML-2020-10-13-SOKOURA", "place", "ml-mopti-sokoura"),
        ("NE-2023-08-15-KOUTOUGOU", "place", "ne-tillaberi-koutougou"),
        ("ML-2020-11-01-KOUMBRI", "near", "ml-sikasso-koumbri"),
        ("ML-2019-06-17-YORO", "place", "ml-mopti-yoro"),
        ("ML-2023-12-12-FARABOUGOU", "place", "ml-segou-farabougou"),
    ],
)
def test_hand_checked_homonyms(
    placed: pd.DataFrame, incident_id: str, kind: str, place_id: str
) -> None:
    found = placed.loc[incident_id]
    assert (found["kind"], found["place_ids"][0]) == (kind, place_id)


def test_an_unknown_village_is_placed_on_its_road_or_in_its_region_and_says_so(
    placed: pd.DataFrame,
) -> None:
    road = placed.loc["ML-2025-06-12-TADJERERET"]
    region = placed.loc["BF-2018-09-05-BOUMBONTANGOU"]
    assert "“Tadjereret” is not in the gazetteer" in str(road["explanation"])
    assert region["kind"] == "region"
    assert "“Boumbontangou” is not in the gazetteer" in str(region["explanation"])


def test_what_the_report_contradicts_is_said(placed: pd.DataFrame) -> None:
    assert "does not fit" in str(placed.loc["ML-2020-02-13-BENTIA", "explanation"])
    assert "does not fit" in str(placed.loc["BF-2018-09-23-TONGOMAYEL", "explanation"])


def test_a_row_without_any_place_is_in_its_region_or_unresolved(atlas: Atlas) -> None:
    region = place_incidents(row(country="ML", admin1="Gao"), atlas).iloc[0]
    assert region["kind"] == "region"
    lost = place_incidents(row(place="Xyzzyville"), atlas).iloc[0]
    assert lost["kind"] is None or pd.isna(lost["kind"])
    assert "“Xyzzyville”" in str(lost["unresolved_reason"])


def test_coordinates_of_the_table_are_honoured_where_there_are_any(atlas: Atlas) -> None:
    table = pd.concat([row(place="Gao", country="ML", geo_precision="1")] * 2)
    table.index = pd.Index(["A", "B"], name="incident_id")
    table = table.assign(latitude=[15.5, float("nan")], longitude=[1.5, 2.0])
    found = place_incidents(table, atlas)
    assert (found.loc["A", "lon"], found.loc["A", "lat"]) == (1.5, 15.5)
    assert found.loc["B", "place_ids"][0] == "ml-gao-gao"


def test_numbers_and_missing_cells_are_read_as_their_texts(atlas: Atlas) -> None:
    cells = {
        "country": "ML", "route_from": "Gao", "route_to": "Ansongo", "km_from_place": "Gao",
        "geo_precision": "2",
    }  # fmt: skip
    as_text = place_incidents(row(**cells, km_from="30"), atlas).iloc[0]
    numbers = row(**cells).assign(km_from=30.0, place=None, location_text=float("nan"))
    as_number = place_incidents(numbers, atlas).iloc[0]
    assert as_number["geometry"].equals(as_text["geometry"])
    assert as_number["axis_id"] == "ML-RN17"


def test_the_order_and_repetition_of_rows_change_nothing(
    atlas: Atlas, placed: pd.DataFrame
) -> None:
    again = place_incidents(pd.concat([STARTER.iloc[::-1], STARTER]), atlas)
    assert len(again) == 2 * len(STARTER)
    first = again.iloc[: len(STARTER)].iloc[::-1]
    assert first["spread_m"].tolist() == placed["spread_m"].tolist()
    assert [str(text) for text in first["explanation"]] == [
        str(text) for text in placed["explanation"]
    ]


NAMES = st.sampled_from(["", "Gao", "Kobé", "Boni-Hombori", "Xyz", "Gorom-Gorom", "Kati (RN24)"])
CELLS = st.one_of(NAMES, st.text(max_size=30))


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.fixed_dictionaries(
        {
            "country": st.sampled_from(["", "ML", "BF", "NE", "XX"]),
            "admin1": st.sampled_from(["", "Gao", "Sahel", "Nowhere"]),
            "place": CELLS, "location_text": CELLS, "route_from": CELLS, "route_to": CELLS,
            "km_from": st.sampled_from(["", "0", "30", "-3", "nan", "1e9", "12,5", "far"]),
            "km_from_place": CELLS,
            "geo_precision": st.sampled_from(["", "1", "2", "3", "9"]),
        }
    )
)  # fmt: skip
def test_any_row_is_placed_or_says_why_not(cells: dict[str, str]) -> None:
    found = place_incidents(row(**cells), ATLAS).iloc[0]
    assert (found["geometry"] is None) == (found["unresolved_reason"] is not None)
    if found["geometry"] is not None:
        assert found["geometry"].is_valid
        assert found["spread_m"] > 0
        assert str(found["explanation"]).endswith(".")
        assert cells["geo_precision"] != "3" or found["kind"] == "region"


def test_an_empty_table_gives_an_empty_frame(atlas: Atlas) -> None:
    found = place_incidents(STARTER.iloc[:0], atlas)
    assert len(found) == 0
    assert tuple(found.columns) == PLACEMENT_COLUMNS


def test_a_row_tells_the_distance_that_its_text_states_and_nobody_read(atlas: Atlas) -> None:
    rows = pd.DataFrame(
        {
            "place": ["Kati", "Kobé", ""],
            "location_text": ["a few kilometres away", "30 km or 35 km off", "PK 33 on RN17"],
            "km_from": ["", "30", ""],
            "km_from_place": ["", "Gao", ""],
            "country": "ML",
        }
    )
    vague, coded, stone = place_incidents(rows, atlas).itertuples()
    assert "‘few kilometres’ was not understood" in str(vague.explanation)
    assert "was not understood" not in str(coded.explanation)
    assert stone.measure_from_m == 31_000


def test_coordinates_outside_the_country_of_their_row_place_nothing(atlas: Atlas) -> None:
    rows = pd.DataFrame(
        {
            "country": ["ML", "ML", "NE", ""],
            "latitude": [48.8, 16.27, 14.0, 48.8],
            "longitude": [2.3, -0.05, 12.6, 2.3],
        },
        index=["paris", "gao", "diffa", "no country"],
    )
    placed = place_incidents(rows, atlas)
    assert "lie outside Mali" in str(placed.loc["paris", "unresolved_reason"])
    assert placed.geometry.notna().to_dict() == {
        "paris": False,
        "gao": True,
        "diffa": True,
        "no country": True,
    }


def test_a_name_nobody_knows_is_not_somewhere_in_its_country(atlas: Atlas) -> None:
    rows = pd.DataFrame({"country": ["ML", "ML"], "place": ["Qzxvatown", "Gao"]})
    placed = place_incidents(rows, atlas)
    assert placed.geometry.notna().tolist() == [False, True]
    assert "Qzxvatown" in str(placed.loc[0, "unresolved_reason"])


@pytest.mark.parametrize("text", ["", "in Mali", "a village in Mali"])
def test_a_country_alone_is_no_place_unless_it_is_all_that_is_known(
    atlas: Atlas, text: str
) -> None:
    row = {"incident_id": "a", "country": "ML", "location_text": text}
    rows = pd.DataFrame([row, row | {"geo_precision": "3"}, row | {"admin1": "Gao"}])
    found = place_incidents(rows, atlas)
    assert found["kind"].fillna("").tolist() == ["", "region", "region"]
    assert "neither a place" in str(found["unresolved_reason"].iloc[0])
    assert found["spread_m"].iloc[2] < found["spread_m"].iloc[1]
