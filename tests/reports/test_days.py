"""Days as reports tell them, resolved against Wednesday 12 February 2025."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.records import DatePrecision
from geo.reports.dates import Days, resolve
from geo.reports.days import told_days
from geo.reports.hours import time_of_day
from geo.reports.plaintext import Plain
from tests.reports.conftest import Read

REPORT = date(2025, 2, 12)
EVENT = Days(date(2025, 2, 7), date(2025, 2, 7), DatePrecision.DAY)


def days(text: str, report: date | None = REPORT) -> Days | None:
    plain = Plain.of(text)
    told = told_days(plain, 0, len(plain.text))
    assert len(told) == 1, told
    return resolve(told[0], report, EVENT)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("on Friday, February 7, 2025", "2025-02-07", "2025-02-07"),
        ("on Friday, February 7", "2025-02-07", "2025-02-07"),
        ("vendredi 7 février", "2025-02-07", "2025-02-07"),
        ("le 1er décembre", "2024-12-01", "2024-12-01"),
        ("2025-02-07", "2025-02-07", "2025-02-07"),
        ("07/02/2025", "2025-02-07", "2025-02-07"),
        ("on Friday", "2025-02-07", "2025-02-07"),
        ("on Wednesday", "2025-02-12", "2025-02-12"),
        ("mercredi dernier", "2025-02-05", "2025-02-05"),
        ("yesterday", "2025-02-11", "2025-02-11"),
        ("avant-hier", "2025-02-10", "2025-02-10"),
        ("il y a trois jours", "2025-02-09", "2025-02-09"),
        ("two days ago", "2025-02-10", "2025-02-10"),
        ("the next day", "2025-02-08", "2025-02-08"),
        ("la veille", "2025-02-06", "2025-02-06"),
        ("two days later", "2025-02-09", "2025-02-09"),
        ("quelques heures plus tard", "2025-02-07", "2025-02-07"),
        ("in July 2024", "2024-07-01", "2024-07-31"),
        ("in September", "2024-09-01", "2024-09-30"),
        ("en février", "2025-02-01", "2025-02-28"),
        ("last February", "2024-02-01", "2024-02-29"),
        ("début décembre", "2024-12-01", "2024-12-10"),
        ("fin janvier 2025", "2025-01-21", "2025-01-31"),
        ("the second week of January", "2025-01-08", "2025-01-14"),
        ("in 2013", "2013-01-01", "2013-12-31"),
        ("last year", "2024-01-01", "2024-12-31"),
        ("last week", "2025-02-03", "2025-02-09"),
        ("le mois dernier", "2025-01-01", "2025-01-31"),
        ("dans la nuit de jeudi à vendredi", "2025-02-06", "2025-02-07"),
        ("the night of 6 to 7 February", "2025-02-06", "2025-02-07"),
        ("du 30 janvier au 2 février", "2025-01-30", "2025-02-02"),
    ],
)
def test_a_day_is_the_one_that_the_report_means(text: str, start: str, end: str) -> None:
    assert (found := days(text)) is not None
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)


def test_last_year_gives_its_year_to_the_months_of_the_sentence() -> None:
    plain = Plain.of("Last year, attacks took place in September and December.")
    found = [resolve(one, REPORT) for one in told_days(plain, 0, len(plain.text))]
    assert [(one.start.year, one.start.month) for one in found if one] == [(2024, 9), (2024, 12)]


def test_a_weekday_that_does_not_fit_leaves_both_days() -> None:
    found = days("on Saturday (February 7)")
    assert found is not None
    assert (found.start, found.end) == (date(2025, 2, 7), date(2025, 2, 8))
    assert found.odd_weekday == date(2025, 2, 8)


@pytest.mark.parametrize("text", ["30 February 2025", "31/02/2025", "le 31 avril"])
def test_a_day_that_does_not_exist_is_none(text: str) -> None:
    plain = Plain.of(text)
    assert all(resolve(one, REPORT) is None for one in told_days(plain, 0, len(plain.text)))


def test_without_a_day_of_publication_nothing_is_guessed() -> None:
    assert days("on Friday", None) is None
    assert days("on February 7", None) is None
    assert days("on February 7, 2025", None) == EVENT


@pytest.mark.parametrize(
    "text", ["et sept autres blessés", "it may attack", "the march to Gao", "marcher"]
)
def test_words_that_look_like_months_are_none(text: str) -> None:
    plain = Plain.of(text)
    assert told_days(plain, 0, len(plain.text)) == []


@given(day=st.dates(date(2013, 1, 1), date(2030, 12, 31)), back=st.integers(0, 300))
def test_a_day_without_its_year_is_the_last_one_before_the_report(day: date, back: int) -> None:
    report = day + timedelta(days=back)
    for text in (f"on {day.day} {day:%B}", f"{day:%B} {day.day}"):
        if (day.month, day.day) != (2, 29):
            assert days(text, report) == Days(day, day, DatePrecision.DAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("around 2 p.m.", "14:00"), ("at 12:30 a.m.", "00:30"), ("vers 14h", "14:00"),
        ("à 5 h 30", "05:30"), ("at 0430 GMT", "04:30"), ("vers 19 heures", "19:00"),
        ("at dawn", "dawn"), ("à l'aube", "dawn"), ("dans la nuit", "night"),
        ("dans la matinée", "morning"),
        ("tuesday 0730", "07:30"), ("vers 0730", "07:30"), ("in 2024", None), ("1500 men", None),
        ("for 2 hours", None), ("25 soldiers", None),
    ],
)  # fmt: skip
def test_the_time_of_day_is_no_duration(text: str, expected: str | None) -> None:
    plain = Plain.of(text)
    hit = time_of_day(plain, 0, len(plain.text))
    assert (hit.code if hit else None) == expected


def test_a_closure_may_last_beyond_the_day_of_the_report(read: Read) -> None:
    (road,) = read(
        "Niono-Nampala : fermée par l'armée du 5 au 12 février.", "2025-02-10"
    ).assertions
    assert (road.valid.start, road.valid.end) == (date(2025, 2, 5), date(2025, 2, 12))
