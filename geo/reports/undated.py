"""When a report that does not say so was probably published: by the weekdays that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from geo.reports.dates import resolve
from geo.reports.days import told_days
from geo.reports.plaintext import Plain
from geo.reports.sentences import Sentence
from geo.reports.told import Told

_FIRST_YEAR, _LAST_YEAR = 2012, 2026
_HEAD, _LONGEST_HEAD, _WEEK = 6, 140, range(5, 9)


def likely_day(plain: Plain, found: Sequence[Sentence]) -> date | None:
    """Return the day that a report without one probably counts from.

    A day with its year serves, the latest one.  Otherwise “Saturday (8 February)” fits one year in
    six: the year taken is the latest in which most such pairs fit, among those that fit the pair
    that is named last, since a report's latest day is nearest to its own.  ``None`` without a pair.
    """
    told = [one for s in found for one in told_days(plain, s.start, s.end)]
    whole = [one for one in told if one.year and one.month and one.day]
    if whole:
        return max((d for one in whole if (d := _day(one, one.year)) is not None), default=None)
    pairs = [one for one in told if one.weekday is not None and one.month and one.day]
    if not pairs:
        return None
    last = max(pairs, key=lambda one: (one.month or 0, one.day or 0))
    fits: Counter[int] = Counter()
    for year in range(_FIRST_YEAR, _LAST_YEAR + 1):
        if _fits(last, year):
            fits[year] = sum(_fits(one, year) for one in pairs)
    if not fits:
        return None
    best = max(fits, key=lambda year: (fits[year], year))
    return _day(last, best)


def covered_until(plain: Plain, found: Sequence[Sentence], report: date | None) -> date | None:
    """Return the day that the weekdays of a report count from.

    That of the report, or the last of the week that its head says it covers: in a note of Monday
    28 July on “21 to 27 July”, “Monday” is the 21st.
    """
    if report is None:
        return None
    for sentence in found[:_HEAD]:
        for told in told_days(plain, sentence.start, sentence.end):
            days = resolve(told, report) if told.until is not None else None
            alone = sentence.end - sentence.start <= _LONGEST_HEAD
            if alone and days is not None and days.length in _WEEK:
                return days.end if 0 <= (report - days.end).days < _WEEK.stop else report
    return report


def _day(told: Told, year: int | None) -> date | None:
    try:
        return date(year or 0, told.month or 0, told.day or 0)
    except ValueError:
        return None


def _fits(told: Told, year: int) -> bool:
    day = _day(told, year)
    return day is not None and day.weekday() == told.weekday
