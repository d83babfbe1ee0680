"""The time of day that a report tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.reports.plaintext import Plain
from geo.reports.told import Told
from geo.reports.vocabulary import Hit, words

_CLOCK = re.compile(
    r"(?<![\w.,:/])(?:(?P<h12>1[0-2]|0?[1-9])(?:[:.](?P<m12>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<h24>[01]?\d|2[0-3])\s?(?:h|:|heures?|hrs?)\s?(?P<m24>[0-5]\d)?(?!\w|:\d)"
    r"|(?P<mil>[01]\d[0-5]\d|2[0-3][0-5]\d)\s?(?:hrs?|hours|gmt|utc)"
    r"|(?P<bare>[01]\d[0-5]\d|2[0-3][0-5]\d)(?![\w/-]|[.,]\d))"
)
_AT = re.compile(
    r"(?:\b(?:at|around|about|approx(?:imately)?|vers|@)|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche),? (?:~ ?)?$|~ ?$"
)
"""“Tuesday 0730”: four figures are a time right after a day or a word of time."""
_OF_WORK = re.compile(r" (?:guards?|watchm[ae]n|bus|shift|curfew|travel|driving|vision)\b")
"""“A night guard”."""
_NOON, _BESIDE = 12, 3


def time_of_day(plain: Plain, start: int, end: int, days: Sequence[Told] = ()) -> Hit | None:
    """Return the first time of day in a stretch of a text, as ``14:00`` or a part of the day.

    A number with ``h`` or a colon that is no duration: “vers 14 h 30”, “at 2 p.m.”, “0430 GMT”;
    and no day of those found in it: “August 19: clashes …”.
    """
    for match in _CLOCK.finditer(plain.text, start, end):
        if any(match.start() < one.end and one.start < match.end() for one in days):
            continue
        told = _clock(match)
        dated = any(0 <= match.start() - one.end <= _BESIDE for one in days)
        if match["bare"] and not (
            dated or _AT.search(plain.text, max(start, match.start() - 20), match.start())
        ):
            continue
        if told is not None and not _duration(plain, match.start(), start):
            return Hit(match.start(), match.end(), told)
    parts = words("part_of_day").find(plain, start, end)
    return next((hit for hit in parts if not _OF_WORK.match(plain.text, hit.end)), None)


def _duration(plain: Plain, at: int, start: int) -> bool:
    before = plain.text[max(start, at - 24) : at]
    return bool(
        re.search(
            r"(?:for|pendant|during|durant|within|sous|(?<!peu )apres"
            r"|(?<!just )(?<!shortly )after) $",
            before,
        )
    )


def _clock(match: re.Match[str]) -> str | None:
    if match["h12"]:
        hour = int(match["h12"]) % _NOON + (_NOON if match["half"] == "p" else 0)
        return f"{hour:02}:{match['m12'] or '00'}"
    if match["h24"]:
        return f"{int(match['h24']):02}:{match['m24'] or '00'}"
    figures = match["mil"] or match["bare"]
    return f"{figures[:2]}:{figures[2:]}"
