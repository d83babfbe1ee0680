"""From what is told of days to the days that are meant."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from geo.records import DatePrecision
from geo.reports.told import Anchor, Told

_WEEK, _MONTH, _YEAR = 7, 30, 365
_WEEKS = 10
_TOLERANCE = timedelta(days=1)
_LONGEST_AHEAD = timedelta(days=92)
_DECADE = 10


@dataclass(frozen=True, slots=True)
class Days:
    """The days that an expression means.

    Parameters
    ----------
    start, end
        The event lies between these, both included.
    precision
        How sure that is.
    odd_weekday
        The day that the named weekday would have been, when the text contradicts itself.
    """

    start: date
    end: date
    precision: DatePrecision
    odd_weekday: date | None = None

    def overlaps(self, other: Days) -> bool:
        """Return whether both may mean the same day."""
        return self.start <= other.end and other.start <= self.end

    @property
    def length(self) -> int:
        """How many days it covers."""
        return (self.end - self.start).days + 1


def resolve(told: Told, report: date | None, event: Days | None = None) -> Days | None:
    """Return the days that an expression means.

    Parameters
    ----------
    told
        What is said.
    report
        The day that the report counts from; ``None`` when not known.
    event
        The event that “the next day” counts from.

    Returns
    -------
    Days or None
        ``None`` when it cannot be told without guessing.
    """
    try:
        found = _resolve(told, report, event)
    except (ValueError, OverflowError):
        return None  # 30 February; the year 0
    if found is not None and told.until is not None:
        last = resolve(told.until, report, event)
        if last is None:
            return found
        start, end = found.start, last.end
        if start > end and told.until.month is not None and told.until.year is None:
            end = _ahead(start, end)
        if start > end:
            start = _before(start, end)
        wide = (end - start).days >= _WEEK
        precision = DatePrecision.WEEK if (end - start).days > 1 else DatePrecision.DAY
        return Days(start, end, DatePrecision.MONTH if wide else precision)
    return found


def _ahead(start: date, end: date) -> date:
    """Return the last day of “5 to 12 February” told on the 10th: it is still to come."""
    try:
        later = end.replace(year=end.year + 1)
    except ValueError:
        return end  # 29 February
    return later if timedelta(0) <= later - start <= _LONGEST_AHEAD else end


def _before(start: date, end: date) -> date:
    """Return a first day that lies before the last: of the week or the year before."""
    for back in (timedelta(days=_WEEK), timedelta(days=_YEAR)):
        if start - back <= end:
            return start - back
    return end


def _resolve(told: Told, report: date | None, event: Days | None) -> Days | None:
    if told.month is not None:
        return _named(told, report)
    if told.year is not None:
        return Days(date(told.year, 1, 1), date(told.year, 12, 31), DatePrecision.YEAR)
    if told.weekday is not None:
        return _weekday(told, report)
    if told.anchor is Anchor.EVENT:
        return _from_event(told, event)
    if told.anchor is Anchor.REPORT and report is not None:
        return _from_report(told, report)
    return None


def _named(told: Told, report: date | None) -> Days | None:
    month = told.month or 1
    year = told.year
    if year is None:
        if report is None:
            return None
        if told.anchor is Anchor.REPORT:
            year = report.year + round(told.offset_days / _YEAR)
        else:
            year = _latest_year(month, told.day or 1, report, strictly=told.last)
    if told.day is not None:
        day = date(year, month, told.day)
        return _checked(day, told.weekday)
    last = calendar.monthrange(year, month)[1]
    if told.part is not None and told.part > _WEEKS:
        first = (told.part - _WEEKS - 1) * _WEEK + 1
        return Days(
            date(year, month, first), date(year, month, first + _WEEK - 1), DatePrecision.WEEK
        )
    if told.part is not None:
        whole = date(year, month, 1), date(year, month, last)
        return Days(*_part_of(*whole, told.part), DatePrecision.MONTH)
    return Days(date(year, month, 1), date(year, month, last), DatePrecision.MONTH)


def _part_of(first: date, last: date, part: int) -> tuple[date, date]:
    """Return the first, second or last third of a month."""
    begin = first.replace(day=(1, _DECADE + 1, 2 * _DECADE + 1)[part - 1])
    end = last.replace(day=(_DECADE, 2 * _DECADE, last.day)[part - 1])
    return begin, end


def _latest_year(month: int, day: int, report: date, *, strictly: bool) -> int:
    """Return the year in which a day without one was, seen from the report: reports look back."""
    if strictly and month == report.month:
        return report.year - 1
    capped = min(day, calendar.monthrange(report.year, month)[1])
    ahead = date(report.year, month, capped) > report + _TOLERANCE
    return report.year - 1 if ahead else report.year


def _checked(day: date, weekday: int | None) -> Days:
    """Keep both days where a weekday does not fit: the report does not tell which one is wrong."""
    if weekday is None or day.weekday() == weekday:
        return Days(day, day, DatePrecision.DAY)
    ahead = (weekday - day.weekday()) % _WEEK
    shift = ahead if ahead <= _WEEK // 2 else ahead - _WEEK
    other = day + timedelta(days=shift)
    return Days(min(day, other), max(day, other), DatePrecision.WEEK, odd_weekday=other)


def _weekday(told: Told, report: date | None) -> Days | None:
    if report is None or told.weekday is None:
        return None
    if told.ahead:
        day = report + timedelta(days=(told.weekday - report.weekday()) % _WEEK or _WEEK)
    else:
        back = (report.weekday() - told.weekday) % _WEEK
        day = report - timedelta(days=_WEEK if told.last and back == 0 else back)
    return Days(day, day, DatePrecision.DAY)


def _from_event(told: Told, event: Days | None) -> Days | None:
    if event is None:
        return None
    shift = timedelta(days=told.offset_days)
    if told.unit == 1:
        return Days(event.start + shift, event.end + shift, event.precision)
    slack = timedelta(days=told.unit // 2)
    precision = DatePrecision.WEEK if told.unit == _WEEK else DatePrecision.MONTH
    return Days(event.start + shift - slack, event.end + shift + slack, precision)


def _from_report(told: Told, report: date) -> Days:
    day = report + timedelta(days=told.offset_days)
    if told.unit == 1:
        return Days(day, day, DatePrecision.DAY)
    if told.unit == _WEEK:
        if told.offset_days in (0, -_WEEK):
            monday = day - timedelta(days=day.weekday())
            end = min(monday + timedelta(days=_WEEK - 1), report)
            return Days(monday, end, DatePrecision.WEEK)
        return Days(day - timedelta(days=3), day + timedelta(days=3), DatePrecision.WEEK)
    if told.unit == _MONTH:
        first = date(day.year, day.month, 1)
        if told.offset_days == -_MONTH:
            first = (date(report.year, report.month, 1) - timedelta(days=1)).replace(day=1)
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        if told.part is not None:
            first, last = _part_of(first, last, told.part)
        return Days(first, max(first, min(last, report)), DatePrecision.MONTH)
    year = report.year + round(told.offset_days / _YEAR)
    end = min(date(year, 12, 31), report)
    return Days(date(year, 1, 1), end, DatePrecision.YEAR)
