"""Days as reports tell them: what is said, before it is known which days are meant.

English and French; day before month in figures.  :mod:`geo.reports.dates` resolves them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from geo.reports.amounts import value
from geo.reports.plaintext import Plain

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


_MON = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_NOT_ALONE = {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
              "janv", "fev", "fevr", "avr", "juil"}  # fmt: skip
"""“et sept autres” is no September: shortened names need a day or a year."""
_FULL = "(?:" + "|".join(name for name in MONTHS if name not in _NOT_ALONE) + r")\b"
_ORDINALS = (
    "first", "second", "third", "fourth", "premiere", "deuxieme", "troisieme", "quatrieme",
)  # fmt: skip
_WD = "(?:" + "|".join(WEEKDAYS) + ")"
_Y = r"(?:19|20)\d\d\b"
_D = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|er)?\b"
_N = (
    r"(?:\d{1,3}|an?|une?|one|two|three|four|five|six|seven|eight|nine|ten|deux|trois|quatre|cinq"
    r"|sept|huit|neuf|dix|quinze)"
)
_U = r"(?P<unit>day|week|month|year|jour|semaine|mois|annee|an)s?"
_VERBS = re.compile(r"(?:the|this) (?:march|may)")
_OF_EVENT = re.compile(
    r" (?:\w+ )?(?:attack|ambush|raid|massacre|strike|abduction|bombing|killing)"
)
_OPEN = r"(?:,? ?\(? ?(?:the |le )?)"
Make = Callable[[re.Match[str]], Told | None]


def _int(text: str | None) -> int | None:
    return int(re.sub(r"\D", "", text)) if text else None


def _month(text: str | None) -> int | None:
    return MONTHS[text.rstrip(".")] if text else None


def _day(match: re.Match[str]) -> Told:
    groups = match.groupdict()
    weekday = groups.get("wd")
    return Told(
        *match.span(),
        year=_year(groups.get("y")),
        month=_month(groups["mon"]),
        day=_int(groups["d"]),
        weekday=None if weekday is None else WEEKDAYS[weekday],
    )


def _year(text: str | None) -> int | None:
    number = _int(text)
    return number + 2000 if number is not None and number < 100 else number  # noqa: PLR2004


def _figures(match: re.Match[str]) -> Told | None:
    day, month = int(match["d"]), int(match["m"])
    if month > 12:  # noqa: PLR2004
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004
        return None
    return Told(*match.span(), year=_year(match["y"]), month=month, day=day)


def _range(match: re.Match[str]) -> Told:
    groups = match.groupdict()
    month = _month(groups.get("mon2") or groups.get("mon"))
    year = _year(groups.get("y"))
    until = Told(*match.span(), year=year, month=month, day=_int(groups["d2"]))
    first_month = _month(groups.get("mon")) or month
    return Told(*match.span(), year=year, month=first_month, day=_int(groups["d"]), until=until)


def _weekday_range(match: re.Match[str]) -> Told:
    until = Told(*match.span(), weekday=WEEKDAYS[match["wd2"]], anchor=Anchor.REPORT)
    return Told(*match.span(), weekday=WEEKDAYS[match["wd"]], anchor=Anchor.REPORT, until=until)


def _third(word: str) -> int:
    """Return which third of a month “early”, “mid” or “late” means."""
    if word.startswith(("early", "begin", "the begin", "deb", "start", "the start")):
        return 1
    return 2 if word.startswith(("mi", "cour")) else 3


def _part(match: re.Match[str]) -> Told:
    return Told(
        *match.span(), year=_year(match["y"]), month=_month(match["mon"]),
        part=_third(match["part"]),
    )  # fmt: skip


def _part_of_month(match: re.Match[str]) -> Told:
    last = match["last"] or match["last2"]
    return Told(
        *match.span(), anchor=Anchor.REPORT, unit=30, offset_days=-30 if last else 0,
        part=_third(match["part"]),
    )  # fmt: skip


def _week_of(match: re.Match[str]) -> Told:
    number = _ORDINALS.index(match["nth"]) % 4 + 1
    return Told(*match.span(), year=_year(match["y"]), month=_month(match["mon"]), part=10 + number)


def _month_only(match: re.Match[str]) -> Told | None:
    groups = match.groupdict()
    if _VERBS.fullmatch(match[0]) and not _OF_EVENT.match(match.string, match.end()):
        return None  # “the march to Gao” is no month, “the March attack” is
    return Told(
        *match.span("expr"), year=_year(groups.get("y")), month=_month(groups["mon"]),
        last=bool(groups.get("last") or groups.get("last2")),
    )  # fmt: skip


def _year_only(match: re.Match[str]) -> Told:
    return Told(*match.span("expr"), year=int(match["y"]))


def _relative_year(match: re.Match[str]) -> Told:
    last = not match[0].startswith(("this", "cette"))
    return Told(*match.span(), anchor=Anchor.REPORT, unit=365, offset_days=-365 if last else 0)


def _weekday(match: re.Match[str]) -> Told:
    groups = match.groupdict()
    return Told(
        *match.span("expr"), weekday=WEEKDAYS[match["wd"]], anchor=Anchor.REPORT,
        last=bool(groups.get("last") or groups.get("last2")), ahead=bool(groups.get("next")),
    )  # fmt: skip


def _fixed(anchor: Anchor, offset_days: int, unit: int = 1) -> Make:
    def make(match: re.Match[str]) -> Told:
        return Told(*match.span(), anchor=anchor, offset_days=offset_days, unit=unit)

    return make


def _counted(anchor: Anchor, sign: int) -> Make:
    def make(match: re.Match[str]) -> Told:
        text = match["n"]
        many = 1 if text in ("a", "an", "une", "un") else value(text)
        unit = _DAYS_OF[match["unit"]]
        return Told(*match.span(), anchor=anchor, offset_days=sign * many * unit, unit=unit)

    return make


def _ago(match: re.Match[str]) -> Told:
    text = match["n"] or match["n2"]
    many = 1 if text in ("a", "an", "une", "un") else value(text)
    unit = _DAYS_OF[match["unit"] or match["unit2"]]
    return Told(*match.span(), anchor=Anchor.REPORT, offset_days=-many * unit, unit=unit)


def _night(match: re.Match[str]) -> Told:
    today = Told(*match.span(), anchor=Anchor.REPORT)
    return replace(today, offset_days=-1, until=today, night=True)


def _weekend(match: re.Match[str]) -> Told:
    sunday = Told(*match.span(), weekday=6, anchor=Anchor.REPORT)
    return replace(sunday, weekday=4, until=sunday)  # it may begin on Friday night


_BESIDE = 24
_R, _E = Anchor.REPORT, Anchor.EVENT
_RULES: tuple[tuple[str, Make], ...] = (
    (rf"(?P<y>{_Y})-(?P<m>\d\d)-(?P<d>\d\d)\b", _figures),
    (r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:20)?\d\d)\b", _figures),
    # ranges and nights
    (
        (rf"(?:(?:{_WD} )?(?P<d>{_D})(?: (?P<mon>{_MON}))?)"
            r"(?: ?- ?| (?:to|and|au|et|a|into)(?: le)? )"
        rf"(?:{_WD},? )?(?:the )?(?P<d2>{_D})(?: of)? (?P<mon2>{_MON})(?:,? (?P<y>{_Y}))?"),
        _range,
    ),
    (
        rf"(?P<mon>{_MON}) (?P<d>{_D})(?: ?- ?| (?:to|and|into) )(?P<d2>{_D})(?:,? (?P<y>{_Y}))?",
        _range,
    ),
    (rf"(?P<wd>{_WD}) (?:to|a|au|into) (?P<wd2>{_WD})\b", _weekday_range),
    # single days
    (
        rf"(?:(?P<wd>{_WD}){_OPEN})?(?P<d>{_D})(?: of)? (?P<mon>{_MON})(?:,? (?P<y>{_Y}))?\)?",
        _day,
    ),
    (rf"(?:(?P<wd>{_WD}){_OPEN})?(?P<mon>{_MON}) (?P<d>{_D})(?:,? (?P<y>{_Y}))?\)?", _day),
    # months and years
    (
        (rf"(?P<part>early|late|mid|(?:the )?(?:beginning|end|start) of|debut|mi|fin|courant)[ -]"
        rf"(?P<mon>{_MON})(?: (?P<y>{_Y}))?"),
        _part,
    ),
    (
        (r"(?P<part>early|late|mid|(?:the )?(?:beginning|end|start) of|debut|mi|fin)[ -]"
         r"(?:(?P<last>last month)|(?:this|the) month|(?:du|le) mois (?P<last2>dernier|passe)"
         r"|(?:du|de ce) mois)\b"),
        _part_of_month,
    ),
    (
        (
            rf"(?P<nth>{'|'.join(_ORDINALS)}) (?:week of |semaine (?:de |d'|du mois de ))"
            rf"(?P<mon>{_FULL})(?: (?P<y>{_Y}))?"
        ),
        _week_of,
    ),
    (rf"(?P<expr>(?P<mon>{_MON}),? (?P<y>{_Y}))", _month_only),
    (rf"(?P<expr>(?P<last>last|past) (?P<mon>{_FULL}))", _month_only),
    (rf"(?P<expr>(?P<mon>{_FULL}) (?P<last2>dernier|passe))", _month_only),
    (
        (rf"(?:in|en|since|depuis|during|of|de|d'|mois de|mois d'|until|by|from|the|this) "
        rf"?(?P<expr>(?P<mon>{_FULL}))"),
        _month_only,
    ),
    (rf"(?<=[a-z] )(?:and|et) (?P<expr>(?P<mon>{_FULL}))(?! {_D})", _month_only),
    (
        (r"last year|the previous year|l'annee (?:derniere|passee)|l'an (?:dernier|passe)|this year"
        r"|cette annee"),
        _relative_year,
    ),
    (
        rf"(?:in|en|since|depuis|of|during|de|early|late|fin|debut) (?P<expr>(?P<y>{_Y}))",
        _year_only,
    ),
    # relative to the report
    (
        (rf"(?P<expr>(?:(?P<last>last) |(?P<next>next) )?(?P<wd>{_WD})\b"
        r"(?: (?:(?P<last2>last|dernier|passe)|prochain)\b)?)"),
        _weekday,
    ),
    (r"the day before yesterday|avant[- ]hier", _fixed(_R, -2)),
    (r"yesterday|hier\b|last night", _fixed(_R, -1)),
    ((r"today|aujourd'hui|this (?:morning|afternoon|evening)|ce (?:matin|soir|jour)\b|tonight"
     r"|cet apres-midi"), _fixed(_R, 0)),
    ((r"(?:over|at|on|during|last|this|the) ?(?:the |last |past )?week-?end"
      r"|(?:(?:ce|le|durant le|pendant le|au cours du) )?week-?end(?: (?:dernier|passe))?"),
     _weekend),
    (r"overnight|la nuit derniere|la nuit passee", _night),
    (rf"(?P<n>{_N}) {_U} ago|il y a (?:environ )?(?P<n2>{_N}) (?P<unit2>jour|semaine|mois|an)s?",
     _ago),
    (r"last week|la semaine (?:derniere|passee)", _fixed(_R, -7, 7)),
    (r"(?:earlier )?this week|cette semaine", _fixed(_R, 0, 7)),
    (r"last month|le mois (?:dernier|passe)", _fixed(_R, -30, 30)),
    (r"(?:earlier )?this month|ce mois(?:-ci)?\b", _fixed(_R, 0, 30)),
    # relative to another event
    ((r"the (?:next|following) (?:day|morning)|the day after|le lendemain|le jour suivant"
     r"|au lendemain"), _fixed(_E, 1)),
    (r"the (?:previous day|day before|night before|day earlier|eve)|la veille", _fixed(_E, -1)),
    ((r"(?:the same|that same|that|later that|earlier that) day|le meme jour|ce jour-la"
     r"|dans la meme journee"), _fixed(_E, 0)),
    (
        (
            rf"(?:{_N}|several|few|a few|quelques|plusieurs) (?:hours?|heures?) "
            r"(?:later|earlier|before|after|plus tard|plus tot|auparavant|apres|avant)"
        ),
        _fixed(_E, 0),
    ),
    (rf"(?P<n>{_N}) {_U} (?:later|after|plus tard|apres)", _counted(_E, 1)),
    (rf"(?P<n>{_N}) {_U} (?:earlier|before|plus tot|auparavant|avant)", _counted(_E, -1)),
)  # fmt: skip
_COMPILED = tuple((re.compile(rf"(?<![\w/-]){pattern}"), make) for pattern, make in _RULES)


def told_days(plain: Plain, start: int, end: int) -> list[Told]:
    """Return the expressions of time in a stretch of a text, in its order; kept with the text."""
    key = ("days", start, end)
    if key not in plain.kept:
        plain.kept[key] = _told_days(plain, start, end)
    found: list[Told] = plain.kept[key]
    return found


def _told_days(plain: Plain, start: int, end: int) -> list[Told]:
    found: list[Told] = []
    for pattern, make in _COMPILED:
        for match in pattern.finditer(plain.text, start, end):
            if any(match.start() < told.end and told.start < match.end() for told in found):
                continue
            told = make(match)
            if told is not None:
                found.append(told)
    found = _with_common_year(sorted(found, key=lambda told: told.start))
    return [
        told
        for told in found
        if not (told.night and any(other is not told and _near(told, other) for other in found))
    ]


def _near(night: Told, other: Told) -> bool:
    """Return whether a day is told beside “overnight”, which then only says when on it."""
    return max(other.start - night.end, night.start - other.end) <= _BESIDE


def _with_common_year(found: list[Told]) -> list[Told]:
    """Give “last year, in September and December” its months; drop the year that they used."""
    years = [t for t in found if t.unit == 365 and t.anchor is Anchor.REPORT]  # noqa: PLR2004
    months = [t for t in found if t.month is not None and t.year is None]
    if not years or not months:
        return found
    kept = [told for told in found if told not in years]
    return [
        replace(told, anchor=Anchor.REPORT, offset_days=years[0].offset_days)
        if told in months
        else told
        for told in kept
    ]
