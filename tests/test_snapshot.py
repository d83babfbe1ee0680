"""What was known on one day about another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from geo.snapshot import Snapshot, build
from geo.store import Ledger, LedgerFrames, Line, LineKind, seed
from tests.examples import examples

DATA = Path(__file__).parents[1] / "data"
KOBE = "ML-2025-02-07-KOBE"
ASA = {"RC-ML-116", "RC-ML-117", "RC-ML-118", "RC-ML-119"}


def placed(frames: LedgerFrames) -> gpd.GeoDataFrame:
    """Return a placement per incident line whose longitude is the line's number."""
    index = frames.incidents.index
    return gpd.GeoDataFrame(
        {"lon": index.astype(float)},
        geometry=[Point(i % 180, 0) for i in index],
        index=index,
        crs="EPSG:4326",
    )


def cut(frames: LedgerFrames, on: date, known_on: date) -> Snapshot:
    return build(frames, placed(frames), None, on, known_on)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def starter() -> Iterator[LedgerFrames]:
    ledger = Ledger.open("sqlite://")
    seed(ledger, DATA)
    yield ledger.frames()
    ledger.close()


def test_the_kobe_ambush_becomes_known_on_the_eighth(starter: LedgerFrames) -> None:
    later = date(2025, 3, 1)
    present = [
        KOBE in cut(starter, later, date(2025, 2, day)).incidents.index for day in (6, 7, 8, 12)
    ]
    assert present == [False, False, True, True]
    assert KOBE not in cut(starter, date(2025, 2, 6), later).incidents.index
    assert KOBE in cut(starter, date(2025, 2, 7), later).incidents.index


def test_an_assertion_counts_from_its_publication(starter: LedgerFrames) -> None:
    day = date(2025, 2, 12)
    assert set(cut(starter, day, day).assertions["assertion_id"]) >= ASA
    assert not ASA & set(cut(starter, day, date(2025, 2, 11)).assertions["assertion_id"])
    before = cut(starter, date(2025, 1, 27), day).assertions["assertion_id"]
    assert set(before) & ASA == ASA - {"RC-ML-119"}  # which begins on 28 January
    assert not ASA & set(
        cut(starter, date(2023, 1, 1), date(2023, 1, 1)).assertions["assertion_id"]
    )


def test_claims_are_those_published_by_then(starter: LedgerFrames) -> None:
    counts = []
    for day in (8, 9, 10, 12):
        claims = cut(starter, date(2025, 3, 1), date(2025, 2, day)).claims
        own = claims[claims["incident_id"] == KOBE]
        counts.append(int((~own["known_assumed"]).sum()))
    # dated claims: 5 on the 8th, 1 on the 9th, 2 on the 10th, 4 on the 12th
    assert counts == [5, 6, 8, 12]


def test_claims_and_links_never_dangle(starter: LedgerFrames) -> None:
    for day in pd.date_range("2017-06-01", "2026-01-01", periods=12):
        shot = cut(starter, day.date(), day.date())
        ids = shot.incidents.index
        assert shot.claims["incident_id"].isin(ids).all()
        assert shot.links[["from_incident_id", "to_incident_id"]].isin(ids).all(axis=None)
        assert shot.placements.index.equals(ids)
        assert (shot.placements["lon"] == shot.incidents["line_id"]).all()


def test_everything_is_there_in_the_end(starter: LedgerFrames) -> None:
    shot = cut(starter, date(2030, 1, 1), date(2030, 1, 1))
    assert [len(f) for f in (shot.incidents, shot.claims, shot.assertions, shot.links)] == [
        295,
        642,
        153,
        31,
    ]
    assert shot.incidents.index.tolist() == shot.incidents["incident_id"].tolist()


def test_the_version_names_ledger_and_both_days(starter: LedgerFrames) -> None:
    days = [date(2025, 2, 7), date(2025, 2, 8)]
    versions = {cut(starter, on, known).version for on in days for known in days}
    assert len(versions) == 4
    assert all(version.startswith(starter.version) for version in versions)


def line(entity: str, known_on: date, start: date, *, retracted: bool = False) -> Line:
    body = {
        "incident_id": entity,
        "date_start": start.isoformat(),
        "date_end": start.isoformat(),
    }
    return Line(LineKind.INCIDENT, entity, known_on, body=body, retracted=retracted)


def test_a_correction_shows_from_its_day() -> None:
    ledger = Ledger.open("sqlite://")
    first = line("A", date(2025, 2, 8), date(2025, 2, 7))
    ledger.append([first], "x")
    ledger.append(
        [replace(first, known_on=date(2025, 2, 12), body={**first.body, "note": "2"})], "x"
    )
    ledger.append([replace(first, known_on=date(2025, 2, 20), retracted=True)], "x")
    frames = ledger.frames()
    ledger.close()
    notes = [
        cut(frames, date(2025, 3, 1), date(2025, 2, day)).incidents["note"].tolist()
        for day in (7, 8, 11, 12, 19, 20)
    ]
    assert notes == [[], [""], [""], ["2"], ["2"], []]


_DAY = st.integers(0, 12).map(lambda n: date(2025, 2, 1) + timedelta(days=n))


@settings(max_examples=examples(30), deadline=None)
@given(
    lines=st.lists(
        st.builds(line, st.sampled_from("ABC"), _DAY, _DAY, retracted=st.booleans()), max_size=9
    ),
    on=_DAY,
    known_on=_DAY,
)
def test_against_the_definition(lines: list[Line], on: date, known_on: date) -> None:
    ledger = Ledger.open("sqlite://")
    ledger.append(lines, "x")
    frames = ledger.frames()
    ledger.close()
    expected = {}
    for number, one in enumerate(lines, start=1):
        if one.known_on <= known_on:
            expected[one.entity_id] = (number, one)
    wanted = {
        entity: number
        for entity, (number, one) in expected.items()
        if not one.retracted and one.body["date_start"] <= on.isoformat()
    }
    found = cut(frames, on, known_on).incidents
    assert dict(zip(found.index, found["line_id"], strict=True)) == wanted
