"""Assertions lie on the stretches that their towns and road numbers mean."""

from typing import Any

import pandas as pd
import pytest

from geo.atlas import Atlas
from geo.roads.laying import lay, stretches, way


@pytest.fixture(scope="module")
def land(desk: Any) -> Atlas:
    """Return roads whose stretches can be told in the head.

    N1: Ay ─30─ Bee ─40─ Cee ─50─ Dee.  N2: Bee ─43─ Cee ─20─ Gee ─60─ Dee, one road with N1
    between Bee and Cee only.  A spur Eff ─12─ Cee, N3 Hay ─5─ Ay, and a road far from all.
    """
    names = ("Ay", "Bee", "Cee", "Dee", "Eff", "Gee", "Lone", "Far", "Further", "Twin")
    places = [desk.place(name) for name in names]
    places += [desk.place("Hay", "BF"), desk.place("Twin", "ML", "2"), desk.place("Dee", "BF")]
    return desk.atlas(
        places,
        desk.axis("one", "RN1", ("ml-ay", 0), ("ml-bee", 30), ("ml-cee", 70), ("ml-dee", 120)),
        desk.axis("two", "N2/RN8", ("ml-bee", 0), ("ml-cee", 43), ("ml-gee", 63), ("ml-dee", 123)),
        desk.axis("spur", "", ("ml-eff", 0), ("ml-cee", 12)),
        desk.axis("three", "N3", ("bf-hay", 0), ("ml-ay", 5)),
        desk.axis("far", "", ("ml-far", 0), ("ml-twin", 7), ("ml-further", 10), ("ml-twin2", 55)),
    )


def laid(
    desk: Any, land: Atlas, start: str, end: str, **more: str
) -> list[tuple[str, float, float]]:
    row = {
        "assertion_id": "x",
        "country": "ML",
        "axis_from": start,
        "axis_to": end,
        "kind": "closed",
    }
    found = stretches(desk.assertions(row | more), land)
    return [
        (axis, low / 1000, high / 1000)
        for axis, low, high in zip(
            found["axis_id"], found["measure_from_m"], found["measure_to_m"], strict=True
        )
    ]


def test_along_one_axis_either_way(desk: Any, land: Atlas) -> None:
    assert laid(desk, land, "Ay", "Bee") == [("one", 0, 30)]
    assert laid(desk, land, "Bee", "Ay") == [("one", 0, 30)]


def test_two_axes_on_one_road_carry_it_both(desk: Any, land: Atlas) -> None:
    # Bee–Cee is 40 km on N1 and 43 on N2: within a tenth, so one road.
    assert laid(desk, land, "Ay", "Cee") == [("one", 0, 70), ("two", 0, 43)]
    # Cee–Dee is 50 and 80 km: two roads; the shorter is meant unless a number says otherwise.
    assert laid(desk, land, "Cee", "Dee") == [("one", 70, 120)]
    assert laid(desk, land, "Cee", "Dee", road="RN2") == [("two", 43, 123)]
    assert laid(desk, land, "Cee", "Dee", road="N8") == [("two", 43, 123)]
    assert laid(desk, land, "Cee", "Dee", road="RN77") == [("one", 70, 120)]


def test_a_road_between_just_these_two_towns_comes_before_a_shorter_one_through_both(
    desk: Any,
) -> None:
    towns = [desk.place(name) for name in ("Ay", "Bee", "Cee", "Dee", "Vee")]
    land = desk.atlas(
        towns,
        desk.axis("long", "RN1", ("ml-ay", 0), ("ml-bee", 10), ("ml-cee", 30), ("ml-dee", 50)),
        desk.axis("branch", "RN1", ("ml-cee", 0), ("ml-vee", 15), ("ml-bee", 40)),
    )
    assert laid(desk, land, "Bee", "Cee") == [("branch", 0, 40)]
    assert laid(desk, land, "Bee", "Cee", road="RN1") == [("branch", 0, 40), ("long", 10, 30)]
    assert laid(desk, land, "Ay", "Cee") == [("long", 0, 30)]
    assert way(land, "Bee", "Cee") == (("branch", 40_000, 0),)


def test_a_part_of_a_shared_road_is_measured_along_the_other_in_proportion(
    desk: Any, land: Atlas
) -> None:
    # 20 km round Bee: on N1 10…50; on N2 0…20, and what N1 has beyond, 20 · 43 / 40 = 21.5.
    assert laid(desk, land, "Bee", "Bee") == [("one", 10, 50), ("two", 0, 21.5)]


def test_a_chain_over_several_axes(desk: Any, land: Atlas) -> None:
    assert laid(desk, land, "Hay", "Eff") == [
        ("one", 0, 70), ("spur", 0, 12), ("three", 0, 5), ("two", 0, 43),
    ]  # fmt: skip
    assert laid(desk, land, "Eff", "Dee") == [("one", 70, 120), ("spur", 0, 12)]


def test_a_town_holds_every_road_into_it_to_their_ends(desk: Any, land: Atlas) -> None:
    assert laid(desk, land, "Cee", "Cee") == [("one", 50, 90), ("spur", 0, 12), ("two", 21.5, 63)]
    assert laid(desk, land, "Ay", "Ay") == [("one", 0, 20), ("three", 0, 5)]


def test_spellings_and_countries(desk: Any, land: Atlas) -> None:
    assert laid(desk, land, "OLD AY", "bee") == [("one", 0, 30)]
    # Hay is only in Burkina Faso; Dee is in both, but only the one in Mali is on a road.
    assert laid(desk, land, "Ay", "Hay") == [("three", 0, 5)]
    assert laid(desk, land, "Cee", "Dee", country="BF") == [("one", 70, 120)]


@pytest.mark.parametrize(
    ("towns", "affected", "reason"),
    [
        (("Nowhere", "Ay"), "", "Nowhere is not in the gazetteer."),
        (("Ay", "Lone"), "trucks", "Lone is on no known road."),
        (("Ay", "Far"), "", "No chain of known roads joins Ay and Far."),
        (("Twin", "Twin"), "", "Several places on known roads are called Twin."),
        (("Ay", "Bee"), "passenger boats", "It concerns passenger boats, not vehicles."),
    ],
)
def test_what_cannot_be_laid_is_said(
    desk: Any, land: Atlas, towns: tuple[str, str], affected: str, reason: str
) -> None:
    row = {"assertion_id": "x", "country": "ML", "axis_from": towns[0], "axis_to": towns[1]}
    row |= {"kind": "closed", "affected": affected}
    laying = lay(desk.assertions(row), land)
    assert laying.stretches.empty
    assert laying.unlaid["assertion_id"].tolist() == ["x"]
    assert str(laying.unlaid["reason"][0]) == reason


def test_the_nearer_homonym_is_meant(desk: Any, land: Atlas) -> None:
    assert laid(desk, land, "Twin", "Further") == [("far", 7, 10)]


def test_boats_and_lorries_together_concern_the_road(desk: Any, land: Atlas) -> None:
    assert laid(desk, land, "Ay", "Bee", affected="passenger boats; trucks") == [("one", 0, 30)]


def test_the_starter_assertions_all_lie_on_roads(starter: tuple[pd.DataFrame, Atlas]) -> None:
    frame, land = starter
    laying = lay(frame, land)
    assert laying.unlaid["assertion_id"].tolist() == ["RC-ML-072"]
    assert laying.stretches["assertion_id"].nunique() == len(frame) - 1
    ends = {a.axis_id: a.end_m for a in land.axes.values()}
    assert (laying.stretches["measure_from_m"] < laying.stretches["measure_to_m"]).all()
    assert (laying.stretches["measure_to_m"] <= laying.stretches["axis_id"].map(ends) + 0.5).all()


@pytest.mark.parametrize(
    ("assertion_id", "expected"),
    [
        ("RC-ML-117", {("ML-RN17", 0, 196)}),
        ("RC-ML-046", {("ML-RN16", 0, 566)}),  # Sévaré–Gao
        ("RC-NE-001", {("ML-RN17", 0, 196), ("NE-RN1W", 0, 242)}),  # Niamey–Gao
        ("RC-BF-002", {("BF-N22", 0, 219)}),  # Ouagadougou–Djibo
        (
            "RC-ML-022",  # Kayes–Bamako on RN1, which others follow at both ends
            {
                ("ML-RN1-3", 0, 603), ("ML-KAY-NIO", 0, 140),
                ("ML-RN24", 0, 14), ("ML-RN4", 0, 160),
            },
        ),
        (
            "RC-ML-095",  # Tombouctou–Gao by Bourem
            {("ML-TOM-GAO", 0, 326), ("ML-RN18", 0, 98), ("ML-GAO-KID-TES", 0, 92)},
        ),
    ],
)  # fmt: skip
def test_known_roads_of_the_starter_data(
    starter: tuple[pd.DataFrame, Atlas], assertion_id: str, expected: set[tuple[str, int, int]]
) -> None:
    frame, land = starter
    found = stretches(frame[frame["assertion_id"] == assertion_id], land)
    assert {
        (axis, round(low / 1000), round(high / 1000))
        for axis, low, high in zip(
            found["axis_id"], found["measure_from_m"], found["measure_to_m"], strict=True
        )
    } == expected
