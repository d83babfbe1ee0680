"""Days as reports tell them: the expressions of a text, found by patterns.

English and French; day before month in figures.  :mod:`geo.reports.dates` resolves them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from geo.reports.plaintext import Plain
from geo.reports.told import (
    MONTHS,
    ORDINALS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    Anchor,
    Make,
    Told,
    as_ago,
    as_ago_today,
    as_counted,
    as_day,
    as_figures,
    as_fixed,
    as_month_only,
    as_night,
    as_part,
    as_part_of_month,
    as_range,
    as_relative_year,
    as_week_of,
    as_weekday,
    as_weekday_range,
    as_weekend,
    as_year_only,
)  # fmt: skip

_MON = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_NOT_ALONE = {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
              "janv", "fev", "fevr", "avr", "juil"}  # fmt: skip
"""“et sept autres” is no September: shortened names need a day or a year."""
_FULL = "(?:" + "|".join(name for name in MONTHS if name not in _NOT_ALONE) + r")\b"
_WD = "(?:" + "|".join(WEEKDAYS) + ")"
_SHORT_WD = "(?:" + "|".join(SHORT_WEEKDAYS) + ")"
_Y = r"(?:19|20)\d\d\b"
_D = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|er)?\b"
_N = (
    r"(?:\d{1,3}|an?|une?|one|two|three|four|five|six|seven|eight|nine|ten|deux|trois|quatre|cinq"
    r"|sept|huit|neuf|dix|quinze)"
)
_U = r"(?P<unit>day|week|month|year|jour|semaine|mois|annee|an)s?"
_OPEN = r"(?:,? ?\(? ?(?:the |le )?)"
_BESIDE = 24
_R, _E = Anchor.REPORT, Anchor.EVENT
_RULES: tuple[tuple[str, Make], ...] = (
    (rf"(?P<y>{_Y})-(?P<m>\d\d)-(?P<d>\d\d)\b", as_figures),
    (r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:20)?\d\d)\b", as_figures),
    (r"(?P<d>[0-3]\d)/(?P<m>[01]\d)(?![\d/])", as_figures),
    # ranges and nights
    (
        (rf"(?:(?:{_WD} )?(?P<d>{_D})(?: (?P<mon>{_MON}))?)"
            r"(?: ?- ?| (?:to|and|au|et|a|into)(?: le)? )"
        rf"(?:{_WD},? )?(?:the )?(?P<d2>{_D})(?: of)? (?P<mon2>{_MON})(?:,? (?P<y>{_Y}))?"),
        as_range,
    ),
    (
        rf"(?P<mon>{_MON}) (?P<d>{_D})(?: ?- ?| (?:to|and|into) )(?P<d2>{_D})(?:,? (?P<y>{_Y}))?",
        as_range,
    ),
    (rf"(?P<wd>{_WD}) (?:to|a|au|into) (?P<wd2>{_WD})\b", as_weekday_range),
    # single days
    (
        (rf"(?:(?P<wd>{_WD}){_OPEN}|(?P<wd3>{_SHORT_WD})[,.]? )?(?P<d>{_D})(?: of)? (?P<mon>{_MON})"
         rf"(?:,? (?P<y>{_Y}))?\)?"),
        as_day,
    ),
    (
        (rf"(?:(?P<wd>{_WD}){_OPEN}|(?P<wd3>{_SHORT_WD})[,.]? )?(?P<mon>{_MON}) (?P<d>{_D})"
         rf"(?:,? (?P<y>{_Y}))?\)?"),
        as_day,
    ),
    # months and years
    (
        (rf"(?P<part>early|late|mid|(?:the )?(?:beginning|end|start) of|debut|mi|fin|courant)[ -]"
        rf"(?P<mon>{_MON})(?: (?P<y>{_Y}))?"),
        as_part,
    ),
    (
        (r"(?P<part>early|late|mid|(?:the )?(?:beginning|end|start) of|debut|mi|fin)[ -]"
         r"(?:(?P<last>last month)|(?:this|the) month|(?:du|le) mois (?P<last2>dernier|passe)"
         r"|(?:du|de ce) mois)\b"),
        as_part_of_month,
    ),
    (
        (
            rf"(?P<nth>{'|'.join(ORDINALS)}) (?:week of |semaine (?:de |d'|du mois de ))"
            rf"(?P<mon>{_FULL})(?: (?P<y>{_Y}))?"
        ),
        as_week_of,
    ),
    (rf"(?P<expr>(?P<mon>{_MON}),? (?P<y>{_Y}))", as_month_only),
    (rf"(?P<expr>(?P<last>last|past) (?P<mon>{_FULL}))", as_month_only),
    (rf"(?P<expr>(?P<mon>{_FULL}) (?P<last2>dernier|passe))", as_month_only),
    (
        (rf"(?:in|en|since|depuis|during|of|de|d'|mois de|mois d'|until|by|from|the|this) "
        rf"?(?P<expr>(?P<mon>{_FULL}))"),
        as_month_only,
    ),
    (rf"(?<=[a-z] )(?:and|et) (?P<expr>(?P<mon>{_FULL}))(?! {_D})", as_month_only),
    (
        (r"last year|the previous year|l'annee (?:derniere|passee)|l'an (?:dernier|passe)|this year"
        r"|cette annee"),
        as_relative_year,
    ),
    (
        rf"(?:in|en|since|depuis|of|during|de|early|late|fin|debut) (?P<expr>(?P<y>{_Y}))",
        as_year_only,
    ),
    # relative to the report
    (
        (rf"(?P<expr>(?:(?P<last>last) |(?P<next>next) )?(?P<wd>{_WD})\b"
        r"(?: (?:(?P<last2>last|dernier|passe)|prochain)\b)?)"),
        as_weekday,
    ),
    (r"the day before yesterday|avant[- ]hier", as_fixed(_R, -2)),
    (r"yesterday|hier\b|last night", as_fixed(_R, -1)),
    ((r"today|aujourd'hui|this (?:morning|afternoon|evening)|ce (?:matin|soir|jour)\b|tonight"
     r"|cet apres-midi"), as_fixed(_R, 0)),
    ((r"(?:over|at|on|during|last|this|the) ?(?:the |last |past )?week-?end"
      r"|(?:(?:ce|le|durant le|pendant le|au cours du) )?week-?end(?: (?:dernier|passe))?"),
     as_weekend),
    (r"overnight|la nuit derniere|la nuit passee", as_night),
    (rf"(?P<n>{_N}) (?P<unit>week|day)s? ago today", as_ago_today),
    (rf"(?P<n>{_N}) {_U} ago|il y a (?:environ )?(?P<n2>{_N}) (?P<unit2>jour|semaine|mois|an)s?",
     as_ago),
    (r"last week|la semaine (?:derniere|passee)", as_fixed(_R, -7, 7)),
    (r"(?:earlier )?this week|cette semaine", as_fixed(_R, 0, 7)),
    (r"last month|le mois (?:dernier|passe)", as_fixed(_R, -30, 30)),
    (r"(?:earlier )?this month|ce mois(?:-ci)?\b", as_fixed(_R, 0, 30)),
    # relative to another event
    ((r"the (?:next|following) (?:day|morning)|the day after|le lendemain|le jour suivant"
     r"|au lendemain"), as_fixed(_E, 1)),
    (r"the (?:previous day|day before|night before|day earlier|eve\b)|la veille", as_fixed(_E, -1)),
    ((r"(?:the same|that same|that|later that|earlier that|on the same|that very)"
      r" (?:day|evening|night|morning|afternoon)|(?:le|ce) meme jour|ce (?:jour|soir|matin)-la"
      r"|(?:cette nuit|cet apres-midi)-la|le (?:soir|jour) meme|la nuit meme"
      r"|dans la meme journee"), as_fixed(_E, 0)),
    (
        (
            rf"(?:(?:{_N}|several|few|a few|quelques|plusieurs) )?(?:hours?|heures?) "
            r"(?:later|earlier|before|after|plus tard|plus tot|auparavant|apres|avant)"
        ),
        as_fixed(_E, 0),
    ),
    (rf"(?P<n>{_N}) {_U} (?:later|after|plus tard|apres)", as_counted(_E, 1)),
    (rf"(?P<n>{_N}) {_U} (?:earlier|before|plus tot|auparavant|avant)", as_counted(_E, -1)),
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
