"""Amounts with the nouns that they count, in the order of a clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.reports.amounts import Amount, amounts, definite, single
from geo.reports.gaps import bare
from geo.reports.language import language_of
from geo.reports.plaintext import Plain
from geo.reports.vocabulary import Hit, words

_NP_GAP = re.compile(
    r"(?:[ \n]+of[ \n]+(?:the|its|their|these|those))?"
    r"(?:[ \n]+(?!(?:and|et|were|was|ont|a ete|are|is|have|had|who|qui|in|at|on|dans|en|dont"
    r"|the|an?|la|les?|une?|when|as|after|while|during|by|par|lorsque|quand|alors|apres"
    r"|pendant|lors)\b)"
    r"[\w'\-]+){0,4}[ \n]+(?:\" ?)?"
)
_JOIN = re.compile(
    r"(?: (?:of|de|du|d'|from) ?[\w'\-]+)?[ ,\n]*(?:,|and|et|as well as|ainsi que|plus|along with"
    r"|,? dont|,? including|,? parmi lesquels|,? among them|,? notamment|, mostly)[ ,\n]+"
)
VEHICLE_FIELDS = {
    "burned": "vehicles_destroyed", "hit": "vehicles_hit", "taken": "vehicles_taken",
    "abducted": "vehicles_taken",
}  # fmt: skip
_VICTIM = re.compile(
    r" (?:blessee?|mort|tue|disparu|portee? disparue?|otage"
    r"|(?:was |is )?(?:injured|wounded|hurt|missing|abducted))\b"
)
"""“un mort”: the noun that is counted is the harm itself."""
_OF_THEM = re.compile(
    r" (?:of whom|dont)\b| (?:of them|d'entre eux) (?:seriously|critically|gravement|grievement)"
)
OF_WHOM = re.compile(r" of whom(?= )")
_THEN = re.compile(r" (?:(?:had|have|has|later|since|then|were|was) )*")
_MANY = re.compile(r"(?:s|x|men|people|children|police|personnel|staff|gens)$")
_WAS = re.compile(
    r"(?: (?:of|du|des|de la|de l'|de|d') ?[\w'\-]+(?: [\w'\-]+)?)?"
    r"(?: (?:and|et) (?:the|his|her|its|their|an?|two|three|son|sa|ses|le|la|une?|deux|trois)"
    r" ?[\w'\-]+)?"
    r"(?: (?:was|were|is|are|has|have|had|been|also|later|then|still|both|a|ont|ete|est|sont|fut"
    r"|etait|avait|avaient|aussi|ensuite|toujours|encore|grievement|gravement|legerement"
    r"|mortellement|totally|completely|entirely|partially|partly|totalement|entierement"
    r"|completement|partiellement|seriously|badly|slightly|critically|fatally|lightly))* "
    r"(?:(?:s'en est (?:tire|sorti)|escaped|got away|survived) (?:avec|with) (?:\w+ ){0,2})?"
)
_OUTRIGHT = re.compile(r" ?(?:sur le coup|outright|instantly|both|notamment|also)? ?")
_THEM = re.compile(r" (?:of (?:them|these|which)|d'entre (?:eux|elles))")
_ANOTHER = re.compile(
    r"\b(?:an?|une?)(?: (?:second|third|fourth|fifth|deuxieme|troisieme|quatrieme|cinquieme"
    r"|autre))|\banother\b|\bone(?= (?:is|was|remains|has)\b)"
    r"|\bune?(?= (?:est|a ete|reste)\b)"
)
_ALL = re.compile(r"\b(?:all|(?:tou(?:te)?s )?les|the) $")
_ALONE = re.compile(r" ?(?:[.,;!]|$|(?:were|are|had|have|ont|sont|etaient)\b)")
_SHORT, _LOOK_BACK = 16, 240
_OF_THESE = re.compile(r" (?:of|de|des|du) | d'")
_GROUP = re.compile(r"\b(?:group|family|couple|dozen|groupe|famille|pair) (?:of|de)\b")
_AND_OTHERS = re.compile(r" (?:and|et)(?: (?:of|de|des)| d')? ?")
_BESIDE = re.compile(r" (?:(?:is|was|est|a ete) )?(?:an? |une? )?")
_OTHERS = re.compile(r"(?:others?|autres?) ")
_MEMBERS = re.compile(
    r"(?:members?|membres?|elements?|agents?|fighters?|people)"
    r" (?:of|from|de|des|du)\b(?: (?:the|la|le|les)\b)? ?(?:l'|d')?"
)
_NEXT_WORDS = 2
THEM = "them"
"""Counted are those of an earlier clause: “more than forty of them were set on fire”."""
HUMAN = ("killed", "injured", "missing", "abducted")


@dataclass(frozen=True, slots=True)
class Toll:
    """A number that a clause states, before it is known of which incident.

    Parameters
    ----------
    start, end
        Where it stands.
    field, low, best, high, unit_group
        As in :class:`geo.reports.records.DraftClaim`.
    rank
        Greater for what the clause calls later (“rose to”).
    """

    start: int
    end: int
    field: str
    low: int | None
    best: int | None
    high: int | None
    unit_group: str
    rank: int = 0

    @property
    def bare(self) -> bool:
        """Whether it is stated without a figure."""
        return self.low is None and self.best is None and self.high is None


@dataclass(frozen=True, slots=True)
class Counted:
    """An amount with the noun that it counts."""

    amount: Amount
    noun: Hit | None
    what: str
    end: int


def counted_in(
    plain: Plain, start: int, end: int, masked: list[tuple[int, int]], harms: Sequence[Hit]
) -> list[Counted]:
    """Return the amounts of a clause, each with what it counts, in its order.

    Parameters
    ----------
    plain, start, end
        A clause of the text.
    masked
        Stretches whose numbers are days, hours or sources.
    harms
        The words of harm in it.
    """
    nouns = _nouns(plain, start, end)

    def free(amount: Amount) -> bool:
        return not any(amount.start < b and a < amount.end for a, b in masked)

    found: list[Counted] = []
    for amount in filter(free, amounts(plain, start, end)):
        if _OF_THEM.match(plain.text, amount.end) and not _of_whom(plain, amount, harms):
            continue  # “two of them seriously”
        one = _with_noun(plain, amount, nouns)
        found.append(_with_harm(plain, one, harms) if one.noun is None else one)
    # The “un” of “vingt et un” is no second number.
    masked = [*masked, *((one.amount.start, one.amount.end) for one in found)]
    for amount in filter(free, single(plain, start, end)):
        found += _one(plain, amount, nouns, harms)
    for amount in filter(free, definite(plain, start, end)):
        counted = _with_noun(plain, amount, nouns)
        taken = any(one.noun == counted.noun for one in found)
        joined = any(_JOIN.fullmatch(plain.text, one.end, amount.start) for one in found)
        if not taken and _is_one(plain, counted, harms, joined=joined):
            found.append(counted)
    found += [
        one
        for one in _telegrams(plain, start, nouns, harms)
        if all(one.noun != other.noun for other in found)
    ]
    return sorted(found, key=lambda one: one.amount.start)


def _of_whom(plain: Plain, amount: Amount, harms: Sequence[Hit]) -> bool:
    """Return whether harm follows “three of whom”: “24 wounded, three of whom died”."""
    after = OF_WHOM.match(plain.text, amount.end)
    then = _THEN.match(plain.text, after.end()) if after else None
    return then is not None and any(harm.start == then.end() for harm in harms)


def _one(
    plain: Plain, amount: Amount, nouns: Sequence[tuple[Hit, str]], harms: Sequence[Hit]
) -> list[Counted]:
    """Return what “a” or “one” counts, if anything."""
    counted = _with_noun(plain, amount, nouns)
    if counted.noun is None and _ANOTHER.search(plain.text, amount.start, amount.end + _SHORT):
        more = _like_before(plain, amount, nouns, harms)
        if more:
            return more
    if _VICTIM.match(plain.text, amount.end):
        return [_with_harm(plain, Counted(amount, None, "", amount.end), harms)]
    if counted.noun is None or counted.what == "village":
        return []
    between = plain.text[amount.end : counted.noun.start]
    many = _MANY.search(plain.text, counted.noun.start, counted.noun.end)
    if (many or _OF_THESE.search(between)) and not _GROUP.search(between):
        return []  # “on a camp of nomads”, “a patrol of the army”
    near = len(plain.text[amount.end : counted.noun.start].split()) <= _NEXT_WORDS
    return [counted] if near else []


def _like_before(
    plain: Plain, amount: Amount, nouns: Sequence[tuple[Hit, str]], harms: Sequence[Hit]
) -> list[Counted]:
    """Return one more of those counted before: “two gendarmes died and a third is missing”."""
    people = [hit for hit, what in nouns if hit.end <= amount.start and what == "people"]
    said = _ANOTHER.search(plain.text, amount.start, amount.end + _SHORT)
    if not people or said is None:
        return []
    beside = any(
        harm.code in HUMAN
        and harm.code != "killed"
        and harm.start >= said.end()
        and _WAS.fullmatch(plain.text, said.end(), harm.start)
        for harm in harms
    )
    noun = Hit(amount.end, said.end(), people[-1].code)
    return [Counted(amount, noun, "people", said.end())] if beside else []


def _is_one(plain: Plain, one: Counted, harms: Sequence[Hit], *, joined: bool) -> bool:
    """Return whether a definite noun tells of one victim: “the driver was killed”.

    Harm stands beside it, or beside what it is joined to: “killed the mayor and his driver”.
    """
    noun = one.noun
    if noun is None or one.what == "village" or _MANY.search(plain.text, noun.start, noun.end):
        return False
    between = len(plain.text[one.amount.end : noun.start].split())
    if between > 1 or (between and plain.text.startswith("militaire", noun.start)):
        return False
    return joined or any(
        applies(harm, one)
        and (
            (harm.start >= noun.end and _WAS.fullmatch(bare(plain, noun.end, harm.start)))
            or (
                harm.end <= one.amount.start
                and _OUTRIGHT.fullmatch(bare(plain, harm.end, one.amount.start))
            )
        )
        for harm in harms
    )


def _nouns(plain: Plain, start: int, end: int) -> list[tuple[Hit, str]]:
    found = [(hit, "people") for hit in words("people").find(plain, start, end)]
    found += [(hit, "vehicle") for hit in words("vehicle").find(plain, start, end)]
    found += [(hit, "village") for hit in words("village").find(plain, start, end)]
    return sorted(found, key=lambda one: one[0].start)


def _with_noun(plain: Plain, amount: Amount, nouns: Sequence[tuple[Hit, str]]) -> Counted:
    for hit, what in nouns:
        if plain.text.startswith("'s ", hit.end):
            continue  # “a contractor's truck”
        near = _NP_GAP.fullmatch(plain.text, amount.end, hit.start)
        if hit.start == amount.end or (hit.start > amount.end and near):
            whom = _OTHERS.match(plain.text, hit.start)
            if whom and any(other.start == whom.end() for other, _ in nouns):
                continue  # “three other soldiers”: soldiers
            of = _MEMBERS.match(plain.text, hit.start)
            theirs = next((n for n in nouns if of and n[0].start == of.end()), None)
            if theirs is not None:  # “five members of the security forces”
                return Counted(amount, theirs[0], theirs[1], theirs[0].end)
            found = _compound(plain, hit, what, nouns)
            return _with_others(plain, Counted(amount, *found, found[0].end), nouns)
    them = _THEM.match(plain.text, amount.end) or OF_WHOM.match(plain.text, amount.end)
    if them is not None:
        before = [(hit.code, what) for hit, what in nouns if hit.end <= amount.start]
        if not before:
            people = words("people").find(plain, max(0, amount.start - _LOOK_BACK), amount.start)
            before = [(hit.code, "people") for hit in people][:1]  # its subject
        last, what = before[-1] if before else ("", THEM)
        attackers = what == "people" and last == "assailants"  # “killing 15 of them”
        code = "assailants" if attackers else "all"
        what = "vehicle" if what == "vehicle" else THEM
        return Counted(amount, Hit(amount.end, them.end(), code), what, them.end())
    if _ALL.search(plain.text, max(0, amount.start - _SHORT), amount.start) and _ALONE.match(
        plain.text, amount.end
    ):  # “they set fire to all four”
        vehicles = words("vehicle").first(plain, max(0, amount.start - _LOOK_BACK), amount.start)
        what = "vehicle" if vehicles else THEM
        return Counted(amount, Hit(amount.end, amount.end, "all"), what, amount.end)
    return Counted(amount, None, "", amount.end)


def _compound(
    plain: Plain, hit: Hit, what: str, nouns: Sequence[tuple[Hit, str]]
) -> tuple[Hit, str]:
    """Return the head of “lorry drivers”: people, and no lorries."""
    head = next((n for n, kind in nouns if n.start == hit.end + 1 and kind == "people"), None)
    if head is None or what != "vehicle" or language_of(plain) != "en":
        return hit, what
    return Hit(hit.start, head.end, head.code), "people"


def _with_others(plain: Plain, one: Counted, nouns: Sequence[tuple[Hit, str]]) -> Counted:
    """Let “thirty soldiers and volunteers” count both: the second noun has no number of its own."""
    for hit, what in nouns:
        if what == one.what == "people" and _AND_OTHERS.fullmatch(plain.text, one.end, hit.start):
            code = hit.code if one.noun and hit.code == one.noun.code else "all"
            return Counted(one.amount, Hit(one.amount.end, hit.end, code), what, hit.end)
    return one


def _telegrams(
    plain: Plain, start: int, nouns: Sequence[tuple[Hit, str]], harms: Sequence[Hit]
) -> list[Counted]:
    """Return who is told of without an article, as chats do: “driver dead, mate injured”."""
    found = []
    for noun, what in nouns:
        opens = plain.text[start : noun.start].rstrip()[-1:] in ("", ",", ":", ";", "(", "-", ".")
        befalls = HUMAN if what == "people" else VEHICLE_FIELDS
        one = any(
            harm.code in befalls and _BESIDE.fullmatch(plain.text, noun.end, harm.start)
            for harm in harms
        )
        if (
            opens
            and one
            and what in ("people", "vehicle")
            and not _MANY.search(plain.text, noun.start, noun.end)
        ):
            amount = Amount(noun.start, noun.start, None, 1, None)
            found.append(Counted(amount, noun, what, noun.end))
    return found


def _with_harm(plain: Plain, one: Counted, harms: Sequence[Hit]) -> Counted:
    """Let “four dead” end after its noun, so that what is joined to it is seen."""
    for harm in harms:
        if harm.start >= one.amount.end and not plain.text[one.amount.end : harm.start].strip():
            return Counted(one.amount, None, "harm", harm.end)
    return one


def chains(plain: Plain, counted: Sequence[Counted]) -> list[list[Counted]]:
    """Return amounts that “and”, commas or “including” join: they share their harm."""
    chains: list[list[Counted]] = []
    for one in counted:
        if chains and chains[-1][-1].what:
            last = chains[-1][-1]
            if _JOIN.fullmatch(plain.text, last.end, one.amount.start):
                chains[-1].append(one)
                continue
        chains.append([one])
    return chains


def applies(harm: Hit, one: Counted) -> bool:
    """Return whether a harm can befall what is counted: vehicles burn, people die."""
    if one.what == THEM:
        return harm.code in VEHICLE_FIELDS or harm.code in HUMAN
    if one.what in ("vehicle", "village"):
        return harm.code in VEHICLE_FIELDS  # “captured” is said of vehicles too
    return harm.code in HUMAN
