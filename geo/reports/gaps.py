"""What stands between two words when days and places in between are passed over.

“Executed on 28 November at Moura by soldiers” says what “executed by soldiers” says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import takewhile

from geo.reports.days import told_days
from geo.reports.plaintext import Plain

_BEFORE_DAY = re.compile(
    r"(?:[ ,\n]+(?:on|in|at|late|early|le|ce|dans|en|tot|tard|dans la))*[ ,\n]*$"
)
_PART_OF_DAY = re.compile(
    r"(?:[ ,\n]+(?:in the |at |dans la |le |au )?"
    r"(?:morning|afternoon|evening|night|dawn|matin|soir|nuit"
    r"|aube|matinee|soiree|midi)\b)?"
)
_AT = re.compile(
    r"[ ,\n]+(?:in|at|near|outside|around|inside|a|au|aux|pres de|pres d'|dans|en|vers)[ \n]?"
    r"(?:(?:the|la|le|les|l'|du)[ \n]?)?"
    r"(?:(?:town|village|city|area|region|commune|cercle|province|locality|ville|localite|forest"
    r"|foret)s?[ \n](?:of|de|d')[ \n]?)?"
)
_WORD = re.compile(r"[\w'\-]+")
_LONGEST = 160


def bare(plain: Plain, start: int, end: int) -> str:
    """Return the plain text between two positions without its days and “at Moura”."""
    text = plain.text
    if not 0 < end - start <= _LONGEST:
        return text[start:end]
    kept, at = [], start
    # Those of the whole text are found once; looking in each gap anew costs as much as reading.
    days = told_days(plain, 0, len(text))
    first = bisect_left(days, start, key=lambda told: told.start)
    for told in takewhile(lambda told: told.end <= end, days[first:]):
        before = _BEFORE_DAY.search(text, at, told.start)
        kept.append((at, before.start() if before else told.start))
        part = _PART_OF_DAY.match(text, told.end, end)
        at = part.end() if part else told.end
    kept.append((at, end))
    return " ".join(filter(None, (_without_places(plain, *span) for span in kept)))


def _without_places(plain: Plain, start: int, end: int) -> str:
    """Return a stretch without prepositions that a name in capitals follows, and that name."""
    text, kept, at = plain.text, [], start
    for match in _AT.finditer(text, start, end):
        if match.start() < at:
            continue
        stop = _name_end(plain, match.end(), end)
        if stop > match.end():
            kept.append(text[at : match.start()])
            at = stop
    return "".join([*kept, text[at:end]])


def _name_end(plain: Plain, at: int, end: int) -> int:
    """Return where a run of words in capitals ends."""
    stop = at
    while at < end and plain.text[at].isalpha() and plain.capital(at):
        word = _WORD.match(plain.text, at, end)
        if word is None:
            break
        stop = at = word.end()
        if at < end and plain.text[at] == " ":
            at += 1
    return stop
