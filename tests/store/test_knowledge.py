"""The rule for knowledge time, on worked examples and on the tables of docs/ledger.md."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.columns import ASSERTIONS, CLAIMS, INCIDENTS, typed
from geo.store.knowledge import (
    Known,
    assertions_known,
    claims_known,
    incidents_known,
    last_day,
    links_known,
    published,
)

DOC = Path(__file__).parents[2] / "docs" / "ledger.md"
RECORDED = date(2026, 11, 20)


def incidents(*rows: tuple[str, str, str]) -> pd.DataFrame:
    ids, starts, ends = zip(*rows, strict=True)
    data = {"incident_id": ids, "date_start": starts, "date_end": ends}
    return typed(INCIDENTS, data, pd.RangeIndex(len(rows)))


def claims(*rows: tuple[str, str]) -> pd.DataFrame:
    ids, published = zip(*rows, strict=True)
    data = {"incident_id": ids, "published_on": published}
    return typed(CLAIMS, data, pd.RangeIndex(len(rows)))


def assertions(*rows: tuple[str | None, str, str]) -> pd.DataFrame:
    begins, precision, published = zip(*rows, strict=True)
    data = {"valid_from": begins, "date_precision": precision, "published_on": published}
    return typed(ASSERTIONS, data, pd.RangeIndex(len(rows)))


def days(known: Known) -> list[tuple[str, bool]]:
    return [
        (f"{on:%Y-%m-%d}", bool(assumed))
        for on, assumed in zip(known.on, known.assumed, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-02-12", "2025-02-12"),
        ("2023-12", "2023-12-31"),
        ("2024-02", "2024-02-29"),
        ("2023-02", "2023-02-28"),
        ("2023", "2023-12-31"),
    ],
)
def test_a_partial_date_means_its_last_day(text: str, day: str) -> None:
    assert last_day(pd.Series([text], dtype="str")).dt.strftime("%Y-%m-%d").tolist() == [day]


def test_no_date_has_no_last_day() -> None:
    assert last_day(pd.Series(["", "2023"], dtype="str")).isna().tolist() == [True, False]


def test_claims_of_the_kobe_ambush() -> None:
    event = incidents(("KOBE", "2025-02-07", "2025-02-07"))
    said = claims(("KOBE", "2025-02-08"), ("KOBE", ""), ("KOBE", "2025-02"), ("KOBE", "2025-02-01"))
    assert days(claims_known(said, event, RECORDED)) == [
        ("2025-02-08", False),
        ("2025-02-07", True),
        ("2025-02-28", False),
        ("2025-02-07", False),  # nothing is known before it began
    ]


def test_what_a_page_dates_apart_from_itself_is_known_from_that_day() -> None:
    event = incidents(("KOBE", "2025-02-07", "2025-02-07"))
    said = claims(("KOBE", "2025-02-12")).assign(stated_on="2025-02-08")
    assert days(claims_known(said, event, RECORDED)) == [("2025-02-08", False)]


def test_a_provisional_figure_is_known_no_later_than_what_replaced_it() -> None:
    event = incidents(("KOBE", "2025-02-07", "2025-02-07"))
    said = claims(*[("KOBE", "2025-02-12")] * 4).assign(
        field=["killed", "killed", "injured", "killed"],
        stage=["provisional", "", "provisional", ""],
        stated_on=["", "2025-02-09", "", "2025-02-08"],
    )
    known = [on for on, assumed in days(claims_known(said, event, RECORDED)) if not assumed]
    assert known == ["2025-02-08", "2025-02-09", "2025-02-12", "2025-02-08"]
    # Another page's figure replaces nothing, and a day that is told stands.
    apart = said.assign(publisher=["A", "B", "B", "B"])
    assert days(claims_known(apart, event, RECORDED))[0] == ("2025-02-12", False)
    told = said.assign(stated_on=["2025-02-10", "2025-02-09", "", "2025-02-08"])
    assert days(claims_known(told, event, RECORDED))[0] == ("2025-02-10", False)


def test_an_undated_claim_is_not_known_before_its_incident() -> None:
    event = incidents(("KOBE", "2025-02-07", "2025-02-07"))
    said = claims(("KOBE", ""), ("KOBE", "2025-02-10"), ("KOBE", "2025-02"))
    held = pd.Series([pd.Timestamp("2025-02-08")], ["KOBE"], dtype="datetime64[us]")
    for elsewhere, first in ((None, "2025-02-10"), (held, "2025-02-08")):
        known = days(claims_known(said, event, RECORDED, elsewhere))
        assert known == [(first, True), ("2025-02-10", False), ("2025-02-28", False)]
    # The first to tell may do so before the days in question have passed.
    event = incidents(("KOBE", "2025-02-01", "2025-02-28"))
    known = days(claims_known(claims(("KOBE", ""), ("KOBE", "2025-02-10")), event, RECORDED))
    assert known == [("2025-02-28", True), ("2025-02-10", False)]


def test_an_incident_is_known_from_its_first_stated_claim() -> None:
    events = incidents(
        ("STATED", "2025-02-07", "2025-02-07"),
        ("UNDATED", "2023-03-01", "2023-03-31"),
        ("SILENT", "2023-04-01", "2023-04-02"),
    )
    said = claims(
        ("STATED", "2025-02-12"), ("UNDATED", ""), ("STATED", "2025-02-08"), ("STATED", "")
    )
    known = claims_known(said, events, RECORDED)
    assert days(incidents_known(events, said["incident_id"], known, RECORDED)) == [
        ("2025-02-08", False),
        ("2023-03-31", True),
        ("2023-04-02", True),
    ]


@pytest.mark.parametrize(
    ("begins", "precision", "published", "day", "assumed"),
    [
        ("2024-10-01", "season", "2025-02-12", "2025-02-12", False),
        ("2023-08-08", "day", "", "2023-08-08", True),
        ("2023-08-08", "", "", "2023-08-08", True),
        ("2023-08-08", "week", "", "2023-08-14", True),
        ("2023-08-01", "month", "", "2023-08-31", True),
        ("2024-10-01", "season", "", "2024-12-31", True),
        ("2022-01-01", "year", "", "2022-12-31", True),
        ("2025-03-01", "day", "2025-02-20", "2025-03-01", False),
        (None, "", "2023", "2023-12-31", False),
        (None, "", "", "2026-11-20", True),
        ("2026-11-15", "month", "", "2026-11-20", True),  # it is recorded, so it is known
        ("2026-11-01", "day", "2026", "2026-11-20", False),
    ],
)
def test_assertions(
    begins: str | None, precision: str, published: str, day: str, assumed: bool
) -> None:
    assert days(assertions_known(assertions((begins, precision, published)), RECORDED)) == [
        (day, assumed)
    ]


def test_a_link_is_known_from_the_later_of_its_incidents() -> None:
    known = Known(
        pd.Series(pd.to_datetime(["2025-02-12", "2025-02-08", "2023-01-05"])).astype(
            "datetime64[us]"
        ),
        pd.Series([False, False, True]),
    )
    links = pd.DataFrame(
        {
            "from_incident_id": ["A", "C", "C", "C"],
            "to_incident_id": ["B", "B", "B", "B"],
            "url": ["", "elsewhere", "late", "early"],
        }
    )
    # A link is not known before what else was read at its address was published.
    read_on = published([
        pd.DataFrame({"url": ["late", "late", "early"],
                      "published_on": ["2025-02", "2025-02-12", "2025-01"]}),
        pd.DataFrame({"url": ["late", ""], "published_on": ["", "2025-02-01"]}),
    ])  # fmt: skip
    found = links_known(links, pd.Series(["A", "B", "C"]), known, read_on)
    assert days(found) == [
        ("2025-02-12", False), ("2025-02-08", True), ("2025-02-12", True), ("2025-02-08", True),
    ]  # fmt: skip


_DAYS = st.dates(date(2015, 1, 1), date(2026, 11, 20))


@given(
    start=_DAYS,
    length=st.integers(0, 400),
    published=st.one_of(
        st.just(""),
        _DAYS.map(date.isoformat),
        _DAYS.map(lambda day: f"{day:%Y-%m}"),
        _DAYS.map(lambda day: f"{day:%Y}"),
    ),
)
def test_never_before_it_began_and_never_after_it_was_recorded(
    start: date, length: int, published: str
) -> None:
    end = min(date.fromordinal(start.toordinal() + length), RECORDED)
    event = incidents(("X", start.isoformat(), end.isoformat()))
    known = claims_known(claims(("X", published)), event, RECORDED)
    day = known.on.iloc[0].date()
    assert start <= day <= RECORDED
    assert known.assumed.tolist() == [published == ""]
    assert published == "" or day >= min(date.fromisoformat((published + "-01-01")[:10]), RECORDED)


def test_the_examples_of_the_documentation() -> None:
    rows = re.findall(r"^\| (claim|assertion) \|(.*)\|$", DOC.read_text("utf-8"), re.MULTILINE)
    assert len(rows) >= 8
    for kind, rest in rows:
        start, end, precision, published, known_on, assumed = (
            cell.strip().strip("`").replace("–", "") for cell in rest.split("|")
        )
        recorded = date(2026, 11, 20)
        if kind == "claim":
            event = incidents(("X", start, end))
            known = claims_known(claims(("X", published)), event, recorded)
        else:
            known = assertions_known(assertions((start or None, precision, published)), recorded)
        assert days(known) == [(known_on, assumed == "yes")], rest
