"""A preview says what a draft would do, and does nothing."""

import datetime as dt
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

from geo.atlas import Atlas
from geo.records import InputError
from geo.roads.evidence import Evidence
from geo.roads.laying import lay
from geo.roads.preview import preview
from geo.snapshot import Snapshot, build
from geo.store import Ledger, LedgerFrames
from geo.store.assertions import record
from geo.store.drafts import Act, Draft

DAY = dt.date.fromisoformat


def today() -> dt.date:
    """Return the day, asked when it is needed: a run may last past midnight."""
    return dt.datetime.now(dt.UTC).date()


@pytest.fixture
def ledger(starter_ledger: Ledger) -> Ledger:
    return starter_ledger


def shot(ledger: Ledger, land: Atlas, on: str, known_on: dt.date | None = None) -> Snapshot:
    frames: LedgerFrames = ledger.frames()
    nowhere = gpd.GeoDataFrame({"geometry": []}, geometry="geometry", crs=4326)
    return build(
        frames, nowhere.reindex(frames.incidents.index), land, DAY(on), known_on or today()
    )


DRAFTS = [
    Draft(Act.ADD, {
        "country": "ML", "axis_from": "Gao", "axis_to": "Labbezanga", "kind": "reopened",
        "affected": "all vehicles", "valid_from": "2025-02-15", "stated_by": "union",
        "published_on": "2025-02-16",
    }),
    Draft(Act.SUPERSEDE, {"valid_to": "2025-02-10"}, "RC-ML-119"),
    Draft(Act.SUPERSEDE, {"axis_to": "Ansongo"}, "RC-ML-119"),
    Draft(Act.CONFIRM, {"stated_by": "OCHA", "valid_from": "2025-02-18",
                        "published_on": "2025-02-18"}, "RC-ML-116"),
    Draft(Act.CONTRADICT, {"kind": "reopened", "stated_by": "army", "valid_from": "2025-02-01",
                           "published_on": "2025-02-18"}, "RC-ML-119"),
    Draft(Act.RETRACT, {"summary": "misread"}, "RC-ML-119"),
]  # fmt: skip


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: f"{draft.act} {draft.about}")
def test_a_preview_is_what_recording_then_gives(
    ledger: Ledger, starter: tuple[pd.DataFrame, Atlas], draft: Draft
) -> None:
    land = starter[1]
    shown = preview(shot(ledger, land, "2025-02-20"), draft)
    version = ledger.version()
    before = Evidence.gather(ledger.frames().assertions, land).status(DAY("2025-02-20"), today())
    assert ledger.version() == version
    record(ledger, draft, "amina")
    after = Evidence.gather(ledger.frames().assertions, land).status(DAY("2025-02-20"), today())

    def whole(status: pd.DataFrame) -> list[Any]:
        rn17 = status[status["axis_id"] == "ML-RN17"]
        return rn17.drop(columns="axis_id").to_numpy().tolist()

    assert whole(shown.before) == whole(before)
    assert [row[:1] + row[2:] for row in whole(shown.after)] == [
        row[:1] + row[2:] for row in whole(after)
    ]
    if draft.act is not Act.CONFIRM:
        assert not shown.changes.empty
    else:
        assert [str(note) for note in shown.notes] == [
            "The status of the day shown stays as it is."
        ]
        assert shown.after["control_confidence"].max() > shown.before["control_confidence"].max()


def test_a_laying_at_hand_gives_the_same(
    ledger: Ledger, starter: tuple[pd.DataFrame, Atlas]
) -> None:
    land = starter[1]
    snapshot = shot(ledger, land, "2025-02-20")
    kept = lay(ledger.frames().assertions, land)
    for draft in DRAFTS:
        one, other = preview(snapshot, draft), preview(snapshot, draft, laying=kept)
        pd.testing.assert_frame_equal(one.after, other.after)
        pd.testing.assert_frame_equal(one.before, other.before)


def test_notes_say_why_nothing_would_change(
    ledger: Ledger, starter: tuple[pd.DataFrame, Atlas]
) -> None:
    land = starter[1]
    base = {"country": "ML", "axis_from": "Gao", "axis_to": "Ansongo", "kind": "closed",
            "stated_by": "residents"}  # fmt: skip

    def notes(known_on: dt.date | None = None, **cells: str) -> list[str]:
        snapshot = shot(ledger, land, "2025-02-20", known_on)
        return [str(n) for n in preview(snapshot, Draft(Act.ADD, base | cells)).notes]

    same = "The status of the day shown stays as it is."
    assert notes() == [
        "Neither it nor its page has a date: it holds on no day and will be listed.", same,
    ]  # fmt: skip
    assert notes(valid_from="2025-02-10") == [
        "Its page has no date: it counts as known from Feb 10, 2025, assumed."
    ]
    assert notes(DAY("2025-02-20"), valid_from="2025-02-10", published_on="2025-03") == [
        "It counts as known from Mar 31, 2025, after the day of knowledge shown.", same,
    ]  # fmt: skip
    assert notes(valid_from="2025-03-10", published_on="2025-03-11") == [
        "It begins on Mar 10, 2025, after the day shown.", same,
    ]  # fmt: skip
    assert notes(axis_to="Nowhere", valid_from="2025-02-10", published_on="2025-02-11") == [
        "It lies on no road of the map and will be listed: Nowhere is not in the gazetteer.", same,
    ]  # fmt: skip


def test_a_faulty_draft_has_no_preview(ledger: Ledger, starter: tuple[pd.DataFrame, Atlas]) -> None:
    with pytest.raises(InputError) as caught:
        preview(shot(ledger, starter[1], "2025-02-20"), Draft(Act.ADD, {"kind": "shut"}))
    assert {"country", "axis_from", "axis_to", "kind", "stated_by"} == {
        fault.column for fault in caught.value.faults
    }
