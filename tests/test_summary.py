"""Tolls worked by hand on the starter data, and key figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.columns import CLAIMS, INCIDENTS, LINKS, typed
from geo.exchange.tables import read_claims
from geo.selection import Selection
from geo.summary import claims_of, key_figures, links_of, tolls
from tests.examples import examples

DATA = Path(__file__).parents[1] / "data"
NO_ROADS = pd.DataFrame(
    {
        "axis_id": pd.Series(dtype="str"),
        "measure_from_m": pd.Series(dtype="float64"),
        "measure_to_m": pd.Series(dtype="float64"),
        "controlled_by": pd.Series(dtype=object),
        "taxed_by": pd.Series(dtype=object),
    }
)


@pytest.fixture(scope="module")
def starter() -> pd.DataFrame:
    return tolls(read_claims(DATA / "claims.csv").frame)


def ranges(row: pd.Series, measure: str) -> tuple[int | None, int | None, bool]:
    low, high = row[f"{measure}_low"], row[f"{measure}_high"]
    none = (None if pd.isna(low) else int(low), None if pd.isna(high) else int(high))
    return (*none, bool(row[f"{measure}_open"]))


@pytest.mark.parametrize(
    ("incident", "killed", "injured", "assailants"),
    [
        # Statements: army 25 (three pages), HRW 34 twice, official 32 (four pages, one also 10),
        # AFP 10, officials 50-56, independent sources up to 50, an NGO more than 50 (open), an
        # NGO 32; the 19 attackers that the army names are not victims.
        ("ML-2025-02-07-KOBE", (10, 56, True), (13, 34, False), (19, 19, False)),
        # CSP 84 + 47 = 131; JNIM 50 + 10; NYT 46 + 24; Russian sources 25 to 82; a group 50;
        # media 20 to 50; one page without a figure; 20 attackers apart.
        ("ML-2024-07-25-TINZAOUATENE", (20, 131, False), (None, None, False), (20, 20, False)),
        # 14 of whom 7 are a part; 14 again.
        ("BF-2020-01-04-DONKOU", (14, 14, False), (19, 19, False), (None, None, False)),
        # 21 in all; the other page splits them into parts only.
        ("NE-2022-03-16-PETELKOLE", (21, 21, False), (7, 7, False), (None, None, False)),
        # 4 + 1 = 5; at least 3; 6.
        ("BF-2021-09-12-SAKOANI", (3, 6, False), (6, 6, False), (None, None, False)),
        # 3 soldiers, 12 civilians, 14 in all, 2 soldiers: partial statements count for the low.
        ("ML-2020-10-13-PAROU", (2, 14, False), (10, 10, False), (9, 9, False)),
        # "more than 10" injured is open.
        ("BF-2022-03-13-TAPARKO", (2, 2, False), (10, 10, True), (None, None, False)),
    ],
)
def test_tolls_worked_by_hand(
    starter: pd.DataFrame, incident: str, killed: Any, injured: Any, assailants: Any
) -> None:
    row = starter.loc[incident]
    assert ranges(row, "killed") == killed
    assert ranges(row, "injured") == injured
    assert ranges(row, "assailants") == assailants


def claims(*rows: tuple[Any, ...]) -> pd.DataFrame:
    names = ("incident_id", "field", "low", "best", "high", "unit_group", "publisher")
    data = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}
    return typed(CLAIMS, data, pd.RangeIndex(len(rows)))


def test_up_to_has_no_low() -> None:
    row = tolls(claims(("A", "killed", None, None, 50, "all", "x"))).loc["A"]
    assert ranges(row, "killed") == (None, 50, False)


def test_all_beats_the_sum_of_groups_within_one_statement() -> None:
    row = tolls(
        claims(
            ("A", "killed", None, 9, None, "all", "x"),
            ("A", "killed", None, 5, None, "civilians", "x"),
            ("A", "killed", None, 6, None, "military", "x"),
            ("A", "killed", None, 2, None, "assailants", "x"),
        )
    ).loc["A"]
    assert ranges(row, "killed") == (9, 9, False)
    assert ranges(row, "assailants") == (2, 2, False)


def test_figures_about_one_group_are_alternatives() -> None:
    row = tolls(
        claims(
            ("A", "killed", None, 5, None, "civilians", "x"),
            ("A", "killed", None, 8, None, "civilians", "x"),
            ("A", "killed", None, 2, None, "military", "x"),
        )
    ).loc["A"]
    assert ranges(row, "killed") == (7, 10, False)


def test_an_incident_without_a_figure_is_there_without_one() -> None:
    row = tolls(claims(("A", "vehicles_hit", None, 5, None, "all", "x"))).loc["A"]
    assert ranges(row, "killed") == (None, None, False)


def test_no_claims() -> None:
    empty = tolls(claims())
    assert empty.empty
    assert empty["killed_low"].dtype == "Int64"
    assert empty["killed_open"].dtype == "bool"


_FIGURE = st.integers(0, 60)
_ROW = st.tuples(
    st.sampled_from("AB"),
    st.sampled_from(["killed", "injured"]),
    st.sampled_from(["low", "best", "high", "range"]),
    _FIGURE,
    st.sampled_from(["all", "civilians", "military", "part_of_total", "assailants"]),
    st.sampled_from("xyz"),
)
_SPELLED = {
    "low": lambda n: (n, None, None),
    "best": lambda n: (None, n, None),
    "high": lambda n: (None, None, n),
    "range": lambda n: (n, n + 1, n + 5),
}


@settings(max_examples=examples(30), deadline=None)
@given(rows=st.lists(_ROW, min_size=1, max_size=12))
def test_a_range_contains_every_total_and_more_claims_only_widen_it(rows: list[Any]) -> None:
    spelled = [(i, f, *_SPELLED[how](n), g, p) for i, f, how, n, g, p in rows]
    whole = tolls(claims(*spelled))
    for _, row in whole.iterrows():
        low, high, _ = ranges(row, "killed")
        assert low is None or (high is not None and low <= high)
    without = {p for *_, p in spelled} - {"x"}
    fewer = tolls(claims(*[row for row in spelled if row[-1] in without])) if without else None
    if fewer is not None:
        for incident, row in fewer.iterrows():
            low, high, is_open = ranges(row, "killed")
            wide = ranges(whole.loc[incident], "killed")
            assert low is None or (wide[0] is not None and wide[0] <= low)
            assert high is None or (wide[1] is not None and wide[1] >= high)
            assert wide[2] or not is_open


@pytest.fixture
def snapshot() -> Any:
    data = {
        "incident_id": ["A", "B", "C", "D"],
        "date_start": ["2025-01-10", "2025-02-07", "2025-02-08", "2025-02-09"],
        "date_end": ["2025-01-10", "2025-02-07", "2025-02-08", "2025-02-09"],
        "ied": [True, True, False, False],
    }
    incidents = typed(INCIDENTS, data, pd.Index(data["incident_id"]))
    said = claims(
        ("A", "killed", None, 3, None, "all", "x"),
        ("B", "injured", None, 4, None, "all", "x"),
        ("B", "killed", 10, None, None, "all", "x"),
        ("B", "killed", None, None, 50, "all", "y"),
        ("C", "killed", None, 1, None, "all", "x"),
    ).assign(known_on=pd.to_datetime(["2025-02-10"] * 3 + ["2025-02-08", "2025-02-09"]))
    ends = {"from_incident_id": ["A", "B"], "to_incident_id": ["B", "C"], "kind": ["x", "y"]}
    links = typed(LINKS, ends, pd.RangeIndex(2))
    return SimpleNamespace(incidents=incidents, claims=said, links=links)


def test_key_figures(snapshot: Any) -> None:
    day = date(2025, 2, 28)
    chosen = Selection(day, day, start=date(2025, 2, 1), end=date(2025, 2, 22))
    figures = key_figures(snapshot, chosen, road_status=NO_ROADS)
    now, before = figures.now, figures.before
    assert (now.incidents, now.killed_low, now.killed_high, now.killed_open) == (3, 11, 51, True)
    assert now.killed_unstated == 1
    assert now.ied_share == pytest.approx(1 / 3)
    # 22 days before 1 February begin on 10 January, the day of the first record.
    assert before is not None
    assert (before.start, before.end) == (date(2025, 1, 10), date(2025, 1, 31))
    assert (before.incidents, before.killed_low, before.killed_high) == (1, 3, 3)
    assert before.ied_share == 1.0
    assert figures.stretches.count == 0


def test_no_comparison_with_a_time_before_the_records(snapshot: Any) -> None:
    day = date(2025, 2, 28)
    chosen = Selection(day, day, start=date(2025, 2, 1), end=date(2025, 2, 23))
    assert key_figures(snapshot, chosen, road_status=NO_ROADS).before is None


def test_an_empty_period_has_no_share(snapshot: Any) -> None:
    day = date(2025, 2, 28)
    chosen = Selection(day, day, start=date(2025, 2, 20), end=date(2025, 2, 23))
    now = key_figures(snapshot, chosen, road_status=NO_ROADS).now
    assert (now.incidents, now.killed_low, now.ied_share) == (0, 0, None)


def test_claims_and_links_of_one_incident(snapshot: Any) -> None:
    own = claims_of(snapshot, "B")
    assert own["field"].tolist() == ["killed", "killed", "injured"]
    assert own["high"].tolist()[0] == 50  # the oldest first
    links = links_of(snapshot, "B")
    assert links[["other_id", "earlier", "kind"]].to_numpy().tolist() == [
        ["A", True, "x"],
        ["C", False, "y"],
    ]
    assert links_of(snapshot, "D").empty
