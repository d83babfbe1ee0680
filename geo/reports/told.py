"""Expressions of time: what each says, before it is known which days are meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from geo.reports.amounts import value

MONTHS = {
    "january": 1, "jan": 1, "janvier": 1, "janv": 1, "february": 2, "feb": 2, "fevrier": 2,
    "fevr": 2, "fev": 2, "march": 3, "mar": 3, "mars": 3, "april": 4, "apr": 4, "avril": 4,
    "avr": 4, "may": 5, "mai": 5, "june": 6, "jun": 6, "juin": 6, "july": 7, "jul": 7,
    "juillet": 7, "juil": 7, "august": 8, "aug": 8, "aout": 8, "september": 9, "sept": 9,
    "sep": 9, "septembre": 9, "october": 10, "oct": 10, "octobre": 10, "november": 11, "nov": 11,
    "novembre": 11, "december": 12, "dec": 12, "decembre": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "lundi": 0, "tuesday": 1, "mardi": 1, "wednesday": 2, "mercredi": 2,
    "thursday": 3, "jeudi": 3, "friday": 4, "vendredi": 4, "saturday": 5, "samedi": 5,
    "sunday": 6, "dimanche": 6,
}  # fmt: skip
SHORT_WEEKDAYS = {
    "mon": 0, "lun": 0, "tue": 1, "tues": 1, "wed": 2, "mer": 2, "thu": 3, "thur": 3, "thurs": 3,
    "jeu": 3, "fri": 4, "ven": 4, "sat": 5, "sam": 5, "sun": 6, "dim": 6,
}  # fmt: skip
"""Read only right before a day: “Mon 11 Nov”; “mar.” is March before it is Tuesday."""
_DAYS_OF = {"day": 1, "jour": 1, "week": 7, "semaine": 7, "month": 30, "mois": 30, "year": 365,
            "an": 365, "annee": 365}  # fmt: skip


class Anchor(StrEnum):
    """From what a relative expression counts."""

    NONE = "none"
    REPORT = "report"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Told:
    """An expression of time.

    Parameters
    ----------
    start, end
        Where it stands in the plain text.
    year, month, day, weekday
        What it names.
    until
        The last day of a range.
    part
        1, 2, 3 for the beginning, middle and end of a month; 11 to 14 for its weeks.
    anchor, offset_days
        What a relative expression counts from, and how far.
    last
        “last”, “dernier”: strictly before.
    unit
        Days that it covers when it is relative: 1, 7, 30 or 365.
    ahead
        Whether it points to what is still to come.
    night
        Whether it is the night before the report.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    until: Told | None = None
    part: int | None = None
    anchor: Anchor = Anchor.NONE
    offset_days: int = 0
    last: bool = False
    unit: int = 1
    ahead: bool = False
    night: bool = False

    @property
    def relative_to_event(self) -> bool:
        """Whether it counts from another event of the text."""
        return self.anchor is Anchor.EVENT


_VERBS = re.compile(r"(?:the|this) (?:march|may)")
_OF_EVENT = re.compile(
    r" (?:\w+ )?(?:attack|ambush|raid|massacre|strike|abduction|bombing|killing)"
)
ORDINALS = (
    "first", "second", "third", "fourth", "premiere", "deuxieme", "troisieme", "quatrieme",
)  # fmt: skip
Make = Callable[[re.Match[str]], Told | None]


def _int(text: str | None) -> int | None:
    return int(re.sub(r"\D", "", text)) if text else None


def _month(text: str | None) -> int | None:
    return MONTHS[text.rstrip(".")] if text else None


def as_day(match: re.Match[str]) -> Told:
    """Return “Friday, February 7, 2025”."""
    groups = match.groupdict()
    weekday = groups.get("wd") or groups.get("wd3")
    return Told(
        *match.span(),
        year=_year(groups.get("y")),
        month=_month(groups["mon"]),
        day=_int(groups["d"]),
        weekday=None if weekday is None else {**SHORT_WEEKDAYS, **WEEKDAYS}[weekday],
    )


def _year(text: str | None) -> int | None:
    number = _int(text)
    return number + 2000 if number is not None and number < 100 else number  # noqa: PLR2004


def as_figures(match: re.Match[str]) -> Told | None:
    """Return “07/02/2025”: day before month unless that cannot be."""
    day, month = int(match["d"]), int(match["m"])
    if month > 12:  # noqa: PLR2004
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004
        return None
    return Told(*match.span(), year=_year(match.groupdict().get("y")), month=month, day=day)


def as_range(match: re.Match[str]) -> Told:
    """Return “from 3 to 5 March”."""
    groups = match.groupdict()
    month = _month(groups.get("mon2") or groups.get("mon"))
    year = _year(groups.get("y"))
    until = Told(*match.span(), year=year, month=month, day=_int(groups["d2"]))
    first_month = _month(groups.get("mon")) or month
    return Told(*match.span(), year=year, month=first_month, day=_int(groups["d"]), until=until)


def as_weekday_range(match: re.Match[str]) -> Told:
    """Return “Friday to Saturday”."""
    until = Told(*match.span(), weekday=WEEKDAYS[match["wd2"]], anchor=Anchor.REPORT)
    return Told(*match.span(), weekday=WEEKDAYS[match["wd"]], anchor=Anchor.REPORT, until=until)


def _third(word: str) -> int:
    """Return which third of a month “early”, “mid” or “late” means."""
    if word.startswith(("early", "begin", "the begin", "deb", "start", "the start")):
        return 1
    return 2 if word.startswith(("mi", "cour")) else 3


def as_part(match: re.Match[str]) -> Told:
    """Return “early March 2024”."""
    return Told(
        *match.span(), year=_year(match["y"]), month=_month(match["mon"]),
        part=_third(match["part"]),
    )  # fmt: skip


def as_part_of_month(match: re.Match[str]) -> Told:
    """Return “early this month”."""
    last = match["last"] or match["last2"]
    return Told(
        *match.span(), anchor=Anchor.REPORT, unit=30, offset_days=-30 if last else 0,
        part=_third(match["part"]),
    )  # fmt: skip


def as_week_of(match: re.Match[str]) -> Told:
    """Return “the second week of March”."""
    number = ORDINALS.index(match["nth"]) % 4 + 1
    return Told(*match.span(), year=_year(match["y"]), month=_month(match["mon"]), part=10 + number)


def as_month_only(match: re.Match[str]) -> Told | None:
    """Return “in July 2024”, “last July”."""
    groups = match.groupdict()
    if _VERBS.fullmatch(match[0]) and not _OF_EVENT.match(match.string, match.end()):
        return None  # “the march to Gao” is no month, “the March attack” is
    return Told(
        *match.span("expr"), year=_year(groups.get("y")), month=_month(groups["mon"]),
        last=bool(groups.get("last") or groups.get("last2")),
    )  # fmt: skip


def as_year_only(match: re.Match[str]) -> Told:
    """Return “in 2013”."""
    return Told(*match.span("expr"), year=int(match["y"]))


def as_relative_year(match: re.Match[str]) -> Told:
    """Return “last year”, “this year”."""
    last = not match[0].startswith(("this", "cette"))
    return Told(*match.span(), anchor=Anchor.REPORT, unit=365, offset_days=-365 if last else 0)


def as_weekday(match: re.Match[str]) -> Told:
    """Return “on Friday”, “last Friday”."""
    groups = match.groupdict()
    return Told(
        *match.span("expr"), weekday=WEEKDAYS[match["wd"]], anchor=Anchor.REPORT,
        last=bool(groups.get("last") or groups.get("last2")), ahead=bool(groups.get("next")),
    )  # fmt: skip


def as_fixed(anchor: Anchor, offset_days: int, unit: int = 1) -> Make:
    """Return what makes “yesterday”, “the next day”: so many days from an anchor."""

    def make(match: re.Match[str]) -> Told:
        return Told(*match.span(), anchor=anchor, offset_days=offset_days, unit=unit)

    return make


def as_counted(anchor: Anchor, sign: int) -> Make:
    """Return what makes “three days later”, “two weeks before”."""

    def make(match: re.Match[str]) -> Told:
        text = match["n"]
        many = 1 if text in ("a", "an", "une", "un") else value(text)
        unit = _DAYS_OF[match["unit"]]
        return Told(*match.span(), anchor=anchor, offset_days=sign * many * unit, unit=unit)

    return make


def as_ago(match: re.Match[str]) -> Told:
    """Return “two weeks ago”."""
    text = match["n"] or match["n2"]
    many = 1 if text in ("a", "an", "une", "un") else value(text)
    unit = _DAYS_OF[match["unit"] or match["unit2"]]
    return Told(*match.span(), anchor=Anchor.REPORT, offset_days=-many * unit, unit=unit)


def as_ago_today(match: re.Match[str]) -> Told:
    """Return “two weeks ago today”: a day, and not a week."""
    text = match["n"]
    many = 1 if text in ("a", "an", "one") else value(text)
    days = many * _DAYS_OF[match["unit"]]
    return Told(*match.span(), anchor=Anchor.REPORT, offset_days=-days)


def as_night(match: re.Match[str]) -> Told:
    """Return “overnight”: the night before the report."""
    today = Told(*match.span(), anchor=Anchor.REPORT)
    return replace(today, offset_days=-1, until=today, night=True)


def as_weekend(match: re.Match[str]) -> Told:
    """Return “over the weekend”; it may begin on Friday night."""
    sunday = Told(*match.span(), weekday=6, anchor=Anchor.REPORT)
    return replace(sunday, weekday=4, until=sunday)
