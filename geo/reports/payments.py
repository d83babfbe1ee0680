"""What is paid on a road: every price that a sentence names, what was paid before first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.reports.amounts import value
from geo.reports.concerned import concerned
from geo.reports.days import told_days
from geo.reports.plaintext import Plain

_FIGURES = r"\d[\d., \u202f]*(?<![., \u202f])"
_CURRENCY = (
    r"(?:f\.? ?cfa|fcfa|cfaf?(?: francs?)?|francs?(?: cfa)?|xof|euros?|dollars?|usd|\$|€"
    r"|(?:(?<=\d\d\d)|(?<=\d\d\d ))f)(?![a-z'])"
)
_CURRENCY_BEFORE = r"(?:f\.? ?cfa|fcfa|cfaf?|xof|usd|eur|\$|€) ?"
_FOR_EACH = (
    r"(?:,? ?(?:/ ?|(?:per|par|(?:for|from|on|of)(?: an?| each| every)?"
    r"|(?:pour|de|sur)(?: une?| chaque| les)?|each|every|chaque|a|le|la|by) )"
    r"(?:large |small |gros |petit )?"
    r"(?:\w*truck|lorry|lorries|camions?-citerne|camion|vehicle|vehicule|bus|coach|car|minibus|motorbike|motorcycl"
    r"|moto|passenger|passager|person|personne|traveller|voyageur|head|tete|tanker|citerne|chauffeur"
    r"|driver|voiture|tricycle|trip|voyage|passage|convoy|convoi|sac|bag)\w*)"
)
_THOUSANDS = r"(?<![\w.,/-])(?:\d{1,3}(?:[., \u202f]\d{3})+|\d{4,7})(?!\w|[.,]\d| ?(?:km|kilo|m\b))"
_MONEY = re.compile(
    rf"(?:{_FIGURES}-?(?:\s?(?:million|millions|mille|thousand|k\b))?\s?(?:de )?{_CURRENCY}"
    rf"|(?<![a-z]){_CURRENCY_BEFORE}{_FIGURES}){_FOR_EACH}?|{_THOUSANDS}{_FOR_EACH}"
)
"""“15,000 francs”, “FCFA 15,000 per lorry”; without a currency “15 000 par camion”."""
_BARE = re.compile(rf"{_THOUSANDS}{_FOR_EACH}?")
_PAID_BARE = re.compile(
    r"\b(?:pays?|paid|paying|paie(?:nt)?|payait|payaient|payer|versent?|demands?|asks?|exigent|takes?"
    rf"|reclament|demandent|prennent) {_THOUSANDS}(?! (?:people|vehicles|personnes|vehicules))"
)
"""“Each lorry pays 60,000”."""
_YEAR = re.compile(r"(?:19|20)\d\d$")
_PAYING = re.compile(
    r"\b(?:ask|demand|exig|pay|pai(?:e|ent|ait)|charg|levy|levie|collect|percoi|prelev|reclam"
    r"|vers(?:e|er|ent|ait|aient)\b|acquitt|debours|cout|cost|fee|tarif|price|prix"
    r"|hand(?:s|ed|ing)? over|remett|fork|taxe|impos|facture|extort|ranconn|rackett|rate\b"
    r"|wants?\b|veu(?:t|lent)\b|take[sn]?\b|taking|took|prend|prenn|pris\b|donn(?:e|ent|ons|er)\b|gives?\b|prix|toll)\w*"
)
_OTHERWISE = re.compile(
    r"\b(?:ticket|billet|fares?\b|salar|ransom|rancon\b|fine[sd]?\b|amende|prime|loan|budget|repair"
    r"|per diem|lit(?:re|er)s?\b|kilos?\b|damage|degat|aid\b|aide\b|milliard|billion|compensat"
    r"|bounty)\w*"
)
"""What is paid for something else than the way."""
_ON_THE_ROAD = re.compile(
    r"\b(?:vehicles?|vehicules?|drivers?|chauffeurs?|truckers?|hauliers?|transporte(?:u?r)s?"
    r"|lorr(?:y|ies)"
    r"|trucks?|camions?|camionneurs?|bus(?:es)?|coach(?:es)?|cars?|autocars?|motos?|motorbikes?"
    r"|motorcycl\w+|usagers|travellers|voyageurs|passengers?|passagers?|traders?|commercants?"
    r"|to pass|passage|to get through|pour passer|checkpoints?|roadblocks?|barrages?|toll|peage)\b"
)
_THOUSAND = re.compile(r"\d ?(?:mille|thousand|k\b)")
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
_AND = re.compile(rf"(?: ?{_CURRENCY})? (?:and|et|to|à) (?=\d)", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:r[io]se|risen|raised?|fell|fall|fallen|increas|doubl|tripl|jump|climb|drop|cut|reduc|lower"
    r"|went|gone|passee?s?|mont|baiss|augment|grimp|redui|diminu|chang)\w*"
)
_AFTER_REACH, _SHORT = 24, 10


@dataclass(frozen=True, slots=True)
class Price:
    """A price: where it stands, how much for whom, whether it is what was paid before.

    Parameters
    ----------
    start, end
        Where it stands.
    amount
        Figure; of a range the higher one.
    payer
        Code of the list ``affected``; empty when it holds for whoever pays.
    earlier
        Whether it is what was paid before.
    """

    start: int
    end: int
    amount: int
    payer: str
    earlier: bool


def pays(plain: Plain, start: int, end: int) -> bool:
    """Return whether somebody pays, or has to, in a stretch of a text."""
    money = _MONEY.search(plain.text, start, end) or _PAID_BARE.search(plain.text, start, end)
    if money is None:
        return False
    if _OTHERWISE.search(plain.text, start, end):
        return False
    return any(
        not _NEGATED.search(plain.text, start, match.start())
        for match in _PAYING.finditer(plain.text, start, end)
    )


def tolled(plain: Plain, start: int, end: int) -> bool:
    """Return whether those who pay are on the road, though nobody says to whom."""
    return pays(plain, start, end) and _ON_THE_ROAD.search(plain.text, start, end) is not None


def paid(plain: Plain, start: int, end: int) -> str:
    """Return the prices in a stretch of a text in the report's words; empty when it names none."""
    return said(plain, prices(plain, start, end))


def said(plain: Plain, costs: Sequence[Price]) -> str:
    """Return prices in the report's words.

    An arrow leads from what was paid before to what is paid now: “5 000 francs CFA → 10 000”.
    """
    before = [_written(plain, one) for one in costs if one.earlier]
    now = [_written(plain, one) for one in costs if not one.earlier]
    return " → ".join("; ".join(dict.fromkeys(part)) for part in (before, now) if part)


def payers(costs: Iterable[Price]) -> list[str]:
    """Return for whom prices are stated."""
    return list(dict.fromkeys(one.payer for one in costs if one.payer))


def _written(plain: Plain, price: Price) -> str:
    words_of = " ".join(plain.written(price.start, price.end).strip(" ,.").split())
    return _AND.sub("–", words_of, count=1)


def prices(plain: Plain, start: int, end: int, *, bare: bool = False) -> list[Price]:
    """Return the prices in a stretch of a text; without a currency only beside one that has it.

    Parameters
    ----------
    plain, start, end
        A stretch of a text.
    bare
        Whether the currency was named before.
    """
    spans = [match.span() for match in _MONEY.finditer(plain.text, start, end)]
    if not (spans or bare or _PAID_BARE.search(plain.text, start, end)):
        return []
    days = [(told.start, told.end) for told in told_days(plain, start, end)]
    for match in _BARE.finditer(plain.text, start, end):
        taken = any(match.start() < b and a < match.end() for a, b in (*spans, *days))
        if not taken and not _YEAR.match(match[0]):
            spans.append(match.span())
    spans = _with_ranges(plain, sorted(spans), changed=_changed(plain, start, end))
    found: list[Price] = []
    last, payer = start, ""
    for at, (begin, stop) in enumerate(spans):
        following = spans[at + 1][0] if at + 1 < len(spans) else end
        earlier = _earlier(plain, last, (begin, stop), following)
        # “per lorry”; “lorries pay …”; else whoever paid the last one
        own = concerned(plain, begin, stop) or concerned(plain, last, begin)[-1:] or [payer]
        found.append(Price(begin, stop, _amount(plain, begin, stop), own[0], earlier))
        last, payer = stop, own[0]
    return found


def _changed(plain: Plain, start: int, end: int) -> bool:
    """Return whether a price rose or fell, so that “from 5,000 to 10,000” is no range."""
    return _CHANGE.search(plain.text, start, end) is not None


def _amount(plain: Plain, start: int, end: int) -> int:
    """Return the figure of a price: “15 mille francs” are 15,000."""
    figures = [match[0] for match in re.finditer(_FIGURES, plain.text[start:end])]
    many = max((value(one) for one in figures), default=0)
    return many * 1000 if _THOUSAND.search(plain.text, start, end) else many


def _with_ranges(
    plain: Plain, spans: Sequence[tuple[int, int]], *, changed: bool
) -> list[tuple[int, int]]:
    """Return where prices stand, “between 25,000 and 40,000 francs” as one."""
    found: list[tuple[int, int]] = []
    for begin, stop in spans:
        first = found[-1] if found else (0, 0)
        opened = _BETWEEN.search(plain.text, max(0, first[0] - _SHORT), first[0])
        ranged = opened and _RANGE.fullmatch(plain.text, first[1], begin)
        if found and (ranged or (not changed and _TO.fullmatch(plain.text, first[1], begin))):
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
