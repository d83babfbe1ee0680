"""What was recorded by mistake is withdrawn with its reason; what was known before stays known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from geo.atlas import Atlas
from geo.records import InputError
from geo.review.accepting import Decision, accept
from geo.review.library import Library
from geo.review.records import Dossier, State
from geo.review.undoing import take_back
from geo.snapshot import build, place_ledger
from tests.reports.stories import ANALYSIS, WIRE
from tests.review.conftest import Intake

AMBUSH = "ML-2025-02-07-GAO"


def again(library: Library, dossier: Dossier) -> Dossier:
    found = library.dossier(dossier.report_id)
    assert found is not None
    return found


def test_a_decision_is_taken_back_and_the_draft_waits_again(
    library: Library, take_in: Intake, atlas: Atlas
) -> None:
    wire, desk = take_in(WIRE, "Wire", "2025-02-08"), take_in(ANALYSIS, "Desk", "2025-02-12")
    accept(library, wire, [Decision("i1")], "amina")
    items = [Decision("i1", AMBUSH), Decision("i2"), Decision("l1"), Decision("r1")]
    done = accept(library, desk, items, "amina")
    wire, desk = again(library, wire), again(library, desk)
    before = library.ledger.frames()

    with pytest.raises(InputError) as caught:
        take_back(library, desk, "i1", " ", "")
    assert {fault.column for fault in caught.value.faults} == {"reason", "recorded_by"}
    with pytest.raises(InputError, match="was not recorded"):
        take_back(library, wire, "i2", "no", "amina")
    assert library.ledger.version() == before.version

    # A merge taken back withdraws the claims that it added, and no others.
    added = int((before.claims["publisher"] == "Desk").sum())
    lines = take_back(library, desk, "i1", "another ambush", "boubacar")
    desk = again(library, desk)
    one = desk.standing("i1")
    assert one is not None
    assert (one.state, one.reason, one.by) == (State.WAITING, "another ambush", "boubacar")
    frames = library.ledger.frames()
    gone = frames.claims.loc[list(lines)]
    own = before.claims[before.claims["incident_id"] == AMBUSH]
    assert len(lines) == (own["publisher"] == "Desk").sum() < added
    assert gone["retracted"].all()
    assert set(gone["publisher"]) == {"Desk"}
    day = datetime.now(UTC).date()
    placed = place_ledger(frames, atlas)
    now = build(frames, placed, atlas, day, day)
    then = build(frames, placed, atlas, day, day - timedelta(days=1))
    told = now.claims[now.claims["incident_id"] == AMBUSH]
    assert set(told["publisher"]) == {"Wire"}
    assert set(then.claims.loc[then.claims["incident_id"] == AMBUSH, "publisher"]) == {
        "Wire", "Desk",
    }  # fmt: skip

    # It may be merged again: the claims come back beside those withdrawn.
    accept(library, desk, [Decision("i1", AMBUSH)], "amina")
    frames = library.ledger.frames()
    now = build(frames, place_ledger(frames, atlas), atlas, day, day)
    assert "Desk" in set(now.claims.loc[now.claims["incident_id"] == AMBUSH, "publisher"])

    # A link, a statement about a road and a new incident are withdrawn as they are.
    for key in ("l1", "r1", "i2"):
        desk = again(library, desk)
        take_back(library, desk, key, "a mistake", "amina")
    frames = library.ledger.frames()
    now = build(frames, place_ledger(frames, atlas), atlas, day, day)
    assert list(now.incidents.index) == [AMBUSH]
    assert now.links.empty
    assert now.assertions.empty
    last = frames.incidents[frames.incidents["entity_id"] == done.entities["i2"]].iloc[-1]
    assert last["note"].endswith("by amina: a mistake")
    desk = again(library, desk)
    assert {one.item.key for one in desk.waiting} >= {"l1", "r1", "i2"}
    assert accept(library, desk, [Decision("i2")], "amina").entities["i2"] != done.entities["i2"]
