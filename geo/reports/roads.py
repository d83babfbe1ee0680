"""What a report states about roads: who holds, taxes, closes a stretch, since when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from geo.records import AssertionKind, DatePrecision
from geo.reports.actors import actors
from geo.reports.concerned import ALL
from geo.reports.doubts import doubt
from geo.reports.mentions import Mention
from geo.reports.payments import Price, payers, prices, said
from geo.reports.plaintext import Plain
from geo.reports.records import DraftAssertion, DraftDay
from geo.reports.roadclauses import Clause, clauses
from geo.reports.roaddrafts import Stated, what_became
from geo.reports.roles import national
from geo.reports.sentences import Sentence
from geo.reports.statements import RETAKEN, armed, statements
from geo.reports.stretches import Sites, Stretch, sites
from geo.reports.validity import Validity
from geo.reports.where import Places

Kind = AssertionKind
_THE_ROAD = re.compile(
    r"\b(?:the|this|that|la|le|cette|cet|ce) (?:road|axis|route|highway|stretch|section|axe|troncon"
    r"|piste|nationale)\b|\bl'axe\b"
)
_ON_THE_WAY = (Kind.TAXED, Kind.AGREEMENT)
"""What is told of a town on the road of which the paragraph spoke holds for the road."""
_THE_TOWN = re.compile(r"\b(?:the (?:town|city|village)|la (?:ville|localite|cite)|le village)\b")
"""“According to a trader from Titao, the town …”."""
_NEEDS_ACTOR = (Kind.CONTROLLED, Kind.TAXED)
_KNOWN = re.compile(
    r"\b(?:the|these|those|its|their|les|ces|ses|leurs|des memes|the same)(?: [\w\-]+)? $"
)
_OF_THE_GROUP = re.compile(r"(?: \w+)? (?:of the|of this|du|de ce) (?:group|movement|mouvement)")
_REACH = 40


@dataclass(frozen=True, slots=True)
class Doubted:
    """A statement that the report denies or calls a rumour."""

    flag: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Paid:
    """What is paid on a stretch: where it is stated, and its number among the drafts.

    Parameters
    ----------
    start, end
        Of all that is said of it.
    breath
        Where the clause ends that states it first.
    number
        Of the draft among those found.
    ends
        Names of the ends of the stretch.
    prices
        What is paid.
    """

    start: int
    end: int
    breath: int
    number: int
    ends: tuple[str, ...]
    prices: tuple[Price, ...]


_TELLING = "residents"
"""They say that no convoy came; they run none."""


@dataclass
class RoadReader:
    """Reads road assertions clause by clause; a paragraph keeps its stretch and its time.

    Parameters
    ----------
    plain, places
        The text, and what places its phrases.
    validity
        Reads since when.
    found
        What was read, each with the key of the incident since which it holds; without keys.
    doubted
        What was passed over.
    payments
        What is paid where.
    """

    plain: Plain
    places: Places
    validity: Validity
    found: Stated = field(default_factory=list)
    doubted: list[Doubted] = field(default_factory=list)
    payments: list[Paid] = field(default_factory=list)
    sites: Sites = field(default_factory=Sites)
    last: Stretch | None = None
    last_paragraph: int = -1
    actor: str = ""
    valid: DraftDay | None = None
    paragraph: int = -1
    strangers: bool = False
    subject: str = ""
    paid: Paid | None = None

    def read(self, sentence: Sentence, told: Sequence[Mention]) -> None:
        """Read what a sentence states about roads."""
        if sentence.paragraph != self.paragraph:
            self.sites, self.valid, self.paragraph = Sites(), None, sentence.paragraph
            self.strangers, self.paid = False, None
        first = len(self.found)
        self.subject = ""
        for clause in clauses(self.plain, sentence, told):
            self._read(clause)
            self.subject = self._actor(clause) or self.subject
        self.found[first:] = what_became(self.found[first:])

    def _read(self, clause: Clause) -> None:
        phrases = clause.phrases
        if not phrases and clause.search(_THE_TOWN):
            phrases = clause.spoken_from
        own = sites(
            self.plain, self.places, phrases,
            stated=clause.has("road") or clause.pays(), beside=clause.beside,
        )  # fmt: skip
        if own and self.sites and own.main.ends != self.sites.main.ends:
            self.valid = None
        self.sites = own or self._kept(clause)
        if self.sites.along:
            self.last, self.last_paragraph = self.sites.along[0], self.paragraph
        self._meet(clause)
        since = self.validity.clause(clause.sentence, clause.told)
        kinds = statements(clause, self.sites, named=bool(own), since=since)
        if kinds and (flag := doubt(self.plain, clause.start, clause.end, min(kinds.values()))):
            if flag != "hypothetical":
                self.doubted.append(Doubted(flag, clause.sentence))
        elif kinds:
            self._state(clause, kinds, own=bool(own))
        elif not own and self.paid:
            self._compare(clause)

    def _kept(self, clause: Clause) -> Sites:
        """Return what a clause that names no place goes on about.

        “The road” is the one told of last; so is “traffic” after a town that lies on it.
        """
        kept, last = self.sites, self.last
        if kept.along or last is None:
            return kept
        near = self.last_paragraph == self.paragraph and clause.has("road_noun")
        on_it = near and kept and last.passes(kept.main, self.places.atlas)
        return Sites((last,)) if on_it or clause.search(_THE_ROAD) else kept

    def _meet(self, clause: Clause) -> None:
        """Remember of whom is spoken: armed men whom nobody knows are none who was named before."""
        hits = actors().find(self.plain, clause.start, clause.end)
        unknown = [hit for hit in hits if hit.actor.kind in ("unknown", "bandit")]
        new = any(not self._is_known(hit.start, hit.end) for hit in unknown)
        named = self._actor(clause)
        actor = actors().by_name.get(named)
        if actor is not None and not actor.state:
            self.actor = actor.name
        elif new:
            self.actor, self.strangers = "", True

    def _is_known(self, start: int, end: int) -> bool:
        """Return whether armed men are those told of before: “the fighters”, “men of the group”."""
        before = self.plain.text[max(0, start - _REACH) : start]
        return bool(_KNOWN.search(before) or _OF_THE_GROUP.match(self.plain.text, end))

    def _state(self, clause: Clause, kinds: dict[Kind, int], *, own: bool) -> None:
        costs = prices(self.plain, clause.start, clause.end) if Kind.TAXED in kinds else []
        if Kind.REOPENED not in kinds:
            before = [_around(self.plain, clause, price) for price in costs if price.earlier]
            day = self.validity.of(clause.sentence, clause.told, [*kinds.values()], before)
            self.valid = day or self.valid
        story = self.validity.story(clause.sentence, clause.told)
        evidence = (self.plain.evidence(clause.start, clause.end),)
        for kind in kinds:
            actor = self._actor_of(kind, clause)
            paying = kind is Kind.TAXED and own and clause.tolled()
            if kind in _NEEDS_ACTOR and not (actor or self.strangers or paying):
                continue
            valid = self.valid
            if Kind.REOPENED in kinds:
                valid = self.validity.day(clause.sentence, clause.told)
            own_costs = costs if kind is Kind.TAXED else []
            where = self._where(kind, kinds)
            if kind is Kind.TAXED:
                self.paid = Paid(
                    clause.start, clause.end, clause.end, len(self.found),
                    where[0].ends, tuple(costs),
                )  # fmt: skip
                self.payments.append(self.paid)
            self.found += [
                (
                    DraftAssertion(
                        "", site.place, *site.ends, site.road, kind, actor,
                        self._affected(clause, own_costs), said(self.plain, own_costs),
                        valid or DraftDay(None, None, DatePrecision.DAY),
                        self._stated_by(clause), evidence,
                    ),
                    story.key if story else "",
                )
                for site in where
            ]  # fmt: skip

    def _compare(self, clause: Clause) -> None:
        """Add to a payment what the next clause says that it was before, or is now."""
        paid = self.paid
        costs = prices(self.plain, clause.start, clause.end, bare=True)
        if paid is None or not costs or paid.number >= len(self.found):
            return
        one, key = self.found[paid.number]
        together = prices(self.plain, paid.start, clause.end, bare=True)
        if any(price.earlier for price in together):
            payer = next((price.payer for price in together if price.payer), "")
            named = tuple(replace(price, payer=price.payer or payer) for price in together)
            self.payments[-1] = replace(paid, end=clause.end, prices=named)
            evidence = (*one.evidence, self.plain.evidence(clause.start, clause.end))
            amount = said(self.plain, together)
            self.found[paid.number] = (replace(one, amount_text=amount, evidence=evidence), key)

    def _where(self, kind: Kind, kinds: dict[Kind, int]) -> Sequence[Stretch]:
        """Return what is spoken of: points where one is stopped, all towns under blockade."""
        along, towns = self.sites.along, self.sites.towns
        if along and kind is Kind.CHECKPOINT:
            # “cut at Markala by fighters who check papers”: there the road is cut
            own = [
                town for town in towns
                if kind is min(kinds, key=lambda one: abs(kinds[one] - town.at))
            ]  # fmt: skip
            return own or along
        if along:
            return along
        if kind is Kind.BLOCKADE:
            return towns
        told = self.last if kind in _ON_THE_WAY and self.last_paragraph == self.paragraph else None
        if told and told.passes(towns[0], self.places.atlas):
            return (told,)
        return towns[:1]

    def _actor(self, clause: Clause) -> str:
        """Return the armed group or force that a clause names or means by “the group”."""
        nation = self.sites.main.place.country if self.sites else ""
        hits = actors().find(self.plain, clause.start, clause.end)
        known = [national(hit.actor, nation) for hit in hits if hit.actor.kind != "unknown"]
        fighting = [actor for actor in known if not actor.state]
        named = next((actor.name for actor in fighting if actor.named), "")
        if named:
            return named
        if self.actor and not self.actor.startswith("unspecified") and clause.has("the_group"):
            return self.actor
        return next((actor.name for actor in (*fighting, *known)), "")

    def _actor_of(self, kind: Kind, clause: Clause) -> str:
        """Return who does it: nobody closes a road only because somebody was named before."""
        retaken = kind is Kind.CONTROLLED and clause.search(RETAKEN)
        own = (self._force(clause) if retaken else "") or self._actor(clause)
        if kind is Kind.AGREEMENT:
            parties = armed(clause) or [own or self.actor]
            parties += clause.codes("party")
            return "; ".join(dict.fromkeys(party for party in parties if party))
        if kind is Kind.SERVICE_SUSPENDED:
            others = (party for party in clause.codes("party") if party != _TELLING)
            return next(others, "road users")
        if kind is Kind.ESCORT_ONLY:
            return next(iter(clause.codes("authority")), "")
        if own:
            return own
        if kind in (Kind.CLOSED, Kind.RESTRICTED, Kind.REOPENED):
            return next(iter(clause.codes("authority")), self.subject if clause.acts else "")
        return self.actor

    def _force(self, clause: Clause) -> str:
        """Return the force of a state that a clause names."""
        nation = self.sites.main.place.country if self.sites else ""
        hits = actors().find(self.plain, clause.start, clause.end)
        forces = (national(hit.actor, nation) for hit in hits if hit.actor.state)
        return next((force.name for force in forces), "")

    def _affected(self, clause: Clause, costs: Iterable[Price]) -> str:
        found = payers(costs) or clause.concerned
        if ALL in found:
            # “… even those of the army and of the state”: elsewhere these pass freely.
            return "; ".join([ALL, *clause.codes("official")])
        return "; ".join(found or [ALL])

    def _stated_by(self, clause: Clause) -> str:
        """Return the sources that the report names, in its words."""
        found = [s for m in clause.told for s in m.sources if s.code not in ("media", "group")]
        return ", ".join(dict.fromkeys(self.plain.written(s.start, s.end) for s in found))


def _around(plain: Plain, clause: Clause, price: Price) -> tuple[int, int]:
    """Return the part of a clause between commas in which a price stands."""
    start = plain.text.rfind(", ", clause.start, price.start)
    end = plain.text.find(", ", price.end, clause.end)
    return (clause.start if start < 0 else start), (clause.end if end < 0 else end)
