"""Bare figures after “the toll”, their parts and their steps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from geo.reports.amounts import Amount
from geo.reports.counting import HUMAN, Counted, Toll
from geo.reports.plaintext import Plain
from geo.reports.vocabulary import Hit, words

PART = re.compile(r"(?:dont|including|parmi lesquels|among them|among whom|notamment)")
_PART_JOIN = re.compile(rf"[ ,\n]*{PART.pattern}[ \n]*")
_FIGURE_GAP = re.compile(r"(?:[ \n]+[\w'\-]+){0,7}[ \n]+")
_RISEN = re.compile(
    r"\b(?:risen|rose|climbed|increased|gone|went|revised|passe|monte|grimpe|eleve|alourdi|stands?)"
    r"(?: (?:up|down|now|desormais))? (?:to|at|a) (?:at least |au moins )?$"
    r"|\b(?:reached|atteint|atteignait|totals) (?:at least |au moins )?$"
)
_NOUN_REACH = 14
_ANNOUNCED_REACH, _PUT_REACH = 24, 40
_PUT = re.compile(r"\b(?:to|at|a)(?: \w+){0,2} $")
_THE_NUMBER = re.compile(r" (?:the|le) (?:(?:death |human )?toll|number|bilan|nombre)\b")
_END = re.compile(r" ?(?:[.;,!]|$)")
_ANNOUNCED = re.compile(
    r"\b(?:announced|reported|given|spoken of|spoke of|counted|put it at|annonce|annoncait"
    r"|parlait d[e']|evoquait|comptait|denombrait|avance|avancait|fait etat d[e']"
    r"|faisait etat d[e']|that'?s|that makes|makes it|making it|(?:ca|cela) fait"
    r"|portant le bilan a)"
    r" ?$"
)
"""“On Friday it had announced 17”: of dead, where dead are told of."""
_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "deuxieme": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5, "sixieme": 6, "septieme": 7,
    "huitieme": 8,
}  # fmt: skip
_ONE_MORE = re.compile(
    rf"(?<![\w'])(?:an?|une?|the|le|la) (?P<nth>{'|'.join(_ORDINALS)})(?: [\w\-]+)?"
    r"(?: (?:has|had|then|also|later|since|subsequently|est|a|avait|ensuite|aussi|depuis))*"
    r" (?:died|dies|succumbed|decedee?|morte?|succombe)\b"
    rf"|\b(?:deces|mort|death|died) (?:d'|of )(?:an?|une?) (?P<of>{'|'.join(_ORDINALS)})\b"
)


def figures(
    plain: Plain, start: int, end: int, counted: Sequence[Counted], found: Sequence[Toll]
) -> list[Toll]:
    """Return bare figures after “the toll”: “the toll later rose to 32”."""
    tolled = [toll for one in counted if (toll := _put_at(plain, one, end)) is not None]
    for hit in words("toll_total").find(plain, start, end):
        for one in counted:
            if one.amount.start < hit.end or (one.noun is not None and _told(one, found)):
                continue
            if one.noun is None and (steps := _steps(plain, hit, one.amount)):
                tolled += steps
                break
            near = _FIGURE_GAP.fullmatch(plain.text, hit.end, one.amount.start)
            risen = _RISEN.search(plain.text, hit.end, one.amount.start)
            if one.noun is None and (near or risen):
                later = any(True for _ in words("rise").find(plain, hit.start, one.amount.start))
                number = one.amount
                numbers = (number.low, number.best, number.high)
                rank = 1 if later else 0
                field, group = hit.code or "killed", _of_whom(plain, hit, number)
                tolled.append(Toll(hit.start, number.end, field, *numbers, group, rank))
                tolled += _parts(plain, one, counted)
                break
    return tolled


def announced(plain: Plain, counted: Sequence[Counted]) -> list[Toll]:
    """Return bare figures that somebody “had announced”, as numbers of dead."""
    reach = _ANNOUNCED_REACH
    return [
        Toll(
            one.amount.start, one.amount.end, "killed", one.amount.low, one.amount.best,
            one.amount.high, "all",
        )
        for one in counted
        if one.noun is None and not one.what
        and _END.match(plain.text, one.amount.end)
        and _ANNOUNCED.search(plain.text, max(0, one.amount.start - reach), one.amount.start)
    ]  # fmt: skip


def _put_at(plain: Plain, one: Counted, end: int) -> Toll | None:
    """Return what “raised to 27 the number of soldiers killed” states."""
    said = _THE_NUMBER.match(plain.text, one.amount.end)
    if said is None or not _PUT.search(
        plain.text, max(0, one.amount.start - _ANNOUNCED_REACH), one.amount.start
    ):
        return None
    harm = words("toll").first(plain, said.end(), min(end, said.end() + _PUT_REACH))
    whom = words("people").first(plain, said.end(), min(end, said.end() + _PUT_REACH))
    field = harm.code if harm and harm.code in HUMAN else "killed"
    numbers = (one.amount.low, one.amount.best, one.amount.high)
    last = harm.end if harm else said.end()
    return Toll(one.amount.start, last, field, *numbers, whom.code if whom else "all", 1)


def _told(one: Counted, found: Iterable[Toll]) -> bool:
    return any(toll.start == one.amount.start for toll in found)


def steps_from(plain: Plain, counted: Sequence[Counted], found: Sequence[Toll]) -> list[Toll]:
    """Return what a toll became: “from 12 dead on Tuesday we have gone to 19”."""
    tolled = []
    for one in counted:
        before = [toll for toll in found if toll.end <= one.amount.start and toll.field == "killed"]
        if one.noun is not None or one.what or _told(one, found) or not before:
            continue
        if _RISEN.search(plain.text, before[-1].end, one.amount.start):
            number = one.amount
            numbers = (number.low, number.best, number.high)
            tolled.append(
                Toll(number.start, number.end, "killed", *numbers, before[-1].unit_group, 1)
            )
    return tolled


def _of_whom(plain: Plain, hit: Hit, number: Amount) -> str:
    """Return whom “the number of dead soldiers” counts."""
    found = words("people").first(plain, hit.start, min(number.start, hit.end + _NOUN_REACH))
    return found.code if found else "all"


def one_more(plain: Plain, start: int, end: int) -> list[Toll]:
    """Return the count that an ordinal tells: “a third later died” makes three."""
    return [
        Toll(*match.span(), "killed", None, _ORDINALS[match["nth"] or match["of"]], None, "all", 1)
        for match in _ONE_MORE.finditer(plain.text, start, end)
    ]


def _steps(plain: Plain, hit: Hit, number: Amount) -> list[Toll]:
    """Return both figures of “has risen from six to eleven”: first the one, then the other."""
    rose = words("rise").first(plain, hit.start, number.start + 1)
    if rose is None or number.low is None or number.high is None:
        return []
    return [
        Toll(hit.start, number.end, "killed", None, count, None, "all", rank)
        for rank, count in enumerate((number.low, number.high))
    ]


def _parts(plain: Plain, total: Counted, counted: Sequence[Counted]) -> list[Toll]:
    """Return the parts of a bare figure: “had risen to 18, including five volunteers”."""
    found = []
    for one in counted:
        gap = plain.text[total.end : one.amount.start]
        if one.what == "people" and one.amount.start >= total.end and _PART_JOIN.fullmatch(gap):
            numbers = (one.amount.low, one.amount.best, one.amount.high)
            found.append(Toll(one.amount.start, one.end, "killed", *numbers, "part_of_total"))
    return found
