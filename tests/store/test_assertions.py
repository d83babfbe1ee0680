"""Assertions are added, superseded, confirmed, contradicted and withdrawn; nothing is lost."""

import datetime as dt

import pytest

from geo.records import InputError
from geo.store import Ledger
from geo.store.assertions import Act, Draft, everything, history, next_id, prepare, record
from geo.store.lines import standing

NEW = {
    "country": "ML", "axis_from": "Gao", "axis_to": "Labbezanga", "kind": "reopened",
    "actor": "Malian army", "affected": "all vehicles", "valid_from": "2025-03-01",
    "stated_by": "residents", "publisher": "RFI", "published_on": "2025-03-03",
    "url": "https://example.org/1", "summary": "Buses run again.",
}  # fmt: skip


def today() -> dt.date:
    """Return the day, asked when it is needed: a run may last past midnight."""
    return dt.datetime.now(dt.UTC).date()


@pytest.fixture
def ledger(starter_ledger: Ledger) -> Ledger:
    return starter_ledger


def test_an_added_assertion_gets_the_next_number_and_its_day(ledger: Ledger) -> None:
    line_id = record(ledger, Draft(Act.ADD, NEW), "amina")
    frame = ledger.frames().assertions
    line = frame.loc[line_id]
    assert line["assertion_id"] == "RC-ML-120"
    assert line["known_on"].date() == dt.date(2025, 3, 3)
    assert not line["known_assumed"]
    assert line["date_precision"] == "day"
    assert next_id(frame, "ML") == "RC-ML-121"
    assert next_id(frame, "TD") == "RC-TD-001"


def test_all_faults_at_once_and_nothing_recorded(ledger: Ledger) -> None:
    before = ledger.version()
    bad = {
        "assertion_id": "RC-ML-116", "country": "Mali", "axis_from": "Gao", "kind": "clsoed",
        "valid_from": "2025-03-09", "valid_to": "2025-03-01", "published_on": "2999",
        "url": "javascript:alert(1)", "reliability": "G", "colour": "red", "summary": "x\x00",
        "relation": "confirms",
    }  # fmt: skip
    with pytest.raises(InputError) as caught:
        record(ledger, Draft(Act.ADD, bad), " ")
    assert sorted(str(fault.column) for fault in caught.value.faults) == [
        "assertion_id", "axis_to", "colour", "country", "kind", "published_on", "recorded_by",
        "relates_to", "reliability", "stated_by", "summary", "url", "valid_to",
    ]  # fmt: skip
    said = str(caught.value)
    assert "Did you mean closed?" in said
    assert "RC-ML-116 is taken" in said
    assert ledger.version() == before


def test_a_correction_keeps_what_it_does_not_change(ledger: Ledger) -> None:
    line_id = record(ledger, Draft(Act.SUPERSEDE, {"valid_to": "2025-02-20"}, "RC-ML-119"), "amina")
    frame = ledger.frames().assertions
    now = standing(frame).set_index("assertion_id").loc["RC-ML-119"]
    assert now["valid_to"].date() == dt.date(2025, 2, 20)
    assert (now["kind"], now["valid_from"].date()) == ("service_suspended", dt.date(2025, 1, 28))
    lines = history(ledger, "RC-ML-119")
    assert lines["event"].tolist() == ["added", "superseded"]
    assert lines["recorded_by"].tolist() == ["piste starter data", "amina"]
    assert lines.index[-1] == line_id
    assert lines["supersedes"].tolist()[1] == lines.index[0]
    assert str(lines["valid_to"].iloc[0]) == "NaT"


def test_emptying_a_start_takes_its_precision_along(ledger: Ledger) -> None:
    draft = Draft(Act.SUPERSEDE, {"valid_from": ""}, "RC-ML-119")
    line = prepare(draft, ledger.frames().assertions, today()).line
    assert not {"valid_from", "date_precision"} & set(line.body)


def test_a_confirmation_is_a_source_of_its_own(ledger: Ledger) -> None:
    cells = {"valid_from": "2025-06-01", "stated_by": "residents", "published_on": "2025-06-02"}
    record(ledger, Draft(Act.CONFIRM, cells, "RC-ML-116"), "amina")
    new = ledger.frames().assertions.iloc[-1]
    assert (new["assertion_id"], new["relation"], new["relates_to"]) == (
        "RC-ML-120", "confirms", "RC-ML-116",
    )  # fmt: skip
    assert (new["axis_from"], new["axis_to"], new["kind"], new["actor"]) == (
        "Gao", "Labbezanga", "controlled", "IS-Sahel",
    )  # fmt: skip
    assert new["amount_text"] == ""
    assert history(ledger, "RC-ML-116")["event"].tolist() == ["added", "confirms"]
    assert history(ledger, "RC-ML-120")["event"].tolist() == ["added"]


def test_a_contradiction_says_its_own_kind(ledger: Ledger) -> None:
    with pytest.raises(InputError) as caught:
        record(ledger, Draft(Act.CONTRADICT, {"stated_by": "army"}, "RC-ML-119"), "amina")
    assert [fault.column for fault in caught.value.faults] == ["kind"]
    cells = {"kind": "reopened", "stated_by": "army", "valid_from": "2025-02-12"}
    record(ledger, Draft(Act.CONTRADICT, cells, "RC-ML-119"), "amina")
    new = ledger.frames().assertions.iloc[-1]
    assert (new["relation"], new["road"], new["actor"]) == ("contradicts", "RN17", "")


def test_a_withdrawal_needs_a_reason_and_leaves_the_past(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="why it is withdrawn"):
        record(ledger, Draft(Act.RETRACT, {}, "RC-ML-119"), "amina")
    record(ledger, Draft(Act.RETRACT, {"summary": "misread"}, "RC-ML-119"), "amina")
    frame = ledger.frames().assertions
    assert "RC-ML-119" not in set(standing(frame)["assertion_id"])
    lines = history(ledger, "RC-ML-119")
    assert lines["event"].tolist() == ["added", "retracted"]
    assert lines["summary"].iloc[-1] == "misread"
    first = frame[frame["assertion_id"] == "RC-ML-119"].iloc[0]
    assert first["hidden_on"].date() == lines["known_on"].iloc[-1].date() == today()
    with pytest.raises(InputError, match="withdrawn"):
        record(ledger, Draft(Act.CONFIRM, {"stated_by": "x"}, "RC-ML-119"), "amina")


def test_everything_holds_the_withdrawn_and_what_is_yet_to_begin(ledger: Ledger) -> None:
    record(ledger, Draft(Act.ADD, NEW | {"valid_from": str(today() + dt.timedelta(days=9)),
                                         "published_on": str(today())}), "amina")  # fmt: skip
    record(ledger, Draft(Act.RETRACT, {"summary": "A mistake."}, about="RC-ML-116"), "amina")
    whole = everything(ledger.frames().assertions).set_index("assertion_id")
    assert whole.index.is_unique
    assert whole.index[whole["withdrawn"]].tolist() == ["RC-ML-116"]
    assert whole.loc["RC-ML-116", "actor"] == "IS-Sahel"
    assert "RC-ML-120" in whole.index


def test_what_it_is_about_must_be_there(ledger: Ledger) -> None:
    for act in (Act.SUPERSEDE, Act.CONFIRM, Act.CONTRADICT, Act.RETRACT):
        for about in ("", "RC-XX-999"):
            with pytest.raises(InputError) as caught:
                record(ledger, Draft(act, {}, about), "amina")
            assert "about" in {fault.column for fault in caught.value.faults}
    assert history(ledger, "RC-XX-999").empty
