"""The way between two towns, and the status along it."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from geo.atlas import Atlas
from geo.records import InputError
from geo.roads.along import along
from geo.roads.evidence import Evidence
from geo.roads.laying import way

DAY = dt.date(2024, 2, 1)


@pytest.fixture(scope="module")
def land(desk: Any) -> Atlas:
    """Return three roads: one Ay ─30─ Bee ─40─ Cee, two Dee ─20─ Cee ─15─ Eff, far Gee ─5─ Hay."""
    places = [desk.place(name) for name in ("Ay", "Bee", "Cee", "Dee", "Eff", "Gee", "Hay", "Off")]
    return desk.atlas(
        places,
        desk.axis("one", "N1", ("ml-ay", 0), ("ml-bee", 30), ("ml-cee", 70)),
        desk.axis("two", "N2", ("ml-dee", 0), ("ml-cee", 20), ("ml-eff", 35)),
        desk.axis("far", "", ("ml-gee", 0), ("ml-hay", 5)),
    )


def test_on_one_road_and_over_several(land: Atlas) -> None:
    assert way(land, "Ay", "cee") == (("one", 0, 70_000),)
    assert way(land, "CEE", "Old Ay") == (("one", 70_000, 0),)
    assert way(land, "Bee", "Dee") == (("one", 30_000, 70_000), ("two", 20_000, 0))
    assert way(land, "Eff", "Ay") == (("two", 35_000, 20_000), ("one", 70_000, 0))


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("Ay", "Hay", ["No chain of known roads joins Ay and Hay."]),
        ("Off", "Nowhere", ["Off is on no known road.", "Nowhere is not in the gazetteer."]),
        ("Ay", "Old Ay", ["Ay and Old Ay are one place; name two."]),
    ],
)
def test_all_that_is_wrong_is_said(land: Atlas, start: str, end: str, said: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        way(land, start, end)
    assert [str(fault.message) for fault in caught.value.faults] == said


def test_status_along_a_way_back_and_forth(desk: Any, land: Atlas) -> None:
    row = {"country": "ML", "kind": "closed", "valid_from": "2024-01-01", "actor": "JNIM"}
    evidence = Evidence.gather(
        desk.assertions(
            row | {"assertion_id": "C", "axis_from": "Bee", "axis_to": "Cee"},
            row | {"assertion_id": "D", "axis_from": "Dee", "axis_to": "Dee"},
        ),
        land,
    )
    forth = along(evidence, way(land, "Ay", "Dee"), DAY, DAY)
    columns = ["leg", "axis_id", "enter_m", "leave_m", "km_from", "km_to", "passage"]
    assert forth[columns].to_numpy().tolist() == [
        [0, "one", 0, 30_000, 0, 30, "unknown"],
        [0, "one", 30_000, 70_000, 30, 70, "closed"],
        # Within 20 km of Dee.
        [1, "two", 20_000, 0, 70, 90, "closed"],
    ]
    back = along(evidence, way(land, "Dee", "Ay"), DAY, DAY)
    assert back[columns[1:]].to_numpy().tolist() == [
        ["two", 0, 20_000, 0, 20, "closed"],
        ["one", 70_000, 30_000, 20, 60, "closed"],
        ["one", 30_000, 0, 60, 90, "unknown"],
    ]
    part = along(evidence, (("one", 20_000, 40_000),), DAY, DAY)
    assert part[["measure_from_m", "measure_to_m"]].to_numpy().tolist() == [
        [20_000, 30_000], [30_000, 40_000],
    ]  # fmt: skip


def test_any_two_towns_of_the_starter_data(starter: tuple[pd.DataFrame, Atlas]) -> None:
    land = starter[1]
    legs = way(land, "Bamako", "Labbezanga")
    assert legs[-1][0] == "ML-RN17"
    places = [
        {p for p, m in zip(land.axes[a].place_ids, land.axes[a].measures_m, strict=True)
         if m in {start, end}}
        for a, start, end in legs
    ]  # fmt: skip
    assert all(one & other for one, other in pairwise(places))
