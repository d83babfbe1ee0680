"""What a report counts: dead, wounded, missing, abducted, vehicles, villages, attackers.

A clause is read as a row of amounts, counted nouns and words of harm.  An amount takes the harm
that its noun phrase names (“ten deaths”), that follows it (“ten people were killed”) or that
precedes it (“killing ten people”); amounts joined by “and” share it; those after “including” are
parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from geo.reports.amounts import Amount, amounts, single
from geo.reports.plaintext import Plain
from geo.reports.vocabulary import Hit, words

_NP_GAP = re.compile(
    r"(?:[ \n]+of[ \n]+(?:the|its|their|these|those))?"
    r"(?:[ \n]+(?!(?:and|et|were|was|ont|a ete|are|is|have|had|who|qui|in|at|on|dans|en|dont"
    r"|the|an?|la|les?|une?|when|as|after|while|during|by|par|lorsque|quand|alors|apres"
    r"|pendant|lors)\b)"
    r"[\w'\-]+){0,4}[ \n]+"
)
_PASSIVE_GAP = re.compile(
    r"(?:(?:[ \n]+[\w'\-]+){0,2}, [^.;,\"]{3,40}(?:,[^.;,\"]{3,20})?,"
    r"(?= (?:were|was|have|has|had|ont|a|sont)\b))?"
    r"(?:[ \n]*,? ?(?:who|that|qui|which))?"
    r"(?:[ \n]+(?!(?:and|et|but|mais|after|apres|when)\b)[\w'\-]+){0,5},?[ \n]+\"?"
)
_ACTIVE_GAP = re.compile(r"\"?(?:[ ,\n]+(?!(?:but|mais|in|dans)\b)[\w'\-]+){0,4}[ ,\n]*(?:d'|l')?")
_JOIN = re.compile(r"[ ,\n]*(?:,|and|et|as well as|ainsi que|plus|along with|,? dont|,? including"
                   r"|,? parmi lesquels|,? among them|,? notamment|, mostly)[ ,\n]+")  # fmt: skip
_PART = re.compile(r"(?:dont|including|parmi lesquels|among them|among whom|notamment)")
_PART_JOIN = re.compile(rf"[ ,\n]*{_PART.pattern}[ \n]*")
_PART_BEFORE = re.compile(rf"[ ,\n]{_PART.pattern}[ \n]*$")
_AMONG = re.compile(
    r"(?:[ ,\n]+[\w'\-]+){0,3}?[ ,\n]+(?:among(?! them| whom)|parmi(?! eux| elles| lesquel)"
    r"|dans les rangs d\w+|chez|on the side of)[ \n]"
)
_BARE_GAP = re.compile(
    r"(?:[ \n]+(?:have|has|had|been|were|was|are|is|others?|more|now|feared|reported|found|left"
    r"|ont|a|ete|sont|etaient|est|autres?|en|seriously|gravement|d'entre|eux|confirmed|to|people|among|of)\b)"
    r"{0,4}[ \n]*\"?"
)
_FIGURE_GAP = re.compile(r"(?:[ \n]+[\w'\-]+){0,7}[ \n]+")
_RISEN = re.compile(
    r"\b(?:risen|rose|climbed|increased|revised|passe|monte|grimpe|eleve|alourdi|stands?)"
    r"(?: (?:up|down|now|desormais))? (?:to|at|a) (?:at least |au moins )?$"
)
_CONSISTING = re.compile(
    r"[ ,\n]+(?:(?:which |that )?[\w']+ )?"
    r"(?:of|de|d'|with|avec|comprising|numbering|made up of|compose de|comptant|containing) ?"
)
_STRONG = re.compile(r"[- ](?:strong )?convoy|[- ]vehicle convoy")
_NUMBERING = re.compile(
    r"[ ,\n]+(?:numbering|estimated at|estimes a|au nombre de|dont le nombre)[ \n]+(?:\w+ )?"
)
_VEHICLE_FIELDS = {
    "burned": "vehicles_destroyed", "hit": "vehicles_hit", "taken": "vehicles_taken",
    "abducted": "vehicles_taken",
}  # fmt: skip
_VICTIM = re.compile(r" (?:blessee?|mort|tue|disparu|otage)\b")
"""“un mort”: the noun that is counted is the harm itself."""
_OF_THEM = re.compile(
    r" (?:of whom|dont)\b| (?:of them|d'entre eux) (?:seriously|critically|gravement|grievement)"
)
_THEM = re.compile(r" (?:of (?:them|these|which)|d'entre (?:eux|elles))")
_NEXT_WORDS = 2
_HUMAN = ("killed", "injured", "missing", "abducted")


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
class _Counted:
    """An amount with the noun that it counts."""

    amount: Amount
    noun: Hit | None
    what: str
    end: int


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
    counted = _counted(plain, start, end, list(masked), harms)
    found: list[Toll] = []
    for chain in _chains(plain, counted):
        found += _chain_tolls(plain, chain, harms, start, end)
    found += _figures(plain, start, end, counted, found)
    found += _nothing(plain, start, end)
    if not any(toll.field in _HUMAN for toll in found):
        found += _unfigured(plain, start, end, harms)
    return sorted(found, key=lambda toll: toll.start)


def _counted(
    plain: Plain, start: int, end: int, masked: list[tuple[int, int]], harms: Sequence[Hit]
) -> list[_Counted]:
    nouns = _nouns(plain, start, end)
    found: list[_Counted] = []
    for amount in amounts(plain, start, end):
        if any(amount.start < b and a < amount.end for a, b in masked):
            continue
        if _OF_THEM.match(plain.text, amount.end):
            continue  # “two of them seriously”
        one = _with_noun(plain, amount, nouns)
        found.append(_with_harm(plain, one, harms) if one.noun is None else one)
    for amount in single(plain, start, end):
        if any(amount.start < b and a < amount.end for a, b in masked):
            continue
        if _VICTIM.match(plain.text, amount.end):
            found.append(_with_harm(plain, _Counted(amount, None, "", amount.end), harms))
            continue
        counted = _with_noun(plain, amount, nouns)
        if counted.noun is None or counted.what == "village":
            continue
        if len(plain.text[amount.end : counted.noun.start].split()) <= _NEXT_WORDS:
            found.append(counted)
    return sorted(found, key=lambda one: one.amount.start)


def _nouns(plain: Plain, start: int, end: int) -> list[tuple[Hit, str]]:
    found = [(hit, "people") for hit in words("people").find(plain, start, end)]
    found += [(hit, "vehicle") for hit in words("vehicle").find(plain, start, end)]
    found += [(hit, "village") for hit in words("village").find(plain, start, end)]
    return sorted(found, key=lambda one: one[0].start)


def _with_noun(plain: Plain, amount: Amount, nouns: Sequence[tuple[Hit, str]]) -> _Counted:
    for hit, what in nouns:
        if hit.start >= amount.end and _NP_GAP.fullmatch(plain.text, amount.end, hit.start):
            return _Counted(amount, hit, what, hit.end)
        if hit.start == amount.end:
            return _Counted(amount, hit, what, hit.end)
    them = _THEM.match(plain.text, amount.end)
    if them is not None:
        before = [what for hit, what in nouns if hit.end <= amount.start]
        what = before[-1] if before else "people"
        return _Counted(amount, Hit(amount.end, them.end(), "all"), what, them.end())
    return _Counted(amount, None, "", amount.end)


def _with_harm(plain: Plain, one: _Counted, harms: Sequence[Hit]) -> _Counted:
    """Let “four dead” end after its noun, so that what is joined to it is seen."""
    for harm in harms:
        if harm.start >= one.amount.end and not plain.text[one.amount.end : harm.start].strip():
            return _Counted(one.amount, None, "harm", harm.end)
    return one


def _chains(plain: Plain, counted: Sequence[_Counted]) -> list[list[_Counted]]:
    """Return amounts that “and”, commas or “including” join: they share their harm."""
    chains: list[list[_Counted]] = []
    for one in counted:
        if chains and chains[-1][-1].what:
            last = chains[-1][-1]
            if _JOIN.fullmatch(plain.text, last.end, one.amount.start):
                chains[-1].append(one)
                continue
        chains.append([one])
    return chains


def _chain_tolls(
    plain: Plain, chain: Sequence[_Counted], harms: Sequence[Hit], start: int, end: int
) -> list[Toll]:
    own = [_own(plain, one, harms) for one in chain]
    shared = [_after(plain, chain[-1], harms), _before(plain, chain[0], harms, start)]
    found = []
    for position, one in enumerate(chain):
        joined = plain.text[chain[position - 1].end : one.amount.start] if position else ""
        part = bool(_PART.search(joined)) or _is_part(plain, one, start)
        before: list[Hit | None] = list(reversed(own[:position]))
        if part and not before:
            before = [*[h for h in reversed(harms) if h.end <= one.amount.start][:1]]
        after = () if one.noun is None and one.what == "" else shared[:1]
        ranked = (
            *(before if part else ()), own[position], *after, *shared[1:], *before,
            *own[position + 1 :],
        )  # fmt: skip
        harm = next((h for h in ranked if h is not None and _applies(h, one)), None)
        toll = _toll(plain, one, harm, end)
        if toll is not None:
            found.append(replace(toll, unit_group="part_of_total") if part else toll)
    return found


def _is_part(plain: Plain, one: _Counted, start: int) -> bool:
    """Return whether an amount is a part of what was counted before: “including two”."""
    return bool(
        _PART_BEFORE.search(plain.text, max(start, one.amount.start - 24), one.amount.start)
    )


def _applies(harm: Hit, one: _Counted) -> bool:
    """Return whether a harm can befall what is counted: vehicles burn, people die."""
    if one.what in ("vehicle", "village"):
        return harm.code in _VEHICLE_FIELDS  # “captured” is said of vehicles too
    return harm.code in _HUMAN


def _own(plain: Plain, one: _Counted, harms: Sequence[Hit]) -> Hit | None:
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


def _passive(plain: Plain, at: int, harm: Hit) -> Hit | None:
    return harm if _PASSIVE_GAP.fullmatch(plain.text, at, harm.start) else None


def _after(plain: Plain, last: _Counted, harms: Sequence[Hit]) -> Hit | None:
    for harm in harms:
        if harm.start >= last.end:
            return _passive(plain, last.end, harm)
    return None


def _before(plain: Plain, first: _Counted, harms: Sequence[Hit], start: int) -> Hit | None:
    for harm in reversed(harms):
        if start <= harm.end <= first.amount.start:
            if _ACTIVE_GAP.fullmatch(plain.text, harm.end, first.amount.start):
                return harm
            return None
    return None


def _toll(plain: Plain, one: _Counted, harm: Hit | None, end: int) -> Toll | None:
    amount = one.amount
    numbers = (amount.low, amount.best, amount.high)
    stop = max(one.end, harm.end if harm and harm.start >= one.end else one.end)
    if one.what in ("vehicle", "village"):
        field = _things(plain, one, harm)
        return Toll(amount.start, stop, field, *numbers, "all") if field else None
    if harm is not None and harm.code in _HUMAN:
        group = _group(one, plain, end) if one.noun else _among(plain, harm.end, end)
        return Toll(amount.start, stop, harm.code, *numbers, group)
    attackers = one.noun is not None and one.noun.code == "assailants" and amount.best != 1
    if (attackers and harm is None) or (one.noun is None and _after_attackers(plain, amount)):
        return Toll(amount.start, one.end, "attackers", *numbers, "assailants")
    return None


def _things(plain: Plain, one: _Counted, harm: Hit | None) -> str | None:
    """Return the field that counts vehicles or villages, ``None`` when nothing befell them."""
    field = _VEHICLE_FIELDS.get(harm.code if harm else "")
    if one.what == "village":
        return "villages_burned" if field == "vehicles_destroyed" else None
    return field or ("vehicles" if _is_convoy(plain, one) else None)


def _after_attackers(plain: Plain, amount: Amount) -> bool:
    for hit in words("people").find(plain, max(0, amount.start - 60), amount.start):
        if hit.code == "assailants" and _NUMBERING.fullmatch(plain.text, hit.end, amount.start):
            return True
    return False


def _is_convoy(plain: Plain, one: _Counted) -> bool:
    """Return whether vehicles are those of a convoy: “a convoy consisting of 100 vehicles”."""
    start = max(0, one.amount.start - 60)
    for hit in words("convoy").find(plain, start, one.amount.start):
        if _CONSISTING.fullmatch(plain.text, hit.end, one.amount.start):
            return True
    return _STRONG.match(plain.text, one.amount.end) is not None


def _group(one: _Counted, plain: Plain, end: int) -> str:
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
    match = _AMONG.match(plain.text, at, end)
    if match:
        hit = words("people").first(plain, match.end(), min(end, match.end() + 40))
        if hit is not None:
            return hit.code
    return "all"


def _figures(
    plain: Plain, start: int, end: int, counted: Sequence[_Counted], found: Sequence[Toll]
) -> list[Toll]:
    """Return bare figures after “the toll”: “the toll later rose to 32”."""
    tolled = []
    for hit in words("toll_total").find(plain, start, end):
        for one in counted:
            if one.amount.start < hit.end or any(t.start == one.amount.start for t in found):
                continue
            near = _FIGURE_GAP.fullmatch(plain.text, hit.end, one.amount.start)
            risen = _RISEN.search(plain.text, hit.end, one.amount.start)
            if one.noun is None and (near or risen):
                later = any(True for _ in words("rise").find(plain, hit.start, one.amount.start))
                number = one.amount
                numbers = (number.low, number.best, number.high)
                rank = 1 if later else 0
                tolled.append(Toll(hit.start, number.end, "killed", *numbers, "all", rank))
                tolled += _parts(plain, one, counted)
                break
    return tolled


def _parts(plain: Plain, total: _Counted, counted: Sequence[_Counted]) -> list[Toll]:
    """Return the parts of a bare figure: “had risen to 18, including five volunteers”."""
    found = []
    for one in counted:
        gap = plain.text[total.end : one.amount.start]
        if one.what == "people" and one.amount.start >= total.end and _PART_JOIN.fullmatch(gap):
            numbers = (one.amount.low, one.amount.best, one.amount.high)
            found.append(Toll(one.amount.start, one.end, "killed", *numbers, "part_of_total"))
    return found


def _nothing(plain: Plain, start: int, end: int) -> list[Toll]:
    """Return zeros: “no casualties” counts neither dead nor wounded."""
    if words("unsure").first(plain, start, end) is not None:
        return []
    found = []
    for hit in words("none").find(plain, start, end):
        fields = ("killed", "injured") if hit.code == "casualties" else (hit.code,)
        found += [Toll(hit.start, hit.end, field, None, 0, None, "all") for field in fields]
    return found


def _unfigured(plain: Plain, start: int, end: int, harms: Sequence[Hit]) -> list[Toll]:
    """Return harm without a figure: “killed all the emissaries”."""
    found = []
    for harm in harms:
        if harm.code not in _HUMAN:
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
