"""Under whose escort a target was, told beside the attack or right before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geo.records import Attribution
from geo.reports.actors import Actor, ActorHit, actors
from geo.reports.ascribing import BY_GAP, JOIN
from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.records import DraftActor
from geo.reports.roles import UNKNOWN_ARMY, national
from geo.reports.sentences import split
from geo.reports.statements import ESCORT_ONLY
from geo.reports.vocabulary import Hit, words

_MILITARY = re.compile(
    r"military convoy|army convoy|escort vehicle|escort mission|vehicule d'escorte"
    r"|convois?(?: [\w']+){0,3} (?:militaire|de l'armee|des fama|de soldats)"
)
"""An army's own convoy is not escorted."""
_POSTED = re.compile(
    r"[ ,]*(?:(?:sont|etaient|est|were|are|was|is|placee?s|positioned) )?"
    r"(?:in (?:the )?(?:front|lead)|up front|ahead|(?:at|in|to|on) the (?:front|head|rear|back)"
    r"|behind|devant|derriere|en tete|a l'avant|a l'arriere)\b"
)
"""“With army and volunteers in front”, “les militaires devant”."""
_ESCORTS = re.compile(
    r" (?:(?:who|that|which|qui) )?(?:(?:were|was|had been|have been|etaient) )?"
    r"(?:escorting|escort(?:ed)?(?! by)|escortai(?:en)?t|escortent|escortant|accompanying"
    r"|guarding|(?:assuraient|assurait|assurant) (?:leur|son|sa|l'|la) ?(?:escorte|securite"
    r"|protection))\b"
)
_BY_MILITARY = re.compile(r"\bmilit(?:ary|aire)\b")
_NONE = re.compile(
    r"\b(?:no|without|sans|aucune?|pas d'|lacked|not|promis\w*|must|doi(?:t|vent)|will|only"
    r"|need\w*|demand\w*|request\w*|reclam\w*|want\w*)(?: [\w'\-]+){0,5} ?$"
)
_RULE = re.compile(
    r"(?: [\w'\-]+){0,3} (?:mandatory|compulsory|obligatory|required|only|obligatoire\w*|exigee?"
    r"|requise?|uniquement|seulement)\b"
)
"""“Military escort mandatory since …”: what holds for all who use a road."""
_AGENT = re.compile(r"\b(?:by|par)(?: (?:the|des|les|de l'|l'|la|le|un|une))*(?: [\w\-]+)? ?$")
_IT = re.compile(r"\W*(?:it|they|ils?|elles?)\b")
_EARLIER, _REACH, _ASIDE = 400, 32, 8


@dataclass(frozen=True, slots=True)
class Escort:
    """Who escorted a target.

    Parameters
    ----------
    forces
        Forces and militias, each once.
    told
        Whether any escort is told of, by whomever.
    convoy
        The convoy or vehicles that a clause about the escort names.
    """

    forces: tuple[DraftActor, ...] = ()
    told: bool = False
    convoy: Hit | None = None


def escort(plain: Plain, mentions: Sequence[Mention], country: str) -> Escort:
    """Return who escorted the target of an incident.

    Parameters
    ----------
    plain, mentions
        The text and the mentions of the incident, in order.
    country
        Code of the country, for “the army”.
    """
    spans = [(mention.start, mention.end) for mention in mentions]
    own = _of(plain, spans, country)
    goes_on = _IT.match(plain.text, spans[0][0]) is not None
    if own.forces or not (goes_on or _moving(plain, spans)):
        return own
    earlier = _of(plain, _just_before(plain, mentions), country)
    return earlier if earlier.forces else own


def guards(plain: Plain, start: int, end: int) -> Iterator[ActorHit]:
    """Yield the forces in a stretch of a text that are told of as an escort."""
    hits = actors().find(plain, start, end)
    for cue in words("escort_of").find(plain, start, end):
        last = cue.end
        if any(_attacks(plain, hit, cue) for hit in hits):
            continue  # “executed by soldiers accompanied by …”
        for hit in (hit for hit in hits if hit.start >= cue.end):
            joined = JOIN.fullmatch(plain.text, last, hit.start)
            if not (joined or BY_GAP.fullmatch(plain.text, last, hit.start)):
                break
            yield hit
            last = hit.end
    group: list[ActorHit] = []
    for hit in hits:
        if not (group and JOIN.fullmatch(plain.text, group[-1].end, hit.start)):
            group = []
        group.append(hit)
        if _POSTED.match(plain.text, hit.end, end) or _ESCORTS.match(plain.text, hit.end, end):
            yield from group


def _attacks(plain: Plain, hit: ActorHit, cue: Hit) -> bool:
    """Return whether those who are accompanied did something, and were not attacked."""
    before = plain.text[max(0, hit.start - _REACH) : hit.start]
    return 0 <= cue.start - hit.end <= 2 and _AGENT.search(before) is not None  # noqa: PLR2004


def is_guard(plain: Plain, mention: Mention, hit: Hit) -> bool:
    """Return whether a word of a clause names an escort and not what was attacked."""
    cues = [one.end for one in words("escort_of").find(plain, mention.start, hit.start)]
    near = cues and len(plain.text[cues[-1] : hit.start].split()) <= _ASIDE
    return bool(near) or any(
        hit.start < one.end and one.start < hit.end
        for one in guards(plain, mention.start, mention.end)
    )


def _of(plain: Plain, spans: Sequence[tuple[int, int]], country: str) -> Escort:
    found: dict[str, DraftActor] = {}
    convoy, told = None, False
    for start, end in spans:
        if ESCORT_ONLY.search(plain.text, start, end):
            continue  # what holds for all who use a road
        cues = [hit for hit in words("escorted").find(plain, start, end) if _is_told(plain, hit)]
        forces = [hit for hit in guards(plain, start, end) if _fit(national(hit.actor, country))]
        forces += [hit for cue in cues for hit in _in_words(plain, cue)]
        for hit in forces:
            actor, quote = national(hit.actor, country), plain.evidence(hit.start, hit.end)
            found.setdefault(
                actor.name, DraftActor(actor.name, quote.quote, Attribution.ATTRIBUTED, (quote,))
            )
        told = told or bool(cues)
        military = _MILITARY.search(plain.text, start, end)
        if convoy is None and (cues or forces) and not military:
            span = (plain, start, end)
            convoy = words("convoy").first(*span) or words("vehicle").first(*span)
    if told and convoy is None:
        # “A vehicle of the convoy …  Four soldiers of the escort …”
        hits = (words("convoy").first(plain, *span) for span in spans)
        convoy = next((hit for hit in hits if hit is not None), None)
    named = [one for one in found.values() if one.name != UNKNOWN_ARMY]
    return Escort(tuple(named or found.values()), told or bool(found), convoy)


def _fit(actor: Actor) -> bool:
    return actor.state or actor.kind == "militia"


def _is_told(plain: Plain, cue: Hit) -> bool:
    """Return whether there was an escort: not “without an escort”, “they must travel under …”."""
    before = plain.text[max(0, cue.start - _REACH) : cue.start]
    return not (_NONE.search(before) or _RULE.match(plain.text, cue.end))


def _in_words(plain: Plain, cue: Hit) -> Sequence[ActorHit]:
    """Return the force in “an army-escorted convoy”, “under military escort”."""
    hits = actors().find(plain, cue.start, cue.end)
    if hits or not _BY_MILITARY.search(plain.text, cue.start, cue.end):
        return hits
    return [ActorHit(cue.start, cue.end, actors().by_name[UNKNOWN_ARMY])]


def _moving(plain: Plain, spans: Iterable[tuple[int, int]]) -> bool:
    """Return whether vehicles are told of."""
    return any(
        words(name).first(plain, *span) is not None
        for span in spans
        for name in ("convoy", "vehicle")
    )


def _just_before(plain: Plain, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Return the sentences of the same paragraph that speak of a convoy before it was attacked.

    None where they tell of another attack.
    """
    first = min(mention.sentence.start for mention in mentions)
    begin = plain.text.rfind("\n\n", max(0, first - _EARLIER), first)
    spans = list(split(plain, max(begin, first - _EARLIER, 0), first))
    if any(words("event").first(plain, *span) for span in spans):
        return []
    return [span for span in spans if words("convoy").first(plain, *span)]
