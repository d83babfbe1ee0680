"""Who did it: the groups to which the mentions of one incident ascribe it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from geo.records import Attribution
from geo.reports.actors import Actor, ActorHit, actors
from geo.reports.ascribing import ACCUSED, FOUGHT_REACH, SUBJECT_GAP, ascribed, doubt, is_victim
from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.records import DraftActor
from geo.reports.vocabulary import Hit, words

_RANK = {Attribution.CLAIMED: 0, Attribution.ATTRIBUTED: 1, Attribution.SUSPECTED: 2}
_NATIONAL = {"ML": "FAMa", "BF": "Burkinabe army", "NE": "Nigerien army"}
_BEFORE = 600
UNKNOWN_ARMY = "unspecified army"
_FOUGHT = re.compile(
    r"\b(?:against|contre|fight\w*|combat\w*|target\w*|vis(?:ant|ait|ee?s?)|cibl\w+|hostile to"
    r"|clash\w* with|affront\w+|pursu\w+|pursuit of|anti|not|neither|ni|nor|denied|dement\w*"
    r"|base|bases|camp|camps|position|positions|leader|chef|negotiat\w*|negoci\w*)"
    r"(?: \w+){0,2} (?:l'|d'|\")?$"
)
_GIVEN_TO = re.compile(r"\b(?:to|for|pour|au|aux|a)(?: (?:the|la|le|les))? (?:l'|d'|\")?$")
_THEY = re.compile(r"(?:they|ils|elles)")
_IT = re.compile(r"\b(?:it|il|elle)\b(?: (?:added|said|also|ajoute|dit|affirme) (?:that|que)?)?")
_ASCRIBES = re.compile(r"\b(?:attribu|imput|ascrib|blam|belong|appart|point)")
_ITS_ENEMIES = ("all", "military", "security_forces", "peacekeepers", "wagner", "militia")
_THEIRS = re.compile(
    r"(?:'s?)? (?:camps?|bases?|positions?|posts?|patrols?|village|leaders?|chiefs?|members? "
    r"(?:was|were)|hideouts?|stronghold|suspects?)\b"
)


def perpetrators(plain: Plain, mentions: Sequence[Mention], country: str) -> tuple[DraftActor, ...]:
    """Return the groups to which the mentions ascribe the incident, those best attested first.

    Groups that are named outrank “jihadists”; gunmen whom nobody knows are not listed.
    """
    found: dict[str, DraftActor] = {}
    defenders: dict[str, DraftActor] = {}
    strangers = False
    for mention in mentions:
        for hit, attribution in ascribed(plain, mention):
            actor = national(hit.actor, country)
            if actor.kind == "unknown":
                strangers = True
                continue
            quote = plain.evidence(hit.start, hit.end)
            into = defenders if _fends_off(mention, actor) else found
            known = into.get(actor.name)
            evidence = (*(known.evidence if known else ()), quote)
            into[actor.name] = DraftActor(
                actor.name,
                known.written if known else quote.quote,
                attribution if known is None else _best(actor, attribution, known.attribution),
                evidence,
            )
    if not (found or strangers):
        found |= defenders
    if not found:
        found |= {one.name: one for one in _own_strikes(plain, mentions, country)}
    if not any(_actor(name).named for name in found):
        found |= {one.name: one for one in _told_of(plain, mentions) if one.name not in found}
    named = [one for one in found.values() if _actor(one.name).named]
    if not named and (meant := _the_group(plain, mentions)) is not None:
        found[meant.name] = meant
        named = [meant]
    claimed = any(one.attribution is Attribution.CLAIMED for one in found.values())
    claimed = claimed or _group_claims(plain, mentions)
    if claimed and not named:
        named = _meant_by_claim(plain, mentions, {_actor(name).kind for name in found})
    if claimed and len(named) == 1 and not _actor(named[0].name).state:
        # “The jihadist group claimed …”: it is the one that was named.
        named = [replace(named[0], attribution=Attribution.CLAIMED)]
    linked = [one for one in found.values() if "linked" in one.name]
    kept = named or linked or list(found.values())
    return tuple(sorted(kept, key=lambda one: _RANK[one.attribution]))


def _fends_off(mention: Mention, actor: Actor) -> bool:
    """Return whether a clause counts the attackers whom a state's force killed.

    “The army said it had killed 80 attackers”: that alone makes it no attacker.
    """
    struck = any(hit.code == "drone_strike" for hit in mention.hits)
    theirs = any(toll.unit_group == "assailants" for toll in mention.tolls)
    return actor.state and theirs and not struck


def _accounts(plain: Plain, mention: Mention) -> bool:
    """Return whether a clause tells of an attack, or of who may have been behind it."""
    span = (plain, mention.start, mention.end)
    attackers = any(one.code == "assailants" for one in words("people").find(*span))
    blames = any(words(name).first(*span) for name in ("suspected", "blamed_on"))
    return bool(mention.hits or mention.tolls or attackers or blames)


def _otherwise(plain: Plain, mention: Mention, hit: ActorHit) -> bool:
    """Return whether a group is told of as fought, paid or owning something."""
    before = plain.text[max(mention.start, hit.start - FOUGHT_REACH) : hit.start]
    if _THEIRS.match(plain.text, hit.end, mention.end) or _FOUGHT.search(before):
        return True
    given = _GIVEN_TO.search(before)
    return given is not None and not _ASCRIBES.search(plain.text, mention.start, hit.start)


def _boasts(mention: Mention) -> bool:
    """Return whether a group that speaks tells of its enemies' dead, not of its own people's."""
    return any(toll.unit_group in _ITS_ENEMIES and not toll.bare for toll in mention.tolls)


def _told_of(plain: Plain, mentions: Sequence[Mention]) -> list[DraftActor]:
    """Return the groups told of with an attack, where nothing says plainly who did it.

    A group by name in such an account is who did it, unless it was fought or only speaks.
    """
    found: dict[str, DraftActor] = {}
    struck_from_above = any(hit.code == "drone_strike" for one in mentions for hit in one.hits)
    for mention in filter(lambda one: _accounts(plain, one), mentions):
        for hit in actors().find(plain, mention.start, mention.end):
            with_state = hit.actor.state or hit.actor.auxiliary
            if with_state or not hit.actor.named or is_victim(mention, hit):
                continue
            if _otherwise(plain, mention, hit):
                continue
            speaks = any(one.start < hit.end and hit.start < one.end for one in mention.sources)
            if speaks and (struck_from_above or not _boasts(mention)):
                continue
            quote = plain.evidence(hit.start, hit.end)
            how = Attribution.CLAIMED if speaks else doubt(plain, mention, hit)
            found.setdefault(hit.actor.name, DraftActor(hit.actor.name, quote.quote, how, (quote,)))
    return list(found.values())


def _meant_by_claim(
    plain: Plain, mentions: Iterable[Mention], kinds: Collection[str]
) -> list[DraftActor]:
    """Return the one named group whom “the rebels say they killed …” can mean."""
    named = {
        hit.actor.name: hit
        for mention in mentions
        for hit in actors().find(plain, mention.start, mention.end)
        if hit.actor.named and hit.actor.kind in kinds
    }
    if len(named) != 1:
        return []
    hit = next(iter(named.values()))
    quote = plain.evidence(hit.start, hit.end)
    return [DraftActor(hit.actor.name, quote.quote, Attribution.CLAIMED, (quote,))]


def _own_strikes(plain: Plain, mentions: Sequence[Mention], country: str) -> Iterator[DraftActor]:
    """Yield the army that tells of an air strike and of its enemies' dead: it was its own."""
    struck = any(hit.code == "drone_strike" for one in mentions for hit in one.hits)
    for mention in mentions if struck else ():
        enemies = any(toll.unit_group == "assailants" for toll in mention.tolls)
        owned = words("own_strike").first(plain, mention.start, mention.end) is not None
        for source in mention.sources if enemies or owned else ():
            if source.code == "army" and not actors().find(plain, source.start, source.end):
                army = national(_actor(UNKNOWN_ARMY), country)  # “the general staff”
                quote = plain.evidence(source.start, source.end)
                yield DraftActor(army.name, quote.quote, Attribution.ATTRIBUTED, (quote,))
                return
            for hit in actors().find(plain, source.start, source.end):
                actor = national(hit.actor, country)
                if actor.kind == "army" and source.code == "army":
                    quote = plain.evidence(hit.start, hit.end)
                    yield DraftActor(actor.name, quote.quote, Attribution.ATTRIBUTED, (quote,))
                    return


def _the_group(plain: Plain, mentions: Sequence[Mention]) -> DraftActor | None:
    """Return the group named before whom “the group had attacked”, “by the same group” mean."""
    for mention in mentions:
        group = next(
            (
                hit
                for hit in _groups(plain, mention)
                if _attacked(plain, mention, hit)
                or _is_blamed(plain, mention, hit)
                or ACCUSED.match(plain.text, hit.end, mention.end)
                or _has_claimed(plain, mention, hit)
            ),
            None,
        )
        if group is None:
            continue
        if _THEY.fullmatch(plain.text, group.start, group.end):
            # “They” are those whom the account of this attack names, not of what came before.
            spans = [(one.start, min(one.end, group.start)) for one in mentions]
            before = [hit for span in spans for hit in actors().find(plain, *span)]
        else:
            before = actors().find(plain, max(0, mention.start - _BEFORE), group.start)
        named = [
            hit
            for hit in before
            if hit.actor.named and not (hit.actor.state or hit.actor.auxiliary)
        ]
        if named:
            quote = plain.evidence(named[-1].start, named[-1].end)
            name = named[-1].actor.name
            claimed = _has_claimed(plain, mention, group)
            how = Attribution.CLAIMED if claimed else Attribution.ATTRIBUTED
            return DraftActor(name, quote.quote, how, (quote,))
    return None


def _groups(plain: Plain, mention: Mention) -> Iterator[Hit]:
    """Yield the words that may stand for a group; “it” only where it claims something."""
    yield from words("the_group").find(plain, mention.start, mention.end)
    for match in _IT.finditer(plain.text, mention.start, mention.end):
        hit = Hit(*match.span(), "")
        if _has_claimed(plain, mention, hit):
            yield hit


def _attacked(plain: Plain, mention: Mention, group: Hit) -> bool:
    verb = words("attack_verb").first(plain, group.end, mention.end)
    return verb is not None and bool(SUBJECT_GAP.fullmatch(plain.text, group.end, verb.start))


def _group_claims(plain: Plain, mentions: Iterable[Mention]) -> bool:
    """Return whether “the group claimed the attack the same evening”."""
    return any(
        _has_claimed(plain, mention, hit)
        for mention in mentions
        for hit in words("the_group").find(plain, mention.start, mention.end)
    )


def _has_claimed(plain: Plain, mention: Mention, group: Hit) -> bool:
    cue = words("claims_it").first(plain, group.end, mention.end)
    cue = cue or words("claim_verb").first(plain, group.end, mention.end)
    return cue is not None and len(plain.text[group.end : cue.start].split()) <= 2  # noqa: PLR2004


def _is_blamed(plain: Plain, mention: Mention, group: Hit) -> bool:
    """Return whether an attack is “attributed to the same group”, a lorry burned “by these men”."""
    return any(
        cue.start < group.start and len(plain.text[cue.end : group.start].split()) <= 1
        for cue in words("blamed_on").find(plain, mention.start, group.end)
        if not _FOUGHT.search(plain.text[max(mention.start, cue.start - FOUGHT_REACH) : cue.start])
    )


def _best(actor: Actor, one: Attribution, other: Attribution) -> Attribution:
    """Return how a group is known of which two things are told.

    Whoever speaks of “the jihadists” only repeats the “suspected jihadists” of the report.
    """
    if not actor.named and Attribution.SUSPECTED in (one, other):
        return Attribution.SUSPECTED
    return min(one, other, key=lambda attribution: _RANK[attribution])


def national(actor: Actor, country: str) -> Actor:
    """Return the army of a country for “the army”."""
    if actor.name == UNKNOWN_ARMY and country in _NATIONAL:
        return _actor(_NATIONAL[country])
    return actor


def _actor(name: str) -> Actor:
    return actors().by_name[name]


def by_state(perpetrators: Iterable[DraftActor]) -> bool:
    """Return whether a state's force, or one that fights with it, is among the perpetrators."""
    return any(_actor(one.name).state for one in perpetrators)
