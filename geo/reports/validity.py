"""Since when and until when something held: “for several months”, “since the attack on …”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo.gazetteer.quantities import NUMBER_WORD
from geo.records import DatePrecision
from geo.reports.amounts import value
from geo.reports.dates import Days, resolve
from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.records import DraftDay
from geo.reports.sentences import Sentence
from geo.reports.stories import Story
from geo.reports.told import Told
from geo.reports.vocabulary import words

_VAGUE_DAYS = {"week": 10, "month": 45, "season": 120, "year": 900}
"""How long “for several days, weeks, months, years” is taken to be."""
_COUNTED = re.compile(
    r"\b(?:for|depuis|over|pendant|in) "
    r"(?:the (?:past |last )?|plus de |more than |over |nearly |almost |pres de |at least "
    r"|au moins |environ |about |some |les )*"
    rf"(?P<n>\d{{1,3}}|an?|une?|{NUMBER_WORD}(?:-{NUMBER_WORD})?) "
    r"(?:derniers |dernieres )?"
    r"(?P<unit>day|week|month|year|jour|semaine|mois|an)s?\b(?! (?:ago|later|before|earlier))"
)
_UNITS = {
    "day": (1, DatePrecision.DAY), "jour": (1, DatePrecision.DAY),
    "week": (7, DatePrecision.WEEK), "semaine": (7, DatePrecision.WEEK),
    "month": (30, DatePrecision.MONTH), "mois": (30, DatePrecision.MONTH),
    "year": (365, DatePrecision.YEAR), "an": (365, DatePrecision.YEAR),
}  # fmt: skip
_SINCE = re.compile(r"\b(?:since|depuis|from|a partir de|a partir du|as of|des)\b")
_SINCE_THEN = re.compile(
    r"\b(?:since then|ever since|since that (?:day|attack|date)|depuis lors|depuis cette date"
    r"|depuis ce jour|depuis ce moment)\b"
)
_UNTIL = re.compile(r"\b(?:until|till|jusqu'au|jusqu'a|jusqu'en)\b")
_LASTED = re.compile(
    r"\b(?:ferm|clos|shut|coup|cut|bloqu|block|suspen|interdi|interromp|barre)\w*(?: \w+){0,2}"
    r" (?:since|depuis)(?: (?:the|le|la|early|late|debut|fin))* ?$"
)
_AHEAD = re.compile(
    r"\b(?:until|till|jusqu'au|jusqu'a|a compter du|a partir du|from|as of|with effect from|des le"
    r"|effective)(?: (?:the|le))? ?$"
)
_WILL = re.compile(r"\b(?:will|shall|va|vont|devra|devront|doit|doivent|prevue?s?)\b")
_EXTENDED = re.compile(r"\b(?:extend|prolong|renew|reconduit|reconduct)\w*")
"""“Extended on Saturday until 31 August”: it began before."""
_PART = re.compile(r"[,;:] ")
_HALF_A_YEAR = 183
_REACH = 30


def _within(sentence: Sentence, told: Iterable[Told]) -> list[Told]:
    """Return the expressions of time that stand in a sentence, or in a part of one."""
    return [one for one in told if sentence.start <= one.start < sentence.end]


@dataclass(frozen=True, eq=False)
class Validity:
    """Reads since when and until when.

    Parameters
    ----------
    plain
        The text.
    report
        The day that the report counts from.
    told_by
        The incident that each mention tells of.
    """

    plain: Plain
    report: date | None
    told_by: Mapping[Mention, Story]

    def of(
        self,
        sentence: Sentence,
        told: Sequence[Mention],
        stated: Sequence[int] = (),
        aside: Sequence[tuple[int, int]] = (),
    ) -> DraftDay | None:
        """Return what a sentence says: a duration, days, an incident; ``None`` when nothing.

        Parameters
        ----------
        sentence, told
            A sentence or a part of one, and its mentions.
        stated
            Where the words stand that state something of a road.
        aside
            Stretches about something else: what was paid before.
        """
        own = _within(sentence, (one for m in told for one in (*m.since, *m.told)))
        since = [one for m in told for one in m.since if one in own]
        own = [
            one
            for one in own
            if one in since or not any(start <= one.start < end for start, end in aside)
        ]
        about = [one for one in own if one in since or self._about(one, sentence, stated)]
        days = self._days(sentence, about)
        return (
            (days if since else None)
            or self._counted(sentence)
            or self._vague(sentence)
            or days
            or self._incident(sentence, told)
        )

    def _about(self, one: Told, sentence: Sentence, stated: Sequence[int]) -> bool:
        """Return whether a day is that of a statement: “a resident said by phone on Sunday” is not.

        So is none the day of what a colon or a semicolon parts from it.
        """
        text, start, end = self.plain.text, sentence.start, sentence.end
        days = self._resolved(one, sentence) if one.day is not None else None
        if days is not None and days.start == days.end == self.report:
            return False  # the date of the bulletin
        if _EXTENDED.search(text, start, end):
            return _UNTIL.search(text, max(start, one.start - _REACH), one.start) is not None
        marks = [m.end() for m in _PART.finditer(text, start, end) if m.end() <= one.start]
        stop = _PART.search(text, one.end, end)
        begin, last = max(marks, default=start), stop.start() if stop else end
        if not stated or any(begin <= at < last for at in stated):
            return True
        if words("say").first(self.plain, begin, last):
            return False
        before = text[begin - 2 : begin] if marks else ""
        return not before.startswith((":", ";")) or all(at > one.start for at in stated)

    def day(self, sentence: Sentence, told: Sequence[Mention]) -> DraftDay | None:
        """Return the day on which something ended: not since when it had lasted."""
        own = _within(sentence, (one for m in told for one in (*m.told, *m.since)))
        for one in own or _within(sentence, (one for m in told for one in m.said)):
            days = self._resolved(one, sentence)
            before = self.plain.text[max(sentence.start, one.start - _REACH) : one.start]
            if days is not None and not _LASTED.search(before):
                evidence = (self.plain.evidence(one.start, one.end),)
                return DraftDay(days.start, None, days.precision, "", evidence)
        return None

    def _counted(self, sentence: Sentence) -> DraftDay | None:
        match = _COUNTED.search(self.plain.text, sentence.start, sentence.end)
        if match is None or self.report is None:
            return None
        many = 1 if match["n"] in ("a", "an", "un", "une") else value(match["n"])
        days, precision = _UNITS[match["unit"]]
        start = self.report - timedelta(days=many * days)
        return DraftDay(start, None, precision, "", (self.plain.evidence(*match.span()),))

    def _vague(self, sentence: Sentence) -> DraftDay | None:
        hit = words("duration").first(self.plain, sentence.start, sentence.end)
        if hit is None or self.report is None:
            return None
        start = self.report - timedelta(days=_VAGUE_DAYS[hit.code])
        if hit.code in ("season", "year"):
            start = start.replace(day=1)
        evidence = (self.plain.evidence(hit.start, hit.end),)
        return DraftDay(start, None, DatePrecision(hit.code), "", evidence)

    def _days(self, sentence: Sentence, told: Sequence[Told]) -> DraftDay | None:
        start = end = None
        precision, evidence = DatePrecision.DAY, []
        for one in told:
            days = self._resolved(one, sentence)
            if days is None:
                continue
            before = self.plain.text[max(sentence.start, one.start - 16) : one.start + 6]
            if _UNTIL.search(before):
                end = end or days.end
            elif start is None:
                start, precision = days.start, days.precision
                end = end or (days.end if one.until else None)
            evidence.append(self.plain.evidence(one.start, one.end))
        return DraftDay(start, end, precision, "", tuple(evidence)) if evidence else None

    def _resolved(self, one: Told, sentence: Sentence) -> Days | None:
        """Return the days meant; what holds from or until a day may lie ahead of the report."""
        days = resolve(one, self.report, None)
        before = self.plain.text[max(sentence.start, one.start - 20) : one.start]
        told = _AHEAD.search(before) or _WILL.search(self.plain.text, sentence.start, one.start)
        if not (told and days and self.report and one.year is None and one.month is not None):
            return days
        if (self.report - days.start).days <= _HALF_A_YEAR:
            return days
        year = days.end.year + 1
        until = replace(one.until, year=year) if one.until else None
        return resolve(replace(one, year=year, until=until), self.report, None)

    def _incident(self, sentence: Sentence, told: Sequence[Mention]) -> DraftDay | None:
        then = _SINCE_THEN.search(self.plain.text, sentence.start, sentence.end)
        story = self._before(sentence) if then else self.story(sentence, told)
        if story is None or story.days is None:
            return None
        start, end = then.span() if then else self.clause(sentence, told)
        evidence = (self.plain.evidence(start, end),)
        return DraftDay(story.days.start, None, story.days.precision, "", evidence)

    def _before(self, sentence: Sentence) -> Story | None:
        """Return the incident told of last before a sentence of the same paragraph or the next."""
        near = [
            mention
            for mention in self.told_by
            if mention.start < sentence.start
            and 0 <= sentence.paragraph - mention.sentence.paragraph <= 1
        ]
        return self.told_by[max(near, key=lambda one: one.start)] if near else None

    def story(self, sentence: Sentence, told: Sequence[Mention]) -> Story | None:
        """Return the incident that “since the attack on the tax convoy” speaks of."""
        match = _SINCE.search(self.plain.text, sentence.start, sentence.end)
        for mention in told if match else ():
            for hit in mention.hits:
                if match and 0 <= hit.start - match.end() <= _REACH:
                    return self.told_by.get(mention)
        return None

    def clause(self, sentence: Sentence, told: Sequence[Mention]) -> tuple[int, int]:
        """Return where “since the attack on the tax convoy,” stands: it states nothing itself."""
        match = _SINCE.search(self.plain.text, sentence.start, sentence.end)
        if match is None or self.story(sentence, told) is None:
            return -1, -1
        comma = self.plain.text.find(",", match.start(), sentence.end)
        return match.start(), comma if comma > 0 else sentence.end
