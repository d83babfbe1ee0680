"""Paragraphs, sentences and clauses of a report, as stretches of its plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from geo.reports.days import told_days
from geo.reports.plaintext import Plain
from geo.reports.vocabulary import words

LONGEST_SENTENCE = 1_500
_NO_WORD = re.compile(r"\S{300}")
"""Longer stretches without an end are cut: no report writes them."""
_SHORT_LINE, _LONGEST_HEADING = 50, 140
_ALIKE = 0.75
_ABBREVIATIONS = frozenset(
    [
        "lt",
        "col",
        "gen",
        "capt",
        "cpt",
        "maj",
        "sgt",
        "mr",
        "mrs",
        "ms",
        "dr",
        "mme",
        "mlle",
        "no",
        "st",
        "ste",
        "approx",
        "env",
        "jan",
        "feb",
        "fev",
        "fevr",
        "mar",
        "apr",
        "avr",
        "jun",
        "jul",
        "juil",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "vs",
        "al",
        "hon",
        "prof",
        "gov",
        "adj",
        "cdt",
        "cne",
        "gal",
        "cap",
        "nb",
        "art",
        "sem",
        "approx",
        "env",
        "mil",
        "civ",
        "dept",
        "veh",
    ]
)
_MONTHS = ("jan", "feb", "fev", "mar", "apr", "avr", "jun", "jul", "juil", "aug", "sep", "sept",
           "oct", "nov", "dec")  # fmt: skip
_END = re.compile(r"[.!?]+[\"')\]]*(?=\s|$)|(?<=[a-z]{2})[.!?](?=[a-z][a-z])")
_BULLET = re.compile(r"\s*(?:[-*•·▪–■►]|>>+|\d{1,2}[.)])\s+")
_OPENING = re.compile(r"\s*(?:[-*•·▪–>]+\s*)?(?:on |le )?")
_HOUR = re.compile(r"(?:[01]?\d|2[0-3])(?:h[0-5]\d|:[0-5]\d|h) ?[:–-]")
_STOP = re.compile(r" ?(?:[:,–-]|[01]\d[0-5]\d|a\b|vers\b|at\b|eve\b)")
_LABEL = re.compile(
    r"\s*(?:quoi|quand|ou|qui|bilan(?: provisoire)?|what|when|where|who|casualties|lieu|date|heure"
    r"|cible|auteurs?(?: presumes?)?|perpetrators?|target|weapon|victimes|location|time) ?: ?\S"
)
_CHAT = re.compile(
    r"\s*\[?\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? (?:a )?\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?\]?"
    r" ?-? ?[^:\n]{1,40}: "
)
"""“[27/02/2025 08:14] Moussa: …”: who wrote a message, and when."""
_SINCE = re.compile(r"\s*\W?(?:since|depuis) [^,;.]{6,90}(?=,)")
DENYING = re.compile(
    r", (?=(?:while |but |and |tout en |mais )?(?:den(?:ying|ies|ied)|dismiss(?:ing|ed)"
    r"|reject(?:ing|ed)|dementant|rejetant|refutant|a dementi)\b)"
)
"""“…, denying reports of another attack”: what comes before is not denied."""
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)"
)
_CLAUSE = re.compile(
    rf"{DENYING.pattern}|(?P<day>,? (?:and|et|puis|then) (?=(?:on |le |late |early )?{_DAY}\b))"
    r"|; |(?P<when>, (?=(?:when|lorsqu|quand|date a laquelle|jour ou|the day)\w*[ ']))"
    r"|, (?=(?:where|ou) [^.;]*\b(?:19|20)\d\d\b)"
    r"|,? (?:while|whereas|tandis qu(?:e |')|alors qu(?:e |')|pendant que) "
    r"|,? (?:before|avant de )(?= ?(?:s'en prendre|attaqu|incendi|tuer|enlever|frapper|viser|piller"
    r"|attacking|hitting|striking|raiding|killing|burning|torching|abducting|storming|moving on))"
    r"|,? (?=(?:an? |one |two |three |four |five |six |several |un |deux |trois |quatre |cinq |six "
    r"|quelques |plusieurs |\d{1,2} )"
    r"(?:days?|weeks?|months?|jours?|semaines?|mois) (?:after|before|apres|avant) "
    r"(?:an?|another|une?|similar|two|three|deux|trois) )"
)


class Role(StrEnum):
    """What a sentence is in the report."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence.

    Parameters
    ----------
    start, end
        Where it stands in the plain text.
    paragraph
        Number of its paragraph.
    role
        What it is.
    """

    start: int
    end: int
    paragraph: int
    role: Role


def sentences(plain: Plain, start: int = 0) -> list[Sentence]:
    """Return the sentences from a position on, those of boilerplate and repetitions left out.

    Notes
    -----
    Linear in the length of the text.
    """
    found: list[Sentence] = []
    seen: set[str] = set()
    stop = _boilerplate(plain, start)
    for number, (first, last) in enumerate(_paragraphs(plain, start, stop)):
        title = not found
        stamp = _CHAT.match(plain.text, first, last)
        first = stamp.end() if stamp else first  # noqa: PLW2901
        for begin, end in split(plain, first, last):
            words_of = " ".join(plain.text[begin:end].split())
            if words_of in seen or not any(char.isalpha() for char in words_of):
                continue
            if _NO_WORD.search(words_of):
                continue
            seen.add(words_of)
            heading = _is_heading(plain, first, last)
            role = Role.BODY
            if heading:
                role = Role.TITLE if title else Role.HEADING
            found.append(Sentence(begin, end, number, role))
    if all(sentence.role is not Role.BODY for sentence in found):
        # A message without a single full stop.
        found = [Sentence(s.start, s.end, s.paragraph, Role.BODY) for s in found]
    return found


def _boilerplate(plain: Plain, start: int) -> int:
    """Return where a saved page's own words begin: what it recommends, how to share it."""
    for hit in words("boilerplate").find(plain, start):
        line_start = plain.text.rfind("\n", 0, hit.start) + 1
        line_end = plain.text.find("\n", hit.end)
        line_end = len(plain.text) if line_end < 0 else line_end
        alone = line_end - line_start <= 2 * (hit.end - hit.start) + 8
        if alone and plain.text[line_start : hit.start].strip() == "" and line_start > start:
            return line_start
    return len(plain.text)


def _lines(plain: Plain, start: int, stop: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < stop:
        end = plain.text.find("\n", at, stop)
        end = stop if end < 0 else end
        yield at, end
        at = end + 1


def _paragraphs(plain: Plain, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield paragraphs: lines up to an empty one, or to one that plainly begins something new."""
    begin = end = -1
    wrapped = _wrapped_at(plain, start, stop)
    for line_start, line_end in _lines(plain, start, stop):
        line = plain.text[line_start:line_end]
        if not line.strip():
            if begin >= 0:
                yield begin, end
            begin = -1
            continue
        before = _line_of(plain, end) if end >= 0 else 0
        capitals = end >= 0 and plain.written(before, end).isupper()
        capitals = capitals and not plain.written(line_start, line_end).isupper()
        short = end - before < wrapped or capitals  # a heading, however long
        if begin >= 0 and not _goes_on(plain, line_start, short=short):
            yield begin, end
            begin = -1
        begin = line_start if begin < 0 else begin
        end = line_end
    if begin >= 0:
        yield begin, end


def _line_of(plain: Plain, end: int) -> int:
    return plain.text.rfind("\n", 0, end) + 1


def _goes_on(plain: Plain, line_start: int, *, short: bool) -> bool:
    """Return whether a line continues the paragraph of the one before it.

    A line that stops well short of where the text wraps was ended on purpose.
    """
    if _CHAT.match(plain.text, line_start):
        return False
    if _LABEL.match(plain.text, line_start):
        return True  # “QUAND : hier”: one event told line by line
    if _BULLET.match(plain.text, line_start) or _begins_entry(plain, line_start):
        return False
    return not short


def _begins_entry(plain: Plain, line_start: int) -> bool:
    """Return whether a line begins with a day or an hour: an entry of a list or a log."""
    begin = _OPENING.match(plain.text, line_start)
    at = begin.end() if begin else line_start
    if _HOUR.match(plain.text, at):
        return True
    days = told_days(plain, at, min(at + _SHORT_LINE, len(plain.text)))
    return any(
        one.start - at <= 1 and one.day is not None and _STOP.match(plain.text, one.end)
        for one in days[:1]
    )


def _wrapped_at(plain: Plain, start: int, stop: int) -> float:
    """Return the length below which a line was not broken by wrapping: most of the usual one.

    Without three lines of about the same length in a row nothing wraps: a chat, a list.
    """
    lengths = [end - begin for begin, end in _lines(plain, start, stop)]
    if sum(length for length in lengths if length > _LONGEST_HEADING) > sum(lengths) / 2:
        return float("inf")  # paragraphs are single lines
    usual = [
        max(row)
        for row in pairwise(lengths)
        if min(row) >= _SHORT_LINE / 2 and min(row) >= _ALIKE * max(row)
    ]
    return _ALIKE * sorted(usual)[len(usual) // 2] if usual else float("inf")


def _is_heading(plain: Plain, start: int, end: int) -> bool:
    text = plain.text[start:end].strip()
    return (
        len(text) <= _LONGEST_HEADING
        and "\n" not in text
        and not text.endswith((".", "!", "?", ":", ";", '"'))
        and not _BULLET.match(plain.text, start, end)
    )


def split(plain: Plain, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a paragraph."""
    begin = start
    for match in _END.finditer(plain.text, start, end):
        if match.end() < end and not _ends(plain, match.start(), match.end(), end):
            continue
        yield from _cut(begin, match.end())
        begin = match.end()
    if plain.text[begin:end].strip():
        yield from _cut(begin, end)


def _ends(plain: Plain, dot: int, after: int, end: int) -> bool:
    """Return whether a full stop ends a sentence: no abbreviation, and a capital follows."""
    following = after
    while following < end and plain.text[following] in " \n\"'([-":
        following += 1
    if following >= end:
        return True
    if not (plain.capital(following) or plain.text[following].isdigit()):
        return False
    word_start = dot
    while word_start > 0 and plain.text[word_start - 1].isalpha():
        word_start -= 1
    word = plain.text[word_start:dot]
    if plain.text[dot] != "." or ("\n" in plain.text[after:following] and word in _MONTHS):
        return True  # “closed since 6 Jun.”, and the next line
    if word == "m" and plain.text[max(0, word_start - 2) : word_start] in ("p.", "a."):
        return True
    return not (len(word) == 1 or (word in _ABBREVIATIONS and plain.capital(word_start)))


def _cut(start: int, end: int) -> Iterator[tuple[int, int]]:
    for begin in range(start, end, LONGEST_SENTENCE):
        yield begin, min(end, begin + LONGEST_SENTENCE)


def _after_a_day(plain: Plain, start: int, at: int) -> bool:
    """Return whether a day is told right before a position: “on 2 August, when …”."""
    return any(0 <= at - told.end <= 1 for told in told_days(plain, start, at))


def clauses(plain: Plain, sentence: Sentence) -> list[tuple[int, int]]:
    """Return the parts of a sentence that may tell of different events."""
    parts = []
    begin = sentence.start
    since = _SINCE.match(plain.text, sentence.start, sentence.end)
    if since is not None:
        # What came first is one thing, what has held since then another.
        parts.append(since.span())
        begin = since.end()
    for match in _CLAUSE.finditer(plain.text, begin, sentence.end):
        if match["when"] and not _after_a_day(plain, begin, match.start()):
            continue
        if match["day"] and not told_days(plain, begin, match.start()):
            continue
        parts.append((begin, match.start()))
        begin = match.start()
    parts.append((begin, sentence.end))
    return [part for part in parts if part[0] < part[1]]
