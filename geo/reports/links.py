"""How the incidents of a report belong together: retaliation, follow-up, same event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.records import DraftLink, LinkKind
from geo.reports.sentences import Sentence
from geo.reports.stories import Story
from geo.reports.vocabulary import words

_LOOK_BACK = 12


def links(
    plain: Plain, told_by: Mapping[Mention, Story], told: Sequence[Mention]
) -> tuple[DraftLink, ...]:
    """Return the links that the mentions state, the earlier incident first.

    “This act of retaliation likely triggered the 7 February ambush” joins the incident told of just
    before with the one that it names.
    """
    found: dict[tuple[str, str, LinkKind], DraftLink] = {}
    before: list[tuple[Sentence, Story]] = []
    for mention in told:
        story = told_by.get(mention)
        kind = _kind(plain, mention)
        other = _other(mention, story, before)
        if kind and story and other:
            first, second = _in_time(other, story)
            likely = words("likely").first(plain, mention.start, mention.end) is not None
            evidence = (plain.evidence(mention.sentence.start, mention.sentence.end),)
            link = DraftLink(first.key, second.key, kind, likely, evidence)
            found.setdefault((first.key, second.key, kind), link)
        if story is not None:
            before.append((mention.sentence, story))
    return tuple(found.values())


def _kind(plain: Plain, mention: Mention) -> LinkKind | None:
    kinds = (LinkKind.RETALIATION, LinkKind.FOLLOW_UP, LinkKind.POSSIBLE_DUPLICATE)
    start, end = mention.start, mention.end
    return next((k for k in kinds if words(k.value).first(plain, start, end) is not None), None)


def _other(
    mention: Mention, story: Story | None, before: Sequence[tuple[Sentence, Story]]
) -> Story | None:
    """Return the other incident of the same sentence, else the one told of last."""
    others = [(sentence, other) for sentence, other in before[-_LOOK_BACK:] if other is not story]
    same = [other for sentence, other in others if sentence == mention.sentence]
    # “In retaliation for the attack on Banh, …”: the one that was there.
    names = {name for phrase in mention.phrases for name in phrase.names}
    names -= story.names if story else set()
    there = [other for _, other in others if names & other.names]
    return next(iter([*same[-1:], *there[-1:], *(other for _, other in others[-1:])]), None)


def _in_time(one: Story, other: Story) -> tuple[Story, Story]:
    if one.days and other.days and other.days.start < one.days.start:
        return other, one
    return one, other
