"""How the incidents of a report belong together: retaliation, follow-up."""

from __future__ import annotations

from collections.abc import Sequence

from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.records import DraftLink, LinkKind
from geo.reports.stories import Story
from geo.reports.vocabulary import words


def links(plain: Plain, stories: Sequence[Story], told: Sequence[Mention]) -> tuple[DraftLink, ...]:
    """Return the links that the mentions state, the earlier incident first.

    “This act of retaliation likely triggered the 7 February ambush” joins the incident told of just
    before with the one that it names.
    """
    found: dict[tuple[str, str, LinkKind], DraftLink] = {}
    previous: Story | None = None
    for mention in told:
        current = next((story for story in stories if mention in story.mentions), None)
        for kind in (LinkKind.RETALIATION, LinkKind.FOLLOW_UP):
            cue = words(kind.value).first(plain, mention.start, mention.end)
            if cue is None:
                continue
            pair = _pair(stories, mention, current, previous)
            if pair is None:
                continue
            likely = words("likely").first(plain, mention.start, mention.end) is not None
            evidence = (plain.evidence(mention.sentence.start, mention.sentence.end),)
            link = DraftLink(pair[0].key, pair[1].key, kind, likely, evidence)
            found.setdefault((link.from_key, link.to_key, kind), link)
            break
        previous = current or previous
    return tuple(found.values())


def _pair(
    stories: Sequence[Story],
    mention: Mention,
    current: Story | None,
    previous: Story | None,
) -> tuple[Story, Story] | None:
    """Return the two incidents that a mention joins, in the order of time."""
    here = [story for story in stories if mention in story.mentions]
    same = [
        story
        for story in stories
        if any(other.sentence == mention.sentence for other in story.mentions) and story not in here
    ]
    one = current
    other = same[0] if same else previous
    if one is None or other is None or one is other:
        return None
    if one.days and other.days and one.days.start < other.days.start:
        return one, other
    return other, one
