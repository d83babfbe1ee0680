"""To which groups a clause ascribes an attack, and how surely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.records import Attribution
from geo.reports.actors import ActorHit, actors
from geo.reports.gaps import bare
from geo.reports.language import language_of
from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.vocabulary import Hit, words

SUBJECT_GAP = re.compile(r"(?!\s+(?:and|et)\b)(?:[ ,\n(]+[\w'\-]+){0,5}[ ,\n)]+")
BY_GAP = re.compile(r"(?:[ \n]+[\w'\-]+){0,6}[ \n]+(?:l'|d')?")
_BY_WORDS = re.compile(r"(?:^|\s)(?:by|par)$")
_OF = re.compile(
    r"[ \n]+(?:(?:de l'|de la|de|des|du|d') ?)?(?:(?:presumes|presumee?s?|un groupe de) )?"
)
_ENGLISH_NOUN = re.compile(
    r"(?:attacks?|ambush|ambushes|raids?|assaults?|offensive|(?:drone |air)?strikes?|bombings?"
    r"|drones?|aircraft|jets?|helicopters?|warplanes?|incursions?|kidnappings?"
    r"|roadside bomb\w*|suicide \w+|ieds?)"
)
_AND = re.compile(r"[ \n]+(?:and|et)[ \n]+(?:(?:the|de|des|du|les?|la|l') ?){0,2}")
_FRENCH_NOUN = re.compile(
    r"(?:attaques?|embuscades?|raids?|assauts?|incursions?|enlevements?|braquages?|attentats?"
    r"|frappes? (?:de drones?|aeriennes?)|tirs?(?: d'obus| de mortiers?| de roquettes?)?"
    r"|pilonnages?|bombardements?|drones?|avions?|helicopteres?)"
)
_ITS_MEN = re.compile(r"\b(?:its|their|ses|leurs) \w+$")
_OWNED = re.compile(
    r"\b(?:vehicules?|camps?|bases?|convois?|patrouilles?|positions?|postes?|vehicles?|convoys?"
    r"|patrols?|posts?|trucks?|camions?|detachements?) (?:of|de|du|des) ?(?:the |la |l'|les )?$"
)
"""“It destroyed a vehicle of the army, killing a soldier”: the army did not."""
_ATTRIBUTE = re.compile(
    r",? (?:to (?:which|whom)|a (?:qui|laquelle)|auquel|auxquels) [^,;.]{0,40}"
    r"(?:attribut|imput|ascrib)\w*"
)
"""“Islamic State, to which all attribute the killings”."""
_CLAIM_LABEL = re.compile(r" claims? ?:| revendique ?:")
_BY_LABEL = re.compile(
    r"(?:^|\n|[.;] ?)(?:qui|who|auteurs?(?: presumes?)?|perpetrators?|suspects?) ?: ?$"
)
"""“QUI : JNIM”, in a note told line by line."""
ACCUSED = re.compile(
    r"\)? (?:(?:was|were|is|are|has been|have been|est|sont|a ete|ont ete|fut|avait ete) "
    r"(?:\w+ )?(?:blamed|accused|accusee?s?|mise? en cause|held responsible|tenue?s? pour))\b"
)
"""“The same group was blamed for the killing of 18 villagers”."""
_COUNTED = re.compile(r"\b(?:\d+|an?|one|two|three|four|five|six|un|une|deux|trois|quatre|cinq) $")
_NO_OBJECT = (
    r"\s+(?!(?:in|on|by|near|during|and|at|when|after|before|between|outside|with|while|as|twice|again"
    r"|dans|par|lors|pres|entre|et|au|sur|hier|last|this|to|early|late|avec|alors|apres|avant{a})\b)"
    r"(?P<article>(?:the|an?|two|three|four|five|\d+|les?|la|l'|une?|des|deux|trois)\b)?\w*"
)
_OBJECT = {
    "en": re.compile(_NO_OBJECT.replace("{a}", "")),
    "fr": re.compile(_NO_OBJECT.replace("{a}", "|a")),
}
"""What follows a verb that has an object; “a” is an article in English, “à” in French none."""
_THEIRS = ("all", "military", "security_forces", "militia")
"""“Thirty soldiers and militiamen died”: those whom a clause counts as victims did not do it."""
_OPERATION = ("operation", "army operation", "military operation")
_NEAR_OBJECT = 28
_NEXT_WORDS = 3
_BEING = frozenset(["is", "are", "was", "were", "est", "sont", "being"])
_GOING_ON = re.compile(r"\W*(?:before|avant) ")
_VERB_REACH = 90
FOUGHT_REACH, _OPENING, _LONGEST_PREDICATE = 40, 60, 90
_NOBODY = re.compile(r"\b(?:nobody|no one|no group|none|not|never|n'a|aucune?|personne|nul)\b")
_ASIDE = re.compile(
    r", (?:which|who|qui|dont|whose|active|tres actif|an?|the|une?|la|le|affili\w+|linked|allied"
    r"|proche|branche) [^,;]{3,90},"
)
"""“JNIM, which has stepped up its attacks, said …”."""
_CLAIM_GAP = re.compile(r"(?!\s+(?:and|et)\b)(?:[ ,\n(]+[\w'\-]+){0,9}[ ,\n)]+")
JOIN = re.compile(
    r"[ ,\n)]*(?:and|et|,|&|as well as|ainsi que|/|together with|alongside|(?:accompanied|backed"
    r"|supported|assisted|flanked) by|(?:accompagne|appuye|epaule|soutenu|assiste)e?s? (?:de|par)"
    r"|aux cotes(?: de)?)[ \n(]+(?:(?:the|de|des|du|la|le|les|l'|d'"
    r"|russia's|russian|members of|elements of|fighters from) ?){0,3}(?:[\w'\-]+ )?"
)


def is_victim(mention: Mention, hit: ActorHit) -> bool:
    """Return whether a clause counts an actor among those who came to harm."""
    return any(
        toll.start <= hit.start < toll.end and toll.unit_group in _THEIRS for toll in mention.tolls
    )


def ascribed(plain: Plain, mention: Mention) -> list[tuple[ActorHit, Attribution]]:
    """Return the groups to which a clause ascribes the attack that it tells of."""
    found = _named_in(plain, mention)
    if not found and _GOING_ON.match(plain.text, mention.start, mention.end):
        # “… before setting a truck on fire”: whoever did the rest of the sentence
        return _named_in(plain, replace(mention, start=mention.sentence.start, end=mention.start))
    return found


def _named_in(plain: Plain, mention: Mention) -> list[tuple[ActorHit, Attribution]]:
    hits = [
        hit
        for hit in actors().find(plain, mention.start, mention.end)
        if not is_victim(mention, hit)
    ]
    found: list[tuple[ActorHit, Attribution]] = []
    for hit in hits:
        attribution = _claimed(plain, mention, hit) or _blamed(plain, mention, hit)
        attribution = attribution or _suspects(plain, mention, hit)
        if attribution is None and _BY_LABEL.search(plain.text, 0, hit.start):
            attribution = doubt(plain, mention, hit)
        accused = ACCUSED.match(plain.text, hit.end, mention.end)
        if attribution is None and (accused or _ATTRIBUTE.match(plain.text, hit.end)):
            attribution = Attribution.ATTRIBUTED
        attribution = attribution or _subject(plain, mention, hit) or _modifier(plain, mention, hit)
        if attribution is not None:
            found.append((hit, attribution))
            continue
        if found and JOIN.fullmatch(plain.text, found[-1][0].end, hit.start):
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
    if _CLAIM_LABEL.match(plain.text, hit.end, mention.end) and not hit.actor.state:
        return Attribution.CLAIMED
    for cue in words("claimed_by").find(plain, mention.start, mention.end):
        if cue.end <= hit.start and BY_GAP.fullmatch(plain.text, cue.end, hit.start):
            return Attribution.CLAIMED
    own_dead = any(toll.unit_group == "assailants" for toll in mention.tolls)
    for cue in words("claims_it").find(plain, mention.start, mention.end):
        theirs = _ITS_MEN.search(plain.text[cue.start : cue.end]) is not None
        if hit.actor.state or (own_dead and theirs):
            break  # “JNIM said two of its fighters were killed”
        if hit.end <= cue.start and _claims(plain.text, hit.end, cue):
            return Attribution.CLAIMED
    return None


def _claims(text: str, after: int, cue: Hit) -> bool:
    """Return whether words of claiming belong to a group before them, and not to “nobody”."""
    aside = _ASIDE.match(text, after, cue.start)
    after = aside.end() if aside else after
    gap = _CLAIM_GAP.fullmatch(text, after, cue.start)
    return gap is not None and _NOBODY.search(gap[0]) is None


def _blamed(plain: Plain, mention: Mention, hit: ActorHit) -> Attribution | None:
    for cue in words("blamed_on").find(plain, mention.start, hit.start):
        if not BY_GAP.fullmatch(plain.text, cue.end, hit.start):
            continue
        plainly = plain.text[cue.start : cue.end]
        if plainly.startswith("accus") and words("people").first(plain, cue.end, hit.start):
            continue  # “accused the villagers of informing the army”
        if _BY_WORDS.search(plainly) and not _of_attack(plain, mention, cue):
            continue
        return doubt(plain, mention, hit)
    return None


def _of_attack(plain: Plain, mention: Mention, cue: Hit) -> bool:
    """Return whether “by” belongs to an attack: “an ambush by”, not “escorted by”."""
    if cue.end - cue.start > len("par"):
        return True
    before = plain.text[max(mention.start, cue.start - 24) : cue.start].rstrip()
    window = (max(mention.start, cue.start - _VERB_REACH), cue.start)
    near = [*words("event").find(plain, *window), *words("toll").find(plain, *window)]
    noun = words("attack_noun").first(plain, max(mention.start, cue.start - 90), cue.start)
    if noun is not None and not actors().find(plain, noun.end, cue.start):
        return words("escort_of").first(plain, noun.end, cue.end) is None
    last = max((one.end for one in near), default=-1)
    gap = bare(plain, last, cue.start).split() if last >= 0 else ["far"] * 9
    escorted = words("escort_of").first(plain, max(mention.start, cue.start - 24), cue.end)
    claimed = before.endswith(("reported", "confirmed", "claimed", "announced"))
    return len(gap) <= 3 and escorted is None and not claimed  # noqa: PLR2004


def _subject(plain: Plain, mention: Mention, hit: ActorHit) -> Attribution | None:
    """Return how a group is known that is the subject of an attack: “jihadists ambushed …”."""
    for verb in (
        ()
        if _possessor(plain, mention, hit)
        else words("attack_verb").find(plain, hit.end, mention.end)
    ):
        gap = plain.text[hit.end : verb.start]
        if words("say").first(plain, hit.end, verb.start) is not None:
            return None  # “volunteers told us that more devices were destroyed”
        if not (
            SUBJECT_GAP.fullmatch(gap)
            or SUBJECT_GAP.fullmatch(f"{bare(plain, hit.end, verb.start)} ")
        ):
            return _second_verb(plain, mention, hit, verb)
        passive = words("passive").first(plain, hit.end, verb.start)
        if passive or re.match(r"\s+(?:by|par)\b", plain.text[verb.end : verb.end + 6]):
            return None
        others = actors().find(plain, hit.end, verb.start)
        with_them = others and JOIN.fullmatch(plain.text, hit.end, others[0].start)
        last = others[-1] if with_them else hit
        if (others and not with_them) or _suffers(plain, mention, last, verb):
            return None
        return doubt(plain, mention, hit)
    return None


def _possessor(plain: Plain, mention: Mention, hit: ActorHit) -> bool:
    """Return whether an actor only owns what was struck before it is named."""
    owned = _OWNED.search(plain.text, max(mention.start, hit.start - _OPENING), hit.start)
    if owned is None:
        return False
    struck = [*words("attack_verb").find(plain, mention.start, owned.start())]
    return bool(struck) or words("toll").first(plain, mention.start, owned.start()) is not None


def _second_verb(plain: Plain, mention: Mention, hit: ActorHit, verb: Hit) -> Attribution | None:
    """Return how a group is known whose second verb is the attack: “entered Kiri and shot …”."""
    opens = hit.start - mention.start <= _OPENING and "," not in plain.text[hit.end : verb.start]
    if any(other.end < hit.start for other in _apart(plain, mention, hit)):
        return None
    joined = plain.text[hit.end : verb.start].rstrip().endswith((" and", " et", " puis", " then"))
    if not (opens and joined) or verb.start - hit.end > _LONGEST_PREDICATE:
        return None
    struck = words("people").first(plain, verb.end, min(mention.end, verb.end + _NEAR_OBJECT))
    if hit.actor.state and struck is not None and struck.code == "assailants":
        return None  # “repelled the attack and killed several terrorists”
    return None if _suffers(plain, mention, hit, verb) else doubt(plain, mention, hit)


def _apart(plain: Plain, mention: Mention, hit: ActorHit) -> list[ActorHit]:
    """Return the actors before one that “and” does not join to it."""
    before = actors().find(plain, mention.start, hit.start)
    return [one for one in before if not JOIN.fullmatch(plain.text, one.end, hit.start)]


def _suffers(plain: Plain, mention: Mention, hit: ActorHit, verb: Hit) -> bool:
    """Return whether a participle makes an actor the victim.

    “Two soldiers killed in …”, “army convoy attacked near …”: an attacker's verb has an object.
    """
    if words("target").first(plain, hit.end, verb.start) is not None:
        return True
    counted = _COUNTED.search(plain.text, max(mention.start, hit.start - 16), hit.start)
    if not (hit.actor.state or counted):
        return False
    after = _OBJECT[language_of(plain)].match(plain.text, verb.end, mention.end)
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
            return doubt(plain, mention, hit)
        if event.start <= hit.start < event.end and plain.text.startswith(_OPERATION, event.start):
            return Attribution.ATTRIBUTED  # “une opération de l'armée”
        # “une attaque djihadiste”, “une attaque de coupeurs de route”
        noun = _FRENCH_NOUN.fullmatch(plain.text, event.start, event.end)
        if noun and event.end <= hit.start and _OF.fullmatch(plain.text, event.end, hit.start):
            strike = event.code == "drone_strike"
            return None if hit.actor.state and not strike else doubt(plain, mention, hit)
    return None


def _suspects(plain: Plain, mention: Mention, hit: ActorHit) -> Attribution | None:
    """Return how a group is known that “is suspected”."""
    for cue in words("suspected").find(plain, hit.end, mention.end):
        between = plain.text[hit.end : cue.start].split()
        if len(between) <= _NEXT_WORDS and _BEING & set(between):
            return Attribution.SUSPECTED
        break
    return None


def doubt(plain: Plain, mention: Mention, hit: ActorHit) -> Attribution:
    """Return whether a group is suspected only, by the words around it."""
    window = (max(mention.start, hit.start - 56), min(mention.end, hit.end + 14))
    doubted = words("suspected").first(plain, *window)
    return Attribution.ATTRIBUTED if doubted is None else Attribution.SUSPECTED
