"""Who goes on speaking: in a quotation, after “it added”, in a communiqué of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from geo.reports.actors import actors
from geo.reports.counting import HUMAN, Toll
from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.sentences import Role, Sentence
from geo.reports.speakers import Source, named_sources
from geo.reports.vocabulary import words

_OPENING = 24
_COMMUNIQUE = re.compile(
    r"\W*(?:\w+ )?(?:statement|communique|press release|declaration|bulletin|point de situation"
    r"|(?:security )?briefing|note d'information|situation report|sitrep|compte rendu|message)\b"
    r"(?: (?:by|of|from|de|du|des|no|n|number|conjoint|officiel|final|de presse)\b.*"
    r"| ?d'.*)?\W*\d*\W*"
)
_MOST_HEADINGS = 6
_COLON = re.compile(r" ?:")
_LOST = re.compile(r"\b(?:lost|loss|perdu|perte)\b")
_ISSUING = ("army", "un", "government", "group", "police", "local_official", "union", "company")
"""A bulletin of observers only reports what others do."""
_THESE = re.compile(
    r"\W*(?:ces (?:chiffres|bilans|informations)|ce (?:bilan|decompte|chiffre)|these"
    r" (?:figures|numbers)|this (?:toll|figure|count)|the figures?|cette information)\b"
)
_THE_SAME = re.compile(
    r"\b(?:(?:according to|as per|in|from|selon|d'apres|dans) (?:the|that|this|its|le|ce|son)"
    r" (?:same |meme )?(?:statement|communique|press release|declaration|bulletin)"
    r"|(?:the same|la meme|les memes|cette|ces|these|those|the(?= sources)|les(?= sources))"
    r" (?:\w+ )?sources?"
    r"|(?:one|another|two|l'une?|une?|une autre|deux) (?:of|de|d'entre)"
    r" (?:the|these|those|ces|elles|eux)(?: \w+)? ?(?:sources|officials|responsables|elus)?)\b"
)
"""“According to the statement”, “one of the sources said”: of whoever spoke before."""
_SIDES = {
    ("army", "own"): "military", ("army", "enemy"): "assailants",
    ("group", "own"): "assailants", ("group", "enemy"): "military",
}  # fmt: skip
"""Whom “our side” and “the enemy” mean, by who speaks."""


def issuer(plain: Plain, found: Sequence[Sentence]) -> Source | None:
    """Return whose communiqué a text is: “GENERAL STAFF OF THE ARMIES / Communiqué no. 118”."""
    heads: list[Sentence] = []
    for sentence in found[:_MOST_HEADINGS]:
        if sentence.role is Role.BODY:
            break
        heads.append(sentence)
    named = [
        head for head in heads if _COMMUNIQUE.fullmatch(plain.text[head.start : head.end].strip())
    ]
    for head in (*named, *heads) if named else ():
        for source in named_sources(plain, head.start, head.end):
            if source.code in _ISSUING:
                return source
    return None


def with_speakers(
    plain: Plain, told: Iterable[Mention], own_voice: Source | None = None
) -> Iterator[Mention]:
    """Yield the mentions with who states what they count.

    Parameters
    ----------
    plain, told
        The text and its mentions.
    own_voice
        Whose communiqué it is; it states what nobody else is said to.
    """
    for mention in _handed_back(plain, list(_quoted(plain, told))):
        figures = any(not toll.bare for toll in mention.tolls)
        if own_voice is not None and figures and not mention.sources:
            mention = replace(mention, sources=(own_voice,))  # noqa: PLW2901
        yield _with_sides(plain, mention)


def _handed_back(plain: Plain, told: Sequence[Mention]) -> list[Mention]:
    """Let “these figures, provided by a security source, …” say whose those before are."""
    found = list(told)
    for at, mention in enumerate(told):
        if not mention.sources or not _THESE.match(plain.text, mention.start, mention.end):
            continue
        for back in range(at - 1, -1, -1):
            before = found[back]
            if before.sources or before.sentence.paragraph != mention.sentence.paragraph:
                break
            if before.tolls:
                found[back] = replace(before, sources=mention.sources[:1])
    return found


def _with_sides(plain: Plain, mention: Mention) -> Mention:
    """Let “friendly forces, two dead; enemy side, 14” count whom the speaker means by it."""
    mention = _own_losses(plain, mention)
    speaker = next((one.code for one in mention.sources if one.code in ("army", "group")), None)
    sides = list(words("side").find(plain, mention.sentence.start, mention.end))
    if speaker is None or not sides:
        return mention

    def meant(toll: Toll) -> Toll:
        cut = plain.text.rfind(";", mention.sentence.start, toll.start)
        before = [hit for hit in sides if cut <= hit.start < toll.end]
        if not before or toll.field not in HUMAN or toll.unit_group == "part_of_total":
            return toll
        return replace(toll, unit_group=_SIDES[speaker, before[-1].code])

    return replace(mention, tolls=tuple(map(meant, mention.tolls)))


def _own_losses(plain: Plain, mention: Mention) -> Mention:
    """Let “the MSA admits having lost nine men” count the MSA's men."""
    groups = [
        hit.actor.kind
        for source in mention.sources
        if source.code == "group"
        for hit in actors().find(plain, source.start, source.end)
    ]
    labelled = any(
        _COLON.match(plain.text, source.end) for source in mention.sources if source.code == "army"
    )
    if labelled:  # “FAMa: 4 KIA”
        mine = tuple(
            replace(toll, unit_group="military")
            if toll.field in HUMAN and toll.unit_group == "all" and toll.best != 0
            else toll
            for toll in mention.tolls
        )
        return replace(mention, tolls=mine)
    if not groups:
        return mention
    whose = "militia" if groups[0] == "militia" else "assailants"

    def meant(toll: Toll) -> Toll:
        lost = _LOST.search(plain.text, max(mention.start, toll.start - _OPENING), toll.end)
        return replace(toll, unit_group=whose) if lost and toll.field == "killed" else toll

    return replace(mention, tolls=tuple(map(meant, mention.tolls)))


def _quoted(plain: Plain, told: Iterable[Mention]) -> Iterator[Mention]:
    """Let who opens a quotation speak until it closes."""
    speaker: tuple[Source, ...] = ()
    last: tuple[Source, ...] = ()
    before: tuple[Source, ...] = ()
    paragraph = -1
    for mention in told:
        if mention.sentence.paragraph != paragraph:
            paragraph, before = mention.sentence.paragraph, ()
        opens = plain.text.count('"', mention.start, mention.end) % 2 == 1
        if "pronoun" in mention.flags and not mention.sources:
            yield replace(mention, sources=last)  # “it later revised the toll”
            continue
        if last and _refers(plain, mention):
            yield replace(mention, sources=last)  # “according to the statement”
            continue
        if not mention.sources and before and _the_toll(plain, mention):
            yield replace(mention, sources=before)  # “The toll then stood at 34”
            continue
        if mention.sources:
            yield mention
            last = before = mention.sources
            speaker = mention.sources if opens else ()
            continue
        yield replace(mention, sources=speaker) if speaker else mention
        if opens:
            speaker = ()


def _refers(plain: Plain, mention: Mention) -> bool:
    """Return whether nobody but who was named before speaks: “the same source added”."""
    said = _THE_SAME.search(plain.text, mention.start, mention.end)
    return said is not None and all(
        one.start < said.end() and said.start() < one.end for one in mention.sources
    )


def _the_toll(plain: Plain, mention: Mention) -> bool:
    """Return whether a clause begins with the toll that somebody has just told."""
    hit = words("toll_total").first(plain, mention.start, mention.end)
    return hit is not None and hit.start - mention.start <= _OPENING
