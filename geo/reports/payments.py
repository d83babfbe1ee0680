"""What is paid on a road: every price that a sentence names, what was paid before first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.reports.days import told_days
from geo.reports.plaintext import Plain

_FIGURES = r"\d[\d., \u202f]*(?<![., \u202f])"
_CURRENCY = (
    r"(?:f\.? ?cfa|fcfa|cfa(?: francs?)?|francs?(?: cfa)?|xof|euros?|dollars?|usd|\$|€)(?![a-z])"
)
_FOR_WHAT = (
    r"(?:,? (?:per|par|for(?: an?| each| every)?|pour(?: une?| chaque| les)?|each|every|chaque|a"
    r"|le)"
    r" (?:large |small |gros |petit )?"
    r"(?:\w*truck|lorry|lorries|camion|vehicle|vehicule|bus|coach|car|minibus|motorbike|motorcycle"
    r"|moto|passenger|passager|person|personne|traveller|voyageur|head|tete|tanker|citerne|chauffeur"
    r"|driver|voiture|tricycle|trip|voyage|passage|convoy|convoi|sac|bag)\w*)?"
)
_MONEY = re.compile(
    rf"{_FIGURES}-?(?:\s?(?:million|millions|mille|thousand))?\s?(?:de )?{_CURRENCY}{_FOR_WHAT}"
)
_BARE = re.compile(
    rf"(?<![\w.,/-])(?:\d{{1,3}}(?:[., \u202f]\d{{3}})+|\d{{4,7}})(?!\w|[.,]\d| ?(?:km|kilo|m\b))"
    rf"{_FOR_WHAT}"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_PAYING = re.compile(
    r"\b(?:ask|demand|exig|pay|charg|levy|levie|collect|percoi|prelev|reclam"
    r"|vers(?:e|er|ent|ait|aient)\b|acquitt|debours|cout|cost|fee|tarif|price|prix"
    r"|hand(?:s|ed|ing)? over|remett|fork|taxe|impos|facture|extort|ranconn|rackett|rate\b)\w*"
)
_NEGATED = re.compile(r"\b(?:no longer|not|n(?:e |')\w+ plus(?= \S)|without|sans)\b[^,;]*$")
_BEFORE = re.compile(
    r"\b(?:up from|down from|from|contre|against|instead of|au lieu de|compared (?:with|to)"
    r"|rather than|auparavant|previously|formerly|before|avant|last|dernier|derniere|passe"
    r"|ago|it was|c'etait|etait|etaient|used to|jadis|naguere)\b"
)
_NOW = re.compile(
    r"\b(?:now|today|aujourd'hui|desormais|a present|maintenant|currently|these days|since then"
    r"|depuis|dorenavant|passee? a|risen to|rose to|doubled to)\b"
)
_RANGE = re.compile(rf"(?: ?{_CURRENCY})? ?(?:and|et|-) ")
_BETWEEN = re.compile(r"\b(?:between|entre) $")
_TO = re.compile(rf"(?: ?{_CURRENCY})? (?:to|a) ")
_AND = re.compile(rf"(?: ?{_CURRENCY})? (?:and|et) ", re.IGNORECASE)
_AFTER_REACH, _SHORT = 24, 10


@dataclass(frozen=True, slots=True)
class _Price:
    start: int
    end: int
    earlier: bool


def pays(plain: Plain, start: int, end: int) -> bool:
    """Return whether somebody pays, or has to, in a stretch of a text."""
    if _MONEY.search(plain.text, start, end) is None:
        return False
    return any(
        not _NEGATED.search(plain.text, start, match.start())
        for match in _PAYING.finditer(plain.text, start, end)
    )


def paid(plain: Plain, start: int, end: int) -> str:
    """Return the prices in a stretch of a text in the report's words; empty when it names none.

    An arrow leads from what was paid before to what is paid now: “5 000 francs CFA → 10 000”.
    """
    prices = _prices(plain, start, end)
    before = [_written(plain, one) for one in prices if one.earlier]
    now = [_written(plain, one) for one in prices if not one.earlier]
    return " → ".join("; ".join(dict.fromkeys(part)) for part in (before, now) if part)


def _written(plain: Plain, price: _Price) -> str:
    said = " ".join(plain.written(price.start, price.end).strip(" ,.").split())
    if _BETWEEN.search(plain.text, max(0, price.start - _SHORT), price.start):
        return _AND.sub("–", said, count=1)
    return said


def _prices(plain: Plain, start: int, end: int) -> list[_Price]:
    spans = [match.span() for match in _MONEY.finditer(plain.text, start, end)]
    if not spans:
        return []
    days = [(told.start, told.end) for told in told_days(plain, start, end)]
    for match in _BARE.finditer(plain.text, start, end):
        taken = any(match.start() < b and a < match.end() for a, b in (*spans, *days))
        if not taken and not _YEAR.match(match[0]):
            spans.append(match.span())
    spans = _with_ranges(plain, sorted(spans))
    found: list[_Price] = []
    last = start
    for at, (begin, stop) in enumerate(spans):
        following = spans[at + 1][0] if at + 1 < len(spans) else end
        found.append(_Price(begin, stop, _earlier(plain, last, (begin, stop), following)))
        last = stop
    return found


def _with_ranges(plain: Plain, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where prices stand, “between 25,000 and 40,000 francs” as one."""
    found: list[tuple[int, int]] = []
    for begin, stop in spans:
        first = found[-1] if found else (0, 0)
        opened = _BETWEEN.search(plain.text, max(0, first[0] - _SHORT), first[0])
        if opened and _RANGE.fullmatch(plain.text, first[1], begin):
            found[-1] = (first[0], stop)
        else:
            found.append((begin, stop))
    return found


def _earlier(plain: Plain, last: int, price: tuple[int, int], following: int) -> bool:
    """Return whether a price is what was paid before, by the words around it."""
    text = plain.text
    if _TO.fullmatch(text, price[1], following):
        return True  # “from 5,000 to 10,000”
    if _TO.fullmatch(text, last, price[0]) or _NOW.search(text, last, price[0]):
        return False
    if _BEFORE.search(text, last, price[0]):
        return True
    after = re.split(r"[,;.]", text[price[1] : min(following, price[1] + _AFTER_REACH)])[0]
    return _BEFORE.search(after) is not None
