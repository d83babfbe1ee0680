"""What a report says a group does in an area again and again: no incident, but knowledge."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.records import PlacementKind
from geo.reports.actors import ActorHit, actors
from geo.reports.doubts import doubt
from geo.reports.headings import on_road_to
from geo.reports.mentions import Mention
from geo.reports.phrases import Part, Phrase
from geo.reports.plaintext import Plain
from geo.reports.records import AreaStatement
from geo.reports.sentences import Sentence
from geo.reports.vocabulary import Hit, words
from geo.reports.where import Places

_HELD = ("controlled", "taxed", "blockade")
"""What is said of a town or a road is a road assertion; of a region it is a statement here."""
_REGION = re.compile(
    r"\b(?:regions?|provinces?|cercles?|departe?ments?|communes?|areas?|zones?|districts?|countryside"
    r"|hinterland|rural|campagnes?|most of|much of|large parts?|large swathes|vast|half of"
    r"|parts? of|la plupart|la majeure partie|une grande partie|l'essentiel|de vastes|la moitie"
    r"|plusieurs parties|boucle du mouhoun|liptako|gourma|seno|macina)\b"
)
_EXPLOSIVE = ("ied", "blast")
_REACH, _OPENING, _BEFORE = 60, 40, 400
_IT = re.compile(r"\W*(?:it|they|ils?|elles?)\b")


def area_statements(
    plain: Plain, places: Places, sentence: Sentence, told: Sequence[Mention]
) -> list[AreaStatement]:
    """Return one statement for each area that a group is said to be active in, without keys."""
    if any(one.day is not None for mention in told for one in mention.told):
        return []
    found: list[AreaStatement] = []
    who = _armed(plain, sentence.start, sentence.end) or _meant(plain, sentence)
    for mention in told:
        own = _armed(plain, mention.start, mention.end) or who
        activity, at = _activity(plain, mention, own[0]) if own else ("", -1)
        if not activity or doubt(plain, mention.start, mention.end, at):
            continue
        evidence = (plain.evidence(sentence.start, sentence.end),)
        found += [
            AreaStatement("", own[0].actor.name, activity, place, evidence)
            for phrase in _areas(plain, mention, held=activity in _HELD)
            if not _along(places, phrase)
            for place in places.areas(phrase)
        ]
    return found


def _along(places: Places, phrase: Phrase) -> bool:
    """Return whether a phrase tells a road: “on the track from Dori to Sebba”."""
    placement = places.try_phrase(phrase)
    return placement is not None and placement.kind is PlacementKind.ALONG


def _armed(plain: Plain, start: int, end: int) -> list[ActorHit]:
    """Return the armed groups in a stretch of a text, those with a name if there are any."""
    hits = actors().find(plain, start, end)
    armed = [hit for hit in hits if not hit.actor.state and hit.actor.kind != "unknown"]
    return [hit for hit in armed if hit.actor.named] or armed


def _meant(plain: Plain, sentence: Sentence) -> list[ActorHit]:
    """Return the group named before whom “the group has been active in …” means."""
    opening = (sentence.start, min(sentence.end, sentence.start + _OPENING))
    if not (_IT.match(plain.text, *opening) or words("the_group").first(plain, *opening)):
        return []
    before = actors().find(plain, max(0, sentence.start - _BEFORE), sentence.start)
    return [hit for hit in before if hit.actor.named and not hit.actor.state][-1:]


def _activity(plain: Plain, mention: Mention, actor: ActorHit) -> tuple[str, int]:
    """Return what a group is said to do, as a category or a kind of road assertion, and where."""
    span = (plain, mention.start, mention.end)
    held = next(
        (hit for hit in words("road").find(*span) if hit.code in _HELD and _of(plain, hit, actor)),
        None,
    )
    if held and any(True for _ in _areas(plain, mention, held=True)):
        return held.code, held.start
    active = words("active").first(*span)
    if active is None:
        return "", -1
    codes = [hit.code for hit in mention.hits if _of(plain, hit, actor)]
    if any(code in _EXPLOSIVE for code in codes):
        return "ied", active.start  # “attacks with explosive devices”
    return next(iter(codes), "active"), active.start


def _of(plain: Plain, hit: Hit, actor: ActorHit) -> bool:
    """Return whether a word belongs to a group: not to what a comma parts from it before."""
    return hit.start >= actor.end or "," not in plain.text[hit.end : actor.start]


def _areas(plain: Plain, mention: Mention, *, held: bool) -> list[Phrase]:
    """Return the phrases about areas; what is held must be a region, and no town.

    “Checkpoints on the track to Sebba” are of the track.
    """
    named = [
        one
        for one in mention.phrases
        if one.precise and one.part is not Part.ASIDE
        and not all(on_road_to(plain, name) for name in one.named)
    ]  # fmt: skip
    if not held:
        return named
    return [
        one
        for one in named
        if _REGION.search(
            plain.text, max(mention.start, one.start - _REACH), min(one.end + 12, mention.end)
        )
    ]
