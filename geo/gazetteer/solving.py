"""From a reading to a placement: intersect what each statement allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import shapely
from shapely.geometry import Point

from geo.gazetteer import remarks
from geo.gazetteer.areas import area_placement, remark_outside
from geo.gazetteer.case import Case
from geo.gazetteer.land import Land
from geo.gazetteer.loose import settle
from geo.gazetteer.offroad import place_off_road
from geo.gazetteer.onriver import place_on_river
from geo.gazetteer.onroad import place_on_road
from geo.gazetteer.quantities import reach_km
from geo.gazetteer.reading import Reading
from geo.gazetteer.resolving import Resolution, resolve
from geo.gazetteer.toborder import place_to_border
from geo.gazetteer.trimming import trim
from geo.i18n import Message, message
from geo.records import Candidate, Placement, PlacementKind

MOST_CANDIDATES = 8
WIDEST_UNREAD_M = 100_000.0
"""A distance that was not understood widens a placement by no more than this."""
LITTLE_M = 400_000.0
"""A placement that reaches so far says almost nothing: a country, the widest regions."""
BORDER_DEG = 0.1
"""So far outside a country a point still counts as inside, about 11 km."""
OUTSIDE_M = 15_000.0
"""Outlines are generalised: a place contradicts an area when it lies so far outside it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What geocoding found.

    Parameters
    ----------
    placement
        Where it is, ``None`` when that cannot be said honestly.
    candidates
        Places that the names may mean, for a person to choose from; the names that decide first.
    unresolved_reason
        Why there is no placement.
    review
        Why a person should look at the placement: a name that only resembles, a homonym that
        little tells apart, a name nobody knows, a statement that contradicts another.
    """

    placement: Placement | None
    candidates: list[Candidate] = field(default_factory=list)
    unresolved_reason: Message | None = None
    review: tuple[Message, ...] = ()

    @property
    def runners_up(self) -> list[Candidate]:
        """The candidates that the placement does not rest on."""
        used = set(self.placement.place_ids) if self.placement else set()
        return [c for c in self.candidates if c.place.place_id not in used]


def solve(
    reading: Reading,
    land: Land,
    country: str | None = None,
    adm1: str | None = None,
    *,
    coarse: bool = False,
) -> Result:
    """Place what a reading says.

    Parameters
    ----------
    reading
        What is said.
    land
        What is known.
    country, adm1
        Country (ISO 3166-1 alpha-2) and first-level region of the record, when known.
    coarse
        Whether an unknown name may be passed over for what else is said: the road, the region.
    """
    if country is None and len(reading.countries) == 1:
        country = reading.countries[0]
    resolution = resolve(reading, land, country, adm1)
    reading = settle(reading, resolution, land, coarse=coarse)
    candidates = _candidates(reading, resolution)
    trimmed = trim(reading, resolution, land, country, coarse=coarse)
    if trimmed.refusal is not None:
        return Result(None, candidates, trimmed.refusal)
    reading, notes = trimmed.reading, trimmed.doubts
    case = Case(reading, land, resolution, country, adm1, list(notes), list(notes))
    placement = _placed(case, coarse=coarse)
    if placement is None:
        return Result(None, candidates, _nowhere(reading, land))
    if reading.unread and not coarse:
        placement = _widened(placement, reading.unread)
    return Result(placement, candidates, review=_review(case, placement))


def _widened(placement: Placement, unread: Sequence[str]) -> Placement:
    """Return a point with room for the distances that were stated and not understood."""
    if placement.kind not in {PlacementKind.PLACE, PlacementKind.NEAR}:
        return placement
    reach_m = min(WIDEST_UNREAD_M, max(map(reach_km, unread)) * 1000)
    return replace(placement, kind=PlacementKind.NEAR, spread_m=placement.spread_m + reach_m)


def _placed(case: Case, *, coarse: bool) -> Placement | None:
    reading = case.reading
    if case.subject is not None:
        place = case.place(case.subject)
        remark_outside(case, place, place.accuracy_m + OUTSIDE_M)
    placement = place_to_border(case)
    if placement is None and reading.rivers:
        placement = place_on_river(case)
        for river in reading.rivers if placement is None else ():
            if river.said:
                case.doubt(remarks.unused(river.said))
    elif placement is None:
        placement = place_on_road(case)
    if placement is None:
        case.notes += [remarks.no_road(chainage.said) for chainage in reading.chainages]
        placement = place_off_road(case)
    if placement is None and (coarse or not reading.roads or reading.areas):
        placement = area_placement(case, coarse=coarse)
    return placement


def _review(case: Case, placement: Placement) -> tuple[Message, ...]:
    """Return why a person should look at a placement."""
    used = [
        choice
        for choice in case.resolution.choices.values()
        if choice.place.place_id in placement.place_ids
    ]
    ground = case.land.country(case.country) if case.country else None
    point = Point(placement.lon, placement.lat)
    beyond = ground is not None and shapely.distance(ground.geometry, point) > BORDER_DEG
    abroad = [remarks.abroad(case.country or "")] if beyond else []
    resembling = [note for choice in used if (note := remarks.spelling(choice)) is not None]
    doubtful = [remarks.may_be(choice) for choice in used if choice.doubtful]
    point_like = placement.kind is PlacementKind.ALONG or placement.spread_m < LITTLE_M
    little = [] if point_like else [remarks.little(placement.spread_m)]
    return (*case.doubts, *abroad, *resembling, *doubtful, *little)


def _nowhere(reading: Reading, land: Land) -> Message:
    reasons = [remarks.not_known(area.name.text) for area in reading.areas]
    for ref in reading.roads:
        count = len(land.roads.numbered([ref]))
        if count > 1:
            reasons.append(
                message(
                    "{count} roads bear the number {ref}; name a place on it", count=count, ref=ref
                )
            )
        if count == 0:
            reasons.append(message("no road {ref} is known", ref=ref))
    reasons += [remarks.which_border(border.said) for border in reading.borders]
    reasons += [remarks.which_border(river.said) for river in reading.rivers if river.said]
    reasons += [remarks.no_road(chainage.said) for chainage in reading.chainages]
    reasons += [remarks.unread(said) for said in reading.unread]
    return next(iter(reasons), message("the text names no place, road or region"))


def _candidates(reading: Reading, resolution: Resolution) -> list[Candidate]:
    """Return the candidates of the names, chosen ones and unknown names first."""
    found: dict[str, Candidate] = {}
    first = {name.key for name in resolution.unknown}
    names = sorted(reading.names(), key=lambda name: name.key not in first)
    for name in names:
        choice = resolution.choices.get(name.key)
        chosen = [choice.candidate] if choice else []
        for candidate in [*chosen, *resolution.candidates[name.key]]:
            found.setdefault(candidate.place.place_id, candidate)
    return list(found.values())[:MOST_CANDIDATES]
