"""The file of axes: what is read, and every fault at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from geo import atlas as atlases
from geo.atlas import DATA_DIR
from geo.gazetteer.index import load_places
from geo.records import InputError
from geo.roads.axes import load_axes
from geo.roads.stretches import Roads

HEADER = "axis_id,ref,name,seq,place_id,km,km_method\n"
GAZETTEER = load_places(DATA_DIR / "places.csv")


def written(folder: Path, rows: str) -> Path:
    path = folder / "axes.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


def test_the_starter_axes_are_read_whole() -> None:
    axes = load_axes(DATA_DIR / "axes.csv", GAZETTEER)
    assert len(axes) == 82
    assert sum(len(axis.place_ids) for axis in axes.values()) == 483
    assert all(np.all(np.diff(axis.measures_m) > 0) for axis in axes.values())
    rn17 = axes["ML-RN17"]
    assert (rn17.start_m, rn17.end_m, rn17.ref) == (0, 195_900, "RN17")
    assert rn17.country_set == {"ML"}
    assert axes["BFNE-DORI-TERA-NIA"].country_set == {"BF", "NE"}
    assert axes["BFNE-DORI-TERA-NIA"].refs == ("N23", "RN4")
    assert axes["ML-KOR-MON"].estimated


def test_places_that_share_a_kilometre_follow_each_other_by_a_metre(tmp_path: Path) -> None:
    rows = (
        "T,,t,1,ml-gao-gao,0.0,measured\nT,,t,2,ml-gao-kobe,7.6,measured\n"
        "T,,t,3,ml-gao-bara,7.6,measured\nT,,t,4,ml-gao-ansongo,7.7,estimated\n"
    )
    axis = load_axes(written(tmp_path, rows), GAZETTEER)["T"]
    assert axis.measures_m.tolist() == [0, 7600, 7601, 7700]
    assert axis.measured_legs.tolist() == [True, True, False]


def test_all_faults_of_a_file_are_told_with_their_lines(tmp_path: Path) -> None:
    rows = (
        "T,,t,1,ml-gao-gao,0.0,measured\n"
        "T,,t,2,ml-nowhere,ten,measured\n"
        "T,,t,9,ml-gao-ansongo,5,guessed\n"
        "U,,u,1,ml-gao-gao,3,measured\n"
        "U,,u,2,ml-gao-kobe,1,measured\n"
        "V,,v,1,ml-gao-gao,0,measured\n"
    )
    with pytest.raises(InputError) as caught:
        load_axes(written(tmp_path, rows), GAZETTEER)
    found = {(fault.row, fault.column) for fault in caught.value.faults}
    assert found == {
        (3, "place_id"), (3, "km"), (4, "seq"), (4, "km_method"), (6, "km"), (7, "place_id"),
    }  # fmt: skip


def test_a_file_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "axes.csv"
    path.write_text("axis_id,km\nT,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="The column km_method is missing") as caught:
        load_axes(path, GAZETTEER)
    assert {fault.column for fault in caught.value.faults} == {"seq", "place_id", "km_method"}


def test_roads_between_two_places_come_shortest_first() -> None:
    roads = Roads(atlases.load().axes)
    place = GAZETTEER.places
    found = roads.between(place["ml-mopti-bandiagara"], place["ml-mopti-bankass"])
    assert [stretch.axis.axis_id for stretch in found] == ["ML-RN15", "ML-RN15-PAROU"]
    assert found[0].length_m < found[1].length_m == pytest.approx(66_200)


def test_two_roads_join_where_they_share_a_place() -> None:
    roads = Roads(atlases.load().axes)
    place = GAZETTEER.places
    way = roads.joined(place["bf-est-fada-ngourma"], place["bf-est-boungou"])
    assert way is not None
    assert [part.axis.axis_id for part in way] == ["BFNE-OUA-NIA", "BF-RR28"]
    assert way[1].length_m == pytest.approx(65_600)


def test_a_road_number_is_the_same_with_and_without_its_r() -> None:
    roads = Roads(atlases.load().axes)
    assert roads.numbered(["RN3"]) == roads.numbered(["N3"])
    assert [axis.axis_id for axis in roads.numbered(["N3"])] == ["BF-OUA-DORI"]
    assert roads.numbered(["RR3"]) == []


def test_a_place_that_comes_twice_on_an_axis_is_told(tmp_path: Path) -> None:
    rows = (
        "T,,t,1,ml-gao-gao,0,measured\nT,,t,2,ml-gao-kobe,5,measured\n"
        "T,,t,3,ml-gao-gao,9,measured\n"
    )
    with pytest.raises(InputError) as caught:
        load_axes(written(tmp_path, rows), GAZETTEER)
    assert [fault.row for fault in caught.value.faults] == [4]
