"""What kind of event the mentions of an incident tell of, and with which weapons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.records import Category
from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.records import Weapon
from geo.reports.vocabulary import Hit, words

_EXPLOSIVE = (Weapon.IED, Weapon.MINE, Weapon.VBIED)
_GENERIC = ("armed_attack", "clash", "halted", "blast")
_MINOR = ("vehicle_burning", "checkpoint")
_DECIDING = ("suicide_vbied", "ambush", "abduction", "drone_strike")
"""What a later mention may still make of an attack; a device that is found beside does not."""
_BESIDE, _REACH = 16, 40
_REFERRED = re.compile(
    r"\b(?:after|before|following|since|to avenge|(?:response|reponse|riposte)"
    r" (?:to|a)|apres|avant|suite a|lendemain d[eu]|veille d[eu])"
    r" ?(?:the|this|that|l'|la|le|cette|cet|ce)? ?(?:\w+ )?$"
)
_PIT = re.compile(r" (?:d'(?!ant|artis)|de |site|shaft|worker|company|industry)")
_NOT_MINES = ("gold", "or", "d'or", "manganese", "uranium", "lithium")


def categorise(
    plain: Plain, mentions: Sequence[Mention]
) -> tuple[Category, tuple[Weapon, ...], bool]:
    """Return the category of an incident, its weapons, and whether an explosive device was used."""
    weapons: list[Weapon] = []
    for mention in mentions:
        armed = words("weapon").find(plain, mention.start, mention.end)
        weapons += _fired([hit for hit in armed if _no_pit(plain, hit)])
    weapons = list(dict.fromkeys(weapons))
    ied = any(weapon in _EXPLOSIVE for weapon in weapons)
    codes: list[str] = []
    first: list[str] = []
    deadly = mention_of_title = False
    for mention in mentions:
        own = [hit.code for hit in mention.hits if _counts(plain, mentions, hit)]
        if not first or mention_of_title:
            deadly = deadly or any(t.field == "killed" and t.best != 0 for t in mention.tolls)
            first = [code for code in own if not (deadly and code in _MINOR)] or first
        mention_of_title = mention.title
        codes += own
    codes = [code for code in codes if not (deadly and code in _MINOR)]
    abducted = any(toll.field == "abducted" for m in mentions for toll in m.tolls)
    killed = any(toll.field == "killed" for m in mentions for toll in m.tolls)
    deadly = any(t.field == "killed" and t.best != 0 for m in mentions for t in m.tolls)
    moving = _moving(plain, mentions)
    told = _Told(abducted and not killed, ied, moving, deadly)
    category = _category(codes, first, told)
    ied = ied or category in (Category.IED, Category.MINE, Category.SUICIDE_VBIED)
    return category, tuple(weapons), ied


def _fired(hits: Sequence[Hit]) -> list[Weapon]:
    """Return the weapons in a clause; “fired” of rockets names no small arms."""
    heavy = [hit for hit in hits if hit.code in (Weapon.SHELLING, Weapon.DRONE)]
    return [
        Weapon(hit.code)
        for hit in hits
        if hit.code != Weapon.SMALL_ARMS
        or not any(max(hit.start - one.end, one.start - hit.end) <= _BESIDE for one in heavy)
    ]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the mentions tell besides their words for events."""

    abducted: bool
    ied: bool
    moving: bool
    deadly: bool


def _category(codes: Sequence[str], first: Sequence[str], told: _Told) -> Category:
    """Return the first that applies: what the report says first and plainly, then what it adds."""
    attack = told.deadly and "armed_attack" in first and first[0] != "abduction"
    plain_codes = [code for code in first if not (attack and code == "abduction")]
    specific = next((code for code in plain_codes if code not in _GENERIC), None)
    later = next((code for code in codes if code not in _GENERIC), None)
    attacked = any(code in ("armed_attack", "clash") for code in codes)
    moving = attacked and told.moving
    # Who is also carried off in a deadly attack does not make it an abduction.
    deciding = [one for one in _DECIDING if one != "abduction" or not told.deadly]
    rules = (
        specific if specific not in _MINOR else None,
        later if "blast" in first and later in ("ied", "mine", "suicide_vbied") else None,
        next((code for code in codes if code in deciding), None),
        "abduction" if told.abducted else None,
        "ied" if "blast" in codes and later is None else None,
        specific,
        "ambush" if moving else None,
        "armed_attack" if attacked else None,
        later,
        "ied" if told.ied else None,
        "checkpoint" if "halted" in codes and not told.deadly else None,
    )
    return Category(next((code for code in rules if code is not None), "armed_attack"))


def _moving(plain: Plain, mentions: Sequence[Mention]) -> bool:
    """Return whether a convoy was attacked: the ledger calls that an ambush."""
    first = next((mention for mention in mentions if mention.hits and not mention.title), None)
    if first is None:
        return False
    convoy = words("convoy").first(plain, first.start, first.end)
    return convoy is not None


def _counts(plain: Plain, mentions: Sequence[Mention], hit: Hit) -> bool:
    """Return whether a word for an event counts: “burned” of vehicles, no gold mine.

    “The day after the ambush they hit a mine”: the ambush is another.
    """
    if _REFERRED.search(plain.text, max(0, hit.start - _REACH), hit.start) and any(
        other.start > hit.end for one in mentions for other in one.hits if hit in one.hits
    ):
        return False
    if hit.code == "vehicle_burning":
        return any(words("vehicle").first(plain, one.start, one.end) for one in mentions)
    return _no_pit(plain, hit)


def _no_pit(plain: Plain, hit: Hit) -> bool:
    """Return whether a mine is one to tread on, and no gold mine."""
    if hit.code != "mine":
        return True
    before = plain.text[max(0, hit.start - 10) : hit.start].split()
    return not (before and before[-1] in _NOT_MINES) and not _PIT.match(plain.text, hit.end)
