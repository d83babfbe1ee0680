"""Two reports of one ambush end as one incident; nothing enters unreviewed, nothing by halves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from geo import snapshot, summary
from geo.atlas import Atlas
from geo.gazetteer.placed import Placed
from geo.matching.ranking import Verdict
from geo.records import InputError
from geo.review.accepting import Decision, accept, plan
from geo.review.candidates import Candidates
from geo.review.filling import Part, differences, gaps
from geo.review.library import Library
from geo.review.records import DraftItem, DraftKind, State
from geo.review.sight import matches, sight
from geo.review.weighing import Fate
from geo.snapshot import Snapshot
from geo.store import LineKind
from geo.store.correcting import cells_of
from geo.store.withdrawing import withdraw
from tests.reports.stories import ANALYSIS, WIRE
from tests.review.conftest import Intake

AMBUSH = "ML-2025-02-07-GAO"


def known(library: Library, atlas: Atlas, on: date) -> Snapshot:
    frames = library.ledger.frames()
    placed = snapshot.place_ledger(frames, atlas)
    return snapshot.build(frames, placed, atlas, date(2025, 12, 31), on)


def killed(shot: Snapshot) -> set[tuple[str, object, object, object]]:
    claims = shot.claims[shot.claims["field"] == "killed"]
    plain = claims.astype(object).where(claims.notna(), None)
    return {(r.stated_by, r.low, r.best, r.high) for r in plain.itertuples()}


def edited(item: DraftItem, **cells: str) -> DraftItem:
    return replace(item, cells={**item.cells, **cells})


@pytest.fixture
def wire_accepted(library: Library, take_in: Intake) -> None:
    wire = take_in(WIRE, "Wire", "2025-02-08", reliability="B", credibility="3")
    accept(library, wire, [Decision("i1")], "amina")


@pytest.mark.usefixtures("wire_accepted")
def test_two_reports_of_one_ambush_are_one_incident(
    library: Library, take_in: Intake, atlas: Atlas
) -> None:
    desk = take_in(ANALYSIS, "Desk", "2025-02-12", reliability="C", credibility="2")
    draft = desk.standings[0].item
    ledger = Candidates(library.ledger.frames(), Placed(atlas))
    best = matches([sight(draft, desk, atlas)], ledger)[0][0]
    assert (best.incident_id, best.verdict) == (AMBUSH, Verdict.SAME)
    items = [Decision("l1"), Decision("i1", into=AMBUSH), Decision("i2"), Decision("r1")]
    done = accept(library, desk, items, "amina")
    assert done.entities["i1"] == AMBUSH
    assert done.entities["l1"] == f"{done.entities['i2']}>{AMBUSH}>retaliation"

    early, late = (known(library, atlas, date(2025, 2, day)) for day in (8, 12))
    assert list(early.incidents.index) == [AMBUSH]
    assert killed(early) == {
        ("local_official", 10, 10, None), ("local_official", None, 32, None),
        ("ngo", None, 32, None), ("army", None, 25, None),
    }  # fmt: skip
    toll = summary.tolls(early.claims).loc[AMBUSH]
    assert (toll["killed_low"], toll["killed_high"]) == (10, 32)
    assert killed(late) - killed(early) >= {
        ("independent_sources", None, None, 50), ("media", 50, None, None)
    }  # fmt: skip
    toll = summary.tolls(late.claims).loc[AMBUSH]
    assert (toll["killed_low"], toll["killed_high"], toll["killed_open"]) == (10, 50, True)
    assert set(late.claims["publisher"]) == {"Wire", "Desk"}
    army = late.claims[late.claims["stated_by"] == "army"].iloc[0]
    assert (army["reliability"], army["credibility"], army["report_id"]) == ("C", "2", "2")
    assert "25 civilians" in army["quote"]
    assert late.links["kind"].tolist() == ["retaliation"]
    assert late.assertions["assertion_id"].tolist() == ["RC-ML-001"]


@pytest.mark.usefixtures("wire_accepted")
def test_merging_changes_no_line_and_says_nothing_twice(library: Library, take_in: Intake) -> None:
    before = library.ledger.frames()
    again = take_in(WIRE + "\nAn edited copy.\n", "Wire", "2025-02-09")
    done = accept(library, again, [Decision("i1", into=AMBUSH)], "amina")
    # The same claims of the same publisher, later: known already.
    assert done.line_ids == ()
    assert [one.fate for one in done.weighed["i1"]] == [Fate.HELD] * 3
    kept = library.dossier(again.report_id).standing("i1").claims
    held = set(before.claims["entity_id"])
    assert [fate for fate, _claim in kept] == ["held"] * 3
    assert {claim for _fate, claim in kept} == held
    assert library.ledger.version() == before.version
    first = "Gunmen ambushed a convoy between Gao and Ansongo on Friday. At least 10 were killed."
    late = take_in(first + " More follows.", "Agency", "2025-02-09")
    accept(library, late, [Decision("i1", into=AMBUSH)], "amina")
    other = take_in(first, "Agency", "2025-02-07")
    seen = plan(library.ledger.frames(), other, [Decision("i1", into=AMBUSH)])
    assert [one.fate for one in seen.weighed["i1"]] == [Fate.EARLIER]
    assert (seen.faults, seen.entities) == ((), {"i1": AMBUSH})
    accept(library, other, [Decision("i1", into=AMBUSH)], "amina")
    after = library.ledger.frames()
    # The claim turns out to be older: said again as the same claim, not beside it.
    agency = after.claims[after.claims["publisher"] == "Agency"]
    assert agency["known_on"].dt.day.tolist() == [9, 7]
    assert len(set(agency["entity_id"])) == 1
    assert set(after.claims.loc[before.claims.index, "entity_id"]) == set(
        before.claims["entity_id"]
    )
    # The incident is said again, word for word, with the earlier day.
    lines = after.incidents[after.incidents["entity_id"] == AMBUSH]
    assert lines["known_on"].dt.date.tolist() == [date(2025, 2, 8), date(2025, 2, 7)]
    assert lines["summary"].nunique() == lines["place"].nunique() == 1


def test_all_faults_at_once_and_nothing_recorded(library: Library, take_in: Intake) -> None:
    desk = take_in(ANALYSIS, "", "2025-02-12", url="javascript:alert(1)")
    first = desk.standings[0].item
    claim = replace(first.claims[0], cells={**first.claims[0].cells, "best": "many"})
    bad = edited(first, date_start="2025-03-01", date_end="2025-02-01", category="party")
    library.revise(desk, replace(bad, claims=(claim, *first.claims[1:])), "amina")
    desk = library.dossier(desk.report_id)
    version = library.ledger.version()
    with pytest.raises(InputError) as caught:
        accept(library, desk, [Decision("i1"), Decision("l1"), Decision("i9")], " ")
    told = {(fault.file, fault.column) for fault in caught.value.faults}
    assert told >= {
        (None, "recorded_by"), (None, "publisher"), (None, "url"), ("i9", None),
        ("i1", "date_start"), ("i1", "date_end"), ("i1", "category"), ("i1", "best"),
        ("l1", "from_incident_id"), ("l1", "to_incident_id"),
    }  # fmt: skip
    assert library.ledger.version() == version
    assert len(library.dossier(desk.report_id).waiting) == len(desk.standings)


def test_two_analysts_cannot_decide_twice(library: Library, take_in: Intake) -> None:
    seen_by_both = take_in(WIRE, "Wire", "2025-02-08")
    accept(library, seen_by_both, [Decision("i1")], "amina")
    version = library.ledger.version()
    with pytest.raises(InputError, match="Somebody else"):
        accept(library, seen_by_both, [Decision("i1")], "boubacar")
    assert library.ledger.version() == version


def test_two_events_of_one_day_and_place_get_two_ids(library: Library, take_in: Intake) -> None:
    wire = take_in(WIRE, "Wire", "2025-02-08")
    key = library.split(wire, wire.standings[0].item, "amina")
    wire = library.dossier(wire.report_id)
    assert [one.item.key for one in wire.standings[:2]] == ["i1", key]
    done = accept(library, wire, [Decision("i1"), Decision(key)], "amina")
    assert list(done.entities.values()) == [AMBUSH, f"{AMBUSH}-2"]
    frames = library.ledger.frames()
    assert frames.incidents["report_id"].tolist() == ["1", "1"]
    assert set(library.ledger.history(LineKind.INCIDENT, [AMBUSH])["recorded_by"]) == {"amina"}


def test_what_is_rejected_says_why_and_can_wait_again(library: Library, take_in: Intake) -> None:
    wire = take_in(WIRE, "Wire", "2025-02-08")
    with pytest.raises(InputError):
        library.reject(wire, "i2", "  ", "amina")
    library.reject(wire, "i2", "told without a source", "amina")
    one = library.dossier(wire.report_id).standing("i2")
    assert (one.state, one.reason, one.by) == (State.REJECTED, "told without a source", "amina")
    library.reopen(library.dossier(wire.report_id), "i2", "amina")
    assert library.dossier(wire.report_id).standing("i2").state is State.WAITING


@pytest.mark.usefixtures("wire_accepted")
def test_what_a_report_tells_besides_is_taken_over_from_its_day(
    library: Library, take_in: Intake, atlas: Atlas
) -> None:
    desk = take_in(ANALYSIS, "Desk", "2025-02-12")
    item = desk.standings[0].item
    held = cells_of(library.ledger.frames().incidents, AMBUSH)
    found = {one.part: one for one in differences(held, item)}
    assert found[Part.DEVICE].gap
    assert found[Part.DEVICE].told == {"ied": "true"}
    assert not found[Part.WHERE].gap
    assert Part.DEVICE in gaps(tuple(found.values()))
    assert Part.WHEN not in found
    accept(library, desk, [Decision("i1", AMBUSH, (Part.DEVICE, Part.WHERE))], "amina")
    early, late = (known(library, atlas, date(2025, 2, day)) for day in (11, 12))
    assert early.incidents.loc[AMBUSH, "ied"] is pd.NA
    assert late.incidents.loc[AMBUSH, "ied"]
    assert late.incidents.loc[AMBUSH, "place"] == item.cells["place"]
    assert late.incidents.loc[AMBUSH, "summary"] == early.incidents.loc[AMBUSH, "summary"]


def test_a_link_to_what_was_withdrawn_waits(library: Library, take_in: Intake) -> None:
    desk = take_in(ANALYSIS, "Desk", "2025-02-12")
    done = accept(library, desk, [Decision("i1"), Decision("i2")], "amina")
    withdraw(library.ledger, done.entities["i2"], "a mistake", "amina")
    desk = library.dossier(desk.report_id)
    with pytest.raises(InputError, match="Labbezanga” is not in the ledger"):
        accept(library, desk, [Decision("l1")], "amina")


@pytest.mark.parametrize(
    ("held", "told", "found"),
    [
        # Nothing, the same in another spelling, and less, are no difference.
        ({"place": "Kobé"}, {"place": "Kobe"}, {}),
        ({"place": "Kobé"}, {"route_from": "Gao", "route_to": "Ansongo", "admin1": "Gao"}, {}),
        ({"perpetrator": "JNIM"},
         {"perpetrator": "JNIM", "perpetrator_attribution": "claimed"}, {}),
        ({"route_from": "Gao", "route_to": "Ansongo"},
         {"route_from": "Ansongo", "route_to": "Gao"}, {}),
        ({"ied": "true"}, {"ied": ""}, {}),
        # Sharper, other, or new.
        ({"route_from": "Gao", "route_to": "Ansongo"}, {"place": "Kobé"}, {Part.WHERE: False}),
        ({"admin1": ""}, {"admin1": "Gao"}, {Part.WHERE: True}),
        ({"ied": "false"}, {"ied": "true"}, {Part.DEVICE: False}),
        ({"perpetrator": ""}, {"perpetrator": "JNIM"}, {Part.BY: True}),
        ({"category": "ambush"}, {"category": "ied"}, {Part.CATEGORY: False}),
    ],
)  # fmt: skip
def test_what_counts_as_told_besides(
    held: dict[str, str], told: dict[str, str], found: dict[Part, bool]
) -> None:
    item = DraftItem("i1", DraftKind.INCIDENT, told)
    assert {one.part: one.gap for one in differences(held, item)} == found
