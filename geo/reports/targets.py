"""Whom it struck: the targets in the mentions of one incident."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.reports.actors import actors
from geo.reports.ascribing import ascribed
from geo.reports.escorts import Escort, is_guard
from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
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
_CARRYING = re.compile(
    r"\b(?:carrying|transporting|bringing|taking|transportant|convoyant|ramenant|loaded with"
    r"|charge de|full of|rempli de)(?: [\w']+){0,2} ?$"
)


def target(
    plain: Plain, mentions: Sequence[Mention], *, escort: Escort, by_state: bool
) -> tuple[str, str]:
    """Return what was attacked, as a code and in the report's words.

    Parameters
    ----------
    plain, mentions
        The text and the mentions of one incident.
    escort
        Under which the target was.
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
    if escort.convoy is not None and (best is None or best.code in _IN_CONVOYS):
        return "convoy_escorted", plain.written(escort.convoy.start, escort.convoy.end)
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


def _target(plain: Plain, mention: Mention) -> Hit | None:
    """Return the target that a clause names: after the attack, or before it as its object."""
    agents = {(hit.start, hit.end) for hit, _ in ascribed(plain, mention)}
    named = [
        hit
        for hit in words("target").find(plain, mention.start, mention.end)
        if not any(hit.start < end and start < hit.end for start, end in agents)
        and not any(event.start < hit.end and hit.start < event.end for event in mention.hits)
        and not any(hit.start < one.end and one.start < hit.end for one in mention.sources)
        and not is_guard(plain, mention, hit)
        and not _carried(plain, mention, hit)
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


def _carried(plain: Plain, mention: Mention, hit: Hit) -> bool:
    """Return whether a vehicle before carries it: “a truck bringing displaced families”."""
    window = (max(mention.start, hit.start - _OWN_REACH), hit.start)
    return _CARRYING.search(plain.text, *window) is not None


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
