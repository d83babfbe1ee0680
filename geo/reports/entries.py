"""Entries of a list: the day and place at the head of a paragraph hold for what follows in it.

“Wed 13 Nov – Tougouri. Armed men seized a trader …”, “Lundi 12 mai” above several paragraphs, and
in a story “The convoy left Gao on Wednesday. Thirty km further on, gunmen opened fire.”
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo.gazetteer.lexicon import Lexicon
from geo.reports.counting import HUMAN
from geo.reports.dates import resolve
from geo.reports.days import told_days
from geo.reports.mentions import Mention
from geo.reports.phrases import Part, Phrase, phrases
from geo.reports.plaintext import Plain
from geo.reports.sentences import Role, Sentence
from geo.reports.told import Told
from geo.reports.vocabulary import Hit, words

_LONGEST_HEAD, _FEW_LETTERS, _OPENING = 60, 18, 8
"""How long the head of an entry may be, and how much of it may be neither day nor place."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What holds until something else is told."""

    told: tuple[Told, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    clock: Hit | None = None
    entry: bool = False


def with_entries(
    plain: Plain,
    found: Iterable[Sentence],
    told: Iterable[Mention],
    lexicon: Lexicon,
    report: date | None,
) -> Iterator[Mention]:
    """Yield the mentions, an event without a day or place of its own with those of its entry.

    Parameters
    ----------
    plain
        The text.
    found
        Its sentences, headings included.
    told
        Its mentions, in order.
    lexicon
        What knows the names of places.
    report
        The day of the report: as a heading it tells of nothing else.
    """
    headings = [
        (sentence.start, _heading(plain, sentence, lexicon, report))
        for sentence in found
        if sentence.role is Role.HEADING
    ]
    paragraph, head = -1, _Head()
    for mention in told:
        above = [one for start, one in headings if start <= mention.start]
        if mention.sentence.paragraph != paragraph:
            paragraph, head = mention.sentence.paragraph, above[-1] if above else _Head()
            first = True
        if "habitual" in mention.flags:
            yield mention
            continue
        if not _tells(mention):
            if first and _opens_with_day(mention):
                head = _Head(mention.told, head.phrases, mention.clock)
            elif _sets_out(plain, mention) or (first and _is_head(plain, mention)):
                head = _Head(
                    mention.told or head.told, mention.phrases or head.phrases,
                    mention.clock or head.clock, entry=_is_entry(mention, report),
                )  # fmt: skip
                first = first and not mention.told
            yield mention
            continue
        yield _under(mention, head)
        # The next event of the paragraph is told with its own day, or is the same.
        head, first = _Head(), False


def _heading(plain: Plain, sentence: Sentence, lexicon: Lexicon, report: date | None) -> _Head:
    """Return the day and place that a heading consists of; nothing when it says more."""
    told = told_days(plain, sentence.start, sentence.end)
    named = phrases(plain, sentence.start, sentence.end, lexicon)
    if not _little_else(plain, sentence.start, sentence.end, (*told, *named)):
        return _Head()
    days = [(one, resolve(one, report)) for one in told if one.day is not None]
    return _Head(
        tuple(one for one, day in days if day is None or day.start != report),
        tuple(phrase for phrase in named if phrase.precise),
    )


def _is_head(plain: Plain, mention: Mention) -> bool:
    """Return whether a clause is nothing but a day, a place or both: “Wed 13 Nov – Tougouri”."""
    parts: list[Told | Phrase | Hit] = [*mention.told, *mention.phrases]
    if mention.clock is not None:
        parts.append(mention.clock)
    return _little_else(plain, mention.start, mention.end, parts)


def _little_else(plain: Plain, start: int, end: int, parts: Sequence[Told | Phrase | Hit]) -> bool:
    if not parts or end - start > _LONGEST_HEAD:
        return False
    rest = [
        char
        for at, char in enumerate(plain.text[start:end], start)
        if char.isalpha() and not any(one.start <= at < one.end for one in parts)
    ]
    return len(rest) <= _FEW_LETTERS


def _is_entry(mention: Mention, report: date | None) -> bool:
    """Return whether a head dates what follows; “Bamako, 3 March 2024.” only dates the report."""
    days = [resolve(one, report) for one in mention.told]
    return any(day is None or day.start != report for day in days)


def _opens_with_day(mention: Mention) -> bool:
    """Return whether a paragraph begins with a day on which no attack is told of yet.

    “On Wednesday the army sent reinforcements. One of their vehicles hit a mine …”.
    """
    named = any(phrase.precise for phrase in mention.phrases if phrase.part is Part.AT)
    return not named and any(
        one.start - mention.start <= _OPENING and (one.day or one.weekday is not None)
        for one in mention.told[:1]
    )


def _sets_out(plain: Plain, mention: Mention) -> bool:
    """Return whether a clause tells of a departure: “the convoy left Gao on Wednesday”."""
    span = (plain, mention.start, mention.end)
    leaves = words("coming_from").first(*span) or words("bound_for").first(*span)
    vehicles = any(words(name).first(*span) for name in ("convoy", "vehicle"))
    return bool(mention.told) and leaves is not None and vehicles


def _tells(mention: Mention) -> bool:
    """Return whether a clause tells of an event, or of harm done to people."""
    harm = any(toll.field in HUMAN and not toll.bare for toll in mention.tolls)
    return bool(mention.hits) or harm


def _under(mention: Mention, head: _Head) -> Mention:
    """Return a mention with the day and the place of its entry, where it has none."""
    told = mention.told
    if head.entry:
        told = (*head.told, *told)  # “Jan 11: … abducted, released on Jan 14”
    elif not (told or mention.said):
        told = head.told
    return replace(
        mention,
        told=told,
        clock=mention.clock or head.clock,
        phrases=mention.phrases if mention.precise else (*head.phrases, *mention.phrases),
    )
