"""From mentions to incidents: which clauses tell of the same event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from geo.reports.actors import actors
from geo.reports.dates import Days, resolve
from geo.reports.likeness import LEAST, NEARBY_PARAGRAPHS, Likeness
from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.stories import Story, content
from geo.reports.told import Anchor, Told
from geo.reports.vocabulary import words
from geo.reports.where import Places

_MONTH_DAYS, _APPOSED = 31, 6
MOST_COMPARED, MOST_STORIES = 40, 200
"""Among how many of the last stories a mention is looked for; how many a report may have."""


@dataclass
class Gathering:
    """The stories of a report, gathered mention by mention.

    Parameters
    ----------
    plain, places
        The text, and what places its phrases.
    report
        The day that the report counts from.
    """

    plain: Plain
    places: Places
    report: date | None
    stories: list[Story] = field(default_factory=list)
    aside: list[Mention] = field(default_factory=list)
    focus: Story | None = None
    told_by: dict[Mention, Story] = field(default_factory=dict)
    full: bool = False
    passed_over: Mention | None = None

    def add(self, mention: Mention) -> list[Story]:
        """Add a mention to the story that it tells of, or begin a new one."""
        if self._comments(mention) or self._retracts(mention):
            return []
        days = [(told, found) for told in mention.told if (found := self._days(told, mention.said))]
        if self._of_what_was_passed_over(mention, days):
            return []
        if self.focus and "afterwards" in mention.flags and not mention.hits:
            self._join(self.focus, mention, [])  # the day on which the wounded died
            return [self.focus]
        days = _exact_first(days)
        tells = mention.hits or mention.tolls
        if not tells and (not days or self._ascribes(mention)):
            return self._detail(mention, days) or self._pass_over(mention, days)
        if mention.plural and mention.definite and not days and self._ascribes(mention):
            return self._of_all(mention)
        return self._event(mention, days)

    @staticmethod
    def _comments(mention: Mention) -> bool:
        """Return whether a clause tells nothing: “the attack highlights …”."""
        facts = mention.told or mention.tolls or mention.precise
        return "comment" in mention.flags and not facts

    def _retracts(self, mention: Mention) -> bool:
        """Set aside what the clause before told, and this one calls false; return whether it does.

        “Several pages carried news of a raid. Our focal point confirms that this is false.”
        """
        said = words("retracts").first(self.plain, mention.start, mention.end)
        story = self.focus
        if said is None or story is None or mention.tolls or mention.precise:
            return False
        here = {one.sentence.paragraph for one in story.mentions} == {mention.sentence.paragraph}
        if not here or any(not toll.bare for one in story.mentions for toll in one.tolls):
            return False  # whoever denies a toll does not undo it
        self.stories.remove(story)
        self.told_by = {m: other for m, other in self.told_by.items() if other is not story}
        self.aside.append(replace(story.mentions[0], flags=frozenset({"denied"})))
        self.passed_over, self.focus = story.mentions[0], next(reversed(self.stories), None)
        return True

    def _event(self, mention: Mention, days: Sequence[tuple[Told, Days]]) -> list[Story]:
        if "separate" in mention.flags and not mention.precise:
            return []  # “in two separate explosions this week”: each is told of by itself
        apart = self._apart(days)
        if mention.hits and mention.plural and len(apart) > 1 and not self._doubted(mention):
            each = [self._add_one(mention, [one]) for one in apart]
            return [story for story in each if story is not None]
        story = self._add_one(mention, days[:1] if days else [])
        return [story] if story else []

    def _detail(self, mention: Mention, days: Sequence[tuple[Told, Days]]) -> list[Story]:
        """Keep a clause that only tells of roles or a time for the story that is being told."""
        story = self.focus
        if story is None:
            return []
        away = mention.sentence.paragraph - max(story.paragraphs)
        roles = self._ascribes(mention) or self._escorts(mention)
        if away > (NEARBY_PARAGRAPHS if roles else 0):
            return []
        own_days = [] if self._ascribes(mention) else days
        if away and self._elsewhere(mention, own_days, story):
            return []
        of_a_road = mention.precise and not self._ascribes(mention) and self._of_a_road(mention)
        usual = "habitual" in mention.flags and not self._claims(mention)
        other = not roles and self._of_another_place(mention, story)
        lasts = bool(mention.since) and self._of_a_road(mention)
        if (
            of_a_road
            or lasts
            or other
            or usual
            or mention.flags & {"denied", "rumour", "hypothetical"}
        ):
            return []
        self._join(story, mention, [])
        return [story]

    def _of_another_place(self, mention: Mention, story: Story) -> bool:
        """Return whether a clause tells of another place: “Torodi is calm”.

        What lies near, or how far something is, may still say where the incident was.
        """
        if not (mention.precise and story.names) or any(map(self.places.measures, mention.places)):
            return False
        if not any(self.places.try_phrase(phrase) for phrase in mention.places):
            return False
        likeness = Likeness(self.plain, self.places, self.stories, self.focus)
        return likeness.near(mention, story) is not True

    def _of_all(self, mention: Mention) -> list[Story]:
        """Let “the ministry blames these attacks on …” tell of all that the report just told of."""
        near = mention.sentence.paragraph - NEARBY_PARAGRAPHS
        stories = [story for story in self.stories if max(story.paragraphs) >= near]
        for story in stories:
            self._join(story, mention, [])
        return stories

    def _claims(self, mention: Mention) -> bool:
        """Return whether a group claims: “JNIM, which has stepped up its attacks, claimed it”."""
        return words("claims_it").first(self.plain, mention.start, mention.end) is not None

    def _of_a_road(self, mention: Mention) -> bool:
        """Return whether a clause states something of a road: “no bus has left Gao since then”."""
        return words("road").first(self.plain, mention.start, mention.end) is not None

    def _escorts(self, mention: Mention) -> bool:
        """Return whether a clause tells of the escort: “the lorries were under army escort”."""
        lists = ("escorted", "escort_of")
        return any(words(name).first(self.plain, mention.start, mention.end) for name in lists)

    @staticmethod
    def _elsewhere(mention: Mention, days: Sequence[tuple[Told, Days]], story: Story) -> bool:
        """Return whether a clause of another paragraph tells of another day or place."""
        other_day = story.days is not None and any(
            not found.overlaps(story.days) for _, found in days
        )
        names = {name for phrase in mention.places for name in phrase.names}
        return other_day or bool(names and story.names and not names & story.names)

    def _ascribes(self, mention: Mention) -> bool:
        """Return whether a clause says who did it: “the group is suspected”."""
        lists = ("claims_it", "claimed_by", "suspected", "blamed_on")
        cues = (words(name).first(self.plain, mention.start, mention.end) for name in lists)
        groups = actors().find(self.plain, mention.start, mention.end)
        return any(cues) and any(hit.actor.kind != "unknown" for hit in groups)

    def _add_one(self, mention: Mention, days: Sequence[tuple[Told, Days]]) -> Story | None:
        found = days[0][1] if days else None
        figures = any(not toll.bare for toll in mention.tolls)
        story = self._same(mention, found)
        if story is None and self._only_counts(mention):
            story, days = self.focus, []
        if story is not None:
            if self._only_feared(mention):
                self.aside.append(mention)
            elif not mention.flags & {"denied", "rumour"}:
                self._join(story, mention, days)
            elif figures:
                self.aside.append(mention)
            return story
        return self._new(mention, days)

    def _new(self, mention: Mention, days: Sequence[tuple[Told, Days]]) -> Story | None:
        """Begin a story, set it aside as doubted, or go on with the one being told."""
        found = days[0][1] if days else None
        figures = any(not toll.bare for toll in mention.tolls)
        if self._doubted(mention):
            if figures or (mention.hits and self._begins(mention, found)):
                self.aside.append(mention)
                self.passed_over = mention
            return None
        by_event = bool(mention.told) and all(one.relative_to_event for one in mention.told)
        loose = "another" in mention.flags and by_event and not mention.precise
        loose = loose and not (mention.hits and mention.indefinite and mention.tolls)
        if loose or not self._begins(mention, found):
            story = self._goes_on(mention)
            if story is None:
                self._pass_over(mention, days)
            return story
        if len(self.stories) >= MOST_STORIES:
            self.full = True
            return None
        story = Story(len(self.stories) + 1)
        if "same_place" in mention.flags and self.focus and not mention.places:
            story.inherited = list(self.focus.phrases)
        self.stories.append(story)
        self._join(story, mention, days)
        return story

    def _pass_over(self, mention: Mention, days: Sequence[tuple[Told, Days]]) -> list[Story]:
        """Keep in mind what has its own day and place and is no incident: a theft of cattle.

        What the paragraph then counts belongs to it, and to no attack before it.
        """
        if days and mention.precise:
            self.passed_over = mention
        return []

    def _of_what_was_passed_over(self, mention: Mention, days: Sequence[tuple[Told, Days]]) -> bool:
        """Return whether a clause goes on about what was set aside: “there were no casualties”."""
        passed = self.passed_over
        if passed is None or passed.sentence.paragraph != mention.sentence.paragraph:
            return False
        another = mention.hits and (mention.definite or self._doubted(passed))
        return not (another or days or mention.precise)

    def _only_counts(self, mention: Mention) -> bool:
        """Return whether somebody only states figures, of the event that is being told of.

        Neither a day nor a place of its own, no other event: “the army, in a statement issued on
        Thursday, counts nine dead”.
        """
        if self.focus is None or not (mention.sources or "update" in mention.flags):
            return False
        away = mention.sentence.paragraph - max(self.focus.paragraphs)
        other = mention.told or mention.precise or mention.indefinite or mention.plural
        figures = any(not toll.bare for toll in mention.tolls)
        apart = mention.flags & {"another", "separately", "habitual", "no_event"}
        return figures and not (other or apart) and 0 <= away <= NEARBY_PARAGRAPHS

    def _goes_on(self, mention: Mention) -> Story | None:
        """Return the story to which “a second explosion” belongs that has no day and place."""
        story = self.focus
        here = story is not None and mention.sentence.paragraph in story.paragraphs
        if story is None or not (here and mention.tolls) or mention.plural or mention.precise:
            return None
        own = any(not one.relative_to_event for one in mention.told)
        if mention.flags & {"habitual", "no_event"} or own:
            return None
        self._join(story, mention, [])
        return story

    def _doubted(self, mention: Mention) -> bool:
        hard = mention.flags & {"denied", "foiled", "rumour"}
        figures = any(not toll.bare for toll in mention.tolls)
        return bool(hard) or ("hypothetical" in mention.flags and not figures)

    def _only_feared(self, mention: Mention) -> bool:
        """Return whether a clause tells of what may come: “terrorists may attack at any time”."""
        facts = mention.told or mention.precise or mention.definite or mention.sources
        feared = words("may_come").first(self.plain, mention.start, mention.end) is not None
        return feared and not (facts or mention.tolls)

    def _begins(self, mention: Mention, days: Days | None) -> bool:
        """Return whether a mention tells of an event of its own, and not of the general state."""
        human = any(
            t.field in ("killed", "injured", "abducted") and t.best != 0 for t in mention.tolls
        )
        if not (mention.hits or human) or "no_event" in mention.flags:
            return False
        exact = days is not None and days.length <= _MONTH_DAYS
        if "habitual" in mention.flags and not exact:
            return False
        if mention.plural and mention.hits and not (exact or human):
            return False
        figures = any(not toll.bare for toll in mention.tolls)
        if exact:
            return True
        if days is not None or mention.precise:
            return mention.precise and ((bool(mention.hits) and not mention.plural) or figures)
        first = not self.stories
        return first and (figures or mention.indefinite) and not mention.plural

    def _join(self, story: Story, mention: Mention, days: Sequence[tuple[Told, Days]]) -> None:
        story.join(mention)
        self.told_by[mention] = story
        story.words |= content(self.plain, mention.start, mention.end)
        for told, found in days:
            if story.days is None or found.length < story.days.length:
                story.days = found
            story.told.append(told)
        self.focus = story
        self.passed_over = None

    def _days(self, told: Told, said: Iterable[Told]) -> Days | None:
        event = self.focus.days if self.focus else None
        before = [one for one in said if one.end <= told.start]
        if told.relative_to_event and before:
            # “It announced on Wednesday that … the same day”
            event = resolve(before[-1], self.report, event) or event
        if self.passed_over is not None and self.passed_over.told:
            # “A bomb was defused on Tuesday. The same day …”
            event = resolve(self.passed_over.told[0], self.report, event) or event
        if event is None:
            # “said on Thursday that … the day before”
            event = next((d for one in said if (d := resolve(one, self.report))), None)
        found = resolve(told, self.report, event)
        return None if told.ahead else found

    def _apart(self, days: Iterable[tuple[Told, Days]]) -> list[tuple[Told, Days]]:
        kept: list[tuple[Told, Days]] = []
        for told, found in days:
            if not any(found.overlaps(other) for _, other in kept):
                kept.append((told, found))
        return kept

    def _same(self, mention: Mention, days: Days | None) -> Story | None:
        """Return the story that a mention goes on telling."""
        if not self.stories:
            return None
        recent = self.stories[-MOST_COMPARED:]
        likeness = Likeness(self.plain, self.places, recent, self.focus)
        rated = [(likeness.of(mention, days, story), story) for story in recent]
        worth, story = max(rated, key=lambda one: (one[0], one[1] is self.focus, one[1].number))
        return story if worth >= LEAST else None


def _exact_first(days: list[tuple[Told, Days]]) -> list[tuple[Told, Days]]:
    """Return the days of “four days earlier, on 28 July” with the plain one first.

    So for “last week, on Thursday”.
    """
    if len(days) > 1:
        (one, _), (other, _) = days[:2]
        beside = 0 <= other.start - one.end <= _APPOSED
        plainer = one.anchor is not Anchor.NONE and other.anchor is Anchor.NONE
        if beside and (plainer or one.unit > other.unit):
            return [days[1], days[0], *days[2:]]
    return days


def without_title(stories: Iterable[Story]) -> list[Story]:
    """Return the stories numbered anew, without those that only a title without a day tells."""
    kept = [s for s in stories if not s.only_title or s.days is not None or s.names]
    for number, story in enumerate(kept, start=1):
        story.number = number
    return kept
