"""One record being placed: what was read, what the names mean, what is to be remarked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import remarks, wording
from geo.gazetteer.folding import fold
from geo.gazetteer.land import Land
from geo.gazetteer.reading import Closeness, Distance, Reading, Subject
from geo.gazetteer.resolving import Choice, Resolution
from geo.gazetteer.spreads import place_m
from geo.geodesy import distance_m
from geo.i18n import Message
from geo.records import Place, Placement, PlacementKind

HARDLY_KNOWN_M = 20_000.0
"""A place known no better than this is left for a place that the report says it was near."""
COMPANION_M = 30_000.0
"""Other places named alike (“X, near Y”) belong together only up to this distance."""


@dataclass
class Case:
    """A reading with its resolved names; remarks are gathered while it is placed.

    Parameters
    ----------
    reading, land, resolution, country, adm1
        What is known about the record.
    notes
        Remarks that end up in the explanation.
    doubts
        Those of them for which a person should look at it.
    """

    reading: Reading
    land: Land
    resolution: Resolution
    country: str | None
    adm1: str | None
    notes: list[Message] = field(default_factory=list)
    doubts: list[Message] = field(default_factory=list)

    def doubt(self, note: Message) -> None:
        """Remark on something that a person should look at."""
        if note not in self.notes:
            self.notes.append(note)
            self.doubts.append(note)

    def place(self, statement: Subject | Distance) -> Place:
        """Return the place that a statement is about."""
        return self.resolution.choices[statement.name.key].place

    @property
    def subject(self) -> Subject | None:
        """Return the place itself: the first one named as such, “at” before “near”."""
        subjects = [s for s in self.reading.subjects if s.name.key in self.resolution.choices]
        at = [s for s in subjects if s.closeness is Closeness.AT]
        chosen = next(iter(at or subjects), None)
        beside = self._beside() if chosen is not None and self._hardly_known(chosen) else None
        return beside or chosen

    def _hardly_known(self, subject: Subject) -> bool:
        return self.place(subject).accuracy_m >= HARDLY_KNOWN_M

    def _beside(self) -> Subject | None:
        known = [name for name in self.reading.beside if name.key in self.resolution.choices]
        return Subject(known[0], Closeness.AREA) if known else None

    def companions(self) -> list[Place]:
        """Return the other places where it happened, as “X and Y” names them."""
        first = self.subject
        if first is None:
            return []
        main = self.place(first)
        units = {fold(main.adm1), fold(main.adm2)}
        found = {}
        for other in self.reading.subjects:
            choice = self.resolution.choices.get(other.name.key)
            if choice is None or choice.place == main or other.closeness is not first.closeness:
                continue
            if other.name.key in units and not other.also:
                continue  # “Kobé, Gao”: the second name is the region of the first
            apart_m = distance_m(main.lon, main.lat, choice.place.lon, choice.place.lat)
            if first.closeness is Closeness.AT or apart_m <= COMPANION_M:
                found[choice.place.place_id] = choice.place
        return list(found.values())

    def point(
        self,
        kind: PlacementKind,
        lon: float,
        lat: float,
        spread_m: float,
        *,
        head: Message,
        places: Sequence[Place],
        stretch: tuple[str, float, float] | None = None,
    ) -> Placement:
        """Return a placement at a point."""
        return self.finish(
            kind, Point(lon, lat), (lon, lat), spread_m, head=head, places=places, stretch=stretch
        )

    def finish(
        self,
        kind: PlacementKind,
        geometry: BaseGeometry,
        middle: tuple[float, float],
        spread_m: float,
        *,
        head: Message,
        places: Sequence[Place],
        stretch: tuple[str, float, float] | None = None,
    ) -> Placement:
        """Return a placement, its explanation completed by the remarks."""
        self._doubt_roads(stretch[0] if stretch else None, places)
        used = {place.place_id for place in places}
        choices = [c for c in self.resolution.choices.values() if c.place.place_id in used]
        main = places[0].place_id if places else ""
        left = [s for s in self.reading.subjects if s.name.key in self.resolution.choices]
        passed_over = [self.place(s) for s in left if self._beside() and self._hardly_known(s)]
        notes = [*self.notes, *map(remarks.rough, passed_over), *_name_notes(choices, main)]
        axis_id, from_m, to_m = stretch or (None, None, None)
        return Placement(
            kind,
            geometry,
            spread_m,
            *middle,
            wording.sentence(head, notes),
            axis_id,
            from_m,
            to_m,
            tuple(dict.fromkeys(place.place_id for place in places)),
            fuzzy=any(choice.candidate.fuzzy for choice in choices),
        )

    def _doubt_roads(self, axis_id: str | None, places: Sequence[Place]) -> None:
        """Remark on the numbers of roads that the placement does not rest on."""
        spots = [self.land.roads.spots(place) for place in places]
        here = {axis_id} if axis_id else {at for found in spots for at in found}
        for ref in self.reading.roads:
            if here.isdisjoint(axis.axis_id for axis in self.land.roads.numbered([ref])):
                self.doubt(remarks.unused(ref))

    def with_companions(self, main: Place, spread_m: float) -> tuple[float, list[Place]]:
        """Return the spread that reaches the other named places, and these; remark on them."""
        others = self.companions()
        for other in others:
            apart_m = distance_m(main.lon, main.lat, other.lon, other.lat)
            spread_m = max(spread_m, apart_m + place_m(other))
        if others:
            self.doubt(remarks.others_named(others))
        return spread_m, others


def _name_notes(choices: Sequence[Choice], main: str) -> list[Message]:
    """Return remarks on spellings, and on the homonym that was ruled out where it matters most."""
    notes = [note for choice in choices if (note := remarks.spelling(choice)) is not None]
    variants = {c.place.place_id: n for c in choices if (n := remarks.variant(c)) is not None}
    notes += variants.values()
    # A city is what everybody means by its name, unless the text is about the city itself.
    rivals = [c for c in choices if c.place.place_id == main or c.place.kind != "city"]
    rivals.sort(key=lambda choice: choice.place.place_id != main)
    homonyms = [note for choice in rivals if (note := remarks.homonym(choice)) is not None]
    return notes + homonyms[:1]
