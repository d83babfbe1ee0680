"""What a text says about a place, before it is known which places are meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from geo.gazetteer.folding import fold
from geo.i18n import Message


class Closeness(StrEnum):
    """How close to a named place something happened."""

    AT = "at"
    NEAR = "near"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; two spellings that fold alike are the same name.

    ``country`` is the code of the country that the text names with it, ``kind`` what it says it
    is (a mine, a bridge, a camp); empty when it says nothing.
    """

    text: str
    country: str = field(default="", compare=False)
    kind: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """The folded spelling."""
        return fold(self.text)


@dataclass(frozen=True, slots=True)
class Subject:
    """The place itself: at, near or in the area of a name.

    ``also`` tells that it was joined to another by “and”.
    """

    name: Name
    closeness: Closeness
    also: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Distance:
    """So many kilometres from a name.

    Parameters
    ----------
    km, tolerance_km
        The distance, and how far the true one may be from it.
    name
        From where.
    said
        The words of the report.
    bearing_deg
        Compass direction from the name, when told.
    towards
        Name in whose direction it was measured, when told.
    range_km
        Half the width of a stated range: “20-30 km”, “under 20 km”; part of the tolerance.
    stream
        1 downstream, -1 upstream, 0 when neither is told.
    """

    km: float
    tolerance_km: float
    name: Name
    said: str | Message
    bearing_deg: float | None = None
    towards: Name | None = None
    range_km: float = 0.0
    stream: int = 0

    @property
    def exactness_m(self) -> float:
        """How narrowly it bounds a place: the wider of its range and its rounding."""
        return max(self.range_km, self.tolerance_km - self.range_km) * 1000

    def off_m(self, found_m: float) -> float:
        """Return how far a found distance is from the stated one; 0 inside a stated range."""
        return max(0.0, abs(found_m - self.km * 1000) - self.range_km * 1000)


@dataclass(frozen=True, slots=True)
class Chainage:
    """A position on the road as kilometre stones count it: “PK 33”, “between PK 30 and PK 40”.

    Parameters
    ----------
    low_m, high_m
        The measures, the same for a single position.
    said
        The words of the report.
    """

    low_m: float
    high_m: float
    said: str


@dataclass(frozen=True, slots=True)
class Between:
    """On the way between the first and the last name, through the others; perhaps half the way.

    ``border``, when it is the other end, holds the codes that name it.
    """

    names: tuple[Name, ...]
    halfway: bool = False
    border: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bearing:
    """To one side of a name, at no stated distance."""

    bearing_deg: float
    name: Name


@dataclass(frozen=True, slots=True)
class Area:
    """An administrative unit or a named region; ``level`` is the word used, empty when none."""

    name: Name
    level: str


@dataclass(frozen=True, slots=True)
class Border:
    """At the border of two countries, or where three meet.

    Parameters
    ----------
    countries
        ISO 3166-1 alpha-2; one when the other is understood, none where three countries meet.
    reach_km
        How far from the border at most, when told.
    said
        The words of the report.
    """

    countries: tuple[str, ...]
    reach_km: float | None
    said: str


@dataclass(frozen=True, slots=True)
class River:
    """On a river: its folded name, empty where only “the river” is said, and the words."""

    key: str
    said: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A side of a country, or its middle when ``bearing_deg`` is ``None``.

    ``country`` is empty for “the north of the country”.
    """

    country: str
    bearing_deg: float | None
    said: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a text says about a place.

    Parameters
    ----------
    subjects
        Places where it happened, in the order of the text.
    distances, chainages, betweens, bearings, areas
        See the classes.
    borders, parts, rivers
        Borders, sides of countries, rivers.
    triangles
        Names of three places, among which it lies.
    roads
        Road numbers such as ``RN17``.
    roads_to
        Names of places that the road leads to.
    closer
        Name of the nearer end of a ``between``.
    countries
        ISO 3166-1 alpha-2 codes of the countries named.
    beside
        Names that the text says it was near, besides the place itself.
    loose
        Names that follow a distance or a stretch without a word that says how they belong to it:
        the place itself when they fit, else context.
    bare
        Names that stand alone, without “at”, “near” or the like.
    context
        Other names: they help to tell homonyms apart.
    unread
        Distances that the text states and nothing was made of.
    """

    subjects: tuple[Subject, ...] = ()
    distances: tuple[Distance, ...] = ()
    chainages: tuple[Chainage, ...] = ()
    betweens: tuple[Between, ...] = ()
    bearings: tuple[Bearing, ...] = ()
    areas: tuple[Area, ...] = ()
    borders: tuple[Border, ...] = ()
    parts: tuple[Part, ...] = ()
    triangles: tuple[tuple[Name, ...], ...] = ()
    roads: tuple[str, ...] = ()
    rivers: tuple[River, ...] = ()
    roads_to: tuple[Name, ...] = ()
    closer: tuple[Name, ...] = ()
    countries: tuple[str, ...] = ()
    beside: tuple[Name, ...] = ()
    loose: tuple[Subject, ...] = ()
    bare: tuple[Name, ...] = ()
    context: tuple[Name, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def bounds(self) -> bool:
        """Whether it says enough to place something: more than where a road leads."""
        return bool(
            self.subjects or self.distances or self.betweens or self.areas or self.borders
            or self.parts or self.triangles or self.roads
        )  # fmt: skip

    def names(self) -> Iterator[Name]:
        """Yield the names of places, each spelling once, those that bind the most first."""
        seen: set[str] = set()
        loose = (subject.name for subject in self.loose)
        for name in (*self.said(), *loose, *self.context):
            if name.key not in seen:
                seen.add(name.key)
                yield name

    def said(self) -> Iterator[Name]:
        """Yield the names that bear on the place itself, not those that are only context."""
        yield from (subject.name for subject in self.subjects)
        for between in self.betweens:
            yield from between.names
        for triangle in self.triangles:
            yield from triangle
        for distance in self.distances:
            yield distance.name
            if distance.towards is not None:
                yield distance.towards
        yield from self.roads_to
        yield from (bearing.name for bearing in self.bearings)
        yield from self.closer
        yield from self.beside
