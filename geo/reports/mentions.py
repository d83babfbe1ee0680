"""Mentions of events: what one clause of a report tells of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from geo.gazetteer.lexicon import Lexicon
from geo.reports.counting import Toll
from geo.reports.days import told_days
from geo.reports.header import dateline
from geo.reports.hours import time_of_day
from geo.reports.language import language_of
from geo.reports.phrases import Part, Phrase, phrases
from geo.reports.plaintext import Plain
from geo.reports.sentences import DENYING, Role, Sentence, clauses
from geo.reports.speakers import Source, sources, speech_days
from geo.reports.told import Told
from geo.reports.tolls import tolls
from geo.reports.vocabulary import Hit, words

_DETERMINERS = {
    "en": re.compile(
        r"\b(?P<definite>the|this|that|these|those|its|their|his|her|said|such|both)\b|(?P<of>'s)\b"
        r"|\b(?P<indefinite>an?|another|one|two|three|several|new)\b"
    ),
    "fr": re.compile(
        r"\b(?P<definite>la|le|les|cette|cet|ces?|du|au|son|sa|leurs?)\b|\b(?P<of>l)'"
        r"|\b(?P<indefinite>une?|deux|trois|plusieurs|des|nouvel(?:le)?)\b"
    ),
}
_PRONOUN = re.compile(
    r"\W*(?:(?:on|le|late|early) )?(?:[\w]+,? ){0,3}?(?:it|he|she|they|il|elle|ils|elles) "
    r"(?:later |also |then |a |ont |had |has |have |avait |avaient )?"
    r"(?:said|added|revised|put|raised|lowered|updated|reported|announced|confirmed|revu|revoit|porte"
    r"|releve|ajoute|precise|affirme|indique|annonce|confirme|parle|evoque|fait etat|revendique"
    r"|admitted|admits|acknowledged|conceded|admet"
    r"|disent|dit|affirment|assurent|parlent|evoquent|says?|admettent|reconnaissent"
    r"|claimed|denombre|recense|assure|pretend|soutient|reconnait)\b"
)
_UPDATE = re.compile(
    r"\W*(?:updated?|maj|mise a jour|edit|correction|latest|dernier point|dernier bilan|point)\b"
    r"[^:.\n]{0,30}:"
)
"""“Update Wednesday: …”: a day of speech."""
_ADDED = re.compile(
    r"[,\"] ?(?:it|he|she|they|the (?:same )?source|the statement)"
    r" (?:said|added|told|noted|explained)\b"
    r"|\ba-t-(?:il|elle|on)\b|\bont-(?:ils|elles)\b|[,\"] ?(?:ajoute|precise)-t-(?:il|elle)"
)
"""“…, it added”: who spoke before goes on speaking."""
_ARTICLE = re.compile(
    r"\b(?:an?|another|une?|one|two|three|four|five|six|deux|trois|quatre|cinq|\d+)"
    r"(?: other| autres?)? $"
    r"|\b(?:the|le|la|les|l')(?: ?[\w\-]+)? ?$"
)
_WHEN = re.compile(r"\W*(?:when|lorsqu|quand|date a laquelle|jour ou|the day)")
"""“Since 2 August, when …”: the day before it is that of what follows."""
_DETERMINER_REACH = 5
_NOT = re.compile(r" not\b")
_AFTER = re.compile(r"\b(?:after|before|apres|avant)$")
_OPENS = 3
_OPENING = 24
_PLURAL = re.compile(
    r"(?:attacks|ambushes|raids|assaults|ieds|mines|landmines|explosions|bombs|eeis|abductions"
    r"|kidnappings|clashes|embuscades|attaques|enlevements|engins \w+ ?\w*|bombings|incidents"
    r"|affrontements|massacres|improvised explosive devices|braquages|drones|drone strikes"
    r"|car bombs|obus|roquettes|rockets)$"
)
_ON = re.compile(
    r"(?:(?:on|along|sur|le long)|(?:the |la |l'|le )?(?:road|route|axis|axe|piste|track|troncon)) "
)
"""“Drivers on the Gao-Ansongo road say”: what they tell of is there."""
_DECREE = re.compile(r"\b(?:un |l'|cet |meme |par |d'|nouvel )arrete$")
"""“Un arrêté interdisant …”: no vehicle was stopped."""
_SINCE = re.compile(
    r"\b(?:since|depuis|by|until|d'ici)(?: (?:the|le|la|l'|at least|au moins|early|late))? ?$"
)
_AUTHORSHIP = re.compile(
    r"\b(?:ni(?:e|ent|ait|aient)|dement\w*|den(?:y|ie[sd]|ying)|reject\w*|rejett\w*)\b[^.;]{0,40}"
    r"\b(?:l'auteur|responsab\w+|responsib\w+|involve\w*|impli\w+|derriere|behind|having carried"
    r"|any (?:role|part)|participation)\b"
)
_FLAGS = ("denied", "foiled", "rumour", "hypothetical")


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """What a clause tells of an event; two are the same only if they are one.

    Parameters
    ----------
    sentence
        The sentence that it is part of.
    start, end
        The clause in the plain text.
    hits
        Words for events.
    definite, indefinite, plural
        How the event is introduced: “the attack”, “an attack”, “attacks”.
    told
        When it happened, as told; not when it was said.
    said
        When it was said.
    since
        Since when something has held.
    phrases
        Where; those about other things left out.
    spoken_from
        Where those are who state it.
    tolls
        What is counted.
    sources
        Who states it.
    flags
        denied, foiled, rumour, hypothetical, habitual, another, comment, pronoun, update,
        afterwards (the wounded die).
    clock
        Time of day.
    under
        Code of the country whose name is the heading that it stands under.
    """

    sentence: Sentence
    start: int
    end: int
    hits: tuple[Hit, ...]
    definite: bool
    indefinite: bool
    plural: bool
    told: tuple[Told, ...]
    said: tuple[Told, ...]
    since: tuple[Told, ...]
    phrases: tuple[Phrase, ...]
    spoken_from: tuple[Phrase, ...]
    tolls: tuple[Toll, ...]
    sources: tuple[Source, ...]
    flags: frozenset[str]
    clock: Hit | None = None
    under: str = ""

    @property
    def title(self) -> bool:
        """Whether it is the title of the report."""
        return self.sentence.role is Role.TITLE

    @property
    def weapons_only(self) -> bool:
        """Whether all that it names of an event are weapons, which come in numbers."""
        return all(
            hit.code in ("ied", "mine", "shelling", "drone_strike", "blast") for hit in self.hits
        )

    @property
    def places(self) -> list[Phrase]:
        """Where it happened; where it was bound for when nothing else is told."""
        at = [phrase for phrase in self.phrases if phrase.part is Part.AT]
        return at if any(phrase.precise for phrase in at) else [
            phrase for phrase in self.phrases if phrase.part in (Part.AT, Part.BOUND)
        ]  # fmt: skip

    @property
    def precise(self) -> bool:
        """Whether it names more than a country."""
        return any(phrase.precise for phrase in self.places)


def mentions(plain: Plain, sentence: Sentence, lexicon: Lexicon) -> list[Mention]:
    """Return what the clauses of a sentence tell of events.

    A source that is named once speaks for the whole sentence; so do words of doubt.
    """
    start, _ = dateline(plain, sentence.start, sentence.end)
    flags = _flags(plain, start, sentence.end)
    found: list[Mention] = []
    day_before: Told | None = None
    spoken, cues = sources(plain, start, sentence.end)
    added = _ADDED.search(plain.text, start, sentence.end)
    for begin, end in clauses(plain, sentence):
        if max(begin, start) >= end:
            continue
        begin = max(begin, start)  # noqa: PLW2901
        told = told_days(plain, begin, end)
        claiming = [*words("claims_it").find(plain, begin, end)]
        claiming += words("claim_verb").find(plain, begin, end)
        said = speech_days(plain, told, [*cues, *claiming], spoken, start)
        pronoun = _PRONOUN.match(plain.text, begin, end)
        if pronoun:
            said += [one for one in told if one.end <= pronoun.end() and one not in said]
        update = _UPDATE.match(plain.text, begin, end)
        if update:
            said += [one for one in told if one.end <= update.end() and one not in said]
        since = [one for one in told if _lasting(plain, one)]
        if day_before and _WHEN.match(plain.text, begin, end):
            told = [*told, day_before]
        day_before = next((one for one in reversed(told) if end - one.end <= 2), None)  # noqa: PLR2004
        if begin > start:
            told = [_turned(plain, one, begin) for one in told]
        clock = time_of_day(plain, begin, end, told)
        if clock and any(0 <= clock.start - one.end <= 2 for one in said):  # noqa: PLR2004
            clock = None
        own, _ = sources(plain, begin, end)
        shared = [] if _apart(plain, sentence, begin, end) else spoken
        masked = [(one.start, one.end) for one in told]
        masked += [(clock.start, clock.end)] if clock else []
        masked += [(_with_article(plain, one.start), one.end) for one in own or shared]
        counted = tolls(plain, begin, end, masked)
        hits = _events(plain, begin, end, counted)
        own_flags = flags if begin == start else flags - {"separately"}
        if ";" in plain.text[sentence.start : sentence.end] and not _supposed(plain, begin, end):
            own_flags -= {"hypothetical"}  # “…; the witness could not say where”
        if not _denies(plain, sentence, begin, end):
            own_flags -= {"denied"}
        own_flags |= {"pronoun"} if pronoun or added else frozenset()
        named = phrases(plain, begin, end, lexicon)
        where = [phrase for phrase in named if not _within(plain, phrase, own or shared)]
        found.append(
            Mention(
                sentence, begin, end, tuple(hits), *_introduced(plain, begin, hits, counted),
                tuple(one for one in told if one not in said and one not in since),
                tuple(said), tuple(since), tuple(where),
                tuple(phrase for phrase in named if phrase not in where),
                tuple(counted), tuple(own or shared),
                own_flags | ({"update"} if update else set()), clock,
            )
        )  # fmt: skip
    return found


def _apart(plain: Plain, sentence: Sentence, begin: int, end: int) -> bool:
    """Return whether a semicolon parts a clause from the others: nobody speaks across it."""
    return ";" in (
        plain.text[end : end + 1],
        plain.text[max(begin - 1, sentence.start)],
        plain.text[begin],
    )


def _with_article(plain: Plain, start: int) -> int:
    """Return where a source begins with its article: “a local official” is no count."""
    match = _ARTICLE.search(plain.text, max(0, start - 24), start)
    return match.start() if match else start


def _flags(plain: Plain, start: int, end: int) -> frozenset[str]:
    names = (
        *_FLAGS,
        "habitual",
        "another",
        "comment",
        "same_place",
        "no_event",
        "afterwards",
        "separate",
    )
    found = {name for name in names if words(name).first(plain, start, end) is not None}
    apart = words("separately").first(plain, start, min(end, start + _OPENING))
    return frozenset(found | {"separately"} if apart else found)


def disowned(plain: Plain, sentence: Sentence) -> bool:
    """Return whether somebody denies in a sentence to have done what it tells."""
    return _AUTHORSHIP.search(plain.text, sentence.start, sentence.end) is not None


def _turned(plain: Plain, one: Told, begin: int) -> Told:
    """Return “a week after two drivers were abducted” as the drivers' day, a week before."""
    opens = one.relative_to_event and one.start - begin <= _OPENS
    if opens and _AFTER.search(plain.text, one.start, one.end):
        return replace(one, offset_days=-one.offset_days)
    return one


def _supposed(plain: Plain, start: int, end: int) -> bool:
    """Return whether a stretch tells of what may be; “could not” tells of nothing to come."""
    return any(
        not _NOT.match(plain.text, hit.end) for hit in words("hypothetical").find(plain, start, end)
    )


def _denies(plain: Plain, sentence: Sentence, begin: int, end: int) -> bool:
    """Return whether a denial reaches a clause: “…, denying reports of an attack” stands alone.

    Who denies having done it does not deny that it was done.
    """
    if disowned(plain, sentence):
        return False
    alone = DENYING.search(plain.text, sentence.start, sentence.end)
    return alone is None or begin <= alone.end() <= end


def _events(plain: Plain, start: int, end: int, counted: Iterable[Toll]) -> list[Hit]:
    """Return the words for events; “nobody was kidnapped” tells of none."""
    nothing = [toll for toll in counted if toll.best == 0]
    return [
        hit
        for hit in words("event").find(plain, start, end)
        if hit.code != "nothing"
        and not any(zero.start <= hit.start < zero.end for zero in nothing)
        and not _DECREE.search(plain.text, max(start, hit.start - 12), hit.start + len("arrete"))
    ]


def _introduced(
    plain: Plain, start: int, hits: Iterable[Hit], counted: Sequence[Toll]
) -> tuple[bool, bool, bool]:
    """Return whether the first event word is definite, indefinite, plural.

    “Two apprentices were kidnapped”: the number is the victims', not the event's.
    """
    definite = indefinite = False
    plural = True
    for hit in hits:
        if not (definite or indefinite):
            if any(toll.start < hit.start < toll.end for toll in counted):
                plural = plural and bool(_PLURAL.search(plain.text[hit.start : hit.end]))
                continue
            before = plain.text[max(start, hit.start - 40) : hit.start]
            definite, indefinite = _determined(before, language_of(plain))
        plural = plural and bool(_PLURAL.search(plain.text[hit.start : hit.end]))
    return definite, indefinite, plural


def _determined(before: str, language: str) -> tuple[bool, bool]:
    """Return whether the nearest article before a noun is definite, or indefinite."""
    last = None
    for match in _DETERMINERS[language].finditer(before):
        last = match
    if last is None or len(before[last.end() :].split()) >= _DETERMINER_REACH:
        return False, False
    indefinite = last["indefinite"] is not None
    return not indefinite, indefinite


def _lasting(plain: Plain, told: Told) -> bool:
    """Return whether an expression tells since when: “since 2013”, “depuis le 8 août”."""
    return bool(_SINCE.search(plain.text[max(0, told.start - 24) : told.start]))


def _within(plain: Plain, phrase: Phrase, named: Iterable[Source]) -> bool:
    """Return whether a place only says where a source is: “a resident of Gao”."""
    return any(
        (0 <= phrase.start - one.end <= 4 and not _ON.match(plain.text, phrase.start))  # noqa: PLR2004
        or (one.start <= phrase.start and phrase.end <= one.end)
        for one in named
    )
