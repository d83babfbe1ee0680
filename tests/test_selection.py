"""The frame's filters."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.columns import INCIDENTS, typed
from geo.records import Category, GeoPrecision
from geo.selection import Selection, families, previous_period, select

ROWS = [
    # id, start, end, country, admin1, category, ied, perpetrator, precision
    ("A", "2025-02-07", "2025-02-07", "ML", "Gao", "ambush", True, "IS-Sahel", "1"),
    ("B", "2025-01-01", "2025-01-31", "ML", "Mopti", "ied", True, "JNIM (Katiba Macina)", "2"),
    ("C", "2025-02-20", "2025-02-20", "BF", "Sahel", "ied", True, "", "2"),
    ("D", "2025-02-10", "2025-03-10", "NE", "Tillabéri", "mine", False, "CSP-DPA; JNIM", "3"),
]
NAMES = (
    "incident_id", "date_start", "date_end", "country", "admin1", "category", "ied",
    "perpetrator", "geo_precision",
)  # fmt: skip


@pytest.fixture
def snapshot() -> Any:
    data = dict(zip(NAMES, zip(*ROWS, strict=True), strict=True))
    return SimpleNamespace(incidents=typed(INCIDENTS, data, pd.Index([row[0] for row in ROWS])))


def wanted(**filters: Any) -> Selection:
    days = {"start": date(2025, 1, 1), "end": date(2025, 3, 31)} | filters
    return Selection(on=date(2025, 3, 31), known_on=date(2025, 3, 31), **days)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({}, "ABCD"),
        ({"categories": frozenset({Category.IED})}, "BC"),
        ({"categories": frozenset({Category.IED, Category.MINE})}, "BCD"),
        ({"ied_only": True}, "ABC"),
        ({"perpetrators": frozenset({"JNIM"})}, "BD"),
        ({"perpetrators": frozenset({"CSP-DPA"})}, "D"),
        ({"perpetrators": frozenset({""})}, "C"),
        ({"perpetrators": frozenset({"", "IS-Sahel"})}, "AC"),
        ({"perpetrators": frozenset({"nobody"})}, ""),
        ({"countries": frozenset({"ML", "NE"})}, "ABD"),
        ({"regions": frozenset({"ML:Gao"})}, "A"),
        ({"regions": frozenset({"BF:Gao"})}, ""),
        ({"precisions": frozenset({GeoPrecision.PLACE, GeoPrecision.REGION})}, "AD"),
        ({"ied_only": True, "countries": frozenset({"ML"}), "start": date(2025, 2, 1)}, "A"),
        ({"start": date(2025, 1, 31), "end": date(2025, 1, 31)}, "B"),
        ({"start": date(2025, 2, 1), "end": date(2025, 2, 6)}, ""),
        ({"start": date(2025, 3, 10), "end": date(2025, 3, 31)}, "D"),
        ({"start": date(2025, 3, 11), "end": date(2025, 3, 31)}, ""),
    ],
)
def test_filters(snapshot: Any, filters: dict[str, Any], ids: str) -> None:
    assert select(snapshot, wanted(**filters)).tolist() == list(ids)


def test_another_period_keeps_the_filters(snapshot: Any) -> None:
    chosen = wanted(countries=frozenset({"ML"}), start=date(2025, 2, 1))
    found = select(snapshot, chosen, start=date(2025, 1, 1), end=date(2025, 1, 31))
    assert found.tolist() == ["B"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("JNIM", ("JNIM",)),
        ("JNIM (Katiba Serma)", ("JNIM",)),
        ("CSP-DPA; JNIM", ("CSP-DPA", "JNIM")),
        ("JNIM (Katiba Macina); JNIM (Katiba Serma)", ("JNIM",)),
        ("Malian army; Wagner", ("Malian army", "Wagner")),
        ("", ("",)),
        (" ; ", ("",)),
    ],
)
def test_families(cell: str, names: tuple[str, ...]) -> None:
    assert families(cell) == names


def test_the_previous_period_is_as_long_and_ends_the_day_before() -> None:
    chosen = wanted(start=date(2025, 2, 1), end=date(2025, 2, 28))
    assert previous_period(chosen) == (date(2025, 1, 4), date(2025, 1, 31))


_DAYS = st.dates(date(2024, 12, 1), date(2025, 4, 30))


@given(start=_DAYS, length=st.integers(0, 60), cut=st.integers(0, 60))
def test_two_periods_find_what_the_whole_finds(start: date, length: int, cut: int) -> None:
    data = dict(zip(NAMES, zip(*ROWS, strict=True), strict=True))
    frame = typed(INCIDENTS, data, pd.Index([row[0] for row in ROWS]))
    shot: Any = SimpleNamespace(incidents=frame)
    end, middle = start + timedelta(days=length), start + timedelta(days=min(cut, length))
    whole = set(select(shot, wanted(start=start, end=end)))
    parts = set(select(shot, wanted(start=start, end=middle)))
    if middle < end:
        parts |= set(select(shot, wanted(start=middle + timedelta(days=1), end=end)))
    assert parts == whole
