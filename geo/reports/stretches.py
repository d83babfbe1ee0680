"""What stretch of road, and which towns or points, a clause speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from geo.atlas import Atlas
from geo.records import Placement, PlacementKind
from geo.reports.phrases import Named, Part, Phrase
from geo.reports.plaintext import Plain
from geo.reports.records import DraftPlace
from geo.reports.where import Places

_ENDS = re.compile(r"(?:for|to|towards?|pour|vers|et|and|a) ?")
_AT_TOWN = (PlacementKind.PLACE, PlacementKind.NEAR)
_WAY = r"(?:north|south|east|west|nord|sud|est|ouest)(?:-?(?:east|west|est|ouest))?"
_SPOT = re.compile(
    r"\b(?:near|nr|at|outside|around|close to|next to|before|after|past|opposite"
    rf"|(?:kms?|kilomet(?:er|re)s?|miles?|bornes)(?: (?:au )?{_WAY})?"
    r" (?:from|of|before|after|past|de|d')"
    rf"|{_WAY} (?:of|de|d')|entrance (?:of|to)|exit (?:of|from)|outskirts of"
    r"|pres (?:de|d')|(?:au )?niveau d[eu']|hauteur d[eu']|abords d[eu']|environs d[eu']"
    r"|non loin (?:de|d')|proximite d[eu']|(?:entree|sortie)(?: \w+)? d[eu'])"
    r"(?: ?(?:the|la|le|l'))?"
    r" ?(?:(?:town|village|city|bridge|locality|crossroads|ville|village|pont|localite|carrefour)"
    r" (?:of|de|d'|du) ?)?$"
)
"""“A checkpoint near Petelkolé on the Téra–Dori road”: the point, not the road."""
_WEAK_SPOT = re.compile(
    r"(?:^\W*|, |\b(?:checkpoint|roadblock|barrage|barrier|controle)s? )(?:in|a|au) $"
)
_LISTED = re.compile(
    r"[ ,]*(?:,|and|et|&|ainsi que|as well as)[ ]*"
    r"(?:(?:on|the|la|le|les|l'|sur|de|du|at|near) ?)*"
    r"(?:(?:road|axe|axis|route|troncon|piste)s? ?)?"
)
_HYPHEN, _TO = re.compile(r" ?[-/] ?"), re.compile(r" (?:to|a|vers|jusqu'a) ")
_FROM = re.compile(r" (?:from|depuis|en provenance de) ")
_POINTS = re.compile(r"[ ,]*(?:,|and|et)? ?(?:at|near|a|pres de)? ?")
_BETWEEN, _AND = (
    re.compile(r"\b(?:between|entre) (?:the |la |le |l')?$"),
    re.compile(r" (?:and|et) "),
)
_SPOT_REACH, _TWO = 44, 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of road, or a town.

    Parameters
    ----------
    place
        Where it is.
    ends
        Names of its ends; twice the same for a town or a point near it.
    road
        Its number; empty when it has none.
    at
        Where the name of a point on a stretch stands; -1 for anything else.
    """

    place: DraftPlace
    ends: tuple[str, str]
    road: str
    at: int = -1

    @property
    def town(self) -> bool:
        """Whether it is a town."""
        return self.ends[0] == self.ends[1]

    def passes(self, town: Stretch, atlas: Atlas) -> bool:
        """Return whether a town lies on this stretch."""
        mine, its = self.place.placement, town.place.placement
        axis = atlas.axes.get(mine.axis_id or "") if mine else None
        if axis is None or mine is None or its is None or not its.place_ids:
            return False
        if its.place_ids[0] not in axis.place_ids:
            return False
        at = float(axis.measures_m[axis.place_ids.index(its.place_ids[0])])
        return (mine.measure_from_m or 0.0) <= at <= (mine.measure_to_m or 0.0)


@dataclass(frozen=True, slots=True)
class Sites:
    """What a clause speaks of.

    Parameters
    ----------
    along
        The stretches of road that it lists: most often one.
    towns
        The points on it, else the towns of a clause that names no stretch.
    """

    along: tuple[Stretch, ...] = ()
    towns: tuple[Stretch, ...] = ()

    def __bool__(self) -> bool:
        """Return whether it speaks of any."""
        return bool(self.along or self.towns)

    @property
    def main(self) -> Stretch:
        """The first stretch, else the first town."""
        return (*self.along, *self.towns)[0]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a phrase: a point, or what names a stretch by its ends or its number."""

    phrase: Phrase
    spot: bool

    @property
    def towns(self) -> list[Named]:
        """The names in it of towns."""
        return [n for n in self.phrase.named if not (n.country or n.numbered)]

    @property
    def number(self) -> bool:
        """Whether it names a road by its number alone."""
        return not self.towns and any(name.numbered for name in self.phrase.named)


def sites(
    plain: Plain,
    places: Places,
    phrases: Sequence[Phrase],
    *,
    stated: bool,
    beside: Sequence[Named] = (),
) -> Sites:
    """Return the stretches that phrases name and the points on them; else the towns they list.

    Parameters
    ----------
    plain, places
        The text, and what places its phrases.
    phrases
        Of a clause.
    stated
        Whether the clause states something about roads, so that one end may tell the road.
    beside
        Names in the rest of the sentence, from which a road told by one end may lead.
    """
    at = [phrase for phrase in phrases if phrase.precise and phrase.part is not Part.ASIDE]
    pieces = [piece for phrase in at for piece in _pieces(plain, phrase)]
    points = [piece.phrase for piece in pieces if piece.spot]
    rest = [piece for piece in pieces if not piece.spot]
    along = _listed(plain, places, rest)
    if not along:
        whole = [piece.phrase for piece in rest if piece.phrase.names] if points else at
        along = _shortest(plain, places, whole, (phrases, beside), stated=stated)
    if not along:
        return Sites((), _towns(places, at))
    on_it = tuple(
        point for one in points if (point := _point(places, one, rest, along[0])) is not None
    )
    if on_it and all(piece.number for piece in rest):
        return Sites((), on_it)  # “on the RN17, 12 km south of Ansongo”
    return Sites(along, on_it)


def _towns(places: Places, at: Sequence[Phrase]) -> tuple[Stretch, ...]:
    towns = [town for phrase in at for town in places.towns(phrase)]
    return tuple(
        Stretch(town, (town.name, town.name), "")
        for town in towns
        if town.placement is not None and town.placement.kind in _AT_TOWN and town.name
    )


def _point(places: Places, point: Phrase, rest: Sequence[_Piece], along: Stretch) -> Stretch | None:
    """Return a point on a stretch, by the name of its town."""
    town = places.towns(replace(point, start=point.named[0].start))
    name = town[0].name if town else ""
    if not name:
        return None
    place = places.locate([point, *(piece.phrase for piece in rest if piece.phrase.names)])
    found = place if place.placement is not None else town[0]
    far = places.measures(point) and not all(piece.number for piece in rest)
    # “12 km from Fada on the road to Gayéri” is not at Fada.
    return Stretch(found, along.ends if far else (name, name), along.road, point.named[0].start)


def _pieces(plain: Plain, phrase: Phrase) -> list[_Piece]:
    """Return a phrase cut at the points in it and between the stretches that it lists."""
    units = _units(plain, phrase)
    if not any(spot for _, spot in units) and sum(len(unit) >= _TWO for unit, _ in units) < _TWO:
        return [_Piece(phrase, spot=False)]
    found, begin = [], phrase.start
    for number, (unit, spot) in enumerate(units):
        last = number == len(units) - 1
        end = phrase.end if last and not spot else unit[-1].end
        if spot:
            before = _SPOT.search(
                plain.text, max(begin, unit[0].start - _SPOT_REACH), unit[0].start
            )
            begin = before.start() if before else unit[0].start
        part = replace(phrase, start=begin, end=end, named=tuple(unit))
        found.append(_Piece(part, spot))
        begin = end
    return found


def _units(plain: Plain, phrase: Phrase) -> list[tuple[list[Named], bool]]:
    """Return the names of a phrase: “A–B”, “between A and B”, “from A to B” together, else alone.

    With each whether it is a point: “near A”, “at B and C”.
    """
    text, units = plain.text, list[tuple[list[Named], bool]]()
    at = phrase.start
    for name in phrase.named:
        begin, at = at, name.end
        if name.country:
            continue  # “between Dori in Burkina Faso and Téra in Niger”
        gap = text[begin : name.start] if units else ""
        before = text[max(0, name.start - _SPOT_REACH) : name.start]
        unit, spot = units[-1] if units else ([], False)
        if units and not (spot and not _HYPHEN.fullmatch(gap)) and _joined(plain, unit, gap):
            units[-1] = ([*unit, name], False)
        else:
            listed = spot and _POINTS.fullmatch(gap) is not None
            here = listed or bool(_SPOT.search(before) or _WEAK_SPOT.search(before))
            units.append(([name], here))
    return units


def _joined(plain: Plain, unit: Sequence[Named], gap: str) -> bool:
    """Return whether a name is the other end of what a unit begins."""
    if _HYPHEN.fullmatch(gap) or _TO.fullmatch(gap):
        return True
    before = plain.text[max(0, unit[0].start - _SPOT_REACH) : unit[0].start]
    return len(unit) == 1 and bool(_BETWEEN.search(before)) and bool(_AND.fullmatch(gap))


def _listed(plain: Plain, places: Places, pieces: Sequence[_Piece]) -> tuple[Stretch, ...]:
    """Return the stretches of a list: “the roads Gao–Ansongo and Ansongo–Ménaka”."""
    pairs = [piece for piece in pieces if len(piece.towns) >= _TWO]
    listed: dict[_Piece, None] = {}
    for one, other in pairwise(pairs):
        if _LISTED.fullmatch(plain.text, one.towns[-1].end, other.towns[0].start):
            listed |= {one: None, other: None}
    found = [_stretch(places, places.locate([piece.phrase])) for piece in listed]
    return tuple(one for one in found if one is not None)


def _shortest(
    plain: Plain,
    places: Places,
    at: Sequence[Phrase],
    told: tuple[Sequence[Phrase], Sequence[Named]],
    *,
    stated: bool,
) -> tuple[Stretch, ...]:
    """Return the shortest stretch that phrases name: of “RN16 between Gossi and Gao” the part."""
    found = [places.between(*pair) for pair in _left_for(plain, at)]
    found += [places.locate([phrase]) for phrase in at]
    phrases, beside = told
    named = [name for phrase in phrases if phrase.part is not Part.ASIDE for name in phrase.named]
    if named and not any(_is_along(place) for place in found):
        span = named[0].start, named[-1].end
        one_end = places.leading_to(named, span, stated=stated, beside=beside)
        found += [one_end] if one_end else []
    known = (_stretch(places, place) for place in sorted(found, key=_length_m))
    return tuple(one for one in known if one is not None)[:1]


def _stretch(places: Places, place: DraftPlace) -> Stretch | None:
    """Return the stretch that a place lies along, by the names of its ends."""
    placement = place.placement
    if placement is None or not _is_along(place):
        return None
    ends = _ends(placement, places)
    axis = places.atlas.axes.get(placement.axis_id or "")
    return Stretch(place, ends, axis.ref if axis else "") if ends[0] != ends[1] else None


def _is_along(place: DraftPlace) -> bool:
    return place.placement is not None and place.placement.kind is PlacementKind.ALONG


def _length_m(place: DraftPlace) -> float:
    placement = place.placement
    if placement is None or placement.measure_from_m is None or placement.measure_to_m is None:
        return float("inf")
    return placement.measure_to_m - placement.measure_from_m


def _left_for(plain: Plain, at: Sequence[Phrase]) -> list[tuple[Phrase, Phrase]]:
    """Return the two ends of “left Gao for Labbezanga”, “reach Bamako from Sikasso”."""
    found = [
        (one, other)
        for one, other in pairwise(at)
        if one.part is Part.ORIGIN and _ENDS.fullmatch(plain.text[one.end : other.start].strip())
    ]
    for phrase in at:
        towns = [name for name in phrase.named if not (name.country or name.numbered)]
        if len(towns) == _TWO and _FROM.fullmatch(plain.text, towns[0].end, towns[1].start):
            found.append((_alone(phrase, towns[0]), _alone(phrase, towns[1])))
    return found[:1]


def _alone(phrase: Phrase, town: Named) -> Phrase:
    return replace(phrase, start=town.start, end=town.end, named=(town,))


def _ends(placement: Placement, places: Places) -> tuple[str, str]:
    """Return the names of a stretch's ends: the two that were named, else those of the road."""
    gazetteer = places.atlas.gazetteer
    axis = places.atlas.axes.get(placement.axis_id or "")
    ids = placement.place_ids
    if len(ids) < _TWO and axis is not None and len(axis.place_ids) >= _TWO:
        ids = (axis.place_ids[0], axis.place_ids[-1])
    return (
        (gazetteer.places[ids[0]].name, gazetteer.places[ids[1]].name)
        if len(ids) >= _TWO
        else ("", "")
    )
