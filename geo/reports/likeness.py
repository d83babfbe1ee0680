"""Which story a mention goes on telling: what speaks for each, in points.

Days or places that contradict each other rule a story out.  The rest adds up: the same day, the
same place, a definite article (“the attack”), words that few stories share (“the attack on the
tax convoy”), nearness in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.records import Placement, PlacementKind
from geo.reports.dates import Days
from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.stories import Story, content
from geo.reports.where import Places

LEAST = 2.0
"""A mention that gathers fewer points begins a story of its own."""
_RULED_OUT = -100.0
_SAME_DAY, _SAME_TIME, _SAME_PLACE, _DEFINITE, _SHARED = 3.0, 2.0, 2.0, 2.0, 3.0
_SAME_NAME = 4.0
_TITLE, _PARAGRAPH, _LEAD = 2.0, 1.5, 1.5
_DETAIL, _FOCUS, _NO_EVENT = 2.0, 0.5, 1.0
NEARBY_PARAGRAPHS = 3
_AGGREGATE_DAYS = 60
_PLURAL, _NEW_DAY, _NEW_PLACE = -2.0, -1.0, -1.0
_AROUND, _BEYOND = 24, 36
_PLACES_KM, _OTHER_KM = 15.0, 30.0
_DEGREE_KM = 111.0


@dataclass(frozen=True, eq=False)
class Likeness:
    """What a mention is compared with.

    Parameters
    ----------
    plain, places
        The text, and what places its phrases.
    stories
        The stories so far.
    focus
        The one told of last.
    """

    plain: Plain
    places: Places
    stories: Sequence[Story]
    focus: Story | None

    def of(self, mention: Mention, days: Days | None, story: Story) -> float:
        """Return how much speaks for a mention telling of a story."""
        apart = "another" in mention.flags and mention.indefinite
        if (apart or "separately" in mention.flags) and not mention.definite:
            return _RULED_OUT
        return (
            self._by_day(mention, days, story)
            + self._by_place(mention, days, story)
            + self._by_reference(mention, story)
            + self._by_position(mention, days, story)
            + self._by_number(mention, days, story)
        )

    @staticmethod
    def _by_number(mention: Mention, days: Days | None, story: Story) -> float:
        """Return what speaks against “attacks” telling of one; weapons come in numbers anyway."""
        if not (mention.plural and mention.hits) or days is not None:
            return 0.0
        detail = mention.weapons_only and mention.sentence.paragraph in story.paragraphs
        return 0.0 if detail else _PLURAL

    def _by_day(self, mention: Mention, days: Days | None, story: Story) -> float:
        if days is None:
            return 0.0
        if story.days is None:
            if mention.definite or story.only_title:
                return 0.0
            away = mention.sentence.paragraph - story.began
            lead = story is self.stories[0] and len(self.stories) == 1
            # A lead often leaves the day to the next sentence.
            return _LEAD if lead and away <= NEARBY_PARAGRAPHS else _NEW_DAY
        if not days.overlaps(story.days):
            return _RULED_OUT
        if days.length >= _AGGREGATE_DAYS > story.days.length and not mention.definite:
            return _RULED_OUT  # “200 people have been killed this year”
        return _SAME_DAY if max(days.length, story.days.length) <= 2 else _SAME_TIME  # noqa: PLR2004

    def _by_place(self, mention: Mention, days: Days | None, story: Story) -> float:
        if not mention.precise:
            return 0.0
        if story.names:
            near = self.near(mention, story)
            if near is None:
                return 0.0
            names = {name for phrase in mention.places for name in phrase.names}
            if names & story.names:
                return _SAME_NAME
            told_of = any(names & other.names for other in self.stories if other is not story)
            return (0.0 if told_of else _SAME_PLACE) if near else _RULED_OUT
        fresh = mention.indefinite and days is None and not story.only_title
        return _NEW_PLACE if fresh else 0.0

    def _by_reference(self, mention: Mention, story: Story) -> float:
        worth = _TITLE if story.only_title and not mention.title else 0.0
        if mention.definite and mention.hits:
            worth += _DEFINITE + _SHARED * self._shared(mention, story)
        return worth

    def _by_position(self, mention: Mention, days: Days | None, story: Story) -> float:
        paragraph = mention.sentence.paragraph
        # Where a story began, another that is only named in passing is not the subject.
        began = [other for other in self.stories if other.began == paragraph]
        here = story in began if began else paragraph in story.paragraphs
        worth = _PARAGRAPH if here else 0.0
        if story is self.focus:
            moved = mention.precise and not story.names
            near = paragraph - max(story.paragraphs, default=paragraph) <= NEARBY_PARAGRAPHS
            detail = days is None and not (mention.indefinite or moved) and near
            detail = detail and "habitual" not in mention.flags
            referring = mention.definite and bool(mention.hits)
            worth += (_DETAIL / 2 if referring else _DETAIL) if detail else _FOCUS
            worth += 0.0 if mention.hits else _NO_EVENT
        return worth

    def _shared(self, mention: Mention, story: Story) -> float:
        """Return which share of the words around “the attack” is a story's, rare ones first."""
        head = mention.hits[0]
        end = min(mention.end, head.end + _BEYOND)
        comma = self.plain.text.find(",", head.end, end)
        around = content(
            self.plain, max(mention.start, head.start - _AROUND), comma if comma > 0 else end
        )
        weights = {
            word: 1 / count
            for word in around
            if (count := sum(word in other.words for other in self.stories))
        }
        total = sum(weights.values())
        return (
            sum(w for word, w in weights.items() if word in story.words) / total if total else 0.0
        )

    def near(self, mention: Mention, story: Story) -> bool | None:
        """Return whether a mention may be where a story is; ``None`` when that cannot be told."""
        if {name for phrase in mention.places for name in phrase.names} & story.names:
            return True
        here = [self.places.try_phrase(phrase) for phrase in mention.places if phrase.precise]
        there = [self.places.try_phrase(phrase) for phrase in story.phrases if phrase.precise]
        pairs = [(one, other) for one in here for other in there if one and other]
        return any(_together(one, other) for one, other in pairs) if pairs else None


def _together(one: Placement, other: Placement) -> bool:
    """Return whether two placements may be of one event."""
    apart_km = float(one.geometry.distance(other.geometry)) * _DEGREE_KM
    exact = one.kind is other.kind is PlacementKind.PLACE
    return apart_km <= (_PLACES_KM if exact else _OTHER_KM)
