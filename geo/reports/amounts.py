"""Numbers as reports tell them: “at least ten”, “une vingtaine”, “between 10 and 15”, “dozens”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.gazetteer.quantities import NUMBER_WORDS
from geo.reports.language import language_of
from geo.reports.plaintext import Plain
from geo.reports.vocabulary import words

_SCALE = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
    "dozen": 12, "score": 20, "hundred": 100, "thousand": 1000,
}  # fmt: skip
_WORDS = {
    **NUMBER_WORDS,
    "une": 1,
    "six": 6,
    "thousand": 1000,
    "mille": 1000,
    "huitante": 80,
    "nonante": 90,
}
_HUNDRED, _THOUSAND, _FOUR_SCORE = 100, 1000, (4, 20)
_NUMBER_WORD = "(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")s?\b"
_FIGURES = r"\d{1,3}(?:[., \u202f]\d{3})+(?!\d)|\d{1,6}(?![\d%])(?:x\b)?"
_THEN = (
    r"(?:-| (?!une?\b)|(?<=cent) |(?<=mille) |[- ]et[- ](?=(?:une?|onze)\b)"
    r"|(?<=hundred) and |(?<=thousand) and )"
)
_IN_WORDS = rf"{_NUMBER_WORD}(?:{_THEN}{_NUMBER_WORD})*"
_N = rf"(?:{_FIGURES}|{_IN_WORDS})"
_COLLECTIVE = (
    r"(?P<times>an?|une|deux|trois|two|three|four|several|plusieurs|des|half an?)?\s?"
    r"\b(?P<scale>"
    + "|".join(_SCALE)
    + r")(?P<plural>s?)\b(?:(?: ?\" ?)? ?d[e'] ?(?:(?:ses|leurs|ces|nos|mes) )?|(?: ?\")? of)?"
)
_PATTERN = re.compile(
    rf"(?<![\w.,/+-])(?:(?P<both>between|entre|from|de) (?={_N}\s?(?:and|et|to|a)\s))?"
    rf"(?:{_COLLECTIVE}|(?P<low>{_N})(?:\s?(?:-|to|a|and|et|or|ou)\s?(?P<high>{_N}))?)"
)
_SCALES = re.compile(r" (?:" + "|".join(_SCALE) + r")\b")
_UNIT_AFTER = re.compile(
    r"\s?(?:%|millions?|billions?|milliards?|per ?cent|pour cent"
    r"|km|kms|kilomet\w+|miles?|m\b|metres?|h\d*\b|hours?|heures?|mn"
    r"|minutes?|days?|jours?|weeks?|semaines?|months?|mois|years?|ans?\b|annees?|-year|f?cfa"
    r"|francs?|euros?|dollars?|p\.m|a\.m|am\b|pm\b|o'clock|degres?|tonnes?|tons?|lit(?:re|er)s?|ago"
    r"|th\b|st\b|nd\b|rd\b|er\b|eme\b|e\b|-third|-quarter|rd of)"
)
_SINGLES = {
    "en": re.compile(r"(?<![\w'])(?:an?|another)(?: (?:second|third|fourth|fifth))?(?= )"),
    "fr": re.compile(
        r"(?<!\w)(?<!l')une?(?: (?:second|deuxieme|troisieme|quatrieme|cinquieme)e?)?(?= )"
    ),
}
_DEFINITE = {
    "en": re.compile(r"(?<![\w'])(?:the|its|their|his|her)(?= )"),
    "fr": re.compile(r"(?<!\w)(?:(?:le|la|son|sa|leur)(?= )|l')"),
}
_ANOTHER_TEN = re.compile(rf" (?:(?:further|additional|total of|total de|other) )?(?:{_N})")
"""“à” is no number: the articles are those of the report's language."""
_BEFORE = 24


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text.

    Parameters
    ----------
    start, end
        Where it stands, its qualifier included.
    low, best, high
        As in :class:`geo.reports.records.DraftClaim`.
    """

    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None


def amounts(plain: Plain, start: int, end: int) -> Iterator[Amount]:
    """Yield the counts in a stretch of a text; distances, hours, money and shares are none."""
    text = plain.text
    for match in _PATTERN.finditer(text, start, end):
        if _UNIT_AFTER.match(text, match.end()) or match[0] in ("un", "une"):
            continue
        found = _collective(match) if match["scale"] else _plain_number(match)
        if found is None:
            continue
        low, best, high = found
        begin = match.start()
        window = max(start, begin - _BEFORE)
        qualifier = None
        for hit in words("qualifier").find(plain, window, begin):
            if text[hit.end : begin].strip() in ("", "a", "an", "some"):
                qualifier = hit
        if qualifier is not None and high is None and best is not None:
            begin = qualifier.start
            low, best, high = _qualified(qualifier.code, best)
        yield Amount(begin, match.end(), low, best, high)


def single(plain: Plain, start: int, end: int) -> Iterator[Amount]:
    """Yield “a” and “one” as amounts of one; only a noun that is counted makes them a number."""
    for match in _SINGLES[language_of(plain)].finditer(plain.text, start, end):
        if _SCALES.match(plain.text, match.end()) or _ANOTHER_TEN.match(plain.text, match.end()):
            continue
        yield Amount(match.start(), match.end(), None, 1, None)


def definite(plain: Plain, start: int, end: int) -> Iterator[Amount]:
    """Yield “the” and “its” as amounts of one, for “the driver was killed”."""
    for match in _DEFINITE[language_of(plain)].finditer(plain.text, start, end):
        yield Amount(match.start(), match.end(), None, 1, None)


def _qualified(code: str, number: int) -> tuple[int | None, int | None, int | None]:
    if code == "at_least":
        return number, number, None
    if code == "more_than":
        return number, None, None
    if code == "up_to":
        return None, None, number
    return None, number, None


def _collective(match: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    """Return what “a dozen”, “une vingtaine de” or “dozens of” says; a plural is a least value."""
    size = _SCALE[match["scale"]]
    times = match["times"] or ""
    if times.startswith("half"):
        return None, size // 2, None
    if match["plural"]:
        told = _WORDS.get(times, 2)
        return size * told, size * told, None
    if times in ("several", "plusieurs"):
        return 2 * size, 2 * size, None
    return None, size * _WORDS.get(times, 1), None


def _plain_number(match: re.Match[str]) -> tuple[int | None, int | None, int | None] | None:
    low = value(match["low"])
    if match["high"]:
        high = value(match["high"])
        return (low, None, high) if low < high else None
    return None, low, None


def value(text: str) -> int:
    """Return a whole number in figures or in words: “1,200”, “twenty-five”, “quatre-vingts”."""
    if text[0].isdigit():
        return int("".join(char for char in text if char.isdigit()))
    total, done = 0, 0
    for word in re.findall(_NUMBER_WORD, text):
        number = _WORDS.get(word) or _WORDS[word.removesuffix("s")]
        if number == _THOUSAND:
            done, total = done + max(total, 1) * _THOUSAND, 0
        elif number == _HUNDRED:
            total = max(total, 1) * _HUNDRED
        elif (total % _HUNDRED, number) == _FOUR_SCORE:
            total += 80 - 4
        else:
            total += number
    return done + total
