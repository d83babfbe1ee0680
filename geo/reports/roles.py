"""Who did it, to whom, under whose escort: the roles in the mentions of one incident."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from geo.records import Attribution
from geo.reports.actors import Actor, ActorHit, actors
from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.records import DraftActor, Evidence
from geo.reports.vocabulary import Hit, words

_RANK = {Attribution.CLAIMED: 0, Attribution.ATTRIBUTED: 1, Attribution.SUSPECTED: 2}
_SUBJECT_GAP = re.compile(r"(?!\s+(?:and|et)\b)(?:[ ,\n(]+[\w'\-]+){0,5}[ ,\n)]+")
_BY_GAP = re.compile(r"(?:[ \n]+[\w'\-]+){0,6}[ \n]+(?:l'|d')?")
_BY_WORDS = re.compile(r"(?:^|\s)(?:by|par)$")
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
_MILITARY = re.compile(
    r"military convoy|army convoy|escort vehicle|escort mission|vehicule d'escorte"
    r"|convoi militaire|convoi de l'armee"
)
_NATIONAL = {"ML": "FAMa", "BF": "Burkinabe army", "NE": "Nigerien army"}
_OF = re.compile(r"[ \n]+(?:(?:de|des|du|d') ?)?(?:(?:presumes|presumee?s?|un groupe de) )?")
_ENGLISH_NOUN = re.compile(
    r"(?:attacks?|ambush|ambushes|raids?|assaults?|offensive|(?:drone |air)?strikes?|bombings?"
    r"|incursions?|kidnappings?|roadside bomb\w*|suicide \w+|ieds?)"
)
_AND = re.compile(r"[ \n]+(?:and|et)[ \n]+(?:(?:the|de|des|du|les?|la|l') ?){0,2}")
_FRENCH_NOUN = re.compile(
    r"(?:attaques?|embuscades?|raids?|assauts?|incursions?|enlevements?|braquages?|attentats?"
    r"|frappes? (?:de drones?|aeriennes?))"
)
_COUNTED = re.compile(r"\b(?:\d+|an?|one|two|three|four|five|six|un|une|deux|trois|quatre|cinq) $")
_OBJECT = re.compile(
    r"\s+(?!(?:in|on|by|near|during|and|at|when|after|before|between|outside|with|while|as|twice|again"
    r"|dans|par|lors|pres|entre|et|a|au|sur|hier|last|this|to|early|late|avec|alors|apres|avant)\b)"
    r"(?P<article>(?:the|an?|two|three|four|five|\d+|les?|la|l'|une?|des|deux|trois)\b)?\w*"
)
_OPERATION = ("operation", "army operation", "military operation")
_NEAR_OBJECT = 28
_NEXT_WORDS = 3
_BEING = frozenset(["is", "are", "was", "were", "est", "sont", "being"])
_BEFORE = 600
_UNKNOWN_ARMY = "unspecified army"
_JOIN = re.compile(
    r"[ ,\n)]*(?:and|et|,|&|as well as|ainsi que|/)[ \n(]+(?:(?:the|de|des|du|la|le|les|l'|d'"
    r"|russia's|russian|members of|elements of|fighters from) ?){0,3}(?:[\w'\-]+ )?"
)


def perpetrators(plain: Plain, mentions: Sequence[Mention], country: str) -> tuple[DraftActor, ...]:
    """Return the groups to which the mentions ascribe the incident, those best attested first.

    Groups that are named outrank “jihadists”; gunmen whom nobody knows are not listed.
    """
    found: dict[str, DraftActor] = {}
    for mention in mentions:
        for hit, attribution in _ascribed(plain, mention):
            actor = national(hit.actor, country)
            if actor.kind == "unknown":
                continue
            quote = plain.evidence(hit.start, hit.end)
            known = found.get(actor.name)
            evidence = (*(known.evidence if known else ()), quote)
            found[actor.name] = DraftActor(
                actor.name,
                known.written if known else quote.quote,
                attribution if known is None else _best(actor, attribution, known.attribution),
                evidence,
            )
    named = [one for one in found.values() if _actor(one.name).named]
    if not named and (meant := _the_group(plain, mentions)) is not None:
        found[meant.name] = meant
        named = [meant]
    claimed = any(one.attribution is Attribution.CLAIMED for one in found.values())
    if claimed and len(named) == 1 and not _actor(named[0].name).state:
        # “The jihadist group claimed …”: it is the one that was named.
        named = [replace(named[0], attribution=Attribution.CLAIMED)]
    linked = [one for one in found.values() if "linked" in one.name]
    kept = named or linked or list(found.values())
    return tuple(sorted(kept, key=lambda one: _RANK[one.attribution]))


def _the_group(plain: Plain, mentions: Sequence[Mention]) -> DraftActor | None:
    """Return the group named before whom “the group had attacked” means."""
    for mention in mentions:
        group = words("the_group").first(plain, mention.start, mention.end)
        if group is None:
            continue
        verb = words("attack_verb").first(plain, group.end, mention.end)
        if verb is None or not _SUBJECT_GAP.fullmatch(plain.text, group.end, verb.start):
            continue
        before = actors().find(plain, max(0, mention.start - _BEFORE), group.start)
        named = [hit for hit in before if hit.actor.named and not hit.actor.state]
        if named:
            quote = plain.evidence(named[-1].start, named[-1].end)
            name = named[-1].actor.name
            return DraftActor(name, quote.quote, Attribution.ATTRIBUTED, (quote,))
    return None


def _best(actor: Actor, one: Attribution, other: Attribution) -> Attribution:
    """Return how a group is known of which two things are told.

    Whoever speaks of “the jihadists” only repeats the “suspected jihadists” of the report.
    """
    if not actor.named and Attribution.SUSPECTED in (one, other):
        return Attribution.SUSPECTED
    return min(one, other, key=lambda attribution: _RANK[attribution])


def national(actor: Actor, country: str) -> Actor:
    """Return the army of a country for “the army”."""
    if actor.name == _UNKNOWN_ARMY and country in _NATIONAL:
        return _actor(_NATIONAL[country])
    return actor


def _actor(name: str) -> Actor:
    return actors().by_name[name]


def _ascribed(plain: Plain, mention: Mention) -> list[tuple[ActorHit, Attribution]]:
    hits = actors().find(plain, mention.start, mention.end)
    found: list[tuple[ActorHit, Attribution]] = []
    for hit in hits:
        attribution = _claimed(plain, mention, hit) or _blamed(plain, mention, hit)
        attribution = attribution or _suspects(plain, mention, hit)
        attribution = attribution or _subject(plain, mention, hit) or _modifier(plain, mention, hit)
        if attribution is not None:
            found.append((hit, attribution))
            continue
        if found and _JOIN.fullmatch(plain.text, found[-1][0].end, hit.start):
            found.append((hit, found[-1][1]))
    return [*_joined_before(plain, hits, found), *found]


def _joined_before(
    plain: Plain, hits: Sequence[ActorHit], found: Sequence[tuple[ActorHit, Attribution]]
) -> list[tuple[ActorHit, Attribution]]:
    """Return the actors that “and” joins to the one that follows."""
    if not found:
        return []
    first, attribution = found[0]
    for hit in hits:
        if hit.end <= first.start and _AND.fullmatch(plain.text, hit.end, first.start):
            return [(hit, attribution)]
    return []


def _claimed(plain: Plain, mention: Mention, hit: ActorHit) -> Attribution | None:
    for cue in words("claimed_by").find(plain, mention.start, mention.end):
        if cue.end <= hit.start and _BY_GAP.fullmatch(plain.text, cue.end, hit.start):
            return Attribution.CLAIMED
    for cue in words("claims_it").find(plain, mention.start, mention.end):
        if hit.actor.state:
            break
        if hit.end <= cue.start and _SUBJECT_GAP.fullmatch(plain.text, hit.end, cue.start):
            return Attribution.CLAIMED
    return None


def _blamed(plain: Plain, mention: Mention, hit: ActorHit) -> Attribution | None:
    for cue in words("blamed_on").find(plain, mention.start, hit.start):
        if not _BY_GAP.fullmatch(plain.text, cue.end, hit.start):
            continue
        plainly = plain.text[cue.start : cue.end]
        if _BY_WORDS.search(plainly) and not _of_attack(plain, mention, cue):
            continue
        return _doubt(plain, mention, hit)
    return None


def _of_attack(plain: Plain, mention: Mention, cue: Hit) -> bool:
    """Return whether “by” belongs to an attack: “an ambush by”, not “escorted by”."""
    if cue.end - cue.start > len("par"):
        return True
    before = plain.text[max(mention.start, cue.start - 24) : cue.start].rstrip()
    window = (max(mention.start, cue.start - 40), cue.start)
    near = [*words("event").find(plain, *window), *words("toll").find(plain, *window)]
    noun = words("attack_noun").first(plain, max(mention.start, cue.start - 90), cue.start)
    if noun is not None and not actors().find(plain, noun.end, cue.start):
        return words("escort_of").first(plain, noun.end, cue.end) is None
    last = max((one.end for one in near), default=-1)
    gap = plain.text[last : cue.start].split() if last >= 0 else ["far"] * 9
    escorted = words("escort_of").first(plain, max(mention.start, cue.start - 24), cue.end)
    claimed = before.endswith(("reported", "confirmed", "claimed", "announced"))
    return len(gap) <= 3 and escorted is None and not claimed  # noqa: PLR2004


def _subject(plain: Plain, mention: Mention, hit: ActorHit) -> Attribution | None:
    """Return how a group is known that is the subject of an attack: “jihadists ambushed …”."""
    for verb in words("attack_verb").find(plain, hit.end, mention.end):
        gap = plain.text[hit.end : verb.start]
        if not _SUBJECT_GAP.fullmatch(gap):
            return None
        if words("passive").first(plain, hit.end, verb.start) is not None:
            return None
        if re.match(r"\s+(?:by|par)\b", plain.text[verb.end : verb.end + 6]):
            return None
        if actors().find(plain, hit.end, verb.start) or _suffers(plain, mention, hit, verb):
            return None
        return _doubt(plain, mention, hit)
    return None


def _suffers(plain: Plain, mention: Mention, hit: ActorHit, verb: Hit) -> bool:
    """Return whether a participle makes an actor the victim.

    “Two soldiers killed in …”, “army convoy attacked near …”: an attacker's verb has an object.
    """
    if words("target").first(plain, hit.end, verb.start) is not None:
        return True
    counted = _COUNTED.search(plain.text, max(mention.start, hit.start - 16), hit.start)
    if not (hit.actor.state or counted):
        return False
    after = _OBJECT.match(plain.text, verb.end, mention.end)
    if after is None:
        return True
    if after["article"]:
        return False
    window = (verb.end, min(mention.end, verb.end + _NEAR_OBJECT))
    return not any(words(name).first(plain, *window) for name in ("people", "target", "vehicle"))


def _modifier(plain: Plain, mention: Mention, hit: ActorHit) -> Attribution | None:
    """Return how a group is known that only names the attack: “a suspected jihadist attack”."""
    for event in mention.hits:
        noun = _ENGLISH_NOUN.fullmatch(plain.text, event.start, event.end)
        if noun and hit.end <= event.start <= hit.end + 2:
            return _doubt(plain, mention, hit)
        if event.start <= hit.start < event.end and plain.text.startswith(_OPERATION, event.start):
            return Attribution.ATTRIBUTED  # “une opération de l'armée”
        # “une attaque djihadiste”, “une attaque de coupeurs de route”
        noun = _FRENCH_NOUN.fullmatch(plain.text, event.start, event.end)
        if noun and event.end <= hit.start and _OF.fullmatch(plain.text, event.end, hit.start):
            strike = event.code == "drone_strike"
            return None if hit.actor.state and not strike else _doubt(plain, mention, hit)
    return None


def _suspects(plain: Plain, mention: Mention, hit: ActorHit) -> Attribution | None:
    """Return how a group is known that “is suspected”."""
    for cue in words("suspected").find(plain, hit.end, mention.end):
        between = plain.text[hit.end : cue.start].split()
        if len(between) <= _NEXT_WORDS and _BEING & set(between):
            return Attribution.SUSPECTED
        break
    return None


def _doubt(plain: Plain, mention: Mention, hit: ActorHit) -> Attribution:
    window = (max(mention.start, hit.start - 40), min(mention.end, hit.end + 14))
    doubted = words("suspected").first(plain, *window)
    return Attribution.ATTRIBUTED if doubted is None else Attribution.SUSPECTED


def escorts(plain: Plain, mentions: Iterable[Mention], country: str) -> tuple[DraftActor, ...]:
    """Return who escorted the target: “escorted by the Malian army and Wagner”."""
    found: dict[str, DraftActor] = {}
    for mention in mentions:
        for cue in words("escort_of").find(plain, mention.start, mention.end):
            last = cue.end
            for hit in actors().find(plain, cue.end, mention.end):
                joined = _JOIN.fullmatch(plain.text, last, hit.start)
                if not (joined or _BY_GAP.fullmatch(plain.text, last, hit.start)):
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
    named = [one for one in found.values() if one.name != _UNKNOWN_ARMY]
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
    rated = [one for mention in mentions if (one := _target(plain, mention)) is not None]
    plainly = [one for one in rated if one.code not in _VAGUE]
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
    return ("civilians", plain.written(best.start, best.end)) if best else ("", "")


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


def by_state(perpetrators: Iterable[DraftActor]) -> bool:
    """Return whether a state's force, or one that fights with it, is among the perpetrators."""
    return any(_actor(one.name).state for one in perpetrators)


def is_escorted(plain: Plain, mentions: Iterable[Mention]) -> bool:
    """Return whether the target is said to have been escorted, by whomever."""
    return any(words("escorted").first(plain, m.start, m.end) is not None for m in mentions)


def _target(plain: Plain, mention: Mention) -> Hit | None:
    """Return the target that a clause names: after the attack, or before it as its object."""
    agents = {(hit.start, hit.end) for hit, _ in _ascribed(plain, mention)}
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
