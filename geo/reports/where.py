"""From a report's words about a place to a draft place: all phrases together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from shapely.geometry import Point

from geo.atlas import Atlas
from geo.gazetteer.folding import fold
from geo.gazetteer.land import land_of
from geo.gazetteer.phrases import Result, geocode
from geo.gazetteer.remarks import known_elsewhere
from geo.gazetteer.vocabulary import COUNTRIES
from geo.i18n import message
from geo.records import Placement, PlacementKind
from geo.reports.headings import aimed_at, before_first, country_of, far_end, on_road_to
from geo.reports.phrases import AMOUNT, UNIT, Named, Phrase
from geo.reports.plaintext import Plain
from geo.reports.records import DraftPlace

_MOST_PHRASES, _MOST_BEFORE = 6, 40
_NEARBY, _KM_REACH = 400, 20
"""How many characters back the other end of a road, or how far along it, is looked for."""
_KM = re.compile(r"\b(\d{1,3}) ?(?:km|kilomet)")
_OF = re.compile(r"^(?:d['’]|de )(?=[A-ZÀ-Þ])")
"""“the market of Inékar, …”: the phrase begins with the name."""
_FAR = re.compile(rf"(?<!\w){AMOUNT} ?(?:d'|de )?{UNIT}\b")
_THE_TOWN = re.compile(
    r"\b(?:de )?(?:la ville|la localite|le village|du village|the town|the city|the village)\b"
    r"(?!,? (?:of|de|d'|du|des|called|nommee?)\b| d'|'s)"
)
"""“At the northern edge of the town”: the town told of before."""
_UNIT_WORD = re.compile(r"^(?:region|province)(?:des|du|de|d)?|(?:region|province)$")
_IN = re.compile(r"[ ,]*\b(?:in|of|au|en|du|\()[ ]*$")
_IDLE = re.compile(
    r"\b(?:(?:north|south|east|west)(?:-?\s?(?:east|west))?(?:ern)?|central|nearby|neighbouring|remote"
    r"|small|main|key|strategic|border|rural)\s+(?=(?:cit(?:y|ies)|towns?|villages?|localit))",
    re.IGNORECASE,
)
"""Adjectives that place a town in the country at large: “the northern cities of Gao and …”."""


@dataclass(frozen=True, eq=False)
class Places:
    """Places phrases of one report.

    Parameters
    ----------
    plain
        The text.
    atlas
        What is known of the land.
    countries
        Codes of the countries that the report is about.
    names
        Names of places in the report: they help to tell homonyms apart.
    told
        The same where they stand, in the order of the text: a road may lead from one.
    """

    plain: Plain
    atlas: Atlas
    countries: tuple[str, ...]
    names: tuple[str, ...] = ()
    told: tuple[Named, ...] = ()
    _known: dict[tuple[str, str | None], Result] = field(default_factory=dict)

    def locate(self, phrases: Sequence[Phrase], countries: Sequence[str] = ()) -> DraftPlace:
        """Return where the phrases together place something.

        Parameters
        ----------
        phrases
            Of one incident, in the order of the text.
        countries
            Codes of the countries named with it; the report's own serve when there are none.
        """
        kept = self._telling(phrases)
        named = tuple(dict.fromkeys([*countries, *(c for p in phrases for c in p.countries)]))
        country = (named or self.countries)[0] if len(named or self.countries) == 1 else None
        texts = self._from_one_end(kept) or list(
            dict.fromkeys(self._text(phrase) for phrase in kept)
        )
        evidence = tuple(self.plain.evidence(phrase.start, phrase.end) for phrase in kept)
        said = ", ".join(texts)
        if not any(phrase.precise for phrase in kept):
            nowhere = message("the report names no place")
            return DraftPlace(said, country or "", "", "", None, nowhere, (), evidence)
        result = self._together(texts, country)
        if _elsewhere(result) and not (countries or any(phrase.countries for phrase in kept)):
            # “back from the market of Illela, in Nigeria, … near Birni N'Konni”
            result = self._together(texts, None)
        placement = result.placement
        if placement is None:
            reason = result.unresolved_reason
            nation, admin1 = self._unit(kept, country)
            return DraftPlace(
                said, nation, admin1, "", None, reason, tuple(result.candidates), evidence
            )
        found_country, admin1, name = self._belongs(placement, [n for p in kept for n in p.names])
        return DraftPlace(
            said, found_country or country or "", admin1, name, placement, None,
            tuple(result.candidates), evidence,
        )  # fmt: skip

    def between(self, one: Phrase, other: Phrase) -> DraftPlace:
        """Return the stretch between two places: “left Gao for Labbezanga”."""
        said = f"between {self._text(one)} and {self._text(other)}"
        return self._stretch(said, (one.start, other.end), (*one.names, *other.names))

    def leading_to(
        self,
        names: Sequence[Named],
        span: tuple[int, int],
        *,
        stated: bool,
        beside: Sequence[Named] = (),
    ) -> DraftPlace | None:
        """Return the stretch that words tell by one end: “the road to Ménaka”.

        Parameters
        ----------
        names
            In the sentence, in its order.
        span
            Of the words, for the evidence.
        stated
            Whether the sentence speaks of traffic, so that “left for Ménaka” is a road too.
        beside
            Other names from which a road may lead.
        """
        aims = aimed_at(self.plain, names) if stated else [
            name for name in names if on_road_to(self.plain, name)
        ]  # fmt: skip
        for aim in aims:
            country = country_of(aim)
            there = None if country else self._place_of(aim)
            for start in before_first(aim, [*names, *beside], self.told):
                here = self._place_of(start)
                end = far_end(self.atlas, here, there, country) if here else None
                if here and end:
                    ends = [self.atlas.gazetteer.places[one].name for one in (here, end)]
                    said = f"between {ends[0]} and {ends[1]}"
                    return self._stretch(said, span, (start.key, aim.key))
        return None

    def _from_one_end(self, phrases: Sequence[Phrase]) -> list[str]:
        """Return “between Titao and Ouahigouya” for a mine “on the Ouahigouya road”.

        Empty unless the only name tells where the road leads, and a town on it was named before.
        """
        names = [name for phrase in phrases for name in phrase.named if not name.country]
        if len(names) != 1 or not on_road_to(self.plain, names[0]):
            return []
        nearby = names[0].start - _NEARBY
        told = [name for name in self.told if name.start >= nearby]
        there = self._place_of(names[0])
        for start in before_first(names[0], (), told):
            here = self._place_of(start)
            end = far_end(self.atlas, here, there, "") if here else None
            if here and end:
                ends = [self.atlas.gazetteer.places[one].name for one in (here, end)]
                away = _KM.search(self.plain.text, phrases[0].start - _KM_REACH, names[0].start)
                between = f"between {ends[0]} and {ends[1]}"
                return [f"{away[1]} km from {ends[0]}, {between}" if away else between]
        return []

    def _place_of(self, name: Named) -> str | None:
        """Return the id of the town that a name means, ``None`` for regions and unknown ones."""
        result = self._geocode(self.plain.written(name.start, name.end), self._country)
        placement = result.placement
        town = placement is not None and placement.kind in (PlacementKind.PLACE, PlacementKind.NEAR)
        return placement.place_ids[0] if placement and town and placement.place_ids else None

    def countries_of_towns(self) -> set[str]:
        """Return the codes of the countries in which the first towns of the report lie."""
        found = {self._place_of(name) for name in self.told[:_MOST_PHRASES]}
        return {self.atlas.gazetteer.places[one].country for one in found if one}

    @property
    def _country(self) -> str | None:
        return self.countries[0] if len(self.countries) == 1 else None

    def _stretch(self, said: str, span: tuple[int, int], names: Iterable[str]) -> DraftPlace:
        country = self._country
        result = self._geocode(said, country)
        evidence = (self.plain.evidence(*span),)
        placement = result.placement
        if placement is None:
            return DraftPlace(
                evidence[0].quote, country or "", "", "", None, result.unresolved_reason,
                tuple(result.candidates), evidence,
            )  # fmt: skip
        where = self._belongs(placement, names)
        return DraftPlace(
            evidence[0].quote, *where, placement, None, tuple(result.candidates), evidence
        )

    def areas(self, phrase: Phrase) -> list[DraftPlace]:
        """Return the areas that a phrase lists; a region's town means the region."""
        found = []
        country: str | None = None
        for name in phrase.named:
            if name.country:
                country = COUNTRIES[name.key]
                continue
            nation = country or (self.countries[0] if len(self.countries) == 1 else None)
            written = self.plain.written(name.start, name.end)
            result = self._geocode(f"{written} region", nation)
            if result.placement is None:
                result = self._geocode(written, nation)
            evidence = (self.plain.evidence(name.start, name.end),)
            where = (
                self._belongs(result.placement, [_bare(name.key)])
                if result.placement
                else (nation or "", "", "")
            )
            found.append(
                DraftPlace(written, *where, result.placement, result.unresolved_reason,
                           tuple(result.candidates), evidence)
            )  # fmt: skip
        return found

    def towns(self, phrase: Phrase) -> list[DraftPlace]:
        """Return the places of a list, each by itself: “the towns of Kayes and Nioro”."""
        names = [name for name in phrase.named if not name.country]
        if len(names) < 2:  # noqa: PLR2004
            return [self.locate([phrase])]
        return [
            self.locate([replace(phrase, start=name.start, end=name.end, named=(name,))])
            for name in names
        ]

    def try_phrase(self, phrase: Phrase) -> Placement | None:
        """Return where one phrase alone leads."""
        country = self.countries[0] if len(self.countries) == 1 else None
        return self._geocode(self._text(phrase), country).placement

    def _text(self, phrase: Phrase) -> str:
        written = self.plain.written(phrase.start, phrase.end)
        if len(phrase.countries) > 1 and phrase.names:
            # “between Dori in Burkina Faso and Téra in Niger”: the countries are not the place.
            for name in reversed([name for name in phrase.named if name.country]):
                start = len(self.plain.written(phrase.start, name.start))
                end = start + len(self.plain.written(name.start, name.end))
                written = _IN.sub("", written[:start]) + written[end:]
        written = self._with_town(phrase, written)
        return _IDLE.sub("", _OF.sub("", " ".join(written.split())))

    def _with_town(self, phrase: Phrase, written: str) -> str:
        """Return the words of a phrase with “the town” called by the name told of before."""
        match = _THE_TOWN.search(self.plain.text, phrase.start, phrase.end)
        if match is None or len(written) != phrase.end - phrase.start:
            return written
        last = bisect_right(self.told, phrase.start, key=lambda one: one.end)
        near = reversed(self.told[max(0, last - _MOST_BEFORE) : last])
        town = next((one for one in near if not one.country and self._place_of(one)), None)
        if town is None:
            return written
        first, end = match.start() - phrase.start, match.end() - phrase.start
        of = match[0][: match[0].index(" ") + 1] if match[0].startswith("de ") else ""
        name = self.plain.written(town.start, town.end)
        return f"{written[:first]}{of}{name}{written[end:]}"

    def _telling(self, phrases: Sequence[Phrase]) -> list[Phrase]:
        """Return the phrases that tell the most: each set of names once, regions only if alone."""
        kept: list[Phrase] = []
        for phrase in phrases:
            names = set(phrase.names)
            held = (names <= set(other.names) for other in kept if phrase.precise and other.precise)
            if any(held) and not self.measures(phrase):
                continue
            kept.append(phrase)
        far = [phrase for phrase in kept if phrase.precise and self.measures(phrase)]
        kept = [  # “near Djibo” says less than “5 km from Djibo”
            p for p in kept if p in far or not any(set(p.names) <= set(o.names) for o in far)
        ]
        precise = [phrase for phrase in kept if phrase.precise]
        kept = precise or kept
        exact = [
            p
            for p in kept
            if (placed := self.try_phrase(p)) and placed.kind is not PlacementKind.REGION
        ]
        unknown = [p for p in kept if self.try_phrase(p) is None]
        return (exact or unknown or kept)[:_MOST_PHRASES]

    def measures(self, phrase: Phrase) -> bool:
        """Return whether a phrase says how far from a place: “some 20 km from Goundam”."""
        return _FAR.search(self.plain.text, phrase.start, phrase.end) is not None

    def _together(self, texts: Sequence[str], country: str | None) -> Result:
        """Place all phrases together, else the most exact that can be placed alone."""
        result = self._geocode(", ".join(texts), country)
        if result.placement is None and len(texts) > 1:
            alone = [self._geocode(text, country) for text in texts]
            placed = [one for one in alone if one.placement is not None]
            if placed:
                return min(placed, key=lambda one: one.placement.spread_m if one.placement else 0.0)
        return result

    def _geocode(self, text: str, country: str | None) -> Result:
        key = (text, country)
        if key not in self._known:
            self._known[key] = geocode(text, self.atlas, country, others=self.names)
        return self._known[key]

    def _belongs(self, placement: Placement, names: Iterable[str]) -> tuple[str, str, str]:
        """Return the country, first-level region and place that a placement belongs to."""
        if placement.place_ids:
            place = self.atlas.gazetteer.places[placement.place_ids[0]]
            at = placement.kind in (PlacementKind.PLACE, PlacementKind.NEAR)
            return place.country, place.adm1, place.name if at else ""
        regions = self.atlas.regions
        inside = regions[regions.contains(Point(placement.lon, placement.lat))]
        if inside.empty:
            return "", "", ""
        country, drawn = str(inside.iloc[0]["country"]), str(inside.iloc[0]["name"])
        told = [_bare(name) for name in names]
        units = [unit for name in told if (unit := self._units.get((country, name)))]
        units += [drawn] if any(name and name in fold(drawn) for name in told) else []
        return country, next(iter(units), ""), ""

    def _unit(self, phrases: Sequence[Phrase], country: str | None) -> tuple[str, str]:
        """Return the country and region that phrases name even where their place is unknown."""
        told = {_bare(name) for phrase in phrases for name in phrase.names}
        found = {
            (nation, unit)
            for (nation, name), unit in self._units.items()
            if name in told and country in (None, nation)
        }
        return next(iter(found)) if len(found) == 1 else (country or "", "")

    @cached_property
    def _units(self) -> dict[tuple[str, str], str]:
        """First-level units by country and folded name: the borders may show two as one."""
        land = land_of(self.atlas)
        named = {key: place.adm1 for key, place in land.region_places.items()}
        places = self.atlas.gazetteer.places.values()
        return named | {(p.country, fold(p.adm1)): p.adm1 for p in places if p.adm1}


def _elsewhere(result: Result) -> bool:
    """Return whether a name was not placed because its place lies in another country."""
    reason = result.unresolved_reason
    return reason is not None and reason.text == known_elsewhere("", ("",), "").text


def _bare(key: str) -> str:
    """Return the folded name of a region without the word for its kind."""
    return _UNIT_WORD.sub("", key)
