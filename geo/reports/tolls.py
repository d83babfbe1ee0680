"""What a report counts: dead, wounded, missing, abducted, vehicles, villages, attackers.

A clause is read as a row of amounts, counted nouns and words of harm.  An amount takes the harm
that its noun phrase names (“ten deaths”), that follows it (“ten people were killed”) or that
precedes it (“killing ten people”); amounts joined by “and” share it; those after “including” are
parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from geo.reports.amounts import Amount
from geo.reports.counting import (
    HUMAN,
    OF_WHOM,
    THEM,
    VEHICLE_FIELDS,
    Counted,
    Toll,
    applies,
    chains,
    counted_in,
)
from geo.reports.gaps import bare
from geo.reports.negations import nobody
from geo.reports.plaintext import Plain
from geo.reports.totals import PART, announced, figures, one_more, steps_from
from geo.reports.vocabulary import Hit, words

_PASSIVE_GAP = re.compile(
    r"(?:(?:[ \n]+[\w'\-]+){0,4}, [^.;,\"]{3,40}(?:,[^.;,\"]{3,20})?,"
    r"(?= (?:were|was|have|has|had|ont|a|sont)\b))?"
    r"(?:[ \n]*,? ?(?:who|that|qui|which))?"
    r"(?:[ \n]+(?!(?:and|et|but|mais|after|apres|when)\b)[\w'\-]+){0,5},?[ \n]+\"?"
)
_ACTIVE_GAP = re.compile(
    r"(?:[ ,\n]*\")?(?:[ ,\n]+(?!(?:but|mais|in|dans|by|par)\b)[\w'\-]+){0,4}[ ,\n]*(?:\" ?)?"
    r"(?:d'|l')?"
)
_PART_BEFORE = re.compile(rf"[ ,\n]{PART.pattern}[ \n]*$")
_INTRANSITIVE = re.compile(r"(?:died|perished|peri|decedee?s?|succombe|disappeared)")
_LIST = re.compile(r" ?(?:[:(]|-|, (?:soit|namely|made up of|dont)) ?")
_VICTIMS = (
    r"(?:dead|victims|killed|wounded|injured|casualties|morts|victimes|tues|blesses|disparus|otages"
    r"|hostages|missing|personnes (?:tuees|blessees|enlevees))"
)
_AMONG_DEAD = re.compile(
    rf"(?:\b(?:among|parmi) (?:the |les |ces |these )?{_VICTIMS}\b(?: [\w'\-]+){{0,4}}?"
    rf"|\b{_VICTIMS} (?:also )?(?:includ(?:ed?|ing)|comprised?|compren(?:d|nent)"
    r"|compt(?:e|ent)|figur\w+))[ :,]*$"
)
"""“Among the dead were three children”, “the dead include two teachers”."""
_OF_THE_DEAD = re.compile(
    rf" (?:of|des) (?:the )?{_VICTIMS}\b|[^.;,]{{0,40}} (?:(?:are|were) among|figurent parmi"
    rf"|(?:sont|etaient|se trouvent) parmi) (?:the |les )?{_VICTIMS}\b"
)
"""“Three of the dead were children”, “two officers are among the dead”."""
_PART_REACH = 60
_AMONG = re.compile(
    r"(?:[ ,\n]+[\w'\-]+){0,3}?[ ,\n]+(?:among(?! them| whom)|parmi(?! eux| elles| lesquel)"
    r"|dans les rangs d\w+|chez|on the side of)[ \n]"
)
_BARE_GAP = re.compile(
    r"(?: ?\")?(?:[ \n]+(?:have|has|had|been|were|was|are|is|others?|more|now|feared|reported|found"
    r"|left|still|toujours|encore|remains?"
    r"|ont|a|ete|sont|etaient|est|autres?|en|seriously|gravement|d'entre|eux|confirmed|to|people|among|of)\b)"
    r"{0,4}[ \n]*\"?"
)
_GOES_ON = re.compile(r",? (?:and|et) |, ")
"""“including nine soldiers and six civilians”: both are parts."""
_LOST = re.compile(r"lost\b(?! their| his| her)|perdus?\b(?! la)")
"""“The army lost ten men”: they were its own."""
_CONSISTING = re.compile(
    r"[ ,\n]+(?:(?:which |that )?[\w']+ )?"
    r"(?:of|de|d'|with|avec|comprising|numbering|made up of|compose de|comptant|containing) ?"
)
_STRONG = re.compile(r"[- ](?:strong )?convoy|[- ]vehicle convoy")
_THEY_WERE = re.compile(
    r"\b(?:they (?:were|are)|ils (?:etaient|sont)|there were)(?: (?:about|around|some|maybe|perhaps"
    r"|at least|environ|peut-etre|au moins|au nombre de|bien))* $"
)
"""“They were six”, told of those who attacked."""
_NUMBERING = re.compile(
    r"[ ,\n]+(?:numbering|estimated at|estimes a|au nombre de|dont le nombre)[ \n]+(?:\w+ )?"
)
_OF_SOMEBODY = (
    r"(?:[ \n]+(?:of|from|de|du|des|de la|de l'|d')[ \n]?[\w'\-]+(?:[ \n]+[\w'\-]+){0,4})?"
)
_LONG_PASSIVE = re.compile(
    _OF_SOMEBODY + r"(?:,[ \n]+(?:\w+ment|\w+ly)?"
    r"|[ \n]+(?:ont ete|a ete|were|was|have been|has been)(?:[ \n]+[\w'\-]+){0,3})[ \n]+"
)
"""“Four coaches of a company were stopped, then burned”, “four soldiers, gravely wounded”."""
_AND_ANOTHER = re.compile(
    r"[ ,\n]+(?:and|et|along with|as well as|together with|ainsi que|avec|with)[ \n]+"
    r"(?:their|his|her|its|the|an?|leurs?|son|sa|ses|les?|la|l'|une?)(?:[ \n]?[\w'\-]+){1,4}?"
    r"(?=[ \n](?:was|were|is|are|have|has|had|ont|a|est|sont|avaient|avait|auraient|etaient)\b)"
)
"""“Three miners and their interpreter were abducted”: what is joined to a subject."""
_TAKEN = re.compile(r"(?:captured?|capturing|seized|took|taken|pris|prises?|capturee?s?)")
_THING = re.compile(
    r" (?!(?:and|et|in|on|at|near|dans|a|au|aux|pres|after|before|apres|avant|during|lors|from|of"
    r"|de|d'entre|others?|autres?|were|was|are|have|had|has|ont|sont|alive|vivants?|when|who|qui"
    r"|while|as|by|par|to|more|seriously)\b)[a-z]"
)
"""“Captured three barracks”: what no list knows is no hostage."""
_APPOSED = re.compile(
    r"(?:,[ \n]+| \()(?:(?:almost |presque )?(?:all|tous|toutes)|mostly|most|mainly|essentiellement"
    r"|en majorite|principalement|(?:pour )?la plupart)(?:[ \n]+(?:of them|des?\b)|[ \n]+d')*[ \n]*"
)
"""“Eight people, all civilians”."""


def tolls(plain: Plain, start: int, end: int, masked: Iterable[tuple[int, int]] = ()) -> list[Toll]:
    """Return what a stretch of a text counts.

    Parameters
    ----------
    plain
        The text.
    start, end
        A clause or a sentence.
    masked
        Stretches whose numbers are days or hours.
    """
    harms = list(words("toll").find(plain, start, end))
    zeros, spared = nobody(plain, start, end, harms)
    harms = [h for h in harms if not any(a < h.end and h.start < b for a, b in spared)]
    counted = counted_in(plain, start, end, [*masked, *spared], harms)
    found: list[Toll] = []
    for chain in chains(plain, counted):
        own = _chain_tolls(plain, chain, harms, start, end)
        found += own or _listed(plain, chain, found)
    totals = figures(plain, start, end, counted, found)
    found = [one for one in found if not any(t.start < one.end <= t.end for t in totals)] + totals
    found += steps_from(plain, counted, found)
    taken = {toll.start for toll in found}
    found += [toll for toll in announced(plain, counted) if toll.start not in taken]
    found += zeros
    later = one_more(plain, start, end)
    found = [
        t for t in found if not any(t.start < o.end and o.start < t.end for o in later)
    ] + later
    if not any(toll.field in HUMAN for toll in found):
        found += _unfigured(plain, start, end, harms)
    return sorted(found, key=lambda toll: toll.start)


def _listed(plain: Plain, chain: Sequence[Counted], before: Sequence[Toll]) -> list[Toll]:
    """Return who makes up a toll: “23 dead: fifteen civilians, six VDP and four gendarmes”."""
    total = before[-1] if before else None
    first = chain[0].amount.start
    if total is None or total.field not in HUMAN or total.end > first:
        return []
    if not _LIST.fullmatch(plain.text, total.end, first) or any(not one.noun for one in chain):
        return []
    return [
        Toll(one.amount.start, one.end, total.field, one.amount.low, one.amount.best,
             one.amount.high, one.noun.code)
        for one in chain
        if one.noun is not None
    ]  # fmt: skip


def _chain_tolls(
    plain: Plain, chain: Sequence[Counted], harms: Sequence[Hit], start: int, end: int
) -> list[Toll]:
    own = [_own(plain, one, harms) for one in chain]
    shared = [_after(plain, chain[-1], harms), _before(plain, chain[0], harms, start)]
    found: list[Toll] = []
    part = False
    for position, one in enumerate(chain):
        joined = plain.text[chain[position - 1].end : one.amount.start] if position else ""
        goes_on = part and own[position] is None and _GOES_ON.fullmatch(joined) is not None
        part = bool(PART.search(joined)) or _is_part(plain, one, start) or goes_on
        before: list[Hit | None] = list(reversed(own[:position]))
        if part and not any(before):
            before = [*[h for h in reversed(harms) if h.end <= one.amount.start][:1]]
        after = () if one.noun is None and one.what == "" else shared[:1]
        whom = OF_WHOM.match(plain.text, one.amount.end)  # “24 wounded, three of whom died”
        if position < len(chain) - 1 and all(shared) and _beside(plain, shared[1], chain[0]):
            after = ()  # “we lost nine men and two lorries were taken”
        ranked = (
            *(own[position : position + 1] if whom else ()), *(before if part else ()),
            own[position], *after, *shared[1:], *before,
            *own[position + 1 :],
        )  # fmt: skip
        harm = next((h for h in ranked if h is not None and applies(h, one)), None)
        if harm is not None and _of_a_thing(plain, harm, one):
            continue
        mine = own[position]
        if mine is not None and mine.code == "nothing" and not one.noun:
            continue  # “14 were killed and 31 arrested”
        toll = _toll(plain, one, harm, end)
        if toll is not None:
            found.append(replace(toll, unit_group="part_of_total") if part else toll)
    return _together(chain, _of_one_side(chain, found))


def _together(chain: Sequence[Counted], found: list[Toll]) -> list[Toll]:
    """Count “the driver and a passenger” as two."""
    alike = len({(toll.field, toll.unit_group) for toll in found}) == 1
    if len(found) < 2 or not alike or any(toll.best != 1 or toll.low for toll in found):  # noqa: PLR2004
        return found
    first, last = chain[0].amount.start, max(toll.end for toll in found)
    return [replace(found[0], start=first, end=last, best=len(found))]


def _of_one_side(chain: Sequence[Counted], found: list[Toll]) -> list[Toll]:
    """Let “34 dead and 14 wounded among the soldiers” count soldiers both times."""
    if len(found) != len(chain) or any(one.noun is not None for one in chain):
        return found
    group = found[-1].unit_group
    alone = group not in ("all", "part_of_total")
    return [replace(t, unit_group=group) if alone and t.unit_group == "all" else t for t in found]


def _is_part(plain: Plain, one: Counted, start: int) -> bool:
    """Return whether an amount is a part of what was counted before: “including two”."""
    window = (max(start, one.amount.start - _PART_REACH), one.amount.start)
    before = any(pattern.search(plain.text, *window) for pattern in (_PART_BEFORE, _AMONG_DEAD))
    after = any(pattern.match(plain.text, one.amount.end) for pattern in (OF_WHOM, _OF_THE_DEAD))
    return before or after


def _own(plain: Plain, one: Counted, harms: Sequence[Hit]) -> Hit | None:
    """Return the harm that an amount counts itself: “ten deaths”, “25 killed”."""
    for harm in harms:
        if harm.start < one.amount.start < harm.end:
            return harm  # “setting 40 of them ablaze”
        if harm.start < one.amount.end:
            continue
        if one.noun is not None and harm.start >= one.noun.start:
            return _passive(plain, one.noun.end, harm) if harm.start >= one.noun.end else None
        return harm if _BARE_GAP.fullmatch(plain.text, one.amount.end, harm.start) else None
    return None


def _of_a_thing(plain: Plain, harm: Hit, one: Counted) -> bool:
    """Return whether what was “captured” is something that no list knows."""
    taken = harm.code == "abducted" and _TAKEN.fullmatch(plain.text, harm.start, harm.end)
    unknown = one.noun is None and one.what == "" and _THING.match(plain.text, one.amount.end)
    return bool(taken and unknown)


def _passive(plain: Plain, at: int, harm: Hit) -> Hit | None:
    gaps = (_PASSIVE_GAP, _LONG_PASSIVE)
    another = _AND_ANOTHER.match(plain.text, at, harm.start)
    at = another.end() if another else at
    if any(gap.fullmatch(plain.text, at, harm.start) for gap in gaps):
        return harm
    between = bare(plain, at, harm.start)
    return harm if any(gap.fullmatch(between) for gap in gaps) else None


def _beside(plain: Plain, harm: Hit | None, first: Counted) -> bool:
    """Return whether a harm stands right before what it befell."""
    return harm is not None and plain.text[harm.end : first.amount.start].strip() == ""


def _after(plain: Plain, last: Counted, harms: Sequence[Hit]) -> Hit | None:
    for harm in harms:
        if harm.start >= last.end:
            return _passive(plain, last.end, harm)
    return None


def _before(plain: Plain, first: Counted, harms: Sequence[Hit], start: int) -> Hit | None:
    for harm in reversed(harms):
        if start <= harm.end <= first.amount.start:
            if plain.text.startswith("from", harm.end - len("from")):
                return None  # “two passengers taken from a bus”
            if _INTRANSITIVE.fullmatch(plain.text, harm.start, harm.end):
                return None  # “three drivers died there, I knew one of them”
            gap = _ACTIVE_GAP.fullmatch(plain.text, harm.end, first.amount.start)
            gap = gap or _ACTIVE_GAP.fullmatch(bare(plain, harm.end, first.amount.start))
            return harm if gap else None
    return None


def _toll(plain: Plain, one: Counted, harm: Hit | None, end: int) -> Toll | None:
    amount = one.amount
    numbers = (amount.low, amount.best, amount.high)
    stop = max(one.end, harm.end if harm and harm.start >= one.end else one.end)
    things = one.what == THEM and harm is not None and harm.code not in HUMAN
    if things or one.what in ("vehicle", "village"):
        field = _things(plain, one, harm)
        return Toll(amount.start, stop, field, *numbers, "all") if field else None
    if harm is not None and harm.code in HUMAN:
        group = _group(one, plain, end) if one.noun else _among(plain, harm.end, end)
        if group == "all" and one.noun and _LOST.match(plain.text, harm.start):
            group = "military"
        return Toll(amount.start, stop, harm.code, *numbers, group)
    attackers = one.noun is not None and one.noun.code == "assailants" and amount.best != 1
    if (attackers and harm is None) or (one.noun is None and _after_attackers(plain, amount)):
        return Toll(amount.start, one.end, "attackers", *numbers, "assailants")
    return None


def _things(plain: Plain, one: Counted, harm: Hit | None) -> str | None:
    """Return the field that counts vehicles or villages, ``None`` when nothing befell them."""
    field = VEHICLE_FIELDS.get(harm.code if harm else "")
    if one.what == "village":
        return "villages_burned" if field == "vehicles_destroyed" else None
    return field or ("vehicles" if _is_convoy(plain, one) else None)


def _after_attackers(plain: Plain, amount: Amount) -> bool:
    if _THEY_WERE.search(plain.text, max(0, amount.start - 60), amount.start):
        return True
    for hit in words("people").find(plain, max(0, amount.start - 60), amount.start):
        if hit.code == "assailants" and _NUMBERING.fullmatch(plain.text, hit.end, amount.start):
            return True
    return False


def _is_convoy(plain: Plain, one: Counted) -> bool:
    """Return whether vehicles are those of a convoy: “a convoy consisting of 100 vehicles”."""
    start = max(0, one.amount.start - 60)
    for hit in words("convoy").find(plain, start, one.amount.start):
        if _CONSISTING.fullmatch(plain.text, hit.end, one.amount.start):
            return True
    return _STRONG.match(plain.text, one.amount.end) is not None


def _group(one: Counted, plain: Plain, end: int) -> str:
    if one.noun is not None and one.what == THEM:
        return one.noun.code
    if one.noun is None or one.what != "people":
        return "all"
    if one.noun.code == "all":
        return _among(plain, one.noun.end, end)
    return one.noun.code


def _among(plain: Plain, at: int, end: int) -> str:
    """Return the group that “ten dead among the soldiers” tells."""
    own = words("own_ranks").first(plain, at, min(end, at + 30))
    if own is not None:
        return "military"
    match = _AMONG.match(plain.text, at, end) or _APPOSED.match(plain.text, at, end)
    if match:
        hit = words("people").first(plain, match.end(), min(end, match.end() + 40))
        if hit is not None:
            return hit.code
    return "all"


def _unfigured(plain: Plain, start: int, end: int, harms: Sequence[Hit]) -> list[Toll]:
    """Return harm without a figure: “killed all the emissaries”."""
    if words("unsure").first(plain, start, end) is not None:
        return []
    found = []
    for harm in harms:
        if harm.code not in HUMAN:
            continue
        window = (max(start, harm.start - 40), min(end, harm.end + 40))
        near = [
            hit
            for hit in words("people").find(plain, *window)
            if (hit.start >= harm.end and _ACTIVE_GAP.fullmatch(plain.text, harm.end, hit.start))
            or (
                hit.end <= harm.start
                and hit.code != "assailants"
                and _passive(plain, hit.end, harm)
            )
        ]
        near.sort(key=lambda hit: hit.start < harm.end)
        if near:
            chosen = next((hit for hit in near if hit.code == "armed_group"), near[0])
            begin, stop = min(harm.start, chosen.start), max(harm.end, chosen.end)
            found.append(Toll(begin, stop, harm.code, None, None, None, chosen.code))
    return found[:1]
