"""What a report states about roads: who holds, taxes, closes a stretch, since when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from geo.records import AssertionKind, DatePrecision, Placement, PlacementKind
from geo.reports.actors import actors
from geo.reports.amounts import value
from geo.reports.dates import resolve
from geo.reports.mentions import Mention
from geo.reports.phrases import Part, Phrase
from geo.reports.plaintext import Plain
from geo.reports.records import DraftAssertion, DraftDay, DraftPlace
from geo.reports.roles import national
from geo.reports.sentences import Sentence
from geo.reports.stories import Story
from geo.reports.vocabulary import Hit, words
from geo.reports.where import Places

_MONEY = re.compile(
    r"\d[\d., \u202f]*(?:\s?(?:million|millions|mille|thousand))?\s?(?:de )?"
    r"(?:f\.? ?cfa|fcfa|cfa(?: francs?)?"
    r"|francs?(?: cfa)?|xof|euros?|dollars?|usd)\b(?: (?:per|par|pour chaque|each|a) \w+)?"
)
_DURATION_DAYS = {"week": 10, "month": 45, "season": 120, "year": 900}
_COUNTED = re.compile(
    r"(?:for|depuis|over|pendant) "
    r"(?:the past |the last |plus de |more than |nearly |pres de |at least )?"
    r"(?P<n>\d{1,2}|an?|one|two|three|four|five|six|un|une|deux|trois|quatre|cinq|seven|eight|sept|huit)"
    r" (?P<unit>day|week|month|year|jour|semaine|mois|an)s?\b"
)  # fmt: skip
_SINCE = re.compile(r"\b(?:since|depuis|from|a partir de|a partir du|as of|des)\b")
_UNTIL = re.compile(r"\b(?:until|till|jusqu'au|jusqu'a|jusqu'en)\b")
_NEGATED = re.compile(
    r"\b(?:despite|malgre|in spite of|en depit|without|sans|fear|before the|avant le)\b[^,;]*$"
)
_ENDS = re.compile(r"^(?:for|to|towards?|pour|vers|et|and|a) ?$")
_DAYS_OF = {
    "day": 1,
    "jour": 1,
    "week": 7,
    "semaine": 7,
    "month": 30,
    "mois": 30,
    "year": 365,
    "an": 365,
}
_TOWNS = (
    "blockade",
    "closed",
    "reopened",
    "controlled",
    "checkpoint",
    "restricted",
    "service_suspended",
)
_NEEDS_ACTOR = ("controlled", "taxed")
_NEEDS_ROAD_NOUN = ("closed", "reopened", "restricted", "service_suspended", "escort_only", "taxed")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The stretch of road, or the town, that sentences speak of."""

    phrases: tuple[Phrase, ...]
    place: DraftPlace
    ends: tuple[str, str]
    road: str


@dataclass
class RoadReader:
    """Reads road assertions sentence by sentence; a paragraph keeps its stretch, actor and time.

    Parameters
    ----------
    plain, places
        The text, and what places its phrases.
    report
        The day that the report counts from.
    stories
        The incidents, for “since the attack on …”.
    """

    plain: Plain
    places: Places
    report: date | None
    stories: Sequence[Story]
    stretch: Stretch | None = None
    actor: str = ""
    valid: DraftDay | None = None
    paragraph: int = -1

    def read(self, sentence: Sentence, told: Sequence[Mention]) -> list[DraftAssertion]:
        """Return what a sentence states about roads, without keys."""
        if sentence.paragraph != self.paragraph:
            self.stretch, self.valid, self.paragraph = None, None, sentence.paragraph
        if any(m.flags & {"denied", "rumour"} for m in told):
            return []
        phrases = [phrase for mention in told for phrase in mention.phrases]
        own = self._stretch(phrases)
        kinds = self._kinds(sentence, own, told)
        self.stretch = own or self.stretch
        self.actor = self._actor(sentence) or self.actor
        if not kinds or self.stretch is None:
            return []
        valid = self._valid(sentence, told)
        found = []
        for hit in kinds:
            kind = AssertionKind(hit.code)
            if hit.code == "agreement":
                actor = self._parties(sentence) or self.actor
            else:
                actor = self._actor(sentence) or (
                    self._transport(sentence) if hit.code == "service_suspended" else self.actor
                )
            if hit.code in _NEEDS_ACTOR and not actor:
                continue
            found.append(
                DraftAssertion(
                    "", self.stretch.place, *self.stretch.ends, self.stretch.road, kind, actor,
                    self._affected(sentence), self._amount(sentence), valid,
                    self._stated_by(told),
                    (self.plain.evidence(sentence.start, sentence.end),),
                )
            )  # fmt: skip
        return found

    def _kinds(self, sentence: Sentence, own: Stretch | None, told: Sequence[Mention]) -> list[Hit]:
        """Return the words of the sentence that state something about the stretch."""
        plain = self.plain
        if own is None and self.stretch is None:
            return []
        dated = any(m.hits and (m.told or m.tolls) for m in told)
        noun = words("road_noun").first(plain, sentence.start, sentence.end) is not None
        stretch = own or self.stretch
        town = stretch is not None and stretch.ends[0] == stretch.ends[1]
        kinds: dict[str, Hit] = {}
        since = self._since_clause(sentence, told)
        for hit in words("road").find(plain, sentence.start, sentence.end):
            if since[0] <= hit.start < since[1]:
                continue
            before = plain.text[max(sentence.start, hit.start - 40) : hit.start]
            if _NEGATED.search(before) or (
                dated and hit.code not in ("closed", "service_suspended", "reopened")
            ):
                continue
            if town and hit.code not in _TOWNS:
                continue
            if hit.code in _NEEDS_ROAD_NOUN and not noun and own is None:
                continue
            if town and hit.code not in ("blockade", "controlled") and not noun:
                continue
            if (
                hit.code == "checkpoint"
                and words("set_up").first(plain, sentence.start, sentence.end) is None
            ):
                continue
            if hit.code in ("closed", "reopened", "service_suspended") and dated and own is None:
                continue
            kinds.setdefault(hit.code, hit)
        return _consistent(kinds)

    def _stretch(self, phrases: Sequence[Phrase]) -> Stretch | None:
        """Return the stretch or town that a sentence names."""
        at = [p for p in phrases if p.precise and p.part is not Part.ASIDE]
        joined = self._joined(at)
        for group in [joined] if joined else [[phrase] for phrase in at]:
            place = self._place(group)
            placement = place.placement
            if placement is None:
                continue
            ends = self._ends(placement)
            if placement.kind is PlacementKind.ALONG and len(set(ends)) == 2:  # noqa: PLR2004
                return Stretch(tuple(group), place, ends, self._road(placement))
        for phrase in at:
            place = self._place([phrase])
            if place.placement and place.placement.kind in (
                PlacementKind.PLACE,
                PlacementKind.NEAR,
            ):
                return Stretch((phrase,), place, (place.name, place.name), "")
        return None

    def _joined(self, at: Sequence[Phrase]) -> list[Phrase]:
        """Return the two ends of “left Gao for Labbezanga”."""
        for one, other in pairwise(at):
            gap = self.plain.text[one.end : other.start].strip()
            if one.part is Part.ORIGIN and _ENDS.fullmatch(gap):
                return [one, other]
        return []

    def _place(self, group: Sequence[Phrase]) -> DraftPlace:
        if len(group) == 1:
            return self.places.locate(group)
        return self.places.between(group[0], group[1])

    def _ends(self, placement: Placement) -> tuple[str, str]:
        gazetteer = self.places.atlas.gazetteer
        named = [gazetteer.places[place_id].name for place_id in placement.place_ids]
        if len(named) > 1:
            return named[0], named[1]
        axis = self.places.atlas.axes.get(placement.axis_id or "")
        if axis is not None and len(axis.place_ids) > 1:
            return gazetteer.places[axis.place_ids[0]].name, gazetteer.places[
                axis.place_ids[-1]
            ].name
        return "", ""

    def _road(self, placement: Placement) -> str:
        axis = self.places.atlas.axes.get(placement.axis_id or "")
        return axis.ref if axis else ""

    def _actor(self, sentence: Sentence) -> str:
        nation = self.places.countries[0] if len(self.places.countries) == 1 else ""
        hits = actors().find(self.plain, sentence.start, sentence.end)
        names = [national(hit.actor, nation) for hit in hits]
        armed = [a for a in names if not a.state and a.kind != "unknown"]
        named = [a.name for a in armed if a.named] or [a.name for a in armed]
        if named and not named[0].startswith("unspecified"):
            return named[0]
        group = words("the_group").first(self.plain, sentence.start, sentence.end)
        if group is not None and self.actor and not self.actor.startswith("unspecified"):
            return self.actor
        if named:
            return named[0]
        return names[0].name if names else ""

    def _transport(self, sentence: Sentence) -> str:
        hits = [hit.code for hit in words("party").find(self.plain, sentence.start, sentence.end)]
        return hits[0] if hits else "road users"

    def _parties(self, sentence: Sentence) -> str:
        own = self._actor(sentence) or self.actor
        hits = [hit.code for hit in words("party").find(self.plain, sentence.start, sentence.end)]
        return "; ".join(dict.fromkeys([*([own] if own else []), *hits]))

    def _affected(self, sentence: Sentence) -> str:
        found = list(
            dict.fromkeys(
                h.code for h in words("affected").find(self.plain, sentence.start, sentence.end)
            )
        )
        if not found or "all vehicles" in found:
            return "all vehicles"
        return "; ".join(found)

    def _amount(self, sentence: Sentence) -> str:
        match = _MONEY.search(self.plain.text, sentence.start, sentence.end)
        if match:
            return self.plain.written(*match.span()).strip()
        return ""

    def _stated_by(self, told: Sequence[Mention]) -> str:
        found = [
            source
            for mention in told
            for source in mention.sources
            if source.code not in ("media", "group")
        ]
        return ", ".join(dict.fromkeys(self.plain.written(s.start, s.end) for s in found))

    def _valid(self, sentence: Sentence, told: Sequence[Mention]) -> DraftDay:
        """Return since when it held: a duration, a day, an incident; else the paragraph's."""
        found = self._duration(sentence) or self._since(sentence, told)
        if found is not None:
            self.valid = found
            return found
        return self.valid or DraftDay(None, None, DatePrecision.DAY)

    def _duration(self, sentence: Sentence) -> DraftDay | None:
        plain = self.plain
        match = _COUNTED.search(plain.text, sentence.start, sentence.end)
        hit = words("duration").first(plain, sentence.start, sentence.end)
        if self.report is None or (match is None and hit is None):
            return None
        if match is not None:
            many = 1 if match["n"] in ("a", "an", "un", "une") else value(match["n"])
            unit = _DAYS_OF[match["unit"]]
            precision = {1: DatePrecision.DAY, 7: DatePrecision.WEEK, 30: DatePrecision.MONTH}.get(
                unit, DatePrecision.YEAR
            )
            start = self.report - timedelta(days=many * unit)
            return DraftDay(start, None, precision, "", (plain.evidence(*match.span()),))
        assert hit is not None  # noqa: S101
        start = self.report - timedelta(days=_DURATION_DAYS[hit.code])
        start = start.replace(day=1) if hit.code in ("season", "year") else start
        return DraftDay(
            start, None, DatePrecision(hit.code), "", (plain.evidence(hit.start, hit.end),)
        )

    def _since(self, sentence: Sentence, told: Sequence[Mention]) -> DraftDay | None:
        plain = self.plain
        for mention in told:
            for one in (*mention.since, *mention.told):
                days = resolve(one, self.report, None)
                if days is None:
                    continue
                before = plain.text[max(sentence.start, one.start - 16) : one.start + 6]
                quote = (plain.evidence(one.start, one.end),)
                if _UNTIL.search(before):
                    return DraftDay(None, days.end, days.precision, "", quote)
                return DraftDay(days.start, None, days.precision, "", quote)
        story = self.since_story(sentence, told)
        if story is not None and story.days is not None:
            match = _SINCE.search(plain.text, sentence.start, sentence.end)
            at = match.start() if match else sentence.start
            return DraftDay(
                story.days.start,
                None,
                story.days.precision,
                "",
                (plain.evidence(at, _comma(plain, at, sentence.end)),),
            )
        return None

    def since_story(self, sentence: Sentence, told: Sequence[Mention]) -> Story | None:
        """Return the incident that “since the attack on the tax convoy” speaks of."""
        match = _SINCE.search(self.plain.text, sentence.start, sentence.end)
        if match is None:
            return None
        for mention in told:
            for hit in mention.hits:
                if 0 <= hit.start - match.end() <= 30:  # noqa: PLR2004
                    return next((s for s in self.stories if mention in s.mentions), None)
        return None

    def _since_clause(self, sentence: Sentence, told: Sequence[Mention]) -> tuple[int, int]:
        """Return where “since the attack on the tax convoy,” stands: its words state nothing."""
        match = _SINCE.search(self.plain.text, sentence.start, sentence.end)
        if match is None or self.since_story(sentence, told) is None:
            return -1, -1
        return match.start(), _comma(self.plain, match.start(), sentence.end)


def _comma(plain: Plain, at: int, end: int) -> int:
    comma = plain.text.find(",", at, end)
    return comma if comma > 0 else end


def _consistent(kinds: dict[str, Hit]) -> list[Hit]:
    """Drop what another word in the sentence already says better."""
    if "reopened" in kinds:
        for code in ("closed", "blockade", "service_suspended"):
            kinds.pop(code, None)
    if "service_suspended" in kinds:
        kinds.pop("closed", None)
    if "blockade" in kinds:
        kinds.pop("closed", None)
        kinds.pop("controlled", None)
    if "escort_only" in kinds:
        kinds.pop("restricted", None)
    if "agreement" in kinds:
        for code in ("blockade", "taxed"):
            kinds.pop(code, None)
    return sorted(kinds.values(), key=lambda hit: hit.start)
