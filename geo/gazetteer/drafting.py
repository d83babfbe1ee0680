"""What each rule of the grammar adds to a reading."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from geo.gazetteer.quantities import ANY_BEARING, FRENCH_SIDES, OVER, stated_km
from geo.gazetteer.reading import (
    Area,
    Bearing,
    Between,
    Border,
    Chainage,
    Closeness,
    Distance,
    Name,
    Part,
    River,
    Subject,
)
from geo.gazetteer.skeleton import Skeleton
from geo.gazetteer.vocabulary import COUNTRY_CODES
from geo.roads.referencing import parse_chainage

MIN_TOLERANCE_KM, TOLERANCE_SHARE = 2.0, 0.15
"""A stated distance is a round number: it may be off by so much."""
OVER_FACTOR = 2.0
"""“More than 100 km” may be a good deal more."""
LONGEST_KM = 3_000.0
"""No road of the region is longer; a greater number is a slip."""

ON_ROAD = re.compile(
    r"<r|\b(?:roads?|routes?|axis|axes?|highway|piste|track|troncon|pont|bridge)\b"
)
UNIT_NAME = r"<[pa](\d+)>"
_JOINED = re.compile(r"> (?:and|et|&)(?: (?:a|at|de|du|in|near|of))?(?: d')? ?$")


@dataclass
class Draft:
    """A reading while it is gathered; subjects keep the number of their mark, for the order.

    ``units`` are the folded names of administrative units that are places as well;
    ``bare`` are names without a word that says how they belong, with their position;
    ``bound_at`` are the positions of distances and stretches.
    """

    skeleton: Skeleton
    units: frozenset[str] = frozenset()
    subjects: list[tuple[int, Subject]] = field(default_factory=list)
    bare: list[tuple[int, int, Subject]] = field(default_factory=list)
    bound_at: list[int] = field(default_factory=list)
    distances: list[Distance] = field(default_factory=list)
    chainages: list[Chainage] = field(default_factory=list)
    rivers: list[River] = field(default_factory=list)
    betweens: list[Between] = field(default_factory=list)
    bearings: list[Bearing] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    roads_to: list[Name] = field(default_factory=list)
    closer: list[Name] = field(default_factory=list)
    borders: list[Border] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    triangles: list[tuple[Name, ...]] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    asides: list[tuple[int, Distance]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @cached_property
    def on_road(self) -> bool:
        """Whether the text speaks of a road."""
        return bool(ON_ROAD.search(self.skeleton.text))

    def name(self, number: str) -> Name:
        """Return the name behind a mark's number."""
        mention = self.skeleton.mentions[int(number)]
        return Name(mention.text, mention.country, mention.kind)

    def names(self, text: str) -> tuple[Name, ...]:
        """Return the places and areas that are marked in a part of the skeleton."""
        return tuple(self.name(number) for number in re.findall(UNIT_NAME, text))

    def codes(self, text: str) -> tuple[str, ...]:
        """Return the countries that are marked in a part of the skeleton, each once."""
        marks = re.findall(r"<[cn](\d+)>", text)
        return tuple(dict.fromkeys(COUNTRY_CODES[self.name(number).key] for number in marks))

    def add_subjects(self, text: str, closeness: Closeness) -> None:
        """Add what is marked as places where it happened."""
        for found in re.finditer(UNIT_NAME, text):
            subject = Subject(self.name(found[1]), closeness, joined(text[: found.start()]))
            self.subjects.append((int(found[1]), subject))


Build = Callable[[Draft, re.Match[str]], None]


def joined(before: str) -> bool:
    """Return whether words before a name join it to another: “Djenné and Mopti”."""
    return bool(_JOINED.search(before))


def skip(_draft: Draft, _match: re.Match[str]) -> None:
    """Nothing: the phrase is read so that no other rule reads it."""


def distance(draft: Draft, match: re.Match[str]) -> None:
    """So far from a place; a distance that no road here has is kept as not understood."""
    groups = match.groupdict()
    low, high = stated_km(groups)
    low = 0.0 if groups.get("under") else low
    middle, half = (low + high) / 2, (high - low) / 2
    tolerance = half + max(MIN_TOLERANCE_KM, TOLERANCE_SHARE * middle)
    if OVER.search(match[0]):
        tolerance *= OVER_FACTOR
    names = draft.names(match[0])
    said = draft.skeleton.said(*match.span())
    if high > LONGEST_KM:
        draft.unread.append(said)
        return
    draft.bound_at.append(match.start())
    bearing = groups.get("dir")
    onwards = groups.get("past") and groups.get("coming")
    draft.distances.append(
        Distance(
            middle,
            tolerance,
            names[0],
            said,
            ANY_BEARING[bearing] if bearing else None,
            # Beyond a place, coming from another: the road leads on, one cannot tell where to.
            names[1] if len(names) > 1 and not onwards else None,
            half,
            -1 if groups.get("up") else int(bool(groups.get("down"))),
        )
    )
    if groups.get("up") or groups.get("down"):
        draft.rivers.append(River(""))


def aside(draft: Draft, match: re.Match[str]) -> None:
    """“X is so far from Y”: told of a place, and the place itself where nothing else is said."""
    before = len(draft.distances)
    names = draft.names(match[0])
    distance(draft, match)
    for found in draft.distances[before:]:
        number = int(re.findall(UNIT_NAME, match[0])[0])
        draft.asides.append((number, replace(found, name=names[-1])))
    del draft.distances[before:]


def chainage(draft: Draft, match: re.Match[str]) -> None:
    """Such a kilometre of the road, or from one to another."""
    measures_m = sorted(parse_chainage(text) for text in match.groups() if text)
    said = draft.skeleton.said(*match.span())
    draft.bound_at.append(match.start())
    draft.chainages.append(Chainage(measures_m[0], measures_m[-1], said))


def between(draft: Draft, match: re.Match[str]) -> None:
    """On the way between places; “the X–Y regions” are areas."""
    names = draft.names(match[0])
    if match.groupdict().get("via"):
        *ends, over = names
        names = (*ends[:-1], over, ends[-1])
    if match.groupdict().get("level"):
        draft.areas += [Area(name, "region") for name in names]
    elif len({name.key for name in names}) > 1:
        draft.bound_at.append(match.start())
        draft.betweens.append(Between(names, bool(match.groupdict().get("halfway"))))
    else:
        draft.add_subjects(match[0], Closeness.AT)


def way_back(draft: Draft, match: re.Match[str]) -> None:
    """On the way that is told from its end: “the road to Labbezanga from Gao”."""
    names = draft.names(match[0])
    draft.bound_at.append(match.start())
    draft.betweens.append(Between((names[-1], names[0])))


def areas(draft: Draft, match: re.Match[str]) -> None:
    """Somewhere in administrative units."""
    level = match.groupdict().get("level") or "region"
    names = draft.names(match[0])
    if match.groupdict().get("wider"):
        draft.areas.append(Area(names[-1], ""))
        names = names[:-1]
    draft.areas += [Area(name, level.rstrip("s")) for name in names]


def compass_region(draft: Draft, match: re.Match[str]) -> None:
    """Somewhere in a region that is called like a side of the land: “East region”."""
    words = re.split(r"[- ]", match["compass"] or match["name"])
    draft.areas.append(
        Area(Name("-".join(FRENCH_SIDES.get(word, word) for word in words)), "region")
    )


def road_to(draft: Draft, match: re.Match[str]) -> None:
    """On a road that leads to a place."""
    draft.roads_to += draft.names(match[0])


def closer(draft: Draft, match: re.Match[str]) -> None:
    """Nearer to this place than to the other end."""
    draft.closer += draft.names(match[0])


def bearing(draft: Draft, match: re.Match[str]) -> None:
    """To one side of a place, at no stated distance."""
    (name,) = draft.names(match[0])
    degrees = ANY_BEARING[match["dir"]]
    draft.bearings.append(Bearing(degrees, name))
    draft.add_subjects(match[0], Closeness.AREA)


def bare(draft: Draft, match: re.Match[str]) -> None:
    """Keep a name alone: the place, or only mentioned with it."""
    for found in re.finditer(UNIT_NAME, match[0]):
        number = int(found[1])
        also = joined(match[0][: found.start()])
        subject = Subject(draft.name(found[1]), Closeness.AT, also)
        draft.bare.append((number, match.start() + found.start(), subject))


def stone_from(draft: Draft, match: re.Match[str]) -> None:
    """So many kilometres of road from a place: “PK 12 de Gao”."""
    measure_m = parse_chainage(match[1])
    (name,) = draft.names(match[0])
    draft.bound_at.append(match.start())
    said = draft.skeleton.said(*match.span())
    draft.distances.append(Distance(measure_m / 1000, MIN_TOLERANCE_KM, name, said))


def border(draft: Draft, match: re.Match[str]) -> None:
    """At a border, perhaps so far from it at most; a road that leads to one says nothing."""
    groups = match.groupdict()
    if groups.get("aim"):
        return
    reach_km = None
    if groups.get("unit"):
        high = stated_km(groups)[1]
        reach_km = high + max(MIN_TOLERANCE_KM, TOLERANCE_SHARE * high)
    said = draft.skeleton.said(*match.span())
    draft.borders.append(Border(draft.codes(match[0]), reach_km, said))


def river(draft: Draft, match: re.Match[str]) -> None:
    """On a river, by its name or as “the river”; a road along one is a road."""
    number = match["before"] or match["after"] or match["alone"]
    if not draft.on_road:
        said = draft.skeleton.said(*match.span())
        draft.rivers.append(River(draft.name(number).key if number else "", said))


def streamwards(draft: Draft, match: re.Match[str]) -> None:
    """Up or down the river from a place, nobody says how far."""
    draft.rivers.append(River(""))
    draft.add_subjects(match[0], Closeness.AREA)


def to_border(draft: Draft, match: re.Match[str]) -> None:
    """Between a place and a border."""
    draft.bound_at.append(match.start())
    draft.betweens.append(Between(draft.names(match[0]), border=draft.codes(match[0])))


def three_borders(draft: Draft, match: re.Match[str]) -> None:
    """Where three countries meet, whichever of them are named."""
    draft.borders.append(Border((), None, draft.skeleton.said(*match.span())))


def part(draft: Draft, match: re.Match[str]) -> None:
    """In a side of a country, or in its middle."""
    bearing_deg = match.groupdict().get("dir")
    said = draft.skeleton.said(*match.span())
    for code in draft.codes(match[0]) or ("",):
        bearing = ANY_BEARING[bearing_deg] if bearing_deg else None
        draft.parts.append(Part(code, bearing, said))


def country(draft: Draft, match: re.Match[str]) -> None:
    """On a country's ground."""
    draft.countries += draft.codes(match[0])


def path(draft: Draft, match: re.Match[str]) -> None:
    """“Gao / Ansongo / Fafa”: a place behind the units in which it lies, if they are units."""
    *units, last = re.findall(UNIT_NAME, match[0])
    if all(draft.name(number).key in draft.units for number in units):
        draft.areas += [Area(draft.name(number), "") for number in units]
        draft.subjects.append((int(last), Subject(draft.name(last), Closeness.AT)))
    else:
        bare(draft, match)


def coded_path(draft: Draft, match: re.Match[str]) -> None:
    """“ML-Ségou-Niono-Dogofry”: country, units, and the place if it is one."""
    code = match.groupdict().get("code")
    draft.countries += [code.upper()] if code else []
    *units, (mark, last) = re.findall(r"<([pa])(\d+)>", match[0])
    draft.areas += [Area(draft.name(number), "") for _, number in units]
    if mark == "a":
        draft.areas.append(Area(draft.name(last), ""))
    else:
        draft.subjects.append((int(last), Subject(draft.name(last), Closeness.AT)))


def edge_on_road(draft: Draft, match: re.Match[str]) -> None:
    """At a side of a place that is called like where its road leads: “the Gao exit of Ansongo”."""
    aim, place = re.findall(UNIT_NAME, match[0])
    draft.roads_to.append(draft.name(aim))
    draft.subjects.append((int(place), Subject(draft.name(place), Closeness.AT)))


def triangle(draft: Draft, match: re.Match[str]) -> None:
    """Among three places."""
    draft.triangles.append(draft.names(match[0]))


def subject(closeness: Closeness) -> Build:
    """At, near or in the area of a place."""

    def build(draft: Draft, match: re.Match[str]) -> None:
        draft.add_subjects(match[0], closeness)

    return build
