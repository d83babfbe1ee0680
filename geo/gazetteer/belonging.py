"""What a country's name beside another name says: where that lies, or that it is a river.

“Between Dori in Burkina Faso and Téra in Niger” names two places, each with its country;
“on the Niger near Gao” names no country at all.
"""

from __future__ import annotations

import re
from dataclasses import replace

from geo.gazetteer.folding import fold
from geo.gazetteer.patterns import ADJECTIVE, BORDER_WORD, DE, LEVEL, SETTLEMENT, SIDE, THE
from geo.gazetteer.skeleton import Mention, Skeleton, drawn
from geo.gazetteer.vocabulary import CAPITALS, COUNTRY_CODES, KINDS, RIVERS

_NAME = r"<[pa](?P<name>\d+)>"
_SEPARATING = r"(?=,? (?:and|et|to|towards?|a|au|vers|&) )"
_NO_LAND = (
    rf"(?!'s|\s?[-/]\s?<|,? (?:and|et|or|ou) {THE}?<c| {BORDER_WORD}| (?:army|government|side))"
)
_IN = rf"(?:,? (?:in|au|en|dans) {THE}?|, | \()"
_UNIT_WORD = LEVEL.replace("?P<level>", "?:")
_UNIT = rf"(?:<[pa]\d+> {_UNIT_WORD}|{_UNIT_WORD} {DE}<[pa]\d+>)"
_BOUND = "(?:(?<=between )|(?<=entre )|(?<=from ))"
_WITH_LAND = (
    rf"{_BOUND}{_NAME}{_IN}(?:<c\d+>'s )?{_UNIT}\)?{_SEPARATING}",
    rf"{_BOUND}{_NAME} (?:in|dans) {THE}?(?:<c\d+>'s )?<p\d+>{_SEPARATING}",
    rf"{_NAME}{_IN}(?:{SIDE}(?:ern)? )?<c\d+>\)?{_NO_LAND}{_SEPARATING}",
    rf"{_NAME}{_IN}<c\d+>\)?{_NO_LAND}",
    rf"{THE}?<[cn]\d+>(?:'s)? (?:{ADJECTIVE} )?{SETTLEMENT} (?:of|de|du|d') ?{_NAME}",
    rf"{THE}?{SETTLEMENT} <n\d+> (?:de |du |d'){_NAME}",
    rf"{_NAME} <n\d+>(?=$|[.,;)]| (?:and|et|en|dans|in|a|au)\b)",
    rf"<c\d+>'s {_NAME}(?! {_UNIT_WORD})",
)
"""A name with its country, or one end of a way with its region."""
_ON_WATER = re.compile(
    r"(?:(?:(?:^| )(?:on|along|across|cross(?:ing|ed|es)|over|banks? of|bend of) the"
    r"|(?:rives?|rive gauche|rive droite|berges?|bords?|boucle|delta|delta interieur|long"
    r"|traversee|fleuve|cours|riviere) d[ue]|(?:^| )(?:sur|traverser) le) <[cpa](?P<river>\d+)>"
    r"(?!'s|\s?[-/]| (?:and|et) (?:the )?<c)"
    rf"(?! (?:{BORDER_WORD}|side|army|soil|government))"
    r"|(?:river|fleuve|riviere)(?: de la| du| de)? <[cpa](?P<after>\d+)>"
    r"|<[cpa](?P<before>\d+)> (?:rivers?|bend|loop|inland delta|delta)\b)"
)

_CAPITAL = re.compile(
    rf"{THE}?(?:<[cn](?P<before>\d+)>(?:'s)? capital(?: city)?"
    rf"|capitale? (?:(?:of|de|du|d') ?{THE}?)?<[cn](?P<after>\d+)>)(?!,? (?:of |de |d')?<p)"
)
_KIND = re.compile(
    rf"\b(?P<kind>{'|'.join(KINDS)}) (?:of |at |de |d'|du )<p(?P<of>\d+)>"
    rf"|<p(?P<before>\d+)> (?:gold )?(?P<after>{'|'.join(KINDS)})\b"
)
_PATTERNS = tuple(re.compile(pattern) for pattern in _WITH_LAND)


def settled(skeleton: Skeleton) -> Skeleton:
    """Return a skeleton in which rivers are rivers, and places know the country named with them.

    A place takes in the words of its country, so that “between X in C and Y” reads as
    “between X and Y” does.
    """
    waters = {
        int(number)
        for match in _ON_WATER.finditer(skeleton.text)
        for number in match.group("river", "after", "before")
        if number and fold(skeleton.mentions[int(number)].text) in RIVERS
    }
    if waters:
        mentions = [
            replace(mention, mark="w") if number in waters else mention
            for number, mention in enumerate(skeleton.mentions)
        ]
        skeleton = drawn(skeleton.source, mentions)
    skeleton = _with_capitals(skeleton)
    skeleton = _with_kinds(skeleton)
    kept = dict(enumerate(skeleton.mentions))
    for pattern in _PATTERNS:
        for match in pattern.finditer(skeleton.text):
            _take_in(kept, skeleton, match)
    return (
        skeleton if len(kept) == len(skeleton.mentions) else drawn(skeleton.source, kept.values())
    )


def _with_kinds(skeleton: Skeleton) -> Skeleton:
    """Return a skeleton whose names know what the text says they are: “la mine d'or d'Essakane”."""
    mentions = list(skeleton.mentions)
    for match in _KIND.finditer(skeleton.text):
        number = int(match["of"] or match["before"])
        kind = KINDS[match["kind"] or match["after"]]
        mentions[number] = replace(mentions[number], kind=kind)
    return replace(skeleton, mentions=tuple(mentions))


def _with_capitals(skeleton: Skeleton) -> Skeleton:
    """Return a skeleton in which “the Malian capital” is Bamako."""
    mentions = list(skeleton.mentions)
    for match in _CAPITAL.finditer(skeleton.text):
        number = int(match["before"] or match["after"])
        code = COUNTRY_CODES[fold(mentions[number].text)]
        if code in CAPITALS:
            start = skeleton.origin[match.start()]
            end = skeleton.origin[match.end() - 1] + 1
            mentions[number] = Mention(start, end, "p", CAPITALS[code], code)
    return drawn(skeleton.source, mentions) if mentions != list(skeleton.mentions) else skeleton


def _take_in(kept: dict[int, Mention], skeleton: Skeleton, match: re.Match[str]) -> None:
    """Let a name take in the words of a match, and its country from them."""
    name = int(match["name"])
    others = [int(number) for number in re.findall(r"<[a-z](\d+)>", match[0])]
    others.remove(name)
    if name not in kept or any(number not in kept for number in others):
        return
    codes = [COUNTRY_CODES[fold(kept[n].text)] for n in others if kept[n].mark in "cn"]
    kept[name] = replace(
        kept[name],
        start=skeleton.origin[match.start()],
        end=skeleton.origin[match.end() - 1] + 1,
        country=next(iter(codes), ""),
    )
    for number in others:
        del kept[number]
