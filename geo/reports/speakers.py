"""Who states what: the sources that a report names, and which words are theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.reports.actors import actors
from geo.reports.plaintext import Plain
from geo.reports.told import Told
from geo.reports.vocabulary import Hit, words

REPORT = "media"
_ACTOR_CODES = {"army": "army", "foreign": "army", "un": "un", "jihadist": "group",
                "rebel": "group", "militia": "group"}  # fmt: skip
_WITHIN = re.compile(
    r"(?:'s)?(?: (?:of|de|du|des|d'|for|pour) ?[\w'\-]+(?: [\w'\-]+){0,4}?)?"
    r"(?:(?: [\w'\-]+){0,6}, [^,;.\"]{3,70},)?"
    r"(?:[ ,\n\"]+[\w'\-]+){0,5}[ ,\n\"]*"
)
_INVERTED = re.compile(
    r"[ ,\n]+(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|ce|soir|matin|midi|dans"
    r"|un|une|communique|a|l'afp|afp|rfi|on|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday|to|an?|the|one|des|la|le|les|plusieurs|several|two|three|four|many|deux|trois"
    r"|quatre|cinq|de|nombreux|certains|some|presse|press)[ ,]+){0,6}(?:l'|d')?"
    r"(?:(?:secretaire general|secretary general|president|porte-parole|responsable|directeur"
    r"|membre|cadre|head|spokes\w+|leader|member|official)s?(?: \w+)?"
    r" (?:of(?: the)?|de la|de l'|du|des|de|d') ?)?(?:\w+ )?"
)
_JOIN = re.compile(r"[ ,\n]*(?:and|et|,)[ \n]+(?:an?|the|une?|des|la|le|les|l')?[ ]?(?:\w+ )?")
_TROOPS = re.compile(r"soldiers?|troops|soldats?|militaires|peacekeepers?|casques? bleus?|fighters")
"""They are spoken of; their army speaks."""
_TOLD = re.compile(
    r"\ba (?:la |l')$|(?:\btold|(?:interroge|joint|contacte|rencontre|interviewe|reache|quote)\w*"
    r" (?:par|by))(?: (?:the|la|le|les))? ?(?:l')?$"
)
_STRUCK = re.compile(
    r"\b(?:bilan|toll|attaques?|attacks?|embuscades?|ambush|assaut|assault|raid)\b[^,.;:\"]*"
    r" (?:contre|against|on|visant|targeting|de|du|of)(?: (?:the|la|le|les|an?|une?))? ?(?:l'|d')?$"
)
_OF_ANY = re.compile(
    r"(?:official|officer|source|spokes|representative|leader|worker|report(?!s)|media|responsable"
    r"|porte-parole|membre|member|cadre|representant)\w*"
)
_OF_WHOM = re.compile(
    r" (?:(?:of|from|within|de|du|des|au sein d[eu]) |d')(?:the |la |l'|les )?(?:[\w\-]+ )?"
)
"""“Official”, “source”: whose, the word before says."""
_HARM = ("killed", "injured", "missing", "abducted")
_DONE_TO = re.compile(
    r"(?: (?:qui|who) (?:\w+ ){1,5}?)? (?:(?:ont|a|avaient|avait|were|was|had|have|been|ete|sont)"
    r" )*"
)
_COLON = re.compile(r"(?: (?:claims?|says?|figures?|toll|bilan|count|chiffres|source))? ?: ?")
_LABEL_REACH = 6
_NEAR = 4
_GAP_WORDS = 3
_FIRST_WORDS = 8
_WEAK = frozenset({"from", "by", "de", "aupres de"})
_OF = frozenset({"from", "by", "of", "de", "du"})
_OPENING = re.compile(
    r"(?: (?:evening|morning|afternoon|night|soir|matin|apres-midi|midi|enfin|finally|encore))?"
    r"[ ,\n]+(?:(?:the|a|an|le|la|les|l'|un|une|des) ?)?(?:[\w\-]+ )?"
)
_UNLISTED, _LONGEST_NAME = "local_source", 70
_SOMEBODY_SAYS = re.compile(
    r"(?:^|[,;:\"(\n] ?|\b(?:and|but|while|et|mais|que) )"
    r"(?P<who>(?:an?|one|another|une?|un autre|une autre) [\w'\- ]{2,60}?) $"
)
_SAYS_SOMEBODY = re.compile(r" (?P<who>une? [\w'\- ]{3,50}?)(?=[.,;\"\n]|$)")
_OF_EVENT = re.compile(r"'s (?!(?:statement|communique|report|press|toll|count)\b)")
"""“claimed Tuesday's attack”: the day of the attack."""
_A_GROUP = re.compile(r"(?:group|groupe|mouvement|movement|organi[sz]ation|coalition)$")
_NOUN = re.compile(r"\b(?:le|les|(?<!the )un|ce|son|du|au|leur|meme|the|a|this|that|its|same) $")
"""“According to the report”, “le communiqué”: no verb."""
_SPEECH_DATE = re.compile(
    r"(?: ?(?:l'|cette |cet |la |the |this |that )?(?:operation|action|tuerie"
    r"|massacre|attaques?|assaut|embuscade|raid|attentat"
    r"|enlevement|attacks?|assault|ambush|bombing|explosion|blast|abduction)(?! (?:of|du|de) ))?"
    r"(?:[ ,(\n]+(?:des|on|in|an?|the|late|early|earlier|statement|communique|press|release|to|that"
    r"|published|issued|released|publie|diffuse|le|la|ce|dans|un|une|l'afp|afp|rfi|reuters|state"
    r"|television|sur|of|du|de|tard)\b){0,5}[ ,(\n]*"
)

_MEDIUM = re.compile(
    r"\b(?:statement|communique|message|video|recording|post|press release|declaration|audio"
    r"|enregistrement)s?(?: (?:\w+ed|\w+ee?|on|late|early|le|ce|du|tard|dans la|sur|its|her|his"
    r"|\w+gram|facebook|whatsapp|x)\b){0,4} $"
)
"""“Claimed the assault in a message on Thursday”: the day of the message."""


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who states something.

    Parameters
    ----------
    start, end
        Where the report names it.
    code
        One of ``geo.columns.CLAIMANTS``.
    """

    start: int
    end: int
    code: str


def sources(plain: Plain, start: int, end: int) -> tuple[list[Source], list[Hit]]:
    """Return who speaks in a stretch of a text, and the verbs and prepositions that say so."""
    named = named_sources(plain, start, end)
    says, *others = (
        list(words(name).find(plain, start, end)) for name in ("say", "according", "statement")
    )
    found = _Cues([hit for hit in says if not _NOUN.search(plain.text, start, hit.start)], *others)
    speaking: list[Source] = []
    cues: list[Hit] = []
    for one in named:
        cue = _cue(plain, one, named, found) or _label(plain, one, start)
        joined = bool(speaking) and bool(_JOIN.fullmatch(plain.text, speaking[-1].end, one.start))
        if cue is not None:
            if not speaking:
                speaking = _joined_before(plain, one, named)
            speaking.append(one)
            cues += [cue, *found.says]
        elif joined and "," not in plain.text[speaking[-1].end : one.start]:
            speaking.append(one)
    if not speaking:
        speaking, cues = _claiming(plain, start, end)
    if not speaking:
        speaking, cues = _unlisted(plain, start, end, found.says)
    cues = cues or found.says  # “Such a firm said on Monday”: a day of speech, whoever speaks
    return list(dict.fromkeys(speaking)), cues


def _label(plain: Plain, one: Source, start: int) -> Hit | None:
    """Return the colon of “Local sources: 10 soldiers killed”, “JNIM claim: 20 KIA”."""
    before = plain.text[max(start, one.start - _LABEL_REACH) : one.start]
    opens = one.start - start <= _LABEL_REACH or before.rstrip()[-1:] in (".", ";")
    colon = _COLON.match(plain.text, one.end)
    return Hit(one.end, colon.end(), "label") if opens and colon else None


def _claiming(plain: Plain, start: int, end: int) -> tuple[list[Source], list[Hit]]:
    """Return the group that claims an attack: it speaks for the rest of the sentence."""
    cue = words("claims_it").first(plain, start, end)
    before = actors().find(plain, start, cue.start) if cue else []
    found = [hit for hit in before if _ACTOR_CODES.get(hit.actor.kind) == "group"]
    return [Source(hit.start, hit.end, "group") for hit in found[:1]], [cue] if cue else []


def _unlisted(
    plain: Plain, start: int, end: int, says: Sequence[Hit]
) -> tuple[list[Source], list[Hit]]:
    """Return somebody whom no list knows: “a tailor told us”, “raconte une mère de famille”."""
    for hit in says:
        before = _SOMEBODY_SAYS.search(plain.text, max(start, hit.start - _LONGEST_NAME), hit.start)
        after = _SAYS_SOMEBODY.match(plain.text, hit.end, min(end, hit.end + _LONGEST_NAME))
        if after is not None and plain.text[start : hit.start].rstrip()[-1:] not in ('"', ","):
            after = None
        for match in (before, after):
            if match is not None and not any(
                words(name).first(plain, *match.span("who")) for name in ("event", "toll")
            ):
                return [Source(*match.span("who"), _UNLISTED)], [hit]
    return [], []


def named_sources(plain: Plain, start: int, end: int) -> list[Source]:
    """Return those named in a stretch of a text who might state something."""
    found = [
        Source(hit.start, hit.end, hit.code) for hit in words("source").find(plain, start, end)
    ]
    found += [
        Source(hit.start, hit.end, "group")
        for hit in words("the_group").find(plain, start, end)
        if _A_GROUP.search(plain.text, hit.start, hit.end)
        and not any(one.start < hit.end and hit.start < one.end for one in found)
    ]
    for hit in actors().find(plain, start, end):
        troops = _TROOPS.search(plain.text, hit.start, hit.end)
        code = None if troops else _ACTOR_CODES.get(hit.actor.kind)
        clash = [one for one in found if hit.start < one.end and one.start < hit.end]
        inside = all(hit.start <= one.start and one.end <= hit.end for one in clash)
        if code and inside and all(one.code == code for one in clash):
            found = [one for one in found if one not in clash]  # “the Malian armed forces”
            clash = []
        if code and not clash:
            found.append(Source(hit.start, hit.end, code))
    return _merged(plain, sorted(found, key=lambda one: one.start))


def _merged(plain: Plain, found: Sequence[Source]) -> list[Source]:
    """Let “transport union officials” be the union's, not the state's."""
    kept: list[Source] = []
    for one in found:
        between = plain.text[kept[-1].end : one.start] if kept else "-"
        if between in (" ", "'s ", "' ") and _OF_ANY.fullmatch(plain.text, one.start, one.end):
            kept[-1] = replace(kept[-1], end=one.end)
        elif _OF_WHOM.fullmatch(between) and kept[-1].code != REPORT:
            # “an official of the union” is the union's, “a collective of relatives” nobody else's
            anybody = _OF_ANY.fullmatch(plain.text, kept[-1].start, kept[-1].end)
            kept[-1] = replace(kept[-1], end=one.end, code=(one if anybody else kept[-1]).code)
        else:
            kept.append(one)
    return kept


def _joined_before(plain: Plain, one: Source, named: Sequence[Source]) -> list[Source]:
    """Return the sources that “and” joins to one: “a local official and an NGO reported”."""
    found: list[Source] = []
    first = one
    for other in reversed([source for source in named if source.end <= one.start]):
        joined = plain.text[other.end : first.start]
        if not _JOIN.fullmatch(joined) or joined.strip().startswith(","):
            break  # “thirty passengers, a transport company”
        found.insert(0, other)
        first = other
    return found


@dataclass(frozen=True, slots=True)
class _Cues:
    """The words in a stretch that may make a named source speak."""

    says: list[Hit]
    according: list[Hit]
    statements: list[Hit]


def _cue(plain: Plain, one: Source, named: Sequence[Source], cues: _Cues) -> Hit | None:
    """Return the words that make a named source speak, ``None`` when it is only named."""
    text = plain.text
    said = (*cues.statements, *cues.says)
    found = (
        *(hit for hit in cues.according if _by(text, one, hit, said)),
        *(hit for hit in cues.says if _saying(plain, one, hit, named)),
        *(hit for hit in cues.statements if _stating(text, one, hit)),
    )
    return next(iter(found), None)


def _suffered(plain: Plain, one: Source, hit: Hit) -> bool:
    """Return whether those named before a word of saying came to harm: “passengers killed, …”."""
    harm = words("toll").first(plain, one.end, hit.start)
    if harm is None or harm.code not in _HARM:
        return False
    return _DONE_TO.fullmatch(plain.text, one.end, harm.start) is not None


def _by(text: str, one: Source, hit: Hit, before: Sequence[Hit]) -> bool:
    """Return whether “according to” leads to a source; “from” and “by” only after a statement."""
    if hit.start < one.start < hit.end <= one.end and text.startswith("de source", hit.start):
        return True  # “de source locale”
    gap = text[hit.end : one.start]
    if hit.end > one.start or len(gap.split()) > _GAP_WORDS or "," in gap:
        return False
    if text[hit.start : hit.end] not in _WEAK:
        return True
    return any(0 <= hit.start - other.end <= _NEAR for other in before)


def _saying(plain: Plain, one: Source, hit: Hit, named: Sequence[Source]) -> bool:
    """Return whether a verb of saying is a source's: before it, or after it as the French do."""
    text = plain.text
    if one.end <= hit.start:
        return _is_subject(plain, one, hit, named)
    if hit.end > one.start or not _INVERTED.fullmatch(text, hit.end, one.start):
        return False
    if any(other.end <= hit.start and _is_subject(plain, other, hit, named) for other in named):
        return False  # “a union said seven drivers died”
    # “ont indiqué à l'AFP deux élus”
    return not _object(text, one) and text[hit.start : hit.end] != "told"


def _is_subject(plain: Plain, one: Source, hit: Hit, named: Sequence[Source]) -> bool:
    """Return whether a source before a verb of saying is its subject."""
    if _suffered(plain, one, hit):
        return False
    text = plain.text
    between = [other for other in named if one.end <= other.start and other.end <= hit.start]
    if between and "," in text[one.end : between[-1].start]:
        return False  # “thirty passengers, a transport company said”
    if _STRUCK.search(text, max(0, one.start - _LONGEST_NAME), one.start):
        return False  # “the toll of the attack on the gendarmerie stands …”
    if text[: hit.start].endswith((", ", '" ')):
        after = [other for other in named if other.start >= hit.end]
        if any(_INVERTED.fullmatch(text, hit.end, other.start) for other in after):
            return False  # “… twenty drivers, rapporte le syndicat”
    return _WITHIN.fullmatch(text, one.end, hit.start) is not None and not _object(text, one)


def _stating(text: str, one: Source, hit: Hit) -> bool:
    """Return whether a statement is a source's: “the army's statement”."""
    gap = text[hit.end : one.start].split()
    if hit.end <= one.start and len(gap) <= _GAP_WORDS and _OF & set(gap):
        return True
    return one.end <= hit.start and text[one.end : hit.start].strip() in ("", "'s")


def _object(text: str, one: Source) -> bool:
    """Return whether a source is only told something: “told AFP”, “interrogé par RFI”."""
    if text.startswith(("la ", "l'"), one.start) and text[: one.start].endswith(" a "):
        return True  # “a déclaré à la presse”
    return _TOLD.search(text, max(0, one.start - 30), one.start) is not None


def _next(source: Source, cues: Sequence[Hit]) -> Sequence[Hit]:
    """Return the first word of saying after a source."""
    return sorted((c for c in cues if c.start >= source.end), key=lambda cue: cue.start)[:1]


def speech_days(
    plain: Plain, told: Sequence[Told], cues: Sequence[Hit], speaking: Sequence[Source], start: int
) -> list[Told]:
    """Return the expressions of time that tell when something was said, not when it happened.

    “The army said on Monday”, “on Saturday the governor said”, “claimed the attack on Tuesday”.
    """
    return [
        one
        for one in told
        if not _OF_EVENT.match(plain.text, one.end)
        and (
            any(
                source.end <= one.start and one.end <= cue.start
                for source in speaking
                for cue in _next(source, cues)
            )
            or any(
                cue.end <= one.start and _SPEECH_DATE.fullmatch(plain.text, cue.end, one.start)
                for cue in cues
            )
            or (cues and _MEDIUM.search(plain.text, start, one.start))
            or any(
                start <= one.start <= start + _FIRST_WORDS
                and one.end <= source.start
                and _OPENING.fullmatch(plain.text, one.end, source.start)
                for source in speaking
            )
        )
    ]
