"""The stretches of road, or the towns, that a sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo.atlas import Atlas
from geo.records import Placement, PlacementKind
from geo.reports.phrases import Part, Phrase
from geo.reports.plaintext import Plain
from geo.reports.records import DraftPlace
from geo.reports.where import Places

_ENDS = re.compile(r"(?:for|to|towards?|pour|vers|et|and|a) ?")
_AT_TOWN = (PlacementKind.PLACE, PlacementKind.NEAR)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of road, or a town.

    Parameters
    ----------
    place
        Where it is.
    ends
        Names of its ends; twice the same for a town.
    road
        Its number; empty when it has none.
    """

    place: DraftPlace
    ends: tuple[str, str]
    road: str

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


def stretches(
    plain: Plain, places: Places, phrases: Sequence[Phrase], *, stated: bool
) -> list[Stretch]:
    """Return the stretch that phrases name; else the towns, each of a list by itself.

    Parameters
    ----------
    plain, places
        The text, and what places its phrases.
    phrases
        Of a sentence.
    stated
        Whether the sentence states something about roads, so that one end may tell the road.
    """
    at = [phrase for phrase in phrases if phrase.precise and phrase.part is not Part.ASIDE]
    found = [places.between(*pair) for pair in _left_for(plain, at)]
    found += [places.locate([phrase]) for phrase in at]
    named = [name for phrase in phrases if phrase.part is not Part.ASIDE for name in phrase.named]
    if named and not any(_along(place) for place in found):
        one_end = places.leading_to(named, (named[0].start, named[-1].end), stated=stated)
        found += [one_end] if one_end else []
    for place in sorted(found, key=_length_m):
        placement = place.placement
        if placement is None or not _along(place):
            continue
        ends = _ends(placement, places)
        if ends[0] != ends[1]:
            axis = places.atlas.axes.get(placement.axis_id or "")
            return [Stretch(place, ends, axis.ref if axis else "")]
    towns = [town for phrase in at for town in places.towns(phrase)]
    return [
        Stretch(town, (town.name, town.name), "")
        for town in towns
        if town.placement is not None and town.placement.kind in _AT_TOWN and town.name
    ]


def _along(place: DraftPlace) -> bool:
    return place.placement is not None and place.placement.kind is PlacementKind.ALONG


def _length_m(place: DraftPlace) -> float:
    """Return the length of a stretch; of “RN16 between Gossi and Gao” the part is meant."""
    placement = place.placement
    if placement is None or placement.measure_from_m is None or placement.measure_to_m is None:
        return float("inf")
    return placement.measure_to_m - placement.measure_from_m


def _left_for(plain: Plain, at: Sequence[Phrase]) -> list[tuple[Phrase, Phrase]]:
    """Return the two ends of “left Gao for Labbezanga”."""
    return [
        (one, other)
        for one, other in pairwise(at)
        if one.part is Part.ORIGIN and _ENDS.fullmatch(plain.text[one.end : other.start].strip())
    ][:1]


def _ends(placement: Placement, places: Places) -> tuple[str, str]:
    """Return the names of a stretch's ends: the two that were named, else those of the road."""
    gazetteer = places.atlas.gazetteer
    axis = places.atlas.axes.get(placement.axis_id or "")
    ids = placement.place_ids
    if len(ids) < 2 and axis is not None and len(axis.place_ids) > 1:  # noqa: PLR2004
        ids = (axis.place_ids[0], axis.place_ids[-1])
    return (
        (gazetteer.places[ids[0]].name, gazetteer.places[ids[1]].name) if len(ids) > 1 else ("", "")
    )
