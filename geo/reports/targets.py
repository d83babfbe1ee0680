"""Whom it struck, and under whose escort: the targets in the mentions of one incident."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from geo.records import Attribution
from geo.reports.actors import Actor, actors
from geo.reports.ascribing import BY_GAP, JOIN, ascribed
from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.records import DraftActor, Evidence
from geo.reports.roles import UNKNOWN_ARMY, national
from geo.reports.vocabulary import Hit, words

_AS_TARGET = {
    "civilians": "civilians", "military": "army", "security_forces": "army", "ngo": "ngo",
    "peacekeepers": "un", "un": "un", "militia": "militia", "officials": "officials",
    "wagner": "army", "armed_group": "armed_group",
}  # fmt: skip
"""What was attacked where only the victims tell."""
_ANY, _GUARD = "any", "guard"
_VAGUE = (_ANY, _GUARD)
"""“Vehicle” and “patrol”: the words beside them say whose."""
_IN_CONVOYS = (_ANY, "civilians", "truck", "bus", "army")
_OWN = re.compile(r"\b(?:its|their|one of its|ses|son|sa|leurs?|un de ses|une de ses) (?:\w+ )?$")
_OWN_REACH = 24
_MILITARY = re.compile(
    r"military convoy|army convoy|escort vehicle|escort mission|vehicule d'escorte"
    r"|convois?(?: [\w']+){0,3} (?:militaire|de l'armee|des fama|de soldats)"
)


def escorts(plain: Plain, mentions: Iterable[Mention], country: str) -> tuple[DraftActor, ...]:
    """Return who escorted the target: “escorted by the Malian army and Wagner”."""
    found: dict[str, DraftActor] = {}
    for mention in mentions:
        for cue in words("escort_of").find(plain, mention.start, mention.end):
            last = cue.end
            for hit in actors().find(plain, cue.end, mention.end):
                joined = JOIN.fullmatch(plain.text, last, hit.start)
                if not (joined or BY_GAP.fullmatch(plain.text, last, hit.start)):
                    break
                actor = national(hit.actor, country)
                quote = plain.evidence(hit.start, hit.end)
                if actor.state or actor.kind == "militia":
                    found.setdefault(actor.name, _attributed(actor, quote))
                last = hit.end
        for cue in words("escorted").find(plain, mention.start, mention.end):
            # “an army-escorted convoy”, “under military escort”
            for hit in actors().find(plain, cue.start, cue.end):
                actor, quote = national(hit.actor, country), plain.evidence(hit.start, hit.end)
                found.setdefault(actor.name, _attributed(actor, quote))
    named = [one for one in found.values() if one.name != UNKNOWN_ARMY]
    return tuple(named or found.values())


def _attributed(actor: Actor, quote: Evidence) -> DraftActor:
    return DraftActor(actor.name, quote.quote, Attribution.ATTRIBUTED, (quote,))


def target(
    plain: Plain, mentions: Sequence[Mention], *, escorted: bool, by_state: bool
) -> tuple[str, str]:
    """Return what was attacked, as a code and in the report's words.

    Parameters
    ----------
    plain, mentions
        The text and the mentions of one incident.
    escorted
        Whether the target had an escort.
    by_state
        Whether a state's force attacked: those that it fought are the target then.
    """
    rated = [
        _whose(plain, mention, one)
        for mention in mentions
        if (one := _target(plain, mention)) is not None
    ]
    plainly = [one for one in rated if one.code not in _VAGUE]
    # Only a state's force is told of as attacking an armed group.
    enemy = next((one for one in plainly if one.code == "armed_group" and not by_state), None)
    plainly = [one for one in plainly if by_state or one.code != "armed_group"]
    rated = [one for one in rated if by_state or one.code != "armed_group"]
    guards = [one for one in rated if one.code == _GUARD]
    best = next(iter(plainly or guards or rated), None)
    if best is not None and best.code == _GUARD:
        best = Hit(best.start, best.end, "army")
    if escorted and (best is None or best.code in _IN_CONVOYS):
        convoy = _escorted_convoy(plain, mentions)
        if convoy is not None:
            return "convoy_escorted", plain.written(convoy.start, convoy.end)
    if best is not None and best.code != _ANY:
        return best.code, plain.written(best.start, best.end)
    for toll in (toll for mention in mentions for toll in mention.tolls):
        if toll.field in ("killed", "injured", "abducted") and toll.unit_group in _AS_TARGET:
            return _AS_TARGET[toll.unit_group], plain.written(toll.start, toll.end)
        if by_state and toll.unit_group == "assailants":
            return "armed_group", plain.written(toll.start, toll.end)
    best = best or enemy
    if best is None:
        return "", ""
    return "civilians" if best is not enemy else best.code, plain.written(best.start, best.end)


def _whose(plain: Plain, mention: Mention, hit: Hit) -> Hit:
    """Return “its outpost” as the army's where its army speaks: “the army said it repelled …”."""
    if hit.code != _GUARD or not _OWN.search(plain.text, max(0, hit.start - _OWN_REACH), hit.start):
        return hit
    before = actors().find(plain, mention.start, hit.start)
    return Hit(hit.start, hit.end, "army") if before and before[0].actor.kind == "army" else hit


def _escorted_convoy(plain: Plain, mentions: Sequence[Mention]) -> Hit | None:
    """Return the convoy that a clause about an escort names; an army's own is not escorted."""
    for mention in mentions:
        span = (plain, mention.start, mention.end)
        if words("escort_of").first(*span) is None and words("escorted").first(*span) is None:
            continue
        if _MILITARY.search(plain.text, mention.start, mention.end):
            continue
        convoy = words("convoy").first(*span) or words("vehicle").first(*span)
        if convoy is not None:
            return convoy
    return None


def is_escorted(plain: Plain, mentions: Iterable[Mention]) -> bool:
    """Return whether the target is said to have been escorted, by whomever."""
    return any(words("escorted").first(plain, m.start, m.end) is not None for m in mentions)


def _target(plain: Plain, mention: Mention) -> Hit | None:
    """Return the target that a clause names: after the attack, or before it as its object."""
    agents = {(hit.start, hit.end) for hit, _ in ascribed(plain, mention)}
    named = [
        hit
        for hit in words("target").find(plain, mention.start, mention.end)
        if not any(hit.start < end and start < hit.end for start, end in agents)
        and not any(event.start < hit.end and hit.start < event.end for event in mention.hits)
        and not any(hit.start < one.end and one.start < hit.end for one in mention.sources)
        and not _escorting(plain, mention, hit)
    ]
    rated = [
        (worth, hit)
        for event in mention.hits
        for hit in named
        if (worth := _worth(plain, event, hit)) is not None
    ]
    plainly = [one for one in rated if one[1].code not in _VAGUE]
    guards = [one for one in rated if one[1].code == _GUARD]
    # “A United Nations convoy”: what stands beside the convoy says whose it is.
    best = max(plainly or guards or rated, key=lambda one: one[0], default=None)
    return best[1] if best else None


def _escorting(plain: Plain, mention: Mention, hit: Hit) -> bool:
    cue = None
    for one in words("escort_of").find(plain, mention.start, hit.start):
        cue = one
    return cue is not None and len(plain.text[cue.end : hit.start].split()) <= 8  # noqa: PLR2004


def _worth(plain: Plain, event: Hit, hit: Hit) -> float | None:
    """Return how well a target fits an event word; ``None`` when it cannot be its object."""
    if hit.start >= event.end:
        between = plain.text[event.end : hit.start]
        if len(between.split()) > 12 or re.search(r"\b(?:by|par|killed|tue|killing)\b", between):  # noqa: PLR2004
            return None
        joined = words("target_of").first(plain, event.start, hit.start + 1)
        return (10 if joined else 6) - _far(between)
    if hit.end <= event.start:
        between = plain.text[hit.end : event.start]
        if len(between.split()) > 10:  # noqa: PLR2004
            return None
        passive = not between.split() or words("passive").first(plain, hit.end, event.start)
        if hit.code == "armed_group" and not passive:
            return None  # “a jihadist attack”
        return (8 if passive else 3) - _far(between)
    return 4.0  # “bus attack”: the word for the event holds the target


def _far(between: str) -> float:
    """Return the points that the words and commas between an attack and a target cost."""
    return len(between.split()) / 2 + 3 * between.count(",")
