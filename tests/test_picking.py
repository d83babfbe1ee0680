"""What a pick means, also when a stranger's address made it up."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.picking import Pick, PickKind, resolve
from tests.examples import examples
from tests.starter import KOBE, starter


def found(pick: str) -> Pick | None:
    shot = starter()
    return resolve(pick, shot, shot.incidents.index)


def test_an_incident_is_found_even_beyond_the_filters() -> None:
    pick = resolve(f"incident:{KOBE}", starter(), pd.Index([]))
    assert pick is not None
    assert pick.kind is PickKind.INCIDENT
    assert list(pick.incident_ids) == [KOBE]


def test_an_incident_that_was_not_known_yet_is_not_found() -> None:
    assert found("incident:ML-2025-07-01-KAYES") is None


def test_a_road_takes_the_incidents_on_its_stretch_whichever_end_comes_first() -> None:
    there, back = found("road:ML-RN17:33000:34000"), found("road:ML-RN17:34000:33000")
    assert there is not None
    assert back is not None
    assert (there.axis_id, there.from_m, there.to_m) == ("ML-RN17", 33_000, 34_000)
    assert KOBE in there.incident_ids
    assert list(there.incident_ids) == list(back.incident_ids)
    dates = starter().incidents.loc[there.incident_ids, "date_start"]
    assert dates.is_monotonic_decreasing


def test_a_stretch_that_reaches_beyond_the_road_ends_with_it() -> None:
    pick = found("road:ML-RN17:-5000:9000000")
    assert pick is not None
    assert (pick.from_m, pick.to_m) == (0, starter().atlas.axes["ML-RN17"].length_m)


def test_a_box_takes_the_marks_inside_it() -> None:
    pick = found("box:0.1,16.0,0.2,16.1")
    assert pick is not None
    assert KOBE in pick.incident_ids
    at = starter().placements.loc[pick.incident_ids]
    assert at["lon"].between(0.1, 0.2).all()
    assert at["lat"].between(16.0, 16.1).all()


@pytest.mark.parametrize(
    "text",
    [
        "", ":", "incident", "incident:", "incident:<script>", "incident:nan", "road:ML-RN17",
        "road:ML-RN17:0", "road:ML-RN17:0:1:2", "road:ML-RN17:nan:5", "road:ML-RN17:900000:990000",
        "road:ML-RN17:-9:-1", "road:ML-RN17:0:inf",
        "road:NO:0:5", "road:", "region:", "region:__class__", "box:", "box:1,2,3", "box:a,b,c,d",
        "box:nan,nan,nan,nan", "box:1e999,0,1,1", "dragon:1", "INCIDENT:" + KOBE, "box:1,2,3,4,5",
    ],
)  # fmt: skip
def test_nonsense_is_nothing(text: str) -> None:
    assert found(text) is None


PREFIXES = ("incident:", "road:", "road:ML-RN17:", "region:", "box:", "")


@given(st.sampled_from(PREFIXES), st.text(max_size=60))
@settings(max_examples=examples(150))
def test_no_text_raises(prefix: str, text: str) -> None:
    pick = found(prefix + text)
    assert pick is None or isinstance(pick, Pick)
