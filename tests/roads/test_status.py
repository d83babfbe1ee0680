"""Road status: the worked examples of the rule, the starter data and what must not matter."""

import csv
import dataclasses
import datetime as dt
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.atlas import Atlas
from geo.records import AssertionKind
from geo.roads.evidence import Evidence
from geo.roads.laying import lay
from geo.roads.status import STATUS_COLUMNS, Passage, live_stretches, rows_under, status
from tests.examples import examples

RULE = Path(__file__).resolve().parents[2] / "docs" / "road-status.md"
DAY = dt.date.fromisoformat


def tables(part: str) -> list[list[dict[str, str]]]:
    """Return the CSV tables of a part of the rule; every row must have its header's cells."""
    found = []
    for block in re.findall(r"```csv\n(.*?)```", part, flags=re.DOTALL):
        rows = list(csv.DictReader(block.splitlines()))
        assert all(None not in row and None not in row.values() for row in rows)
        found.append(rows)
    return found


def worked_examples() -> list[Any]:
    """Return the question lines of the examples in the rule, each with its assertions."""
    text = RULE.read_text(encoding="utf-8").split("## From the starter data")[0]
    return [
        pytest.param(told, line, id=f"{part[:9]} {line['on']} {line['known_on']}")
        for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]
        for told, asked in [tables(part)]
        for line in asked
    ]


def starter_examples() -> list[Any]:
    """Return the question lines about the starter data."""
    text = RULE.read_text(encoding="utf-8").split("## From the starter data")[1]
    (asked,) = tables(text)
    return [pytest.param(line, id=f"{line['axis']} {line['km']} {line['on']}") for line in asked]


#: What a column of an example asks of the row of a segment.
ANSWERS: dict[str, Any] = {
    "control": lambda row: "; ".join(row.controlled_by),
    "tax": lambda row: "; ".join(row.taxed_by),
    "passage": lambda row: row.passage,
    "agreed": lambda row: "yes" if row.under_agreement else "no",
    "contested": lambda row: "yes" if row.contested else "no",
    "assumed": lambda row: "yes" if row.assumed else "no",
    "stale": lambda row: "yes" if row.stale else "no",
    "confidence": lambda row: f"{row.passage_confidence:.2f}",
    "affected": lambda row: "; ".join(row.affected),
    "reopened_for": lambda row: "; ".join(row.reopened_for),
    "last": lambda row: row.last_evidence,
    "last_control": lambda row: row.last_control,
    "stand": lambda row: " ".join(row.assertion_ids),
}
ASKED = {"on", "known_on", "axis", "km", "because"}


def answers(row: Any, line: dict[str, str]) -> dict[str, str]:
    assert set(line) - ASKED <= set(ANSWERS)
    return {name: ANSWERS[name](row) for name in line if name not in ASKED}


@pytest.fixture(scope="module")
def road(desk: Any) -> Atlas:
    """Return one road, A–B–C, 100 km long."""
    places = [desk.place(name) for name in "ABC"]
    return desk.atlas(places, desk.axis("ab", "N1", ("ml-a", 0), ("ml-b", 60), ("ml-c", 100)))


def told(**row: str) -> dict[str, Any]:
    standard = {
        "country": "ML", "axis_from": "A", "axis_to": "C", "actor": "JNIM",
        "affected": "all vehicles", "date_precision": "day",
    }  # fmt: skip
    return standard | {name: value or None for name, value in row.items()}


def test_the_rule_has_its_examples() -> None:
    assert len(worked_examples()) >= 25
    assert len(starter_examples()) >= 20


def test_the_rules_are_numbered_in_order() -> None:
    numbers = re.findall(r"^\*\*S(\d+)\*\*", RULE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))
    cited = re.findall(r"\bS(\d+)\b", RULE.read_text(encoding="utf-8"))
    assert set(map(int, cited)) - {19} <= set(map(int, numbers))


@pytest.mark.parametrize(("rows", "line"), worked_examples())
def test_worked_examples_of_the_rule(
    desk: Any, road: Atlas, rows: list[dict[str, str]], line: dict[str, str]
) -> None:
    frame = desk.assertions(
        *(told(assertion_id=row["id"], summary=row["note"], **row) for row in rows)
    )
    found = status(desk.snapshot(frame, road, DAY(line["on"]), DAY(line["known_on"])))
    (row,) = found.itertuples()
    assert answers(row, line) == {name: line[name] for name in line if name not in ASKED}


@pytest.mark.parametrize("line", starter_examples())
def test_examples_from_the_starter_data(
    desk: Any, starter: tuple[pd.DataFrame, Atlas], line: dict[str, str]
) -> None:
    frame, land = starter
    found = status(desk.snapshot(frame, land, DAY(line["on"]), DAY("2026-01-15")))
    at_m = float(line["km"]) * 1000
    here = found[
        (found["axis_id"] == line["axis"])
        & (found["measure_from_m"] <= at_m)
        & (found["measure_to_m"] > at_m)
    ]
    (row,) = here.itertuples()
    assert answers(row, line) == {name: line[name] for name in line if name not in ASKED}


def test_gao_labbezanga_on_the_day_of_the_report(
    desk: Any, starter: tuple[pd.DataFrame, Atlas]
) -> None:
    frame, land = starter
    day = DAY("2025-02-12")
    found = status(desk.snapshot(frame, land, day))
    rn17 = found[found["axis_id"] == "ML-RN17"]
    assert rn17["measure_from_m"].iloc[0] == 0
    assert rn17["measure_to_m"].iloc[-1] == 195_900
    for segment in rn17.itertuples():
        assert segment.controlled_by == ("IS-Sahel",)
        assert segment.taxed_by == ("IS-Sahel",)
        assert segment.passage == Passage.SUSPENDED
        assert segment.passage_since == DAY("2025-01-28")
        assert segment.affected == ("all vehicles",)
        assert set(segment.assertion_ids) >= {"RC-ML-116", "RC-ML-117", "RC-ML-119"}
        assert "RC-ML-118" not in segment.assertion_ids
        assert segment.last_stated == day

    before = status(desk.snapshot(frame, land, DAY("2025-01-20"), day))
    before = before[before["axis_id"] == "ML-RN17"]
    assert before["assertion_ids"].tolist() == [("RC-ML-116", "RC-ML-117", "RC-ML-118")]
    assert before["passage"].tolist() == [Passage.UNKNOWN]


def test_gao_labbezanga_two_years_before(desk: Any, starter: tuple[pd.DataFrame, Atlas]) -> None:
    frame, land = starter
    found = status(desk.snapshot(frame, land, DAY("2023-01-01")))
    rn17 = found[found["axis_id"] == "ML-RN17"]
    assert rn17["passage"].tolist() == [Passage.UNKNOWN]
    assert rn17["controlled_by"].tolist() == rn17["taxed_by"].tolist() == [()]
    assert live_stretches(found).count == 0


def test_the_boni_blockade_is_lifted_and_the_lifting_denied(
    desk: Any, starter: tuple[pd.DataFrame, Atlas]
) -> None:
    frame, land = starter
    found = status(desk.snapshot(frame, land, DAY("2025-04-10")))
    boni_m = land.axes["ML-RN16"].measure_at("ml-mopti-boni")
    at = found[(found["axis_id"] == "ML-RN16") & (found["measure_from_m"] == boni_m)].iloc[0]
    assert at["passage"] == Passage.CLOSED
    assert at["contested"]
    assert {"RC-ML-084", "RC-ML-085"} <= set(at["assertion_ids"])
    assert "RC-ML-086" not in at["assertion_ids"]


def test_every_road_is_covered_from_end_to_end(
    desk: Any, starter: tuple[pd.DataFrame, Atlas]
) -> None:
    frame, land = starter
    found = status(desk.snapshot(frame, land, DAY("2025-10-15")))
    assert tuple(found.columns) == STATUS_COLUMNS
    assert set(found["axis_id"]) == set(land.axes)
    for axis_id, segments in found.groupby("axis_id"):
        assert segments["measure_from_m"].iloc[0] == land.axes[axis_id].start_m
        assert segments["measure_to_m"].iloc[-1] == land.axes[axis_id].end_m
        assert (segments["measure_from_m"].to_numpy()[1:] == segments["measure_to_m"][:-1]).all()
        states = list(zip(*(segments[name] for name in STATUS_COLUMNS[3:]), strict=True))
        assert all(one != other for one, other in pairwise(states))


def test_nothing_live_is_unknown_and_never_open(
    desk: Any, starter: tuple[pd.DataFrame, Atlas]
) -> None:
    frame, land = starter
    for year in (2016, 2019, 2022, 2025, 2040):
        found = status(desk.snapshot(frame, land, DAY(f"{year}-06-01"), DAY("2040-01-01")))
        silent = found["assertion_ids"].map(len) == 0
        assert (found["passage"][silent] == Passage.UNKNOWN).all()
    assert silent.all()


def test_a_laying_of_all_lines_serves_every_day(
    desk: Any, starter: tuple[pd.DataFrame, Atlas]
) -> None:
    frame, land = starter
    laying = lay(frame, land)
    for on in ("2022-08-01", "2023-10-05", "2025-10-15"):
        shot = desk.snapshot(frame, land, DAY(on))
        pd.testing.assert_frame_equal(status(shot, laying), status(shot))


def test_live_stretches_counts_unbroken_ones(desk: Any, road: Atlas) -> None:
    frame = desk.assertions(
        told(assertion_id="K", kind="controlled", axis_to="B", valid_from="2024-01-01"),
        told(assertion_id="T", kind="taxed", axis_from="A", axis_to="A", valid_from="2024-01-01"),
        told(assertion_id="X", kind="closed", axis_from="B", axis_to="C", valid_from="2024-01-01"),
        told(assertion_id="U", kind="taxed", axis_from="C", axis_to="C", valid_from="2024-01-01"),
    )
    found = status(desk.snapshot(frame, road, DAY("2024-02-01")))
    # 0–60 controlled (0–20 also taxed), 60–80 closed only, 80–100 taxed.
    assert found["measure_to_m"].tolist() == [20_000, 60_000, 80_000, 100_000]
    assert live_stretches(found).count == 2
    assert live_stretches(found).km == pytest.approx(80)


days = st.dates(DAY("2024-01-01"), DAY("2024-12-31"))
kinds = st.sampled_from([kind.value for kind in AssertionKind])
lines = st.fixed_dictionaries(
    {
        "kind": kinds,
        "ends": st.sampled_from([("A", "B"), ("B", "C"), ("A", "C"), ("B", "B"), ("C", "C")]),
        "actor": st.sampled_from(["JNIM", "JNIM (Katiba Serma)", "IS-Sahel", "army; union"]),
        "affected": st.sampled_from(["all vehicles", "buses", "trucks; buses", ""]),
        "valid_from": st.one_of(st.just(""), days.map(str)),
        "lasts": st.one_of(st.none(), st.integers(0, 90)),
        "stated": st.one_of(st.just(""), days.map(str)),
        "summary": st.sampled_from(["", "CONTRADICTS it"]),
    }
)


def rows_of(drawn: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(drawn):
        begins, lasts = line["valid_from"], line["lasts"]
        ends = str(DAY(begins) + dt.timedelta(lasts)) if begins and lasts is not None else ""
        stated = max(line["stated"], begins) if line["stated"] else ""
        rows.append(
            told(
                assertion_id=f"R{number:02}", kind=line["kind"], actor=line["actor"],
                axis_from=line["ends"][0], axis_to=line["ends"][1], affected=line["affected"],
                valid_from=begins, valid_to=ends, stated=stated, summary=line["summary"],
            )
        )  # fmt: skip
    return rows


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(lines, min_size=1, max_size=8), days, st.randoms())
def test_the_order_of_the_lines_does_not_matter(
    desk: Any, road: Atlas, drawn: list[dict[str, Any]], on: dt.date, random: Any
) -> None:
    rows = rows_of(drawn)
    shuffled = random.sample(rows, len(rows))
    known = DAY("2025-12-31")
    pd.testing.assert_frame_equal(
        status(desk.snapshot(desk.assertions(*rows), road, on, known)),
        status(desk.snapshot(desk.assertions(*shuffled), road, on, known)),
    )


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(lines, min_size=1, max_size=8), days, days)
def test_what_becomes_known_later_changes_nothing_before(
    desk: Any, road: Atlas, drawn: list[dict[str, Any]], on: dt.date, known_on: dt.date
) -> None:
    frame = desk.assertions(*rows_of(drawn))
    early = frame[frame["known_on"] <= pd.Timestamp(known_on)]
    # The laying is kept for all lines of the ledger: those not yet known must not shine through.
    pd.testing.assert_frame_equal(
        status(desk.snapshot(frame, road, on, known_on), lay(frame, road)),
        status(desk.snapshot(early, road, on, known_on), lay(early, road)),
    )


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(lines, min_size=1, max_size=6), days, st.floats(0.05, 0.95))
def test_cutting_a_stretch_leaves_both_halves_alike(
    desk: Any, road: Atlas, drawn: list[dict[str, Any]], on: dt.date, share: float
) -> None:
    frame = desk.assertions(*rows_of(drawn))
    whole = lay(frame, road)
    low, high = whole.stretches["measure_from_m"], whole.stretches["measure_to_m"]
    middle = low + share * (high - low)
    halves = pd.concat(
        [whole.stretches.assign(measure_to_m=middle), whole.stretches.assign(measure_from_m=middle)]
    )
    shot = desk.snapshot(frame, road, on, DAY("2025-12-31"))
    cut = type(whole)(halves, whole.unlaid)
    pd.testing.assert_frame_equal(status(shot, cut), status(shot, whole))


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(lines, min_size=1, max_size=8), days)
def test_open_needs_a_live_reopening_and_no_live_closure(
    desk: Any, road: Atlas, drawn: list[dict[str, Any]], on: dt.date
) -> None:
    rows = rows_of(drawn)
    kind_of = {row["assertion_id"]: row["kind"] for row in rows}
    found = status(desk.snapshot(desk.assertions(*rows), road, on, DAY("2025-12-31")))
    for passage, ids in zip(found["passage"], found["assertion_ids"], strict=True):
        stand = {kind_of[assertion_id] for assertion_id in ids}
        if passage == Passage.OPEN_REPORTED:
            assert "reopened" in stand
            assert stand <= {"reopened", "controlled", "taxed", "agreement"}
        if stand & {"blockade", "closed"}:
            assert passage == Passage.CLOSED


def test_a_correction_of_the_towns_does_not_move_what_was_known_before(
    desk: Any, road: Atlas
) -> None:
    closed = told(assertion_id="C", kind="closed", valid_from="2024-01-01", stated="2024-01-02")
    frame = desk.assertions(closed | {"axis_to": "B"}, closed | {"axis_from": "B"})
    laying = lay(frame, road)
    for line, expected in ((0, ["closed", "unknown"]), (1, ["unknown", "closed"])):
        shot = desk.snapshot(frame.loc[[line]], road, DAY("2024-02-01"))
        assert status(shot, laying)["passage"].tolist() == expected


def test_a_dateless_assertion_holds_on_no_day_and_says_so(desk: Any, road: Atlas) -> None:
    frame = desk.assertions(told(assertion_id="C", kind="closed"))
    for day in ("2025-01-10", "2025-02-01", "2040-01-01"):
        (row,) = status(desk.snapshot(frame, road, DAY(day))).itertuples()
        assert (row.passage, row.stale, row.last_evidence) == (Passage.UNKNOWN, False, "")


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(lines, min_size=1, max_size=8), days)
def test_counting_a_road_from_its_other_end_mirrors_the_measures(
    desk: Any, road: Atlas, drawn: list[dict[str, Any]], on: dt.date
) -> None:
    frame = desk.assertions(*rows_of(drawn))
    (axis,) = road.axes.values()
    backwards = dataclasses.replace(road, axes={axis.axis_id: axis.reversed()})
    known = DAY("2025-12-31")
    forth = status(desk.snapshot(frame, road, on, known))
    back = status(desk.snapshot(frame, backwards, on, known)).iloc[::-1].reset_index(drop=True)
    mirrored = back.assign(
        measure_from_m=axis.end_m - back["measure_to_m"],
        measure_to_m=axis.end_m - back["measure_from_m"],
    )
    pd.testing.assert_frame_equal(forth, mirrored)


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(lines, min_size=1, max_size=8), days, days)
def test_confidence_is_a_share_and_never_grows_by_waiting(
    desk: Any, road: Atlas, drawn: list[dict[str, Any]], one: dt.date, other: dt.date
) -> None:
    evidence = Evidence.gather(desk.assertions(*rows_of(drawn)), road)
    early, late = sorted((one, other))
    before, after = (evidence.status(day, DAY("2025-12-31")) for day in (early, late))
    for frame in (before, after):
        for subject in ("control", "tax", "passage", "agreement"):
            assert frame[f"{subject}_confidence"].between(0, 1).all()
        unknown = frame["passage"] == Passage.UNKNOWN
        assert (frame["passage_confidence"] > 0).ne(unknown).all()
        assert not (frame["under_agreement"] & frame["passage"].isin(["closed", "suspended"])).any()
        assert (frame["stale"] <= (frame["last_evidence"] != "")).all()
    whole = dict(zip(after["assertion_ids"], after.itertuples(), strict=True))
    for row in before.itertuples():
        if row.assertion_ids and row.assertion_ids in whole:
            then = whole[row.assertion_ids]
            assert then.tax_confidence <= row.tax_confidence
            assert then.agreement_confidence <= row.agreement_confidence


def test_one_road_is_the_same_alone_and_among_all(starter: tuple[pd.DataFrame, Atlas]) -> None:
    frame, land = starter
    evidence = Evidence.gather(frame, land)
    day = DAY("2025-10-15")
    everything = evidence.status(day, day)
    for axis_ids in (["ML-RN17"], ["ML-RN16", "ML-RN1-3"], []):
        expected = pd.concat([everything[everything["axis_id"] == a] for a in axis_ids] or [
            everything.iloc[:0]])  # fmt: skip
        found = evidence.status(day, day, axis_ids)
        pd.testing.assert_frame_equal(found, expected.reset_index(drop=True), check_dtype=False)
    with pytest.raises(KeyError):
        evidence.status(day, day, ["nowhere"])


def test_rows_under_edges(desk: Any, road: Atlas) -> None:
    frame = desk.assertions(
        told(assertion_id="K", kind="controlled", axis_to="B", valid_from="2024-01-01"),
    )
    found = status(desk.snapshot(frame, road, DAY("2024-02-01")))
    assert found["measure_to_m"].tolist() == [60_000, 100_000]
    first, last = rows_under(
        found, np.array(["ab"] * 4, dtype=object),
        np.array([0.0, 50_000, 60_000, 10_000]), np.array([60_000.0, 70_000, 100_000, 20_000]),
    )  # fmt: skip
    assert first.tolist() == [0, 0, 1, 0]
    assert last.tolist() == [0, 1, 1, 0]
    same = rows_under(
        found, pd.Categorical(["ab"] * 2, ["ab"]), np.array([0.0, 50_000]), np.array([6e4, 7e4])
    )
    assert [part.tolist() for part in same] == [[0, 0], [0, 1]]
    with pytest.raises(KeyError, match="nowhere"):
        rows_under(found, np.array(["nowhere"], dtype=object), np.zeros(1), np.ones(1))


def test_amounts_are_kept_as_stated_side_by_side(desk: Any, road: Atlas) -> None:
    frame = desk.assertions(
        told(assertion_id="T1", kind="taxed", valid_from="2024-01-01", amount_text="10,000 CFA"),
        told(assertion_id="T2", kind="taxed", valid_from="2024-01-01", amount_text="2,000; more"),
        told(assertion_id="T3", kind="taxed", valid_from="2024-01-01"),
    )
    (row,) = status(desk.snapshot(frame, road, DAY("2024-02-01"))).itertuples()
    assert row.tax_amounts == ("10,000 CFA", "2,000; more")


def test_no_assertions_at_all(desk: Any, road: Atlas) -> None:
    found = status(desk.snapshot(desk.assertions(), road, DAY("2025-02-01")))
    assert found["passage"].tolist() == [Passage.UNKNOWN]
    assert live_stretches(found).km == 0
