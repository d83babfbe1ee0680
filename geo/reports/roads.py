"""What a report states about roads: who holds, taxes, closes a stretch, since when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.gazetteer.folding import fold
from geo.records import AssertionKind, DatePrecision
from geo.reports.actors import actors
from geo.reports.mentions import Mention
from geo.reports.payments import paid, pays
from geo.reports.plaintext import Plain
from geo.reports.records import DraftAssertion, DraftDay
from geo.reports.roles import national
from geo.reports.sentences import Sentence
from geo.reports.stretches import Stretch, stretches
from geo.reports.validity import Validity
from geo.reports.vocabulary import words
from geo.reports.where import Places

Kind = AssertionKind
_THE_ROAD = re.compile(
    r"\b(?:the|this|that|la|le|cette|cet|ce) (?:road|axis|route|highway|stretch|section|axe|troncon"
    r"|piste|nationale)\b|\bl'axe\b"
)
_NEGATED = re.compile(
    r"\b(?:no longer|not|n(?:e |')\w+ plus(?= \S)|despite|malgre|in spite of|en depit|without|sans"
    r"|fear|before the|avant le)\b[^,;]*$"
)
_UNESCORTED = re.compile(
    r"\b(?:no|not|cannot|can't|never|aucun|plus|pas|ne|n'|nul|banned|interdi\w*|forbidden|barred)\b"
    r"[^.;]{0,90}\b(?:without|sans)\b[^.;,]{0,20}\bescort\w*"
    r"|\b(?:only|uniquement|seulement|exclusively|que|qu')\b[^.;,]{0,24}\b(?:convoi|convoy|column|colonne)s?"
    r" (?:escorte|sous escorte|under escort|protected)\w*"
    r"|\bonly (?:travel|move|circulate|pass|use|drive)?\w* ?(?:in|with|under) (?:\w+ )?escort\w*"
)
"""“No lorry may leave without a military escort”."""
_UNDER_CONTROL = re.compile(r"\b(?:situation|fire|incendie|everything|tout)\b[^.;,]{0,24}$")
_BLOCKED = re.compile(r"\b(?:block(?:ed|ing|s)?|bloqu\w+)\b")
_CIRCULATION = re.compile(r"\b(?:circulation|traffic|movement|deplacements)\b")
_OF_TOWNS = (Kind.BLOCKADE, Kind.CLOSED, Kind.REOPENED, Kind.CONTROLLED, Kind.CHECKPOINT,
             Kind.RESTRICTED, Kind.SERVICE_SUSPENDED)  # fmt: skip
"""What may be stated of a town; the rest only of a stretch."""
_OF_TOWNS_ALONE = (Kind.BLOCKADE, Kind.CONTROLLED)
"""What needs no word about roads beside it."""
_ENDS_A_SIEGE = (Kind.REOPENED, Kind.AGREEMENT)
_WITH_EVENTS = (Kind.CLOSED, Kind.SERVICE_SUSPENDED, Kind.REOPENED, Kind.BLOCKADE)
"""What the sentence about an incident may state besides."""
_ON_THE_WAY = (Kind.TAXED, Kind.CHECKPOINT, Kind.AGREEMENT)
"""What is told of a town on the road of which the report just spoke holds for the road."""
_NEEDS_ACTOR = (Kind.CONTROLLED, Kind.TAXED)
_SAID_BETTER_BY: dict[Kind, tuple[Kind, ...]] = {
    Kind.REOPENED: (Kind.CLOSED, Kind.BLOCKADE, Kind.SERVICE_SUSPENDED),
    Kind.ESCORT_ONLY: (Kind.RESTRICTED, Kind.SERVICE_SUSPENDED, Kind.CLOSED),
    Kind.SERVICE_SUSPENDED: (Kind.CLOSED,),
    Kind.BLOCKADE: (Kind.CLOSED, Kind.CONTROLLED, Kind.SERVICE_SUSPENDED),
    Kind.AGREEMENT: (Kind.BLOCKADE, Kind.TAXED),
    Kind.RESTRICTED: (Kind.SERVICE_SUSPENDED,),
}
"""Kinds that another kind in the same sentence says better."""


@dataclass
class RoadReader:
    """Reads road assertions sentence by sentence; a paragraph keeps its stretch and its time.

    Parameters
    ----------
    plain, places
        The text, and what places its phrases.
    validity
        Reads since when.
    """

    plain: Plain
    places: Places
    validity: Validity
    stretches: Sequence[Stretch] = ()
    last: Sequence[Stretch] = ()
    actor: str = ""
    valid: DraftDay | None = None
    paragraph: int = -1
    strangers: bool = False

    def read(self, sentence: Sentence, told: Sequence[Mention]) -> list[DraftAssertion]:
        """Return what a sentence states about roads, without keys."""
        if sentence.paragraph != self.paragraph:
            self.stretches, self.valid, self.paragraph = (), None, sentence.paragraph
            self.strangers = False
        self.strangers = self.strangers or self._strangers(sentence)
        if any(m.flags & {"denied", "rumour", "hypothetical"} for m in told):
            return []
        own = stretches(
            self.plain, self.places, [p for m in told for p in m.phrases],
            stated=self._has("road", sentence) or self._paid(sentence),
        )  # fmt: skip
        if own and self.stretches and own[0].ends != self.stretches[0].ends:
            self.valid = None
        kept = self.stretches
        if not own and (not kept or kept[0].town):
            kept = self._last(sentence) or kept
        self.stretches = own or kept
        self.last = [one for one in self.stretches if not one.town] or self.last
        kinds = self._kinds(sentence, told, named=bool(own))
        found = self._assertions(sentence, told, kinds) if kinds else []
        self.actor = self._group(sentence) or self.actor
        return found

    def _assertions(
        self, sentence: Sentence, told: Sequence[Mention], kinds: Sequence[Kind]
    ) -> list[DraftAssertion]:
        if Kind.REOPENED not in kinds:
            self.valid = self.validity.of(sentence, told) or self.valid
        evidence = (self.plain.evidence(sentence.start, sentence.end),)
        found = []
        for kind in kinds:
            actor = self._actor_of(kind, sentence)
            if kind in _NEEDS_ACTOR and not actor and not self.strangers:
                continue
            valid = self.valid if Kind.REOPENED not in kinds else self.validity.day(sentence, told)
            found += [
                DraftAssertion(
                    "", stretch.place, *stretch.ends, stretch.road, kind, actor,
                    self._affected(sentence), paid(self.plain, sentence.start, sentence.end),
                    valid or DraftDay(None, None, DatePrecision.DAY),
                    self._stated_by(told), evidence,
                )
                for stretch in self._where(kind)
            ]  # fmt: skip
        return found

    def _where(self, kind: Kind) -> Sequence[Stretch]:
        """Return what is spoken of: all towns under blockade; the road on which one pays."""
        if kind is Kind.BLOCKADE:
            return self.stretches
        on_the_way = kind in _ON_THE_WAY and self.stretches[0].town and self.last
        if on_the_way and self.last[0].passes(self.stretches[0], self.places.atlas):
            return self.last[:1]
        return self.stretches[:1]

    def _kinds(self, sentence: Sentence, told: Sequence[Mention], *, named: bool) -> list[Kind]:
        """Return what the sentence states about the stretch, in the order of its words."""
        if not self.stretches:
            return []
        event = any(m.hits and (m.told or m.tolls) for m in told)
        noun = self._has("road_noun", sentence) or (named and not self.stretches[0].town)
        since = self.validity.clause(sentence, told)
        kinds: dict[Kind, int] = {}
        for hit in words("road").find(self.plain, sentence.start, sentence.end):
            before = self.plain.text[max(sentence.start, hit.start - 40) : hit.start]
            if since[0] <= hit.start < since[1] or _NEGATED.search(before):
                continue
            kind = Kind(hit.code)
            if kind is Kind.CONTROLLED and (
                _UNDER_CONTROL.search(before) or self._of_region(hit.start, told)
            ):
                continue  # “the situation was under control”
            if self._fits(kind, sentence, noun=noun) and (not event or kind in _WITH_EVENTS):
                kinds.setdefault(self._meant(kind, sentence), hit.start)
        if noun and self._paid(sentence):
            kinds.setdefault(Kind.TAXED, sentence.end)
        if _UNESCORTED.search(self.plain.text, sentence.start, sentence.end):
            kinds.setdefault(Kind.ESCORT_ONLY, sentence.end)
        if Kind.CLOSED in kinds and self._has("authority", sentence):
            kinds.pop(Kind.SERVICE_SUSPENDED, None)
        better = {worse for kind in kinds for worse in _SAID_BETTER_BY.get(kind, ())}
        return sorted((k for k in kinds if k not in better), key=lambda kind: kinds[kind])

    def _of_region(self, at: int, told: Sequence[Mention]) -> bool:
        """Return whether a clause tells of a region, where another names the town at hand."""
        clause = next((m for m in told if m.start <= at < m.end), None)
        if clause is None or not self.stretches[0].town:
            return False
        own = {name for phrase in clause.phrases if phrase.precise for name in phrase.names}
        return bool(own) and not own & {fold(end) for end in self.stretches[0].ends}

    def _fits(self, kind: Kind, sentence: Sentence, *, noun: bool) -> bool:
        """Return whether something may be stated of the stretch or town at hand."""
        if kind is Kind.CHECKPOINT and not (
            self._has("set_up", sentence) or self._has("searching", sentence)
        ):
            return False
        if kind is Kind.SERVICE_SUSPENDED and self._has("party", sentence):
            return True  # “no company serves Nampala any more”
        if not self.stretches[0].town:
            return noun
        if kind in _ENDS_A_SIEGE and self._has("siege", sentence):
            return True
        return kind in _OF_TOWNS_ALONE or (kind in _OF_TOWNS and noun)

    def _meant(self, kind: Kind, sentence: Sentence) -> Kind:
        """Return “restricted” where an authority suspends the traffic of some vehicles."""
        traffic = _CIRCULATION.search(self.plain.text, sentence.start, sentence.end)
        if kind is Kind.SERVICE_SUSPENDED and traffic and self._has("authority", sentence):
            return Kind.CLOSED if self._affected(sentence) == "all vehicles" else Kind.RESTRICTED
        blocked = _BLOCKED.search(self.plain.text, sentence.start, sentence.end)
        if kind is Kind.CLOSED and blocked and self._armed(sentence):
            return Kind.BLOCKADE
        return kind

    def _has(self, name: str, sentence: Sentence) -> bool:
        return words(name).first(self.plain, sentence.start, sentence.end) is not None

    def _paid(self, sentence: Sentence) -> bool:
        return pays(self.plain, sentence.start, sentence.end)

    def _last(self, sentence: Sentence) -> Sequence[Stretch]:
        """Return the stretch told of before, for a sentence about “the road”."""
        named = _THE_ROAD.search(self.plain.text, sentence.start, sentence.end)
        return self.last if named else ()

    def _actor(self, sentence: Sentence) -> str:
        """Return the armed group or force that a sentence names or means by “the group”."""
        nation = self.stretches[0].place.country if self.stretches else ""
        hits = actors().find(self.plain, sentence.start, sentence.end)
        known = [national(hit.actor, nation) for hit in hits if hit.actor.kind != "unknown"]
        armed = [actor for actor in known if not actor.state]
        named = next((actor.name for actor in armed if actor.named), "")
        if named:
            return named
        if (
            self.actor
            and not self.actor.startswith("unspecified")
            and self._has("the_group", sentence)
        ):
            return self.actor
        return next((actor.name for actor in (*armed, *known)), "")

    def _actor_of(self, kind: Kind, sentence: Sentence) -> str:
        """Return who does it: nobody closes a road only because somebody was named before."""
        own = self._actor(sentence)
        if kind is Kind.AGREEMENT:
            parties = self._armed(sentence) or [own or self.actor]
            parties += self._codes("party", sentence)
            return "; ".join(dict.fromkeys(party for party in parties if party))
        if kind is Kind.SERVICE_SUSPENDED:
            return next(iter(self._codes("party", sentence)), "road users")
        if kind is Kind.ESCORT_ONLY:
            return next(iter(self._codes("authority", sentence)), "")
        if own:
            return own
        if kind in (Kind.CLOSED, Kind.RESTRICTED, Kind.REOPENED):
            return next(iter(self._codes("authority", sentence)), "")
        return self.actor

    def _strangers(self, sentence: Sentence) -> bool:
        """Return whether a sentence tells of armed men whom nobody knows."""
        hits = actors().find(self.plain, sentence.start, sentence.end)
        return any(hit.actor.kind in ("unknown", "bandit") for hit in hits)

    def _armed(self, sentence: Sentence) -> list[str]:
        """Return the armed groups that a sentence names."""
        hits = actors().find(self.plain, sentence.start, sentence.end)
        return [hit.actor.name for hit in hits if hit.actor.named and not hit.actor.state]

    def _group(self, sentence: Sentence) -> str:
        """Return the armed group that a sentence names: it is who “the group” means later."""
        actor = actors().by_name.get(self._actor(sentence))
        return actor.name if actor is not None and not actor.state else ""

    def _codes(self, name: str, sentence: Sentence) -> list[str]:
        hits = words(name).find(self.plain, sentence.start, sentence.end)
        return list(dict.fromkeys(hit.code for hit in hits))

    def _affected(self, sentence: Sentence) -> str:
        found = self._codes("affected", sentence)
        if "all vehicles" in found:
            # “… even those of the army and of the state”: elsewhere these pass freely.
            return "; ".join(["all vehicles", *self._codes("official", sentence)])
        return "; ".join(found or ["all vehicles"])

    def _stated_by(self, told: Sequence[Mention]) -> str:
        """Return the sources that the report names, in its words."""
        found = [s for m in told for s in m.sources if s.code not in ("media", "group")]
        return ", ".join(dict.fromkeys(self.plain.written(s.start, s.end) for s in found))
