"""Who goes on speaking: in a quotation, after “it added”, where the toll is told again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.speakers import Source
from geo.reports.vocabulary import words

_OPENING = 24


def with_speakers(plain: Plain, told: Sequence[Mention]) -> Iterable[Mention]:
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


def _the_toll(plain: Plain, mention: Mention) -> bool:
    """Return whether a clause begins with the toll that somebody has just told."""
    hit = words("toll_total").first(plain, mention.start, mention.end)
    return hit is not None and hit.start - mention.start <= _OPENING
